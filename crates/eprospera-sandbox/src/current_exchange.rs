//! The number of the request at work, for what keeps a history: which request rotated a token, which
//! one ended a session.
//!
//! It travels with the task that carries a request out, so that bookkeeping need not take it as an
//! argument through every layer.

use std::num::NonZeroU64;

use tokio::task_local;

/// An `Option` of it takes no more room.
pub(crate) type ExchangeNumber = NonZeroU64;

task_local! {
    static NUMBER: Option<ExchangeNumber>;
}

/// Carries work out under a number.
pub(crate) fn numbered<F: Future>(number: u64, work: F) -> impl Future<Output = F::Output> {
    NUMBER.scope(ExchangeNumber::new(number), work)
}

/// The number of the request at work; `None` when a test or a timer acts.
pub(crate) fn number() -> Option<ExchangeNumber> {
    NUMBER.try_with(|number| *number).ok().flatten()
}
