//! The operating system's keyring: Secret Service on Linux, Keychain on macOS, Credential Manager
//! on Windows, all through one crate.
//!
//! Every call runs in a thread of its own under a deadline, because each of the three may wait
//! for a person. Errors are sorted by what that person can do.

#[cfg(windows)]
#[path = "keyring/credential_manager.rs"]
mod platform;
#[cfg(target_os = "macos")]
#[path = "keyring/keychain.rs"]
mod platform;
#[cfg(not(any(windows, target_os = "macos")))]
#[path = "keyring/secret_service.rs"]
mod platform;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ::keyring::{Entry as Item, Error as ItemError};
use zeroize::Zeroizing;

use super::deadline::{Patience, within};
use super::file_store::{probe_text, stem};
use super::split::{self, Vault, place};
use super::{Entry, Error, Guard, Kind, Places, Store, file, key, lock};
use crate::secret::Secret;

/// The service under which every entry is found.
pub(super) const SERVICE: &str = "eprospera";

/// A credential blob of Windows holds 5 × 512 bytes (`CRED_MAX_CREDENTIAL_BLOB_SIZE`).
const PLATFORM_LIMIT: Option<usize> = if cfg!(windows) { Some(2560) } else { None };

/// The `keyring` store.
pub(super) struct Keyring {
    vault: Arc<dyn Vault>,
    /// `None` where the system knows no folder of this user.
    lock_dir: Option<PathBuf>,
    /// Names what is not there in that case.
    state_dir: PathBuf,
    patience: Patience,
}

impl Keyring {
    pub(super) fn new(places: &Places) -> Self {
        let native = Native {
            limit: places.part_limit.or(PLATFORM_LIMIT),
            may_unlock: places.patience.may_unlock,
        };
        Self::over(Arc::new(native), places)
    }

    fn over(vault: Arc<dyn Vault>, places: &Places) -> Self {
        Self {
            vault,
            lock_dir: places.user_lock_dir.clone(),
            state_dir: places.state_dir.clone(),
            patience: places.patience.clone(),
        }
    }

    fn run<T: Send + 'static>(
        &self,
        account: String,
        work: impl FnOnce(&dyn Vault, &str) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let vault = Arc::clone(&self.vault);
        within(&self.patience, move || {
            vault.prepare(&account)?;
            work(&*vault, &account)
        })
    }
}

impl Store for Keyring {
    fn kind(&self) -> Kind {
        Kind::Keyring
    }

    fn get(&self, entry: &Entry) -> Result<Option<Secret>, Error> {
        self.run(entry.account(), split::read)
    }

    fn put(&self, entry: &Entry, text: &Secret, guard: &Guard) -> Result<(), Error> {
        guard.covers(&self.lock_file(entry))?;
        let (text, held) = (text.clone(), guard.hold());
        self.run(entry.account(), move |vault, account| {
            let outcome = split::write(vault, account, &text);
            drop(held);
            outcome
        })
    }

    fn delete(&self, entry: &Entry, guard: &Guard) -> Result<bool, Error> {
        guard.covers(&self.lock_file(entry))?;
        let held = guard.hold();
        self.run(entry.account(), move |vault, account| {
            let outcome = split::erase(vault, account);
            drop(held);
            outcome
        })
    }

    fn set_aside(&self, entry: &Entry, guard: &Guard) -> Result<Option<String>, Error> {
        // Nothing would ever find a renamed entry again; it stays until it is replaced.
        guard.covers(&self.lock_file(entry))?;
        Ok(None)
    }

    fn probe(&self) -> Result<(), Error> {
        let account = format!("probe:{}", key::random_name()?);
        let text = probe_text()?;
        self.run(account, move |vault, account| {
            let written = split::write(vault, account, &text);
            let found = written.and_then(|()| split::read(vault, account));
            let removed = split::erase(vault, account);
            match found? {
                Some(found) if found.equals(text.expose()) => removed.map(drop),
                _ => Err(Error::corrupt(
                    &place(account),
                    "what was written is not what was read back",
                )),
            }
        })
    }

    fn location(&self, entry: &Entry) -> String {
        format!("OS keyring: service {SERVICE}, account {}", entry.account())
    }

    fn lock_file(&self, entry: &Entry) -> PathBuf {
        // Without a folder of the user `lock` fails, so nothing is ever written beside this name.
        let folder = self.lock_dir.as_ref().unwrap_or(&self.state_dir);
        folder.join(format!("{}.lock", stem(entry)))
    }

    fn lock(&self, entry: &Entry, wait: Duration) -> Result<Guard, Error> {
        let lock_dir = self.lock_dir.as_ref().ok_or(Error::NoUserFolder)?;
        file::ensure_private_dir(lock_dir)?;
        lock::acquire(&self.lock_file(entry), wait)
    }
}

/// The entries of the platform's own keyring.
struct Native {
    limit: Option<usize>,
    may_unlock: bool,
}

impl Native {
    fn item(account: &str) -> Result<Item, Error> {
        // Without this the crate would only say that there is no default store.
        if let Err(error) = Item::store_status() {
            return Err(sort(account, error));
        }
        Item::new(SERVICE, account).map_err(|error| sort(account, &error))
    }
}

impl Vault for Native {
    fn limit(&self) -> Option<usize> {
        self.limit
    }

    fn prepare(&self, account: &str) -> Result<(), Error> {
        platform::prepare(account, self.may_unlock)
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
            platform::sort(&**cause)
        }
        ItemError::Ambiguous(items) => Error::Ambiguous {
            account: account.to_owned(),
            count: items.len(),
        },
        ItemError::BadEncoding(_) | ItemError::BadDataFormat(..) | ItemError::BadStoreFormat(_) => {
            Error::corrupt(&place(account), "the keyring itself cannot read it")
        }
        ItemError::Invalid(what, why) => Error::Absent {
            cause: format!("{what} {why}"),
        },
        ItemError::NoDefaultStore => Error::Absent {
            cause: String::from("this platform has none"),
        },
        other => Error::Keyring {
            cause: other.to_string(),
        },
    }
}

#[cfg(test)]
mod tests;
