//! "Give me a valid access token": the stored session, its renewal under a lock, and what is done
//! when nobody knows how a renewal ended.
//!
//! ```text
//!  load ─ fresh? ─────────────────────────────────────────────► use it   (no lock, no network)
//!    └ stale ─ lock ─ load again ─ newer and valid? ──────────► use it
//!                └ intent left behind? ─ access still valid ──► use it, send nothing
//!                     └ write intent ─ send once ─┬ rotated ──► store, clear intent, use it
//!                                                 ├ refused ──► clear intent, session has ended
//!                                                 ├ not sent ─► clear intent, session kept
//!                                                 └ unknown ──► keep intent, session kept
//! ```
//!
//! It prints nothing and reads no setting. It refuses to send a refresh token without the lock,
//! without a written intent, or a second time while a valid access token could die of it.

mod error;
mod freshness;
mod intent;
mod record;
mod server;

use std::sync::Arc;
use std::time::Duration;

use crate::clock::{Clock, Seconds};
use crate::interrupt::Interrupts;
use crate::oauth::{Metadata, Tokens};
use crate::secret::Secret;
use crate::store::{self, Entry, Guard, Identity, Store};

pub use error::Error;
pub use freshness::{Freshness, Need};
pub use intent::{Intent, Ledger};
pub use record::{AccessToken, Account, IdToken, Record, RefreshToken, Unreadable, VERSION};
pub use server::{Binding, Cache, Server, Verified, lifetime};

/// How long a process waits for another one's refresh.
pub const LOCK_WAIT: Duration = Duration::from_secs(60);

/// One identity's session in its store.
pub struct Keeper {
    store: Arc<dyn Store>,
    identity: Identity,
    entry: Entry,
    ledger: Ledger,
    /// Where the present comes from.
    pub clock: Clock,
}

/// What a refresh did.
#[derive(Debug)]
pub enum Renewal {
    /// The tokens were rotated by this call.
    Rotated(Record),
    /// Another process had rotated them already.
    AlreadyRotated(Record),
    /// They could not be rotated, but the access token is valid.
    StillValid(Record, Error),
}

impl Renewal {
    /// The session to go on with.
    pub fn into_record(self) -> Record {
        match self {
            Self::Rotated(record) | Self::AlreadyRotated(record) | Self::StillValid(record, _) => {
                record
            }
        }
    }
}

impl Keeper {
    /// The keeper of an identity's session in a store.
    pub fn new(store: Arc<dyn Store>, identity: Identity, clock: Clock) -> Self {
        let entry = Entry::Session(identity.clone());
        // Beside the lock, so that all processes that share the one share the other.
        let ledger = Ledger::at(store.lock_file(&entry).with_extension("intent"));
        Self {
            store,
            identity,
            entry,
            ledger,
            clock,
        }
    }

    /// The store.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Whose session it is.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Where the session lies, in words.
    pub fn location(&self) -> String {
        self.store.location(&self.entry)
    }

    /// Takes the session's lock. Waits beside the runtime, so that Ctrl-C is heard meanwhile.
    ///
    /// # Errors
    /// [`Error::Busy`], or what the store says.
    pub async fn lock(&self, wait: Duration) -> Result<Guard, Error> {
        let (store, entry) = (Arc::clone(&self.store), self.entry.clone());
        let waiting = tokio::task::spawn_blocking(move || store.lock(&entry, wait));
        Ok(waiting.await.expect("taking a lock does not panic")?)
    }

    /// Proves the store with a record of a real size (R26). Beside the runtime, as it may have to
    /// wait for a person.
    ///
    /// # Errors
    /// Why the store cannot be used.
    pub async fn probe(&self) -> Result<(), Error> {
        let store = Arc::clone(&self.store);
        let probing = tokio::task::spawn_blocking(move || store.probe());
        Ok(probing.await.expect("probing a store does not panic")?)
    }

    /// Keeps a record that cannot be read out of the way of the next one.
    ///
    /// # Errors
    /// What the store says.
    pub fn set_aside_unreadable(&self, guard: &Guard) -> Result<(), store::Error> {
        if self.load().is_err() {
            self.store.set_aside(&self.entry, guard)?;
        }
        Ok(())
    }

    /// Reads the session.
    ///
    /// # Errors
    /// When the store cannot be read, or holds something else.
    pub fn load(&self) -> Result<Option<Record>, Error> {
        let Some(text) = self.store.get(&self.entry)? else {
            return Ok(None);
        };
        Ok(Some(Record::parse(&text)?))
    }

