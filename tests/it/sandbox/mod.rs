//! `sandbox` and `demo`, as their users run them.

mod config;
mod data;
mod exec;
/// macOS does not tell what a process has in memory.
#[cfg(any(target_os = "linux", windows))]
mod memory;
mod mistakes;
mod ready;
mod signing_key;
pub(crate) mod switches;
mod tls;
/// Modes and links of Unix; `tls` keeps an authority, too.
mod tls_ca;
mod torture_page;

use serde_json::Value;

use crate::world::World;

/// Variables of a session outside, which nobody inside may see.
pub(crate) const OUTSIDE: [(&str, &str); 5] = [
    ("EPROSPERA_PROFILE", "outside"),
    ("EPROSPERA_TOKEN", "outside"),
    ("EPROSPERA_CLIENT_SECRET_FILE", "/outside"),
    ("EPROSPERA_REFRESH_TOKEN", "outside"),
    ("EPROSPERA_ISSUER", "https://outside.example"),
];

#[test]
fn it_prints_url_clients_and_personas_and_serves_until_ctrl_c() {
    let world = World::new();
    let mut sandbox = world.spawn(world.command(&["sandbox", "--port", "0", "--auto-approve"]));
    let line = sandbox.line_of_stdout();
    let said: Value = serde_json::from_str(&line).unwrap();
    let url = said["url"].as_str().unwrap().to_owned();
    let ids = |list: &str| -> Vec<String> {
        let list = said[list].as_array().unwrap();
        list.iter()
            .map(|each| each["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        ids("clients"),
        ["sandbox-cli", "sandbox-web", "eprospera-cli"]
    );
    assert_eq!(
        ids("personas")[..4],
        ["resident", "e-resident", "no-profile", "former"]
    );
    let document = world.block_on(crate::browser::body(
        &format!("{url}/.well-known/openid-configuration"),
        "x",
    ));
    assert!(
        document.contains(&format!("\"issuer\":\"{url}\"")),
        "{document}"
    );
    let journal = format!("{url}/sandbox/journal");
    let refused = world.block_on(crate::browser::body(&journal, "wrong"));
    assert!(refused.contains("invalid_token"), "{refused}");
    let token = said["control_token"].as_str().unwrap();
    let events = world.block_on(crate::browser::get_as(&journal, token));
    assert!(!events.as_array().unwrap().is_empty());
    sandbox.wait_for("/.well-known/openid-configuration 200");
    sandbox.interrupt();
    sandbox.end().exits(0);
}

#[test]
fn it_introduces_itself_in_words_and_logs_as_json_when_asked() {
    let world = World::new();
    let flags = [
        "sandbox", "--port", "0", "--log", "json", "--output", "table",
    ];
    let mut sandbox = world.spawn(world.command(&flags));
    let line = sandbox.line_of_stdout();
    let url = line.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(
        line.starts_with("The sandbox is running at http://127.0.0.1:"),
        "{line}"
    );
    world.block_on(crate::browser::body(
        &format!("{url}/api/v1/me/natural-person"),
        "x",
    ));
    let event: Value = serde_json::from_str(&sandbox.line().unwrap()).unwrap();
    assert_eq!(
        (event["endpoint"].as_str(), event["status"].as_u64()),
        (Some("me"), Some(401))
    );
    let output = sandbox.stop();
    for words in [
        "test double",
        "sandbox-secret",
        "resident",
        "Control token",
        "Ctrl-C",
    ] {
        assert!(output.stdout.contains(words), "{words}: {}", output.stdout);
    }
}

#[test]
fn a_foreign_host_is_misdirected_and_no_other_origin_is_let_in() {
    let world = World::new();
    for host in [
        "portal.eprospera.com",
        "127.0.0.1",
        "evil.example:80",
        "localhost.evil.example",
    ] {
        let (status, headers) = world.block_on(crate::browser::with_host(world.url(), host));
        assert_eq!(status, 421, "{host}");
        assert!(!headers.contains_key("access-control-allow-origin"));
    }
}

#[test]
fn a_port_in_use_is_a_clear_error() {
    let world = World::new();
    let port = url::Url::parse(world.url())
        .unwrap()
        .port()
        .unwrap()
        .to_string();
    let output = world.run(&["sandbox", "--port", &port]).exits(1);
    output
        .because(&format!("port {port} on 127.0.0.1 is in use"))
        .because(if cfg!(target_os = "linux") {
            "listens there"
        } else {
            ""
        })
        .hinting("--port");
}

#[test]
fn bad_options_are_usage_errors_that_say_what_is_meant() {
    let world = World::new();
    for (flags, words) in [
        (["--client", "canary"], "the `=` is missing"),
        (
            ["--client", "=http://127.0.0.1:1/cb"],
            "the client id before `=` is empty",
        ),
        (
            ["--client", "a:=http://127.0.0.1:1/cb"],
            "the secret of client `a` is empty",
        ),
        (["--client", "a=ftp//x"], "cannot register the redirect URI"),
        (["--fault", "token"], "the `:` is missing"),
        (["--fault", "tokens:500"], "there is no endpoint `tokens`"),
        (["--fault", "token:explode"], "has no action `explode`"),
        (["--fault", "token:500*0"], "count"),
        (
            ["--auto-approve=nobody", "--port=0"],
            "there is no persona `nobody`; use one of resident",
        ),
        (["--access-ttl", "soon"], "for example 90s"),
        (["--signing", "rot13"], "rot13"),
    ] {
        for command in [&["sandbox", "--port", "0"][..], &["sandbox", "exec"]] {
            let is_exec = command.last() == Some(&"exec");
            let mut arguments = [command, &flags].concat();
            if is_exec {
                arguments.retain(|argument| *argument != "--port=0");
                arguments.extend(["--", "true"]);
            }
            if !is_exec && flags[1] == "--port=0" {
                arguments = vec!["sandbox", flags[0], flags[1]];
            }
            let output = world.run(&arguments).exits(2).because(words);
            assert!(
                !output.stderr.contains("canary"),
                "a client may hold a secret"
            );
        }
    }
}

#[test]
fn the_demo_shows_each_command_with_its_output_and_leaves_nothing() {
    let world = World::new();
    let output = world.run_in(&OUTSIDE, &["demo"]).succeeds();
    for command in [
        "login",
        "whoami",
        "me natural-person",
        "refresh",
        "decode-id-token",
        "status",
        "logout",
    ] {
        assert!(
            output.stdout.contains(&format!("\n$ eprospera {command}")),
            "{command}: {}",
            output.stdout
        );
    }
    for words in [
        "Signed in as",
        "Okafor-Lindström",
        "90000000210457",
        "rotated",
        "passed",
        "revoked at the provider",
    ] {
        assert!(output.stdout.contains(words), "{words}: {}", output.stdout);
    }
    assert!(!world.path("state").exists() && !world.path("config").exists());
}

/// No limit of a shell of Windows makes a step of the demo fail.
#[test]
#[cfg(unix)]
fn the_demo_fails_when_a_step_fails() {
    let world = World::new();
    // The demo writes no file itself; its login ends at the first byte that it would store.
    let mut command = tokio::process::Command::new("sh");
    let script = "ulimit -f 0; exec \"$0\" demo --output json";
    command.args(["-c", script, crate::world::program()]);
    command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let output = world.finish(command).exits(1);
    output.because("`eprospera login --no-browser` ended with");
}
