//! The sandbox as "Login with Prosper" (docs/portal.md, Prosper).

use serde_json::{Value, json};
use url::Url;

use super::browser::{Browser, request_id};
use super::world::{REDIRECT, Reply, World, options, read};
use crate::{Client, Options, Space};

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
async fn a_code_becomes_a_token_and_the_token_says_who_it_is() {
    let world = World::approving().await;
    let reply = authorize(&world, &[]).await;
    let (status, sent) = (reply.status, reply.redirected());
    assert_eq!(status, 302);
    assert!(reply.header("location").starts_with(REDIRECT));
    assert_eq!(sent["state"], "the state+/=");
    assert_eq!(sent.len(), 2);

    let reply = exchange(&world, &body(&sent["code"])).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.header("cache-control"), "no-store");
    let mut answer = reply.json();
    let access = answer["access_token"].take();
    let expected = json!({ "access_token": null, "token_type": "bearer", "scope": "user:email",
        "expires_in": 900 });
    assert_eq!(answer, expected);

    let user = world.get_as("/api/v2/user", access.as_str().unwrap()).await;
    assert_eq!(user.status, 200);
    let user = user.json();
    assert_eq!(user["email"], "amara.okafor@mail.example");
    assert_eq!(user["login"], user["email"]);
    assert_eq!(user["userName"], user["email"]);
    assert_eq!(user["firstName"], "Amara");
    assert_eq!(user["lastName"], "Okafor-Lindström");
    assert!(user["id"].is_u64());
    assert_eq!(user["uid"].as_str().unwrap().len(), 36);
    assert_eq!(user.as_object().unwrap().len(), 7);

    let again = World::approving().await;
    let same = again.get_as("/api/v2/user", &token(&again).await).await;
    assert_eq!(same.json(), user, "a person keeps the ids");
}

#[tokio::test]
async fn the_exchange_takes_a_form_as_well() {
    let world = World::approving().await;
    let code = code(&world, &[]).await;
    let form = [
        ("client_id", "sandbox-web"),
        ("client_secret", SECRET),
        ("code", &code),
    ];
    let request = world.http.post(world.at("/login/oauth/access-token"));
    let reply = read(request.form(&form)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

#[tokio::test]
async fn each_refusal_of_an_exchange_is_one_json_string() {
    let world = with_spaces(Some("")).await;
    let refused = async |world: &World, body: Value, text: &str| {
        let reply = exchange(world, &body).await;
        assert_eq!(reply.status, 400, "{body}");
        assert_eq!(reply.json(), json!(text), "{body}");
        assert_eq!(reply.header("content-type"), "application/json");
        assert!(world.last_outcome().starts_with(text));
    };
    let good = code(&world, &[]).await;
    let with = |name: &str, value: Value| {
        let mut body = body(&good);
        body[name] = value;
        body
    };
    let public = json!("sandbox-cli");
    for (name, value, text) in [
        ("client_id", json!("nobody"), "Client not found"),
        ("client_id", public, "Client not found"),
        ("client_id", json!(7), "Client not found"),
        ("client_secret", json!("wrong"), "Invalid secret"),
        ("client_secret", json!(null), "Invalid secret"),
        ("code", json!("bm90IG9uZQ=="), "Invalid code"),
        ("code", json!(null), "Invalid code"),
    ] {
        refused(&world, with(name, value), text).await;
    }
    let other = json!({ "client_id": "other", "client_secret": "other-secret", "code": good });
    refused(&world, other, "Invalid client id").await;
    refused(&world, json!([]), "Client not found").await;

    assert_eq!(
        exchange(&world, &body(&good)).await.status,
        200,
        "all that cost nothing"
    );
    refused(&world, body(&good), "Invalid code").await;
    assert!(world.last_outcome().contains("already used"));

    let late = code(&world, &[]).await;
    world.sandbox.advance_clock(301);
    refused(&world, body(&late), "Code has expired").await;
}

#[tokio::test]
async fn of_two_exchanges_at_once_one_finds_the_code_used() {
    let world = World::approving().await;
    for _ in 0..20 {
        let body = body(&code(&world, &[]).await);
        let (one, two) = tokio::join!(exchange(&world, &body), exchange(&world, &body));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400]);
        let refused = if one.status == 400 { one } else { two };
        assert_eq!(refused.json(), "Invalid code");
    }
}

#[tokio::test]
async fn a_token_lives_fifteen_minutes_and_other_credentials_are_no_token() {
    let world = World::approving().await;
    let access = token(&world).await;
    let refused = |reply: Reply| {
        assert_eq!(reply.status, 401);
        assert_eq!(reply.json(), "Invalid token");
    };
    refused(world.get("/api/v2/user").await);
    refused(world.get_as("/api/v2/user", "x").await);
    let portals = world.login(&[]).await.access().to_owned();
    refused(world.get_as("/api/v2/user", &portals).await);
    assert!(
        world
            .last_outcome()
            .contains("e-Próspera was sent to Prosper")
    );
    let userinfo = world.get_as("/api/oauth/userinfo", &access).await;
    assert_eq!(userinfo.status, 401);

    world.sandbox.advance_clock(899);
    assert_eq!(world.get_as("/api/v2/user", &access).await.status, 200);
    world.sandbox.advance_clock(1);
    refused(world.get_as("/api/v2/user", &access).await);
}

