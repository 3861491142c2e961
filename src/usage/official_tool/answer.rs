//! What a command line of the official tool comes to here.

use std::ffi::OsString;
use std::path::Path;

use super::request_line;
use super::table::{Answer, Becomes, COMMANDS, GROUPS, GlobalOption, OfficialCommand};
use super::typed::Typed;
use crate::cli::{built, command_line};
use crate::env;
use crate::error::Error;
use crate::files::quoted;
use crate::nearest::nearest;

/// What a command line of the official tool comes to.
#[derive(Debug)]
pub(crate) enum Translation {
    /// The same in the words of this program.
    Works(Vec<OsString>),
    /// What to use instead.
    Instead(Error),
}

pub(super) fn to(typed: &Typed) -> Option<Translation> {
    let instead = |error| Some(Translation::Instead(error));
    let official = typed.official().or_else(|| nearest_of_group(typed));
    if official.is_none() && typed.global_options.is_empty() {
        return None;
    }
    if typed.has(GlobalOption::ApiKey) {
        return instead(key_on_the_command_line(typed, official));
    }
    let Some(official) = official else {
        return Some(works(typed, typed.words.clone()));
    };
    let name = || {
        format!(
            "`{}` is a command of the official Node tool",
            command_line(official.words, &[])
        )
    };
    match &official.answer {
        Answer::Works(_) => Some(works(typed, official.own_words(&typed.words))),
        Answer::Use(_) | Answer::Api(_) => {
            instead(Error::usage(name()).hint(advice(typed, official)))
        }
    }
}

/// The words that say what to use, with the line itself.
fn advice(typed: &Typed, official: &OfficialCommand) -> String {
    match &official.answer {
        Answer::Works(_) => format!(
            "use `{}`",
            shown(&rewritten(typed, official.own_words(&typed.words)))
        ),
        Answer::Use(template) => format!(
            "use `{}`",
            official.filled(template, &typed.words, true).join(" ")
        ),
        Answer::Api(request) => {
            let line = request_line::of(request, official, typed);
            let key = request_line::key(request.key);
            let note = match request.note {
                "" => String::new(),
                note => format!("; {note}"),
            };
            format!("use `{line}`{key}{note}")
        }
    }
}

/// The command that a word after the name of a group was probably meant to be, else the first one.
fn nearest_of_group(typed: &Typed) -> Option<&'static OfficialCommand> {
    let group = typed.words.first()?;
    if !GROUPS.contains(&group.as_str()) {
        return None;
    }
    let of_group = || COMMANDS.iter().filter(|command| command.words[0] == group);
    let second = typed.words.get(1).map_or("", String::as_str);
    let names = of_group().filter_map(|command| command.words.get(1).copied());
    let near = nearest(second, names);
    let found =
        near.and_then(|near| of_group().find(|command| command.words.get(1) == Some(&near)));
    found.or_else(|| of_group().next())
}

/// A command line that works here.
fn works(typed: &Typed, words: Vec<String>) -> Translation {
    let instead = Translation::Instead;
    if typed.has(GlobalOption::DryRun) {
        let error = Error::usage("only `eprospera api` has `--dry-run`");
        let is_read = words.first().is_some_and(|word| word == "me");
        return instead(if is_read {
            error.hint("leave it out: this command changes nothing on the portal")
        } else {
            error.hint("run `eprospera api --help`")
        });
    }
    for (option, value) in &typed.options {
        match option.becomes {
            Becomes::Key => return instead(keys_are_not_stored()),
            Becomes::Download => {
                let folder = Path::new(value.as_deref().unwrap_or_default()).parent();
                let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
                let folder = folder.unwrap_or(Path::new("."));
                let line = shown(&rewritten(typed, words));
                return instead(
                    Error::usage("`--output` chooses the format here, not the file to save")
                        .hint(format!("use `{line} --download {}`", quoted(folder))),
                );
            }
            _ => {}
        }
    }
    Translation::Works(rewritten(typed, words))
}

