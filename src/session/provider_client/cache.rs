//! What a provider has published, remembered for a day.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::clock::{Clock, Seconds};
use crate::crypto;
use crate::oauth::{Issuer, Jwks, Metadata};
use crate::private_file;

/// How long discovery documents and key sets are used without asking again.
const LIFE: Seconds = 24 * 60 * 60;

/// Discovery documents and key sets of one issuer, remembered. Never a reason to fail: what
/// cannot be read is fetched, what cannot be written is fetched again next time.
#[derive(Clone, Debug)]
pub(crate) struct Cache {
    folder: Option<PathBuf>,
    clock: Clock,
}

#[derive(Deserialize, Serialize)]
struct CachedDocument {
    at: Seconds,
    metadata: Metadata,
}

#[derive(Deserialize, Serialize)]
struct KeptKeys {
    at: Seconds,
    keys: Box<RawValue>,
}

impl Cache {
    /// The cache of an issuer below a folder; without one nothing is remembered.
    pub(crate) fn new(folder: Option<&Path>, issuer: &Issuer, clock: Clock) -> Self {
        let own = |folder: &Path| folder.join(crypto::sha256_base64url(issuer.as_str()));
        Self {
            folder: folder.map(own),
            clock,
        }
    }

    /// What is remembered, unless another user may have put it there.
    fn read(&self, name: &str) -> Option<Zeroizing<Vec<u8>>> {
        let folder = self.folder.as_ref()?;
        private_file::check_dir(folder)
            .and_then(|_| private_file::read(&folder.join(name)))
            .inspect_err(|error| tracing::debug!(%error, "what is cached is not used"))
            .ok()?
    }

    pub(super) fn metadata(&self, issuer: &Issuer) -> Option<Metadata> {
        let text = self.read("discovery.json")?;
        let kept: CachedDocument = serde_json::from_slice(&text).ok()?;
        // A program that can write here could name other endpoints: the rules are applied again.
        let usable = self.is_young(kept.at) && kept.metadata.check(issuer).is_ok();
        usable.then_some(kept.metadata)
    }

    pub(super) fn keep_metadata(&self, metadata: &Metadata) {
        let kept = CachedDocument {
            at: self.clock.now(),
            metadata: metadata.clone(),
        };
        if let Ok(text) = serde_json::to_vec(&kept) {
            self.keep("discovery.json", &text);
        }
    }

    /// Drops the remembered discovery document: an endpoint that it names is not there.
    pub(super) fn forget_metadata(&self) {
        let Some(folder) = &self.folder else { return };
        if let Err(error) = private_file::remove(&folder.join("discovery.json")) {
            tracing::debug!(%error, "still cached");
        }
    }

    /// The remembered key set while it is young: a provider withdraws a key by leaving it out.
    pub(super) fn jwks(&self) -> Option<Jwks> {
        let text = self.read("jwks.json")?;
        let kept: KeptKeys = serde_json::from_slice(&text).ok()?;
        self.is_young(kept.at)
            .then(|| Jwks::parse(kept.keys.get().as_bytes()).ok())?
    }

    pub(super) fn keep_jwks(&self, jwks: &Jwks) {
        let keys = std::str::from_utf8(jwks.as_bytes()).ok();
        let keys = keys.and_then(|keys| RawValue::from_string(keys.to_owned()).ok());
        let kept = keys.map(|keys| KeptKeys {
            at: self.clock.now(),
            keys,
        });
        if let Some(Ok(text)) = kept.map(|kept| serde_json::to_vec(&kept)) {
            self.keep("jwks.json", &text);
        }
    }

    fn is_young(&self, at: Seconds) -> bool {
        (0..LIFE).contains(&self.clock.now().saturating_sub(at))
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        let Some(folder) = &self.folder else { return };
        let path = folder.join(name);
        // A process that writes the same at this moment does without.
        let kept = private_file::ensure_dir(folder)
            .and_then(|()| private_file::remove_leftovers(&path))
            .and_then(|()| private_file::replace(&path, bytes));
        if let Err(error) = kept {
            tracing::debug!(%error, "not cached");
        }
    }
}
