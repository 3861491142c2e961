//! Old records, rescue files and intents beside newer ones: from a cache, a backup, or a crash.

use std::path::PathBuf;

use super::files;
use crate::world::{World, write};

/// The session and everything that belongs to it, as a cache or a backup would keep them.
fn copy(world: &World) -> Vec<(PathBuf, Vec<u8>)> {
    let extensions = ["json", "rescue", "intent", "departed"];
    let paths = extensions
        .iter()
        .flat_map(|extension| files(world, extension));
    paths
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect()
}

#[test]
fn what_one_file_store_keeps_beside_a_session_is_safe_from_the_other_one() {
    // Each of these ends what the other store has left unsettled, if they share their files.
    let intruders: [&[&str]; 3] = [&["refresh"], &["login"], &["session", "export", "x"]];
    for intruder in intruders {
        let mut world = World::signed_in();
        // Another login of the same account, in the other store.
        let record = std::fs::read(world.session_file()).unwrap();
        let (plain, file) = (world.store.clone(), world.session_file());
        world.encrypt();
        world.login().succeeds();

        // Killed before the store had the new session.
        world.store = plain.clone();
        world.set("EPROSPERA_STORE", "plain-file");
        world.run(&["refresh"]).succeeds();
        write(&file, &record);

        world.encrypt();
        match intruder {
            ["login"] => drop(world.login().succeeds()),
            other => drop(world.run(other).succeeds()),
        }
        world.store = plain;
        world.set("EPROSPERA_STORE", "plain-file");
        let status = world.run(&["status"]).succeeds().json();
        assert_eq!(status["session"]["awaits_rescue"], true, "{intruder:?}");
        world.run(&["whoami"]).succeeds().says("back in its store");
        world.run(&["refresh"]).succeeds();
    }
}

#[test]
fn an_export_from_one_file_store_leaves_the_exported_copy_and_the_intent_of_the_other_one() {
    let mut world = World::signed_in();
    // Logins of different seconds.
    world.change_record(|record| record.signed_in_at -= 100);
    world.encrypt();
    world.login().succeeds();
    let newest = world.refresh_token();
    world.run(&["session", "export", "one.sealed"]).succeeds();

    world.store = eprospera::store::StoreKind::PlainFile;
    world.set("EPROSPERA_STORE", "plain-file");
    world.run(&["refresh"]).succeeds();
    world.run(&["session", "export", "two.sealed"]).succeeds();
    world.run(&["session", "restore"]).succeeds();
    world.fault("token:500*1");
    world.run(&["refresh"]).exits(1);

    world.encrypt();
    world.run(&["session", "restore"]).succeeds();
    assert_eq!(world.refresh_token(), newest);
    world.run(&["refresh"]).succeeds();

    world.set("EPROSPERA_STORE", "plain-file");
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["session"]["refresh_outcome_unknown"], true);
}

#[test]
fn a_rescue_file_that_cannot_be_read_costs_no_valid_access_token_and_is_named() {
    // On Windows a link takes a privilege.
    let link = cfg!(unix).then_some("a dangling link");
    for kind in link.into_iter().chain(["too large"]) {
        let world = World::signed_in();
        world.run(&["refresh"]).succeeds();
        let rescue = files(&world, "rescue")[0].clone();
        std::fs::remove_file(&rescue).unwrap();
        match kind {
            #[cfg(unix)]
            "a dangling link" => std::os::unix::fs::symlink("nowhere", &rescue).unwrap(),
            _ => write(&rescue, &vec![b' '; 1024 * 1024 + 1]),
        }
        let name = rescue.file_name().unwrap().to_str().unwrap();
        // Valid, and due for a refresh.
        world.age_access_token(3600 - 40);
        let valid = world.access_token();
        let token = world.run(&["token"]).succeeds().says("warning:").says(name);
        assert_eq!(token.stdout.trim(), valid, "{kind}");
        let status = world.run(&["status"]).succeeds().says(name);
        assert_eq!(status.json()["session"]["renewable"], true, "{kind}");
        assert_eq!(
            status.json()["session"]["awaits_rescue"],
            serde_json::Value::Null,
            "{kind}"
        );

        let refused = world.run(&["refresh"]).exits(13).hinting(name);
        assert!(!refused.stderr.contains("logout"), "{kind}: {refused:#?}");
        assert_eq!(world.refreshes(), 1, "{kind}");
        std::fs::remove_file(&rescue).unwrap();
        world.run(&["refresh"]).succeeds();
    }
}

