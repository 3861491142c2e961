//! A signing key, its public half as a JWK, and compact signatures.
//!
//! RFC 7515 (JWS), RFC 7517 (JWK), RFC 7518 (algorithms), RFC 7638 (key ids), RFC 8037 (`EdDSA`).
//! Which key is in use, [`key_ring`](super::key_ring) knows.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{self, KeySize};
use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Bytes of modulus in the deliberately short key: 1,024 bits.
const SHORT_MODULUS: usize = 128;

/// How tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA 2048 with PKCS #1 v1.5, as the portal.
    Rs256,
    /// RSA 2048 with PSS.
    Ps256,
    /// ECDSA on P-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    /// Every one, the default first.
    pub const ALL: [Self; 4] = [Self::Rs256, Self::Ps256, Self::Es256, Self::EdDsa];

    /// Whether a signature takes less time than the way to another thread and back.
    pub(crate) const fn is_quick(self) -> bool {
        matches!(self, Self::Es256 | Self::EdDsa)
    }

    /// As it is written in a token's header.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A signing algorithm the sandbox does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a signing algorithm of the sandbox; use RS256, PS256, ES256 or EdDSA")]
pub struct UnknownAlgorithm(pub String);

impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;

    fn from_str(text: &str) -> Result<Self, UnknownAlgorithm> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.as_str().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownAlgorithm(text.to_owned()))
    }
}

/// The cryptographic library refused; it gives no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cryptographic library refused to make or use a key")]
pub struct KeyError;

impl From<aws_lc_rs::error::Unspecified> for KeyError {
    fn from(_: aws_lc_rs::error::Unspecified) -> Self {
        Self
    }
}

