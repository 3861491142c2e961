//! "Login with Prosper", clicked through by a real browser against the sandbox's pages.

use serde_json::json;

use super::Browser;
use super::cli::{Cli, Portal};

const SUCCESS: &str = "You are signed in";

/// A user of Prosper, a sandbox that knows their client, and a browser.
fn scene() -> (Cli, Portal, Browser) {
    let cli = Cli::new().with("EPROSPERA_STORE", "plain-file");
    let redirect_uri = cli.redirect_uri();
    let client = format!("real-web:real-secret={redirect_uri}");
    let portal = Portal::start(&cli, &redirect_uri, &["--client", &client]);
    let cli = cli
        .with("EPROSPERA_PROFILE", "sandbox-prosper")
        .with("EPROSPERA_ISSUER", &portal.issuer)
        .with("EPROSPERA_CLIENT_ID", "real-web")
        .with("EPROSPERA_CLIENT_SECRET", "real-secret")
        .with("EPROSPERA_REDIRECT_URI", &redirect_uri);
    (cli, portal, Browser::launch())
}

fn choose(browser: &mut Browser, persona: &str) {
    let persona = json!({ "role": "radio", "name": persona });
    browser.act("check", "a", persona);
    browser.click("a", "button", "Sign in");
}

fn wait_for_text(browser: &mut Browser, text: &str) {
    browser.act("wait_text", "a", json!({ "text": text }));
}

#[test]
fn a_person_approves_once_and_is_sent_back_at_once_the_next_time() {
    let (cli, _portal, mut browser) = scene();
    let login = cli.login(&[]);
    browser.open("a", &login.url);
    choose(&mut browser, "Tomás Quispe");
    wait_for_text(&mut browser, "user:email");
    browser.click("a", "button", "Approve");
    wait_for_text(&mut browser, SUCCESS);
    login.finish().ok();
    assert_eq!(cli.run(&["whoami"]).json()["firstName"], "Tomás");

    let login = cli.login(&[]);
    browser.open("a", &login.url);
    wait_for_text(&mut browser, SUCCESS);
    login.finish().ok();
    let faults = browser.act("faults", "a", json!({}));
    assert_eq!(faults, json!([]), "no script and no blocked load");
}

#[test]
fn a_person_of_another_space_ends_on_the_welcome_page_and_the_terminal_says_why() {
    let (cli, _portal, mut browser) = scene();
    let login = cli.login(&["--timeout", "5s"]);
    browser.open("a", &login.url);
    choose(&mut browser, "Jürgen Brandvold");
    wait_for_text(&mut browser, "Welcome to Prosper");
    let error = login.finish().error(9);
    let hint = error["hint"].as_str().unwrap();
    assert!(hint.contains("another space"), "{hint}");
    cli.run(&["status"]).error(3);
}
