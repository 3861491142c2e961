//! Why a question to a person has no answer.

use std::io;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A signal ended the question, and ends the process.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-D, or a terminal that has gone.
    #[error("the input ended before anything was typed")]
    Ended,
    #[error("what was typed is not UTF-8")]
    NotText,
    #[error("what was typed is too long")]
    TooLong,
    #[error("the terminal cannot be read: {0}")]
    Terminal(#[from] io::Error),
}
