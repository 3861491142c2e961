//! The signature: which algorithm, which key, and does it hold (RFC 7515 §5.2, RFC 8725 §3).

use jsonwebtoken::{DecodingKey, crypto};
use serde_json::{Map, Value};

use super::super::discovery::Metadata;
use super::super::error::clean;
use super::super::jwks::{Family, Jwk, Jwks};
use super::{Decoded, Verdict};

/// The algorithms this program can verify: all asymmetric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the names are those of RFC 7518 §3.1, RFC 8037 §3.1 and RFC 9864"
)]
pub enum Algorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    EdDSA,
    Ed25519,
}

impl Algorithm {
    const ALL: [(&'static str, Self); 10] = [
        ("RS256", Self::RS256),
        ("RS384", Self::RS384),
        ("RS512", Self::RS512),
        ("PS256", Self::PS256),
        ("PS384", Self::PS384),
        ("PS512", Self::PS512),
        ("ES256", Self::ES256),
        ("ES384", Self::ES384),
        ("EdDSA", Self::EdDSA),
        ("Ed25519", Self::Ed25519),
    ];

    /// The algorithm of a `alg` name; `None` when it is not supported.
    pub fn parse(name: &str) -> Option<Self> {
        let entry = Self::ALL.iter().find(|(known, _)| *known == name)?;
        Some(entry.1)
    }

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        let entry = Self::ALL.iter().find(|(_, algorithm)| *algorithm == self);
        entry.map_or("", |(name, _)| name)
    }

    /// The algorithms that an issuer announces and this program supports; RS256 when the issuer
    /// announces none, which every issuer must support (OIDC Discovery §3).
    pub fn allowed(metadata: &Metadata) -> Vec<Self> {
        let announced = &metadata.id_token_signing_algs;
        if announced.is_empty() {
            return vec![Self::RS256];
        }
        announced
            .iter()
            .filter_map(|name| Self::parse(name))
            .collect()
    }

    fn family(self) -> Family {
        match self {
            Self::ES256 => Family::P256,
            Self::ES384 => Family::P384,
            Self::EdDSA | Self::Ed25519 => Family::Ed25519,
            _ => Family::Rsa,
        }
    }

    pub(super) fn verifier(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::RS256 => jsonwebtoken::Algorithm::RS256,
            Self::RS384 => jsonwebtoken::Algorithm::RS384,
            Self::RS512 => jsonwebtoken::Algorithm::RS512,
            Self::PS256 => jsonwebtoken::Algorithm::PS256,
            Self::PS384 => jsonwebtoken::Algorithm::PS384,
            Self::PS512 => jsonwebtoken::Algorithm::PS512,
            Self::ES256 => jsonwebtoken::Algorithm::ES256,
            Self::ES384 => jsonwebtoken::Algorithm::ES384,
            Self::EdDSA | Self::Ed25519 => jsonwebtoken::Algorithm::EdDSA,
        }
    }

    /// Whether a key that is bound to an algorithm by name may be used with this one. RFC 9864
    /// gives `EdDSA` on this curve a second name.
    fn is_named(self, name: &str) -> bool {
        let edwards = ["EdDSA", "Ed25519"];
        self.as_str() == name || (edwards.contains(&self.as_str()) && edwards.contains(&name))
    }
}

/// Checks the header and the signature.
pub(super) fn check(decoded: &Decoded, jwks: Option<&Jwks>, allowed: &[Algorithm]) -> Verdict {
    let algorithm = match algorithm(&decoded.header, allowed) {
        Ok(algorithm) => algorithm,
        Err(reason) => return Verdict::failed(reason),
    };
    let Some(jwks) = jwks else {
        return Verdict::skipped("no key set is at hand");
    };
    let keys = match choose(&decoded.header, algorithm, jwks) {
        Ok(keys) => keys,
        Err(reason) => return Verdict::failed(reason),
    };
    let signed = decoded.signed.as_bytes();
    let verifies = |key: &DecodingKey| {
        let verified = crypto::verify(&decoded.signature, signed, key, algorithm.verifier());
        matches!(verified, Ok(true))
    };
    let usable: Vec<_> = keys
        .iter()
        .filter_map(|key| key.material.as_ref().ok())
        .collect();
    if usable.iter().any(|key| verifies(key)) {
        return Verdict::Passed;
    }
    match keys.iter().find_map(|key| key.material.as_ref().err()) {
        Some(reason) if usable.is_empty() => Verdict::failed(*reason),
        _ => Verdict::failed("the signature does not belong to this token and key"),
    }
}

/// Whether a key set has the key that the token names, whatever the key is worth.
pub(super) fn knows_key(decoded: &Decoded, jwks: &Jwks) -> bool {
    match decoded.header.get("kid").map(Value::as_str) {
        Some(Some(id)) => jwks.keys().iter().any(|key| key.id.as_deref() == Some(id)),
        Some(None) => true,
        None => !jwks.keys().is_empty(),
    }
}

/// RFC 8725 §3.1: the algorithm is one that was expected, and the header asks for nothing that
/// is not understood.
fn algorithm(header: &Map<String, Value>, allowed: &[Algorithm]) -> Result<Algorithm, String> {
    if header.contains_key("crit") {
        return Err("the header has critical extensions".to_owned());
    }
    if header
        .get("b64")
        .is_some_and(|value| *value != Value::Bool(true))
    {
        return Err("the header asks for an unencoded payload".to_owned());
    }
    if let Some(kind) = header.get("typ") {
        // RFC 8725 §3.11: a token of another type is not an ID token.
        let kind = kind.as_str().unwrap_or_default().to_ascii_lowercase();
        if !matches!(kind.as_str(), "jwt" | "application/jwt" | "id_token+jwt") {
            return Err("the token is of another type".to_owned());
        }
    }
    let name = header
        .get("alg")
        .and_then(Value::as_str)
        .ok_or("the header names no algorithm")?;
    Algorithm::parse(name)
        .filter(|algorithm| allowed.contains(algorithm))
        .ok_or_else(|| format!("the algorithm {} is not allowed", clean(name)))
}

/// Finds the one key that the token means.
fn choose<'a>(
    header: &Map<String, Value>,
    algorithm: Algorithm,
    jwks: &'a Jwks,
) -> Result<Vec<&'a Jwk>, String> {
    let id = match header.get("kid") {
        None => None,
        Some(Value::String(id)) => Some(id.as_str()),
        Some(_) => return Err("the key id is not a string".to_owned()),
    };
    let named = |key: &&Jwk| id.is_none_or(|id| key.id.as_deref() == Some(id));
    let fits = |key: &&Jwk| key.family == algorithm.family();
    let bound = |key: &&Jwk| {
        key.algorithm
            .as_deref()
            .is_none_or(|name| algorithm.is_named(name))
    };
    let candidates: Vec<_> = jwks.keys().iter().filter(named).collect();
    let fitting: Vec<_> = candidates.iter().copied().filter(fits).collect();
    let usable: Vec<_> = fitting.iter().copied().filter(bound).collect();
    match (usable[..].as_ref(), id) {
        ([_, _, ..], None) => Err("the token names no key, and several fit".to_owned()),
        // Some servers list a key twice, or give two keys one id; each of them is the issuer's.
        ([_, ..], _) => Ok(usable),
        ([], Some(id)) if candidates.is_empty() => {
            Err(format!("the key set has no key {}", clean(id)))
        }
        ([], _) if fitting.is_empty() => Err("no key of the token's kind".to_owned()),
        ([], _) => Err("the key is bound to another algorithm".to_owned()),
    }
}
