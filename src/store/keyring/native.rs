//! Keychain and Credential Manager, through the crates of one project.
//!
//! Either has one entry for an account at most, and either asks its owner by itself.

#[cfg(windows)]
#[path = "credential_manager.rs"]
mod system;
#[cfg(target_os = "macos")]
#[path = "keychain.rs"]
mod system;

use std::sync::{Arc, LazyLock};

use keyring_core::{CredentialStore, Entry as Item, Error as ItemError};
use zeroize::Zeroizing;

use crate::store::chunked::{KeyValueBackend, place};
use crate::store::error::Error;

/// What the system offers, opened when it is first needed.
static STORE: LazyLock<Result<Arc<CredentialStore>, ItemError>> = LazyLock::new(system::open);

/// The entries of the platform's own keyring.
pub(super) struct Native {
    limit: Option<usize>,
}

impl Native {
    pub(super) fn new(limit: Option<usize>, _may_unlock: bool) -> Self {
        Self { limit }
    }

    fn store(account: &str) -> Result<&'static CredentialStore, Error> {
        match &*STORE {
            Ok(store) => Ok(&**store),
            Err(error) => Err(sort(account, error)),
        }
    }

    fn item(account: &str) -> Result<Item, Error> {
        system::item(Self::store(account)?, account).map_err(|error| sort(account, &error))
    }
}

impl KeyValueBackend for Native {
    fn limit(&self) -> Option<usize> {
        self.limit
    }

    fn set(&self, account: &str, bytes: &[u8]) -> Result<(), Error> {
        match Self::item(account)?.set_secret(bytes) {
            Ok(()) => Ok(()),
            Err(ItemError::TooLong(_, limit)) => Err(Error::TooSmall {
                place: String::from("an entry of the OS keyring"),
                limit: usize::try_from(limit).unwrap_or(usize::MAX),
                needed: bytes.len(),
            }),
            Err(error) => Err(sort(account, &error)),
        }
    }

    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        match Self::item(account)?.get_secret() {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(ItemError::NoEntry) => Ok(None),
            Err(error) => Err(sort(account, &error)),
        }
    }

    fn remove(&self, account: &str) -> Result<bool, Error> {
        match Self::item(account)?.delete_credential() {
            Ok(()) => Ok(true),
            Err(ItemError::NoEntry) => Ok(false),
            Err(ItemError::Ambiguous(items)) => {
                for item in items {
                    item.delete_credential()
                        .map_err(|error| sort(account, &error))?;
                }
                Ok(true)
            }
            Err(error) => Err(sort(account, &error)),
        }
    }
}

/// Sorts an error of the keyring's crate by what a person can do about it.
fn sort(account: &str, error: &ItemError) -> Error {
    match error {
        ItemError::PlatformFailure(cause) | ItemError::NoStorageAccess(cause) => {
            system::sort(&**cause)
        }
        ItemError::Ambiguous(items) => Error::Ambiguous {
            account: account.to_owned(),
            count: items.len(),
        },
        ItemError::BadEncoding(_) | ItemError::BadDataFormat(..) | ItemError::BadStoreFormat(_) => {
            Error::corrupt(&place(account), "the keyring cannot read it")
        }
        ItemError::Invalid(what, why) => Error::Absent {
            cause: format!("{what} {why}"),
        },
        ItemError::NoDefaultStore => Error::Absent {
            cause: String::from("this platform has no keyring"),
        },
        other => Error::Keyring {
            cause: other.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::Unreadable;

    #[test]
    fn errors_of_the_crate_are_sorted_by_cause() {
        let invalid = ItemError::Invalid(String::from("platform"), String::from("unknown"));
        assert!(matches!(sort("a", &invalid), Error::Absent { .. }));
        assert!(matches!(
            sort("a", &ItemError::NoDefaultStore),
            Error::Absent { .. }
        ));
        assert!(matches!(
            sort("a", &ItemError::Ambiguous(Vec::new())),
            Error::Ambiguous { count: 0, .. }
        ));
        let malformed = ItemError::BadEncoding(b"rt_canary".to_vec());
        let error = sort("a", &malformed);
        assert!(matches!(
            error,
            Error::Unreadable(Unreadable::Corrupt { .. })
        ));
        assert!(!format!("{error} {error:?}").contains("rt_canary"));
    }
}
