//! Sessions with what happened to them.

use serde_json::{Value, json};

use super::super::world::{Tokens, World, read};
use super::shown;

fn told(session: &Value) -> Vec<(String, u64)> {
    let entries = session["history"].as_array().unwrap().iter();
    entries
        .map(|entry| {
            let what = entry["what"].as_str().unwrap().to_owned();
            (what, entry["exchange"].as_u64().unwrap())
        })
        .collect()
}

#[tokio::test]
async fn a_session_says_who_rotated_it_and_which_reuse_ended_it() {
    let world = World::approving().await;
    let first = world.login(&[]).await;
    let second = Tokens(world.refresh(first.refresh()).await.json());
    world.refresh(second.refresh()).await;
    world.refresh(second.refresh()).await;
    let shown = shown(&world).await;
    let session = &shown["sessions"][0];
    let expected = [
        ("tokens were issued to sandbox-cli", 2),
        (
            "sandbox-cli refreshed: refresh token 1 ended, 2 was issued",
            3,
        ),
        (
            "sandbox-cli refreshed: refresh token 2 ended, 3 was issued",
            4,
        ),
        (
            "the session ended: a refresh token was used a second time",
            5,
        ),
    ];
    let expected = expected.map(|(what, number)| (what.to_owned(), number));
    assert_eq!(told(session), expected);
    assert_eq!(
        (&session["state"], &session["rotations"]),
        (&json!("ended"), &json!(2))
    );
    assert_eq!(session["ended"]["exchange"], 5);
    assert_eq!(session["history"][3]["ended"], true);
    assert_eq!(
        shown["exchanges"][4]["session"], 1,
        "the refused request is of the session"
    );
}

#[tokio::test]
async fn revocation_expiry_and_a_code_used_twice_are_in_the_history() {
    let world = World::approving().await;
    let code = world.code(&[]).await;
    let tokens = Tokens(world.redeem(&code).await.json());
    for token in [tokens.access(), tokens.refresh()] {
        let request = world.http.post(world.at("/api/oauth/revoke"));
        read(request.form(&[("client_id", "sandbox-cli"), ("token", token)])).await;
    }
    world.redeem(&code).await;
    world.login(&[]).await;
    world.sandbox.advance_clock(179 * 24 * 3600);
    let whole = shown(&world).await;
    let told: Vec<_> = told(&whole["sessions"][1])
        .into_iter()
        .map(|(what, _)| what)
        .collect();
    assert_eq!(
        told,
        [
            "tokens were issued to sandbox-cli",
            "sandbox-cli revoked an access token",
            "sandbox-cli revoked refresh token 1",
            "the session ended: its code was used a second time",
        ]
    );
    world.sandbox.revoke_all();
    let whole = shown(&world).await;
    let end = &whole["sessions"][0]["ended"];
    assert_eq!(end["why"], "all sessions were ended in the portal");
    assert!(end["exchange"].is_null(), "it was no request");
}

#[tokio::test]
async fn of_a_long_history_the_first_and_the_last_steps_are_shown() {
    let world = World::approving().await;
    let mut tokens = world.login(&[]).await;
    for _ in 0..30 {
        tokens = Tokens(world.refresh(tokens.refresh()).await.json());
    }
    let shown = shown(&world).await;
    let session = &shown["sessions"][0];
    let steps = told(session);
    assert_eq!((steps.len(), &session["left_out"]), (16, &json!(15)));
    assert_eq!(steps[0].0, "tokens were issued to sandbox-cli");
    assert_eq!(
        steps[15].0,
        "sandbox-cli refreshed: refresh token 30 ended, 31 was issued"
    );
}
