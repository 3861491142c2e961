//! Why a question to a person has no answer.

use std::io;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A signal ended the question, and ends the process.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-D, Ctrl-Z at a console of Windows, or a terminal that has gone.
    #[error("the input ended before anything was typed")]
    Ended,
    #[error("the input is not UTF-8")]
    NotText,
    #[error("the input is too long")]
    TooLong,
    #[error("cannot read from the terminal: {0}")]
    Terminal(#[from] io::Error),
}
