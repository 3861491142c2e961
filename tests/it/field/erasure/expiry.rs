//! The clock is read after each wait, and nobody waits for a refresh that is not needed yet.

use std::time::{Duration, Instant};

use crate::world::{SHELL, World};

/// Longer than any of these commands takes, and shorter than the wait for a lock.
const SOON: Duration = Duration::from_secs(40);

#[test]
fn a_token_that_expires_while_the_provider_is_waited_for_is_not_handed_out() {
    for arguments in [
        &["token"][..],
        &["exec", "--", "echo", "it ran"],
        &["api", "/api/v1/me/natural-person"],
    ] {
        let world = World::signed_in();
        world.age_access_token(3597);
        world.fault("token:slow=4s*1");
        world.fault("token:503*1");
        let output = world.run(arguments).0;
        assert_ne!(output.code, 0, "{output:#?}");
        assert_eq!(output.stdout, "", "{output:#?}");
        assert!(!output.stderr.contains("still valid"), "{output:#?}");
    }
}

#[test]
fn a_token_that_is_good_for_one_more_request_is_used_while_another_process_holds_the_lock() {
    let world = World::signed_in();
    world.age_access_token(3545);
    let store = world.open_store();
    let _guard = store.lock(&world.entry("default"), SOON).unwrap();
    let begun = Instant::now();
    let output = world.run(&["token"]).succeeds();
    assert_eq!(output.stdout.trim(), world.access_token());
    assert_eq!(output.stderr, "");
    let inside = ["exec", "--", SHELL[0], SHELL[1], "exit 0"];
    world.run(&inside).succeeds();
    world.run(&["me", "natural-person"]).succeeds();
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn a_stopped_process_that_holds_the_lock_costs_nobody_a_minute() {
    let world = World::signed_in();
    world.age_access_token(3545);
    world.fault("token:slow=20s*1");
    let stopped = world.spawn(world.command(&["refresh"]));
    crate::world::wait_until("the refresh is sent", || world.faults_left().is_empty());
    stopped.pause();
    let begun = Instant::now();
    let output = world.run(&["token", "--min-ttl", "10s"]).succeeds();
    assert_eq!(output.stdout.trim(), world.access_token());
    world.run(&["token"]).succeeds();
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    stopped.kill();
}

#[test]
fn a_clock_that_has_gone_back_makes_no_token_valid_that_may_have_expired() {
    let mut world = World::signed_in();
    // As if the clock had been two hours ahead when the session was stored.
    world.age_access_token(-2 * 3600);
    world.stop_sandbox();
    for arguments in [&["token"][..], &["exec", "--", "echo", "it ran"]] {
        let output = world.run(arguments).exits(11);
        assert_eq!(output.stdout, "", "{output:#?}");
    }
}

#[test]
fn the_life_of_a_token_does_not_begin_with_the_answer_to_a_question() {
    let world = World::signed_in();
    let before = world.record().unwrap().access.unwrap();
    assert_eq!(before.lifetime(), 3600);
    std::fs::remove_dir_all(world.path("cache")).unwrap();
    world.fault("jwks:slow=3s*1");
    world.run(&["refresh"]).succeeds();
    let record = world.record().unwrap();
    let access = record.access.unwrap();
    assert_eq!(access.lifetime(), 3600);
    // The key set took three seconds, and the token was there before.
    let now = std::time::SystemTime::now();
    let now = now.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    assert!(i64::try_from(now).unwrap() - access.issued_at >= 2);
}
