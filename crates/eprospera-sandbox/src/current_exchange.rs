//! The number of the request at work, for what keeps a history: which request rotated a token, which
//! one ended a session.
//!
//! It travels with the task that carries a request out, so that bookkeeping need not take it as an
//! argument through every layer.

use tokio::task_local;

task_local! {
    static NUMBER: u64;
}

/// Carries work out under a number.
pub(crate) fn numbered<F: Future>(number: u64, work: F) -> impl Future<Output = F::Output> {
    NUMBER.scope(number, work)
}

/// The number of the request at work; `None` when a test or a timer acts.
pub(crate) fn number() -> Option<u64> {
    NUMBER.try_with(|number| *number).ok()
}
