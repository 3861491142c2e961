//! A refresh token that a person gives is as safe as a stored one, from the moment it is sent.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;

use super::{JSON, files, next, signed_in};
use crate::impostor::{ACCESS, Answer, Impostor, TOKEN, USERINFO, json_answer, user_of};
use crate::sign_in::Process;
use crate::world::{World, wait_until, write};

const WITH_TOKEN: [&str; 2] = ["login", "--with-token"];

/// An answer that never ends, once its new refresh token has come.
fn endless() -> Answer {
    let head = format!("{JSON}Content-Length: 100000\r\n\r\n{{\"refresh_token\":\"rt-2\",");
    Answer::Endless(head, " ".to_owned(), Duration::from_millis(40))
}

fn give(world: &World, token: &str) -> Process {
    let file = world.write("given", token);
    let mut command = world.command(&WITH_TOKEN);
    command.stdin(File::open(file).unwrap());
    world.spawn(command)
}

fn filled(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes.first().is_some_and(|first| *first != 0))
}

/// A login with `rt-1` that is killed as soon as `rt-2` has come.
fn killed_login(world: &World, issuer: &Impostor) {
    issuer.put(TOKEN, endless());
    let login = give(world, "rt-1");
    wait_until("the new token is in a rescue file", || {
        world.path("state").exists() && files(world, "rescue").iter().any(|path| filled(path))
    });
    drop(login.kill());
}

fn last_sent(issuer: &Impostor) -> String {
    issuer.asked(TOKEN).pop().unwrap()
}

#[test]
fn a_kill_after_the_answer_to_a_given_token_begins_the_session_all_the_same() {
    let issuer = Impostor::new();
    for again in [false, true] {
        let world = user_of(&issuer);
        killed_login(&world, &issuer);
        let sent = issuer.asked(TOKEN).len();
        issuer.put(TOKEN, next());
        if again {
            // The login goes on where it was killed.
            let output = world.run_with_stdin(&WITH_TOKEN, "rt-1").succeeds();
            assert_eq!(output.json()["account"]["name"], "Ada");
        }
        let token = world.run(&["token"]).succeeds();
        assert_eq!(token.stdout, "at-3\n");
        assert_eq!(issuer.asked(TOKEN).len(), sent + 1);
        assert!(last_sent(&issuer).contains("refresh_token=rt-2"));
        // From now on it is spent.
        if again {
            let output = world.run_with_stdin(&WITH_TOKEN, "rt-1").exits(3);
            drop(output.because("has already been used"));
            assert_eq!(issuer.asked(TOKEN).len(), sent + 1);
        }
    }
}

#[test]
fn a_kill_after_the_answer_leaves_another_session_as_it_was_and_the_same_token_goes_on() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    killed_login(&world, &issuer);
    let token = world.run(&["token"]).succeeds();
    assert_eq!(token.stdout.trim(), ACCESS);
    issuer.put(TOKEN, next());
    world.run_with_stdin(&WITH_TOKEN, "rt-1").succeeds();
    assert!(last_sent(&issuer).contains("refresh_token=rt-2"));
    assert_eq!(world.run(&["token"]).succeeds().stdout, "at-3\n");
    let records = files(&world, "json");
    let in_store = records
        .iter()
        .filter(|path| path.parent().unwrap().ends_with("sessions"));
    assert_eq!(in_store.count(), 1, "{records:?}");
    world.run(&["refresh"]).succeeds();
}

#[test]
fn a_token_of_another_account_waits_for_a_yes_beside_the_session_after_a_kill_too() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    let user = json!({ "sub": "person-2", "name": "Bo" });
    issuer.put(USERINFO, json_answer(200, &user.to_string()));
    killed_login(&world, &issuer);
    issuer.put(TOKEN, next());
    let output = world.run_with_stdin(&WITH_TOKEN, "rt-1").exits(6);
    drop(
        output
            .hinting("the stored session is unchanged")
            .hinting("with `--replace`"),
    );
    assert_eq!(world.run(&["token"]).succeeds().stdout.trim(), ACCESS);
    let with = [&WITH_TOKEN[..], &["--replace"]].concat();
    world.run_with_stdin(&with, "rt-1").succeeds();
    assert_eq!(
        world.run(&["status"]).succeeds().json()["session"]["account"]["name"],
        "Bo"
    );
    let answer = json!({ "access_token": "at-9", "token_type": "Bearer", "refresh_token": "rt-9" });
    issuer.put(TOKEN, json_answer(200, &answer.to_string()));
    world.run_with_stdin(&with, "rt-8").succeeds();
    assert_eq!(world.run(&["token"]).succeeds().stdout, "at-9\n");
}

#[test]
fn a_busy_provider_costs_no_new_tokens_that_wait_beside_a_session() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    killed_login(&world, &issuer);
    // The token that waits has no access token yet, and its refresh is not answered.
    issuer.put(TOKEN, json_answer(503, "{}"));
    let output = world.run_with_stdin(&WITH_TOKEN, "rt-1").0;
    assert_ne!(output.code, 0, "{output:#?}");
    issuer.put(TOKEN, next());
    world.run_with_stdin(&WITH_TOKEN, "rt-1").succeeds();
    assert!(last_sent(&issuer).contains("refresh_token=rt-2"));
}

