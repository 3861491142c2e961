//! What is written about the program exists: every command line, option and variable that the documents, the help and
//! the messages name is held against the definitions of the command line.
//!
//! Command lines are parsed by the parser of the program itself. Words in capitals stand for values.

mod pieces;

use std::collections::BTreeSet;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory as _};
use eprospera::cli::Cli;
use eprospera::env::{OF_THE_OFFICIAL_TOOL, VARIABLES};

use super::shell_lines::commands_of;
use super::texts::texts_below;
use pieces::{Piece, pages, pieces_of_page, pieces_of_program, root};

/// Variables with the prefix of this program that it does not read.
const OTHER_VARIABLES: [(&str, &str); 2] = [
    ("EPROSPERA_TEST_BINARY", "names the build to test"),
    (
        "EPROSPERA_FIRST_SESSION",
        "a secret of a CI job, whose steps name it",
    ),
];

/// Options that stand alone and belong to another program, which the sentence names.
const OTHER_OPTIONS: [(&str, &str); 2] =
    [("--fail", "curl"), ("--api-key", "the official Node tool")];

/// Every long and short option of every command.
fn options() -> BTreeSet<String> {
    fn walk(command: &Command, found: &mut BTreeSet<String>) {
        for one in command.get_arguments() {
            found.extend(one.get_long().map(|long| format!("--{long}")));
            found.extend(one.get_short().map(|short| format!("-{short}")));
        }
        command.get_subcommands().for_each(|sub| walk(sub, found));
    }
    let mut root = Cli::command();
    root.build();
    let mut found = BTreeSet::new();
    walk(&root, &mut found);
    found.extend(["-vv", "-h", "--help"].map(str::to_owned));
    found
}

/// Whether words begin with the name of a command.
fn is_command(words: &[String]) -> bool {
    let first = words.first().map(String::as_str).unwrap_or_default();
    Cli::command().find_subcommand(first).is_some()
}

/// What is wrong with a command line; nothing where only values are missing or stand for others.
fn problem(words: &[String]) -> Option<String> {
    let line = ["eprospera"]
        .into_iter()
        .chain(words.iter().map(String::as_str));
    let error = Cli::command().try_get_matches_from(line).err()?;
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::MissingRequiredArgument
        | ErrorKind::MissingSubcommand
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => None,
        // An option is named with its command, without a value.
        ErrorKind::InvalidValue | ErrorKind::ValueValidation
            if stands_for_another(&text(ContextKind::InvalidValue)) =>
        {
            unknown_option(words)
        }
        ErrorKind::InvalidSubcommand
            if stands_for_another(&text(ContextKind::InvalidSubcommand)) =>
        {
            None
        }
        ErrorKind::UnknownArgument if stands_for_another(&text(ContextKind::InvalidArg)) => None,
        _ => Some(
            error
                .to_string()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned(),
        ),
    }
}

/// Whether a value is empty or in capitals.
fn stands_for_another(value: &str) -> bool {
    !value.starts_with('-') && !value.contains(|letter: char| letter.is_lowercase())
}

fn unknown_option(words: &[String]) -> Option<String> {
    let known = options();
    let named = words.iter().take_while(|word| *word != "--");
    let mut named = named.filter(|word| word.starts_with("--"));
    let unknown =
        named.find(|word| !known.contains(word.split(['=', '[']).next().unwrap_or_default()))?;
    Some(format!("no command has the option {unknown}"))
}

/// What is wrong with a piece of code.
fn problems(piece: &Piece) -> Vec<String> {
    let mut problems = Vec::new();
    let code = piece.code.trim();
    let is_other_option = |word: &str| OTHER_OPTIONS.iter().any(|(other, _)| word == *other);
    if !piece.is_line && code.starts_with("--") {
        let words: Vec<_> = code
            .split([' ', ',', '/'])
            .map(|word| word.trim_matches(['[', ']', '.', '…']).to_owned())
            .collect();
        let words: Vec<_> = words
            .into_iter()
            .filter(|word| !is_other_option(word))
            .collect();
        problems.extend(unknown_option(&words));
    }
    for command in commands_of(code) {
        let (program, words) = command
            .split_first()
            .map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
        if program.rsplit('/').next() == Some("eprospera") {
            problems.extend(problem(words));
        } else if !piece.is_line && is_command(&command) && command.len() > 1 {
            problems.extend(problem(&command));
        }
    }
    problems
}

