//! Reads are sent again while the portal is busy or out of reach, and nothing else is.

use crate::world::World;

const READ: [&str; 2] = ["me", "natural-person"];

#[test]
fn a_read_is_sent_again_until_the_portal_has_recovered() {
    for rule in [
        "me:429*2",
        "me:429=0*3",
        "me:408*1",
        "me:500*1",
        "me:502*1",
        "me:503=0*2",
        "me:504*1",
        "me:drop*1",
        "me:drop-after-commit*1",
        "me:half-body*1",
    ] {
        let world = World::signed_in();
        let expected = world.run(&READ).succeeds().stdout;
        world.fault(rule);
        let output = world.run(&READ).succeeds();
        assert_eq!(output.stdout, expected, "{rule}");
        assert_eq!(output.stderr, "", "{rule}");
        let (_, strikes) = rule.split_once('*').unwrap();
        let strikes: usize = strikes.parse().unwrap();
        // One before the fault, and one that succeeds.
        assert_eq!(world.events("me").len(), strikes + 2, "{rule}");
        assert_eq!(world.refreshes(), 0, "{rule}");
    }
}

#[test]
fn a_read_that_timed_out_is_sent_again() {
    let world = World::signed_in();
    world.fault("userinfo:hang*1");
    world.run(&["whoami", "--request-timeout", "2s"]).succeeds();
}

#[test]
fn it_gives_up_after_as_many_retries_as_are_wanted() {
    for (flags, variable, requests) in [
        (&[][..], None, 4),
        (&["--retries", "1"], None, 2),
        (&["--retries", "0"], Some("5"), 1),
        (&[], Some("2"), 3),
        (&[], Some("0"), 1),
    ] {
        let mut world = World::signed_in();
        if let Some(number) = variable {
            world.set("EPROSPERA_RETRIES", number);
        }
        world.fault("me:429=0");
        let output = world.run(&[&READ, flags].concat()).exits(7);
        output.because("Too many requests").hinting("in a minute");
        assert_eq!(world.events("me").len(), requests, "{flags:?} {variable:?}");
    }
}

#[test]
fn a_wait_that_exceeds_the_budget_is_named_and_not_begun() {
    for (rule, code, wait) in [("me:429=120", 7, "2m"), ("me:503=3600", 1, "1h")] {
        let world = World::signed_in();
        world.fault(rule);
        world
            .run(&READ)
            .exits(code)
            .hinting(&format!("run the command again in {wait}"));
        assert_eq!(world.events("me").len(), 1, "{rule}");
    }
}

#[test]
fn a_long_wait_is_announced_and_ctrl_c_ends_it() {
    let world = World::signed_in();
    world.fault("me:429=20");
    let mut command = world.spawn(world.command(&READ));
    command.wait_for("the server asked to wait; continuing in 20s");
    command.interrupt();
    command.end().exits(130);
    assert_eq!(world.events("me").len(), 1);
}

#[test]
fn what_does_not_pass_by_itself_is_asked_once() {
    for (rule, code) in [
        ("me:302", 14),
        ("me:400", 8),
        ("me:403", 4),
        ("me:404", 5),
        ("me:409", 6),
        ("me:422", 8),
        ("me:501", 1),
        ("me:html", 1),
        ("me:garbage", 1),
        ("me:huge=length", 1),
    ] {
        let world = World::signed_in();
        world.fault(rule);
        drop(world.run(&READ).exits(code));
        assert_eq!(world.events("me").len(), 1, "{rule}");
    }
}

#[test]
fn of_requests_by_hand_only_reads_are_sent_again() {
    for (method, requests) in [
        ("GET", 3),
        ("HEAD", 3),
        ("POST", 1),
        ("PUT", 1),
        ("DELETE", 1),
    ] {
        let world = World::signed_in();
        world.fault("me:503=0*2");
        drop(world.run(&["api", method, "/api/v1/me/natural-person"]).0);
        assert_eq!(world.events("me").len(), requests, "{method}");
    }
}

#[test]
fn a_401_leads_to_one_refresh_and_one_more_request() {
    let world = World::signed_in();
    world.fault("me:401");
    world.run(&READ).exits(3);
    assert_eq!((world.events("me").len(), world.refreshes()), (2, 1));
}

#[test]
fn after_a_refresh_a_busy_portal_still_gets_its_retries() {
    let world = World::signed_in();
    world.fault("me:503=0*1");
    world.fault("me:401*1");
    world.fault("me:503=0*1");
    world.run(&READ).succeeds();
    assert_eq!((world.events("me").len(), world.refreshes()), (4, 1));
}

#[test]
fn a_refresh_is_never_sent_again_by_itself() {
    for rule in ["token:429=0*1", "token:503=0*1", "token:drop*1"] {
        let world = World::signed_in();
        world.expire_access_token();
        world.fault(rule);
        assert_ne!(world.run(&READ).0.code, 0, "{rule}");
        assert_eq!(
            world.events("token").len(),
            2,
            "{rule}: the login's, and this one"
        );
        assert_eq!(world.events("me").len(), 0, "{rule}");
    }
}

#[test]
fn attempts_waits_and_what_is_left_of_the_budget_are_shown_when_asked_for() {
    let mut world = World::signed_in();
    world.fault("me:503=0*2");
    let output = world.run(&[&READ[..], &["-v"]].concat()).succeeds();
    for words in [
        "trying again",
        "HTTP status 503",
        "retry=1",
        "retry=2",
        "of=3",
        "budget_left=",
    ] {
        assert!(output.stderr.contains(words), "{words}: {}", output.stderr);
    }
    world.stop_sandbox();
    let output = world.run(&[&READ[..], &["-v"]].concat()).exits(11);
    for words in [
        "cannot reach",
        "retry=3",
        "no further attempt",
        "attempts=4",
    ] {
        assert!(output.stderr.contains(words), "{words}: {}", output.stderr);
    }
}

#[test]
fn a_number_of_retries_that_is_none_is_refused() {
    let world = World::signed_in();
    world
        .run_in(&[("EPROSPERA_RETRIES", "often")], &READ)
        .exits(2)
        .because("EPROSPERA_RETRIES is `often`")
        .hinting("0 turns retries off");
    drop(
        world
            .run(&["me", "natural-person", "--retries", "-1"])
            .exits(2),
    );
    assert!(world.events("me").is_empty());
}
