//! What can be wrong with the configuration.

use super::profile::KEYS;
use crate::files;
use crate::nearest::nearest;

/// What is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The file cannot be read or written.
    #[error("cannot {action} {path}: {source}")]
    Io {
        /// `read` or `write`.
        action: &'static str,
        path: String,
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Another user may have written the file, which can name a program to start.
    #[error("the configuration is not used: {0}")]
    Untrusted(#[from] files::Untrusted),
    /// The file is not TOML.
    #[error("{path} is not valid TOML: {reason}")]
    Syntax { path: String, reason: String },
    /// The file has something other than a profile may hold.
    #[error("{path}: {problem}")]
    Shape { path: String, problem: String },
    #[error("`{0}` is not a profile key: {instead}", instead = other_key(.0))]
    UnknownKey(String),
    #[error("there is no profile `{0}` in the configuration")]
    UnknownProfile(String),
    #[error("`{name}` cannot name a profile: {why}")]
    BadName { name: String, why: String },
    #[error("profile `{0}` is built in")]
    BuiltIn(String),
    #[error("`{0}` takes only one value")]
    OneValue(String),
}

/// What to use in place of a key that no profile has.
fn other_key(key: &str) -> String {
    match nearest(key, KEYS) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use {}", KEYS.join(", ")),
    }
}
