//! `serve --audit`: one line for each request, and no request without a line.

use std::io::{Read as _, Write as _};
use std::path::Path;

use serde_json::Value;

use super::served::Served;
use crate::world::{World, wait_until};

const ROUTE: &str = "/api/v1/me/natural-person";

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn each_request_has_a_line_with_how_it_ended_and_no_secret_body_or_query() {
    let world = World::signed_in();
    let file = world.path("audit.jsonl");
    let name = file.display().to_string();
    let served = Served::start(&world, &["--audit", &name, "--allow", "GET /api/v1/me/**"]);
    let long = served.get(&format!("{ROUTE}?secret=canary-query"));
    served.send("POST /api/v1/me/x");
    served.get("/api/v1/other");
    served.get("/api/v1/me/nothing-here");
    served
        .address
        .send("wrong-capability", &format!("GET {ROUTE}"), "");
    let capability = served.capability.clone();
    served.stop();
    let lines = lines(&file);
    let told: Vec<_> = lines
        .iter()
        .map(|line| {
            let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            (
                text("method"),
                text("path"),
                line["status"].as_u64().unwrap(),
                !text("refused").is_empty(),
            )
        })
        .collect();
    let row = |method: &str, path: &str, status, is_refused| {
        (method.to_owned(), path.to_owned(), status, is_refused)
    };
    assert_eq!(
        told,
        [
            row("GET", ROUTE, 200, false),
            row("POST", "/api/v1/me/x", 403, true),
            row("GET", "/api/v1/other", 403, true),
            row("GET", "/api/v1/me/nothing-here", 404, false),
            row("GET", ROUTE, 401, true),
        ]
    );
    assert_eq!(lines[0]["bytes_sent"], long.content_length());
    assert!(lines[0]["duration_ms"].is_u64() && lines[0]["time"].as_str().unwrap().ends_with('Z'));
    let text = std::fs::read_to_string(&file).unwrap();
    for secret in [
        "canary-query",
        "wrong-capability",
        "Okafor",
        &capability,
        &world.access_token(),
    ] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

#[test]
fn a_request_that_is_under_way_when_the_proxy_ends_has_its_line() {
    for (fault, status) in [
        ("natural-person:hang*1", 499),
        ("natural-person:stall*1", 200),
    ] {
        let world = World::signed_in();
        world.fault(fault);
        let file = world.path("audit.jsonl");
        let served = Served::start(&world, &["--audit", &file.display().to_string()]);
        let mut caller = served.address.connect();
        let (host, capability) = (served.address.host(), &served.capability);
        let request = format!(
            "GET {ROUTE} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {capability}\r\n\r\n"
        );
        caller.write_all(request.as_bytes()).unwrap();
        wait_until("the portal has the request", || {
            world.faults_left().is_empty()
        });
        if status == 200 {
            caller.read_exact(&mut [0; 1]).unwrap();
        }
        served.interrupt();
        let lines = lines(&file);
        assert_eq!(lines.len(), 1, "{fault}: {lines:?}");
        assert_eq!(lines[0]["status"], status, "{lines:?}");
    }
}

#[test]
fn an_audit_file_is_private_and_grows() {
    let world = World::signed_in();
    let file = world.path("audit.jsonl");
    let name = file.display().to_string();
    for count in 1..=2 {
        let served = Served::start(&world, &["--audit", &name]);
        assert_eq!(served.get(ROUTE).status, 200);
        served.stop();
        assert_eq!(lines(&file).len(), count);
        assert!(crate::world::is_private(&file));
    }
}

#[test]
fn an_audit_that_cannot_be_kept_is_refused_at_the_start() {
    let world = World::signed_in();
    let folder = world.path("state").display().to_string();
    // Only Linux has a device that is always full.
    let full = cfg!(target_os = "linux").then_some("/dev/full");
    for path in [folder.as_str(), "absent/audit"].into_iter().chain(full) {
        world
            .run(&["serve", "--audit", path])
            .exits(2)
            .because("audit")
            .hinting("--audit");
    }
}

#[test]
fn once_the_audit_cannot_be_kept_nothing_is_forwarded_until_it_can_be() {
    let world = World::signed_in();
    let folder = world.path("audits");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("audit");
    let served = Served::start(&world, &["--audit", &file.display().to_string()]);
    assert_eq!(served.get(ROUTE).status, 200);
    std::fs::remove_dir_all(&folder).unwrap();
    let before = world.events("me").len();
    for _ in 0..3 {
        let response = served.get(ROUTE);
        assert_eq!(response.status, 503, "{response:?}");
        let message = response.json()["error"]["message"].to_string();
        assert!(message.contains("audit"), "{message}");
    }
    assert_eq!(world.events("me").len(), before);
    std::fs::create_dir(&folder).unwrap();
    assert_eq!(served.get(ROUTE).status, 200);
    served.stop();
    let lines = lines(&file);
    let statuses: Vec<_> = lines.iter().map(|line| line["status"].clone()).collect();
    let expected = [503, 503, 503, 200];
    assert_eq!(statuses, expected, "those that waited, and the new one");
}
