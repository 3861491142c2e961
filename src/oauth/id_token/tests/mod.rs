//! Tokens made for this run, and those that must pass.

mod refused;

use std::sync::LazyLock;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{EncodingKey, crypto, jwk::Jwk};
use serde_json::json;

use super::super::authorize::tests::metadata;
use super::super::issuer::Issuer;
use super::super::scripted::{self, Scripted};
use super::*;
use crate::clock::Seconds;
use crate::oauth::id_token::jwks::fetch_jwks;
use crate::secret::Secret;

const NOW: Seconds = 1_800_000_000;
const CLIENT: &str = "client-1";
const ACCESS: &str = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";

static ISSUER: LazyLock<Issuer> =
    LazyLock::new(|| Issuer::parse("https://portal.example").unwrap());
static ACCESS_TOKEN: LazyLock<Secret> = LazyLock::new(|| Secret::new(ACCESS.to_owned()));
static EVERY: LazyLock<Vec<Algorithm>> = LazyLock::new(|| {
    ALL.iter()
        .map(|(name, _)| Algorithm::parse(name).unwrap())
        .collect()
});

/// Every supported algorithm, and the id of its key.
const ALL: [(&str, &str); 10] = [
    ("RS256", "rsa"),
    ("RS384", "rsa"),
    ("RS512", "rsa"),
    ("PS256", "rsa"),
    ("PS384", "rsa"),
    ("PS512", "rsa"),
    ("ES256", "p256"),
    ("ES384", "p384"),
    ("EdDSA", "ed"),
    ("Ed25519", "ed"),
];

/// The keys of one issuer, made for this run.
struct Keys {
    rsa: EncodingKey,
    p256: EncodingKey,
    p384: EncodingKey,
    ed: EncodingKey,
}

/// Where the `RSAPrivateKey` of RFC 8017 begins in the `PrivateKeyInfo` of a key of 2048 bits (RFC 5958): behind the
/// version and the algorithm.
const RSA_2048_KEY_AT: usize = 26;

static KEYS: LazyLock<Keys> = LazyLock::new(Keys::make);
static OTHERS: LazyLock<Keys> = LazyLock::new(Keys::make);

impl Keys {
    fn make() -> Self {
        let rsa = KeyPair::generate(KeySize::Rsa2048)
            .unwrap()
            .as_der()
            .unwrap();
        let curve = |algorithm| {
            let pair = EcdsaKeyPair::generate(algorithm).unwrap();
            EncodingKey::from_ec_der(pair.to_pkcs8v1().unwrap().as_ref())
        };
        let ed = Ed25519KeyPair::generate().unwrap().to_pkcs8v1().unwrap();
        Self {
            rsa: EncodingKey::from_rsa_der(&rsa.as_ref()[RSA_2048_KEY_AT..]),
            p256: curve(&ECDSA_P256_SHA256_FIXED_SIGNING),
            p384: curve(&ECDSA_P384_SHA384_FIXED_SIGNING),
            ed: EncodingKey::from_ed_der(ed.as_ref()),
        }
    }

    fn of(&self, algorithm: Algorithm) -> &EncodingKey {
        match algorithm.as_str() {
            "ES256" => &self.p256,
            "ES384" => &self.p384,
            "EdDSA" | "Ed25519" => &self.ed,
            _ => &self.rsa,
        }
    }

    /// The public key for an algorithm as a JWK with an id.
    fn public(&self, algorithm: &str, id: &str) -> Value {
        let algorithm = Algorithm::parse(algorithm).unwrap();
        let jwk = Jwk::from_encoding_key(self.of(algorithm), algorithm.verifier()).unwrap();
        let mut jwk = serde_json::to_value(jwk).unwrap();
        jwk.as_object_mut().unwrap().remove("alg");
        jwk["kid"] = json!(id);
        jwk
    }
}

