//! Sessions in a real Secret Service, and what is said where there is none.

use super::cli::{Portal, visit};
use super::secret_service::Policy;
use super::{Cli, SecretService};

/// A portal that agrees to everything, and a user of it with the default store.
pub(super) fn with_portal(cli: Cli) -> (Portal, Cli) {
    let redirect_uri = cli.redirect_uri();
    // The quickest keys: these tests are not about them.
    let flags = ["--auto-approve", "--signing", "EdDSA"];
    let portal = Portal::start(&cli, &redirect_uri, &flags);
    let cli = cli
        .with("EPROSPERA_ISSUER", &portal.issuer)
        .with("EPROSPERA_CLIENT_ID", "real-cli")
        .with("EPROSPERA_REDIRECT_URI", &redirect_uri);
    (portal, cli)
}

pub(super) fn sign_in(cli: &Cli) {
    let login = cli.login(&[]);
    visit(&login.url);
    login.finish().ok();
}

/// What `secret-tool` finds under the service name of the contract.
pub(super) fn found(cli: &Cli) -> String {
    let output = cli
        .program("secret-tool", &["search", "--all", "service", "eprospera"])
        .output()
        .expect("secret-tool is installed");
    let text = [output.stdout, output.stderr].concat();
    String::from_utf8_lossy(&text).into_owned()
}

/// Requires that a login is refused before anyone is asked to open a page.
fn refused_login(cli: &Cli) -> serde_json::Value {
    let finished = cli.run(&["login", "--no-browser"]);
    assert!(!finished.stderr.contains("code_challenge"));
    let error = finished.error(13);
    assert_eq!(error["code"], "store");
    assert!(error["hint"].as_str().unwrap().contains("encrypted-file"));
    error
}

#[test]
fn a_session_lives_in_the_keyring_and_nowhere_else() {
    let (_service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (portal, cli) = with_portal(cli);
    sign_in(&cli);

    let secrets = found(&cli);
    assert!(
        secrets.contains("rt_"),
        "secret-tool finds the refresh token"
    );
    let account = format!("default@{}#real-cli", portal.issuer);
    assert!(secrets.contains(&account), "the account is as documented");

    let access = cli.run(&["token"]).ok();
    for (path, bytes) in cli.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(access.trim()), "{}", path.display());
        assert!(!text.contains("rt_"), "{}", path.display());
    }

    cli.run(&["refresh"]).ok();
    cli.run(&["whoami"]).ok();
    cli.run(&["logout"]).ok();
    assert!(!found(&cli).contains("rt_"), "logout leaves nothing behind");
    cli.run(&["status"]).error(3);
}

#[test]
fn a_login_that_was_begun_waits_in_the_keyring_and_a_logout_takes_it_along() {
    let (_service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (portal, cli) = with_portal(cli);
    cli.run(&["login", "--begin"]).ok();
    let account = format!("pending:default@{}#real-cli", portal.issuer);
    let secrets = found(&cli);
    assert!(secrets.contains(&account) && secrets.contains("verifier"));
    for (path, bytes) in cli.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("verifier"), "{}", path.display());
    }
    cli.run(&["logout", "--all"]).ok();
    assert!(!found(&cli).contains("pending:"), "nothing is left behind");
}

#[test]
fn status_names_the_keyring_as_the_store() {
    let (_service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (_portal, cli) = with_portal(cli);
    sign_in(&cli);
    let status = cli.run(&["status"]).json();
    assert!(status["store"].to_string().contains("keyring"), "{status}");
}

#[test]
fn without_a_bus_login_is_refused_before_the_browser_opens() {
    let (_portal, cli) = with_portal(Cli::new());
    let socket = cli.home().join("run/nobody").display().to_string();
    let cli = cli.with("DBUS_SESSION_BUS_ADDRESS", &format!("unix:path={socket}"));
    refused_login(&cli);
}

#[test]
fn on_a_bus_without_a_keyring_login_is_refused() {
    let cli = Cli::new();
    let service = SecretService::bus_only(&cli, Policy::Open);
    let cli = cli.with("DBUS_SESSION_BUS_ADDRESS", service.address());
    let (_portal, cli) = with_portal(cli);
    refused_login(&cli);
}

#[test]
fn a_locked_keyring_is_told_apart_from_an_absent_one() {
    let (service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (_portal, cli) = with_portal(cli);
    sign_in(&cli);
    service.lock(&cli);

    let error = cli.run(&["token"]).error(13);
    assert!(error.to_string().contains("locked"), "{error}");
    let error = refused_login(&cli);
    assert!(error.to_string().contains("locked"), "{error}");
}

#[test]
fn a_keyring_that_denies_access_is_told_apart_from_a_locked_one() {
    let (_service, cli) = SecretService::unlocked(Cli::new(), Policy::SecretsDenied);
    let (_portal, cli) = with_portal(cli);
    let error = refused_login(&cli);
    assert!(error.to_string().contains("denied"), "{error}");
}

#[test]
fn a_keyring_that_never_answers_does_not_hang_the_command() {
    let (service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (_portal, cli) = with_portal(cli);
    sign_in(&cli);
    service.freeze();
    let error = cli.run(&["token"]).error(13);
    assert_eq!(error["code"], "store");
}

#[test]
fn a_session_of_another_client_is_not_found_in_the_keyring() {
    let (_service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (_portal, cli) = with_portal(cli);
    sign_in(&cli);
    cli.run(&["--client-id", "another", "token"]).error(3);
    cli.run(&["token"]).ok();
}