#[test]
fn new_tokens_that_wait_beside_a_session_outlive_it() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    killed_login(&world, &issuer);
    issuer.put(
        TOKEN,
        json_answer(400, &json!({ "error": "invalid_grant" }).to_string()),
    );
    world.run(&["refresh"]).exits(3);
    issuer.put(TOKEN, next());
    world.run_with_stdin(&WITH_TOKEN, "rt-1").succeeds();
    assert!(last_sent(&issuer).contains("refresh_token=rt-2"));
    assert_eq!(world.run(&["token"]).succeeds().stdout, "at-3\n");
}

#[test]
fn a_logout_ends_a_session_that_a_killed_login_left_beside_another() {
    let world = World::signed_in();
    let given = world.refresh_token();
    std::fs::remove_dir_all(world.path("state")).unwrap();
    world.login().succeeds();
    world.fault("userinfo:hang*1");
    let login = give(&world, &given);
    wait_until("the given token is refreshed", || {
        world.faults_left().is_empty()
    });
    drop(login.kill());
    assert_eq!(world.refreshes(), 1);
    let revoked = world.events("revoke").len();
    world.run(&["logout"]).succeeds();
    // Refresh and access token of both.
    assert_eq!(world.events("revoke").len(), revoked + 4);
    let records = files(&world, "json");
    let is_record = |path: &PathBuf| path.parent().unwrap().ends_with("sessions");
    assert!(!records.iter().any(is_record), "{records:?}");
}

#[test]
fn a_token_that_is_refused_or_never_sent_leaves_what_was_there() {
    for is_signed_in in [false, true] {
        let issuer = Impostor::new();
        let world = if is_signed_in {
            signed_in(&issuer)
        } else {
            user_of(&issuer)
        };
        let before = files_of_sessions(&world);
        let refusals = [
            (400, r#"{"error":"invalid_grant"}"#, 3),
            (400, r#"{"error":"invalid_request"}"#, 8),
            (401, r#"{"error":"invalid_client"}"#, 3),
            (429, "{}", 7),
        ];
        for (status, body, code) in refusals {
            issuer.put(TOKEN, json_answer(status, body));
            let output = world.run_with_stdin(&WITH_TOKEN, "rt-1").exits(code);
            drop(output.hinting("nothing was stored"));
            assert_eq!(files_of_sessions(&world), before, "{body}");
        }
        // It was refused, not spent.
        issuer.put(TOKEN, next());
        world.run_with_stdin(&WITH_TOKEN, "rt-1").succeeds();
        assert_eq!(world.run(&["token"]).succeeds().stdout, "at-3\n");
    }
}

fn files_of_sessions(world: &World) -> Vec<(PathBuf, Vec<u8>)> {
    if !world.path("state/sessions").exists() {
        return Vec::new();
    }
    let mut files: Vec<_> = ["json", "rescue", "intent"]
        .iter()
        .flat_map(|extension| files(world, extension))
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_given_token_whose_answer_is_lost_is_kept_and_the_next_command_settles_it() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    issuer.put(TOKEN, json_answer(500, "{}"));
    let output = world.run_with_stdin(&WITH_TOKEN, "rt-1").exits(1);
    drop(output.hinting("the refresh token may have been used"));
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["session"]["refresh_outcome_unknown"], true);
    issuer.put(TOKEN, next());
    world.run(&["token"]).succeeds();
    assert!(last_sent(&issuer).contains("refresh_token=rt-1"));
}

#[test]
fn one_token_that_is_given_many_times_at_once_is_sent_once() {
    let world = World::signed_in();
    let given = world.refresh_token();
    std::fs::remove_dir_all(world.path("state")).unwrap();
    let file = world.write("given", &given);
    let profiles = ["default", "default", "default", "other", "third", "other"];
    let running: Vec<_> = profiles
        .iter()
        .map(|profile| {
            let mut command = world.command(&["login", "--with-token", "--profile", profile]);
            command.stdin(File::open(&file).unwrap());
            world.spawn(command)
        })
        .collect();
    let ended: Vec<_> = running.into_iter().map(|process| process.end().0).collect();
    let count = |code| ended.iter().filter(|output| output.code == code).count();
    // On a slow machine one may have waited in vain for the others.
    let refused = count(3) + count(12);
    assert_eq!((count(0), refused), (1, 5), "{ended:#?}");
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn a_seed_that_was_claimed_and_not_stored_before_a_kill_is_not_wasted() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let with_seed = [("EPROSPERA_REFRESH_TOKEN", "rt-1")];
    issuer.put(TOKEN, json_answer(400, r#"{"error":"invalid_grant"}"#));
    world.run_in(&with_seed, &["token"]).exits(3);
    world
        .run_in(&with_seed, &["token"])
        .exits(3)
        .because("already been used");
    assert_eq!(issuer.asked(TOKEN).len(), 1);
    // As a run leaves it that is killed in between.
    let claim = files(&world, "json")
        .into_iter()
        .find(|path| path.parent().unwrap().ends_with("seeds"))
        .unwrap();
    let mut sown: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&claim).unwrap()).unwrap();
    sown["begins"] = json!({ "session": "it", "is_stored": false });
    write(&claim, sown.to_string().as_bytes());
    issuer.put(TOKEN, next());
    let token = world.run_in(&with_seed, &["token"]).succeeds();
    assert_eq!(token.stdout, "at-3\n");
    let sown = std::fs::read_to_string(&claim).unwrap();
    assert!(!sown.contains("begins"), "{sown}");
}
