//! `logout` deletes what it has read, or what is damaged, and reports both facts.

use serde_json::json;

use crate::run::Output;
use crate::world::World;

const FLAG: &str = "--discard-unreadable";

fn encrypted() -> World {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    world
}

/// The session is here, and the provider was asked nothing.
fn assert_untouched(world: &World, output: &Output) {
    assert!(world.record().is_some(), "{output:#?}");
    assert_eq!(world.events("revoke").len(), 0, "{output:#?}");
    world.run(&["status"]).succeeds();
}

#[test]
fn a_session_whose_key_is_wrong_or_missing_is_neither_revoked_nor_deleted() {
    let world = encrypted();
    let other = "0".repeat(64);
    for variables in [
        [("EPROSPERA_STORE_KEY", other.as_str())].as_slice(),
        &[("EPROSPERA_STORE_KEY", "another kind of key")],
        &[("EPROSPERA_STORE_KEY", "")],
        &[
            ("EPROSPERA_STORE_KEY", ""),
            ("EPROSPERA_STORE_KEY_FILE", "/nowhere"),
        ],
    ] {
        for command in [&["logout"][..], &["logout", "--all"]] {
            let output = world.run_in(variables, command).exits(13).hinting(FLAG);
            let facts = output.json();
            let facts = facts.get(0).unwrap_or(&facts);
            assert_eq!(facts["deleted"], false, "{output:#?}");
            assert_eq!(facts["revoked"], false, "{output:#?}");
            assert_untouched(&world, &output);
        }
    }
}

/// Tests have no terminal on macOS.
#[test]
#[cfg(any(target_os = "linux", windows))]
fn a_question_for_the_key_that_is_interrupted_or_mistyped_deletes_nothing() {
    let mut world = encrypted();
    let key = world.variable("EPROSPERA_STORE_KEY");
    world.unset("EPROSPERA_STORE_KEY");
    for (answer, flags) in [
        ("\u{3}", &["logout"][..]),
        ("\u{4}", &["logout"]),
        ("a typo\r", &["logout"]),
        ("\r", &["logout"]),
        ("\u{3}", &["logout", FLAG]),
        ("\u{4}", &["logout", FLAG]),
    ] {
        let mut terminal = world.at_terminal(200, flags);
        terminal.wait_for("assphrase");
        let output = terminal.insists(answer).0;
        assert!([13, 130].contains(&output.code), "{answer:?} {output:#?}");
        world.set("EPROSPERA_STORE_KEY", &key);
        assert_untouched(&world, &output);
        world.unset("EPROSPERA_STORE_KEY");
    }
}

#[test]
fn whoever_has_lost_the_key_deletes_the_session_unread_and_is_told_that_its_tokens_live() {
    let world = encrypted();
    let other = [("EPROSPERA_STORE_KEY", "lost and guessed")];
    let output = world.run_in(&other, &["logout", FLAG]).succeeds();
    assert_eq!(
        output.json(),
        json!({"profile": "default", "deleted": true, "revoked": false})
    );
    drop(output.says("stay valid"));
    assert!(world.record().is_none());
    assert_eq!(world.events("revoke").len(), 0);
}

#[test]
fn the_flag_for_a_lost_key_changes_nothing_for_a_session_that_can_be_read() {
    let world = encrypted();
    let output = world.run(&["logout", FLAG]).succeeds();
    assert_eq!(output.json()["revoked"], true);
    assert_eq!(world.events("revoke").len(), 2);
}

#[test]
fn a_session_of_a_newer_program_or_of_another_account_is_kept() {
    let world = World::signed_in();
    world.login_with(&["--profile", "other"]).succeeds();
    world.change_record(|record| record.version = 2);
    drop(world.run(&["logout"]).exits(13).hinting(FLAG));
    let [first, second] = records(&world).try_into().unwrap();
    std::fs::copy(&first, world.path("swap")).unwrap();
    std::fs::copy(&second, &first).unwrap();
    std::fs::copy(world.path("swap"), &second).unwrap();
    for profile in ["default", "other"] {
        let output = world.run(&["logout", "--profile", profile]).exits(13);
        drop(output.because("another account").hinting(FLAG));
    }
    assert_eq!(records(&world).len(), 2);
    assert_eq!(world.events("revoke").len(), 0);
}

fn records(world: &World) -> Vec<std::path::PathBuf> {
    let folder = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|kind| kind == "json"));
    files
}

#[test]
fn a_damaged_session_is_deleted_with_the_words_that_its_tokens_stay_valid() {
    let world = World::signed_in();
    let file = world.session_file();
    crate::world::write(&file, b"{\"format\": \"cut");
    let output = world.run(&["logout"]).succeeds();
    assert_eq!(output.json()["deleted"], true);
    assert_eq!(output.json()["revoked"], false);
    drop(output.says("deleted without being read").says("stay valid"));
    assert!(!file.exists());
}