/// The problems of many pieces, each with its place.
fn with_places(pieces: &[Piece]) -> Vec<String> {
    let placed = pieces.iter().flat_map(|piece| {
        let problems = problems(piece).into_iter();
        problems.map(move |problem| format!("{}: `{}`: {problem}", piece.place, piece.code))
    });
    placed.collect()
}

/// The variables with this program's prefix that a text names and that there are not.
fn unknown_variables(text: &str) -> Vec<String> {
    let is_part = |letter: char| letter.is_ascii_uppercase() || letter == '_';
    let places = text.match_indices("EPROSPERA_").map(|(at, _)| at);
    let names = places.map(|at| {
        let rest = &text[at..];
        let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
        (&rest[..end], rest[end..].starts_with(['*', '{', '…']))
    });
    let is_known = |name: &str, is_prefix: bool| {
        let known = VARIABLES.iter().map(|variable| variable.name);
        let known = known.chain(OTHER_VARIABLES.iter().map(|(name, _)| *name));
        let mut known = known.chain(OF_THE_OFFICIAL_TOOL.iter().map(|(name, _)| *name));
        known.any(|known| {
            known == name || ((is_prefix || name.ends_with('_')) && known.starts_with(name))
        })
    };
    names
        .filter(|(name, is_prefix)| !is_known(name, *is_prefix))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[test]
fn every_command_line_and_option_that_a_page_names_exists() {
    let pages = pages();
    assert!(pages.iter().any(|(name, _)| name == "README.md"));
    let pieces: Vec<_> = pages
        .iter()
        .flat_map(|(name, text)| pieces_of_page(name, text))
        .collect();
    let wrong = with_places(&pieces);
    assert!(pieces.len() > 1000, "{}", pieces.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_command_line_and_option_that_the_program_names_exists() {
    let pieces = pieces_of_program();
    assert!(pieces.len() > 500, "{}", pieces.len());
    let wrong = with_places(&pieces);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_variable_that_a_page_or_the_program_names_exists() {
    let mut wrong = Vec::new();
    for (name, text) in pages() {
        wrong.extend(
            unknown_variables(&text)
                .into_iter()
                .map(|variable| format!("{name}: {variable}")),
        );
    }
    for (file, texts) in texts_below(&root().join("src")) {
        for text in texts {
            wrong.extend(
                unknown_variables(&text)
                    .into_iter()
                    .map(|variable| format!("{}: {variable}", file.display())),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_does_not_exist_is_found_wherever_it_is_named() {
    for (page, part) in [
        ("Run `eprospera lgoin`.", "lgoin"),
        ("Run `eprospera me tax filngs`.", "filngs"),
        ("Use `--chek`.", "--chek"),
        ("Use `status --chek`.", "--chek"),
        ("`eprospera tax filings`", "tax"),
        (
            "```sh\nA=1 eprospera token --typo | eprospera introspect -\n```\n",
            "--typo",
        ),
        (
            "```sh\neprospera token | eprospera introspct -\n```\n",
            "introspct",
        ),
        (
            "```console\n$ eprospera login \\\n    --devise\n```\n",
            "--devise",
        ),
        (
            "```sh\neprospera sandbox exec -- eprospera logn\n```\n",
            "logn",
        ),
        (
            "```sh\n[ \"$(eprospera introspct --jq .active)\" = true ] || eprospera login\n```\n",
            "introspct",
        ),
        ("```sh\neprospera token --type refresh\n```\n", "refresh"),
        ("`eprospera token --format JSN --typo`", "--typo"),
    ] {
        let pieces = pieces_of_page("a page", page);
        let found: Vec<_> = pieces.iter().flat_map(problems).collect();
        assert!(
            found.iter().any(|problem| problem.contains(part)),
            "{page}: {found:?}"
        );
    }
    for page in [
        "`eprospera me tax filing ID`, `eprospera me legal-entities [ID]`, `eprospera login …`",
        "`cargo test --test it`, `--add-scope SCOPE`, `eprospera token --min-ttl DURATION`",
        "```console\n$ eprospera --profile work login < FILE\n--typo\n```\n",
        "```console\n$ eprospera whoami --typo\n? 2\n```\n",
        "`eprospera exec -- make --typo`, `session export`, `status`",
    ] {
        let found: Vec<_> = pieces_of_page("a page", page)
            .iter()
            .flat_map(problems)
            .collect();
        assert!(found.is_empty(), "{page}: {found:?}");
    }
    assert_eq!(
        unknown_variables("set EPROSPERA_STOER or EPROSPERA_STORE_KEY*"),
        ["EPROSPERA_STOER"]
    );
}
