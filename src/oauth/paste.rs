//! Reads the answer out of what a person pasted in place of the callback (R10).
//!
//! A terminal, a mail or a chat may have wrapped, quoted or marked the address: that is repaired.
//! What comes of it is judged like any callback, by the same rules: the right state, once. This
//! module knows no terminal.

use url::Url;
use zeroize::Zeroizing;

use super::authorize::{Authorization, ResponseMode};
use super::callback::{self, Outcome, Rejection};
use super::discovery::Metadata;
use super::error::Error;

impl Authorization {
    /// Reads the answer out of a pasted redirect URL, or out of its parameters alone.
    ///
    /// # Errors
    /// [`Error::Callback`] when it is not the answer to this login, [`Error::CallbackIssuer`]
    /// when another server sent it.
    pub fn accept_pasted(&self, pasted: &str, metadata: &Metadata) -> Result<Outcome, Error> {
        let text = repaired(pasted);
        let parameters = self.parameters(&text).map_err(Error::Callback)?;
        let answer = callback::read(&parameters, self.state()).map_err(Error::Callback)?;
        answer.judge(metadata)
    }

    fn parameters(&self, text: &str) -> Result<Zeroizing<String>, Rejection> {
        if let Some(parameters) = bare(text) {
            return Ok(Zeroizing::new(parameters.to_owned()));
        }
        let whole = match self.redirect_uri().split() {
            Some((scheme, rest)) if text.starts_with(rest) => format!("{scheme}://{text}"),
            _ if names_this_machine(text) => format!("http://{text}"),
            _ => text.to_owned(),
        };
        let url = Url::parse(&Zeroizing::new(whole)).map_err(|_| Rejection::OtherAddress)?;
        if self.redirect_uri().covers(&url) {
            return Ok(Zeroizing::new(self.part(&url).to_owned()));
        }
        let is_beginning = url.origin() == self.url.origin() && url.path() == self.url.path();
        Err(if is_beginning {
            Rejection::Beginning
        } else {
            Rejection::OtherAddress
        })
    }

    /// The query or the fragment: whichever has a state, the one that was asked for first.
    fn part<'a>(&self, url: &'a Url) -> &'a str {
        let mut parts = [url.query(), url.fragment()].map(Option::unwrap_or_default);
        if self.response_mode() == ResponseMode::Fragment {
            parts.reverse();
        }
        let has_state = |part: &&str| {
            url::form_urlencoded::parse(part.as_bytes()).any(|(name, _)| name == "state")
        };
        let [first, _] = parts;
        parts.into_iter().find(has_state).unwrap_or(first)
    }
}

/// Whether an address without a scheme, as some address bars show it, is one of this machine.
fn names_this_machine(text: &str) -> bool {
    let begins = |name: &&str| {
        text.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    ["localhost", "127.", "[::1]"].iter().any(begins)
}

/// `code=…&state=…` without an address. An address has another character than a letter before
/// its first equals sign.
fn bare(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(['?', '#']);
    let end = text.find(|letter: char| !letter.is_ascii_alphabetic() && letter != '_')?;
    (end > 0 && text.get(end..)?.starts_with('=')).then_some(text)
}

/// What terminals put around a paste when they are asked to.
const MARKERS: [&str; 2] = ["\u{1b}[200~", "\u{1b}[201~"];

/// Signs that stand in pairs around an address in a text.
const PAIRS: [(char, char); 8] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('<', '>'),
    ('(', ')'),
    ('\u{201c}', '\u{201d}'),
    ('\u{2018}', '\u{2019}'),
    ('\u{ab}', '\u{bb}'),
];

