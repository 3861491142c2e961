//! A given refresh token on its way to a stored session.
//!
//! The token is stored before it is sent, as a session of which nothing else is known, so that its
//! first refresh is like any other: a kill at any moment leaves the old token, the new one, or an
//! outcome that the next command settles. Where another session is stored already, the new one
//! waits beside it until it has proved good; then it takes its place.

use super::begun_session::{BegunSession, Handover, IncomingPlace, lock};
use crate::commands::stored_session::usable;
use crate::error::{Error, Kind};
use crate::secret::Secret;
use crate::session::{self, Account, ErasureCause, Record, RefreshOutcome};

/// What to do about new tokens that wait beside the stored session.
const KEPT_BESIDE: &str = "the refresh token that you gave has been used, and the new tokens are \
                           kept beside the stored session. To continue, pass the same refresh \
                           token again; to end both, run `eprospera logout`";

/// The same where the person has to agree first.
const KEPT_FOR_REPLACE: &str = "the stored session is unchanged, and the new tokens are kept \
                                beside it. To use them, pass the same refresh token again with \
                                `--replace`; to end both, run `eprospera logout`";

/// What to do about a session that works, but whose account is not known.
const KEPT_UNNAMED: &str = "the session is stored and can be used. To find out whose it is, pass \
                            the same refresh token again; to end it, run `eprospera logout`";

/// What a refresh that failed has left of the given token.
enum Remainder {
    /// The provider refused it.
    Nothing,
    /// It was not sent, or the provider did not act on it.
    Unsent,
    /// It is not known.
    Unknown,
    /// It is spent, and its successor is stored.
    Successor,
}

