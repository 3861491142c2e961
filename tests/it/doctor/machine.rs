//! What can be wrong with this machine: settings, folders, program, opener, terminal.

use super::{Case, Fix, diagnose, examine, row};
use crate::world::World;

const SETTINGS: [&str; 3] = ["--offline", "--only", "settings"];
const FOLDERS: [&str; 3] = ["--offline", "--only", "folders"];
const OPENER: [&str; 3] = ["--offline", "--only", "opener"];
const TERMINAL: [&str; 3] = ["--offline", "--only", "terminal"];

fn with_config(text: &str) -> World {
    let world = World::new();
    world.write("config/config.toml", text);
    world
}

fn with(name: &str, value: &str) -> World {
    let mut world = World::new();
    world.set(name, value);
    world
}

#[test]
fn a_configuration_that_cannot_be_used_is_named_and_put_aside() {
    let config =
        |what, text, code| Case::new(what, with_config(text), &SETTINGS).fails(code, 2, Fix::Runs);
    diagnose([
        config("no TOML", "profiles = [", "config_syntax"),
        config(
            "a number",
            "[profiles.default]\nissuer = 3\n",
            "config_syntax",
        ),
        config(
            "a wrong value",
            "[profiles.default]\ntoken_auth = \"mtls\"\n",
            "setting_invalid",
        ),
    ]);
    let key =
        |what, text| Case::new(what, with_config(text), &SETTINGS).warns("config_key", Fix::None);
    diagnose([
        key(
            "a key of no profile",
            "[profiles.default]\nclient-id = \"x\"\n",
        ),
        key(
            "a key above the profiles",
            "issuer = \"https://x.example\"\n",
        ),
    ]);
    let world = with_config("default_profile = \"gone\"\n");
    diagnose([
        Case::new("the default profile is gone", world, &SETTINGS)
            .warns("profile_missing", Fix::Runs),
        Case::new(
            "a misspelt profile",
            with("EPROSPERA_PROFILE", "sandbx"),
            &SETTINGS,
        )
        .warns("profile_missing", Fix::Runs),
    ]);
}

#[test]
fn a_variable_that_cannot_be_used_is_named_and_unset() {
    let fails = |name, value| {
        Case::new(name, with(name, value), &SETTINGS).fails("setting_invalid", 2, Fix::Runs)
    };
    diagnose([
        fails("EPROSPERA_ISSUER", "ftp://portal.example"),
        fails("EPROSPERA_ISSUER", "http://portal.example"),
        fails("EPROSPERA_STORE", "vault"),
        fails("EPROSPERA_REDIRECT_URI", "http://portal.example/cb"),
        fails("EPROSPERA_PROFILE", "a b"),
        fails("EPROSPERA_RETRIES", "many"),
        fails("EPROSPERA_REQUEST_TIMEOUT", "soon"),
        Case::new(
            "a misspelt variable",
            with("EPROSPERA_CLIENTID", "x"),
            &SETTINGS,
        )
        .warns("variable_unknown", Fix::Runs),
    ]);
}

#[test]
fn what_a_login_remembers_can_be_damaged_and_is_deleted() {
    let world = World::signed_in();
    world.write("state/logins/default.json", "{");
    diagnose([
        Case::new("the last login is damaged", world, &SETTINGS).fails(
            "logins_damaged",
            13,
            Fix::Runs,
        ),
    ]);
}

#[test]
fn a_file_in_the_place_of_a_folder_is_named() {
    let file = |folder: &str| {
        let world = World::new();
        world.write(folder, "");
        world
    };
    diagnose([
        Case::new("the state is a file", file("state"), &FOLDERS).fails(
            "state_not_a_folder",
            13,
            Fix::Runs,
        ),
        Case::new("the configuration is a file", file("config"), &FOLDERS).fails(
            "config_not_a_folder",
            2,
            Fix::Runs,
        ),
        Case::new("the cache is a file", file("cache"), &FOLDERS)
            .warns("cache_not_a_folder", Fix::Runs),
    ]);
}

/// Access lists stand for modes there. Wine has no `icacls` that changes one.
#[cfg(windows)]
#[test]
fn a_folder_that_cannot_be_used_is_named_with_its_cause() {
    let open = |folder: &str, may_write| {
        let world = World::new();
        let path = world.path(folder);
        std::fs::create_dir(&path).unwrap();
        eprospera_owner_only::open_to_all(&path, may_write).unwrap();
        world
    };
    diagnose([
        Case::new("all write to the state", open("state", true), &FOLDERS).fails(
            "state_mode",
            13,
            Fix::Says("icacls"),
        ),
        Case::new("all look into the state", open("state", false), &FOLDERS)
            .warns("state_mode", Fix::Says("icacls")),
        Case::new(
            "all write to the configuration",
            open("config", true),
            &FOLDERS,
        )
        .fails("config_mode", 2, Fix::Says("icacls")),
        Case::new("all write to the cache", open("cache", true), &FOLDERS)
            .warns("cache_mode", Fix::Says("icacls")),
    ]);
}

