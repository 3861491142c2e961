//! The switches of `sandbox` that make it another documented variant of the portal, each with our
//! own client on the other side. `real_parts/clients.rs` has clients that nobody here wrote.

use serde_json::Value;

use crate::browser::Page;
use crate::run::{Run, sandbox_log};
use crate::sign_in::Login;
use crate::world::{SHELL, World, line};

/// What a script of commands did inside `sandbox exec`, and what its browser saw.
pub(crate) struct Inside {
    pub(crate) page: Page,
    pub(crate) run: Run,
}

/// Runs a script with a sandbox of these switches. It begins with a login, whose browser opens what
/// it is shown; `eprospera` in it is the binary under test.
pub(crate) fn inside(switches: &[&str], script: &str) -> Inside {
    let world = World::new();
    let script = line(script);
    let mut flags = vec!["sandbox", "exec", "--log", "json"];
    if !switches
        .iter()
        .any(|flag| flag.starts_with("--auto-approve"))
    {
        flags.push("--auto-approve");
    }
    flags.extend(switches);
    flags.extend(["--", SHELL[0], SHELL[1], &script]);
    let scheme = if switches.contains(&"--tls") {
        "https"
    } else {
        "http"
    };
    let issuer = format!("{scheme}://127.0.0.1:");
    let mut login = Login::of(world.spawn(world.command(&flags)), &issuer);
    let page = login.visit();
    let run = login.end();
    Inside { page, run }
}

fn at<'a>(log: &'a [Value], endpoint: &str) -> Vec<&'a Value> {
    log.iter()
        .filter(|event| event["endpoint"] == endpoint)
        .collect()
}

#[test]
fn an_issuer_goes_with_the_code_and_is_announced() {
    let done = inside(
        &["--iss"],
        "eprospera login --no-browser && eprospera whoami",
    );
    done.run.succeeds();
    let callback = done.page.trail.iter().find(|url| url.path() == "/callback");
    let query: Vec<_> = callback.unwrap().query_pairs().into_owned().collect();
    let issuer = query.iter().find(|(name, _)| name == "iss");
    let (_, issuer) = issuer.expect("`iss` beside the code");
    assert!(issuer.starts_with("http://127.0.0.1:"), "{issuer}");
}

#[test]
fn a_missing_scope_is_a_matter_of_permission_with_401_as_well() {
    for (status, switches) in [
        (403, &[][..]),
        (401, &["--missing-scope-status", "401"][..]),
    ] {
        // A token that is handed over: of a session the scopes are known without asking.
        let script = if cfg!(windows) {
            "eprospera login --no-browser --scope openid,offline_access \
             && eprospera token >token && set /p EPROSPERA_TOKEN=<token \
             && eprospera me natural-person"
        } else {
            "eprospera login --no-browser --scope openid,offline_access \
             && export EPROSPERA_TOKEN=$(eprospera token) \
             && eprospera me natural-person"
        };
        let output = inside(switches, script).run.exits(4);
        let log = sandbox_log(&output.stderr);
        let asked = at(&log, "me");
        assert_eq!(asked.len(), 1, "asked once: {asked:?}");
        assert_eq!(asked[0]["status"], status);
        assert_eq!(
            asked[0]["outcome"],
            "missing_scopes: eprospera:person.details.read"
        );
        assert_eq!(at(&log, "token").len(), 1, "nothing was refreshed for it");
    }
}

#[test]
fn an_older_discovery_document_is_enough_for_a_whole_session() {
    let script = "eprospera login --no-browser && eprospera refresh && eprospera whoami \
                  && eprospera logout";
    let output = inside(&["--discovery", "short"], script).run.succeeds();
    let revoked = output
        .stdout
        .lines()
        .any(|line| line.contains("\"revoked\": true") || line.contains("\"revoked\":true"));
    assert!(revoked, "through the fixed path: {output:#?}");
}

#[test]
fn id_tokens_of_every_algorithm_are_verified() {
    for algorithm in ["RS256", "PS256", "ES256", "EdDSA"] {
        let script = "eprospera login --no-browser >/dev/null && eprospera refresh >/dev/null \
                      && eprospera decode-id-token";
        let output = inside(&["--signing", algorithm], script).run.succeeds();
        assert_eq!(output.json()["header"]["alg"], algorithm);
    }
}

#[test]
fn a_key_that_is_replaced_in_flight_is_found_with_and_without_the_old_one_beside_it() {
    for rule in ["jwks:rotate*1", "jwks:rotate=keep-old*1"] {
        let script = "eprospera login --no-browser >/dev/null && eprospera refresh >/dev/null \
                      && eprospera decode-id-token";
        let output = inside(&["--fault", rule], script).run.succeeds();
        assert_eq!(output.json()["verified"], true, "{rule}");
        let log = sandbox_log(&output.stderr);
        let keys = at(&log, "jwks");
        assert_eq!(keys[0]["fault"], rule);
        assert!(
            keys.len() > 1,
            "asked again for the unknown `kid`: {keys:?}"
        );
    }
}

#[test]
fn each_fault_of_the_help_page_is_one_that_our_client_knows() {
    let login = "eprospera login --no-browser > /dev/null";
    for (rule, then, code, words) in [
        ("token:500", "exit 0", 1, "500"),
        ("token:drop-after-commit", "exit 0", 11, "broke"),
        ("userinfo:429*3", "eprospera whoami", 0, ""),
        ("jwks:rotate", "eprospera refresh", 0, ""),
        ("me:slow=200ms", "eprospera me natural-person", 0, ""),
        ("id_token:bad-nonce", "exit 0", 14, "nonce"),
    ] {
        let script = format!("{login} && {then}");
        let output = inside(&["--fault", rule], &script).run.exits(code);
        let last = output.stderr.lines().last().unwrap_or_default();
        assert!(last.contains(words), "{rule}: {output:#?}");
        let log = sandbox_log(&output.stderr);
        let struck = log.iter().filter(|event| event["fault"] == rule).count();
        let expected = if rule.ends_with("*3") { 3 } else { 1 };
        assert!(struck >= expected, "{rule}: {log:#?}");
    }
}

#[test]
fn a_refusal_is_told_alike_in_words_and_as_an_object() {
    let world = World::new();
    let script = line(if cfg!(windows) {
        "set EPROSPERA_REFRESH_TOKEN=rt_unknown& eprospera token & exit 0"
    } else {
        "EPROSPERA_REFRESH_TOKEN=rt_unknown eprospera token; true"
    });
    let run = |format: &str| {
        let flags = [
            "sandbox", "exec", "--log", format, "--", SHELL[0], SHELL[1], &script,
        ];
        world.run(&flags).succeeds().stderr
    };
    let why = "invalid_grant: the refresh token was never issued, or expired long ago";
    let log = sandbox_log(&run("json"));
    let object = at(&log, "token")[0];
    assert_eq!(
        (&object["status"], &object["outcome"]),
        (&400.into(), &why.into())
    );
    let words = run("text");
    let line = format!("POST /api/oauth/token 400  {why}");
    assert!(words.lines().any(|said| said == line), "{words}");
    assert!(!run("none").contains("/api/oauth/token"));
}

#[test]
fn every_response_mode_signs_in() {
    for mode in ["query", "fragment", "form_post"] {
        let script =
            format!("eprospera login --no-browser --response-mode {mode} && eprospera whoami");
        let done = inside(&[], &script);
        done.page.says("You are signed in");
        done.run.succeeds();
    }
}
