//! The checks of the claims, one function each (OIDC Core §3.1.3.7 and §12.2).

use std::time::Duration;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use subtle::ConstantTimeEq as _;

use crate::clock::Seconds;

use super::super::server_text::clean;
use super::algorithm::Algorithm;
use super::claims::{audiences, moment, text};
use super::decode::Decoded;
use super::verdict::{Check, Expectations, Verdict};

/// How far two clocks may differ, in seconds.
const LEEWAY: Seconds = 60;

type Claims = Map<String, Value>;

/// Checks every claim, in the order of the report.
pub(super) fn claims(decoded: &Decoded, expected: &Expectations<'_>) -> Vec<Check> {
    let claims = &decoded.claims;
    let mut outcomes = vec![
        ("iss", issuer(claims, expected)),
        ("aud", audience(claims, expected)),
        ("azp", authorized_party(claims, expected)),
        ("exp", expiry(claims, expected)),
        ("nbf", not_before(claims, expected)),
        ("iat", issued_at(claims, expected)),
        ("nonce", nonce(claims, expected)),
        ("at_hash", access_token_hash(decoded, expected)),
        ("sub", subject(claims, expected)),
    ];
    if let Some(max_age) = expected.max_age {
        outcomes.push(("auth_time", authentication_time(claims, expected, max_age)));
    }
    outcomes
        .into_iter()
        .map(|(name, outcome)| Check {
            name,
            verdict: outcome.unwrap_or_else(Verdict::failed),
        })
        .collect()
}

fn issuer(claims: &Claims, expected: &Expectations<'_>) -> Result<Verdict, String> {
    let found = text(claims, "iss")?.ok_or("it is absent")?;
    require(found == expected.issuer.exact(), || {
        format!("it is {}, not {}", clean(found), expected.issuer.exact())
    })
}

fn audience(claims: &Claims, expected: &Expectations<'_>) -> Result<Verdict, String> {
    let found = audiences(claims)?;
    require(found.contains(&expected.client_id), || {
        format!("it does not name {}", clean(expected.client_id))
    })
}

/// Required to be the client when present, and required to be present beside several audiences.
fn authorized_party(claims: &Claims, expected: &Expectations<'_>) -> Result<Verdict, String> {
    let several = audiences(claims).is_ok_and(|found| found.len() > 1);
    match text(claims, "azp")? {
        Some(found) => require(found == expected.client_id, || {
            format!("it is {}, not {}", clean(found), clean(expected.client_id))
        }),
        None if several => Err("it is absent although there are several audiences".to_owned()),
        None => Ok(Verdict::skipped("not needed with a single audience")),
    }
}

fn expiry(claims: &Claims, expected: &Expectations<'_>) -> Result<Verdict, String> {
    let end = moment(claims, "exp")?.ok_or("it is absent")?;
    let late = expected.now.saturating_sub(end);
    require(late < LEEWAY, || {
        with_skew(format!("it passed {late} s ago"), expected)
    })
}

fn not_before(claims: &Claims, expected: &Expectations<'_>) -> Result<Verdict, String> {
    let Some(start) = moment(claims, "nbf")? else {
        return Ok(Verdict::skipped("absent"));
    };
    let early = start.saturating_sub(expected.now);
    require(early <= LEEWAY, || {
        with_skew(format!("it is {early} s in the future"), expected)
    })
}

fn issued_at(claims: &Claims, expected: &Expectations<'_>) -> Result<Verdict, String> {
    let issued = moment(claims, "iat")?.ok_or("it is absent")?;
    let early = issued.saturating_sub(expected.now);
    require(early <= LEEWAY, || {
        with_skew(format!("it is {early} s in the future"), expected)
    })
}

fn nonce(claims: &Claims, expected: &Expectations<'_>) -> Result<Verdict, String> {
    let found = text(claims, "nonce")?;
    let Some(nonce) = expected.nonce else {
        return Ok(Verdict::skipped("the nonce of the login is unknown"));
    };
    let found = found.ok_or("it is absent")?;
    let same = bool::from(found.as_bytes().ct_eq(nonce.as_bytes()));
    require(same, || "it belongs to another login".to_owned())
}

