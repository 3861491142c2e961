//! `man`: the manual pages, from the definitions of the command line and the topics of the help.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use clap::Command;
use clap_mangen::Man;

use crate::cli::{ManArgs, documented, examples_of, global_options};
use crate::context::Context;
use crate::error::Error;
use crate::files::quoted;
use crate::help::{Machine, TOPICS, Topic};
use crate::output::Page;

const MANUAL: &str = "eprospera manual";
/// When the texts of the pages changed last: a page without a date puts its other titles in the wrong places.
const DATE: &str = "2026-11-28";
/// The width of a topic in a manual page, which `man` indents by seven columns.
const TOPIC_WIDTH: u16 = 72;

#[expect(
    clippy::disallowed_methods,
    reason = "manual pages are for everyone to read, and can be written again"
)]
pub(super) fn run(args: &ManArgs, context: &Context) -> Result<(), Error> {
    let root = documented(true);
    let Some(folder) = &args.folder else {
        return context.output.data(&page(&root, "")?);
    };
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    let mut pages = Vec::new();
    collect(&root, "", &mut pages)?;
    let machine = Machine {
        environment: &context.environment,
    };
    pages.extend(TOPICS.iter().map(|topic| topic_page(topic, &machine)));
    for (name, text) in &pages {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| unwritable(&path, error))?;
    }
    let first = folder.join("eprospera.1");
    context.output.note(format!(
        "Wrote {} pages to {}. Read the first with: man -l {}",
        pages.len(),
        folder.display(),
        quoted(&first)
    ));
    Ok(())
}

fn unwritable(path: &Path, error: io::Error) -> Error {
    let shown = path.display();
    match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            Error::usage(format!("{shown} is not a folder")).hint("name a folder for the pages")
        }
        io::ErrorKind::PermissionDenied => Error::failure(error)
            .context(format!("cannot write to {shown}"))
            .hint("choose a folder that you may write to"),
        _ => Error::failure(error).context(format!("cannot write to {shown}")),
    }
}

/// Adds the page of a command and those of the commands below it, each with its file name.
fn collect(command: &Command, path: &str, pages: &mut Vec<(String, String)>) -> Result<(), Error> {
    let name = format!("eprospera {path}").trim_end().replace(' ', "-");
    pages.push((format!("{name}.1"), page(command, path)?));
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        let path = format!("{path} {}", sub.get_name());
        collect(sub, path.trim_start(), pages)?;
    }
    Ok(())
}

/// The page of a command in roff.
fn page(command: &Command, path: &str) -> Result<String, Error> {
    let name = format!("eprospera {path}").trim_end().replace(' ', "-");
    let man = Man::new(command.clone())
        .title(name.to_uppercase())
        .section("1")
        .date(DATE)
        .source(concat!("eprospera ", env!("CARGO_PKG_VERSION")))
        .manual(MANUAL);
    let mut page = Vec::new();
    let sections = [
        Man::render_title,
        Man::render_name_section,
        Man::render_synopsis_section,
        Man::render_description_section,
    ];
    for section in sections {
        section(&man, &mut page).map_err(Error::failure)?;
    }
    page.extend(examples(path).into_bytes());
    if command
        .get_arguments()
        .any(|argument| !argument.is_hide_set())
    {
        man.render_options_section(&mut page)
            .map_err(Error::failure)?;
    }
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)
            .map_err(Error::failure)?;
    }
    page.extend(ending(path).into_bytes());
    let page = String::from_utf8(page).map_err(Error::failure)?;
    Ok(without_idle_breaks(&page).replace('\u{a0}', " "))
}

