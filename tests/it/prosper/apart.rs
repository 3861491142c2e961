//! Two providers in one program, which must never meet.

use serde_json::{Value, json};

use crate::prosper::{EMAIL, SECRET, prosper, set_provider};
use crate::run::Run;
use crate::world::{PRINT_VARIABLES, SHELL, World};

/// The files of the session and of what is remembered, as they are now.
fn kept(world: &World) -> (Vec<u8>, Vec<u8>) {
    let read = |path| std::fs::read(path).unwrap();
    (
        read(world.session_file()),
        read(world.path("state/logins/default.json")),
    )
}

#[test]
fn a_session_is_never_used_with_another_provider_and_nothing_of_it_is_lost() {
    let mut world = World::new();
    world.client_id = "it-web";
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", SECRET);
    world.login().succeeds();
    let before = kept(&world);
    let asked = world.sandbox().request_log().len();

    set_provider(&world, "prosper");
    let refused = |run: Run| {
        let output = run
            .exits(3)
            .because("from provider eprospera, but prosper is in use");
        output.hinting("run `eprospera profile set provider eprospera`")
    };
    for command in [
        &["token"][..],
        &["whoami"],
        &["exec", "--", "true"],
        &["refresh"],
        &["session", "export", "x.sealed"],
        &["status"],
        &["login", "--no-browser"],
    ] {
        let output = refused(world.run(command));
        assert!(!output.stderr.contains("http://"), "no URL: {output:#?}");
    }
    assert_eq!(
        world.sandbox().request_log().len(),
        asked,
        "nothing was sent"
    );
    assert_eq!(kept(&world), before);

    set_provider(&world, "eprospera");
    world.run(&["whoami"]).succeeds();
    world.run(&["refresh"]).succeeds();

    set_provider(&world, "prosper");
    let output = world.login_with(&["--replace"]).succeeds();
    drop(output.says("is from provider eprospera, and was not revoked there"));
    assert_eq!(world.record().unwrap().provider, "prosper");
    assert!(
        world.events("revoke").is_empty(),
        "nobody else's token was sent anywhere"
    );
    set_provider(&world, "eprospera");
    let output = world.run(&["whoami"]).exits(3);
    drop(output.because("from provider prosper, but eprospera is in use"));
    let crossed = world.sandbox().request_log();
    let crossed = crossed
        .iter()
        .any(|event| event.outcome.contains("sent to Prosper"));
    assert!(!crossed);
}

#[test]
fn a_profile_and_an_issuer_of_two_providers_are_refused_before_anything_is_sent() {
    let world = prosper();
    let portal = [("EPROSPERA_ISSUER", "https://portal.eprospera.com")];
    for command in [
        &["login"][..],
        &["token"],
        &["whoami"],
        &["status"],
        &["logout"],
    ] {
        let output = world.run_in(&portal, command).exits(2);
        let output = output.because("(from EPROSPERA_ISSUER) is an issuer of e-Próspera");
        drop(output.hinting("--profile"));
    }
    let flags = [
        "--profile",
        "work",
        "--issuer",
        "https://admin-prod.prosperex.com.au",
        "login",
    ];
    let output = world.run(&flags).exits(2);
    let output = output.because("(from --issuer) is an issuer of Login with Prosper");
    drop(output.hinting("profile set provider prosper"));
    let bad = ["profile", "set", "issuer", "https://portal.eprospera.com"];
    world.run(&bad).exits(2);
    world
        .run(&["profile", "set", "provider", "google"])
        .exits(2)
        .because("use eprospera or prosper");
}

