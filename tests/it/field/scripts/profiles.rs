//! Names of profiles, and a configuration of another version.

use std::collections::BTreeSet;

use crate::run::Output;
use crate::world::World;

/// Hints and all other words on stderr.
fn words(output: &Output) -> &str {
    &output.stderr
}

#[test]
fn a_profile_with_nearly_the_name_of_another_is_told_with_that_name() {
    let world = World::new();
    world
        .run(&["--profile", "office", "profile", "set", "client_id", "x"])
        .succeeds();
    for (name, meant) in [
        ("sandbx", "sandbox"),
        ("stagin", "staging"),
        ("ofice", "office"),
        ("defualt", "default"),
    ] {
        let meant = format!("did you mean `{meant}`?");
        let output = world.run(&["--profile", name, "status"]).exits(3);
        drop(output.says(&format!(
            "there is no profile `{name}` yet (from --profile); {meant}"
        )));
        let output = world
            .run_in(&[("EPROSPERA_PROFILE", name)], &["token"])
            .exits(3);
        drop(output.says("(from EPROSPERA_PROFILE)").says(&meant));
        for command in ["use", "show", "remove"] {
            let output = world.run(&["profile", command, name]).exits(2);
            if command == "remove" && name != "ofice" {
                continue;
            }
            drop(output.hinting(&meant));
        }
    }
}

#[test]
fn a_profile_that_is_not_there_is_told_unless_it_is_clear_that_it_is_meant() {
    let mut world = World::new();
    let output = world.run(&["--profile", "weather", "status"]).exits(3);
    assert!(
        !words(&output).contains("there is no profile"),
        "{output:#?}"
    );
    world.unset_settings();
    world.set("EPROSPERA_STORE", "plain-file");
    let output = world.run(&["--profile", "weather", "status"]).exits(3);
    drop(
        output
            .says("there is no profile `weather` yet")
            .says("`eprospera profile list`"),
    );
    for known in ["default", "sandbox", "prosper"] {
        let output = world.run(&["--profile", known, "status"]).exits(3);
        assert!(
            !words(&output).contains("there is no profile"),
            "{output:#?}"
        );
    }
}

#[test]
fn a_command_in_a_hint_has_the_flags_that_were_used_and_no_others() {
    let mut world = World::new();
    let output = world
        .run_in(&[("EPROSPERA_PROFILE", "work")], &["token"])
        .exits(3);
    drop(output.hinting("run `eprospera login`"));
    drop(
        world
            .run(&["--profile", "work", "token"])
            .exits(3)
            .hinting("`eprospera --profile work login`"),
    );
    let flags = ["token", "--client-id", "mine", "--store", "plain-file"];
    let output = world.run(&flags).exits(3);
    drop(output.hinting("`eprospera --client-id mine --store plain-file login`"));
    world.unset_settings();
    let output = world.run(&["--profile", "work", "token"]).exits(3);
    drop(
        output
            .hinting("run `eprospera --profile work profile set client_id ID`")
            .hinting("run `eprospera demo`"),
    );
}

#[test]
fn a_new_profile_has_a_name_that_no_system_confuses_with_another() {
    let world = World::signed_in();
    world
        .run(&["--profile", "work", "profile", "set", "client_id", "x"])
        .succeeds();
    let long = "x".repeat(65);
    for (name, why) in [
        ("con", "Windows reserves it"),
        ("NUL", "Windows reserves it"),
        ("aux.txt", "Windows reserves it"),
        ("prn", "Windows reserves it"),
        ("Com1", "Windows reserves it"),
        ("lpt1", "Windows reserves it"),
        ("com¹", "use letters"),
        ("conin$", "use letters"),
        ("Work", "only in upper and lower case"),
        ("DEFAULT", "only in upper and lower case"),
        ("Sandbox", "only in upper and lower case"),
        ("work.", "ends with a dot"),
        ("work ", "use letters"),
        ("", "it is empty"),
        ("..", "begins with a dot"),
        ("a/b", "use letters"),
        (&long, "more than 64"),
    ] {
        for command in [
            &["status"][..],
            &["login", "--no-browser"],
            &["profile", "set", "client_id", "y"],
            &["profile", "set", "client-secret"],
        ] {
            let output = world
                .run(&[&["--profile", name], command].concat())
                .exits(2);
            drop(output.because("cannot name a profile").because(why));
        }
    }
    let names = std::fs::read_dir(world.path("state/logins")).unwrap();
    assert_eq!(names.count(), 2, "the login of one profile, and its lock");
}

