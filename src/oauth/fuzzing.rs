//! What the fuzzer feeds: the parsers of this layer, each with what must hold whatever comes.
//!
//! Compiled for `fuzz/` only. It must not weaken a check: it calls what the program calls.

use std::sync::LazyLock;

use crate::http::HeaderMap;
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm as Signer, EncodingKey, crypto};
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use super::answer;
use super::authorize::{Authorization, Params, State};
use super::callback;
use super::device::{self, PollInterval};
use super::discovery::{Fixed, Metadata};
use super::id_token::{self, Algorithm, Expectations};
use super::issuer::Issuer;
use super::quirks::ProviderQuirks;
use super::token;
use crate::http::Response;
use crate::oauth::authorize::redirect::RedirectUri;
use crate::oauth::callback::paste;
use crate::oauth::id_token::jwks::Jwks;

const CLIENT: &str = "client-1";
const NONCE: &str = "n-1";
const NOW: i64 = 1_800_000_000;

static ISSUER: LazyLock<Issuer> =
    LazyLock::new(|| Issuer::parse("https://portal.example").expect("it is a good issuer"));
static LOGIN: LazyLock<(Authorization, Metadata)> = LazyLock::new(|| {
    let paths = Fixed {
        authorization: "/authorize",
        token: "/token",
        userinfo: "/userinfo",
        quirks: ProviderQuirks::default(),
    };
    let metadata = Metadata::fixed(&ISSUER, &paths);
    let uri = RedirectUri::parse("http://127.0.0.1:8736/callback").expect("it is a good URI");
    let params = Params::new(CLIENT, "openid");
    let login = Authorization::begin(&metadata, &params, &uri);
    (login.expect("the system has randomness"), metadata)
});
static STATE: LazyLock<State> =
    LazyLock::new(|| State::generate().expect("the system has randomness"));

/// A callback's parameters, in which `STATE` stands for the right state. Whatever is accepted
/// has that state once, and a code or an error once.
pub fn callback(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).replace("STATE", STATE.text());
    if callback::read(&text, &STATE).is_err() {
        return;
    }
    let pairs: Vec<_> = form_urlencoded::parse(text.as_bytes()).collect();
    let count = |name: &str| pairs.iter().filter(|(known, _)| known == name).count();
    let is_state = |(name, value): &(_, _)| name == "state" && value == STATE.text();
    assert_eq!(count("state"), 1);
    assert!(pairs.iter().any(is_state));
    assert_eq!(count("code") + count("error"), 1);
    assert!(count("iss") <= 1);
}

/// A paste, in which `STATE` stands for the right state. Whatever is accepted has that state.
pub fn pasted(bytes: &[u8]) {
    let (login, metadata) = &*LOGIN;
    let state = login.state().text();
    let text = String::from_utf8_lossy(bytes).replace("STATE", state);
    if login.accept_pasted(&text, metadata).is_ok() {
        assert!(paste::readings(&text).any(|reading| reading.contains(state)));
    }
}

