//! The failures that rules make.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::world::{Tokens, World, options, read};
use crate::Options;

fn add(world: &World, rule: &str) {
    world.sandbox.add_fault(rule.parse().unwrap());
}

fn refresh_request(world: &World, tokens: &Tokens) -> reqwest::RequestBuilder {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "sandbox-cli"),
        ("refresh_token", tokens.refresh()),
    ];
    world.http.post(world.at("/api/oauth/token")).form(&form)
}

const DISCOVERY: &str = "/.well-known/openid-configuration";

#[tokio::test]
async fn a_status_strikes_as_often_as_counted() {
    let world = World::with(options()).await;
    add(&world, "discovery:503*2");
    for expected in [503, 503, 200_u16] {
        assert_eq!(world.get(DISCOVERY).await.status, expected);
    }
    add(&world, "any:429=7*1");
    let reply = world.get(DISCOVERY).await;
    assert_eq!((reply.status, reply.header("retry-after")), (429, "7"));
    add(&world, "discovery:429*1");
    assert_eq!(world.get(DISCOVERY).await.header("retry-after"), "");
    add(&world, "discovery:502*1");
    let reply = world.get(DISCOVERY).await;
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (502, "text/html; charset=utf-8")
    );
    add(&world, "discovery:302=http://elsewhere.example/x*1");
    assert_eq!(
        world.get(DISCOVERY).await.header("location"),
        "http://elsewhere.example/x"
    );
    let faults: Vec<_> = world
        .sandbox
        .request_log()
        .into_iter()
        .map(|event| event.fault)
        .collect();
    assert_eq!(faults[0].as_deref(), Some("discovery:503*2"));
    assert_eq!(faults[2], None);
}

#[tokio::test]
async fn answers_that_are_no_answers() {
    let world = World::with(options()).await;
    add(&world, "discovery:html*1");
    assert!(world.get(DISCOVERY).await.text.contains("Wi-Fi"));
    add(&world, "discovery:garbage*1");
    let reply = world.get(DISCOVERY).await;
    assert_eq!(reply.header("content-type"), "application/json");
    assert!(serde_json::from_str::<serde_json::Value>(&reply.text).is_err());
    add(&world, "discovery:empty*1");
    assert_eq!(world.get(DISCOVERY).await.text, "");
    add(&world, "token:error=temporarily_unavailable*1");
    assert_eq!(world.token(&[]).await.error(), "temporarily_unavailable");
}

#[tokio::test]
async fn a_slow_answer_still_comes() {
    let world = World::with(options()).await;
    add(&world, "discovery:slow=200ms*1");
    let start = Instant::now();
    assert_eq!(world.get(DISCOVERY).await.status, 200);
    assert!(start.elapsed() >= Duration::from_millis(200));
}

/// Everything the sandbox sends on one connection until it closes it.
async fn raw(world: &World, request: &str) -> Vec<u8> {
    let address = world.sandbox.url().trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = request.replace("HOST", address);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A reset instead of an end is a closed connection as well.
    stream.read_to_end(&mut answer).await.unwrap_or_default();
    answer
}

#[tokio::test]
async fn a_dropped_connection_brings_not_one_byte() {
    let world = World::with(options()).await;
    add(&world, "discovery:drop");
    let request = format!("GET {DISCOVERY} HTTP/1.1\r\nHost: HOST\r\n\r\n");
    assert!(raw(&world, &request).await.is_empty());
    let event = world.sandbox.request_log().pop().unwrap();
    assert_eq!(event.status, None);
    assert!(event.outcome.contains("did nothing"), "{}", event.outcome);
}

#[tokio::test]
async fn a_request_that_is_dropped_is_not_carried_out() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    add(&world, "token:drop*1");
    assert!(refresh_request(&world, &tokens).send().await.is_err());
    assert_eq!(world.refresh(tokens.refresh()).await.status, 200);
}

