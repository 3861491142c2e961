//! Clients that do not get as far as a request: the log and the inspector say why.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_rustls::rustls::version::{TLS12, TLS13};

use super::tls::{address, https, plain, shaken};
use super::world::{World, builder, client, options, trusting};
use crate::{Authority, Options};

/// What a client says that trusts what the system does. Windows judges certificates itself, and its reasons are not
/// those of the alerts.
const UNTRUSTED: &str = if cfg!(windows) {
    "(alert certificate_unknown)"
} else {
    "(alert unknown_ca)"
};

/// Waits until the log has a line with some words.
async fn logged(world: &World, words: &str) {
    let is_logged = || {
        let log = world.sandbox.request_log();
        log.iter().any(|event| event.outcome.contains(words))
    };
    let wait = async {
        while !is_logged() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(20), wait).await;
    assert!(
        waited.is_ok(),
        "{words}: {:#?}",
        world.sandbox.request_log()
    );
}

#[tokio::test]
async fn a_client_that_does_not_trust_the_authority_fails_and_the_log_says_what_to_do() {
    let world = World::with(https()).await;
    let other = Authority::generate().unwrap();
    let health = world.at("/health");
    let own = (builder(), UNTRUSTED);
    let given = (trusting(other.certificate_pem()), "(alert unknown_ca)");
    for (client, alert) in [own, given] {
        let refused = client.build().unwrap().get(&health).send().await;
        assert!(refused.unwrap_err().is_connect());
        logged(&world, &format!("does not trust the sandbox's CA {alert}")).await;
        world.sandbox.reset();
    }
    let refused = client().get(&health).send().await;
    assert!(refused.unwrap_err().is_connect());
    logged(&world, UNTRUSTED).await;
    let log = world.sandbox.request_log();
    assert_eq!(log.len(), 1, "{log:#?}");
    let advice = format!(
        "give it the certificate from {}, or run it with `eprospera sandbox exec --tls`",
        plain(&world, "/sandbox/ca.pem")
    );
    for event in log {
        assert_eq!(event.send_instead.as_deref(), Some(&*advice), "{event:?}");
        let place = (event.method.as_str(), event.path.as_str(), event.endpoint);
        assert_eq!(place, ("TLS", "handshake", "tls"));
        assert_eq!(event.status, None);
    }
}

/// What the inspector shows of the newest refusal.
async fn newest_refusal(world: &World) -> Value {
    let shown = world.get("/sandbox/inspector.json").await.json();
    let exchanges = shown["exchanges"].as_array().unwrap();
    let is_newest = |exchange: &&Value| exchange["number"] == shown["newest_refusal"];
    exchanges.iter().find(is_newest).unwrap().clone()
}

#[tokio::test]
async fn a_client_that_does_not_trust_the_authority_is_the_newest_refusal_of_the_inspector() {
    let world = World::with(https()).await;
    let refused = client().get(world.at("/health")).send().await;
    assert!(refused.unwrap_err().is_connect());
    logged(&world, UNTRUSTED).await;
    let newest = newest_refusal(&world).await;
    assert_eq!(newest["route"], "TLS handshake");
    assert_eq!(newest["sequence"], 1);
    let refusal = &newest["refusal"];
    let text = |name: &str| refusal[name].as_str().unwrap();
    assert!(text("reason").starts_with("the client does not trust the sandbox's CA"));
    assert!(text("send_instead").starts_with("give it the certificate from"));
    let page = world.get("/").await.text;
    assert!(page.contains("Give it the certificate from"), "{page}");
    assert!(!page.contains("No request was refused"), "{page}");
}

#[tokio::test]
async fn https_where_plain_http_is_spoken_is_closed_and_the_log_and_the_inspector_say_so() {
    let world = World::with(options()).await;
    for origin in [world.sandbox.url(), world.sandbox.files_url()] {
        let url = origin.replacen("http", "https", 1);
        let refused = client().get(&url).send().await;
        assert!(refused.unwrap_err().is_connect());
        logged(&world, "https where the sandbox speaks plain http").await;
        let advice = format!("use {origin}, or start the sandbox with `--tls`");
        let newest = newest_refusal(&world).await;
        assert_eq!(newest["refusal"]["send_instead"], *advice);
        let log = world.sandbox.request_log();
        let event = log.iter().rfind(|event| event.endpoint == "tls").unwrap();
        assert_eq!(event.send_instead.as_deref(), Some(&*advice));
        world.sandbox.reset();
    }
    assert_eq!(world.get("/health").await.status, 200);
}

#[tokio::test]
async fn a_client_that_goes_right_after_the_handshake_is_in_the_log() {
    let world = World::with(https()).await;
    let certificate = world.sandbox.ca_certificate().unwrap();
    let url = world.sandbox.url();
    let mut stream = shaken(url, &certificate, "localhost", &TLS13)
        .await
        .unwrap();
    stream.shutdown().await.unwrap();
    logged(
        &world,
        "closed the connection right after the TLS handshake",
    )
    .await;
}

#[tokio::test]
async fn what_is_neither_tls_nor_http_is_in_the_log() {
    let world = World::with(https()).await;
    let mut stream = TcpStream::connect(address(world.sandbox.url()))
        .await
        .unwrap();
    stream
        .write_all(&[0, 1, 2, 3, 4, 5, 6, 7, 8])
        .await
        .unwrap();
    logged(&world, "neither TLS nor HTTP").await;
}

#[tokio::test]
async fn clients_that_stop_in_the_middle_of_a_handshake_hold_nobody_up() {
    let world = World::with(https()).await;
    let mut held = Vec::new();
    for number in 0..100 {
        let mut stream = TcpStream::connect(address(world.sandbox.url()))
            .await
            .unwrap();
        if number % 2 == 0 {
            // The beginning of a record.
            stream.write_all(&[0x16, 3, 1]).await.unwrap();
        }
        held.push(stream);
    }
    assert_eq!(world.get("/health").await.status, 200);
    assert_eq!(world.sandbox.request_log().len(), 1);
    drop(held);
}

/// A client fails in its own way at once before the sandbox stops, as one does whose end is the end
/// of `sandbox exec`. What the log says of it.
async fn said_at_the_end(certificate: &str, options: Options) -> Vec<String> {
    let said = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&said);
    let world = World::with(Options {
        on_event: Some(Arc::new(move |event| {
            sink.lock().unwrap().push(event.outcome.clone());
        })),
        ..options
    })
    .await;
    let url = world.sandbox.url().to_owned();
    for version in [&TLS12, &TLS13] {
        drop(shaken(&url, certificate, "localhost", version).await);
    }
    world.sandbox.stop().await;
    let mut said = said.lock().unwrap().clone();
    said.sort();
    said
}

#[tokio::test]
async fn what_a_client_failed_with_is_in_the_log_though_the_sandbox_stops_at_once() {
    for _ in 0..20 {
        let other = Authority::generate().unwrap();
        let said = said_at_the_end(other.certificate_pem(), https()).await;
        let distrust = "the client does not trust the sandbox's CA (alert unknown_ca)";
        assert_eq!(said, [distrust; 2]);

        let options = https();
        let own = options.tls.as_ref().unwrap().certificate_pem().to_owned();
        let said = said_at_the_end(&own, options).await;
        let gone = "the client closed the connection right after the TLS handshake";
        assert_eq!(said, [gone; 2]);
    }
}
