//! Texts sealed under a key: XChaCha20-Poly1305 with a random nonce for every sealing
//! (draft-irtf-cfrg-xchacha), everything else in the file bound as associated data.
//!
//! It reads and writes no files. The `encrypted-file` store uses it, and so may whatever else has
//! to lie somewhere unreadable.

use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::Error;
use super::key::{self, COSTS, KeyMaterial, KeySource, Salt, StoreKey};
use super::preamble::Preamble;
use crate::private_file;
use crate::secret::Secret;

pub use super::key::random_key;

const FORMAT: &str = "eprospera-sealed";
const VERSION: u64 = 1;
const NONCE_LENGTH: usize = 24;

/// Seals and opens under one key, which it asks for once and stretches once for each salt.
pub struct Sealer {
    source: Box<dyn KeySource>,
    known: Mutex<Known>,
}

/// What need not be asked or computed again; wiped on drop.
#[derive(Default)]
struct Known {
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

/// What is bound to the sealed text without being secret.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: String,
    version: u64,
    account: String,
    kdf: Derivation,
    /// Tells another key from a damaged text; see [`fingerprint`].
    key_check: String,
}

/// The whole file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    format: String,
    version: u64,
    account: String,
    kdf: Derivation,
    key_check: String,
    nonce: String,
    sealed: String,
}

impl Envelope {
    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers become JSON")
    }

    fn header(&self) -> Header {
        Header {
            format: self.format.clone(),
            version: self.version,
            account: self.account.clone(),
            kdf: self.kdf.clone(),
            key_check: self.key_check.clone(),
        }
    }
}

/// One sealing of which everything is ready but the text: no key is asked for and no randomness
/// is drawn any more, so nothing can fail and nothing takes time.
pub struct PreparedSealing {
    key: StoreKey,
    nonce: [u8; NONCE_LENGTH],
    header: Header,
    bound: Vec<u8>,
}

impl PreparedSealing {
    /// Seals the one text that it was prepared for.
    pub fn seal(self, text: &Secret) -> Vec<u8> {
        let sealed = encrypt(&self.key, self.nonce, text, &self.bound);
        let envelope = Envelope {
            format: self.header.format,
            version: self.header.version,
            account: self.header.account,
            kdf: self.header.kdf,
            key_check: self.header.key_check,
            nonce: STANDARD.encode(self.nonce),
            sealed: STANDARD.encode(sealed),
        };
        envelope.bytes()
    }
}

impl Header {
    /// The bytes that the seal covers beside the text: the same for writer and reader, because
    /// field order and spelling are fixed here and not taken from the file.
    fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers become JSON")
    }
}

impl Sealer {
    /// A sealer that asks `source` when it first needs the key.
    pub fn new(source: impl KeySource + 'static) -> Self {
        Self {
            source: Box::new(source),
            known: Mutex::default(),
        }
    }

    /// Seals a text for `account`, a name that [`Sealer::open`] must give again.
    ///
    /// # Errors
    ///
    /// [`Error::KeyMissing`], [`Error::KeySource`] or [`Error::NoRandomness`].
    pub fn seal(&self, account: &str, text: &Secret) -> Result<Vec<u8>, Error> {
        Ok(self.prepare(account)?.seal(text))
    }

    /// Does all of [`Sealer::seal`] that can be done before the text is known.
    ///
    /// # Errors
    ///
    /// As [`Sealer::seal`].
    pub fn prepare(&self, account: &str) -> Result<PreparedSealing, Error> {
        let (kdf, key) = self.key_for_sealing()?;
        let header = Header {
            format: FORMAT.to_owned(),
            version: VERSION,
            account: account.to_owned(),
            kdf,
            key_check: fingerprint(&key),
        };
        Ok(PreparedSealing {
            nonce: key::random()?,
            bound: header.bytes(),
            header,
            key,
        })
    }

