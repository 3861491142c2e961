//! The rescue file: where the new refresh token goes first, before anything is judged and before the
//! store is asked, and where a session stays whose store fails after the provider has rotated the
//! tokens.
//!
//! Its room is taken and its seal prepared before a refresh token is sent: a full disk is found
//! before and not after, and when the answer comes, one write makes it safe from a kill. The file
//! is sealed under a key that only the stored record has: a reader of the file alone learns
//! nothing. It never replaces the store. A later run moves it back if it is newer than what is
//! stored, and removes it if it is not: a keyring may say that it has stored what it has not yet
//! written to the disk.

use std::path::PathBuf;

use crate::crypto::{KeyMaterial, PreparedSealing, Sealer};
use crate::private_file::{self, Reserve};
use crate::secret::Secret;
use crate::store::{self, Entry};

use super::Error;
use super::record::Record;

/// The least room that is taken, in bytes: a session with three long tokens, sealed.
const MIN_RESCUE_FILE_SIZE: usize = 32 * 1024;

/// The place of one session's rescue file.
#[derive(Clone, Debug)]
pub(super) struct Rescue {
    path: PathBuf,
    /// What the seal is bound to, so that files cannot be swapped.
    account: String,
}

/// Room for a rescued session, taken before it is needed.
pub(super) struct ReservedRescueFile<'a> {
    rescue: &'a Rescue,
    sealer: Sealer,
    /// For the first text; a second one must not have the same nonce.
    prepared: Option<PreparedSealing>,
    reserve: Reserve,
}

/// What a rescue file is to the stored session.
pub(super) enum Rescued {
    /// A later state of it.
    Newer(Box<Record>),
    /// A state that the store has, or is past.
    Stored,
    /// Nothing that this session can use: cut off, or of another login.
    Unusable,
}

impl Rescue {
    pub(super) fn at(path: PathBuf, entry: &Entry) -> Self {
        Self {
            path,
            account: format!("rescue:{}", entry.account()),
        }
    }

    /// Takes the room for the successor of a record.
    ///
    /// # Errors
    /// When there is no room: then nothing may be sent.
    pub(super) fn reserve(&self, record: &Record) -> Result<ReservedRescueFile<'_>, store::Error> {
        let sealer = sealer(record.rescue_key.clone());
        let size = sealer.seal(&self.account, &record.to_text())?.len();
        Ok(ReservedRescueFile {
            rescue: self,
            prepared: Some(sealer.prepare(&self.account)?),
            sealer,
            reserve: Reserve::make(self.path.clone(), MIN_RESCUE_FILE_SIZE.max(2 * size))?,
        })
    }

    /// What the file has, still sealed.
    pub(super) fn read(&self) -> Result<Option<Vec<u8>>, Error> {
        Reserve::read(&self.path).map_err(|source| Error::RescueUnreadable {
            path: self.path.clone(),
            source: source.into(),
        })
    }

    /// The session in the file, if it is newer than the stored one.
    pub(super) fn newer(&self, sealed: &[u8], stored: &Record) -> Option<Record> {
        match self.compare(sealed, stored) {
            Rescued::Newer(rescued) => Some(*rescued),
            Rescued::Stored | Rescued::Unusable => None,
        }
    }

    /// What the file is to the stored session.
    pub(super) fn compare(&self, sealed: &[u8], stored: &Record) -> Rescued {
        match self.open(sealed, stored) {
            Some(rescued) if rescued.generation > stored.generation => {
                Rescued::Newer(Box::new(rescued))
            }
            Some(_) => Rescued::Stored,
            None => Rescued::Unusable,
        }
    }

    /// Whether the file holds a state of this session.
    pub(super) fn is_of(&self, record: &Record) -> bool {
        let sealed = self.read().ok().flatten();
        sealed.is_some_and(|sealed| self.open(&sealed, record).is_some())
    }

    fn open(&self, sealed: &[u8], stored: &Record) -> Option<Record> {
        let place = self.path.display().to_string();
        let text = sealer(stored.rescue_key.clone())
            .open(&place, &self.account, sealed)
            .inspect_err(|error| tracing::debug!(%error, "no use of the rescue file"))
            .ok()?;
        Record::parse(&text).ok()
    }

    /// Removes the file.
    pub(super) fn clear(&self) -> Result<(), store::Error> {
        private_file::remove(&self.path)?;
        Ok(())
    }
}

