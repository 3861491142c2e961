//! `/health`, a reset, and another set-up while the sandbox runs.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::control::steer;
use super::world::{World, options, read};
use crate::{Algorithm, Client, Options, Persona};

async fn reset(world: &World) -> u16 {
    let request = world.http.post(world.at("/sandbox/reset"));
    read(request.bearer_auth(world.sandbox.control_token()))
        .await
        .status
}

async fn kid(world: &World) -> String {
    let keys = world.get("/api/oauth/.well-known/jwks.json").await.json();
    keys["keys"][0]["kid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn health_is_open_and_says_who_answers() {
    let world = World::with(options()).await;
    let health = world.get("/health").await;
    assert_eq!(health.status, 200);
    let said = health.json();
    assert_eq!(said["status"], "ready");
    assert_eq!(said["issuer"], world.sandbox.url());
    assert_eq!(said["version"], env!("CARGO_PKG_VERSION"));
    let head = read(world.http.head(world.at("/health"))).await;
    assert_eq!((head.status, head.text.as_str()), (200, ""));
    let post = read(world.http.request(Method::POST, world.at("/health"))).await;
    assert_eq!(post.status, 405);
    let foreign = world.http.get(world.at("/health"));
    let foreign = read(foreign.header("host", "evil.example")).await;
    assert_eq!(foreign.status, 421);
    assert_eq!(world.sandbox.request_log()[0].endpoint, "health");
}

#[tokio::test]
async fn health_answers_under_faults_and_latency_and_while_the_key_is_being_made() {
    let world = World::with(Options {
        signing: Algorithm::Rs256,
        latency: Duration::from_secs(3600),
        faults: vec!["any:hang".parse().unwrap()],
        ..options()
    })
    .await;
    // Both states are right: it depends on who was faster.
    let state = world.get("/health").await.json()["signing_key"].clone();
    assert!(state == "ready" || state == "being made", "{state}");
    while world.get("/health").await.json()["signing_key"] != "ready" {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_first_rsa_token_waits_for_the_key() {
    let world = World::with(Options {
        signing: Algorithm::Rs256,
        auto_approve: Some(String::new()),
        ..options()
    })
    .await;
    let tokens = world.login(&[]).await;
    assert_eq!(world.userinfo_status(tokens.access()).await, 200);
}

#[tokio::test]
async fn a_reset_forgets_all_that_requests_have_changed() {
    let world = World::with(Options {
        auto_approve: Some(String::new()),
        faults: vec!["userinfo:500*1".parse().unwrap()],
        ..options()
    })
    .await;
    let first = kid(&world).await;
    let tokens = world.login(&[]).await;
    assert_eq!(world.userinfo_status(tokens.access()).await, 500);
    let code = world.code(&[]).await;
    steer(
        &world,
        "/sandbox/clock",
        json!({ "advance_seconds": 86_400 }),
    )
    .await;
    steer(&world, "/sandbox/faults", json!({ "rule": "me:500" })).await;
    steer(&world, "/sandbox/rotate-key", json!({ "keep_old": true })).await;
    let before = world.sandbox.services().portal.clock.now();

    assert_eq!(reset(&world).await, 204);

    assert!(world.sandbox.request_log().is_empty());
    assert!(before - world.sandbox.services().portal.clock.now() > 80_000_000);
    assert_eq!(
        world.sandbox.services().portal.faults.rules(),
        ["userinfo:500*1"],
        "those of the start, with their counts"
    );
    world.sandbox.clear_faults();
    assert_eq!(world.userinfo_status(tokens.access()).await, 401);
    assert_eq!(
        world.refresh(tokens.refresh()).await.error(),
        "invalid_grant"
    );
    assert_eq!(world.redeem(&code).await.error(), "invalid_grant");
    assert_eq!(kid(&world).await, first);
    let again = world.login(&[]).await;
    assert_eq!(world.userinfo_status(again.access()).await, 200);
    assert_eq!(world.sandbox.request_log()[0].sequence, 1);
}

#[tokio::test]
async fn a_request_that_was_open_at_a_reset_brings_nothing_back() {
    let world = World::with(Options {
        auto_approve: Some(String::new()),
        faults: vec!["token:slow=300ms*1".parse().unwrap()],
        ..options()
    })
    .await;
    let code = world.code(&[]).await;
    let (open, done) = tokio::join!(world.redeem(&code), async {
        // The pause is taken from the rules as soon as the request is in it.
        while !world.sandbox.services().portal.faults.rules().is_empty() {
            tokio::task::yield_now().await;
        }
        reset(&world).await
    });
    assert_eq!((open.status, done), (200, 204));
    let access = open.json()["access_token"].as_str().unwrap().to_owned();
    assert_eq!(world.userinfo_status(&access).await, 401);
    let log = world.sandbox.request_log();
    assert_eq!(
        log.len(),
        1,
        "the open request is not in the new log: {log:?}"
    );
}

#[tokio::test]
async fn a_reset_needs_the_control_token_and_an_empty_body() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let path = world.at("/sandbox/reset");
    assert_eq!(read(world.http.post(&path)).await.status, 401);
    let page = world
        .http
        .post(&path)
        .header("origin", "https://evil.example");
    assert_eq!(read(page.bearer_auth("wrong")).await.status, 401);
    let get = world.get_as("/sandbox/reset", world.sandbox.control_token());
    assert_eq!(get.await.status, 405);
    let odd = steer(&world, "/sandbox/reset", json!({ "all": true })).await;
    assert_eq!(odd.status, 400);
    assert_eq!(world.userinfo_status(tokens.access()).await, 200);
    assert_eq!(steer(&world, "/sandbox/reset", json!({})).await.status, 204);
}

#[tokio::test]
async fn a_reset_ends_the_sessions_of_prosper_too() {
    let world = World::approving().await;
    let ledger = |world: &World| world.sandbox.services().prosper;
    let before = ledger(&world);
    assert_eq!(reset(&world).await, 204);
    assert!(!std::sync::Arc::ptr_eq(&before, &ledger(&world)));
}

#[tokio::test]
async fn another_set_up_counts_at_once_and_sessions_stay() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let first = kid(&world).await;
    world.sandbox.advance_clock(60);
    world.sandbox.add_fault("discovery:500".parse().unwrap());
    let mut clients = Client::built_in();
    clients.push("mine=http://127.0.0.1:9/cb".parse().unwrap());
    world
        .sandbox
        .reconfigure(Options {
            auto_approve: Some("former".to_owned()),
            access_ttl: Duration::from_secs(7),
            clients,
            ..options()
        })
        .unwrap();
    assert_eq!(world.userinfo_status(tokens.access()).await, 200);
    assert_eq!(kid(&world).await, first);
    let fresh = world.login(&[]).await;
    assert_eq!(fresh.0["expires_in"], 7);
    let mine = world.authorize(&[
        ("client_id", "mine"),
        ("redirect_uri", "http://127.0.0.1:9/cb"),
    ]);
    assert_eq!(mine.await.status, 303);
    let log = world.sandbox.request_log();
    assert!(
        log.iter()
            .any(|event| event.persona.as_deref() == Some("former"))
    );
    let faults = || world.sandbox.services().portal.faults.rules();
    assert_eq!(faults(), ["discovery:500"], "the same rules as before stay");
}

#[tokio::test]
async fn a_person_or_a_client_who_is_gone_is_signed_out() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let mut personas = Persona::built_in();
    personas.retain(|persona| persona.id != "resident");
    let without = |options: Options| world.sandbox.reconfigure(options).unwrap();
    without(Options {
        personas,
        ..options()
    });
    assert_eq!(world.userinfo_status(tokens.access()).await, 401);
    assert_eq!(
        world.refresh(tokens.refresh()).await.error(),
        "invalid_grant"
    );
    without(Options {
        clients: Vec::new(),
        ..options()
    });
    assert_eq!(
        world.refresh(tokens.refresh()).await.error(),
        "invalid_client"
    );
}

#[tokio::test]
async fn a_set_up_with_an_unknown_persona_changes_nothing() {
    let world = World::approving().await;
    let refused = world.sandbox.reconfigure(Options {
        auto_approve: Some("nobody".to_owned()),
        ..options()
    });
    assert!(refused.is_err());
    world.login(&[]).await;
}
