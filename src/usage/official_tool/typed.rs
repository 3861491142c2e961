//! A command line taken apart with the options of both tools in mind.

use std::ffi::OsString;

use clap::Command;

use super::table::{
    Becomes, COMMANDS, GLOBAL_OPTIONS, GlobalOption, OfficialCommand, OfficialOption,
};
use crate::cli::{built, is_option_of, takes_next_word};

/// What was typed.
pub(super) struct Typed {
    program: OsString,
    /// The words that are neither options nor their values.
    pub words: Vec<String>,
    /// Options of this program, each with its value.
    pub ours: Vec<Vec<OsString>>,
    /// Options that only a command of the official tool has, with their values.
    pub options: Vec<(&'static OfficialOption, Option<String>)>,
    /// Options that all commands of the official tool have. The key of `--api-key` is not kept.
    pub global_options: Vec<GlobalOption>,
    /// From `--` on, or the command of `exec`.
    rest: Vec<OsString>,
}

impl Typed {
    pub(super) fn read(arguments: &[OsString]) -> Self {
        let mut arguments = arguments.iter().peekable();
        let mut typed = Self {
            program: arguments.next().cloned().unwrap_or_default(),
            words: Vec::new(),
            ours: Vec::new(),
            options: Vec::new(),
            global_options: Vec::new(),
            rest: Vec::new(),
        };
        let root = built();
        while let Some(argument) = arguments.next() {
            let text = argument.to_string_lossy();
            let is_option = text.len() > 1 && text.starts_with('-');
            let command = typed.command(&root);
            let is_exec = command.is_some_and(|found| found.get_name() == "exec");
            if text == "--" || (!is_option && is_exec) {
                typed.rest.push(argument.clone());
                typed.rest.extend(arguments.cloned());
                break;
            }
            if is_option {
                typed.take_option(argument, command.unwrap_or(&root), &mut || {
                    arguments.next().cloned()
                });
            } else {
                typed.words.push(text.into_owned());
            }
        }
        typed
    }

    /// Takes an option, and its value from the next word where it has one there.
    fn take_option(
        &mut self,
        argument: &OsString,
        command: &Command,
        next: &mut dyn FnMut() -> Option<OsString>,
    ) {
        let text = argument.to_string_lossy();
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (text.as_ref(), None),
        };
        if let Some(option) = self.official_option(name) {
            let value = match value {
                None if option.becomes.takes_value() => {
                    next().map(|value| value.to_string_lossy().into_owned())
                }
                value => value,
            };
            if option.becomes.is_ours(value.as_deref()) {
                let value = value.unwrap_or_default();
                self.ours.push(vec![name.into(), value.into()]);
            } else {
                self.options.push((option, value));
            }
        } else if let Some(option) = global_option(name).filter(|_| !is_option_of(command, name)) {
            if option == GlobalOption::ApiKey && value.is_none() {
                next();
            }
            self.global_options.push(option);
        } else {
            let mut option = vec![argument.clone()];
            if takes_next_word(command, &text) {
                option.extend(next());
            }
            self.ours.push(option);
        }
    }

    /// The command of the official tool that was typed, if it is one.
    pub(super) fn official(&self) -> Option<&'static OfficialCommand> {
        let begins = |command: &&OfficialCommand| {
            let words = self.words.iter().map(String::as_str);
            words
                .take(command.words.len())
                .eq(command.words.iter().copied())
        };
        let found = COMMANDS.iter().filter(begins);
        found.max_by_key(|command| command.words.len())
    }

    fn official_option(&self, name: &str) -> Option<&'static OfficialOption> {
        let options = self.official()?.options;
        options.iter().find(|option| option.name == name)
    }

    /// The command of this program that the words name or come to.
    pub(super) fn command<'a>(&self, root: &'a Command) -> Option<&'a Command> {
        let words = match self.official() {
            Some(official) => official.own_words(&self.words),
            None => self.words.clone(),
        };
        let mut command = root;
        for word in &words {
            match command.find_subcommand(word) {
                Some(sub) => command = sub,
                None => break,
            }
        }
        (!std::ptr::eq(command, root)).then_some(command)
    }

    pub(super) fn has(&self, option: GlobalOption) -> bool {
        self.global_options.contains(&option)
    }

    /// Whether an option of this program was typed.
    pub(super) fn has_ours(&self, name: &str) -> bool {
        let mut given = self.ours.iter().filter_map(|option| option.first());
        given.any(|option| {
            let option = option.to_string_lossy();
            option.split('=').next() == Some(name)
        })
    }

    /// The whole command line with other words and more options.
    pub(super) fn with(&self, words: Vec<String>, options: Vec<OsString>) -> Vec<OsString> {
        let words = words.into_iter().map(OsString::from);
        let ours = self.ours.iter().flatten().cloned();
        let line = [self.program.clone()].into_iter().chain(words).chain(ours);
        line.chain(options)
            .chain(self.rest.iter().cloned())
            .collect()
    }
}

fn global_option(name: &str) -> Option<GlobalOption> {
    let mut known = GLOBAL_OPTIONS.iter();
    known
        .find(|(known, _)| *known == name)
        .map(|(_, option)| *option)
}

impl Becomes {
    fn takes_value(self) -> bool {
        !matches!(self, Self::True(_) | Self::Flag(_) | Self::Key)
    }

    /// Whether what was typed is the option of the same name of this program.
    fn is_ours(self, value: Option<&str>) -> bool {
        matches!(self, Self::Download) && matches!(value, Some("auto" | "table" | "json"))
    }
}
