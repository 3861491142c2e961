//! The end of a login in the browser: programs that look at the callback before or after the browser
//! does, and a terminal that does not wait for any of them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use url::Url;

use crate::browser::Browser;
use crate::sign_in::Login;
use crate::world::World;

/// The address at which the browser ends.
fn answer_to(world: &World, login: &Login) -> Url {
    let url = login.url();
    world.block_on(async { Browser::new().sent_to(&url).await })
}

/// The answer to a request for a callback, by whatever method and with whatever headers.
fn ask(method: &str, address: &Url, headers: &str) -> String {
    let (host, port) = (address.host_str().unwrap(), address.port().unwrap());
    let mut stream = TcpStream::connect((host, port)).unwrap();
    let target = &address[url::Position::BeforePath..];
    let request = format!("{method} {target} HTTP/1.1\r\nHost: {host}:{port}\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn the_terminal_says_who_is_signed_in_while_the_browser_has_yet_to_fetch_the_page() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    let address = answer_to(&world, &login);
    let page = world.block_on(async { Browser::new().sent_to(&address).await });
    // The answer of the command, which is JSON here, begins.
    assert_eq!(login.process.line_of_stdout(), "{\n");
    assert!(ask("HEAD", &page, "").starts_with("HTTP/1.1 200"));
    login.page(&page).says("You are signed in");
    login.end().succeeds();
}

#[test]
fn the_terminal_says_why_nobody_is_signed_in_while_the_browser_has_yet_to_fetch_the_page() {
    let world = World::new();
    world.fault("token:500");
    let mut login = world.start_login(&["--profile", "other"]);
    let address = answer_to(&world, &login);
    let page = world.block_on(async { Browser::new().sent_to(&address).await });
    login.process.wait_for("\"error\"");
    login.page(&page).says("The sign-in did not work");
    let output = login.end().exits(1);
    assert_eq!(output.stderr.matches("\"error\"").count(), 1, "{output:#?}");
}

#[test]
fn a_browser_that_goes_nowhere_after_the_callback_does_not_fail_the_login() {
    let world = World::new();
    let login = world.start_login(&[]);
    let address = answer_to(&world, &login);
    assert!(ask("GET", &address, "").starts_with("HTTP/1.1 303"));
    login.end().succeeds();
}

#[test]
fn ctrl_c_after_the_sign_in_ends_the_wait_for_the_browser_and_the_login_stays_a_success() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    let address = answer_to(&world, &login);
    world.block_on(async { Browser::new().sent_to(&address).await });
    assert_eq!(login.process.line_of_stdout(), "{\n");
    login.process.interrupt();
    login.process.end().succeeds();
    world.run(&["token"]).succeeds();
}

#[test]
fn what_only_looks_at_the_callback_does_not_use_it_up() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    let address = answer_to(&world, &login);
    let icon = address.join("/favicon.ico").unwrap();
    for (method, url, headers, status) in [
        ("HEAD", &address, "", "405"),
        ("OPTIONS", &address, "", "405"),
        ("GET", &icon, "", "404"),
        (
            "GET",
            &address,
            "Sec-Purpose: prefetch;prerender\r\n",
            "503",
        ),
        ("GET", &address, "Purpose: prefetch\r\n", "503"),
        ("GET", &address, "X-Moz: prefetch\r\n", "503"),
    ] {
        let answer = ask(method, url, headers);
        let expected = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&expected), "{method} {url}: {answer}");
    }
    assert!(world.events("token").is_empty());
    login.page(&address).says("You are signed in");
    login.end().succeeds();
}

#[test]
fn a_browser_that_comes_after_a_scanner_of_links_gets_the_page_of_the_same_login() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    let address = answer_to(&world, &login);
    let scanned = ask("GET", &address, "");
    assert!(scanned.starts_with("HTTP/1.1 303"), "{scanned}");
    login.page(&address).says("You are signed in");
    login.end().succeeds();
    let mut exchanges = world.events("token");
    exchanges.retain(|event| event.grant_type == Some("authorization_code"));
    assert_eq!(exchanges.len(), 1);
}

/// What a browser would bring back to a login.
fn answer_with(login: &Login, parameters: &[(&str, &str)]) -> Url {
    let (uri, state) = (login.parameter("redirect_uri"), login.parameter("state"));
    let mut address = Url::parse_with_params(&uri.unwrap(), parameters).unwrap();
    address
        .query_pairs_mut()
        .append_pair("state", &state.unwrap());
    address
}

