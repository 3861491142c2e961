//! Each trial can fail: a client with the mistake that it looks for does, and without it passes.

use super::{torture, verdicts};
use crate::world::World;

/// Requires that a client fails exactly because of its mistake.
fn caught(mistake: &str, trials: &str, more: &[&str]) {
    let world = World::new();
    let mistakes: Vec<_> = mistake.split(' ').collect();
    let bad = torture(&world, trials, &mistakes, more).exits(1);
    for (name, passed, reason) in verdicts(&bad) {
        assert!(!passed, "{name} lets {mistake} pass: {reason}");
        assert!(!reason.contains("the set-up"), "{name}: {reason}");
    }
    torture(&world, trials, &[], more).exits(0);
}

#[test]
fn a_client_without_a_lock_is_caught() {
    caught("no-lock", "slow-answer,sign-in-meanwhile", &[]);
    // Without signals a trial is skipped; and under Wine ten processes start too far apart to meet.
    #[cfg(unix)]
    caught("no-lock", "at-expiry-10,stopped-and-continued", &[]);
}

#[test]
fn two_hundred_processes_catch_a_client_without_a_lock() {
    let world = World::new();
    let bad = torture(&world, "at-expiry-200", &["no-lock"], &[]).exits(1);
    let (_, passed, reason) = &verdicts(&bad)[0];
    assert!(
        !passed && reason.contains("of 200 processes got a working token"),
        "{reason}"
    );
}

#[test]
fn a_client_whose_lock_outlives_it_is_caught() {
    let more = ["--timeout", "6s", "--seed", "1"];
    // Under Wine a program takes most of its time to start, when it holds no lock that a random moment could meet.
    let trials = if cfg!(unix) {
        "killed-after-commit,killed-at-random"
    } else {
        "killed-after-commit"
    };
    caught("stale-lock", trials, &more);
}

#[test]
fn a_client_that_never_refreshes_is_caught() {
    caught("never-refreshes", "at-expiry-1", &[]);
}

#[test]
fn a_client_that_does_not_store_what_it_gets_is_caught() {
    caught("forgets", "five-refreshes", &[]);
    caught("forgets-all", "stored-after-refresh", &[]);
}

#[test]
fn a_client_that_takes_any_failure_for_the_end_of_its_session_is_caught() {
    let trials = "closed-before-answer,bad-gateway-once,server-error,rate-limited,unavailable-retry-after,\
                  temporarily-unavailable,invalid-client,garbage,empty-answer,captive-portal-page,\
                  captive-portal-redirect,discovery-broken,issuer-unreachable";
    caught("deletes", trials, &["--jobs", "8"]);
}

#[test]
fn a_client_that_asks_again_and_again_is_caught() {
    caught("loops", "bad-gateway-lasting,answer-cut", &[]);
    caught("retries-at-once", "rate-limited-retry-after", &[]);
}

#[test]
fn a_client_that_waits_for_ever_is_caught() {
    caught("waits-for-ever", "never-answers", &["--timeout", "25s"]);
}

#[test]
fn a_client_that_claims_to_have_a_token_is_caught() {
    caught(
        "claims",
        "half-an-answer,revoked-elsewhere,reuse-detected",
        &[],
    );
}

#[test]
fn a_client_that_repeats_the_errors_of_the_provider_is_caught() {
    let world = World::new();
    let bad = torture(&world, "token-echoed", &["echoes"], &[]).exits(1);
    let (_, passed, reason) = &verdicts(&bad)[0];
    assert!(
        !passed && reason.contains("wrote its refresh token to stderr"),
        "{reason}"
    );
    assert!(bad.stdout.contains("[redacted]"), "{}", bad.stdout);
    assert!(!bad.stdout.contains("rt_") && !bad.stderr.contains("rt_"));
    caught("echoes", "token-echoed", &[]);
}

