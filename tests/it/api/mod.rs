//! `api`: what is sent to the portal, and that nothing is sent elsewhere.

mod answers;
mod credentials;
mod introspect;
mod jq;
mod retries;

use serde_json::json;

use crate::wire::{Request, TOKEN, Wire, answer, json as json_answer};
use crate::world::World;

/// What the portal was sent by one command.
fn sent(arguments: &[&str]) -> Request {
    let wire = Wire::answering(vec![json_answer(200, "{}")]);
    let output = wire.user().run(&[&["api"], arguments].concat()).succeeds();
    assert_eq!(output.stdout, "{}\n");
    let request = wire.request();
    assert_eq!(request.header("authorization"), Some("Bearer at_canary"));
    request
}

#[test]
fn what_is_sent_makes_it_a_post_of_a_json_object() {
    let request = sent(&[
        "/x",
        "-f",
        "name=Ines",
        "-f",
        "tags[]=a",
        "-F",
        "age=42",
        "-F",
        "on=true",
    ]);
    assert_eq!(request.line, "POST /x");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.text(),
        r#"{"age":42,"name":"Ines","on":true,"tags":["a"]}"#
    );
    let request = sent(&["PATCH", "/x", "-F", "a[b]=null"]);
    assert_eq!(
        (request.line.as_str(), request.text()),
        ("PATCH /x", r#"{"a":{"b":null}}"#)
    );
    let request = sent(&["DELETE", "/x"]);
    assert_eq!((request.line.as_str(), request.text()), ("DELETE /x", ""));
}

#[test]
fn the_fields_of_a_get_are_its_query() {
    for (arguments, line) in [
        (
            &["GET", "/x", "-f", "q=a b&c", "-F", "n=7"][..],
            "GET /x?q=a+b%26c&n=7",
        ),
        (
            &["-X", "get", "/x?p=1", "-f", "tags[]=é"],
            "GET /x?p=1&tags%5B%5D=%C3%A9",
        ),
        (&["GET", "/x"], "GET /x"),
    ] {
        let request = sent(arguments);
        assert_eq!(request.line, line);
        assert_eq!(request.text(), "");
    }
}

#[test]
fn a_body_comes_from_a_file_or_from_stdin() {
    let wire = Wire::answering(vec![json_answer(200, "{}")]);
    let world = wire.user();
    world.write("body.json", "{\"n\": 1.10}");
    world.write("note.txt", "a note\n");
    world
        .run(&["api", "/x", "--input", "body.json", "-f", "q=1"])
        .succeeds();
    world
        .run_with_stdin(&["api", "PUT", "/x", "--input", "-"], "[1]")
        .succeeds();
    let text = [
        "api",
        "/x",
        "--input",
        "note.txt",
        "-H",
        "Content-Type: text/plain",
    ];
    world.run(&text).succeeds();
    world
        .run_with_stdin(&["api", "/x", "-F", "a=@-", "-F", "b=@note.txt"], "in")
        .succeeds();
    let requests = wire.requests();
    let seen: Vec<_> = requests
        .iter()
        .map(|request| {
            let media_type = request.header("content-type").unwrap();
            (request.line.as_str(), media_type, request.text())
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("POST /x?q=1", "application/json", "{\"n\": 1.10}"),
            ("PUT /x", "application/json", "[1]"),
            ("POST /x", "text/plain", "a note\n"),
            (
                "POST /x",
                "application/json",
                r#"{"a":"in","b":"a note\n"}"#
            ),
        ]
    );
}

#[test]
fn a_body_that_cannot_be_had_is_not_sent() {
    let wire = Wire::answering(vec![json_answer(200, "{}")]);
    let world = wire.user();
    world.write("body.json", "{}");
    world.write("note.txt", "a note\n");
    world
        .run(&["api", "/x", "--input", "note.txt"])
        .exits(2)
        .because("the input is not JSON")
        .hinting("-H 'Content-Type: …'");
    world
        .run(&["api", "/x", "--input", "nowhere"])
        .exits(2)
        .because("cannot read nowhere");
    world
        .run(&["api", "/x", "-F", "a=@nowhere"])
        .exits(2)
        .because("cannot read nowhere");
    world
        .run(&["api", "GET", "/x", "--input", "body.json"])
        .exits(2)
        .because("has no body");
    world
        .run(&["api", "/x", "--input", "-", "-F", "a=@-"])
        .exits(2)
        .because("only once");
    assert!(wire.requests().is_empty());
}

