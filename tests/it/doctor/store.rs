//! What can be wrong with the session store, and what earlier runs leave in it.

use std::time::{Duration, SystemTime};

use eprospera::secret::Secret;
use eprospera::store::Entry;

use super::{Case, Fix, diagnose};
use crate::run::LONGEST;
use crate::world::{STORE_KEY, World, write};

const STORE: [&str; 3] = ["--offline", "--only", "store"];

fn with_store(kind: &str) -> World {
    let mut world = World::new();
    world.set("EPROSPERA_STORE", kind);
    world
}

fn encrypted() -> World {
    let mut world = World::new();
    world.encrypt();
    world
}

/// Other systems have a keyring always.
#[cfg(target_os = "linux")]
#[test]
fn a_machine_without_a_keyring_is_given_an_encrypted_file() {
    diagnose([
        Case::new("no keyring", with_store("keyring"), &STORE).fails("store_absent", 13, Fix::Runs),
    ]);
}

#[test]
fn a_key_that_is_missing_or_wrong_is_told_from_a_record_that_is_damaged() {
    let mut without_key = encrypted();
    without_key.unset("EPROSPERA_STORE_KEY");
    let mut without_file = encrypted();
    without_file.unset("EPROSPERA_STORE_KEY");
    without_file.set("EPROSPERA_STORE_KEY_FILE", "/no/such/key");
    let mut wrong_key = encrypted();
    wrong_key.login().succeeds();
    wrong_key.set("EPROSPERA_STORE_KEY", &STORE_KEY.replace('6', "7"));
    let mut passphrase = encrypted();
    passphrase.login().succeeds();
    passphrase.set("EPROSPERA_STORE_KEY", "a passphrase");
    let mut lost_key = encrypted();
    lost_key.login().succeeds();
    lost_key.unset("EPROSPERA_STORE_KEY");
    let damaged = encrypted();
    damaged.login().succeeds();
    write(&damaged.session_file(), b"not sealed");
    let plain = World::signed_in();
    write(&plain.session_file(), b"{");
    diagnose([
        Case::new("no key", without_key, &STORE).fails("store_key_missing", 13, Fix::Runs),
        Case::new("no key for a session", lost_key, &STORE).fails(
            "store_key_missing",
            13,
            Fix::None,
        ),
        Case::new("no file with the key", without_file, &STORE).fails(
            "store_key_unusable",
            13,
            Fix::Runs,
        ),
        Case::new("another key", wrong_key, &STORE).fails("store_key_wrong", 13, Fix::None),
        Case::new("another kind of key", passphrase, &STORE).fails(
            "store_key_wrong",
            13,
            Fix::None,
        ),
        Case::new("a sealed record", damaged, &STORE).fails("record_damaged", 13, Fix::Runs),
        Case::new("a plain record", plain, &STORE).fails("record_damaged", 13, Fix::Runs),
    ]);
}

#[test]
fn a_record_of_a_newer_version_or_of_another_account_is_left_alone() {
    let newer = World::signed_in();
    newer.change_record(|record| record.version = 99);
    let foreign = World::signed_in();
    let other = foreign.session_file_of(&foreign.entry("other"));
    std::fs::copy(foreign.session_file(), &other).unwrap();
    let flags = ["--offline", "--only", "store", "--profile", "other"];
    diagnose([
        Case::new("a newer record", newer, &STORE).fails("record_newer", 13, Fix::None),
        Case::new("a record that was copied", foreign, &flags).fails(
            "record_foreign",
            13,
            Fix::None,
        ),
    ]);
}

