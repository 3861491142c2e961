//! What the fuzzer feeds: what stores hold and what a helper says, each with what must hold
//! whatever comes.
//!
//! Compiled for `fuzz/` only. It must not weaken a check: it calls what the program calls.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use zeroize::Zeroizing;

use super::chunked::{self, KeyValueBackend};
use super::command;
use super::error::Error;
use crate::crypto::{KeyMaterial, Sealer};
use crate::secret::Secret;

const ACCOUNT: &str = "default@https://portal.example#client-1";

/// A line of a helper, and a record that it gives back.
pub fn helper_line(bytes: &[u8]) {
    command::fuzzing::line(bytes, ACCOUNT);
}

/// A sealed file. Nothing but what was sealed with the key is ever opened, and no fuzzer can seal.
pub fn sealed_file(bytes: &[u8]) {
    let sealer = Sealer::new(|| Ok(Some(KeyMaterial::Raw(Zeroizing::new([7; 32])))));
    assert!(sealer.open("the file", ACCOUNT, bytes).is_err());
}

/// Entries of a keyring that are not what this program wrote: the bytes are the entries, split at
/// zero bytes. Reading ends, and writing over them makes a record that can be read.
pub fn keyring_entries(bytes: &[u8]) {
    let names = [
        ACCOUNT.to_owned(),
        format!("part-a-0:{ACCOUNT}"),
        format!("part-a-1:{ACCOUNT}"),
        format!("part-b-0:{ACCOUNT}"),
        format!("part-b-1:{ACCOUNT}"),
    ];
    let parts = bytes.split(|byte| *byte == 0).map(<[u8]>::to_vec);
    let backend = Entries(Mutex::new(names.into_iter().zip(parts).collect()));
    drop(chunked::read(&backend, ACCOUNT));
    let text = Secret::new("a record ".repeat(20));
    if chunked::write(&backend, ACCOUNT, &text).is_ok() {
        let read = chunked::read(&backend, ACCOUNT);
        assert!(read.is_ok_and(|read| read.is_some_and(|read| read.equals(text.expose()))));
    }
}

struct Entries(Mutex<BTreeMap<String, Vec<u8>>>);

impl Entries {
    fn locked(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeyValueBackend for Entries {
    fn limit(&self) -> Option<usize> {
        Some(600)
    }

    fn set(&self, account: &str, bytes: &[u8]) -> Result<(), Error> {
        self.locked().insert(account.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        Ok(self.locked().get(account).cloned().map(Zeroizing::new))
    }

    fn remove(&self, account: &str) -> Result<bool, Error> {
        Ok(self.locked().remove(account).is_some())
    }
}
