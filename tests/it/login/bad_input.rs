//! `login` with wrong settings, a broken store or a broken server: each has its own error, exit
//! code and hint, and nothing is stored.

use std::net::TcpListener;

use eprospera_sandbox::Algorithm;
use url::Url;

use crate::sign_in::Login;
use crate::world::World;

/// A short limit only where the time is to run out: a busy machine answers slowly.
fn patience(rule: &str) -> &'static str {
    if rule.ends_with(":hang") { "2s" } else { "60s" }
}

/// The address of the callback with other parameters than the server's.
fn callback(login: &Login, parameters: &[(&str, &str)]) -> Url {
    let uri = login.parameter("redirect_uri").unwrap();
    Url::parse_with_params(&uri, parameters).unwrap()
}

#[test]
fn without_a_client_id_the_user_is_told_where_to_get_one() {
    let mut world = World::new();
    world.unset("EPROSPERA_CLIENT_ID");
    let output = world.login().exits(2);
    output
        .because("no client id is known")
        .hinting("--client-id")
        .hinting("profile set client_id");
    assert!(world.sandbox().request_log().is_empty());
}

#[test]
fn an_unknown_client_is_explained_in_the_browser_and_the_login_times_out_with_a_hint() {
    let world = World::new();
    let mut login = world.start_login(&["--client-id", "nobody", "--timeout", "1s"]);
    let page = login.visit();
    assert_eq!(page.status, 400);
    page.says("invalid_client");
    let output = login.end().exits(9);
    output
        .because("the sign-in timed out after 1s")
        .hinting("invalid_client");
    assert!(world.nothing_is_stored());
}

#[test]
fn an_unregistered_redirect_uri_is_explained_in_the_browser_and_the_login_times_out_with_a_hint() {
    let world = World::new();
    let mut login = world.start_login(&[
        "--redirect-uri",
        &world.other_redirect_uri,
        "--timeout",
        "1s",
    ]);
    login.visit().says("invalid_client");
    login
        .end()
        .exits(9)
        .hinting("redirect URI is registered exactly");
    assert!(world.nothing_is_stored());
}

#[test]
fn when_every_port_is_busy_each_is_named() {
    let world = World::new();
    let port = |uri: &String| Url::parse(uri).unwrap().port().unwrap();
    let busy: Vec<_> = world
        .redirect_uris
        .iter()
        .map(|uri| TcpListener::bind(("127.0.0.1", port(uri))).unwrap())
        .collect();
    let mut output = world.login().exits(1);
    for uri in &world.redirect_uris {
        output = output.because(uri);
    }
    output.hinting("stop the program that uses one of these ports");
    drop(busy);
}

#[test]
fn settings_that_cannot_be_meant_are_usage_errors() {
    let world = World::new();
    for (flags, words) in [
        (
            ["--issuer", "http://portal.example"],
            "an issuer must be https",
        ),
        (
            ["--issuer", "http://127.0.0.1.nip.example:80"],
            "an issuer must be https",
        ),
        (["--issuer", "http://me@127.0.0.1:80"], "user info"),
        (["--issuer", "portal"], "an issuer is a URL"),
        (
            ["--redirect-uri", "http://app.example/cb"],
            "a redirect URI must be https",
        ),
        (["--redirect-uri", "http://127.0.0.1:0/cb"], "port 0"),
        (["--store", "cupboard"], "unknown store `cupboard`"),
    ] {
        world.login_with(&flags).exits(2).because(words);
    }
    for flags in [
        ["--timeout", "soon"],
        ["--response-mode", "pigeon"],
        ["--max-age", "-1"],
    ] {
        world.login_with(&flags).exits(2);
    }
    assert!(world.sandbox().request_log().is_empty());
}

#[test]
fn a_broken_discovery_document_has_its_own_exit_code_and_nothing_opens() {
    let world = World::new();
    for (rule, code, words) in [
        ("discovery:wrong-issuer", 14, "says that its issuer is"),
        ("discovery:cross-origin", 14, "another origin"),
        (
            "discovery:http-endpoints",
            14,
            "another origin: http://portal.example",
        ),
        (
            "discovery:302=https://elsewhere.example/",
            14,
            "redirects to https://elsewhere.example",
        ),
        ("discovery:html", 1, "text/html instead of JSON"),
        ("discovery:garbage", 1, "malformed"),
        ("discovery:empty", 1, "instead of JSON"),
        ("discovery:huge", 1, "longer than"),
        ("discovery:huge=length", 1, "longer than"),
        ("discovery:500", 1, "internal_server_error"),
        ("discovery:429=7", 7, "too many requests"),
        (
            "discovery:drop",
            11,
            "broke before the response was complete",
        ),
        (
            "discovery:half-body",
            11,
            "broke before the response was complete",
        ),
        ("discovery:hang", 9, "did not answer within 2s"),
    ] {
        world.sandbox().clear_faults();
        world.fault(rule);
        let output = world
            .login_with(&["--request-timeout", patience(rule)])
            .exits(code)
            .because(words);
        assert!(output.error()["hint"].is_string(), "{rule}: {output:#?}");
        assert!(!output.stderr.contains("Open this URL"), "{rule}");
        assert!(
            world.events("authorize").is_empty() && world.nothing_is_stored(),
            "{rule}"
        );
    }
}

