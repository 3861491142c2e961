//! Clients that nobody here wrote, against the sandbox: `openid-client` (certified), Authlib, curl.
//!
//! Each runs inside `sandbox exec`, as `docs/sandbox.md` tells integrators to do it. The worked
//! examples of `examples/clients` are run as they are; `tests/real/clients` has what is only for
//! tests.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Cli;
use super::cli::{Finished, search_path};
use crate::run::sandbox_log;

/// Every way to spoil an ID token.
const DEFECTS: [&str; 11] = [
    "bad-nonce",
    "bad-signature",
    "wrong-aud",
    "wrong-iss",
    "expired",
    "unknown-kid",
    "none-alg",
    "hs256",
    "wrong-sub",
    "bad-at-hash",
    "missing",
];
const EMAIL: &str = "amara.okafor@mail.example";

pub(super) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file below a folder in which a command has to be run first.
fn prepared(folder: &str, by: &str, made: &str) -> PathBuf {
    let folder = project().join(folder);
    assert!(
        folder.join(made).exists(),
        "run `{by}` in {} first",
        folder.display()
    );
    folder
}

fn openid_client() -> PathBuf {
    prepared("examples/clients/openid-client", "npm ci", "node_modules")
}

fn discovery_only() -> String {
    let folder = prepared("tests/real", "npm ci", "node_modules/openid-client");
    let script = folder.join("clients/discovery-only.mjs");
    script.display().to_string()
}

pub(super) fn python() -> String {
    let by = "python3 -m venv python && python/bin/pip install -r \
              ../../examples/clients/authlib/requirements.txt";
    let folder = prepared("tests/real", by, "python/bin/python3");
    folder.join("python/bin/python3").display().to_string()
}

/// Runs a command inside `sandbox exec --auto-approve`, in a folder.
pub(super) fn inside(switches: &[&str], command: &[&str], folder: &Path) -> Finished {
    inside_by_hand(&[&["--auto-approve"], switches].concat(), command, folder)
}

/// The same where a person at a browser approves.
fn inside_by_hand(switches: &[&str], command: &[&str], folder: &Path) -> Finished {
    let binary = Path::new(crate::world::program());
    let mut arguments = vec!["sandbox", "exec", "--log", "json"];
    arguments.extend(switches);
    arguments.push("--");
    arguments.extend(command);
    // A shell script finds the binary by its name.
    let mut path = binary.parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(search_path());
    let output = Cli::new()
        .program(binary.to_str().unwrap(), &arguments)
        .env("PATH", path)
        .current_dir(folder)
        .output()
        .unwrap();
    Finished {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What was asked at some endpoints: endpoint, status, outcome.
pub(super) fn asked(log: &[Value], endpoints: &[&str]) -> Vec<String> {
    let here = log
        .iter()
        .filter(|event| endpoints.iter().any(|name| event["endpoint"] == *name));
    here.map(|event| {
        format!(
            "{} {} {}",
            event["endpoint"].as_str().unwrap(),
            event["status"],
            event["outcome"].as_str().unwrap()
        )
    })
    .collect()
}

/// The variables from which a client inside of `sandbox exec --tls` learns whom to trust.
const TRUST: [&str; 4] = [
    "SSL_CERT_FILE",
    "NODE_EXTRA_CA_CERTS",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
];

/// A worked example lives through a whole session, over plain HTTP and over https; without the
/// authority it asks nothing.
fn lives_through_a_session(command: &[&str], folder: &Path) {
    for switches in [&[][..], &["--tls"]] {
        lives_through(switches, command, folder);
    }
    // Standard error is the log's alone: curl writes there letter by letter, into the middle of a line.
    let mut without = vec!["sh", "-c", "exec \"$@\" 2>/dev/null", "sh", "env"];
    without.extend(TRUST.iter().flat_map(|name| ["-u", name]));
    without.extend(command);
    let finished = inside(&["--tls"], &without, folder);
    let log = sandbox_log(&finished.stderr);
    assert_ne!(finished.code, Some(0), "{finished:#?}");
    assert_eq!(finished.stdout, "");
    assert!(!log.is_empty(), "{finished:#?}");
    for event in log {
        assert_eq!(event["endpoint"], "tls", "{event}");
        // Node leaves without an alert, so the sandbox can only guess why.
        let advice = event["send_instead"].as_str().unwrap();
        assert!(advice.contains("/sandbox/ca.pem"), "{event}");
    }
}

/// The sandbox saw each step of it.
fn lives_through(switches: &[&str], command: &[&str], folder: &Path) {
    let finished = inside(switches, command, folder);
    let log = sandbox_log(&finished.stderr);
    let said = finished.ok();
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "signed in as 7c1e5a90-2f4b-4c8d-9a37-e05b6d1f8c24",
            "the portal knows Amara Okafor-Lindström",
            "refreshed, with a new refresh token",
            "signed out",
        ]
    );
    assert_eq!(
        asked(&log, &["authorize", "token", "userinfo", "revoke"]),
        [
            "authorize 303 a code was sent to the redirect URI",
            "token 200 the code was redeemed for scope openid email profile offline_access",
            "userinfo 200 sent the claims",
            "token 200 the refresh token was rotated for scope openid email profile \
             offline_access",
            "revoke 200 the refresh token was revoked",
            "revoke 200 the access token was revoked",
        ]
    );
    for endpoint in ["discovery", "jwks"] {
        assert!(!asked(&log, &[endpoint]).is_empty(), "{endpoint}");
    }
}

#[test]
fn openid_client_lives_through_a_session() {
    lives_through_a_session(&["node", "session.mjs"], &openid_client());
}

