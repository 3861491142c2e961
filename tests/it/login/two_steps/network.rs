//! Servers that are only partly there, or elsewhere, between the two steps.

use serde_json::json;
use url::Url;

use super::{Begun, finish, pending};
use crate::impostor::{DEVICE, DISCOVERY, Impostor, json_answer, user_of};
use crate::world::{World, wait_until};

fn begin(world: &World, flags: &[&str]) -> (Begun, String) {
    let output = world.run(&[&["login", "--begin"], flags].concat());
    let output = output.succeeds();
    let json = output.json();
    let id = json["id"].as_str().unwrap().to_owned();
    (Begun { json, id }, output.stderr)
}

fn answer(begun: &Begun) -> String {
    let uri = begun.parameter("redirect_uri").unwrap();
    let state = begun.parameter("state").unwrap();
    let back = [("code", "canary-code"), ("state", state.as_str())];
    Url::parse_with_params(&uri, back).unwrap().into()
}

#[test]
fn a_code_that_could_not_be_sent_is_not_used_up() {
    let mut world = World::new();
    let (begun, _) = begin(&world, &[]);
    let before = pending(&world);
    let asked = world.events("discovery").len();
    let mut command = world.command(&["login", "--finish", &begun.id]);
    command.stdin(std::process::Stdio::piped());
    let mut process = world.spawn(command);
    wait_until("the portal is asked", || {
        world.events("discovery").len() > asked
    });
    world.stop_sandbox();
    process.write(format!("{}\n", answer(&begun)));
    let output = process.end().exits(11);
    drop(output.hinting("still pending"));
    assert_eq!(pending(&world), before);
}

#[test]
fn a_portal_that_fails_before_the_code_is_sent_leaves_the_login_pending() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let (begun, _) = begin(&world, &[]);
    issuer.put(DISCOVERY, json_answer(503, "{}"));
    let output = finish(&world, &[&begun.id], &answer(&begun)).0;
    assert_ne!(output.code, 0);
    drop(output.hinting("still pending"));
    issuer.behave();
    issuer.grant(&begun.parameter("nonce").unwrap());
    finish(&world, &[], &answer(&begun)).succeeds();
}

#[test]
fn a_page_for_the_code_that_is_not_at_the_issuer_is_said_so() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let device = json!({
        "device_code": "dc_canary_0123456789",
        "user_code": "ABCD-1234",
        "verification_uri": "https://elsewhere.example/device",
        "expires_in": 600,
    });
    issuer.put(DEVICE, json_answer(200, &device.to_string()));
    let (begun, stderr) = begin(&world, &["--device"]);
    assert!(stderr.contains("https://elsewhere.example"), "{stderr}");
    assert_eq!(
        begun.json["authorization_url"],
        "https://elsewhere.example/device"
    );
    assert!(!stderr.contains("dc_canary") && !begun.json.to_string().contains("dc_canary"));
}
