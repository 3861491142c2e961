//! What a standard allows, however rare, is let in: each way in which a right client may differ from
//! the usual one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::world::{REDIRECT, Tokens, VERIFIER, World, options, read};
use crate::Options;

fn web() -> String {
    format!("Basic {}", STANDARD.encode("sandbox-web:sandbox-secret"))
}

/// A whole session of the client with a secret, which sends its id in the body, too.
#[tokio::test]
async fn the_same_client_id_beside_basic_is_let_in_at_every_endpoint() {
    let world = World::approving().await;
    let post = async |path: &str, fields: &[(&str, &str)]| {
        let mut form = vec![("client_id", "sandbox-web")];
        form.extend(fields);
        let request = world.http.post(world.at(path)).form(&form);
        read(request.header("authorization", web())).await
    };
    let code = world.code(&[("client_id", "sandbox-web")]).await;
    let redeem = [
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let tokens = Tokens(post("/api/oauth/token", &redeem).await.json());
    let refresh = [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens.refresh()),
    ];
    let tokens = Tokens(post("/api/oauth/token", &refresh).await.json());
    let token = [("token", tokens.access())];
    let inspected = post("/api/oauth/introspect", &token).await.json();
    assert_eq!(inspected["active"], true);
    assert_eq!(post("/api/oauth/revoke", &token).await.status, 200);
    assert_eq!(world.userinfo_status(tokens.access()).await, 401);
}

#[tokio::test]
async fn userinfo_takes_the_token_from_a_form_and_from_one_place_only() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let at = world.at("/api/oauth/userinfo");
    let form = [("access_token", tokens.access())];
    let reply = read(world.http.post(&at).form(&form)).await;
    assert_eq!(
        (reply.status, &reply.json()["sub"].is_string()),
        (200, &true)
    );

    let in_query = format!("{at}?access_token={}", tokens.access());
    let posted = || world.http.post(&at).bearer_auth(tokens.access());
    let twice = "a_parameter&access_token=x&access_token=x";
    let as_form = |request: reqwest::RequestBuilder| {
        request.header("content-type", "application/x-www-form-urlencoded")
    };
    let wrong = [
        (posted().form(&form), "sent twice"),
        (world.http.get(&in_query), "sent in the query"),
        (
            world.http.get(&in_query).bearer_auth(tokens.access()),
            "sent in the query",
        ),
        (world.http.post(&in_query).form(&form), "sent in the query"),
        (as_form(world.http.post(&at)).body(twice), "repeated"),
        (
            world
                .http
                .post(&at)
                .header("authorization", web())
                .form(&form),
            "beside an Authorization header",
        ),
    ];
    for (request, why) in wrong {
        let reply = read(request).await;
        assert_eq!(
            (reply.status, &*reply.error()),
            (400, "invalid_request"),
            "{why}"
        );
        let challenge = reply.header("www-authenticate");
        assert!(
            challenge.ends_with("error=\"invalid_request\""),
            "{challenge}"
        );
        let outcome = world.last_outcome();
        assert!(outcome.contains(why), "{outcome}");
        assert_eq!(
            reply.json()["error_description"],
            outcome.replace("invalid_request: ", "")
        );
    }
    let log = serde_json::to_string(&world.sandbox.request_log()).unwrap();
    assert!(!log.contains(tokens.access()));
}

#[tokio::test]
async fn a_body_of_userinfo_that_is_not_a_form_or_has_no_token_counts_for_nothing() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let at = world.at("/api/oauth/userinfo");
    let posted = || world.http.post(&at).bearer_auth(tokens.access());
    let json = serde_json::json!({ "access_token": tokens.access() });
    assert_eq!(read(world.http.post(&at).json(&json)).await.status, 401);
    assert!(
        world
            .last_outcome()
            .contains("not application/x-www-form-urlencoded")
    );
    // A form that has nothing to do with it changes nothing.
    assert_eq!(
        read(posted().form(&[("schema", "openid")])).await.status,
        200
    );
    let log = serde_json::to_string(&world.sandbox.request_log()).unwrap();
    assert!(!log.contains(tokens.access()));
}

