//! What the provider refuses is erased only while it is what is stored.

use crate::world::{World, wait_until};

/// A refresh whose token the provider does not know and whose answer is slow; meanwhile somebody
/// who does not share its lock stores the newer session.
fn overtaken(command: &[&str], newer: &[u8], world: &World) -> crate::run::Run {
    world.fault("token:slow=1500ms*1");
    let refresh = world.spawn(world.command(command));
    wait_until("the refresh is sent", || world.faults_left().is_empty());
    crate::world::write(&world.session_file(), newer);
    refresh.end()
}

/// A world in which a spent token is stored, and the file of its successor.
fn spent(newer_is_valid: bool) -> (World, Vec<u8>) {
    let world = World::signed_in();
    world.change_record(|record| record.generation = 7);
    if !newer_is_valid {
        world.expire_access_token();
    }
    let newer = std::fs::read(world.session_file()).unwrap();
    world.change_record(|record| {
        record.generation = 6;
        let refresh = record.refresh.as_mut().unwrap();
        refresh.token = eprospera::secret::Secret::new("rt_spent".to_owned());
    });
    world.expire_access_token();
    (world, newer)
}

#[test]
fn a_session_that_has_changed_since_its_token_was_refused_is_kept_and_used() {
    let (world, newer) = spent(true);
    let output = overtaken(&["token"], &newer, &world).succeeds();
    assert_eq!(output.stdout.trim(), world.access_token());
    assert_eq!(std::fs::read(world.session_file()).unwrap(), newer);
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn a_newer_session_that_needs_a_refresh_itself_gets_it() {
    let (world, newer) = spent(false);
    let output = overtaken(&["token"], &newer, &world).succeeds();
    assert_eq!(output.stdout.trim(), world.access_token());
    assert!(world.record().unwrap().generation > 7);
    assert_eq!(world.refreshes(), 2);
}

#[test]
fn a_session_that_is_refused_and_unchanged_is_erased() {
    let (world, _) = spent(true);
    world.run(&["token"]).exits(3);
    assert!(world.record().is_none());
}
