//! The word with which a shell asks what could come next. Real shells ask in `real_parts/shells.rs`.

use crate::world::World;

#[test]
fn a_shell_gets_candidates_and_not_a_word_more_whatever_is_broken() {
    let mut world = World::new();
    world.write("config/config.toml", "= broken");
    for gone in [
        "HOME",
        "EPROSPERA_CONFIG_DIR",
        "EPROSPERA_STATE_DIR",
        "EPROSPERA_CACHE_DIR",
    ] {
        let output = world.run(&[
            "__complete",
            "bash",
            "2",
            "--",
            "eprospera",
            "--profile",
            "sand",
        ]);
        let output = output.succeeds();
        assert_eq!(output.stdout, "values\nsandbox\nsandbox-prosper\n");
        assert_eq!(output.stderr, "");
        world.unset(gone);
    }
    assert!(!world.path("state").exists());
    for question in [
        &["__complete"][..],
        &["__complete", "nushell", "0", "--", "eprospera"],
    ] {
        let output = world.run(question).succeeds();
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", ""));
    }
}

#[test]
fn the_profiles_of_the_configuration_are_offered_first() {
    let world = World::new();
    world
        .run(&["--profile", "work", "profile", "set", "client_id", "x"])
        .succeeds();
    let output = world.run(&[
        "__complete",
        "fish",
        "3",
        "--",
        "eprospera",
        "profile",
        "use",
        "",
    ]);
    let output = output.succeeds();
    assert!(
        output.stdout.starts_with("values\nwork\ndefault\n"),
        "{}",
        output.stdout
    );
    let output = world.run(&[
        "__complete",
        "fish",
        "3",
        "--",
        "eprospera",
        "profile",
        "remove",
        "",
    ]);
    assert_eq!(output.succeeds().stdout, "values\nwork\n");
}

#[test]
fn a_variable_that_other_tools_complete_with_changes_nothing() {
    let mut world = World::new();
    for name in ["COMPLETE", "EPROSPERA_COMPLETE", "_CLAP_COMPLETE_INDEX"] {
        world.set(name, "bash");
    }
    let output = world
        .run(&["profile", "list", "--jq", ".[0].name"])
        .succeeds();
    assert_eq!(output.stdout, "default\n");
}
