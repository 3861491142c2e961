//! The `command:PROGRAM` store, with a helper that is honest and then is not
//! (docs/helper-protocol.md).

use std::path::PathBuf;

use eprospera::secret::Secret;
use eprospera::store::StoreKind;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::run::{LONGEST, Output, output};
use crate::world::{World, program_of_tests, wait_until};

/// A user whose store is the scripted helper, not signed in.
pub(crate) fn with_helper() -> World {
    with_helper_of(World::new())
}

/// The same user, whose store is the scripted helper from now on.
pub(crate) fn with_helper_of(mut world: World) -> World {
    let folder = world.path("vault");
    std::fs::create_dir(&folder).unwrap();
    let helper = world.bring(
        &program_of_tests(env!("CARGO_BIN_EXE_store-helper")),
        "helper",
    );
    let kind = StoreKind::Command(helper.display().to_string());
    world.set("EPROSPERA_STORE", &kind.to_string());
    world.store = kind;
    world
}

fn signed_in() -> World {
    let world = with_helper();
    world.login().succeeds();
    world
}

/// Makes the helper do this from now on.
pub(crate) fn misbehave(world: &World, fault: &str) {
    world.write("vault/fault", fault);
}

/// What the helper noted, and forgets it.
fn notes(world: &World, name: &str) -> String {
    let path = world.path("vault").join(name);
    let notes = std::fs::read_to_string(&path).unwrap_or_default();
    if path.exists() {
        std::fs::remove_file(path).unwrap();
    }
    notes
}

fn records(world: &World) -> Vec<PathBuf> {
    let files = std::fs::read_dir(world.path("vault")).unwrap();
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ext| ext == "record"));
    paths
}

/// Lets time pass for the intent record.
pub(crate) fn age_intent(world: &World, seconds: i64) {
    let (store, entry) = (world.open_store(), world.entry("default"));
    let guard = store.lock(&entry, LONGEST).unwrap();
    let text = store.get_intent(&entry).unwrap().unwrap();
    let mut intent: Value = serde_json::from_str(text.expose()).unwrap();
    intent["sent_at"] = (intent["sent_at"].as_i64().unwrap() - seconds).into();
    let text = Secret::new(intent.to_string());
    store.put_intent(&entry, &text, &guard).unwrap();
}

/// A command of the same user on another machine: the helper is all that is shared.
fn elsewhere(world: &World, arguments: &[&str]) -> Output {
    let state = world.path("elsewhere/state").display().to_string();
    let cache = world.path("elsewhere/cache").display().to_string();
    let folders = [
        ("EPROSPERA_STATE_DIR", state.as_str()),
        ("EPROSPERA_CACHE_DIR", cache.as_str()),
    ];
    world.run_in(&folders, arguments).0
}

#[test]
fn a_session_lives_behind_a_helper_from_login_to_logout() {
    let world = signed_in();
    let status = world.run(&["status", "--json"]).succeeds().json();
    assert_eq!(status["credential"]["source"], world.store.to_string());
    world.run(&["refresh"]).succeeds();
    world.expire_access_token();
    let token = world.run(&["token"]).succeeds().stdout;
    assert_eq!(token.trim_end(), world.access_token());
    assert_eq!(records(&world).len(), 1, "the session, and no intent");
    world.run(&["logout"]).succeeds();
    assert_eq!(records(&world), Vec::<PathBuf>::new());
    world.run(&["token"]).exits(3);
}

#[test]
fn one_helper_serves_a_command_and_the_whole_of_its_rotation() {
    let world = signed_in();
    world.expire_access_token();
    notes(&world, "started");
    notes(&world, "asked");
    world.run(&["token"]).succeeds();
    assert_eq!(notes(&world, "started").lines().count(), 1);
    let asked = notes(&world, "asked");
    let asked: Vec<_> = asked.lines().collect();
    // Session and client secret; under the lock session and intent, the intent is written, the
    // tokens are, and the intent goes.
    let expected = [
        "hello", "get", "get", "lock", "get", "get", "put", "put", "delete", "unlock",
    ];
    assert_eq!(asked, expected);
}

#[test]
fn many_processes_behind_one_helper_refresh_once() {
    let world = signed_in();
    world.expire_access_token();
    let commands: Vec<_> = (0..16).map(|_| world.command(&["token"])).collect();
    let outputs = world.block_on(async {
        let mut running = JoinSet::new();
        for mut command in commands {
            running.spawn(output(command.spawn().unwrap()));
        }
        running.join_all().await
    });
    let expected = format!("{}\n", world.access_token());
    for output in &outputs {
        assert_eq!((output.code, &output.stdout), (0, &expected), "{output:#?}");
    }
    assert_eq!(world.refreshes(), 1);
}

const CRASHED: &str = if cfg!(windows) {
    "ended without answering: exit code: 7"
} else {
    "ended without answering: exit status: 7"
};

