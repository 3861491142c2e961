//! A given refresh token on its way to a stored session.
//!
//! The token is stored before it is sent, as a session of which nothing else is known, so that its
//! first refresh is like any other: a kill at any moment leaves the old token, the new one, or an
//! outcome that the next command settles. Where another session is stored already, the new one
//! waits beside it until it has proved good; then it takes its place.

use super::store_tokens::{TokenStorage, unreadable};
use crate::commands::stored_session::usable;
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::oauth::TokenHint;
use crate::secret::Secret;
use crate::session::{
    self, BootstrapTokens, ErasureCause, Record, RefreshOutcome, SessionStore, StoredSession,
};
use crate::store::Guard;

/// What to do about new tokens that wait beside the stored session.
const KEPT_BESIDE: &str = "the token that was given is spent, and the new tokens are kept beside the stored \
                           session: give the same token again to go on, or run `eprospera logout` to end both";

/// The same where the person has to agree first.
const KEPT_FOR_REPLACE: &str = "the stored session is as it was, and the new tokens are kept beside it: give the same token \
                                again with `--replace` to use them, or run `eprospera logout` to end both";

/// A token on its way from the person to a stored session.
pub(super) struct Handover<'a> {
    pub(super) storage: &'a TokenStorage<'a>,
    pub(super) given: &'a Secret,
    pub(super) bootstrap_tokens: BootstrapTokens,
    /// The lock of the place where the session is to be.
    pub(super) guard: &'a Guard,
}

/// The session that the given token begins, or belongs to.
pub(super) struct BegunSession {
    record: Record,
    /// Where it is while another session is in its place.
    beside: Option<(SessionStore, Guard)>,
}

/// What a refresh that failed has left of the given token.
enum Remainder {
    /// The provider refused it.
    Nothing,
    /// It was not sent, or the provider did not act on it.
    Unsent,
    /// Nobody knows.
    Unknown,
    /// It is spent, and its successor is stored.
    Successor,
}

impl BegunSession {
    /// Whether nobody has used the session before.
    fn is_new(&self) -> bool {
        self.record.account.subject.is_empty()
    }
}

