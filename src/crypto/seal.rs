//! Texts sealed under a key: XChaCha20-Poly1305 with a random nonce for every sealing
//! (draft-irtf-cfrg-xchacha), everything else in the file bound as associated data.
//!
//! The `encrypted-file` store, rescue files and exported sessions use it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::digest::hex;
use super::error::Error;
use super::key::{self, COSTS, KeyMaterial, KeySource, Salt, StoreKey};
use super::preamble::{Preamble, Unreadable};
use super::random::random;
use crate::secret::Secret;

const FORMAT: &str = "eprospera-sealed";
const VERSION: u64 = 1;
const NONCE_LENGTH: usize = 24;
/// The largest sealed text that is opened, in bytes.
const SIZE_LIMIT: usize = 1024 * 1024;

/// Seals and opens under one key, which it asks for once and stretches once for each salt.
pub(crate) struct Sealer {
    source: Box<dyn KeySource>,
    known: Mutex<KnownKeys>,
}

/// What was asked or computed before; wiped on drop.
#[derive(Default)]
struct KnownKeys {
    material: Option<KeyMaterial>,
    stretched: Vec<(Salt, StoreKey)>,
}

/// How the key came about, as the file says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "lowercase", deny_unknown_fields)]
enum Derivation {
    /// The key was given as it is.
    None,
    /// A passphrase was stretched.
    Argon2id {
        memory_kib: u32,
        passes: u32,
        lanes: u32,
        salt: String,
    },
}

/// The whole text. Without its last two fields it is what the seal covers beside the secret.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SealedText {
    format: String,
    version: u64,
    account: String,
    kdf: Derivation,
    /// Tells another key from a damaged text; see [`fingerprint`].
    key_check: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed: Option<String>,
}

impl SealedText {
    /// Field order and spelling are fixed here and not taken from a file, so that writer and
    /// reader bind the same bytes.
    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers become JSON")
    }
}

/// A sealing that only waits for its text: the key, the nonce and the head are ready, so nothing can
/// fail and nothing takes time.
pub(crate) struct PreparedSealing {
    key: StoreKey,
    nonce: [u8; NONCE_LENGTH],
    /// Without nonce and sealed text.
    head: SealedText,
}

impl PreparedSealing {
    /// Seals the one text that it was prepared for.
    pub(crate) fn seal(self, text: &Secret) -> Vec<u8> {
        let sealed = encrypt(&self.key, self.nonce, text, &self.head.bytes());
        let sealed = SealedText {
            nonce: Some(STANDARD.encode(self.nonce)),
            sealed: Some(STANDARD.encode(sealed)),
            ..self.head
        };
        sealed.bytes()
    }
}

impl Sealer {
    /// A sealer that asks `source` when it first needs the key.
    pub(crate) fn new(source: impl KeySource + 'static) -> Self {
        Self {
            source: Box::new(source),
            known: Mutex::default(),
        }
    }

    /// Seals a text for `account`, a name that [`Sealer::open`] must give again.
    pub(crate) fn seal(&self, account: &str, text: &Secret) -> Result<Vec<u8>, Error> {
        Ok(self.prepare(account)?.seal(text))
    }

    /// Does all of [`Sealer::seal`] that can be done before the text is known.
    pub(crate) fn prepare(&self, account: &str) -> Result<PreparedSealing, Error> {
        let (kdf, key) = self.key_for_sealing()?;
        let head = SealedText {
            format: FORMAT.to_owned(),
            version: VERSION,
            account: account.to_owned(),
            kdf,
            key_check: fingerprint(&key),
            nonce: None,
            sealed: None,
        };
        Ok(PreparedSealing {
            nonce: *random()?,
            head,
            key,
        })
    }

    /// Opens what was sealed for `account`; `place` names it in errors.
    pub(crate) fn open(&self, place: &str, account: &str, bytes: &[u8]) -> Result<Secret, Error> {
        if bytes.len() > SIZE_LIMIT {
            return Err(Unreadable::corrupt(place, "it is too large").into());
        }
        let found = parse(place, bytes)?;
        if found.account != account {
            return Err(Unreadable::not_ours(place, found.account).into());
        }
        let key = self.key_for_opening(place, &found.kdf)?;
        if fingerprint(&key) != found.key_check {
            return Err(Error::WrongKey {
                place: place.to_owned(),
            });
        }
        Ok(unseal(place, found, &key)?)
    }

    fn key_for_sealing(&self) -> Result<(Derivation, StoreKey), Error> {
        let mut known = self.known()?;
        let Some(KeyMaterial::Passphrase(passphrase)) = &known.material else {
            return known.raw_key().map(|key| (Derivation::None, key));
        };
        // Within one run a salt serves again: the nonce alone must differ, and each stretching
        // costs as much as a guess.
        let (salt, key) = if let Some(stretched) = known.stretched.last() {
            stretched.clone()
        } else {
            let salt = *random()?;
            let stretched = (salt, key::stretch(passphrase, &salt));
            known.stretched.push(stretched.clone());
            stretched
        };
        let (memory_kib, passes, lanes) = COSTS;
        let derivation = Derivation::Argon2id {
            memory_kib,
            passes,
            lanes,
            salt: STANDARD.encode(salt),
        };
        Ok((derivation, key))
    }

