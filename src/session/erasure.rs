//! Everything after which a stored session may be erased, in one place.
//!
//! A record that is erased while its tokens are good is a session lost, and one whose tokens
//! nobody can revoke any more. So nothing else deletes a session's record, moves it out of the way
//! or lets another login's take its place: every caller names an [`ErasureCause`] here, and
//! `tests/it/architecture.rs` finds those that do not. That a record cannot be read is no cause by
//! itself: a keyring may be locked, a key mistyped, a question interrupted. Only [`Damage`] is.
//!
//! It asks no questions and sends nothing.

use std::fmt;

use crate::crypto::Unreadable;
use crate::secret::Secret;
use crate::store::{self, Guard};

use super::{Error, Record, SessionStore};

/// Why a stored record is worth nothing any more. The list is complete.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ErasureCause<'a> {
    /// The person signed out. The record was read, and its tokens were offered for revocation.
    SignedOut,
    /// What is stored is not what was once stored: no key and no program can read it.
    Damaged(&'a Damage),
    /// It cannot be read, because its key is lost or it is of another program, and the person asked
    /// by a flag to do without it ([`Error::is_of_record_or_key`]).
    DiscardedUnread,
    /// The provider refused this refresh token for good, and it is still the stored one.
    RefusedByProvider(&'a Secret),
    /// It was exported, and a sealed copy stays until it has arrived or is replaced.
    Exported,
    /// A login that failed had begun with it, and its tokens were offered for revocation.
    GivenUp,
    /// It was stored beside the session that it was to replace, and has taken its place.
    Adopted,
    /// A login or an import takes its place. The person has agreed, where it is another account's.
    Replaced,
}

/// What became of a record that was to be erased.
#[derive(Debug)]
pub(crate) enum Erasure {
    /// It is gone; whether there was one.
    Done(bool),
    /// It is kept: it has changed since its cause arose, and this is the newer one.
    Superseded(Box<Record>),
}

/// Proof that a record is damaged: made from an error that says so, and from no other.
#[derive(Debug)]
pub(crate) struct Damage(Error);

impl Damage {
    /// Takes an error for damage, or gives it back when it means anything else.
    pub(crate) fn of(error: Error) -> Result<Self, Error> {
        match error {
            Error::Store(store::Error::Unreadable(Unreadable::Corrupt { .. })) => Ok(Self(error)),
            other => Err(other),
        }
    }
}

impl From<Damage> for Error {
    fn from(damage: Damage) -> Self {
        damage.0
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What is in the place of a session.
#[derive(Debug)]
pub(crate) enum StoredSession {
    /// Nothing.
    Absent,
    /// A session.
    Readable(Box<Record>),
    /// Something that cannot be read.
    Damaged(Damage),
}

impl StoredSession {
    /// The session, where there is one that can be read.
    pub(crate) fn into_record(self) -> Option<Record> {
        match self {
            Self::Readable(record) => Some(*record),
            Self::Absent | Self::Damaged(_) => None,
        }
    }
}

impl SessionStore {
    /// Looks at what is stored before it is erased or replaced.
    ///
    /// # Errors
    /// When it cannot be told: then it is neither absent nor damaged.
    pub(crate) fn inspect(&self) -> Result<StoredSession, Error> {
        match self.load() {
            Ok(Some(record)) => Ok(StoredSession::Readable(Box::new(record))),
            Ok(None) => Ok(StoredSession::Absent),
            Err(error) => Damage::of(error).map(StoredSession::Damaged),
        }
    }

    /// Deletes the session.
    ///
    /// # Errors
    /// What the store says; the record may then still be there.
    pub(crate) fn erase(&self, cause: ErasureCause<'_>, guard: &Guard) -> Result<Erasure, Error> {
        if let ErasureCause::RefusedByProvider(refused) = cause
            && let Some(stored) = self.load()?
            && !stored.has_refresh_token(refused)
        {
            return Ok(Erasure::Superseded(Box::new(stored)));
        }
        tracing::debug!(?cause, "the session is erased");
        let existed = self.store.delete(&self.entry, guard)?;
        if matches!(cause, ErasureCause::Adopted) {
            // The store may lose what it has just taken: the rescue file stays for a later run.
            self.intents.clear(guard)?;
        } else {
            self.settled(guard)?;
            self.clear_adopted_rescue();
        }
        // The copy of a session that went elsewhere is not the session that was erased.
        let keeps_copy = match cause {
            ErasureCause::Exported
            | ErasureCause::Damaged(_)
            | ErasureCause::RefusedByProvider(_)
            | ErasureCause::GivenUp
            | ErasureCause::Adopted => true,
            ErasureCause::DiscardedUnread => false,
            _ => !existed,
        };
        if !keeps_copy {
            self.drop_exported_copy(cause, guard)?;
        }
        Ok(Erasure::Done(existed))
    }

    /// Puts another session in the place of whatever is stored. What cannot be read is kept aside
    /// where the store can do that; unless it is damaged, `cause` must say that this is wanted.
    ///
    /// # Errors
    /// What the store says; the old session is then as it was.
    pub(crate) fn replace(
        &self,
        record: &Record,
        cause: ErasureCause<'_>,
        guard: &Guard,
    ) -> Result<(), Error> {
        self.make_way(cause, guard)?;
        self.save(record, guard)?;
        // The new session is stored; a copy of an older one that stays is refused by its age.
        if let Err(error) = self.drop_exported_copy(cause, guard) {
            tracing::debug!(%error, "the copy of an exported session stays");
        }
        Ok(())
    }

    /// Keeps what cannot be read aside where the store can do that, before another session is put in
    /// its place; unless it is damaged, `cause` must say that this is wanted.
    ///
    /// # Errors
    /// What the store says; what is stored is then as it was.
    pub(super) fn make_way(&self, cause: ErasureCause<'_>, guard: &Guard) -> Result<(), Error> {
        let is_unreadable = match self.inspect() {
            Ok(StoredSession::Absent | StoredSession::Readable(_)) => false,
            Ok(StoredSession::Damaged(_)) => true,
            Err(error)
                if matches!(cause, ErasureCause::DiscardedUnread)
                    && error.is_of_record_or_key() =>
            {
                true
            }
            Err(error) if error.is_out_of_the_way() => false,
            Err(error) => return Err(error),
        };
        if is_unreadable {
            self.store.set_aside(&self.entry, guard)?;
        }
        Ok(())
    }
}

impl Error {
    /// Whether what cannot be read is where a new session does not go: in a locked keyring beside
    /// the default one. Nothing is replaced then.
    pub(crate) fn is_out_of_the_way(&self) -> bool {
        matches!(self, Self::Store(store::Error::LockedElsewhere { .. }))
    }

    /// Whether a record stays unread because of what it is, or because its key is lost: then a
    /// person may do without it. A locked keyring, a question that was interrupted or a store that
    /// does not answer is another matter.
    pub(crate) fn is_of_record_or_key(&self) -> bool {
        use store::Error as E;
        match self {
            Self::Store(E::Crypto(cause)) => cause.is_of_key(),
            Self::Store(cause) => matches!(cause, E::Unreadable(_) | E::Ambiguous { .. }),
            _ => false,
        }
    }
}

impl Record {
    /// Whether this is its refresh token.
    pub fn has_refresh_token(&self, token: &Secret) -> bool {
        let stored = self.refresh.as_ref();
        stored.is_some_and(|refresh| refresh.token.equals(token.expose()))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::crypto;

    fn is_damage(error: Error) -> bool {
        Damage::of(error).is_ok()
    }

    #[test]
    fn only_damage_is_taken_for_damage() {
        let place = || "it".to_owned();
        assert!(is_damage(Unreadable::corrupt("it", "it is cut off").into()));
        let others = [
            store::Error::Absent { cause: place() },
            store::Error::Locked { cause: place() },
            store::Error::Denied {
                place: place(),
                cause: place(),
            },
            store::Error::Unreadable(Unreadable::Newer {
                place: place(),
                version: 2,
            }),
            store::Error::Crypto(crypto::Error::WrongKey { place: place() }),
            store::Error::Crypto(crypto::Error::KeyKind {
                place: place(),
                written_with: "a raw key",
                given: "a passphrase",
            }),
            store::Error::Crypto(crypto::Error::KeyMissing),
            store::Error::Crypto(crypto::Error::KeySource("it is empty".into())),
            store::Error::Crypto(crypto::Error::Interrupted),
            store::Error::Crypto(crypto::Error::NotTyped),
            store::Error::Unreadable(Unreadable::not_ours("it", place())),
            store::Error::Ambiguous {
                account: place(),
                count: 2,
            },
            store::Error::TimedOut {
                after: Duration::from_secs(1),
            },
            store::Error::Keyring { cause: place() },
            store::Error::HelperEnded {
                program: place(),
                how: place(),
            },
        ];
        for error in others {
            let words = error.to_string();
            assert!(!is_damage(Error::Store(error)), "{words}");
        }
    }

    #[test]
    fn a_question_that_was_broken_off_says_nothing_about_the_key() {
        for error in [crypto::Error::Interrupted, crypto::Error::NotTyped] {
            assert!(!Error::Store(error.into()).is_of_record_or_key());
        }
        assert!(Error::Store(crypto::Error::KeyMissing.into()).is_of_record_or_key());
    }
}
