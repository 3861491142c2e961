//! What the two file stores have in common: one private file for each entry, its lock beside it.
//!
//! How a text becomes the bytes of a file is the [`FileFormat`]'s business.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::config::StoreConfig;
use super::entry::{Entry, Identity};
use super::error::Error;
use super::interface::Store;
use super::kind::StoreKind;
use super::probe::{self, Probe, ProbeStep};
use crate::clock::Clock;
use crate::file_sharing;
use crate::private_file::{self, Guard};
use crate::secret::Secret;

/// How a text becomes a file.
pub(super) trait FileFormat: Send + Sync {
    /// The store that this makes.
    const KIND: StoreKind;
    /// The extension of its files.
    const EXTENSION: &'static str;

    /// The bytes of a file that belongs to `account`.
    fn encode(&self, account: &str, text: &Secret) -> Result<Zeroizing<Vec<u8>>, Error>;

    /// The text of the file `place`, which must belong to `account`.
    fn decode(&self, place: &str, account: &str, bytes: &[u8]) -> Result<Secret, Error>;
}

/// A store of private files.
pub(super) struct FileStore<F> {
    state_dir: PathBuf,
    clock: Clock,
    format: F,
}

impl<F: FileFormat> FileStore<F> {
    pub(super) fn new(places: &StoreConfig, format: F) -> Self {
        Self {
            state_dir: places.state_dir.clone(),
            clock: places.clock,
            format,
        }
    }

    fn folder(&self, entry: &Entry) -> PathBuf {
        self.state_dir.join(match entry {
            Entry::Session(_) | Entry::Incoming(_) | Entry::PendingLogins(_) => "sessions",
            Entry::ClientSecret { .. } => "secrets",
        })
    }

    fn record(&self, entry: &Entry) -> PathBuf {
        self.folder(entry)
            .join(format!("{}.{}", entry.stem(), F::EXTENSION))
    }

    fn ensure(&self, folder: &Path) -> Result<(), Error> {
        private_file::ensure_dir(&self.state_dir)?;
        Ok(private_file::ensure_dir(folder)?)
    }

    fn is_there(&self, folder: &Path) -> Result<bool, Error> {
        Ok(private_file::check_dir(&self.state_dir)? && private_file::check_dir(folder)?)
    }

    fn read(&self, path: &Path, account: &str) -> Result<Option<Secret>, Error> {
        let Some(bytes) = private_file::read(path)? else {
            return Ok(None);
        };
        self.format
            .decode(&path.display().to_string(), account, &bytes)
            .map(Some)
    }
}

impl<F: FileFormat> Store for FileStore<F> {
    fn kind(&self) -> StoreKind {
        F::KIND
    }

    fn get(&self, entry: &Entry) -> Result<Option<Secret>, Error> {
        if !self.is_there(&self.folder(entry))? {
            return Ok(None);
        }
        self.read(&self.record(entry), &entry.account())
    }

    fn contains(&self, entry: &Entry) -> Result<bool, Error> {
        // What cannot be read is there all the same.
        Ok(self.is_there(&self.folder(entry))? && self.record(entry).symlink_metadata().is_ok())
    }

    fn put(&self, entry: &Entry, text: &Secret, guard: &Guard) -> Result<(), Error> {
        guard.covers(&self.lock_file(entry))?;
        self.ensure(&self.folder(entry))?;
        let path = self.record(entry);
        let bytes = self.format.encode(&entry.account(), text)?;
        if bytes.len() > private_file::FILE_SIZE_LIMIT {
            return Err(Error::TooSmall {
                place: path.display().to_string(),
                limit: private_file::FILE_SIZE_LIMIT,
                needed: bytes.len(),
            });
        }
        private_file::remove_leftovers(&path)?;
        Ok(private_file::replace(&path, &bytes)?)
    }

