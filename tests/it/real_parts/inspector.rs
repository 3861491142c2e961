//! The inspector in a real browser: what it shows, and who steers with it.

mod reading;
mod steering;

use eprospera_sandbox::{Algorithm, Options, Sandbox};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::Browser;

const REDIRECT: &str = "http://127.0.0.1:8736/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A sandbox in this process, and a browser.
struct Scene {
    runtime: Runtime,
    sandbox: Sandbox,
    http: reqwest::Client,
    browser: Browser,
}

impl Scene {
    fn set() -> Self {
        let runtime = Runtime::new().unwrap();
        let sandbox = runtime.block_on(start());
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self {
            runtime,
            sandbox,
            http,
            browser: Browser::launch(),
        }
    }

    /// One whose page is open in tab `a`, and may steer.
    fn steering() -> Self {
        let mut scene = Self::set();
        let address = scene.sandbox.inspector_url();
        scene.browser.open("a", &address);
        scene.wait("a", "Advance 1 minute");
        scene
    }

    fn wait(&mut self, tab: &str, text: &str) {
        self.browser.act("wait_text", tab, json!({ "text": text }));
    }

    fn evaluate(&mut self, tab: &str, script: &str) -> Value {
        let script = json!({ "script": script });
        self.browser.act("evaluate", tab, script)
    }

    /// Waits until a change of the document makes an expression true.
    fn wait_for(&mut self, tab: &str, script: &str) {
        let script = json!({ "script": script });
        self.browser.act("wait_for", tab, script);
    }

    fn authorize(&self, changes: &[(&str, &str)]) -> String {
        let mut fields = vec![
            ("client_id", "sandbox-cli"),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            ("scope", "openid profile offline_access"),
            ("state", "the-state"),
            ("nonce", "the-nonce"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        let url = format!("{}/api/oauth/authorize", self.sandbox.url());
        let url = url::Url::parse_with_params(&url, fields).unwrap();
        let response = self.runtime.block_on(self.http.get(url).send()).unwrap();
        let location = response.headers().get("location");
        location.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
    }

    fn token(&self, fields: &[(&str, &str)]) -> Value {
        let url = format!("{}/api/oauth/token", self.sandbox.url());
        let sent = async {
            let response = self.http.post(url).form(fields).send().await.unwrap();
            response.text().await.unwrap()
        };
        serde_json::from_str(&self.runtime.block_on(sent)).unwrap()
    }

    fn redeem(&self, code: &str) -> Value {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("client_id", "sandbox-cli"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ])
    }

    fn code(&self) -> String {
        let callback = url::Url::parse(&self.authorize(&[])).unwrap();
        let (_, code) = callback
            .query_pairs()
            .find(|(name, _)| name == "code")
            .unwrap();
        code.into_owned()
    }

    fn refresh(&self, token: &str) -> Value {
        self.token(&[
            ("grant_type", "refresh_token"),
            ("client_id", "sandbox-cli"),
            ("refresh_token", token),
        ])
    }

    fn redirect_uri_with_a_slash(&self) {
        self.authorize(&[("redirect_uri", &format!("{REDIRECT}/"))]);
    }

    fn code_used_twice(&self) {
        let code = self.code();
        self.redeem(&code);
        self.redeem(&code);
    }

    fn old_refresh_token(&self) {
        let tokens = self.redeem(&self.code());
        let token = tokens["refresh_token"].as_str().unwrap();
        self.refresh(token);
        self.refresh(token);
    }

    fn wrong_client_authentication(&self) {
        self.token(&[
            ("grant_type", "refresh_token"),
            ("client_id", "sandbox-web"),
            ("client_secret", "not-the-secret"),
            ("refresh_token", "rt_unknown"),
        ]);
    }
}

async fn start() -> Sandbox {
    let options = Options {
        port: 0,
        signing: Algorithm::EdDsa,
        auto_approve: Some(String::new()),
        ..Options::default()
    };
    Sandbox::start(options).await.unwrap()
}