fn set(keys: &[Value]) -> Jwks {
    Jwks::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

fn jwks() -> Jwks {
    let public = |algorithm, id| KEYS.public(algorithm, id);
    set(&[
        public("RS256", "rsa"),
        public("ES256", "p256"),
        public("ES384", "p384"),
        public("EdDSA", "ed"),
        json!({"kty":"oct","kid":"shared","k":"c2VjcmV0"}),
        json!({"kty":"RSA","kid":"weak","n":URL_SAFE_NO_PAD.encode([0xff; 128]),"e":"AQAB"}),
        json!({"kty":"RSA","kid":"sealing","use":"enc","n":URL_SAFE_NO_PAD.encode([0xff; 256]),"e":"AQAB"}),
        json!({"kty":"RSA","kid":"bound","alg":"PS256","n":URL_SAFE_NO_PAD.encode([0xff; 256]),"e":"AQAB"}),
        json!({"kty":"RSA","kid":"twin","n":URL_SAFE_NO_PAD.encode([0xff; 256]),"e":"AQAB"}),
        json!({"kty":"RSA","kid":"twin","n":URL_SAFE_NO_PAD.encode([0xfd; 256]),"e":"AQAB"}),
    ])
}

fn expectations() -> Expectations<'static> {
    Expectations {
        issuer: &ISSUER,
        client_id: CLIENT,
        nonce: Some("n-1"),
        access_token: Some(&ACCESS_TOKEN),
        subject: Some("person-1"),
        now: NOW,
        clock_offset: None,
        algorithms: &EVERY,
        max_age: Some(300),
    }
}

/// The header and the claims of a token that passes with RS256.
fn good() -> (Value, Value) {
    let claims = json!({
        "iss": "https://portal.example",
        "aud": CLIENT,
        "sub": "person-1",
        "exp": NOW + 600,
        "iat": NOW - 5,
        "nbf": NOW - 5,
        "auth_time": NOW - 60,
        "nonce": "n-1",
        "at_hash": "77QmUPtjPfzWtF2AnpK9RQ",
    });
    (json!({"alg": "RS256", "kid": "rsa", "typ": "JWT"}), claims)
}

fn sign_texts(keys: &Keys, algorithm: &str, header: &str, claims: &str) -> String {
    let algorithm = Algorithm::parse(algorithm).unwrap();
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let signed = format!("{}.{}", encode(header), encode(claims));
    let signature = crypto::sign(signed.as_bytes(), keys.of(algorithm), algorithm.verifier());
    format!("{signed}.{}", signature.unwrap())
}

fn sign(algorithm: &str, header: &Value, claims: &Value) -> String {
    sign_texts(&KEYS, algorithm, &header.to_string(), &claims.to_string())
}

/// A good token after a change, signed with RS256 whatever its header says.
fn mutated(change: impl FnOnce(&mut Value, &mut Value)) -> String {
    let (mut header, mut claims) = good();
    change(&mut header, &mut claims);
    sign("RS256", &header, &claims)
}

fn failures(report: &IdTokenReport) -> Vec<(&'static str, String)> {
    let failed = |check: &Check| match &check.verdict {
        Verdict::Failed { reason } => Some((check.name, reason.clone())),
        _ => None,
    };
    report.checks.iter().filter_map(failed).collect()
}

#[test]
fn every_supported_algorithm_passes_with_its_own_at_hash() {
    for (algorithm, id) in ALL {
        let (mut header, mut claims) = good();
        header["alg"] = json!(algorithm);
        header["kid"] = json!(id);
        let hash = match &algorithm[2..] {
            "256" => &aws_lc_rs::digest::SHA256,
            "384" => &aws_lc_rs::digest::SHA384,
            _ => &aws_lc_rs::digest::SHA512,
        };
        let hash = aws_lc_rs::digest::digest(hash, ACCESS.as_bytes());
        let half = &hash.as_ref()[..hash.as_ref().len() / 2];
        claims["at_hash"] = json!(URL_SAFE_NO_PAD.encode(half));
        let token = sign(algorithm, &header, &claims);
        let report = verify(&token, Some(&jwks()), &expectations()).unwrap();
        assert_eq!(failures(&report), [], "{algorithm}");
        report.require().unwrap();
        assert_eq!(report.claim("sub"), Some("person-1"));
    }
}

