//! `serve --token-endpoint`: a token for those who do need one, and only when asked for.

use super::served::Served;
use crate::world::World;

#[test]
fn only_with_the_flag_is_there_a_token_and_only_for_the_capability() {
    let world = World::signed_in();
    let served = Served::start(&world, &[]);
    let token = world.access_token();
    let response = served.get("/token");
    assert!(
        !response.body.contains(&token) && response.status == 404,
        "{response:?}"
    );
    served.stop();

    let file = world.path("audit");
    let name = file.display().to_string();
    let served = Served::start(&world, &["--token-endpoint", "--audit", &name]);
    let response = served.get("/token");
    assert_eq!(response.status, 200, "{response:?}");
    let answer = response.json();
    assert_eq!(answer["token"], token.as_str());
    assert!(
        answer["expires_at"].as_str().unwrap().ends_with('Z'),
        "{answer}"
    );
    assert!(
        response.head.contains("cache-control: no-store"),
        "{response:?}"
    );
    for (line, status) in [
        ("POST /token", 403),
        ("GET /token/", 404),
        ("GET /token/x", 404),
        ("GET /token?x=y", 200),
    ] {
        let response = served.send(line);
        assert_eq!(response.status, status, "{line}: {response:?}");
    }
    let refused = served.address.send("wrong", "GET /token", "");
    assert_eq!(refused.status, 401);
    assert!(!refused.body.contains(&token));
    let head = served.send("HEAD /token");
    assert!(
        head.status == 200 && !head.body.contains(&token),
        "{head:?}"
    );
    served.stop();
    let audit = std::fs::read_to_string(&file).unwrap();
    assert!(
        audit.contains("/token") && !audit.contains(&token),
        "{audit}"
    );
}

#[test]
fn a_token_of_the_endpoint_is_good_for_a_while_and_works_at_the_portal() {
    let world = World::signed_in();
    world.age_access_token(3590);
    let served = Served::start(&world, &["--token-endpoint"]);
    let answer = served.get("/token").json();
    assert_eq!(world.refreshes(), 1);
    let token = answer["token"].as_str().unwrap();
    let given = [("EPROSPERA_TOKEN", token)];
    world.run_in(&given, &["me", "natural-person"]).succeeds();
    let expires_at: jiff_timestamp::Seconds = jiff_timestamp::parse(&answer["expires_at"]);
    assert!(expires_at >= jiff_timestamp::now() + 60, "{answer}");
    served.stop();
}

#[test]
fn without_a_session_the_endpoint_says_how_to_sign_in() {
    let world = World::signed_in();
    let served = Served::start(&world, &["--token-endpoint"]);
    world.run(&["logout"]).succeeds();
    let response = served.get("/token");
    assert_eq!(response.status, 502, "{response:?}");
    assert!(response.body.contains("eprospera login"), "{response:?}");
    served.stop();
}

/// Moments as scripts read them.
mod jiff_timestamp {
    use serde_json::Value;

    pub(super) type Seconds = i64;

    pub(super) fn parse(text: &Value) -> Seconds {
        let moment: jiff::Timestamp = text.as_str().unwrap().parse().unwrap();
        moment.as_second()
    }

    pub(super) fn now() -> Seconds {
        jiff::Timestamp::now().as_second()
    }
}
