//! The session of an unfinished login with a given token, which waits beside the stored session until
//! it has proved good and then takes its place.
//!
//! A login that is killed between those two steps leaves a copy of the session that it has stored.
//! The tokens of such a copy are those of the session, so nothing may send or revoke them for it.

use std::sync::Arc;
use std::time::Duration;

use super::rescue::Rescue;
use super::{Entry, ErasureCause, Error, Record, SessionStore};

impl SessionStore {
    /// The store of a session that is to take the place of this one's, once it has proved good. It
    /// has a record, a lock, an intent and a rescue file of its own.
    #[must_use]
    pub(crate) fn incoming(&self) -> Self {
        let (store, identity) = (Arc::clone(&self.store), self.identity.clone());
        let entry = Entry::Incoming(identity.clone());
        Self::of_entry(store, identity, entry, self.provider, self.clock)
    }

    /// Whether this is the store of such a session.
    pub(crate) fn is_incoming(&self) -> bool {
        matches!(self.entry, Entry::Incoming(_))
    }

    /// Whether there is anything, be it readable or not. Needs no key; what keeps it from being seen
    /// is no reason to say no.
    pub(crate) fn may_hold_something(&self) -> bool {
        self.store.contains(&self.entry).unwrap_or(true)
    }

    /// The session that waits beside the stored one. A copy of the stored one is not waiting.
    pub(crate) fn waiting_beside(&self, stored: Option<&Record>) -> Result<Option<Record>, Error> {
        let left = self.incoming().load()?;
        Ok(left.filter(|left| !left.is_copy_of(stored)))
    }

    /// Removes what the login of the stored session has left beside it. Needed before the session
    /// goes elsewhere: nothing here would tell afterwards that the copy's tokens are its own.
    pub(crate) fn remove_copy_beside(&self, stored: &Record, wait: Duration) -> Result<(), Error> {
        let incoming = self.incoming();
        let is_copy = |left: Result<Option<Record>, Error>| matches!(left, Ok(Some(left)) if stored.is_same_session(&left));
        if is_copy(incoming.load()) {
            let guard = incoming.store.lock(&incoming.entry, wait)?;
            if is_copy(incoming.load()) {
                incoming.erase(ErasureCause::Adopted, &guard)?;
            }
        }
        if incoming.rescue.is_of(stored) {
            incoming.rescue.clear()?;
        }
        Ok(())
    }

    /// The rescue file that a session has left beside the one whose place it took. While another
    /// session waits there, it is that one's.
    fn adopted_rescue(&self) -> Option<Rescue> {
        if self.is_incoming() {
            return None;
        }
        let incoming = self.incoming();
        let is_left =
            matches!(incoming.rescue.read(), Ok(Some(_))) && !incoming.may_hold_something();
        is_left.then_some(incoming.rescue)
    }

    /// Whether there is such a file.
    pub(super) fn has_adopted_rescue(&self) -> bool {
        self.adopted_rescue().is_some()
    }

    /// Removes it: a later run than the one that left it has seen what the store has.
    pub(super) fn clear_adopted_rescue(&self) {
        if let Some(rescue) = self.adopted_rescue()
            && let Err(error) = rescue.clear()
        {
            tracing::debug!(%error, "the rescue file of an adopted session stays");
        }
    }
}
