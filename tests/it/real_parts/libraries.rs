//! More clients that nobody here wrote: each signs in, asks userinfo and refreshes, or signs in again
//! silently, in its own way.
//!
//! `docs/sandbox.md` has them in its table of clients, which is compared with this one. The scripts
//! are in `tests/real/clients`.

use serde_json::Value;

use super::clients::{asked, inside, lines, project, python};
use crate::run::sandbox_log;

const EMAIL: &str = "amara.okafor@mail.example";

/// The library as the documentation has it, and its script with arguments.
const LIBRARIES: [(&str, &[&str]); 8] = [
    ("oauth4webapi", &["oauth4webapi.mjs", "basic"]),
    ("oauth4webapi", &["oauth4webapi.mjs", "post"]),
    ("oauth4webapi", &["oauth4webapi.mjs", "basic-and-id"]),
    ("simple-oauth2", &["simple-oauth2.mjs"]),
    ("@badgateway/oauth2-client", &["badgateway.mjs"]),
    ("passport-openidconnect", &["passport.mjs"]),
    ("requests-oauthlib", &["oauthlib_session.py"]),
    ("requests-oauthlib", &["oauthlib_session.py", "both"]),
];

/// Runs a script, which says what it learnt, and says which requests the sandbox saw.
fn run(switches: &[&str], script: &[&str]) -> (Value, Vec<String>) {
    let folder = project().join("tests/real/clients");
    let python = python();
    let is_python = std::path::Path::new(script[0])
        .extension()
        .is_some_and(|name| name == "py");
    let interpreter = if is_python { &*python } else { "node" };
    let mut command = vec![interpreter];
    command.extend(script);
    let finished = inside(switches, &command, &folder);
    let log = sandbox_log(&finished.stderr);
    let learnt = lines(finished).swap_remove(0);
    assert_eq!(learnt["email"], EMAIL, "{script:?}");
    (learnt, asked(&log, &["authorize", "token", "userinfo"]))
}

fn requests(switches: &[&str], script: &[&str]) -> Vec<String> {
    let (learnt, requests) = run(switches, script);
    assert_eq!(learnt["rotated"], true, "{script:?}");
    requests
}

#[test]
fn each_library_signs_in_asks_userinfo_and_refreshes() {
    each_signs_in(&[]);
}

#[test]
fn each_library_does_so_over_https() {
    each_signs_in(&["--tls"]);
}

fn each_signs_in(switches: &'static [&'static str]) {
    let workers: Vec<_> = LIBRARIES
        .map(|(_, script)| std::thread::spawn(move || (script, requests(switches, script))))
        .into();
    for worker in workers {
        let (script, requests) = worker.join().unwrap();
        assert_eq!(requests.len(), 4, "{script:?}: {requests:#?}");
        let is_refused = requests.iter().any(|request| {
            !request.starts_with("authorize 303")
                && !request.starts_with("token 200")
                && !request.starts_with("userinfo 200")
        });
        assert!(!is_refused, "{script:?}: {requests:#?}");
    }
}

/// It keeps no refresh token: where its session has expired, it asks with `prompt=none`.
#[test]
fn mozilla_django_oidc_signs_in_and_renews_its_session_silently() {
    for script in [&["django_project.py"][..], &["django_project.py", "basic"]] {
        let (learnt, requests) = run(&[], script);
        assert_eq!(learnt["renewed"], true, "{script:?}");
        let expected = ["authorize 303", "token 200", "userinfo 200"];
        assert_eq!(requests.len(), 6, "{script:?}: {requests:#?}");
        for (request, expected) in requests.iter().zip(expected.into_iter().cycle()) {
            assert!(request.starts_with(expected), "{script:?}: {requests:#?}");
        }
    }
}

#[test]
fn the_page_about_the_sandbox_names_each_library() {
    let page = std::fs::read_to_string(project().join("docs/sandbox.md")).unwrap();
    let libraries = LIBRARIES.iter().map(|(library, _)| *library);
    for library in libraries.chain(["mozilla-django-oidc"]) {
        assert!(page.contains(&format!("| {library}")), "{library}");
    }
}