#[test]
fn headers_can_be_added_but_no_credential_and_no_frame() {
    let request = sent(&["/x", "-H", "Accept: text/csv", "-H", "X-Trace:7"]);
    assert_eq!(request.header("accept"), Some("text/csv"));
    assert_eq!(request.header("x-trace"), Some("7"));
    assert!(
        sent(&["/x"])
            .header("accept")
            .unwrap()
            .starts_with("application/json")
    );
    let wire = Wire::answering(vec![json_answer(200, "{}")]);
    let world = wire.user();
    for header in [
        "Authorization: Bearer other",
        "authorization: x",
        "Cookie: a=b",
        "Host: evil.example",
        "Connection: close",
        "Transfer-Encoding: chunked",
        "Content-Length: 0",
        "Proxy-Authorization: x",
        "Broken",
        "X: a\nHost: evil.example",
    ] {
        let output = world.run(&["api", "/x", "-H", header]).exits(2);
        assert_eq!(output.stdout, "", "{header}");
    }
    assert!(wire.requests().is_empty());
}

#[test]
fn nothing_leaves_for_another_place_than_the_portal() {
    let wire = Wire::answering(vec![json_answer(200, "{}")]);
    let world = wire.user();
    let own = wire.url.trim_start_matches("http://").to_owned();
    let with_user = format!("http://me@{own}/x");
    let lookalike = format!("http://{own}@evil.example/x");
    for (path, code) in [
        ("https://evil.example/x", 14),
        ("//evil.example/x", 14),
        ("http://127.0.0.1:9/x", 14),
        (lookalike.as_str(), 14),
        (with_user.as_str(), 2),
        ("/../x", 2),
        ("/a/%2e%2e/x", 2),
        ("/a/..%2fx", 2),
        ("\\\\evil.example\\x", 2),
        ("/a b", 2),
        ("/a\r\nHost: evil.example", 2),
        ("/a#b", 2),
        ("file:///etc/passwd", 2),
        ("", 2),
    ] {
        for extra in [&[][..], &["--dry-run"], &["-f", "a=b"]] {
            let output = world.run(&[&["api", path], extra].concat()).exits(code);
            assert_eq!(output.stdout, "", "{path}");
            drop(output.because("nothing was sent"));
        }
    }
    assert!(wire.requests().is_empty());
    let full = format!("{}/x?y=z", wire.url);
    world.run(&["api", &full]).succeeds();
    assert_eq!(wire.request().line, "GET /x?y=z");
}

#[test]
fn method_and_path_are_told_apart() {
    let world = World::new();
    for arguments in [
        &["api"][..],
        &["api", "POST"],
        &["api", "/x", "POST"],
        &["api", "FETCH", "/x"],
        &["api", "TRACE", "/x"],
        &["api", "GET", "/x", "-X", "POST"],
        &["api", "GET", "/x", "/y"],
        &["api", "/x", "-f", "name"],
        &["api", "/x", "-f", "a=1", "-f", "a=2"],
        &["api", "POST", "/x", "--paginate"],
        &["api", "/x", "--slurp"],
    ] {
        let output = world.run(arguments).exits(2);
        assert_eq!(output.error()["code"], "usage", "{arguments:?}");
    }
    world.run(&["api", "/x"]).exits(3).because("not signed in");
}

