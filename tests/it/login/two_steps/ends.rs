//! Every way in which a login in two steps ends without a session, each with its own answer; the session
//! that was there stays.

use super::{age, answer_to, begin, exchanges, finish, pending};
use crate::world::World;

#[test]
fn a_finish_without_a_beginning_says_so_and_leaves_the_session_alone() {
    let world = World::signed_in();
    let before = world.refresh_token();
    let asked = world.sandbox().request_log().len();
    let output = finish(&world, &[], "").exits(3);
    drop(
        output
            .because("there is no login to finish")
            .hinting("eprospera login --begin"),
    );
    let output = finish(&world, &["0123abcd"], "").exits(2);
    drop(
        output
            .because("no login `0123abcd` to finish")
            .hinting("login --begin"),
    );
    assert_eq!(world.refresh_token(), before);
    assert_eq!(
        world.sandbox().request_log().len(),
        asked,
        "nothing was sent"
    );
}

#[test]
fn several_pending_logins_are_listed_where_none_is_named() {
    let world = World::new();
    let (one, two) = (begin(&world, &[]), begin(&world, &[]));
    for flags in [&[][..], &["ffffffff"]] {
        let output = finish(&world, flags, "").exits(2);
        let output = output.hinting(&format!("login --finish {}", one.id));
        drop(output.hinting(&format!("login --finish {}", two.id)));
    }
}

#[test]
fn a_second_finish_of_the_same_login_says_that_it_was_used() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    finish(&world, &[&begun.id], &answer).succeeds();
    let before = world.refresh_token();
    let output = finish(&world, &[&begun.id], &answer).exits(6);
    drop(
        output
            .because("can be used only once")
            .hinting("eprospera status"),
    );
    let output = finish(&world, &[], &answer).exits(3);
    drop(output.hinting("the last one was used"));
    assert_eq!(exchanges(&world), 1);
    assert_eq!(world.refresh_token(), before);
}

#[test]
fn a_failure_after_the_code_was_sent_is_over_and_says_so() {
    for (fault, code) in [("token:500*1", 1), ("token:drop-after-commit*1", 11)] {
        let world = World::new();
        let begun = begin(&world, &[]);
        let answer = answer_to(&world, &begun);
        world.fault(fault);
        let output = finish(&world, &[&begun.id], &answer).exits(code);
        assert!(output.stderr.contains("\"retryable\":false"), "{output:?}");
        assert!(!output.stderr.contains("again later"), "{output:?}");
        drop(output.hinting("eprospera login --begin"));
    }
}

#[test]
fn a_login_that_has_expired_says_since_when_and_how_to_begin_again() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    age(&world, 20 * 60);
    for _ in 0..2 {
        let output = finish(&world, &[&begun.id], &answer).exits(9);
        let output = output.because("expired 5m").because("ago");
        assert!(output.stderr.contains("\"retryable\":false"), "{output:?}");
        drop(output.hinting("eprospera login --begin"));
    }
    let output = finish(&world, &[], &answer).exits(3);
    drop(output.hinting("expired 5m"));
    assert_eq!(exchanges(&world), 0);
    // The next beginning sweeps it out of the store, and it is explained all the same.
    begin(&world, &[]);
    let logins = pending(&world).unwrap()["logins"].clone();
    assert_eq!(logins.as_array().unwrap().len(), 1);
    drop(
        finish(&world, &[&begun.id], &answer)
            .exits(9)
            .because("expired"),
    );
}

#[test]
fn an_address_of_another_login_is_not_sent_and_the_right_one_still_works() {
    let world = World::new();
    let (one, two) = (begin(&world, &[]), begin(&world, &[]));
    let (of_one, of_two) = (answer_to(&world, &one), answer_to(&world, &two));
    let output = finish(&world, &[&one.id], &of_two).exits(14);
    let output = output.because("the response to another login");
    drop(output.hinting(&format!("login --finish {}", one.id)));
    assert_eq!(exchanges(&world), 0);
    finish(&world, &[&two.id], &of_two).succeeds();
    finish(&world, &[&one.id], &of_one).succeeds();
    assert_eq!(exchanges(&world), 2);
}

