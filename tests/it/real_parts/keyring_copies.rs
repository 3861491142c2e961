//! A Secret Service in which more than one entry answers to a session, as imports, synchronisation
//! and other tools leave it, and one with an old keyring beside the default one.

use std::io::Write as _;
use std::process::Stdio;

use super::keyring::{found, sign_in, with_portal};
use super::secret_service::Policy;
use super::{Cli, SecretService};

/// An account as `secret-tool` takes it.
fn account(issuer: &str) -> String {
    format!("default@{issuer}#real-cli")
}

/// The secret of an entry.
fn look_up(cli: &Cli, account: &str) -> Vec<u8> {
    let arguments = ["lookup", "service", "eprospera", "username", account];
    let output = cli.program("secret-tool", &arguments).output().unwrap();
    assert!(!output.stdout.is_empty(), "no entry of {account}");
    output.stdout
}

/// Stores another entry with the same attributes and one more.
fn copy(cli: &Cli, collection: &str, account: &str, secret: &[u8]) {
    put(cli, collection, account, secret, ["xdg:creator", "other"]);
}

/// Stores an entry with one attribute more than this program's own.
fn put(cli: &Cli, collection: &str, account: &str, secret: &[u8], more: [&str; 2]) {
    let arguments = [
        "store",
        "--label=copy",
        &format!("--collection={collection}"),
        "service",
        "eprospera",
        "username",
        account,
        more[0],
        more[1],
    ];
    let mut tool = cli
        .program("secret-tool", &arguments)
        .stdin(Stdio::piped())
        .spawn()
        .expect("secret-tool is installed");
    tool.stdin.take().unwrap().write_all(secret).unwrap();
    assert!(tool.wait().unwrap().success());
}

fn entries(cli: &Cli) -> usize {
    found(cli).matches("attribute.username").count()
}

#[test]
fn a_second_entry_of_a_session_neither_hides_nor_outlives_it() {
    let (_service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (portal, cli) = with_portal(cli);
    sign_in(&cli);
    let account = account(&portal.issuer);
    let old = look_up(&cli, &account);
    let first = cli.run(&["token"]).ok();

    // A backup is put back beside the session: the newer one is used, whichever was stored last.
    cli.run(&["refresh"]).ok();
    let second = cli.run(&["token"]).ok();
    assert_ne!(first, second);
    copy(&cli, "default", &account, &old);
    assert_eq!(entries(&cli), 2);
    assert_eq!(cli.run(&["token"]).ok(), second);
    cli.run(&["status"]).ok();

    // A write leaves one entry, and never makes another.
    cli.run(&["refresh"]).ok();
    assert_eq!(entries(&cli), 1);
    copy(&cli, "default", &account, &old);
    sign_in(&cli);
    assert_eq!(entries(&cli), 1);

    copy(&cli, "default", &account, &old);
    copy(&cli, "session", &account, &old);
    assert_eq!(entries(&cli), 3);
    cli.run(&["logout"]).ok();
    assert_eq!(entries(&cli), 0);
    cli.run(&["status"]).error(3);
}

/// As if the session had been stored from another home: a container's, or that of a Flatpak.
fn lock_elsewhere(cli: &Cli, account: &str) {
    let secret = look_up(cli, account);
    let arguments = ["clear", "service", "eprospera", "username", account];
    let cleared = cli.program("secret-tool", &arguments).status().unwrap();
    assert!(cleared.success());
    put(
        cli,
        "default",
        account,
        &secret,
        ["lock-folder", "elsewhere"],
    );
}

#[test]
fn a_session_whose_lock_is_in_another_home_is_used_and_refreshed_only_after_a_login() {
    let (_service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (portal, cli) = with_portal(cli);
    sign_in(&cli);
    let account = account(&portal.issuer);
    let token = cli.run(&["token"]).ok();
    lock_elsewhere(&cli, &account);
    assert_eq!(cli.run(&["token"]).ok(), token);
    let refused = cli.run(&["refresh"]).error(13).to_string();
    assert!(refused.contains("another home"), "{refused}");
    assert!(refused.contains("eprospera login"), "{refused}");
    sign_in(&cli);
    cli.run(&["refresh"]).ok();
    assert_eq!(entries(&cli), 1);

    lock_elsewhere(&cli, &account);
    cli.run(&["logout"]).ok();
    assert_eq!(entries(&cli), 0);
}

#[test]
fn what_another_tool_stored_under_the_same_name_is_passed_over() {
    let (_service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (portal, cli) = with_portal(cli);
    sign_in(&cli);
    let token = cli.run(&["token"]).ok();
    let account = account(&portal.issuer);
    copy(&cli, "default", &account, b"a password of somebody else");
    assert_eq!(cli.run(&["token"]).ok(), token);
    cli.run(&["logout"]).ok();
    assert_eq!(entries(&cli), 0);
}

#[test]
fn the_entry_in_the_default_keyring_counts_before_one_elsewhere() {
    let (_service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (portal, cli) = with_portal(cli);
    sign_in(&cli);
    cli.run(&["refresh"]).ok();
    cli.run(&["refresh"]).ok();
    let account = account(&portal.issuer);
    let ended = look_up(&cli, &account);
    cli.run(&["logout"]).ok();
    sign_in(&cli);
    let token = cli.run(&["token"]).ok();
    copy(&cli, "session", &account, &ended);
    // The other one was written more often, and was ended.
    assert_eq!(cli.run(&["token"]).ok(), token);
    cli.run(&["refresh"]).ok();
    assert_eq!(entries(&cli), 1);
    cli.run(&["whoami"]).ok();
}

/// After a change of the password a keyring of the same name is made, and the old one stays locked.
fn with_an_old_keyring() -> (SecretService, super::cli::Portal, Cli) {
    let (service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (portal, cli) = with_portal(cli);
    sign_in(&cli);
    drop(service);
    let folder = cli.home().join("data/keyrings");
    std::fs::rename(folder.join("login.keyring"), folder.join("old.keyring")).unwrap();
    let (service, cli) = SecretService::unlocked(cli, Policy::Open);
    (service, portal, cli)
}

#[test]
fn a_locked_keyring_beside_the_default_one_keeps_nobody_from_signing_in() {
    let (_service, _portal, cli) = with_an_old_keyring();
    // Nothing open answers: that is not the same as nobody being signed in.
    let error = cli.run(&["token"]).error(13);
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("which is locked"), "{error}");
    assert!(error["hint"].as_str().unwrap().contains("eprospera login"));

    sign_in(&cli);
    for command in ["token", "status", "refresh", "whoami", "logout"] {
        cli.run(&[command]).ok();
    }
}

#[test]
fn a_login_that_the_keyring_will_not_hold_fails_before_anybody_consents() {
    let (service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (_portal, cli) = with_portal(cli);
    sign_in(&cli);
    service.lock(&cli);
    let finished = cli.run(&["login", "--no-browser"]);
    assert!(!finished.stderr.contains("code_challenge"));
    finished.error(13);
}

#[test]
fn the_probe_that_a_killed_login_left_goes_with_the_next_login() {
    let (_service, cli) = SecretService::unlocked(Cli::new(), Policy::Open);
    let (_portal, cli) = with_portal(cli);
    for left in ["probe:0123456789abcdef", "part-a-0:probe:0123456789abcdef"] {
        copy(&cli, "default", left, b"left by a run that was killed");
    }
    copy(
        &cli,
        "default",
        "client-secret:https://portal.example#c",
        b"kept",
    );
    sign_in(&cli);
    let found = found(&cli);
    assert!(!found.contains("probe:"), "{found}");
    assert!(found.contains("client-secret:https://portal.example#c"));
}
