//! The ways in which an answer is none, for every document that a server gives, and how a login
//! has to end with them.

use std::time::Duration;

use serde_json::Value;

use crate::impostor::{
    Answer, Impostor, TOKEN, discreet, is_anybody_signed_in, json_answer, raw, redirect, sign_in,
    typed, user_of,
};
use crate::run::Output;

/// What is sent, what it is called, the exit code, and a part of the message.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) answer: Answer,
    pub(crate) code: i32,
    words: &'static str,
}

/// One case; a long name is cut.
pub(crate) fn case(name: &str, answer: Answer, code: i32, words: &'static str) -> Case {
    Case {
        name: name.chars().take(60).collect(),
        answer,
        code,
        words,
    }
}

/// Cases of a document that everything hangs on: where it is something else, nothing is trusted.
pub(crate) fn untrusted(cases: Vec<Case>) -> Vec<Case> {
    let is_something_else =
        |case: &Case| case.code == 1 && matches!(case.words, "" | "JSON" | "longer than");
    let judge = |case: Case| Case {
        code: if is_something_else(&case) {
            14
        } else {
            case.code
        },
        ..case
    };
    cases.into_iter().map(judge).collect()
}

const JSON: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
/// More than any document of a sign-in may have.
pub(crate) const MEBIBYTE: usize = 1024 * 1024;

/// Ways in which an answer is none that could be read, whatever it should have been.
pub(crate) fn broken(body: &str, stranger: &Impostor) -> Vec<Case> {
    let mut cases = cut_short(body);
    cases.extend(without_end());
    cases.extend(no_json(body));
    cases.extend(redirects(stranger));
    cases
}

/// No HTTP, or less of it than was promised.
fn cut_short(body: &str) -> Vec<Case> {
    let (half, length) = (&body[..body.len() / 2], body.len());
    let long = "x".repeat(MEBIBYTE);
    let table = [
        ("nothing", String::new()),
        ("no HTTP", String::from("SSH-2.0-canary\r\n")),
        (
            "two lengths",
            format!("{JSON}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}"),
        ),
        (
            "a negative length",
            format!("{JSON}Content-Length: -1\r\n\r\n{body}"),
        ),
        (
            "half a body",
            format!("{JSON}Content-Length: {length}\r\n\r\n{half}"),
        ),
        (
            "half a chunk",
            format!("{JSON}Transfer-Encoding: chunked\r\n\r\nffff\r\n{half}"),
        ),
        ("a long header", format!("{JSON}X: {long}\r\n\r\n{body}")),
    ];
    let cases = table.iter();
    cases
        .map(|(name, text)| case(name, raw(text), 11, "broke before the response"))
        .collect()
}

/// More than was promised, or never all of it.
fn without_end() -> [Case; 3] {
    let (blanks, at_once) = (" ".repeat(4096), Duration::ZERO);
    let chunked = format!("{JSON}Transfer-Encoding: chunked\r\n\r\n");
    let chunks = Answer::Endless(chunked, format!("1000\r\n{blanks}\r\n"), at_once);
    let body = Answer::Endless(format!("{JSON}Connection: close\r\n\r\n"), blanks, at_once);
    let trickle = Answer::Endless(
        format!("{JSON}Content-Length: 100000\r\n\r\n"),
        String::from(" "),
        Duration::from_millis(50),
    );
    [
        case("chunks without end", chunks, 1, "longer than"),
        case("a body without end", body, 1, "longer than"),
        case("a byte at a time", trickle, 9, "did not answer within"),
    ]
}

