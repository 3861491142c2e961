//! A sandbox and a client to ask it with.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::redirect::Policy;
use serde_json::Value;
use url::Url;

use crate::{Algorithm, Event, Observer, Options, Persona, Sandbox};

pub(super) const REDIRECT: &str = "http://127.0.0.1:8736/callback";
pub(super) const ALL_SCOPES: &str = "openid profile email offline_access \
    eprospera:person.details.read eprospera:entity.read";
/// Every scope there is.
pub(super) const EVERY_SCOPE: &str = "openid profile email offline_access \
    eprospera:person.details.read eprospera:person.residency.read \
    eprospera:person.id_verification.read eprospera:person.documents.read \
    eprospera:entity.read eprospera:entity.documents.read \
    eprospera:person.tax.read eprospera:entity.tax.read";
/// The pair of RFC 7636, appendix B.
pub(super) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(super) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(super) struct World {
    pub(super) sandbox: Sandbox,
    pub(super) http: reqwest::Client,
    /// Looked at when the test ends.
    _refusals: Unexplained,
}

/// Refusals that say nothing about what to send instead. There is none, in any test.
#[derive(Clone, Default)]
struct Unexplained(Arc<Mutex<Vec<String>>>);

impl Unexplained {
    /// Looks at each event before the observer of the test does.
    fn watch(&self, observer: Option<Observer>) -> Observer {
        let unexplained = Arc::clone(&self.0);
        Arc::new(move |event: &Event| {
            let is_refusal = event.status.is_some_and(|status| status >= 400);
            let advice = event.send_instead.as_deref().unwrap_or_default();
            if is_refusal && event.fault.is_none() && advice.len() < 10 {
                unexplained.lock().unwrap().push(event.outcome.clone());
            }
            if let Some(observer) = &observer {
                observer(event);
            }
        })
    }
}

impl Drop for Unexplained {
    fn drop(&mut self) {
        let unexplained = self.0.lock().unwrap();
        if !std::thread::panicking() {
            assert!(unexplained.is_empty(), "{unexplained:#?}");
        }
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: reqwest::header::HeaderMap,
    pub(super) text: String,
}

impl Reply {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub(super) fn error(&self) -> String {
        self.json()["error"].as_str().unwrap().to_owned()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The parameters of the redirect's query.
    pub(super) fn redirected(&self) -> HashMap<String, String> {
        let location = Url::parse(self.header("location")).unwrap();
        location.query_pairs().into_owned().collect()
    }
}

pub(super) fn client() -> reqwest::Client {
    builder().build().unwrap()
}

/// For clients that differ in one thing.
pub(super) fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .timeout(Duration::from_secs(120))
}

/// A client that trusts a certificate in PEM, and no other.
pub(super) fn trusting(certificate: &str) -> reqwest::ClientBuilder {
    let certificate = reqwest::Certificate::from_pem(certificate.as_bytes()).unwrap();
    builder().tls_certs_only([certificate])
}

/// Ed25519 keys are made in no time; what concerns RSA asks for it.
pub(super) fn options() -> Options {
    Options {
        port: 0,
        signing: Algorithm::EdDsa,
        ..Options::default()
    }
}

pub(super) async fn read(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    Reply {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await.unwrap(),
    }
}

impl World {
    pub(super) async fn with(mut options: Options) -> Self {
        let refusals = Unexplained::default();
        options.on_event = Some(refusals.watch(options.on_event.take()));
        let sandbox = Sandbox::start(options).await.unwrap();
        let http = match sandbox.ca_certificate() {
            Some(certificate) => trusting(&certificate).build().unwrap(),
            None => client(),
        };
        Self {
            sandbox,
            http,
            _refusals: refusals,
        }
    }

    /// A sandbox that approves everything for the resident.
    pub(super) async fn approving() -> Self {
        Self::with(Options {
            auto_approve: Some(String::new()),
            ..options()
        })
        .await
    }

    /// The same with other people.
    pub(super) async fn approving_of(personas: Vec<Persona>) -> Self {
        Self::with(Options {
            auto_approve: Some(String::new()),
            personas,
            ..options()
        })
        .await
    }

    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url())
    }

    pub(super) async fn get(&self, path: &str) -> Reply {
        read(self.http.get(self.at(path))).await
    }

    pub(super) async fn get_as(&self, path: &str, token: &str) -> Reply {
        read(self.http.get(self.at(path)).bearer_auth(token)).await
    }

    /// The status of userinfo, which tells whether an access token is good.
    pub(super) async fn userinfo_status(&self, token: &str) -> u16 {
        self.get_as("/api/oauth/userinfo", token).await.status
    }

    /// A sandbox that approves everything for a persona, and an access token with every scope.
    pub(super) async fn signed_in(persona: &str) -> (Self, String) {
        let world = Self::with(Options {
            auto_approve: Some(persona.to_owned()),
            ..options()
        })
        .await;
        let tokens = world.login(&[("scope", EVERY_SCOPE)]).await;
        let access = tokens.access().to_owned();
        (world, access)
    }

    /// Authorize with usual parameters, some of them replaced, added, or (when empty) left out.
    pub(super) async fn authorize(&self, changes: &[(&str, &str)]) -> Reply {
        read(self.http.get(self.authorize_url(changes))).await
    }

    pub(super) fn authorize_url(&self, changes: &[(&str, &str)]) -> Url {
        let mut fields = vec![
            ("client_id", "sandbox-cli"),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            ("scope", ALL_SCOPES),
            ("state", "the-state"),
            ("nonce", "the-nonce"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        Url::parse_with_params(&self.at("/api/oauth/authorize"), fields).unwrap()
    }

    /// A code from an approving sandbox.
    pub(super) async fn code(&self, changes: &[(&str, &str)]) -> String {
        let reply = self.authorize(changes).await;
        assert_eq!(reply.status, 303, "{}", reply.text);
        reply.redirected()["code"].clone()
    }

    pub(super) async fn token(&self, fields: &[(&str, &str)]) -> Reply {
        read(self.http.post(self.at("/api/oauth/token")).form(fields)).await
    }

    pub(super) async fn redeem(&self, code: &str) -> Reply {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("client_id", "sandbox-cli"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ])
        .await
    }

    pub(super) async fn refresh(&self, token: &str) -> Reply {
        self.token(&[
            ("grant_type", "refresh_token"),
            ("client_id", "sandbox-cli"),
            ("refresh_token", token),
        ])
        .await
    }

    /// The tokens of a whole login at an approving sandbox.
    pub(super) async fn login(&self, changes: &[(&str, &str)]) -> Tokens {
        let code = self.code(changes).await;
        Tokens(self.redeem(&code).await.json())
    }

    pub(super) fn last_outcome(&self) -> String {
        self.sandbox.request_log().last().unwrap().outcome.clone()
    }
}

pub(super) struct Tokens(pub(super) Value);

impl Tokens {
    pub(super) fn field(&self, name: &str) -> &str {
        self.0[name]
            .as_str()
            .unwrap_or_else(|| panic!("no {name} in {}", self.0))
    }

    pub(super) fn access(&self) -> &str {
        self.field("access_token")
    }

    pub(super) fn refresh(&self) -> &str {
        self.field("refresh_token")
    }
}
