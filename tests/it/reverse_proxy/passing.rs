//! What a request takes along to the portal, and what an answer brings back.

use super::reads::refuses;
use super::served::Served;
use crate::wire::{TOKEN, Wire, answer, json};

#[test]
fn the_portal_gets_the_token_and_nothing_that_speaks_for_another() {
    let wire = Wire::answering(vec![json(200, "{}")]);
    let world = wire.user();
    let served = Served::start(&world, &[]);
    let rest = "Cookie: a=b\r\nProxy-Authorization: Basic x\r\nForwarded: for=1.2.3.4\r\n\
                X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Host: evil.example\r\nTE: trailers\r\n\
                Keep-Alive: timeout=5\r\nConnection: X-Own\r\nX-Own: 1\r\n\
                X-HTTP-Method-Override: DELETE\r\nExpect: 100-continue\r\nAccept-Encoding: gzip\r\n\
                Accept-Language: es\r\nIf-None-Match: \"x\"\r\nUser-Agent: report/1\r\n\
                X-Request-Id: 7\r\n\r\n";
    let response = served
        .address
        .send(&served.capability, "GET /a?b=%2F", rest);
    assert_eq!((response.status, response.body.as_str()), (200, "{}"));
    drop(served.stop());
    let request = wire.request();
    assert_eq!(request.line, "GET /a?b=%2F");
    let bearer = format!("Bearer {TOKEN}");
    let host = wire.url.trim_start_matches("http://");
    for (name, value) in [
        ("authorization", Some(bearer.as_str())),
        ("host", Some(host)),
        ("accept-encoding", Some("identity")),
        ("accept-language", Some("es")),
        ("if-none-match", Some("\"x\"")),
        ("user-agent", Some("report/1")),
        ("x-request-id", Some("7")),
        ("cookie", None),
        ("proxy-authorization", None),
        ("forwarded", None),
        ("x-forwarded-for", None),
        ("x-forwarded-host", None),
        ("te", None),
        ("keep-alive", None),
        ("x-own", None),
        ("x-http-method-override", None),
        ("expect", None),
        ("transfer-encoding", None),
    ] {
        assert_eq!(request.header(name), value, "{name}");
    }
}

#[test]
fn an_answer_brings_no_cookie_no_promise_about_the_host_and_nothing_for_a_browser() {
    let headers = [
        "content-type: application/json",
        "etag: \"1\"",
        "set-cookie: session=canary",
        "strict-transport-security: max-age=1",
        "alt-svc: h3=\":443\"",
        "access-control-allow-origin: *",
        "access-control-allow-credentials: true",
        "clear-site-data: \"*\"",
        "eprospera-proxy-error: spoofed",
    ];
    let wire = Wire::answering(vec![answer(200, &headers, b"[1]")]);
    let world = wire.user();
    let served = Served::start(&world, &[]);
    let response = served.get("/a");
    assert_eq!((response.status, response.body.as_str()), (200, "[1]"));
    assert!(response.head.contains("etag: \"1\""));
    for gone in [
        "cookie",
        "strict-transport",
        "alt-svc",
        "access-control",
        "clear-site",
        "spoofed",
    ] {
        assert!(!response.head.contains(gone), "{gone}: {response:?}");
    }
    drop(served.stop());
}

#[test]
fn a_redirect_is_passed_on_and_never_followed() {
    for (location, passed) in [
        ("SELF/x?y", "/x?y"),
        ("/x?y", "/x?y"),
        ("x", "/a/x"),
        ("https://evil.example/x", "https://evil.example/x"),
        ("//evil.example/x", "//evil.example/x"),
    ] {
        for status in [301, 302, 303, 307, 308] {
            let wire = Wire::at(|url| {
                let location = format!("location: {}", location.replace("SELF", url));
                vec![answer(status, &[&location], b"")]
            });
            let world = wire.user();
            let served = Served::start(&world, &[]);
            let response = served.get("/a/b");
            assert_eq!(response.status, status);
            let line = format!("location: {passed}");
            assert!(response.head.lines().any(|row| row == line), "{response:?}");
            drop(served.stop());
            assert_eq!(wire.request().line, "GET /a/b");
        }
    }
}

