//! A refresh token from outside that begins a session, once (R43).
//!
//! It goes into the empty store as a session without an access token, so that its first use is a
//! rotation like any other: under the lock, with an intent and a rescue file. Only its hash is
//! remembered.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::clock::Seconds;
use crate::provider::Provider;
use crate::secret::Secret;
use crate::store::{self, Guard, file};

use super::intent::digest;
use super::{Account, Error, Keeper, Record, RefreshToken, VERSION};

/// The tokens that have begun a session on this machine.
#[derive(Clone, Debug)]
pub struct Seeds {
    folder: PathBuf,
}

/// What is remembered of one.
#[derive(Deserialize, Serialize)]
struct Sown {
    at: Seconds,
    account: String,
}

impl Seeds {
    /// Remembered in a folder.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Whether a token has begun a session already.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn knows(&self, seed: &Secret) -> Result<bool, store::Error> {
        Ok(file::check_private_dir(&self.folder)?
            && file::read_private(&self.file(seed))?.is_some())
    }

    /// Remembers a token that was spent otherwise, so that it is not sent again.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn remember(
        &self,
        token: &Secret,
        account: String,
        now: Seconds,
    ) -> Result<(), store::Error> {
        let sown = Sown { at: now, account };
        self.claim(token, &sown).map(drop)
    }

    /// Remembers a token for good; `false` when it was known, to whichever process.
    fn claim(&self, seed: &Secret, sown: &Sown) -> Result<bool, store::Error> {
        file::ensure_private_dir(&self.folder)?;
        let text = serde_json::to_vec(sown).expect("texts and numbers always serialise");
        file::create(&self.file(seed), &text)
    }

    fn file(&self, seed: &Secret) -> PathBuf {
        self.folder.join(format!("{}.json", digest(seed.expose())))
    }
}

impl Keeper {
    /// Begins a session with a refresh token where there is none; says whether it did.
    ///
    /// # Errors
    /// [`Error::SeedSpent`] when it has begun one before, or what the store says.
    pub fn sow(&self, seed: &Secret, seeds: &Seeds, guard: &Guard) -> Result<bool, Error> {
        if self.load()?.is_some() {
            return Ok(false);
        }
        let sown = Sown {
            at: self.clock.now(),
            account: self.identity.account(),
        };
        // First remembered, then used: in between it can be wasted, but never used twice.
        if !seeds.claim(seed, &sown)? {
            return Err(Error::SeedSpent);
        }
        let record = Record::begin(self.provider, seed.clone(), self.clock.now())?;
        if let Err(error) = self.save(&record, guard) {
            file::remove(&seeds.file(seed))?;
            return Err(error.into());
        }
        Ok(true)
    }
}

impl Record {
    /// A session of which nothing is known but its refresh token.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn begin(provider: &Provider, token: Secret, now: Seconds) -> Result<Self, store::Error> {
        Ok(Self {
            version: VERSION,
            provider: provider.name.to_owned(),
            generation: 1,
            signed_in_at: now,
            account: Account::default(),
            scopes: String::new(),
            access: None,
            refresh: Some(RefreshToken {
                token,
                obtained_at: now,
            }),
            id_token: None,
            rescue_key: Some(store::random_key()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_claimed_once_and_remembered_by_its_hash() {
        let folder = tempfile::tempdir().unwrap();
        let seeds = Seeds::at(folder.path().join("seeds"));
        let seed = Secret::new("rt_canary".to_owned());
        let sown = Sown {
            at: 7,
            account: "one@https://portal.example#c".to_owned(),
        };
        assert!(!seeds.knows(&seed).unwrap());
        assert!(seeds.claim(&seed, &sown).unwrap());
        assert!(!seeds.claim(&seed, &sown).unwrap());
        assert!(seeds.knows(&seed).unwrap());
        let text = std::fs::read_to_string(seeds.file(&seed)).unwrap();
        assert!(!text.contains("canary"));
        assert!(!seeds.knows(&Secret::new("rt_other".to_owned())).unwrap());
    }
}