/// The answer of the device authorization endpoint. Whatever is accepted sends a person to a safe
/// page, and a terminal nothing that steers it.
pub fn device_authorization(bytes: &[u8]) {
    let Ok(device) = device::read(&ISSUER, bytes) else {
        return;
    };
    for page in [&device.verification_uri, device.address()] {
        assert!(page.scheme() == "https" && page.username().is_empty());
        assert_eq!(page.origin(), device.verification_uri.origin());
        assert!(page.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
    }
    assert!(!device.user_code.is_empty() && !device.user_code.chars().any(char::is_control));
    assert!(!device.expires_in.is_zero() && PollInterval::of(&device).pause().as_secs() > 0);
    let is_elsewhere = !ISSUER.is_same_origin(&device.verification_uri);
    assert_eq!(device.elsewhere().is_some(), is_elsewhere);
}

/// A discovery document. Whatever is accepted names the issuer and stays on its origin.
pub fn discovery(bytes: &[u8]) {
    let Ok(metadata) = Metadata::parse(&ISSUER, bytes) else {
        return;
    };
    assert_eq!(metadata.issuer, *ISSUER);
    for endpoint in [
        Some(&metadata.authorization_endpoint),
        Some(&metadata.token_endpoint),
        metadata.jwks_uri.as_ref(),
        metadata.userinfo_endpoint.as_ref(),
        metadata.revocation_endpoint.as_ref(),
        metadata.introspection_endpoint.as_ref(),
        metadata.device_authorization_endpoint.as_ref(),
    ]
    .into_iter()
    .flatten()
    {
        assert!(ISSUER.is_same_origin(endpoint) && endpoint.scheme() == "https");
    }
}

/// A key set.
pub fn jwks(bytes: &[u8]) {
    drop(Jwks::parse(bytes));
}

/// A token answer: the first byte chooses status and media type. Whatever is accepted has tokens
/// that a header can carry.
pub fn token_answer(bytes: &[u8]) {
    let Some((&kind, body)) = bytes.split_first() else {
        return;
    };
    let mut headers = HeaderMap::new();
    let media_type = ["application/json", "text/html", "text/plain"].get(usize::from(kind & 3));
    if let Some(media_type) = media_type {
        headers.insert("content-type", media_type.parse().expect("it is a value"));
    }
    let status = [200, 400, 401, 429, 500, 302, 201, 204][usize::from(kind >> 5)];
    let given = Response {
        status,
        headers,
        body: body.to_vec(),
    };
    let url = Url::parse("https://portal.example/api/oauth/token").expect("it is a URL");
    let read = answer::require_json(&url, &given).and_then(|()| token::read(&given, NOW));
    let Ok(tokens) = read else { return };
    for token in [
        Some(&tokens.access_token),
        tokens.refresh_token.as_ref(),
        tokens.id_token.as_ref(),
    ]
    .into_iter()
    .flatten()
    {
        let text = token.expose();
        assert!(!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()));
    }
    assert!(tokens.expires_in.is_none_or(|seconds| seconds > 0));
}

struct Key {
    signing: EncodingKey,
    jwks: Jwks,
}

static KEY: LazyLock<Key> = LazyLock::new(|| {
    let pair = Ed25519KeyPair::generate().and_then(|pair| pair.to_pkcs8v1());
    let pair = pair.expect("the system has randomness");
    let signing = EncodingKey::from_ed_der(pair.as_ref());
    let public = Jwk::from_encoding_key(&signing, Signer::EdDSA).expect("it is a key");
    let mut public = serde_json::to_value(public).expect("a key becomes JSON");
    public["kid"] = json!("ed");
    let set = json!({ "keys": [public] }).to_string();
    let jwks = Jwks::parse(set.as_bytes()).expect("it is a key set");
    Key { signing, jwks }
});

static ALGORITHMS: LazyLock<Vec<Algorithm>> = LazyLock::new(|| {
    ["RS256", "EdDSA"]
        .into_iter()
        .filter_map(Algorithm::parse)
        .collect()
});

/// An ID token: header and claims on either side of the first line break, signed here with the
/// issuer's key; without a line break the token as it is, which cannot be a signed one. Whatever
/// is accepted is for this client, from this issuer, for this login, and alive.
pub fn id_token(bytes: &[u8]) {
    let expectations = Expectations {
        issuer: &ISSUER,
        client_id: CLIENT,
        nonce: Some(NONCE),
        access_token: None,
        subject: Some("person-1"),
        now: NOW,
        clock_offset: None,
        algorithms: &ALGORITHMS,
        max_age: None,
    };
    let middle = bytes.iter().position(|byte| *byte == b'\n');
    let Some(middle) = middle else {
        let text = String::from_utf8_lossy(bytes);
        let report = id_token::verify(&text, Some(&KEY.jwks), &expectations);
        assert!(report.is_err() || report.is_ok_and(|report| report.require().is_err()));
        return;
    };
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let input = format!("{}.{}", part(&bytes[..middle]), part(&bytes[middle + 1..]));
    let Ok(signature) = crypto::sign(input.as_bytes(), &KEY.signing, Signer::EdDSA) else {
        return;
    };
    let token = format!("{input}.{signature}");
    let Ok(report) = id_token::verify(&token, Some(&KEY.jwks), &expectations) else {
        return;
    };
    if report.require().is_err() {
        return;
    }
    assert_eq!(report.claim("iss"), Some("https://portal.example"));
    assert_eq!(report.claim("nonce"), Some(NONCE));
    assert_eq!(report.claim("sub"), Some("person-1"));
    let audience = &report.claims["aud"];
    let is_client = |value: &Value| value == CLIENT;
    assert!(
        is_client(audience)
            || audience
                .as_array()
                .is_some_and(|all| all.iter().any(is_client))
    );
    let expiry = report.claims["exp"].as_f64().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "the moment is a small number")]
    let now = NOW as f64;
    assert!(expiry > now - 61.0);
}
