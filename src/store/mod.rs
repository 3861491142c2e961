//! Where a session sleeps: three stores behind one small trait.
//!
//! | Kind | Where | Protection |
//! | --- | --- | --- |
//! | [`Kind::Keyring`] | the operating system's keyring | the user's login |
//! | [`Kind::EncryptedFile`] | a file in the state folder | a key or passphrase |
//! | [`Kind::PlainFile`] | a file in the state folder | its mode alone |
//!
//! [`open()`] gives exactly the kind that was asked for, never another. A store keeps texts under
//! an [`Entry`]; what the text means, when it expires and where its key comes from is none of its
//! business. It prints nothing and reads no environment.

mod deadline;
mod encrypted_file;
mod entry;
mod error;
pub mod file;
mod file_store;
mod key;
mod keyring;
mod lock;
mod permission;
mod plain_file;
mod preamble;
mod rekey;
pub mod reserve;
pub mod seal;
mod split;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clock::Clock;
use crate::secret::Secret;

use self::encrypted_file::Sealed;
use self::file_store::FileStore;
use self::keyring::Keyring;
use self::plain_file::Plain;

pub use self::deadline::Patience;
pub use self::entry::{Entry, Identity};
pub use self::error::Error;
pub use self::key::{KeyMaterial, KeySource, random_key};
pub use self::lock::Guard;
pub use self::rekey::{Rekeyed, rekey};
pub use self::reserve::Reserve;

/// Which store. Not `Copy`: a kind may come to carry the name of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The operating system's keyring: Secret Service, Keychain or Credential Manager.
    #[default]
    Keyring,
    /// A file encrypted with a key or passphrase.
    EncryptedFile,
    /// A file that only its mode protects.
    PlainFile,
}

impl Kind {
    /// Every kind, in the order in which help texts name them.
    pub const ALL: [Self; 3] = [Self::Keyring, Self::EncryptedFile, Self::PlainFile];
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Keyring => "keyring",
            Self::EncryptedFile => "encrypted-file",
            Self::PlainFile => "plain-file",
        })
    }
}

/// A text that names no store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown store `{0}`: expected `keyring`, `encrypted-file` or `plain-file`")]
pub struct UnknownKind(String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.to_string() == text)
            .ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// A place for texts that nobody else may read.
///
/// Reading needs no lock: a reader sees the old text or the new one, never a mix. Writing needs
/// the [`Guard`] of the same entry, so an unlocked write does not compile and one under another
/// entry's lock is refused ([`Error::OtherLock`]).
pub trait Store: Send + Sync {
    /// Which store this is.
    fn kind(&self) -> Kind;

    /// The text of an entry; `None` when there is none.
    ///
    /// # Errors
    ///
    /// Any [`Error`] but those of locking.
    fn get(&self, entry: &Entry) -> Result<Option<Secret>, Error>;

    /// Replaces the text of an entry. On failure the old text is still there.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::OtherLock`] for another entry's guard.
    fn put(&self, entry: &Entry, text: &Secret, guard: &Guard) -> Result<(), Error>;

    /// Removes an entry with every part of it, a damaged or set-aside one too; `false` when there
    /// was nothing.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::OtherLock`] for another entry's guard.
    fn delete(&self, entry: &Entry, guard: &Guard) -> Result<bool, Error>;

    /// Keeps a record that cannot be read out of the way of the next write, and says where it
    /// went. `None` when there is none, or when the store cannot: the keyring leaves it in place.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::OtherLock`] for another entry's guard.
    fn set_aside(&self, entry: &Entry, guard: &Guard) -> Result<Option<String>, Error>;

    /// Writes, reads back and deletes a text of a real session's size under a name of its own, to
    /// prove the store before anybody is asked for anything.
    ///
    /// # Errors
    ///
    /// Any [`Error`] but those of locking.
    fn probe(&self) -> Result<(), Error>;

    /// Where the entry is kept, for people: a path, or service and account in the keyring.
    fn location(&self, entry: &Entry) -> String;

    /// The file that [`Store::lock`] locks. What belongs to an entry and must be seen by all who
    /// share it lies beside this file.
    fn lock_file(&self, entry: &Entry) -> PathBuf;

    /// Locks an entry against every other thread and process, waiting at most `wait`.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] after `wait`, [`Error::LockUnavailable`] where the file system cannot
    /// lock, else [`Error::NotPrivate`], [`Error::Denied`], [`Error::Full`] or [`Error::Io`].
    fn lock(&self, entry: &Entry, wait: Duration) -> Result<Guard, Error>;
}

/// Where the stores may put things, and how long the keyring may take.
#[derive(Clone, Debug)]
pub struct Places {
    /// The state folder; records of the file stores lie in it. The user may move it.
    pub state_dir: PathBuf,
    /// A folder of the user that no setting moves; the keyring's locks lie in it, because there
    /// is one keyring however many state folders there are.
    pub user_lock_dir: PathBuf,
    /// How long a call to the keyring may take.
    pub patience: Patience,
    /// The most bytes that one entry of the keyring holds; `None` for the platform's own limit.
    pub part_limit: Option<usize>,
    /// Names the files that are set aside.
    pub clock: Clock,
}

impl Places {
    /// The given folders, with the platform's limit and the default patience.
    pub fn new(state_dir: PathBuf, user_lock_dir: PathBuf) -> Self {
        Self {
            state_dir,
            user_lock_dir,
            patience: Patience::default(),
            part_limit: None,
            clock: Clock::System,
        }
    }
}

/// Opens exactly the store that was asked for. Nothing is touched before its first use; `key` is
/// asked at most once, and only by [`Kind::EncryptedFile`].
pub fn open(kind: &Kind, places: &Places, key: impl KeySource + 'static) -> Box<dyn Store> {
    match kind {
        Kind::Keyring => Box::new(Keyring::new(places)),
        Kind::EncryptedFile => Box::new(FileStore::new(places, Sealed::new(key))),
        Kind::PlainFile => Box::new(FileStore::new(places, Plain)),
    }
}

#[cfg(test)]
mod tests;
