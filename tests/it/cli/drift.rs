//! What is written about the program exists: every command line, option and variable that the documents, the help and
//! the messages name is held against the definitions of the command line.
//!
//! Command lines are parsed by the parser of the program itself. Words in capitals stand for values.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory as _};
use eprospera::cli::{Cli, examples_of};
use eprospera::env::{OF_THE_OFFICIAL_TOOL, VARIABLES};

use super::shell_lines::{commands_of, placeholders_filled};
use super::texts::texts_below;
use crate::world::World;

/// Pages that name what is not, or no longer, there.
const LEFT_OUT: [(&str, &str); 2] = [
    (
        "docs/texts.md",
        "the texts of the sources, which are read from the sources",
    ),
    (
        "docs/adr",
        "decisions of their time, also about what was given up",
    ),
];

/// Variables with the prefix of this program that it does not read.
const OTHER_VARIABLES: [(&str, &str); 2] = [
    ("EPROSPERA_TEST_BINARY", "names the build to test"),
    (
        "EPROSPERA_FIRST_SESSION",
        "a secret of a CI job, whose steps name it",
    ),
];

/// The first column of its tables is what people type for another program.
const OF_THE_OFFICIAL_TOOL_PAGE: &str = "docs/from-the-official-tool.md";

/// Options that stand alone and belong to another program, which the sentence names.
const OTHER_OPTIONS: [(&str, &str); 2] =
    [("--fail", "curl"), ("--api-key", "the official Node tool")];

/// A piece of code in a text, and where it stands.
struct Piece {
    place: String,
    code: String,
    /// Whether it is a whole line that can be run, rather than a name within a sentence.
    is_line: bool,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Markdown page, the first heading of the changelog, and skills wherever they are.
fn pages() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let is_other = ["target", "node_modules", ".git", "fuzz"].contains(&name.as_str());
            if path.is_dir() && !is_other {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    let shown = |path: &PathBuf| path.strip_prefix(root()).unwrap().display().to_string();
    let kept = files.iter().filter(|path| {
        let name = shown(path);
        !LEFT_OUT
            .iter()
            .any(|(left_out, _)| name.starts_with(left_out))
    });
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        let name = shown(path);
        if name == OF_THE_OFFICIAL_TOOL_PAGE {
            return (name, without_first_cells(&text));
        }
        // What was true of a version that was released stays as it is.
        let end = text
            .match_indices("\n## [")
            .nth(1)
            .filter(|_| name == "CHANGELOG.md");
        let text = end
            .map_or(text.as_str(), |(end, _)| &text[..end])
            .to_owned();
        (name, text)
    };
    kept.map(read).collect()
}

/// A page whose tables have no first column.
fn without_first_cells(text: &str) -> String {
    let rest = |line: &str| {
        let cells = line.strip_prefix("| ")?;
        let (_, others) = cells.split_once(" | ")?;
        Some(format!("| {others}\n"))
    };
    let lines = text.lines();
    lines
        .map(|line| rest(line).unwrap_or_else(|| format!("{line}\n")))
        .collect()
}

/// The code of a page: its blocks and what stands in backticks.
fn pieces_of_page(name: &str, text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut block: Option<(String, String)> = None;
    let mut prose = String::new();
    for (index, line) in text.lines().enumerate() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            if let Some((language, code)) = block.take() {
                pieces.extend(pieces_of_block(
                    &format!("{name}, before line {}", index + 1),
                    &language,
                    &code,
                ));
            } else {
                let end = prose.len();
                pieces.extend(pieces_in_backticks(
                    &format!("{name}, before line {}", index + 1),
                    &prose[..end],
                ));
                prose.clear();
                block = Some((language.trim().to_owned(), String::new()));
            }
        } else if let Some((_, code)) = &mut block {
            code.push_str(line);
            code.push('\n');
        } else if line.trim().is_empty() || line.starts_with('|') {
            prose.push_str(line);
            pieces.extend(pieces_in_backticks(
                &format!("{name}:{}", index + 1),
                &prose,
            ));
            prose.clear();
        } else {
            prose.push_str(line);
            prose.push(' ');
        }
    }
    pieces.extend(pieces_in_backticks(&format!("{name}, at its end"), &prose));
    pieces
}

