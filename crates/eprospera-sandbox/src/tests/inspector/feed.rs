//! The feed: what changes, while it changes.

use std::time::Duration;

use reqwest::Response;
use serde_json::{Value, json};

use super::super::control::steer;
use super::super::world::{World, options, read};
use super::shown;

/// One who follows the feed.
pub(super) struct Follower(Response, String);

/// An event with its id.
#[derive(Debug)]
struct Told {
    name: String,
    id: String,
    data: Value,
}

impl Follower {
    pub(super) async fn at(world: &World, path: &str, last: Option<&str>) -> Self {
        let mut request = world.http.get(world.at(path));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self(response, String::new())
    }

    async fn of(world: &World) -> Self {
        Self::at(world, "/sandbox/inspector/events", None).await
    }

    /// What comes next, as it comes.
    pub(super) async fn piece(&mut self) -> String {
        let piece = self.0.chunk().await.unwrap();
        String::from_utf8(piece.unwrap_or_default().to_vec()).unwrap()
    }

    /// The next event; `None` at the end.
    async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some((event, rest)) = self.1.split_once("\n\n") {
                let field = |name: &str| {
                    let mut lines = event.lines();
                    lines
                        .find_map(|line| line.strip_prefix(name))
                        .map(str::to_owned)
                };
                let told = field("event: ").map(|name| Told {
                    name,
                    id: field("id: ").unwrap(),
                    data: serde_json::from_str(&field("data: ").unwrap()).unwrap(),
                });
                self.1 = rest.to_owned();
                if told.is_some() {
                    return told;
                }
                continue;
            }
            let piece = self.piece().await;
            if piece.is_empty() {
                return None;
            }
            self.1.push_str(&piece);
        }
    }

    /// The next event of a name.
    async fn wait(&mut self, name: &str) -> Told {
        loop {
            let told = self.next().await.expect("the feed ended");
            if told.name == name {
                return told;
            }
        }
    }
}

#[tokio::test]
async fn a_follower_sees_each_request_and_what_it_changed() {
    let world = World::approving().await;
    let mut follower = Follower::of(&world).await;
    let state = follower.wait("state").await.data;
    assert_eq!(state["sessions"], json!([]));
    world.login(&[]).await;
    let mut seen = Vec::new();
    while seen.len() < 2 {
        let exchange = follower.wait("exchange").await.data;
        if exchange["state"] == "answered" {
            seen.push(exchange["path"].clone());
        }
    }
    assert_eq!(seen, ["/api/oauth/authorize", "/api/oauth/token"]);
    loop {
        let state = follower.wait("state").await.data;
        if state["sessions"][0]["number"] == 1 {
            break;
        }
    }
    world.sandbox.advance_clock(60);
    let state = follower.wait("state").await.data;
    assert_eq!(state["clock"]["offset_seconds"], 60);
    world.sandbox.add_fault("me:500".parse().unwrap());
    let state = follower.wait("state").await.data;
    assert_eq!(state["faults"][0]["rule"], "me:500");
}

#[tokio::test]
async fn a_follower_that_comes_back_gets_what_it_missed() {
    let world = World::approving().await;
    world.login(&[]).await;
    let before = shown(&world).await["feed"].as_str().unwrap().to_owned();
    world.authorize(&[("nonce", "")]).await;
    let path = "/sandbox/inspector/events";
    let mut follower = Follower::at(&world, path, Some(&before)).await;
    let told = follower.wait("exchange").await;
    assert_eq!(told.data["path"], "/api/oauth/authorize");
    assert!(
        told.data["refusal"]["send_instead"]
            .as_str()
            .unwrap()
            .contains("nonce")
    );
    let path = format!("{path}?since={before}");
    let mut follower = Follower::at(&world, &path, None).await;
    assert_eq!(follower.wait("exchange").await.id, told.id);
    let mut follower = Follower::at(&world, &path, Some(&told.id)).await;
    assert_eq!(
        follower.next().await.unwrap().name,
        "state",
        "nothing was missed"
    );
}

#[tokio::test]
async fn a_follower_that_missed_too_much_is_told_so() {
    let world = World::approving().await;
    let before = shown(&world).await["feed"].as_str().unwrap().to_owned();
    for _ in 0..210 {
        world.userinfo_status("x").await;
    }
    let path = "/sandbox/inspector/events";
    let mut follower = Follower::at(&world, path, Some(&before)).await;
    let told = follower.next().await.unwrap();
    assert_eq!(told.name, "resync");
    let now = shown(&world).await["feed"].as_str().unwrap().to_owned();
    assert_eq!(told.id, now);
}

#[tokio::test]
async fn a_reset_ends_the_feed_and_says_where_the_next_one_begins() {
    let world = World::approving().await;
    world.login(&[]).await;
    let mut follower = Follower::of(&world).await;
    let old = follower.wait("state").await.id;
    steer(&world, "/sandbox/reset", json!({})).await;
    let told = follower.wait("reset").await;
    assert!(follower.next().await.is_none());
    assert_eq!(shown(&world).await["exchanges"], json!([]));
    world.login(&[]).await;
    let path = "/sandbox/inspector/events";
    let mut follower = Follower::at(&world, path, Some(&told.id)).await;
    let first = follower.next().await.unwrap().data;
    assert_eq!(first["path"], "/api/oauth/authorize");
    // One that missed the reset learns about it now.
    let mut follower = Follower::at(&world, path, Some(&old)).await;
    assert_eq!(follower.next().await.unwrap().name, "reset");
    assert_eq!(follower.next().await.unwrap().data, first);
}

#[tokio::test]
async fn the_feed_ends_when_the_sandbox_stops() {
    let world = World::with(options()).await;
    let mut follower = Follower::of(&world).await;
    follower.wait("state").await;
    let stopped = tokio::time::timeout(Duration::from_secs(10), world.sandbox.stop());
    stopped.await.expect("it does not wait for a follower");
    assert!(follower.next().await.is_none());
}

#[tokio::test]
async fn so_many_may_follow_and_one_that_leaves_makes_room() {
    let world = World::with(options()).await;
    let mut followers = Vec::new();
    for _ in 0..64 {
        followers.push(Follower::of(&world).await);
    }
    let reply = world.get("/sandbox/inspector/events").await;
    assert_eq!(
        (reply.status, reply.error()),
        (503, "Too many readers".to_owned())
    );
    followers.clear();
    loop {
        // What tells the sandbox that a follower is gone is the next piece for it.
        world.sandbox.advance_clock(1);
        let request = world.http.get(world.at("/sandbox/inspector/events"));
        if request.send().await.unwrap().status() == 200 {
            return;
        }
    }
}

#[tokio::test]
async fn a_browser_reads_the_inspector_from_its_own_page_only() {
    let world = World::with(options()).await;
    for path in ["/sandbox/inspector.json", "/sandbox/inspector/events"] {
        for (site, status) in [
            ("cross-site", 403),
            ("same-site", 403),
            ("same-origin", 200),
            ("none", 200),
        ] {
            let request = world
                .http
                .get(world.at(path))
                .header("sec-fetch-site", site);
            let reply = request.send().await.unwrap();
            assert_eq!(reply.status(), status, "{path} {site}");
            assert!(reply.headers().get("access-control-allow-origin").is_none());
        }
        let foreign = world
            .http
            .get(world.at(path))
            .header("host", "evil.example");
        assert_eq!(read(foreign).await.status, 421);
    }
}