#[test]
fn the_terminal_says_at_once_that_another_server_answered_or_that_the_provider_refused() {
    for (parameters, code, words) in [
        (
            &[("code", "c"), ("iss", "https://evil.example")][..],
            14,
            "https://evil.example",
        ),
        (
            &[("code", "c"), ("iss", "")],
            14,
            "the callback was sent by",
        ),
        (
            &[("error", "access_denied"), ("iss", "https://evil.example")],
            14,
            "https://evil.example",
        ),
        (&[("error", "access_denied")], 4, "consent was denied"),
        (&[("error", "login_required")], 3, "login_required"),
        (&[("error", "")], 1, "unknown_error"),
    ] {
        let world = World::new();
        let mut login = world.start_login(&[]);
        let address = answer_with(&login, parameters);
        let page = world.block_on(async { Browser::new().sent_to(&address).await });
        // Before the browser goes on, which it can only do while the program waits for it.
        login.process.wait_for("\"error\"");
        login.page(&page).says("The sign-in did not work");
        drop(login.end().exits(code).because(words));
    }
}

#[test]
fn an_answer_that_breaks_the_protocol_is_told_on_the_page_and_on_the_terminal() {
    for (parameters, words) in [
        (&[][..], "it has neither a code nor an error"),
        (
            &[("code", "a"), ("error", "b")],
            "it has both a code and an error",
        ),
        (&[("code", "")], "its code is malformed"),
        (&[("code", "a\n")], "its code is malformed"),
        (&[("code", "a"), ("code", "b")], "code is given twice"),
        (
            &[("code", "a"), ("iss", "b"), ("iss", "c")],
            "iss is given twice",
        ),
    ] {
        let world = World::new();
        let mut login = world.start_login(&[]);
        let address = answer_with(&login, parameters);
        for _ in 0..2 {
            let page = login.page(&address);
            page.says("answer cannot be used").says(words);
        }
        login.process.wait_for(words);
        login.visit().says("You are signed in");
        let output = login.end().succeeds();
        assert_eq!(output.stderr.matches(words).count(), 1, "{output:#?}");
    }
}

#[test]
fn what_a_stranger_sends_to_the_listener_is_not_told_on_the_terminal() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    let uri = login.parameter("redirect_uri").unwrap();
    for query in ["", "?code=c", "?code=c&state=x", "?code=c&code=c&state=x"] {
        let page = login.page(&Url::parse(&format!("{uri}{query}")).unwrap());
        page.says("The terminal keeps waiting");
    }
    login.visit().says("You are signed in");
    let output = login.end().succeeds();
    assert!(!output.stderr.contains("warning:"), "{output:#?}");
}

#[test]
fn a_second_tab_with_the_same_address_gets_the_same_page() {
    let world = World::new();
    world.fault("token:slow=1s*1");
    let login = world.start_login(&[]);
    let address = answer_to(&world, &login);
    let tabs = [(); 2].map(|()| {
        let address = address.clone();
        std::thread::spawn(move || ask("GET", &address, ""))
    });
    let places = tabs.map(|tab| tab.join().unwrap());
    for answer in places {
        let place = answer.split("Location: ").nth(1).unwrap();
        let page = address.join(place.lines().next().unwrap()).unwrap();
        let page = ask("GET", &page, "");
        assert!(page.contains("You are signed in"), "{page}");
    }
    login.end().succeeds();
}

#[test]
fn the_page_of_a_failed_login_says_why_and_which_command_to_run_with_its_profile() {
    for (error, reason, next) in [
        (
            "access_denied",
            "consent was denied",
            "run <code>eprospera --profile other login</code> again and approve",
        ),
        (
            "invalid_scope",
            "invalid_scope",
            "run <code>eprospera --profile other login</code> in the terminal to try again",
        ),
    ] {
        let world = World::new();
        world.fault(&format!("authorize:error={error}"));
        let mut login = world.start_login(&["--profile", "other"]);
        login
            .visit()
            .says("What to do next:")
            .says(reason)
            .says(next);
        drop(login.end().0.says(reason));
    }
}

#[test]
fn an_address_on_a_page_is_spelled_as_it_is() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    let answer = answer_to(&world, &login);
    let elsewhere = answer.as_str().replace("127.0.0.1", "localhost");
    let redirect = &answer[..url::Position::AfterPath];
    let page = login.page(&Url::parse(&elsewhere).unwrap());
    page.says(redirect);
    assert!(!page.text.contains("text-transform"), "{}", page.text);
    login.page(&answer).says("You are signed in");
    login.end().succeeds();
}
