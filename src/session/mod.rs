//! "Give me a valid access token": the stored session, its refresh under a lock, and what is done
//! when the outcome of a refresh is unknown.
//!
//! ```text
//!  load ─ fresh? ─────────────────────────────────────────────► use it   (no lock, no network)
//!    └ stale ─ lock ─ load again ─ newer and valid? ──────────► use it
//!                └ intent left behind? ─ access still valid ──► use it, send nothing
//!                     └ take room for a rescue ─ write intent
//!                          └ send once ─┬ new refresh token ─► spool it, unjudged, into the rescue
//!                                       │    ├ verified ► store (or rescue), clear intent, use it
//!                                       │    └ flawed ──► the same, without an access token
//!                                       ├ refused ──► clear intent, session has ended
//!                                       ├ not sent ─► clear intent, session kept
//!                                       └ unknown ──► keep intent, session kept
//! ```
//!
//! It prints nothing and reads no setting. It refuses to send a refresh token without the lock,
//! without a written intent, or a second time while a valid access token could die of it.

mod bootstrap;
mod erasure;
mod error;
mod export;
mod export_marker;
mod freshness;
mod import_error;
mod incoming;
mod intent;
mod pending_login;
mod provider_client;
mod record;
mod refresh;
mod rescue;

use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::provider::{Feature, Provider};
use crate::store::{self, Entry, Guard, Identity, Store};

pub(crate) use bootstrap::BootstrapTokens;
pub(crate) use erasure::{Erasure, ErasureCause, StoredSession};
pub(crate) use error::Error;
pub(crate) use export::ExportedSession;
pub(crate) use export_marker::Retirement;
pub(crate) use freshness::{Freshness, MinValidity};
pub(crate) use import_error::ImportError;
pub(crate) use intent::{Intent, IntentLog};
pub(crate) use pending_login::{
    EndedLogin, EndingCause, Lookup, PASTED_LOGIN_LIFETIME, PendingLogin, PendingLogins,
    PendingMethod,
};
pub(crate) use provider_client::{Binding, Cache, ProviderClient, Verified, lifetime};
pub use record::{AccessToken, Account, IdToken, Record, RefreshToken};
pub(crate) use record::{FORMAT, VERSION};
pub(crate) use refresh::{RefreshOutcome, Refresher};

use rescue::{Rescue, Rescued};

/// How long a process waits for another one's refresh.
pub(crate) const LOCK_WAIT: Duration = Duration::from_secs(60);

/// A session as it was stored.
pub(crate) enum Loaded {
    /// Its access token is good enough.
    Fresh(Record),
    /// It has to be refreshed.
    Stale(Record),
}

/// One identity's session in its store.
pub(crate) struct SessionStore {
    store: Arc<dyn Store>,
    identity: Identity,
    entry: Entry,
    provider: &'static Provider,
    intents: IntentLog,
    rescue: Rescue,
    /// Where the present comes from.
    pub clock: Clock,
}

impl SessionStore {
    /// The session store for an identity's session with a provider, in a store.
    pub(crate) fn new(
        store: Arc<dyn Store>,
        identity: Identity,
        provider: &'static Provider,
        clock: Clock,
    ) -> Self {
        let entry = Entry::Session(identity.clone());
        Self::of_entry(store, identity, entry, provider, clock)
    }

    fn of_entry(
        store: Arc<dyn Store>,
        identity: Identity,
        entry: Entry,
        provider: &'static Provider,
        clock: Clock,
    ) -> Self {
        let intents = IntentLog::of(Arc::clone(&store), entry.clone());
        let rescue = Rescue::at(store.beside(&entry, "rescue"), &entry);
        Self {
            store,
            identity,
            entry,
            provider,
            intents,
            rescue,
            clock,
        }
    }

    pub(crate) fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Whose session it is.
    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Where the session lies, in words.
    pub(crate) fn location(&self) -> String {
        self.store.location(&self.entry)
    }

    /// Takes the session's lock. Waits beside the runtime, so that Ctrl-C is heard meanwhile.
    pub(crate) async fn lock(&self, wait: Duration) -> Result<Guard, Error> {
        let (store, entry) = (Arc::clone(&self.store), self.entry.clone());
        let waiting = tokio::task::spawn_blocking(move || store.lock(&entry, wait));
        Ok(waiting.await.expect("taking a lock does not panic")?)
    }

