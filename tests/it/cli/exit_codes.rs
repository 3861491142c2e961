//! One test for each exit code of the contract.

use std::time::Duration;

use crate::run::Run;
use crate::world::World;

/// Asserts the code, and that the envelope calls it by its name.
fn assert_code(run: Run, code: i32, name: &str) {
    let output = run.exits(code);
    assert_eq!(output.error()["code"], name, "{output:#?}");
}

#[test]
fn exit_0_is_ok() {
    let output = World::signed_in().run(&["whoami"]).succeeds();
    assert_eq!(output.stderr, "");
}

#[test]
fn exit_1_is_a_failure_without_a_code_of_its_own() {
    let world = World::signed_in();
    world.fault("me:500");
    assert_code(world.run(&["me", "natural-person"]), 1, "failure");
}

#[test]
fn exit_2_is_a_bad_flag_argument_or_configuration() {
    let world = World::new();
    assert_code(world.run(&["token", "--bogus"]), 2, "usage");
    assert_code(world.run(&["completions", "abacus"]), 2, "usage");
    world.write("config/config.toml", "= broken");
    assert_code(world.run(&["token"]), 2, "usage");
}

#[test]
fn exit_3_is_a_login_that_is_required() {
    let world = World::new();
    assert_code(world.run(&["token"]), 3, "login_required");
    assert_code(world.run(&["status"]), 3, "login_required");
}

#[test]
fn exit_3_is_also_a_session_that_the_server_refuses_with_401() {
    let world = World::signed_in();
    world.fault("me:401");
    assert_code(world.run(&["me", "natural-person"]), 3, "login_required");
}

#[test]
fn exit_4_is_consent_denied_or_a_403() {
    let world = World::signed_in();
    world.fault("authorize:error=access_denied");
    assert_code(world.login(), 4, "forbidden");
    world.fault("me:403");
    assert_code(world.run(&["me", "natural-person"]), 4, "forbidden");
}

#[test]
fn exit_5_is_a_404() {
    let world = World::signed_in();
    world.fault("me:404*1");
    assert_code(world.run(&["me", "natural-person"]), 5, "not_found");
    assert_code(world.run(&["api", "/api/v1/nothing"]), 5, "not_found");
}

#[test]
fn exit_6_is_a_conflict() {
    let world = World::signed_in();
    world.fault("me:409");
    assert_code(world.run(&["me", "natural-person"]), 6, "conflict");
    let api = ["api", "/api/v1/me/natural-person"];
    assert_code(world.run(&api), 6, "conflict");
    world.change_record(|record| "somebody-else".clone_into(&mut record.account.subject));
    assert_code(world.login(), 6, "conflict");
}

#[test]
fn exit_7_is_a_rate_limit() {
    let world = World::signed_in();
    world.fault("me:429=0");
    assert_code(world.run(&["me", "natural-person"]), 7, "rate_limited");
    let api = ["api", "/api/v1/me/natural-person", "--retries", "0"];
    assert_code(world.run(&api), 7, "rate_limited");
}

#[test]
fn exit_8_is_a_request_that_the_server_calls_invalid() {
    let world = World::signed_in();
    world.fault("me:422");
    assert_code(world.run(&["me", "natural-person"]), 8, "invalid_request");
    let world = World::new();
    world.login_with(&["--scopes-all"]).succeeds();
    let api = ["api", "/api/v1/me/tax/filings?limit=abc"];
    assert_code(world.run(&api), 8, "invalid_request");
}

#[test]
fn exit_9_is_a_login_or_a_request_that_took_too_long() {
    let world = World::signed_in();
    assert_code(
        world.start_login(&["--timeout", "100ms"]).end(),
        9,
        "timeout",
    );
    world.fault("me:hang");
    let command = [
        "me",
        "natural-person",
        "--request-timeout",
        "200ms",
        "--retries",
        "0",
    ];
    assert_code(world.run(&command), 9, "timeout");
}

#[test]
fn exit_11_is_a_server_that_cannot_be_reached() {
    let mut world = World::signed_in();
    world.stop_sandbox();
    assert_code(world.run(&["whoami"]), 11, "network");
}

#[test]
fn exit_12_is_a_lock_that_another_process_holds() {
    let world = World::signed_in();
    let guard = world
        .open_store()
        .lock(&world.entry("default"), Duration::ZERO)
        .unwrap();
    // It waits for the other process first, and not for ever.
    assert_code(world.run(&["logout"]), 12, "busy");
    drop(guard);
    world.run(&["logout"]).succeeds();
}

#[test]
fn exit_13_is_a_store_that_cannot_be_used() {
    let world = World::signed_in();
    crate::world::write(&world.session_file(), b"damaged");
    assert_code(world.run(&["token"]), 13, "store");
}

#[test]
fn exit_14_is_a_security_check_that_failed() {
    let world = World::signed_in();
    world.fault("id_token:wrong-aud");
    assert_code(world.login(), 14, "untrusted");
    let api = ["api", "https://evil.example/x"];
    assert_code(world.run(&api), 14, "untrusted");
}

#[test]
fn exit_130_is_ctrl_c_and_143_is_sigterm() {
    for &(ending, code, name) in crate::endings::ENDINGS {
        let world = World::new();
        let mut login = world.start_login(&[]);
        login.process.wait_for("Ctrl-C");
        login.process.send(ending);
        assert_code(login.end(), code, name);
    }
}

#[test]
fn the_help_lists_every_code() {
    let help = World::new().run(&["help", "exit-codes"]).succeeds().stdout;
    for kind in eprospera::error::Kind::ALL {
        let code = kind.code().to_string();
        let is_listed = |row: &str| row.split_whitespace().next() == Some(&code);
        assert!(help.lines().any(is_listed), "{code}");
    }
}
