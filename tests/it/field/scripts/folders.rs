//! Folders that are missing or denied: each command needs only those that it uses.

use crate::world::World;

const FOLDERS: [&str; 3] = ["CONFIG", "STATE", "CACHE"];

/// A world whose home is a file, below which no folder can be.
fn without_folders() -> World {
    let mut world = World::new();
    let home = world.write("file", "in the way").display().to_string();
    for name in FOLDERS {
        world.unset(&format!("EPROSPERA_{name}_DIR"));
        world.unset(&format!("XDG_{name}_HOME"));
        // Windows knows where the home is, whatever variables say.
        if cfg!(windows) {
            let below = format!("{home}\\{name}");
            world.set(&format!("EPROSPERA_{name}_DIR"), &below);
        }
    }
    world.set("HOME", &home);
    world
}

#[test]
fn the_hint_names_the_variable_of_the_folder_that_cannot_be_used() {
    let world = without_folders();
    let output = world.run(&["login", "--no-browser"]).exits(13);
    drop(output.hinting("EPROSPERA_STATE_DIR"));
    let state = world.path("state").display().to_string();
    let output = world
        .run_in(
            &[("EPROSPERA_STATE_DIR", &state)],
            &["profile", "set", "client_id", "x"],
        )
        .exits(1);
    drop(output.hinting("EPROSPERA_CONFIG_DIR"));
}

#[test]
fn a_given_credential_needs_no_folder_that_can_be_written_to() {
    let world = without_folders();
    let given = [("EPROSPERA_TOKEN", "ak-sandbox-resident")];
    world.run_in(&given, &["me", "natural-person"]).succeeds();
    world
        .run_in(&given, &["api", "/api/v1/me/natural-person", "--dry-run"])
        .succeeds();
}