#[test]
fn a_server_that_is_not_there_is_a_network_error() {
    let mut world = World::new();
    world.stop_sandbox();
    world
        .login()
        .exits(11)
        .because("cannot reach 127.0.0.1")
        .hinting("nothing listens at http://127.0.0.1");
}

#[test]
fn a_broken_token_answer_ends_the_login_with_the_same_words_in_browser_and_terminal() {
    let world = World::new();
    for (rule, code, words) in [
        ("token:500", 1, "internal_server_error"),
        ("token:502", 1, "answered 502"),
        ("token:429=7", 7, "too many requests"),
        ("token:html", 1, "text/html instead of JSON"),
        ("token:garbage", 1, "malformed"),
        ("token:empty", 1, "instead of JSON"),
        ("token:huge", 1, "longer than"),
        ("token:drop", 11, "broke before the response"),
        ("token:drop-after-commit", 11, "broke before the response"),
        ("token:half-body", 11, "broke before the response"),
        ("token:hang", 9, "did not answer within 30s"),
        ("token:error=invalid_client", 3, "invalid_client"),
        ("token:error=invalid_grant", 3, "invalid_grant"),
        ("token:token-type=mac", 1, "its token type is not bearer"),
        (
            "token:302=https://elsewhere.example/",
            14,
            "redirects to https://elsewhere.example",
        ),
    ] {
        let before = world.events("token").len();
        world.sandbox().clear_faults();
        world.fault(rule);
        let mut login = world.start_login(&[]);
        login.visit().says("The sign-in did not work").says(words);
        login.end().exits(code).because(words);
        let sent = world.events("token").len() - before;
        assert!(sent <= 1, "{rule}: a code was sent {sent} times");
        assert!(world.nothing_is_stored(), "{rule}");
    }
}

#[test]
fn a_broken_key_set_ends_the_login() {
    let world = World::with(|options| options.signing = Algorithm::Rs256);
    for (rule, code, words) in [
        ("jwks:html", 14, "instead of JSON"),
        ("jwks:garbage", 14, ""),
        ("jwks:empty", 14, "instead of JSON"),
        ("jwks:huge", 14, "longer than"),
        ("jwks:500", 1, "internal_server_error"),
        ("jwks:drop", 11, "broke before the response"),
        ("jwks:hang", 9, "did not answer within 2s"),
        ("jwks:302=https://elsewhere.example/", 14, "redirects"),
        ("jwks:rsa-short", 14, ""),
    ] {
        world.sandbox().clear_faults();
        world.fault(rule);
        let mut login = world.start_login(&["--request-timeout", patience(rule)]);
        login.visit().says("The sign-in did not work");
        login.end().exits(code).because(words);
        assert!(world.nothing_is_stored(), "{rule}");
    }
}

#[test]
fn odd_token_answers_that_are_harmless_are_taken() {
    let world = World::new();
    for rule in [
        "token:expires-in=\"3600\"",
        "token:expires-in=absent",
        "token:no-scope",
        "token:token-type=bEARER",
    ] {
        world.sandbox().clear_faults();
        world.fault(rule);
        world.login().succeeds();
        assert!(world.record().unwrap().has_scope("openid"), "{rule}");
    }
}

#[test]
fn consent_that_is_denied_on_the_page_ends_the_login_at_once() {
    let world = World::with(|options| options.auto_approve = None);
    let mut login = world.start_login(&[]);
    login
        .decide("resident", "deny")
        .says("The sign-in did not work")
        .says("consent was denied");
    login
        .end()
        .exits(4)
        .because("consent was denied")
        .hinting("nothing was stored");
    assert!(world.nothing_is_stored() && world.events("token").is_empty());
}

