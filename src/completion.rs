//! What a shell offers when a person presses Tab: commands, flags, and values such as profiles and scopes.
//!
//! The script that a shell loads (`eprospera completions SHELL`) hands the words of the command line to the hidden word
//! `__complete`. The answer is one line that says what is wanted, then one candidate a line. Values come
//! from the engine of `clap_complete`; files and commands are left to the shell, which knows them better.
//!
//! A shell waits for the answer, so nothing here asks the network, opens a store or starts a runtime. What is wrong with
//! the configuration is not said here: there are fewer candidates then.
//!
//! The engine's own protocol is not used. It takes `--profile sandbox` for the subcommand `sandbox`, knows
//! nothing of the characters at which bash splits words, and obeys a variable that every child process inherits.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use clap::CommandFactory as _;
use clap::ValueEnum as _;
use clap_complete::Shell;
use clap_complete::engine::{CompletionCandidate, complete};

use crate::cli::Cli;
use crate::environment::Environment;

mod bash;
mod candidates;
mod quoting;
mod shown;
mod words;

use shown::{value, with_tab, zsh};
use words::{CommandLine, Wanted};

/// The word with which a shell asks.
const WORD: &str = "__complete";

/// The script that a shell loads. It calls the program by its name and has no path in it.
pub(crate) fn script(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => include_str!("../completions/eprospera.bash"),
        Shell::Zsh => include_str!("../completions/_eprospera"),
        Shell::Fish => include_str!("../completions/eprospera.fish"),
        Shell::PowerShell => include_str!("../completions/_eprospera.ps1"),
        // There are no others, but the type leaves room for them.
        _ => include_str!("../completions/eprospera.elv"),
    }
}

/// The answer to a shell, if it is one that asks: `__complete SHELL INDEX -- WORD...`, where the index is that
/// of the word at the cursor.
pub(crate) fn answer(arguments: &[OsString], environment: &Environment) -> Option<String> {
    let mut arguments = arguments
        .iter()
        .map(|argument| argument.to_string_lossy().into_owned());
    if arguments.nth(1)? != WORD {
        return None;
    }
    let shell = arguments
        .next()
        .and_then(|name| Shell::from_str(&name, false).ok());
    let index = arguments.next().and_then(|index| index.parse().ok());
    let dashes = arguments.next();
    let words: Vec<_> = arguments.collect();
    let (Some(shell), Some(index), Some("--")) = (shell, index, dashes.as_deref()) else {
        return Some(String::new());
    };
    // The last word may be missing, but no more than that.
    if index > words.len() || words.is_empty() {
        return Some(String::new());
    }
    Some(answer_to(shell, words, index, environment))
}

fn answer_to(shell: Shell, words: Vec<String>, index: usize, environment: &Environment) -> String {
    let mut words = words;
    // Some shells leave out a last word that is empty.
    words.resize(index + 1, String::new());
    let typed = words[index].clone();
    let (words, places) = match shell {
        Shell::Bash => bash::joined(&words),
        _ => (words, (0..=index).collect()),
    };
    let quote = quoting::open_quote(&typed);
    let words: Vec<_> = match shell {
        // The others take quotes off themselves.
        Shell::Bash | Shell::Fish => words.iter().map(|word| quoting::without(word)).collect(),
        _ => words,
    };
    // fish counts variables that are set for the command.
    let first = words.iter().position(|word| !is_assignment(word));
    let first = first.unwrap_or_default();

    let mut command = candidates::added(Cli::command(), &words, &Arc::new(environment.clone()));
    command.build();
    let line = CommandLine::read(&command, &words[first..]);
    let mut lines = Vec::new();
    match line.wanted {
        Wanted::Command(at) => {
            lines.push(format!(
                "command {}",
                places.get(first + at).unwrap_or(&index)
            ));
        }
        Wanted::Files if has_own_files(shell) => lines.push("files".to_owned()),
        Wanted::Folders if has_own_files(shell) => lines.push("folders".to_owned()),
        Wanted::Values | Wanted::Files | Wanted::Folders => {
            lines.push("values".to_owned());
            let current = line.words.last().cloned().unwrap_or_default();
            let last = line.words.len().saturating_sub(1);
            let words = line.words.into_iter().map(OsString::from).collect();
            let found =
                complete(&mut command, words, last, Some(Path::new("."))).unwrap_or_default();
            let found = fitting(found, &current);
            lines.extend(found.iter().filter_map(|candidate| match shell {
                Shell::Bash => bash::shown(candidate, &current, &typed, quote),
                Shell::Zsh => Some(zsh(candidate)),
                Shell::Elvish => Some(value(candidate)),
                _ => Some(with_tab(candidate)),
            }));
        }
    }
    lines.join("\n") + "\n"
}

/// Whether a shell's script completes paths by the shell's own means.
fn has_own_files(shell: Shell) -> bool {
    matches!(shell, Shell::Bash | Shell::Zsh | Shell::Fish)
}

/// `NAME=value`, as it may stand before a command.
fn is_assignment(word: &str) -> bool {
    let name = word.split_once('=').map_or("", |(name, _)| name);
    !name.is_empty()
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// Flags are offered where a person began one, or where there is nothing else.
fn fitting(mut found: Vec<CompletionCandidate>, current: &str) -> Vec<CompletionCandidate> {
    let is_flag = |candidate: &CompletionCandidate| value(candidate).starts_with('-');
    if current.is_empty() && !found.iter().all(is_flag) {
        found.retain(|candidate| !is_flag(candidate));
    }
    // A short flag has a long one beside it, which says more.
    if current.is_empty() || current == "-" {
        found.retain(|candidate| !is_flag(candidate) || value(candidate).starts_with("--"));
    }
    found
}

#[cfg(test)]
mod tests;
