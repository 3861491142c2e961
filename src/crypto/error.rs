//! Why something could not be sealed or opened.

use super::preamble::Unreadable;

/// Why something could not be sealed or opened. No variant carries a secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not what was once sealed here.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The key does not open it, and nothing tells why.
    #[error("the key does not open {place}: it is the wrong key, or the data is damaged")]
    WrongKey { place: String },
    /// It needs the other kind of key.
    #[error("{place} was encrypted with {written_with}, but you gave {given}")]
    KeyKind {
        place: String,
        /// The kind of key that it needs: `a passphrase` or `a raw key`.
        written_with: &'static str,
        given: &'static str,
    },
    /// There is no key.
    #[error("the encrypted store needs a key, and none is set")]
    KeyMissing,
    /// The key could not be obtained.
    #[error("cannot read the key of the encrypted store: {0}")]
    KeySource(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A signal came while a person was asked for the key.
    #[error("interrupted")]
    Interrupted,
    /// The input ended while a person was asked for the key.
    #[error("the encrypted store needs a key, and the input ended before one was typed")]
    NotTyped,
    /// A new passphrase was typed twice, and not in the same way.
    #[error("the two passphrases that you typed differ")]
    Mistyped,
    /// The operating system's random source failed.
    #[error("the operating system provided no random bytes: {cause}")]
    NoRandomness { cause: String },
}

impl Error {
    /// Whether the key is lost or another one than the text needs.
    pub fn is_of_key(&self) -> bool {
        matches!(
            self,
            Self::WrongKey { .. } | Self::KeyKind { .. } | Self::KeyMissing | Self::KeySource(_)
        )
    }
}
