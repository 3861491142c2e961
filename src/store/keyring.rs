//! The operating system's keyring: Secret Service on Linux, Keychain on macOS, Credential Manager
//! on Windows.
//!
//! Every call runs in a thread of its own under a deadline, because each of the three may wait
//! for a person. Errors are sorted by what that person can do.

#[cfg(any(windows, target_os = "macos"))]
#[path = "keyring/native.rs"]
mod platform;
#[cfg(not(any(windows, target_os = "macos")))]
#[path = "keyring/secret_service.rs"]
mod platform;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::chunked::{self, KeyValueBackend, Purpose, SERVICE, place};
use super::config::StoreConfig;
use super::deadline::{Patience, within};
use super::entry::{Entry, Identity};
use super::error::Error;
use super::interface::Store;
use super::kind::StoreKind;
use super::probe::{self, Probe, ProbeStep};
use crate::crypto;
use crate::private_file::{self, Guard};
use crate::secret::Secret;

/// A credential blob of Windows holds 5 × 512 bytes (`CRED_MAX_CREDENTIAL_BLOB_SIZE`).
const PLATFORM_LIMIT: Option<usize> = if cfg!(windows) { Some(2560) } else { None };

/// The `keyring` store.
pub(super) struct Keyring {
    backend: Arc<dyn KeyValueBackend>,
    /// `None` where the system knows no folder of this user.
    lock_dir: Option<PathBuf>,
    /// Names what is not there in that case.
    state_dir: PathBuf,
    patience: Patience,
    /// What each account held when this process last read or wrote it.
    seen: Mutex<HashMap<String, Option<Secret>>>,
}

impl Keyring {
    pub(super) fn new(places: &StoreConfig) -> Self {
        let limit = places.part_limit.or(PLATFORM_LIMIT);
        let native = platform::Native::new(limit, places.patience.may_unlock);
        Self::over(Arc::new(native), places)
    }

    fn over(backend: Arc<dyn KeyValueBackend>, places: &StoreConfig) -> Self {
        Self {
            backend,
            lock_dir: places.user_lock_dir.clone(),
            state_dir: places.state_dir.clone(),
            patience: places.patience.clone(),
            seen: Mutex::default(),
        }
    }

    fn seen(&self) -> MutexGuard<'_, HashMap<String, Option<Secret>>> {
        // A panic of another thread leaves the map whole: each change is one call.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The folder of the locks, made where it is missing.
    fn lock_dir(&self) -> Result<&PathBuf, Error> {
        let lock_dir = self.lock_dir.as_ref().ok_or(Error::NoUserFolder)?;
        private_file::ensure_dir(lock_dir)?;
        Ok(lock_dir)
    }

    /// The id of the folder of the locks, made where there is none. It moves with the folder.
    fn lock_folder_id(&self) -> Result<String, Error> {
        let path = self.lock_dir()?.join("id");
        loop {
            if let Some(bytes) = private_file::read(&path)? {
                let id = std::str::from_utf8(&bytes).ok().map(str::trim);
                return match id {
                    Some(id) if !id.is_empty() => Ok(id.to_owned()),
                    _ => Err(Error::corrupt(
                        &path.display().to_string(),
                        "it does not contain the id of a folder",
                    )),
                };
            }
            private_file::remove_leftovers(&path)?;
            // Another process may be faster: then its id counts.
            private_file::create(&path, crypto::random_name()?.as_bytes())?;
        }
    }

    /// Whether an entry says that another folder has its locks: a process that sees this keyring has
    /// another home. An entry that says nothing has never been bound to one.
    fn has_other_locks(&self, entry: &Entry) -> Result<bool, Error> {
        if !is_rotated(entry) {
            return Ok(false);
        }
        let (backend, account) = (Arc::clone(&self.backend), entry.account());
        let known = within(&self.patience, move || backend.lock_folder(&account));
        match known {
            Ok(None) => Ok(false),
            Ok(Some(id)) => Ok(id != self.lock_folder_id()?),
            Err(error) => {
                // Without the keyring nothing is sent either.
                tracing::debug!(%error, "whose locks an entry has is not known");
                Ok(false)
            }
        }
    }

    /// The id of the lock folder to write with an entry; `None` where the entry keeps the one it has.
    ///
    /// A login in another home may have taken the lock over while this process was refreshing under
    /// its own. What that login has stored is newer, and stays. If it has stored nothing yet, the
    /// entry holds the token that was just spent here, and gets its successor.
    ///
    /// # Errors
    /// [`Error::LockedApart`] where another home has stored another session.
    fn lock_folder_to_write(&self, entry: &Entry) -> Result<Option<String>, Error> {
        if !is_rotated(entry) {
            return Ok(None);
        }
        if !self.has_other_locks(entry)? {
            return self.lock_folder_id().map(Some);
        }
        let seen = self.seen().get(&entry.account()).cloned().flatten();
        let stored = self.run((entry.account(), Purpose::Read), chunked::read)?;
        match (seen, stored) {
            (Some(seen), Some(stored)) if seen.equals(stored.expose()) => Ok(None),
            _ => Err(Error::LockedApart {
                folder: self.lock_dir()?.clone(),
            }),
        }
    }

    fn run<T: Send + 'static>(
        &self,
        (account, purpose): (String, Purpose),
        work: impl FnOnce(&dyn KeyValueBackend, &str) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let backend = Arc::clone(&self.backend);
        within(&self.patience, move || {
            backend.prepare(&account, purpose)?;
            work(&*backend, &account)
        })
    }
}

