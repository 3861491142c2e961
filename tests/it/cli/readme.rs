//! Each command that the README shows, run in the order in which it is shown.

use std::collections::BTreeSet;
use std::time::Duration;

use eprospera_sandbox::GrantType;
use serde_json::Value;

use crate::run::Run;
use crate::world::{World, program};

const README: &str = include_str!("../../../README.md");

/// They build, test and install the program. CI does the first two, and a test inside the third would be a build.
const OF_CARGO: [&str; 3] = [
    "cargo run --release -- demo",
    "cargo test",
    "cargo install --locked --path .",
];

/// Reads through the proxy what it may read, and nothing else, and holds no token.
#[cfg(unix)]
const AGENT: &str = r#"
test -z "$EPROSPERA_TOKEN" || exit 1
status() {
    /usr/bin/curl -sS -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $EPROSPERA_API_CAPABILITY" "$EPROSPERA_API_URL$1"
}
test "$(status /api/v1/me/natural-person/residency) $(status /api/v1/me/legal-entities)" = "200 403"
"#;

/// What the README leaves to the reader, as this world has it.
fn filled_in(world: &World, command: &str) -> String {
    let first_id = |route: &[&str], list: &str| {
        let answer: Value = world.run(&[route, &["--json"]].concat()).succeeds().json();
        answer[list][0]["id"].as_str().unwrap().to_owned()
    };
    let mut command = command
        .replace("YOUR-ID", "it-web")
        // All of them are a step of CI of their own.
        .replace("torture --setup", "torture --only at-expiry-1 --setup")
        .replace(" CODE", " login_required");
    if command.contains("legal-entities ID") {
        command = command.replace(
            " ID",
            &format!(" {}", first_id(&["me", "legal-entities"], "data")),
        );
    } else if command.contains(" ID") {
        command = command.replace(
            " ID",
            &format!(" {}", first_id(&["me", "tax", "filings"], "data")),
        );
    }
    command
}

/// Programs of the names that the README has, which only pass on what they get. `curl` asks for addresses of this machine,
/// which a sign-in without a browser does.
#[cfg(unix)]
fn stand_ins(world: &World) {
    world.script("report.sh", r#"test -n "$EPROSPERA_TOKEN""#);
    world.script("agent.sh", AGENT);
    world.script("bin/npm", r#"test -n "$EPROSPERA_ISSUER""#);
    world.script(
        "bin/curl",
        r#"case "$*" in *@-*) exec grep '^Authorization: Bearer ' ;; esac; exec /usr/bin/curl "$@""#,
    );
    world.script("bin/eprospera", &format!("exec '{}' \"$@\"", program()));
}

/// The same as batch files. They have nothing that asks a proxy.
#[cfg(windows)]
fn stand_ins(world: &World) {
    world.script("report", "if not defined EPROSPERA_TOKEN exit /b 1");
    world.script(
        "agent",
        "if defined EPROSPERA_TOKEN exit /b 1\r\nif not defined EPROSPERA_API_CAPABILITY exit /b 1\r\n\
         if not defined EPROSPERA_API_URL exit /b 1",
    );
    world.script("bin/npm", "if not defined EPROSPERA_ISSUER exit /b 1");
    world.script(
        "bin/curl",
        "set /p header=\r\nif not \"%header:~0,22%\"==\"Authorization: Bearer \" exit /b 1",
    );
}

#[cfg(unix)]
fn shell(world: &World, line: &str) -> Run {
    stand_ins(world);
    let path = format!("{}:/usr/bin:/bin", world.path("bin").display());
    let mut command = world.command_of("sh", &["-c", line]);
    command.env("PATH", path);
    world.finish(command)
}

/// A line for `cmd`: it knows no other quotation marks, and the scripts are batch files.
#[cfg(windows)]
#[expect(
    clippy::disallowed_methods,
    reason = "the rule is for the program, and this runs it"
)]
fn shell(world: &World, line: &str) -> Run {
    stand_ins(world);
    let line = line.replace('\'', "\"").replace(".sh", "");
    let own = std::path::Path::new(program()).parent().unwrap().to_owned();
    let path = std::env::var_os("PATH").unwrap();
    let path = [world.path("bin"), own]
        .into_iter()
        .chain(std::env::split_paths(&path));
    let mut command = world.command_of("cmd", &["/s", "/c"]);
    command.raw_arg(format!("\"{line}\""));
    command.env("PATH", std::env::join_paths(path).unwrap());
    world.finish(command)
}

