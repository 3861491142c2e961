//! Nothing that the inspector or the request log gives out holds a secret of a whole run.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::super::browser::Browser;
use super::super::control::steer;
use super::super::world::{EVERY_SCOPE, REDIRECT, Tokens, VERIFIER, World, options, read};
use crate::{Client, Options};

const SECRET: &str = "p%w:d+s/canary";
const WRONG: &str = "a-wrong-secret-canary";

/// Signs in on pages, by code, as a device and with Prosper; uses each token rightly and in each
/// wrong place; returns all that must stay secret, and what was shown meanwhile.
async fn run(world: &World) -> (Vec<String>, String) {
    let mut secrets = vec![
        SECRET.to_owned(),
        WRONG.to_owned(),
        VERIFIER.to_owned(),
        world.sandbox.control_token().to_owned(),
    ];
    let mut browser = Browser::new(world);
    let id = browser
        .sign_in("resident", &[("client_id", "web"), ("scope", EVERY_SCOPE)])
        .await;
    let reply = browser.decide(&id, "approve", &[]).await;
    let code = reply.redirected()["code"].clone();
    secrets.extend([id.clone(), browser.cookie().to_owned()]);
    let web = [("client_id", "web"), ("client_secret", SECRET)];
    let redeem = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let post = |path: &str| world.http.post(world.at(path));
    let tokens = read(post("/api/oauth/token").form(&[&web[..], &redeem].concat())).await;
    let tokens = Tokens(tokens.json());
    let refresh = |token: &str| {
        let grant = [("grant_type", "refresh_token"), ("refresh_token", token)];
        let grant = grant.map(|(name, value)| (name.to_owned(), value.to_owned()));
        post("/api/oauth/token")
            .basic_auth(
                "web",
                Some(utf8_percent_encode(SECRET, NON_ALPHANUMERIC).to_string()),
            )
            .form(&grant)
    };
    let next = Tokens(read(refresh(tokens.refresh())).await.json());
    let device = read(
        post("/api/oauth/device_authorization")
            .form(&[("client_id", "eprospera-cli"), ("scope", "openid")]),
    )
    .await;
    let device = Tokens(device.json());
    secrets.push(device.field("device_code").to_owned());
    for tokens in [&tokens, &next] {
        for name in ["access_token", "refresh_token", "id_token"] {
            secrets.push(tokens.field(name).to_owned());
        }
    }
    secrets.push(code.clone());

    secrets.extend(prosper(world).await);
    secrets.push(file(world, next.access()).await);
    let mut shown = shown(world).await;
    shown.push_str(&misuse(world, &secrets).await);
    read(refresh(tokens.refresh())).await;
    steer(world, "/sandbox/clock", json!({ "advance_seconds": 1 })).await;
    let rule = json!({ "rule": format!("token:{SECRET}") });
    steer(world, "/sandbox/faults", rule).await;
    (secrets, shown)
}

/// Signs in with Prosper, whose tokens have no form of their own.
async fn prosper(world: &World) -> [String; 4] {
    let post = |path: &str| world.http.post(world.at(path));
    let query = format!("client_id=web&redirect_uri={REDIRECT}&scope=user:email&state=s");
    let mut prosper = Browser::new(world);
    let reply = prosper
        .get(&format!("/login/oauth/authorize?{query}"))
        .await;
    let page = reply.header("location").to_owned();
    let id = page.split_once('=').unwrap().1.to_owned();
    prosper
        .post(
            "/prosper/login",
            &[("request", &id), ("persona", "resident")],
        )
        .await;
    let form = [("request", &*id), ("decision", "approve")];
    let reply = prosper.post("/prosper/consent", &form).await;
    let prosper_code = reply.redirected()["code"].clone();
    let body = json!({ "client_id": "web", "client_secret": SECRET, "code": prosper_code });
    let reply = read(post("/login/oauth/access-token").json(&body)).await;
    let prosper_token = Tokens(reply.json()).access().to_owned();
    world.get_as("/api/v2/user", &prosper_token).await;
    [id, prosper.cookie().to_owned(), prosper_code, prosper_token]
}

/// Reads a file, whose URL is good for who has it; the signature.
async fn file(world: &World, access: &str) -> String {
    let documents = "/api/v1/me/natural-person/documents";
    let documents = world.get_as(documents, access).await.text;
    let (_, signature) = documents.split_once("X-Amz-Signature=").unwrap();
    let (_, url) = documents.split_once("http://").unwrap();
    let url = format!("http://{}", url.split('"').next().unwrap());
    read(world.http.get(&url)).await;
    read(world.http.get(&url).bearer_auth(access)).await;
    signature.chars().take(64).collect()
}

/// Whether the sandbox can tell from a text itself that it is a secret.
fn is_marked(secret: &str) -> bool {
    let prefixes = ["c_", "rt_", "dc_", "eyJ"];
    secret == SECRET || prefixes.iter().any(|prefix| secret.starts_with(prefix))
}

