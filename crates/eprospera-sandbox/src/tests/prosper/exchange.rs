//! Codes for tokens, and what tokens open.

use serde_json::{Value, json};

use super::{REDIRECT, SECRET, authorize, body, code, exchange, token, with_spaces};
use crate::Options;
use crate::tests::world::{Reply, World, options, read};

#[tokio::test]
async fn a_code_becomes_a_token_and_the_token_says_who_it_is() {
    let world = World::approving().await;
    let reply = authorize(&world, &[]).await;
    let (status, sent) = (reply.status, reply.redirected());
    assert_eq!(status, 302);
    assert!(reply.header("location").starts_with(REDIRECT));
    assert_eq!(sent["state"], "the state+/=");
    assert_eq!(sent.len(), 2);

    let reply = exchange(&world, &body(&sent["code"])).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.header("cache-control"), "no-store");
    let mut answer = reply.json();
    let access = answer["access_token"].take();
    let expected = json!({ "access_token": null, "token_type": "bearer", "scope": "user:email",
        "expires_in": 900 });
    assert_eq!(answer, expected);

    let user = world.get_as("/api/v2/user", access.as_str().unwrap()).await;
    assert_eq!(user.status, 200);
    let user = user.json();
    assert_eq!(user["email"], "amara.okafor@mail.example");
    assert_eq!(user["login"], user["email"]);
    assert_eq!(user["userName"], user["email"]);
    assert_eq!(user["firstName"], "Amara");
    assert_eq!(user["lastName"], "Okafor-Lindström");
    assert!(user["id"].is_u64());
    assert_eq!(user["uid"].as_str().unwrap().len(), 36);
    assert_eq!(user.as_object().unwrap().len(), 7);

    let again = World::approving().await;
    let same = again.get_as("/api/v2/user", &token(&again).await).await;
    assert_eq!(same.json(), user, "a person keeps the ids");
}

#[tokio::test]
async fn the_exchange_takes_a_form_as_well() {
    let world = World::approving().await;
    let code = code(&world, &[]).await;
    let form = [
        ("client_id", "sandbox-web"),
        ("client_secret", SECRET),
        ("code", &code),
    ];
    let request = world.http.post(world.at("/login/oauth/access-token"));
    let reply = read(request.form(&form)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

#[tokio::test]
async fn each_refusal_of_an_exchange_is_one_json_string() {
    let world = with_spaces(Some("")).await;
    let refused = async |world: &World, body: Value, text: &str| {
        let reply = exchange(world, &body).await;
        assert_eq!(reply.status, 400, "{body}");
        assert_eq!(reply.json(), json!(text), "{body}");
        assert_eq!(reply.header("content-type"), "application/json");
        assert!(world.last_outcome().starts_with(text));
    };
    let good = code(&world, &[]).await;
    let with = |name: &str, value: Value| {
        let mut body = body(&good);
        body[name] = value;
        body
    };
    let public = json!("sandbox-cli");
    for (name, value, text) in [
        ("client_id", json!("nobody"), "Client not found"),
        ("client_id", public, "Client not found"),
        ("client_id", json!(7), "Client not found"),
        ("client_secret", json!("wrong"), "Invalid secret"),
        ("client_secret", json!(null), "Invalid secret"),
        ("code", json!("bm90IG9uZQ=="), "Invalid code"),
        ("code", json!(null), "Invalid code"),
    ] {
        refused(&world, with(name, value), text).await;
    }
    let other = json!({ "client_id": "other", "client_secret": "other-secret", "code": good });
    refused(&world, other, "Invalid client id").await;
    refused(&world, json!([]), "Client not found").await;

    assert_eq!(
        exchange(&world, &body(&good)).await.status,
        200,
        "all that cost nothing"
    );
    refused(&world, body(&good), "Invalid code").await;
    assert!(world.last_outcome().contains("already used"));

    let late = code(&world, &[]).await;
    world.sandbox.advance_clock(301);
    refused(&world, body(&late), "Code has expired").await;
}

#[tokio::test]
async fn of_two_exchanges_at_once_one_finds_the_code_used() {
    let world = World::approving().await;
    for _ in 0..20 {
        let body = body(&code(&world, &[]).await);
        let (one, two) = tokio::join!(exchange(&world, &body), exchange(&world, &body));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400]);
        let refused = if one.status == 400 { one } else { two };
        assert_eq!(refused.json(), "Invalid code");
    }
}

#[tokio::test]
async fn a_token_lives_fifteen_minutes_and_other_credentials_are_no_token() {
    let world = World::approving().await;
    let access = token(&world).await;
    let refused = |reply: Reply| {
        assert_eq!(reply.status, 401);
        assert_eq!(reply.json(), "Invalid token");
    };
    refused(world.get("/api/v2/user").await);
    refused(world.get_as("/api/v2/user", "x").await);
    let portals = world.login(&[]).await.access().to_owned();
    refused(world.get_as("/api/v2/user", &portals).await);
    assert!(
        world
            .last_outcome()
            .contains("e-Próspera was sent to Prosper")
    );
    let userinfo = world.get_as("/api/oauth/userinfo", &access).await;
    assert_eq!(userinfo.status, 401);

    world.sandbox.advance_clock(899);
    assert_eq!(world.get_as("/api/v2/user", &access).await.status, 200);
    world.sandbox.advance_clock(1);
    refused(world.get_as("/api/v2/user", &access).await);
}

#[tokio::test]
async fn shorter_lifetimes_are_kept_and_longer_ones_are_not() {
    for (ttl, expected) in [(30, 30), (3600, 900)] {
        let world = World::with(Options {
            auto_approve: Some(String::new()),
            access_ttl: std::time::Duration::from_secs(ttl),
            ..options()
        })
        .await;
        let reply = exchange(&world, &body(&code(&world, &[]).await)).await;
        assert_eq!(reply.json()["expires_in"], expected);
    }
}
