//! "Login with Prosper" as a second provider, through the same commands, against the sandbox
//! (docs/portal.md, Prosper).

mod apart;
mod hostile;
mod refusals;

use serde_json::{Value, json};

use crate::browser::{Browser, Page};
use crate::sign_in::Login;
use crate::world::{PRINT_VARIABLES, SHELL, World};

pub(crate) const SECRET: &str = "canary secret/+%";
pub(crate) const EMAIL: &str = "amara.okafor@mail.example";

/// A user whose profile is for Prosper.
pub(crate) fn prosper() -> World {
    prosper_with(|_| {})
}

pub(crate) fn prosper_with(change: impl FnOnce(&mut eprospera_sandbox::Options)) -> World {
    let mut world = World::with(change);
    world.client_id = "it-web";
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", SECRET);
    set_provider(&world, "prosper");
    world
}

/// The same, signed in.
pub(crate) fn signed_in() -> World {
    let world = prosper();
    world.login().succeeds();
    world
}

pub(crate) fn set_provider(world: &World, name: &str) {
    world.run(&["profile", "set", "provider", name]).succeeds();
}

#[test]
fn a_login_asks_with_four_parameters_exchanges_once_and_asks_who_it_is() {
    let world = prosper();
    let mut login = world.start_login(&[]);
    let url = login.url();
    assert_eq!(url.path(), "/login/oauth/authorize");
    let names: Vec<_> = url
        .query_pairs()
        .map(|(name, _)| name.into_owned())
        .collect();
    assert_eq!(names, ["client_id", "redirect_uri", "scope", "state"]);
    assert_eq!(login.parameter("scope").unwrap(), "user:email");
    assert!(login.parameter("state").unwrap().len() >= 43);
    login.visit().says("You are signed in").says(EMAIL);
    let output = login.end().succeeds();
    let json = output.json();
    assert_eq!(json["account"]["email"], EMAIL);
    assert_eq!(json["account"]["name"], "Amara Okafor-Lindström");
    assert_eq!(json["refreshable"], false);
    assert_eq!(json["scopes"], json!(["user:email"]));
    assert!((890..=900).contains(&json["expires_in"].as_i64().unwrap()));
    let output = output.says(
        "does not support refresh: the session ends when its access token \
                              expires",
    );
    assert!(!output.stderr.contains("offline_access"));

    let asked: Vec<_> = world
        .sandbox()
        .request_log()
        .into_iter()
        .map(|event| event.endpoint)
        .collect();
    assert_eq!(
        asked,
        ["prosper_authorize", "prosper_token", "prosper_user"]
    );
    let record = world.record().unwrap();
    assert_eq!(record.provider, "prosper");
    assert!(record.refresh.is_none() && record.id_token.is_none());
    assert_eq!(json["account"]["subject"], record.account.subject);
    assert_eq!(record.account.subject.len(), 36, "the uid");
    assert_eq!(record.access.unwrap().lifetime(), 900);
}

#[test]
fn whoami_gives_the_users_own_answer_and_the_table_says_who_it_is() {
    let world = signed_in();
    let output = world.run(&["whoami"]).succeeds();
    let url = format!("{}/api/v2/user", world.url());
    let body = world.block_on(crate::browser::body(&url, &world.access_token()));
    assert_eq!(output.stdout.trim_end(), body);
    assert_eq!(output.json()["firstName"], "Amara");
    let table = world
        .run(&["whoami", "--output", "table"])
        .succeeds()
        .stdout;
    let subject = world.record().unwrap().account.subject;
    for part in ["Amara Okafor-Lindström", EMAIL, &subject, world.url()] {
        assert!(table.contains(part), "no {part} in {table}");
    }
}

#[test]
fn status_says_that_there_is_no_refresh_and_when_the_session_ends() {
    let world = signed_in();
    let asked = world.sandbox().request_log().len();
    let status = world.run(&["status"]).succeeds().json();
    let profiles = json!({ "value": "prosper", "source": "profile" });
    assert_eq!(status["provider"], profiles);
    let session = &status["session"];
    assert_eq!(session["renewable"], false);
    assert_eq!(session["refresh_token"], Value::Null);
    assert_eq!(session["id_token"], false);
    assert!(session["access_token"]["expires_at"].is_string());
    let table = world
        .run(&["status", "--output", "table"])
        .succeeds()
        .stdout;
    assert!(table.contains("Signed in to Login with Prosper as amara.okafor@mail.example"));
    assert!(
        table.contains("none: Login with Prosper does not support refresh"),
        "{table}"
    );
    assert!(table.contains("expires in 1"), "{table}");
    assert_eq!(
        world.sandbox().request_log().len(),
        asked,
        "nobody was asked"
    );

    let checked = world.run(&["status", "--check"]).succeeds().json();
    assert_eq!(checked["check"]["works"], true);
    world.sandbox().revoke_all();
    let checked = world.run(&["status", "--check"]).exits(3).json();
    assert_eq!(checked["check"]["works"], false);
}

