//! `session export`, `import` and `rekey`, and `login --with-token`: a session changes its place,
//! and never has two.

use crate::world::World;

const KEY: &str = "1111111111111111111111111111111111111111111111111111111111111111";

/// One person, one provider, and two machines.
struct Machines {
    world: World,
}

impl Machines {
    fn new() -> Self {
        let mut world = World::new();
        world.set("EPROSPERA_STORE_KEY", KEY);
        world.login().succeeds();
        Self { world }
    }

    /// Runs on the second machine.
    fn second(&self, arguments: &[&str]) -> crate::run::Run {
        let state = self.world.path("second/state").display().to_string();
        let cache = self.world.path("second/cache").display().to_string();
        let folders = [
            ("EPROSPERA_STATE_DIR", state.as_str()),
            ("EPROSPERA_CACHE_DIR", cache.as_str()),
        ];
        self.world.run_in(&folders, arguments)
    }
}

#[test]
fn a_session_moves_to_another_machine_and_is_retired_here() {
    let machines = Machines::new();
    let world = &machines.world;
    let (access, refresh) = (world.access_token(), world.refresh_token());
    let output = world.run(&["session", "export", "moved.sealed"]).succeeds();
    assert_eq!(output.json()["retired"], true);
    let text = std::fs::read_to_string(world.path("moved.sealed")).unwrap();
    for secret in [&access, &refresh] {
        assert!(!text.contains(secret) && !output.stdout.contains(secret));
    }
    assert!(text.contains("\"generation\":1") && text.contains("\"client_id\":\"it\""));
    assert!(world.record().is_none());
    world.run(&["token"]).exits(3);

    let output = machines
        .second(&["session", "import", "moved.sealed"])
        .succeeds();
    assert_eq!(
        output.json()["account"]["email"],
        "amara.okafor@mail.example"
    );
    assert!(!output.stdout.contains(&refresh) && !output.stderr.contains(&refresh));
    assert_eq!(machines.second(&["token"]).succeeds().stdout.trim(), access);
    machines.second(&["refresh"]).succeeds();
    machines.second(&["whoami"]).succeeds();
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn an_export_is_private_to_its_owner() {
    let machines = Machines::new();
    let world = &machines.world;
    world.run(&["session", "export", "moved.sealed"]).succeeds();
    assert!(crate::world::is_private(&world.path("moved.sealed")));
}

#[test]
fn a_session_travels_through_a_pipe() {
    let machines = Machines::new();
    let export = machines.world.run(&["session", "export"]).succeeds().stdout;
    assert!(machines.world.record().is_none());
    let back = machines
        .world
        .run_with_stdin(&["session", "import", "-"], &export);
    back.succeeds();
    machines.world.run(&["refresh"]).succeeds();
}

/// macOS has no file that takes nothing.
#[test]
#[cfg(any(target_os = "linux", windows))]
fn an_export_that_cannot_be_written_leaves_the_session_where_it_is() {
    let machines = Machines::new();
    let world = &machines.world;
    let output = world.run(&["session", "export", "no/such/folder/file"]);
    let output = output.exits(13);
    // Each system has its words, and Windows a number of its own for a folder that is not there.
    let output = output.because(if cfg!(windows) {
        "(os error 3)"
    } else {
        "No such file"
    });
    assert_eq!(output.stderr.matches("os error").count(), 1, "{output:#?}");
    let mut command = world.command(&["session", "export"]);
    command.stdout(crate::run::unwritable());
    let output = world.finish(command).exits(1);
    drop(output.because("not written").hinting("still here"));
    world.run(&["refresh"]).succeeds();
}

#[test]
fn an_export_into_nothing_or_over_another_session_leaves_the_session_where_it_is() {
    let machines = Machines::new();
    let world = &machines.world;
    let mut command = world.command(&["session", "export"]);
    command.stdout(std::process::Stdio::null());
    let output = world.finish(command).exits(2).because("discarded");
    drop(output.hinting("still here"));
    std::fs::create_dir(world.path("folder")).unwrap();
    let output = world.run(&["session", "export", "folder"]).exits(2);
    drop(
        output
            .because("is not a regular file")
            .hinting("still here"),
    );

    let work = &["--profile", "work"];
    world.login_with(work).succeeds();
    let export = ["session", "export", "moved.sealed"];
    world.run(&[work, &export[..]].concat()).succeeds();
    let output = world.run(&export).exits(6).because("another session");
    drop(output.hinting("still here"));
    world.run(&["refresh"]).succeeds();
    world
        .run(&[work, &["session", "import", "moved.sealed"][..]].concat())
        .succeeds();
}

#[test]
fn an_older_generation_is_not_let_in_beside_the_newer_one_in_another_store() {
    let machines = Machines::new();
    let world = &machines.world;
    world
        .run(&["session", "export", "--copy", "old.sealed"])
        .succeeds();
    world.run(&["refresh"]).succeeds();
    let import = ["session", "import", "old.sealed"];
    let other = [&import[..], &["--store", "encrypted-file"]].concat();
    drop(world.run(&other).exits(6).because("was already here"));
    world.run(&["refresh"]).succeeds();
}

#[test]
fn an_export_that_cannot_be_opened_advises_nobody_to_sign_out() {
    let machines = Machines::new();
    let world = &machines.world;
    world
        .run(&["session", "export", "--copy", "copy.sealed"])
        .succeeds();
    let text = std::fs::read_to_string(world.path("copy.sealed")).unwrap();
    world.write(
        "altered",
        &text.replace("\"generation\":1", "\"generation\":9"),
    );
    let other = [("EPROSPERA_STORE_KEY", "other words")];
    for output in [
        world.run(&["session", "import", "altered"]),
        world.run_in(&other, &["session", "import", "copy.sealed"]),
    ] {
        let output = output.exits(13).hinting("nothing was changed");
        assert!(!output.stderr.contains("logout"), "{output:#?}");
    }
}

#[test]
fn a_copy_warns_and_an_older_generation_is_never_let_in_again() {
    let machines = Machines::new();
    let world = &machines.world;
    let output = world.run(&["session", "export", "--copy", "old.sealed"]);
    let output = output.succeeds().says("ends both");
    assert_eq!(output.json()["retired"], false);
    let equal = world.run(&["session", "import", "old.sealed"]).exits(6);
    drop(equal.because("was already here"));
    world.run(&["refresh"]).succeeds();
    let newest = world.refresh_token();
    for flags in [
        &["session", "import", "old.sealed"][..],
        &["session", "import", "old.sealed", "--replace"],
    ] {
        let output = world.run(flags).exits(6).because("tokens have been used");
        assert_eq!(output.error()["code"], "conflict");
    }
    assert_eq!(world.refresh_token(), newest);

    // Not even into the empty store that a newer export has left.
    world.run(&["session", "export", "new.sealed"]).succeeds();
    world.run(&["session", "import", "old.sealed"]).exits(6);
    world.run(&["session", "import", "new.sealed"]).succeeds();
    world.run(&["refresh"]).succeeds();
    assert_eq!(world.refreshes(), 2);
}

#[test]
fn an_export_of_elsewhere_another_key_and_a_damaged_file_are_refused() {
    let machines = Machines::new();
    let world = &machines.world;
    world.run(&["session", "export", "moved.sealed"]).succeeds();
    for (flag, value) in [
        ("--profile", "other"),
        ("--client-id", "other"),
        ("--issuer", "http://127.0.0.1:1"),
    ] {
        let output = world
            .run(&["session", "import", "moved.sealed", flag, value])
            .exits(6);
        drop(output.because("is for"));
    }
    let other = [("EPROSPERA_STORE_KEY", "another passphrase")];
    world
        .run_in(&other, &["session", "import", "moved.sealed"])
        .exits(13);
    let none = [("EPROSPERA_STORE_KEY", "")];
    let output = world.run_in(&none, &["session", "import", "moved.sealed"]);
    drop(output.exits(13).hinting("EPROSPERA_STORE_KEY"));
    let text = std::fs::read_to_string(world.path("moved.sealed")).unwrap();
    let altered = text.replace("\"generation\":1", "\"generation\":9");
    for bad in [&text[..text.len() / 2], "", "{}", altered.as_str()] {
        world.write("bad.sealed", bad);
        world.run(&["session", "import", "bad.sealed"]).exits(13);
    }
    world.run(&["session", "import", "nowhere"]).exits(2);
    assert!(world.record().is_none());
    world.run(&["session", "import", "moved.sealed"]).succeeds();
}

/// The steps of the workflow in docs/ci.md: a new machine each time, and a file between them.
#[test]
fn a_session_is_carried_from_run_to_run_on_machines_that_are_thrown_away() {
    let machines = Machines::new();
    let world = &machines.world;
    world
        .run(&["session", "export", "session.sealed"])
        .succeeds();
    for run in 1..=3 {
        machines
            .second(&["session", "import", "session.sealed"])
            .succeeds();
        machines.second(&["me", "natural-person"]).succeeds();
        machines.second(&["refresh"]).succeeds();
        machines
            .second(&["session", "export", "session.sealed"])
            .succeeds();
        std::fs::remove_dir_all(world.path("second")).unwrap();
        assert_eq!(world.refreshes(), run);
    }
    world
        .run(&["session", "import", "session.sealed"])
        .succeeds();
    world.run(&["whoami"]).succeeds();
}

#[test]
fn without_a_key_or_a_session_nothing_is_exported() {
    let mut world = World::signed_in();
    let output = world.run(&["session", "export", "x"]).exits(13);
    drop(output.hinting("EPROSPERA_STORE_KEY"));
    assert!(world.record().is_some() && !world.path("x").exists());
    world.set("EPROSPERA_STORE_KEY", KEY);
    world
        .run(&["session", "export", "x", "--profile", "other"])
        .exits(3);
}

#[test]
fn a_session_with_an_unknown_outcome_stays_where_it_is() {
    let machines = Machines::new();
    let world = &machines.world;
    world.fault("token:drop-after-commit*1");
    world.run(&["refresh"]).exits(11);
    let output = world.run(&["session", "export", "x"]).exits(1);
    drop(output.because("the session cannot leave this machine"));
    assert!(world.record().is_some());
}

#[test]
fn another_accounts_session_is_replaced_on_request_only() {
    let mut world = World::with(|options| options.auto_approve = None);
    world.set("EPROSPERA_STORE_KEY", KEY);
    let login = |persona: &str| {
        let mut login = world.start_login(&[]);
        login.decide(persona, "approve").says("You are signed in");
        login.end().succeeds();
    };
    login("resident");
    world
        .run(&["session", "export", "resident.sealed"])
        .succeeds();
    login("former");
    let output = world
        .run(&["session", "import", "resident.sealed"])
        .exits(6);
    drop(output.hinting("--replace"));
    let email = || world.run(&["whoami"]).succeeds().json()["email"].clone();
    assert_eq!(email(), "j.brandvold@mail.example");
    world
        .run(&["session", "import", "resident.sealed", "--replace"])
        .succeeds();
    assert_eq!(email(), "amara.okafor@mail.example");
}

#[test]
fn a_rekey_moves_sessions_and_client_secrets_to_the_new_key() {
    let mut world = World::new();
    world.encrypt();
    world.client_id = "it-web";
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world
        .run_with_stdin(&["profile", "set", "client-secret"], "canary secret/+%")
        .succeeds();
    world.login().succeeds();
    let output = world.run(&["session", "rekey"]).exits(2);
    drop(output.hinting("--generate"));
    let output = world.run(&["session", "rekey", "--generate", "new.key"]);
    assert_eq!(output.succeeds().json()["changed"], 2);
    world
        .run(&["session", "rekey", "--generate", "new.key"])
        .exits(2);

    world.run(&["token"]).exits(13);
    let new = world.path("new.key").display().to_string();
    let with_new = [
        ("EPROSPERA_STORE_KEY", ""),
        ("EPROSPERA_STORE_KEY_FILE", new.as_str()),
    ];
    world.run_in(&with_new, &["refresh"]).succeeds();
    // Once more, as after a run that was cut off: there is nothing left to do.
    let again = [("EPROSPERA_NEW_STORE_KEY_FILE", new.as_str())];
    let output = world.run_in(&again, &["session", "rekey"]).succeeds();
    assert_eq!(output.json()["already"], 2);
    // A passphrase will do, too.
    let to_words = [
        with_new[0],
        with_new[1],
        ("EPROSPERA_NEW_STORE_KEY", "correct horse"),
    ];
    world.run_in(&to_words, &["session", "rekey"]).succeeds();
    world
        .run_in(&[("EPROSPERA_STORE_KEY", "correct horse")], &["refresh"])
        .succeeds();
}

#[test]
fn a_rekey_needs_the_old_key_and_something_to_do() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    let wrong = [
        ("EPROSPERA_STORE_KEY", KEY),
        ("EPROSPERA_NEW_STORE_KEY", "new words"),
    ];
    world.run_in(&wrong, &["session", "rekey"]).exits(13);
    world.run(&["token"]).succeeds();
    let plain = World::signed_in();
    let keys = [
        ("EPROSPERA_STORE_KEY", KEY),
        ("EPROSPERA_NEW_STORE_KEY", "new words"),
    ];
    plain.run_in(&keys, &["session", "rekey"]).exits(5);
}

