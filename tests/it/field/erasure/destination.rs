//! An export takes the place of an earlier export, and of nothing else that somebody may need.

use crate::world::World;

/// Signed in with an encrypted store whose key is in a file.
fn signed_in() -> World {
    let mut world = World::new();
    world.encrypt();
    let key = world.path("store.key");
    crate::world::write(&key, world.variable("EPROSPERA_STORE_KEY").as_bytes());
    world.unset("EPROSPERA_STORE_KEY");
    world.set("EPROSPERA_STORE_KEY_FILE", key.to_str().unwrap());
    world.login().succeeds();
    world
}

/// Each form of the command is refused, and everything is as it was.
fn assert_refused(world: &World, file: &str, reason: &str) {
    let there = std::fs::read(world.path(file)).ok();
    let (record, departed) = (world.refresh_token(), departed(world));
    for export in [&["session", "export"][..], &["session", "export", "--copy"]] {
        let output = world.run(&[export, &[file]].concat()).exits(2);
        drop(output.because(reason).hinting("still here"));
        assert_eq!(std::fs::read(world.path(file)).ok(), there, "{file}");
        assert_eq!(departed, self::departed(world), "{file}");
        assert_eq!(world.refresh_token(), record, "{file}");
    }
}

fn departed(world: &World) -> Vec<std::path::PathBuf> {
    let folder = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let files = folder.map(|entry| entry.unwrap().path());
    let departed = |path: &std::path::PathBuf| path.extension() == Some("departed".as_ref());
    files.filter(departed).collect()
}

#[test]
fn an_export_never_takes_the_place_of_the_key_that_opens_it() {
    let world = signed_in();
    let absolute = world.path("store.key");
    for file in ["store.key", "./store.key", absolute.to_str().unwrap()] {
        assert_refused(&world, file, "key file in use");
    }
    world.run(&["session", "export", "one.sealed"]).succeeds();
    world.run(&["session", "import", "one.sealed"]).succeeds();
}

/// On Windows it takes a right of its own to make a link.
#[test]
#[cfg(unix)]
fn no_symbolic_link_leads_an_export_to_the_key_or_into_the_folders_of_this_program() {
    use std::os::unix::fs::symlink;

    let mut world = signed_in();
    symlink("store.key", world.path("link.key")).unwrap();
    assert_refused(&world, "link.key", "key file in use");
    let link = world.path("link.key");
    world.set("EPROSPERA_STORE_KEY_FILE", link.to_str().unwrap());
    assert_refused(&world, "link.key", "key file in use");
    assert_refused(&world, "store.key", "key file in use");
    symlink(world.path("state"), world.path("elsewhere")).unwrap();
    assert_refused(
        &world,
        "elsewhere/new.sealed",
        "a folder where eprospera keeps its own files",
    );
}

#[test]
fn an_export_never_goes_into_the_folders_of_this_program() {
    let world = signed_in();
    let record = world.session_file();
    assert!(record.exists());
    for file in [
        record.clone(),
        record.with_extension("departed"),
        record.with_extension("lock"),
        world.path("state/new.sealed"),
        world.path("state/logins/default.json"),
    ] {
        assert_refused(
            &world,
            file.to_str().unwrap(),
            "a folder where eprospera keeps its own \
                                                        files",
        );
    }
}

#[test]
fn an_export_takes_the_place_of_no_other_file_but_an_earlier_export() {
    let world = signed_in();
    for text in ["all of my notes", "{\"format\": \"other\"}", "\n"] {
        crate::world::write(&world.path("notes"), text.as_bytes());
        assert_refused(&world, "notes", "not an earlier export");
    }
    // What `mktemp` makes holds nothing that could be lost.
    crate::world::write(&world.path("notes"), b"");
    for _ in 0..2 {
        world.run(&["session", "export", "notes"]).succeeds();
        world.run(&["session", "import", "notes"]).succeeds();
        world.run(&["refresh"]).succeeds();
    }
}
