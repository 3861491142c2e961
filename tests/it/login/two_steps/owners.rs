//! A begun login is finished by the profile, issuer and client that began it, and by nobody else.

use super::{answer_to, begin, exchanges, finish};
use crate::world::World;

#[test]
fn another_profile_or_client_cannot_finish_a_login() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    for flags in [["--profile", "other"], ["--client-id", "it-web"]] {
        let output = finish(
            &world,
            &[&[begun.id.as_str()], &flags[..]].concat(),
            &answer,
        );
        drop(
            output
                .exits(2)
                .because("no login")
                .hinting("with all of its options"),
        );
        finish(&world, &flags, &answer).exits(3);
    }
    assert_eq!(exchanges(&world), 0);
    finish(&world, &[&begun.id], &answer).succeeds();
}

#[test]
fn another_issuer_cannot_finish_a_login() {
    let (world, other) = (World::new(), World::new());
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    let flags = [begun.id.as_str(), "--issuer", other.url()];
    drop(finish(&world, &flags, &answer).exits(2).because("no login"));
    assert!(other.sandbox().request_log().is_empty());
    finish(&world, &[&begun.id], &answer).succeeds();
}

#[test]
fn a_record_that_is_moved_to_another_owner_is_refused() {
    let mut world = World::new();
    world.encrypt();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    let from = world.session_file();
    begin(&world, &["--profile", "other"]);
    let folder = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let to = folder
        .map(|file| file.unwrap().path())
        .find(|path| *path != from && path.extension().is_some_and(|kind| kind == "sealed"));
    std::fs::copy(&from, to.unwrap()).unwrap();
    let flags = [begun.id.as_str(), "--profile", "other"];
    finish(&world, &flags, &answer).exits(13);
    assert_eq!(exchanges(&world), 0);
}

#[test]
fn two_profiles_finish_each_its_own_login() {
    let world = World::new();
    let one = begin(&world, &[]);
    let two = begin(&world, &["--profile", "work"]);
    let (of_one, of_two) = (answer_to(&world, &one), answer_to(&world, &two));
    finish(&world, &["--profile", "work"], &of_one).exits(14);
    finish(&world, &["--profile", "work"], &of_two).succeeds();
    finish(&world, &[], &of_one).succeeds();
    world.run(&["whoami", "--profile", "work"]).succeeds();
}

#[test]
fn the_second_provider_signs_in_by_pasting_and_has_no_device() {
    let world = crate::prosper::prosper();
    let begun = begin(&world, &[]);
    let names: Vec<_> = begun
        .url()
        .query_pairs()
        .map(|(name, _)| name.into_owned())
        .collect();
    assert_eq!(names, ["client_id", "redirect_uri", "scope", "state"]);
    let answer = answer_to(&world, &begun);
    let json = finish(&world, &[&begun.id], &answer).succeeds().json();
    assert_eq!(json["account"]["email"], crate::prosper::EMAIL);
    let output = world.run(&["login", "--begin", "--device"]).exits(2);
    drop(output.because("`--device` cannot be used"));
}