#[tokio::test]
async fn half_a_body_promises_the_whole_length() {
    let world = World::with(options()).await;
    let request = format!("GET {DISCOVERY} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n");
    let whole = raw(&world, &request).await;
    add(&world, "discovery:half-body*1");
    let half = raw(&world, &request).await;
    let split = |answer: &[u8]| {
        let text = String::from_utf8(answer.to_vec()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        (length.unwrap().parse::<usize>().unwrap(), body.len())
    };
    let (promised, sent) = split(&half);
    assert_eq!(split(&whole), (promised, promised));
    assert_eq!(sent, promised / 2);
}

#[tokio::test]
async fn a_refresh_dropped_after_commit_has_rotated() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    add(&world, "token:drop-after-commit*1");
    assert!(refresh_request(&world, &tokens).send().await.is_err());
    let event = world.sandbox.request_log().pop().unwrap();
    assert_eq!(event.status, None);
    assert!(
        event.outcome.starts_with("the refresh token was rotated"),
        "{}",
        event.outcome
    );
    assert_eq!(event.grant_type, Some("refresh_token"));
    let replay = world.refresh(tokens.refresh()).await;
    assert_eq!(replay.error(), "invalid_grant");
    assert!(world.last_outcome().contains("already used"));
}

#[tokio::test]
async fn a_refresh_that_hangs_after_commit_is_logged_at_once_and_never_answered() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    add(&world, "token:hang-after-commit*1");
    let request = tokio::spawn(refresh_request(&world, &tokens).send());
    let event = loop {
        let last = world.sandbox.request_log().pop().unwrap();
        if last.grant_type == Some("refresh_token") {
            break last;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(event.status, None);
    let done = "the refresh token was rotated";
    assert!(event.outcome.starts_with(done), "{}", event.outcome);
    assert!(!request.is_finished());
    request.abort();
    let replay = world.refresh(tokens.refresh()).await;
    assert_eq!(replay.error(), "invalid_grant");
}

#[tokio::test]
async fn a_refresh_can_grant_fewer_scopes_and_the_next_one_all_again() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    add(&world, "token:narrow-scope*1");
    let fewer = Tokens(world.refresh(tokens.refresh()).await.json());
    let count = |tokens: &Tokens| tokens.0["scope"].as_str().unwrap().split(' ').count();
    assert_eq!(count(&fewer), count(&tokens) - 1);
    let all = Tokens(world.refresh(fewer.refresh()).await.json());
    assert_eq!(all.0["scope"], tokens.0["scope"]);
}

#[tokio::test]
async fn an_error_can_repeat_the_refresh_token_which_stays_good() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    add(&world, "token:echo*1");
    let echo = world.refresh(tokens.refresh()).await;
    assert_eq!((echo.status, echo.error().as_str()), (500, "server_error"));
    let body = echo.json().to_string();
    assert!(body.contains(tokens.refresh()));
    assert!(!world.last_outcome().contains(tokens.refresh()));
    assert_eq!(world.refresh(tokens.refresh()).await.status, 200);
}

#[tokio::test]
async fn a_test_can_ask_about_sessions_and_end_one() {
    let world = World::approving().await;
    assert_eq!(world.sandbox.last_session(), 0);
    let tokens = world.login(&[]).await;
    let token = tokens.0["access_token"].as_str().unwrap();
    let known = world.sandbox.access_token(token).unwrap();
    assert_eq!(
        (known.session, known.end, known.expired_for),
        (1, None, None)
    );
    assert_eq!(world.sandbox.access_token("another"), None);
    assert_eq!(world.sandbox.last_session(), 1);
    world.sandbox.reuse_refresh_token(1);
    assert!(
        world
            .sandbox
            .end_of_session(1)
            .unwrap()
            .contains("a second time")
    );
    assert_eq!(
        world.refresh(tokens.refresh()).await.error(),
        "invalid_grant"
    );
}

#[tokio::test]
async fn a_huge_answer_is_100_megabytes_with_or_without_a_length() {
    let world = World::with(options()).await;
    for (rule, length) in [
        ("discovery:huge*1", None),
        ("discovery:huge=length*1", Some(100_000_000)),
    ] {
        add(&world, rule);
        let request = world.http.get(world.at(DISCOVERY));
        let mut response = request.send().await.unwrap();
        assert_eq!(response.content_length(), length);
        let mut received = 0;
        while let Some(chunk) = response.chunk().await.unwrap() {
            received += chunk.len();
        }
        assert_eq!(received, 100_000_000);
    }
}

