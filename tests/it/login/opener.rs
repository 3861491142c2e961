//! How `login` gets the URL to a browser: openers, remote shells, and nobody at all.

use crate::run::KILLED;
use crate::world::{World, wait_until};

/// What an opener has reported.
fn report_of(world: &World) -> String {
    let report = world.path("report");
    wait_until("the opener was run", || report.exists());
    std::fs::read_to_string(report).unwrap()
}

/// A world with an opener that reports its arguments and its environment.
fn with_opener() -> (World, String) {
    let world = World::new();
    let script = if cfg!(windows) {
        "cd /d \"%HOME%\"\r\necho %1> part\r\necho (%2)>> part\r\nset >> part\r\nren part report"
    } else {
        "cd \"$HOME\"; { echo \"\\\"$1\\\"\"; echo \"($2)\"; env; } > part; mv part report"
    };
    let opener = world.script("opener", script);
    (world, opener)
}

fn login(world: &World, flags: &[&str]) -> tokio::process::Command {
    world.command(&[&["login"], flags].concat())
}

#[test]
fn an_opener_gets_the_url_as_its_only_argument_and_no_secret() {
    let (mut world, opener) = with_opener();
    let secrets = [
        "EPROSPERA_CLIENT_SECRET",
        "EPROSPERA_CLIENT_SECRET_FILE",
        "EPROSPERA_STORE_KEY",
        "EPROSPERA_STORE_KEY_FILE",
        "EPROSPERA_TOKEN_FILE",
        "EPROSPERA_REFRESH_TOKEN",
    ];
    for name in secrets {
        world.set(name, "canary");
    }
    let mut login = world.start(login(&world, &["--browser", &opener]));
    let said = report_of(&world);
    let mut lines = said.lines();
    // In quotation marks: for `cmd`, its characters would mean something.
    let url = format!("\"{}\"", login.url());
    assert_eq!(lines.next(), Some(url.as_str()));
    assert_eq!(lines.next(), Some("()"));
    assert!(!said.contains("canary"), "{said}");
    assert!(lines.any(|line| line.starts_with("HOME=")), "{said}");
    login.process.child.start_kill().unwrap();
    login.end().exits(KILLED);
}

#[test]
fn the_variable_names_an_opener_too_which_runs_without_anybody_to_ask() {
    for (variable, flags) in [
        ("CI", &[][..]),
        ("EPROSPERA_NO_INPUT", &[]),
        ("IRRELEVANT", &["--no-input"]),
    ] {
        let (mut world, opener) = with_opener();
        world.set("BROWSER", &opener);
        world.set(variable, "1");
        let mut login = world.start(login(&world, flags));
        assert!(report_of(&world).contains(login.url().as_str()));
        login.visit();
        login.end().succeeds();
    }
}

#[test]
fn an_opener_that_fails_or_is_missing_only_warns() {
    let world = World::new();
    let failing = world.script("failing", "exit 7");
    for (opener, words) in [
        (failing.as_str(), "ended with"),
        ("/nonexistent/opener", "cannot start"),
    ] {
        let mut login = world.start(login(&world, &["--browser", opener]));
        login.process.wait_for("warning:");
        login.visit().says("You are signed in");
        login
            .end()
            .succeeds()
            .says(words)
            .says("open the URL yourself");
    }
}

#[test]
fn an_opener_that_hangs_or_chatters_does_not_disturb() {
    let world = World::new();
    let script = if cfg!(windows) {
        "echo noise\r\necho noise>&2\r\ncd /d \"%HOME%\"\r\necho x> part\r\nren part report\r\n\
         :wait\r\nif exist report goto wait"
    } else {
        "echo noise; echo noise >&2; cd \"$HOME\"; : > part; mv part report; \
         while [ -e report ]; do sleep 0.1; done"
    };
    let opener = world.script("opener", script);
    let mut login = world.start(login(&world, &["--browser", &opener]));
    report_of(&world);
    login.visit().says("You are signed in");
    let let_go = || std::fs::remove_file(world.path("report")).unwrap();
    // There it has inherited what the program writes to, which ends with the last of both.
    if cfg!(windows) {
        let_go();
    }
    let output = login.end().succeeds();
    assert!(
        !output.stdout.contains("noise") && !output.stderr.contains("noise"),
        "{output:#?}"
    );
    if cfg!(unix) {
        let_go();
    }
}

#[test]
fn no_browser_means_none_even_when_one_is_named_by_the_variable() {
    let mut world = World::new();
    let opener = world.script("opener", crate::world::MARK_OPENED);
    world.set("BROWSER", &opener);
    world
        .login()
        .succeeds()
        .says("Not opening a browser, as requested");
    assert!(!world.path("opened").exists());
    world.login_with(&["--browser", &opener]).exits(2);
}

/// Other systems always have a display.
#[test]
#[cfg(target_os = "linux")]
fn without_a_display_the_url_is_all_there_is() {
    let world = World::new();
    let mut login = world.start(login(&world, &[]));
    login.visit();
    login.end().succeeds().says("Not opening a browser");
}

#[test]
fn a_switch_that_says_no_is_off() {
    for (value, is_on) in [
        ("false", false),
        ("0", false),
        ("", false),
        ("1", true),
        ("true", true),
    ] {
        let mut world = World::new();
        world.set("CI", value);
        // Wine would look for a browser of this machine.
        if cfg!(windows) && !is_on {
            world.set("BROWSER", &world.script("browser", "exit 0"));
        }
        let mut login = world.start(login(&world, &[]));
        login.visit();
        let output = login.end().succeeds();
        assert_eq!(
            output.stderr.contains("--no-input or CI"),
            is_on,
            "{value:?}"
        );
    }
}

#[test]
fn a_remote_shell_is_told_how_to_forward_the_bound_port() {
    let mut world = World::new();
    world.set("SSH_CONNECTION", "192.0.2.7 51000 192.0.2.9 2222");
    world.set("USER", "ines");
    let held: url::Url = world.redirect_uris[0].parse().unwrap();
    let held = std::net::TcpListener::bind(("127.0.0.1", held.port().unwrap())).unwrap();
    let bound: url::Url = world.redirect_uris[1].parse().unwrap();
    let port = bound.port().unwrap();
    let mut login = world.start(login(&world, &[]));
    login.visit();
    let line = format!("\nssh -N -L {port}:127.0.0.1:{port} -p 2222 ines@192.0.2.9\n");
    login
        .end()
        .succeeds()
        .says(&line)
        .says("Not opening a browser from a remote shell");
    drop(held);
}

#[test]
fn the_url_is_printed_even_when_asked_to_be_quiet() {
    let world = World::new();
    world.login_with(&["-q"]).succeeds().says(world.url());
}