/// The words of a command of this program, with all options of both tools.
fn rewritten(typed: &Typed, words: Vec<String>) -> Vec<OsString> {
    let path: Vec<_> = words.iter().map(String::as_str).collect();
    let mut options = Vec::new();
    for option in &typed.global_options {
        options.extend(own_options(typed, *option, &path));
    }
    for (option, value) in &typed.options {
        let value = value.clone().unwrap_or_default();
        match option.becomes {
            Becomes::Flag("") => {}
            Becomes::Flag(flag) => options.push(flag.to_owned()),
            Becomes::List(flag) => options.extend([flag.to_owned(), value]),
            _ => {}
        }
    }
    typed.with(words, options.into_iter().map(OsString::from).collect())
}

/// What an option of all commands of the official tool is for a command of this program.
fn own_options(typed: &Typed, option: GlobalOption, path: &[&str]) -> Vec<String> {
    let has = |names: &[&str]| names.iter().any(|name| typed.has_ours(name));
    let options: &[&str] = match (option, path) {
        (GlobalOption::Yes, ["me", "tax", "download", ..])
            if !has(&["--force", "--skip-existing"]) =>
        {
            &["--force"]
        }
        (GlobalOption::Yes, ["login"] | ["auth", "login"]) if !has(&["--replace"]) => {
            &["--replace"]
        }
        (GlobalOption::Raw, ["completions", ..]) => &[],
        (GlobalOption::Raw, _) if !has(&["--jq"]) => &["--jq", "."],
        (GlobalOption::NoAutoJson, _)
            if !has(&["--json", "--output", "--jq"]) && !typed.has(GlobalOption::Raw) =>
        {
            &["--output", "table"]
        }
        _ => &[],
    };
    options.iter().map(|option| (*option).to_owned()).collect()
}

/// The words of a line after the program, as a person can paste them.
fn shown(line: &[OsString]) -> String {
    let words: Vec<_> = line.iter().skip(1).map(quoted).collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    command_line(&words, &[])
}

const WHERE_KEYS_GO: &str = "put the key in a file, and its path in ";

fn key_on_the_command_line(typed: &Typed, official: Option<&OfficialCommand>) -> Error {
    let line = match official {
        Some(official)
            if typed
                .options
                .iter()
                .all(|(option, _)| !matches!(option.becomes, Becomes::Key)) =>
        {
            advice(typed, official)
        }
        None if typed.command(&built()).is_some() => {
            format!("use `{}`", shown(&rewritten(typed, typed.words.clone())))
        }
        _ => String::new(),
    };
    let error = Error::usage("`--api-key` is not accepted: other programs can read a command line");
    let place = format!(
        "{WHERE_KEYS_GO}{} (or the key in {})",
        env::TOKEN_FILE,
        env::TOKEN
    );
    match line.as_str() {
        "" => error.hint(place),
        // It says where the key goes already.
        line => error.hint(format!(
            "{place}; then {}",
            line.trim_end_matches(request_line::WITH_A_KEY)
        )),
    }
}

fn keys_are_not_stored() -> Error {
    Error::usage("this program does not store API keys").hint(format!(
        "{WHERE_KEYS_GO}{} (or the key in {}); to sign in yourself, run `eprospera login`",
        env::TOKEN_FILE,
        env::TOKEN
    ))
}

impl OfficialCommand {
    /// The words of this program that it comes to; none for a request.
    pub(super) fn own_words(&self, typed: &[String]) -> Vec<String> {
        match self.answer {
            Answer::Works(template) => self.filled(template, typed, false),
            Answer::Api(_) => vec!["api".to_owned()],
            Answer::Use(_) => Vec::new(),
        }
    }

    /// A template with the arguments that were typed, and those that it does not name at its end.
    fn filled(&self, template: &str, typed: &[String], is_shown: bool) -> Vec<String> {
        let arguments = typed.get(self.words.len()..).unwrap_or_default();
        let mut used = 0;
        let mut words = Vec::new();
        for word in template.split(' ') {
            let index = word
                .strip_prefix('{')
                .and_then(|word| word.strip_suffix('}'));
            match index.and_then(|index| index.parse::<usize>().ok()) {
                None => words.push(word.to_owned()),
                Some(index) => {
                    used = used.max(index + 1);
                    match arguments.get(index) {
                        Some(argument) if is_shown => words.push(quoted(argument)),
                        Some(argument) => words.push(argument.clone()),
                        None if is_shown => words.push(self.arguments[index].to_owned()),
                        None => {}
                    }
                }
            }
        }
        if !is_shown {
            words.extend(arguments.iter().skip(used).cloned());
        }
        words
    }
}
