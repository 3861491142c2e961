//! The crate as a dev-dependency of another project: with what it makes public, and nothing else.

#![expect(
    clippy::unwrap_used,
    reason = "a panic is how a test fails, in its helpers as in itself"
)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use eprospera_sandbox::{Algorithm, Client, Error, Options, Sandbox, read_people};
use serde::Deserialize;

const REDIRECT: &str = "http://127.0.0.1:9/cb";
const PEOPLE: &str = "[[personas]]\nid = 'ines'\nname = 'Inés Pineda'\n";

#[derive(Deserialize)]
struct Tokens {
    access_token: String,
    refresh_token: String,
}

/// A sandbox with a client and a person of the project's own, who approves everything.
fn options() -> Options {
    let mut options = Options {
        port: 0,
        auto_approve: Some("ines".to_owned()),
        signing: Algorithm::EdDsa,
        clients: vec![format!("app:s3cret={REDIRECT}").parse().unwrap()],
        ..Options::default()
    };
    options.invite(read_people("people.toml", PEOPLE).unwrap());
    options
}

fn http() -> reqwest::Client {
    let no_redirect = reqwest::redirect::Policy::none();
    let builder = reqwest::Client::builder().no_proxy().redirect(no_redirect);
    builder.build().unwrap()
}

async fn token(sandbox: &Sandbox, form: &[(&str, &str)]) -> reqwest::Response {
    let request = http().post(format!("{}/api/oauth/token", sandbox.url()));
    let request = request.basic_auth("app", Some("s3cret")).form(form);
    request.send().await.unwrap()
}

/// Goes to the portal as the person's browser would; returns what the application's callback gets.
async fn authorize(sandbox: &Sandbox) -> HashMap<String, String> {
    let query = [
        ("response_type", "code"),
        ("client_id", "app"),
        ("redirect_uri", REDIRECT),
        ("scope", "openid offline_access"),
        ("state", "s"),
        ("nonce", "n"),
    ];
    let url = format!("{}/api/oauth/authorize", sandbox.url());
    let url = url::Url::parse_with_params(&url, query).unwrap();
    let response = http().get(url).send().await.unwrap();
    let callback = response.headers()["location"].to_str().unwrap();
    let callback = url::Url::parse(callback).unwrap();
    callback.query_pairs().into_owned().collect()
}

/// Signs in as the client under test would.
async fn sign_in(sandbox: &Sandbox) -> Tokens {
    let callback = authorize(sandbox).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &callback["code"]),
        ("redirect_uri", REDIRECT),
    ];
    token(sandbox, &form).await.json().await.unwrap()
}

async fn userinfo(sandbox: &Sandbox, access_token: &str) -> u16 {
    let request = http().get(format!("{}/api/oauth/userinfo", sandbox.url()));
    let response = request.bearer_auth(access_token).send().await.unwrap();
    response.status().as_u16()
}

async fn refresh(sandbox: &Sandbox, token_sent: &str) -> u16 {
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token_sent),
    ];
    token(sandbox, &form).await.status().as_u16()
}

#[tokio::test]
async fn a_person_of_ones_own_signs_in_and_every_request_is_in_the_request_log() {
    let seen = Arc::new(Mutex::new(0));
    let counter = Arc::clone(&seen);
    let sandbox = Sandbox::start(Options {
        on_event: Some(Arc::new(move |_| *counter.lock().unwrap() += 1)),
        ..options()
    })
    .await
    .unwrap();
    let client: &Client = &sandbox.clients()[0];
    assert_eq!((client.id.as_str(), client.is_public()), ("app", false));
    assert_eq!(sandbox.personas()[0].name, "Inés Pineda");
    sign_in(&sandbox).await;
    let request_log = sandbox.request_log();
    let endpoints: Vec<_> = request_log.iter().map(|event| event.endpoint).collect();
    assert_eq!(endpoints, ["authorize", "token"]);
    assert!(
        request_log
            .iter()
            .all(|event| event.persona.as_deref() == Some("ines"))
    );
    assert_eq!(*seen.lock().unwrap(), 2);
}

#[tokio::test]
async fn a_failure_strikes_once_and_a_session_ends_when_its_time_is_over_or_it_is_revoked() {
    let sandbox = Sandbox::start(options()).await.unwrap();
    let refresh_token = sign_in(&sandbox).await.refresh_token;
    sandbox.add_fault("token:503*1".parse().unwrap());
    assert_eq!(refresh(&sandbox, &refresh_token).await, 503);
    assert_eq!(refresh(&sandbox, &refresh_token).await, 200);
    assert!(
        "token:unheard-of"
            .parse::<eprospera_sandbox::Fault>()
            .is_err()
    );

    let revoked = sign_in(&sandbox).await.refresh_token;
    sandbox.revoke_all();
    assert_eq!(refresh(&sandbox, &revoked).await, 400);
    let old = sign_in(&sandbox).await.refresh_token;
    sandbox.advance_clock(181 * 24 * 3600);
    assert_eq!(refresh(&sandbox, &old).await, 400);
}

#[tokio::test]
async fn an_hour_passes_and_the_refreshed_session_goes_on() {
    let sandbox = Sandbox::start(options()).await.unwrap();
    let tokens = sign_in(&sandbox).await;
    sandbox.advance_clock(3601);
    assert_eq!(userinfo(&sandbox, &tokens.access_token).await, 401);
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", &tokens.refresh_token),
    ];
    let renewed: Tokens = token(&sandbox, &form).await.json().await.unwrap();
    assert_eq!(userinfo(&sandbox, &renewed.access_token).await, 200);
}

#[tokio::test]
async fn a_person_who_denies_consent_comes_back_with_access_denied() {
    let sandbox = Sandbox::start(options()).await.unwrap();
    sandbox.add_fault("authorize:error=access_denied*1".parse().unwrap());
    assert_eq!(authorize(&sandbox).await["error"], "access_denied");
    assert!(authorize(&sandbox).await.contains_key("code"));
}

#[tokio::test]
async fn a_sandbox_that_stops_frees_its_port_and_one_that_cannot_start_says_why() {
    let sandbox = Sandbox::start(options()).await.unwrap();
    let url = url::Url::parse(sandbox.url()).unwrap();
    let same = || Options {
        port: url.port().unwrap(),
        ..options()
    };
    let taken = Sandbox::start(same()).await.err().unwrap();
    assert!(matches!(taken, Error::PortInUse { port } if Some(port) == url.port()));
    sandbox.stop().await;
    let unknown = Options {
        auto_approve: Some("zoe".to_owned()),
        ..same()
    };
    let unknown = Sandbox::start(unknown).await.err().unwrap();
    assert!(unknown.to_string().starts_with("there is no persona `zoe`"));
    Sandbox::start(same()).await.unwrap();
}