/// OIDC Core §3.1.3.6: the left half of the hash that the algorithm uses.
fn access_token_hash(decoded: &Decoded, expected: &Expectations<'_>) -> Result<Verdict, String> {
    let found = text(&decoded.claims, "at_hash")?;
    let Some(token) = expected.access_token else {
        return Ok(Verdict::skipped("no access token was issued with it"));
    };
    let Some(found) = found else {
        return Ok(Verdict::skipped("absent"));
    };
    let name = decoded
        .header
        .get("alg")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let Some(algorithm) = Algorithm::parse(name) else {
        return Ok(Verdict::skipped("the hash of the algorithm is unknown"));
    };
    let hash = digest::digest(hash_of(algorithm), token.expose().as_bytes());
    let (left, _) = hash.as_ref().split_at(hash.as_ref().len() / 2);
    require(found == URL_SAFE_NO_PAD.encode(left), || {
        "it belongs to another access token".to_owned()
    })
}

fn hash_of(algorithm: Algorithm) -> &'static digest::Algorithm {
    match algorithm {
        Algorithm::RS256 | Algorithm::PS256 | Algorithm::ES256 => &digest::SHA256,
        Algorithm::RS384 | Algorithm::PS384 | Algorithm::ES384 => &digest::SHA384,
        // RFC 8032 §5.1: Ed25519 hashes with SHA-512.
        Algorithm::RS512 | Algorithm::PS512 | Algorithm::EdDSA | Algorithm::Ed25519 => {
            &digest::SHA512
        }
    }
}

/// At most 255 ASCII characters (OIDC Core §2), and the same as before on refresh.
fn subject(claims: &Claims, expected: &Expectations<'_>) -> Result<Verdict, String> {
    let found = text(claims, "sub")?.ok_or("it is absent")?;
    let allowed = found.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    if found.is_empty() || found.len() > 255 || !allowed {
        return Err("it is not 1 to 255 visible ASCII characters".to_owned());
    }
    match expected.subject {
        Some(subject) => require(found == subject, || "it is a different person".to_owned()),
        None => Ok(Verdict::Passed),
    }
}

fn authentication_time(
    claims: &Claims,
    expected: &Expectations<'_>,
    max_age: u64,
) -> Result<Verdict, String> {
    let moment =
        moment(claims, "auth_time")?.ok_or("it is absent although a maximum age was requested")?;
    let age = expected.now.saturating_sub(moment);
    let limit = Seconds::try_from(max_age).unwrap_or(Seconds::MAX);
    require(age <= limit.saturating_add(LEEWAY), || {
        with_skew(
            format!("it was {age} s ago, more than {max_age} s"),
            expected,
        )
    })
}

fn require(holds: bool, reason: impl FnOnce() -> String) -> Result<Verdict, String> {
    if holds {
        Ok(Verdict::Passed)
    } else {
        Err(reason())
    }
}

/// How far this machine's clock is behind the server's, where that is measured and too much.
pub(super) fn skew(expected: &Expectations<'_>) -> Option<Seconds> {
    let is_too_much = |offset: &Seconds| !(-LEEWAY..=LEEWAY).contains(offset);
    expected.clock_offset.filter(is_too_much)
}

/// Names a measured difference of the clocks: it is the likely cause.
fn with_skew(reason: String, expected: &Expectations<'_>) -> String {
    let Some(offset) = skew(expected) else {
        return reason;
    };
    let amount = humantime::format_duration(rounded(offset.unsigned_abs()));
    let side = if offset > 0 { "behind" } else { "ahead of" };
    format!("{reason}; this machine's clock is {amount} {side} the server's")
}

/// To the minute from an hour on: how long the answer was on its way is no part of the difference.
fn rounded(seconds: u64) -> Duration {
    let minutes = (seconds + 30) / 60;
    Duration::from_secs(if minutes < 60 { seconds } else { minutes * 60 })
}
