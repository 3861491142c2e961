//! What passes the proxy, and what does not.

use super::served::{Response, Served};
use crate::world::World;

const PERSON: &str = "/api/v1/me/natural-person";

/// Asserts that the proxy itself refuses, in the words of this program.
pub(super) fn refuses(response: &Response, status: u16, reason: &str, code: &str) {
    assert_eq!(response.status, status, "{response:?}");
    let header = format!("eprospera-proxy-error: {reason}");
    assert!(response.head.contains(&header), "{response:?}");
    assert!(response.head.contains("content-type: application/json"));
    let error = &response.json()["error"];
    assert_eq!(error["code"], code, "{error}");
    assert!(!error["message"].as_str().unwrap().is_empty());
}

#[test]
fn a_read_gets_what_the_portal_says_byte_for_byte() {
    let world = World::signed_in();
    let direct = world.run(&["api", PERSON]).succeeds();
    let served = Served::start(&world, &[]);
    for path in [PERSON, "/api/v1/me/natural-person?x=%2F&y=a+b"] {
        let response = served.get(path);
        assert_eq!(response.status, 200, "{response:?}");
        assert_eq!(response.body.trim_end(), direct.stdout.trim_end());
        assert!(!response.head.contains("eprospera-proxy-error"));
    }
    let head = served.send(&format!("HEAD {PERSON}"));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.content_length(), served.get(PERSON).content_length());
    let token = world.access_token();
    let output = served.stop();
    assert!(!output.stdout.contains(&token) && !output.stderr.contains(&token));
}

#[test]
fn the_portals_own_refusals_come_as_they_are() {
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    let missing = served.get("/api/v1/me/legal-entities/no-such-entity");
    assert_eq!(missing.status, 404, "{missing:?}");
    assert!(!missing.head.contains("eprospera-proxy-error"));
    // The session lacks this scope: no refresh could help.
    let forbidden = served.get("/api/v1/me/tax/summary");
    assert_eq!(forbidden.status, 403, "{forbidden:?}");
    assert!(!forbidden.head.contains("eprospera-proxy-error"));
    drop(served.stop());
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn without_a_rule_only_reads_pass_and_the_reason_is_said() {
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    let before = world.sandbox().request_log().len();
    for method in [
        "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND",
    ] {
        let response = served.send(&format!("{method} {PERSON}"));
        refuses(&response, 403, "not_allowed", "forbidden");
        let hint = response.json()["error"]["hint"].to_string();
        assert!(hint.contains("--allow"), "{hint}");
    }
    assert_eq!(world.sandbox().request_log().len(), before);
    drop(served.stop());
}

#[test]
fn a_rule_narrows_what_passes_to_what_it_names() {
    let world = World::signed_in();
    let allow = "GET /api/v1/me/natural-person/residency";
    let served = Served::start(&world, &["--allow", allow]);
    assert_eq!(served.send(allow).status, 200);
    for line in [
        "GET /api/v1/me/natural-person",
        "GET /api/v1/me/natural-person/residency/",
        "GET /api/v1/me/natural-person/residency/x",
        "POST /api/v1/me/natural-person/residency",
        "DELETE /api/v1/me/natural-person/residency",
    ] {
        refuses(&served.send(line), 403, "not_allowed", "forbidden");
    }
    drop(served.stop());
}

#[test]
fn a_rule_lets_a_writing_request_pass_with_its_body() {
    let world = World::signed_in();
    let served = Served::start(&world, &["--allow", "POST /api/oauth/userinfo"]);
    let rest = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b";
    let response = served
        .address
        .send(&served.capability, "POST /api/oauth/userinfo", rest);
    assert_eq!(response.status, 200, "{response:?}");
    assert_eq!(response.json()["email"], "amara.okafor@mail.example");
    refuses(
        &served.get("/api/oauth/userinfo"),
        403,
        "not_allowed",
        "forbidden",
    );
    drop(served.stop());
}

#[test]
fn no_rule_opens_the_routes_for_signing_in() {
    let world = World::signed_in();
    let served = Served::start(&world, &["--allow", "POST /**", "--allow", "GET /**"]);
    let before = world.sandbox().request_log().len();
    for line in [
        "POST /api/oauth/token",
        "POST /api/oauth/revoke",
        "POST /api/oauth/introspect",
        "POST /api/oauth/device_authorization",
        "GET /api/oauth/authorize?client_id=it",
        "POST /API/oauth/token",
        "POST /api/%6Fauth/token",
    ] {
        refuses(&served.send(line), 403, "sign_in_route", "forbidden");
    }
    assert_eq!(world.sandbox().request_log().len(), before);
    drop(served.stop());
}

#[test]
fn a_body_that_is_too_large_is_refused_and_a_read_has_none() {
    let world = World::signed_in();
    let served = Served::start(&world, &["--allow", "POST /**", "--allow", "GET /**"]);
    let line = "POST /api/v1/me/natural-person";
    let send = |line: &str, rest: &str| served.address.send(&served.capability, line, rest);
    let large = format!("Content-Length: 10485761\r\n\r\n{}", "x".repeat(1024));
    refuses(
        &send(line, &large),
        413,
        "body_too_large",
        "invalid_request",
    );
    let read = format!("GET {PERSON}");
    let response = send(&read, "Content-Length: 1\r\n\r\nx");
    refuses(&response, 400, "unexpected_body", "invalid_request");
    let response = send(line, "Content-Length: 0\r\nExpect: 200-ok\r\n\r\n");
    refuses(&response, 417, "expectation", "invalid_request");
    drop(served.stop());
}

#[test]
fn a_rule_that_is_none_is_refused_at_the_start() {
    let world = World::signed_in();
    for rule in [
        "",
        "GET",
        "api/v1/me",
        "FETCH /x",
        "GET api/v1/me",
        "/x GET",
    ] {
        let output = world.run(&["serve", "--allow", rule]).exits(2);
        assert!(
            !output.error()["hint"].as_str().unwrap().is_empty(),
            "{rule}"
        );
        let command = ["exec", "--proxy", "--allow", rule, "--", "true"];
        drop(world.run(&command).exits(2));
    }
}
