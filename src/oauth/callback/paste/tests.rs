//! Addresses as people paste them, and what is refused among them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;

use super::*;
use crate::oauth::authorize::tests::{begin, metadata, state_of};

const LOOPBACK: &str = "http://127.0.0.1:8736/callback";

fn code_of(authorization: &Authorization, pasted: &str) -> Option<String> {
    let accepted = authorization.accept_pasted(pasted, &metadata(""));
    Some(accepted.ok()?.ok()?.expose().to_owned())
}

#[test]
#[expect(clippy::too_many_lines, reason = "one row for each way")]
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
        format!("<{url}|{url}>"),
        format!("<{url}|127.0.0.1:8736/callback>"),
        format!("Here it is:\n\n> {head}\n> {tail}\n\nThanks!"),
        format!("Here it is: {url}. Can you take it?"),
        format!("Here it is:{url}"),
        format!("{url}) is where I ended, see"),
        format!("{url}\nThanks"),
        format!("{url},please"),
        format!("\u{2502} {head} \u{2502}\n\u{2502} {tail} \u{2502}"),
        format!("curl '{url}' -H 'Accept: text/html'"),
        format!("curl ^\"{}^\" -H ^\"Accept^\"", url.replace('&', "^&")),
        url.replace('?', "\\?")
            .replace('=', "\\=")
            .replace('&', "\\&"),
        format!(
            r#"{{"url":"{}"}}"#,
            url.replace('/', "\\/").replace('&', "\\u0026")
        ),
        format!("GET {} HTTP/1.1", url.split_at(21).1),
        format!("Location: {url}"),
        format!("view-source:{url}"),
        format!("(localhost:8736{}, see", url.split_at(21).1),
        format!("<a href=\"{}\">callback</a>", url.replace('&', "&#38;")),
        format!(
            "<a href=3D\"{}=\r\n{}\">here</a>",
            head.replace('=', "=3D"),
            tail.replace('=', "=3D").replace('&', "&amp;")
        ),
        format!(
            "https://urldefense.proofpoint.com/v2/url?u={}&d=DwMFaQ&c=eu&r=x&m=y&s=z&e=",
            url.replace('-', "-2D")
                .replace('_', "-5F")
                .replace('=', "-3D")
                .replace('&', "-26")
                .replace('?', "-3F")
                .replace(':', "-3A")
                .replace('/', "_")
        ),
        format!("https://urldefense.com/v3/__{url}__;!!Abc-1!xyz$"),
        format!("<https://urldefense.com/v3/__{url}__;!!Abc-1!xyz$ >"),
        format!(
            "https://urldefense.com/v3/__{}__;Iw!!Abc-1!xyz$",
            url.replace('?', "*").replace("//", "/")
        ),
        format!("https://secure-web.example/1aBc/{}", encoded(&url)),
        format!(
            "https://l.example/link?state=other&url={}&code=z",
            encoded(&url)
        ),
        format!(
            "https://l.example/?d=127.0.0.1&u={}&i=1",
            URL_SAFE_NO_PAD.encode(&url)
        ),
        url.replace("http://", ""),
        url.replace("http://", "https://"),
        url.replace("127.0.0.1", "localhost"),
        url.replace("127.0.0.1", "LOCALHOST"),
        url.replace("127.0.0.1", "[::1]"),
        url.replace("http://127.0.0.1:8736", "https://localhost:9000"),
        url.replace(":8736", ""),
        url.replace("http://127.0.0.1:8736", "https://name-8736.app.github.dev"),
        url.replace(
            "http://127.0.0.1:8736",
            "https://hub.example/user/ines/proxy/8736",
        ),
        url.replace("http://127.0.0.1:8736", "http://localhost:8888/proxy/8736"),
        url.replace("127.0.0.1", "0.0.0.0"),
        url.replace("127.0.0.1", "localhost."),
        url.replace("127.0.0.1", "app.localhost"),
        url.replace("127.0.0.1", "[::ffff:127.0.0.1]"),
        url.replace("127.0.0.1", "[::]"),
        url.replace("127.0.0.1", "172.29.64.1"),
        url.replace("/callback", "/callback/"),
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
                    "http://portal.example/other?code=c1&state={state}"
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
            format!("http://portal.example:8736/my-callback?code=c1&state={state}"),
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
        (LOOPBACK.to_owned(), Rejection::OtherAddress),
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
fn another_login_is_only_named_where_its_whole_state_is_there() {
    let login = begin(LOOPBACK);
    let other = state_of(&begin(LOOPBACK));
    let url = format!("{LOOPBACK}?code=c1&state={other}");
    for (pasted, rejection) in [
        (url.clone(), Rejection::WrongState),
        (format!("<{url}|callback>"), Rejection::WrongState),
        (format!("Here: {url}."), Rejection::WrongState),
        (
            format!("https://urldefense.com/v3/__{url}__;!!A!x$"),
            Rejection::WrongState,
        ),
        (url[..url.len() - 3].to_owned(), Rejection::CutState),
        (format!("{LOOPBACK}?code=c1&state=x"), Rejection::CutState),
        (format!("{LOOPBACK}?code=c1&state="), Rejection::CutState),
    ] {
        let refused = login.accept_pasted(&pasted, &metadata(""));
        assert!(
            matches!(&refused, Err(Error::Callback(found)) if *found == rejection),
            "{pasted}: {refused:?}"
        );
    }
}