/// Undoes what happens to an address on its way through terminals, mails and chats. An address
/// has no white space, and no character that cannot be seen.
pub(super) fn repaired(pasted: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(pasted.len()));
    let mut rest = pasted;
    while let Some(letter) = rest.chars().next() {
        let marker = MARKERS.iter().find(|marker| rest.starts_with(**marker));
        let length = marker.map_or(letter.len_utf8(), |marker| marker.len());
        if marker.is_none() && is_visible(letter) {
            text.push(letter);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    // The text of an HTML page.
    let plain = Zeroizing::new(text.replace("&amp;", "&"));
    Zeroizing::new(unquoted(&plain).to_owned())
}

fn is_visible(letter: char) -> bool {
    let is_invisible = matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    );
    !letter.is_whitespace() && !letter.is_control() && !is_invisible
}

fn unquoted(text: &str) -> &str {
    let inner = PAIRS.iter().find_map(|(open, close)| {
        text.strip_prefix(*open)
            .and_then(|text| text.strip_suffix(*close))
    });
    inner.map_or(text, unquoted)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::authorize::tests::{begin, metadata, state_of};
    use super::*;

    const LOOPBACK: &str = "http://127.0.0.1:8736/callback";

    fn code_of(authorization: &Authorization, pasted: &str) -> Option<String> {
        let accepted = authorization.accept_pasted(pasted, &metadata(""));
        Some(accepted.ok()?.ok()?.expose().to_owned())
    }

    #[test]
    fn a_redirect_is_accepted_however_it_was_carried() {
        let login = begin(LOOPBACK);
        let state = state_of(&login);
        let url = format!("{LOOPBACK}?code=c1&state={state}");
        let (head, tail) = url.split_at(60);
        for pasted in [
            format!(" {url}\n"),
            format!("{head}\n{tail}"),
            format!("{head}\r\n    {tail}\r"),
            format!("\u{1b}[200~{url}\u{1b}[201~\n"),
            format!("\u{1b}[200~{head}\n{tail}\u{1b}[201~"),
            format!("\"{url}\""),
            format!("<{url}>"),
            format!("\u{201c}{url}\u{201d}"),
            format!(" '<{url}>' "),
            format!("\u{feff}{head}\u{200b}{tail}"),
            url.replace('&', "&amp;"),
            url.replace('?', "#"),
            format!("{url}#_=_"),
            url.replace("http://", ""),
            url.replace("http://", "https://"),
            url.replace("127.0.0.1", "localhost"),
            url.replace("127.0.0.1", "LOCALHOST"),
            url.replace("127.0.0.1", "[::1]"),
            url.replace("http://127.0.0.1:8736", "https://localhost:9000"),
            url.replace(":8736", ""),
            url.replace("http://127.0.0.1", "localhost"),
            url.replace("http://127.0.0.1", "[::1]"),
            format!("code=c1&state={state}"),
            format!("?code=c1&state={state}"),
            format!("#state={state}&code=c1"),
            format!("session_state=z&code=c1&state={state}"),
        ] {
            assert_eq!(code_of(&login, &pasted).as_deref(), Some("c1"), "{pasted}");
        }
    }

    #[test]
    fn what_is_not_the_answer_is_told_apart() {
        let login = begin(LOOPBACK);
        let state = state_of(&login);
        let other = state_of(&begin(LOOPBACK));
        for (pasted, rejection) in [
            (String::new(), Rejection::OtherAddress),
            ("c1".to_owned(), Rejection::OtherAddress),
            ("y".to_owned(), Rejection::OtherAddress),
            (login.url.to_string(), Rejection::Beginning),
            (
                format!("http://127.0.0.1:8736/other?code=c1&state={state}"),
                Rejection::OtherAddress,
            ),
            (
                format!("http://portal.example:8736/callback?code=c1&state={state}"),
                Rejection::OtherAddress,
            ),
            (
                format!("http://me@127.0.0.1:8736/callback?code=c1&state={state}"),
                Rejection::OtherAddress,
            ),
            (
                format!("ftp://127.0.0.1:8736/callback?code=c1&state={state}"),
                Rejection::OtherAddress,
            ),
            (format!("{LOOPBACK}?code=c1"), Rejection::NoState),
            ("code=c1".to_owned(), Rejection::NoState),
            (
                format!("{LOOPBACK}?code=c1&state={other}"),
                Rejection::WrongState,
            ),
            (
                format!("{LOOPBACK}?error=access_denied&state={other}"),
                Rejection::WrongState,
            ),
            (format!("{LOOPBACK}?state={state}"), Rejection::Empty),
            (
                format!("{LOOPBACK}?code=a&code=b&state={state}"),
                Rejection::Repeated("code"),
            ),
        ] {
            let refused = login.accept_pasted(&pasted, &metadata(""));
            assert!(
                matches!(&refused, Err(Error::Callback(found)) if *found == rejection),
                "{pasted}: {refused:?}"
            );
        }
    }

    #[test]
    fn a_denial_counts_and_another_server_does_not() {
        let login = begin(LOOPBACK);
        let state = state_of(&login);
        let denial = format!("{LOOPBACK}?error=access_denied&state={state}");
        let denied = login.accept_pasted(&denial, &metadata("")).unwrap();
        assert_eq!(denied.unwrap_err().code, "access_denied");
        let evil = format!("{LOOPBACK}?code=c&state={state}&iss=https://evil.example");
        let refused = login.accept_pasted(&evil, &metadata("")).unwrap_err();
        assert!(matches!(refused, Error::CallbackIssuer { .. }));
    }

    #[test]
    fn addresses_that_nobody_here_can_listen_on_can_be_pasted() {
        for uri in [
            "https://app.example/cb",
            "https://app.example/cb?tenant=1",
            "com.example.app:/callback",
            "com.example.app://login/callback",
        ] {
            let login = begin(uri);
            let sign = if uri.contains('?') { '&' } else { '?' };
            let pasted = format!("{uri}{sign}code=c1&state={}", state_of(&login));
            assert_eq!(code_of(&login, &pasted).as_deref(), Some("c1"), "{uri}");
            let elsewhere = pasted.replace('c', "d");
            assert_eq!(code_of(&login, &elsewhere), None, "{uri}");
        }
    }

    /// A stretch of what may come between the characters of an address.
    fn noise() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => Just(String::new()),
            1 => "[ \t\r\n]{1,3}",
            1 => Just("\u{1b}[200~".to_owned()),
            1 => Just("\u{1b}[201~".to_owned()),
            1 => Just("\u{200b}".to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn no_paste_makes_it_panic_or_is_an_answer_without_the_state(
            text in any::<String>(), bytes in any::<Vec<u8>>(),
        ) {
            let login = begin(LOOPBACK);
            for pasted in [text.as_str(), &String::from_utf8_lossy(&bytes)] {
                prop_assert!(login.accept_pasted(pasted, &metadata("")).is_err());
            }
        }

        #[test]
        fn noise_changes_nothing(
            code in "[A-Za-z0-9._~-]{1,40}", noises in proptest::collection::vec(noise(), 200),
        ) {
            let login = begin(LOOPBACK);
            let url = format!("{LOOPBACK}?code={code}&state={}", state_of(&login));
            let mut pasted = String::new();
            for (letter, noise) in url.chars().zip(noises.iter().cycle()) {
                pasted.push_str(noise);
                pasted.push(letter);
            }
            prop_assert_eq!(code_of(&login, &pasted), Some(code));
        }

        #[test]
        fn a_repaired_address_has_the_exact_state_or_is_refused(
            at in 0_usize..43, letter in "[A-Za-z0-9_-]", cut in any::<bool>(),
        ) {
            let login = begin(LOOPBACK);
            let state = state_of(&login);
            let mut other = state.clone();
            other.replace_range(at..=at, if cut { "" } else { &letter });
            let pasted = format!("<{LOOPBACK}?code=c1&\nstate={other}>");
            let expected = (other == state).then(|| "c1".to_owned());
            prop_assert_eq!(code_of(&login, &pasted), expected);
        }
    }
}
