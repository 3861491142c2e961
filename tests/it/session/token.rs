//! `token`: exactly a token, valid for as long as was asked.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::world::World;

#[test]
fn the_token_is_byte_exact() {
    let world = World::signed_in();
    let output = world.run(&["token"]).succeeds();
    assert_eq!(output.stdout, format!("{}\n", world.access_token()));
    assert_eq!(output.stderr, "");
}

#[test]
fn the_format_of_other_commands_does_not_change_it() {
    let world = World::signed_in();
    let bare = format!("{}\n", world.access_token());
    for flags in [
        &["--json"][..],
        &["--output", "table"],
        &["-q"],
        &["--color", "always"],
    ] {
        assert_eq!(
            world.run(&[&["token"], flags].concat()).succeeds().stdout,
            bare
        );
    }
}

#[test]
fn each_format_holds_the_token() {
    let world = World::signed_in();
    let token = world.access_token();
    let print = |format| world.run(&["token", "--format", format]).succeeds().stdout;
    assert_eq!(print("bare"), format!("{token}\n"));
    assert_eq!(print("header"), format!("Authorization: Bearer {token}\n"));
    assert_eq!(print("env"), format!("EPROSPERA_TOKEN={token}\n"));
    let printed: Value = serde_json::from_str(&print("json")).unwrap();
    let expires_at = world.record().unwrap().access.unwrap().expires_at;
    let expires_at = jiff::Timestamp::from_second(expires_at)
        .unwrap()
        .to_string();
    assert_eq!(printed, json!({ "token": token, "expires_at": expires_at }));
}

#[test]
fn the_id_token_can_be_asked_for_and_the_refresh_token_cannot() {
    let world = World::signed_in();
    let id_token = world.run(&["token", "--type", "id"]).succeeds().stdout;
    let claims = id_token.split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert_eq!(claims["aud"], "it");
    world.run(&["token", "--type", "refresh"]).exits(2);
}

#[test]
fn an_id_token_that_the_session_has_not_is_not_found() {
    let world = World::signed_in();
    world.change_record(|record| record.id_token = None);
    world
        .run(&["token", "--type", "id"])
        .exits(5)
        .hinting("scope openid");
    world
        .run(&["decode-id-token"])
        .exits(5)
        .hinting("scope openid");
}

#[test]
fn a_fresh_token_needs_no_server() {
    let mut world = World::signed_in();
    world.stop_sandbox();
    world.run(&["token"]).succeeds();
    world.run(&["token", "--min-ttl", "59m"]).succeeds();
}

#[test]
fn a_token_is_refreshed_when_it_would_not_last_as_long_as_asked() {
    let world = World::signed_in();
    world.age_access_token(20 * 60);
    world.run(&["token", "--min-ttl", "39m"]).succeeds();
    assert_eq!(world.refreshes(), 0);
    world.run(&["token", "--min-ttl", "41m"]).succeeds();
    assert_eq!(world.refreshes(), 1);
    assert_eq!(
        world
            .run(&["token", "--min-ttl", "59m"])
            .succeeds()
            .stdout
            .trim(),
        world.access_token()
    );
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn more_than_any_token_lives_fails_without_rotating() {
    let world = World::signed_in();
    let output = world.run(&["token", "--min-ttl", "2h"]).exits(1);
    output.because("3600 s").hinting("--min-ttl 3600s");
    assert_eq!(world.refreshes(), 0);
    world.expire_access_token();
    world.run(&["token", "--min-ttl", "2h"]).exits(1);
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn a_token_in_its_last_minute_is_refreshed_early() {
    let world = World::signed_in();
    world.age_access_token(3600 - 110);
    world.run(&["token"]).succeeds();
    assert_eq!(world.refreshes(), 0);
    world.age_access_token(70);
    world.run(&["token"]).succeeds();
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn a_short_lived_token_is_refreshed_in_its_last_third_only() {
    let world = World::with(|options| options.access_ttl = std::time::Duration::from_secs(90));
    world.login().succeeds();
    world.age_access_token(35);
    world.run(&["token"]).succeeds();
    assert_eq!(world.refreshes(), 0);
    world.age_access_token(35);
    world.run(&["token"]).succeeds();
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn an_expired_token_is_refreshed_and_the_new_one_printed() {
    let world = World::signed_in();
    let old = world.access_token();
    world.expire_access_token();
    let printed = world.run(&["token"]).succeeds().stdout;
    assert_eq!(printed, format!("{}\n", world.access_token()));
    assert_ne!(printed.trim(), old);
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn a_session_of_a_sandbox_with_tokens_of_seconds_refreshes_itself() {
    let world = World::with(|options| options.access_ttl = std::time::Duration::from_secs(3));
    world.login().succeeds();
    crate::world::wait_until("the token has expired", || {
        let status = world.run(&["status"]).succeeds().json();
        status["session"]["access_token"]["valid"] == false
    });
    world.run(&["me", "natural-person"]).succeeds();
    assert!(world.refreshes() >= 1);
}

#[test]
fn without_a_session_every_command_but_login_says_so_and_asks_nobody() {
    let world = World::new();
    for command in [
        &["token"][..],
        &["whoami"],
        &["refresh"],
        &["me", "natural-person"],
        &["decode-id-token"],
        &["status"],
        &["status", "--check"],
    ] {
        let output = world
            .run_in(&[("BROWSER", "/nonexistent")], command)
            .exits(3);
        output.because("not signed in").hinting("eprospera login");
    }
    assert!(world.sandbox().request_log().is_empty());
}

#[test]
fn a_session_belongs_to_its_issuer_and_its_client() {
    let world = World::signed_in();
    world
        .run(&["token", "--client-id", "it-web"])
        .exits(3)
        .because("it-web");
    world
        .run(&["token", "--issuer", "http://127.0.0.1:9"])
        .exits(3)
        .because("127.0.0.1:9");
    world
        .run(&["token", "--profile", "other"])
        .exits(3)
        .because("profile other");
    world.run(&["token"]).succeeds();
}
