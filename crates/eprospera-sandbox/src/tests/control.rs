//! Start and stop, the control routes, the request log.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;

use super::world::{Reply, Tokens, World, options, read};
use crate::{Error, Options, Sandbox};

#[tokio::test]
async fn control_routes_need_their_token() {
    let world = World::with(options()).await;
    for path in ["/sandbox/journal", "/sandbox/faults", "/sandbox/other"] {
        assert_eq!(world.get(path).await.status, 401);
        assert_eq!(world.get_as(path, "wrong").await.status, 401);
    }
    let token = world.sandbox.control_token();
    let journal = world.get_as("/sandbox/journal", token).await;
    assert_eq!(journal.status, 200);
    assert_eq!(journal.json()[0]["status"], 401);
    assert_eq!(world.get_as("/sandbox/other", token).await.status, 404);
}

/// A control request with the right token.
pub(super) async fn steer(world: &World, path: &str, body: serde_json::Value) -> Reply {
    let request = world.http.post(world.at(path));
    let request = request.bearer_auth(world.sandbox.control_token());
    read(request.json(&body)).await
}

async fn userinfo(world: &World, tokens: &Tokens) -> u16 {
    world.userinfo_status(tokens.access()).await
}

#[tokio::test]
async fn faults_come_and_go_by_the_control_routes() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let added = steer(
        &world,
        "/sandbox/faults",
        json!({ "rule": "userinfo:500*2" }),
    )
    .await;
    assert_eq!(added.json()["rules"][0], "userinfo:500*2");
    assert_eq!(userinfo(&world, &tokens).await, 500);
    let clear = world.http.delete(world.at("/sandbox/faults"));
    let cleared = read(clear.bearer_auth(world.sandbox.control_token())).await;
    assert_eq!(cleared.json()["rules"], json!([]));
    assert_eq!(userinfo(&world, &tokens).await, 200);
    let bad = steer(&world, "/sandbox/faults", json!({ "rule": "token:oops" })).await;
    assert_eq!(bad.status, 400);
    assert!(
        bad.json()["error_description"]
            .as_str()
            .unwrap()
            .contains("`oops`")
    );
    let malformed = steer(&world, "/sandbox/faults", json!({ "rules": [] })).await;
    assert_eq!(malformed.status, 400);
}

#[tokio::test]
async fn the_clock_moves_and_sessions_end_by_the_control_routes() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    steer(&world, "/sandbox/clock", json!({ "advance_seconds": 3601 })).await;
    assert_eq!(userinfo(&world, &tokens).await, 401);
    let fresh = world.login(&[]).await;
    let revoked = steer(&world, "/sandbox/revoke", json!({ "all": true })).await;
    assert_eq!(revoked.json()["revoked"], 2);
    assert_eq!(userinfo(&world, &fresh).await, 401);
    assert_eq!(
        world.refresh(fresh.refresh()).await.error(),
        "invalid_grant"
    );
}

#[tokio::test]
async fn the_date_header_follows_the_sandboxs_clock() {
    let world = World::with(options()).await;
    let now = world.sandbox.services().portal.clock.now();
    world.sandbox.advance_clock(-86_400 * 365);
    let date = world.get("/").await.header("date").to_owned();
    let then = jiff::fmt::rfc2822::parse(&date)
        .unwrap()
        .timestamp()
        .as_millisecond();
    assert!((now - 86_400_000 * 365 - then).abs() < 60_000, "{date}");
}

#[tokio::test]
async fn the_request_log_numbers_and_names_requests_and_holds_no_secret() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let world = World::with(Options {
        auto_approve: Some(String::new()),
        on_event: Some(Arc::new(move |event| {
            sink.lock().unwrap().push(event.clone());
        })),
        ..options()
    })
    .await;
    let code = world
        .code(&[("state", "canary-state"), ("nonce", "canary-nonce")])
        .await;
    let tokens = Tokens(world.redeem(&code).await.json());
    world.get_as("/api/oauth/userinfo", tokens.access()).await;
    world.refresh(tokens.refresh()).await;
    world.refresh(tokens.refresh()).await;
    let form = [
        ("client_id", "sandbox-web"),
        ("client_secret", "canary-secret"),
    ];
    world.token(&form).await;
    world
        .token(&[("client_id", "canary-id"), ("grant_type", "canary-grant")])
        .await;

    let request_log = world.sandbox.request_log();
    assert_eq!(request_log, *seen.lock().unwrap());
    let numbers: Vec<_> = request_log.iter().map(|event| event.sequence).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(request_log[1].grant_type, Some("authorization_code"));
    assert_eq!(request_log[1].persona.as_deref(), Some("resident"));
    let text = serde_json::to_string(&request_log).unwrap();
    let secrets = [
        code.as_str(),
        tokens.access(),
        tokens.refresh(),
        tokens.field("id_token"),
        super::world::VERIFIER,
        super::world::CHALLENGE,
        world.sandbox.control_token(),
        "canary",
    ];
    for secret in secrets {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_taken_port_and_an_unknown_persona_are_told() {
    let world = World::with(options()).await;
    let port = world
        .sandbox
        .url()
        .rsplit_once(':')
        .unwrap()
        .1
        .parse()
        .unwrap();
    let second = Sandbox::start(Options { port, ..options() }).await;
    assert!(matches!(second.err(), Some(Error::PortInUse { port: taken }) if taken == port));
    let nobody = Sandbox::start(Options {
        auto_approve: Some("nobody".to_owned()),
        ..options()
    })
    .await;
    let message = nobody.err().unwrap().to_string();
    let known =
        "there is no persona `nobody`; use one of resident, e-resident, no-profile, former, ";
    assert!(message.starts_with(known), "{message}");
}

#[tokio::test]
async fn stopping_frees_the_port_even_with_open_connections() {
    let world = World::with(Options {
        faults: vec!["discovery:hang".parse().unwrap()],
        ..options()
    })
    .await;
    let address = world.sandbox.url().trim_start_matches("http://").to_owned();
    let idle = tokio::net::TcpStream::connect(&address).await.unwrap();
    world.get("/").await;
    let request = world
        .http
        .get(world.at("/.well-known/openid-configuration"));
    let hanging = tokio::spawn(request.send());
    while world.sandbox.request_log().len() < 2 {
        tokio::task::yield_now().await;
    }
    let event = world.sandbox.request_log().pop().unwrap();
    assert_eq!(
        (event.status, event.fault.as_deref()),
        (None, Some("discovery:hang"))
    );
    let stopped = tokio::time::timeout(Duration::from_secs(5), world.sandbox.stop());
    stopped.await.unwrap();
    assert!(tokio::net::TcpListener::bind(&address).await.is_ok());
    assert!(hanging.await.unwrap().is_err());
    drop(idle);
}