#[tokio::test]
async fn authorize_takes_the_same_request_as_a_form() {
    let world = World::approving().await;
    let url = world.authorize_url(&[]);
    let at = world.at("/api/oauth/authorize");
    let fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let reply = read(world.http.post(&at).form(&fields)).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    let redirected = reply.redirected();
    assert_eq!(redirected["state"], "the-state");
    assert_eq!(world.redeem(&redirected["code"]).await.status, 200);

    let refusals = [
        (
            world.http.post(url.clone()),
            "must be application/x-www-form-urlencoded",
        ),
        (
            world.http.post(url.clone()).form(&fields),
            "none in the query",
        ),
        (
            world.http.post(&at).json(&fields),
            "must be application/x-www-form-urlencoded",
        ),
        (world.http.post(&at).form(&fields[..5]), "nonce is missing"),
    ];
    for (request, why) in refusals {
        let reply = read(request).await;
        assert_eq!(reply.status, 400, "{why}");
        let outcome = world.last_outcome();
        assert!(outcome.contains(why), "{outcome}");
    }
}

#[tokio::test]
async fn a_person_who_comes_by_a_form_is_shown_the_page_by_get() {
    let world = World::with(options()).await;
    let url = world.authorize_url(&[]);
    let fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let at = world.at("/api/oauth/authorize");
    let reply = read(world.http.post(at).form(&fields)).await;
    assert_eq!(reply.status, 303);
    let page = world.at(reply.header("location"));
    let cookie = reply
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let reply = read(world.http.get(page).header("cookie", cookie)).await;
    assert!(reply.status == 200 && reply.text.contains("Who do you want to be?"));
}

#[tokio::test]
async fn a_name_of_this_host_is_known_in_any_case() {
    let world = World::approving().await;
    let port = world.sandbox.url().rsplit_once(':').unwrap().1;
    let discovery = world.at("/.well-known/openid-configuration");
    for (host, status) in [
        (format!("LocalHost:{port}"), 200),
        (format!("127.0.0.1:{port}"), 200),
        ("127.0.0.1".to_owned(), 421),
        ("localhost".to_owned(), 421),
        (format!("rebound.example:{port}"), 421),
    ] {
        let request = world.http.get(&discovery).header("host", &host);
        assert_eq!(read(request).await.status, status, "{host}");
    }
    let outcome = world.last_outcome();
    assert_eq!(outcome, "the Host header is not the sandbox's");
}

/// What came instead of an access token, and the sentence.
#[tokio::test]
async fn each_token_that_opens_nothing_has_a_reason_of_its_own() {
    let world = World::with(Options {
        auto_approve: Some(String::new()),
        ..options()
    })
    .await;
    let other = World::approving().await;
    let tokens = world.login(&[]).await;
    let foreign = other.login(&[]).await;
    let code = world.code(&[]).await;
    let revoked = world.login(&[]).await;
    let form = [("client_id", "sandbox-cli"), ("token", revoked.access())];
    read(world.http.post(world.at("/api/oauth/revoke")).form(&form)).await;
    let cases = [
        (
            foreign.access(),
            "the token was issued by another issuer: its `iss` is not",
        ),
        (
            tokens.field("id_token"),
            "an ID token was sent instead of the access token",
        ),
        (
            tokens.refresh(),
            "a refresh token was sent instead of an access token",
        ),
        (&code, "a code was sent instead of an access token"),
        ("opaque", "the access token is unknown or was revoked"),
        (
            revoked.access(),
            "the access token is unknown or was revoked",
        ),
    ];
    for path in ["/api/oauth/userinfo", "/api/v1/me/natural-person"] {
        for (token, why) in &cases {
            let reply = world.get_as(path, token).await;
            assert_eq!(
                (reply.status, &*reply.error()),
                (401, "invalid_token"),
                "{why}"
            );
            let outcome = world.last_outcome();
            assert!(
                outcome.starts_with(&format!("invalid_token: {why}")),
                "{outcome}"
            );
        }
        let in_query = format!("{path}?access_token={}", tokens.access());
        assert!(matches!(world.get(&in_query).await.status, 400 | 401));
        assert!(world.last_outcome().contains("sent in the query"));
    }
    // It is forgotten by then, and says so itself.
    world.sandbox.advance_clock(3601);
    assert_eq!(world.userinfo_status(tokens.access()).await, 401);
    let outcome = world.last_outcome();
    assert!(
        outcome.starts_with("invalid_token: the access token expired "),
        "{outcome}"
    );
}
