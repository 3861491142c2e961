//! The key that texts are sealed under: a raw one, or a passphrase that Argon2id stretches (RFC 9106).
//!
//! Where the text of the key comes from is the [`KeySource`]'s business.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::digest::hex;
use super::error::Error;
use super::random::random;
use crate::secret::{self, Secret};

/// Length of a key in bytes.
pub(super) const KEY_LENGTH: usize = 32;
/// Length of a salt in bytes (RFC 9106 §3.1 recommends 16).
pub(super) const SALT_LENGTH: usize = 16;
/// Argon2id's memory in KiB, passes and lanes: 19 MiB, 2, 1.
pub(super) const COSTS: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Bytes of a key, wiped on drop.
pub(super) type StoreKey = Zeroizing<[u8; KEY_LENGTH]>;
/// What makes two stretched keys of one passphrase differ.
pub(super) type Salt = [u8; SALT_LENGTH];

/// What the user gave as the key.
#[derive(Clone)]
pub enum KeyMaterial {
    /// 32 bytes, used as they are.
    Raw(Zeroizing<[u8; KEY_LENGTH]>),
    /// A text of any length, stretched before use.
    Passphrase(Secret),
}

impl fmt::Debug for KeyMaterial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} [redacted]", self.kind())
    }
}

impl KeyMaterial {
    /// Reads a key as users write it: 64 hex digits or the base64 of 32 bytes (either alphabet,
    /// padded or not) are a raw key, anything else is a passphrase. What is around it, such as
    /// the line break and the byte order mark that editors put into files, does not count.
    ///
    /// # Errors
    ///
    /// [`Error::KeyMissing`] for an empty text.
    pub fn parse(text: &Secret) -> Result<Self, Error> {
        let word = secret::strip(text.expose());
        if word.is_empty() {
            return Err(Error::KeyMissing);
        }
        Ok(match from_hex(word).or_else(|| from_base64(word)) {
            Some(key) => {
                drop(Secret::new(word.to_owned()));
                Self::Raw(key)
            }
            None => Self::Passphrase(Secret::passphrase(word.to_owned())),
        })
    }

    /// What kind of key this is, with its article.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Raw(_) => "a raw key",
            Self::Passphrase(_) => "a passphrase",
        }
    }
}

/// Gives the key when it is needed, and only then: it may have to ask a person.
pub trait KeySource: Send + Sync {
    /// The key; `None` when the user gave none.
    fn key(&self) -> Result<Option<KeyMaterial>, Error>;
}

impl<F: Fn() -> Result<Option<KeyMaterial>, Error> + Send + Sync> KeySource for F {
    fn key(&self) -> Result<Option<KeyMaterial>, Error> {
        self()
    }
}

/// Makes a raw key and writes it as 64 hex digits, which [`KeyMaterial::parse`] reads.
pub(crate) fn random_key() -> Result<Secret, Error> {
    Ok(Secret::new(hex(random::<KEY_LENGTH>()?.as_slice())))
}

/// Stretches a passphrase with Argon2id.
pub(super) fn stretch(passphrase: &Secret, salt: &Salt) -> StoreKey {
    let (memory, passes, lanes) = COSTS;
    let parameters = Params::new(memory, passes, lanes, Some(KEY_LENGTH))
        .expect("the costs are constants within Argon2's limits");
    let mut key = StoreKey::default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(passphrase.expose().as_bytes(), salt, key.as_mut_slice())
        .expect("a passphrase is shorter than 4 GiB, salt and key have lengths that Argon2 takes");
    key
}

fn from_hex(text: &str) -> Option<StoreKey> {
    if text.len() != 2 * KEY_LENGTH {
        return None;
    }
    let mut key = StoreKey::default();
    for (byte, pair) in key.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let high = char::from(pair[0]).to_digit(16)?;
        let low = char::from(pair[1]).to_digit(16)?;
        *byte = u8::try_from(high * 16 + low).ok()?;
    }
    Some(key)
}

fn from_base64(text: &str) -> Option<StoreKey> {
    // 32 bytes are 43 digits, or 44 with the padding: nothing longer need be decoded.
    if text.len() > 44 {
        return None;
    }
    [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD]
        .iter()
        .find_map(|engine| {
            let bytes = Zeroizing::new(engine.decode(text).ok()?);
            <[u8; KEY_LENGTH]>::try_from(bytes.as_slice())
                .ok()
                .map(StoreKey::new)
        })
}

#[cfg(test)]
mod tests;