/// A fault, and what is said of it.
const LIES: &[(&str, &str)] = &[
    ("crash:hello", CRASHED),
    ("crash:get", CRASHED),
    ("crash:lock", CRASHED),
    ("crash:put", CRASHED),
    ("half:get", "ended without answering"),
    // There is no safe way in which a program of Windows closes its output.
    #[cfg(unix)]
    ("mute:get", "ended without answering"),
    ("nonsense:hello", "not a JSON object of the protocol"),
    ("nonsense:get", "not a JSON object of the protocol"),
    ("array:get", "not a JSON object of the protocol"),
    ("huge:get", "longer than any record"),
    ("no-id:get", "does not say which request it is for"),
    ("wrong-id:get", "answered a request other than the last one"),
    ("no-ok:get", "does not say whether the request succeeded"),
    ("no-account:get", "does not name its account"),
    (
        "other-account:get",
        "belongs to another account, `somebody@else`",
    ),
    (
        "other-account:lock",
        "belongs to another account, `somebody@else`",
    ),
    ("no-record:get", "does not say whether there is a record"),
    ("no-generation:get", "which generation a record has"),
    (
        "other-generation:get",
        "a different generation than the helper says",
    ),
    (
        "other-generation:put",
        "a different generation than it was given",
    ),
    ("cut:get", "is damaged"),
    (
        "newer:hello",
        "speaks version 2 of the protocol, but eprospera speaks version 1",
    ),
    (
        "older:hello",
        "speaks version 0 of the protocol, but eprospera speaks version 1",
    ),
    ("refuse:get", "refused `get`: not today"),
    ("refuse:put", "refused `put`: not today"),
    ("denied:get", "was denied: by policy"),
    ("full:put", "no space is left"),
];

#[test]
fn a_lie_is_found_out_and_nothing_is_sent() {
    let world = signed_in();
    world.expire_access_token();
    for (fault, words) in LIES {
        misbehave(&world, fault);
        let output = world.run(&["token", "--json"]).0;
        assert_eq!(output.code, 13, "{fault}: {output:#?}");
        assert!(output.stderr.contains(words), "{fault}: {output:#?}");
        assert_eq!(output.stdout, "", "{fault}");
    }
    assert_eq!(world.refreshes(), 0);
    misbehave(&world, "");
    world.run(&["token"]).succeeds();
}

#[test]
fn a_record_of_another_account_is_refused_even_under_the_right_name() {
    let world = signed_in();
    world.login_with(&["--profile", "other"]).succeeds();
    let [first, second] = records(&world).try_into().unwrap();
    std::fs::copy(&first, world.path("swap")).unwrap();
    std::fs::copy(&second, &first).unwrap();
    std::fs::copy(world.path("swap"), &second).unwrap();
    for profile in ["default", "other"] {
        let output = world.run(&["token", "--json", "--profile", profile]);
        output.exits(13).because("belongs to another account");
    }
}

#[test]
fn a_helper_that_hangs_is_ended_at_its_deadline() {
    let world = signed_in();
    misbehave(&world, "hang:get");
    let output = world.run(&["token", "--json"]).exits(13);
    output
        .because("did not answer `get` within 10s")
        .hinting("-v");
}

