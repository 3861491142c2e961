//! `decode-id-token`: what it says, each check with its verdict, and exit 14 when one fails.

use serde_json::Value;

use crate::run::Output;
use crate::world::World;

fn verdict(output: &Output, check: &str) -> Value {
    let json = output.json();
    let checks = json["checks"].as_array().unwrap();
    let found = checks
        .iter()
        .find(|found| found["check"] == check || found["name"] == check);
    found
        .unwrap_or_else(|| panic!("no {check} in {json}"))
        .clone()
}

fn word(output: &Output, check: &str) -> String {
    let verdict = verdict(output, check);
    verdict["verdict"].as_str().unwrap_or_default().to_owned()
}

fn id_token(world: &World) -> String {
    world
        .run(&["token", "--type", "id"])
        .succeeds()
        .stdout
        .trim()
        .to_owned()
}

#[test]
fn the_stored_token_passes_every_check_that_can_be_made() {
    let world = World::signed_in();
    let output = world.run(&["decode-id-token"]).succeeds();
    let json = output.json();
    assert_eq!(json["verified"], true);
    assert_eq!(json["claims"]["aud"], "it");
    assert_eq!(json["claims"]["email"], "amara.okafor@mail.example");
    assert_eq!(json["header"]["alg"], "EdDSA");
    for check in ["signature", "iss", "aud", "exp", "iat", "at_hash"] {
        assert_eq!(word(&output, check), "passed", "{check}");
    }
    assert_eq!(word(&output, "nonce"), "skipped");
    assert!(verdict(&output, "nonce")["reason"].is_string());
}

#[test]
fn a_table_shows_the_same() {
    let world = World::signed_in();
    let output = world
        .run(&["decode-id-token", "--output", "table"])
        .succeeds();
    for words in [
        "HEADER",
        "CLAIMS",
        "amara.okafor@mail.example",
        "signature",
        "passed",
        "skipped",
    ] {
        assert!(output.stdout.contains(words), "{words}: {}", output.stdout);
    }
}

#[test]
fn a_wrong_nonce_fails_and_the_right_one_passes() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    let nonce = login.parameter("nonce").unwrap();
    login.visit();
    login.end().succeeds();
    let output = world
        .run(&["decode-id-token", &format!("--nonce={nonce}")])
        .succeeds();
    assert_eq!(word(&output, "nonce"), "passed");
    let output = world
        .run(&["decode-id-token", "--nonce", "another"])
        .exits(14)
        .because("nonce");
    assert_eq!(word(&output, "nonce"), "failed");
    assert_eq!(output.json()["verified"], false);
}

#[test]
fn a_nonce_that_begins_with_a_dash_is_a_value_like_any_other() {
    let world = World::signed_in();
    let output = world.run(&["decode-id-token", "--nonce", "-Cqz"]).exits(14);
    assert_eq!(word(&output, "nonce"), "failed");
}

#[test]
fn another_audience_fails() {
    let world = World::signed_in();
    let output = world
        .run(&["decode-id-token", "--audience", "somebody-else"])
        .exits(14);
    assert_eq!(word(&output, "aud"), "failed");
    let _same = world
        .run(&["decode-id-token", "--audience", "it"])
        .succeeds();
}

#[test]
fn a_token_that_is_given_is_not_checked_against_the_stored_access_token() {
    let world = World::signed_in();
    let token = id_token(&world);
    for output in [
        world.run(&["decode-id-token", &token]),
        world.run_with_stdin(&["decode-id-token", "-"], &format!("{token}\n")),
    ] {
        let output = output.succeeds();
        assert_eq!(word(&output, "at_hash"), "skipped");
        assert_eq!(output.json()["verified"], true);
    }
}

#[test]
fn an_older_token_is_not_checked_against_a_newer_access_token() {
    let world = World::signed_in();
    world.fault("id_token:missing*1");
    world.run(&["refresh"]).succeeds();
    let output = world.run(&["decode-id-token"]).succeeds();
    assert_eq!(word(&output, "at_hash"), "skipped");
}

#[test]
fn an_expired_token_fails_its_check() {
    let world = World::with(|options| options.id_token_ttl = std::time::Duration::from_secs(1));
    world.login().succeeds();
    // A minute of skew is tolerated, so the token is aged at its source instead of waited for.
    world.fault("id_token:expired*1");
    world.login().exits(14);
    let world = World::signed_in();
    world.sandbox().advance_clock(-2 * 3600);
    let old = expired_token(&world);
    let output = world
        .run(&["decode-id-token", &old])
        .exits(14)
        .because("exp");
    assert_eq!(word(&output, "exp"), "failed");
    assert_eq!(word(&output, "signature"), "passed");
}

/// An ID token of a login that another profile made two hours ago.
fn expired_token(world: &World) -> String {
    let url = format!("{}/api/oauth/token", world.url());
    let refresh = world.refresh_token();
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "it"),
        ("refresh_token", &refresh),
    ];
    let answer = world.block_on(crate::browser::post(&url, &form));
    answer["id_token"].as_str().unwrap().to_owned()
}

#[test]
fn a_changed_token_fails_its_signature() {
    let world = World::signed_in();
    let token = id_token(&world);
    let (rest, signature) = token.rsplit_once('.').unwrap();
    let first = if signature.starts_with('A') { "B" } else { "A" };
    let changed = format!("{rest}.{first}{}", &signature[1..]);
    let output = world
        .run(&["decode-id-token", &changed])
        .exits(14)
        .because("signature");
    assert_eq!(word(&output, "signature"), "failed");
}

#[test]
fn a_token_of_another_issuer_fails() {
    let (world, other) = (World::signed_in(), World::signed_in());
    let foreign = id_token(&other);
    let output = world.run(&["decode-id-token", &foreign]).exits(14);
    assert_eq!(word(&output, "iss"), "failed");
    assert_ne!(word(&output, "signature"), "passed");
}

#[test]
fn without_verification_it_only_decodes_and_asks_nobody() {
    let mut world = World::signed_in();
    let token = id_token(&world);
    world.stop_sandbox();
    let output = world
        .run(&["decode-id-token", "--no-verify", &token])
        .succeeds();
    assert_eq!(output.json()["verified"], false);
    assert_eq!(output.json()["claims"]["aud"], "it");
    let table = world
        .run(&["decode-id-token", "--no-verify", "--output", "table"])
        .succeeds();
    assert!(table.stdout.contains("NOT verified"));
}

#[test]
fn what_is_no_token_is_refused_without_asking_anybody() {
    let world = World::signed_in();
    let asked = world.sandbox().request_log().len();
    for text in ["garbage", "a.b", "a.b.c", "..", "e30.e30.e30.e30", ""] {
        world
            .run(&["decode-id-token", text])
            .exits(14)
            .hinting("three parts");
    }
    world
        .run_with_stdin(&["decode-id-token", "-"], "")
        .exits(14);
    assert_eq!(world.sandbox().request_log().len(), asked);
}
