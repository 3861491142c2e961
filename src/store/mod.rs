//! Where a session sleeps: four stores behind one small trait.
//!
//! | Kind | Where | Protection |
//! | --- | --- | --- |
//! | [`StoreKind::Keyring`] | the operating system's keyring | the user's login |
//! | [`StoreKind::EncryptedFile`] | a file in the state folder | a key or passphrase |
//! | [`StoreKind::PlainFile`] | a file in the state folder | its mode alone |
//! | [`StoreKind::Command`] | wherever a helper program keeps it | the helper's own |
//!
//! [`open()`] gives exactly the kind that was asked for, never another. A store keeps texts under
//! an [`Entry`]; what the text means, when it expires and where its key comes from is none of its
//! business. It prints nothing and reads no environment.

mod chunked;
mod command;
mod deadline;
mod encrypted_file;
mod entry;
mod error;
mod file_store;
#[cfg(fuzzing)]
pub mod fuzzing;
mod key;
mod keyring;
mod plain_file;
mod preamble;
mod probe;
mod rekey;
pub mod seal;

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clock::Clock;
use crate::private_file;
use crate::secret::Secret;

use self::command::HelperStore;
use self::encrypted_file::Sealed;
use self::file_store::FileStore;
use self::keyring::Keyring;
use self::plain_file::Plain;

pub use self::command::StderrListener;
pub use self::deadline::Patience;
pub use self::entry::{Entry, Identity};
pub use self::error::Error;
pub use self::key::{KeyMaterial, KeySource, random_key};
pub use self::rekey::{Rekeyed, is_new, rekey};
pub use crate::private_file::Guard;

/// Which store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum StoreKind {
    /// The operating system's keyring: Secret Service, Keychain or Credential Manager.
    #[default]
    Keyring,
    /// A file encrypted with a key or passphrase.
    EncryptedFile,
    /// A file that only its mode protects.
    PlainFile,
    /// A helper program, by absolute path or by a name that is looked up on `PATH`
    /// (docs/helper-protocol.md).
    Command(String),
}

impl StoreKind {
    /// Every kind without a program, in the order in which help texts name them.
    pub const ALL: [Self; 3] = [Self::Keyring, Self::EncryptedFile, Self::PlainFile];

    /// Whether its records are files of the state folder, so that they move with it.
    pub fn is_in_state_folder(&self) -> bool {
        matches!(self, Self::EncryptedFile | Self::PlainFile)
    }
}

/// What precedes the program in the name of a [`StoreKind::Command`].
const COMMAND: &str = "command:";

impl fmt::Display for StoreKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyring => formatter.write_str("keyring"),
            Self::EncryptedFile => formatter.write_str("encrypted-file"),
            Self::PlainFile => formatter.write_str("plain-file"),
            Self::Command(program) => write!(formatter, "{COMMAND}{program}"),
        }
    }
}

/// A text that names no store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownKind {
    /// It is none of the names.
    #[error(
        "unknown store `{0}`: expected `keyring`, `encrypted-file`, `plain-file` or \
         `command:PROGRAM`"
    )]
    Name(String),
    /// A relative path would name another program in another folder.
    #[error("the program of `{0}` must be an absolute path, or a name that is looked up on PATH")]
    Program(String),
}

impl FromStr for StoreKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        if let Some(program) = text.strip_prefix(COMMAND) {
            let is_name = !program.is_empty() && !program.contains(['/', '\\', '\0']);
            return if is_name || Path::new(program).is_absolute() {
                Ok(Self::Command(program.to_owned()))
            } else {
                Err(UnknownKind::Program(text.to_owned()))
            };
        }
        Self::ALL
            .into_iter()
            .find(|kind| kind.to_string() == text)
            .ok_or_else(|| UnknownKind::Name(text.to_owned()))
    }
}

impl Serialize for StoreKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StoreKind {
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
    fn kind(&self) -> StoreKind;

    /// The text of an entry; `None` when there is none.
    ///
    /// # Errors
    ///
    /// Any [`Error`] but those of locking.
    fn get(&self, entry: &Entry) -> Result<Option<Secret>, Error>;

    /// Whether there is anything under an entry, be it readable or not. Needs no key.
    ///
    /// # Errors
    ///
    /// Any [`Error`] but those of locking.
    fn contains(&self, entry: &Entry) -> Result<bool, Error> {
        match self.get(entry) {
            Err(Error::Corrupt { .. } | Error::Newer { .. } | Error::NotOurs { .. }) => Ok(true),
            found => found.map(|found| found.is_some()),
        }
    }

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

    /// Whose sessions are here, as far as the store can list them: a helper cannot. An identity
    /// whose session has another one waiting beside it may come twice.
    ///
    /// # Errors
    ///
    /// Any [`Error`] but those of locking.
    fn identities(&self) -> Result<Vec<Identity>, Error> {
        Ok(Vec::new())
    }

    /// Where the entry is kept, for people: a path, or service and account in the keyring.
    fn location(&self, entry: &Entry) -> String;

