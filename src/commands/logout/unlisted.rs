//! Sessions that no login is remembered for: `logout --all` looks into the stores themselves, so that a
//! list that was lost, or that is in another home, leaves none of them signed in. What an unfinished
//! login has left counts as one of them.

use crate::context::Context;
use crate::error::Error;
use crate::provider::{self, Provider};
use crate::session::Record;
use crate::store::{self, Entry, Identity, Store, StoreKind};

/// A session that a store holds.
pub(super) struct UnlistedSession {
    pub(super) identity: Identity,
    pub(super) kind: StoreKind,
    /// Who gave it, as far as it can be read.
    pub(super) provider: &'static Provider,
}

/// What these stores hold.
pub(super) fn in_stores(
    kinds: &[StoreKind],
    context: &Context,
) -> Vec<Result<UnlistedSession, Error>> {
    let mut found = Vec::new();
    for kind in kinds {
        match in_store(kind, context) {
            Ok(sessions) => found.extend(sessions.into_iter().map(Ok)),
            Err(error) => found.push(Err(error)),
        }
    }
    found
}

fn in_store(kind: &StoreKind, context: &Context) -> Result<Vec<UnlistedSession>, Error> {
    let store = context.store_of(kind)?;
    let identities = match store.identities() {
        Ok(identities) => identities,
        // What is not there holds nothing.
        Err(store::Error::Absent { .. }) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let sessions = distinct(identities)
        .into_iter()
        .map(|identity| UnlistedSession {
            provider: provider_of(&*store, &identity),
            identity,
            kind: kind.clone(),
        });
    Ok(sessions.collect())
}

fn provider_of(store: &dyn Store, identity: &Identity) -> &'static Provider {
    let of_entry = |entry: Entry| {
        let text = store.get(&entry).ok().flatten()?;
        Record::parse(&text).ok()
    };
    of_entry(Entry::Session(identity.clone()))
        .or_else(|| of_entry(Entry::Incoming(identity.clone())))
        .and_then(|record| Provider::find(&record.provider))
        .unwrap_or(provider::ALL[0])
}

/// Each of them once.
pub(super) fn distinct<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for each in all {
        if !distinct.contains(&each) {
            distinct.push(each);
        }
    }
    distinct
}
