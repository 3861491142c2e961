//! How the values of an argument are handed to clap. Which values there are is not known here.

use std::ffi::OsStr;

use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

/// The values of one argument.
pub(super) enum Values {
    /// All there are, whatever has been typed.
    Listed(ArgValueCandidates),
    /// What continues that which has been typed.
    Typed(ArgValueCompleter),
}

pub(super) fn listed(
    list: impl Fn() -> Vec<CompletionCandidate> + Send + Sync + 'static,
) -> Values {
    Values::Listed(ArgValueCandidates::new(list))
}

pub(super) fn typed(
    list: impl Fn(&OsStr) -> Vec<CompletionCandidate> + Send + Sync + 'static,
) -> Values {
    Values::Typed(ArgValueCompleter::new(list))
}

pub(super) fn names<T: AsRef<str>>(list: impl IntoIterator<Item = T>) -> Vec<CompletionCandidate> {
    list.into_iter()
        .map(|name| CompletionCandidate::new(name.as_ref()))
        .collect()
}