#[test]
fn authlib_lives_through_a_session() {
    let folder = project().join("examples/clients/authlib");
    lives_through_a_session(&[&python(), "session.py"], &folder);
}

#[test]
fn curl_lives_through_a_session() {
    let folder = project().join("examples/clients/curl");
    lives_through_a_session(&["bash", "session.sh"], &folder);
}

#[test]
fn a_test_suite_lets_hours_and_months_pass_without_waiting() {
    let finished = inside(&[], &["npm", "test"], &openid_client());
    let log = sandbox_log(&finished.stderr);
    let said = finished.ok();
    assert!(
        said.contains("# pass 5") && said.contains("# fail 0"),
        "{said}"
    );
    let refused = asked(&log, &["token", "userinfo"]);
    let reasons: Vec<_> = refused
        .iter()
        .filter(|event| !event.contains(" 200 "))
        .collect();
    assert_eq!(reasons.len(), 5, "{reasons:#?}");
    assert_eq!(
        asked(&log, &["control"]).len(),
        10,
        "the sandbox was steered"
    );
}

#[test]
fn a_suite_of_pytest_has_a_portal_of_its_own() {
    let folder = project().join("examples/clients/authlib");
    let command = [&python(), "-m", "pytest", "-q", "-p", "no:cacheprovider"];
    let said = inside(&[], &command, &folder).ok();
    assert!(said.contains("4 passed"), "{said}");
}

#[test]
fn a_suite_of_playwright_clicks_through_the_portal() {
    // Chromium of Debian, which `tests/real/browser.mjs` drives as well.
    let command = "CHROMIUM=/usr/bin/chromium exec npx playwright test";
    let said = inside_by_hand(&[], &["sh", "-c", command], &openid_client()).ok();
    assert!(said.contains("4 passed"), "{said}");
}

/// The lines of JSON that a script printed.
pub(super) fn lines(finished: Finished) -> Vec<Value> {
    let said = finished.ok();
    let lines = said.lines().map(serde_json::from_str);
    lines.map(Result::unwrap).collect()
}

fn rules() -> Vec<String> {
    DEFECTS.map(|name| format!("id_token:{name}*1")).to_vec()
}

#[test]
fn openid_client_refuses_each_spoiled_id_token_but_for_a_hash_that_it_does_not_read() {
    let rules = rules();
    let script = discovery_only();
    let mut command = vec!["node", &script];
    command.extend(rules.iter().flat_map(|rule| ["--fault", rule]));
    for (verdict, defect) in lines(inside(&[], &command, project())).iter().zip(DEFECTS) {
        let is_refused = verdict["refused"].is_string();
        assert_eq!(is_refused, defect != "bad-at-hash", "{verdict}");
    }
}

#[test]
fn authlib_refuses_each_spoiled_id_token() {
    let rules = rules();
    let python = python();
    let mut command = vec![python.as_str(), "tests/real/clients/verdicts.py"];
    command.extend(rules.iter().map(String::as_str));
    let verdicts = lines(inside(&[], &command, project()));
    assert_eq!(verdicts.len(), DEFECTS.len());
    for verdict in verdicts {
        assert!(verdict["refused"].is_string(), "{verdict}");
    }
}

/// The discovery-only client with some flags, in a sandbox with some switches: what it learnt.
fn discover(switches: &[&str], flags: &[&str]) -> Value {
    let script = discovery_only();
    let mut command = vec!["node", &script];
    command.extend(flags);
    lines(inside(switches, &command, project())).remove(0)
}

#[test]
fn issuer_client_secret_and_callback_are_all_that_a_framework_has_to_know() {
    let callback = "https://demo-project.firebaseapp.com/__/auth/handler";
    let client = format!("firebase:s3cret/with+odd%characters={callback}");
    for authentication in ["post", "basic"] {
        for flags in [
            &["--auth", authentication][..],
            &["--auth", authentication, "--no-pkce"],
        ] {
            let learnt = discover(&["--client", &client], flags);
            assert_eq!(learnt["came"], format!("{callback}?"), "{learnt}");
            assert_eq!(learnt["email"], EMAIL, "{learnt}");
        }
    }
}

#[test]
fn openid_client_knows_every_variant_of_the_portal() {
    let variants: [&[&str]; 5] = [
        &["--iss"],
        &["--discovery", "short"],
        &["--signing", "PS256"],
        &["--signing", "ES256"],
        &["--signing", "EdDSA"],
    ];
    for switches in variants {
        assert_eq!(discover(switches, &[])["email"], EMAIL, "{switches:?}");
    }
    for (mode, came) in [("query", "?"), ("fragment", "#"), ("form_post", "POST ")] {
        for switches in [&[][..], &["--iss"]] {
            let learnt = discover(switches, &["--mode", mode]);
            assert_eq!(learnt["email"], EMAIL, "{learnt}");
            assert!(learnt["came"].as_str().unwrap().contains(came), "{learnt}");
        }
    }
}

#[test]
fn a_key_replaced_in_flight_is_found_by_its_name_among_two_and_missed_by_a_fresh_cache() {
    // Two keys: the one that was kept comes first, and the other one has signed.
    let rotate = "curl -sS --fail -o /dev/null -X POST -d '{\"keep_old\":true}' \
                  -H \"Authorization: Bearer $SANDBOX_CONTROL_TOKEN\" \
                  \"$EPROSPERA_ISSUER/sandbox/rotate-key\" && exec node session.mjs";
    inside(&[], &["sh", "-c", rotate], &openid_client()).ok();
    // openid-client asks again for the key set a minute after it was asked for last, not earlier.
    let learnt = discover(&["--fault", "jwks:rotate"], &[]);
    let refused = learnt["refused"].as_str().unwrap();
    assert!(refused.contains("no applicable keys found"), "{learnt}");
}
