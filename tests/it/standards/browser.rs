//! What a browser meets at the redirect URI.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use url::{Position, Url, form_urlencoded};

use crate::impostor::{Impostor, user_of};
use crate::sign_in::Login;
use crate::world::World;

/// A login that waits for its callback.
fn begin(world: &World, issuer: &Impostor, flags: &[&str]) -> Login {
    let command = world.command(&[&["login", "--no-browser"], flags].concat());
    Login::of(world.spawn(command), &issuer.url)
}

/// The answer to one request, as it comes.
fn raw(url: &Url, method: &str, body: &str) -> String {
    let authority = &url[Position::BeforeHost..Position::AfterPort];
    let mut stream = TcpStream::connect(authority).unwrap();
    let request = format!(
        "{method} {} HTTP/1.1\r\nHost: {authority}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        &url[Position::BeforePath..Position::AfterQuery],
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// What is answered to a denial that this login waits for.
fn answer_to_denial(flags: &[&str], further: &[(&str, &str)]) -> (Url, String) {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let login = begin(&world, &issuer, flags);
    let uri = Url::parse(&login.parameter("redirect_uri").unwrap()).unwrap();
    let state = login.parameter("state").unwrap();
    let mut parameters = form_urlencoded::Serializer::new(String::new());
    parameters
        .append_pair("error", "access_denied")
        .append_pair("state", &state)
        .extend_pairs(further);
    let parameters = parameters.finish();
    let answer = if flags.is_empty() {
        let mut callback = uri.clone();
        callback.set_query(Some(&parameters));
        raw(&callback, "GET", "")
    } else {
        raw(&uri, "POST", &parameters)
    };
    // A browser goes where it is led, which is what the login waits for.
    let page = uri.join(header(&answer, "location").unwrap()).unwrap();
    if page.origin() == uri.origin() {
        raw(&page, "GET", "");
    }
    login.end().exits(4);
    (uri, answer)
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let (head, _) = answer.split_once("\r\n\r\n").unwrap();
    head.lines().skip(1).find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

#[test]
fn the_browser_is_led_to_the_logins_own_page_whatever_the_callback_names() {
    let (uri, answer) = answer_to_denial(
        &[],
        &[
            ("next", "https://evil.example/"),
            ("redirect_uri", "https://evil.example/"),
            ("url", "//evil.example"),
        ],
    );
    let location = uri.join(header(&answer, "location").unwrap()).unwrap();
    assert_eq!(location.origin(), uri.origin());
    assert!(location.path().starts_with(uri.path()), "{location}");
    assert_eq!((location.query(), location.fragment()), (None, None));
}

#[test]
fn an_answer_that_was_posted_is_not_posted_again_to_the_page_it_leads_to() {
    let (_, answer) = answer_to_denial(&["--response-mode", "form_post"], &[]);
    assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
}

#[test]
fn no_page_of_the_listener_sends_its_address_on() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let login = begin(&world, &issuer, &["--timeout", "1s"]);
    let uri = Url::parse(&login.parameter("redirect_uri").unwrap()).unwrap();
    for query in ["code=canary-code&state=wrong", "error=x", ""] {
        let mut callback = uri.clone();
        callback.set_query(Some(query));
        let answer = raw(&callback, "GET", "");
        assert_eq!(header(&answer, "referrer-policy"), Some("no-referrer"));
        assert_eq!(header(&answer, "cache-control"), Some("no-store"));
        assert!(!answer.contains("canary-code"), "{answer}");
    }
    login.end().exits(9);
}

#[test]
fn each_login_draws_its_own_state_nonce_and_challenge() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let mut seen = BTreeSet::new();
    for _ in 0..3 {
        let login = begin(&world, &issuer, &["--timeout", "1s"]);
        for name in ["state", "nonce", "code_challenge"] {
            let value = login.parameter(name).unwrap();
            assert_eq!(value.len(), 43, "{name} of {value}");
            assert!(seen.insert(value), "{name} is not new");
        }
        login.end().exits(9);
    }
}

#[test]
fn what_a_callback_has_beyond_the_standard_is_ignored() {
    let (_, answer) = answer_to_denial(
        &[],
        &[("session_state", "z"), ("x", "1"), ("x", "2"), ("", "")],
    );
    assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
}
