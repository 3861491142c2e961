//! `introspect`: what the provider knows of a token (RFC 7662).

use crate::wire::{Wire, answer, json as json_answer};
use crate::world::World;

/// A confidential client, signed in.
fn confidential() -> World {
    let mut world = World::new();
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", "canary secret/+%");
    world.client_id = "it-web";
    world.login().succeeds();
    world
}

#[test]
fn the_stored_token_is_looked_up_as_it_is() {
    let world = confidential();
    let found = world.run(&["introspect"]).succeeds();
    assert_eq!(found.stderr, "");
    let found = found.json();
    assert_eq!(found["active"], true);
    assert_eq!(found["client_id"], "it-web");
    assert_eq!(found["username"], "amara.okafor@mail.example");
    assert!(found["exp"].as_i64() > found["iat"].as_i64());
    world.expire_access_token();
    let active = world.run(&["introspect", "--jq", ".active"]).succeeds();
    assert_eq!(active.stdout, "true\n");
    assert_eq!(world.refreshes(), 0, "it is never renewed for that");
}

#[test]
fn a_token_that_is_not_active_is_an_answer() {
    let world = confidential();
    world.sandbox().revoke_all();
    let output = world.run(&["introspect"]).succeeds();
    assert_eq!(output.json(), serde_json::json!({ "active": false }));
    let words = world.run(&["introspect", "--output", "table"]).succeeds();
    assert!(
        words.stdout.starts_with("The token is not active"),
        "{}",
        words.stdout
    );
}

#[test]
fn it_tells_the_same_in_words() {
    let world = confidential();
    let output = world.run(&["introspect", "--output", "table"]).succeeds();
    insta::with_settings!({filters => vec![
        (r"http://127\.0\.0\.1:\d+", "[ORIGIN]"),
        (r"in (1h|5\dm( \d+s)?), (on \S+ )?at \d\d:\d\d (UTC|GMT)", "in [LIFE]"),
        (r"(\d+m )?\d+s ago, (on \S+ )?at \d\d:\d\d (UTC|GMT)", "[AGE] ago"),
    ]}, {
        insta::assert_snapshot!(output.stdout);
    });
}

#[test]
fn a_token_can_come_from_stdin_from_a_variable_or_as_an_argument() {
    let world = confidential();
    let token = world.access_token();
    let active = ["introspect", "-", "--jq", ".active"];
    let piped = world
        .run_with_stdin(&active, &format!("{token}\n"))
        .succeeds();
    assert_eq!(
        (piped.stdout.as_str(), piped.stderr.as_str()),
        ("true\n", "")
    );
    let other = world.run_with_stdin(&active, "at_other").succeeds();
    assert_eq!(other.stdout, "false\n");
    let refresh = world
        .run_with_stdin(&active, &world.refresh_token())
        .succeeds();
    assert_eq!(refresh.stdout, "true\n");
    let given = [("EPROSPERA_TOKEN", "at_given")];
    let given = world
        .run_in(&given, &["introspect", "--jq", ".active"])
        .succeeds();
    assert_eq!(given.stdout, "false\n");
    let argument = world
        .run(&["introspect", &token, "--jq", ".active"])
        .succeeds();
    assert_eq!(argument.stdout, "true\n");
    let argument = argument.says("other users of this machine can read arguments");
    assert!(!argument.stderr.contains(&token));
    world
        .run_with_stdin(&["introspect", "-"], " \n")
        .exits(2)
        .because("empty");
}

#[test]
fn a_public_client_is_refused_before_the_request() {
    let world = World::signed_in();
    for arguments in [&["introspect"][..], &["introspect", "at_other"]] {
        world
            .run(arguments)
            .exits(2)
            .because("introspection needs a client secret")
            .hinting("profile set client-secret");
    }
    assert!(world.events("introspect").is_empty());
    world.run(&["logout"]).succeeds();
    world.run(&["introspect"]).exits(3);
}

#[test]
fn a_secret_that_is_wrong_is_told() {
    let mut world = confidential();
    world.set("EPROSPERA_CLIENT_SECRET", "wrong");
    let output = world
        .run(&["introspect"])
        .exits(3)
        .because("invalid_client");
    drop(output.hinting("If the client has a secret"));
}

#[test]
fn a_server_without_introspection_or_with_a_strange_answer_is_told() {
    let world = confidential();
    world.fault("introspect:404");
    world
        .run(&["introspect"])
        .exits(5)
        .because("does not offer introspection");
    for (answer, code, words) in [
        (json_answer(200, "{}"), 1, "does not say whether"),
        (
            json_answer(200, r#"{"active":"yes"}"#),
            1,
            "does not say whether",
        ),
        (
            answer(200, &["content-type: text/html"], b"<html>"),
            1,
            "instead of JSON",
        ),
        (
            answer(302, &["location: https://evil.example/x"], b""),
            14,
            "redirects to https://evil",
        ),
        (answer(405, &[], b""), 5, "does not offer introspection"),
    ] {
        let wire = introspecting(answer);
        let mut command = world.command(&["introspect", "at_canary"]);
        command.env("EPROSPERA_ISSUER", &wire.url);
        let output = world.finish(command).exits(code).because(words);
        assert!(!output.stderr.contains("canary"));
        let requests = wire.requests();
        assert_eq!(requests[1].line, "POST /introspect");
        assert_eq!(requests[1].text(), "token=at_canary");
        assert!(
            requests[1]
                .header("authorization")
                .unwrap()
                .starts_with("Basic ")
        );
    }
}

#[test]
fn moments_that_no_clock_reaches_are_shown_and_nothing_breaks() {
    let world = confidential();
    for moment in [
        i64::MIN.to_string(),
        i64::MAX.to_string(),
        "-1e300".to_owned(),
    ] {
        let body = format!(r#"{{"active":true,"exp":{moment},"iat":{moment},"sub":"s"}}"#);
        let wire = introspecting(json_answer(200, &body));
        let mut command = world.command(&["introspect", "at_x", "--output", "table"]);
        command.env("EPROSPERA_ISSUER", &wire.url);
        let output = world.finish(command).succeeds();
        assert!(output.stdout.contains("expires"), "{output:?}");
    }
}

/// A server with nothing but metadata and one answer.
fn introspecting(answer: Vec<u8>) -> Wire {
    Wire::at(|url| {
        let metadata = [
            ("issuer", ""),
            ("authorization_endpoint", "/authorize"),
            ("token_endpoint", "/token"),
            ("jwks_uri", "/jwks"),
            ("introspection_endpoint", "/introspect"),
        ];
        let metadata: serde_json::Map<_, _> = metadata
            .into_iter()
            .map(|(name, path)| (name.to_owned(), format!("{url}{path}").into()))
            .collect();
        vec![
            json_answer(200, &serde_json::Value::from(metadata).to_string()),
            answer,
        ]
    })
}
