//! The next run finds what a killed login has left: by itself, in `status`, and on another machine.

use std::fs::File;

use super::{WITH_TOKEN, cut_off, waiting_file};
use crate::impostor::{Impostor, TOKEN, json_answer, user_of};
use crate::world::{World, wait_until, write};

#[test]
fn status_tells_of_an_unfinished_login_and_of_the_command_that_goes_on() {
    let world = cut_off();
    let status = world.run(&["status"]).succeeds().json();
    let login = &status["unfinished_login"];
    assert_eq!(login["readable"], true, "{status}");
    assert!(login["begun_at"].is_string(), "{status}");
    let words = world
        .run(&["status", "--output", "table"])
        .succeeds()
        .stdout;
    assert!(words.contains("eprospera login --with-token"), "{words}");

    std::fs::remove_file(world.session_file_of(&world.entry("default"))).unwrap();
    let output = world.run(&["status"]).exits(3).hinting("--with-token");
    assert_eq!(output.json()["unfinished_login"]["readable"], true);

    write(&waiting_file(&world), b"{\"format\": \"cut");
    let output = world
        .run(&["status"])
        .exits(3)
        .hinting("--discard-unreadable");
    assert_eq!(output.json()["unfinished_login"]["readable"], false);
}

#[test]
fn a_first_login_that_is_killed_is_found_without_its_flags() {
    let mut world = World::signed_in();
    let given = world.refresh_token();
    std::fs::remove_dir_all(world.path("state")).unwrap();
    for name in ["EPROSPERA_CLIENT_ID", "EPROSPERA_STORE"] {
        world.unset(name);
    }
    let flags = ["--client-id", "it", "--store", "plain-file"];
    world.fault("userinfo:hang*1");
    let file = world.write("given", &given);
    let mut command = world.command(&[&WITH_TOKEN[..], &flags].concat());
    command.stdin(File::open(file).unwrap());
    let login = world.spawn(command);
    wait_until("the given token is refreshed", || {
        world.faults_left().is_empty()
    });
    drop(login.kill());
    world.run(&["token"]).succeeds();
    let output = world.run(&["logout", "--all"]).succeeds().json();
    assert_eq!(output[0]["revoked"], true, "{output}");
}

#[test]
fn a_login_that_was_refused_leaves_nothing_to_remember() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    issuer.put(TOKEN, json_answer(400, r#"{"error":"invalid_grant"}"#));
    world.run_with_stdin(&WITH_TOKEN, "rt-1").exits(3);
    assert!(!world.path("state/logins/default.json").exists());
}
