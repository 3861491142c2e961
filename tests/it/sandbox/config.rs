//! `sandbox --config`: a set-up in a file, checked, and taken over when it changes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use serde_json::Value;

use crate::sandbox::switches::inside;
use crate::world::{PRINT_VARIABLES, SHELL, World};

const CLIENT: &str = "[[clients]]\nid = \"mine\"\nsecret = \"s3cret-of-mine\"\n\
                      redirect_uris = [\"http://127.0.0.1:9/cb\"]\n";

fn check(world: &World, text: &str) -> crate::run::Run {
    let file = world.write("s.toml", text).display().to_string();
    world.run(&["sandbox", "--config", &file, "--check-config"])
}

/// Puts a text in the place of a file, as editors do it.
fn replace(file: &Path, text: &str) {
    let fresh = file.with_extension("new");
    crate::world::write(&fresh, text.as_bytes());
    // On Windows not while the sandbox looks at it.
    crate::world::wait_until("the file is replaced", || fs::rename(&fresh, file).is_ok());
}

#[test]
fn the_example_of_the_page_is_right() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/sandbox.md");
    let page = fs::read_to_string(page).unwrap();
    let (_, example) = page
        .split_once("```toml\n#:schema sandbox-config.schema.json\n")
        .unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let world = World::new();
    let checked = check(&world, example).succeeds().json();
    assert_eq!(checked["valid"], true);
    assert_eq!(checked["clients"][3], "my-app");
    assert_eq!(checked["personas"][0], "ines");
    let file = world.path("s.toml").display().to_string();
    let exec = [
        "sandbox",
        "exec",
        "--config",
        &file,
        "--",
        SHELL[0],
        SHELL[1],
        PRINT_VARIABLES,
    ];
    let variables = world.run(&exec).succeeds().stdout;
    let mut lines = variables.lines();
    assert!(
        lines.any(|line| line == "EPROSPERA_CLIENT_ID=my-app"),
        "{variables}"
    );
}