impl Handover<'_> {
    /// Refreshes the session and finds out whose it is; where another one is stored, it takes the
    /// place of that. When it fails, the next run knows what is left of the token.
    pub(super) async fn complete(&mut self, begun: &mut BegunSession) -> Result<Record, Error> {
        let storage = self.storage;
        let interrupts = &storage.context.interrupts;
        if let Some(interrupted) = interrupts.caught() {
            return Err(self.failed(begun, interrupted));
        }
        let record = match self.refreshed(begun).await {
            Ok(RefreshOutcome::Rescued(_, reason)) if begun.beside.is_some() => {
                return Err(Error::from(reason).hint(
                    "the new tokens are safe in a rescue file; fix the store, then pass the \
                           same refresh token again",
                ));
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
        match storage.unless_caught(finishing).await {
            Ok((record, replaced)) => {
                self.settle(&record);
                // No other process has to wait for the provider.
                self.guard = None;
                begun.beside = None;
                let revoking = Box::pin(storage.revoke_replaced(replaced.as_ref()));
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
        let guard = self.guard_of(begun)?;
        storage
            .context
            .refresher(self.place(begun), storage.server)
            .refresh_under(guard, &begun.record, storage.args.scope.as_deref())
            .await
    }

    /// Finds out whose the session is, and puts it into its place. Returns the refresh token that
    /// is to be revoked for it as well.
    async fn finish(
        &mut self,
        begun: &mut BegunSession,
        record: Record,
    ) -> Result<(Record, Option<Secret>), Error> {
        let storage = self.storage;
        let Some(access) = &record.access else {
            return Err(session::Error::ExpiredMeanwhile.into());
        };
        let known = Some(record.account.clone()).filter(|account| !account.subject.is_empty());
        let account = storage.ask_for_account(&access.token, known).await?;
        let old = self.agreed_to_replace(begun, &record, &account).await?;
        let mut record = record.following(old.as_ref().map_or(0, |old| old.generation));
        record.account = account;
        if record.scopes.is_empty() {
            storage.asked.clone_into(&mut record.scopes);
        }
        let guard = self.guard.as_ref().ok_or(session::Error::NotLocked)?;
        storage.store(&record, guard)?;
        if let Some(IncomingPlace {
            session_store,
            guard: Some(guard),
        }) = &begun.beside
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

    /// The session whose place the new one takes, once the person has agreed to that. No other process waits
    /// for the person: both locks are given back meanwhile, and what is stored is looked at again.
    async fn agreed_to_replace(
        &mut self,
        begun: &mut BegunSession,
        record: &Record,
        account: &Account,
    ) -> Result<Option<Record>, Error> {
        let storage = self.storage;
        if begun.beside.is_none() {
            return Ok(None);
        }
        let mut agreed = None;
        loop {
            let old = storage.stored()?;
            let asked = storage.account_to_end(old.as_ref(), account);
            if asked.is_none() || asked == agreed {
                return Ok(old);
            }
            self.guard = None;
            if let Some(beside) = &mut begun.beside {
                beside.guard = None;
            }
            storage.agree_to_replace(old.as_ref(), account).await?;
            agreed = asked;
            self.guard = Some(storage.session_store.lock(session::LOCK_WAIT).await?);
            if let Some(beside) = &mut begun.beside {
                let session_store = &beside.session_store;
                beside.guard = Some(lock(session_store).await?);
                let is_unchanged = |now: Record| {
                    now.is_same_session(record) && now.generation == record.generation
                };
                if !session_store.load()?.is_some_and(is_unchanged) {
                    return Err(session::Error::ChangedMeanwhile.into());
                }
            }
        }
    }

    /// What is left when the session was refreshed and cannot be completed.
    async fn given_up(&self, begun: &BegunSession, record: &Record, error: Error) -> Error {
        let is_stored = begun.beside.is_none();
        if error.kind() == Kind::Store {
            return error.hint(
                "the new tokens are stored; fix the store, then pass the same refresh token again",
            );
        }
        // Another command is at these tokens, or was.
        if error.kind() == Kind::Busy {
            return error;
        }
        let is_caught = self.storage.context.interrupts.caught().is_some();
        if is_stored && (is_caught || !begun.is_new()) {
            self.settle(record);
            self.storage.remember();
            return error.hint("the session is stored");
        }
        // The provider has just taken the tokens: that it cannot say whose they are does not spoil them.
        if is_stored && !is_definite(&error) {
            self.storage.remember();
            return error.only_hint(KEPT_UNNAMED);
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
            "the refresh token that you gave has been used"
        } else {
            "the provider did not rotate the refresh token that you gave"
        })
    }

    /// What is left when the session was not refreshed.
    fn failed(&self, begun: &BegunSession, error: Error) -> Error {
        let remainder = match self.remainder(begun) {
            Ok(remainder) => remainder,
            Err(unread) => {
                tracing::debug!(error = %unread, "what is left is unknown");
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
                if begun.beside.is_none() {
                    self.storage.forget_beginning(self.before.as_ref());
                }
                self.forget();
                if begun.is_new() {
                    error.hint("nothing was stored")
                } else {
                    error
                }
            }
            Remainder::Unknown if begun.is_new() => error.hint(
                "the refresh token may have been used, so it is kept; pass it again to \
                            find out",
            ),
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
        let session_store = self.place(begun);
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
        let erased = self
            .guard_of(begun)
            .and_then(|guard| self.place(begun).erase(ErasureCause::GivenUp, guard));
        if erased.is_ok() && begun.beside.is_none() {
            self.storage.forget_beginning(self.before.as_ref());
        }
        if let Err(error) = erased {
            let error = Error::from(error).sentence();
            let output = self.storage.context.output;
            output.warn(format!("the unfinished session is still stored: {error}"));
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
            tracing::warn!(%error, "the used token was not recorded");
        }
    }

    fn forget(&self) {
        if let Err(error) = self.bootstrap_tokens.forget(self.given) {
            tracing::warn!(%error, "the token is still recorded");
        }
    }
}

/// Whether the provider, or a check, has refused the session for good. A busy server has not, nor has
/// a userinfo endpoint that is not there, or that these scopes do not open; and a person who did not
/// agree may yet say `--replace`.
fn is_definite(error: &Error) -> bool {
    matches!(error.kind(), Kind::LoginRequired | Kind::Untrusted)
}

/// Why the session was not refreshed. To a person who has just given a token, it is about that.
fn in_words(begun: &BegunSession, error: session::Error) -> Error {
    use session::Error as E;
    match error {
        E::Ended(error)
        | E::NotRefreshed(error)
        | E::ClientRefused(error)
        | E::OutcomeUnknown { source: error, .. }
            if begun.is_new() =>
        {
            error.into()
        }
        error => error.into(),
    }
}
