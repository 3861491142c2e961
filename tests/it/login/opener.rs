//! How `login` gets the URL to a browser: openers, remote shells, and nobody at all.

#[cfg(unix)]
use std::path::PathBuf;
#[cfg(unix)]
use std::process::Command;
#[cfg(unix)]
use std::sync::mpsc;
#[cfg(unix)]
use std::time::Duration;

#[cfg(unix)]
use crate::run::KILLED;
use crate::world::World;

/// A pipe that an opener writes its report to; reading it waits for the opener.
#[cfg(unix)]
struct Report(PathBuf);

#[cfg(unix)]
impl Report {
    fn new(world: &World) -> Self {
        let path = world.path("report");
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        Self(path)
    }

    fn read(&self) -> String {
        let (send, receive) = mpsc::channel();
        let path = self.0.clone();
        std::thread::spawn(move || send.send(std::fs::read_to_string(path)));
        let read = receive.recv_timeout(Duration::from_secs(30));
        read.expect("the opener was not run").unwrap()
    }
}

/// A world with an opener that reports its arguments and its environment.
#[cfg(unix)]
fn with_opener() -> (World, String, Report) {
    let world = World::new();
    let report = Report::new(&world);
    let opener = world.script(
        "opener",
        "{ echo \"$#\"; echo \"$1\"; env; } > \"$HOME/report\"",
    );
    (world, opener, report)
}

fn login(world: &World, flags: &[&str]) -> tokio::process::Command {
    world.command(&[&["login"], flags].concat())
}

#[test]
#[cfg(unix)]
fn an_opener_gets_the_url_as_its_only_argument_and_no_secret() {
    let (mut world, opener, report) = with_opener();
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
    let said = report.read();
    let mut lines = said.lines();
    assert_eq!(lines.next(), Some("1"));
    assert_eq!(lines.next(), Some(login.url().as_str()));
    assert!(!said.contains("canary"), "{said}");
    assert!(lines.any(|line| line.starts_with("HOME=")), "{said}");
    login.process.child.start_kill().unwrap();
    login.end().exits(KILLED);
}

#[test]
#[cfg(unix)]
fn the_variable_names_an_opener_too_which_runs_without_anybody_to_ask() {
    for (variable, flags) in [
        ("CI", &[][..]),
        ("EPROSPERA_NO_INPUT", &[]),
        ("IRRELEVANT", &["--no-input"]),
    ] {
        let (mut world, opener, report) = with_opener();
        world.set("BROWSER", &opener);
        world.set(variable, "1");
        let mut login = world.start(login(&world, flags));
        assert!(report.read().contains(login.url().as_str()));
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
#[cfg(unix)]
fn an_opener_that_hangs_or_chatters_does_not_disturb() {
    let world = World::new();
    let report = Report::new(&world);
    let opener = world.script(
        "opener",
        "echo noise; echo noise >&2; echo $$ > \"$HOME/report\"; exec sleep 60",
    );
    let mut login = world.start(login(&world, &["--browser", &opener]));
    let process = report.read().trim().parse().unwrap();
    login.visit().says("You are signed in");
    let output = login.end().succeeds();
    assert!(
        !output.stdout.contains("noise") && !output.stderr.contains("noise"),
        "{output:#?}"
    );
    let process = rustix::process::Pid::from_raw(process).unwrap();
    rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
}

#[test]
fn no_browser_means_none_even_when_one_is_named_by_the_variable() {
    let mut world = World::new();
    let line = if cfg!(windows) {
        "echo x> \"%HOME%\\opened\""
    } else {
        "touch \"$HOME/opened\""
    };
    let opener = world.script("opener", line);
    world.set("BROWSER", &opener);
    world
        .login()
        .succeeds()
        .says("Not opening a browser, as requested");
    assert!(!world.path("opened").exists());
    world.login_with(&["--browser", &opener]).exits(2);
}

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
