//! Advice that can be followed: it takes nothing away, and it fits the mistake.

use serde_json::Value;

use super::super::world::{REDIRECT, World, options, read};
use super::mistakes::{has, refused};
use super::newest;
use crate::{Client, Options};

/// The value of `--client` that an advice has.
fn option(advice: &Value) -> &str {
    let advice = advice.as_str().unwrap();
    let start = advice
        .split_once("`eprospera sandbox --client '")
        .unwrap()
        .1;
    start.split_once("'`").unwrap().0
}

#[tokio::test]
async fn the_option_that_registers_another_redirect_uri_keeps_those_that_there_are() {
    let world = World::approving().await;
    let sent = "http://127.0.0.1:8736/callback/";
    for (id, path) in [
        ("sandbox-cli", "/api/oauth/authorize"),
        ("sandbox-web", "/api/oauth/authorize"),
        ("sandbox-web", "/login/oauth/authorize"),
    ] {
        let mut url = world.authorize_url(&[("client_id", id), ("redirect_uri", sent)]);
        url.set_path(path);
        read(world.http.get(url)).await;
        let (refusal, _) = refused(&world).await;
        has(
            &refusal["send_instead"],
            &format!("`redirect_uri={REDIRECT}`"),
        );
        let suggested = option(&refusal["send_instead"])
            .replace(":SECRET=", ":sandbox-secret=")
            .replace("REDIRECT_URI", sent);
        let next: Client = suggested.parse().unwrap();
        let built_in = Client::built_in();
        let now = built_in.iter().find(|client| client.id == id).unwrap();
        assert_eq!((&next.id, &next.secret), (&now.id, &now.secret));
        let (another, kept) = next.redirect_uris.split_last().unwrap();
        assert_eq!((kept, another.as_str()), (&*now.redirect_uris, sent));
    }
}

#[tokio::test]
async fn a_client_that_no_option_can_name_is_changed_where_it_is_configured() {
    let uri = "https://app.example/a,b".to_owned();
    let world = World::with(Options {
        clients: vec![Client::new("sandbox-cli", None, vec![uri])],
        ..options()
    })
    .await;
    world.authorize(&[]).await;
    let (refusal, _) = refused(&world).await;
    has(
        &refusal["send_instead"],
        "register it too: add it to the client's `redirect_uris` in the sandbox's configuration",
    );
}

#[tokio::test]
async fn a_refused_authorization_request_names_its_client_wherever_it_is_known() {
    let world = World::approving().await;
    for change in [
        ("nonce", ""),
        ("state", ""),
        ("code_challenge", ""),
        ("code_challenge_method", "plain"),
        ("response_type", "token"),
        ("response_mode", "x"),
        ("redirect_uri", "http://127.0.0.1:1/"),
        ("scope", "eprospera:admin"),
        ("max_age", "soon"),
    ] {
        assert_eq!(world.authorize(&[change]).await.status, 400, "{change:?}");
        assert_eq!(newest(&world).await["client"], "sandbox-cli", "{change:?}");
    }
    world.authorize(&[("client_id", "unknown")]).await;
    assert!(newest(&world).await["client"].is_null());
}

#[tokio::test]
async fn fields_that_are_not_in_a_form_are_found_where_they_are() {
    let world = World::approving().await;
    let json = r#" {"client_id":"sandbox-web","grant_type":"refresh_token"}"#;
    let query = "client_id=sandbox-web&grant_type=refresh_token&token=x";
    for path in [
        "/api/oauth/token",
        "/api/oauth/revoke",
        "/api/oauth/introspect",
        "/api/oauth/device_authorization",
    ] {
        for (body, query, is_basic) in [
            (json, "", false),
            (json, "", true),
            ("", query, false),
            ("", query, true),
        ] {
            let request = world.http.post(format!("{}?{query}", world.at(path)));
            let request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body);
            let request = if is_basic {
                request.basic_auth("sandbox-web", Some("sandbox-secret"))
            } else {
                request
            };
            let reply = read(request).await;
            let expected = if is_basic { 400 } else { 401 };
            assert_eq!(reply.status, expected, "{path} {body} {query}");
            let (refusal, _) = refused(&world).await;
            if body.is_empty() {
                has(&refusal["reason"], "the parameters are in the query");
                has(&refusal["send_instead"], "move them to the body");
            } else {
                has(&refusal["reason"], "the body is JSON, although");
                has(&refusal["send_instead"], "send a form");
            }
        }
    }
    let userinfo = world.http.post(world.at("/api/oauth/userinfo"));
    let userinfo = userinfo
        .header("content-type", "application/x-www-form-urlencoded")
        .body(r#"{"access_token":"x"}"#);
    read(userinfo).await;
    has(
        &refused(&world).await.0["reason"],
        "the body is JSON, although",
    );
}