/// The command lines of a block: those after a prompt, or all lines of a script.
fn pieces_of_block(place: &str, language: &str, code: &str) -> Vec<Piece> {
    let joined = code.replace("\\\n", " ");
    let has_prompts = joined
        .lines()
        .any(|line| line.trim_start().starts_with("$ "));
    let is_script = [
        "sh",
        "bash",
        "yaml",
        "yml",
        "ini",
        "systemd",
        "dockerfile",
        "",
    ]
    .contains(&language);
    let mut pieces = Vec::new();
    let mut lines = joined.lines().map(str::trim_start).peekable();
    while let Some(line) = lines.next() {
        let prompted = line.strip_prefix("$ ");
        // What ends with an error of usage shows what that looks like.
        let is_wrong = lines.peek().is_some_and(|next| *next == "? 2");
        let is_command = line.starts_with("eprospera ") || is_script;
        let code = prompted.or_else(|| (!has_prompts && is_command).then_some(line));
        pieces.extend(code.filter(|_| !is_wrong).map(|code| Piece {
            place: place.to_owned(),
            code: code.replace("[OPTIONS]", ""),
            is_line: true,
        }));
    }
    pieces
}

fn pieces_in_backticks(place: &str, prose: &str) -> Vec<Piece> {
    let inner = prose
        .split('`')
        .enumerate()
        .filter(|(index, _)| index % 2 == 1);
    inner
        .map(|(_, code)| Piece {
            place: place.to_owned(),
            code: code.to_owned(),
            is_line: false,
        })
        .collect()
}

/// What the program says: messages, hints, help, examples, topics and pages about codes.
fn pieces_of_program() -> Vec<Piece> {
    let mut pieces = Vec::new();
    for folder in ["src", "crates/eprospera-sandbox/src"] {
        for (file, texts) in texts_below(&root().join(folder)) {
            for text in texts {
                let place = format!("{folder}/{}: {text:?}", file.display());
                pieces.extend(pieces_in_backticks(&place, &placeholders_filled(&text)));
            }
        }
    }
    add_help("", &Cli::command(), &mut pieces);
    let world = World::new();
    let topics = world.run(&["help"]).succeeds().stdout;
    let (_, topics) = topics.split_once("Help topics:").unwrap();
    for topic in topics
        .lines()
        .filter_map(|line| line.split_whitespace().next())
    {
        let page = world.run(&["help", topic]).succeeds().stdout;
        pieces.extend(pieces_of_page(&format!("`help {topic}`"), &page));
        pieces.extend(pieces_of_block(&format!("`help {topic}`"), "text", &page));
    }
    pieces
}

/// Adds the texts and examples of a command and of those below it.
fn add_help(path: &str, command: &Command, pieces: &mut Vec<Piece>) {
    let place = format!("the help of `{path}`");
    let about = [command.get_about(), command.get_long_about()];
    let arguments = command.get_arguments();
    let helps = arguments.flat_map(|one| [one.get_help(), one.get_long_help()]);
    for text in about.into_iter().chain(helps).flatten() {
        pieces.extend(pieces_in_backticks(&place, &text.to_string()));
    }
    for example in examples_of(path) {
        let code = example.replace("\\\n", " ");
        pieces.push(Piece {
            place: format!("the examples of `{path}`"),
            code,
            is_line: true,
        });
    }
    for sub in command.get_subcommands() {
        add_help(format!("{path} {}", sub.get_name()).trim(), sub, pieces);
    }
}

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
    let wrong: Vec<_> = pieces
        .iter()
        .flat_map(|piece| {
            problems(piece)
                .into_iter()
                .map(move |problem| format!("{}: `{}`: {problem}", piece.place, piece.code))
        })
        .collect();
    assert!(pieces.len() > 1000, "{}", pieces.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_command_line_and_option_that_the_program_names_exists() {
    let pieces = pieces_of_program();
    assert!(pieces.len() > 500, "{}", pieces.len());
    let wrong: Vec<_> = pieces
        .iter()
        .flat_map(|piece| {
            problems(piece)
                .into_iter()
                .map(move |problem| format!("{}: `{}`: {problem}", piece.place, piece.code))
        })
        .collect();
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
