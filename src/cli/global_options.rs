//! The options of every command in words, for their page of help.

use clap::{Arg, CommandFactory as _};

use super::Cli;

/// An option of every command, in words.
#[derive(Debug)]
pub struct GlobalOption {
    /// How it is written, such as `-q, --quiet`.
    pub spelling: String,
    /// What it does.
    pub paragraphs: Vec<String>,
}

/// The options of every command, as they are defined.
pub fn global_options() -> Vec<GlobalOption> {
    let root = Cli::command();
    let globals = root
        .get_arguments()
        .filter(|argument| argument.is_global_set());
    globals.map(in_words).collect()
}

fn in_words(option: &Arg) -> GlobalOption {
    let short = option.get_short().map(|short| format!("-{short}, "));
    let long = option.get_long().unwrap_or_default();
    let value = option
        .get_value_names()
        .filter(|_| option.get_action().takes_values());
    let value = value
        .and_then(|names| names.first())
        .map(|name| format!(" {name}"));
    let help = option.get_long_help().or_else(|| option.get_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    let mut paragraphs: Vec<_> = help.split("\n\n").map(str::to_owned).collect();
    let values = option.get_possible_values();
    if option.get_action().takes_values() && !values.is_empty() {
        let values = values.iter().map(|value| match value.get_help() {
            Some(help) => format!("`{}`: {help}", value.get_name()),
            None => format!("`{}`", value.get_name()),
        });
        paragraphs.push(values.collect::<Vec<_>>().join(". ") + ".");
    }
    GlobalOption {
        spelling: format!(
            "{}--{long}{}",
            short.unwrap_or_default(),
            value.unwrap_or_default()
        ),
        paragraphs,
    }
}
