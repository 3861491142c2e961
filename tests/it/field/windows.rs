//! What is stored on Windows: the Credential Manager, access lists, long paths, names and texts.

use std::fs;
use std::path::{Path, PathBuf};

use eprospera_owner_only as owner_only;

use crate::world::World;

/// Everything below a folder, and the folder.
fn all(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(all(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}

#[test]
fn whatever_is_stored_in_files_is_its_owners_alone() {
    let mut world = World::new();
    for store in ["plain-file", "encrypted-file"] {
        world.set("EPROSPERA_STORE", store);
        world.set("EPROSPERA_STORE_KEY", "correct horse");
        world.login().succeeds();
        world.run(&["refresh"]).succeeds();
    }
    world
        .run(&["profile", "set", "scopes", "openid"])
        .succeeds();
    let mut files = 0;
    for folder in ["state", "cache", "config"] {
        for path in all(&world.path(folder)) {
            let access = owner_only::access_at(&path).unwrap();
            let is_private = access.is_own && !access.others_read && !access.others_write;
            assert!(is_private, "{}: {access:?}", path.display());
            files += usize::from(path.is_file());
        }
    }
    assert!(files > 6, "{files}");
}

#[test]
fn a_folder_that_others_could_write_to_is_refused_with_a_command_unless_it_is_empty() {
    let world = World::new();
    let state = world.path("state");
    fs::create_dir(&state).unwrap();
    owner_only::open_to_all(&state, true).unwrap();
    world.login().succeeds();
    assert!(!owner_only::access_at(&state).unwrap().others_write);
    owner_only::open_to_all(&state, true).unwrap();
    let output = world.run(&["token"]).exits(13);
    drop(output.because("others can write to it").hinting("icacls"));
}

#[test]
fn what_others_can_read_is_closed_to_them() {
    let world = World::signed_in();
    let session = world.session_file();
    let folder = session.parent().unwrap();
    for path in [session.as_path(), folder] {
        owner_only::open_to_all(path, false).unwrap();
        assert!(owner_only::access_at(path).unwrap().others_read);
        world.run(&["refresh"]).succeeds();
        assert!(!owner_only::access_at(path).unwrap().others_read);
    }
}

#[test]
fn settings_and_secrets_that_others_can_write_to_are_refused() {
    let world = World::new();
    let config = world.write("config/config.toml", "default_profile = \"default\"\n");
    for path in [config.as_path(), config.parent().unwrap()] {
        owner_only::open_to_all(path, true).unwrap();
        let output = world.run(&["status"]).exits(2);
        drop(output.because("other users can write to").hinting("icacls"));
        owner_only::close_to_others(path).unwrap();
    }
    drop(world.run(&["status"]).exits(3));
    let secret = world.write("secret", "canary");
    owner_only::open_to_all(&secret, true).unwrap();
    let file = secret.display().to_string();
    let output = world.run_in(&[("EPROSPERA_TOKEN_FILE", &file)], &["whoami"]);
    drop(output.exits(2).because("other users can write to"));
}

#[test]
fn a_session_is_kept_and_refreshed_below_a_folder_with_a_long_path() {
    let mut world = World::new();
    let mut below = String::from("deep");
    while below.len() < 400 {
        below = format!("{below}/{}", "a".repeat(50));
    }
    for (name, folder) in [
        ("EPROSPERA_STATE_DIR", "state"),
        ("EPROSPERA_CONFIG_DIR", "config"),
        ("EPROSPERA_CACHE_DIR", "cache"),
    ] {
        let path = world.path(&format!("{below}/{folder}"));
        world.set(name, &path.display().to_string());
    }
    for store in ["plain-file", "encrypted-file"] {
        world.set("EPROSPERA_STORE", store);
        world.set("EPROSPERA_STORE_KEY", "correct horse");
        world.login().succeeds();
        world.run(&["refresh"]).succeeds();
        world.run(&["token"]).succeeds();
    }
    world
        .run(&["profile", "set", "scopes", "openid"])
        .succeeds();
    assert!(world.path(&format!("{below}/config/config.toml")).is_file());
    world.run(&["logout"]).succeeds();
}

#[test]
fn a_session_in_the_credential_manager_is_refreshed_and_leaves_nothing_behind() {
    let mut world = World::new();
    world.set("EPROSPERA_STORE", "keyring");
    // Names that differ only in case have sessions of their own.
    world.write("config/config.toml", "[profiles.Work]\n[profiles.work]\n");
    for profile in ["Work", "work"] {
        world.login_with(&["--profile", profile]).succeeds();
    }
    let token = |profile: &str| {
        world
            .run(&["--profile", profile, "token"])
            .succeeds()
            .stdout
    };
    assert_ne!(token("Work"), token("work"));
    world.run(&["--profile", "Work", "refresh"]).succeeds();
    world.run(&["--profile", "Work", "logout"]).succeeds();
    world.run(&["--profile", "Work", "token"]).exits(3);
    assert!(!token("work").is_empty());
    world.run(&["logout", "--all"]).succeeds();
    world.run(&["--profile", "work", "token"]).exits(3);
}

#[test]
fn paths_in_json_are_those_of_the_system() {
    let world = World::signed_in();
    let status = world.run(&["status"]).succeeds().stdout;
    let state = world.path("state");
    let state = serde_json::to_string(&state.display().to_string()).unwrap();
    assert!(status.contains(state.trim_matches('"')), "{status}");
    assert!(!status.contains(r"\\\\?\\"), "{status}");
}

#[test]
fn output_is_utf_8_whatever_the_code_page_of_the_console() {
    let world = World::signed_in();
    let status = world.run(&["--output", "table", "profile", "show"]);
    let page = status.succeeds().stdout;
    // A value that is not set.
    assert!(page.contains('—'), "{page}");
}