#[test]
fn a_credential_of_the_other_provider_is_recognised_and_goes_nowhere() {
    let portal = World::signed_in();
    let (access, refresh) = (portal.access_token(), portal.refresh_token());
    let world = prosper();
    for token in [access.as_str(), "ak-1", "sk-1", "pk-1", &refresh] {
        let given = [("EPROSPERA_TOKEN", token)];
        for command in [
            &["whoami"][..],
            &["token"],
            &["exec", "--", "true"],
            &["status"],
        ] {
            let output = world.run_in(&given, command).exits(2);
            let output = output.because("EPROSPERA_TOKEN holds a credential for e-Próspera");
            assert!(!output.stderr.contains(token), "{output:#?}");
        }
    }
    // A refresh token is somebody else's as well: it begins no session, and is not used up.
    let seed = [("EPROSPERA_REFRESH_TOKEN", refresh.as_str())];
    world
        .run_in(&seed, &["token"])
        .exits(3)
        .because("not signed in");
    let status = world.run_in(&seed, &["status"]).exits(3).json();
    assert_eq!(status["credential"], Value::Null);
    assert!(world.sandbox().request_log().is_empty());
    std::fs::remove_dir_all(portal.path("state")).unwrap();
    portal.run_in(&seed, &["whoami"]).succeeds();
}

#[test]
fn both_providers_live_side_by_side_on_one_sandbox() {
    let mut world = World::with(|options| {
        let uris = options.clients[0].redirect_uris.clone();
        for client in eprospera_sandbox::Client::built_in() {
            let redirect_uris = uris.clone();
            options.clients.push(eprospera_sandbox::Client {
                redirect_uris,
                ..client
            });
        }
    });
    // The built-in profiles bring client and secret.
    world.unset("EPROSPERA_CLIENT_ID");
    let login = |profile: &str| {
        let command = world.command(&["--profile", profile, "login", "--no-browser"]);
        world.start(command).complete().succeeds()
    };
    login("sandbox");
    login("sandbox-prosper");
    let run =
        |profile: &str, command: &[&str]| world.run(&[&["--profile", profile], command].concat());
    let portals = run("sandbox", &["whoami"]).succeeds().json();
    let prospers = run("sandbox-prosper", &["whoami"]).succeeds().json();
    assert_eq!(portals["email"], EMAIL);
    assert_eq!(prospers["email"], EMAIL);
    assert!(portals["sub"].is_string() && prospers["uid"].is_string());
    run("sandbox", &["refresh"]).succeeds();
    run("sandbox", &["me", "natural-person"]).succeeds();
    run("sandbox-prosper", &["refresh"]).exits(3);
    let tokens = [
        run("sandbox", &["token"]),
        run("sandbox-prosper", &["token"]),
    ];
    let [portals, prospers] = tokens.map(|run| run.succeeds().stdout);
    assert_ne!(portals, prospers);
    let out = world.run(&["logout", "--all"]).succeeds().json();
    assert_eq!(out[0]["profile"], "sandbox");
    assert_eq!(out[0]["revoked"], true);
    assert_eq!(out[1]["profile"], "sandbox-prosper");
    assert_eq!(out[1]["revoked"], Value::Null);
    let crossed = world.sandbox().request_log();
    let crossed = crossed
        .iter()
        .any(|event| event.outcome.contains("sent to Prosper"));
    assert!(!crossed);
}

#[test]
fn the_sandboxs_secret_is_for_loopback_issuers_and_its_own_client() {
    let mut world = World::new();
    world.unset("EPROSPERA_CLIENT_ID");
    let profile = ["--profile", "sandbox-prosper", "login", "--no-browser"];
    let elsewhere = [&profile[..], &["--issuer", "https://id.example"]].concat();
    world
        .run(&elsewhere)
        .exits(2)
        .because("only loopback issuers");
    let client = [&profile[..], &["--client-id", "it-web"]].concat();
    world
        .run(&client)
        .exits(2)
        .because("client it-web has no secret");
    let listed = world.run(&["profile", "list"]).succeeds().json();
    let names: Vec<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["name"].clone())
        .collect();
    for name in ["prosper", "sandbox-prosper", "sandbox", "staging"] {
        assert!(names.contains(&json!(name)), "{names:?}");
    }
    let shown = world.run(&["profile", "show", "prosper"]).succeeds().json();
    assert_eq!(shown["provider"], "prosper");
    assert_eq!(shown["issuer"], "https://admin-prod.prosperex.com.au");
    let shown = world
        .run(&["profile", "show", "sandbox-prosper"])
        .succeeds();
    assert!(!shown.stdout.contains("sandbox-secret"));
    world
        .run(&["profile", "remove", "prosper"])
        .exits(2)
        .because("built in");
}

