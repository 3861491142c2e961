//! The Windows Credential Manager: how its entries are named, that they stay on this computer, and
//! what its errors mean.
//!
//! Entries are not listed: the crate reads what `CredEnumerateW` gives as if it were aligned, which it
//! is not under Wine.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry as Item, Result};
use windows_native_keyring_store::Store;

use crate::store::chunked::SERVICE;
use crate::store::error::Error;

/// `CRED_PERSIST_LOCAL_MACHINE`: with the default of the crate, a roaming profile would carry a
/// refresh token to a second computer, and the first refresh there would end the session here.
/// It takes effect with each write, so that an entry of an earlier version changes with the next.
const PERSISTENCE: (&str, &str) = ("persistence", "Local");

/// Comes before each letter that stands for a capital one.
const CAPITAL: char = '~';

/// The credentials of this user.
pub(super) fn open() -> Result<Arc<CredentialStore>> {
    Ok(Store::new()?)
}

/// The entry of an account, which need not be there.
pub(super) fn item(store: &CredentialStore, account: &str) -> Result<Item> {
    let modifiers = HashMap::from([PERSISTENCE]);
    store.build(SERVICE, &without_capitals(account), Some(&modifiers))
}

/// The name of an account's entry. The Credential Manager takes names that differ only in case for
/// one, and names of profiles and clients may.
fn without_capitals(account: &str) -> String {
    let mut name = String::with_capacity(account.len());
    for letter in account.chars() {
        if letter.is_ascii_uppercase() || letter == CAPITAL {
            name.push(CAPITAL);
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// Sorts an error that the keyring's crate passed on; it keeps the codes to itself.
pub(super) fn sort(cause: &(dyn StdError + Send + Sync + 'static)) -> Error {
    let cause = cause.to_string();
    if cause.contains("ERROR_NO_SUCH_LOGON_SESSION") {
        // Services and remote shells run without the user's credential set.
        return Error::Absent { cause };
    }
    Error::Keyring { cause }
}

#[cfg(test)]
#[path = "credential_manager/tests.rs"]
mod tests;