#[test]
fn a_token_is_printed_to_its_end_and_never_promised_beyond_it() {
    let world = signed_in();
    let token = format!("{}\n", world.access_token());
    assert_eq!(world.run(&["token"]).succeeds().stdout, token);
    let asked = world.sandbox().request_log().len();
    let longest = ["token", "--min-ttl", "16m"];
    world.run(&longest).exits(1).because("issued for 900 s");
    world.age_access_token(600);
    let longer = world.run(&["token", "--min-ttl", "10m"]).exits(3);
    drop(
        longer
            .because(" s, and Login with Prosper does not support refresh")
            .hinting("eprospera login"),
    );
    world.run(&["token", "--min-ttl", "4m"]).succeeds();
    // In the window in which other sessions are refreshed.
    world.age_access_token(280);
    let last = world.run(&["token"]).succeeds();
    assert_eq!((last.stdout, last.stderr.as_str()), (token, ""));
    assert_eq!(world.sandbox().request_log().len(), asked);
}

#[test]
fn an_expired_session_says_how_to_go_on_before_anybody_is_asked() {
    let mut world = signed_in();
    world.expire_access_token();
    let asked = world.sandbox().request_log().len();
    for command in [
        &["whoami"][..],
        &["token"],
        &["token", "--format", "json"],
        &["exec", "--", "true"],
        &["status"],
        &["status", "--check"],
    ] {
        let output = world.run(command).exits(3);
        let output = output
            .because("the session has expired, and Login with Prosper does not support refresh");
        drop(output.hinting("run `eprospera login`"));
    }
    let named = world.run(&["--profile", "default", "whoami"]).exits(3);
    drop(named.hinting("run `eprospera --profile default login`"));
    let status = world.run(&["status"]).exits(3).json();
    assert_eq!(status["session"]["access_token"]["valid"], false);
    assert_eq!(world.sandbox().request_log().len(), asked);
    // Not even the secret is needed to say so.
    world.unset("EPROSPERA_CLIENT_SECRET");
    world.run(&["token"]).exits(3).because("has expired");
    world.set("EPROSPERA_CLIENT_SECRET", SECRET);
    world.login().succeeds();
    world.run(&["whoami"]).succeeds();
}

#[test]
fn logout_deletes_here_and_says_that_nothing_can_be_revoked() {
    let world = signed_in();
    let ends_at =
        world.run(&["status"]).succeeds().json()["session"]["access_token"]["expires_at"].clone();
    let asked = world.sandbox().request_log().len();
    let json = world.run(&["logout"]).succeeds().json();
    let expected = json!({ "profile": "default", "deleted": true, "revoked": null,
        "access_token_ends_at": ends_at });
    assert_eq!(json, expected);
    assert!(world.record().is_none());
    assert_eq!(world.sandbox().request_log().len(), asked);
    let again = world.run(&["logout"]).succeeds().json();
    assert_eq!(again["deleted"], false);

    world.login().succeeds();
    let words = world
        .run(&["logout", "--output", "table"])
        .succeeds()
        .stdout;
    assert!(words.contains(
        "Login with Prosper does not support revocation; the access token \
                            expires at"
    ));
    world.login().succeeds();
    world.expire_access_token();
    let expired = world.run(&["logout", "--all"]).succeeds().json();
    assert_eq!(expired["access_token_ends_at"], Value::Null);
}

#[test]
fn a_person_signs_in_by_the_pages_and_one_of_another_space_does_not_come_back() {
    let world = prosper_with(|options| options.auto_approve = None);
    let mut login = world.start_login(&[]);
    login
        .decide("e-resident", "approve")
        .says("You are signed in");
    let first = login.end().succeeds().json()["account"]["subject"].clone();

    // Somebody else does not take the place unasked.
    let mut login = world.start_login(&[]);
    login
        .decide("resident", "approve")
        .says("but you signed in as");
    login.end().exits(6).hinting("--replace");
    assert_eq!(
        world.record().unwrap().account.subject,
        first.as_str().unwrap()
    );
    // They have agreed before, so there is no page to do so once more.
    let login = world.start_login(&["--replace"]);
    sign_in(&world, &login, "resident").says("You are signed in");
    login.end().succeeds();

    let login = world.start_login(&["--timeout", "2s"]);
    sign_in(&world, &login, "former").says("Welcome to Prosper");
    login.end().exits(9).hinting("another space");
}

/// The page after the login page, as a persona in a browser of their own.
fn sign_in(world: &World, login: &Login, persona: &str) -> Page {
    let url = login.url();
    world.block_on(async { Browser::new().sign_in(&url, persona).await })
}

