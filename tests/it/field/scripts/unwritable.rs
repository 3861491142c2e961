//! Standard output that cannot be written: full, closed, or a pipe whose reader has gone.

use std::process::Stdio;

use crate::run::Output;
use crate::world::World;

const COMMANDS: &[&[&str]] = &[
    &["--help"],
    &["-h"],
    &["--version"],
    &["help"],
    &["login", "--help"],
    &["help", "me", "tax"],
    &["completions", "bash"],
    &["explain"],
    &["man"],
    &["explain", "timeout"],
    &["profile", "list"],
    &["profile", "list", "--json"],
    &["profile", "list", "--output", "table"],
    &["profile", "list", "--jq", ".[]"],
    &["profile", "list", "--fields", "name"],
    &["api", "/x", "--dry-run"],
];

fn into(world: &World, arguments: &[&str], stdout: Stdio) -> Output {
    let mut command = world.command(arguments);
    command.stdout(stdout);
    world.finish(command).0
}

/// macOS has no file that takes nothing.
#[cfg(any(target_os = "linux", windows))]
#[test]
fn an_output_that_takes_nothing_is_named_with_the_cause() {
    let (whole, cause) = if cfg!(windows) {
        ("cannot write to standard output", "(os error 5)")
    } else {
        (
            "cannot write to standard output: no space left on device",
            "no space left",
        )
    };
    let world = World::signed_in();
    for arguments in COMMANDS
        .iter()
        .chain(&[&["whoami"][..], &["token"], &["status"]])
    {
        let output = into(&world, arguments, crate::run::unwritable());
        assert_eq!(output.code, 1, "{arguments:?}: {output:?}");
        for words in [whole, cause] {
            assert!(
                output.stderr.contains(words),
                "{arguments:?}: {}",
                output.stderr
            );
        }
        assert_eq!(
            output.stderr.matches(cause).count(),
            1,
            "{arguments:?}: {}",
            output.stderr
        );
    }
}

#[test]
fn a_reader_that_has_gone_is_no_failure_and_no_word_is_lost_about_it() {
    let world = World::signed_in();
    for arguments in COMMANDS
        .iter()
        .chain(&[&["whoami"][..], &["token"], &["status"]])
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = into(&world, arguments, writer.into());
        assert_eq!(
            (output.code, output.stderr.contains("error")),
            (0, false),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_closed_standard_output_ends_nothing_early() {
    let world = World::signed_in();
    for arguments in [
        "--help",
        "--version",
        "completions zsh",
        "profile list",
        "whoami",
    ] {
        #[cfg(unix)]
        let output = {
            let program = crate::world::program();
            let line = format!("'{program}' {arguments} >&-");
            world.finish(world.command_of("sh", &["-c", &line])).0
        };
        #[cfg(windows)]
        let output = crate::run::without_stdout(&world, &arguments.split(' ').collect::<Vec<_>>());
        assert_eq!((output.code, &*output.stderr), (0, ""), "{arguments}");
    }
}