#[tokio::test]
async fn discovery_can_be_wrong_in_four_ways() {
    let world = World::with(options()).await;
    add(&world, "discovery:wrong-issuer*1");
    let document = world.get(DISCOVERY).await.json();
    assert_eq!(document["issuer"], "https://issuer.example");
    add(&world, "discovery:http-endpoints*1");
    let document = world.get(DISCOVERY).await.json();
    assert_eq!(document["issuer"], world.sandbox.url());
    assert_eq!(
        document["token_endpoint"],
        "http://portal.example/api/oauth/token"
    );
    add(&world, "discovery:cross-origin*1");
    let document = world.get(DISCOVERY).await.json();
    assert_eq!(
        document["token_endpoint"],
        "https://elsewhere.example/api/oauth/token"
    );
    add(&world, "discovery:short*1");
    let document = world.get(DISCOVERY).await.json();
    assert!(document.get("revocation_endpoint").is_none());
    assert!(document.get("token_endpoint").is_some());
}

#[tokio::test]
async fn keys_rotate_behind_a_cache_and_can_be_short() {
    let world = World::with(Options {
        auto_approve: Some(String::new()),
        signing: crate::Algorithm::Rs256,
        ..options()
    })
    .await;
    let path = "/api/oauth/.well-known/jwks.json";
    add(&world, "jwks:rotate*1");
    let before = world.get(path).await.json();
    let after = world.get(path).await.json();
    assert_ne!(before["keys"][0]["kid"], after["keys"][0]["kid"]);
    assert_eq!(world.get(path).await.json(), after);
    add(&world, "jwks:rotate=keep-old*1");
    assert_eq!(world.get(path).await.json(), after);
    let both = world.get(path).await.json();
    assert_eq!(both["keys"].as_array().unwrap().len(), 2);
    assert_eq!(both["keys"][0], after["keys"][0]);
    world.sandbox.rotate_key().await.unwrap();
    let after = world.get(path).await.json();
    assert_eq!(after["keys"].as_array().unwrap().len(), 1);
    add(&world, "jwks:rsa-short*1");
    let short = world.get(path).await.json();
    assert_eq!(short["keys"][0]["kid"], after["keys"][0]["kid"]);
    assert_eq!(short["keys"][0]["n"].as_str().unwrap().len(), 171);
}

#[tokio::test]
async fn token_answers_can_be_odd() {
    let world = World::approving().await;
    let cases = [
        (
            "token:expires-in=\"3600\"*1",
            "expires_in",
            Some("\"3600\""),
        ),
        ("token:expires-in=0*1", "expires_in", Some("0")),
        ("token:expires-in=-1*1", "expires_in", Some("-1")),
        ("token:expires-in=null*1", "expires_in", Some("null")),
        ("token:expires-in=absent*1", "expires_in", None),
        ("token:token-type=mac*1", "token_type", Some("\"mac\"")),
        ("token:no-scope*1", "scope", None),
        ("token:no-refresh*1", "refresh_token", None),
        ("id_token:missing*1", "id_token", None),
    ];
    for (rule, field, expected) in cases {
        add(&world, rule);
        let tokens = world.login(&[]).await;
        let value = tokens.0.get(field).map(ToString::to_string);
        assert_eq!(value.as_deref(), expected, "{rule}");
    }
}

#[tokio::test]
async fn a_refresh_without_rotation_keeps_the_token_good() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    add(&world, "token:no-rotate*1");
    let same = Tokens(world.refresh(tokens.refresh()).await.json());
    assert_eq!(same.refresh(), tokens.refresh());
    add(&world, "token:no-refresh*1");
    let none = world.refresh(tokens.refresh()).await.json();
    assert!(none.get("refresh_token").is_none());
    assert_eq!(world.refresh(tokens.refresh()).await.status, 200);
}

#[tokio::test]
async fn latency_delays_every_answer_of_the_portal() {
    let world = World::with(Options {
        latency: Duration::from_millis(100),
        ..options()
    })
    .await;
    let start = Instant::now();
    let request = world.http.get(world.at(DISCOVERY));
    assert_eq!(read(request).await.status, 200);
    assert!(start.elapsed() >= Duration::from_millis(100));
}
