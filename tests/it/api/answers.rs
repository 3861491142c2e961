//! `api`: what becomes of the portal's answers: bodies, pages, refusals, redirects.

use std::process::Stdio;

use serde_json::json;

#[cfg(any(target_os = "linux", windows))]
use crate::run::Output;
use crate::wire::{Wire, answer, json as json_answer};
use crate::world::World;

/// A resident with data on every route.
fn resident() -> World {
    let world = World::new();
    world.login_with(&["--scopes-all"]).succeeds();
    world
}

#[test]
fn the_answer_is_the_portals_own_body() {
    let world = resident();
    let path = "/api/v1/me/natural-person";
    let body = world.block_on(crate::browser::body(
        &format!("{}{path}", world.url()),
        &world.access_token(),
    ));
    for path in [path, &path[1..], &format!("{}{path}", world.url())] {
        for method in [&[][..], &["GET"], &["get"], &["-X", "GET"]] {
            let arguments = [&["api"], method, &[path]].concat();
            let output = world.run(&arguments).succeeds();
            assert_eq!(output.stdout, format!("{body}\n"));
            assert_eq!(output.stderr, "");
        }
    }
    let name = world.run(&["api", path, "--jq", ".name"]).succeeds();
    assert_eq!(name.stdout, "Amara Okafor-Lindström\n");
    let fields = ["api", "/api/v1/me/legal-entities", "--fields", "id,name"];
    let list = world.run(&fields).succeeds().json();
    assert!(
        list[0]["id"].is_string() && list[0].as_object().unwrap().len() == 2,
        "{list}"
    );
}

