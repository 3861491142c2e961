//! The intent record: written and synced before a refresh token is sent, removed when the outcome
//! is stored.
//!
//! One that is found later says that a refresh may have reached the server while its outcome is
//! unknown. It names the refresh token by hash only.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::clock::Seconds;
use crate::crypto;
use crate::secret::Secret;
use crate::store::{self, Entry, Guard, Store};

/// A refresh that was about to be sent.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Intent {
    /// SHA-256 of the refresh token; empty where it is not known which.
    pub refresh_token_hash: String,
    /// When it was about to be sent.
    pub sent_at: Seconds,
}

impl Intent {
    /// The intent to send a refresh token.
    pub(crate) fn new(refresh_token: &Secret, now: Seconds) -> Self {
        Self {
            refresh_token_hash: hash(refresh_token),
            sent_at: now,
        }
    }

    /// Whether it was about to be sent less than this many seconds ago. Machines' clocks differ,
    /// so a moment ahead counts as well.
    pub(crate) fn is_within(&self, seconds: Seconds, now: Seconds) -> bool {
        now.abs_diff(self.sent_at) < seconds.unsigned_abs()
    }

    /// Whether it is about this refresh token.
    pub(crate) fn concerns(&self, refresh_token: &Secret) -> bool {
        self.refresh_token_hash.is_empty() || self.refresh_token_hash == hash(refresh_token)
    }
}

fn hash(token: &Secret) -> String {
    crypto::sha256_base64url(token.expose())
}

/// The intent record of one session, which lies where all who share the session see it.
#[derive(Clone)]
pub(crate) struct IntentLog {
    store: Arc<dyn Store>,
    entry: Entry,
}

impl IntentLog {
    /// The intent log of an entry.
    pub(crate) fn of(store: Arc<dyn Store>, entry: Entry) -> Self {
        Self { store, entry }
    }

    /// The intent that was never cleared, if any. One that cannot be parsed may be about any
    /// token.
    pub(crate) fn read(&self) -> Result<Option<Intent>, store::Error> {
        let Some(text) = self.store.get_intent(&self.entry)? else {
            return Ok(None);
        };
        Ok(Some(
            serde_json::from_str(text.expose()).unwrap_or_default(),
        ))
    }

    /// Writes an intent durably.
    ///
    /// # Errors
    /// When it cannot be made durable: then nothing may be sent.
    pub(crate) fn write(&self, intent: &Intent, guard: &Guard) -> Result<(), store::Error> {
        let text = serde_json::to_string(intent).expect("texts and numbers always serialise");
        self.store
            .put_intent(&self.entry, &Secret::unregistered(text), guard)
    }

    /// Removes the intent.
    pub(crate) fn clear(&self, guard: &Guard) -> Result<(), store::Error> {
        self.store.delete_intent(&self.entry, guard)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::store::{Identity, StoreConfig, StoreKind};

    #[test]
    fn an_intent_is_found_until_it_is_cleared_and_holds_no_token() {
        let folder = tempfile::tempdir().unwrap();
        let places = StoreConfig::new(folder.path().join("state"), folder.path().join("locks"));
        let store: Arc<dyn Store> =
            Arc::from(store::open(&StoreKind::PlainFile, &places, || Ok(None)));
        let entry = Entry::Session(Identity {
            profile: "default".to_owned(),
            issuer: "https://portal.example".to_owned(),
            client_id: "cli-1".to_owned(),
        });
        let intents = IntentLog::of(Arc::clone(&store), entry.clone());
        let token = Secret::new("rt_canary".to_owned());
        assert_eq!(intents.read().unwrap(), None);
        let guard = store.lock(&entry, Duration::ZERO).unwrap();
        let intent = Intent::new(&token, 7);
        intents.write(&intent, &guard).unwrap();
        assert_eq!(intents.read().unwrap(), Some(intent.clone()));
        assert!(intent.concerns(&token) && !intent.concerns(&Secret::new("other".to_owned())));
        let file = store.beside(&entry, "intent");
        assert!(!std::fs::read_to_string(&file).unwrap().contains("canary"));
        intents.clear(&guard).unwrap();
        intents.clear(&guard).unwrap();
        assert_eq!(intents.read().unwrap(), None);
    }
}
