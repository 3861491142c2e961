//! Why a question to a person has no answer.

use std::io;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A signal ended the question, and ends the process.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-D, or a terminal that has gone.
    #[error("the input ended before anything was typed")]
    Ended,
    /// The answer is no text.
    #[error("what was typed is not UTF-8")]
    NotText,
    /// The answer does not end.
    #[error("what was typed is too long")]
    TooLong,
    /// The terminal cannot be read.
    #[error("the terminal cannot be read: {0}")]
    Terminal(#[from] io::Error),
}
