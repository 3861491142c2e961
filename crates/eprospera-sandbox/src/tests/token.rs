//! `POST /api/oauth/token`: authentication and the code grant (docs/portal.md, Token).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::world::{ALL_SCOPES, REDIRECT, Reply, Tokens, VERIFIER, World, options, read};
use crate::{Client, Options};

pub(super) fn assert_refused(reply: &Reply, status: u16, error: &str) {
    assert_eq!(
        (reply.status, reply.error().as_str()),
        (status, error),
        "{}",
        reply.text
    );
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("pragma"), "no-cache");
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// A refresh request of the confidential client with an unknown token: `invalid_grant` shows that
/// authentication passed.
async fn as_web(world: &World, authorization: Option<String>, extra: &[(&str, &str)]) -> Reply {
    let mut form = vec![
        ("grant_type", "refresh_token"),
        ("refresh_token", "rt_unknown"),
    ];
    form.extend(extra);
    let mut request = world.http.post(world.at("/api/oauth/token")).form(&form);
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    read(request).await
}

#[tokio::test]
async fn a_code_is_redeemed_for_the_documented_fields() {
    let world = World::approving().await;
    let code = world.code(&[]).await;
    let reply = world.redeem(&code).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("pragma"), "no-cache");
    let body = reply.json();
    let mut names: Vec<_> = body.as_object().unwrap().keys().cloned().collect();
    names.sort();
    let expected = "access_token expires_in id_token refresh_token scope token_type";
    assert_eq!(names.join(" "), expected);
    assert_eq!(
        (&body["token_type"], &body["expires_in"]),
        (&"Bearer".into(), &3600.into())
    );
    assert_eq!(body["scope"], ALL_SCOPES);
    assert!(body["refresh_token"].as_str().unwrap().starts_with("rt_"));
}

#[tokio::test]
async fn scopes_decide_which_tokens_come() {
    let world = World::approving().await;
    let only = world.login(&[("scope", "email"), ("nonce", "")]).await;
    assert!(only.0.get("id_token").is_none() && only.0.get("refresh_token").is_none());
    let both = world.login(&[("scope", "openid offline_access")]).await;
    assert!(both.0["id_token"].is_string() && both.0["refresh_token"].is_string());
}

#[tokio::test]
async fn client_authentication_takes_exactly_one_method() {
    let world = World::approving().await;
    let secret = ("client_secret", "sandbox-secret");
    let id = ("client_id", "sandbox-web");
    let right = Some(basic("sandbox-web", "sandbox-secret"));

    assert_refused(
        &as_web(&world, right.clone(), &[]).await,
        400,
        "invalid_grant",
    );
    assert_refused(
        &as_web(&world, None, &[id, secret]).await,
        400,
        "invalid_grant",
    );

    // RFC 6749 §3.2.1: the same client_id may come beside Basic.
    assert_refused(
        &as_web(&world, right.clone(), &[id]).await,
        400,
        "invalid_grant",
    );
    let another = ("client_id", "sandbox-cli");
    for both in [&[another][..], &[secret], &[id, secret]] {
        assert_refused(
            &as_web(&world, right.clone(), both).await,
            400,
            "invalid_request",
        );
    }
    let wrong = ("client_secret", "wrong");
    let public = ("client_id", "sandbox-cli");
    let unknown = ("client_id", "nobody");
    for fields in [&[][..], &[id], &[id, wrong], &[unknown], &[public, secret]] {
        let reply = as_web(&world, None, fields).await;
        assert_refused(&reply, 401, "invalid_client");
        assert_eq!(reply.header("www-authenticate"), "");
    }
    let bad = [
        basic("sandbox-web", "wrong"),
        basic("nobody", "sandbox-secret"),
        "Basic !!!".to_owned(),
        "Bearer token".to_owned(),
    ];
    for authorization in bad {
        let reply = as_web(&world, Some(authorization), &[]).await;
        assert_refused(&reply, 401, "invalid_client");
        assert!(reply.header("www-authenticate").starts_with("Basic realm="));
    }
}

#[tokio::test]
async fn basic_credentials_are_form_decoded() {
    let client = Client::new("an app", Some("p%w:d+ä="), vec![REDIRECT.to_owned()]);
    let world = World::with(Options {
        clients: vec![client],
        ..options()
    })
    .await;
    let encoded = basic("an+app", "p%25w%3Ad%2B%C3%A4%3D");
    assert_refused(
        &as_web(&world, Some(encoded), &[]).await,
        400,
        "invalid_grant",
    );
    let raw = basic("an app", "p%w:d+ä=");
    assert_refused(&as_web(&world, Some(raw), &[]).await, 401, "invalid_client");
}