#[test]
fn a_refresh_token_from_stdin_signs_in_and_is_spent_at_once() {
    let world = World::signed_in();
    let given = world.refresh_token();
    std::fs::remove_dir_all(world.path("state")).unwrap();
    let output = world.run_with_stdin(&["login", "--with-token"], &format!("{given}\n"));
    let output = output.succeeds();
    assert_eq!(
        output.json()["account"]["email"],
        "amara.okafor@mail.example"
    );
    let new = world.refresh_token();
    assert_ne!(new, given);
    for secret in [&given, &new, &world.access_token()] {
        assert!(!output.stdout.contains(secret) && !output.stderr.contains(secret));
    }
    world.run(&["refresh"]).succeeds();
    world.run(&["whoami"]).succeeds();
}

#[test]
fn a_refresh_token_that_is_given_a_second_time_is_not_sent_again() {
    let world = World::signed_in();
    let given = world.refresh_token();
    std::fs::remove_dir_all(world.path("state")).unwrap();
    let with_token = ["login", "--with-token"];
    world.run_with_stdin(&with_token, &given).succeeds();
    let sent = world.refreshes();
    let output = world.run_with_stdin(&with_token, &given).exits(3);
    drop(output.because("has already been used"));
    assert_eq!(world.refreshes(), sent);
    world.run(&["refresh"]).succeeds();
}