/// Modes and links of Unix.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_used_is_named_with_its_cause() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |folder: &str, mode: u32| {
        let world = World::new();
        std::fs::create_dir(world.path(folder)).unwrap();
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(world.path(folder), mode).unwrap();
        world
    };
    let linked = World::new();
    std::fs::create_dir(linked.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(linked.path("elsewhere"), linked.path("state")).unwrap();
    diagnose([
        Case::new("all write to the state", mode("state", 0o777), &FOLDERS).fails(
            "state_mode",
            13,
            Fix::Runs,
        ),
        Case::new(
            "a group writes to the state",
            mode("state", 0o770),
            &FOLDERS,
        )
        .fails("state_mode", 13, Fix::Runs),
        Case::new("all look into the state", mode("state", 0o755), &FOLDERS)
            .warns("state_mode", Fix::Runs),
        Case::new(
            "all write to the configuration",
            mode("config", 0o777),
            &FOLDERS,
        )
        .fails("config_mode", 2, Fix::Runs),
        Case::new("all write to the cache", mode("cache", 0o777), &FOLDERS)
            .warns("cache_mode", Fix::Runs),
        Case::new("the state is a link", linked, &FOLDERS).fails(
            "state_not_a_folder",
            13,
            Fix::Runs,
        ),
    ]);
}

/// Only Linux lets variables alone say where the home is, and has folders in which nothing can be made.
#[cfg(target_os = "linux")]
#[test]
fn folders_that_cannot_be_made_and_a_home_that_is_none_are_named() {
    let mut homeless = World::new();
    for name in [
        "EPROSPERA_CONFIG_DIR",
        "EPROSPERA_STATE_DIR",
        "EPROSPERA_CACHE_DIR",
    ] {
        homeless.unset(name);
    }
    for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        homeless.unset(name);
    }
    homeless.set("HOME", "here");
    diagnose([
        Case::new("a home that is relative", homeless, &FOLDERS).fails("no_home", 2, Fix::Runs),
        Case::new(
            "a relative folder",
            with("EPROSPERA_STATE_DIR", "state"),
            &FOLDERS,
        )
        .fails("no_home", 2, Fix::Runs),
        Case::new(
            "a tilde in quotes",
            with("EPROSPERA_CONFIG_DIR", "~/config"),
            &FOLDERS,
        )
        .fails("no_home", 2, Fix::Runs),
        Case::new(
            "no place for the state",
            with("EPROSPERA_STATE_DIR", "/proc/x"),
            &FOLDERS,
        )
        .fails("state_unwritable", 13, Fix::Runs),
    ]);
}

#[test]
fn another_program_of_the_same_name_is_found_on_the_path() {
    use crate::world::write;
    let mut world = World::new();
    world.script("bin/eprospera", "echo the other one");
    // Windows finds a program by its ending.
    let name = format!("bin/eprospera{}", std::env::consts::EXE_SUFFIX);
    write(&world.path(&name), b"#!/usr/bin/env node\n");
    let path = [
        world.path("bin"),
        #[cfg(unix)]
        "/usr/bin".into(),
        #[cfg(unix)]
        "/bin".into(),
    ];
    let path = std::env::join_paths(path).unwrap();
    world.set("PATH", path.to_str().unwrap());
    let arguments = ["--offline", "--only", "program"];
    let run = examine(&world, &arguments);
    let found = row(&run, "program_shadowed").unwrap();
    let message = found["message"].as_str().unwrap();
    assert!(
        message.contains("the Node tool with the same name"),
        "{message}"
    );
    diagnose([Case::new("the Node tool comes first", world, &arguments)
        .warns("program_shadowed", Fix::Runs)]);
}

#[test]
fn what_keeps_a_browser_from_opening_is_named() {
    let mut text_browser = with("BROWSER", "w3m");
    text_browser.set("DISPLAY", ":0");
    let mut remote = with("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22");
    remote.set("TERM", "xterm");
    diagnose([
        Case::new(
            "a browser that is none",
            with("BROWSER", "/no/such/browser"),
            &OPENER,
        )
        .warns("opener_missing", Fix::Runs),
        Case::new("a text browser", text_browser, &OPENER).warns("opener_text_browser", Fix::Runs),
        Case::new("CI", with("CI", "true"), &OPENER).warns("no_input", Fix::Runs),
        Case::new("no input", with("EPROSPERA_NO_INPUT", "1"), &OPENER)
            .warns("no_input", Fix::Runs),
        Case::new("a remote shell", remote, &OPENER)
            .warns("over_ssh", Fix::Says("eprospera login --device")),
        // A container of Windows does not say so.
        #[cfg(unix)]
        Case::new(
            "a container",
            with("KUBERNETES_SERVICE_HOST", "10.0.0.1"),
            &OPENER,
        )
        .warns("in_container", Fix::Says("eprospera login --device")),
    ]);
}

#[test]
fn a_terminal_that_shows_little_is_named() {
    diagnose([
        Case::new("a dumb terminal", with("TERM", "dumb"), &TERMINAL)
            .warns("terminal_dumb", Fix::Runs),
        // Of Windows, the character set is known.
        #[cfg(unix)]
        Case::new("no UTF-8", with("LC_ALL", "C"), &TERMINAL).warns("terminal_not_utf8", Fix::Runs),
    ]);
    let run = examine(&with("NO_COLOR", "1"), &TERMINAL);
    assert!(run.succeeds().stdout.contains("no colours (NO_COLOR)"));
}
