//! What "Login with Prosper" refuses, and what this program refuses for it.

use crate::prosper::{SECRET, prosper, signed_in};
use crate::world::World;

const JWT: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0.";

/// A command, its exit code, and a part of the reason.
type Refused = (&'static [&'static str], i32, &'static str);

const LACKING: &[Refused] = &[
    (
        &["refresh"],
        3,
        "Login with Prosper does not support refresh",
    ),
    (
        &["me", "natural-person"],
        2,
        "it has no routes below /api/v1/me",
    ),
    (&["me", "profile"], 2, "it has no routes below /api/v1/me"),
    (&["decode-id-token"], 2, "it has no ID tokens"),
    (&["decode-id-token", JWT], 2, "it has no ID tokens"),
    (&["introspect"], 2, "it has no introspection"),
    (&["token", "--type", "id"], 2, "it has no ID tokens"),
    (
        &["login", "--response-mode", "query"],
        2,
        "it has no response modes",
    ),
    (
        &["login", "--login-hint", "x"],
        2,
        "it has no sign-in options",
    ),
    (
        &["login", "--prompt", "login"],
        2,
        "it has no sign-in options",
    ),
    (&["login", "--max-age", "1"], 2, "it has no sign-in options"),
    (&["login", "--device"], 2, "it has no device grant"),
    (&["login", "--with-token"], 2, "it has no refresh"),
    (
        &["login", "--scopes-all"],
        2,
        "only accepts the scope user:email",
    ),
    (
        &["login", "--scope", "openid"],
        2,
        "only accepts the scope user:email",
    ),
    (
        &["login", "--scope", "user:email openid"],
        2,
        "only accepts the scope",
    ),
    (
        &["login", "--scope", ""],
        2,
        "only accepts the scope user:email",
    ),
];

#[test]
fn what_prosper_does_not_have_is_refused_by_name_and_nobody_is_asked() {
    let world = signed_in();
    let asked = world.sandbox().request_log().len();
    for (command, code, words) in LACKING {
        let output = world.run(command).exits(*code).because(words);
        let output = output.because("Login with Prosper");
        assert!(
            !output.stderr.contains("http"),
            "no URL is shown: {output:#?}"
        );
    }
    let decoded = world.run(&["decode-id-token", JWT, "--no-verify"]);
    assert_eq!(decoded.succeeds().json()["claims"]["sub"], "u");
    assert_eq!(world.sandbox().request_log().len(), asked);
    world
        .run(&[
            "login",
            "--scope",
            "user:email",
            "--no-browser",
            "--timeout",
            "1ms",
        ])
        .exits(9);
}

#[test]
fn without_a_secret_nobody_is_sent_to_a_browser() {
    let mut world = prosper();
    world.unset("EPROSPERA_CLIENT_SECRET");
    let output = world.run(&["login", "--no-browser"]).exits(2);
    let output = output.because("client it-web has no secret");
    let output = output.hinting("run `eprospera profile set client-secret`");
    assert!(!output.stderr.contains("http"), "{output:#?}");
    assert!(world.sandbox().request_log().is_empty());

    world
        .run_with_stdin(&["profile", "set", "client-secret"], SECRET)
        .succeeds();
    world.login().succeeds();
    // It is bound to issuer and client id.
    let other = world.run(&["login", "--no-browser", "--client-id", "other"]);
    other.exits(2).because("client other has no secret");
    for method in ["none", "client_secret_basic"] {
        let output = world
            .run(&["profile", "set", "token_auth", method])
            .exits(2);
        drop(output.because("use client_secret_post"));
    }
}

