//! Sign-ins that a real browser clicks through, against the embedded portal.

use std::path::Path;

use serde_json::json;

use super::cli::Portal;
use super::{Browser, Cli, Login};

const PERSONA: &str = "Tomás Quispe";
const SUCCESS: &str = "You are signed in";
/// One of the resident's entities.
const SHARED: &str = "Blue Reef Robotics";

/// A user, a portal that knows the user's client, and a browser.
struct Scene {
    cli: Cli,
    portal: Portal,
    redirect_uri: String,
    browser: Browser,
}

impl Scene {
    fn set() -> Self {
        let cli = Cli::new().with("EPROSPERA_STORE", "plain-file");
        Self::of(cli, &[], Browser::launch())
    }

    /// The same over https. The program trusts the portal's authority; the browser where it is told to.
    fn over_https(is_trusted: bool) -> Self {
        let cli = Cli::new().with("EPROSPERA_STORE", "plain-file");
        let folder = cli.home().join("ca").display().to_string();
        let certificate = format!("{folder}/ca.pem");
        // The certificate is there before the browser, which reads its store once.
        let made = cli.run(&["sandbox", "exec", "--tls-ca", &folder, "--", "true"]);
        made.ok();
        let home = cli.home().join("browser");
        if is_trusted {
            trust(&cli, &home, &certificate);
        }
        let browser = Browser::launch_at(&home);
        let cli = cli.with("EPROSPERA_CA_FILE", &certificate);
        Self::of(cli, &["--tls-ca", &folder], browser)
    }

    fn of(cli: Cli, switches: &[&str], browser: Browser) -> Self {
        let redirect_uri = cli.redirect_uri();
        let portal = Portal::start(&cli, &redirect_uri, switches);
        let cli = cli
            .with("EPROSPERA_ISSUER", &portal.issuer)
            .with("EPROSPERA_CLIENT_ID", "real-cli")
            .with("EPROSPERA_REDIRECT_URI", &redirect_uri);
        Self {
            cli,
            portal,
            redirect_uri,
            browser,
        }
    }

    fn login(&self, more: &[&str]) -> Login {
        self.cli.login(more)
    }

    /// A login whose address is open in a tab, where the persona is chosen and the consent page follows.
    fn login_at_consent(&mut self, tab: &str, more: &[&str]) -> Login {
        let login = self.login(more);
        self.browser.open(tab, &login.url);
        self.choose_persona(tab);
        login
    }

    /// A login that a click has approved, with the page of its end.
    fn approved_login(&mut self, tab: &str) -> Login {
        let login = self.login_at_consent(tab, &[]);
        self.browser.click(tab, "button", "Approve");
        self.wait_for_the_end(tab);
        login
    }

    /// Approves after the login has ended: the listener is gone or says that the callback came too late.
    fn approve_in_vain(&mut self, tab: &str) {
        let approve = json!({ "role": "button", "name": "Approve" });
        if self.browser.attempt("click", tab, approve).is_ok() {
            assert!(!self.browser.text(tab).contains(SUCCESS));
        }
    }

    /// No request of a tab went anywhere but to the listener and the portal, and no load was blocked.
    fn asked_only_listener_and_portal(&mut self, tab: &str) {
        for request in self.browser.requests(tab) {
            let is_inside =
                request.starts_with(self.origin()) || request.starts_with(&self.portal.issuer);
            assert!(is_inside, "the page asked elsewhere: {request}");
        }
        let faults = self.browser.act("faults", tab, json!({}));
        assert_eq!(faults, json!([]), "{tab}: no script and no blocked load");
    }

    fn choose_persona(&mut self, tab: &str) {
        let persona = json!({ "role": "radio", "name": PERSONA });
        self.browser.act("check", tab, persona);
        self.browser.click(tab, "button", "Sign in");
        self.wait_for_text(tab, "eprospera:entity.read");
    }

    fn wait_for_text(&mut self, tab: &str, text: &str) {
        self.browser.act("wait_text", tab, json!({ "text": text }));
    }

    /// Waits for the page of the listener, without the code in its address.
    fn wait_for_the_end(&mut self, tab: &str) {
        let prefix = json!({ "prefix": self.origin() });
        self.browser.act("wait_clean", tab, prefix);
    }

    fn origin(&self) -> &str {
        self.redirect_uri.trim_end_matches("/callback")
    }
}

/// Imports an authority as a person does, into the store of one home.
fn trust(cli: &Cli, home: &Path, certificate: &str) {
    let folder = home.join(".pki/nssdb");
    std::fs::create_dir_all(&folder).unwrap();
    let store = format!("sql:{}", folder.display());
    let make = ["-d", &store, "-N", "--empty-password"];
    let import = [
        "-d",
        &store,
        "-A",
        "-t",
        "C,,",
        "-n",
        "sandbox",
        "-i",
        certificate,
    ];
    for arguments in [&make[..], &import] {
        let done = cli.program("certutil", arguments).output();
        let done = done.expect("certutil is installed");
        assert!(done.status.success(), "{done:?}");
    }
}

