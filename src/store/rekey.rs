//! Another key for everything in the encrypted store of a state folder.
//!
//! Each file is sealed anew and then put in place of the old one, so each is whole under one key
//! or the other at any moment. A run that was cut off is finished by another with the same keys.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::Error;
use crate::crypto::{self, Sealer};
use crate::private_file;

/// What became of the records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rekeyed {
    /// How many have the new key since this run.
    pub changed: usize,
    /// How many had it before.
    pub already: usize,
}

/// Seals every session and client secret below `state_dir` with another key. All are locked, and
/// opened with the old key, before the first is written.
///
/// # Errors
///
/// `WrongKey` or `KeyKind` of `crypto` for a record that neither key opens, and what reading,
/// locking and writing say.
pub(crate) fn rekey(
    state_dir: &Path,
    old: &Sealer,
    new: &Sealer,
    wait: Duration,
) -> Result<Rekeyed, Error> {
    let records = records(state_dir)?;
    let guards: Result<Vec<_>, _> = records
        .iter()
        .map(|path| private_file::lock_in_folder(&path.with_extension("lock"), wait))
        .collect();
    let _guards = guards?;
    let mut done = Rekeyed::default();
    let mut sealed = Vec::new();
    for path in records {
        // One that was deleted before it was locked needs no key.
        let Some(bytes) = private_file::read(&path)? else {
            continue;
        };
        match sealed_anew(&path, &bytes, old, new)? {
            Some(bytes) => sealed.push((path, bytes)),
            None => done.already += 1,
        }
    }
    for (path, bytes) in sealed {
        private_file::remove_leftovers(&path)?;
        private_file::replace(&path, &bytes)?;
        done.changed += 1;
    }
    Ok(done)
}

/// Whether there is no encrypted store below `state_dir` yet: nothing that a key has to fit.
pub(crate) fn is_new(state_dir: &Path) -> Result<bool, Error> {
    Ok(records(state_dir)?.is_empty())
}

/// The record under the new key; `None` when it has it already.
fn sealed_anew(
    path: &Path,
    bytes: &[u8],
    old: &Sealer,
    new: &Sealer,
) -> Result<Option<Vec<u8>>, Error> {
    let place = path.display().to_string();
    let account = crypto::account(&place, bytes)?;
    match old.open(&place, &account, bytes) {
        Ok(text) => Ok(Some(new.seal(&account, &text)?)),
        Err(error @ (crypto::Error::WrongKey { .. } | crypto::Error::KeyKind { .. })) => {
            match new.open(&place, &account, bytes) {
                Ok(_) => Ok(None),
                Err(_) => Err(error.into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// The records of the encrypted store, in the same order in every process, so that two runs cannot
/// wait for each other.
fn records(state_dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    if !private_file::check_dir(state_dir)? {
        return Ok(found);
    }
    for name in ["sessions", "secrets"] {
        let folder = state_dir.join(name);
        let fail = |error| private_file::Error::from_io("list", &folder, error);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(fail(error).into()),
        };
        private_file::check_dir(&folder)?;
        for entry in entries {
            let path = entry.map_err(fail)?.path();
            let stem = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
            // A probe is gone in a moment, and its key with it.
            let is_record = path.extension().is_some_and(|kind| kind == "sealed")
                && !stem.starts_with('.')
                && !stem.starts_with("probe-");
            if is_record {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::KeyMaterial;
    use crate::secret::Secret;
    use crate::store::{Entry, Store, StoreConfig, StoreKind, open};

    const WAIT: Duration = Duration::from_secs(5);

    fn key(digit: &str) -> Sealer {
        let key = Secret::new(digit.repeat(64));
        Sealer::new(move || KeyMaterial::parse(&key).map(Some))
    }

    fn store(folder: &Path, digit: &str) -> Box<dyn Store> {
        let places = StoreConfig::new(folder.to_owned(), folder.join("keyring"));
        let key = Secret::new(digit.repeat(64));
        open(&StoreKind::EncryptedFile, &places, move || {
            KeyMaterial::parse(&key).map(Some)
        })
    }

    fn entry(client_id: &str) -> Entry {
        Entry::ClientSecret {
            issuer: "https://portal.example".to_owned(),
            client_id: client_id.to_owned(),
        }
    }

    fn put(folder: &Path, digit: &str, client_id: &str) {
        let (store, entry) = (store(folder, digit), entry(client_id));
        let guard = store.lock(&entry, WAIT).unwrap();
        let text = Secret::new(format!("secret of {client_id}"));
        store.put(&entry, &text, &guard).unwrap();
    }

    fn get(folder: &Path, digit: &str, client_id: &str) -> Result<Option<Secret>, Error> {
        store(folder, digit).get(&entry(client_id))
    }

    #[test]
    fn every_record_gets_the_new_key_and_loses_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("state");
        for client_id in ["one", "two"] {
            put(&folder, "a", client_id);
        }
        let done = rekey(&folder, &key("a"), &key("b"), WAIT).unwrap();
        assert_eq!((done.changed, done.already), (2, 0));
        for client_id in ["one", "two"] {
            let text = get(&folder, "b", client_id).unwrap().unwrap();
            assert!(text.equals(&format!("secret of {client_id}")));
            assert!(get(&folder, "a", client_id).is_err());
        }
    }

    #[test]
    fn a_run_that_was_cut_off_is_finished_by_another() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("state");
        put(&folder, "a", "one");
        put(&folder, "b", "two");
        let done = rekey(&folder, &key("a"), &key("b"), WAIT).unwrap();
        assert_eq!((done.changed, done.already), (1, 1));
        assert!(get(&folder, "b", "one").unwrap().is_some());
    }

    #[test]
    fn a_record_that_neither_key_opens_stops_everything() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("state");
        put(&folder, "a", "one");
        put(&folder, "c", "two");
        let refused = rekey(&folder, &key("a"), &key("b"), WAIT);
        assert!(matches!(
            refused,
            Err(Error::Crypto(crypto::Error::WrongKey { .. }))
        ));
        assert!(get(&folder, "a", "one").unwrap().is_some());
        assert!(get(&folder, "c", "two").unwrap().is_some());
    }

    #[test]
    fn without_any_record_nothing_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let done = rekey(&folder.path().join("state"), &key("a"), &key("b"), WAIT).unwrap();
        assert_eq!(done, Rekeyed::default());
    }
}
