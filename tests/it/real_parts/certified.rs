//! The whole session against a certified `OpenID` provider that nobody here wrote.

use serde_json::json;

use super::{Browser, Cli, Provider};

const SCOPES: &str = "openid profile email offline_access";

struct Scene {
    cli: Cli,
    provider: Provider,
}

impl Scene {
    fn set(algorithm: &str, client: &str) -> Self {
        let cli = Cli::new();
        let redirect_uri = cli.redirect_uri();
        let provider = Provider::start(algorithm, &redirect_uri, &[]);
        let cli = cli
            .with("EPROSPERA_STORE", "plain-file")
            .with("EPROSPERA_ISSUER", &provider.issuer)
            .with("EPROSPERA_CLIENT_ID", client)
            .with("EPROSPERA_REDIRECT_URI", &redirect_uri);
        Self { cli, provider }
    }

    /// Signs in with a browser; the provider's person agrees at once.
    fn sign_in(&self) {
        let mut browser = Browser::launch();
        let login = self.cli.login(&["--scope", SCOPES, "--prompt", "consent"]);
        browser.open("a", &login.url);
        browser.act("wait_text", "a", json!({ "text": "You are signed in" }));
        login.finish().ok();
    }

    /// Everything that a session is for, with an ID token of the given algorithm.
    fn live_through_a_session(&self, algorithm: &str) {
        self.sign_in();
        let whoami = self.cli.run(&["whoami"]).json();
        assert_eq!(whoami["sub"], "ada");
        assert_eq!(whoami["email"], "ada@mail.example");

        let decoded = self.cli.run(&["decode-id-token"]).json();
        assert_eq!(decoded["header"]["alg"], algorithm, "{decoded}");

        let before = self.cli.run(&["token"]).ok();
        self.cli.run(&["refresh"]).ok();
        assert_ne!(self.cli.run(&["token"]).ok(), before);
        self.cli.run(&["refresh"]).ok();
        self.cli.run(&["decode-id-token"]).ok();

        let grants = self.provider.events("grant");
        let kinds: Vec<_> = grants.iter().map(|grant| &grant["grant_type"]).collect();
        assert_eq!(
            kinds,
            ["authorization_code", "refresh_token", "refresh_token"]
        );
        self.cli.run(&["logout"]).ok();
        self.cli.run(&["whoami"]).error(3);
    }
}

#[test]
fn a_session_with_rs256_works_from_login_to_logout() {
    Scene::set("RS256", "public-cli").live_through_a_session("RS256");
}

#[test]
fn a_session_with_es256_works_from_login_to_logout() {
    Scene::set("ES256", "public-cli").live_through_a_session("ES256");
}

#[test]
fn a_session_with_ps256_works_from_login_to_logout() {
    Scene::set("PS256", "public-cli").live_through_a_session("PS256");
}

#[test]
fn a_session_with_eddsa_works_from_login_to_logout() {
    Scene::set("EdDSA", "public-cli").live_through_a_session("EdDSA");
}

#[test]
fn a_secret_with_odd_characters_is_encoded_for_basic_authentication() {
    let Scene { cli, provider } = Scene::set("RS256", "secret-cli");
    let cli = cli.with("EPROSPERA_CLIENT_SECRET", &provider.client_secret);
    Scene { cli, provider }.live_through_a_session("RS256");
}

#[test]
fn a_denial_at_the_provider_ends_the_login_with_its_reason() {
    let cli = Cli::new();
    let redirect_uri = cli.redirect_uri();
    let provider = Provider::start("RS256", &redirect_uri, &["--decision", "deny"]);
    let cli = cli
        .with("EPROSPERA_STORE", "plain-file")
        .with("EPROSPERA_ISSUER", &provider.issuer)
        .with("EPROSPERA_CLIENT_ID", "public-cli")
        .with("EPROSPERA_REDIRECT_URI", &redirect_uri);
    let mut browser = Browser::launch();
    let login = cli.login(&["--scope", SCOPES]);
    browser.open("a", &login.url);
    browser.act("wait_text", "a", json!({ "text": "access_denied" }));
    let page = browser.text("a").to_lowercase();
    let error = login.finish().error(4);
    assert!(page.contains(error["message"].as_str().unwrap()), "{page}");
}
