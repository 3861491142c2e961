//! The beginning of a given token's session: it is stored before anything is sent, or found where an
//! earlier run has stored it.

use super::store_tokens::{TokenStorage, unreadable};
use crate::context::Context;
use crate::error::Error;
use crate::secret::Secret;
use crate::session::{self, BootstrapTokens, ErasureCause, Record, SessionStore, StoredSession};
use crate::settings::LastLogin;
use crate::store::Guard;

/// What to do about an unfinished login that cannot be read. The hints for a session are to sign out,
/// which would end the one that is stored.
const UNREADABLE_BESIDE: &str = "this is an unfinished login, kept beside the stored session; \
                                 nothing was changed. Set EPROSPERA_STORE_KEY or \
                                 EPROSPERA_STORE_KEY_FILE to the key it was encrypted with, or \
                                 discard it with `eprospera login --with-token --replace`";

/// The same where it may be what the given token has begun.
const UNREADABLE_ALONE: &str = "an unfinished login is stored that cannot be read. Set \
                                EPROSPERA_STORE_KEY or EPROSPERA_STORE_KEY_FILE to the key it was \
                                encrypted with, or discard it with `eprospera logout \
                                --discard-unreadable`";

/// Another given token may be spent, and its successor is what waits: that is lost with it.
const ANOTHER_UNFINISHED: &str = "a login with another refresh token is still unfinished";

/// What to do about that.
const FINISH_THE_OTHER: &str = "nothing was sent; to finish that login, pass its refresh token \
                                again (with `--replace` if it is for another account). To discard \
                                it, run `eprospera login --with-token --replace`";

/// A token on its way from the person to a stored session.
pub(super) struct Handover<'a> {
    pub(super) storage: &'a TokenStorage<'a>,
    pub(super) given: &'a Secret,
    pub(super) bootstrap_tokens: BootstrapTokens,
    /// The lock of the place where the session is to be; `None` while a person is asked.
    pub(super) guard: Option<Guard>,
    /// What was remembered of the profile's logins before this one began.
    pub(super) before: Option<LastLogin>,
}

/// The session that the given token begins, or belongs to.
pub(super) struct BegunSession {
    pub(super) record: Record,
    /// Where it is while another session is in its place.
    pub(super) beside: Option<IncomingPlace>,
}

/// The place of a session that waits beside another.
pub(super) struct IncomingPlace {
    pub(super) session_store: SessionStore,
    /// Its lock; `None` while a person is asked.
    pub(super) guard: Option<Guard>,
}

/// A session that waits beside the stored one, and what could not be read in its place.
struct LeftLogin {
    record: Option<Record>,
    unread: Option<String>,
}

impl BegunSession {
    /// Whether the session is unused.
    pub(super) fn is_new(&self) -> bool {
        self.record.account.subject.is_empty()
    }
}

