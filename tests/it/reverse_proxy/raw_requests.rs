//! Requests that no client library would send: each gets its own answer, none reaches the portal,
//! and the session stays as it is.

use std::io::{Read as _, Write as _};
use std::time::Duration;

use super::served::{Response, Served};
use crate::world::World;

const ROUTE: &str = "/api/v1/me/natural-person";
/// Longer than any header may be.
#[cfg(unix)]
const HUGE: usize = 200 * 1024;

struct Scene {
    world: World,
    served: Served,
}

impl Scene {
    fn new() -> Self {
        let world = World::signed_in();
        let rules = ["--allow", "GET,POST /api/**"];
        let served = Served::start(&world, &rules);
        Self { world, served }
    }

    fn host(&self) -> String {
        format!("Host: {}\r\n", self.served.address.host())
    }

    fn authorization(&self) -> String {
        let capability = &self.served.capability;
        format!("Authorization: Bearer {capability}\r\nConnection: close\r\n")
    }

    /// Sends a request with both, whose other lines are given, and expects one refusal and nothing
    /// else.
    fn is_refused(&self, what: &str, line: &str, rest: &str) {
        let (host, authorization) = (self.host(), self.authorization());
        self.raw_is_refused(what, &format!("{line}\r\n{host}{authorization}{rest}"));
    }

    fn raw_is_refused(&self, what: &str, request: &str) {
        let before = self.world.sandbox().request_log().len();
        let answer = self.served.address.exchange(request.as_bytes());
        let shown: String = answer.chars().take(600).collect();
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{what}: {shown}");
        let status = Response::parse(&answer).status;
        assert!((400..=501).contains(&status), "{what}: {shown}");
        let after = self.world.sandbox().request_log();
        assert_eq!(after.len(), before, "{what}: {:?}", after.last());
    }

    /// It goes on as if nothing had been, with the same session.
    fn still_works(self, refresh_token: &str) {
        let response = self.served.get(ROUTE);
        assert_eq!(response.status, 200, "{response:?}");
        let output = self.served.stop();
        assert!(output.stderr.is_empty(), "{output:?}");
        assert_eq!(self.world.refreshes(), 0);
        assert_eq!(self.world.refresh_token(), refresh_token);
        self.world.run(&["whoami"]).succeeds();
    }
}

fn request_line(method: &str) -> String {
    format!("{method} {ROUTE} HTTP/1.1")
}

/// A request that would be hidden in the body of another.
fn smuggled(scene: &Scene) -> String {
    let (host, authorization) = (scene.host(), scene.authorization());
    format!("GET /api/v1/smuggled HTTP/1.1\r\n{host}{authorization}\r\n")
}

#[expect(clippy::too_many_lines, reason = "one row for each way to disagree")]
#[test]
fn a_request_whose_end_is_a_matter_of_opinion_is_refused_with_all_that_follows() {
    let scene = Scene::new();
    let refresh_token = scene.world.refresh_token();
    let hidden = smuggled(&scene);
    let length = hidden.len();
    let chunked = format!("{length:x}\r\n{hidden}\r\n0\r\n\r\n");
    for (what, headers, body) in [
        (
            "length and coding",
            format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n"),
            format!("0\r\n\r\n{hidden}"),
        ),
        (
            "coding and length",
            "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n".to_owned(),
            chunked.clone(),
        ),
        (
            "two lengths",
            format!("Content-Length: 0\r\nContent-Length: {length}\r\n"),
            hidden.clone(),
        ),
        (
            "a list of lengths",
            "Content-Length: 3, 3\r\n".to_owned(),
            "abc".to_owned(),
        ),
        (
            "a length with a sign",
            "Content-Length: +3\r\n".to_owned(),
            "abc".to_owned(),
        ),
        (
            "a negative length",
            "Content-Length: -3\r\n".to_owned(),
            String::new(),
        ),
        (
            "a length in hex",
            "Content-Length: 0x3\r\n".to_owned(),
            "abc".to_owned(),
        ),
        (
            "a length beyond all numbers",
            "Content-Length: 99999999999999999999999\r\n".to_owned(),
            String::new(),
        ),
        (
            "another coding",
            "Transfer-Encoding: xchunked\r\n".to_owned(),
            chunked.clone(),
        ),
        (
            "gzip",
            "Transfer-Encoding: gzip, chunked\r\n".to_owned(),
            chunked.clone(),
        ),
        (
            "chunked, and then identity",
            "Transfer-Encoding: chunked, identity\r\n".to_owned(),
            chunked.clone(),
        ),
        (
            "chunked twice",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n".to_owned(),
            chunked.clone(),
        ),
        (
            "a blank before the colon",
            "Transfer-Encoding : chunked\r\n".to_owned(),
            chunked.clone(),
        ),
        (
            "a tab in the coding",
            "Transfer-Encoding:\tchunked\u{b}\r\n".to_owned(),
            chunked.clone(),
        ),
        (
            "a folded header",
            "X-A: b\r\n Transfer-Encoding: chunked\r\n".to_owned(),
            chunked.clone(),
        ),
        (
            "a chunk without a number",
            "Transfer-Encoding: chunked\r\n".to_owned(),
            "zz\r\n\r\n".to_owned(),
        ),
        (
            "a chunk longer than all numbers",
            "Transfer-Encoding: chunked\r\n".to_owned(),
            "fffffffffffffffff\r\nabc".to_owned(),
        ),
    ] {
        let rest = format!("{headers}\r\n{body}");
        scene.is_refused(what, &request_line("POST"), &rest);
    }
    for (what, rest) in [
        (
            "a read with a body",
            format!("Content-Length: {length}\r\n\r\n{hidden}"),
        ),
        (
            "a read with pieces",
            format!("Transfer-Encoding: chunked\r\n\r\n{chunked}"),
        ),
    ] {
        scene.is_refused(what, &request_line("GET"), &rest);
    }
    scene.still_works(&refresh_token);
}