/// A whole answer whose body is something else.
fn no_json(body: &str) -> Vec<Case> {
    let utf16 = body.encode_utf16().flat_map(u16::to_le_bytes);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16).collect();
    let kind = "application/json";
    let squeezed = "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u{1f}\u{8}\0\0";
    let after_brace = |text: &str| body.replacen('{', &format!("{{{text}"), 1);
    let deep = after_brace(&format!("\"x\":{},", "[".repeat(100_000)));
    let texts = [
        ("a page as JSON", "<p>canary"),
        ("an empty body", ""),
        ("null", "null"),
        ("a list", "[\"canary\"]"),
        ("a string", "\"canary\""),
        ("two texts", &format!("{body}{body}")),
        ("NaN", &after_brace("\"canary\":NaN,")),
        ("deep", &deep),
    ];
    let texts = texts.map(|(name, text)| (name, json_answer(200, text), ""));
    let others = [
        ("a page", typed(200, "text/html", b"<p>canary"), "JSON"),
        ("no content", raw("HTTP/1.1 204 X\r\n\r\n"), "JSON"),
        ("UTF-16", typed(200, kind, &utf16), ""),
        ("no UTF-8", typed(200, kind, b"{\"a\":\"\xff\"}"), ""),
        ("squeezed", typed(200, kind, &[0x1f, 0x8b, 8, 0, 0]), ""),
        ("squeezed as said", raw(&format!("{JSON}{squeezed}")), ""),
        ("a 502", typed(502, "text/html", b"<p>canary"), "502"),
        ("a 503", raw("HTTP/1.1 503 X\r\n\r\n"), "503"),
        ("a 999", raw("HTTP/1.1 999 X\r\n\r\n"), "999"),
    ];
    texts
        .into_iter()
        .chain(others)
        .map(|(name, answer, words)| case(name, answer, 1, words))
        .collect()
}

/// Every redirect, to the same server and to another one.
fn redirects(stranger: &Impostor) -> Vec<Case> {
    let authority = &stranger.url["http://".len()..];
    let mut cases = Vec::new();
    for status in [301, 302, 303, 307, 308] {
        for location in [stranger.url.as_str(), "/elsewhere"] {
            let name = format!("{status} to {location}");
            cases.push(case(&name, redirect(status, location), 14, "redirect"));
        }
    }
    for location in [
        &format!("http://canary:canary@{authority}/"),
        &format!("//{authority}/"),
        "javascript:canary",
        "",
    ] {
        cases.push(case(location, redirect(302, location), 14, "redirect"));
    }
    cases
}

/// An object with one field changed, as text; nothing removes it.
pub(crate) fn with(object: &Value, field: &str, value: &str) -> String {
    let mut object = object.clone();
    let fields = object.as_object_mut().unwrap();
    if value.is_empty() {
        fields.remove(field);
    } else {
        fields.insert(field.to_owned(), serde_json::from_str(value).unwrap());
    }
    object.to_string()
}

/// What is wrong with the end of a run, if anything.
pub(crate) fn outcome(case: &Case, output: &Output) -> Option<String> {
    let Case {
        name, code, words, ..
    } = case;
    let message = output.stderr.lines().last().unwrap_or_default();
    let fits = output.code == *code && message.contains(words) && message.contains("\"hint\":\"");
    discreet(name, output);
    (!fits).then(|| format!("{name}: not {code} {words:?} but {} {message}", output.code))
}

/// Runs a login against each answer at one path.
pub(crate) fn logins_end(path: &str, issuer: &Impostor, cases: &[Case]) {
    let world = user_of(issuer);
    let mut wrong = Vec::new();
    for case in cases {
        issuer.behave();
        issuer.put(path, case.answer.clone());
        let flags = ["--request-timeout", "2s", "--retries", "0"];
        let output = sign_in(&world, issuer, &flags, |nonce| {
            if path != TOKEN {
                issuer.grant(nonce);
            }
        });
        wrong.extend(outcome(case, &output));
        assert!(!is_anybody_signed_in(&world), "{}", case.name);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Asserts that no redirect was followed and no foreign address believed.
pub(crate) fn nobody_else_was_asked(issuer: &Impostor, stranger: &Impostor) {
    assert!(
        stranger.everything().is_empty(),
        "{:?}",
        stranger.everything()
    );
    assert!(issuer.asked("/elsewhere").is_empty());
}