#[test]
fn a_helper_that_does_not_do_its_work_is_named_with_what_it_does() {
    use crate::command_store::{misbehave, with_helper};

    #[cfg(unix)]
    let forbidden = || {
        use std::os::unix::fs::PermissionsExt as _;
        let world = with_helper();
        let helper = world.path("helper");
        let program = std::fs::canonicalize(&helper).unwrap();
        std::fs::remove_file(&helper).unwrap();
        std::fs::copy(program, &helper).unwrap();
        std::fs::set_permissions(helper, std::fs::Permissions::from_mode(0o600)).unwrap();
        world
    };
    let helper = |fault: &str| {
        let world = with_helper();
        misbehave(&world, fault);
        world
    };
    let absent = World::new().path("no/such/helper");
    let absent = format!("command:{}", absent.display());
    let fails = |what, world, code| Case::new(what, world, &STORE).fails(code, 13, Fix::Runs);
    diagnose([
        fails("no helper", with_store(&absent), "helper_missing"),
        fails(
            "a name that is nowhere",
            with_store("command:no-such-helper"),
            "helper_missing",
        ),
        // Elsewhere no right is needed.
        #[cfg(unix)]
        fails("no right to run", forbidden(), "helper_not_executable"),
        fails("it crashes", helper("crash:put"), "helper_crashed"),
        fails("it hangs", helper("hang:get"), "helper_timeout"),
        fails(
            "it says nonsense",
            helper("nonsense:put"),
            "helper_protocol",
        ),
        fails("it is newer", helper("newer:hello"), "helper_protocol"),
        fails("it refuses", helper("refuse:put"), "helper_refused"),
        Case::new("it is full", helper("full:put"), &STORE).fails("disk_full", 13, Fix::None),
    ]);
}

#[test]
fn tokens_in_a_rescue_file_are_moved_back_and_one_that_cannot_be_read_is_put_aside() {
    use crate::command_store::{misbehave, with_helper};

    let rescued = with_helper();
    rescued.login().succeeds();
    rescued.expire_access_token();
    misbehave(&rescued, "crash-second:put");
    rescued.run(&["token"]).succeeds();
    misbehave(&rescued, "");
    let unreadable = World::signed_in();
    let file = unreadable.session_file().with_extension("json.rescue");
    std::fs::create_dir(file).unwrap();
    diagnose([
        Case::new("tokens in a rescue file", rescued, &STORE).warns("rescue_file_left", Fix::Runs),
        Case::new("a rescue file that is a folder", unreadable, &STORE).fails(
            "rescue_file_unreadable",
            13,
            Fix::Runs,
        ),
    ]);
}

#[test]
fn a_refresh_and_a_login_that_were_cut_off_are_named_and_settled() {
    let cut_off = |world: World| {
        let (store, entry) = (world.open_store(), world.entry("default"));
        let guard = store.lock(&entry, LONGEST).unwrap();
        let text = Secret::new(r#"{"refresh_token_hash":"","sent_at":1}"#.to_owned());
        store.put_intent(&entry, &text, &guard).unwrap();
        drop(guard);
        world
    };
    let expired = World::signed_in();
    expired.expire_access_token();
    let waiting = World::signed_in();
    let Entry::Session(identity) = waiting.entry("default") else {
        panic!("no session");
    };
    let (store, incoming) = (waiting.open_store(), Entry::Incoming(identity));
    let guard = store.lock(&incoming, LONGEST).unwrap();
    let record = waiting.record().unwrap();
    store.put(&incoming, &record.to_text(), &guard).unwrap();
    let session = waiting.entry("default");
    drop(guard);
    let guard = store.lock(&session, LONGEST).unwrap();
    store.delete(&session, &guard).unwrap();
    drop(guard);
    diagnose([
        Case::new(
            "a refresh, and the access token is valid",
            cut_off(World::signed_in()),
            &STORE,
        )
        .warns("outcome_unknown", Fix::SignsIn),
        Case::new(
            "a refresh, and the access token has expired",
            cut_off(expired),
            &STORE,
        )
        .warns("outcome_unknown", Fix::Runs),
        Case::new("a login with a given token", waiting, &STORE)
            .warns("login_unfinished", Fix::Runs),
    ]);
}

#[test]
fn temporary_files_of_killed_runs_are_listed_and_removed() {
    let world = World::signed_in();
    let left = world.write("state/sessions/.default.json.a1B2c3.tmp", "");
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    let file = std::fs::File::options().write(true).open(&left).unwrap();
    file.set_modified(hour_ago).unwrap();
    diagnose([Case::new("a temporary file", world, &STORE).warns("leftovers", Fix::Runs)]);
    // The command for PowerShell was not run.
    assert!(cfg!(windows) || !left.exists());
}
