//! The pieces of code that the documents, the help and the messages have in them.

use std::path::{Path, PathBuf};

use clap::{Command, CommandFactory as _};
use eprospera::cli::{Cli, examples_of};

use crate::cli::shell_lines::placeholders_filled;
use crate::cli::texts::texts_below;
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

/// The first column of its tables is what people type for another program.
const OF_THE_OFFICIAL_TOOL_PAGE: &str = "docs/from-the-official-tool.md";

/// A piece of code in a text, and where it stands.
pub(super) struct Piece {
    pub(super) place: String,
    pub(super) code: String,
    /// Whether it is a whole line that can be run, rather than a name within a sentence.
    pub(super) is_line: bool,
}

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Markdown page, the first heading of the changelog, and skills wherever they are.
pub(super) fn pages() -> Vec<(String, String)> {
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
    let shown = |path: &PathBuf| {
        let path = path.strip_prefix(root()).unwrap();
        path.display().to_string().replace('\\', "/")
    };
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
pub(super) fn pieces_of_page(name: &str, text: &str) -> Vec<Piece> {
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
pub(super) fn pieces_of_program() -> Vec<Piece> {
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
