//! What the help of a command looks like: what it does, usage, examples, its own options, and one line about
//! the options of every command.

use std::fmt::Write as _;

use clap::builder::{Resettable, StyledStr, Styles};
use clap::{Command, CommandFactory as _};

use super::{Cli, examples_of};
use crate::output::{HEADING, INPUT, with_code};

/// Longer lines are hard to read, however wide a terminal is.
const MAX_WIDTH: usize = 100;

/// The commands in groups, as the help of the program shows them.
const GROUPS: &[(&str, &[&str])] = &[
    ("Sign in", &["login", "logout", "status", "whoami"]),
    ("Your data", &["me", "api", "scopes"]),
    (
        "Scripting",
        &["token", "exec", "serve", "decode-id-token", "introspect"],
    ),
    ("Sessions and profiles", &["refresh", "session", "profile"]),
    #[cfg(feature = "sandbox")]
    ("Test your client", &["sandbox", "demo"]),
    (
        "Help",
        &["doctor", "explain", "help", "schema", "man", "completions"],
    ),
];

const TOPICS: &str = "Help on commands and topics: run `eprospera help`";
const GLOBAL_OPTIONS: &str = "Global options: run `eprospera help options`";

/// The command line with its help as people see it. The options of every command are hidden: they have a topic of
/// their own. `is_long` is about the page of the program, which is laid out here and not by clap.
pub fn documented(is_long: bool) -> Command {
    let root = Cli::command()
        .styles(
            Styles::styled()
                .header(HEADING)
                .usage(HEADING)
                .literal(INPUT)
                .placeholder(INPUT),
        )
        .max_term_width(MAX_WIDTH)
        .mut_args(|argument| {
            let is_global = argument.is_global_set();
            argument.hide(is_global)
        });
    // clap would wrap what it takes as a text, and a text with colours at the wrong place.
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{}",
        overview(&root, is_long)
    );
    let mut root = root
        .mut_subcommands(|sub| laid_out(sub, ""))
        .help_template(template)
        .override_usage("eprospera [OPTIONS] COMMAND");
    root.build();
    root
}

/// The title of the group that a command is in, by its first word.
pub fn group_of(name: &str) -> Option<&'static str> {
    let mut groups = GROUPS.iter();
    let group = groups.find(|(_, names)| names.contains(&name));
    group.map(|(title, _)| *title)
}

/// The page of a command, by its path. Where a word names no command, its place in the path.
pub fn page_of(path: &[impl AsRef<str>]) -> Result<String, usize> {
    let root = documented(true);
    let mut command = &root;
    for (index, word) in path.iter().enumerate() {
        command = command.find_subcommand(word.as_ref()).ok_or(index)?;
    }
    let words = path.iter().map(AsRef::as_ref);
    let words = ["eprospera"].into_iter().chain(words).chain(["--help"]);
    let page = root.clone().try_get_matches_from(words).err();
    Ok(page.as_ref().map(rendered).unwrap_or_default())
}

/// The help of one command and of those below it.
fn laid_out(command: Command, above: &str) -> Command {
    let path = format!("{above}{}", command.get_name());
    let mut template = "{about-with-newline}\n{usage-heading} {usage}\n".to_owned();
    // Writing to a String cannot fail.
    let _ = write!(
        template,
        "\n{}\n{{all-args}}\n\n{}",
        examples(&path),
        with_code(GLOBAL_OPTIONS)
    );
    let below = format!("{path} ");
    let about = command.get_long_about().map(whole_commands);
    let command = command.help_template(template).mut_args(|argument| {
        let help = argument.get_help().map(whole_commands);
        let long = argument.get_long_help().map(whole_commands);
        argument
            .help(Resettable::from(help))
            .long_help(Resettable::from(long))
    });
    command
        .long_about(Resettable::from(about))
        .mut_subcommands(|sub| laid_out(sub, &below))
}

/// Stands for a blank at which no line may end.
const NO_BREAK: &str = "\u{a0}";

/// A text in which commands stay in one line, so that they can be copied.
fn whole_commands(text: &StyledStr) -> StyledStr {
    let text = text.to_string();
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        0 => part.to_owned(),
        _ => part.replace(' ', NO_BREAK),
    });
    parts.collect::<Vec<_>>().join("`").into()
}

/// A page of [`documented`] as it is printed, in colour.
pub fn rendered(page: &clap::Error) -> String {
    page.render().ansi().to_string().replace(NO_BREAK, " ")
}

/// The examples of a command under their heading.
fn examples(path: &str) -> String {
    let mut text = format!("{HEADING}Examples:{HEADING:#}\n");
    for example in examples_of(path) {
        let mut prompt = "$ ";
        for row in example.lines() {
            let _ = writeln!(text, "  {prompt}{INPUT}{row}{INPUT:#}");
            prompt = "  ";
        }
    }
    text
}

/// Examples, the commands in groups, and what else there is.
fn overview(root: &Command, is_long: bool) -> String {
    let gap = if is_long { "\n" } else { "" };
    let mut text = examples("");
    for (index, (title, names)) in GROUPS.iter().enumerate() {
        let gap = if index == 0 { "\n" } else { gap };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{gap}{HEADING}{title}:{HEADING:#}");
        for name in *names {
            let about = root.find_subcommand(name).and_then(Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(text, "  {INPUT}{name:<16}{INPUT:#} {about}");
        }
    }
    let _ = write!(
        text,
        "\n{}\n{}",
        with_code(GLOBAL_OPTIONS),
        with_code(TOPICS)
    );
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_command_is_in_one_group_and_its_row_fits_80_columns() {
        let root = Cli::command();
        let commands = root.get_subcommands().filter(|sub| !sub.is_hide_set());
        let commands: BTreeSet<_> = commands.map(|sub| sub.get_name().to_owned()).collect();
        let grouped: Vec<_> = GROUPS.iter().flat_map(|(_, names)| *names).collect();
        assert_eq!(grouped.len(), commands.len());
        assert_eq!(
            grouped
                .into_iter()
                .map(|&name| name.to_owned())
                .collect::<BTreeSet<_>>(),
            commands
        );
        let plain = anstream::adapter::strip_str(&overview(&root, true)).to_string();
        for row in plain.lines() {
            assert!(row.chars().count() <= 80, "{row}");
        }
    }
}
