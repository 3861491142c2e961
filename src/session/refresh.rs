//! One refresh of a session, under the lock, and what becomes of its answer.

mod commit;
mod outcome;
mod record;

use std::time::Duration;

use crate::clock::Seconds;
use crate::oauth::{self, Metadata, Tokens};
use crate::secret::Secret;
use crate::store::Guard;

use self::commit::Commit;
use super::{
    Erasure, ErasureCause, Error, Intent, Loaded, MinValidity, ProviderClient, Record, SessionStore,
};

pub(crate) use self::outcome::RefreshOutcome;

/// Where a lock can be lost, its last holder may still be at it for this long, in seconds: the
/// longest request, and the time to store its answer.
const IN_FLIGHT: Seconds = 60;

/// Refreshes one session at its provider.
pub(crate) struct Refresher<'a> {
    pub session_store: &'a SessionStore,
    pub server: &'a ProviderClient,
    /// Holds signals back while tokens rotate, until what it gives is dropped.
    pub hold_signals: Box<dyn Fn() -> Box<dyn Send> + Send + Sync>,
    /// How long to wait for the lock.
    pub wait: Duration,
}

impl Refresher<'_> {
    /// A session whose access token is good enough, refreshed where needed.
    pub(crate) async fn access(&self, need: MinValidity) -> Result<RefreshOutcome, Error> {
        match self.session_store.load_if_fresh(need)? {
            Loaded::Fresh(record) => Ok(RefreshOutcome::AlreadyRefreshed(record)),
            Loaded::Stale(seen) => self.refresh_for(need, &seen).await,
        }
    }

    /// Refreshes a session whose access token was seen not to be good enough, but may well be until
    /// it is refreshed: then a refresh that another process is at is not waited for.
    pub(crate) async fn refresh_for(
        &self,
        need: MinValidity,
        seen: &Record,
    ) -> Result<RefreshOutcome, Error> {
        let longest = seen
            .access
            .as_ref()
            .filter(|_| need == MinValidity::Usual && seen.refresh.is_some())
            .and_then(|access| access.longest_wait(self.session_store.clock.now()))
            .and_then(|seconds| u64::try_from(seconds).ok())
            .map(Duration::from_secs);
        let Some(longest) = longest else {
            return self.refresh(seen, None).await;
        };
        match self.session_store.lock(longest.min(self.wait)).await {
            Ok(guard) => self.refresh_under(&guard, seen, None).await,
            Err(error) => self.go_on_with(seen, error),
        }
    }

    /// The session as it is, where the lock of its refresh cannot be had.
    fn go_on_with(&self, seen: &Record, error: Error) -> Result<RefreshOutcome, Error> {
        // After a wait, look at the clock again.
        match (seen.valid_access(self.session_store.clock.now()), error) {
            (Some(_), Error::Busy { .. }) => Ok(RefreshOutcome::UnderWay(seen.clone())),
            (Some(_), error) => Ok(RefreshOutcome::StillValid(seen.clone(), error)),
            (None, error) => Err(error),
        }
    }

    /// Refreshes a session that was seen to need it. If another process has refreshed it since, that
    /// one's tokens are used, unless `scope` narrows the grant: theirs are not narrowed.
    ///
    /// # Errors
    /// See [`Error`]. While the access token is valid, a failed refresh is no error.
    pub(crate) async fn refresh(
        &self,
        seen: &Record,
        scope: Option<&str>,
    ) -> Result<RefreshOutcome, Error> {
        let now = self.session_store.clock.now();
        if seen.refresh.is_none() {
            let reason = self.session_store.unrefreshable(seen);
            return match seen.valid_access(now) {
                Some(_) => Ok(RefreshOutcome::StillValid(seen.clone(), reason)),
                None => Err(reason),
            };
        }
        let guard = match self.session_store.lock(self.wait).await {
            Ok(guard) => guard,
            // After a wait, look at the clock again.
            Err(error) if seen.valid_access(self.session_store.clock.now()).is_some() => {
                return Ok(RefreshOutcome::StillValid(seen.clone(), error));
            }
            Err(error) => return Err(error),
        };
        self.refresh_under(&guard, seen, scope).await
    }

    /// The same for a caller that has the lock.
    pub(crate) async fn refresh_under(
        &self,
        guard: &Guard,
        seen: &Record,
        scope: Option<&str>,
    ) -> Result<RefreshOutcome, Error> {
        let restored = self.session_store.restore(guard);
        let mut record = self.session_store.require()?;
        // Another login counts from 1 again. Tokens of another account were not narrowed.
        let is_refreshed = |record: &Record| {
            let is_valid = record
                .valid_access(self.session_store.clock.now())
                .is_some();
            record.generation != seen.generation && is_valid && scope.is_none()
        };
        if is_refreshed(&record) {
            return Ok(RefreshOutcome::AlreadyRefreshed(record));
        }
        // The rescue file has the only good refresh token, and no second one can be taken.
        let mut refreshed = match restored {
            Err(error) => Err(error),
            Ok(_) => self.refresh_once(&record, scope, guard).await,
        };
        // A session that was stored without this lock has the newer token: once more with that.
        if let Err(Error::Superseded(newer)) = refreshed {
            self.session_store.require_own(&newer)?;
            if is_refreshed(&newer) {
                return Ok(RefreshOutcome::AlreadyRefreshed(*newer));
            }
            record = *newer;
            refreshed = self.refresh_once(&record, scope, guard).await;
        }
        let is_valid = record
            .valid_access(self.session_store.clock.now())
            .is_some();
        match refreshed {
            Err(error) if error.leaves_access_valid() && is_valid => {
                Ok(RefreshOutcome::StillValid(record, error))
            }
            result => result,
        }
    }

    /// Sends the refresh token, once, under the lock.
    async fn refresh_once(
        &self,
        record: &Record,
        scope: Option<&str>,
        guard: &Guard,
    ) -> Result<RefreshOutcome, Error> {
        let Some(refresh) = &record.refresh else {
            return Err(Error::Expired);
        };
        let now = self.session_store.clock.now();
        let unknown = self.session_store.pending(record)?;
        if unknown.is_some()
            && let Some(access) = record.valid_access(now)
        {
            return Err(Error::Pending(access.remaining(now)));
        }
        if let Some(intent) = &unknown
            && self.session_store.store.may_lose_lock()
            && intent.is_within(IN_FLIGHT, now)
        {
            return Err(Error::InFlight);
        }
        // All that can fail without the refresh token is done before it is at stake.
        let mut metadata = self.server.metadata().await.map_err(Error::NotRefreshed)?;
        let mut reserved = self.session_store.rescue.reserve(record)?;
        let intent = Intent::new(&refresh.token, now);
        self.session_store.intents.write(&intent, guard)?;
        let hold = (self.hold_signals)();
        let mut spooled = None;
        let keep = |token: Option<&Secret>| {
            let now = self.session_store.clock.now();
            spooled = token.map(|token| record.refreshed(Some(token), scope, now));
            // What is taken back makes room for what the store has.
            reserved.spool(spooled.as_ref().unwrap_or(record));
        };
        let sent = self.send(&mut metadata, &refresh.token, scope, keep).await;
        let mut commit = Commit {
            session_store: self.session_store,
            guard,
            reserved,
            refused: None,
        };
        let tokens = match (sent, spooled) {
            (Ok(tokens), _) => tokens,
            (Err(error), Some(next)) => {
                commit.persist(&next)?;
                commit.finish();
                return Err(Error::Flawed(error));
            }
            (Err(error), None) => {
                return Err(self.settle(error, record, unknown.as_ref(), guard));
            }
        };
        let scope = tokens.scope.as_deref().or(scope);
        let now = self.session_store.clock.now();
        let next = record.refreshed(tokens.refresh_token.as_ref(), scope, now);
        let next = self.commit(&metadata, tokens, next, commit).await;
        drop(hold);
        next
    }

    /// Sends the refresh token, and again where the endpoint has moved: one that is not there has not acted.
    async fn send(
        &self,
        metadata: &mut Metadata,
        token: &Secret,
        scope: Option<&str>,
        mut keep: impl FnMut(Option<&Secret>),
    ) -> Result<Tokens, oauth::Error> {
        let server = self.server;
        let sent = server.refresh(metadata, token, scope, &mut keep).await;
        if sent.as_ref().is_err_and(oauth::Error::is_not_there)
            && let Some(moved) = server.moved(metadata).await
        {
            *metadata = moved;
            return server.refresh(metadata, token, scope, keep).await;
        }
        sent
    }

    /// Stores the answer of a refresh. Nothing that takes time comes before: until it is stored,
    /// the only good refresh token is in this process.
    async fn commit(
        &self,
        metadata: &Metadata,
        tokens: Tokens,
        unverified: Record,
        mut commit: Commit<'_>,
    ) -> Result<RefreshOutcome, Error> {
        if !self.server.can_verify_at_once(metadata, &tokens) {
            commit.persist(&unverified)?;
        }
        let verified = self
            .server
            .verify_refreshed(metadata, &tokens, &unverified)
            .await;
        let next = match &verified {
            Ok(verified) => unverified.verified(tokens, verified),
            Err(_) => unverified,
        };
        commit.persist(&next)?;
        let refused = commit.finish();
        verified?;
        Ok(match refused {
            None => RefreshOutcome::Refreshed(next),
            Some(error) => RefreshOutcome::Rescued(next, error),
        })
    }

    /// Sorts a failed refresh: the session has ended, is kept, or its state is unknown.
    fn settle(
        &self,
        error: oauth::Error,
        record: &Record,
        unknown: Option<&Intent>,
        guard: &Guard,
    ) -> Error {
        if error.outcome_unknown() {
            return Error::OutcomeUnknown {
                source: error,
                settles_in: self.settles_in(record),
            };
        }
        if error.is_refused_client() {
            return self.undone(Error::ClientRefused(error), unknown, guard);
        }
        if error.is_terminal_for_refresh()
            && let Some(sent) = &record.refresh
        {
            let cause = ErasureCause::RefusedByProvider(&sent.token);
            return match self.session_store.erase(cause, guard) {
                Err(error) => error,
                Ok(Erasure::Superseded(newer)) => {
                    self.undone(Error::Superseded(newer), None, guard)
                }
                Ok(Erasure::Done(_)) if unknown.is_some() => Error::LostAfterUnknown(error),
                Ok(Erasure::Done(_)) => Error::Ended(error),
            };
        }
        self.undone(Error::NotRefreshed(error), unknown, guard)
    }

    /// How long nothing is sent after a refresh of unknown outcome: while the access token is valid, and
    /// where a lock can be lost, while its last holder may still be at it.
    fn settles_in(&self, record: &Record) -> Seconds {
        let now = self.session_store.clock.now();
        let valid_for = record
            .valid_access(now)
            .map_or(0, |access| access.remaining(now));
        let in_flight = if self.session_store.store.may_lose_lock() {
            IN_FLIGHT
        } else {
            0
        };
        valid_for.max(in_flight)
    }

    /// Takes the intent back: the provider did not act on this request. That leaves an earlier one
    /// as unknown as it was, and its own intent is put back to say so if it turns out lost.
    fn undone(&self, error: Error, unknown: Option<&Intent>, guard: &Guard) -> Error {
        let intents = &self.session_store.intents;
        let done = match unknown {
            Some(earlier) => intents.write(earlier, guard),
            None => intents.clear(guard),
        };
        match done {
            Ok(()) => error,
            Err(error) => Error::Store(error),
        }
    }
}
