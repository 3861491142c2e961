//! Two stores hold a session of one identity each: what becomes of one is not said or done of the
//! other.

use serde_json::json;

use crate::world::World;

/// Signed in twice: in the plain file, and in the encrypted file, which is in use.
fn signed_in_twice() -> World {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    world.login_with(&["--store", "plain-file"]).succeeds();
    world
}

const OTHER_KEY: [(&str, &str); 1] = [("EPROSPERA_STORE_KEY", "another")];

#[test]
fn a_logout_finds_the_session_in_the_other_store_after_one_was_exported() {
    let world = signed_in_twice();
    world.run(&["session", "export", "one.sealed"]).succeeds();
    let output = world.run(&["logout"]).succeeds();
    assert_eq!(output.json()["deleted"], true, "{output:#?}");
    assert_eq!(output.json()["revoked"], true, "{output:#?}");
    assert_eq!(world.events("revoke").len(), 2);
    world.run(&["status", "--store", "plain-file"]).exits(3);
    // The exported one was not touched.
    world.run(&["session", "import", "one.sealed"]).succeeds();
    world.run(&["refresh"]).succeeds();
}

#[test]
fn a_logout_says_of_each_store_what_became_of_its_session() {
    let world = signed_in_twice();
    let output = world.run_in(&OTHER_KEY, &["logout"]).exits(13);
    assert_eq!(
        output.json()["stores"],
        json!([
            {"store": "encrypted-file", "deleted": false, "revoked": false},
            {"store": "plain-file", "deleted": true, "revoked": true},
        ])
    );
    assert_eq!(output.json()["revoked"], false);
    let untrue = "nothing was revoked or deleted";
    assert!(!output.stderr.contains(untrue), "{output:#?}");
    let output = output.hinting("in the store encrypted-file was neither revoked nor deleted");
    drop(output.says("profile default, store encrypted-file"));

    world.login_with(&["--store", "plain-file"]).succeeds();
    let table = ["logout", "--output", "table"];
    let words = world.run_in(&OTHER_KEY, &table).exits(13).stdout;
    assert_eq!(
        words,
        "Profile default, store encrypted-file: tokens NOT revoked at the provider, session NOT \
         deleted here.\nProfile default, store plain-file: tokens revoked at the provider, session \
         deleted here.\n"
    );
}

#[test]
fn a_logout_of_all_names_the_session_that_was_kept() {
    let world = signed_in_twice();
    let work = ["--profile", "work", "--store", "plain-file"];
    world.login_with(&work).succeeds();
    let output = world.run_in(&OTHER_KEY, &["logout", "--all"]).exits(13);
    let untrue = "nothing was revoked or deleted";
    assert!(!output.stderr.contains(untrue), "{output:#?}");
    drop(output.hinting("profile default in the store encrypted-file was neither"));
}

#[test]
fn stores_of_which_the_same_is_true_share_one_sentence() {
    let world = signed_in_twice();
    let output = world.run(&["logout"]).succeeds();
    assert_eq!(
        output.json(),
        json!({"profile": "default", "deleted": true, "revoked": true})
    );
    assert_eq!(world.events("revoke").len(), 4);
}

#[test]
fn an_older_state_stays_refused_after_the_session_of_another_login_was_exported() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    let copy = ["session", "export", "--copy", "old.sealed"];
    world.run(&copy).succeeds();
    world.run(&["refresh"]).succeeds();
    world.run(&["session", "export", "first.sealed"]).succeeds();
    world.login().succeeds();
    world
        .run(&["session", "export", "second.sealed"])
        .succeeds();
    for flags in [&["old.sealed"][..], &["old.sealed", "--replace"]] {
        let output = world.run(&[&["session", "import"], flags].concat());
        drop(output.exits(6).because("tokens have been used"));
    }
    world.run(&["session", "import", "first.sealed"]).succeeds();
    world.run(&["refresh"]).succeeds();
}