#[test]
fn every_refusal_of_the_provider_has_its_exit_code() {
    let world = World::new();
    for (error, code) in [
        ("access_denied", 4),
        ("consent_required", 4),
        ("login_required", 3),
        ("interaction_required", 3),
        ("invalid_scope", 8),
        ("unauthorized_client", 8),
        ("server_error", 1),
        ("temporarily_unavailable", 1),
        ("something_new", 1),
    ] {
        world.sandbox().clear_faults();
        world.fault(&format!("authorize:error={error}"));
        let mut login = world.start_login(&[]);
        login.visit().says("The sign-in did not work");
        login
            .end()
            .exits(code)
            .because("the sign-in was refused")
            .hinting("nothing was stored");
        assert!(world.nothing_is_stored(), "{error}");
    }
}

#[test]
fn an_expired_code_ends_the_login() {
    let world = World::with(|options| options.code_ttl = std::time::Duration::ZERO);
    let mut login = world.start_login(&[]);
    login.visit().says("The sign-in did not work");
    login
        .end()
        .exits(3)
        .because("invalid_grant")
        .hinting("eprospera login");
    assert!(world.nothing_is_stored());
}

#[test]
fn a_code_that_was_used_before_ends_the_login_and_keeps_the_session() {
    let world = World::new();
    let mut first = world.start_login(&[]);
    let code = first.visit().code().unwrap();
    first.end().succeeds();
    let before = world.access_token();

    let mut second = world.start_login(&[]);
    let state = second.parameter("state").unwrap();
    let replay = callback(&second, &[("code", &code), ("state", &state)]);
    second.page(&replay).says("The sign-in did not work");
    second.end().exits(3).because("invalid_grant");
    assert_eq!(world.access_token(), before);
}

#[test]
fn a_wrong_state_is_ignored_and_the_login_continues() {
    let world = World::new();
    let mut login = world.start_login(&[]);
    for parameters in [
        &[("code", "x"), ("state", "wrong")][..],
        &[("error", "access_denied"), ("state", "wrong")],
        &[("error", "access_denied")],
        &[("code", "x")],
        &[],
    ] {
        let page = login.page(&callback(&login, parameters));
        assert_eq!(page.status, 400, "{page:#?}");
    }
    assert_eq!(
        login
            .page(&callback(&login, &[]).join("/favicon.ico").unwrap())
            .status,
        404
    );
    login.visit().says("You are signed in");
    login.end().succeeds();
}

#[test]
fn an_issuer_in_the_callback_must_be_the_one_that_was_asked() {
    let world = World::with(|options| options.issuer_parameter = true);
    world.login().succeeds();
    let mut login = world.start_login(&[]);
    let state = login.parameter("state").unwrap();
    let other = [
        ("code", "x"),
        ("state", &state),
        ("iss", "https://other.example"),
    ];
    login
        .page(&callback(&login, &other))
        .says("The sign-in did not work");
    login.end().exits(14).because("https://other.example");
    assert_eq!(
        world.events("token").len(),
        1,
        "no code was sent to the wrong server"
    );
}

#[test]
fn the_store_is_proved_before_anything_is_asked_of_anybody() {
    let mut world = World::new();
    let real = world.path("real");
    std::fs::create_dir(&real).unwrap();
    // On Windows it takes a right of its own to make a link.
    #[cfg(unix)]
    std::os::unix::fs::symlink(&real, world.path("linked")).unwrap();
    world.write("a-file", "in the way");
    for state in [
        #[cfg(unix)]
        "linked",
        "a-file",
        "a-file/below",
    ] {
        let path = world.path(state).display().to_string();
        world.set("EPROSPERA_STATE_DIR", &path);
        let output = world.login().exits(13).because(&path);
        assert!(output.error()["hint"].is_string(), "{output:#?}");
    }
    assert!(world.sandbox().request_log().is_empty());
    assert_eq!(std::fs::read_dir(real).unwrap().count(), 0);
}

#[test]
fn an_encrypted_store_without_a_key_is_refused_before_anything_is_asked() {
    let world = World::new();
    let output = world.login_with(&["--store", "encrypted-file"]).exits(13);
    output.hinting("EPROSPERA_STORE_KEY");
    assert!(world.sandbox().request_log().is_empty());
}

/// Other systems have one always.
#[test]
#[cfg(target_os = "linux")]
fn without_a_secret_service_the_keyring_is_refused_with_the_ways_out() {
    let world = World::new();
    let output = world.login_with(&["--store", "keyring"]).exits(13);
    output
        .hinting("Secret Service")
        .hinting("encrypted-file")
        .hinting("plain-file");
    assert!(world.sandbox().request_log().is_empty());
}