impl Handover<'_> {
    /// Stores the given token, or finds the session that it is of or that an earlier run has begun
    /// with it.
    pub(super) async fn begin(&mut self) -> Result<BegunSession, Error> {
        let session_store = self.storage.session_store;
        let here = |record| BegunSession {
            record,
            beside: None,
        };
        let main = match session_store.inspect() {
            Ok(StoredSession::Absent) => match self.left_beside().await? {
                Some(begun) => return Ok(begun),
                None => return self.begin_here().map(here),
            },
            Ok(found) => found.into_record(),
            // The login was free to begin all the same: it may replace what is there.
            Err(_) => None,
        };
        if let Some(record) = &main
            && self.is_ours(record, session_store)?
        {
            session_store.remove_copy_beside(record, Context::SHORT_WAIT)?;
            return Ok(here(record.clone()));
        }
        self.begin_beside(main.as_ref()).await
    }

    /// The same beside a stored session that is another one.
    async fn begin_beside(&mut self, main: Option<&Record>) -> Result<BegunSession, Error> {
        let incoming = self.storage.session_store.incoming();
        let guard = lock(&incoming).await?;
        let left = self.left_in(&incoming)?;
        let record = match &left.record {
            Some(record) if self.is_ours(record, &incoming)? => record.clone(),
            _ => {
                let waiting = left.record.as_ref().filter(|left| !left.is_copy_of(main));
                if waiting.is_some() && !self.storage.args.replace {
                    return Err(Error::conflict(ANOTHER_UNFINISHED).hint(FINISH_THE_OTHER));
                }
                let cause = match left.unread {
                    Some(_) => ErasureCause::DiscardedUnread,
                    None => ErasureCause::Replaced,
                };
                let record = self.begin_in(&incoming, cause, &guard)?;
                if let Some(words) = left.unread {
                    self.storage.context.output.warn(format!(
                        "{words}; this unfinished login is replaced without being read, so its \
                         tokens stay valid until they expire or you revoke them at the provider"
                    ));
                }
                self.abandon(waiting).await;
                record
            }
        };
        let guard = Some(guard);
        Ok(BegunSession {
            record,
            beside: Some(IncomingPlace {
                session_store: incoming,
                guard,
            }),
        })
    }

    /// What an earlier login has left in this place.
    fn left_in(&self, incoming: &SessionStore) -> Result<LeftLogin, Error> {
        let unread = |words: String| LeftLogin {
            record: None,
            unread: Some(words),
        };
        match incoming.inspect() {
            Ok(StoredSession::Damaged(damage)) => Ok(unread(damage.to_string())),
            Ok(found) => Ok(LeftLogin {
                record: found.into_record(),
                unread: None,
            }),
            Err(error) if error.is_out_of_the_way() => Ok(LeftLogin {
                record: None,
                unread: None,
            }),
            Err(error) if !error.is_of_record_or_key() => Err(unreadable(error)),
            Err(error) if self.storage.args.replace => Ok(unread(Error::from(error).sentence())),
            Err(error) => Err(Error::from(error).only_hint(UNREADABLE_BESIDE)),
        }
    }

    pub(super) fn place<'a>(&'a self, begun: &'a BegunSession) -> &'a SessionStore {
        match &begun.beside {
            Some(beside) => &beside.session_store,
            None => self.storage.session_store,
        }
    }

    pub(super) fn guard_of<'a>(
        &'a self,
        begun: &'a BegunSession,
    ) -> Result<&'a Guard, session::Error> {
        let guard = match &begun.beside {
            Some(beside) => beside.guard.as_ref(),
            None => self.guard.as_ref(),
        };
        guard.ok_or(session::Error::NotLocked)
    }

    /// Whether a session is the one that the given token begins.
    ///
    /// # Errors
    /// When it is, and is complete: the token is spent then, on whichever machine that was.
    fn is_ours(&self, record: &Record, place: &SessionStore) -> Result<bool, Error> {
        if record.has_refresh_token(self.given)
            || self.bootstrap_tokens.begins(self.given, record)?
        {
            return Ok(true);
        }
        if !record.was_begun_with(self.given) {
            return Ok(false);
        }
        if place.is_incoming() || record.account.subject.is_empty() {
            return Ok(true);
        }
        Err(spent(session::Error::BootstrapTokenSpent))
    }

    /// What an earlier run has begun with the given token beside a session that has ended since.
    async fn left_beside(&self) -> Result<Option<BegunSession>, Error> {
        let incoming = self.storage.session_store.incoming();
        // Most often there is nothing, and no lock is needed to see that.
        if !matches!(incoming.load(), Ok(Some(left)) if self.is_ours(&left, &incoming)?) {
            return Ok(None);
        }
        let guard = lock(&incoming).await?;
        let record = match incoming.load()? {
            Some(record) if self.is_ours(&record, &incoming)? => record,
            _ => return Ok(None),
        };
        let guard = Some(guard);
        Ok(Some(BegunSession {
            record,
            beside: Some(IncomingPlace {
                session_store: incoming,
                guard,
            }),
        }))
    }

    /// Revokes what the login of another token left, as the person has said.
    async fn abandon(&self, another: Option<&Record>) {
        let Some(another) = another else { return };
        self.storage.context.output.warn(
            "replacing the unfinished login with another refresh token, and revoking its token",
        );
        let token = another.refresh.as_ref().map(|refresh| &refresh.token);
        self.storage.give_up(token, None).await;
    }

    /// Begins where no session is. That is remembered first, so that the next run finds what a killed
    /// one leaves.
    fn begin_here(&mut self) -> Result<Record, Error> {
        let storage = self.storage;
        let session_store = storage.session_store;
        self.before = storage.remember_beginning();
        let begun = match &self.guard {
            Some(guard) => self.begin_in(session_store, ErasureCause::Replaced, guard),
            None => Err(session::Error::NotLocked.into()),
        };
        begun.map_err(|error| {
            storage.forget_beginning(self.before.as_ref());
            match session_store.incoming().load() {
                Err(unread) if unread.is_of_record_or_key() => error.hint(UNREADABLE_ALONE),
                _ => error,
            }
        })
    }

    fn begin_in(
        &self,
        session_store: &SessionStore,
        cause: ErasureCause<'_>,
        guard: &Guard,
    ) -> Result<Record, Error> {
        session_store
            .begin(self.given, &self.bootstrap_tokens, cause, guard)
            .map_err(spent)
    }
}

fn spent(error: session::Error) -> Error {
    let is_spent = matches!(error, session::Error::BootstrapTokenSpent);
    let error = Error::from(error);
    if is_spent {
        error.hint("nothing was changed")
    } else {
        error
    }
}

/// Takes the lock of a session that waits beside another, also from a home that did not begin it.
pub(super) async fn lock(incoming: &SessionStore) -> Result<Guard, session::Error> {
    incoming.take_over_lock().await?;
    incoming.lock(Context::SHORT_WAIT).await
}
