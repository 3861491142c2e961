//! The whole command line in one reference, so that no flag appears, goes or changes unseen.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory as _};
use eprospera::cli::Cli;

use crate::world::World;

/// Every command with its path, in the order of the help.
fn commands() -> Vec<(Vec<String>, Command)> {
    fn walk(path: &[String], command: &Command, found: &mut Vec<(Vec<String>, Command)>) {
        found.push((path.to_vec(), command.clone()));
        for sub in command
            .get_subcommands()
            .filter(|sub| sub.get_name() != "help")
        {
            walk(&[path, &[sub.get_name().to_owned()]].concat(), sub, found);
        }
    }
    let mut root = Cli::command();
    root.build();
    let mut found = Vec::new();
    walk(&[], &root, &mut found);
    found
}

#[test]
fn the_reference_of_all_commands_is_as_it_was_agreed() {
    let world = World::new();
    let mut reference = String::new();
    for (path, command) in commands() {
        if command.is_hide_set() || path.first().is_some_and(|first| first == "auth") {
            continue;
        }
        let words: Vec<_> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let help = world.run(&words).succeeds();
        assert_eq!(help.stderr, "");
        // The options of every command are told once.
        let text = match help.stdout.split_once("\nGlobal options:\n") {
            Some((own, rest)) if !path.is_empty() => {
                let after = rest
                    .split("\n\n")
                    .find(|part| part.starts_with(|first: char| !first.is_whitespace()));
                let tail = after
                    .and_then(|after| rest.find(after))
                    .map_or("", |at| &rest[at..]);
                format!("{own}\n{tail}")
            }
            _ => help.stdout.clone(),
        };
        let title = [&["eprospera"], &words[..words.len() - 1]]
            .concat()
            .join(" ");
        writeln!(reference, "## {title}\n\n{}\n", text.trim_end()).unwrap();
    }
    insta::assert_snapshot!(reference);
}

#[test]
fn every_command_and_every_flag_has_help_in_one_style() {
    for (path, command) in commands() {
        let name = path.join(" ");
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        assert_in_style(&about, &name);
        for argument in command.get_arguments() {
            let help = argument
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert_in_style(&help, &format!("{name} {}", argument.get_id()));
        }
    }
}

fn assert_in_style(text: &str, whose: &str) {
    assert!(!text.is_empty(), "{whose} has no help");
    assert!(!text.ends_with('.'), "{whose}: a full stop in {text:?}");
    let first = text.chars().next().unwrap();
    assert!(
        first.is_uppercase() || !first.is_alphabetic(),
        "{whose}: {text:?}"
    );
}

#[test]
fn no_secret_can_be_given_as_a_flag() {
    let is_secret = |argument: &Arg| {
        let long = argument.get_long().unwrap_or_default();
        ["secret", "store-key", "refresh-token", "password"]
            .iter()
            .any(|word| long.contains(word))
    };
    for (path, command) in commands() {
        assert!(!command.get_arguments().any(is_secret), "{path:?}");
    }
}

#[test]
fn the_version_is_the_packages() {
    let world = World::new();
    let version = format!("eprospera {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(world.run(&["--version"]).succeeds().stdout, version);
    assert_eq!(world.run(&["-V"]).succeeds().stdout, version);
}

#[test]
fn every_variable_in_the_help_is_one_that_the_program_knows() {
    let help = World::new().run(&["--help"]).succeeds().stdout;
    let words = help.split(|letter: char| !letter.is_ascii_uppercase() && letter != '_');
    let named: Vec<_> = words
        .filter(|word| word.starts_with("EPROSPERA_"))
        .collect();
    assert!(named.len() >= 9, "{named:?}");
    for name in named {
        assert!(
            include_str!("../../../src/env.rs").contains(&format!("\"{name}\"")),
            "{name}"
        );
    }
}
