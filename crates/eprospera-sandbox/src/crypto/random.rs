//! Unguessable strings and their fingerprints.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// 256 random bits as base64url, with a prefix.
pub(crate) fn token(prefix: &str) -> String {
    let bytes: [u8; 32] = rand::random();
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// 64 random bits as base64url, with a prefix: for names that must differ, not for secrets.
pub(crate) fn short(prefix: &str) -> String {
    let bytes: [u8; 8] = rand::random();
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// A code that a person can type, without its dash: four letters that make no word and are no
/// digits (RFC 8628 §6.1), then four digits.
pub(crate) fn user_code() -> String {
    const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
    let letter = || char::from(LETTERS[rand::random_range(0..LETTERS.len())]);
    let letters: String = std::iter::repeat_with(letter).take(4).collect();
    format!("{letters}{:04}", rand::random_range(0..10_000))
}

/// What the sandbox remembers of a secret string: enough to know it again, not to repeat it. Half of
/// a hash, as there may be a hundred thousand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Fingerprint([u8; 16]);

impl Fingerprint {
    pub(crate) fn of(text: &str) -> Self {
        let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        Self(digest.first_chunk().copied().unwrap_or_default())
    }

    /// Whether it is the same, compared in constant time: for what opens something by itself.
    pub(crate) fn is(&self, other: &Self) -> bool {
        subtle::ConstantTimeEq::ct_eq(&self.0[..], &other.0[..]).into()
    }

    /// As hexadecimal.
    pub(crate) fn hex(self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.0))
    }
}