#[test]
fn without_a_client_id_it_says_where_to_get_one() {
    let mut world = World::new();
    world.unset_settings();
    let output = world.run(&["--profile", "prosper", "login"]).exits(2);
    let output = output.because("https://admin-prod.prosperex.com.au");
    drop(output.hinting("support@prosperex.com.au"));
}

#[test]
fn the_provider_of_a_profile_can_be_changed_step_by_step() {
    let mut world = World::new();
    world.unset_settings();
    let set = |key: &str, value: &str| world.run(&["profile", "set", key, value]);
    set("issuer", "https://portal.eprospera.com").succeeds();
    let output = set("provider", "prosper").exits(2);
    drop(output.hinting("first run `eprospera profile unset issuer`"));
    world.run(&["profile", "unset", "issuer"]).succeeds();
    set("provider", "prosper").succeeds();
    set("issuer", "https://admin-prod.prosperex.com.au").succeeds();
    let status = world.run(&["status"]).exits(3).json();
    assert_eq!(status["provider"]["value"], "prosper");
    assert_eq!(status["scopes"]["value"], "user:email");
}

#[test]
fn a_logout_with_the_wrong_provider_deletes_and_says_what_it_could_not_do() {
    let mut world = World::new();
    world.client_id = "it-web";
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", SECRET);
    world.login().succeeds();
    let asked = world.sandbox().request_log().len();
    set_provider(&world, "prosper");
    let output = world.run(&["logout"]).succeeds();
    let output = output.says("did not revoke the tokens");
    let output = output.says("they are from provider eprospera");
    let facts = json!({ "profile": "default", "deleted": true, "revoked": false });
    assert_eq!(output.json(), facts);
    assert!(world.record().is_none());
    assert_eq!(world.sandbox().request_log().len(), asked);
}

#[test]
fn a_logout_of_all_ends_each_session_with_the_provider_that_gave_it() {
    let mut world = World::with(|options| {
        let uris = options.clients[0].redirect_uris.clone();
        let second = eprospera_sandbox::Client::new("second", Some(SECRET), uris);
        options.clients.push(second);
    });
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", SECRET);
    world.login().succeeds();
    set_provider(&world, "prosper");
    world.login_with(&["--client-id", "second"]).succeeds();
    let out = world.run(&["logout", "--all"]).succeeds().json();
    let revoked: Vec<_> = out
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["revoked"])
        .collect();
    assert_eq!(revoked, [&json!(true), &Value::Null], "{out}");
    assert!(out[1]["access_token_ends_at"].is_string());
    assert_eq!(world.events("revoke").len(), 2, "refresh and access token");
    let left = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let is_record = |name: &std::ffi::OsString| name.to_string_lossy().ends_with(".json");
    assert_eq!(
        left.map(|entry| entry.unwrap().file_name())
            .filter(is_record)
            .count(),
        0
    );
}

#[test]
fn a_token_of_exec_stays_with_its_profile_and_issuer() {
    let mut world = World::new();
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", SECRET);
    let profile = ["--profile", "sandbox-prosper"];
    let with = |command: &[&'static str]| [&profile[..], command].concat();
    let login = world.command(&with(&["login", "--no-browser"]));
    world.start(login).complete().succeeds();
    // From here on only the last login of the profile tells the issuer.
    world.unset("EPROSPERA_ISSUER");
    let inner = ["exec", "--", crate::world::program(), "whoami"];
    let output = world.run(&with(&inner)).succeeds();
    assert_eq!(output.json()["email"], EMAIL);
    let print = ["exec", "--", SHELL[0], SHELL[1], PRINT_VARIABLES];
    let output = world.run(&with(&print)).succeeds();
    let issuer = format!("EPROSPERA_ISSUER={}", world.sandbox().url());
    for expected in ["EPROSPERA_PROFILE=sandbox-prosper", &issuer] {
        let mut lines = output.stdout.lines();
        assert!(lines.any(|line| line == expected), "{}", output.stdout);
    }
}