#[tokio::test]
async fn shorter_lifetimes_are_kept_and_longer_ones_are_not() {
    for (ttl, expected) in [(30, 30), (3600, 900)] {
        let world = World::with(Options {
            auto_approve: Some(String::new()),
            access_ttl: std::time::Duration::from_secs(ttl),
            ..options()
        })
        .await;
        let reply = exchange(&world, &body(&code(&world, &[]).await)).await;
        assert_eq!(reply.json()["expires_in"], expected);
    }
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
        (("client_id", "sandbox-cli"), "confidential clients only"),
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
async fn a_person_signs_in_agrees_once_and_is_then_sent_on_at_once() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let url = authorize_url(&world, &[]);
    let reply = browser.send(world.http.get(url.clone())).await;
    assert_eq!(reply.status, 302);
    let id = request_id(&reply, "/prosper/login?request=");
    let login = browser.get(reply.header("location")).await;
    assert!(login.text.contains("Sandbox web application"));
    assert!(
        login
            .text
            .contains("This is a sandbox, not Login with Prosper.")
    );
    let form = [("request", id.as_str()), ("persona", "e-resident")];
    let reply = browser.post("/prosper/login", &form).await;
    assert_eq!(request_id(&reply, "/prosper/consent?request="), id);
    let consent = browser.get(reply.header("location")).await;
    assert!(consent.text.contains("<code>user:email</code>"));
    let form = [("request", id.as_str()), ("decision", "approve")];
    let reply = browser.post("/prosper/consent", &form).await;
    assert_eq!(reply.status, 302);
    assert!(reply.redirected().contains_key("code"));

    let again = browser.post("/prosper/consent", &form).await;
    assert_eq!(again.status, 400, "a page is answered once");
    let reply = browser.send(world.http.get(url.clone())).await;
    assert!(
        reply.redirected().contains_key("code"),
        "consent is remembered"
    );

    let mut other = Browser::new(&world);
    let reply = other.send(world.http.get(url)).await;
    let id = request_id(&reply, "/prosper/login?request=");
    let form = [("request", id.as_str()), ("persona", "e-resident")];
    let reply = other.post("/prosper/login", &form).await;
    assert!(
        reply.redirected().contains_key("code"),
        "in any browser of the person"
    );
}

#[tokio::test]
async fn a_page_belongs_to_one_browser_and_a_refusal_ends_on_the_welcome_page() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let reply = browser
        .send(world.http.get(authorize_url(&world, &[])))
        .await;
    let id = request_id(&reply, "/prosper/login?request=");
    let mut stranger = Browser::new(&world);
    assert_eq!(stranger.get(reply.header("location")).await.status, 400);
    let form = [("request", id.as_str()), ("persona", "resident")];
    assert_eq!(stranger.post("/prosper/login", &form).await.status, 400);
    let early = [("request", id.as_str()), ("decision", "approve")];
    assert_eq!(browser.post("/prosper/consent", &early).await.status, 400);
    let consent = format!("/prosper/consent?request={id}");
    assert_eq!(browser.get(&consent).await.status, 303, "sign in first");
    assert_eq!(browser.post("/prosper/login", &form).await.status, 303);
    let form = [("request", id.as_str()), ("decision", "deny")];
    let reply = browser.post("/prosper/consent", &form).await;
    assert!(is_welcome(&reply));
    assert!(world.last_outcome().contains("not documented"));
}

#[tokio::test]
async fn a_person_of_another_space_signs_in_and_gets_no_further_than_welcome() {
    let world = with_spaces(None).await;
    let sign_in = async |persona: &str, client: &str| {
        let mut browser = Browser::new(&world);
        let url = authorize_url(&world, &[("client_id", client)]);
        let reply = browser.send(world.http.get(url.clone())).await;
        let id = request_id(&reply, "/prosper/login?request=");
        let form = [("request", id.as_str()), ("persona", persona)];
        let first = browser.post("/prosper/login", &form).await;
        (first, browser.send(world.http.get(url)).await)
    };
    for (persona, client, parted) in [
        ("former", "sandbox-web", true),
        ("resident", "other", true),
        ("former", "other", false),
        ("resident", "sandbox-web", false),
    ] {
        let (first, second) = sign_in(persona, client).await;
        assert_eq!(is_welcome(&first), parted, "{persona} {client}");
        assert_eq!(
            is_welcome(&second),
            parted,
            "{persona} {client}: signed in already"
        );
    }
    let automatic = with_spaces(Some("former")).await;
    assert!(is_welcome(&authorize(&automatic, &[]).await));
    assert!(
        automatic
            .last_outcome()
            .contains("space elsewhere, the client to space the first one")
    );
    code(&automatic, &[("client_id", "other")]).await;
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
async fn faults_strike_in_prospers_own_words_and_the_journal_names_the_endpoint() {
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
        let event = world.sandbox.journal().pop().unwrap();
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
        .journal()
        .iter()
        .map(|event| event.endpoint)
        .collect();
    assert!(endpoints.contains(&"prosper_authorize") && endpoints.contains(&"prosper_user"));
    let text = serde_json::to_string(&world.sandbox.journal()).unwrap();
    assert!(!text.contains(SECRET));
}
