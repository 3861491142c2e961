//! Reads the answer out of what a person pasted in place of the callback.
//!
//! A terminal, a mail or a chat may have wrapped, quoted or marked the address, or put it into a link
//! of its own that checks where people go: that is undone. What comes of it is judged like any callback, by the same rules: the right state, once. This
//! module knows no terminal.

use percent_encoding::percent_decode_str;
use url::Url;
use zeroize::Zeroizing;

use super::authorize::{Authorization, ResponseMode};
use super::callback::{self, AuthorizationOutcome};
use super::discovery::Metadata;
use super::error::Error;
use super::rejection::Rejection;

impl Authorization {
    /// Reads the answer out of a pasted redirect URL, or out of its parameters alone.
    ///
    /// # Errors
    /// [`Error::Callback`] when it is not the answer to this login, [`Error::CallbackIssuer`]
    /// when another server sent it.
    pub fn accept_pasted(
        &self,
        pasted: &str,
        metadata: &Metadata,
    ) -> Result<AuthorizationOutcome, Error> {
        let text = repaired(pasted);
        let parameters = self.parameters(&text).map_err(Error::Callback)?;
        let answer = callback::read(&parameters, self.state()).map_err(Error::Callback)?;
        answer.judge(metadata)
    }

    /// The parameters of an answer, however often its address was put into another one: the state
    /// and PKCE protect it, not the way that it came.
    fn parameters(&self, text: &str) -> Result<Zeroizing<String>, Rejection> {
        let mut text = Zeroizing::new(text.to_owned());
        for _ in 0..MOST_WRAPPERS {
            match self.own_parameters(&text) {
                Err(Rejection::OtherAddress) => {}
                found => return found,
            }
            text = unwrapped(&text).ok_or(Rejection::OtherAddress)?;
        }
        self.own_parameters(&text)
    }

    /// The parameters of an address that is the redirect URI itself.
    fn own_parameters(&self, text: &str) -> Result<Zeroizing<String>, Rejection> {
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

/// Links around links that are looked into.
const MOST_WRAPPERS: usize = 4;

/// The address inside of another one: percent-encoded as a whole, in a parameter of a link that
/// checks or counts visits (Safe Links, a search engine), or behind the text of a Markdown link.
/// Without a state it is no answer, but the way to one.
fn unwrapped(text: &str) -> Option<Zeroizing<String>> {
    let has_state = |text: &str| text.contains("state=") || text.contains("state%3D");
    if !text.contains("://") && !text.contains('=') {
        let decoded = percent_decode_str(text).decode_utf8().ok()?;
        let decoded = Zeroizing::new(decoded.into_owned());
        return (has_state(&decoded) && *decoded != text).then_some(decoded);
    }
    if let Some((_, address)) = text.split_once("](") {
        return Some(Zeroizing::new(address.trim_end_matches(')').to_owned()));
    }
    let url = Url::parse(text).ok()?;
    let mut parameters = url.query_pairs().map(|(_, value)| value);
    if let Some(inner) = parameters.find(|value| has_state(value)) {
        return Some(Zeroizing::new(inner.into_owned()));
    }
    // Not encoded at all, so that its parameters look like those of the link around it.
    let at = text.rfind("http://").or_else(|| text.rfind("https://"))?;
    let inner = text.get(at..).filter(|inner| at > 0 && has_state(inner))?;
    Some(Zeroizing::new(inner.to_owned()))
}

/// What terminals put around a paste when they are asked to.
const MARKERS: [&str; 2] = ["\u{1b}[200~", "\u{1b}[201~"];

/// Signs that stand in pairs around an address in a text.
const PAIRS: [(char, char); 11] = [
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('<', '>'),
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('*', '*'),
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
    // The text of an HTML page, perhaps of one that shows another's.
    for reference in ["&amp;", "&amp;", "&#38;", "&#x26;"] {
        text = Zeroizing::new(text.replace(reference, "&"));
    }
    Zeroizing::new(unquoted(&text).to_owned())
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
mod tests;
