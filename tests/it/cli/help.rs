//! The whole command line in one reference, so that no flag appears, goes or changes unseen.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory as _};
use eprospera::cli::{Cli, documented, examples_of};

use crate::world::World;

/// Every command with its path, in the order of the help.
fn commands() -> Vec<(Vec<String>, Command)> {
    fn walk(path: &[String], command: &Command, found: &mut Vec<(Vec<String>, Command)>) {
        found.push((path.to_vec(), command.clone()));
        for sub in command.get_subcommands() {
            walk(&[path, &[sub.get_name().to_owned()]].concat(), sub, found);
        }
    }
    let mut root = Cli::command();
    root.build();
    let mut found = Vec::new();
    walk(&[], &root, &mut found);
    found
}

/// The help of every command as a terminal of 80 columns shows it: its path, `-h` and `--help`.
fn pages() -> Vec<(String, String, String)> {
    fn narrow(command: Command) -> Command {
        command.term_width(80).mut_subcommands(narrow)
    }
    let page = |path: &[String], flag: &str| {
        let words = ["eprospera"]
            .into_iter()
            .chain(path.iter().map(String::as_str));
        let command = narrow(documented(flag == "--help"));
        let page = command.try_get_matches_from(words.chain([flag]));
        page.unwrap_err().to_string().replace('\u{a0}', " ")
    };
    let all = commands().into_iter();
    all.map(|(path, _)| (path.join(" "), page(&path, "-h"), page(&path, "--help")))
        .collect()
}

#[test]
fn the_reference_of_all_commands_is_as_it_was_agreed() {
    let mut reference = String::new();
    for (path, _, long) in pages() {
        let title = format!("eprospera {path}");
        writeln!(
            reference,
            "## {}\n\n{}\n",
            title.trim_end(),
            long.trim_end()
        )
        .unwrap();
    }
    insta::assert_snapshot!(reference);
}

#[test]
fn a_command_prints_the_page_that_help_prints_for_it() {
    let world = World::new();
    for path in [
        "",
        "login",
        "me tax",
        "me tax filings",
        "session export",
        "profile set",
    ] {
        let words: Vec<_> = path.split_whitespace().collect();
        let help = world.run(&[&words[..], &["--help"]].concat()).succeeds();
        assert_eq!(help.stderr, "");
        let named = world.run(&[&["help"], &words[..]].concat()).succeeds();
        assert!(named.stdout.starts_with(help.stdout.trim_end()), "{path}");
        if let Some((last, above)) = words.split_last().filter(|(_, above)| !above.is_empty()) {
            let below = world.run(&[above, &["help", last]].concat()).succeeds();
            assert_eq!(below.stdout, help.stdout);
        }
        let short = world.run(&[&words[..], &["-h"]].concat()).succeeds();
        assert!(
            short
                .stdout
                .contains("Global options: run `eprospera help options`")
        );
    }
}

#[test]
fn a_short_help_fits_a_screen() {
    for (path, short, _) in pages() {
        let most = match path.as_str() {
            "" => 45,
            _ => 30,
        };
        let lines = short.lines().count();
        assert!(lines <= most, "{path}: {lines} lines\n{short}");
    }
}

#[test]
fn no_line_of_help_is_wider_than_80_columns() {
    for (path, short, long) in pages() {
        for row in short.lines().chain(long.lines()) {
            assert!(row.chars().count() <= 80, "{path}: {row}");
        }
    }
}

#[test]
fn every_help_has_its_examples_before_its_options_and_one_line_about_global_options() {
    for (path, short, long) in pages() {
        for page in [&short, &long] {
            assert!(!page.contains("--client-id <"), "{path}:\n{page}");
            assert_eq!(
                page.matches("eprospera help options").count(),
                1,
                "{path}:\n{page}"
            );
        }
        let examples = long.find("Examples:\n  $ ");
        assert!(examples.is_some(), "{path}:\n{long}");
        let options = long.find("\nOptions:").unwrap_or(long.len());
        assert!(examples.unwrap() < options, "{path}");
        assert!(
            path.is_empty() || short.contains("Examples:\n  $ "),
            "{path}"
        );
    }
}