    /// Opens what was sealed for `account`; `place` names it in errors.
    ///
    /// # Errors
    ///
    /// [`Error::Corrupt`], [`Error::Newer`], [`Error::NotOurs`], [`Error::KeyKind`],
    /// [`Error::WrongKey`], [`Error::KeyMissing`] or [`Error::KeySource`].
    pub fn open(&self, place: &str, account: &str, bytes: &[u8]) -> Result<Secret, Error> {
        Preamble::check(place, bytes, (FORMAT, VERSION))?;
        if bytes.len() > private_file::FILE_SIZE_LIMIT {
            return Err(Error::corrupt(place, "it is too large"));
        }
        let Ok(envelope) = serde_json::from_slice::<Envelope>(bytes) else {
            return Err(Error::corrupt(place, "a field is missing or unknown"));
        };
        if envelope.account != account {
            return Err(Error::NotOurs {
                place: place.to_owned(),
                found: envelope.account,
            });
        }
        let key = self.key_for_opening(place, &envelope.kdf)?;
        if fingerprint(&key) != envelope.key_check {
            return Err(Error::WrongKey {
                place: place.to_owned(),
            });
        }
        unseal(place, &envelope, &key)
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
            let salt = key::random()?;
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

    /// What is known of the key, asked for if need be. The lock is held meanwhile, so that two
    /// threads ask a person once.
    fn known(&self) -> Result<MutexGuard<'_, Known>, Error> {
        // A panic elsewhere cannot have left the key half written.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.material.is_none() {
            known.material = Some(self.source.key()?.ok_or(Error::KeyMissing)?);
        }
        Ok(known)
    }
}

impl Known {
    fn raw_key(&self) -> Result<StoreKey, Error> {
        match &self.material {
            Some(KeyMaterial::Raw(key)) => Ok(key.clone()),
            _ => Err(Error::KeyMissing),
        }
    }
}

/// The account that a sealed text says it belongs to. Only opening it proves that.
///
/// # Errors
///
/// [`Error::Corrupt`] or [`Error::Newer`].
pub(super) fn account(place: &str, bytes: &[u8]) -> Result<String, Error> {
    Preamble::check(place, bytes, (FORMAT, VERSION))?;
    serde_json::from_slice::<Envelope>(bytes)
        .map(|envelope| envelope.account)
        .map_err(|_| Error::corrupt(place, "a field is missing or unknown"))
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

fn unseal(place: &str, envelope: &Envelope, key: &StoreKey) -> Result<Secret, Error> {
    let altered = || Error::corrupt(place, "its seal is broken");
    let nonce = STANDARD.decode(&envelope.nonce).map_err(|_| altered())?;
    let nonce = <[u8; NONCE_LENGTH]>::try_from(nonce.as_slice()).map_err(|_| altered())?;
    let sealed = STANDARD.decode(&envelope.sealed).map_err(|_| altered())?;
    let payload = Payload {
        msg: &sealed,
        aad: &envelope.header().bytes(),
    };
    let text = cipher(key)
        .decrypt(&XNonce::from(nonce), payload)
        .map_err(|_| altered())?;
    Secret::from_utf8(text).ok_or_else(altered)
}

fn salt_of(place: &str, kdf: &Derivation) -> Result<Salt, Error> {
    let Derivation::Argon2id {
        memory_kib,
        passes,
        lanes,
        salt,
    } = kdf
    else {
        return Err(Error::corrupt(place, "it names no salt"));
    };
    // Costs from a file could be made to use up the machine.
    if (*memory_kib, *passes, *lanes) != COSTS {
        return Err(Error::corrupt(place, "its Argon2id costs are unknown"));
    }
    let salt = STANDARD.decode(salt).unwrap_or_default();
    Salt::try_from(salt.as_slice()).map_err(|_| Error::corrupt(place, "its salt is damaged"))
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

/// 64 bits of a hash of the key. It says nothing that helps to find the key: a raw one has 256
/// bits, and a guess at a passphrase costs the stretching with or without it.
fn fingerprint(key: &StoreKey) -> String {
    let mut hash = Sha256::new();
    hash.update(b"eprospera key check 1");
    hash.update(Zeroizing::new(**key).as_slice());
    key::hex(&hash.finalize()[..8])
}

#[cfg(test)]
mod tests;
