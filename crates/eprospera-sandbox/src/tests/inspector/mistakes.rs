//! Mistakes of integrators, each the newest refusal, with its reason and what to send instead.

use reqwest::RequestBuilder;
use serde_json::Value;

use super::super::control::steer;
use super::super::world::{REDIRECT, Tokens, VERIFIER, World, read};
use super::shown;

/// The newest refusal, and the number of its request.
pub(super) async fn refused(world: &World) -> (Value, u64) {
    let shown = shown(world).await;
    let number = shown["newest_refusal"].as_u64().unwrap();
    let exchanges = shown["exchanges"].as_array().unwrap();
    let refused = exchanges
        .iter()
        .find(|exchange| exchange["number"] == number);
    (refused.unwrap()["refusal"].clone(), number)
}

pub(super) fn has(text: &Value, part: &str) {
    let text = text.as_str().unwrap();
    assert!(text.contains(part), "`{part}` is not in: {text}");
}

#[tokio::test]
async fn a_redirect_uri_that_is_off_by_a_slash_is_shown_with_the_registered_one() {
    let world = World::approving().await;
    world
        .authorize(&[("redirect_uri", "http://127.0.0.1:8736/callback/")])
        .await;
    let (refusal, _) = refused(&world).await;
    assert_eq!(refusal["error"], "invalid_client");
    has(
        &refusal["reason"],
        "differs from the registered http://127.0.0.1:8736/callback at character 31",
    );
    has(
        &refusal["send_instead"],
        "leave out the `/` at the end: send `redirect_uri=http://127.0.0.1:8736/callback`",
    );
}

#[tokio::test]
async fn redirect_uris_that_differ_otherwise_get_the_advice_that_fits() {
    let world = World::approving().await;
    for (sent, advice) in [
        (
            "http://localhost:8736/callback",
            "`localhost` and `127.0.0.1` are not the same here",
        ),
        (
            "https://127.0.0.1:8736/callback",
            "`http` and `https` are not the same here",
        ),
        (
            "http://127.0.0.1:8736/Callback",
            "capitals and small letters",
        ),
        (
            "http://127.0.0.1:8736/callback ",
            "leave out the space or line break",
        ),
        (
            "http://127.0.0.1:9999/callback",
            "send `redirect_uri=http://127.0.0.1:873",
        ),
    ] {
        world.authorize(&[("redirect_uri", sent)]).await;
        let (refusal, _) = refused(&world).await;
        has(&refusal["send_instead"], advice);
    }
    let code = world.code(&[]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "sandbox-cli"),
        ("code", &code),
        ("redirect_uri", "http://127.0.0.1:8736/callback/"),
        ("code_verifier", VERIFIER),
    ];
    world.token(&form).await;
    let (refusal, _) = refused(&world).await;
    has(&refusal["send_instead"], "leave out the `/` at the end");
    has(
        &refusal["send_instead"],
        &format!("`redirect_uri={REDIRECT}`"),
    );
}

#[tokio::test]
async fn a_missing_nonce_is_shown_with_how_to_send_one() {
    let world = World::approving().await;
    world.authorize(&[("nonce", "")]).await;
    let (refusal, _) = refused(&world).await;
    has(
        &refusal["reason"],
        "nonce is missing; the portal requires one with the scope openid",
    );
    has(
        &refusal["send_instead"],
        "add `nonce=RANDOM` to the authorization request",
    );
}

#[tokio::test]
async fn a_code_that_is_used_twice_names_the_request_that_used_it_first() {
    let world = World::approving().await;
    let code = world.code(&[]).await;
    world.redeem(&code).await;
    let first = shown(&world).await["exchanges"].as_array().unwrap().len() as u64;
    world.redeem(&code).await;
    let (refusal, number) = refused(&world).await;
    has(&refusal["reason"], "the code was already used");
    has(&refusal["send_instead"], "send each code once");
    has(
        &refusal["send_instead"],
        &format!("request {first} redeemed this one"),
    );
    assert!(number > first);
}

#[tokio::test]
async fn an_old_refresh_token_names_the_request_that_rotated_it() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let next = Tokens(world.refresh(tokens.refresh()).await.json());
    let rotated = super::newest(&world).await["number"].clone();
    for _ in 0..2 {
        world.refresh(tokens.refresh()).await;
        let (refusal, _) = refused(&world).await;
        has(&refusal["reason"], "the refresh token was already used");
        has(
            &refusal["send_instead"],
            &format!("request {rotated} rotated this one"),
        );
        has(
            &refusal["send_instead"],
            "Store the new refresh token before you use the access token",
        );
    }
    world.refresh(next.refresh()).await;
    let (refusal, _) = refused(&world).await;
    has(&refusal["reason"], "the token family was revoked");
    has(&refusal["send_instead"], "ended it; sign in again");
}

