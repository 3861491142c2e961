//! ID tokens that are spoiled on purpose: each for exactly one reason, by an independent library.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::Value;
use sha2::Digest as _;

use super::world::{Tokens, World, options};
use crate::Options;

/// A sandbox whose tokens hash with SHA-256.
async fn world() -> World {
    World::with(Options {
        auto_approve: Some(String::new()),
        signing: crate::Algorithm::Es256,
        ..options()
    })
    .await
}

async fn spoiled(world: &World, defect: &str) -> Tokens {
    let rule = format!("id_token:{defect}*1");
    world.sandbox.add_fault(rule.parse().unwrap());
    let tokens = world.login(&[]).await;
    let event = world.sandbox.request_log().pop().unwrap();
    assert_eq!(event.fault.as_deref(), Some(rule.as_str()));
    tokens
}

/// Header or claims, without a look at the signature.
fn part(token: &str, index: usize) -> Value {
    let text = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

/// What is wrong with a token's signature, `aud`, `iss` or `exp`, if anything is.
async fn verdict(world: &World, token: &str) -> Result<Value, ErrorKind> {
    let set = world.get("/api/oauth/.well-known/jwks.json").await;
    let set: JwkSet = serde_json::from_str(&set.text).unwrap();
    let key = DecodingKey::from_jwk(&set.keys[0]).unwrap();
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_audience(&["sandbox-cli"]);
    validation.set_issuer(&[world.sandbox.url()]);
    match decode::<Value>(token, &key, &validation) {
        Ok(token) => Ok(token.claims),
        Err(error) => Err(error.into_kind()),
    }
}

#[tokio::test]
async fn what_a_library_checks_is_refused_by_it_for_its_own_reason() {
    let world = world().await;
    let cases = [
        ("bad-signature", ErrorKind::InvalidSignature),
        ("wrong-aud", ErrorKind::InvalidAudience),
        ("wrong-iss", ErrorKind::InvalidIssuer),
        ("expired", ErrorKind::ExpiredSignature),
        ("hs256", ErrorKind::InvalidAlgorithm),
    ];
    for (defect, reason) in cases {
        let tokens = spoiled(&world, defect).await;
        let verdict = verdict(&world, tokens.field("id_token")).await;
        assert_eq!(verdict, Err(reason), "{defect}");
    }
    let sound = world.login(&[]).await;
    assert!(verdict(&world, sound.field("id_token")).await.is_ok());
}

#[tokio::test]
async fn what_a_client_checks_is_wrong_in_a_token_that_is_signed_as_it_should() {
    let world = world().await;
    let sound = world.login(&[]).await;
    let sound = part(sound.field("id_token"), 1);
    for (defect, name) in [("bad-nonce", "nonce"), ("wrong-sub", "sub")] {
        let tokens = spoiled(&world, defect).await;
        let claims = verdict(&world, tokens.field("id_token")).await.unwrap();
        assert_ne!(claims[name], sound[name], "{defect}");
    }
    let tokens = spoiled(&world, "bad-at-hash").await;
    let claims = verdict(&world, tokens.field("id_token")).await.unwrap();
    let hash = sha2::Sha256::digest(tokens.access().as_bytes());
    assert!(claims["at_hash"].is_string());
    assert_ne!(claims["at_hash"], URL_SAFE_NO_PAD.encode(&hash[..16]));
}

#[tokio::test]
async fn headers_can_name_a_key_that_is_not_there_or_no_algorithm_at_all() {
    let world = world().await;
    let tokens = spoiled(&world, "unknown-kid").await;
    let header = decode_header(tokens.field("id_token")).unwrap();
    let set = world.get("/api/oauth/.well-known/jwks.json").await.json();
    assert_ne!(set["keys"][0]["kid"], header.kid.unwrap());
    let tokens = spoiled(&world, "none-alg").await;
    let token = tokens.field("id_token");
    assert_eq!(part(token, 0)["alg"], "none");
    assert!(token.ends_with('.'), "without a signature");
    let tokens = spoiled(&world, "missing").await;
    assert!(tokens.0.get("id_token").is_none());
}
