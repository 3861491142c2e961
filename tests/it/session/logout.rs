//! `logout`: revokes both tokens, deletes whatever happens, and reports both facts.

use serde_json::json;

use crate::world::World;

#[test]
fn both_tokens_are_revoked_and_the_session_is_deleted() {
    let world = World::signed_in();
    let file = world.session_file();
    let output = world.run(&["logout"]).succeeds();
    assert_eq!(
        output.json(),
        json!({"profile": "default", "deleted": true, "revoked": true})
    );
    let mut outcomes: Vec<_> = world
        .events("revoke")
        .into_iter()
        .map(|event| event.outcome)
        .collect();
    outcomes.sort();
    assert_eq!(
        outcomes,
        [
            "the access token was revoked",
            "the refresh token was revoked"
        ]
    );
    assert!(!file.exists());
    world.run(&["token"]).exits(3);
}

#[test]
fn it_is_idempotent() {
    let world = World::signed_in();
    world.run(&["logout"]).succeeds();
    let asked = world.sandbox().request_log().len();
    for _ in 0..2 {
        let output = world.run(&["logout"]).succeeds();
        assert_eq!(output.json()["deleted"], false);
        assert_eq!(output.json()["revoked"], json!(null));
    }
    assert_eq!(world.sandbox().request_log().len(), asked);
    let table = world.run(&["logout", "--output", "table"]).succeeds();
    assert_eq!(table.stdout, "Profile default: not signed in.\n");
}

#[test]
fn a_machine_where_nobody_ever_signed_in_is_no_error() {
    let mut world = World::new();
    world.run(&["logout"]).succeeds();
    world.run(&["logout", "--all"]).succeeds();
    world.unset_settings();
    world.run(&["logout"]).succeeds();
}

#[test]
fn a_provider_that_refuses_does_not_keep_the_session_alive_here() {
    let world = World::new();
    for rule in [
        "revoke:500",
        "revoke:html",
        "revoke:drop",
        "revoke:error=invalid_client",
        "revoke:hang",
    ] {
        world.sandbox().clear_faults();
        world.login().succeeds();
        let file = world.session_file();
        world.fault(rule);
        let output = world
            .run(&["logout", "--request-timeout", "300ms"])
            .succeeds();
        if rule != "revoke:html" {
            assert_eq!(output.json()["revoked"], false, "{rule}");
            let output = output.says("warning:").says("did not revoke");
            assert_eq!(output.json()["deleted"], true, "{rule}");
        }
        assert!(!file.exists(), "{rule}");
    }
}

#[test]
fn a_provider_that_is_not_there_does_not_keep_the_session_alive_here() {
    let mut world = World::signed_in();
    let file = world.session_file();
    world.stop_sandbox();
    let output = world.run(&["logout", "--output", "table"]).succeeds();
    assert_eq!(
        output.stdout,
        "Profile default: tokens NOT revoked at the provider, session deleted here.\n"
    );
    assert!(!file.exists());
}

#[test]
fn every_profile_can_be_signed_out_at_once() {
    let world = World::signed_in();
    world.login_with(&["--profile", "work"]).succeeds();
    let output = world.run(&["logout", "--all"]).succeeds();
    let facts = |profile| json!({"profile": profile, "deleted": true, "revoked": true});
    assert_eq!(output.json(), json!([facts("default"), facts("work")]));
    assert_eq!(world.events("revoke").len(), 4);
    world.run(&["status"]).exits(3);
    world.run(&["status", "--profile", "work"]).exits(3);
}

#[test]
fn every_store_that_was_ever_used_is_cleared() {
    let mut world = World::signed_in();
    let plain = world.session_file();
    world.encrypt();
    world.login().succeeds();
    assert!(plain.exists());
    world.run(&["logout"]).succeeds();
    assert!(!plain.exists());
    assert!(world.record().is_none());
}
