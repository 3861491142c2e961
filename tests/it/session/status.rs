//! `status`: what is in use and where each value came from; local, and it never refreshes.

use serde_json::{Value, json};

use crate::world::World;

fn source(status: &Value, setting: &str) -> (String, String) {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    (
        text(&status[setting]["value"]),
        text(&status[setting]["source"]),
    )
}

#[test]
fn it_tells_account_tokens_and_settings_as_json() {
    let world = World::signed_in();
    let status = world.run(&["status"]).succeeds().json();
    let session = &status["session"];
    assert_eq!(session["account"]["email"], "amara.okafor@mail.example");
    assert_eq!(session["generation"], 1);
    assert_eq!(session["access_token"]["valid"], true);
    assert!((3500..=3600).contains(&session["access_token"]["expires_in"].as_i64().unwrap()));
    assert!(session["refresh_token"]["obtained_at"].is_string());
    assert_eq!(session["id_token"], true);
    assert_eq!(session["refresh_outcome_unknown"], false);
    assert_eq!(
        status["profile"],
        json!({"value": "default", "source": "default"})
    );
    assert_eq!(status["provider"]["value"], "eprospera");
    assert_eq!(
        source(&status, "issuer"),
        (world.url().to_owned(), "EPROSPERA_ISSUER".to_owned())
    );
    let location = world.session_file().display().to_string();
    assert_eq!(status["store_location"], location);
    let keys: Vec<_> = status
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let expected = [
        "client_id",
        "credential",
        "issuer",
        "profile",
        "provider",
        "redirect_uris",
        "scopes",
        "session",
        "store",
        "store_location",
    ];
    assert_eq!(keys, expected);
}

#[test]
fn it_tells_the_same_in_words_and_calls_plain_text_plain() {
    let world = World::signed_in();
    let output = world.run(&["status", "--output", "table"]).succeeds();
    insta::with_settings!({filters => vec![
        (r"\S*[/\\]state[/\\]sessions[/\\]", "[STATE]/sessions/"),
        (r"default-[0-9a-f]{32}", "default-[ID]"),
        (r"http://127\.0\.0\.1:\d+", "[ORIGIN]"),
        (r"expires in (1h|5\dm( \d+s)?), (on \S+ )?at \d\d:\d\d (UTC|GMT)", "expires in [LIFE]"),
        (r"obtained (\d+m )?\d+s ago", "obtained [AGE] ago"),
    ]}, {
        insta::assert_snapshot!(output.stdout);
    });
}

#[test]
fn it_asks_nobody_and_changes_nothing() {
    let mut world = World::signed_in();
    world.expire_access_token();
    let before = std::fs::read(world.session_file()).unwrap();
    let asked = world.sandbox().request_log().len();
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["session"]["access_token"]["valid"], false);
    assert_eq!(world.sandbox().request_log().len(), asked);
    world.stop_sandbox();
    world.run(&["status"]).succeeds();
    assert_eq!(std::fs::read(world.session_file()).unwrap(), before);
}

#[test]
fn without_a_session_it_still_tells_the_settings_and_exits_3() {
    let world = World::new();
    let output = world.run(&["status"]).exits(3);
    assert_eq!(output.json()["session"], json!(null));
    assert_eq!(output.json()["client_id"]["value"], "it");
    output.because("not signed in");
    let table = world.run(&["status", "--output", "table"]).exits(3);
    assert!(table.stdout.contains("Not signed in\n"), "{table:#?}");
}

#[test]
fn without_a_client_id_it_says_what_is_missing() {
    let mut world = World::new();
    world.unset_settings();
    let output = world.run(&["status"]).exits(3).hinting("--client-id");
    assert_eq!(output.json()["client_id"], json!(null));
    assert_eq!(
        output.json()["issuer"]["value"],
        "https://portal.eprospera.com"
    );
    assert_eq!(
        output.json()["store"],
        json!({"value": "keyring", "source": "default"})
    );
    let uris = ["8736", "8737", "8738"].map(|port| format!("http://127.0.0.1:{port}/callback"));
    assert_eq!(output.json()["redirect_uris"]["value"], json!(uris));
}

#[test]
fn the_nearest_source_of_a_value_wins_and_is_named() {
    let mut world = World::signed_in();
    let client = |world: &World, flags: &[&str]| {
        let run = world.run(&[&["status"], flags].concat());
        source(&run.0.json(), "client_id")
    };
    let pair = |value: &str, source: &str| (value.to_owned(), source.to_owned());
    world
        .run(&["profile", "set", "client_id", "of-profile"])
        .succeeds();
    assert_eq!(
        client(&world, &["--client-id", "of-flag"]),
        pair("of-flag", "--client-id")
    );
    assert_eq!(client(&world, &[]), pair("it", "EPROSPERA_CLIENT_ID"));
    world.unset("EPROSPERA_CLIENT_ID");
    assert_eq!(client(&world, &[]), pair("of-profile", "profile"));
    world.run(&["profile", "unset", "client_id"]).succeeds();
    assert_eq!(client(&world, &[]), pair("it", "last login"));
}

#[test]
fn the_check_asks_the_provider_once() {
    let world = World::signed_in();
    let status = world.run(&["status", "--check"]).succeeds().json();
    assert_eq!(status["check"]["works"], true);
    assert_eq!(world.events("userinfo").len(), 1);
}

#[test]
fn the_check_of_a_revoked_session_exits_3_and_does_not_refresh() {
    let world = World::signed_in();
    world.sandbox().revoke_all();
    let output = world.run(&["status", "--check"]).exits(3);
    assert_eq!(output.json()["check"]["works"], false);
    assert_eq!(world.refreshes(), 0);
    assert!(world.record().is_some());
}

#[test]
fn the_check_of_an_expired_token_cannot_tell_and_does_not_refresh() {
    let world = World::signed_in();
    world.expire_access_token();
    let status = world.run(&["status", "--check"]).succeeds().json();
    assert_eq!(status["check"]["works"], json!(null));
    assert_eq!((world.events("userinfo").len(), world.refreshes()), (0, 0));
}

#[test]
fn the_check_of_a_server_that_is_not_there_is_a_network_error() {
    let mut world = World::signed_in();
    world.stop_sandbox();
    world.run(&["status", "--check"]).exits(11);
}
