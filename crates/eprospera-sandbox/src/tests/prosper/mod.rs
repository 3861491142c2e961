//! The sandbox as "Login with Prosper" (docs/portal.md, Prosper).

use serde_json::{Value, json};
use url::Url;

use super::world::{REDIRECT, Reply, World, options, read};
use crate::{Client, Options, Space};

mod exchange;
mod pages;

const SECRET: &str = "sandbox-secret";

/// Authorize with usual parameters, some of them replaced, added, or (when empty) left out.
fn authorize_url(world: &World, changes: &[(&str, &str)]) -> Url {
    let mut fields = vec![
        ("client_id", "sandbox-web"),
        ("redirect_uri", REDIRECT),
        ("scope", "user:email"),
        ("state", "the state+/="),
    ];
    fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    Url::parse_with_params(&world.at("/login/oauth/authorize"), fields).unwrap()
}

async fn authorize(world: &World, changes: &[(&str, &str)]) -> Reply {
    read(world.http.get(authorize_url(world, changes))).await
}

async fn code(world: &World, changes: &[(&str, &str)]) -> String {
    let reply = authorize(world, changes).await;
    assert_eq!(reply.status, 302, "{}", reply.text);
    reply.redirected()["code"].clone()
}

async fn exchange(world: &World, body: &Value) -> Reply {
    read(
        world
            .http
            .post(world.at("/login/oauth/access-token"))
            .json(body),
    )
    .await
}

fn body(code: &str) -> Value {
    json!({ "client_id": "sandbox-web", "client_secret": SECRET, "code": code })
}

async fn token(world: &World) -> String {
    let code = code(world, &[]).await;
    let reply = exchange(world, &body(&code)).await;
    reply.json()["access_token"].as_str().unwrap().to_owned()
}

fn is_welcome(reply: &Reply) -> bool {
    reply.status == 302 && reply.header("location") == "/welcome"
}

/// A sandbox whose client `other` is registered in the space of persona `former`.
async fn with_spaces(auto_approve: Option<&str>) -> World {
    let mut options = Options {
        auto_approve: auto_approve.map(str::to_owned),
        prosper_spaces: vec![Space {
            name: "elsewhere".to_owned(),
            clients: vec!["other".to_owned()],
            personas: vec!["former".to_owned()],
        }],
        ..options()
    };
    let other = Client::new("other", Some("other-secret"), vec![REDIRECT.to_owned()]);
    options.clients.push(other);
    World::with(options).await
}

#[tokio::test]
async fn a_redirect_uri_matches_on_scheme_host_and_path_and_may_have_a_query() {
    let world = World::approving().await;
    let with_query = format!("{REDIRECT}?tenant=7");
    let reply = authorize(&world, &[("redirect_uri", &with_query)]).await;
    let location = reply.header("location");
    assert!(
        location.starts_with(&format!("{with_query}&code=")),
        "{location}"
    );
    for uri in [
        "https://127.0.0.1:8736/callback",
        "http://127.0.0.1:8739/callback",
        "http://127.0.0.1/callback",
        "http://localhost:8736/callback",
        "http://127.0.0.1:8736/callback/",
        "http://127.0.0.1:8736/Callback",
        "http://127.0.0.1:8736/callback/..",
        "http://127.0.0.1:8736/callback#x",
        "http://127.0.0.1:8736/callback;x",
        "http://127.0.0.1:8736@evil.example/callback",
        "http://evil.example/?http://127.0.0.1:8736/callback",
    ] {
        assert!(
            is_welcome(&authorize(&world, &[("redirect_uri", uri)]).await),
            "{uri}"
        );
        assert!(world.last_outcome().contains("redirect_uri"), "{uri}");
    }
}

#[tokio::test]
async fn who_is_not_known_ends_on_the_welcome_page_and_no_client_hears_of_it() {
    let world = World::approving().await;
    for (change, why) in [
        (("client_id", "nobody"), "not registered"),
        (
            ("client_id", "sandbox-cli"),
            "supports only confidential clients",
        ),
        (("client_id", ""), "client_id is missing"),
        (("redirect_uri", ""), "redirect_uri is missing"),
    ] {
        let reply = authorize(&world, &[change]).await;
        assert!(is_welcome(&reply), "{change:?}");
        assert!(
            world.last_outcome().contains(why),
            "{}",
            world.last_outcome()
        );
    }
    let page = world.get("/welcome").await;
    assert_eq!(page.status, 200);
    assert!(
        page.text
            .contains("This is a sandbox, not Login with Prosper.")
    );
}

#[tokio::test]
async fn another_scope_is_refused_by_a_page_that_names_the_one_there_is() {
    let world = World::approving().await;
    for scope in ["", "openid", "user:email openid", "USER:EMAIL"] {
        let reply = authorize(&world, &[("scope", scope)]).await;
        assert_eq!(reply.status, 400, "{scope}");
        assert!(reply.text.contains("<code>user:email</code>"), "{scope}");
    }
}

#[tokio::test]
async fn state_is_recommended_and_what_the_portal_asks_for_is_ignored() {
    let world = World::approving().await;
    let reply = authorize(&world, &[("state", ""), ("response_type", "token")]).await;
    assert_eq!(reply.redirected().len(), 1);
    assert!(world.last_outcome().contains("without the state"));
}

#[tokio::test]
async fn the_end_of_all_sessions_is_the_end_of_prospers_too() {
    let world = World::approving().await;
    let access = token(&world).await;
    let late = code(&world, &[]).await;
    world.sandbox.revoke_all();
    assert_eq!(world.get_as("/api/v2/user", &access).await.status, 401);
    assert_eq!(exchange(&world, &body(&late)).await.json(), "Invalid code");
}

#[tokio::test]
async fn faults_strike_in_prospers_own_words_and_the_request_log_names_the_endpoint() {
    let world = World::approving().await;
    for (rule, status, text) in [
        ("prosper_token:500*1", 500, json!("Internal server error")),
        (
            "prosper_token:error=Invalid secret*1",
            400,
            json!("Invalid secret"),
        ),
        ("prosper_token:429=7*1", 429, json!("Too many requests")),
    ] {
        world.sandbox.add_fault(rule.parse().unwrap());
        let reply = exchange(&world, &body("c")).await;
        assert_eq!((reply.status, reply.json()), (status, text), "{rule}");
        let event = world.sandbox.request_log().pop().unwrap();
        assert_eq!(event.endpoint, "prosper_token");
        assert_eq!(event.fault.as_deref(), Some(rule));
    }
    world
        .sandbox
        .add_fault("prosper_user:401*1".parse().unwrap());
    let reply = world.get_as("/api/v2/user", &token(&world).await).await;
    assert_eq!((reply.status, reply.json()), (401, json!("Invalid token")));
    for (rule, name, value) in [
        (
            "prosper_token:expires-in=\"soon\"*1",
            "expires_in",
            json!("soon"),
        ),
        ("prosper_token:token-type=mac*1", "token_type", json!("mac")),
        ("prosper_token:no-scope*1", "scope", Value::Null),
    ] {
        world.sandbox.add_fault(rule.parse().unwrap());
        let code = code(&world, &[]).await;
        let reply = exchange(&world, &body(&code)).await;
        assert_eq!(reply.json()[name], value, "{rule}");
    }
    let endpoints: Vec<_> = world
        .sandbox
        .request_log()
        .iter()
        .map(|event| event.endpoint)
        .collect();
    assert!(endpoints.contains(&"prosper_authorize") && endpoints.contains(&"prosper_user"));
    let text = serde_json::to_string(&world.sandbox.request_log()).unwrap();
    assert!(!text.contains(SECRET));
}
