//! Secrets in places where other things are shown, and words of the sandbox that are like secrets.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde_json::json;

use super::super::control::steer;
use super::super::world::{REDIRECT, World, options, read};
use super::{newest, shown, token};
use crate::{Client, Options};

/// A client id as some providers make them.
const RANDOM: &str = "cU2Rnd8pCl1entX9idQ4wE7rT6yU3iO5";

async fn world_of(id: &str, secret: &str, uri: &str) -> World {
    let mut clients = Client::built_in();
    clients.push(Client::new(id, Some(secret), vec![uri.to_owned()]));
    World::with(Options {
        clients,
        ..options()
    })
    .await
}

/// All that the inspector and the request log give out.
async fn everything(world: &World) -> String {
    let request_log = serde_json::to_string(&world.sandbox.request_log()).unwrap();
    let page = world.get("/").await.text;
    format!("{}{request_log}{page}", shown(world).await)
}

/// Fails if eight characters of a secret in a row are anywhere.
async fn assert_hidden(world: &World, secret: &str, case: &str) {
    let all = everything(world).await;
    let least = secret.len().min(8);
    for start in 0..=secret.len() - least {
        let piece = &secret[start..start + least];
        assert!(!all.contains(piece), "{case}: {piece} of {secret} is shown");
    }
}

#[tokio::test]
async fn what_the_sandbox_says_stays_whole_whatever_the_secrets_are() {
    for (id, secret) in [
        ("web", "secret"),
        ("web", "sandbox"),
        ("web", "client"),
        ("web", "openid"),
        ("my-app", "my-app"),
        (RANDOM, "hunter2-hunter2"),
    ] {
        let uri = format!("http://127.0.0.1/{RANDOM}/cb");
        let world = world_of(id, secret, &uri).await;
        let sent = [("client_id", id), ("client_secret", "wrong")];
        let grant = [("grant_type", "refresh_token")];
        world.token(&[&sent[..], &grant].concat()).await;
        let refusal = newest(&world).await["refusal"].clone();
        assert_eq!(
            refusal["reason"],
            format!("the secret that client {id} sent by client_secret_post is wrong")
        );
        assert_eq!(
            refusal["send_instead"],
            format!(
                "send `client_id={id}&client_secret=SECRET` in the form, or `Authorization: Basic \
                 BASE64({id}:SECRET)`, with the secret that {id} is registered with"
            )
        );
        let wrong = format!("{uri}/");
        world
            .authorize(&[("client_id", id), ("redirect_uri", &wrong)])
            .await;
        let refusal = newest(&world).await["refusal"].clone();
        assert_eq!(
            refusal["reason"],
            format!(
                "redirect_uri differs from the registered {uri} at character {}: expected the end, found `/`",
                wrong.len()
            )
        );
        let instead = refusal["send_instead"].as_str().unwrap();
        assert!(
            instead.contains(&format!("`eprospera sandbox --client '{id}:SECRET={uri},")),
            "{instead}"
        );
        world
            .get_as("/api/v1/me/natural-person", "ak-wrong-key-0000")
            .await;
        let refusal = newest(&world).await["refusal"].to_string();
        assert!(refusal.contains("ak-sandbox-PERSONA"), "{refusal}");
        let path = newest(&world).await["path"].clone();
        assert_eq!(path, "/api/v1/me/natural-person");
    }
}

#[tokio::test]
async fn no_piece_of_a_secret_is_shown_where_a_text_is_cut() {
    let world = World::with(options()).await;
    let control = world.sandbox.control_token().to_owned();
    let uri = format!("{REDIRECT}{control}");
    world.authorize(&[("redirect_uri", &uri)]).await;
    let reason = newest(&world).await["refusal"]["reason"].clone();
    let reason = reason.as_str().unwrap();
    assert!(
        reason.ends_with("at character 31: what was sent holds a secret (control token)"),
        "{reason}"
    );
    for length in [150, 168, 190, 199] {
        let path = format!("/{}{control}", "a".repeat(length));
        world.get(&path).await;
    }
    let scope = format!("{}{control}", "a".repeat(50));
    world.authorize(&[("scope", &scope)]).await;
    let rule = format!("token:{}{control}", "a".repeat(20));
    steer(&world, "/sandbox/faults", json!({ "rule": rule })).await;
    let long = format!("{}{control}", "a".repeat(590));
    world.authorize(&[("login_hint", &long)]).await;
    assert_hidden(&world, &control, "cut").await;
}

