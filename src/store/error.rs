//! What can go wrong with a store: one variant per cause that a person can act on.
//!
//! No variant carries a secret or the text of a record. Which exit code and which hint belong to
//! a cause is decided above this layer.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::crypto::{self, Unreadable};
use crate::private_file;

/// Why a store did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The machine offers no such store (no D-Bus session, no Secret Service).
    #[error("cannot reach the OS keyring: {cause}")]
    Absent { cause: String },
    /// The store is there, but its owner has not unlocked it.
    #[error("the OS keyring is locked: {cause}")]
    Locked { cause: String },
    /// The default keyring is open, but the entry is in another one, which is locked.
    #[error("the entry is in the OS keyring `{keyring}`, which is locked")]
    LockedElsewhere { keyring: String },
    /// The keyring is open, and asks its owner before it gives out an entry.
    #[error(
        "the OS keyring `{keyring}` is unlocked, but it asks you to confirm each access, and this one was \
         not confirmed"
    )]
    NotConfirmed { keyring: String },
    /// The system refused access.
    #[error("access to {place} was denied: {cause}")]
    Denied { place: String, cause: String },
    /// No room is left.
    #[error("no space is left to write {place}")]
    Full { place: String },
    /// The store cannot hold a record of this size.
    #[error("{place} holds at most {limit} bytes, but {needed} are needed")]
    TooSmall {
        place: String,
        /// The limit in bytes.
        limit: usize,
        /// The size of what was to be stored, in bytes.
        needed: usize,
    },
    /// What was found is not what was once stored there.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The entry is locked in another folder than the one that this process sees.
    #[error(
        "this session's lock is in another home folder, not in {}; refreshing the session from \
         here could end it",
        folder.display()
    )]
    LockedApart { folder: PathBuf },
    /// Another process holds the lock of this entry.
    #[error("another process holds the lock of this session (waited {})", humantime::format_duration(*.waited))]
    Busy { waited: Duration },
    /// The system knows no home folder of this user, so there is no place for the keyring's locks
    /// at which every process of the user looks.
    #[error("cannot lock the keyring: this user has no home folder in the system's user database")]
    NoUserFolder,
    /// Several entries of the keyring answer to one account.
    #[error("the OS keyring has {count} entries for the account `{account}`")]
    Ambiguous { account: String, count: usize },
    /// The keyring did not answer in time.
    #[error("the OS keyring did not answer within {}", humantime::format_duration(*.after))]
    TimedOut { after: Duration },
    /// The keyring failed in a way of its own.
    #[error("the OS keyring failed: {cause}")]
    Keyring { cause: String },
    /// The store helper cannot be started.
    #[error("cannot start the store helper {program}: {source}")]
    HelperAbsent { program: String, source: io::Error },
    /// The store helper ended without an answer.
    #[error("the store helper {program} ended without answering: {how}")]
    HelperEnded { program: String, how: String },
    /// The store helper did not answer in time.
    #[error("the store helper {program} did not answer `{op}` within {}", humantime::format_duration(*.after))]
    HelperTimedOut {
        program: String,
        op: &'static str,
        after: Duration,
    },
    /// The store helper said what the protocol does not allow, or what cannot be true.
    #[error("the store helper {program} cannot be trusted: {what}")]
    HelperProtocol { program: String, what: &'static str },
    /// The store helper speaks another version of the protocol.
    #[error(
        "the store helper {program} speaks version {found} of the protocol, but eprospera speaks \
         version 1"
    )]
    HelperVersion { program: String, found: u64 },
    /// The store helper would not, or could not.
    #[error("the store helper {program} refused `{op}`: {cause}")]
    HelperRefused {
        program: String,
        op: &'static str,
        /// Its reason, without secrets and control characters.
        cause: String,
    },
    /// The key of the encrypted store failed, or the system's random source.
    #[error(transparent)]
    Crypto(crypto::Error),
    /// A private file of the store, or its lock, failed in a way that only files do.
    #[error(transparent)]
    File(private_file::Error),
}

/// Causes that the keyring and helpers have as well keep one variant for all stores.
impl From<private_file::Error> for Error {
    fn from(error: private_file::Error) -> Self {
        use private_file::Error as E;
        let place = |path: &Path| path.display().to_string();
        match error {
            E::Denied { path, source } => Self::Denied {
                place: place(&path),
                cause: source.to_string(),
            },
            E::Full { path } => Self::Full {
                place: place(&path),
            },
            E::TooLarge { path } => Self::corrupt(
                &place(&path),
                "it is larger than any file that eprospera writes",
            ),
            E::Busy { waited } => Self::Busy { waited },
            other => Self::File(other),
        }
    }
}

impl From<crypto::Error> for Error {
    fn from(error: crypto::Error) -> Self {
        use crypto::Error as E;
        match error {
            E::Unreadable(cause) => Self::Unreadable(cause),
            other => Self::Crypto(other),
        }
    }
}

impl Error {
    pub(super) fn corrupt(place: &str, what: &'static str) -> Self {
        Unreadable::corrupt(place, what).into()
    }
}
