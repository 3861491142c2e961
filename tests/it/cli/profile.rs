//! `profile`: named profiles in `config.toml`, and the client secret in the store.

use std::process::ExitStatus;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::world::World;

fn config(world: &World) -> String {
    std::fs::read_to_string(world.path("config/config.toml")).unwrap_or_default()
}

fn names(world: &World) -> Vec<(String, bool)> {
    let list = world.run(&["profile", "list"]).succeeds().json();
    let row = |row: &Value| {
        (
            row["name"].as_str().unwrap().to_owned(),
            row["current"] == true,
        )
    };
    list.as_array().unwrap().iter().map(row).collect()
}

#[test]
fn built_in_profiles_are_listed_without_a_configuration_file() {
    let mut world = World::new();
    world.unset_settings();
    let list = world.run(&["profile", "list"]).succeeds().json();
    let find = |name: &str| {
        let rows = list.as_array().unwrap().iter();
        rows.clone()
            .find(|row| row["name"] == name)
            .cloned()
            .unwrap()
    };
    assert_eq!(find("default")["current"], true);
    assert_eq!(find("default")["issuer"], "https://portal.eprospera.com");
    assert_eq!(find("sandbox")["client_id"], "sandbox-cli");
    assert_eq!(find("sandbox")["issuer"], "http://127.0.0.1:8787");
    assert_eq!(
        find("staging")["issuer"],
        "https://staging-portal.eprospera.com"
    );
    assert!(!world.path("config/config.toml").exists());
}

#[test]
fn what_is_set_is_shown_used_and_unset() {
    let mut world = World::new();
    let (url, uris) = (world.url().to_owned(), world.redirect_uris.clone());
    world.unset_settings();
    for (key, value) in [
        ("issuer", url.as_str()),
        ("client_id", "it"),
        ("store", "plain-file"),
        ("scopes", "openid email"),
    ] {
        world.run(&["profile", "set", key, value]).succeeds();
    }
    let uris: Vec<&str> = uris.iter().map(String::as_str).collect();
    world
        .run(&[&["profile", "set", "redirect_uris"], &uris[..]].concat())
        .succeeds();
    let shown = world.run(&["profile", "show"]).succeeds().json();
    assert_eq!(shown["issuer"], url);
    assert_eq!(shown["redirect_uris"], json!(uris));
    world.login().succeeds();
    assert_eq!(world.record().unwrap().scopes, "openid email");
    world
        .run(&["profile", "unset", "scopes"])
        .succeeds()
        .says("scopes removed");
    world
        .run(&["profile", "unset", "scopes"])
        .succeeds()
        .says("scopes was not set");
    assert_eq!(
        world.run(&["profile", "show"]).succeeds().json()["scopes"],
        json!(null)
    );
}

#[test]
fn what_cannot_be_used_is_refused_and_the_file_is_left_alone() {
    let world = World::new();
    world
        .run(&["profile", "set", "client_id", "mine"])
        .succeeds();
    let before = config(&world);
    for arguments in [
        &["set", "issuer", "http://portal.example"][..],
        &["set", "store", "cupboard"],
        &["set", "redirect_uris", "ftp://x"],
        &["set", "token_auth", "tattoo"],
        &["set", "provider", "nobody"],
        &["set", "colour", "red"],
        &["set", "client_id"],
        &["set", "client_id", "one", "two"],
        &["unset", "colour"],
        &["use", "nobody"],
        &["remove", "nobody"],
        &["remove", "sandbox"],
        &["show", "nobody"],
    ] {
        world
            .run(&[&["--profile", "default", "profile"], arguments].concat())
            .exits(2);
        assert_eq!(config(&world), before, "{arguments:?}");
    }
    world
        .run(&["--profile", "../up", "profile", "set", "client_id", "x"])
        .exits(2);
}

#[test]
fn comments_and_order_of_the_file_are_kept() {
    let world = World::new();
    let text = "# mine\n\n[profiles.work]   # of the office\nclient_id = \"old\" # from the mail\nissuer = \"https://portal.eprospera.com\"\n";
    world.write("config/config.toml", text);
    world
        .run(&["--profile", "work", "profile", "set", "client_id", "new"])
        .succeeds();
    world
        .run(&["--profile", "home", "profile", "set", "scopes", "openid"])
        .succeeds();
    let after = config(&world);
    for kept in ["# mine", "# of the office", "client_id = \"new\""] {
        assert!(after.contains(kept), "{kept}: {after}");
    }
    assert!(
        after.find("client_id") < after.find("issuer") && after.contains("[profiles.home]"),
        "{after}"
    );
}