impl ReservedRescueFile<'_> {
    /// Writes a session into the file at once, without a sync. Can be repeated.
    ///
    /// Should that fail, the store is next in any case, and is the one to say so.
    pub(super) fn spool(&mut self, record: &Record) {
        let text = record.to_text();
        let sealed = match self.prepared.take() {
            Some(prepared) => Ok(prepared.seal(&text)),
            None => self.sealer.seal(&self.rescue.account, &text),
        };
        let spooled = sealed
            .map_err(store::Error::from)
            .and_then(|sealed| Ok(self.reserve.spool(&sealed)?));
        if let Err(error) = spooled {
            tracing::debug!(%error, "not spooled");
        }
    }

    /// Lets the file stay until a later run has seen in the store what is in it, through a power
    /// cut as well.
    pub(super) fn stay(&mut self) {
        if self.reserve.is_filled()
            && let Err(error) = self.reserve.sync()
        {
            tracing::debug!(%error, "the rescue file may not outlast a power cut");
        }
    }

    /// Saves a session that the store did not take. Can be repeated.
    pub(super) fn save(&mut self, record: &Record) -> Result<(), store::Error> {
        let sealed = self.sealer.seal(&self.rescue.account, &record.to_text())?;
        Ok(self.reserve.fill(&sealed)?)
    }
}

fn sealer(key: Secret) -> Sealer {
    Sealer::new(move || KeyMaterial::parse(&key).map(Some))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::record::tests::sample;
    use crate::store::Identity;

    fn identity(profile: &str) -> Entry {
        Entry::Session(Identity {
            profile: profile.to_owned(),
            issuer: "https://portal.example".to_owned(),
            client_id: "c".to_owned(),
        })
    }

    fn session(generation: u64) -> Record {
        Record {
            generation,
            ..sample()
        }
    }

    #[test]
    fn a_saved_session_is_found_sealed_and_only_where_it_is_newer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("one.rescue");
        let rescue = Rescue::at(path.clone(), &identity("one"));
        let stored = session(3);
        let mut reserved = rescue.reserve(&stored).unwrap();
        assert!(rescue.read().unwrap().is_none());
        reserved.save(&session(5)).unwrap();
        drop(reserved);
        let sealed = rescue.read().unwrap().unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains("\"rt\""));
        assert_eq!(rescue.newer(&sealed, &stored).unwrap().generation, 5);
        assert!(rescue.newer(&sealed, &session(5)).is_none());

        let other_key = Record {
            rescue_key: Secret::new("cd".repeat(32)),
            ..session(3)
        };
        assert!(rescue.newer(&sealed, &other_key).is_none());
        let other_profile = Rescue::at(path, &identity("two"));
        assert!(other_profile.newer(&sealed, &stored).is_none());
        assert!(rescue.newer(&sealed[..sealed.len() - 9], &stored).is_none());

        rescue.clear().unwrap();
        assert!(rescue.read().unwrap().is_none());
    }

    #[test]
    fn a_spooled_session_is_found_until_the_store_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let rescue = Rescue::at(folder.path().join("one.rescue"), &identity("one"));
        let mut reserved = rescue.reserve(&session(3)).unwrap();
        reserved.spool(&session(4));
        let first = rescue.read().unwrap().unwrap();
        reserved.spool(&session(5));
        reserved.stay();
        drop(reserved);
        let second = rescue.read().unwrap().unwrap();
        assert_ne!(first, second, "each has a nonce of its own");
        assert_eq!(rescue.newer(&first, &session(3)).unwrap().generation, 4);
        assert_eq!(rescue.newer(&second, &session(3)).unwrap().generation, 5);
        for stored in [5, 6] {
            let compared = rescue.compare(&second, &session(stored));
            assert!(matches!(compared, Rescued::Stored));
        }
    }
}