#[test]
fn a_profile_that_has_such_a_name_already_stays_usable() {
    let world = World::new();
    world.write(
        "config/config.toml",
        "[profiles.Work]\nscopes = \"openid\"\n[profiles.work]\n[profiles.aux]\n",
    );
    let names = ["Work", "work", "aux"];
    for name in names {
        world.login_with(&["--profile", name]).succeeds();
    }
    // Each is remembered apart, also where a file system takes `Work` and `work` for one name.
    let files = std::fs::read_dir(world.path("state/logins")).unwrap();
    let files: BTreeSet<_> = files
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    if cfg!(any(windows, target_os = "macos")) {
        let lower: BTreeSet<_> = files.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(lower.len(), names.len(), "{files:?}");
    } else {
        // Every version calls them so.
        assert_eq!(files, names.map(str::to_owned).into());
    }
    std::fs::remove_file(world.path("config/config.toml")).unwrap();
    let listed = world.run(&["profile", "list"]).succeeds().json();
    for name in names {
        world.run(&["--profile", name, "token"]).succeeds();
        let mut rows = listed.as_array().unwrap().iter();
        assert!(rows.any(|row| row["name"] == name), "{name}: {listed}");
    }
    world.run(&["logout", "--all"]).succeeds();
    for name in names {
        world.run(&["--profile", name, "status"]).exits(3);
    }
}

#[test]
fn a_key_of_another_version_is_told_once_and_stops_nothing() {
    let world = World::signed_in();
    let text = "version = 2\n\n[profiles.default]\nscops = \"openid\"\n\n[telemetry]\non = true\n";
    let path = world.write("config/config.toml", text);
    let path = path.display();
    for command in [
        &["status"][..],
        &["token"],
        &["profile", "list"],
        &["logout"],
    ] {
        let output = world.run(command).succeeds();
        for words in [
            format!("{path}, line 1: the key `version` is not known to this version"),
            format!(
                "{path}, line 4: the key `profiles.default.scops` is not known to this version and is ignored; did you mean `scopes`?"
            ),
            format!("{path}, line 6: the key `telemetry` is not known"),
        ] {
            assert_eq!(
                output.stderr.matches(&words).count(),
                1,
                "{words}: {output:#?}"
            );
        }
    }
    // What is not known is kept when the file is written.
    world
        .run(&["profile", "set", "scopes", "openid"])
        .succeeds();
    let after = std::fs::read_to_string(world.path("config/config.toml")).unwrap();
    assert!(
        after.contains("scops") && after.contains("[telemetry]"),
        "{after}"
    );
    world.write("config/config.toml", "[profiles.default]\nscopes = 7\n");
    drop(world.run(&["status"]).exits(2).because("must be a string"));
}

#[test]
fn a_quiet_run_says_nothing_of_what_it_does_not_know() {
    let world = World::signed_in();
    world.write("config/config.toml", "colour = true\n");
    let output = world.run(&["--quiet", "token"]).succeeds();
    assert_eq!(output.stderr, "");
    let output = world
        .run(&["--quiet", "--profile", "defualt", "token"])
        .exits(3);
    assert!(!words(&output).contains("warning"), "{output:#?}");
}

#[test]
fn a_configuration_that_is_not_utf_8_is_to_be_fixed_and_not_a_matter_of_access() {
    let world = World::new();
    crate::world::write(&world.path("config/config.toml"), b"# caf\xe9\n");
    let output = world.run(&["status"]).exits(2);
    drop(
        output
            .because("it is not UTF-8")
            .hinting("nothing was changed"),
    );
}