#[test]
fn a_refresh_token_that_is_no_good_stores_nothing() {
    let world = World::new();
    let too_long = "r".repeat(64 * 1024 + 1);
    for text in ["", " \n", &too_long] {
        world
            .run_with_stdin(&["login", "--with-token"], text)
            .exits(2);
    }
    assert_eq!(world.refreshes(), 0);
    let output = world.run_with_stdin(&["login", "--with-token"], "rt_canary");
    let output = output.exits(3).hinting("nothing was stored");
    assert!(!output.stderr.contains("canary"));
    assert!(world.nothing_is_stored());
}

#[test]
fn a_refresh_token_of_another_account_does_not_replace_the_session() {
    let world = World::with(|options| options.auto_approve = None);
    let login = |persona: &str| {
        let mut login = world.start_login(&[]);
        login.decide(persona, "approve").says("You are signed in");
        login.end().succeeds();
    };
    login("resident");
    let resident = world.refresh_token();
    std::fs::remove_dir_all(world.path("state")).unwrap();
    login("former");
    let former = world.refresh_token();
    let output = world.run_with_stdin(&["login", "--with-token"], &resident);
    drop(output.exits(6).hinting("with `--replace`"));
    assert_eq!(world.refresh_token(), former);
    world.run(&["refresh"]).succeeds();
}
