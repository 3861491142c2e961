//! What a person sees in a terminal of some width. The terminal is that of `script`, which Debian
//! always has.

use std::fmt::Write as _;

use crate::me::{ENTITY, FILING, signed_in_as};
use crate::terminal::without_waits;
use crate::world::World;

/// Runs a command in a terminal that is this many columns wide.
fn shown(world: &World, columns: u16, words: &str) -> String {
    let program = crate::world::program();
    let line = format!("stty cols {columns} rows 50; exec '{program}' {words}");
    let terminal = format!("exec script -qec \"{line}\" /dev/null");
    let mut command = tokio::process::Command::new("sh");
    command.args(["-c", &terminal]);
    // The same surroundings as every other command of this world.
    let plain = world.command(&[]);
    let variables = plain.as_std().get_envs();
    command.env_clear();
    command.envs(variables.filter_map(|(name, value)| Some((name, value?))));
    command.env("SHELL", "/bin/sh").env("TERM", "xterm");
    command.stdin(std::process::Stdio::null());
    command.stdout(std::process::Stdio::piped());
    command.stderr(std::process::Stdio::piped());
    let output = world.finish(command).succeeds();
    without_waits(&output.stdout).replace("\r\n", "\n")
}

#[test]
fn everything_fits_the_terminal_it_is_shown_in() {
    let world = signed_in_as("resident");
    for columns in [40, 80, 120] {
        let mut transcript = String::new();
        for words in [
            "me natural-person",
            "me residency",
            "me id-verification",
            "me documents",
            "me legal-entities",
            &format!("me legal-entities {ENTITY}"),
            &format!("me legal-entities {ENTITY} documents"),
            "me tax summary",
            "me tax filings",
            &format!("me tax filing {FILING}"),
        ] {
            let screen = shown(&world, columns, &format!("{words} --color never"));
            // Sentences and headings are left to the terminal.
            let too_long = |row: &&str| row.chars().count() > usize::from(columns);
            let row = screen.lines().find(too_long).unwrap_or_default();
            assert!(row.is_empty() || columns < 60, "{columns}: {row}");
            write!(transcript, "\n$ eprospera {words}\n{screen}").unwrap();
        }
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("{columns}_columns"), transcript);
        });
    }
}

#[test]
fn a_terminal_gets_a_table_with_a_heading_that_stands_out() {
    let world = signed_in_as("resident");
    let screen = shown(&world, 80, "me tax summary");
    assert!(screen.contains("\u{1b}[1mAmara"), "{screen:?}");
    let plain = shown(&world, 80, "me tax summary --color never");
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    let json = shown(&world, 40, "me residency --json");
    assert!(
        json.contains("\u{1b}[1m\u{1b}[34m\"activeResidency\""),
        "{json:?}"
    );
}
