//! The Secret Service: several keyrings, each open or locked, and any number of entries that answer
//! to one account.
//!
//! The default keyring is the one that counts. A locked one beside it, such as one with an old
//! password, matters only where nothing open answers.

#[path = "secret_service_errors.rs"]
mod errors;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ::secret_service::blocking::{Collection, Item, SecretService};
use ::secret_service::{EncryptionType, Error as ServiceError, SearchItemsResult};
use zeroize::Zeroizing;

use crate::store::chunked::{KeyValueBackend, Match, Purpose, SERVICE};
use crate::store::error::Error;

use errors::{is_gone, sort, unreachable};

/// The entries of the Secret Service.
pub(super) struct Native {
    limit: Option<usize>,
    may_unlock: bool,
    /// The connection, from the first call on.
    service: Mutex<Option<Arc<SecretService<'static>>>>,
}

impl Native {
    pub(super) fn new(limit: Option<usize>, may_unlock: bool) -> Self {
        Self {
            limit,
            may_unlock,
            service: Mutex::default(),
        }
    }

    /// Does something with the service. After a failure the next call connects anew.
    fn with<T>(
        &self,
        work: impl FnOnce(&SecretService<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let known = || self.service.lock().unwrap_or_else(PoisonError::into_inner);
        let connected = known().clone();
        let service = if let Some(service) = connected {
            service
        } else {
            let service = SecretService::connect(EncryptionType::Dh);
            let service = Arc::new(service.map_err(|error| unreachable(&error))?);
            *known() = Some(Arc::clone(&service));
            service
        };
        let outcome = work(&service);
        if outcome.is_err() {
            *known() = None;
        }
        outcome
    }
}

impl KeyValueBackend for Native {
    fn limit(&self) -> Option<usize> {
        self.limit
    }

    /// Asks the owner to unlock what is needed, or says that it is locked.
    fn prepare(&self, account: &str, purpose: Purpose) -> Result<(), Error> {
        self.with(|service| {
            if !open_items(service, account)?.is_empty() {
                return Ok(());
            }
            // A locked keyring may hide its items, so nothing found proves nothing.
            if let Some(home) = default_collection(service)?
                && home.is_locked().map_err(sort)?
            {
                if !self.may_unlock {
                    return Err(Error::Locked {
                        cause: String::from(
                            "it cannot be unlocked without a prompt, and prompts are off",
                        ),
                    });
                }
                home.unlock().map_err(sort)?;
            }
            if purpose == Purpose::Write || !open_items(service, account)?.is_empty() {
                return Ok(());
            }
            let locked = search(service, &named(account))?.locked;
            let Some(first) = locked.first() else {
                return Ok(());
            };
            if self.may_unlock && service.unlock_all(&Vec::from_iter(&locked)).is_ok() {
                return Ok(());
            }
            Err(locked_entry(
                keyring_of(service, first),
                is_collection_open(service, first),
            ))
        })
    }

    fn matches(&self, account: &str) -> Result<Vec<Match>, Error> {
        self.with(|service| {
            let mut matches = Vec::new();
            for (item, is_at_home) in open_items(service, account)? {
                match item.get_secret() {
                    Ok(bytes) => matches.push(Match {
                        bytes: Zeroizing::new(bytes),
                        is_at_home,
                    }),
                    Err(error) if is_gone(&error) => {}
                    Err(error) => return Err(sort(error)),
                }
            }
            Ok(matches)
        })
    }

    fn accounts(&self) -> Result<Vec<String>, Error> {
        self.with(|service| {
            let found = search(service, &HashMap::from([("service", SERVICE)]))?;
            let items = found.unlocked.iter().chain(&found.locked);
            let mut accounts: Vec<_> = items
                .filter_map(|item| item.get_attributes().ok()?.remove("username"))
                .collect();
            accounts.sort();
            accounts.dedup();
            Ok(accounts)
        })
    }

    /// The attributes of a locked entry can be read, too, without a question to its owner.
    fn lock_folder(&self, account: &str) -> Result<Option<String>, Error> {
        self.with(|service| {
            if let Some((item, _)) = open_items(service, account)?.first() {
                return Ok(item.get_attributes().map_err(sort)?.remove(LOCK_FOLDER));
            }
            let locked = search(service, &named(account))?.locked;
            let mut ids = locked
                .iter()
                .filter_map(|item| item.get_attributes().ok()?.remove(LOCK_FOLDER));
            Ok(ids.next())
        })
    }

    fn set_lock_folder(&self, account: &str, id: &str) -> Result<(), Error> {
        self.with(|service| {
            let found = open_items(service, account)?;
            let Some((item, _)) = found.first() else {
                return Ok(());
            };
            let known = item.get_attributes().map_err(sort)?;
            let mut attributes: HashMap<&str, &str> = known
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            attributes.insert(LOCK_FOLDER, id);
            item.set_attributes(attributes).map_err(sort)
        })
    }

    /// Replaces the entry in the default keyring, or else another open one, and removes the
    /// others: what they hold is older.
    fn set(&self, account: &str, bytes: &[u8]) -> Result<(), Error> {
        self.with(|service| {
            let found = open_items(service, account)?;
            let Some(((kept, _), others)) = found.split_first() else {
                return create(service, account, bytes);
            };
            kept.set_secret(bytes, CONTENT_TYPE).map_err(sort)?;
            for (item, _) in others {
                if let Err(error) = item.delete() {
                    tracing::debug!(%error, "an older entry stays in the keyring");
                }
            }
            Ok(())
        })
    }