#[test]
fn a_code_at_the_end_of_an_address_is_taken_without_what_is_around_it() {
    let login = begin(LOOPBACK);
    let url = format!("{LOOPBACK}?state={}&code=c1", state_of(&login));
    let (head, tail) = url.split_at(url.len() - 1);
    for pasted in [
        format!("<{url}|callback>"),
        format!("It is {url}."),
        format!("({url})"),
        format!("[callback]({url})."),
        format!("`{url}`"),
        format!("'{url}',"),
        format!("_{url}_"),
        format!("||{url}||"),
        format!("\u{2018}{url}\u{2019}"),
        format!("{url} is it"),
        format!("{url}\n\nThanks"),
        format!("{url}\nThanks a lot"),
        format!("> {head}\n> {tail}"),
        format!("See {head}\n{tail}\nand go on"),
    ] {
        assert_eq!(code_of(&login, &pasted).as_deref(), Some("c1"), "{pasted}");
    }
}

#[test]
fn an_address_alone_is_taken_to_its_last_sign() {
    let login = begin(LOOPBACK);
    for code in [
        "M.C5_BAY.2!",
        "abc.",
        "abc,",
        "abc;",
        "abc:",
        "abc?",
        "abc)",
        "abc]",
        "abc}",
        "abc_",
        "abc*",
        "abc~",
        "abc'",
    ] {
        let url = format!("{LOOPBACK}?state={}&code={code}", state_of(&login));
        let (head, tail) = url.split_at(url.len() - 5);
        for pasted in [
            url.clone(),
            format!(" {url}\r"),
            format!("{head}\n{tail}\n"),
        ] {
            assert_eq!(code_of(&login, &pasted).as_deref(), Some(code), "{pasted}");
        }
    }
}

#[test]
fn the_signs_that_a_shell_wants_are_taken_out() {
    let login = begin(LOOPBACK);
    let state = state_of(&login);
    for url in [
        format!("{LOOPBACK}?state={state}&code=c1"),
        format!("{LOOPBACK}?code=c1&state={state}"),
    ] {
        for sign in ["`&", "^&", "\\&"] {
            let pasted = url.replace('&', sign);
            assert_eq!(code_of(&login, &pasted).as_deref(), Some("c1"), "{pasted}");
        }
    }
}

#[test]
fn no_text_takes_long_to_read() {
    let login = begin(LOOPBACK);
    for piece in [
        "http://", "%25", "&amp;", ")", "\\u005c", "=3D", "aHR0c", "<|", "?u=%", "-_",
    ] {
        let pasted = piece.repeat(16 * 1024 / piece.len());
        assert!(login.accept_pasted(&pasted, &metadata("")).is_err());
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