/// Sends secrets in all the places where they do not belong.
async fn misuse(world: &World, secrets: &[String]) -> String {
    let mut all = String::new();
    let post = |path: &str| world.http.post(world.at(path));
    for secret in secrets {
        let hidden = [
            "client_secret",
            "code_verifier",
            "code",
            "refresh_token",
            "device_code",
            "x",
        ];
        for name in hidden {
            let form = [
                ("client_id", "sandbox-cli"),
                ("grant_type", "refresh_token"),
                (name, secret),
            ];
            read(post("/api/oauth/token").form(&form)).await;
            world.authorize(&[(name, secret)]).await;
            read(post("/login/oauth/access-token").json(&json!({ name: secret }))).await;
        }
        read(post("/api/oauth/token").form(&[("client_id", "cli"), (secret.as_str(), "")])).await;
        read(post("/api/oauth/token").body(secret.clone())).await;
        read(post("/api/oauth/token").basic_auth("sandbox-web", Some(secret))).await;
        for path in [
            "/api/oauth/userinfo",
            "/api/v1/me/natural-person",
            "/sandbox/faults",
        ] {
            world.get_as(path, secret).await;
            let encoded = utf8_percent_encode(secret, NON_ALPHANUMERIC);
            let query = world
                .http
                .get(world.at(&format!("{path}?access_token={encoded}")));
            read(query.header("referer", format!("http://a/?code={secret}"))).await;
        }
        let odd = world
            .http
            .get(world.at("/health"))
            .header("authorization", secret);
        read(odd.header("host", "evil.example")).await;
        all.push_str(&shown(world).await);
    }
    for secret in secrets.iter().filter(|secret| is_marked(secret)) {
        misplace(world, secret).await;
        all.push_str(&shown(world).await);
    }
    all
}

/// What the inspector shows; it keeps the newest requests only.
async fn shown(world: &World) -> String {
    world.get("/sandbox/inspector.json").await.text
}

/// Sends a secret where others are shown.
async fn misplace(world: &World, secret: &str) {
    let post = |path: &str| world.http.post(world.at(path));
    let shown = [
        "client_id",
        "scope",
        "nonce",
        "state",
        "grant_type",
        "redirect_uri",
        "max_age",
    ];
    for name in shown
        .into_iter()
        .chain(["response_type", "code_challenge", "login_hint"])
    {
        read(post("/api/oauth/token").form(&[("grant_type", "x"), (name, secret)])).await;
        world.authorize(&[(name, secret)]).await;
        world
            .authorize(&[(name, secret), ("redirect_uri", "http://a/")])
            .await;
        read(post("/api/oauth/token").json(&json!({ name: secret }))).await;
    }
    read(post("/api/oauth/token").form(&[(secret, "1")])).await;
    read(post("/api/oauth/token").basic_auth(secret, Some(secret))).await;
    let encoded = utf8_percent_encode(secret, NON_ALPHANUMERIC);
    for path in [
        "/device?user_code=",
        "/api/v1/me/legal-entities/",
        "/",
        "/a/",
    ] {
        world.get(&format!("{path}{encoded}")).await;
    }
    let odd = world.http.get(world.at("/health")).header("host", secret);
    read(odd.header("user-agent", secret).header("origin", secret)).await;
}

/// Ways to write a secret.
fn spellings(secret: &str) -> [String; 4] {
    [
        secret.to_owned(),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        STANDARD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
    ]
}

#[tokio::test]
async fn no_secret_of_a_whole_run_is_in_anything_that_the_inspector_gives() {
    let world = World::with(Options {
        clients: {
            let uris = vec![REDIRECT.to_owned()];
            let mut clients = Client::built_in();
            clients.push(Client::new("web", Some(SECRET), uris));
            clients
        },
        ..options()
    })
    .await;
    let (secrets, mut inspector) = run(&world).await;
    assert!(secrets.len() > 15);
    inspector.push_str(&shown(&world).await);
    let since = world.sandbox.services().portal.recorder.epoch.clone();
    let path = format!("/sandbox/inspector/events?since={since}-0");
    let feed = super::feed::Follower::at(&world, &path, None)
        .await
        .piece()
        .await;
    let request_log = serde_json::to_string(&world.sandbox.request_log()).unwrap();
    assert!(inspector.len() > 100_000 && feed.contains("event: "));
    let mut found = Vec::new();
    for secret in &secrets {
        for spelling in spellings(secret) {
            for (name, text) in [
                ("inspector", &inspector),
                ("feed", &feed),
                ("log", &request_log),
            ] {
                if let Some(at) = text.find(&spelling) {
                    let around = text.get(at.saturating_sub(200)..at).unwrap_or_default();
                    found.push(format!("{spelling} is in the {name}: {around}"));
                }
            }
        }
        // The signature of a JWT is what makes it good.
        if let Some((_, signature)) = secret.rsplit_once('.') {
            assert!(!inspector.contains(signature), "a signature of {secret}");
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
