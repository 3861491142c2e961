//! A refresh token from outside that begins a session, once.
//!
//! It is stored as a session without an access token, so that its first use is a refresh like any
//! other: under the lock, with an intent and a rescue file. Only its hash is remembered, and until
//! the session is complete, which session it begins: a run that was killed meanwhile is then
//! continued by the next one, and the token is never sent from two places.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::clock::Seconds;
use crate::crypto;
use crate::private_file;
use crate::provider::Provider;
use crate::secret::Secret;
use crate::store::{self, Guard};

use super::{Account, ErasureCause, Error, FORMAT, Record, RefreshToken, SessionStore, VERSION};

/// How long a process waits for others to write into the folder.
const WRITE_LOCK_TIMEOUT: Duration = Duration::from_secs(20);

/// The tokens that have begun a session on this machine.
#[derive(Clone, Debug)]
pub(crate) struct BootstrapTokens {
    folder: PathBuf,
}

/// What is remembered of one.
#[derive(Deserialize, Serialize)]
struct UsedToken {
    at: Seconds,
    account: String,
    /// The session that it begins; absent once that is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    begins: Option<Beginning>,
}

/// A session that is not complete yet.
#[derive(Deserialize, Serialize)]
struct Beginning {
    /// The hash of its rescue key, which each session makes for itself.
    session: String,
    /// Whether its store has had it: from then on the token may have been sent.
    is_stored: bool,
}

impl BootstrapTokens {
    /// Remembered in a folder.
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Whether a token has begun a session already.
    pub(crate) fn knows(&self, bootstrap_token: &Secret) -> Result<bool, store::Error> {
        Ok(self.read(bootstrap_token)?.is_some())
    }

    /// Whether a session is the one that a token begins, and which is not complete.
    pub(crate) fn begins(
        &self,
        bootstrap_token: &Secret,
        record: &Record,
    ) -> Result<bool, store::Error> {
        let begins = self.read(bootstrap_token)?.and_then(|used| used.begins);
        let session = crypto::sha256_base64url(record.rescue_key.expose());
        Ok(begins.is_some_and(|begins| begins.session == session))
    }

    /// Remembers for good that a token is spent, so that it is not sent again.
    pub(crate) fn remember(
        &self,
        token: &Secret,
        account: String,
        now: Seconds,
    ) -> Result<(), store::Error> {
        self.write(
            token,
            &UsedToken {
                at: now,
                account,
                begins: None,
            },
        )
    }

    /// Forgets a token that has begun nothing.
    pub(crate) fn forget(&self, token: &Secret) -> Result<(), store::Error> {
        private_file::remove(&self.file(token))?;
        Ok(())
    }

    /// Remembers a token from now on; `false` when it was known, to whichever process.
    fn claim(&self, bootstrap_token: &Secret, used: &UsedToken) -> Result<bool, store::Error> {
        let _guard = self.lock()?;
        Ok(private_file::create(
            &self.file(bootstrap_token),
            &used.bytes(),
        )?)
    }

    fn write(&self, bootstrap_token: &Secret, used: &UsedToken) -> Result<(), store::Error> {
        let _guard = self.lock()?;
        Ok(private_file::replace(
            &self.file(bootstrap_token),
            &used.bytes(),
        )?)
    }

    /// Keeps other writers out of the folder, and removes what killed ones left.
    fn lock(&self) -> Result<Guard, store::Error> {
        let guard = private_file::lock(&self.folder.join("lock"), WRITE_LOCK_TIMEOUT)?;
        private_file::remove_all_leftovers(&self.folder)?;
        Ok(guard)
    }

    fn read(&self, bootstrap_token: &Secret) -> Result<Option<UsedToken>, store::Error> {
        if !private_file::check_dir(&self.folder)? {
            return Ok(None);
        }
        let Some(bytes) = private_file::read(&self.file(bootstrap_token))? else {
            return Ok(None);
        };
        // One that cannot be read still says that the token is known.
        let unreadable = || UsedToken {
            at: 0,
            account: String::new(),
            begins: None,
        };
        Ok(Some(
            serde_json::from_slice(&bytes).unwrap_or_else(|_| unreadable()),
        ))
    }

    fn file(&self, bootstrap_token: &Secret) -> PathBuf {
        self.folder.join(format!(
            "{}.json",
            crypto::sha256_base64url(bootstrap_token.expose())
        ))
    }
}

