//! A file system that says yes to every lock without locking, as some network ones do: nothing is
//! sent and nothing is written.

use crate::run::Run;
use crate::world::World;

use super::tracer::under;

/// Runs where every lock is granted and none is held.
fn without_locks(world: &World, arguments: &[&str]) -> Run {
    let log = world.path("trace").display().to_string();
    let options = ["-f", "-qq", "-e", "inject=flock:retval=0", "-o", &log];
    world.finish(under(&world.command(arguments), "strace", &options))
}

#[test]
fn a_lock_that_is_granted_twice_at_a_time_is_no_lock() {
    let world = World::signed_in();
    let before = world.refresh_token();
    let asked = world.events("authorize").len();
    for arguments in [
        &["refresh"][..],
        &["login", "--no-browser"],
        &["profile", "set", "scopes", "openid"],
        &["session", "export", "--copy", "session.export"],
    ] {
        let output = without_locks(&world, arguments).exits(13);
        output
            .because("grants the same lock twice")
            .hinting("local file system");
    }
    assert_eq!(world.events("authorize").len(), asked);
    assert_eq!((world.refreshes(), world.refresh_token()), (0, before));
    world.run(&["refresh"]).succeeds();
    // The tokens are revoked all the same, and the session that cannot be deleted stays.
    without_locks(&world, &["logout"])
        .exits(13)
        .says("grants the same lock twice");
    assert!(world.record().is_some());
}

#[test]
fn a_valid_access_token_is_used_where_nothing_can_be_locked() {
    let world = World::signed_in();
    without_locks(&world, &["token"]).succeeds();
    without_locks(&world, &["whoami"]).succeeds();
}
