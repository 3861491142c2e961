//! Folders that variables name: absolute, or refused.

use crate::world::World;

#[test]
fn a_folder_that_depends_on_where_the_program_starts_is_refused_by_name() {
    let world = World::new();
    for name in ["CONFIG", "STATE", "CACHE"] {
        let variable = format!("EPROSPERA_{name}_DIR");
        for folder in ["~", "~/tokens", "tokens", "./tokens", "../tokens", "."] {
            world
                .run_in(&[(&variable, folder)], &["login", "--no-browser"])
                .exits(2)
                .because(&format!("{variable} points to `{folder}`"))
                .hinting("a path that begins with");
        }
    }
    let here = std::fs::read_dir(world.path("")).unwrap();
    assert_eq!(here.count(), 0);
}

/// Windows does not ask variables where the home is.
#[cfg(unix)]
#[test]
fn a_home_that_is_not_an_absolute_path_is_refused_and_such_an_xdg_folder_does_not_count() {
    let mut world = World::new();
    for name in ["CONFIG", "STATE", "CACHE"] {
        world.unset(&format!("EPROSPERA_{name}_DIR"));
        world.set(&format!("XDG_{name}_HOME"), "relative");
    }
    world.login().succeeds();
    assert!(!world.path("relative").exists());
    assert!(world.path(".local/state/eprospera/sessions").is_dir());
    let refused = world.run_in(&[("HOME", "relative")], &["status"]);
    drop(refused.exits(2).because("HOME points to `relative/"));
}

#[cfg(unix)]
#[test]
fn the_root_folder_as_home_is_taken_as_it_is() {
    let mut world = World::new();
    for name in ["CONFIG", "STATE", "CACHE"] {
        world.unset(&format!("XDG_{name}_HOME"));
    }
    world.set("HOME", "/");
    drop(world.run(&["status"]).exits(3));
}