#[test]
fn at_hash_is_the_one_of_the_oidc_core_example() {
    // OIDC Core appendix A.3 prints the access token and the hash used here.
    let report = verify(&mutated(|_, _| {}), Some(&jwks()), &expectations()).unwrap();
    assert_eq!(report.verdict("at_hash"), Some(&Verdict::Passed));
}

#[test]
fn clocks_may_differ_by_a_minute_and_fractions_are_legal() {
    let changes: &[fn(&mut Value, &mut Value)] = &[
        |_, c| {
            c["exp"] = json!(NOW - 59);
            c["iat"] = json!(NOW - 600);
        },
        |_, c| c["iat"] = json!(NOW + 60),
        |_, c| c["nbf"] = json!(NOW + 60),
        |_, c| c["exp"] = json!(1_800_000_600.75),
        |_, c| c["exp"] = json!(1e300),
        |_, c| c["exp"] = json!(u64::MAX),
        |_, c| c["iat"] = json!(i64::MIN),
        |_, c| c["aud"] = json!([CLIENT]),
        |_, c| c["azp"] = json!(CLIENT),
        |_, c| {
            c["aud"] = json!(["client-2", CLIENT]);
            c["azp"] = json!(CLIENT);
        },
        |h, _| drop(h.as_object_mut().unwrap().remove("typ")),
    ];
    for (index, change) in changes.iter().enumerate() {
        let report = verify(&mutated(*change), Some(&jwks()), &expectations()).unwrap();
        assert_eq!(failures(&report), [], "{index}");
    }
}

#[test]
fn a_measured_clock_offset_is_named_where_time_is_the_reason() {
    for (offset, words) in [
        (Some(-3600), "this machine's clock is 1h ahead"),
        (Some(3600), "this machine's clock is 1h behind"),
        (Some(7229), "this machine's clock is 2h behind"),
        (Some(-7171), "this machine's clock is 2h ahead"),
        (Some(-1799), "this machine's clock is 29m 59s ahead"),
    ] {
        let expected = Expectations {
            clock_offset: offset,
            ..expectations()
        };
        let token = mutated(|_, c| c["exp"] = json!(NOW - 3000));
        let report = verify(&token, Some(&jwks()), &expected).unwrap();
        assert!(report.failure().unwrap().1.contains(words));
        let token = mutated(|_, c| c["iss"] = json!("x"));
        let report = verify(&token, Some(&jwks()), &expected).unwrap();
        assert!(!report.failure().unwrap().1.contains("clock"));
    }
}

#[test]
fn what_cannot_be_checked_is_skipped_with_its_reason_and_never_counts_as_passed() {
    let unknown = Expectations {
        nonce: None,
        access_token: None,
        subject: None,
        max_age: None,
        ..expectations()
    };
    let token = mutated(|_, c| {
        for name in ["nbf", "nonce", "at_hash", "auth_time"] {
            drop(c.as_object_mut().unwrap().remove(name));
        }
    });
    let report = verify(&token, None, &unknown).unwrap();
    let skipped: Vec<_> = report
        .checks
        .iter()
        .filter(|check| matches!(check.verdict, Verdict::Skipped { .. }))
        .map(|check| check.name)
        .collect();
    assert_eq!(skipped, ["signature", "azp", "nbf", "nonce", "at_hash"]);
    assert_eq!(report.failure(), None);
    assert!(
        report.require().is_err(),
        "an unchecked signature is no signature"
    );
    let shown = serde_json::to_value(&report.checks[..2]).unwrap();
    assert_eq!(
        shown,
        json!([
            {"name": "signature", "verdict": "skipped", "reason": "no key set is available"},
            {"name": "iss", "verdict": "passed"},
        ])
    );
}