impl UsedToken {
    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers always serialise")
    }

    /// Whether a run was killed before the token was in its store, so that it was never sent.
    fn was_not_stored(&self, account: &str) -> bool {
        let is_unused = |begins: &Beginning| !begins.is_stored;
        self.account == account && self.begins.as_ref().is_some_and(is_unused)
    }
}

impl SessionStore {
    /// Begins a session with a refresh token where there is none; says whether it did.
    ///
    /// # Errors
    /// [`Error::BootstrapTokenSpent`] when it has begun one before, or what the store says.
    pub(crate) fn bootstrap(
        &self,
        bootstrap_token: &Secret,
        bootstrap_tokens: &BootstrapTokens,
        guard: &Guard,
    ) -> Result<bool, Error> {
        if self.load()?.is_some() {
            return Ok(false);
        }
        self.begin(
            bootstrap_token,
            bootstrap_tokens,
            ErasureCause::Replaced,
            guard,
        )?;
        bootstrap_tokens.remember(bootstrap_token, self.entry.account(), self.clock.now())?;
        Ok(true)
    }

    /// Stores a session of which nothing is known but its refresh token. What cannot be read makes
    /// way as in [`SessionStore::replace`].
    ///
    /// # Errors
    /// [`Error::BootstrapTokenSpent`] when the token has begun one before, or what the store says.
    pub(crate) fn begin(
        &self,
        bootstrap_token: &Secret,
        bootstrap_tokens: &BootstrapTokens,
        cause: ErasureCause<'_>,
        guard: &Guard,
    ) -> Result<Record, Error> {
        let now = self.clock.now();
        let record = Record::begin(self.provider, bootstrap_token.clone(), now)?;
        let mut used = UsedToken {
            at: now,
            account: self.entry.account(),
            begins: Some(Beginning {
                session: crypto::sha256_base64url(record.rescue_key.expose()),
                is_stored: false,
            }),
        };
        // First remembered, then used: two places must never send the same one.
        if !bootstrap_tokens.claim(bootstrap_token, &used)? {
            let known = bootstrap_tokens.read(bootstrap_token)?;
            if !known.is_some_and(|known| known.was_not_stored(&used.account)) {
                return Err(Error::BootstrapTokenSpent);
            }
            bootstrap_tokens.write(bootstrap_token, &used)?;
        }
        let made_way = self.make_way(cause, guard);
        let stored = made_way.and_then(|()| Ok(self.save(&record, guard)?));
        if let Err(error) = stored {
            bootstrap_tokens.forget(bootstrap_token)?;
            return Err(error);
        }
        if let Some(begins) = &mut used.begins {
            begins.is_stored = true;
        }
        bootstrap_tokens.write(bootstrap_token, &used)?;
        Ok(record)
    }
}

impl Record {
    /// A session of which nothing is known but its refresh token.
    pub fn begin(provider: &Provider, token: Secret, now: Seconds) -> Result<Self, store::Error> {
        let begun_with = Some(crypto::sha256_base64url(token.expose()));
        Ok(Self {
            format: FORMAT.to_owned(),
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
            rescue_key: crypto::random_key()?,
            begun_with,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_claimed_once_and_remembered_by_its_hash() {
        let folder = tempfile::tempdir().unwrap();
        let bootstrap_tokens = BootstrapTokens::at(folder.path().join("seeds"));
        let bootstrap_token = Secret::new("rt_canary".to_owned());
        let used = UsedToken {
            at: 7,
            account: "one@https://portal.example#c".to_owned(),
            begins: None,
        };
        assert!(!bootstrap_tokens.knows(&bootstrap_token).unwrap());
        assert!(bootstrap_tokens.claim(&bootstrap_token, &used).unwrap());
        assert!(!bootstrap_tokens.claim(&bootstrap_token, &used).unwrap());
        assert!(bootstrap_tokens.knows(&bootstrap_token).unwrap());
        let text = std::fs::read_to_string(bootstrap_tokens.file(&bootstrap_token)).unwrap();
        assert!(!text.contains("canary"));
        assert!(
            !bootstrap_tokens
                .knows(&Secret::new("rt_other".to_owned()))
                .unwrap()
        );
    }
}