#[test]
fn people_get_the_same_in_many_lines() {
    let wire = Wire::answering(vec![json_answer(200, r#"{"z":[1.10,{"a":"\u009b31m"}]}"#)]);
    let world = wire.user();
    let output = world.run(&["api", "/x", "--output", "table"]).succeeds();
    let expected = "{\n  \"z\": [\n    1.10,\n    {\n      \"a\": \"\\u009b31m\"\n    }\n  ]\n}\n";
    assert_eq!(output.stdout, expected);
}

#[test]
fn a_redirect_is_told_and_not_followed() {
    let other = Wire::answering(vec![json_answer(200, "{}")]);
    let to = |target: &str| answer(302, &[&format!("location: {target}")], b"");
    for (answer, code, words) in [
        (
            to(&format!("{}/x?secret=canary", other.url)),
            14,
            other.url.as_str(),
        ),
        (to("//evil.example/x"), 14, "http://evil.example"),
        (to("/other"), 1, "redirects to /other"),
        (answer(304, &[], b""), 1, "HTTP status 304"),
    ] {
        let wire = Wire::answering(vec![answer]);
        for arguments in [&["api", "/x"][..], &["api", "POST", "/x", "-f", "a=b"]] {
            let output = wire.user().run(arguments).exits(code).because(words);
            assert_eq!(output.stdout, "");
            assert!(!output.stderr.contains("canary"), "{}", output.stderr);
            assert!(output.error()["http_status"].as_u64().unwrap() >= 302);
        }
        assert_eq!(wire.requests().len(), 2);
    }
    assert!(other.requests().is_empty());
}

#[test]
fn headers_of_the_answer_are_shown_on_request_without_their_secrets() {
    let headers = [
        "content-type: application/json",
        "set-cookie: a=canary",
        "x-a: b",
    ];
    let wire = Wire::answering(vec![answer(201, &headers, b"{}")]);
    let output = wire.user().run(&["api", "POST", "/x", "-i"]).succeeds();
    assert_eq!(
        output.stdout,
        "HTTP/1.1 201 Created\nconnection: close\ncontent-type: application/json\n\
         set-cookie: [redacted]\nx-a: b\ncontent-length: 2\n\n{}\n"
    );
    // Of a refusal they are what one asks for them for.
    let wire = Wire::answering(vec![answer(429, &["retry-after: 7"], b"{}")]);
    let output = wire.user().run(&["api", "/x", "--include"]).exits(7);
    let output = output.hinting("7s");
    assert!(
        output.stdout.contains("retry-after: 7\n"),
        "{}",
        output.stdout
    );
}

#[test]
fn pages_become_one_document() {
    let world = resident();
    let filings = "/api/v1/me/tax/filings";
    let whole = world
        .run(&["api", filings, "-X", "GET", "-f", "limit=100"])
        .succeeds()
        .json();
    let count = whole["data"].as_array().unwrap().len();
    assert!(
        count > 2 && whole["meta"]["nextCursor"].is_null(),
        "{whole}"
    );
    let paged = ["api", filings, "-f", "limit=1", "--paginate"];
    assert_eq!(world.run(&paged).succeeds().json(), whole);
    let slurped = world
        .run(&[&paged[..], &["--slurp"]].concat())
        .succeeds()
        .json();
    assert_eq!(slurped.as_array().unwrap().len(), count);
    assert_eq!(slurped[0]["data"][0], whole["data"][0]);
    let ids = world
        .run(&[&paged[..], &["--jq", ".data[].id"]].concat())
        .succeeds();
    assert_eq!(ids.stdout.lines().count(), count);
    let fields = world
        .run(&[&paged[..], &["--fields", "id,submittedAt"]].concat())
        .succeeds();
    assert_eq!(fields.json().as_array().unwrap().len(), count);
    // What has no pages is one page.
    let person = world
        .run(&["api", "/api/v1/me/natural-person", "--paginate"])
        .succeeds();
    let same = world.run(&["api", "/api/v1/me/natural-person"]).succeeds();
    assert_eq!(person.stdout, same.stdout);
}

#[test]
fn pages_without_an_end_or_with_a_refusal_among_them_print_nothing() {
    let page = |cursor: &str| {
        let body = format!(r#"{{"data":[1],"meta":{{"nextCursor":"{cursor}"}}}}"#);
        json_answer(200, &body)
    };
    for (answers, code, words, count) in [
        (
            vec![page("a"), page("b"), page("a"), page("b")],
            1,
            "already followed",
            3,
        ),
        (vec![page("a"), page("a")], 1, "already followed", 2),
        (
            vec![page("a"), json_answer(404, r#"{"error":"gone"}"#)],
            5,
            "gone",
            2,
        ),
        (
            vec![page("a"), answer(200, &[], b"<html>")],
            1,
            "not JSON",
            2,
        ),
        (
            vec![page("a"), json_answer(200, r#"{"data":{}}"#)],
            1,
            "joined",
            2,
        ),
    ] {
        let wire = Wire::answering(answers);
        let output = wire
            .user()
            .run(&["api", "/x?limit=1", "--paginate"])
            .exits(code);
        let output = output.because(words);
        assert_eq!(output.stdout, "");
        let requests = wire.requests();
        assert_eq!(requests.len(), count, "{words}");
        assert_eq!(requests[1].line, "GET /x?limit=1&cursor=a");
    }
}

#[test]
fn bytes_are_printed_as_they_are_but_not_on_a_terminal() {
    let pdf = [b"%PDF-1.7\n\xff\x00\r\n".as_slice(), &[0x1b; 100]].concat();
    let wire = Wire::answering(vec![answer(200, &["content-type: application/pdf"], &pdf)]);
    let world = wire.user();
    let path = world.path("file.pdf");
    let mut command = world.command(&["api", "/x"]);
    command.stdout(Stdio::from(std::fs::File::create(&path).unwrap()));
    world.finish(command).succeeds();
    assert_eq!(std::fs::read(&path).unwrap(), pdf);
    for part in [["--jq", "."], ["--fields", "a"]] {
        let arguments = [&["api", "/x"][..], &part].concat();
        world.run(&arguments).exits(1).because("not JSON");
    }
    let plain = Wire::answering(vec![answer(
        200,
        &["content-type: text/plain"],
        b"a\x1b[2Jb",
    )]);
    let output = plain.user().run(&["api", "/x"]).succeeds();
    assert_eq!(output.stdout, "a\u{1b}[2Jb");
    let nothing = Wire::answering(vec![answer(204, &[], b"")]);
    let output = nothing
        .user()
        .run(&["api", "DELETE", "/x", "--jq", "."])
        .succeeds();
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", ""));
}

#[test]
#[cfg(any(target_os = "linux", windows))]
fn on_a_terminal_json_is_indented_and_nothing_steers_it() {
    let body = r#"{"a":"x"}"#.replace('x', "\u{9b}31m");
    let wire = Wire::answering(vec![
        json_answer(200, &body),
        json_answer(200, &body),
        answer(
            200,
            &["content-type: text/plain"],
            "a\tb\u{1b}[2J\n".as_bytes(),
        ),
        answer(200, &["content-type: application/pdf"], b"%PDF-1.7 canary"),
    ]);
    let world = wire.user();
    let screen = |arguments: &[&str]| -> Output {
        let mut output = world
            .at_terminal(80, &[&["api", "/x"], arguments].concat())
            .end()
            .0;
        output.stdout = crate::terminal::lines_of(&output.stdout);
        output
    };
    let shown = anstream::adapter::strip_str(&screen(&[]).stdout).to_string();
    assert_eq!(shown, "{\n  \"a\": \"\\u009b31m\"\n}\n");
    assert_eq!(screen(&["--jq", ".a"]).stdout, "\\u{9b}31m\n");
    // A console fills up to where the tab leads.
    let tab = if cfg!(windows) { "       " } else { "\t" };
    let shown = format!("a{tab}b\\u{{1b}}[2J\n");
    assert_eq!(screen(&[]).stdout, shown);
    let refused = screen(&[]);
    assert_eq!(refused.code, 2);
    assert!(refused.stdout.contains("> FILE"), "{}", refused.stdout);
    assert!(!refused.stdout.contains("canary"));
}

#[test]
fn a_body_that_is_called_json_and_is_not_is_no_input_for_a_filter() {
    for body in ["<html>", "{", "{} {}"] {
        let wire = Wire::answering(vec![json_answer(200, body)]);
        let output = wire.user().run(&["api", "/x", "--jq", "."]).exits(1);
        assert_eq!(output.because("not JSON").stdout, "");
    }
}

#[test]
fn a_refusal_has_its_code_and_the_whole_body_in_its_details() {
    let world = resident();
    for (status, code, name) in [
        (400, 8, "invalid_request"),
        (401, 3, "login_required"),
        (403, 4, "forbidden"),
        (404, 5, "not_found"),
        (409, 6, "conflict"),
        (422, 8, "invalid_request"),
        (429, 7, "rate_limited"),
        (500, 1, "failure"),
        (504, 9, "timeout"),
    ] {
        world.sandbox().clear_faults();
        world.fault(&format!("me:{status}"));
        let flags = ["api", "/api/v1/me/natural-person", "--retries", "0"];
        let output = world.run(&flags).exits(code);
        assert_eq!(output.stdout, "");
        let error = output.error();
        assert_eq!(error["code"], name);
        assert_eq!(error["http_status"], status);
    }
    let body = r#"{"error":"invalid_request","details":[{"path":"name"}],"more":1}"#;
    let wire = Wire::answering(vec![json_answer(422, body)]);
    let error = wire.user().run(&["api", "POST", "/x"]).exits(8).error();
    assert_eq!(
        error["details"],
        serde_json::from_str::<serde_json::Value>(body).unwrap()
    );
    let entity = "/api/v1/me/legal-entities/00000000-0000-4000-8000-000000000000";
    world.sandbox().clear_faults();
    let output = world
        .run(&["api", entity])
        .exits(5)
        .because("Legal entity not found");
    assert_eq!(
        output.error()["details"],
        json!({"error": "Legal entity not found"})
    );
}

#[test]
fn a_missing_scope_comes_with_the_login_that_adds_it() {
    let world = World::signed_in();
    world
        .run(&["api", "/api/v1/me/tax/summary"])
        .exits(4)
        .because("missing_scopes")
        .hinting("`eprospera login --add-scope person.tax.read,entity.tax.read`");
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn another_provider_is_asked_in_the_same_way() {
    let world = crate::prosper::prosper();
    world.login().succeeds();
    let user = world
        .run(&["api", "/api/v2/user", "--jq", ".email"])
        .succeeds();
    assert_eq!(user.stdout, "amara.okafor@mail.example\n");
    let output = world.run(&["introspect"]).exits(2);
    drop(output.because("introspect"));
}