pub(super) enum Pair {
    Rsa(rsa::KeyPair),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Pair {
    /// The members of the public key that its thumbprint is made of (RFC 7638 §3.2, RFC 8037 §2).
    fn public(&self) -> BTreeMap<&'static str, String> {
        let members = |members: [(&'static str, String); 3]| BTreeMap::from(members);
        match self {
            Self::Rsa(pair) => members([
                ("kty", "RSA".to_owned()),
                (
                    "n",
                    encode(
                        pair.public_key()
                            .modulus()
                            .big_endian_without_leading_zero(),
                    ),
                ),
                (
                    "e",
                    encode(
                        pair.public_key()
                            .exponent()
                            .big_endian_without_leading_zero(),
                    ),
                ),
            ]),
            Self::P256(pair) => {
                // An uncompressed point: 0x04, then both coordinates of 32 bytes (SEC 1 §2.3.3).
                let point = pair.public_key().as_ref();
                let (x, y) = point.split_at(1).1.split_at(32);
                let mut point = members([
                    ("kty", "EC".to_owned()),
                    ("crv", "P-256".to_owned()),
                    ("x", encode(x)),
                ]);
                point.insert("y", encode(y));
                point
            }
            Self::Ed25519(pair) => members([
                ("kty", "OKP".to_owned()),
                ("crv", "Ed25519".to_owned()),
                ("x", encode(pair.public_key().as_ref())),
            ]),
        }
    }
}

/// The hash of the members in the order of their names (RFC 7638 §3).
fn thumbprint(public: &BTreeMap<&'static str, String>) -> String {
    let text = json!(public).to_string();
    encode(digest::digest(&digest::SHA256, text.as_bytes()).as_ref())
}

pub(crate) struct SigningKey {
    pub(crate) kid: String,
    pub(crate) algorithm: Algorithm,
    pair: Pair,
}

impl SigningKey {
    /// Makes a key. Takes a good part of a second for RSA: not for an async thread.
    pub(crate) fn generate(algorithm: Algorithm) -> Result<Self, KeyError> {
        let pair = match algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => {
                Pair::Rsa(rsa::KeyPair::generate(KeySize::Rsa2048)?)
            }
            Algorithm::Es256 => Pair::P256(EcdsaKeyPair::generate(
                &signature::ECDSA_P256_SHA256_FIXED_SIGNING,
            )?),
            Algorithm::EdDsa => Pair::Ed25519(Ed25519KeyPair::generate()?),
        };
        Ok(Self::of(pair, algorithm))
    }

    /// Names a key by its thumbprint: a key that is given keeps its `kid` over restarts, and a
    /// client that cached another run's fresh key sees an unknown `kid`, not a wrong signature.
    pub(super) fn of(pair: Pair, algorithm: Algorithm) -> Self {
        let kid = thumbprint(&pair.public());
        Self {
            kid,
            algorithm,
            pair,
        }
    }

    /// The public half (docs/portal.md, JWKS).
    pub(crate) fn jwk(&self) -> Value {
        let mut jwk = json!(self.pair.public());
        jwk["use"] = "sig".into();
        jwk["alg"] = self.algorithm.as_str().into();
        jwk["kid"] = self.kid.as_str().into();
        jwk
    }

    /// The public half cut to 1,024 bits, or as it is when it is not an RSA key.
    pub(crate) fn short_jwk(&self) -> Value {
        let mut jwk = self.jwk();
        if let Pair::Rsa(pair) = &self.pair {
            let modulus = pair.public_key().modulus();
            let bytes = modulus.big_endian_without_leading_zero();
            jwk["n"] = encode(bytes.get(..SHORT_MODULUS).unwrap_or(bytes)).into();
        }
        jwk
    }

    /// A header that names this key.
    pub(crate) fn header(&self, kind: &str) -> Value {
        json!({ "alg": self.algorithm.as_str(), "kid": self.kid, "typ": kind })
    }

    /// `header.claims.signature`. Blocks: not for an async thread.
    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> Result<String, KeyError> {
        let message = signing_input(header, claims);
        let signature = self.signature(message.as_bytes())?;
        Ok(format!("{message}.{}", encode(&signature)))
    }

    /// The same with one bit of the signature turned.
    pub(crate) fn sign_wrongly(&self, header: &Value, claims: &Value) -> Result<String, KeyError> {
        let message = signing_input(header, claims);
        let mut signature = self.signature(message.as_bytes())?;
        if let Some(byte) = signature.last_mut() {
            *byte ^= 1;
        }
        Ok(format!("{message}.{}", encode(&signature)))
    }

    /// The same with an HMAC under the public key: the classic algorithm confusion.
    pub(crate) fn sign_with_public_half(
        &self,
        header: &Value,
        claims: &Value,
    ) -> Result<String, KeyError> {
        let message = signing_input(header, claims);
        let public: PublicKeyX509Der<'_> = match &self.pair {
            Pair::Rsa(pair) => pair.public_key().as_der()?,
            Pair::P256(pair) => pair.public_key().as_der()?,
            Pair::Ed25519(pair) => pair.public_key().as_der()?,
        };
        let key = hmac::Key::new(hmac::HMAC_SHA256, public.as_ref());
        let tag = hmac::sign(&key, message.as_bytes());
        Ok(format!("{message}.{}", encode(tag.as_ref())))
    }

    fn signature(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let padding: &'static dyn signature::RsaEncoding = match self.algorithm {
                    Algorithm::Ps256 => &signature::RSA_PSS_SHA256,
                    _ => &signature::RSA_PKCS1_SHA256,
                };
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(padding, &random, message, &mut signature)?;
                Ok(signature)
            }
            Pair::P256(pair) => Ok(pair.sign(&random, message)?.as_ref().to_vec()),
            Pair::Ed25519(pair) => Ok(pair.sign(message).as_ref().to_vec()),
        }
    }

    /// The left half of the hash that belongs to the algorithm (`OpenID` Connect Core §3.1.3.6);
    /// SHA-512 for Ed25519, which hashes with it inside.
    pub(crate) fn half_hash(&self, text: &str) -> String {
        let hash = match self.algorithm {
            Algorithm::EdDsa => &digest::SHA512,
            _ => &digest::SHA256,
        };
        let digest = digest::digest(hash, text.as_bytes());
        encode(digest.as_ref().split_at(digest.as_ref().len() / 2).0)
    }
}

/// `base64url(header).base64url(claims)` (RFC 7515 §5.1).
pub(crate) fn signing_input(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| encode(value.to_string().as_bytes());
    format!("{}.{}", part(header), part(claims))
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What becomes of a key that is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OldKey {
    /// It leaves the key set; what it signed can no longer be verified.
    Gone,
    /// It stays in the key set beside the new one.
    Kept,
}
