//! A session that was exported: marked as departed, with a sealed copy of its export.
//!
//! Nobody can know whether an export arrives, so the copy stays behind until another session takes
//! its place, and can be taken back. The mark outlives it: a state of the session that is older
//! than the export is never let in again.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::store::{self, Guard, file};

use super::transfer::{Parcel, Unwelcome, lineage};
use super::{Erasure, ErasureCause, Error, Keeper, Record, StoredSession};

/// How far a session had come when it left, and the session itself until it is replaced.
#[derive(Deserialize, Serialize)]
struct Departure {
    lineage: String,
    generation: u64,
    /// The export, sealed as it was sent. Earlier versions of this program kept none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    copy: Option<Parcel>,
}

/// A session that is being exported: marked as departed, with its copy, but still here. Dropped
/// before it is completed, it takes the mark back.
#[must_use = "the session is still here until this is completed"]
pub struct Retirement<'a> {
    keeper: &'a Keeper,
    guard: &'a Guard,
    /// The mark of an earlier export.
    before: Option<Zeroizing<Vec<u8>>>,
    is_complete: bool,
}

impl Retirement<'_> {
    /// Deletes the session: its export is out of hand.
    ///
    /// # Errors
    /// What the store says; the session may then still be here.
    pub fn complete(mut self) -> Result<(), Error> {
        // From here on the copy is worth more than a tidy folder.
        self.is_complete = true;
        self.keeper
            .erase(ErasureCause::Exported, self.guard)
            .map(|_: Erasure| ())
    }
}

impl Drop for Retirement<'_> {
    fn drop(&mut self) {
        if self.is_complete {
            return;
        }
        let path = self.keeper.departure_file();
        let undone = match &self.before {
            Some(before) => file::replace(&path, before),
            None => file::remove(&path).map(drop),
        };
        if let Err(error) = undone {
            tracing::debug!(%error, "a session that is still here is marked as exported");
        }
    }
}

impl Departure {
    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers always serialise")
    }
}

impl Keeper {
    /// Begins to retire a session: keeps a copy of its export, so that nothing that happens to
    /// the export on its way can cost the session.
    ///
    /// # Errors
    /// What the files say: then nothing may be exported.
    pub fn retire<'a>(
        &'a self,
        record: &Record,
        export: &[u8],
        guard: &'a Guard,
    ) -> Result<Retirement<'a>, Error> {
        let path = self.departure_file();
        let before = file::read_private(&path)?;
        let departure = Departure {
            lineage: lineage(record),
            generation: record.generation,
            copy: Some(Parcel::parse("the export", export)?),
        };
        file::remove_leftovers(&path)?;
        file::replace(&path, &departure.bytes())?;
        Ok(Retirement {
            keeper: self,
            guard,
            before,
            is_complete: false,
        })
    }

    /// The sealed copy of the session that was exported from here last, until another takes its
    /// place.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub fn exported_copy(&self) -> Result<Option<Parcel>, store::Error> {
        Ok(self.departure()?.and_then(|departure| departure.copy))
    }

    /// Deletes that copy. How far the session had come stays known.
    pub(super) fn drop_exported_copy(
        &self,
        cause: ErasureCause<'_>,
        _guard: &Guard,
    ) -> Result<(), store::Error> {
        match self.departure()? {
            Some(departure) if departure.copy.is_some() => {
                tracing::debug!(?cause, "the copy of the exported session is erased");
                let departure = Departure {
                    copy: None,
                    ..departure
                };
                file::replace(&self.departure_file(), &departure.bytes())
            }
            _ => Ok(()),
        }
    }

    /// Brings back the session that was exported from here last.
    ///
    /// # Errors
    /// [`Error::Unwelcome`] while a session is here, or the copy is not that of `record`; what is
    /// here stays as it is.
    pub fn take_back(&self, record: &Record, guard: &Guard) -> Result<(), Error> {
        let here = match self.inspect()? {
            StoredSession::Absent => None,
            StoredSession::Readable(here) => Some(here),
            StoredSession::Damaged(damage) => return Err(damage.into()),
        };
        if let Some(here) = here {
            let here = here.account.label().to_owned();
            return Err(Unwelcome::StillHere { here }.into());
        }
        let is_kept = self.departure()?.is_some_and(|departure| {
            departure.copy.is_some()
                && departure.lineage == lineage(record)
                && departure.generation == record.generation
        });
        if !is_kept {
            return Err(Unwelcome::NotKept.into());
        }
        self.require_ours(record)?;
        self.replace(record, ErasureCause::Replaced, guard)
    }

    /// How far a login's session had come when it was exported from here last.
    ///
    /// # Errors
    /// When the mark cannot be read.
    pub(super) fn departed(&self, lineage: &str) -> Result<Option<u64>, store::Error> {
        let departure = self.departure()?;
        let departure = departure.filter(|departure| departure.lineage == lineage);
        Ok(departure.map(|departure| departure.generation))
    }

    fn departure(&self) -> Result<Option<Departure>, store::Error> {
        let text = file::read_private(&self.departure_file())?;
        Ok(text.and_then(|text| serde_json::from_slice(&text).ok()))
    }

    fn departure_file(&self) -> PathBuf {
        self.store.beside(&self.entry, "departed")
    }
}
