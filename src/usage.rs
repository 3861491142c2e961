//! What is said about a command line that cannot be understood, and `--help` and `--version`.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

use crate::cli::Cli;
use crate::env;
use crate::environment::Environment;
use crate::error::{Error, Kind};
use crate::output::{Color, Format, Output, line};

/// Prints help, version or the usage error, and gives the exit code.
pub(crate) fn report(
    error: &clap::Error,
    arguments: &[OsString],
    environment: &Environment,
) -> ExitCode {
    let output = output(arguments, environment);
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            match output.data(&error.render().ansi().to_string()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => error.exit_code(),
            }
        }
        _ if output.is_json() => {
            let error = Error::usage(sentence(error)).hint("run the command with `--help`");
            output.failure(&error);
            error.exit_code()
        }
        _ => {
            output.prompt(explained(error, arguments).trim_end());
            ExitCode::from(Kind::Usage.code())
        }
    }
}

/// What clap says, without what arguments could steer the terminal with: it repeats them.
fn explained(error: &clap::Error, arguments: &[OsString]) -> String {
    let harmless = arguments.iter().map(|word| line(&word.to_string_lossy()));
    match Cli::try_parse_from(harmless) {
        Err(same) if same.kind() == error.kind() => same.render().ansi().to_string(),
        // What is wrong went away with what was replaced.
        _ => {
            let text = error.render().to_string();
            text.lines().map(|words| line(words) + "\n").collect()
        }
    }
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
            "--json" | "--jq" => Some("json".to_owned()),
            other if other.starts_with("--jq=") => Some("json".to_owned()),
            "--output" => words.get(index + 1).map(ToString::to_string),
            other => other.strip_prefix("--output=").map(str::to_owned),
        });
    let named = named.or_else(|| environment.text(env::OUTPUT));
    named
        .and_then(|name| <Format as clap::ValueEnum>::from_str(&name, true).ok())
        .unwrap_or_default()
}

/// What is wrong, and what was probably meant.
fn sentence(error: &clap::Error) -> String {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return "a command is missing".to_owned();
    }
    let text = error.render().to_string();
    let tip = text
        .lines()
        .find_map(|row| row.trim().strip_prefix("tip: "));
    match tip {
        Some(tip) => format!("{}; {tip}", first_paragraph(error)),
        None => first_paragraph(error),
    }
}

fn first_paragraph(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let words: Vec<_> = paragraph.split_whitespace().collect();
    let sentence = words.join(" ");
    sentence
        .strip_prefix("error: ")
        .unwrap_or(&sentence)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_faulty_command_line_is_explained_in_one_sentence() {
        let explained =
            |words: &[&str]| Cli::try_parse_from(words).map_err(|error| sentence(&error));
        let missing = explained(&["eprospera"]).unwrap_err();
        assert_eq!(missing, "a command is missing");
        let misspelt = explained(&["eprospera", "logni"]).unwrap_err();
        assert!(misspelt.contains("'login'"), "{misspelt}");
    }
}