#[tokio::test]
async fn only_a_form_without_repetitions_is_read() {
    let world = World::approving().await;
    let at = world.at("/api/oauth/token");
    let json = serde_json::json!({ "grant_type": "refresh_token" });
    assert_refused(
        &read(world.http.post(&at).json(&json)).await,
        400,
        "invalid_request",
    );
    assert_refused(&read(world.http.post(&at)).await, 400, "invalid_request");
    let twice = "grant_type=refresh_token&client_id=sandbox-cli&client_id=sandbox-cli";
    let request = world.http.post(&at).body(twice);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    assert_refused(&read(request).await, 400, "invalid_request");
}

#[tokio::test]
async fn grant_types_are_checked() {
    let world = World::approving().await;
    let ask = async |id: &str, grant: &str| {
        world
            .token(&[("client_id", id), ("grant_type", grant)])
            .await
    };
    assert_refused(&ask("sandbox-cli", "").await, 400, "invalid_request");
    assert_refused(
        &ask("sandbox-cli", "password").await,
        400,
        "unsupported_grant_type",
    );
    let reply = ask("eprospera-cli", "authorization_code").await;
    assert_refused(&reply, 400, "unauthorized_client");
    assert_refused(
        &ask("sandbox-cli", "authorization_code").await,
        400,
        "invalid_request",
    );
    assert_refused(
        &ask("sandbox-cli", "refresh_token").await,
        400,
        "invalid_request",
    );
}

#[tokio::test]
async fn each_way_to_redeem_a_code_wrongly_is_invalid_grant() {
    let world = World::approving().await;
    let code = world.code(&[]).await;
    let wrong: [(&str, &str, &str); 6] = [
        ("code", "c_unknown", "never issued"),
        (
            "redirect_uri",
            "http://127.0.0.1:8737/callback",
            "not the one sent",
        ),
        ("code_verifier", "", "code_verifier is missing"),
        ("code_verifier", "too-short", "43 to 128"),
        (
            "code_verifier",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX",
            "does not match",
        ),
        ("client_id", "sandbox-web", "another client"),
    ];
    for (name, value, why) in wrong {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("client_id", "sandbox-cli"),
            ("code", &code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        fields.retain(|(field, _)| *field != name);
        fields.push((name, value));
        if value == "sandbox-web" {
            fields.push(("client_secret", "sandbox-secret"));
        }
        assert_refused(&world.token(&fields).await, 400, "invalid_grant");
        assert!(
            world.last_outcome().contains(why),
            "{}",
            world.last_outcome()
        );
    }
    assert_eq!(world.redeem(&code).await.status, 200);
}

#[tokio::test]
async fn a_verifier_without_a_challenge_is_refused() {
    let world = World::approving().await;
    let code = world
        .code(&[
            ("client_id", "sandbox-web"),
            ("code_challenge", ""),
            ("code_challenge_method", ""),
        ])
        .await;
    let reply = world
        .token(&[
            ("grant_type", "authorization_code"),
            ("client_id", "sandbox-web"),
            ("client_secret", "sandbox-secret"),
            ("code", &code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ])
        .await;
    assert_refused(&reply, 400, "invalid_grant");
}

#[tokio::test]
async fn an_expired_code_is_refused() {
    let world = World::approving().await;
    let code = world.code(&[]).await;
    world.sandbox.advance_clock(301);
    assert_refused(&world.redeem(&code).await, 400, "invalid_grant");
    assert!(world.last_outcome().contains("expired"));
}

#[tokio::test]
async fn a_code_used_twice_revokes_what_it_brought() {
    let world = World::approving().await;
    let code = world.code(&[]).await;
    let tokens = Tokens(world.redeem(&code).await.json());
    assert_eq!(world.userinfo_status(tokens.access()).await, 200);
    assert_refused(&world.redeem(&code).await, 400, "invalid_grant");
    let reply = world.get_as("/api/oauth/userinfo", tokens.access()).await;
    assert_eq!(
        (reply.status, reply.error().as_str()),
        (401, "invalid_token")
    );
    assert_refused(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
}