#[tokio::test]
async fn a_client_that_proves_itself_wrongly_learns_what_is_right_for_it() {
    let world = World::approving().await;
    let request = |form: &[(&str, &str)]| {
        let mut fields = vec![("grant_type", "refresh_token"), ("refresh_token", "rt_x")];
        fields.extend(form);
        world.http.post(world.at("/api/oauth/token")).form(&fields)
    };
    let basic = |id: &str, secret: &str| request(&[]).basic_auth(id, Some(secret));
    let right = "send `client_id=sandbox-web&client_secret=SECRET` in the form, or `Authorization: Basic \
                 BASE64(sandbox-web:SECRET)`";
    let public = "send `client_id=sandbox-cli` in the form, without client_secret";
    let cases: [(RequestBuilder, &str, &str); 8] = [
        (
            request(&[("client_id", "sandbox-web")]),
            "none was sent",
            right,
        ),
        (
            request(&[("client_id", "sandbox-web"), ("client_secret", "wrong")]),
            "by client_secret_post is wrong",
            right,
        ),
        (
            basic("sandbox-web", "wrong"),
            "by client_secret_basic is wrong",
            right,
        ),
        (
            request(&[("client_id", "sandbox-cli"), ("client_secret", "x")]),
            "is public and sends only client_id, but a secret was sent by client_secret_post",
            public,
        ),
        (
            basic("sandbox-cli", "x"),
            "was sent by client_secret_basic",
            public,
        ),
        (
            basic("sandbox-web", "sandbox-secret")
                .header("x", "y")
                .body("grant_type=refresh_token&client_secret=sandbox-secret"),
            "two client authentication methods",
            "keep one of the two",
        ),
        (
            request(&[]),
            "no client identified itself",
            "add `client_id` to the form",
        ),
        (
            request(&[("client_id", "sandbox-wbe")]),
            "client_id is not registered",
            "sandbox-cli, sandbox-web, eprospera-cli",
        ),
    ];
    for (request, reason, instead) in cases {
        read(request).await;
        let (refusal, _) = refused(&world).await;
        has(&refusal["reason"], reason);
        has(&refusal["send_instead"], instead);
    }
}

#[tokio::test]
async fn a_device_that_waits_for_its_person_is_not_the_newest_refusal() {
    let world = World::approving().await;
    world.authorize(&[("nonce", "")]).await;
    let (_, mistake) = refused(&world).await;
    let world = World::with(super::super::world::options()).await;
    let request = world.http.post(world.at("/api/oauth/device_authorization"));
    let form = [("client_id", "eprospera-cli"), ("scope", "openid")];
    let codes = Tokens(read(request.form(&form)).await.json());
    let poll = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("client_id", "eprospera-cli"),
        ("device_code", codes.field("device_code")),
    ];
    world.token(&poll).await;
    let newest = super::newest(&world).await;
    assert_eq!(newest["refusal"]["error"], "authorization_pending");
    has(
        &newest["refusal"]["send_instead"],
        "send the same request again in 5 seconds",
    );
    assert!(shown(&world).await["newest_refusal"].is_null());
    assert!(mistake > 0);
}

#[tokio::test]
async fn the_newest_refusal_is_the_last_that_was_refused_not_the_last_that_came() {
    let world = World::approving().await;
    let rule = serde_json::json!({ "rule": "token:slow=2s*1" });
    steer(&world, "/sandbox/faults", rule).await;
    let refused_late = async {
        world.refresh("rt_wrong").await;
    };
    let refused_early = async {
        // The slow one is under way as soon as it is shown.
        while super::newest(&world).await["endpoint"] != "token" {}
        world.userinfo_status("").await;
    };
    tokio::join!(refused_late, refused_early);
    let (refusal, number) = refused(&world).await;
    assert_eq!(refusal["error"], "invalid_grant");
    assert!(super::newest(&world).await["number"].as_u64().unwrap() > number);
    let page = world.get("/").await.text;
    let (_, newest) = page.split_once("Newest refusal: ").unwrap();
    assert!(newest.starts_with("<code><bdi>invalid_grant<"));
}

#[tokio::test]
async fn what_browsers_ask_for_by_themselves_does_not_hide_a_mistake() {
    let world = World::approving().await;
    world.authorize(&[("nonce", "")]).await;
    let (mistake, number) = refused(&world).await;
    for path in [
        "/favicon.ico",
        "/robots.txt",
        "/apple-touch-icon.png",
        "/apple-touch-icon-120x120-precomposed.png",
        "/.well-known/appspecific/com.chrome.devtools.json",
    ] {
        assert_eq!(world.get(path).await.status, 404);
    }
    for path in [
        "/sandbox/inspector.json",
        "/sandbox/inspector/events",
        "/sandbox/inspector/content",
    ] {
        let foreign = world.http.get(world.at(path));
        read(foreign.header("sec-fetch-site", "cross-site")).await;
    }
    for path in ["/sandbox/inspector/steer", "/sandbox/inspector/session"] {
        let form = world.http.post(world.at(path)).form(&[("action", "reset")]);
        assert_eq!(read(form).await.status, 403);
    }
    assert_eq!(refused(&world).await, (mistake, number));
    world.get("/api/oauth2/token").await;
    assert_eq!(refused(&world).await.0["error"], "Not found");
}
