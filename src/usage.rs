//! What is said about a command line that cannot be understood, and `--help` and `--version`.

mod explained;
mod official_tool;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::{command_path, documented, page_of, rendered};
use crate::env;
use crate::environment::Environment;
use crate::error::{Error, Kind};
use crate::output::{Color, Format, Output};
use explained::explained;
pub(crate) use official_tool::{Translation, translation};

/// Prints help, version or the usage error, and gives the exit code.
pub(crate) fn report(
    error: &clap::Error,
    arguments: &[OsString],
    environment: &Environment,
) -> ExitCode {
    let output = output(arguments, environment);
    let page = match error.kind() {
        ErrorKind::DisplayVersion => Some(error.render().ansi().to_string()),
        ErrorKind::DisplayHelp => Some(help(error, arguments)),
        ErrorKind::InvalidSubcommand => help_below(error, arguments),
        _ => None,
    };
    if let Some(page) = page {
        return match output.data(&page) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                if !error.is_silent() {
                    output.failure(&error);
                }
                error.exit_code()
            }
        };
    }
    let is_bare = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if is_bare && !output.has_json_errors() {
        output.prompt(help(error, arguments).trim_end());
        return ExitCode::from(Kind::Usage.code());
    }
    fail(&explained(error, arguments), arguments, environment)
}

/// Says what is wrong with a command line, and gives the exit code.
pub(crate) fn fail(error: &Error, arguments: &[OsString], environment: &Environment) -> ExitCode {
    output(arguments, environment).failure(error);
    error.exit_code()
}

/// Answers a shell that completes a command line. Nothing is said where that cannot be written.
pub(crate) fn complete(
    answer: &str,
    arguments: &[OsString],
    environment: &Environment,
) -> ExitCode {
    match output(arguments, environment).data(answer) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.exit_code(),
    }
}

/// The page that the arguments ask for, as people see it.
fn help(error: &clap::Error, arguments: &[OsString]) -> String {
    let is_long = arguments.iter().any(|word| word == "--help");
    let again = documented(is_long).try_get_matches_from(arguments).err();
    let page = again.as_ref().filter(|again| again.kind() == error.kind());
    rendered(page.unwrap_or(error))
}

/// The page that `eprospera me help tax` asks for.
fn help_below(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let word = error.get(ContextKind::InvalidSubcommand)?;
    if *word != ContextValue::String("help".to_owned()) {
        return None;
    }
    let mut path = command_path(arguments);
    let words = arguments.iter().map(|word| word.to_string_lossy());
    let after = words.skip_while(|word| word != "help").skip(1);
    path.extend(
        after
            .filter(|word| !word.starts_with('-'))
            .map(String::from),
    );
    page_of(&path).ok()
}

/// The streams of a run whose flags are not known.
pub(crate) fn output(arguments: &[OsString], environment: &Environment) -> Output {
    Output::new(
        asked_for(arguments, environment),
        Color::Auto,
        environment.get(env::NO_COLOR).is_some(),
        false,
    )
}

/// The format that a faulty command line asked for, as far as it can be told.
fn asked_for(arguments: &[OsString], environment: &Environment) -> Format {
    let words: Vec<_> = arguments
        .iter()
        .map(|word| word.to_string_lossy())
        .collect();
    let named = words
        .iter()
        .enumerate()
        .find_map(|(index, word)| match word.as_ref() {
            "--json" | "--jq" | "--raw" => Some("json".to_owned()),
            other if other.starts_with("--jq=") => Some("json".to_owned()),
            "--output" => words.get(index + 1).map(ToString::to_string),
            other => other.strip_prefix("--output=").map(str::to_owned),
        });
    let named = named.or_else(|| environment.text(env::OUTPUT));
    named
        .and_then(|name| <Format as clap::ValueEnum>::from_str(&name, true).ok())
        .unwrap_or_default()
}
