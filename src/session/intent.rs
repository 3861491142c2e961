//! The intent record: written and synced before a refresh token is sent, removed when the outcome
//! is stored (R35).
//!
//! One that is found later says that a refresh may have reached the server while its outcome is
//! unknown. It names the refresh token by hash only.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::clock::Seconds;
use crate::secret::Secret;
use crate::store::{self, file};

/// A refresh that was about to be sent.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Intent {
    /// SHA-256 of the refresh token.
    pub refresh_token_hash: String,
    /// When it was about to be sent.
    pub sent_at: Seconds,
}

impl Intent {
    /// The intent to send a refresh token.
    pub fn new(refresh_token: &Secret, now: Seconds) -> Self {
        Self {
            refresh_token_hash: hash(refresh_token),
            sent_at: now,
        }
    }

    /// Whether it is about this refresh token.
    pub fn concerns(&self, refresh_token: &Secret) -> bool {
        self.refresh_token_hash == hash(refresh_token)
    }
}

fn hash(token: &Secret) -> String {
    digest(token.expose())
}

/// SHA-256 in letters that file names take.
pub(super) fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// The place of one session's intent record.
#[derive(Clone, Debug)]
pub struct Ledger {
    path: PathBuf,
}

impl Ledger {
    /// A ledger in a file.
    pub fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// The intent that was never cleared, if any. One that cannot be parsed counts as none about
    /// any known token.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&self) -> Result<Option<Intent>, store::Error> {
        let Some(text) = file::read_private(&self.path)? else {
            return Ok(None);
        };
        Ok(serde_json::from_slice(&text).ok())
    }

    /// Writes and syncs an intent.
    ///
    /// # Errors
    /// When it cannot be made durable: then nothing may be sent.
    pub fn write(&self, intent: &Intent) -> Result<(), store::Error> {
        let text = serde_json::to_vec(intent).expect("texts and numbers always serialise");
        if let Some(folder) = self.path.parent() {
            file::ensure_private_dir(folder)?;
        }
        file::replace(&self.path, &text)
    }

    /// Removes the intent.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn clear(&self) -> Result<(), store::Error> {
        file::remove(&self.path).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_intent_is_found_until_it_is_cleared_and_holds_no_token() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("intents").join("one.json");
        let ledger = Ledger::at(path.clone());
        let token = Secret::new("rt_canary".to_owned());
        assert_eq!(ledger.read().unwrap(), None);
        let intent = Intent::new(&token, 7);
        ledger.write(&intent).unwrap();
        assert_eq!(ledger.read().unwrap(), Some(intent.clone()));
        assert!(intent.concerns(&token) && !intent.concerns(&Secret::new("other".to_owned())));
        assert!(!std::fs::read_to_string(&path).unwrap().contains("canary"));
        ledger.clear().unwrap();
        ledger.clear().unwrap();
        assert_eq!(ledger.read().unwrap(), None);
    }
}
