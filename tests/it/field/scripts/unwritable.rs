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

/// Other systems have no file that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_together_with_what_could_not_be_written() {
    let world = World::signed_in();
    let full = || {
        std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    for arguments in COMMANDS
        .iter()
        .chain(&[&["whoami"][..], &["token"], &["status"]])
    {
        let output = into(&world, arguments, full().into());
        assert_eq!(output.code, 1, "{arguments:?}: {output:?}");
        let words = "cannot write to standard output: no space left on device";
        assert!(
            output.stderr.contains(words),
            "{arguments:?}: {}",
            output.stderr
        );
        assert_eq!(
            output.stderr.matches("no space left").count(),
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

/// A shell of Windows cannot close it.
#[cfg(unix)]
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
        let program = crate::world::program();
        let line = format!("'{program}' {arguments} >&-");
        let output = world
            .finish(world.command_of("sh", &["-c", &line]))
            .succeeds();
        assert_eq!(output.stderr, "", "{arguments}");
    }
}