#[test]
fn each_refusal_of_the_exchange_has_its_words_and_its_exit_code() {
    let world = prosper();
    for (said, meaning, hint) in [
        ("Invalid code", "already used", "eprospera login"),
        ("Code has expired", "more than 5 minutes", "eprospera login"),
        (
            "Invalid client id",
            "issued to another client",
            "eprospera login",
        ),
        (
            "Client not found",
            "no application is registered",
            "client id",
        ),
        (
            "Invalid secret",
            "the client secret is wrong",
            "profile set client-secret",
        ),
    ] {
        let before = exchanges(&world);
        world.fault(&format!("prosper_token:error={said}*1"));
        let output = world.login().exits(3).because(said).because(meaning);
        let output = output.hinting(hint);
        assert_eq!(output.error()["http_status"], 400);
        assert_eq!(exchanges(&world), before + 1, "never a second time");
    }
    world.fault("prosper_token:error=Something new*1");
    world
        .login()
        .exits(8)
        .because("the server refused: Something new");
    assert!(world.nothing_is_stored());
}

#[test]
fn a_wrong_secret_and_an_unknown_client_are_told_apart() {
    let world = prosper();
    let wrong = [("EPROSPERA_CLIENT_SECRET", "wrong")];
    let mut command = world.command(&["login", "--no-browser"]);
    command.envs(wrong);
    let output = world.start(command).complete().exits(3);
    let output = output.because("Invalid secret");
    assert!(!output.stderr.contains("canary"));
    // A client that is unknown never comes back from the browser.
    let mut login = world.start_login(&["--client-id", "nobody", "--timeout", "1s"]);
    login.visit().says("Welcome to Prosper");
    let output = login.end().exits(9);
    let output = output.hinting("if you ended up on Prosper's welcome page");
    let output = output.hinting("the client id is unknown");
    let output = output.hinting("not an exact match");
    drop(output.hinting("another space"));
}

#[test]
fn a_failure_of_the_network_never_sends_a_code_twice() {
    let world = prosper();
    for (action, code) in [
        ("500", 1),
        ("503", 1),
        ("429=1", 7),
        ("drop", 11),
        ("drop-after-commit", 11),
        ("half-body", 11),
        ("html", 1),
        ("garbage", 1),
        ("empty", 1),
        ("huge", 1),
        ("302=http://127.0.0.1:9/", 14),
        ("expires-in=\"soon\"", 0),
        ("token-type=mac", 1),
        ("no-scope", 0),
    ] {
        let before = exchanges(&world);
        world.fault(&format!("prosper_token:{action}*1"));
        let output = world.login().exits(code);
        assert_eq!(exchanges(&world), before + 1, "{action}");
        assert!(!output.stderr.contains("canary"), "{action}");
        if code == 0 {
            assert_eq!(world.record().unwrap().scopes, "user:email", "{action}");
            world.run(&["logout"]).succeeds();
        }
        assert!(world.record().is_none(), "{action}");
    }
}

fn exchanges(world: &World) -> usize {
    world.events("prosper_token").len()
}

#[test]
fn a_callback_counts_once_and_only_with_its_state() {
    let world = prosper();
    let mut login = world.start_login(&[]);
    let redirect_uri = login.parameter("redirect_uri").unwrap();
    let at = |query: &str| url::Url::parse(&format!("{redirect_uri}?{query}")).unwrap();
    for query in [
        "code=c",
        "code=c&state=",
        "code=c&state=wrong",
        "error=access_denied",
    ] {
        let page = login.page(&at(query));
        assert!((400..500).contains(&page.status), "{query}: {page:#?}");
    }
    assert_eq!(exchanges(&world), 0);
    let page = login.visit();
    page.says("You are signed in");
    login.end().succeeds();
    assert_eq!(exchanges(&world), 1);
}

#[test]
fn a_denial_that_comes_back_after_all_is_understood() {
    let world = prosper();
    let mut login = world.start_login(&[]);
    let state = login.parameter("state").unwrap();
    let uri = login.parameter("redirect_uri").unwrap();
    let denied = format!("{uri}?error=access_denied&state={state}");
    login.page(&url::Url::parse(&denied).unwrap());
    login.end().exits(4).because("consent was denied");
    assert!(world.nothing_is_stored());
}