#[test]
fn a_portal_that_repeats_the_token_does_not_bring_it_to_the_caller() {
    let token = "at_a_token_that_is_long_enough_to_be_found.0123456789";
    let body = format!("{{\"you sent\":\"Bearer {token}\",\"and\":[\"{token}\"]}}");
    let echo = format!("x-echo: {token}");
    let wire = Wire::answering(vec![answer(
        200,
        &["content-type: application/json", &echo],
        body.as_bytes(),
    )]);
    let mut world = wire.user();
    world.set("EPROSPERA_TOKEN", token);
    let served = Served::start(&world, &[]);
    let response = served.get("/a");
    assert_eq!(response.status, 200);
    assert!(!response.head.contains(token) && !response.body.contains(token));
    let covered = "*".repeat(token.len());
    assert_eq!(response.body, body.replace(token, &covered));
    let output = served.stop();
    assert!(!output.stdout.contains(token) && !output.stderr.contains(token));
}

#[test]
fn a_token_with_escaped_characters_or_in_the_name_of_a_header_does_not_come_back() {
    let token = "at_a_token_that_is_long_enough.to/be+found=";
    let escape = |byte| format!("\\u{byte:04x}");
    let escaped = token.bytes().map(escape).collect::<Vec<_>>().concat();
    let in_url = token
        .replace('/', "%2F")
        .replace('+', "%2B")
        .replace('=', "%3d");
    let body = format!("{{\"you\":\"{escaped}\",\"url\":\"?t={in_url}&x=%20\"}}");
    let name = "x-at_a_token_that_is_long_enough: 1";
    let headers = ["content-type: application/json", name];
    let short = "at_a_token_that_is_long_enough";
    let wire = Wire::answering(vec![
        answer(200, &headers, body.as_bytes()),
        answer(200, &headers, b"{}"),
    ]);
    for (token, body) in [(token, body), (short, "{}".to_owned())] {
        let mut world = wire.user();
        world.set("EPROSPERA_TOKEN", token);
        let served = Served::start(&world, &[]);
        let response = served.get("/a");
        let covered = |text: &str| "*".repeat(text.len());
        let expected = body
            .replace(&escaped, &covered(&escaped))
            .replace(&in_url, &covered(&in_url));
        assert_eq!(response.body, expected);
        assert_eq!(response.head.contains("x-at_a_token"), token != short);
        drop(served.stop());
    }
}

#[test]
fn a_part_of_a_text_does_not_pass_because_a_token_in_pieces_is_not_recognised() {
    let range = "content-range: bytes 0-1/10";
    for kind in [
        Some("application/json"),
        Some("text/plain; charset=utf-8"),
        Some("image/svg+xml"),
        Some("multipart/byteranges; boundary=x"),
        None,
    ] {
        let kind = kind.map(|kind| format!("content-type: {kind}"));
        let mut headers = vec![range];
        headers.extend(kind.as_deref());
        let wire = Wire::answering(vec![answer(206, &headers, b"at")]);
        let world = wire.user();
        let served = Served::start(&world, &[]);
        let rest = "Range: bytes=0-1\r\n\r\n";
        let response = served.address.send(&served.capability, "GET /a", rest);
        refuses(&response, 403, "partial_text", "forbidden");
        drop(served.stop());
    }
}

#[test]
fn an_answer_that_was_compressed_unasked_comes_plain() {
    // "{}" in gzip.
    let gzip = [
        31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 171, 174, 5, 0, 67, 191, 166, 163, 2, 0, 0, 0,
    ];
    let headers = ["content-type: application/json", "content-encoding: gzip"];
    let wire = Wire::answering(vec![answer(200, &headers, &gzip)]);
    let world = wire.user();
    let served = Served::start(&world, &[]);
    let response = served.get("/a");
    assert_eq!((response.status, response.body.as_str()), (200, "{}"));
    assert!(!response.head.contains("content-encoding"), "{response:?}");
    assert_eq!(response.content_length(), 2);
    drop(served.stop());
}

#[test]
fn statuses_and_headers_of_a_partial_answer_pass() {
    let headers = [
        "content-range: bytes 0-1/10",
        "content-type: application/pdf",
    ];
    let wire = Wire::answering(vec![answer(206, &headers, b"%P"), answer(304, &[], b"")]);
    let world = wire.user();
    let served = Served::start(&world, &[]);
    let rest = "Range: bytes=0-1\r\n\r\n";
    let response = served.address.send(&served.capability, "GET /a", rest);
    assert_eq!((response.status, response.body.as_str()), (206, "%P"));
    assert!(response.head.contains("content-range: bytes 0-1/10"));
    assert_eq!(served.get("/a").status, 304);
    drop(served.stop());
    assert_eq!(wire.requests()[0].header("range"), Some("bytes=0-1"));
}
