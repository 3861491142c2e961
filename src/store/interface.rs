//! What every store does. A new kind of store implements [`Store`].

use std::path::PathBuf;
use std::time::Duration;

use super::entry::{Entry, Identity};
use super::error::Error;
use super::kind::StoreKind;
use crate::private_file::{self, Guard};
use crate::secret::Secret;

/// A place for texts that other users may not read.
///
/// Reading needs no lock: a reader sees the old text or the new one, never a mix. Writing needs
/// the [`Guard`] of the same entry, so an unlocked write does not compile and one under another
/// entry's lock is refused ([`OtherLock`](private_file::Error::OtherLock)).
pub trait Store: Send + Sync {
    fn kind(&self) -> StoreKind;

    /// The text of an entry; `None` when there is none.
    fn get(&self, entry: &Entry) -> Result<Option<Secret>, Error>;

    /// Whether there is anything under an entry, be it readable or not. Needs no key.
    fn contains(&self, entry: &Entry) -> Result<bool, Error> {
        match self.get(entry) {
            Err(Error::Unreadable(_)) => Ok(true),
            found => found.map(|found| found.is_some()),
        }
    }

    /// Replaces the text of an entry. On failure the old text is still there.
    fn put(&self, entry: &Entry, text: &Secret, guard: &Guard) -> Result<(), Error>;

    /// Removes an entry with every part of it, a damaged or set-aside one too; `false` when there
    /// was nothing.
    fn delete(&self, entry: &Entry, guard: &Guard) -> Result<bool, Error>;

    /// Keeps a record that cannot be read out of the way of the next write, and says where it
    /// went. `None` when there is none, or when the store cannot: the keyring leaves it in place.
    fn set_aside(&self, entry: &Entry, guard: &Guard) -> Result<Option<String>, Error>;

    /// Writes, reads back and deletes a text of a real session's size under a name of its own, to
    /// prove the store before a person is asked for anything.
    fn probe(&self) -> Result<(), Error>;

    /// Whose sessions are here, as far as the store can list them: a helper cannot. An identity
    /// whose session has another one waiting beside it may come twice.
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

    /// Whether the lock can be lost while its holder lives on, because a helper keeps it.
    fn may_lose_lock(&self) -> bool {
        false
    }

    /// The intent record of an entry: what its holder was about to do. All who share the entry
    /// see it, so it is kept beside the lock.
    fn get_intent(&self, entry: &Entry) -> Result<Option<Secret>, Error> {
        let path = self.beside(entry, INTENT);
        let Some(mut bytes) = private_file::read(&path)? else {
            return Ok(None);
        };
        // This program writes nothing but text.
        Ok(Secret::from_utf8(std::mem::take(&mut *bytes)))
    }

    /// Writes the intent record of an entry durably.
    fn put_intent(&self, entry: &Entry, text: &Secret, guard: &Guard) -> Result<(), Error> {
        guard.covers(&self.lock_file(entry))?;
        let path = self.beside(entry, INTENT);
        private_file::remove_leftovers(&path)?;
        Ok(private_file::replace(&path, text.expose().as_bytes())?)
    }

    /// Removes the intent record of an entry, if there is one.
    fn delete_intent(&self, entry: &Entry, guard: &Guard) -> Result<(), Error> {
        guard.covers(&self.lock_file(entry))?;
        Ok(private_file::remove(&self.beside(entry, INTENT)).map(drop)?)
    }

    /// Locks an entry against every other thread and process, waiting at most `wait`.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] after `wait`, [`Error::LockedApart`] where other processes would not see the
    /// lock, else what the lock file or the helper says.
    fn lock(&self, entry: &Entry, wait: Duration) -> Result<Guard, Error>;

    /// Makes this process's lock of an entry the one that counts, where another folder has it: a
    /// person who signs in or out here means this place.
    fn take_over_lock(&self, _entry: &Entry) -> Result<(), Error> {
        Ok(())
    }
}

/// The extension of an intent record.
const INTENT: &str = "intent";