    /// Makes this place the one whose lock counts, for a person who signs in or out here.
    pub(crate) async fn take_over_lock(&self) -> Result<(), Error> {
        let (store, entry) = (Arc::clone(&self.store), self.entry.clone());
        let taking = tokio::task::spawn_blocking(move || store.take_over_lock(&entry));
        Ok(taking.await.expect("taking over a lock does not panic")?)
    }

    /// Proves the store with a record of a real size. Beside the runtime, as it may have to
    /// wait for a person.
    pub(crate) async fn probe(&self) -> Result<(), Error> {
        let store = Arc::clone(&self.store);
        let probing = tokio::task::spawn_blocking(move || store.probe());
        Ok(probing.await.expect("probing a store does not panic")?)
    }

    /// Reads the session: the one in the rescue file, where that is the newer one.
    pub(crate) fn load(&self) -> Result<Option<Record>, Error> {
        // Before the store: a session that is moved back meanwhile is then found in one of them.
        let rescued = self.rescue.read().unwrap_or_else(|error| {
            tracing::debug!(%error, "the rescue file is passed over");
            None
        });
        let stored = self.stored()?;
        let newer = stored
            .as_ref()
            .zip(rescued)
            .and_then(|(stored, sealed)| self.rescue.newer(&sealed, stored));
        Ok(newer.or(stored))
    }

    fn stored(&self) -> Result<Option<Record>, Error> {
        let Some(text) = self.store.get(&self.entry)? else {
            return Ok(None);
        };
        Ok(Some(Record::parse(&text)?))
    }

    /// Whether the newest session is in the rescue file, because its store does not have it.
    pub(crate) fn awaits_rescue(&self) -> Result<bool, Error> {
        let Some(sealed) = self.rescue.read()? else {
            return Ok(false);
        };
        let stored = self.stored()?;
        Ok(stored.is_some_and(|stored| self.rescue.newer(&sealed, &stored).is_some()))
    }

    /// Why the rescue file cannot be read, where that is so.
    pub(crate) fn unread_rescue(&self) -> Option<Error> {
        self.rescue.read().err()
    }

    /// Moves a rescued session back into its store, and says whether there was one. Removes a
    /// rescue file whose session the store has had since an earlier run.
    ///
    /// # Errors
    /// [`Error::NotRestored`] while the store still fails; the session stays where it is.
    /// [`Error::RescueUnreadable`] where it cannot be told.
    pub(crate) fn restore(&self, guard: &Guard) -> Result<bool, Error> {
        self.clear_adopted_rescue();
        let Some(sealed) = self.rescue.read()? else {
            return Ok(false);
        };
        let Some(stored) = self.stored()? else {
            return Ok(false);
        };
        match self.rescue.compare(&sealed, &stored) {
            Rescued::Newer(rescued) => {
                self.save(&rescued, guard).map_err(Error::NotRestored)?;
                Ok(true)
            }
            Rescued::Stored => {
                if let Err(error) = self.rescue.clear() {
                    tracing::debug!(%error, "the rescue file stays");
                }
                Ok(false)
            }
            Rescued::Unusable => Ok(false),
        }
    }

    /// The same without waiting: the holder of the lock does it, too.
    pub(crate) fn restore_at_once(&self) -> Result<bool, Error> {
        // Most runs find no such file, and need no lock.
        if !matches!(self.rescue.read(), Ok(Some(_))) && !self.has_adopted_rescue() {
            return Ok(false);
        }
        match self.store.lock(&self.entry, Duration::ZERO) {
            Ok(guard) => self.restore(&guard),
            Err(store::Error::Busy { .. }) => Ok(false),
            Err(error) if self.awaits_rescue()? => Err(Error::NotRestored(error)),
            Err(_) => Ok(false),
        }
    }