#[test]
fn all_sessions_are_told_as_a_list_also_where_there_is_one_or_none() {
    let world = World::signed_in();
    for expected in [1, 0] {
        let output = world.run(&["logout", "--all"]).succeeds().json();
        assert_eq!(output.as_array().map(Vec::len), Some(expected), "{output}");
    }
}

#[test]
fn every_session_that_cannot_be_read_is_told() {
    let mut world = World::new();
    world.encrypt();
    world.login_with(&["--profile", "one"]).succeeds();
    world.login_with(&["--profile", "two"]).succeeds();
    let other = [("EPROSPERA_STORE_KEY", "another")];
    let output = world.run_in(&other, &["logout", "--all"]).exits(13);
    for profile in ["one", "two"] {
        let words = format!("the session of profile {profile} in the store encrypted-file");
        assert!(output.stderr.contains(&words), "{output:#?}");
    }
}

#[test]
fn a_rescue_file_that_cannot_be_read_is_named_when_it_goes_with_its_session() {
    let world = World::signed_in();
    let file = world.session_file();
    let name = format!("{}.rescue", file.file_name().unwrap().to_str().unwrap());
    let rescue = file.with_file_name(&name);
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", &rescue).unwrap();
    // On Windows it takes a right of its own to make a link. More than a megabyte is no more read than what it leads to.
    #[cfg(not(unix))]
    crate::world::write(&rescue, &vec![b' '; 1024 * 1024 + 1]);
    let output = world.run(&["logout"]).succeeds();
    assert_eq!(output.json()["deleted"], true);
    drop(
        output
            .says(&name)
            .says("deleted without being read")
            .says("stay valid"),
    );
    assert!(std::fs::symlink_metadata(&rescue).is_err());
}

#[test]
fn one_session_that_cannot_be_read_does_not_keep_the_others_signed_in() {
    let mut world = World::signed_in();
    world.encrypt();
    world.login_with(&["--profile", "sealed"]).succeeds();
    let other = [("EPROSPERA_STORE_KEY", "another")];
    let output = world.run_in(&other, &["logout", "--all"]).exits(13);
    let fact = |profile, is_so| json!({"profile": profile, "deleted": is_so, "revoked": is_so});
    assert_eq!(
        output.json(),
        json!([fact("default", true), fact("sealed", false)])
    );
    world.run(&["status", "--profile", "sealed"]).succeeds();
}

#[test]
fn a_session_whose_lock_cannot_be_had_is_revoked_and_both_facts_are_told() {
    let world = World::signed_in();
    let lock = world.session_file().with_extension("lock");
    std::fs::remove_file(&lock).unwrap();
    std::fs::create_dir(&lock).unwrap();
    let output = world.run(&["logout"]).exits(13);
    assert_eq!(output.json()["deleted"], false);
    assert_eq!(output.json()["revoked"], true);
    let words = world.run(&["logout", "--output", "table"]).exits(13).stdout;
    assert!(words.contains("session NOT deleted here"), "{words}");
    assert_eq!(world.events("revoke").len(), 4);
    assert!(world.session_file().exists());
}

#[test]
fn a_damaged_list_of_logins_keeps_no_session_signed_in() {
    let world = World::signed_in();
    crate::world::write(&world.path("state/logins/default.json"), b"{");
    let output = world.run(&["logout"]).exits(13);
    drop(output.hinting("logout --all"));
    let output = world.run(&["logout", "--all"]).exits(13);
    let ended = json!([{"profile": "default", "deleted": true, "revoked": true}]);
    assert_eq!(output.json(), ended, "{output:#?}");
    assert!(world.record().is_none());
}

#[test]
fn a_provider_that_hangs_is_waited_for_once_and_briefly() {
    let world = World::signed_in();
    world.fault("revoke:hang");
    let output = world.run(&["logout"]).succeeds().says("did not answer");
    assert_eq!(output.json()["deleted"], true);
    assert_eq!(output.json()["revoked"], false);
    assert!(world.record().is_none());
}

#[test]
fn a_signal_ends_the_revocation_and_not_the_deletion() {
    for &(ending, code, _) in crate::endings::ENDINGS {
        let world = World::signed_in();
        for _ in 0..2 {
            world.fault("revoke:hang*1");
        }
        let mut logout = world.spawn(world.command(&["logout"]));
        crate::world::wait_until("both are asked", || world.faults_left().is_empty());
        logout.send(ending);
        let output = logout.end().exits(code);
        assert_eq!(output.json()["deleted"], true, "{output:#?}");
        assert_eq!(output.json()["revoked"], false, "{output:#?}");
        assert!(world.record().is_none());
    }
}