    fn key_for_opening(&self, place: &str, kdf: &Derivation) -> Result<StoreKey, Error> {
        let mut known = self.known()?;
        let passphrase = match (kdf, &known.material) {
            (Derivation::None, Some(KeyMaterial::Passphrase(_))) => {
                return Err(other_kind(place, "a raw key", "a passphrase"));
            }
            (Derivation::None, _) => return known.raw_key(),
            (Derivation::Argon2id { .. }, Some(KeyMaterial::Passphrase(passphrase))) => passphrase,
            (Derivation::Argon2id { .. }, _) => {
                return Err(other_kind(place, "a passphrase", "a raw key"));
            }
        };
        let salt = salt_of(place, kdf)?;
        let stretched = known.stretched.iter().find(|(known, _)| *known == salt);
        if let Some((_, key)) = stretched {
            return Ok(key.clone());
        }
        let key = key::stretch(passphrase, &salt);
        known.stretched.push((salt, key.clone()));
        Ok(key)
    }

    /// What is known of the key, which is asked for if need be. The lock is held meanwhile, so that
    /// two threads ask a person once.
    fn known(&self) -> Result<MutexGuard<'_, KnownKeys>, Error> {
        // A panic elsewhere cannot have left the key half written.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.material.is_none() {
            known.material = Some(self.source.key()?.ok_or(Error::KeyMissing)?);
        }
        Ok(known)
    }
}

impl KnownKeys {
    fn raw_key(&self) -> Result<StoreKey, Error> {
        match &self.material {
            Some(KeyMaterial::Raw(key)) => Ok(key.clone()),
            _ => Err(Error::KeyMissing),
        }
    }
}

/// The account that a sealed text says it belongs to. Only opening it proves that.
pub(crate) fn account(place: &str, bytes: &[u8]) -> Result<String, Unreadable> {
    Ok(parse(place, bytes)?.account)
}

fn parse(place: &str, bytes: &[u8]) -> Result<SealedText, Unreadable> {
    Preamble::check(place, bytes, (FORMAT, VERSION))?;
    serde_json::from_slice(bytes)
        .map_err(|_| Unreadable::corrupt(place, "a field is missing or unknown"))
}

fn encrypt(key: &StoreKey, nonce: [u8; NONCE_LENGTH], text: &Secret, bound: &[u8]) -> Vec<u8> {
    let payload = Payload {
        msg: text.expose().as_bytes(),
        aad: bound,
    };
    cipher(key)
        .encrypt(&XNonce::from(nonce), payload)
        .expect("a text in memory is shorter than the cipher's limit of 256 GiB")
}

fn unseal(place: &str, mut found: SealedText, key: &StoreKey) -> Result<Secret, Unreadable> {
    let altered = || Unreadable::corrupt(place, "its contents were altered");
    let decode = |field: Option<String>| STANDARD.decode(field?).ok();
    let nonce = decode(found.nonce.take()).ok_or_else(altered)?;
    let nonce = <[u8; NONCE_LENGTH]>::try_from(nonce.as_slice()).map_err(|_| altered())?;
    let sealed = decode(found.sealed.take()).ok_or_else(altered)?;
    let payload = Payload {
        msg: &sealed,
        aad: &found.bytes(),
    };
    let text = cipher(key)
        .decrypt(&XNonce::from(nonce), payload)
        .map_err(|_| altered())?;
    Secret::from_utf8(text).ok_or_else(altered)
}

fn salt_of(place: &str, kdf: &Derivation) -> Result<Salt, Unreadable> {
    let Derivation::Argon2id {
        memory_kib,
        passes,
        lanes,
        salt,
    } = kdf
    else {
        return Err(Unreadable::corrupt(place, "it has no salt"));
    };
    // Costs from a file could be made to use up the machine.
    if (*memory_kib, *passes, *lanes) != COSTS {
        return Err(Unreadable::corrupt(
            place,
            "its Argon2id parameters are not supported",
        ));
    }
    let salt = STANDARD.decode(salt).unwrap_or_default();
    Salt::try_from(salt.as_slice()).map_err(|_| Unreadable::corrupt(place, "its salt is damaged"))
}

fn other_kind(place: &str, written_with: &'static str, given: &'static str) -> Error {
    Error::KeyKind {
        place: place.to_owned(),
        written_with,
        given,
    }
}

fn cipher(key: &StoreKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&chacha20poly1305::Key::from(**key))
}

/// 64 bits of a hash of the key. They do not help to find the key: a raw one has 256 bits, and a
/// guess at a passphrase costs the stretching with or without them.
fn fingerprint(key: &StoreKey) -> String {
    let mut hash = Sha256::new();
    hash.update(b"eprospera key check 1");
    hash.update(Zeroizing::new(**key).as_slice());
    hex(&hash.finalize()[..8])
}

#[cfg(test)]
mod tests;
