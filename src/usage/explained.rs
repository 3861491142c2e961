//! What clap found wrong, in the words of this program. It reads what clap's errors carry, never their text.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::{command_line, command_path, documented};
use crate::error::Error;
use crate::nearest::nearest;

/// The error of a command line, with what was probably meant.
pub(super) fn explained(error: &clap::Error, arguments: &[OsString]) -> Error {
    let path = command_path(arguments);
    let found = match error.kind() {
        ErrorKind::InvalidSubcommand => unknown_command(error, &path),
        ErrorKind::UnknownArgument => unknown_argument(error, &path),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => invalid_value(error),
        ErrorKind::NoEquals => {
            let name = name(error, ContextKind::InvalidArg);
            Error::usage(format!("`{name}` takes its value after `=`"))
                .hint(format!("write `{name}=VALUE`"))
        }
        ErrorKind::TooManyValues => {
            let value = text(error, ContextKind::InvalidValue);
            let name = name(error, ContextKind::InvalidArg);
            Error::usage(format!("one value too many for `{name}`: `{value}`"))
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            let name = name(error, ContextKind::InvalidArg);
            Error::usage(format!("`{name}` has the wrong number of values"))
        }
        ErrorKind::ArgumentConflict => conflict(error),
        ErrorKind::MissingRequiredArgument => missing(error),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Error::usage("a command is missing")
        }
        ErrorKind::InvalidUtf8 => Error::usage("an argument is not valid UTF-8"),
        _ => Error::usage("the command line is not valid"),
    };
    found.hint(format!("run `{}`", command_line(&path, &["--help"])))
}

fn unknown_command(error: &clap::Error, path: &[String]) -> Error {
    let word = text(error, ContextKind::InvalidSubcommand);
    let found = match path {
        [] => Error::usage(format!("unknown command `{word}`")),
        _ => Error::usage(format!(
            "`{}` has no command `{word}`",
            command_line(path, &[])
        )),
    };
    match meant_command(&word, path) {
        Some(command) => found.hint(format!("did you mean `{command}`?")),
        None => found,
    }
}

/// The command that a word was probably meant to be: one beside it, else one of that name elsewhere.
fn meant_command(word: &str, path: &[String]) -> Option<String> {
    let root = documented(true);
    let here = path
        .iter()
        .try_fold(&root, |command, name| command.find_subcommand(name))?;
    let visible = here.get_subcommands().filter(|sub| !sub.is_hide_set());
    if let Some(near) = nearest(word, visible.map(clap::Command::get_name)) {
        return Some(command_line(path, &[near]));
    }
    elsewhere(&root, word)
}

/// The full name of the first command below another one that has this name.
fn elsewhere(command: &clap::Command, name: &str) -> Option<String> {
    let visible = || command.get_subcommands().filter(|sub| !sub.is_hide_set());
    let own = visible().find(|sub| sub.get_name() == name);
    let found = own.and_then(clap::Command::get_bin_name).map(str::to_owned);
    found.or_else(|| visible().find_map(|sub| elsewhere(sub, name)))
}

fn unknown_argument(error: &clap::Error, path: &[String]) -> Error {
    let word = text(error, ContextKind::InvalidArg);
    if !word.starts_with('-') {
        return Error::usage(format!("unexpected argument `{word}`"));
    }
    let found = Error::usage(format!("unknown option `{word}`"));
    let option = name(error, ContextKind::SuggestedArg);
    let command = text(error, ContextKind::SuggestedSubcommand);
    if !command.is_empty() {
        let meant = command_line(path, &[&command, &word]);
        return found.hint(format!("did you mean `{meant}`?"));
    }
    if !option.is_empty() {
        return found.hint(format!("did you mean `{option}`?"));
    }
    if error.get(ContextKind::TrailingArg).is_some() {
        return found.hint(format!("to pass it on as a value, write `-- {word}`"));
    }
    found
}

