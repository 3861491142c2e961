//! Where a begun login waits: in each kind of store, and nowhere after a sign-out.

use super::{age, answer_to, begin, finish, pending};
use crate::command_store::with_helper;
use crate::world::World;

fn encrypted() -> World {
    let mut world = World::new();
    world.encrypt();
    world
}

/// Everything below the state folder that could still say something about a login.
fn left(world: &World) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for folder in ["state/sessions", "state/helpers", "vault"] {
        let entries = std::fs::read_dir(world.path(folder)).into_iter().flatten();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.retain(|path| {
        // Locks say nothing, and the scripted helper takes notes.
        let notes = ["started", "asked", "arguments", "environment"];
        let is_note = notes.iter().any(|note| path.ends_with(note));
        path.extension() != Some("lock".as_ref()) && !is_note
    });
    files
}

#[test]
fn each_kind_of_store_keeps_a_login_until_it_is_finished() {
    for world in [World::new(), encrypted(), with_helper()] {
        let begun = begin(&world, &[]);
        assert!(pending(&world).is_some());
        let answer = answer_to(&world, &begun);
        finish(&world, &[&begun.id], &answer).succeeds();
        assert!(pending(&world).is_none(), "{}", world.store);
        world.run(&["whoami"]).succeeds();
    }
}

#[test]
fn a_logout_deletes_what_was_begun_whether_or_not_there_is_a_session() {
    for world in [World::new(), encrypted(), with_helper()] {
        for logout in [&["logout"][..], &["logout", "--all"]] {
            for has_session in [false, true] {
                if has_session {
                    world.login().succeeds();
                }
                let begun = begin(&world, &[]);
                let answer = answer_to(&world, &begun);
                let output = world.run(logout).succeeds();
                drop(output.says("can no longer be finished"));
                assert!(pending(&world).is_none());
                finish(&world, &[&begun.id], &answer).exits(2);
                assert!(left(&world).is_empty(), "{:?}", left(&world));
            }
        }
    }
}

#[test]
fn a_logout_of_all_profiles_finds_logins_that_no_settings_name_any_more() {
    for mut world in [World::new(), with_helper()] {
        begin(&world, &["--profile", "one"]);
        begin(&world, &["--profile", "two"]);
        let store = world.variable("EPROSPERA_STORE");
        world.unset_settings();
        world.set("EPROSPERA_STORE", &store);
        world.run(&["logout", "--all"]).succeeds();
        assert!(left(&world).is_empty(), "{:?}", left(&world));
    }
}

#[test]
fn a_logout_deletes_what_has_ended_and_what_has_expired_too() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    finish(&world, &[], &answer).succeeds();
    begin(&world, &[]);
    age(&world, 3600);
    world.run(&["logout"]).succeeds();
    assert!(left(&world).is_empty(), "{:?}", left(&world));
}

#[test]
fn another_key_of_the_store_is_said_so_and_the_login_stays() {
    let world = encrypted();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    let other = "0".repeat(64);
    let wrong = [("EPROSPERA_STORE_KEY", other.as_str())];
    world
        .run_in(&wrong, &["login", "--finish", &begun.id])
        .exits(13);
    // Where there is no session, nothing else is in the way of a status.
    world.run_in(&wrong, &["status"]).exits(3);
    finish(&world, &[&begun.id], &answer).succeeds();
}

#[test]
fn another_key_for_the_store_is_another_key_for_what_was_begun() {
    let mut world = encrypted();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    world
        .run(&["session", "rekey", "--generate", "new.key"])
        .succeeds();
    world.unset("EPROSPERA_STORE_KEY");
    let key = world.path("new.key").display().to_string();
    world.set("EPROSPERA_STORE_KEY_FILE", &key);
    finish(&world, &[&begun.id], &answer).succeeds();
}
