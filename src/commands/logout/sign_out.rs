//! Signing out of one session in one store: revoked at the provider, then deleted here.

use std::cell::RefCell;

use super::deadline::{REVOCATION_TIMEOUT, RevocationDeadlines};
use super::outcome::{Revoked, StoreResult, UnrevokedToken};
use crate::cli::LogoutArgs;
use crate::context::Context;
use crate::error::Error;
use crate::oauth::TokenHint;
use crate::provider::Feature;
use crate::session::{self, Erasure, ErasureCause, Record, SessionStore, StoredSession};
use crate::store::{Guard, StoreKind};

/// The sign-out of one session in one store.
#[derive(Clone, Copy)]
pub(super) struct SigningOut<'a> {
    pub(super) args: &'a LogoutArgs,
    pub(super) context: &'a Context,
    pub(super) session_store: &'a SessionStore,
    pub(super) kind: &'a StoreKind,
    pub(super) deadlines: &'a RevocationDeadlines,
}

impl SigningOut<'_> {
    /// Signs out. A signal ends the revocation and not the deletion.
    pub(super) fn run(self) -> (StoreResult, Option<Error>) {
        let session_store = self.session_store;
        let nothing_yet =
            StoreResult::nothing_yet(self.kind.to_string(), session_store.is_incoming());
        let part = RefCell::new(nothing_yet);
        let mut failure = None;
        let ended = self.context.block_on(async {
            if let Err(error) = session_store.take_over_lock().await {
                tracing::debug!(%error, "the lock stays where it is");
            }
            let guard = session_store.lock(Context::SHORT_WAIT).await;
            failure = self.revoke_and_delete(guard, &part).await.err();
            Ok(())
        });
        // Ctrl-C says more than what it led to.
        (part.into_inner(), ended.err().or(failure))
    }

    /// Writes down each fact as soon as it is one.
    async fn revoke_and_delete(
        &self,
        guard: Result<Guard, session::Error>,
        part: &RefCell<StoreResult>,
    ) -> Result<(), Error> {
        let session_store = self.session_store;
        let not_revoked = |why: &str| part.borrow_mut().revoked = Some(Err(why.to_owned()));
        let damage;
        let found = session_store.inspect();
        // A person who was asked for a key was free to end it all; from here on all is done.
        let _hold = self.context.interrupts.hold_in_silence();
        let cause = match found {
            // The copy of an exported session is sealed, and may be all that is left of it. Where there
            // is an unfinished login, the flag may well be meant for that alone.
            Ok(StoredSession::Absent)
                if self.args.discard_unreadable
                    && session_store.exported_copy()?.is_some()
                    && !session_store.incoming().may_hold_something() =>
            {
                not_revoked(UNREAD);
                ErasureCause::DiscardedUnread
            }
            Ok(StoredSession::Absent) => match guard {
                // Where nothing can be locked, nothing was stored either.
                Err(error) if !matches!(error, session::Error::Busy { .. }) => {
                    tracing::debug!(%error, "nothing is stored, and nothing can be locked");
                    return Ok(());
                }
                _ => ErasureCause::SignedOut,
            },
            Ok(StoredSession::Readable(record)) => {
                let revoked = self.revoked(&record).await;
                let mut part = part.borrow_mut();
                part.lasting = self.lasting(&record);
                part.revoked = revoked;
                ErasureCause::SignedOut
            }
            Ok(StoredSession::Damaged(found)) => {
                not_revoked(UNREAD);
                damage = found;
                ErasureCause::Damaged(&damage)
            }
            Err(error) if self.args.discard_unreadable && error.is_of_record_or_key() => {
                not_revoked(UNREAD);
                self.context.output.warn(format!(
                    "{}; deleting it without reading it",
                    Error::from(error).sentence()
                ));
                ErasureCause::DiscardedUnread
            }
            Err(error) => {
                not_revoked("the session cannot be read, so nothing was sent to the provider");
                return Err(self.way_out(error));
            }
        };
        let unread = session_store.unread_rescue();
        let had_export = session_store.exported_copy()?.is_some();
        let erased = session_store.erase(cause, &guard?)?;
        let keeps_export = session_store.exported_copy()?.is_some();
        let was_there = matches!(erased, Erasure::Done(true));
        part.borrow_mut().deleted = was_there || (had_export && !keeps_export);
        part.borrow_mut().keeps_export = keeps_export;
        if had_export && !keeps_export {
            self.context.output.warn(EXPORT_DELETED);
        }
        self.say_what_was_unread(cause, unread);
        Ok(())
    }

    /// Names what was deleted although it could not be read.
    fn say_what_was_unread(&self, cause: ErasureCause<'_>, rescue: Option<session::Error>) {
        if let ErasureCause::Damaged(damage) = cause {
            let words = format!("{damage}; it was deleted without being read");
            self.context.output.warn(words);
        }
        if let Some(error) = rescue {
            let reason = Error::from(error).sentence();
            self.context.output.warn(format!(
                "{reason}; the file was deleted without being read, and any newer tokens in it \
                 stay valid until they expire or you revoke them at the provider"
            ));
        }
    }

    /// What the provider said; `None` where it is not asked.
    async fn revoked(&self, record: &Record) -> Revoked {
        let provider = match self.context.settings() {
            Ok(settings) => settings.provider.value,
            Err(error) => return Some(Err(error.sentence())),
        };
        if !self.session_store.is_ours(record) {
            return Some(Err(format!(
                "they are from provider {}, but the profile is for {}",
                record.provider, provider.title
            )));
        }
        if !provider.offers(Feature::Revocation) {
            return None;
        }
        let revoking = self.deadlines.within(
            &self.session_store.identity().issuer,
            Box::pin(revoke(self.context, self.session_store, record)),
        );
        let revoked = match self.context.interrupts.until_caught(revoking).await {
            None => Err("interrupted before it answered".to_owned()),
            Some(None) => {
                let waited = humantime::format_duration(REVOCATION_TIMEOUT);
                Err(format!("it did not answer within {waited}"))
            }
            Some(Some(revoked)) => revoked.map_err(|error| error.sentence()),
        };
        Some(revoked)
    }

    /// What cannot be ended.
    fn lasting(&self, record: &Record) -> Option<UnrevokedToken> {
        let provider = self.context.settings().ok()?.provider.value;
        if provider.offers(Feature::Revocation) || !self.session_store.is_ours(record) {
            return None;
        }
        let access = record.valid_access(self.context.clock.now())?;
        Some(UnrevokedToken {
            provider: provider.title,
            ends_at: access.expires_at,
        })
    }

    /// A session that cannot be read is kept, and this is how to go on. Others may have been
    /// revoked and deleted before it, so it says of which this is true.
    fn way_out(&self, error: session::Error) -> Error {
        if !error.is_of_record_or_key() {
            return error.into();
        }
        let what = if self.session_store.is_incoming() {
            "unfinished login"
        } else {
            "session"
        };
        let error = Error::from(error).hint(format!(
            "the {what} of profile {} in the store {} was neither revoked nor deleted",
            self.session_store.identity().profile,
            self.kind
        ));
        if error.hints().iter().any(|hint| hint.contains(DISCARD)) {
            return error;
        }
        error.hint(format!(
            "if it can never be read again, run `eprospera logout {DISCARD}`"
        ))
    }
}

/// Why nothing was revoked where nothing could be read.
const UNREAD: &str = "they could not be read, so they stay valid until they expire or you revoke \
                      them at the provider";

/// What goes with the copy of an exported session.
const EXPORT_DELETED: &str = "the encrypted copy of the exported session was deleted too; \
                              `eprospera session restore` can no longer bring it back";

/// The flag for a session whose key is lost.
const DISCARD: &str = "--discard-unreadable";

/// Revokes both tokens, side by side; a failure is reported.
async fn revoke(
    context: &Context,
    session_store: &SessionStore,
    record: &Record,
) -> Result<(), Error> {
    let server = context.server(session_store.store())?;
    let metadata = server.metadata().await?;
    let refresh = record.refresh.as_ref().map(|refresh| &refresh.token);
    let access = record.access.as_ref().map(|access| &access.token);
    let end = async |token, hint| match token {
        Some(token) => server.revoke(&metadata, token, hint).await.map(drop),
        None => Ok(()),
    };
    let (refresh, access) = tokio::join!(
        end(refresh, TokenHint::Refresh),
        end(access, TokenHint::Access)
    );
    Ok(refresh.and(access)?)
}
