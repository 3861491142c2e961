//! The values of the arguments of `sandbox`, from the sandbox itself.

use std::ffi::OsStr;

use clap_complete::engine::CompletionCandidate;

use super::values::{Values, listed, names, typed};
use crate::torture::catalogue;

/// The values of an argument of a command.
pub(super) fn values(command: &str, argument: &str) -> Option<Values> {
    Some(match (command, argument) {
        (_, "auto_approve") => listed(personas),
        (_, "faults") => typed(faults),
        (_, "signing") => {
            listed(|| names(eprospera_sandbox::Algorithm::ALL.map(|name| name.to_string())))
        }
        ("torture", "only") => typed(trials),
        _ => return None,
    })
}

/// The trials that can follow those that have been typed.
fn trials(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let before = typed.rfind(',').map_or("", |comma| &typed[..=comma]);
    let names = catalogue::TRIALS.iter();
    let free = names.filter(|trial| !before.split(',').any(|name| name == trial.name));
    free.map(|trial| {
        CompletionCandidate::new(format!("{before}{}", trial.name)).help(Some(trial.does.into()))
    })
    .collect()
}

fn personas() -> Vec<CompletionCandidate> {
    let people = eprospera_sandbox::Persona::built_in().into_iter();
    people
        .map(|person| CompletionCandidate::new(person.id).help(Some(person.name.into())))
        .collect()
}

/// `ENDPOINT:` first, then its actions.
fn faults(word: &OsStr) -> Vec<CompletionCandidate> {
    let word = word.to_string_lossy();
    let mut rules: Vec<_> = eprospera_sandbox::Fault::spellings()
        .map(|rule| match rule.split_once(':') {
            Some((endpoint, _)) if !word.contains(':') => format!("{endpoint}:"),
            _ => rule,
        })
        .filter(|rule| rule.starts_with(&*word))
        .collect();
    rules.dedup();
    names(rules)
}
