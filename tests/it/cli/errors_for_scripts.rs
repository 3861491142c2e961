//! What an error says to a program: whether the same command may succeed later, and which ways of signing in there are.

use eprospera::cli::Cli;
use serde_json::{Value, json};

use crate::prosper::prosper;
use crate::world::World;

/// The ways of a machine without a display, as tests are: Windows always has one, and so a browser.
fn here(anywhere: &[&'static str]) -> Vec<&'static str> {
    let browser: &[_] = if cfg!(windows) { &["browser"] } else { &[] };
    [browser, anywhere].concat()
}

/// The methods of an error in their order.
fn methods(error: &Value) -> Vec<String> {
    let methods = error["auth_methods"].as_array().unwrap().iter();
    methods
        .map(|way| way["method"].as_str().unwrap().to_owned())
        .collect()
}

fn command_of<'a>(error: &'a Value, method: &str) -> &'a str {
    let mut ways = error["auth_methods"].as_array().unwrap().iter();
    let way = ways.find(|way| way["method"] == method).unwrap();
    way["command"].as_str().unwrap()
}

#[test]
fn an_error_is_retryable_where_the_server_or_the_network_may_recover() {
    let mut world = World::signed_in();
    world.set("EPROSPERA_RETRIES", "0");
    let me = &["me", "natural-person"][..];
    for (fault, code, is_retryable) in [
        ("me:404", 5, false),
        ("me:409", 6, false),
        ("me:422", 8, false),
        ("me:429", 7, true),
        ("me:500", 1, true),
        ("me:502", 1, true),
        ("me:504", 9, true),
        ("me:drop", 11, true),
        ("me:418", 1, false),
        ("me:html", 1, false),
    ] {
        world.sandbox().clear_faults();
        world.fault(fault);
        let error = world.run(me).exits(code).error();
        assert_eq!(error["retryable"], is_retryable, "{fault}: {error:#}");
        assert_eq!(error.get("auth_methods"), None, "{fault}");
    }
    world.sandbox().clear_faults();
    world.stop_sandbox();
    assert_eq!(world.run(me).exits(11).error()["retryable"], true);
    let usage = world.run(&["me", "natural-persn"]).exits(2).error();
    assert_eq!(usage["retryable"], false);
}

#[test]
fn an_error_says_how_long_the_server_asked_to_wait() {
    let mut world = World::signed_in();
    world.set("EPROSPERA_RETRIES", "0");
    world.fault("me:429=7");
    let error = world.run(&["me", "residency"]).exits(7).error();
    assert_eq!(error["retry_after_seconds"], 7);
    world.sandbox().clear_faults();
    world.fault("token:429=9");
    let error = world.run(&["refresh"]).exits(7).error();
    assert_eq!(error["retry_after_seconds"], 9);
}

#[test]
fn an_error_lists_the_ways_of_signing_in_that_this_machine_has() {
    let mut world = World::new();
    let error = |world: &World| world.run(&["whoami"]).exits(3).error();
    let anywhere = ["device", "paste", "begin", "token"];
    assert_eq!(methods(&error(&world)), here(&anywhere));
    for (name, value) in [("DISPLAY", ":7"), ("BROWSER", "/bin/true")] {
        world.set(name, value);
        let error = error(&world);
        assert_eq!(methods(&error)[0], "browser", "{name}");
        assert_eq!(methods(&error)[1..], anywhere, "{name}");
        assert_eq!(command_of(&error, "browser"), "eprospera login");
        world.unset(name);
    }
    // One who cannot be asked may still be called to a browser.
    world.set("DISPLAY", ":7");
    world.set("CI", "1");
    assert_eq!(methods(&error(&world))[0], "browser");
    // At the other end of ssh there is none.
    world.set("SSH_CONNECTION", "192.0.2.1 5 192.0.2.2 22");
    assert_eq!(methods(&error(&world)), anywhere);
    world.unset("SSH_CONNECTION");
    // A redirect URI elsewhere needs no listener, and no browser here.
    world.set("EPROSPERA_REDIRECT_URI", "https://app.example/callback");
    assert_eq!(methods(&error(&world)), anywhere);
}

#[test]
fn the_ways_of_signing_in_are_those_that_the_provider_offers() {
    let world = prosper();
    let error = world.run(&["whoami"]).exits(3).error();
    assert_eq!(methods(&error), here(&["paste", "begin"]));
}

#[test]
fn a_way_of_signing_in_is_a_command_line_with_the_flags_of_this_run() {
    let mut world = World::new();
    world.unset_settings();
    let flags = ["--profile", "sandbox", "--store", "plain-file", "whoami"];
    let error = world.run(&flags).exits(3).error();
    assert_eq!(
        command_of(&error, "device"),
        "eprospera --profile sandbox --store plain-file login --device"
    );
    world.set("EPROSPERA_STORE", "plain-file");
    let without_client = world.run(&["status"]).exits(3).error();
    assert_eq!(
        command_of(&without_client, "paste"),
        "eprospera login --paste --client-id ID"
    );
    for error in [error, without_client] {
        for way in error["auth_methods"].as_array().unwrap() {
            let words = way["command"].as_str().unwrap().split(' ');
            let parsed = <Cli as clap::Parser>::try_parse_from(words);
            assert!(parsed.is_ok(), "{way}");
        }
    }
}

#[test]
fn a_token_that_was_given_and_refused_is_the_first_thing_to_replace() {
    let world = World::new();
    let variables = [("EPROSPERA_TOKEN", "refused-token")];
    let error = world.run_in(&variables, &["whoami"]).exits(3).error();
    assert_eq!(methods(&error)[0], "environment");
    assert_eq!(
        command_of(&error, "environment"),
        "export EPROSPERA_TOKEN=TOKEN"
    );
}

#[test]
fn the_program_under_sandbox_exec_says_the_same() {
    let world = World::new();
    let program = crate::world::program();
    let run = world.run(&["sandbox", "exec", "--", program, "whoami"]);
    let error = run.exits(3).error();
    assert_eq!(error["code"], "login_required");
    let anywhere = ["device", "paste", "begin", "token"];
    assert_eq!(methods(&error), here(&anywhere));
    assert_eq!(error["retryable"], false);
}

#[test]
fn the_page_of_a_code_says_whether_such_an_error_is_retryable() {
    let world = World::new();
    for (code, is_retryable, words) in [
        ("network", true, "Retryable: yes"),
        ("busy", true, "Retryable: yes"),
        ("failure", false, "Retryable: only after a server error"),
        ("login_required", false, "Retryable: no"),
    ] {
        let page = world.run(&["explain", code]).succeeds().json();
        assert_eq!(page["retryable"], is_retryable, "{code}");
        let page = world
            .run(&["explain", code, "--output", "table"])
            .succeeds();
        assert!(page.stdout.contains(words), "{}", page.stdout);
    }
    let of_doctor = world.run(&["explain", "clock_skew"]).succeeds().json();
    assert_eq!(of_doctor["retryable"], json!(null));
}