/// A page without line breaks beside empty lines, of which mandoc warns.
fn without_idle_breaks(page: &str) -> String {
    let rows: Vec<_> = page.lines().collect();
    let is_idle = |index: usize| {
        let beside = [index.wrapping_sub(1), index + 1];
        let mut beside = beside.iter().filter_map(|&other| rows.get(other));
        rows[index] == ".br" && beside.any(|&other| other.is_empty() || other == ".sp")
    };
    let kept = (0..rows.len()).filter(|&index| !is_idle(index));
    kept.flat_map(|index| [rows[index], "\n"]).collect()
}

fn examples(path: &str) -> String {
    let mut text = ".SH EXAMPLES\n".to_owned();
    for (index, example) in examples_of(path).iter().enumerate() {
        let gap = if index == 0 { "" } else { ".PP\n" };
        let example = verbatim(example);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{gap}.nf\n.RS 4\n{example}\n.RE\n.fi");
    }
    text
}

/// What every page ends with; the first one has the options of every command.
fn ending(path: &str) -> String {
    let mut text = ".SH GLOBAL OPTIONS\n".to_owned();
    if path.is_empty() {
        for option in global_options() {
            let paragraphs = option
                .paragraphs
                .iter()
                .map(|paragraph| verbatim(paragraph));
            let paragraphs: Vec<_> = paragraphs.collect();
            let _ = writeln!(
                text,
                ".TP\n\\fB{}\\fR\n{}",
                verbatim(&option.spelling),
                paragraphs.join("\n.IP\n")
            );
        }
    } else {
        text.push_str("Every command takes the options in\n.BR eprospera\\-options (7).\n");
    }
    text.push_str(".SH EXIT STATUS\nSee\n.BR eprospera\\-exit\\-codes (7).\n.SH SEE ALSO\n");
    let topics = TOPICS
        .iter()
        .map(|topic| format!("eprospera-{}", topic.name));
    let topics = topics.map(|name| format!(".BR {} (7)", verbatim(&name)));
    let first = (!path.is_empty()).then(|| ".BR eprospera (1)".to_owned());
    let all: Vec<_> = first.into_iter().chain(topics).collect();
    text.push_str(&all.join(",\n"));
    text.push('\n');
    text
}

/// The page of a topic, with its file name.
fn topic_page(topic: &Topic, machine: &Machine<'_>) -> (String, String) {
    let mut page = Page::fitting(TOPIC_WIDTH);
    (topic.describe)(&mut page, machine);
    let text = anstream::adapter::strip_str(&page.render()).to_string();
    let text = of_any_machine(&text, machine);
    let name = format!("eprospera-{}", topic.name);
    let version = env!("CARGO_PKG_VERSION");
    let title = name.to_uppercase();
    let roff = format!(
        ".TH {title} 7 {DATE} \"eprospera {version}\" \"{MANUAL}\"\n.SH NAME\n{} \\- {}\n.SH DESCRIPTION\n.nf\n{}\n.fi\n",
        verbatim(&name),
        verbatim(topic.about),
        verbatim(text.trim_end()),
    );
    (format!("{name}.7"), roff)
}

/// Without the home folder and the variables of the one who makes the pages: they may be for a package.
fn of_any_machine(text: &str, machine: &Machine<'_>) -> String {
    let home = machine.environment.get("HOME").and_then(OsStr::to_str);
    let rows = text.lines().map(|row| {
        let row = row.strip_suffix(" *").unwrap_or(row);
        match home.and_then(|home| row.strip_prefix(home)) {
            Some(below) if below.starts_with('/') => format!("~{below}"),
            _ => row.to_owned(),
        }
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// A text in which roff finds nothing to obey.
fn verbatim(text: &str) -> String {
    let rows = text.lines().map(|row| {
        let row = row
            .replace('\\', "\\e")
            .replace('-', "\\-")
            .replace('\'', "\\(aq");
        let row = row
            .replace('`', "\\(ga")
            .replace('^', "\\(ha")
            .replace('~', "\\(ti");
        if row.starts_with('.') {
            format!("\\&{row}")
        } else {
            row
        }
    });
    rows.collect::<Vec<_>>().join("\n")
}
