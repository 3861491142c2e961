//! `POST /api/oauth/introspect` (docs/portal.md, Introspect; RFC 7662).

use serde_json::{Value, json};

use super::token::assert_refused;
use super::tokens::claims;
use super::world::{REDIRECT, Reply, Tokens, VERIFIER, World, options, read};
use crate::{Client, Options};

const SECRET: (&str, &str) = ("sandbox-web", "sandbox-secret");

async fn ask(world: &World, client: (&str, &str), fields: &[(&str, &str)]) -> Reply {
    let request = world.http.post(world.at("/api/oauth/introspect"));
    let request = request.basic_auth(client.0, Some(client.1)).form(fields);
    read(request).await
}

async fn look(world: &World, token: &str) -> Value {
    let reply = ask(world, SECRET, &[("token", token)]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.header("cache-control"), "no-store");
    reply.json()
}

async fn login(world: &World) -> Tokens {
    let code = world.code(&[("client_id", SECRET.0)]).await;
    let reply = world
        .token(&[
            ("grant_type", "authorization_code"),
            ("client_id", SECRET.0),
            ("client_secret", SECRET.1),
            ("code", &code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ])
        .await;
    Tokens(reply.json())
}

async fn refresh(world: &World, token: &str, scope: &str) -> Tokens {
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", SECRET.0),
        ("client_secret", SECRET.1),
        ("refresh_token", token),
        ("scope", scope),
    ];
    Tokens(world.token(&fields).await.json())
}

#[tokio::test]
async fn an_access_token_says_what_it_is_for() {
    let world = World::approving().await;
    let tokens = login(&world).await;
    let body = look(&world, tokens.access()).await;
    let inside = claims(&world, tokens.access(), world.sandbox.url()).await;
    for (name, expected) in [
        ("active", json!(true)),
        ("scope", json!(tokens.field("scope"))),
        ("client_id", json!("sandbox-web")),
        ("username", json!("amara.okafor@mail.example")),
        ("token_type", json!("Bearer")),
        ("sub", json!(world.sandbox.personas()[0].sub)),
        ("iss", json!(world.sandbox.url())),
        ("aud", json!(world.sandbox.url())),
        ("exp", inside["exp"].clone()),
        ("iat", inside["iat"].clone()),
    ] {
        assert_eq!(body[name], expected, "{name}");
    }
    assert_eq!(body.as_object().unwrap().len(), 10);
}

#[tokio::test]
async fn a_refresh_token_has_the_scope_of_its_grant_until_it_is_rotated() {
    let world = World::approving().await;
    let first = login(&world).await;
    let body = look(&world, first.refresh()).await;
    assert_eq!(body["active"], true);
    assert_eq!(body["scope"], first.field("scope"));
    assert!(body.get("token_type").is_none() && body.get("aud").is_none());
    let lifetime = body["exp"].as_i64().unwrap() - body["iat"].as_i64().unwrap();
    assert_eq!(lifetime, 180 * 24 * 3600);

    let second = refresh(&world, first.refresh(), "openid email").await;
    assert_eq!(look(&world, second.access()).await["scope"], "openid email");
    let latest = look(&world, second.refresh()).await;
    assert_eq!(latest["scope"], first.field("scope"));
    let inactive = json!({ "active": false });
    assert_eq!(look(&world, first.refresh()).await, inactive);
    assert_eq!(look(&world, first.access()).await["active"], true);
}

#[tokio::test]
async fn a_token_that_is_not_good_is_inactive_and_nothing_else() {
    let world = World::approving().await;
    let inactive = json!({ "active": false });
    for token in ["rt_unknown", "ak-sandbox-resident", "eyJ.e.30"] {
        assert_eq!(look(&world, token).await, inactive);
    }
    let tokens = login(&world).await;
    world.sandbox.advance_clock(3600);
    assert_eq!(look(&world, tokens.access()).await, inactive);
    assert_eq!(look(&world, tokens.refresh()).await["active"], true);
    world.sandbox.revoke_all();
    assert_eq!(look(&world, tokens.refresh()).await, inactive);

    let public = world.login(&[]).await;
    assert_eq!(look(&world, public.access()).await, inactive);
    assert_eq!(look(&world, public.refresh()).await, inactive);
}

#[tokio::test]
async fn a_client_sees_its_own_tokens_only() {
    let other: Client = format!("other:s3cret={REDIRECT}").parse().unwrap();
    let mut clients = Client::built_in();
    clients.push(other);
    let world = World::with(Options {
        clients,
        auto_approve: Some(String::new()),
        ..options()
    })
    .await;
    let tokens = login(&world).await;
    let reply = ask(&world, ("other", "s3cret"), &[("token", tokens.access())]).await;
    assert_eq!(reply.json(), json!({ "active": false }));
    assert_eq!(look(&world, tokens.access()).await["active"], true);
}

#[tokio::test]
async fn a_hint_that_is_wrong_does_not_matter() {
    let world = World::approving().await;
    let tokens = login(&world).await;
    for hint in ["access_token", "refresh_token", "other"] {
        let fields = [("token", tokens.refresh()), ("token_type_hint", hint)];
        let body = ask(&world, SECRET, &fields).await.json();
        assert_eq!(body["active"], true, "{hint}");
    }
}

#[tokio::test]
async fn only_a_client_with_a_secret_is_served() {
    let world = World::approving().await;
    let at = world.at("/api/oauth/introspect");
    let token = ("token", "rt_unknown");
    for fields in [
        &[token][..],
        &[token, ("client_id", "sandbox-cli")],
        &[token, ("client_id", "sandbox-web")],
        &[token, ("client_id", "nobody")],
    ] {
        let reply = read(world.http.post(&at).form(fields)).await;
        assert_refused(&reply, 401, "invalid_client");
    }
    let wrong = ask(&world, ("sandbox-web", "wrong"), &[token]).await;
    assert_refused(&wrong, 401, "invalid_client");
    assert!(wrong.header("www-authenticate").starts_with("Basic"));
    assert_refused(&ask(&world, SECRET, &[]).await, 400, "invalid_request");
    let twice = ask(&world, SECRET, &[token, token]).await;
    assert_refused(&twice, 400, "invalid_request");
    world.sandbox.add_fault("introspect:503*1".parse().unwrap());
    assert_eq!(ask(&world, SECRET, &[token]).await.status, 503);
}