#[test]
fn profiles_that_are_edited_at_the_same_time_all_keep_their_edits() {
    let world = World::new();
    let profiles: Vec<_> = (0..12).map(|index| format!("team-{index}")).collect();
    let edit = |name| world.command(&["--profile", name, "profile", "set", "client_id", name]);
    let statuses = world.block_on(async {
        let mut running = JoinSet::new();
        for name in &profiles {
            let mut child = edit(name).spawn().unwrap();
            running.spawn(async move { child.wait().await.unwrap() });
        }
        running.join_all().await
    });
    assert!(statuses.iter().all(ExitStatus::success), "{statuses:?}");
    for name in &profiles {
        let shown = world.run(&["profile", "show", name]).succeeds().json();
        assert_eq!(shown["client_id"], json!(name), "{}", config(&world));
    }
}

#[test]
fn a_profile_becomes_the_default_and_goes_again() {
    let world = World::new();
    world
        .run(&[
            "--profile",
            "work",
            "profile",
            "set",
            "client_id",
            "work-id",
        ])
        .succeeds();
    world.run(&["profile", "use", "work"]).succeeds();
    assert!(names(&world).contains(&("work".to_owned(), true)));
    let status = world
        .run_in(&[("EPROSPERA_CLIENT_ID", "")], &["status"])
        .exits(3)
        .json();
    assert_eq!(
        status["profile"],
        json!({"value": "work", "source": "profile"})
    );
    assert_eq!(status["client_id"]["value"], "work-id");
    let status = world
        .run_in(&[("EPROSPERA_PROFILE", "other")], &["status"])
        .exits(3)
        .json();
    assert_eq!(
        status["profile"],
        json!({"value": "other", "source": "EPROSPERA_PROFILE"})
    );
    world.run(&["profile", "remove", "work"]).succeeds();
    assert!(names(&world).contains(&("default".to_owned(), true)));
}

#[test]
fn a_corrupt_file_is_named_with_its_line_and_kept() {
    let world = World::signed_in();
    for (text, words) in [
        ("[profiles.work]\nclient_id = \n", "line 2"),
        ("profiles = 3\n", "profiles"),
        ("[profiles]\nwork = 3\n", "work"),
        ("[profiles.work]\nclient_id = 3\n", "client_id"),
        ("\u{0}", "config.toml"),
    ] {
        let path = world.write("config/config.toml", text);
        for command in [
            &["status"][..],
            &["token"],
            &["profile", "list"],
            &["profile", "set", "client_id", "x"],
        ] {
            let output = world
                .run(command)
                .exits(2)
                .because(&path.display().to_string());
            output.because(words).hinting("nothing was changed");
            assert_eq!(config(&world), text);
        }
    }
    std::fs::remove_file(world.path("config/config.toml")).unwrap();
    world.run(&["token"]).succeeds();
}

#[test]
fn the_client_secret_is_read_from_stdin_kept_in_the_store_and_used() {
    let mut world = World::new();
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world
        .login()
        .exits(3)
        .because("invalid_client")
        .hinting("profile set client-secret");
    let output = world
        .run_with_stdin(&["profile", "set", "client-secret"], "canary secret/+%\n")
        .succeeds();
    assert!(!format!("{output:?}").contains("canary"));
    world.login().succeeds();
    world.run(&["refresh"]).succeeds();
    assert!(!config(&world).contains("canary"));
    world
        .run(&["profile", "unset", "client-secret"])
        .succeeds()
        .says("deleted");
    world
        .run(&["profile", "unset", "client-secret"])
        .succeeds()
        .says("there was no client secret");
    world
        .run(&["refresh"])
        .exits(3)
        .because("refused the client");
}

#[test]
fn the_client_secret_belongs_to_one_issuer_and_client() {
    let mut world = World::new();
    let set = ["profile", "set", "client-secret", "--client-id", "another"];
    world.run_with_stdin(&set, "canary secret/+%").succeeds();
    let set = [
        "profile",
        "set",
        "client-secret",
        "--client-id",
        "it-web",
        "--issuer",
        "http://127.0.0.1:9",
    ];
    world.run_with_stdin(&set, "canary secret/+%").succeeds();
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.login().exits(3).because("invalid_client");
}

#[test]
fn a_client_secret_is_never_an_argument_nor_empty() {
    let world = World::new();
    let output = world
        .run(&["profile", "set", "client-secret", "canary"])
        .exits(2);
    assert!(!output.stderr.contains("canary"));
    output.hinting("other users can read arguments");
    world
        .run_with_stdin(&["profile", "set", "client-secret"], "\n")
        .exits(2)
        .because("empty");
}

#[test]
fn the_variable_comes_before_the_stored_secret() {
    let mut world = World::new();
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world
        .run_with_stdin(&["profile", "set", "client-secret"], "wrong")
        .succeeds();
    world.login().exits(3);
    world.set("EPROSPERA_CLIENT_SECRET", "canary secret/+%");
    world.login().succeeds();
}

#[test]
fn the_sandbox_profile_accepts_loopback_issuers_only() {
    let world = World::new();
    let flags = [
        "--profile",
        "sandbox",
        "--issuer",
        "https://portal.eprospera.com",
    ];
    for command in ["login", "status", "token"] {
        let output = world.run(&[&[command], &flags[..]].concat()).exits(2);
        output.because("only loopback issuers");
    }
}
