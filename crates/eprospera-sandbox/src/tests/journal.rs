//! `GET /sandbox/journal`: the request log in pieces, whole or from a number on.

use serde_json::Value;

use super::world::{Reply, World};
use crate::http::request_log::Event;

impl World {
    async fn journal(&self, query: &str) -> Reply {
        let path = format!("/sandbox/journal{query}");
        self.get_as(&path, self.sandbox.control_token()).await
    }
}

fn numbers(reply: &Reply) -> Vec<u64> {
    let events = reply.json();
    let events = events.as_array().unwrap().iter();
    events
        .map(|event| event["sequence"].as_u64().unwrap())
        .collect()
}

#[tokio::test]
async fn a_part_of_the_request_log_is_asked_for_by_number_and_count() {
    let world = World::approving().await;
    assert_eq!(world.journal("").await.text, "[]");
    for _ in 0..300 {
        let event = Event {
            outcome: "made up".to_owned(),
            ..Event::default()
        };
        world.sandbox.services().portal.request_log.record(event);
    }
    let whole = world.journal("").await;
    assert_eq!(numbers(&whole), (1..=301).collect::<Vec<_>>());
    assert_eq!(whole.header("sandbox-dropped-events"), "0");
    assert_eq!(whole.header("content-type"), "application/json");
    assert_eq!(
        numbers(&world.journal("?since=299&limit=2").await),
        [300, 301]
    );
    assert_eq!(numbers(&world.journal("?limit=128").await).len(), 128);
    assert_eq!(numbers(&world.journal("?limit=129").await).len(), 129);
    for empty in ["?since=100000", "?limit=0", "?since=5&limit=0"] {
        assert_eq!(world.journal(empty).await.text, "[]", "{empty}");
    }
    for wrong in [
        "?since=-1",
        "?limit=all",
        "?limit=1&limit=2",
        "?after=3",
        "?since=",
    ] {
        let reply = world.journal(wrong).await;
        assert_eq!(
            (reply.status, &*reply.error()),
            (400, "invalid_request"),
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn the_request_log_comes_in_pieces_that_the_reader_asks_for() {
    let world = World::approving().await;
    let portal = world.sandbox.services().portal;
    let log = &portal.request_log;
    for number in 0..20_000 {
        let event = Event {
            outcome: format!("{number}{}", "x".repeat(1000)),
            ..Event::default()
        };
        log.record(event);
    }
    let request = world.http.get(world.at("/sandbox/journal"));
    let response = request.bearer_auth(world.sandbox.control_token()).send();
    let mut response = response.await.unwrap();
    let first = response.chunk().await.unwrap().unwrap();
    assert!(first.len() < 1_000_000, "{}", first.len());
    // The reader waits; what was not read yet is not made yet, so what is dropped meanwhile is
    // missing in the middle, and the answer is an array all the same.
    for _ in 0..400 {
        let event = Event {
            outcome: "x".repeat(100_000),
            ..Event::default()
        };
        log.record(event);
    }
    let mut text = first.to_vec();
    while let Some(piece) = response.chunk().await.unwrap() {
        text.extend_from_slice(&piece);
    }
    let events: Vec<Value> = serde_json::from_slice(&text).unwrap();
    assert!((100..20_000).contains(&events.len()), "{}", events.len());
    let numbers: Vec<_> = events
        .iter()
        .map(|event| event["sequence"].as_u64())
        .collect();
    assert!(numbers.is_sorted() && numbers.last().unwrap().unwrap() <= 20_000);
}