    /// Reads the session of somebody who must be signed in.
    ///
    /// # Errors
    /// [`Error::None`] when there is none.
    pub fn expect(&self) -> Result<Record, Error> {
        self.load()?.ok_or_else(|| Error::None {
            profile: self.identity.profile.clone(),
            issuer: self.identity.issuer.clone(),
            client_id: self.identity.client_id.clone(),
        })
    }

    /// Stores a session, replacing any other. What an earlier one left unknown is settled by it.
    ///
    /// # Errors
    /// What the store says; the old session is then as it was.
    pub fn save(&self, record: &Record, guard: &Guard) -> Result<(), store::Error> {
        self.store.put(&self.entry, &record.to_text(), guard)?;
        self.ledger.clear()
    }

    /// Deletes the session; says whether there was one.
    ///
    /// # Errors
    /// What the store says.
    pub fn erase(&self, guard: &Guard) -> Result<bool, store::Error> {
        let existed = self.store.delete(&self.entry, guard)?;
        self.ledger.clear()?;
        Ok(existed)
    }

    /// The refresh of unknown outcome that concerns the stored session, if there is one.
    ///
    /// # Errors
    /// When the intent record cannot be read.
    pub fn pending(&self, record: &Record) -> Result<Option<Intent>, Error> {
        let Some(refresh) = &record.refresh else {
            return Ok(None);
        };
        Ok(self
            .ledger
            .read()?
            .filter(|intent| intent.concerns(&refresh.token)))
    }

    /// The session if its access token is good enough as it is; no lock, no network.
    ///
    /// # Errors
    /// [`Error::None`], [`Error::NeverThatLong`], or what the store says.
    pub fn fresh(&self, need: Need) -> Result<Result<Record, Record>, Error> {
        let record = self.expect()?;
        let Some(access) = &record.access else {
            return Ok(Err(record));
        };
        match access.freshness(need, self.clock.now(), rand::random()) {
            Freshness::Fresh => Ok(Ok(record)),
            Freshness::Stale => Ok(Err(record)),
            Freshness::Impossible(lifetime) => {
                let Need::AtLeast(asked) = need else {
                    return Ok(Err(record));
                };
                Err(Error::NeverThatLong { asked, lifetime })
            }
        }
    }
}

/// Renews one session at its provider.
pub struct Renewer<'a> {
    /// The session.
    pub keeper: &'a Keeper,
    /// The provider.
    pub server: &'a Server,
    /// Holds signals back while tokens rotate.
    pub interrupts: &'a Interrupts,
    /// How long to wait for the lock.
    pub wait: Duration,
}