/// The trial asks the client to end, and is skipped on Windows, which can only ask all at a console.
#[cfg(unix)]
#[test]
fn a_client_that_dies_while_its_answer_is_on_its_way_is_caught() {
    caught("dies", "terminated", &[]);
}

/// The trials limit files and close folders, and are skipped elsewhere.
#[cfg(unix)]
#[test]
fn a_client_that_does_not_see_whether_it_can_store_is_caught() {
    caught("truncates no-lock", "full-disk,read-only-store", &[]);
}

#[test]
fn a_client_that_trusts_clocks_or_keys_too_much_is_caught() {
    caught(
        "trusts-the-clock",
        "clock-a-day-ahead,clock-a-day-behind",
        &[],
    );
    caught("keeps-the-key", "key-rotated", &[]);
}

#[test]
fn a_client_that_insists_on_the_usual_answer_is_caught() {
    caught("insists", "scope-narrowed", &[]);
    caught("drops", "no-new-refresh-token", &[]);
    caught("wants-rotation", "same-refresh-token", &[]);
    caught("needs-a-number", "expires-in-missing,expires-in-text", &[]);
}

/// Requires that a client that prints nothing and asks userinfo is caught with its further mistake, for
/// a reason, and passes without it.
fn caught_asking(mistake: &str, trials: &str, why: &str) {
    let world = World::new();
    let bad = torture(&world, trials, &["asks", mistake], &[]).exits(1);
    for (name, passed, reason) in verdicts(&bad) {
        assert!(!passed && reason.contains(why), "{name}: {reason}");
    }
    torture(&world, trials, &["asks"], &[]).exits(0);
}

#[test]
fn a_client_that_signs_in_anew_in_each_run_is_caught_although_it_asks_userinfo() {
    let trials = "five-refreshes,server-error,key-rotated,stored-after-refresh";
    caught_asking("signs-in-anew", trials, "the client has a token of sign-in");
}

#[test]
fn one_request_to_userinfo_shows_the_token_of_one_process() {
    let why = "printed no token and did not call userinfo";
    caught_asking("one-asks", "slow-answer", why);
    // Where there are no signals, the trial is skipped.
    #[cfg(unix)]
    caught_asking("one-asks", "stopped-and-continued", why);
}

#[test]
fn a_page_that_stands_in_for_userinfo_shows_no_token() {
    let why = "printed no token and did not call userinfo";
    caught_asking("never-refreshes", "captive-portal-page", why);
}

/// The trial limits files, and is skipped elsewhere.
#[cfg(unix)]
#[test]
fn a_client_that_could_not_store_its_new_token_hears_that_this_cost_the_session() {
    let world = World::new();
    let bad = torture(&world, "full-disk", &["stores-blindly"], &[]).exits(1);
    let (_, _, reason) = &verdicts(&bad)[0];
    assert!(
        reason.contains("used") && reason.ends_with("the new refresh token was not stored"),
        "{reason}"
    );
}

#[test]
fn a_client_that_gives_up_its_living_session_hears_that_it_did() {
    let world = World::new();
    let bad = torture(&world, "bad-gateway-once", &["deletes"], &[]).exits(1);
    let (_, _, reason) = &verdicts(&bad)[0];
    let why =
        "the client gave up although its session is alive: without any fault, it exited with 3";
    assert_eq!(reason, why);
}

#[test]
fn one_process_without_a_token_is_spoken_of_as_one() {
    let world = World::new();
    let trials = "at-expiry-1,at-expiry-10";
    let bad = torture(&world, trials, &["needs-another-lifetime"], &[]).exits(1);
    let verdicts = verdicts(&bad);
    let (_, _, one) = &verdicts[0];
    let expected =
        "the client got no working token, with 1 refresh; the session is alive; it exited with 3";
    assert_eq!(one, expected);
    let (_, _, ten) = &verdicts[1];
    assert!(
        ten.contains("; one of those without exited with 3"),
        "{ten}"
    );
}
