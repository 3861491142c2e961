//! Where new tokens go: into the store, or else into the rescue file that was reserved for them.

use crate::session::rescue::ReservedRescueFile;
use crate::session::{Error, Record, SessionStore};
use crate::store::{self, Guard};

/// Brings a rotated session to safety: into the store, or else into the rescue file.
pub(super) struct Commit<'a> {
    pub(super) session_store: &'a SessionStore,
    pub(super) guard: &'a Guard,
    pub(super) reserved: ReservedRescueFile<'a>,
    /// Why the store did not take the newest one.
    pub(super) refused: Option<store::Error>,
}

impl Commit<'_> {
    pub(super) fn persist(&mut self, record: &Record) -> Result<(), Error> {
        let Err(error) = self.session_store.put(record, self.guard) else {
            self.refused = None;
            return Ok(());
        };
        if let Err(no_rescue) = self.reserved.save(record) {
            tracing::debug!(error = %no_rescue, "the rescue failed, too");
            return Err(Error::NotStored(error));
        }
        self.refused = Some(error);
        Ok(())
    }

    /// Clears what is settled; says why the store refused where it did.
    pub(super) fn finish(mut self) -> Option<store::Error> {
        // With a rescued session the intent stays: the store still has the spent token.
        if self.refused.is_none() {
            self.reserved.stay();
            let cleared = self.session_store.intents.clear(self.guard);
            if let Err(error) = cleared {
                // It is about a token that is no longer stored, so it does no harm.
                tracing::debug!(%error, "the intent record stays");
            }
        }
        self.refused
    }
}