    /// Reads the session, which must exist.
    ///
    /// # Errors
    /// [`Error::None`] when there is none, [`Error::OtherProvider`] when another provider gave its
    /// tokens: this one must never see them.
    pub(crate) fn require(&self) -> Result<Record, Error> {
        let Some(record) = self.load()? else {
            return Err(self.nobody());
        };
        self.require_own(&record)?;
        Ok(record)
    }

    /// Requires that the provider in use gave a session's tokens: it must see no other's.
    pub(crate) fn require_own(&self, record: &Record) -> Result<(), Error> {
        if self.is_ours(record) {
            return Ok(());
        }
        Err(Error::OtherProvider {
            profile: self.identity.profile.clone(),
            theirs: record.provider.clone(),
            ours: self.provider.name,
        })
    }

    /// Why there is no session: the last one may have been exported.
    fn nobody(&self) -> Error {
        let profile = self.identity.profile.clone();
        if matches!(self.exported_copy(), Ok(Some(_))) {
            return Error::Exported { profile };
        }
        Error::None {
            profile,
            issuer: self.identity.issuer.clone(),
            client_id: self.identity.client_id.clone(),
        }
    }

    /// Whether the tokens of a session came from the provider in use.
    pub(crate) fn is_ours(&self, record: &Record) -> bool {
        record.provider == self.provider.name
    }

    /// Why a session whose access token has expired cannot go on, where nothing can refresh it.
    ///
    /// # Errors
    /// [`Error::NoRefresh`] where that is how the provider is, else [`Error::Expired`].
    pub(crate) fn ensure_not_expired(&self, record: &Record) -> Result<(), Error> {
        if record.refresh.is_some() || record.valid_access(self.clock.now()).is_some() {
            return Ok(());
        }
        Err(self.unrefreshable(record))
    }

    /// Why nothing refreshes a session without a refresh token.
    fn unrefreshable(&self, record: &Record) -> Error {
        let access = record.valid_access(self.clock.now());
        if self.provider.offers(Feature::Refresh) {
            Error::Expired
        } else {
            Error::NoRefresh {
                provider: self.provider.title,
                remaining: access.map_or(0, |access| access.remaining(self.clock.now())),
            }
        }
    }

    /// Stores a session, replacing any other. What an earlier one left unknown is settled by it.
    ///
    /// A rescue file of the same session stays until a later run has seen the session in the store:
    /// a keyring may confirm a write that is not on the disk yet.
    ///
    /// # Errors
    /// What the store says; the old session is then as it was.
    fn save(&self, record: &Record, guard: &Guard) -> Result<(), store::Error> {
        self.put(record, guard)?;
        if !self.rescue.is_of(record) {
            self.rescue.clear()?;
        }
        self.intents.clear(guard)
    }

    /// Removes what is only needed while a rotation is not stored.
    fn settled(&self, guard: &Guard) -> Result<(), store::Error> {
        self.rescue.clear()?;
        self.intents.clear(guard)
    }

    fn put(&self, record: &Record, guard: &Guard) -> Result<(), store::Error> {
        self.store.put(&self.entry, &record.to_text(), guard)
    }

    /// The refresh of unknown outcome that concerns the stored session, if there is one.
    pub(crate) fn pending(&self, record: &Record) -> Result<Option<Intent>, Error> {
        let Some(refresh) = &record.refresh else {
            return Ok(None);
        };
        Ok(self
            .intents
            .read()?
            .filter(|intent| intent.concerns(&refresh.token)))
    }

    /// Loads the session and says whether its access token is good enough as it is. Takes no
    /// lock and no network.
    pub(crate) fn load_if_fresh(&self, need: MinValidity) -> Result<Loaded, Error> {
        let record = self.require()?;
        self.ensure_not_expired(&record)?;
        let Some(access) = &record.access else {
            return Ok(Loaded::Stale(record));
        };
        match access.freshness(need, self.clock.now(), rand::random()) {
            Freshness::Fresh => Ok(Loaded::Fresh(record)),
            Freshness::Stale => Ok(Loaded::Stale(record)),
            Freshness::Impossible(lifetime) => {
                let MinValidity::AtLeast(asked) = need else {
                    return Ok(Loaded::Stale(record));
                };
                Err(Error::NeverThatLong { asked, lifetime })
            }
        }
    }
}
