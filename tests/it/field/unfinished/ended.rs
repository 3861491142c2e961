//! `logout` ends what waits, and says so.

use serde_json::json;

use super::{cut_off, incoming, put_waiting, waiting, waiting_file};
use crate::world::{World, wait_until, write};

#[test]
fn a_logout_of_all_finds_what_waits_where_the_session_was_exported_or_is_gone() {
    for is_exported in [true, false] {
        let world = cut_off();
        if is_exported {
            world.run(&["session", "export", "one.sealed"]).succeeds();
        } else {
            let waits = waiting(&world).unwrap();
            std::fs::remove_dir_all(world.path("state")).unwrap();
            put_waiting(&world, &waits);
        }
        let revoked = world.events("revoke").len();
        let output = world.run(&["logout", "--all"]).succeeds().json();
        let ended = json!({ "deleted": true, "revoked": true });
        assert_eq!(output[0]["unfinished_login"], ended, "{output}");
        assert_eq!(world.events("revoke").len(), revoked + 2);
        assert!(waiting(&world).is_none());
        assert_eq!(world.run(&["logout", "--all"]).succeeds().json(), json!([]));
    }
}

#[test]
fn a_logout_tells_of_the_session_and_of_what_waited_beside_it() {
    let world = cut_off();
    let words = world
        .run(&["logout", "--output", "table"])
        .succeeds()
        .stdout;
    assert!(words.contains("session deleted here"), "{words}");
    assert!(
        words.contains("unfinished login: its tokens were revoked"),
        "{words}"
    );
    assert!(waiting(&world).is_none() && world.record().is_none());
}

#[test]
fn a_logout_that_cannot_delete_the_session_tells_what_is_left_beside_it() {
    let world = cut_off();
    let lock = world
        .session_file_of(&world.entry("default"))
        .with_extension("lock");
    std::fs::remove_file(&lock).unwrap();
    std::fs::create_dir(&lock).unwrap();
    let output = world.run(&["logout"]).exits(13);
    drop(output.hinting("profile default also has an unfinished login"));
    assert!(waiting(&world).is_some());
}

#[test]
fn a_signal_at_a_logout_deletes_what_waits_too() {
    let world = cut_off();
    for _ in 0..2 {
        world.fault("revoke:hang*1");
    }
    let logout = world.spawn(world.command(&["logout"]));
    wait_until("both are asked", || world.faults_left().is_empty());
    logout.interrupt();
    let output = logout.end().exits(130);
    let left = json!({ "deleted": true, "revoked": false });
    assert_eq!(output.json()["unfinished_login"], left, "{output:#?}");
    assert!(waiting(&world).is_none() && world.record().is_none());
}

#[test]
fn a_provider_that_hangs_is_asked_once_for_all_that_a_profile_has() {
    let world = cut_off();
    world.fault("revoke:hang");
    let revoked = world.events("revoke").len();
    let output = world.run(&["logout"]).succeeds().says("did not answer");
    assert_eq!(output.json()["revoked"], false);
    // Those of the session; the time was over then.
    assert!(world.events("revoke").len() <= revoked + 2);
    assert!(waiting(&world).is_none() && world.record().is_none());
}

#[test]
fn an_exported_copy_outlives_what_cannot_be_read_beside_it_and_goes_with_words() {
    let world = cut_off();
    world.run(&["session", "export", "one.sealed"]).succeeds();
    write(&waiting_file(&world), b"{\"format\": \"cut");
    let output = world.run(&["logout", "--discard-unreadable"]).succeeds();
    assert_eq!(output.json()["unfinished_login"]["deleted"], true);
    assert_eq!(output.json()["keeps_export"], true, "{output:#?}");
    world.run(&["session", "restore"]).succeeds();
    world.run(&["session", "export", "two.sealed"]).succeeds();
    let output = world.run(&["logout", "--discard-unreadable"]).succeeds();
    drop(output.says("can no longer bring it back"));
    world.run(&["session", "restore"]).exits(5);
}

#[test]
fn a_copy_of_a_session_that_was_left_beside_it_goes_before_the_session_is_exported() {
    let mut world = World::signed_in();
    world.set("EPROSPERA_STORE_KEY", super::KEY);
    // As a login leaves it that is killed when it has stored its session.
    put_waiting(&world, &world.record().unwrap());
    let status = world.run(&["status"]).succeeds().json();
    assert!(status.get("unfinished_login").is_none(), "{status}");
    world.run(&["refresh"]).succeeds();
    world.run(&["session", "export", "one.sealed"]).succeeds();
    assert!(waiting(&world).is_none(), "{:?}", incoming(&world));
    world.run(&["logout", "--all"]).succeeds();
    assert_eq!(world.events("revoke").len(), 0);
    world.run(&["session", "import", "one.sealed"]).succeeds();
    world.run(&["refresh"]).succeeds();
}