#[tokio::test]
async fn a_method_is_shown_only_if_it_is_one() {
    let world = World::with(options()).await;
    let control = world.sandbox.control_token().to_owned();
    for method in [control.clone(), "A".repeat(3000)] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        read(world.http.request(method, world.at("/api/oauth/token"))).await;
        assert_eq!(newest(&world).await["method"], "(another method)");
    }
    assert_hidden(&world, &control, "method").await;
    assert!(!everything(&world).await.contains("AAAA"));
    read(world.http.delete(world.at("/api/oauth/token"))).await;
    assert_eq!(newest(&world).await["method"], "DELETE");
}

#[tokio::test]
async fn the_claims_of_a_jwt_are_shown_without_secrets() {
    let world = world_of("web", "S3cret-of-web", REDIRECT).await;
    let control = world.sandbox.control_token().to_owned();
    let refresh = format!("rt_{}", "aB3".repeat(20));
    let part = |value| URL_SAFE_NO_PAD.encode(serde_json::to_string(&value).unwrap());
    let header = part(json!({ "alg": "RS256", "kid": control }));
    let claims = part(json!({
        "sub": "someone",
        "a": { "b": [control, { &*control: 1 }] },
        "c": "xS3cret-of-webx",
        "d": refresh,
    }));
    let jwt = format!("{header}.{claims}.c2ln");
    world.get_as("/api/oauth/userinfo", &jwt).await;
    let exchange = newest(&world).await;
    let claims = &token(&exchange, "Authorization")["claims"];
    assert_eq!(claims["sub"], "someone");
    assert_eq!(claims["c"], "(client secret)");
    assert_eq!(claims["d"], "(refresh token)");
    for secret in [&*control, "S3cret-of-web", &refresh] {
        assert_hidden(&world, secret, "claims").await;
    }
}

#[tokio::test]
async fn a_secret_is_hidden_in_every_spelling_and_in_what_holds_it() {
    let world = world_of("web", "abc", REDIRECT).await;
    let control = world.sandbox.control_token().to_owned();
    let hex: String = control
        .bytes()
        .flat_map(|byte| format!("%{byte:02X}").into_bytes())
        .map(char::from)
        .collect();
    let twice = utf8_percent_encode(&hex, NON_ALPHANUMERIC).to_string();
    for spelling in [&hex, &twice] {
        for name in ["client_id", "redirect_uri"] {
            let value = format!("http://a/{spelling}");
            world.authorize(&[(name, &value)]).await;
            let referred = world.http.get(world.at("/api/oauth/userinfo"));
            read(referred.header("referer", value)).await;
        }
        assert!(!everything(&world).await.contains(&**spelling));
    }
    for uri in ["http://me:P4ssw0rd-x@a/", "http://a/?password=P4ssw0rd-x"] {
        world.authorize(&[("redirect_uri", uri)]).await;
        let referred = world.http.get(world.at("/api/oauth/userinfo"));
        read(referred.header("referer", uri)).await;
    }
    for body in [
        json!({ "name": { "password": "P4ssw0rd-x" } }),
        json!({ "scope": [["P4ssw0rd-x"]] }),
        json!({ "x": { "password": "P4ssw0rd-x" } }),
    ] {
        let post = world.http.post(world.at("/login/oauth/access-token"));
        read(post.json(&body)).await;
    }
    assert_hidden(&world, "P4ssw0rd-x", "URL or JSON").await;
    world.token(&[("client_id", "web:abc")]).await;
    assert!(!everything(&world).await.contains("web:abc"));
}