impl Renewer<'_> {
    /// A session whose access token is good enough, renewed where needed.
    ///
    /// # Errors
    /// See [`Error`]. While the access token is valid, a failed renewal is no error.
    pub async fn access(&self, need: Need) -> Result<Renewal, Error> {
        match self.keeper.fresh(need)? {
            Ok(record) => Ok(Renewal::AlreadyRotated(record)),
            Err(seen) => self.renew(&seen, None).await,
        }
    }

    /// Renews a session that was seen to need it. If another process has renewed it since, that
    /// one's tokens are used. `scope` narrows the grant.
    ///
    /// # Errors
    /// See [`Error`]. While the access token is valid, a failed renewal is no error.
    pub async fn renew(&self, seen: &Record, scope: Option<&str>) -> Result<Renewal, Error> {
        let now = self.keeper.clock.now();
        if seen.refresh.is_none() {
            return match seen.valid_access(now) {
                Some(_) => Ok(Renewal::StillValid(seen.clone(), Error::Expired)),
                None => Err(Error::Expired),
            };
        }
        let guard = match self.keeper.lock(self.wait).await {
            Ok(guard) => guard,
            Err(error @ Error::Busy { .. }) if seen.valid_access(now).is_some() => {
                return Ok(Renewal::StillValid(seen.clone(), error));
            }
            Err(error) => return Err(error),
        };
        let record = self.keeper.expect()?;
        let now = self.keeper.clock.now();
        if record.generation > seen.generation && record.valid_access(now).is_some() {
            return Ok(Renewal::AlreadyRotated(record));
        }
        match self.rotate(&record, scope, &guard).await {
            Err(error) if error.leaves_access_valid() && record.valid_access(now).is_some() => {
                Ok(Renewal::StillValid(record, error))
            }
            result => result.map(Renewal::Rotated),
        }
    }

    /// Sends the refresh token, once, under the lock.
    async fn rotate(
        &self,
        record: &Record,
        scope: Option<&str>,
        guard: &Guard,
    ) -> Result<Record, Error> {
        let Some(refresh) = &record.refresh else {
            return Err(Error::Expired);
        };
        let now = self.keeper.clock.now();
        let unknown = self.keeper.pending(record)?;
        if unknown.is_some()
            && let Some(access) = record.valid_access(now)
        {
            return Err(Error::Pending(access.remaining(now)));
        }
        // All that can fail without the refresh token is done before it is at stake.
        let metadata = self.server.metadata().await.map_err(Error::NotRefreshed)?;
        let intent = Intent::new(&refresh.token, now);
        self.keeper.ledger.write(&intent)?;
        let hold = self.interrupts.hold();
        let sent = self.server.refresh(&metadata, &refresh.token, scope).await;
        let tokens = match sent {
            Ok(tokens) => tokens,
            Err(error) => return Err(self.settle(error, unknown.is_some(), guard)),
        };
        let next = self.commit(&metadata, tokens, record, scope, guard).await;
        drop(hold);
        next
    }

    /// Stores the answer of a refresh. Nothing that takes time comes before: until it is stored,
    /// the only good refresh token is in this process.
    async fn commit(
        &self,
        metadata: &Metadata,
        tokens: Tokens,
        record: &Record,
        scope: Option<&str>,
        guard: &Guard,
    ) -> Result<Record, Error> {
        let unverified = record.rotated(&tokens, scope, self.keeper.clock.now());
        if !self.server.can_verify_at_once(metadata, &tokens) {
            self.keeper
                .save(&unverified, guard)
                .map_err(Error::NotStored)?;
        }
        let verified = self
            .server
            .verify_refreshed(metadata, &tokens, record)
            .await;
        let next = match &verified {
            Ok(_) => unverified.verified(tokens, self.keeper.clock.now()),
            Err(_) => unverified,
        };
        self.keeper.save(&next, guard).map_err(Error::NotStored)?;
        verified.map(|_| next)
    }

    /// Sorts a failed refresh: the session has ended, is kept, or nobody knows.
    fn settle(&self, error: crate::oauth::Error, was_unknown: bool, guard: &Guard) -> Error {
        if error.outcome_unknown() {
            return Error::OutcomeUnknown(error);
        }
        if error.is_refused_client() {
            return self.cleared(Error::ClientRefused(error));
        }
        if error.is_terminal_for_refresh() {
            if let Err(error) = self.keeper.erase(guard) {
                return Error::Store(error);
            }
            return if was_unknown {
                Error::LostAfterUnknown(error)
            } else {
                Error::Ended(error)
            };
        }
        // A replay that never left changes nothing about the first one's unknown outcome, but the
        // access token has expired: the next try is as safe as this one.
        self.cleared(Error::NotRefreshed(error))
    }

    fn cleared(&self, error: Error) -> Error {
        match self.keeper.ledger.clear() {
            Ok(()) => error,
            Err(error) => Error::Store(error),
        }
    }
}

impl Error {
    /// Whether a valid access token stays usable after this failure of a renewal.
    fn leaves_access_valid(&self) -> bool {
        matches!(
            self,
            Self::OutcomeUnknown(_) | Self::Pending(_) | Self::NotRefreshed(_)
        )
    }
}

impl Record {
    /// The session after a refresh answer that nobody has verified: its refresh token is all that
    /// is left, and its access token is not used.
    fn rotated(&self, tokens: &Tokens, narrowed_to: Option<&str>, now: Seconds) -> Self {
        let scopes = tokens
            .scope
            .as_deref()
            .or(narrowed_to)
            .unwrap_or(&self.scopes)
            .to_owned();
        let refresh = match &tokens.refresh_token {
            Some(token) => Some(RefreshToken {
                token: token.clone(),
                obtained_at: now,
            }),
            // The rule is that one comes back; where none does, the old one stays good.
            None => self.refresh.clone(),
        };
        Self {
            generation: self.generation + 1,
            scopes,
            access: None,
            refresh,
            ..self.clone()
        }
    }

    /// The session once the answer is verified. Another generation: whoever saw the unverified
    /// one must be able to tell.
    fn verified(self, tokens: Tokens, now: Seconds) -> Self {
        let generation = self.generation + 1;
        let expires_at = now.saturating_add(lifetime(&tokens));
        let id_token = tokens.id_token.map(|token| IdToken { token, generation });
        Self {
            generation,
            access: Some(AccessToken {
                token: tokens.access_token,
                issued_at: now,
                expires_at,
            }),
            id_token: id_token.or(self.id_token),
            ..self
        }
    }
}

/// Lends the access token of a session to a request.
pub fn bearer(record: &Record) -> Result<&Secret, Error> {
    record
        .access
        .as_ref()
        .map(|access| &access.token)
        .ok_or(Error::Expired)
}
