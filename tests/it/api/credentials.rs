//! Credentials that come by variable: a bearer that is used as it is, and a refresh token that
//! begins a session once.

use crate::world::World;

/// A world whose person signed in elsewhere: the store is empty, and there are live tokens.
struct Elsewhere {
    world: World,
    access: String,
    refresh: String,
}

impl Elsewhere {
    fn new() -> Self {
        let world = World::signed_in();
        let (access, refresh) = (world.access_token(), world.refresh_token());
        std::fs::remove_dir_all(world.path("state")).unwrap();
        Self {
            world,
            access,
            refresh,
        }
    }

    /// The same with the refresh token in its variable.
    fn seeded() -> Self {
        let mut elsewhere = Self::new();
        let refresh = elsewhere.refresh.clone();
        elsewhere.world.set("EPROSPERA_REFRESH_TOKEN", &refresh);
        elsewhere
    }
}

#[test]
fn a_given_token_needs_no_session_no_store_and_no_client() {
    let Elsewhere {
        mut world, access, ..
    } = Elsewhere::new();
    world.unset("EPROSPERA_CLIENT_ID");
    world.set("EPROSPERA_STORE", "keyring");
    let file = world.write("token.txt", &format!("{access}\n"));
    let file = file.display().to_string();
    for variable in [
        ("EPROSPERA_TOKEN", access.as_str()),
        ("EPROSPERA_TOKEN_FILE", file.as_str()),
    ] {
        let given = [variable];
        let person = world.run_in(&given, &["whoami"]).succeeds().json();
        assert_eq!(person["email"], "amara.okafor@mail.example");
        world.run_in(&given, &["me", "natural-person"]).succeeds();
        let token = world.run_in(&given, &["token"]).succeeds().stdout;
        assert_eq!(token, format!("{access}\n"));
        let status = world.run_in(&given, &["status", "--check"]).succeeds();
        assert!(!status.stdout.contains(&access) && !status.stderr.contains(&access));
        let status = status.json();
        assert_eq!(
            status["credential"],
            serde_json::json!({ "kind": "token", "source": variable.0 })
        );
        assert_eq!(status["check"]["works"], true);
        world.run_in(&given, &["token", "--type", "id"]).exits(5);
    }
    world
        .run_in(&[("EPROSPERA_TOKEN_FILE", "nowhere")], &["whoami"])
        .exits(2);
}

#[test]
fn a_given_token_wins_over_the_session_and_is_never_refreshed() {
    let world = World::signed_in();
    let given = [("EPROSPERA_TOKEN", "at_canary")];
    for command in [&["whoami"][..], &["me", "natural-person"]] {
        let output = world.run_in(&given, command).exits(3);
        let output = output.because("EPROSPERA_TOKEN").hinting("unset it");
        assert_eq!(output.error()["http_status"], 401);
        assert!(!output.stderr.contains("canary"));
    }
    world.run_in(&given, &["status", "--check"]).exits(3);
    assert_eq!(world.refreshes(), 0);
    let token = world.run_in(&given, &["token"]).succeeds().stdout;
    assert_eq!(token, "at_canary\n");

    let output = world.run_in(&given, &["refresh"]).succeeds();
    drop(output.says("EPROSPERA_TOKEN is set, but `refresh` uses the stored session"));
    let output = world.run_in(&given, &["logout"]).succeeds();
    drop(output.says("`logout` uses the stored session"));
    assert!(world.record().is_none());
}

#[test]
fn a_refresh_token_begins_a_session_once_and_the_stored_one_wins_afterwards() {
    let Elsewhere { world, refresh, .. } = Elsewhere::seeded();
    let status = world.run(&["status"]).exits(3);
    let status = status.hinting("begins a session with EPROSPERA_REFRESH_TOKEN");
    assert_eq!(status.json()["credential"]["kind"], "refresh_token");
    assert_eq!(status.json()["credential"]["used"], false);

    let first = world.run(&["whoami"]).succeeds();
    let first = first.says("starting a session with EPROSPERA_REFRESH_TOKEN");
    assert!(!first.stderr.contains(&refresh));
    assert_ne!(world.refresh_token(), refresh);
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(
        status["credential"],
        serde_json::json!({ "kind": "session", "source": "plain-file" })
    );
    assert_eq!(
        status["session"]["account"]["email"],
        "amara.okafor@mail.example"
    );
    let again = world.run(&["token", "-v"]).succeeds();
    let again = again.says("newer than EPROSPERA_REFRESH_TOKEN");
    assert!(!again.stderr.contains(&refresh));
    world.run(&["me", "natural-person"]).succeeds();
    assert_eq!(world.refreshes(), 1);

    // Not even after a logout is it tried again.
    world.run(&["logout"]).succeeds();
    let output = world.run(&["token"]).exits(3);
    drop(
        output
            .because("already been used")
            .hinting("eprospera login"),
    );
    assert_eq!(
        world.run(&["status"]).exits(3).json()["credential"]["used"],
        true
    );
    assert_eq!(world.refreshes(), 1);
    for file in std::fs::read_dir(world.path("state/seeds")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains(&refresh));
    }
}

