//! The ID token: decoding, verification, and a verdict for each check (OIDC Core
//! §3.1.3.7, RFC 7519, RFC 7515).
//!
//! Header and claims are read strictly here; `jsonwebtoken` only checks the signature. No key is
//! ever taken from the token itself, and neither `none` nor a symmetric algorithm exists.

pub(in crate::oauth) mod jwks;

mod algorithm;
mod checks;
mod claims;
mod decode;
mod signature;
mod verdict;

#[cfg(test)]
mod tests;

use serde::Serialize;
use serde_json::{Map, Value};

use super::error::Error;
use crate::oauth::id_token::jwks::Jwks;

pub(crate) use self::algorithm::Algorithm;
pub(crate) use self::decode::{Decoded, Malformed, decode};
pub(crate) use self::verdict::{Check, Expectations, Verdict};

/// Every check of one token, in a fixed order.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct IdTokenReport {
    pub checks: Vec<Check>,
    /// The decoded header.
    pub header: Map<String, Value>,
    /// The decoded claims.
    pub claims: Map<String, Value>,
    /// Whether this machine's clock is known to be wrong.
    #[serde(skip)]
    clock_is_wrong: bool,
}

impl IdTokenReport {
    /// The first failed check and its reason.
    pub(crate) fn failure(&self) -> Option<(&'static str, &str)> {
        self.checks.iter().find_map(|check| match &check.verdict {
            Verdict::Failed { reason } => Some((check.name, reason.as_str())),
            _ => None,
        })
    }

    /// Requires that nothing failed and that the signature was checked and holds.
    pub(crate) fn require(&self) -> Result<(), Error> {
        let refused = |check, reason: &str| Error::IdTokenRefused {
            check,
            reason: reason.to_owned(),
            is_clock: self.clock_is_wrong && ["exp", "nbf", "iat", "auth_time"].contains(&check),
        };
        if let Some((check, reason)) = self.failure() {
            return Err(refused(check, reason));
        }
        match self.verdict("signature") {
            Some(Verdict::Passed) => Ok(()),
            _ => Err(refused("signature", "it was not checked")),
        }
    }

    /// The verdict of one check.
    pub(crate) fn verdict(&self, name: &str) -> Option<&Verdict> {
        let check = self.checks.iter().find(|check| check.name == name)?;
        Some(&check.verdict)
    }

    /// A claim as text.
    pub(crate) fn claim(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }
}

/// Verifies a token. Without a key set the signature is skipped.
pub(crate) fn verify(
    token: &str,
    jwks: Option<&Jwks>,
    expectations: &Expectations<'_>,
) -> Result<IdTokenReport, Malformed> {
    Ok(report(decode(token)?, jwks, expectations))
}

/// Verifies a token against cached keys, and fetches the key set once when there is none, when it
/// does not know the token's key, or when the signature does not fit: keys are rotated (docs/portal.md, "JWKS").
///
/// The report says what was found, failed checks included; [`IdTokenReport::require`] decides. The key
/// set is given back when it was fetched.
pub(crate) async fn verify_or_refetch(
    fetch: impl Future<Output = Result<Jwks, Error>>,
    cached: Option<&Jwks>,
    token: &str,
    expectations: &Expectations<'_>,
) -> Result<(IdTokenReport, Option<Jwks>), Error> {
    let decoded = decode(token)?;
    if let Some(jwks) = cached
        && signature::knows_key(&decoded, jwks)
    {
        let report = report(decoded.clone(), Some(jwks), expectations);
        // A key can be replaced by another of the same name.
        if !matches!(report.verdict("signature"), Some(Verdict::Failed { .. })) {
            return Ok((report, None));
        }
    }
    let fresh = fetch.await?;
    Ok((report(decoded, Some(&fresh), expectations), Some(fresh)))
}

fn report(decoded: Decoded, jwks: Option<&Jwks>, expectations: &Expectations<'_>) -> IdTokenReport {
    let mut checks = vec![Check {
        name: "signature",
        verdict: signature::check(&decoded, jwks, expectations.algorithms),
    }];
    checks.extend(checks::claims(&decoded, expectations));
    IdTokenReport {
        checks,
        header: decoded.header,
        claims: decoded.claims,
        clock_is_wrong: checks::skew(expectations).is_some(),
    }
}