#[tokio::test]
async fn a_grant_type_that_is_nearly_right_is_named() {
    let world = World::approving().await;
    let device = "`urn:ietf:params:oauth:grant-type:device_code`";
    for (sent, meant) in [
        ("authorization-code", "`authorization_code`"),
        ("Authorization_Code", "`authorization_code`"),
        ("authorisation_code", "`authorization_code`"),
        ("code", "`authorization_code`"),
        ("refresh-token", "`refresh_token`"),
        ("refresh_tokens", "`refresh_token`"),
        ("device_code", device),
        ("urn:ietf:params:oauth:grant-type:device-code", device),
        ("urn:ietf:params:oauth:grant_type:device_code", device),
    ] {
        let form = [("grant_type", sent), ("client_id", "sandbox-cli")];
        world.token(&form).await;
        let (refusal, _) = refused(&world).await;
        has(
            &refusal["send_instead"],
            &format!("did you mean {meant}? send one"),
        );
    }
    for other in ["password", "client_credentials", "hunter2"] {
        let form = [("grant_type", other), ("client_id", "sandbox-cli")];
        world.token(&form).await;
        let advice = refused(&world).await.0["send_instead"].clone();
        assert!(advice.as_str().unwrap().starts_with("send one"), "{advice}");
    }
}

#[tokio::test]
async fn a_key_where_an_access_token_belongs_is_called_a_key() {
    let world = World::approving().await;
    for key in ["ak-sandbox-resident", "sk-x", "pk-x"] {
        world.get_as("/api/oauth/userinfo", key).await;
        let (refusal, _) = refused(&world).await;
        has(&refusal["reason"], "Agent Keys are for `/api/v1` only");
        has(&refusal["send_instead"], "send the `access_token` of");
    }
}

#[tokio::test]
async fn a_path_that_leads_nowhere_gets_the_route_that_was_meant() {
    let world = World::approving().await;
    for (path, advice) in [
        (
            "/api/oauth/token/",
            "leave out the `/` at the end: `/api/oauth/token`",
        ),
        (
            "/api/v1/me/natural_person",
            "did you mean `/api/v1/me/natural-person`?",
        ),
        (
            "/api/v1/me/legal-entities/",
            "leave out the `/` at the end: `/api/v1/me/legal-entities`",
        ),
        (
            "/.well-known/oauth-authorization-server",
            "the metadata is at `/.well-known/openid-configuration`",
        ),
        (
            "/login/oauth/access_token",
            "did you mean `/login/oauth/access-token`?",
        ),
        (
            "/nothing/of/this",
            "compare the path with the endpoints at `/`",
        ),
    ] {
        assert_eq!(world.get(path).await.status, 404, "{path}");
        let (refusal, _) = refused(&world).await;
        assert_eq!(refusal["reason"], "the sandbox has no such route");
        has(&refusal["send_instead"], advice);
    }
}

#[tokio::test]
async fn the_question_of_a_browser_whether_a_page_may_call_is_answered_in_words() {
    let world = World::approving().await;
    for path in ["/api/oauth/token", "/api/v1/me/natural-person"] {
        let request = world.http.request(reqwest::Method::OPTIONS, world.at(path));
        let request = request
            .header("origin", "http://localhost:3000")
            .header("access-control-request-method", "POST");
        let reply = read(request).await;
        assert_eq!(reply.status, 405);
        assert!(!reply.headers.contains_key("access-control-allow-origin"));
        let (refusal, _) = refused(&world).await;
        has(&refusal["reason"], "sends no CORS headers");
        has(&refusal["send_instead"], "from your server");
    }
}
