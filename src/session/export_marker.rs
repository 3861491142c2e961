//! A session that was exported: marked as departed, with a sealed copy of its export.
//!
//! Whether an export arrives cannot be known here, so the copy stays behind until another session takes
//! its place, and can be taken back. The mark outlives it, and the export of another login's session
//! too: a state of a session that is older than its export is never let in again.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::private_file;
use crate::store::{self, Guard};

use super::export::{ExportedSession, lineage};
use super::import_error::ImportError;
use super::{Erasure, ErasureCause, Error, Record, SessionStore, StoredSession};

/// How many logins' marks are kept, the newest ones.
const MARKS: usize = 128;

/// How far a login's session had come when it left.
#[derive(Deserialize, Serialize)]
struct Mark {
    lineage: String,
    generation: u64,
}

/// How far the sessions that left had come, and the last of them until it is replaced.
#[derive(Default, Deserialize, Serialize)]
struct ExportMarker {
    /// One mark for each login, the newest last.
    marks: Vec<Mark>,
    /// The export that left last, sealed as it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    copy: Option<ExportedSession>,
}

/// A session that is being exported: marked as departed, with its copy, but still here. Dropped
/// before it is completed, it takes the mark back.
#[must_use = "the session is still here until this is completed"]
pub(crate) struct Retirement<'a> {
    session_store: &'a SessionStore,
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
    pub(crate) fn complete(mut self) -> Result<(), Error> {
        // From here on the copy is worth more than a tidy folder.
        self.is_complete = true;
        self.session_store
            .erase(ErasureCause::Exported, self.guard)
            .map(|_: Erasure| ())
    }
}

impl Drop for Retirement<'_> {
    fn drop(&mut self) {
        if self.is_complete {
            return;
        }
        let path = self.session_store.departure_file();
        let undone = match &self.before {
            Some(before) => private_file::replace(&path, before),
            None => private_file::remove(&path).map(drop),
        };
        if let Err(error) = undone {
            tracing::debug!(%error, "a session that is still here is marked as exported");
        }
    }
}

impl ExportMarker {
    /// The marks once a session has left, the newest of them.
    fn marks_with(self, new: Mark) -> Vec<Mark> {
        let mut marks = self.marks;
        marks.retain(|mark| mark.lineage != new.lineage);
        marks.push(new);
        let surplus = marks.len().saturating_sub(MARKS);
        marks.drain(..surplus);
        marks
    }

    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers always serialise")
    }
}

impl SessionStore {
    /// Begins to retire a session: keeps a copy of its export, so that nothing that happens to
    /// the export on its way can cost the session.
    ///
    /// # Errors
    /// What the files say: then nothing may be exported.
    pub(crate) fn retire<'a>(
        &'a self,
        record: &Record,
        export: &[u8],
        guard: &'a Guard,
    ) -> Result<Retirement<'a>, Error> {
        let path = self.departure_file();
        let before = private_file::read(&path)?;
        let mark = Mark {
            lineage: lineage(record),
            generation: record.generation,
        };
        let departure = ExportMarker {
            marks: self.departure()?.marks_with(mark),
            copy: Some(ExportedSession::parse("the export", export)?),
        };
        self.put_departure(&departure)?;
        Ok(Retirement {
            session_store: self,
            guard,
            before,
            is_complete: false,
        })
    }

    /// The sealed copy of the session that was exported from here last, until another takes its
    /// place.
    pub(crate) fn exported_copy(&self) -> Result<Option<ExportedSession>, store::Error> {
        Ok(self.departure()?.copy)
    }

    /// Deletes that copy. How far the session had come stays known.
    pub(super) fn drop_exported_copy(
        &self,
        cause: ErasureCause<'_>,
        _guard: &Guard,
    ) -> Result<(), store::Error> {
        let mut departure = self.departure()?;
        if departure.copy.take().is_none() {
            return Ok(());
        }
        tracing::debug!(?cause, "the copy of the exported session is erased");
        self.put_departure(&departure)
    }

    /// Brings back the session that was exported from here last.
    ///
    /// # Errors
    /// [`Error::ImportError`] while a session is here, or the copy is not that of `record`; what is
    /// here stays as it is.
    pub(crate) fn take_back(&self, record: &Record, guard: &Guard) -> Result<(), Error> {
        let here = match self.inspect()? {
            StoredSession::Absent => None,
            StoredSession::Readable(here) => Some(here),
            StoredSession::Damaged(damage) => return Err(damage.into()),
        };
        if let Some(here) = here {
            let here = here.account.label().to_owned();
            return Err(ImportError::StillHere { here }.into());
        }
        let ExportMarker { marks, copy } = self.departure()?;
        let is_last = marks.last().is_some_and(|mark| {
            mark.lineage == lineage(record) && mark.generation == record.generation
        });
        if copy.is_none() || !is_last {
            return Err(ImportError::NotKept.into());
        }
        self.require_ours(record)?;
        self.replace(record, ErasureCause::Replaced, guard)
    }

    /// How far a login's session had come when it was last exported from here.
    pub(super) fn departed(&self, lineage: &str) -> Result<Option<u64>, store::Error> {
        let marks = self.departure()?.marks;
        let mark = marks.iter().find(|mark| mark.lineage == lineage);
        Ok(mark.map(|mark| mark.generation))
    }

    fn departure(&self) -> Result<ExportMarker, store::Error> {
        let text = private_file::read(&self.departure_file())?;
        let departure = text.and_then(|text| serde_json::from_slice(&text).ok());
        Ok(departure.unwrap_or_default())
    }

    fn put_departure(&self, departure: &ExportMarker) -> Result<(), store::Error> {
        let path = self.departure_file();
        private_file::remove_leftovers(&path)?;
        Ok(private_file::replace(&path, &departure.bytes())?)
    }

    fn departure_file(&self) -> PathBuf {
        self.store.beside(&self.entry, "departed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(number: usize) -> Mark {
        Mark {
            lineage: number.to_string(),
            generation: 1,
        }
    }

    #[test]
    fn the_newest_marks_are_kept_and_no_login_has_two() {
        let full = || ExportMarker {
            marks: (1..=MARKS).map(mark).collect(),
            copy: None,
        };
        let names = |marks: Vec<Mark>| marks.into_iter().map(|mark| mark.lineage);
        let kept: Vec<_> = names(full().marks_with(mark(MARKS + 1))).collect();
        assert_eq!(kept.len(), MARKS);
        assert_eq!((kept[0].as_str(), kept[MARKS - 1].as_str()), ("2", "129"));
        let kept: Vec<_> = names(full().marks_with(mark(5))).collect();
        assert_eq!(kept.iter().filter(|name| *name == "5").count(), 1);
        assert_eq!((kept.len(), kept[MARKS - 1].as_str()), (MARKS, "5"));
    }
}
