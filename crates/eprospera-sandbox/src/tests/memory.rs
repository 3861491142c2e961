//! What is kept: of any number of rotations one family, of what expired nothing, and of what waits
//! no more than so many bytes. `benches/rotations` measures the memory of the whole.

use std::sync::Arc;

use super::world::{Tokens, World, options, read};
use crate::model::code::CodeBinding;
use crate::model::consent::Consent;
use crate::model::grants::{Grants, Rotation};
use crate::model::redeem::Redemption;
use crate::{Client, Options};

const REDIRECT: &str = "http://127.0.0.1:8736/callback";

fn consent() -> Consent {
    Consent {
        client_id: "cli".into(),
        persona: "resident".into(),
        scopes: Arc::from(["openid".to_owned(), "offline_access".to_owned()]),
        entities: Arc::from([]),
        auth_time: 0,
    }
}

/// A login and its refreshes, without signatures; the last refresh token.
fn session(grants: &mut Grants, client: &Client, now: i64, rotations: usize) -> Vec<String> {
    let (times, life) = ((now, now + 1_000_000), 1000);
    let binding = CodeBinding {
        redirect_uri: REDIRECT.to_owned(),
        challenge: None,
        nonce: None,
    };
    let code = grants.issue_code(&consent(), binding, (now, now + 60_000));
    let redemption = Redemption {
        client,
        code: &code,
        redirect_uri: REDIRECT,
        verifier: None,
    };
    let mut issuance = grants.redeem(&redemption, times, Rotation::Rotate).unwrap();
    let mut tokens = vec![code];
    for number in 0..=rotations {
        let token = issuance.refresh_token.clone().unwrap();
        let name = format!("{token}{number}");
        grants.register(&name, &issuance, (now, now + life));
        if number < rotations {
            let rotated = grants.refresh(client, &token, None, times, Rotation::Rotate);
            issuance = rotated.unwrap();
        }
        tokens.push(token);
    }
    tokens
}

#[test]
fn any_number_of_rotations_leaves_one_family_in_which_each_old_token_is_known() {
    let client = Client::new("cli", Some("secret"), vec![REDIRECT.to_owned()]);
    let mut grants = Grants::default();
    let tokens = session(&mut grants, &client, 0, 1000);
    grants.sweep(2000);
    assert_eq!((grants.families.len(), grants.access_tokens.len()), (1, 0));
    for (index, why) in [
        (1, "1000 refreshes ago"),
        (500, "501 refreshes ago"),
        (1000, "2s"),
    ] {
        let mut grants = Grants::default();
        let tokens = session(&mut grants, &client, 0, 1000);
        let times = (2000, 1_000_000);
        let reused = grants.refresh(&client, &tokens[index], None, times, Rotation::Rotate);
        let refusal = reused.unwrap_err();
        assert!(
            refusal.reason.why.contains("was already used"),
            "{}",
            refusal.reason.why
        );
        assert!(refusal.reason.why.contains(why), "{}", refusal.reason.why);
        let newest = tokens.last().unwrap();
        let dead = grants.refresh(&client, newest, None, times, Rotation::Rotate);
        assert!(
            dead.unwrap_err()
                .reason
                .why
                .contains("the token family was revoked")
        );
    }
    assert_eq!(tokens.len(), 1002);
}

#[test]
fn nothing_is_left_of_sessions_that_have_expired() {
    let client = Client::new("cli", Some("secret"), vec![REDIRECT.to_owned()]);
    let mut grants = Grants::default();
    for number in 0..5000 {
        session(&mut grants, &client, number, 2);
    }
    assert_eq!(grants.families.len(), 5000);
    grants.sweep(1_000_000 + 4999);
    let left = (
        grants.families.len(),
        grants.access_tokens.len(),
        grants.families.capacity(),
    );
    assert_eq!(left, (0, 0, 0));
}

#[tokio::test]
async fn pages_that_wait_make_room_for_newer_ones_and_say_so() {
    let world = World::with(options()).await;
    let state = "s".repeat(50_000);
    let ask = async || {
        let reply = world.authorize(&[("state", &state)]).await;
        let cookie = reply
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap_or_default();
        (reply.header("location").to_owned(), cookie.to_owned())
    };
    let show = async |(path, cookie): &(String, String)| {
        read(world.http.get(world.at(path)).header("cookie", cookie)).await
    };
    let first = ask().await;
    assert_eq!(show(&first).await.status, 200);
    for _ in 0..200 {
        ask().await;
    }
    let last = ask().await;
    assert_eq!(show(&last).await.status, 200);
    let reply = show(&first).await;
    assert_eq!(reply.status, 400);
    assert!(
        reply.text.contains("Too many sign-ins were waiting"),
        "{}",
        reply.text
    );
    assert_eq!(
        world.last_outcome(),
        "a page said: This page made room for newer ones"
    );
}

#[tokio::test]
async fn devices_that_wait_make_room_for_newer_ones() {
    let world = World::with(Options {
        clients: vec![{
            let mut client = Client::new("tv", None, Vec::new());
            client.grants = crate::GrantType::ALL.to_vec();
            client.scopes = vec!["s".repeat(20_000)];
            client
        }],
        ..options()
    })
    .await;
    let scope = "s".repeat(20_000);
    let form = [("client_id", "tv"), ("scope", &*scope)];
    let path = world.at("/api/oauth/device_authorization");
    let ask = async || Tokens(read(world.http.post(&path).form(&form)).await.json());
    let first = ask().await;
    for _ in 0..250 {
        ask().await;
    }
    let grant = "urn:ietf:params:oauth:grant-type:device_code";
    let poll = async |code: &str| {
        let form = [
            ("client_id", "tv"),
            ("grant_type", grant),
            ("device_code", code),
        ];
        world.token(&form).await.error()
    };
    assert_eq!(poll(first.field("device_code")).await, "invalid_grant");
    assert!(world.last_outcome().contains("made room for newer ones"));
    let last = ask().await;
    assert_eq!(
        poll(last.field("device_code")).await,
        "authorization_pending"
    );
}