#[test]
fn a_browser_that_trusts_the_authority_signs_in_over_https_and_shows_the_inspector() {
    let mut scene = Scene::over_https(true);
    let issuer = scene.portal.issuer.clone();
    assert!(issuer.starts_with("https://127.0.0.1:"), "{issuer}");
    let login = scene.approved_login("a");
    assert!(scene.browser.text("a").contains(SUCCESS));
    login.finish().ok();
    assert_eq!(scene.cli.run(&["whoami"]).json()["name"], PERSONA);
    scene.cli.run(&["refresh"]).ok();

    scene.browser.open("b", &issuer);
    scene.wait_for_text("b", "This is a sandbox");
    for tab in ["a", "b"] {
        scene.asked_only_listener_and_portal(tab);
    }
}

#[test]
fn a_browser_that_does_not_trust_the_authority_shows_no_page_of_the_portal() {
    let mut scene = Scene::over_https(false);
    let issuer = json!({ "url": scene.portal.issuer });
    let refused = scene.browser.attempt("open", "a", issuer).unwrap_err();
    assert!(refused.contains("ERR_CERT_AUTHORITY_INVALID"), "{refused}");
}

#[test]
fn a_person_signs_in_by_clicks_and_the_page_leaves_nothing_behind() {
    let mut scene = Scene::set();
    let login = scene.approved_login("a");
    assert!(scene.browser.text("a").contains(SUCCESS));
    login.finish().ok();

    scene.asked_only_listener_and_portal("a");

    let whoami = scene.cli.run(&["whoami"]).json();
    assert_eq!(whoami["name"], PERSONA);
}

#[test]
fn a_person_shares_one_of_two_entities_by_clicks() {
    let mut scene = Scene::set();
    let login = scene.login(&[]);
    scene.browser.open("a", &login.url);
    let persona = json!({ "role": "radio", "name": "Amara Okafor" });
    scene.browser.act("check", "a", persona);
    scene.browser.click("a", "button", "Sign in");
    let others = scene.browser.other_entities("a", SHARED);
    assert_eq!(others.len(), 1);
    for entity in others {
        let entity = json!({ "role": "checkbox", "name": entity });
        scene.browser.act("uncheck", "a", entity);
    }
    scene.browser.click("a", "button", "Approve");
    scene.wait_for_the_end("a");
    login.finish().ok();
    let entities = scene.cli.run(&["me", "legal-entities"]).json();
    let entities = entities["data"].as_array().unwrap();
    assert_eq!(entities.len(), 1, "{entities:?}");
    assert!(entities[0]["name"].as_str().unwrap().contains(SHARED));
    let id = entities[0]["id"].as_str().unwrap();
    scene.cli.run(&["me", "legal-entities", id]).ok();
}

#[test]
fn a_denial_ends_the_login_and_browser_and_terminal_say_so() {
    let mut scene = Scene::set();
    let login = scene.login_at_consent("a", &[]);
    scene.browser.click("a", "button", "Deny");
    scene.wait_for_the_end("a");
    let page = scene.browser.text("a").to_lowercase();
    let error = login.finish().error(4);
    let reason = error["message"].as_str().unwrap();
    assert!(reason.contains("denied"), "{reason}");
    assert!(page.contains(reason), "{page}");
    scene.cli.run(&["status"]).error(3);
}

#[test]
fn of_two_tabs_the_first_to_finish_signs_in_and_the_other_changes_nothing() {
    let mut scene = Scene::set();
    let login = scene.login(&[]);
    let url = login.url.clone();
    scene.browser.open("a", &url);
    scene.browser.open("b", &url);
    scene.choose_persona("a");
    scene.choose_persona("b");
    scene.browser.click("b", "button", "Approve");
    scene.wait_for_the_end("b");
    login.finish().ok();
    let before = scene.cli.run(&["token"]).ok();

    scene.approve_in_vain("a");
    assert_eq!(scene.cli.run(&["token"]).ok(), before);
}

#[test]
fn a_reload_of_the_callback_page_does_not_send_the_code_again() {
    let mut scene = Scene::set();
    let login = scene.approved_login("a");
    // Nobody listens any more once the login has ended, so the reload itself may fail.
    scene.browser.attempt("reload", "a", json!({})).ok();
    login.finish().ok();
    let callbacks = scene.browser.requests("a");
    let with_code = callbacks
        .iter()
        .filter(|url| url.starts_with(scene.redirect_uri.as_str()) && url.contains("code="));
    assert_eq!(with_code.count(), 1, "{callbacks:?}");
    scene.cli.run(&["whoami"]).ok();
}

#[test]
fn a_person_who_does_not_decide_in_time_is_told_and_nothing_is_stored() {
    let mut scene = Scene::set();
    let login = scene.login_at_consent("a", &["--timeout", "3s"]);
    let error = login.finish().error(9);
    assert_eq!(error["code"], "timeout");
    scene.cli.run(&["status"]).error(3);

    scene.approve_in_vain("a");
}

#[test]
fn a_second_login_in_the_same_browser_asks_for_consent_only() {
    let mut scene = Scene::set();
    let login = scene.login_at_consent("a", &[]);
    scene.browser.click("a", "button", "Approve");
    scene.wait_for_text("a", SUCCESS);
    login.finish().ok();

    let login = scene.login(&[]);
    scene.browser.open("a", &login.url);
    scene.browser.click("a", "button", "Approve");
    scene.wait_for_text("a", SUCCESS);
    login.finish().ok();
    scene.cli.run(&["status"]).ok();
}