#[test]
fn what_is_not_an_answer_is_explained_and_the_login_stays_pending() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    let state = begun.parameter("state").unwrap();
    let wrong_state = answer.replace(&state, &"A".repeat(43));
    let no_state = answer.replace(&state, "").replace("state=", "");
    let begins_elsewhere = begun.url().to_string();
    let twice = format!("{answer}&code=other");
    for (pasted, code, why) in [
        ("", 2, "there is no address on stdin"),
        ("\n\n", 2, "there is no address on stdin"),
        ("y\n", 2, "that is not the response to this login"),
        (wrong_state.as_str(), 14, "another login"),
        (&no_state, 2, "not the whole address"),
        (&begins_elsewhere, 2, "that is the address to open"),
        (&twice, 2, "cannot be used"),
    ] {
        let output = finish(&world, &[&begun.id], pasted).exits(code);
        drop(output.because(why).hinting("still pending"));
    }
    assert_eq!(exchanges(&world), 0);
    finish(&world, &[&begun.id], &format!("oops\n{answer}\n")).succeeds();
}

#[test]
fn an_answer_of_another_issuer_is_refused_and_the_login_stays_pending() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    let foreign = format!("{answer}&iss=https%3A%2F%2Fevil.example");
    let foreign = if answer.contains("&iss=") {
        let (before, _) = answer.split_once("&iss=").unwrap();
        format!("{before}&iss=https%3A%2F%2Fevil.example")
    } else {
        foreign
    };
    finish(&world, &[&begun.id], &foreign).exits(14);
    assert_eq!(exchanges(&world), 0);
    finish(&world, &[&begun.id], &answer).succeeds();
}

#[test]
fn a_denial_ends_the_login() {
    let world = World::signed_in();
    let before = world.refresh_token();
    world.fault("authorize:error=access_denied");
    let begun = begin(&world, &[]);
    let denial = answer_to(&world, &begun);
    let output = finish(&world, &[&begun.id], &denial).exits(4);
    drop(
        output
            .because("consent was denied")
            .hinting("login --begin"),
    );
    let output = finish(&world, &[&begun.id], &denial).exits(4);
    drop(output.because("was refused"));
    assert_eq!(world.refresh_token(), before);
}

#[test]
fn a_code_that_the_provider_refuses_ends_the_login_and_keeps_the_session() {
    let world = World::signed_in();
    let before = world.refresh_token();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    world.sandbox().advance_clock(3600);
    let output = finish(&world, &[&begun.id], &answer).exits(3);
    drop(output.hinting("login --begin"));
    assert_eq!(world.refresh_token(), before);
    finish(&world, &[&begun.id], &answer).exits(6);
}

#[test]
fn an_id_token_that_fails_a_check_is_not_stored_and_its_tokens_are_revoked() {
    let world = World::new();
    world.fault("id_token:bad-nonce");
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    finish(&world, &[&begun.id], &answer).exits(14);
    assert!(world.record().is_none() && pending(&world).is_none());
    assert_eq!(world.events("revoke").len(), 2);
}

#[test]
fn a_portal_that_is_not_there_when_the_login_is_finished_costs_nothing() {
    let mut world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    let pending_before = pending(&world);
    world.stop_sandbox();
    finish(&world, &[&begun.id], &answer).exits(11);
    assert_eq!(pending(&world), pending_before);
}

#[test]
fn a_stdin_that_says_nothing_ends_with_the_timeout_and_the_login_stays_pending() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    let mut command = world.command(&["login", "--finish", &begun.id, "--timeout", "200ms"]);
    command.stdin(std::process::Stdio::piped());
    let mut process = world.spawn(command);
    let _open = process.child.stdin.take();
    let output = process.end().exits(9);
    drop(output.because("timed out").hinting("still pending"));
    finish(&world, &[&begun.id], &answer).succeeds();
}

#[test]
fn of_more_logins_than_can_be_pending_the_oldest_is_given_up() {
    let world = World::new();
    let begun: Vec<_> = (0..9).map(|_| begin(&world, &[])).collect();
    let answer = answer_to(&world, &begun[0]);
    let output = finish(&world, &[&begun[0].id], &answer).exits(9);
    drop(output.because("too many newer ones"));
    let answer = answer_to(&world, &begun[1]);
    finish(&world, &[&begun[1].id], &answer).succeeds();
}
