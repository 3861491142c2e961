//! Clients of `examples/torture` against `eprospera sandbox torture`, each by the line of its README: what it survives,
//! and what it does not, on a few quick trials whose end does not depend on chance.

use std::path::Path;

use serde_json::Value;

use super::Cli;
use super::cli::search_path;
use super::clients::{project, python};

/// The command of a client, from the table of the README, and its folder.
fn command(client: &str) -> (Vec<String>, String) {
    let readme = project().join("examples/torture/README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let row = readme
        .lines()
        .find(|line| line.starts_with(&format!("| {client} | ")));
    let cells: Vec<_> = row.unwrap().split(" | ").collect();
    let [_, folder, _, command] = cells[..] else {
        panic!("{cells:?}");
    };
    let command = command.trim_end_matches(" |").trim_matches('`');
    let words = shlex::split(command).unwrap();
    (words, folder.trim_matches('`').to_owned())
}

/// Runs a client through some trials, and requires those of `passes` to pass and those of `fails` to fail.
#[track_caller]
fn survives(client: &str, passes: &[&str], fails: &[&str]) {
    let (command, folder) = command(client);
    let folder = project().join("examples/torture").join(folder);
    assert!(
        !folder.join("package.json").exists() || folder.join("node_modules").exists(),
        "run `npm ci` in {} first",
        folder.display()
    );
    let only = [passes, fails].concat().join(",");
    let mut arguments = vec!["sandbox", "torture", "--json", "--only", &only];
    arguments.extend(command[3..].iter().map(String::as_str));
    // `python3` is that of the virtual environment, and `eprospera` the one under test.
    let python = python();
    let mut path = Path::new(&python).parent().unwrap().as_os_str().to_owned();
    let binary = Path::new(crate::world::program());
    for part in [binary.parent().unwrap().as_os_str(), &search_path()] {
        path.push(":");
        path.push(part);
    }
    let output = Cli::new()
        .program(binary.to_str().unwrap(), &arguments)
        .env("PATH", path)
        .current_dir(folder)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    let expected = i32::from(!fails.is_empty());
    assert_eq!(output.status.code(), Some(expected), "{stderr}");
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    for trial in result["trials"].as_array().unwrap() {
        let should_pass = passes.iter().any(|name| trial["name"] == *name);
        assert_eq!(trial["passed"], should_pass, "{client}: {trial:#}");
        assert_eq!(trial["skipped"], false, "{client}: {trial:#}");
    }
}

/// Trials that every one of them passes.
const QUIET: [&str; 3] = ["at-expiry-1", "stored-after-refresh", "revoked-elsewhere"];

#[test]
fn openid_client_keeps_a_session_for_one_process_at_a_time() {
    survives("openid-client", &QUIET, &["slow-answer", "read-only-store"]);
}

#[test]
fn authlib_keeps_a_session_for_one_process_at_a_time() {
    survives("Authlib", &QUIET, &["slow-answer", "read-only-store"]);
}

#[test]
fn auth_js_keeps_a_session_for_one_request_at_a_time() {
    survives("Auth.js", &QUIET, &["slow-answer", "bad-gateway-once"]);
}

#[test]
fn a_shell_script_needs_flock_for_two_processes() {
    survives("curl", &QUIET, &["slow-answer"]);
    survives("curl and flock", &["slow-answer"], &[]);
}
