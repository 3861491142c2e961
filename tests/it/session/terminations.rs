//! A process that is terminated at any moment of a refresh, as `kill -9` and the Task Manager do it.
//!
//! `reliability/` counts system calls on Linux, which says more; this is by the clock, for Windows.

use std::time::{Duration, Instant};

use crate::world::World;

/// The whole sweep takes minutes.
const TERMINATIONS: u32 = if cfg!(feature = "reliability") {
    200
} else {
    20
};

/// Between rotation and response, only the server knows the new token (docs/reliability.md, "Not guaranteed"): no client can
/// keep what it never had. Hardly ever is a process ended just then.
const RARELY: u32 = TERMINATIONS / 20;

/// Ends a refresh after so long, unless it has ended by itself.
fn terminate(world: &World, after: Duration) {
    let mut process = world.spawn(world.command(&["token"]));
    // Time is what is tried out here: there is no event to wait for.
    std::thread::sleep(after);
    process.child.start_kill().unwrap_or_default();
    drop(process.end());
}

#[test]
fn after_a_termination_at_any_moment_the_session_goes_on_or_its_unknown_outcome_is_said() {
    let world = World::signed_in();
    world.expire_access_token();
    let begun = Instant::now();
    world.run(&["token"]).succeeds();
    let whole = begun.elapsed();
    let mut lost = 0;
    for index in 0..TERMINATIONS {
        world.expire_access_token();
        let before = world.refreshes();
        terminate(&world, whole * index / TERMINATIONS);
        let has_rotated = world.refreshes() > before;
        let status = world.run(&["status"]).succeeds().json();
        let next = world.run(&["token"]);
        if next.0.code == 0 {
            continue;
        }
        assert_eq!(status["session"]["refresh_outcome_unknown"], true);
        assert!(has_rotated, "the server has the old token still");
        drop(next.exits(3));
        lost += 1;
        world.login().succeeds();
    }
    assert!(lost <= RARELY, "{lost} of {TERMINATIONS}");
    world.run(&["refresh"]).succeeds();
}