fn put_back(copy: &[(PathBuf, Vec<u8>)]) {
    for (path, bytes) in copy {
        write(path, bytes);
    }
}

#[test]
fn a_rescue_file_that_was_left_behind_never_brings_a_session_back() {
    let world = World::signed_in();
    world.run(&["refresh"]).succeeds();
    let rescue = files(&world, "rescue");
    let [path] = rescue.as_slice() else {
        panic!("{rescue:?}")
    };
    let left = std::fs::read(path).unwrap();

    // An older state.
    world.run(&["refresh"]).succeeds();
    let newest = world.refresh_token();
    write(path, &left);
    world.run(&["token"]).succeeds();
    assert_eq!(world.refresh_token(), newest);
    assert!(!path.exists());

    // Nobody is signed in.
    world.run(&["refresh"]).succeeds();
    world.run(&["logout"]).succeeds();
    assert!(!path.exists());
    write(path, &left);
    world.run(&["token"]).exits(3).because("signed in");

    // Another login.
    write(path, &left);
    world.login().succeeds();
    assert!(!path.exists());
    let newest = world.refresh_token();
    write(path, &left);
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["session"]["awaits_rescue"], false);
    world.run(&["refresh"]).succeeds();
    assert_ne!(world.refresh_token(), newest);
    assert_eq!(world.refreshes(), 4);
}

#[test]
fn an_exported_session_leaves_no_rescue_file_and_comes_back_as_it_left() {
    let mut world = World::new();
    world.set("EPROSPERA_STORE_KEY", &"1".repeat(64));
    world.login().succeeds();
    world.run(&["refresh"]).succeeds();
    let rescue = files(&world, "rescue");
    let left = std::fs::read(&rescue[0]).unwrap();
    let newest = world.refresh_token();
    world.run(&["session", "export", "moved.sealed"]).succeeds();
    assert_eq!(files(&world, "rescue").len(), 0);
    write(&rescue[0], &left);
    world.run(&["session", "import", "moved.sealed"]).succeeds();
    assert_eq!(world.refresh_token(), newest);
    world.run(&["refresh"]).succeeds();
}

#[test]
fn an_old_copy_of_the_state_ends_with_an_explanation_and_after_one_request() {
    let world = World::signed_in();
    world.run(&["refresh"]).succeeds();
    let old = copy(&world);
    world.run(&["refresh"]).succeeds();
    world.run(&["refresh"]).succeeds();
    put_back(&old);
    // Its access token is used while it lives, and nothing is sent.
    world.run(&["token"]).succeeds();
    assert_eq!(world.refreshes(), 3);
    world.expire_access_token();
    let output = world
        .run(&["token"])
        .exits(3)
        .because("the session has ended");
    drop(output.hinting("restored from a cache or a backup"));
    assert_eq!(world.refreshes(), 4);
    world.run(&["token"]).exits(3).because("signed in");
    assert_eq!(world.refreshes(), 4);
    assert_eq!(files(&world, "rescue").len(), 0);
    assert_eq!(files(&world, "intent").len(), 0);
}

#[test]
fn an_old_rescue_file_and_an_old_intent_beside_a_newer_record_change_nothing() {
    let world = World::signed_in();
    world.run(&["refresh"]).succeeds();
    let rescue = files(&world, "rescue")[0].clone();
    let old = std::fs::read(&rescue).unwrap();
    world.fault("token:500*1");
    world.run(&["refresh"]).exits(1);
    let intent = files(&world, "intent")[0].clone();
    let pending = std::fs::read(&intent).unwrap();
    world.expire_access_token();
    world.run(&["token"]).succeeds();
    let newest = world.refresh_token();
    write(&rescue, &old);
    write(&intent, &pending);
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["session"]["refresh_outcome_unknown"], false);
    assert_eq!(status["session"]["awaits_rescue"], false);
    world.run(&["token"]).succeeds();
    assert_eq!(world.refresh_token(), newest);
    world.run(&["refresh"]).succeeds();
}

#[test]
fn a_record_that_was_set_back_is_brought_forward_by_the_rescue_file() {
    let world = World::signed_in();
    let record = std::fs::read(world.session_file()).unwrap();
    world.run(&["refresh"]).succeeds();
    let newest = world.refresh_token();
    // A keyring that had not written to the disk before the power went.
    write(&world.session_file(), &record);
    world.run(&["token"]).succeeds().says("back in its store");
    assert_ne!(world.refresh_token(), newest, "it was rotated again");
    assert_eq!(world.refreshes(), 2);
}
