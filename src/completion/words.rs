//! Reads the words before the cursor: which of them are values of options, and what belongs at the cursor.
//!
//! It knows the definitions of the command line, not what values there are.

use clap::{Arg, ArgAction, Command, ValueHint};

/// What belongs at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Something that this program knows: commands, flags or values.
    Values,
    /// A file.
    Files,
    /// A folder.
    Folders,
    /// Part of another program's command line, which begins at this word.
    Command(usize),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct CommandLine {
    /// The words, where each option has its value in one word: the engine takes a value that stands apart for a
    /// subcommand if it is called like one.
    pub words: Vec<String>,
    pub wanted: Wanted,
}

impl CommandLine {
    /// Reads the words up to the cursor; the last is the one that is completed.
    pub(super) fn read(root: &Command, words: &[String]) -> Self {
        let Some((current, before)) = words.split_last() else {
            return Self {
                words: Vec::new(),
                wanted: Wanted::Values,
            };
        };
        let mut command = root;
        let mut positionals = 0;
        let mut is_escaped = false;
        let mut pending = None;
        let mut kept: Vec<String> = before.first().cloned().into_iter().collect();
        let mut rest = before.iter().enumerate().skip(1).peekable();
        while let Some((at, word)) = rest.next() {
            if !is_escaped && word == "--" {
                is_escaped = true;
            } else if !is_escaped && word.len() > 1 && word.starts_with('-') {
                let (written, option) = option_of(command, word);
                if let Some(option) = option {
                    let fits = |value: &&(usize, &String)| {
                        option.is_allow_hyphen_values_set() || !value.1.starts_with('-')
                    };
                    if let Some((_, value)) = rest.peek().filter(fits) {
                        let between = if word.starts_with("--") { "=" } else { "" };
                        kept.push(format!("{word}{between}{value}"));
                        rest.next();
                        continue;
                    }
                    if rest.peek().is_none() {
                        pending = Some(option);
                    }
                }
                kept.push(written);
                continue;
            } else if let Some(found) = command
                .find_subcommand(word)
                .filter(|_| !is_escaped && positionals == 0)
            {
                command = found;
            } else {
                if positional(command, positionals, is_escaped).is_some_and(is_command) {
                    return Self {
                        words: Vec::new(),
                        wanted: Wanted::Command(at),
                    };
                }
                positionals += 1;
            }
            kept.push(word.clone());
        }
        let argument = pending.or_else(|| argument_at(command, current, positionals, is_escaped));
        kept.push(current.clone());
        Self {
            words: kept,
            wanted: wanted(argument, before.len()),
        }
    }
}

/// The argument that the word at the cursor is for, or its value.
fn argument_at<'a>(
    command: &'a Command,
    current: &str,
    positionals: usize,
    is_escaped: bool,
) -> Option<&'a Arg> {
    if is_escaped || !current.starts_with('-') || current == "-" {
        return positional(command, positionals, is_escaped);
    }
    let (name, _) = current
        .split_once('=')
        .filter(|_| current.starts_with("--"))?;
    long(command, name)
}

fn wanted(argument: Option<&Arg>, at: usize) -> Wanted {
    match argument.map(Arg::get_value_hint) {
        Some(ValueHint::CommandWithArguments) => Wanted::Command(at),
        Some(ValueHint::FilePath | ValueHint::AnyPath) => Wanted::Files,
        Some(ValueHint::DirPath) => Wanted::Folders,
        _ => Wanted::Values,
    }
}

fn is_command(argument: &Arg) -> bool {
    argument.get_value_hint() == ValueHint::CommandWithArguments
}

/// An option as the engine should read it, and the option itself if its value is the next word.
fn option_of<'a>(command: &'a Command, word: &str) -> (String, Option<&'a Arg>) {
    if word.starts_with("--") {
        if word.contains('=') {
            return (word.to_owned(), None);
        }
        return match long(command, word).filter(|option| takes_value(option)) {
            // Its value is optional, and not the next word.
            Some(option) if option.is_require_equals_set() => (format!("{word}="), None),
            option => (word.to_owned(), option),
        };
    }
    // Of several short flags, the first with a value takes what follows it.
    let mut flags = word.chars().skip(1);
    let with_value = flags.find_map(|flag| {
        let is_named = |option: &&Arg| option.get_short() == Some(flag);
        command
            .get_arguments()
            .find(is_named)
            .filter(|option| takes_value(option))
    });
    (
        word.to_owned(),
        with_value.filter(|_| flags.next().is_none()),
    )
}

fn long<'a>(command: &'a Command, word: &str) -> Option<&'a Arg> {
    let name = word.trim_start_matches('-');
    let is_named = |option: &&Arg| {
        option.get_long() == Some(name)
            || option
                .get_all_aliases()
                .is_some_and(|aliases| aliases.contains(&name))
    };
    command.get_arguments().find(is_named)
}

fn takes_value(argument: &Arg) -> bool {
    matches!(argument.get_action(), ArgAction::Set | ArgAction::Append)
}

/// The argument that takes the next word, after some have been given.
fn positional(command: &Command, given: usize, is_escaped: bool) -> Option<&Arg> {
    let mut end = 0;
    command
        .get_positionals()
        // It takes only what follows `--`.
        .filter(|argument| is_escaped || !argument.is_last_set())
        .find(|argument| {
            let most = argument
                .get_num_args()
                .map_or(1, |range| range.max_values());
            end = most.saturating_add(end);
            given < end
        })
}
