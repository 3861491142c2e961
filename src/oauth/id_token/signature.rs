//! The signature: which algorithm, which key, and does it hold (RFC 7515 §5.2, RFC 8725 §3).

use jsonwebtoken::{DecodingKey, crypto};
use serde_json::{Map, Value};

use super::super::server_text::clean;
use super::algorithm::Algorithm;
use super::decode::Decoded;
use super::verdict::Verdict;
use crate::oauth::id_token::jwks::{Jwk, Jwks};

/// Checks the header and the signature.
pub(super) fn check(decoded: &Decoded, jwks: Option<&Jwks>, allowed: &[Algorithm]) -> Verdict {
    let algorithm = match algorithm(&decoded.header, allowed) {
        Ok(algorithm) => algorithm,
        Err(reason) => return Verdict::failed(reason),
    };
    let Some(jwks) = jwks else {
        return Verdict::skipped("no key set is available");
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
            return Err("the token has another type".to_owned());
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
        ([_, _, ..], None) => Err("the token does not name a key, and several fit".to_owned()),
        // Some servers list a key twice, or give two keys one id; each of them is the issuer's.
        ([_, ..], _) => Ok(usable),
        ([], Some(id)) if candidates.is_empty() => {
            Err(format!("the key set has no key {}", clean(id)))
        }
        ([], _) if fitting.is_empty() => {
            Err("the key set has no key of the token's kind".to_owned())
        }
        ([], _) => Err("the key is bound to another algorithm".to_owned()),
    }
}
