//! `POST /api/oauth/token` with a refresh token: rotation, reuse, narrowing (docs/portal.md, Token).

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::token::assert_refused;
use super::world::{Reply, Tokens, World, options, read};
use crate::Options;

#[tokio::test]
async fn every_refresh_rotates_and_leaves_older_access_tokens_alive() {
    let world = World::approving().await;
    let first = world.login(&[]).await;
    let second = Tokens(world.refresh(first.refresh()).await.json());
    assert_ne!(first.refresh(), second.refresh());
    assert_ne!(first.access(), second.access());
    for tokens in [&first, &second] {
        assert_eq!(world.userinfo_status(tokens.access()).await, 200);
    }
}

#[tokio::test]
async fn reuse_of_a_rotated_refresh_token_kills_the_family() {
    let world = World::approving().await;
    let first = world.login(&[]).await;
    let second = Tokens(world.refresh(first.refresh()).await.json());
    assert_refused(&world.refresh(first.refresh()).await, 400, "invalid_grant");
    let outcome = world.last_outcome();
    assert!(outcome.contains("already used"), "{outcome}");
    assert!(
        outcome.ends_with("; its token family was revoked"),
        "{outcome}"
    );
    assert_refused(&world.refresh(second.refresh()).await, 400, "invalid_grant");
    for tokens in [&first, &second] {
        let reply = world
            .get_as("/api/v1/me/natural-person", tokens.access())
            .await;
        assert_eq!(
            (reply.status, reply.error().as_str()),
            (401, "invalid_token")
        );
    }
}

#[tokio::test]
async fn another_family_survives() {
    let world = World::approving().await;
    let victim = world.login(&[]).await;
    let other = world.login(&[]).await;
    world.refresh(victim.refresh()).await;
    assert_refused(&world.refresh(victim.refresh()).await, 400, "invalid_grant");
    assert_eq!(world.refresh(other.refresh()).await.status, 200);
}

#[tokio::test]
async fn a_refresh_token_of_another_client_is_refused_and_stays_good() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let reply = as_web_with(&world, tokens.refresh()).await;
    assert_refused(&reply, 400, "invalid_grant");
    assert_eq!(world.refresh(tokens.refresh()).await.status, 200);
}

async fn as_web_with(world: &World, token: &str) -> Reply {
    world
        .token(&[
            ("grant_type", "refresh_token"),
            ("client_id", "sandbox-web"),
            ("client_secret", "sandbox-secret"),
            ("refresh_token", token),
        ])
        .await
}

#[tokio::test]
async fn a_refresh_may_narrow_scopes_but_not_widen_them() {
    let world = World::approving().await;
    let tokens = world
        .login(&[("scope", "openid email offline_access")])
        .await;
    let with_scope = async |token: &str, scope: &str| {
        world
            .token(&[
                ("grant_type", "refresh_token"),
                ("client_id", "sandbox-cli"),
                ("refresh_token", token),
                ("scope", scope),
            ])
            .await
    };
    let widened = with_scope(tokens.refresh(), "openid profile").await;
    assert_refused(&widened, 400, "invalid_scope");
    let narrowed = with_scope(tokens.refresh(), "email").await;
    let body = narrowed.json();
    assert_eq!((narrowed.status, &body["scope"]), (200, &"email".into()));
    assert!(body.get("id_token").is_none());
    let next = body["refresh_token"].as_str().unwrap();
    let whole = world.refresh(next).await.json();
    assert_eq!(whole["scope"], "openid email offline_access");
}

#[tokio::test]
async fn a_refresh_token_expires_and_rotation_starts_its_time_again() {
    let world = World::with(Options {
        auto_approve: Some(String::new()),
        refresh_ttl: Duration::from_secs(100),
        ..options()
    })
    .await;
    let mut tokens = world.login(&[]).await;
    for _ in 0..2 {
        world.sandbox.advance_clock(60);
        tokens = Tokens(world.refresh(tokens.refresh()).await.json());
    }
    world.sandbox.advance_clock(101);
    assert_refused(&world.refresh(tokens.refresh()).await, 400, "invalid_grant");
    assert!(world.last_outcome().contains("expired"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_200_simultaneous_refreshes_exactly_one_succeeds_and_the_family_dies() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let start = Arc::new(Barrier::new(200));
    let mut requests = JoinSet::new();
    for _ in 0..200 {
        let (http, start) = (world.http.clone(), Arc::clone(&start));
        let form = [
            ("grant_type", "refresh_token".to_owned()),
            ("client_id", "sandbox-cli".to_owned()),
            ("refresh_token", tokens.refresh().to_owned()),
        ];
        let request = http.post(world.at("/api/oauth/token")).form(&form);
        requests.spawn(async move {
            start.wait().await;
            read(request).await
        });
    }
    let replies = requests.join_all().await;
    let (good, bad): (Vec<_>, Vec<_>) = replies.iter().partition(|reply| reply.status == 200);
    assert_eq!((good.len(), bad.len()), (1, 199));
    for reply in bad {
        assert_refused(reply, 400, "invalid_grant");
    }
    let won = Tokens(good[0].json());
    assert_refused(&world.refresh(won.refresh()).await, 400, "invalid_grant");
    let reply = world.get_as("/api/oauth/userinfo", won.access()).await;
    assert_eq!(
        (reply.status, reply.error().as_str()),
        (401, "invalid_token")
    );
    let request_log = world.sandbox.request_log();
    let refreshed = request_log
        .iter()
        .filter(|event| event.grant_type == Some("refresh_token") && event.status == Some(200));
    assert_eq!(refreshed.count(), 1);
}
