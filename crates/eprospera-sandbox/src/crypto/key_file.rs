//! A signing key from a PEM file (RFC 7468): PKCS #8, PKCS #1 or SEC 1.
//!
//! It is given the text, not the file: the sandbox touches no disk. No error repeats any of it.

use std::sync::Arc;

use aws_lc_rs::rsa;
use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::{self, PemObject as _};

use crate::crypto::keys::{Algorithm, KeyError, Pair, SigningKey};

/// The smallest RSA key, in bytes of its modulus: 2,048 bits (RFC 7518 §3.3).
const MIN_RSA_BYTES: usize = 256;

/// A key that tokens are signed with, and whose `kid` stays the same over restarts.
#[derive(Clone)]
pub struct GivenKey(pub(crate) Arc<SigningKey>);

/// Why a text is not a signing key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// The file has no private key.
    #[error("it does not hold a private key in PEM form")]
    NoKey,
    /// The key is locked with a passphrase.
    #[error("its key is encrypted with a passphrase; the sandbox takes a key without one")]
    Encrypted,
    /// It is a key of the format of OpenSSH.
    #[error("its key is in the format of OpenSSH, not PKCS #8, PKCS #1 or SEC 1")]
    OpenSsh,
    /// It begins as a PEM file and breaks.
    #[error("it is damaged: {0}")]
    Damaged(&'static str),
    /// The key is of a kind that the sandbox does not sign with.
    #[error("its key is not RSA with 2048 to 8192 bits, P-256 or Ed25519, or it is damaged")]
    Unsupported,
    /// Tokens cannot be signed as asked with this key.
    #[error("its key signs {own}, not {asked}")]
    Conflict {
        /// What the key can be used for.
        own: &'static str,
        /// What was asked for.
        asked: Algorithm,
    },
}

impl GivenKey {
    /// Makes a key, for sandboxes that are to share one. An RSA key takes up to a second.
    pub fn generate(algorithm: Algorithm) -> Result<Self, KeyError> {
        SigningKey::generate(algorithm).map(|key| Self(Arc::new(key)))
    }

    /// Reads a key. Its kind decides the algorithm; `asked` chooses between those of RSA.
    pub fn from_pem(text: &[u8], asked: Option<Algorithm>) -> Result<Self, KeyFileError> {
        let key = match PrivateKeyDer::from_pem_slice(text) {
            Ok(key) => key,
            Err(error) => return Err(unreadable(text, &error)),
        };
        let pair = pair(&key).ok_or(KeyFileError::Unsupported)?;
        let (own, algorithms): (_, &[Algorithm]) = match &pair {
            Pair::Rsa(_) => ("RS256 or PS256", &[Algorithm::Rs256, Algorithm::Ps256]),
            Pair::P256(_) => ("ES256", &[Algorithm::Es256]),
            Pair::Ed25519(_) => ("EdDSA", &[Algorithm::EdDsa]),
        };
        let algorithm = match asked {
            None => algorithms[0],
            Some(asked) if algorithms.contains(&asked) => asked,
            Some(asked) => return Err(KeyFileError::Conflict { own, asked }),
        };
        Ok(Self(Arc::new(SigningKey::of(pair, algorithm))))
    }

    /// What it signs with.
    pub fn algorithm(&self) -> Algorithm {
        self.0.algorithm
    }

    /// Its thumbprint (RFC 7638), which names it in the key set.
    pub fn kid(&self) -> &str {
        &self.0.kid
    }
}

impl std::fmt::Debug for GivenKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "GivenKey({})", self.0.kid)
    }
}

/// What is wrong with a file. The reader's own words would quote the line that it did not
/// understand.
fn unreadable(text: &[u8], error: &pem::Error) -> KeyFileError {
    let text = String::from_utf8_lossy(text);
    if text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("4,ENCRYPTED") {
        return KeyFileError::Encrypted;
    }
    if text.contains("BEGIN OPENSSH PRIVATE KEY") {
        return KeyFileError::OpenSsh;
    }
    match error {
        pem::Error::NoItemsFound => KeyFileError::NoKey,
        pem::Error::MissingSectionEnd { .. } => KeyFileError::Damaged("its END line is missing"),
        pem::Error::IllegalSectionStart { .. } => {
            KeyFileError::Damaged("its BEGIN line is not complete")
        }
        _ => KeyFileError::Damaged("it is not base64 between BEGIN and END"),
    }
}

fn pair(key: &PrivateKeyDer<'_>) -> Option<Pair> {
    let rsa = |read: Result<rsa::KeyPair, _>| {
        let pair = read.ok()?;
        (pair.public_modulus_len() >= MIN_RSA_BYTES).then_some(Pair::Rsa(pair))
    };
    let p256 = &signature::ECDSA_P256_SHA256_FIXED_SIGNING;
    match key {
        PrivateKeyDer::Pkcs1(der) => rsa(rsa::KeyPair::from_der(der.secret_pkcs1_der())),
        PrivateKeyDer::Sec1(der) => {
            let pair = EcdsaKeyPair::from_private_key_der(p256, der.secret_sec1_der());
            pair.ok().map(Pair::P256)
        }
        PrivateKeyDer::Pkcs8(der) => {
            let der = der.secret_pkcs8_der();
            let ed25519 = || Some(Pair::Ed25519(Ed25519KeyPair::from_pkcs8(der).ok()?));
            let p256 = || Some(Pair::P256(EcdsaKeyPair::from_pkcs8(p256, der).ok()?));
            ed25519()
                .or_else(p256)
                .or_else(|| rsa(rsa::KeyPair::from_pkcs8(der)))
        }
        _ => None,
    }
}