impl Store for Keyring {
    fn kind(&self) -> StoreKind {
        StoreKind::Keyring
    }

    fn get(&self, entry: &Entry) -> Result<Option<Secret>, Error> {
        let found = self.run((entry.account(), Purpose::Read), chunked::read)?;
        self.seen().insert(entry.account(), found.clone());
        Ok(found)
    }

    fn put(&self, entry: &Entry, text: &Secret, guard: &Guard) -> Result<(), Error> {
        guard.covers(&self.lock_file(entry))?;
        let id = self.lock_folder_to_write(entry)?;
        let (written, held) = (text.clone(), guard.hold());
        self.run(
            (entry.account(), Purpose::Write),
            move |backend, account| {
                let outcome = chunked::write(backend, account, &written);
                if let (Ok(()), Some(id)) = (&outcome, id) {
                    bind(backend, account, &id);
                }
                drop(held);
                outcome
            },
        )?;
        self.seen().insert(entry.account(), Some(text.clone()));
        Ok(())
    }

    fn delete(&self, entry: &Entry, guard: &Guard) -> Result<bool, Error> {
        guard.covers(&self.lock_file(entry))?;
        let (held, lock_dir) = (guard.hold(), self.lock_dir()?.clone());
        self.run((entry.account(), Purpose::Read), move |backend, account| {
            let outcome = chunked::erase(backend, account);
            drop(held);
            sweep(backend, &lock_dir);
            outcome
        })
    }

    fn set_aside(&self, entry: &Entry, guard: &Guard) -> Result<Option<String>, Error> {
        // Nothing would ever find a renamed entry again; it stays until it is replaced.
        guard.covers(&self.lock_file(entry))?;
        Ok(None)
    }

    fn probe(&self) -> Result<(), Error> {
        let lock_dir = self.lock_dir()?.clone();
        let probe = Probe::begin(&lock_dir)?;
        let account = probe.account();
        self.run((account, Purpose::Write), move |backend, account| {
            let outcome = probe::run(&place(account), |step| match step {
                ProbeStep::Write(text) => chunked::write(backend, account, text).map(|()| None),
                ProbeStep::Read => chunked::read(backend, account),
                ProbeStep::Remove => chunked::erase(backend, account).map(|_| None),
            });
            // The probe lives as long as this thread, which may outlive its deadline.
            drop(probe);
            sweep(backend, &lock_dir);
            outcome
        })
    }

    fn identities(&self) -> Result<Vec<Identity>, Error> {
        let backend = Arc::clone(&self.backend);
        let accounts = within(&self.patience, move || backend.accounts())?;
        let of_sessions = accounts.iter().map(String::as_str);
        let of_sessions = of_sessions.filter_map(Entry::of_session);
        Ok(of_sessions
            .filter_map(|entry| entry.identity().cloned())
            .collect())
    }

    fn location(&self, entry: &Entry) -> String {
        format!("OS keyring: service {SERVICE}, account {}", entry.account())
    }

    fn lock_file(&self, entry: &Entry) -> PathBuf {
        // Without a folder of the user `lock` fails, so nothing is ever written beside this name.
        let folder = self.lock_dir.as_ref().unwrap_or(&self.state_dir);
        folder.join(format!("{}.lock", entry.stem()))
    }

    fn lock(&self, entry: &Entry, wait: Duration) -> Result<Guard, Error> {
        let folder = self.lock_dir()?.clone();
        let guard = private_file::lock_in_folder(&self.lock_file(entry), wait)?;
        if self.has_other_locks(entry)? {
            return Err(Error::LockedApart { folder });
        }
        Ok(guard)
    }

    fn take_over_lock(&self, entry: &Entry) -> Result<(), Error> {
        if !self.has_other_locks(entry)? {
            return Ok(());
        }
        let id = self.lock_folder_id()?;
        self.run((entry.account(), Purpose::Read), move |backend, account| {
            backend.set_lock_folder(account, &id)
        })
    }
}

/// Whether two processes that change an entry side by side would cost what it holds.
fn is_rotated(entry: &Entry) -> bool {
    matches!(entry, Entry::Session(_) | Entry::Incoming(_))
}

/// Says with an entry which folder has its locks. The entry itself is stored, whatever becomes of
/// this.
fn bind(backend: &dyn KeyValueBackend, account: &str, id: &str) {
    let bound = match backend.lock_folder(account) {
        Ok(Some(known)) if known == id => Ok(()),
        Ok(_) => backend.set_lock_folder(account, id),
        Err(error) => Err(error),
    };
    if let Err(error) = bound {
        tracing::debug!(%error, "an entry does not say which folder has its locks");
    }
}

/// Removes the probes that killed runs left. What prevents that concerns those runs, not
/// this one.
fn sweep(backend: &dyn KeyValueBackend, lock_dir: &Path) {
    let accounts = backend.accounts().unwrap_or_else(|error| {
        tracing::debug!(%error, "the keyring is not searched for old probes");
        Vec::new()
    });
    for id in accounts.iter().filter_map(|account| probe::id_of(account)) {
        let Some(abandoned) = Probe::abandoned(lock_dir, id) else {
            continue;
        };
        if let Err(error) = chunked::erase(backend, &abandoned.account()) {
            tracing::debug!(%error, "an old probe stays in the keyring");
        }
    }
    probe::sweep(lock_dir);
}

#[cfg(test)]
mod tests;
