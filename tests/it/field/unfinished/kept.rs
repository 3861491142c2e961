//! What is known to be good is kept, and nothing that cannot be read goes in silence.

use std::path::PathBuf;

use serde_json::json;

use super::{WITH_TOKEN, cut_off, put_waiting, waiting, waiting_file};
use crate::impostor::{Impostor, TOKEN, USERINFO, json_answer, raw, sign_in, user_of};
use crate::run::Run;
use crate::world::{World, write};

fn tokens(number: u8) -> String {
    json!({
        "access_token": format!("at-{number}"),
        "token_type": "Bearer",
        "refresh_token": format!("rt-{number}"),
    })
    .to_string()
}

#[test]
fn a_userinfo_that_fails_costs_no_tokens_that_the_provider_has_just_given() {
    for answer in [
        json_answer(503, "{}"),
        json_answer(403, r#"{"error":"insufficient_scope"}"#),
        json_answer(404, "{}"),
        raw("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"),
        json_answer(200, "{}"),
    ] {
        let issuer = Impostor::new();
        let world = user_of(&issuer);
        issuer.put(TOKEN, json_answer(200, &tokens(2)));
        issuer.put(USERINFO, answer);
        let Run(output) = world.run_with_stdin(&WITH_TOKEN, "rt-1");
        assert_ne!(output.code, 0, "{output:#?}");
        drop(output.hinting("the session is stored"));
        assert_eq!(world.run(&["token"]).succeeds().stdout, "at-2\n");
        issuer.behave();
        let output = world.run_with_stdin(&WITH_TOKEN, "rt-1").succeeds();
        assert_eq!(output.json()["account"]["name"], "Ada");
        assert_eq!(issuer.asked(TOKEN).len(), 1);
    }
}

#[test]
fn the_rescue_file_of_a_given_token_stays_until_a_later_run_has_seen_the_session() {
    for is_beside in [false, true] {
        let issuer = Impostor::new();
        let world = user_of(&issuer);
        if is_beside {
            let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
            assert_eq!(output.code, 0, "{output:#?}");
        }
        issuer.put(TOKEN, json_answer(200, &tokens(2)));
        world.run_with_stdin(&WITH_TOKEN, "rt-1").succeeds();
        assert_eq!(rescue_files(&world), 1, "beside: {is_beside}");
        let kept = copies(&world);
        world.run(&["logout"]).succeeds();
        assert_eq!(rescue_files(&world), 0, "beside: {is_beside}");
        for (path, bytes) in &kept {
            write(path, bytes);
        }
        assert_eq!(world.run(&["token"]).succeeds().stdout, "at-2\n");
        assert_eq!(rescue_files(&world), 0, "beside: {is_beside}");
    }
}

fn copies(world: &World) -> Vec<(PathBuf, Vec<u8>)> {
    let files = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let paths = files.map(|entry| entry.unwrap().path());
    paths
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect()
}

fn rescue_files(world: &World) -> usize {
    let files = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let paths = files.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|kind| kind == "rescue"))
        .count()
}

/// A refresh token of another login.
fn another(world: &World) -> String {
    let other = ["--profile", "other"];
    world.login_with(&other).succeeds();
    let text = world.open_store().get(&world.entry("other")).unwrap();
    let record = eprospera::session::Record::parse(&text.unwrap()).unwrap();
    record.refresh.unwrap().token.expose().to_owned()
}

#[test]
fn an_unfinished_login_that_is_damaged_is_not_replaced_in_silence() {
    let world = cut_off();
    let given = another(&world);
    write(&waiting_file(&world), b"{\"format\": \"cut");
    let output = world.run_with_stdin(&WITH_TOKEN, &given).succeeds();
    drop(
        output
            .says("unfinished login")
            .says("replaced without being read"),
    );
    assert!(waiting(&world).is_none());
}

#[test]
fn the_hint_for_an_unfinished_login_that_cannot_be_read_signs_nobody_out() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    let given = another(&world);
    let stored = world.record().unwrap();
    world.encrypt_with(super::KEY);
    put_waiting(&world, &stored);
    world.encrypt();
    let output = world.run_with_stdin(&WITH_TOKEN, &given).exits(13);
    let output = output.hinting("eprospera login --with-token --replace");
    assert!(!output.stderr.contains("logout"), "{output:#?}");
    assert_eq!(world.refreshes(), 0);
    let with = [&WITH_TOKEN[..], &["--replace"]].concat();
    let output = world.run_with_stdin(&with, &given).succeeds();
    drop(output.says("replaced without being read"));
}

#[test]
fn a_refresh_that_was_cut_off_is_said_to_settle_when_it_can() {
    let world = World::signed_in();
    world.fault("token:500*1");
    let output = world.run(&["refresh"]).exits(1);
    let output = output
        .hinting("kept; wait ")
        .hinting(", then run the command again to find out");
    assert!(
        !output.stderr.contains("kept; run the command again"),
        "{output:#?}"
    );
    world.run(&["refresh"]).exits(1);
    world.expire_access_token();
    world.fault("token:500*1");
    let output = world.run(&["refresh"]).exits(1);
    drop(output.hinting("run the command again to find out"));
}

/// Tests have no terminal on macOS.
#[cfg(any(target_os = "linux", windows))]
#[test]
fn nobody_waits_while_a_person_is_asked_about_the_session_of_a_given_token() {
    for ends_meanwhile in [false, true] {
        let issuer = Impostor::new();
        let world = user_of(&issuer);
        let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
        assert_eq!(output.code, 0, "{output:#?}");
        let user = json!({ "sub": "person-2", "name": "Bo" });
        issuer.put(USERINFO, json_answer(200, &user.to_string()));
        issuer.put(TOKEN, json_answer(200, &tokens(2)));
        let mut terminal = world.at_terminal(200, &WITH_TOKEN);
        terminal.wait_for("Refresh token");
        terminal.types("rt-1\r");
        terminal.wait_for("Replace that session");
        issuer.put(TOKEN, json_answer(200, &tokens(9)));
        if ends_meanwhile {
            world.run(&["logout"]).succeeds();
            let output = terminal.insists("y\r").exits(12);
            assert!(
                output.stdout.contains("while you were asked"),
                "{output:#?}"
            );
        } else {
            world.run(&["refresh"]).succeeds();
            terminal.insists("y\r").succeeds();
            assert_eq!(world.run(&["token"]).succeeds().stdout, "at-2\n");
        }
    }
}
