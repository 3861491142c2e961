//! What is inside the tokens, and that they verify with an independent library.

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};

use super::world::{Tokens, World, options};
use crate::{Algorithm, Options};

pub(super) async fn claims(world: &World, token: &str, audience: &str) -> Value {
    let set = world.get("/api/oauth/.well-known/jwks.json").await;
    let set: JwkSet = serde_json::from_str(&set.text).unwrap();
    let header = decode_header(token).unwrap();
    let key = set.find(header.kid.as_deref().unwrap()).unwrap();
    let mut validation = Validation::new(header.alg);
    validation.set_audience(&[audience]);
    validation.set_issuer(&[world.sandbox.url()]);
    let key = DecodingKey::from_jwk(key).unwrap();
    decode::<Value>(token, &key, &validation).unwrap().claims
}

#[tokio::test]
async fn tokens_of_each_algorithm_verify_against_the_key_set() {
    let all = [
        Algorithm::Rs256,
        Algorithm::Ps256,
        Algorithm::Es256,
        Algorithm::EdDsa,
    ];
    for signing in all {
        let world = World::with(Options {
            auto_approve: Some(String::new()),
            signing,
            ..options()
        })
        .await;
        let tokens = world.login(&[]).await;
        let id = claims(&world, tokens.field("id_token"), "sandbox-cli").await;
        assert_eq!(id["nonce"], "the-nonce");
        let access = claims(&world, tokens.access(), world.sandbox.url()).await;
        assert_eq!(access["client_id"], "sandbox-cli");
        assert_eq!(access["sub"], id["sub"]);
        let document = world.get("/.well-known/openid-configuration").await.json();
        let listed = &document["id_token_signing_alg_values_supported"];
        assert_eq!(*listed, serde_json::json!([signing.as_str()]));
    }
}

#[tokio::test]
async fn an_id_token_carries_the_claims_of_its_scopes() {
    let world = World::approving().await;
    let bare = world.login(&[("scope", "openid offline_access")]).await;
    let bare = claims(&world, bare.field("id_token"), "sandbox-cli").await;
    assert!(bare.get("name").is_none() && bare.get("email").is_none());
    assert_eq!(
        bare["exp"].as_i64().unwrap() - bare["iat"].as_i64().unwrap(),
        3600
    );
    let full = world.login(&[]).await;
    let full = claims(&world, full.field("id_token"), "sandbox-cli").await;
    assert_eq!(full["name"], "Amara Okafor-Lindström");
    assert_eq!(full["email_verified"], true);
}

#[tokio::test]
async fn at_hash_is_the_left_half_of_the_access_tokens_hash() {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use sha2::Digest as _;

    let world = World::with(Options {
        auto_approve: Some(String::new()),
        signing: Algorithm::Es256,
        ..options()
    })
    .await;
    let tokens = world.login(&[]).await;
    let id = claims(&world, tokens.field("id_token"), "sandbox-cli").await;
    let hash = sha2::Sha256::digest(tokens.access().as_bytes());
    assert_eq!(id["at_hash"], URL_SAFE_NO_PAD.encode(&hash[..16]));
}

#[tokio::test]
async fn a_refreshed_id_token_keeps_auth_time_and_has_no_nonce() {
    let world = World::approving().await;
    let first = world.login(&[]).await;
    let before = claims(&world, first.field("id_token"), "sandbox-cli").await;
    world.sandbox.advance_clock(90);
    let second = Tokens(world.refresh(first.refresh()).await.json());
    let after = claims(&world, second.field("id_token"), "sandbox-cli").await;
    assert_eq!(after["auth_time"], before["auth_time"]);
    assert_eq!(after["sub"], before["sub"]);
    assert!(after["iat"].as_i64() > before["iat"].as_i64());
    assert!(before.get("nonce").is_some() && after.get("nonce").is_none());
}

#[tokio::test]
async fn a_key_that_was_kept_stays_beside_the_new_one() {
    let world = World::approving().await;
    let first = world.login(&[]).await;
    let kept = json!({ "keep_old": true });
    let rotated = super::control::steer(&world, "/sandbox/rotate-key", kept).await;
    assert_eq!(rotated.status, 200);
    let both = world.get("/.well-known/jwks.json").await.json();
    let kids: Vec<_> = both["keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| key["kid"].clone())
        .collect();
    let old = decode_header(first.field("id_token")).unwrap().kid.unwrap();
    assert_eq!(kids, [old.into(), rotated.json()["kid"].clone()]);
    claims(&world, first.field("id_token"), "sandbox-cli").await;
    let new = Tokens(world.refresh(first.refresh()).await.json());
    claims(&world, new.field("id_token"), "sandbox-cli").await;
    let malformed = json!({ "keep": true });
    let malformed = super::control::steer(&world, "/sandbox/rotate-key", malformed).await;
    assert_eq!(malformed.status, 400);
}

#[tokio::test]
async fn a_key_that_is_replaced_for_good_is_gone() {
    let world = World::approving().await;
    let first = world.login(&[]).await;
    world.sandbox.rotate_key().await.unwrap();
    let second = Tokens(world.refresh(first.refresh()).await.json());
    claims(&world, second.field("id_token"), "sandbox-cli").await;
    let set = world.get("/.well-known/jwks.json").await.json();
    assert_eq!(set["keys"].as_array().unwrap().len(), 1);
    let old = decode_header(first.field("id_token")).unwrap().kid.unwrap();
    assert_ne!(set["keys"][0]["kid"], old.as_str());
}