    fn get(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        Ok(self
            .matches(account)?
            .into_iter()
            .next()
            .map(|found| found.bytes))
    }

    fn remove(&self, account: &str) -> Result<bool, Error> {
        self.with(|service| {
            let found = open_items(service, account)?;
            for (item, _) in &found {
                match item.delete() {
                    Err(error) if !is_gone(&error) => return Err(sort(error)),
                    _ => {}
                }
            }
            Ok(!found.is_empty())
        })
    }
}

/// The attribute that says which folder has the locks of an entry.
const LOCK_FOLDER: &str = "lock-folder";

const CONTENT_TYPE: &str = "application/octet-stream";

fn named(account: &str) -> HashMap<&str, &str> {
    HashMap::from([("service", SERVICE), ("username", account)])
}

fn search<'a>(
    service: &'a SecretService<'a>,
    attributes: &HashMap<&str, &str>,
) -> Result<SearchItemsResult<Item<'a>>, Error> {
    service.search_items(attributes.clone()).map_err(sort)
}

/// The open entries of an account, and whether each is in the default keyring: those that do come
/// first, then those of this program, then the one that was changed last.
fn open_items<'a>(
    service: &'a SecretService<'a>,
    account: &str,
) -> Result<Vec<(Item<'a>, bool)>, Error> {
    let found = search(service, &named(account))?.unlocked;
    let home = match found.len() {
        0 | 1 => None,
        _ => default_collection(service)?,
    };
    let is_at_home = |item: &Item<'_>| {
        home.as_ref().is_none_or(|home| {
            let below = item.item_path.strip_prefix(home.collection_path.as_str());
            below.is_some_and(|below| below.starts_with('/'))
        })
    };
    let mut found: Vec<_> = found
        .into_iter()
        .map(|item| {
            let is_at_home = is_at_home(&item);
            (item, is_at_home)
        })
        .collect();
    if found.len() > 1 {
        found.sort_by_cached_key(|(item, is_at_home)| {
            Reverse((
                *is_at_home,
                is_ours(item),
                item.get_modified().unwrap_or_default(),
            ))
        });
    }
    Ok(found)
}

/// Whether this program made an entry: copies that other tools make have attributes of theirs.
fn is_ours(item: &Item<'_>) -> bool {
    item.get_attributes().is_ok_and(|mut attributes| {
        attributes.retain(|name, _| name != "xdg:schema" && name != LOCK_FOLDER);
        attributes.len() == named("").len()
    })
}

/// The keyring that new entries go into; reading finds nothing where there is none, and writing
/// says why.
fn default_collection<'a>(service: &'a SecretService<'a>) -> Result<Option<Collection<'a>>, Error> {
    match service.get_default_collection() {
        Err(ServiceError::NoResult) => Ok(None),
        result => result.map(Some).map_err(sort),
    }
}

fn create(service: &SecretService<'_>, account: &str, bytes: &[u8]) -> Result<(), Error> {
    let home = service.get_default_collection().map_err(sort)?;
    let label = format!("keyring:{account}@{SERVICE}");
    home.create_item(&label, named(account), bytes, true, CONTENT_TYPE)
        .map(drop)
        .map_err(sort)
}

/// Why an entry is locked: its keyring is, or it is open and asks for each access, as `KeePassXC` can.
fn locked_entry(keyring: String, is_open: bool) -> Error {
    if is_open {
        Error::NotConfirmed { keyring }
    } else {
        Error::LockedElsewhere { keyring }
    }
}

/// Whether the keyring that an entry is in is open, although the entry is not.
fn is_collection_open(service: &SecretService<'_>, item: &Item<'_>) -> bool {
    let path = item.item_path.as_str();
    let path = path.rsplit_once('/').map_or(path, |(keyring, _)| keyring);
    let all = service.get_all_collections().unwrap_or_default();
    let mut all = all.into_iter();
    let found = all.find(|one| one.collection_path.as_str() == path);
    found.is_some_and(|keyring| keyring.is_locked().is_ok_and(|locked| !locked))
}

/// What people call the keyring that an entry is in.
fn keyring_of(service: &SecretService<'_>, item: &Item<'_>) -> String {
    let path = item.item_path.as_str();
    let path = path.rsplit_once('/').map_or(path, |(keyring, _)| keyring);
    let label = service
        .get_all_collections()
        .ok()
        .and_then(|all| {
            all.into_iter()
                .find(|one| one.collection_path.as_str() == path)
        })
        .and_then(|keyring| keyring.get_label().ok());
    // The last part of its path is made from the label that it had at first.
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    label.unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_is_locked_in_an_open_keyring_waits_for_a_confirmation() {
        let name = || "Passwords".to_owned();
        assert!(matches!(
            locked_entry(name(), true),
            Error::NotConfirmed { .. }
        ));
        assert!(matches!(
            locked_entry(name(), false),
            Error::LockedElsewhere { .. }
        ));
    }
}