impl Handover<'_> {
    /// Stores the given token, or finds the session that it is of or that an earlier run has begun
    /// with it.
    pub(super) async fn begin(&self) -> Result<BegunSession, Error> {
        let session_store = self.storage.session_store;
        let here = |record| BegunSession {
            record,
            beside: None,
        };
        let main = match session_store.inspect() {
            Ok(StoredSession::Absent) => match self.left_beside().await? {
                Some(begun) => return Ok(begun),
                None => return self.begin_in(session_store, self.guard).map(here),
            },
            Ok(found) => found.into_record(),
            // The login was free to begin all the same: it may replace what is there.
            Err(_) => None,
        };
        if let Some(record) = &main
            && self.is_ours(record)?
        {
            return Ok(here(record.clone()));
        }
        let incoming = session_store.incoming();
        let guard = lock(&incoming).await?;
        let left = match incoming.inspect() {
            Ok(found) => found.into_record(),
            Err(error) if error.is_out_of_the_way() => None,
            Err(error) if self.storage.args.replace && error.is_of_record_or_key() => None,
            Err(error) => return Err(unreadable(error)),
        };
        let record = match &left {
            Some(left) if self.is_ours(left)? => left.clone(),
            _ => {
                let record = self.begin_in(&incoming, &guard)?;
                self.abandon(left, main.as_ref()).await;
                record
            }
        };
        Ok(BegunSession {
            record,
            beside: Some((incoming, guard)),
        })
    }

    /// Whether a session is the one that the given token begins.
    fn is_ours(&self, record: &Record) -> Result<bool, Error> {
        Ok(record.has_refresh_token(self.given)
            || self.bootstrap_tokens.begins(self.given, record)?)
    }

    /// What an earlier run has begun with the given token beside a session that has ended since.
    async fn left_beside(&self) -> Result<Option<BegunSession>, Error> {
        let incoming = self.storage.session_store.incoming();
        // Most often there is nothing, and no lock is needed to see that.
        if !matches!(incoming.load(), Ok(Some(left)) if self.is_ours(&left)?) {
            return Ok(None);
        }
        let guard = lock(&incoming).await?;
        let record = match incoming.load()? {
            Some(record) if self.is_ours(&record)? => record,
            _ => return Ok(None),
        };
        Ok(Some(BegunSession {
            record,
            beside: Some((incoming, guard)),
        }))
    }

    /// Revokes what the login of another token left that was killed. Where that had come as far as to
    /// store its session, it is not that one's only copy.
    async fn abandon(&self, left: Option<Record>, stored: Option<&Record>) {
        let is_stored = |left: &Record| stored.is_some_and(|stored| stored.is_same_session(left));
        let refresh = left
            .filter(|left| !is_stored(left))
            .and_then(|left| left.refresh);
        let token = refresh.as_ref().map(|refresh| &refresh.token);
        self.storage.give_up(token, None).await;
    }

    fn begin_in(&self, session_store: &SessionStore, guard: &Guard) -> Result<Record, Error> {
        let begun = session_store.begin(self.given, &self.bootstrap_tokens, guard);
        begun.map_err(|error| {
            let is_spent = matches!(error, session::Error::BootstrapTokenSpent);
            let error = Error::from(error);
            if is_spent {
                error.hint("nothing was changed")
            } else {
                error
            }
        })
    }

    fn place<'a>(&'a self, begun: &'a BegunSession) -> (&'a SessionStore, &'a Guard) {
        match &begun.beside {
            Some((session_store, guard)) => (session_store, guard),
            None => (self.storage.session_store, self.guard),
        }
    }

    /// Refreshes the session and finds out whose it is; where another one is stored, it takes the
    /// place of that. When it fails, the next run knows what is left of the token.
    pub(super) async fn complete(&self, begun: &BegunSession) -> Result<Record, Error> {
        let interrupts = &self.storage.context.interrupts;
        if let Some(interrupted) = interrupts.caught() {
            return Err(self.failed(begun, interrupted));
        }
        let record = match self.refreshed(begun).await {
            Ok(RefreshOutcome::Rescued(_, reason)) if begun.beside.is_some() => {
                return Err(Error::from(reason)
                    .hint("the new tokens are in a rescue file: when the store works, give the same token again"));
            }
            Ok(outcome @ RefreshOutcome::Rescued(..)) => {
                // The store takes nothing at the moment; the rescue file has it all.
                self.remember();
                self.storage.remember();
                return Ok(usable(self.storage.context, outcome));
            }
            Ok(RefreshOutcome::StillValid(_, error)) | Err(error) => {
                return Err(self.failed(begun, in_words(begun, error)));
            }
            Ok(outcome) => outcome.into_record(),
        };
        let finishing = Box::pin(self.finish(begun, record.clone()));
        match self.storage.unless_caught(finishing).await {
            Ok((record, replaced)) => {
                self.settle(&record);
                let revoking = Box::pin(self.storage.revoke(replaced.as_ref(), TokenHint::Refresh));
                interrupts.until_caught(revoking).await;
                Ok(record)
            }
            Err(error) => Err(self.given_up(begun, &record, error).await),
        }
    }

    async fn refreshed(&self, begun: &BegunSession) -> Result<RefreshOutcome, session::Error> {
        let storage = self.storage;
        let now = storage.context.clock.now();
        let is_spent = !begun.record.has_refresh_token(self.given);
        if is_spent && begun.record.valid_access(now).is_some() {
            // An earlier run was killed after its refresh.
            return Ok(RefreshOutcome::AlreadyRefreshed(begun.record.clone()));
        }
        let (session_store, guard) = self.place(begun);
        storage
            .context
            .refresher(session_store, storage.server)
            .refresh_under(guard, &begun.record, storage.args.scope.as_deref())
            .await
    }

    /// Finds out whose the session is, and puts it into its place. Returns the refresh token that
    /// is to be revoked for it as well.
    async fn finish(
        &self,
        begun: &BegunSession,
        record: Record,
    ) -> Result<(Record, Option<Secret>), Error> {
        let storage = self.storage;
        let Some(access) = &record.access else {
            return Err(session::Error::ExpiredMeanwhile.into());
        };
        let known = Some(record.account.clone()).filter(|account| !account.subject.is_empty());
        let account = storage.ask_for_account(&access.token, known).await?;
        let mut old = None;
        if begun.beside.is_some() {
            old = storage.stored()?;
            storage.agree_to_replace(old.as_ref(), &account).await?;
        }
        let mut record = record.following(old.as_ref().map_or(0, |old| old.generation));
        record.account = account;
        if record.scopes.is_empty() {
            storage.asked.clone_into(&mut record.scopes);
        }
        storage.store(&record, self.guard)?;
        if let Some((session_store, guard)) = &begun.beside
            && let Err(error) = session_store.erase(ErasureCause::Adopted, guard)
        {
            tracing::debug!(%error, "a copy of the session stays beside it");
        }
        // Another session of the same person may be of the same family as the new one, which its
        // revocation would end.
        let is_somebody_elses = |old: &Record| {
            storage.session_store.is_ours(old) && old.account.subject != record.account.subject
        };
        let replaced = old.filter(is_somebody_elses).and_then(|old| old.refresh);
        Ok((record, replaced.map(|refresh| refresh.token)))
    }

    /// What is left when the session was refreshed and cannot be completed.
    async fn given_up(&self, begun: &BegunSession, record: &Record, error: Error) -> Error {
        let is_stored = begun.beside.is_none();
        if error.kind() == Kind::Store {
            return error.hint(
                "the new tokens are stored: when the store works, give the same token again",
            );
        }
        let is_caught = self.storage.context.interrupts.caught().is_some();
        if is_stored && (is_caught || !begun.is_new()) {
            self.settle(record);
            return error.hint("the session is stored");
        }
        // What has not been refused may yet be wanted, and the token that was given is spent.
        if !is_stored && error.kind() == Kind::Conflict {
            return error.only_hint(KEPT_FOR_REPLACE);
        }
        if !is_stored && (is_caught || !is_definite(&error)) {
            return error.hint(KEPT_BESIDE);
        }
        let is_rotated = !record.has_refresh_token(self.given);
        let refresh = record.refresh.as_ref().filter(|_| is_rotated);
        let refresh = refresh.map(|refresh| &refresh.token);
        self.storage.give_up(refresh, None).await;
        self.erase(begun);
        self.settle(record);
        error.hint(if is_rotated {
            "the token that was given is spent"
        } else {
            "the provider did not rotate the token that was given"
        })
    }

    /// What is left when the session was not refreshed.
    fn failed(&self, begun: &BegunSession, error: Error) -> Error {
        let remainder = match self.remainder(begun) {
            Ok(remainder) => remainder,
            Err(unread) => {
                tracing::debug!(error = %unread, "nobody knows what is left");
                return error;
            }
        };
        match remainder {
            Remainder::Unsent if begun.is_new() => {
                self.erase(begun);
                self.forget();
                error.hint("nothing was stored")
            }
            Remainder::Nothing => {
                self.forget();
                if begun.is_new() {
                    error.hint("nothing was stored")
                } else {
                    error
                }
            }
            Remainder::Unknown if begun.is_new() => {
                error.hint("the token may be spent: it is kept, and giving it again finds out")
            }
            Remainder::Successor if begun.beside.is_some() => error.only_hint(KEPT_BESIDE),
            Remainder::Successor => {
                self.remember();
                self.storage.remember();
                error
            }
            Remainder::Unsent | Remainder::Unknown => error,
        }
    }

    /// What the store has now.
    fn remainder(&self, begun: &BegunSession) -> Result<Remainder, session::Error> {
        let (session_store, _) = self.place(begun);
        let Some(record) = session_store.load()? else {
            return Ok(Remainder::Nothing);
        };
        let is_unknown = session_store.pending(&record)?.is_some();
        Ok(match record.refresh {
            _ if is_unknown => Remainder::Unknown,
            Some(refresh) if !refresh.token.equals(self.given.expose()) => Remainder::Successor,
            _ => Remainder::Unsent,
        })
    }

    fn erase(&self, begun: &BegunSession) {
        let (session_store, guard) = self.place(begun);
        if let Err(error) = session_store.erase(ErasureCause::GivenUp, guard) {
            let error = Error::from(error).sentence();
            let output = self.storage.context.output;
            output.warn(format!(
                "the session that was begun is still stored: {error}"
            ));
        }
    }

    /// The given token is good for another login only where the provider did not rotate it.
    fn settle(&self, record: &Record) {
        if record.has_refresh_token(self.given) {
            self.forget();
        } else {
            self.remember();
        }
    }

    fn remember(&self) {
        let account = self.storage.session_store.identity().account();
        let now = self.storage.context.clock.now();
        if let Err(error) = self.bootstrap_tokens.remember(self.given, account, now) {
            tracing::warn!(%error, "the spent token is not remembered");
        }
    }

    fn forget(&self) {
        if let Err(error) = self.bootstrap_tokens.forget(self.given) {
            tracing::warn!(%error, "the token is still remembered");
        }
    }
}

/// Takes the lock of a session that waits beside another, also from a home that did not begin it.
async fn lock(incoming: &SessionStore) -> Result<Guard, session::Error> {
    incoming.take_over_lock().await?;
    incoming.lock(Context::SHORT_WAIT).await
}

/// Whether the provider, or a check, has refused the session for good. A busy server has not, and a
/// person who did not agree may yet say `--replace`.
fn is_definite(error: &Error) -> bool {
    matches!(
        error.kind(),
        Kind::LoginRequired
            | Kind::Forbidden
            | Kind::NotFound
            | Kind::InvalidRequest
            | Kind::Untrusted
    )
}

/// Why the session was not refreshed. To a person who has just given a token, it is about that.
fn in_words(begun: &BegunSession, error: session::Error) -> Error {
    use session::Error as E;
    match error {
        E::Ended(error)
        | E::NotRefreshed(error)
        | E::ClientRefused(error)
        | E::OutcomeUnknown(error)
            if begun.is_new() =>
        {
            error.into()
        }
        error => error.into(),
    }
}
