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
    login.process.signal(rustix::process::Signal::INT);
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