#[test]
fn a_refused_token_ends_in_a_login_whatever_the_words_are() {
    let world = signed_in();
    world.sandbox().revoke_all();
    let output = world.run(&["whoami"]).exits(3);
    let output = output.because("Login with Prosper no longer accepts the access token");
    let output = output.hinting("run `eprospera login`");
    assert_eq!(output.error()["http_status"], 401);
    let before = world.events("prosper_user").len();
    world.run(&["whoami"]).exits(3);
    assert_eq!(world.events("prosper_user").len(), before + 1, "asked once");
}

#[test]
fn no_level_of_the_log_shows_secret_code_or_token() {
    let world = prosper();
    let mut login = world.start_login(&["-vv"]);
    let code = login.visit().code().unwrap();
    let mut outputs = vec![login.end().succeeds()];
    let token = world.access_token();
    for command in [
        &["whoami"][..],
        &["status", "--check"],
        &["api", "/api/v2/user"],
    ] {
        outputs.push(world.run(&[command, &["-vv"]].concat()).succeeds());
    }
    world.fault("prosper_user:401");
    outputs.push(world.run(&["whoami", "-vv"]).exits(3));
    world.expire_access_token();
    outputs.push(world.run(&["whoami", "-vv"]).exits(3));
    outputs.push(world.run(&["logout", "-vv"]).succeeds());
    for output in outputs {
        let text = output.stdout + &output.stderr;
        for secret in [SECRET, &code, &token] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[test]
fn a_given_token_is_used_as_it_is() {
    let world = signed_in();
    let token = world.access_token();
    world.run(&["logout"]).succeeds();
    let given = [("EPROSPERA_TOKEN", token.as_str())];
    assert_eq!(
        world.run_in(&given, &["whoami"]).succeeds().json()["email"],
        EMAIL
    );
    assert_eq!(
        world.run_in(&given, &["token"]).succeeds().stdout.trim(),
        token
    );
    let check = world.run_in(&given, &["status", "--check"]).succeeds();
    assert_eq!(check.json()["check"]["works"], true);
    let bad = [("EPROSPERA_TOKEN", "bm9uZQ==")];
    let output = world.run_in(&bad, &["whoami"]).exits(3);
    drop(output.because("EPROSPERA_TOKEN").hinting("unset it"));
}

#[test]
fn api_asks_the_user_route_and_no_other_origin() {
    let world = signed_in();
    let user = world.run(&["api", "/api/v2/user"]).succeeds().json();
    assert_eq!(user["email"], EMAIL);
    let uid = world
        .run(&["api", "/api/v2/user", "--jq", ".uid"])
        .succeeds();
    let subject = world.record().unwrap().account.subject;
    assert_eq!(uid.stdout.trim_matches(['"', '\n']), subject);
    world.run(&["api", "/api/v2/other"]).exits(5);
    let elsewhere = World::new();
    let url = format!("{}/api/v2/user", elsewhere.url());
    world.run(&["api", &url]).exits(14);
    assert!(elsewhere.sandbox().request_log().is_empty());
    world.expire_access_token();
    let asked = world.sandbox().request_log().len();
    let output = world.run(&["api", "/api/v2/user"]).exits(3);
    drop(output.because("the session has expired"));
    assert_eq!(world.sandbox().request_log().len(), asked);
}

#[test]
fn a_command_is_run_with_the_token_and_without_the_secret() {
    let world = signed_in();
    let program = crate::world::program();
    let inner = ["exec", "--", program, "token"];
    let output = world.run(&inner).succeeds();
    assert_eq!(output.stdout.trim(), world.access_token());
    let long = ["exec", "--min-ttl", "16m", "--", "true"];
    world.run(&long).exits(1).because("issued for 900 s");
}

#[test]
fn the_child_of_exec_sees_one_secret_only() {
    let world = signed_in();
    let print = ["exec", "--", SHELL[0], SHELL[1], PRINT_VARIABLES];
    let output = world.run(&print).succeeds();
    assert!(
        output
            .stdout
            .contains(&format!("EPROSPERA_TOKEN={}", world.access_token()))
    );
    assert!(!output.stdout.contains("canary"), "{}", output.stdout);
}

#[test]
fn a_session_moves_to_another_machine_but_not_to_another_provider() {
    let mut world = prosper();
    world.encrypt();
    world.login().succeeds();
    let token = world.access_token();
    world
        .run(&["session", "export", "--copy", "moved.sealed"])
        .succeeds();
    world.run(&["session", "export", "gone.sealed"]).succeeds();
    world.run(&["token"]).exits(3);

    set_provider(&world, "eprospera");
    let output = world.run(&["session", "import", "gone.sealed"]).exits(6);
    drop(output.because("from provider prosper, but eprospera is in use here"));
    set_provider(&world, "prosper");
    let json = world
        .run(&["session", "import", "gone.sealed"])
        .succeeds()
        .json();
    assert_eq!(json["account"]["email"], EMAIL);
    assert_eq!(world.run(&["token"]).succeeds().stdout.trim(), token);
    world.run(&["whoami"]).succeeds();
}