/// The words of each `eprospera` in a line of a shell.
fn invocations(example: &str) -> Vec<Vec<String>> {
    let line = example.replace("\\\n", " ");
    let words = shlex::split(&line).unwrap_or_else(|| panic!("{line}"));
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut is_inside = false;
    for word in words {
        match word.as_str() {
            "|" | ">" | "<" | "&&" => is_inside = false,
            // Behind `--` it is the command of another.
            "eprospera"
                if !is_inside
                    || found
                        .last()
                        .and_then(|words| words.last())
                        .map(String::as_str)
                        != Some("--") =>
            {
                is_inside = true;
                found.push(vec![word]);
            }
            _ if is_inside => found.last_mut().unwrap().push(word),
            _ => {}
        }
    }
    found
}

#[test]
fn every_example_is_understood_and_is_about_its_command() {
    for (path, _) in commands() {
        let path = path.join(" ");
        let examples = examples_of(&path);
        assert!(!examples.is_empty(), "{path} has no example");
        for example in examples {
            for row in example.lines() {
                assert!(row.chars().count() + 4 <= 78, "{row}");
            }
            let invocations = invocations(example);
            assert!(!invocations.is_empty(), "{example}");
            for words in invocations {
                let parsed = Cli::command().try_get_matches_from(&words);
                assert!(parsed.is_ok(), "{example}: {}", parsed.unwrap_err());
            }
            let name = path.replace("me natural-person", "me");
            let own: Vec<_> = name.split(' ').collect();
            assert!(
                own.iter().all(|word| example.contains(word)),
                "{path}: {example}"
            );
        }
    }
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
    let help = World::new().run(&["help", "options"]).succeeds().stdout;
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

#[test]
fn a_misspelt_command_or_topic_names_the_nearest() {
    let world = World::new();
    for (line, hint) in [
        ("logni", "`eprospera login`"),
        ("me tax filngs", "`eprospera me tax filings`"),
        ("status --chek", "`--check`"),
        ("status --output jsn", "`json`"),
        ("help logni", "`eprospera help login`"),
        ("help exit-cods", "`eprospera help exit-codes`"),
        ("help me tx", "`eprospera help me tax`"),
    ] {
        let words: Vec<_> = line.split(' ').collect();
        let error = world
            .run(&[&words[..], &["--json"]].concat())
            .exits(2)
            .error();
        assert_eq!(error["code"], "usage");
        let found = error["hint"].as_str().unwrap();
        assert!(
            found.contains(&format!("did you mean {hint}?")),
            "{line}: {error}"
        );
        let people = world
            .run(&[&words[..], &["--output", "table"]].concat())
            .exits(2);
        let is_ours = people.stderr.starts_with("error: ") && people.stderr.contains("\nhint: ");
        assert!(is_ours || line.contains("--output"), "{people:#?}");
        assert!(!people.stderr.contains("Usage:"), "{people:#?}");
    }
    for line in ["help nope", "help", "help me nope", "help \u{1b}[31m"] {
        let words: Vec<_> = line.split(' ').collect();
        let run = world.run(&words);
        if line == "help" {
            let page = run.succeeds().stdout;
            assert!(
                page.contains("Help topics:") && page.contains("exit-codes"),
                "{page}"
            );
        } else {
            let stderr = run.exits(2).stderr;
            assert!(
                !stderr.contains('\u{1b}') && !stderr.contains("did you mean"),
                "{stderr}"
            );
        }
    }
}

#[test]
fn the_official_tools_names_work() {
    let world = World::signed_in();
    for (alias, name) in [
        (["auth", "token"], ["token", ""]),
        (["auth", "whoami"], ["whoami", ""]),
        (["me", "profile"], ["me", "natural-person"]),
    ] {
        let name: Vec<_> = name.into_iter().filter(|word| !word.is_empty()).collect();
        let expected = world.run(&name).succeeds().stdout;
        assert_eq!(world.run(&alias).succeeds().stdout, expected);
    }
    // Its figures count down.
    let issuer = |line: &[&str]| world.run(line).succeeds().json()["issuer"].clone();
    assert_eq!(issuer(&["auth", "status"]), issuer(&["status"]));
    let before = world.run(&["token"]).succeeds().stdout;
    world.run(&["auth", "refresh"]).succeeds();
    assert_ne!(world.run(&["token"]).succeeds().stdout, before);
}
