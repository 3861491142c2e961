//! Sign-ins on another device, by clicks: at the embedded portal and at a certified provider, and
//! a QR code read by a reader that nobody here wrote.

use serde_json::json;

use super::cli::Portal;
use super::{Browser, Cli, Login, Provider, Script};

const PERSONA: &str = "Amara Okafor";
const SHARED: &str = "Blue Reef Robotics";
const CONNECTED: &str = "Your device is connected";

/// A user, a portal whose devices may poll each second, and a browser somewhere else.
struct Scene {
    cli: Cli,
    portal: Portal,
    browser: Browser,
}

impl Scene {
    fn set() -> Self {
        let cli = Cli::new().with("EPROSPERA_STORE", "plain-file");
        let more = ["--device-interval", "1s"];
        let portal = Portal::start(&cli, &cli.redirect_uri(), &more);
        let cli = cli
            .with("EPROSPERA_ISSUER", &portal.issuer)
            .with("EPROSPERA_CLIENT_ID", "sandbox-cli");
        Self {
            cli,
            portal,
            browser: Browser::launch(),
        }
    }

    fn login(&self) -> Login {
        self.cli.device_login(&[])
    }

    /// From the page that was shown to the question, as the persona.
    fn come_to_the_question(&mut self, login: &Login) {
        self.browser.open("a", &login.url);
        let field = json!({ "role": "textbox", "name": "Code", "text": login.user_code() });
        self.browser.act("fill", "a", field);
        self.browser.click("a", "button", "Continue");
        let persona = json!({ "role": "radio", "name": PERSONA });
        self.browser.act("check", "a", persona);
        self.browser.click("a", "button", "Sign in");
        let code = json!({ "text": login.user_code() });
        self.browser.act("wait_text", "a", code);
    }
}

#[test]
fn a_person_types_the_code_chooses_an_entity_and_approves_by_clicks() {
    let mut scene = Scene::set();
    let login = scene.login();
    scene.come_to_the_question(&login);
    for entity in scene.browser.other_entities("a", SHARED) {
        let entity = json!({ "role": "checkbox", "name": entity });
        scene.browser.act("uncheck", "a", entity);
    }
    scene.browser.click("a", "button", "Approve");
    let connected = json!({ "text": CONNECTED });
    scene.browser.act("wait_text", "a", connected);
    login.finish().ok();
    let faults = scene.browser.act("faults", "a", json!({}));
    assert_eq!(faults, json!([]), "no script and no blocked load");

    let entities = scene.cli.run(&["me", "legal-entities"]).json();
    let entities = entities["data"].as_array().unwrap();
    assert_eq!(entities.len(), 1, "{entities:?}");
    assert!(entities[0]["name"].as_str().unwrap().contains(SHARED));
}

#[test]
fn a_refusal_by_click_ends_the_login() {
    let mut scene = Scene::set();
    let login = scene.login();
    scene.come_to_the_question(&login);
    scene.browser.click("a", "button", "Deny");
    let refused = json!({ "text": "You denied access" });
    scene.browser.act("wait_text", "a", refused);
    let error = login.finish().error(4);
    assert_eq!(error["code"], "forbidden");
    scene.cli.run(&["status"]).error(3);
}

#[test]
fn the_address_with_the_code_leaves_nothing_to_type() {
    let mut scene = Scene::set();
    let login = scene.login();
    let complete = format!("{}?user_code={}", login.url, login.user_code());
    scene.browser.open("a", &complete);
    scene.browser.click("a", "button", "Continue");
    let persona = json!({ "role": "radio", "name": PERSONA });
    scene.browser.act("check", "a", persona);
    scene.browser.click("a", "button", "Sign in");
    scene.browser.click("a", "button", "Approve");
    let connected = json!({ "text": CONNECTED });
    scene.browser.act("wait_text", "a", connected);
    login.finish().ok();
}

#[test]
fn an_independent_reader_reads_the_drawn_code() {
    let scene = Scene::set();
    let screen = scene
        .cli
        .at_terminal(80, "login --device --qr --timeout 1s");
    let plain = anstream::adapter::strip_str(&screen).to_string();
    let is_drawing = |line: &&str| line.contains('\u{2588}');
    let rows: Vec<_> = plain
        .lines()
        .filter(is_drawing)
        // Words stand beside it.
        .map(|line| line.trim_end_matches(|sign| !"\u{2588}\u{2580}\u{2584}".contains(sign)))
        .collect();
    let code = plain
        .lines()
        .skip_while(|line| !line.contains("enter the code"))
        .nth(2)
        .and_then(|line| line.split_whitespace().next_back())
        .unwrap();
    let mut reader = Script::start("qr.mjs", &[]);
    reader.send(&json!({ "id": 1, "rows": rows }));
    let issuer = &scene.portal.issuer;
    let address = format!("{issuer}/device?user_code={code}");
    assert_eq!(
        reader.next(),
        json!({ "id": 1, "text": address }),
        "{plain}"
    );
}

/// A public and a confidential client; this provider names no interval.
#[test]
fn a_certified_provider_signs_a_device_in() {
    for client in ["public-cli", "secret-cli"] {
        let cli = Cli::new();
        let provider = Provider::start("ES256", &cli.redirect_uri(), &[]);
        let mut cli = cli
            .with("EPROSPERA_STORE", "plain-file")
            .with("EPROSPERA_ISSUER", &provider.issuer)
            .with("EPROSPERA_CLIENT_ID", client);
        if client == "secret-cli" {
            cli = cli.with("EPROSPERA_CLIENT_SECRET", &provider.client_secret);
        }
        let mut browser = Browser::launch();
        let scope = "openid profile email offline_access";
        let login = cli.device_login(&["--scope", scope]);
        browser.open("a", &login.url);
        let code = login.user_code().to_owned();
        let field = json!({ "selector": "[name=user_code]", "text": code });
        browser.act("fill", "a", field);
        browser.click("a", "button", "Continue");
        browser.act("wait_text", "a", json!({ "text": code }));
        browser.click("a", "button", "Continue");
        browser.act("wait_text", "a", json!({ "text": "Device connected" }));
        let signed_in = login.finish().json();
        assert_eq!(signed_in["account"]["email"], "ada@mail.example");
        assert_eq!(signed_in["missing_scopes"], json!([]));
        cli.run(&["refresh"]).ok();
        let decoded = cli.run(&["decode-id-token"]).json();
        assert_eq!(decoded["verified"], true, "{decoded}");
        let grants = provider.events("grant");
        let grant_type = "urn:ietf:params:oauth:grant-type:device_code";
        assert_eq!(grants[0]["grant_type"], grant_type, "{grants:?}");
    }
}
