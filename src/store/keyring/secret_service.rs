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

use ::secret_service::{
    Collection, EncryptionType, Error as ServiceError, Item, SearchItemsResult, SecretService,
};
use tokio::runtime::{Builder, Runtime};
use zeroize::Zeroizing;

use crate::store::chunked::{KeyValueBackend, Match, Purpose, SERVICE};
use crate::store::error::Error;

use errors::{is_gone, sort, unreachable};

/// The entries of the Secret Service.
pub(super) struct Native {
    limit: Option<usize>,
    may_unlock: bool,
    /// The connection, from the first call on.
    connection: Mutex<Option<Arc<Connection>>>,
}

/// A connection and what drives it: it works while a call runs, on the thread of the call, which
/// is never that of another runtime (see `store::deadline`).
struct Connection {
    service: SecretService<'static>,
    runtime: Option<Runtime>,
}

impl Connection {
    fn open() -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::Keyring {
            cause: error.to_string(),
        })?;
        let service = runtime.block_on(SecretService::connect(EncryptionType::Dh));
        Ok(Self {
            service: service.map_err(|error| unreachable(&error))?,
            runtime: Some(runtime),
        })
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // The store may be dropped inside another runtime, where waiting is not allowed.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Native {
    pub(super) fn new(limit: Option<usize>, may_unlock: bool) -> Self {
        Self {
            limit,
            may_unlock,
            connection: Mutex::default(),
        }
    }

    /// Does something with the service. After a failure the next call connects anew.
    fn with<T>(
        &self,
        work: impl AsyncFnOnce(&SecretService<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let known = || {
            let connection = self.connection.lock();
            connection.unwrap_or_else(PoisonError::into_inner)
        };
        let connected = known().clone();
        let connection = if let Some(connection) = connected {
            connection
        } else {
            let connection = Arc::new(Connection::open()?);
            *known() = Some(Arc::clone(&connection));
            connection
        };
        let Some(runtime) = &connection.runtime else {
            // It is taken by `drop` alone.
            return Err(Error::Keyring {
                cause: String::from("the connection is closed"),
            });
        };
        let outcome = runtime.block_on(work(&connection.service));
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
        self.with(async |service| {
            if !open_items(service, account).await?.is_empty() {
                return Ok(());
            }
            // A locked keyring may hide its items, so nothing found proves nothing.
            if let Some(home) = default_collection(service).await?
                && home.is_locked().await.map_err(sort)?
            {
                if !self.may_unlock {
                    return Err(Error::Locked {
                        cause: String::from(
                            "it cannot be unlocked without a prompt, and prompts are off",
                        ),
                    });
                }
                home.unlock().await.map_err(sort)?;
            }
            if purpose == Purpose::Write || !open_items(service, account).await?.is_empty() {
                return Ok(());
            }
            let locked = search(service, &named(account)).await?.locked;
            let Some(first) = locked.first() else {
                return Ok(());
            };
            if self.may_unlock && service.unlock_all(&Vec::from_iter(&locked)).await.is_ok() {
                return Ok(());
            }
            Err(locked_entry(
                keyring_of(service, first).await,
                is_collection_open(service, first).await,
            ))
        })
    }

    fn matches(&self, account: &str) -> Result<Vec<Match>, Error> {
        self.with(async |service| {
            let mut matches = Vec::new();
            for (item, is_at_home) in open_items(service, account).await? {
                match item.get_secret().await {
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
        self.with(async |service| {
            let found = search(service, &HashMap::from([("service", SERVICE)])).await?;
            let mut accounts = Vec::new();
            for item in found.unlocked.iter().chain(&found.locked) {
                accounts.extend(attribute(item, "username").await);
            }
            accounts.sort();
            accounts.dedup();
            Ok(accounts)
        })
    }

    /// The attributes of a locked entry can be read, too, without a question to its owner.
    fn lock_folder(&self, account: &str) -> Result<Option<String>, Error> {
        self.with(async |service| {
            if let Some((item, _)) = open_items(service, account).await?.first() {
                return Ok(item
                    .get_attributes()
                    .await
                    .map_err(sort)?
                    .remove(LOCK_FOLDER));
            }
            let locked = search(service, &named(account)).await?.locked;
            for item in &locked {
                if let Some(id) = attribute(item, LOCK_FOLDER).await {
                    return Ok(Some(id));
                }
            }
            Ok(None)
        })
    }

    fn set_lock_folder(&self, account: &str, id: &str) -> Result<(), Error> {
        self.with(async |service| {
            let found = open_items(service, account).await?;
            let Some((item, _)) = found.first() else {
                return Ok(());
            };
            let known = item.get_attributes().await.map_err(sort)?;
            let mut attributes: HashMap<&str, &str> = known
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            attributes.insert(LOCK_FOLDER, id);
            item.set_attributes(attributes).await.map_err(sort)
        })
    }

    /// Replaces the entry in the default keyring, or else another open one, and removes the
    /// others: what they hold is older.
    fn set(&self, account: &str, bytes: &[u8]) -> Result<(), Error> {
        self.with(async |service| {
            let found = open_items(service, account).await?;
            let Some(((kept, _), others)) = found.split_first() else {
                return create(service, account, bytes).await;
            };
            kept.set_secret(bytes, CONTENT_TYPE).await.map_err(sort)?;
            for (item, _) in others {
                if let Err(error) = item.delete().await {
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
        self.with(async |service| {
            let found = open_items(service, account).await?;
            for (item, _) in &found {
                match item.delete().await {
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

async fn search<'a>(
    service: &'a SecretService<'a>,
    attributes: &HashMap<&str, &str>,
) -> Result<SearchItemsResult<Item<'a>>, Error> {
    service.search_items(attributes.clone()).await.map_err(sort)
}

/// The open entries of an account, and whether each is in the default keyring: those that do come
/// first, then those of this program, then the one that was changed last.
async fn open_items<'a>(
    service: &'a SecretService<'a>,
    account: &str,
) -> Result<Vec<(Item<'a>, bool)>, Error> {
    let found = search(service, &named(account)).await?.unlocked;
    let home = match found.len() {
        0 | 1 => None,
        _ => default_collection(service).await?,
    };
    let is_at_home = |item: &Item<'_>| {
        home.as_ref().is_none_or(|home| {
            let below = item.item_path.strip_prefix(home.collection_path.as_str());
            below.is_some_and(|below| below.starts_with('/'))
        })
    };
    if found.len() > 1 {
        let mut ranked = Vec::new();
        for item in found {
            let is_at_home = is_at_home(&item);
            let changed = item.get_modified().await.unwrap_or_default();
            ranked.push(((is_at_home, is_ours(&item).await, changed), item));
        }
        ranked.sort_by_key(|(rank, _)| Reverse(*rank));
        return Ok(ranked
            .into_iter()
            .map(|((is_at_home, ..), item)| (item, is_at_home))
            .collect());
    }
    Ok(found
        .into_iter()
        .map(|item| {
            let is_at_home = is_at_home(&item);
            (item, is_at_home)
        })
        .collect())
}

/// An attribute of an entry that can be read.
async fn attribute(item: &Item<'_>, name: &str) -> Option<String> {
    item.get_attributes().await.ok()?.remove(name)
}

/// Whether this program made an entry: copies that other tools make have attributes of theirs.
async fn is_ours(item: &Item<'_>) -> bool {
    item.get_attributes().await.is_ok_and(|mut attributes| {
        attributes.retain(|name, _| name != "xdg:schema" && name != LOCK_FOLDER);
        attributes.len() == named("").len()
    })
}

/// The keyring that new entries go into; reading finds nothing where there is none, and writing
/// says why.
async fn default_collection<'a>(
    service: &'a SecretService<'a>,
) -> Result<Option<Collection<'a>>, Error> {
    match service.get_default_collection().await {
        Err(ServiceError::NoResult) => Ok(None),
        result => result.map(Some).map_err(sort),
    }
}

async fn create(service: &SecretService<'_>, account: &str, bytes: &[u8]) -> Result<(), Error> {
    let home = service.get_default_collection().await.map_err(sort)?;
    let label = format!("keyring:{account}@{SERVICE}");
    home.create_item(&label, named(account), bytes, true, CONTENT_TYPE)
        .await
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

/// Where the keyring is that an entry is in.
fn keyring_path<'a>(item: &'a Item<'_>) -> &'a str {
    let path = item.item_path.as_str();
    path.rsplit_once('/').map_or(path, |(keyring, _)| keyring)
}

/// The keyring that an entry is in.
async fn collection_of<'a>(
    service: &'a SecretService<'a>,
    item: &Item<'_>,
) -> Option<Collection<'a>> {
    let path = keyring_path(item);
    let all = service.get_all_collections().await.ok()?;
    all.into_iter()
        .find(|one| one.collection_path.as_str() == path)
}

/// Whether the keyring that an entry is in is open, although the entry is not.
async fn is_collection_open(service: &SecretService<'_>, item: &Item<'_>) -> bool {
    match collection_of(service, item).await {
        Some(keyring) => keyring.is_locked().await.is_ok_and(|locked| !locked),
        None => false,
    }
}

/// What people call the keyring that an entry is in.
async fn keyring_of(service: &SecretService<'_>, item: &Item<'_>) -> String {
    let label = match collection_of(service, item).await {
        Some(keyring) => keyring.get_label().await.ok(),
        None => None,
    };
    // The last part of its path is made from the label that it had at first.
    let path = keyring_path(item);
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
