//! A candidate as each shell reads it.

use clap_complete::engine::CompletionCandidate;

pub(super) fn value(candidate: &CompletionCandidate) -> String {
    candidate.get_value().to_string_lossy().into_owned()
}

/// The first line of what is said about a candidate.
fn description(candidate: &CompletionCandidate) -> Option<String> {
    let help = candidate.get_help()?.to_string();
    let line = help.lines().next().unwrap_or_default().trim();
    (!line.is_empty()).then(|| line.replace('\t', " "))
}

pub(super) fn with_tab(candidate: &CompletionCandidate) -> String {
    match description(candidate) {
        Some(description) => format!("{}\t{description}", value(candidate)),
        None => value(candidate),
    }
}

/// As `_describe` of zsh reads it.
pub(super) fn zsh(candidate: &CompletionCandidate) -> String {
    let value = value(candidate).replace('\\', "\\\\").replace(':', "\\:");
    match description(candidate) {
        Some(description) => format!("{value}:{}", description.replace('\\', "\\\\")),
        None => value,
    }
}
