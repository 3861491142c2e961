//! The store fails after the provider has rotated the tokens: the command succeeds, and the next
//! one finds the session.

use std::path::{Path, PathBuf};

use crate::world::World;

/// A store that can be read and takes nothing: what looks like a leftover of an earlier write
/// cannot be removed. It stands for a full disk and a read-only folder, which root does not have.
struct Broken {
    record: PathBuf,
    block: PathBuf,
}

impl Broken {
    fn store_of(world: &World) -> Self {
        let record = world.session_file();
        let block = record.with_file_name(format!(".{}.block", name(&record)));
        std::fs::create_dir(&block).unwrap();
        Self { record, block }
    }

    fn rescue_file(&self) -> PathBuf {
        beside(&self.record, "rescue")
    }

    fn mend(self) {
        std::fs::remove_dir(&self.block).unwrap();
    }
}

#[test]
fn a_session_whose_store_fails_is_rescued_and_the_next_command_moves_it_back() {
    let world = World::signed_in();
    let spent = world.refresh_token();
    world.expire_access_token();
    let broken = Broken::store_of(&world);
    let output = world.run(&["token"]).succeeds().says("warning:");
    let output = output.says("safe in a rescue file");
    let new = output.stdout.trim().to_owned();
    assert!(!new.is_empty());
    let sealed = std::fs::read_to_string(broken.rescue_file()).unwrap();
    assert!(!sealed.contains(&new) && !sealed.contains("rt_"));
    assert!(!output.stderr.contains(&spent) && !output.stderr.contains(&new));
    let rescue = broken.rescue_file();
    broken.mend();

    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["session"]["awaits_rescue"], true);
    assert!(rescue.exists(), "status only looks");

    let output = world.run(&["token"]).succeeds().says("back in its store");
    assert_eq!(output.stdout.trim(), new);
    // A keyring may not have written to the disk yet what it has confirmed.
    assert!(rescue.exists(), "a later command removes it");
    world.run(&["whoami"]).succeeds();
    assert!(!rescue.exists());
    assert_eq!(world.access_token(), new);
    assert_ne!(world.refresh_token(), spent);
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["session"]["awaits_rescue"], false);
    assert_eq!(status["session"]["refresh_outcome_unknown"], false);
    world.run(&["refresh"]).succeeds();
    assert_eq!(world.refreshes(), 2);
}

#[test]
fn an_encrypted_store_and_a_rescued_refresh_command_are_no_different() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    let broken = Broken::store_of(&world);
    let output = world.run(&["refresh"]).succeeds();
    let output = output.says("safe in a rescue file");
    assert_eq!(output.json()["refresh_token_rotated"], true);
    broken.mend();
    world.run(&["whoami"]).succeeds().says("back in its store");
    world.run(&["refresh"]).succeeds();
}

#[test]
fn while_the_store_still_fails_the_rescued_session_is_used_and_nothing_is_sent() {
    let world = World::signed_in();
    world.expire_access_token();
    let broken = Broken::store_of(&world);
    let new = world.run(&["token"]).succeeds().stdout;
    let output = world.run(&["token"]).succeeds();
    assert_eq!(output.says("rescue file").stdout, new);
    world.run(&["refresh"]).exits(13).because("rescued");
    assert_eq!(world.refreshes(), 1);
    broken.mend();
    assert_eq!(world.run(&["token"]).succeeds().stdout, new);
    world.run(&["refresh"]).succeeds();
}

#[test]
fn where_no_room_can_be_taken_for_a_rescue_nothing_is_sent() {
    for extension in ["rescue", "intent"] {
        let world = World::signed_in();
        world.expire_access_token();
        let obstacle = beside(&world.session_file(), extension);
        std::fs::create_dir(&obstacle).unwrap();
        world.write(&format!("state/sessions/{}/x", name(&obstacle)), "");
        let output = world.run(&["token"]).exits(13);
        assert!(output.stdout.is_empty());
        assert_eq!(world.refreshes(), 0, "{extension}");
        std::fs::remove_dir_all(&obstacle).unwrap();
        world.run(&["token"]).succeeds();
        assert_eq!(world.refreshes(), 1, "{extension}");
    }
}

#[test]
fn a_rotation_that_works_leaves_a_rescue_file_until_the_next_run() {
    let world = World::signed_in();
    world.run(&["refresh"]).succeeds();
    assert!(beside(&world.session_file(), "rescue").exists());
    assert!(!beside(&world.session_file(), "intent").exists());
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["session"]["awaits_rescue"], false);
    let token = world.run(&["token"]).succeeds();
    assert!(!token.stderr.contains("rescue"), "{token:#?}");
    assert!(!beside(&world.session_file(), "rescue").exists());
}

#[test]
fn a_logout_revokes_the_rescued_session_and_removes_its_file() {
    let world = World::signed_in();
    let broken = Broken::store_of(&world);
    drop(world.run(&["refresh"]).succeeds());
    let rescue = broken.rescue_file();
    broken.mend();
    let output = world.run(&["logout"]).succeeds();
    assert_eq!(output.json()["revoked"], true, "{output:#?}");
    assert!(!rescue.exists() && world.record().is_none());
}

/// What the program keeps beside a record.
fn beside(record: &Path, extension: &str) -> PathBuf {
    record.with_file_name(format!("{}.{extension}", name(record)))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}