/// Runs a command of the README as a person would, who approves in the browser.
fn follow(world: &World, command: &str) -> Run {
    let words: Vec<_> = command.split(' ').skip(1).collect();
    match words.as_slice() {
        ["login", "--device", "--qr"] => world.run(&words),
        ["login", flags @ ..] => world.login_with(flags),
        ["profile", "set", "client-secret"] => world.run_with_stdin(&words, "canary secret/+%"),
        _ => shell(world, &filled_in(world, command)),
    }
}

/// The lines of all blocks of shell commands, and the commands in the text, each once.
fn commands() -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    let blocks = README.split("```sh\n").skip(1).flat_map(|block| {
        let (lines, _) = block.split_once("```").unwrap();
        lines.lines()
    });
    let in_text = README
        .lines()
        .filter(|line| !line.starts_with(['|', '{']))
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .filter(|code| code.starts_with("eprospera "));
    blocks
        .chain(in_text)
        .map(str::trim)
        .filter(|line| !line.is_empty() && seen.insert(*line))
        .collect()
}

#[test]
fn every_command_of_the_readme_works_after_its_sign_in() {
    let mut world = World::with(|options| {
        for client in &mut options.clients {
            client.grants.push(GrantType::DeviceCode);
        }
        options.device_interval = Duration::from_secs(1);
    });
    // The README sets it in the profile.
    world.unset("EPROSPERA_CLIENT_ID");
    let mut found = 0;
    for command in commands() {
        let is_server = matches!(
            command,
            "eprospera sandbox"
                | "eprospera --profile sandbox login"
                | "eprospera serve --socket portal.sock --audit audit.jsonl"
        );
        if is_server || OF_CARGO.contains(&command) {
            continue;
        }
        found += 1;
        assert!(command.starts_with("eprospera "), "{command}");
        // `doctor` looks at a machine that is not well: it has no browser.
        let codes: &[i32] = if command == "eprospera doctor" {
            &[0, 1, 2]
        } else {
            &[0]
        };
        let run = follow(&world, command);
        assert!(codes.contains(&run.0.code), "{command}: {run:#?}");
    }
    assert!(found > 12, "{found} commands were found");
}

#[test]
fn the_sandbox_of_the_readme_is_signed_in_to() {
    let world = World::new();
    let mut sandbox = world.spawn(world.command(&["sandbox", "--auto-approve", "--port", "0"]));
    drop(sandbox.line_of_stdout());
}

/// Windows has no such sockets.
#[cfg(unix)]
#[test]
fn the_proxy_of_the_readme_listens_on_its_socket() {
    let world = World::signed_in();
    let command = ["serve", "--socket", "portal.sock", "--audit", "audit.jsonl"];
    let mut server = world.spawn(world.command(&command));
    assert!(server.line_of_stdout().contains("portal.sock"));
    assert!(world.path("portal.sock").exists());
}

#[test]
fn the_reference_lists_the_variables_as_the_program_does() {
    let world = World::new();
    let topic = world.run(&["help", "environment"]).succeeds().stdout;
    // Which of them are set is another matter.
    let lines: Vec<_> = topic
        .lines()
        .map(|line| line.strip_suffix(" *").unwrap_or(line))
        .collect();
    let reference = include_str!("../../../docs/reference.md");
    assert!(reference.contains(&lines.join("\n")), "{topic}");
}

#[test]
fn each_row_of_the_data_table_needs_the_scope_that_it_names() {
    let rows: Vec<(&str, Vec<&str>)> = README
        .lines()
        .filter_map(|line| line.strip_prefix("| `eprospera "))
        .map(|row| {
            let (command, rest) = row.split_once("` |").unwrap();
            let scopes = rest.rsplit('|').nth(1).unwrap();
            (command, scopes.split('`').skip(1).step_by(2).collect())
        })
        .collect();
    assert!(rows.len() > 10, "{rows:?}");
    let world = World::signed_in();
    let everything = World::new();
    everything.login_with(&["--scopes-all"]).succeeds();
    let mut scopes = Vec::new();
    for (command, named) in rows {
        if !named.is_empty() {
            scopes.clone_from(&named);
        }
        let is_default = README.lines().any(|line| {
            line.contains(&format!("`eprospera {command}`")) && line.ends_with("| default |")
        });
        let line = filled_in(&everything, &format!("eprospera {command}"));
        if !is_default && !command.starts_with("api ") {
            shell(&world, &line).exits(4);
            let flags: Vec<_> = scopes
                .iter()
                .flat_map(|scope| ["--add-scope", scope])
                .collect();
            let wider = World::signed_in();
            wider.login_with(&flags).succeeds();
            shell(&wider, &line).succeeds();
        } else {
            shell(&world, &line).succeeds();
        }
    }
}
