//! What `status` and `logout --all` answer when something fails, and a sandbox that is not running.

use serde_json::{Value, json};

use crate::world::World;

fn ended(world: &World, code: i32) -> Vec<Value> {
    let answer = world.run(&["logout", "--all"]).exits(code).json();
    answer.as_array().unwrap().clone()
}

#[test]
fn signing_out_everywhere_answers_with_a_list_whatever_there_is() {
    let mut world = World::new();
    assert_eq!(ended(&world, 0), [] as [Value; 0]);
    world.login().succeeds();
    let one = ended(&world, 0);
    assert_eq!((one.len(), &one[0]["deleted"]), (1, &json!(true)));
    world.login().succeeds();
    world.login_with(&["--profile", "work"]).succeeds();
    assert_eq!(ended(&world, 0).len(), 2);
    world.encrypt();
    world.login().succeeds();
    world.unset("EPROSPERA_STORE_KEY");
    let failed = ended(&world, 13);
    assert_eq!(failed[0]["deleted"], false);
    let discarded = world
        .run(&["logout", "--all", "--discard-unreadable"])
        .succeeds();
    assert_eq!(discarded.json()[0]["deleted"], true);
    world.unset("EPROSPERA_CLIENT_ID");
    assert_eq!(ended(&world, 0), [] as [Value; 0]);
}

#[test]
fn signing_out_everywhere_answers_with_a_list_although_no_login_can_be_listed() {
    let world = World::signed_in();
    std::fs::remove_dir_all(world.path("state/logins")).unwrap();
    world.write("state/logins", "in the way");
    let answer = world.run(&["logout", "--all"]).exits(13);
    let list = answer.json();
    assert_eq!(list[0]["deleted"], true, "{answer:#?}");
    assert!(world.record().is_none());
}

#[test]
fn status_says_what_is_in_use_although_the_store_fails() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    world.unset("EPROSPERA_STORE_KEY");
    let output = world.run(&["status"]).exits(13);
    let status = output.json();
    assert_eq!(
        status["profile"],
        json!({"value": "default", "source": "default"})
    );
    assert_eq!(status["issuer"]["value"], world.url());
    assert_eq!(
        status["client_id"],
        json!({"value": "it", "source": "EPROSPERA_CLIENT_ID"})
    );
    assert_eq!(status["store"]["value"], "encrypted-file");
    let problem = status["store"]["problem"].as_str().unwrap();
    assert!(problem.contains("needs a key"), "{problem}");
    assert_eq!(status["session"], Value::Null);
    drop(output.because("needs a key").hinting("EPROSPERA_STORE_KEY"));
    let table = world.run(&["status", "--output", "table"]).exits(13);
    for words in [
        "it is unknown whether you are signed in",
        "encrypted-file: the encrypted store needs a key",
        world.url(),
    ] {
        assert!(table.stdout.contains(words), "{words}: {}", table.stdout);
    }
}

#[test]
fn status_says_the_same_of_a_store_that_is_damaged_or_not_there() {
    let world = World::signed_in();
    crate::world::write(&world.session_file(), b"{");
    let status = world.run(&["status"]).exits(13).json();
    assert_eq!(status["client_id"]["value"], "it");
    let bus = [
        ("EPROSPERA_STORE", "keyring"),
        ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"),
    ];
    // Windows always has its keyring.
    if cfg!(unix) {
        let status = world.run_in(&bus, &["status"]).exits(13).json();
        assert_eq!(status["store"]["source"], "EPROSPERA_STORE");
        assert!(status["store"]["problem"].is_string(), "{status}");
    }
    world.write("state/logins/default.json", "{");
    let status = world.run(&["status"]).exits(13).json();
    assert!(
        status["store"]["problem"]
            .as_str()
            .unwrap()
            .contains("default.json"),
        "{status}"
    );
    // With a credential of its own the run needs no store.
    let given = [("EPROSPERA_TOKEN", "ak-sandbox-resident"), bus[0], bus[1]];
    world.run(&["logout", "--all"]).exits(13);
    std::fs::remove_file(world.path("state/logins/default.json")).unwrap();
    world.run_in(&given, &["status"]).succeeds();
}

#[test]
fn status_says_what_is_in_use_although_the_provider_cannot_be_asked() {
    let mut world = World::signed_in();
    world.stop_sandbox();
    let output = world.run(&["status", "--check"]).exits(11);
    let status = output.json();
    assert_eq!(status["check"]["works"], Value::Null);
    assert_eq!(status["credential"]["kind"], "session");
    drop(output.because("cannot reach"));
}

#[test]
fn a_sandbox_that_is_not_running_is_to_be_started() {
    let mut world = World::signed_in();
    let port = world.url().rsplit_once(':').unwrap().1.to_owned();
    world.stop_sandbox();
    let start = format!("`eprospera sandbox --port {port}`");
    world.expire_access_token();
    for command in [
        &["login", "--no-browser"][..],
        &["login", "--device"],
        &["token"],
        &["refresh"],
        &["whoami"],
        &["me", "residency"],
        &["api", "/api/v1/me/natural-person"],
    ] {
        let output = world.run(command).exits(11);
        let output = output.hinting("if that is the sandbox, start it in another terminal");
        let output = output.hinting(&start);
        assert!(!output.stderr.contains("proxy"), "{output:#?}");
    }
    let issuer = world.url().to_owned();
    world.unset_settings();
    for profile in ["sandbox", "sandbox-prosper"] {
        let flags = [
            "--profile",
            profile,
            "--issuer",
            &issuer,
            "--store",
            "plain-file",
            "login",
            "--no-browser",
        ];
        let output = world.start(world.command(&flags)).complete().exits(11);
        let output = output
            .hinting("the sandbox is not running: start it in another terminal")
            .hinting(&start);
        assert!(!output.stderr.contains("proxy"), "{output:#?}");
    }
}