#[expect(clippy::too_many_lines, reason = "one row for each way")]
#[test]
fn a_head_that_is_not_one_is_refused() {
    let scene = Scene::new();
    let refresh_token = scene.world.refresh_token();
    let (host, authorization) = (scene.host(), scene.authorization());
    let line = request_line("GET");
    for (what, request) in [
        ("no host", format!("{line}\r\n{authorization}\r\n")),
        (
            "two hosts",
            format!("{line}\r\n{host}{host}{authorization}\r\n"),
        ),
        (
            "a foreign host",
            format!("{line}\r\nHost: evil.example\r\n{authorization}\r\n"),
        ),
        (
            "a host that begins like this one",
            format!("{line}\r\nHost: 127.0.0.1.evil.example\r\n{authorization}\r\n"),
        ),
        (
            "an empty host",
            format!("{line}\r\nHost:\r\n{authorization}\r\n"),
        ),
        ("no capability", format!("{line}\r\n{host}\r\n")),
        (
            "two capabilities",
            format!("{line}\r\n{host}{authorization}{authorization}\r\n"),
        ),
        (
            "a NUL",
            format!("{line}\r\n{host}{authorization}X: a\0b\r\n\r\n"),
        ),
        (
            "a lone CR",
            format!("{line}\r\n{host}{authorization}X: a\rY: b\r\n\r\n"),
        ),
        (
            "a header without a colon",
            format!("{line}\r\n{host}{authorization}X\r\n\r\n"),
        ),
        (
            "a header without a name",
            format!("{line}\r\n{host}{authorization}: x\r\n\r\n"),
        ),
        (
            "a blank first",
            format!(" {line}\r\n{host}{authorization}\r\n"),
        ),
        // An answer to what was not read to its end may be lost on Windows.
        #[cfg(unix)]
        (
            "a huge header",
            format!(
                "{line}\r\n{host}{authorization}X: {}\r\n\r\n",
                "x".repeat(HUGE)
            ),
        ),
        #[cfg(unix)]
        (
            "many headers",
            format!(
                "{line}\r\n{host}{authorization}{}\r\n",
                "X: y\r\n".repeat(3000)
            ),
        ),
        #[cfg(unix)]
        (
            "a huge path",
            format!(
                "GET /api/{} HTTP/1.1\r\n{host}{authorization}\r\n",
                "x".repeat(HUGE)
            ),
        ),
        (
            "no version",
            format!("GET {ROUTE}\r\n{host}{authorization}\r\n"),
        ),
        (
            "another version",
            format!("GET {ROUTE} HTTP/3.0\r\n{host}{authorization}\r\n"),
        ),
    ] {
        scene.raw_is_refused(what, &request);
    }
    for (what, line, rest) in [
        (
            "a WebSocket",
            request_line("GET"),
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        ),
        (
            "HTTP/2 in clear",
            request_line("GET"),
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
        ),
        ("TRACE", request_line("TRACE"), "\r\n"),
        ("a method of its own", request_line("FROBNICATE"), "\r\n"),
        ("a small method", request_line("get"), "\r\n"),
        (
            "a tunnel",
            "CONNECT evil.example:443 HTTP/1.1".to_owned(),
            "\r\n",
        ),
        ("all of it", "OPTIONS * HTTP/1.1".to_owned(), "\r\n"),
        (
            "an expectation",
            request_line("POST"),
            "Expect: 200-maybe\r\nContent-Length: 1\r\n\r\nx",
        ),
    ] {
        scene.is_refused(what, &line, rest);
    }
    scene.still_works(&refresh_token);
}

#[test]
fn another_protocol_ends_the_connection() {
    let scene = Scene::new();
    let refresh_token = scene.world.refresh_token();
    for hello in [
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
    ] {
        let answer = scene.served.address.exchange(hello.as_bytes());
        let is_refusal = answer.starts_with("HTTP/1.1 400 ");
        assert!(answer.is_empty() || is_refusal, "{hello:?}: {answer}");
    }
    scene.still_works(&refresh_token);
}

