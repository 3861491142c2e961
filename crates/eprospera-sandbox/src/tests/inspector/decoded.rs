//! Requests and answers as they are decoded.

use serde_json::json;

use super::super::world::{REDIRECT, Tokens, World, options, read};
use super::{newest, shown, token, value};
use crate::Options;

#[tokio::test]
async fn a_sign_in_is_shown_with_its_parameters_and_decoded_tokens() {
    let world = World::approving().await;
    world.login(&[]).await;
    let shown = shown(&world).await;
    let [authorize, redeemed] = shown["exchanges"].as_array().unwrap().as_slice() else {
        panic!("{shown:#}");
    };
    assert_eq!(
        (&authorize["number"], &authorize["sequence"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(authorize["route"], "Authorization endpoint");
    assert_eq!(authorize["client"], "sandbox-cli");
    assert_eq!(authorize["state"], "answered");
    assert!(authorize["duration_ms"].as_f64().unwrap() > 0.0);
    assert_eq!(value(authorize, "request", "redirect_uri"), REDIRECT);
    assert_eq!(value(authorize, "request", "nonce"), "the-nonce");
    assert_eq!(
        value(authorize, "request", "code_challenge"),
        "E9Melh… (43 characters)"
    );
    assert_eq!(value(authorize, "response", "Location"), REDIRECT);
    assert_eq!(value(authorize, "response", "state"), "the-state");
    let code = token(authorize, "code");
    assert_eq!(
        (&code["kind"], &code["status"]),
        (&json!("authorization_code"), &json!("used"))
    );

    assert_eq!(redeemed["path"], "/api/oauth/token");
    assert_eq!(redeemed["grant_type"], "authorization_code");
    assert_eq!(redeemed["session"], 1);
    assert_eq!(token(redeemed, "code")["fingerprint"], code["fingerprint"]);
    let fingerprint = code["fingerprint"].as_str().unwrap();
    assert_eq!(
        value(redeemed, "request", "code"),
        format!("code, 45 characters, {fingerprint}")
    );
    let access = token(redeemed, "access_token");
    assert_eq!(access["header"]["typ"], "at+jwt");
    assert_eq!(access["claims"]["client_id"], "sandbox-cli");
    assert_eq!(
        (&access["status"], &access["session"]),
        (&json!("active"), &json!(1))
    );
    let id_token = token(redeemed, "id_token");
    assert_eq!(id_token["claims"]["nonce"], "the-nonce");
    assert_eq!(
        (&id_token["kind"], &id_token["status"]),
        (&json!("id_token"), &json!("active"))
    );
    let refresh = token(redeemed, "refresh_token");
    assert_eq!(
        (&refresh["status"], &refresh["generation"]),
        (&json!("active"), &json!(0))
    );
}

#[tokio::test]
async fn a_token_is_shown_with_what_became_of_it() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let status = async |number: usize, location: &str| {
        let shown = shown(&world).await;
        token(&shown["exchanges"][number], location)["status"].clone()
    };
    let next = Tokens(world.refresh(tokens.refresh()).await.json());
    assert_eq!(status(1, "refresh_token").await, "rotated");
    world.sandbox.advance_clock(3600);
    assert_eq!(status(1, "access_token").await, "expired");
    assert_eq!(
        status(2, "refresh_token").await,
        "rotated",
        "the one that was sent"
    );
    world.refresh(tokens.refresh()).await;
    let shown = shown(&world).await;
    let sent = shown["exchanges"][2]["tokens"].as_array().unwrap();
    let received = sent.iter().find(|token| token["generation"] == 1).unwrap();
    assert_eq!(
        (&received["status"], &received["sent_by_sandbox"]),
        (&json!("revoked"), &json!(true))
    );
    drop(next);
}

#[tokio::test]
async fn a_misspelt_parameter_is_shown_with_the_one_that_was_meant() {
    let world = World::approving().await;
    world
        .authorize(&[("redirect_uri", ""), ("redirect_url", REDIRECT)])
        .await;
    let exchange = newest(&world).await;
    let parameters = exchange["request"].as_array().unwrap();
    let wrong = parameters
        .iter()
        .find(|parameter| parameter["name"] == "redirect_url")
        .unwrap();
    let note = wrong["note"].as_str().unwrap();
    assert!(note.ends_with("did you mean `redirect_uri`?"), "{note}");
    assert_eq!(wrong["redacted"], true);
}

#[tokio::test]
async fn headers_and_json_bodies_are_decoded_too() {
    let world = World::approving().await;
    let body = json!({ "grant_type": "refresh_token", "refresh_token": "rt_x", "client_id": "sandbox-cli" });
    let request = world.http.post(world.at("/api/oauth/token")).json(&body);
    read(request.header("cookie", "other=1; sandbox_session=abc")).await;
    let exchange = newest(&world).await;
    assert_eq!(
        value(&exchange, "request", "Content-Type"),
        "application/json"
    );
    assert_eq!(value(&exchange, "request", "grant_type"), "refresh_token");
    assert!(value(&exchange, "request", "sandbox_session").starts_with("cookie, 3 characters, #"));
    assert_eq!(value(&exchange, "response", "error"), "invalid_request");
    assert!(value(&exchange, "response", "error_description").contains("not application/json"));

    let request = world.http.post(world.at("/api/oauth/introspect"));
    let request = request.basic_auth("sandbox-web", Some("sandbox-secret"));
    read(request.form(&[("token", "rt_x")])).await;
    let exchange = newest(&world).await;
    assert_eq!(
        value(&exchange, "request", "Authorization: client_id"),
        "sandbox-web"
    );
    let secret = value(&exchange, "request", "Authorization: client_secret");
    assert!(
        secret.starts_with("client secret, 14 characters, #"),
        "{secret}"
    );
    assert_eq!(value(&exchange, "response", "active"), "false");
}

#[tokio::test]
async fn a_request_is_shown_while_it_is_under_way_and_when_it_got_no_answer() {
    let world = World::with(Options {
        faults: vec![
            "jwks:slow=1h".parse().unwrap(),
            "token:drop".parse().unwrap(),
        ],
        ..options()
    })
    .await;
    let hanging = tokio::spawn(
        world
            .http
            .get(world.at("/api/oauth/.well-known/jwks.json"))
            .send(),
    );
    let exchange = loop {
        let shown = shown(&world).await;
        if let Some(exchange) = shown["exchanges"].get(0) {
            break exchange.clone();
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(
        (&exchange["state"], &exchange["route"]),
        (&json!("under_way"), &json!("Key set"))
    );
    assert!(exchange["status"].is_null() && exchange["duration_ms"].is_null());
    hanging.abort();
    world
        .http
        .post(world.at("/api/oauth/token"))
        .send()
        .await
        .unwrap_err();
    let exchange = newest(&world).await;
    assert_eq!(
        (&exchange["state"], &exchange["fault"]),
        (&json!("unanswered"), &json!("token:drop"))
    );
}

#[tokio::test]
async fn a_request_that_fails_on_purpose_is_shown_with_the_token_that_it_held() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    for rule in ["token:503*1", "token:drop*1", "token:html*1"] {
        world.sandbox.add_fault(rule.parse().unwrap());
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", "sandbox-cli"),
            ("refresh_token", tokens.refresh()),
        ];
        let request = world.http.post(world.at("/api/oauth/token")).form(&form);
        drop(request.send().await);
        let exchange = newest(&world).await;
        assert_eq!(exchange["fault"], rule);
        assert_eq!(
            token(&exchange, "refresh_token")["status"],
            "active",
            "{rule}"
        );
        assert_eq!(exchange["session"], 1);
    }
}

#[tokio::test]
async fn what_is_only_about_the_sandbox_itself_does_not_push_out_requests() {
    let world = World::approving().await;
    world.login(&[]).await;
    for path in ["/", "/health", "/sandbox/inspector.json", "/favicon.ico"] {
        world.get(path).await;
    }
    assert_eq!(
        shown(&world).await["exchanges"].as_array().unwrap().len(),
        2
    );
    let foreign = world
        .http
        .get(world.at("/health"))
        .header("host", "evil.example");
    read(foreign).await;
    assert_eq!(
        newest(&world).await["refusal"]["error"],
        "Misdirected request"
    );
}

#[tokio::test]
async fn the_newest_requests_are_kept_and_the_others_counted() {
    let world = World::approving().await;
    for _ in 0..510 {
        world.userinfo_status("x").await;
    }
    let all = shown(&world).await;
    assert_eq!(all["exchanges"].as_array().unwrap().len(), 500);
    assert_eq!(
        (&all["older_exchanges"], &all["exchanges"][0]["number"]),
        (&json!(10), &json!(11))
    );
    let some = world.get("/sandbox/inspector.json?limit=2").await.json();
    assert_eq!(
        (&some["older_exchanges"], &some["exchanges"][1]["number"]),
        (&json!(508), &json!(510))
    );
    let later = world.get("/sandbox/inspector.json?since=509").await.json();
    assert_eq!(later["exchanges"].as_array().unwrap().len(), 1);
    assert_eq!(
        world.get("/sandbox/inspector.json?limit=x").await.status,
        400
    );
}