#[test]
fn a_dry_run_needs_nobody_and_sends_nothing() {
    let world = World::new();
    let arguments = [
        "api",
        "/x",
        "-f",
        "name=Ines",
        "-F",
        "n=1",
        "-H",
        "X-A: b",
        "--dry-run",
    ];
    let origin = |text: &str| text.replace(world.url(), "[ORIGIN]");
    let output = world
        .run(&arguments)
        .succeeds()
        .says("dry run: nothing was sent");
    insta::assert_snapshot!("a_dry_run_in_json", origin(&output.stdout));
    let words = world
        .run(&[&arguments[..], &["--output", "table"]].concat())
        .succeeds();
    insta::assert_snapshot!("a_dry_run_in_words", origin(&words.stdout));
    let mut world = world;
    world.set("EPROSPERA_TOKEN", TOKEN);
    let output = world.run(&arguments).succeeds();
    assert!(!output.stdout.contains("canary"));
    world.write("bytes", "no JSON");
    for (media_type, file, body) in [
        ("text/plain", "bytes", json!("no JSON")),
        ("application/json", "bytes", json!("no JSON")),
    ] {
        let header = format!("Content-Type: {media_type}");
        let arguments = ["api", "/x", "--input", file, "-H", &header, "--dry-run"];
        let preview = world.run(&arguments).succeeds().json();
        assert_eq!(preview["body"], body);
        assert_eq!(preview["headers"]["content-type"], media_type);
    }
    assert!(world.sandbox().request_log().is_empty());
}

#[test]
fn a_401_is_answered_with_one_refresh_whatever_the_method() {
    let world = World::signed_in();
    world.revoke_access_token();
    world.run(&["api", "/api/v1/me/natural-person"]).succeeds();
    assert_eq!(world.refreshes(), 1);
    world.revoke_access_token();
    world
        .run(&["api", "POST", "/api/oauth/userinfo"])
        .succeeds();
    assert_eq!(world.refreshes(), 2);
    world.fault("me:401");
    world.run(&["api", "/api/v1/me/natural-person"]).exits(3);
    assert_eq!(world.refreshes(), 3);
}

#[test]
fn what_changes_something_is_sent_once() {
    for answer in [json_answer(503, "{}"), json_answer(429, "{}"), Vec::new()] {
        let wire = Wire::answering(vec![answer, json_answer(200, "{}")]);
        let mut world = wire.user();
        world.set("EPROSPERA_RETRIES", "3");
        let run = world.run(&["api", "POST", "/x", "-f", "a=b"]);
        assert_ne!(run.0.code, 0);
        assert_eq!(wire.requests().len(), 1);
    }
}

#[test]
fn every_kind_of_credential_goes_as_it_is() {
    let wire = Wire::answering(vec![json_answer(200, "{}")]);
    let mut world = wire.user();
    for credential in ["ak-canary", "sk-canary", "pk-canary", "eyJ.canary.x"] {
        world.set("EPROSPERA_TOKEN", credential);
        world.run(&["api", "/x"]).succeeds();
        let requests = wire.requests();
        let last = requests.last().unwrap();
        assert_eq!(
            last.header("authorization"),
            Some(&*format!("Bearer {credential}"))
        );
    }
    // The sandbox takes an Agent Key where the portal does, and refuses a standard key there.
    let mut world = World::new();
    world.set("EPROSPERA_TOKEN", "ak-sandbox-resident");
    world
        .run(&["api", "/api/v1/me/natural-person", "--jq", ".name"])
        .succeeds();
    world.set("EPROSPERA_TOKEN", "sk-anything");
    world
        .run(&["api", "/api/v1/me/natural-person"])
        .exits(4)
        .because("Standard API keys are not supported");
}

#[test]
fn the_log_tells_no_query_no_header_and_no_body() {
    let headers = ["content-type: application/json", "set-cookie: a=canary3"];
    let wire = Wire::answering(vec![answer(200, &headers, br#"{"a":"canary4"}"#)]);
    let arguments = [
        "api",
        "POST",
        "/x?q=canary1",
        "-f",
        "a=canary2",
        "-H",
        "X-A: canary5",
        "-vv",
    ];
    let output = wire.user().run(&arguments).succeeds();
    assert!(output.stderr.contains("/x"), "{}", output.stderr);
    assert!(!output.stderr.contains("canary"), "{}", output.stderr);
}
