//! `exec`: another program with a fresh token and none of the other secrets.

use crate::world::{PRINT_VARIABLES, SHELL, World, program};

#[test]
fn the_command_gets_a_fresh_token_its_arguments_and_no_other_secret() {
    let mut world = World::signed_in();
    world.expire_access_token();
    for name in [
        "CLIENT_SECRET_OLD",
        "STORE_KEY",
        "STORE_KEY_FILE",
        "NEW_STORE_KEY",
    ] {
        world.set(&format!("EPROSPERA_{name}"), "canary");
    }
    let output = world
        .run(&["exec", "--", SHELL[0], SHELL[1], PRINT_VARIABLES])
        .succeeds();
    let token = world.access_token();
    let line = format!("EPROSPERA_TOKEN={token}");
    assert!(output.stdout.lines().any(|printed| printed == line));
    assert!(!output.stdout.contains("canary"), "{}", output.stdout);
    assert!(output.stdout.contains("EPROSPERA_ISSUER="));
    assert_eq!(world.refreshes(), 1);

    let script = if cfg!(windows) {
        "set /p in=\r\necho %1^|%~2^|%3^|%in%\r\nexit 42"
    } else {
        r#"printf '%s|' "$@"; cat; exit 42"#
    };
    let script = world.script("arguments", script);
    let arguments = [
        "exec",
        "--min-ttl",
        "1m",
        "--",
        &script,
        "--json",
        "a b",
        "-x",
    ];
    let output = world.run_with_stdin(&arguments, "from stdin\n").exits(42);
    assert_eq!(output.stdout.trim_end(), "--json|a b|-x|from stdin");
    assert!(output.stderr.is_empty());
}

/// On Windows it is a child.
#[test]
#[cfg(unix)]
fn the_command_takes_the_place_of_the_program() {
    let world = World::signed_in();
    let mut process = world.spawn(world.command(&["exec", "--", "sh", "-c", "echo $$; exec cat"]));
    let line = process.line_of_stdout();
    assert_eq!(line.trim(), process.child.id().unwrap().to_string());
    process.end().succeeds();
    let output = world.run(&["exec", "--", "sh", "-c", "kill -TERM $$"]);
    output.exits(143);
}

#[test]
fn a_command_that_is_missing_or_no_program_ends_as_in_a_shell() {
    let world = World::signed_in();
    let output = world.run(&["exec", "--", "no-such-command"]).exits(127);
    drop(output.because("cannot run no-such-command"));
    let text = world.write("text", "no program").display().to_string();
    world.run(&["exec", "--", &text]).exits(126);
    world.run(&["exec"]).exits(2);
}

#[test]
fn without_a_session_nothing_is_run() {
    let world = World::new();
    let proof = world.path("proof").display().to_string();
    world.run(&["exec", "--", "touch", &proof]).exits(3);
    assert!(!world.path("proof").exists());
}

#[test]
fn a_given_token_is_passed_on_and_its_file_is_not() {
    let world = World::signed_in();
    let file = world
        .write("token.txt", "at_from_file\n")
        .display()
        .to_string();
    let given = [
        ("EPROSPERA_TOKEN_FILE", file.as_str()),
        ("EPROSPERA_REFRESH_TOKEN", "rt_seed"),
    ];
    let output = world
        .run_in(&given, &["exec", "--", SHELL[0], SHELL[1], PRINT_VARIABLES])
        .succeeds();
    let mut lines = output.stdout.lines();
    assert!(lines.any(|line| line == "EPROSPERA_TOKEN=at_from_file"));
    assert!(!output.stdout.contains("TOKEN_FILE") && !output.stdout.contains("rt_seed"));
}

#[test]
fn inside_the_command_this_program_uses_the_token() {
    let world = World::signed_in();
    let output = world.run(&["exec", "--", program(), "status"]).succeeds();
    assert_eq!(output.json()["credential"]["source"], "EPROSPERA_TOKEN");
}