#[test]
fn a_target_that_is_not_a_plain_path_is_refused() {
    let scene = Scene::new();
    let refresh_token = scene.world.refresh_token();
    let portal = scene.world.url().to_owned();
    let own = format!("http://{}{ROUTE}", scene.served.address.host());
    for target in [
        format!("{portal}{ROUTE}"),
        own,
        "http://evil.example/".to_owned(),
        "https:evil.example".to_owned(),
        "//evil.example/".to_owned(),
        format!("/{ROUTE}"),
        "/api/v1/me/../../oauth/token".to_owned(),
        "/api/v1/me/%2e%2e/x".to_owned(),
        "/api/v1/me/%2E%2E/x".to_owned(),
        "/api/v1/me/.%2e/x".to_owned(),
        "/api/v1/me/%252e%252e/x".to_owned(),
        "/api/v1/me/%25252e%25252e/x".to_owned(),
        "/api/v1/me/..;/x".to_owned(),
        "/api/v1/me/..%3b/x".to_owned(),
        "/api/v1/me/./x".to_owned(),
        "/api/v1/me/..".to_owned(),
        "/..".to_owned(),
        "/../api/v1/me".to_owned(),
        "/api/v1/me%2f..%2fx".to_owned(),
        "/api/v1%2Fme".to_owned(),
        "/api/v1%5cme".to_owned(),
        "/api\\v1\\me".to_owned(),
        "/api//v1/me".to_owned(),
        "/api/v1/me%00".to_owned(),
        "/api/v1/me%0d%0aX:y".to_owned(),
        "/api/v1/me%zz".to_owned(),
        "/api/v1/me x".to_owned(),
        "/api/v1/m\u{e9}".to_owned(),
        "/api/v1/{me}".to_owned(),
        "/api/oauth/token".to_owned(),
        "/api/%6fauth/token".to_owned(),
        "?x".to_owned(),
        "api/v1/me".to_owned(),
        String::new(),
    ] {
        scene.is_refused(&target, &format!("GET {target} HTTP/1.1"), "\r\n");
    }
    scene.still_works(&refresh_token);
}

#[test]
fn bare_line_feeds_end_lines_and_nothing_more() {
    let scene = Scene::new();
    let request = format!(
        "{}\r\n{}{}\r\n",
        request_line("GET"),
        scene.host(),
        scene.authorization()
    );
    let request = request.replace("\r\n", "\n") + "GET /api/v1/smuggled HTTP/1.1\n\n";
    let answer = scene.served.address.exchange(request.as_bytes());
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    scene.served.stop();
}

#[test]
fn requests_in_a_row_on_one_connection_are_answered_in_their_order() {
    let scene = Scene::new();
    let (host, authorization) = (scene.host(), scene.authorization());
    let authorization = authorization.replace("Connection: close\r\n", "");
    let one =
        |path: &str, last: &str| format!("GET {path} HTTP/1.1\r\n{host}{authorization}{last}\r\n");
    let requests =
        one(ROUTE, "") + &one("/api/v1/me/absent", "") + &one(ROUTE, "Connection: close\r\n");
    let answer = scene.served.address.exchange(requests.as_bytes());
    let statuses: Vec<_> = answer
        .match_indices("HTTP/1.1 ")
        .map(|(at, _)| &answer[at + 9..at + 12])
        .collect();
    assert_eq!(statuses, ["200", "404", "200"], "{answer}");
    scene.served.stop();
}

#[test]
fn four_hundred_connections_that_say_nothing_or_half_a_request_keep_no_one_else_waiting() {
    let scene = Scene::new();
    let beginning = format!("{}\r\n{}", request_line("GET"), scene.host());
    let mut held: Vec<_> = (0..400)
        .map(|index| {
            let mut stream = scene.served.address.connect_for(Duration::from_secs(1));
            if index % 2 == 0 {
                stream.write_all(beginning.as_bytes()).unwrap();
            }
            stream
        })
        .collect();
    for _ in 0..3 {
        assert_eq!(scene.served.get(ROUTE).status, 200);
    }
    // Half a request of one that did not have to make room goes on where it stopped.
    let last = held.len() - 2;
    let rest = format!("{}\r\n", scene.authorization());
    held[last].write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    held[last].read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    scene.served.stop();
}

#[test]
fn a_stranger_gets_one_answer_for_a_connection_however_much_is_sent_on_it() {
    let scene = Scene::new();
    let mut stream = scene.served.address.connect_for(Duration::from_secs(10));
    let request = format!("{}\r\n{}\r\n", request_line("GET"), scene.host());
    stream.write_all(request.repeat(50).as_bytes()).unwrap();
    let mut answer = Vec::new();
    // What was sent in vain may end the connection with a reset.
    stream.read_to_end(&mut answer).unwrap_or_default();
    let answer = String::from_utf8(answer).unwrap();
    assert_eq!(answer.matches("HTTP/1.1 401 ").count(), 1, "{answer}");
    assert!(
        answer.to_ascii_lowercase().contains("connection: close"),
        "{answer}"
    );
    scene.served.stop();
}