#[test]
fn a_refresh_token_survives_a_network_that_fails_before_its_first_use() {
    let mut elsewhere = Elsewhere::seeded();
    let issuer = elsewhere.world.url().to_owned();
    elsewhere.world.stop_sandbox();
    let output = elsewhere.world.run(&["token"]).exits(11);
    drop(output.hinting("the session is kept"));
    assert_eq!(elsewhere.world.refresh_token(), elsewhere.refresh);
    assert_eq!(elsewhere.world.url(), issuer);
}

#[test]
fn a_blank_refresh_token_begins_nothing() {
    let mut world = World::new();
    world.set("EPROSPERA_REFRESH_TOKEN", " \n");
    drop(world.run(&["whoami"]).exits(3).because("not signed in"));
    assert!(world.nothing_is_stored());
}

#[test]
fn a_refresh_token_that_is_refused_is_not_tried_again() {
    let mut world = World::new();
    world.set("EPROSPERA_REFRESH_TOKEN", "rt_unknown");
    world.run(&["token"]).exits(3).because("invalid_grant");
    world.run(&["token"]).exits(3).because("already been used");
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn many_processes_that_share_a_refresh_token_rotate_it_once() {
    let Elsewhere { world, .. } = Elsewhere::seeded();
    let running: Vec<_> = (0..8)
        .map(|_| world.spawn(world.command(&["token"])))
        .collect();
    let mut tokens: Vec<_> = running
        .into_iter()
        .map(|process| process.end().succeeds().stdout)
        .collect();
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn the_same_refresh_token_does_not_begin_a_second_profile() {
    let Elsewhere { world, .. } = Elsewhere::seeded();
    world.run(&["token", "--profile", "one"]).succeeds();
    let output = world.run(&["token", "--profile", "two"]).exits(3);
    drop(output.because("already been used"));
    world.run(&["refresh", "--profile", "one"]).succeeds();
}

#[test]
fn two_providers_and_two_users_never_mix_their_tokens() {
    let persona = |name: &str| {
        let world = World::with(|options| options.auto_approve = Some(name.to_owned()));
        world.login().succeeds();
        world
    };
    let (one, two) = (persona("resident"), persona("former"));
    // One machine: the first user's folders, the second provider.
    let two_url = two.url().to_owned();
    let on_two = [("EPROSPERA_ISSUER", two_url.as_str())];
    one.run_in(&on_two, &["token"]).exits(3);
    let uris = two.redirect_uris.join(" ");
    let mut command = one.command(&["login", "--no-browser", "--profile", "second"]);
    command
        .env("EPROSPERA_ISSUER", two.url())
        .env("EPROSPERA_REDIRECT_URI", &uris);
    let login = crate::sign_in::Login::of(one.spawn(command), two.url());
    login.complete().succeeds();
    let token = |variables: &[(&str, &str)], profile: &str| {
        let arguments = ["token", "--profile", profile];
        one.run_in(variables, &arguments).succeeds().stdout
    };
    let first = token(&[], "default");
    let second = token(&on_two, "second");
    assert_ne!(first, second);
    one.run_in(&on_two, &["refresh", "--profile", "second"])
        .succeeds();
    assert_eq!(token(&[], "default"), first);
    assert_eq!(one.refreshes(), 0, "the first provider saw nothing of it");
    one.run_in(&[], &["token", "--profile", "second"]).exits(3);
    let email = |variables: &[(&str, &str)], profile: &str| {
        one.run_in(variables, &["whoami", "--profile", profile])
            .succeeds()
            .json()["email"]
            .clone()
    };
    assert_eq!(email(&[], "default"), "amara.okafor@mail.example");
    assert_eq!(email(&on_two, "second"), "j.brandvold@mail.example");
}

#[test]
fn a_given_token_with_a_line_break_is_called_what_it_is() {
    let world = World::new();
    for bad in ["two\nlines", "a space", "caf\u{e9}"] {
        world
            .run_in(&[("EPROSPERA_TOKEN", bad)], &["whoami"])
            .exits(2)
            .because("EPROSPERA_TOKEN contains characters that are not allowed in a token")
            .hinting("the token alone");
    }
}

#[test]
fn an_agent_key_is_its_owner_and_is_checked_where_it_is_taken() {
    let mut world = World::new();
    world.unset("EPROSPERA_CLIENT_ID");
    let good = [("EPROSPERA_TOKEN", "ak-sandbox-resident")];
    let person = world.run_in(&good, &["me", "natural-person"]).succeeds();
    for command in [&["whoami"][..], &["auth", "whoami"], &["me", "profile"]] {
        assert_eq!(
            world.run_in(&good, command).succeeds().stdout,
            person.stdout
        );
    }
    let check = |given: &str, code| {
        let given = [("EPROSPERA_TOKEN", given)];
        let status = world.run_in(&given, &["status", "--check"]).exits(code);
        status.json()["check"].clone()
    };
    assert_eq!(check("ak-sandbox-resident", 0)["works"], true);
    assert_eq!(check("ak-sandbox-resident+documents", 0)["works"], true);
    assert_eq!(check("ak-unknown", 3)["works"], false);
    for unasked in ["sk-canary", "pk-canary", "rt_canary"] {
        let asked = world.sandbox().request_log().len();
        let said = check(unasked, 0);
        assert!(said["works"].is_null(), "{said}");
        assert!(said["message"].as_str().unwrap().contains("was not asked"));
        assert_eq!(world.sandbox().request_log().len(), asked);
    }
    assert!(world.events("userinfo").is_empty());
}