#[test]
fn every_flag_is_a_setting_and_every_setting_a_flag() {
    let schema = include_str!("../../../docs/sandbox-config.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let settings: BTreeSet<_> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let root = eprospera::cli::Cli::command();
    let sandbox = root.find_subcommand("sandbox").unwrap();
    let flags = sandbox.get_arguments().filter_map(clap::Arg::get_long);
    // What is about the file itself is no part of it.
    let flags = flags.filter(|flag| !["config", "check-config"].contains(flag));
    let flags: BTreeSet<_> = flags
        .map(|flag| match flag {
            "client" | "fault" => format!("{flag}s"),
            _ => flag.replace('-', "_"),
        })
        // People can be in the file; a flag names another one.
        .chain(["personas".to_owned()])
        .collect();
    assert_eq!(settings, flags);
}

#[test]
fn the_defaults_that_the_help_names_are_those_in_use() {
    let usual = eprospera_sandbox::Options::default();
    let root = eprospera::cli::Cli::command();
    let sandbox = root.find_subcommand("sandbox").unwrap();
    let duration = |text: &str| humantime::parse_duration(text).unwrap();
    let named = |flag: &str| {
        let mut arguments = sandbox.get_arguments();
        let argument = arguments.find(|argument| argument.get_long() == Some(flag));
        let help = argument.unwrap().get_help().unwrap().to_string();
        let (_, default) = help.split_once("[default: ").unwrap();
        default.trim_end_matches(']').to_owned()
    };
    for (flag, value) in [
        ("access-ttl", usual.access_ttl),
        ("refresh-ttl", usual.refresh_ttl),
        ("code-ttl", usual.code_ttl),
        ("device-ttl", usual.device_ttl),
        ("device-interval", usual.device_interval),
        ("id-token-ttl", usual.id_token_ttl),
        ("latency", usual.latency),
    ] {
        assert_eq!(duration(&named(flag)), value, "{flag}");
    }
    assert_eq!(named("port"), usual.port.to_string());
    assert_eq!(named("signing"), usual.signing.to_string());
    assert_eq!(
        named("missing-scope-status"),
        usual.missing_scope_status.to_string()
    );
}

#[test]
fn a_command_runs_with_the_client_and_the_settings_of_the_file_and_flags_win() {
    let world = World::new();
    let text = format!(
        "port = 1\naccess_ttl = \"1m\"\nsigning = \"EdDSA\"\nauto_approve = \"former\"\n{CLIENT}"
    );
    let file = world.write("s.toml", &text).display().to_string();
    let exec = [
        "sandbox",
        "exec",
        "--config",
        &file,
        "--",
        SHELL[0],
        SHELL[1],
        PRINT_VARIABLES,
    ];
    let variables = world.run(&exec).succeeds().stdout;
    for line in [
        "EPROSPERA_CLIENT_ID=mine",
        "EPROSPERA_CLIENT_SECRET=s3cret-of-mine",
        "EPROSPERA_REDIRECT_URI=http://127.0.0.1:9/cb",
    ] {
        assert!(variables.lines().any(|said| said == line), "{variables}");
    }
    let free = world.write(
        "t.toml",
        "signing = \"EdDSA\"\naccess_ttl = \"1m\"\nauto_approve = \"former\"\n",
    );
    let free = free.display().to_string();
    let script = "eprospera --quiet login --no-browser >&2 && eprospera --json whoami";
    let run = inside(&["--config", &free, "--auto-approve=resident"], script);
    assert_eq!(
        run.run.succeeds().json()["email"],
        "amara.okafor@mail.example"
    );
}

#[test]
fn mistakes_are_all_told_with_their_places_and_nothing_starts() {
    let world = World::new();
    let text = "acess_ttl = \"30s\"\nfaults = [\"tokn:500\"]\n[[clients]]\nidd = \"a\"\n";
    let output = check(&world, text).exits(2);
    let file = world.path("s.toml").display().to_string();
    let error = output.error();
    let first = format!("{file}:1:1: unknown field `acess_ttl`; did you mean `access_ttl`?");
    assert_eq!(error["message"], first);
    let second = error["details"][0].as_str().unwrap();
    assert!(
        second.starts_with(&format!("{file}:2:11: fault `tokn:500`")),
        "{error}"
    );
    let third = error["details"][1].as_str().unwrap();
    assert!(
        third.starts_with(&format!("{file}:4:1: unknown field `idd`")),
        "{error}"
    );
    for command in [
        &["sandbox", "--port", "0", "--config", &file][..],
        &["sandbox", "exec", "--config", &file, "--", "touch", "ran"],
    ] {
        world.run(command).exits(2).because(&first);
    }
    assert!(!world.path("ran").exists());
    for (text, words) in [
        (
            "auto_approve = \"residnt\"",
            ":1:1: there is no persona `residnt`",
        ),
        ("\ndata = \"none.toml\"", ":2:1: cannot read the people in "),
        (
            "signing_key = \"none.pem\"",
            ":1:1: cannot use the signing key in ",
        ),
    ] {
        check(&world, text)
            .exits(2)
            .because(&format!("{file}{words}"));
    }
    world
        .run(&["sandbox", "--config", "/nonexistent.toml"])
        .exits(2)
        .because("cannot read the configuration in /nonexistent.toml");
    world.run(&["sandbox", "--check-config"]).exits(2);
}

#[test]
fn files_that_the_configuration_names_start_at_its_folder() {
    let world = World::new();
    fs::create_dir_all(world.path("set-up")).unwrap();
    world.write(
        "set-up/people.toml",
        "[[personas]]\nid = \"ines\"\nname = \"Inés\"\n",
    );
    let file = world
        .write("set-up/s.toml", "data = \"people.toml\"\n")
        .display()
        .to_string();
    let checked = world.run(&["sandbox", "--config", &file, "--check-config"]);
    assert_eq!(checked.succeeds().json()["personas"][0], "ines");
}

#[test]
fn a_secret_of_the_file_is_not_printed() {
    let world = World::new();
    let text = format!("{CLIENT}[[clients]]\nid = \"other\"\nsecret = 4711471147114711\n");
    let broken = check(&world, &text).exits(2);
    assert!(!broken.stderr.contains("4711471147"), "{broken:#?}");
    let file = world.write("s.toml", CLIENT).display().to_string();
    for look in ["json", "table"] {
        let flags = [
            "sandbox", "--port", "0", "--output", look, "--config", &file,
        ];
        let mut sandbox = world.spawn(world.command(&flags));
        let mut said = String::new();
        while !said.contains("mine") || !said.contains("sandbox-secret") {
            said += &sandbox.line_of_stdout();
        }
        let output = sandbox.stop();
        said.push_str(&output.stdout);
        said.push_str(&output.stderr);
        assert!(!said.contains("s3cret-of-mine"), "{said}");
    }
}

#[test]
fn a_change_is_taken_over_and_a_broken_file_leaves_all_as_it_was() {
    let world = World::new();
    let file = world.write("s.toml", "signing = \"EdDSA\"\nlog = \"none\"\n");
    let path = file.display().to_string();
    let flags = ["sandbox", "--port", "0", "--config", &path];
    let mut sandbox = world.spawn(world.command(&flags));
    let said: Value = serde_json::from_str(&sandbox.line_of_stdout()).unwrap();
    let discovery = format!(
        "{}/.well-known/openid-configuration",
        said["url"].as_str().unwrap()
    );
    let body = || world.block_on(crate::browser::body(&discovery, "x"));
    assert!(body().contains("jwks_uri"));

    replace(
        &file,
        "signing = \"ES256\"\nlog = \"none\"\nfaults = [\"discovery:503\"]\n",
    );
    sandbox.wait_for("the configuration has changed");
    sandbox.wait_for("what has changed in signing counts from the next start");
    assert!(!body().contains("jwks_uri"));

    replace(&file, "faults = [\"discovery:oops\"]\n");
    sandbox.wait_for(&format!("{path}:1:11: fault `discovery:oops`"));
    sandbox.wait_for("the sandbox keeps the configuration that it had");
    assert!(!body().contains("jwks_uri"));

    // Written in place, too.
    crate::world::write(&file, b"log = \"none\"\nsigning = \"EdDSA\"\n");
    sandbox.wait_for("the configuration has changed");
    assert!(body().contains("jwks_uri"));

    fs::remove_file(&file).unwrap();
    sandbox.wait_for(&format!("cannot read the configuration in {path}"));
    assert!(body().contains("jwks_uri"));
    drop(sandbox.stop());
}