#[test]
fn a_lock_that_somebody_else_holds_is_busy() {
    let world = signed_in();
    world.expire_access_token();
    misbehave(&world, "busy:lock");
    world.run(&["token", "--json"]).exits(12);
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn a_helper_without_a_probe_worth_its_name_stops_a_login_before_it_begins() {
    let world = with_helper();
    for fault in [
        "refuse:lock",
        "refuse:put",
        "no-record:get",
        "refuse:delete",
    ] {
        misbehave(&world, fault);
        let output = world.login_with(&["--json"]).exits(13);
        assert!(!output.stderr.contains("/authorize"), "{output:#?}");
    }
    assert!(world.events("authorize").is_empty());
}

#[test]
fn an_intent_is_seen_on_every_machine_and_nothing_is_replayed() {
    let world = signed_in();
    world.fault("token:drop-after-commit*1");
    world.run(&["refresh"]).exits(11);
    assert_eq!(records(&world).len(), 2, "the session and the intent");
    let sent = world.refreshes();
    let refused = elsewhere(&world, &["refresh", "--json"]);
    assert_eq!(refused.code, 1, "{refused:#?}");
    refused.because("the outcome of an earlier refresh is unknown");
    let token = elsewhere(&world, &["token"]);
    assert_eq!(token.stdout.trim_end(), world.access_token());
    assert_eq!(world.refreshes(), sent);
    // Whoever sent it may have lost the lock only, and be about to store the answer.
    world.expire_access_token();
    let early = elsewhere(&world, &["token", "--json"]);
    assert_eq!(early.code, 12, "{early:#?}");
    early.because("may still be storing the response");
    assert_eq!(world.refreshes(), sent);
    // Nothing is left to lose: the old token is sent once more, and the reason is told.
    age_intent(&world, 61);
    let lost = elsewhere(&world, &["token", "--json"]);
    assert_eq!(lost.code, 3, "{lost:#?}");
    lost.because("cut off");
    assert_eq!(world.refreshes(), sent + 1);
    assert_eq!(records(&world), Vec::<PathBuf>::new());
}

#[test]
fn what_a_helper_says_is_shown_at_v_only_and_cleaned() {
    let world = signed_in();
    world.expire_access_token();
    misbehave(&world, "chatter:put");
    let refresh_token = world.refresh_token();
    let quiet = world.run(&["token"]).succeeds();
    assert_eq!(quiet.stderr, "");
    world.expire_access_token();
    let loud = world.run(&["token", "-v"]).succeeds();
    assert!(loud.stderr.contains("a canary"), "{}", loud.stderr);
    assert!(loud.stderr.contains("[redacted]"));
    assert!(!loud.stderr.contains('\u{1b}'));
    for secret in [refresh_token, world.refresh_token(), world.access_token()] {
        assert!(!loud.stderr.contains(&secret));
    }
}

#[test]
fn no_secret_is_in_a_helpers_arguments_or_environment() {
    let mut world = with_helper();
    world.client_id = "it-web";
    for (name, value) in [
        ("EPROSPERA_CLIENT_ID", "it-web"),
        ("EPROSPERA_CLIENT_SECRET", "canary secret/+%"),
        ("EPROSPERA_STORE_KEY", "canary-store-key"),
        ("EPROSPERA_STORE_KEY_FILE", "/canary/store-key"),
        ("HELPERS_OWN", "kept"),
    ] {
        world.set(name, value);
    }
    world.login().succeeds();
    world.run(&["refresh"]).succeeds();
    let environment = notes(&world, "environment");
    assert!(environment.contains("HELPERS_OWN=kept"));
    let seen = environment + &notes(&world, "arguments");
    for secret in ["canary", &world.refresh_token(), &world.access_token()] {
        assert!(!seen.contains(secret), "{secret} in {seen}");
    }
}

#[test]
fn a_helper_is_named_by_an_absolute_path_or_looked_up() {
    let world = World::new();
    for program in ["", "./helper", "bin/helper"] {
        let store = format!("command:{program}");
        let output = world.run(&["token", "--json", "--store", &store]).exits(2);
        output.because("must be an absolute path");
    }
    let absent = world.path("nonexistent/helper").display().to_string();
    for program in [&*absent, "eprospera-no-such-helper"] {
        let store = format!("command:{program}");
        let output = world.run(&["token", "--json", "--store", &store]).exits(13);
        output.because("cannot start").hinting("executable");
    }
}

#[test]
fn a_helper_that_dies_after_the_rotation_leaves_the_tokens_in_the_rescue_file() {
    let world = signed_in();
    world.expire_access_token();
    misbehave(&world, "crash-second:put");
    let output = world.run(&["token"]).succeeds();
    assert!(output.stderr.contains("rescue file"), "{}", output.stderr);
    assert_eq!(world.refreshes(), 1);
    misbehave(&world, "");
    assert_eq!(world.run(&["token"]).succeeds().stdout, output.stdout);
    assert_eq!(world.access_token(), output.stdout.trim_end());
    assert_eq!(records(&world).len(), 1, "the intent is settled");
    world.run(&["refresh"]).succeeds();
}

#[test]
fn a_helper_that_dies_once_after_the_rotation_is_followed_by_another() {
    let world = signed_in();
    world.expire_access_token();
    misbehave(&world, "crash-second-once:put");
    let output = world.run(&["token"]).succeeds();
    assert_eq!(output.stderr, "");
    assert_eq!(world.access_token(), output.stdout.trim_end());
    assert_eq!(world.refreshes(), 1);
    assert_eq!(records(&world).len(), 1, "the intent is settled");
}

#[test]
fn ctrl_c_reaches_the_program_and_not_its_helper_in_a_rotation() {
    let world = signed_in();
    world.expire_access_token();
    // On Windows another process sends Ctrl-C, which takes a while.
    let pause = if cfg!(windows) { "10s" } else { "500ms" };
    world.fault(&format!("token:slow={pause}*1"));
    let before = world.refresh_token();
    #[cfg_attr(
        windows,
        expect(unused_mut, reason = "a process has a console of its own anyway")
    )]
    let mut command = world.command(&["token"]);
    // As a terminal does it: a group of its own, and the signal to all of the group. On Windows it is a console.
    #[cfg(unix)]
    command.process_group(0);
    let mut process = world.spawn(command);
    wait_until("the refresh is sent", || world.faults_left().is_empty());
    process.interrupt_group();
    process.wait_for("finishing the token refresh");
    process.end().exits(130);
    assert_ne!(world.refresh_token(), before);
    assert_eq!(records(&world).len(), 1, "the intent is settled");
    world.run(&["refresh"]).succeeds();
}