    fn delete(&self, entry: &Entry, guard: &Guard) -> Result<bool, Error> {
        guard.covers(&self.lock_file(entry))?;
        if !self.is_there(&self.folder(entry))? {
            return Ok(false);
        }
        let path = self.record(entry);
        let mut removed = private_file::remove(&path)?;
        private_file::remove_leftovers(&path)?;
        for aside in private_file::siblings(&path, &aside_prefix(&path))? {
            removed |= private_file::remove(&aside)?;
        }
        Ok(removed)
    }

    fn set_aside(&self, entry: &Entry, guard: &Guard) -> Result<Option<String>, Error> {
        guard.covers(&self.lock_file(entry))?;
        let path = self.record(entry);
        if !self.is_there(&self.folder(entry))? || !path.exists() {
            return Ok(None);
        }
        let aside = free_name(&path, self.clock);
        file_sharing::rename(&path, &aside)
            .map_err(|error| private_file::Error::from_io("set aside", &path, error))?;
        Ok(Some(aside.display().to_string()))
    }

    fn probe(&self) -> Result<(), Error> {
        let folder = self.state_dir.join("sessions");
        self.ensure(&folder)?;
        probe::sweep(&folder);
        let probe = Probe::begin(&folder)?;
        let path = folder.join(format!("{}.{}", probe.stem(), F::EXTENSION));
        let account = probe.account();
        probe::run(&path.display().to_string(), |step| match step {
            ProbeStep::Write(text) => {
                private_file::replace(&path, &self.format.encode(&account, text)?)?;
                Ok(None)
            }
            ProbeStep::Read => self.read(&path, &account),
            ProbeStep::Remove => {
                private_file::remove(&path)?;
                Ok(None)
            }
        })
    }

    fn identities(&self) -> Result<Vec<Identity>, Error> {
        let folder = self.state_dir.join("sessions");
        if !self.is_there(&folder)? {
            return Ok(Vec::new());
        }
        let files = private_file::siblings(&folder.join("any"), &OsString::new())?;
        let of_file = |path: &PathBuf| {
            let bytes = private_file::read(path).ok().flatten()?;
            let named: Named = serde_json::from_slice(&bytes).ok()?;
            let entry = Entry::of_session(&named.account)?;
            // Nothing reads a copy under another name.
            let is_found = *path == self.record(&entry);
            entry.identity().filter(|_| is_found).cloned()
        };
        let is_record =
            |path: &&PathBuf| path.extension().is_some_and(|known| known == F::EXTENSION);
        Ok(files.iter().filter(is_record).filter_map(of_file).collect())
    }

    fn location(&self, entry: &Entry) -> String {
        self.record(entry).display().to_string()
    }

    /// Both file stores lock an entry with the same file, so a move between them is safe.
    fn lock_file(&self, entry: &Entry) -> PathBuf {
        self.folder(entry).join(format!("{}.lock", entry.stem()))
    }

    /// The other file store may hold another session of the same account, which loses nothing to
    /// this one: so the name is that of the record.
    fn beside(&self, entry: &Entry, extension: &str) -> PathBuf {
        let mut name = self.record(entry).into_os_string();
        name.push(".");
        name.push(extension);
        name.into()
    }

    fn lock(&self, entry: &Entry, wait: Duration) -> Result<Guard, Error> {
        let folder = self.folder(entry);
        self.ensure(&folder)?;
        // Every writer tidies up, so that no login has to come first.
        probe::sweep(&folder);
        Ok(private_file::lock_in_folder(&self.lock_file(entry), wait)?)
    }
}

/// The part of every format that says whose a record is.
#[derive(Deserialize)]
struct Named {
    account: String,
}

fn aside_prefix(path: &Path) -> OsString {
    let mut prefix = path.file_name().unwrap_or_default().to_owned();
    prefix.push(".corrupt-");
    prefix
}

fn free_name(path: &Path, clock: Clock) -> PathBuf {
    let mut moment = clock.now();
    loop {
        let mut name = aside_prefix(path);
        name.push(moment.to_string());
        let aside = path.with_file_name(name);
        if !aside.exists() {
            return aside;
        }
        moment += 1;
    }
}
