//! Addresses as people paste them, and what is refused among them.

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
        url.replace('&', "&amp;amp;"),
        url.replace('&', "&#38;"),
        format!("[{url}]"),
        format!("**{url}**"),
        format!("[Callback]({url})"),
        format!("[{url}]({url})"),
        encoded(&url),
        encoded(&encoded(&url)),
        encoded(&format!("code=c1&state={state}")),
        format!(
            "https://eur01.safelinks.protection.outlook.com/?url={}&data=05%7C02&reserved=0",
            encoded(&url)
        ),
        format!(
            "<https://eur01.safelinks.protection.outlook.com/?url={}\n&amp;data=05%7C02>",
            encoded(&url)
        ),
        format!(
            "https://www.google.com/url?q={}&sa=D&source=docs",
            encoded(&url)
        ),
        format!("https://www.google.com/url?sa=D&q={url}&source=docs"),
        format!(
            "https://l.example/?u={}",
            encoded(&format!("https://www.google.com/url?q={}", encoded(&url)))
        ),
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

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[test]
fn what_is_not_the_answer_is_told_apart_inside_of_other_links_as_well() {
    let login = begin(LOOPBACK);
    let state = state_of(&login);
    let other = state_of(&begin(LOOPBACK));
    for (pasted, rejection) in [
        (encoded(login.url.as_str()), Rejection::Beginning),
        (
            format!("https://l.example/?u={}", encoded(login.url.as_str())),
            Rejection::Beginning,
        ),
        (
            format!(
                "https://l.example/?u={}",
                encoded(&format!("{LOOPBACK}?code=c1&state={other}"))
            ),
            Rejection::WrongState,
        ),
        (
            format!(
                "https://l.example/?u={}",
                encoded(&format!(
                    "http://portal.example/callback?code=c1&state={state}"
                ))
            ),
            Rejection::OtherAddress,
        ),
        (
            format!("https://portal.example/sign-in?redirect_uri={LOOPBACK}"),
            Rejection::OtherAddress,
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
