//! The session of an unfinished login with a given token, which waits beside the stored session until
//! it has proved good and then takes its place.
//!
//! A login that is killed between those two steps leaves a copy of the session that it has stored.
//! The tokens of such a copy are those of the session, so nothing may send or revoke them for it.

use std::sync::Arc;
use std::time::Duration;

use super::rescue::{Rescue, Rescued};
use super::{Entry, ErasureCause, Error, Record, SessionStore};

impl SessionStore {
    /// The store of a session that is to take the place of this one's, once it has proved good. It
    /// has a record, a lock, an intent and a rescue file of its own.
    #[must_use]
    pub fn incoming(&self) -> Self {
        let (store, identity) = (Arc::clone(&self.store), self.identity.clone());
        let entry = Entry::Incoming(identity.clone());
        Self::of_entry(store, identity, entry, self.provider, self.clock)
    }

    /// Whether this is the store of such a session.
    pub fn is_incoming(&self) -> bool {
        matches!(self.entry, Entry::Incoming(_))
    }

    /// Whether there is anything, be it readable or not. Needs no key; what keeps it from being seen
    /// is no reason to say no.
    pub fn may_hold_something(&self) -> bool {
        self.store.contains(&self.entry).unwrap_or(true)
    }

    /// The session that waits beside the stored one. A copy of the stored one is not waiting.
    ///
    /// # Errors
    /// When there is one that cannot be read.
    pub fn waiting_beside(&self, stored: Option<&Record>) -> Result<Option<Record>, Error> {
        let left = self.incoming().load()?;
        Ok(left.filter(|left| !stored.is_some_and(|stored| stored.is_same_session(left))))
    }

    /// Removes what the login of the stored session has left beside it. Needed before the session
    /// goes elsewhere: nothing here would tell afterwards that the copy's tokens are its own.
    ///
    /// # Errors
    /// When there is a copy that cannot be removed.
    pub fn remove_copy_beside(&self, stored: &Record, wait: Duration) -> Result<(), Error> {
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

    /// Whether a session that has taken the place of another may have left its rescue file.
    pub(super) fn has_adopted_rescue(&self) -> bool {
        self.rescue_beside()
            .is_some_and(|rescue| matches!(rescue.read(), Ok(Some(_))))
    }

    /// Removes that file once the store has what is in it.
    pub(super) fn clear_adopted_rescue(&self) {
        let Some(rescue) = self.rescue_beside() else {
            return;
        };
        if let Ok(Some(sealed)) = rescue.read()
            && let Ok(Some(stored)) = self.stored()
            && matches!(rescue.compare(&sealed, &stored), Rescued::Stored)
            && let Err(error) = rescue.clear()
        {
            tracing::debug!(%error, "the rescue file of an adopted session stays");
        }
    }

    fn rescue_beside(&self) -> Option<Rescue> {
        if self.is_incoming() {
            return None;
        }
        let entry = Entry::Incoming(self.identity.clone());
        Some(Rescue::at(self.store.beside(&entry, "rescue"), &entry))
    }
}
