//! The rescue file: where a session goes when its store fails after the provider has rotated the
//! tokens (R37).
//!
//! Its room is taken before a refresh token is sent, so that a full disk is found before and not
//! after. It is sealed under a key that only the stored record has: whoever can read the file
//! alone learns nothing. It never replaces the store; the next run moves it back.

use std::path::PathBuf;

use crate::secret::Secret;
use crate::store::seal::Sealer;
use crate::store::{self, Identity, KeyMaterial, Reserve, file, reserve};

use super::record::Record;

/// The least room that is taken, in bytes: a session with three long tokens, sealed.
const ROOM: usize = 32 * 1024;

/// The place of one session's rescue file.
#[derive(Clone, Debug)]
pub(super) struct Rescue {
    path: PathBuf,
    /// What the seal is bound to, so that files cannot be swapped.
    account: String,
}

/// Room for a rescued session, taken before it is needed.
pub(super) struct Boat<'a> {
    rescue: &'a Rescue,
    sealer: Sealer,
    reserve: Reserve,
}

impl Rescue {
    pub(super) fn at(path: PathBuf, identity: &Identity) -> Self {
        Self {
            path,
            account: format!("rescue:{}", identity.account()),
        }
    }

    /// Takes the room for the successor of a record.
    ///
    /// # Errors
    /// When there is no room, or the record has no key: then nothing may be sent.
    pub(super) fn boat(&self, record: &Record) -> Result<Boat<'_>, store::Error> {
        let key = record.rescue_key.clone().ok_or(store::Error::KeyMissing)?;
        let sealer = sealer(key);
        let size = sealer.seal(&self.account, &record.to_text())?.len();
        Ok(Boat {
            rescue: self,
            sealer,
            reserve: Reserve::make(self.path.clone(), ROOM.max(2 * size))?,
        })
    }

    /// What lies there, still sealed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn read(&self) -> Result<Option<Vec<u8>>, store::Error> {
        reserve::read(&self.path)
    }

    /// The session that lies there, if it is newer than the stored one. What was cut off, belongs
    /// to another login, or is older is no session.
    pub(super) fn newer(&self, sealed: &[u8], stored: &Record) -> Option<Record> {
        let place = self.path.display().to_string();
        let text = sealer(stored.rescue_key.clone()?)
            .open(&place, &self.account, sealed)
            .inspect_err(|error| tracing::debug!(%error, "no use of the rescue file"))
            .ok()?;
        let rescued = Record::parse(&text).ok()?;
        (rescued.generation > stored.generation).then_some(rescued)
    }

    /// Removes the file.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub(super) fn clear(&self) -> Result<(), store::Error> {
        file::remove(&self.path).map(drop)
    }
}

impl Boat<'_> {
    /// Saves a session that the store did not take. Can be repeated.
    ///
    /// # Errors
    /// When it is not safe there either.
    pub(super) fn save(&mut self, record: &Record) -> Result<(), store::Error> {
        let sealed = self.sealer.seal(&self.rescue.account, &record.to_text())?;
        self.reserve.fill(&sealed)
    }
}

fn sealer(key: Secret) -> Sealer {
    Sealer::new(move || KeyMaterial::parse(&key).map(Some))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::record::tests::sample;

    fn identity(profile: &str) -> Identity {
        Identity {
            profile: profile.to_owned(),
            issuer: "https://portal.example".to_owned(),
            client_id: "c".to_owned(),
        }
    }

    fn session(generation: u64) -> Record {
        Record {
            generation,
            rescue_key: Some(Secret::new("ab".repeat(32))),
            ..sample()
        }
    }

    #[test]
    fn a_saved_session_is_found_sealed_and_only_where_it_is_newer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("one.rescue");
        let rescue = Rescue::at(path.clone(), &identity("one"));
        let stored = session(3);
        let mut boat = rescue.boat(&stored).unwrap();
        assert!(rescue.read().unwrap().is_none());
        boat.save(&session(5)).unwrap();
        drop(boat);
        let sealed = rescue.read().unwrap().unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains("\"rt\""));
        assert_eq!(rescue.newer(&sealed, &stored).unwrap().generation, 5);
        assert!(rescue.newer(&sealed, &session(5)).is_none());

        let other_key = Record {
            rescue_key: Some(Secret::new("cd".repeat(32))),
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
    fn without_a_key_in_the_record_no_room_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let rescue = Rescue::at(folder.path().join("one.rescue"), &identity("one"));
        assert!(rescue.boat(&sample()).is_err());
    }
}