fn invalid_value(error: &clap::Error) -> Error {
    let name = name(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    let valid = texts(error, ContextKind::ValidValue);
    let found = match error.source() {
        Some(cause) => Error::usage(format!("invalid value `{value}` for `{name}`: {cause}")),
        None if value.is_empty() => Error::usage(format!("`{name}` needs a value")),
        None => Error::usage(format!("invalid value `{value}` for `{name}`")),
    };
    let found = match nearest(&value, valid.iter().map(String::as_str)) {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None => found,
    };
    match valid.as_slice() {
        [] => found,
        [only] => found.hint(format!("use `{only}`")),
        several => found.hint(format!("use one of {}", several.join(", "))),
    }
}

fn conflict(error: &clap::Error) -> Error {
    let command = text(error, ContextKind::InvalidSubcommand);
    let prior: Vec<_> = texts(error, ContextKind::PriorArg)
        .iter()
        .map(|argument| format!("`{}`", bare(argument)))
        .collect();
    let prior = prior.join(", ");
    if !command.is_empty() {
        return Error::usage(format!("`{command}` cannot be used after {prior}"))
            .hint(format!("write `{command}` first, then its options"));
    }
    let name = name(error, ContextKind::InvalidArg);
    if prior.is_empty() || prior == format!("`{name}`") {
        Error::usage(format!("`{name}` can be given only once"))
    } else {
        Error::usage(format!("`{name}` cannot be used together with {prior}"))
    }
}

fn missing(error: &clap::Error) -> Error {
    let names: Vec<_> = texts(error, ContextKind::InvalidArg)
        .iter()
        .map(|argument| format!("`{}`", bare(argument)))
        .collect();
    let verb = if names.len() == 1 { "is" } else { "are" };
    let found = Error::usage(format!("{} {verb} missing", names.join(" and ")));
    let usage = text(error, ContextKind::Usage);
    match usage.trim().strip_prefix("Usage: ") {
        Some(usage) => found.hint(format!("usage: {usage}")),
        None => found,
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> String {
    texts(error, kind).join(", ")
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        _ => Vec::new(),
    }
}

/// The name of the argument that a part of the error is about.
fn name(error: &clap::Error, kind: ContextKind) -> String {
    bare(&text(error, kind)).to_owned()
}

/// An argument as clap writes it, such as `--output <FORMAT>` or `[NAME]`, without the marks.
fn bare(argument: &str) -> &str {
    if argument.starts_with('-') {
        argument.split([' ', '=', '[']).next().unwrap_or(argument)
    } else {
        argument.trim_matches(['<', '>', '[', ']', '.'])
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::cli::Cli;

    /// Command lines with what is wrong with them, and what the hint says.
    const LINES: &[(&str, &str, &str)] = &[
        ("", "a command is missing", "eprospera --help"),
        (
            "logni",
            "unknown command `logni`",
            "did you mean `eprospera login`?",
        ),
        (
            "residency",
            "unknown command `residency`",
            "did you mean `eprospera me residency`?",
        ),
        (
            "weather",
            "unknown command `weather`",
            "run `eprospera --help`",
        ),
        (
            "me tax filngs",
            "`eprospera me tax` has no command `filngs`",
            "did you mean `eprospera me tax filings`?",
        ),
        (
            "status --chek",
            "unknown option `--chek`",
            "did you mean `--check`?",
        ),
        (
            "status --jsn",
            "unknown option `--jsn`",
            "did you mean `--json`?",
        ),
        (
            "status extra",
            "unexpected argument `extra`",
            "run `eprospera status --help`",
        ),
        (
            "status --output jsn",
            "invalid value `jsn` for `--output`",
            "did you mean `json`?; use one of auto, table, json",
        ),
        (
            "status --output",
            "`--output` needs a value",
            "use one of auto, table, json",
        ),
        (
            "token --min-ttl soon",
            "invalid value `soon` for `--min-ttl`: ",
            "run `eprospera token --help`",
        ),
        (
            "status --json --output json",
            "`--json` cannot be used together with `--output`",
            "status --help",
        ),
        (
            "status --profile a --profile b",
            "`--profile` can be given only once",
            "status --help",
        ),
        (
            "me tax filing",
            "`ID` is missing",
            "usage: eprospera me tax filing <ID>",
        ),
        (
            "sandbox --auto-approve --port",
            "`--port` needs a value",
            "sandbox --help",
        ),
        (
            "sandbox --port 1 exec -- true",
            "`exec` cannot be used after `--port`",
            "write `exec` first",
        ),
        (
            "completions bahs",
            "invalid value `bahs` for `SHELL`",
            "did you mean `bash`?",
        ),
        (
            "me tax download",
            "`--document` and `ID` are missing",
            "usage: ",
        ),
    ];

    #[test]
    fn what_is_wrong_is_named_with_what_was_probably_meant() {
        for (line, message, hint) in LINES {
            let words = ["eprospera"].into_iter().chain(line.split_whitespace());
            let arguments: Vec<_> = words.map(OsString::from).collect();
            let error = Cli::try_parse_from(&arguments).unwrap_err();
            let error = explained(&error, &arguments);
            let said = error.message();
            assert!(said.starts_with(message), "{line}: {said}");
            let hints = error.hints().join("; ");
            assert!(hints.contains(hint), "{line}: {hints}");
        }
    }
}