#[test]
fn a_token_without_key_id_needs_exactly_one_fitting_key() {
    let token = mutated(|h, _| drop(h.as_object_mut().unwrap().remove("kid")));
    let rsa = KEYS.public("RS256", "any");
    let curve = KEYS.public("ES256", "other");
    let mut bound = OTHERS.public("RS256", "third");
    bound["alg"] = json!("RS512");
    let verdict = |keys: &[Value]| {
        let report = verify(&token, Some(&set(keys)), &expectations()).unwrap();
        failures(&report)
    };
    assert_eq!(verdict(&[rsa.clone(), curve.clone(), bound]), []);
    assert!(
        verdict(&[rsa, OTHERS.public("RS256", "b")])[0]
            .1
            .contains("several fit")
    );
    assert!(
        verdict(&[curve])[0]
            .1
            .contains("no key of the token's kind")
    );
    assert!(verdict(&[])[0].1.contains("no key"));
}

#[test]
fn only_announced_algorithms_are_allowed() {
    let of = |list: &str| {
        let extra = format!(r#","id_token_signing_alg_values_supported":{list}"#);
        Algorithm::allowed(&metadata(&extra))
    };
    assert_eq!(
        of(r#"["ES256","none","HS256","PS256"]"#),
        [Algorithm::ES256, Algorithm::PS256]
    );
    assert_eq!(of(r#"["none"]"#), []);
    assert_eq!(of("[]"), [Algorithm::RS256]);
    let expected = Expectations {
        algorithms: &[Algorithm::ES256],
        ..expectations()
    };
    let report = verify(&mutated(|_, _| {}), Some(&jwks()), &expected).unwrap();
    assert!(report.failure().unwrap().1.contains("RS256 is not allowed"));
}

/// A token whose issuer is a scripted server, and what that server expects of it.
fn token_of(issuer: &Issuer) -> (String, Expectations<'_>) {
    let expected = Expectations {
        issuer,
        ..expectations()
    };
    (mutated(|_, claims| claims["iss"] = json!(issuer)), expected)
}

#[tokio::test]
async fn an_unknown_key_fetches_the_key_set_once() {
    let old = set(&[OTHERS.public("RS256", "last-year")]);
    for cached in [None, Some(&old)] {
        let fresh = scripted::json(std::str::from_utf8(jwks().as_bytes()).unwrap());
        let Scripted {
            metadata,
            http,
            server,
        } = Scripted::serve(&[&fresh]).await;
        let (token, expected) = token_of(&metadata.issuer);
        let (report, fetched) = verify_or_refetch(
            fetch_jwks(&http, &scripted::once(), &metadata),
            cached,
            &token,
            &expected,
        )
        .await
        .unwrap();
        report.require().unwrap();
        assert_eq!(fetched.unwrap().as_bytes(), jwks().as_bytes());
        assert_eq!(server.await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_known_key_asks_nobody_and_a_key_unknown_after_all_is_refused() {
    let unknown = scripted::json(r#"{"keys":[]}"#);
    let Scripted {
        metadata,
        http,
        server,
    } = Scripted::serve(&[&unknown]).await;
    let (token, expected) = token_of(&metadata.issuer);
    let verified = verify_or_refetch(
        fetch_jwks(&http, &scripted::once(), &metadata),
        Some(&jwks()),
        &token,
        &expected,
    )
    .await;
    let (report, fetched) = verified.unwrap();
    report.require().unwrap();
    assert!(fetched.is_none() && !server.is_finished());
    let (report, _) = verify_or_refetch(
        fetch_jwks(&http, &scripted::once(), &metadata),
        None,
        &token,
        &expected,
    )
    .await
    .unwrap();
    assert!(
        report
            .require()
            .unwrap_err()
            .to_string()
            .contains("has no key rsa")
    );
    server.await.unwrap();
}

#[tokio::test]
async fn a_broken_key_set_is_no_verdict() {
    for answer in [
        scripted::json("{}"),
        scripted::json("<html>"),
        String::from("HTTP/1.1 500 x\r\n\r\n"),
    ] {
        let Scripted { metadata, http, .. } = Scripted::serve(&[&answer]).await;
        let (token, expected) = token_of(&metadata.issuer);
        let verified = verify_or_refetch(
            fetch_jwks(&http, &scripted::once(), &metadata),
            None,
            &token,
            &expected,
        )
        .await;
        assert!(matches!(
            verified,
            Err(Error::KeySet { .. } | Error::Unexpected { .. })
        ));
    }
}