    /// The file that [`Store::lock`] locks, or would lock: with [`StoreKind::Command`] the helper has
    /// the lock.
    fn lock_file(&self, entry: &Entry) -> PathBuf;

    /// A file that this machine keeps for an entry of this store, beside the lock. No other store
    /// has the same one, not even where stores share a lock.
    fn beside(&self, entry: &Entry, extension: &str) -> PathBuf {
        self.lock_file(entry).with_extension(extension)
    }

    /// Whether the lock can be lost while its holder lives on, because somebody else keeps it.
    fn may_lose_lock(&self) -> bool {
        false
    }

    /// The intent record of an entry: what its holder was about to do. All who share the entry
    /// see it, so here it lies beside the lock.
    ///
    /// # Errors
    ///
    /// Any [`Error`] but those of locking.
    fn get_intent(&self, entry: &Entry) -> Result<Option<Secret>, Error> {
        let path = self.beside(entry, INTENT);
        let Some(mut bytes) = private_file::read(&path)? else {
            return Ok(None);
        };
        // What is no text was never written by this program.
        Ok(Secret::from_utf8(std::mem::take(&mut *bytes)))
    }

    /// Writes the intent record of an entry durably.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::OtherLock`] for another entry's guard.
    fn put_intent(&self, entry: &Entry, text: &Secret, guard: &Guard) -> Result<(), Error> {
        guard.covers(&self.lock_file(entry))?;
        let path = self.beside(entry, INTENT);
        private_file::remove_leftovers(&path)?;
        Ok(private_file::replace(&path, text.expose().as_bytes())?)
    }

    /// Removes the intent record of an entry, if there is one.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; [`Error::OtherLock`] for another entry's guard.
    fn delete_intent(&self, entry: &Entry, guard: &Guard) -> Result<(), Error> {
        guard.covers(&self.lock_file(entry))?;
        Ok(private_file::remove(&self.beside(entry, INTENT)).map(drop)?)
    }

    /// Locks an entry against every other thread and process, waiting at most `wait`.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] after `wait`, [`Error::LockUnavailable`] where the file system cannot
    /// lock, [`Error::LockedApart`] where others would not see the lock, else [`Error::NotPrivate`], [`Error::Denied`], [`Error::Full`] or [`Error::Io`].
    fn lock(&self, entry: &Entry, wait: Duration) -> Result<Guard, Error>;

    /// Makes this process's lock of an entry the one that counts, where another folder has it: a
    /// person who signs in or out here means this place.
    ///
    /// # Errors
    ///
    /// Any [`Error`] but those of locking.
    fn take_over_lock(&self, _entry: &Entry) -> Result<(), Error> {
        Ok(())
    }
}

/// The extension of an intent record.
const INTENT: &str = "intent";

/// Where the stores may put things, and how long the keyring or a helper may take.
#[derive(Clone)]
pub struct StoreConfig {
    /// The state folder; records of the file stores lie in it. The user may move it.
    pub state_dir: PathBuf,
    /// A folder of the user that no setting and no variable moves, for the locks of the keyring:
    /// there is one keyring however many state folders there are. `None` where the system knows no
    /// such folder; then nothing can be locked, and nothing is written.
    pub user_lock_dir: Option<PathBuf>,
    /// What this machine keeps for sessions that a helper keeps.
    pub helper_dir: PathBuf,
    /// How long a call to the keyring, or one answer of a helper, may take.
    pub patience: Patience,
    /// The most bytes that one entry of the keyring holds; `None` for the platform's own limit.
    pub part_limit: Option<usize>,
    /// Names the files that are set aside.
    pub clock: Clock,
    /// Variables that hold secrets; no helper gets them.
    pub withheld: &'static [&'static str],
    /// Gets what a helper says on stderr; without it, nobody does.
    pub listener: Option<StderrListener>,
}

impl StoreConfig {
    /// The given folders, with the platform's limit and the default patience.
    pub fn new(state_dir: PathBuf, user_lock_dir: PathBuf) -> Self {
        Self {
            helper_dir: state_dir.join("helpers"),
            state_dir,
            user_lock_dir: Some(user_lock_dir),
            patience: Patience::default(),
            part_limit: None,
            clock: Clock::System,
            withheld: &[],
            listener: None,
        }
    }
}

/// Opens exactly the store that was asked for. Nothing is touched before its first use; `key` is
/// asked at most once, and only by [`StoreKind::EncryptedFile`].
pub fn open(
    kind: &StoreKind,
    places: &StoreConfig,
    key: impl KeySource + 'static,
) -> Box<dyn Store> {
    match kind {
        StoreKind::Keyring => Box::new(Keyring::new(places)),
        StoreKind::EncryptedFile => Box::new(FileStore::new(places, Sealed::new(key))),
        StoreKind::PlainFile => Box::new(FileStore::new(places, Plain)),
        StoreKind::Command(program) => Box::new(HelperStore::new(program, places)),
    }
}

#[cfg(test)]
mod tests;
