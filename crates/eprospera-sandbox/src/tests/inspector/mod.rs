//! What the inspector shows of the sandbox, as scripts read it.

mod advice;
mod decoded;
mod disguises;
mod feed;
mod history;
mod mistakes;
mod secrets;

use serde_json::{Value, json};

use super::control::steer;
use super::world::{World, options, read};

/// All that the inspector shows.
async fn shown(world: &World) -> Value {
    world.get("/sandbox/inspector.json").await.json()
}

/// The newest request that is kept.
async fn newest(world: &World) -> Value {
    let shown = shown(world).await;
    let exchanges = shown["exchanges"].as_array().unwrap();
    exchanges.last().unwrap().clone()
}

/// The value of a parameter, as it is shown.
fn value<'a>(exchange: &'a Value, side: &str, name: &str) -> &'a str {
    let parameters = exchange[side].as_array().unwrap();
    let found = parameters
        .iter()
        .find(|parameter| parameter["name"] == name);
    let found = found.unwrap_or_else(|| panic!("no {name} in {parameters:#?}"));
    found["value"].as_str().unwrap()
}

/// The token in a parameter.
fn token<'a>(exchange: &'a Value, location: &str) -> &'a Value {
    let tokens = exchange["tokens"].as_array().unwrap();
    let found = tokens.iter().find(|token| token["in"] == location);
    found.unwrap_or_else(|| panic!("no {location} in {tokens:#?}"))
}

#[tokio::test]
async fn the_inspector_shows_sessions_devices_faults_the_clock_and_keys() {
    let world = World::approving().await;
    world.login(&[]).await;
    steer(&world, "/sandbox/clock", json!({ "advance_seconds": 90 })).await;
    steer(&world, "/sandbox/faults", json!({ "rule": "me:500*2" })).await;
    steer(&world, "/sandbox/rotate-key", json!({ "keep_old": true })).await;
    let device = world.http.post(world.at("/api/oauth/device_authorization"));
    let device = device.form(&[("client_id", "eprospera-cli"), ("scope", "openid")]);
    let device = read(device).await.json();

    let shown = world.get("/sandbox/inspector.json").await.json();
    let session = &shown["sessions"][0];
    assert_eq!(
        (&session["number"], &session["state"]),
        (&json!(1), &json!("live"))
    );
    assert_eq!(session["client"], "sandbox-cli");
    assert_eq!(session["persona"], "resident");
    let waiting = &shown["devices"][0];
    assert_eq!(waiting["user_code"], device["user_code"]);
    assert_eq!(waiting["state"], "waiting");
    assert_eq!(
        shown["faults"],
        json!([{ "rule": "me:500*2", "remaining": 2 }])
    );
    assert_eq!(shown["clock"]["offset_seconds"], 90);
    let states: Vec<_> = shown["keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| &key["state"])
        .collect();
    assert_eq!(states, ["retired", "current"]);
}

#[tokio::test]
async fn a_page_of_another_host_cannot_read_the_inspector() {
    let world = World::with(options()).await;
    let foreign = world.http.get(world.at("/sandbox/inspector.json"));
    let reply = read(foreign.header("host", "evil.example")).await;
    assert_eq!(reply.status, 421);
    let reply = world.get("/sandbox/inspector.json").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("access-control-allow-origin"), "");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
}
