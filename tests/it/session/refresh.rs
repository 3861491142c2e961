//! Refresh of a session: what ends it, what keeps it, and what is never sent twice.

use crate::world::World;

/// A failure of the token endpoint, and the exit code once the access token has expired.
struct Failure {
    rule: &'static str,
    code: i32,
    /// Whether the provider may have rotated.
    unknown: bool,
}

const fn failure(rule: &'static str, code: i32, unknown: bool) -> Failure {
    Failure {
        rule,
        code,
        unknown,
    }
}

const FAILURES: [Failure; 12] = [
    failure("token:500*1", 1, true),
    failure("token:502*1", 1, true),
    failure("token:html*1", 1, true),
    failure("token:garbage*1", 1, true),
    failure("token:empty*1", 1, true),
    failure("token:huge*1", 1, true),
    failure("token:hang*1", 9, true),
    failure("token:drop*1", 11, true),
    failure("token:429*1", 7, false),
    failure("token:429=3*1", 7, false),
    failure("token:error=invalid_client*1", 3, false),
    failure("token:error=invalid_request*1", 8, false),
];

fn token(world: &World) -> crate::run::Run {
    world.run(&["token"])
}

#[test]
fn a_refresh_says_what_changed_and_shows_no_token() {
    let world = World::signed_in();
    let (access, refresh) = (world.access_token(), world.refresh_token());
    let output = world.run(&["refresh"]).succeeds();
    let json = output.json();
    assert_eq!(json["rotated_by"], "this command");
    assert!(json["generation"].as_u64() > Some(1));
    assert_eq!(json["refresh_token_rotated"], true);
    assert_eq!(json["id_token_renewed"], true);
    assert_eq!(json["scopes"], json["scopes_before"]);
    let (new_access, new_refresh) = (world.access_token(), world.refresh_token());
    assert!(access != new_access && refresh != new_refresh);
    for secret in [access, refresh, new_access, new_refresh] {
        assert!(!output.stdout.contains(&secret) && !output.stderr.contains(&secret));
    }
}

#[test]
fn a_refresh_can_narrow_the_scopes_and_not_widen_them() {
    let world = World::new();
    world
        .login_with(&["--scope", "openid email offline_access"])
        .succeeds();
    let output = world
        .run(&["refresh", "--scope", "openid offline_access"])
        .succeeds();
    assert_eq!(
        output.json()["scopes"],
        serde_json::json!(["openid", "offline_access"])
    );
    let before = world.access_token();
    let output = world
        .run(&["refresh", "--scope", "openid profile"])
        .exits(8);
    output
        .because("invalid_scope")
        .hinting("the session is kept");
    assert_eq!(world.access_token(), before);
    world.run(&["refresh"]).succeeds();
}

#[test]
fn a_session_that_the_provider_ended_is_ended_here() {
    let world = World::signed_in();
    world.sandbox().revoke_all();
    let output = world.run(&["refresh"]).exits(3);
    output
        .because("the session has ended")
        .because("invalid_grant")
        .hinting("eprospera login");
    assert!(world.record().is_none());
    world.run(&["status"]).exits(3);
    assert_eq!(world.refreshes(), 1);
}

#[test]
fn a_failure_while_the_access_token_is_valid_uses_it_with_a_warning() {
    let world = World::new();
    for Failure { rule, unknown, .. } in FAILURES {
        if rule.contains("invalid_client") {
            continue;
        }
        world.login().succeeds();
        let old = world.access_token();
        world.age_access_token(3600 - 40);
        world.fault(rule);
        let output = token(&world)
            .succeeds()
            .says("warning:")
            .says("using the access token, which is still valid");
        assert_eq!(output.stdout.trim(), old, "{rule}");
        assert!(world.faults_left().is_empty(), "{rule}: it was sent");
        // An unknown outcome is not replayed while the access token lives.
        let sent = world.refreshes();
        let output = token(&world).succeeds();
        assert_eq!(world.refreshes() > sent, !unknown, "{rule}: {output:#?}");
        assert_eq!(
            world.run(&["status"]).succeeds().json()["session"]["refresh_outcome_unknown"],
            unknown
        );
    }
}

#[test]
fn a_failure_after_expiry_keeps_the_session_and_the_next_command_settles_it() {
    let world = World::signed_in();
    for Failure { rule, code, .. } in FAILURES {
        let before = world.record().unwrap().generation;
        let refresh = world.refresh_token();
        world.expire_access_token();
        world.fault(rule);
        let output = token(&world).exits(code).hinting("the session is kept");
        assert!(output.stdout.is_empty(), "{rule}: {output:#?}");
        assert_eq!(world.refresh_token(), refresh, "{rule}");
        assert_eq!(world.record().unwrap().generation, before, "{rule}");
        // None of these rotated, so what is sent now is taken.
        token(&world).succeeds();
        assert!(world.record().unwrap().generation > before, "{rule}");
    }
}

#[test]
fn a_refused_client_keeps_the_session_and_points_at_the_secret() {
    let world = World::signed_in();
    world.fault("token:error=invalid_client*1");
    let output = world
        .run(&["refresh"])
        .exits(3)
        .because("refused the client");
    output
        .hinting("the session is kept")
        .hinting("client-secret");
    world.run(&["refresh"]).succeeds();
}

#[test]
fn a_rotation_whose_answer_was_lost_is_replayed_once_and_then_the_session_is_over() {
    for rule in ["token:drop-after-commit*1", "token:half-body*1"] {
        let world = World::signed_in();
        world.age_access_token(3600 - 40);
        world.fault(rule);
        token(&world).succeeds().says("warning:");
        token(&world)
            .succeeds()
            .says("the outcome of an earlier refresh is unknown");
        assert_eq!(
            world.refreshes(),
            1,
            "{rule}: nothing is sent while the token lives"
        );

        world.expire_access_token();
        let output = token(&world).exits(3).because("the session is lost");
        output
            .because("an earlier refresh was cut off")
            .hinting("eprospera login");
        assert_eq!(
            world.events("token").len(),
            3,
            "{rule}: one login, one refresh, one replay"
        );
        assert!(world.record().is_none(), "{rule}");
        token(&world).exits(3).because("not signed in");
        assert_eq!(world.events("token").len(), 3, "{rule}");
    }
}

#[test]
fn a_replay_that_the_provider_put_off_leaves_the_first_outcome_unknown() {
    let world = World::signed_in();
    world.expire_access_token();
    world.fault("token:drop-after-commit*1");
    token(&world).exits(11);
    world.fault("token:429*1");
    token(&world).exits(7);
    let output = token(&world).exits(3).because("the session is lost");
    drop(output.because("an earlier refresh was cut off"));
}

#[test]
fn a_refresh_command_with_an_unknown_outcome_says_so_and_is_not_repeated() {
    let world = World::signed_in();
    world.fault("token:drop-after-commit*1");
    let output = world
        .run(&["refresh"])
        .exits(11)
        .because("its outcome is unknown");
    output.hinting("the session is kept");
    world
        .run(&["refresh"])
        .exits(1)
        .because("it could end the session");
    assert_eq!(world.events("token").len(), 2);
    world.run(&["whoami"]).succeeds();
    world.run(&["status"]).succeeds();
}

#[test]
fn a_server_that_cannot_be_reached_leaves_the_session_alone() {
    let mut world = World::signed_in();
    world.age_access_token(3600 - 40);
    world.stop_sandbox();
    world.run(&["token"]).succeeds().says("cannot reach");
    world.expire_access_token();
    world
        .run(&["token"])
        .exits(11)
        .because("cannot reach")
        .hinting("the session is kept");
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["session"]["refresh_outcome_unknown"], false);
}

#[test]
fn a_refresh_token_that_does_not_come_back_stays_in_use() {
    for rule in ["token:no-refresh*1", "token:no-rotate*1"] {
        let world = World::signed_in();
        let refresh = world.refresh_token();
        world.fault(rule);
        let json = world.run(&["refresh"]).succeeds().json();
        assert_eq!(json["refresh_token_rotated"], false, "{rule}");
        assert_eq!(world.refresh_token(), refresh, "{rule}");
        world.run(&["refresh"]).succeeds();
        assert_ne!(world.refresh_token(), refresh, "{rule}");
    }
}

#[test]
fn without_a_refresh_token_an_expired_session_is_over() {
    let world = World::new();
    world.login_with(&["--scope", "openid email"]).succeeds();
    world.run(&["refresh"]).exits(3).hinting("offline_access");
    world.run(&["token"]).succeeds();
    world.expire_access_token();
    world
        .run(&["token"])
        .exits(3)
        .because("no refresh token")
        .hinting("offline_access");
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn a_401_leads_to_exactly_one_refresh_and_one_retry() {
    for (command, endpoint) in [
        (&["me", "natural-person"][..], "me"),
        (&["whoami"], "userinfo"),
    ] {
        let world = World::signed_in();
        world.revoke_access_token();
        world.run(command).succeeds();
        let statuses: Vec<_> = world
            .events(endpoint)
            .iter()
            .map(|event| event.status)
            .collect();
        assert_eq!(statuses, [Some(401), Some(200)], "{command:?}");
        assert_eq!(world.refreshes(), 1, "{command:?}");

        world.fault(&format!("{endpoint}:401"));
        world.run(command).exits(3).hinting("eprospera login");
        assert_eq!(
            (world.events(endpoint).len(), world.refreshes()),
            (4, 2),
            "{command:?}"
        );
    }
}

#[test]
fn a_scope_that_was_not_granted_never_refreshes() {
    let world = World::new();
    world
        .login_with(&["--scope", "openid offline_access"])
        .succeeds();
    let output = world.run(&["me", "natural-person"]).exits(4);
    output
        .because("eprospera:person.details.read")
        .hinting("run `eprospera login --add-scope person.details.read`");
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn a_scope_that_the_portal_misses_never_refreshes() {
    for status in [403, 401] {
        let world = World::with(|options| options.missing_scope_status = status);
        world
            .login_with(&["--scope", "openid offline_access"])
            .succeeds();
        // The session believes that it has the scope.
        world.change_record(|record| record.scopes.push_str(" eprospera:person.details.read"));
        let output = world.run(&["me", "natural-person"]).exits(4);
        output
            .because("missing_scopes")
            .hinting("eprospera:person.details.read");
        assert_eq!(
            (world.events("me").len(), world.refreshes()),
            (1, 0),
            "{status}"
        );
    }
}

#[test]
fn other_refusals_of_the_portal_never_refresh() {
    let world = World::signed_in();
    for (rule, code) in [
        ("me:400", 8),
        ("me:403", 4),
        ("me:404", 5),
        ("me:409", 6),
        ("me:422", 8),
        ("me:429=1", 7),
        ("me:500", 1),
        ("me:503", 1),
    ] {
        world.sandbox().clear_faults();
        world.fault(rule);
        let output = world
            .run(&["me", "natural-person", "--retries", "0"])
            .exits(code);
        let status: u16 = rule[3..6].parse().unwrap();
        assert_eq!(output.error()["http_status"], status, "{rule}");
        assert_eq!(world.refreshes(), 0, "{rule}");
    }
}

#[test]
fn an_answer_about_another_person_is_not_used() {
    let world = World::signed_in();
    world.change_record(|record| "somebody-else".clone_into(&mut record.account.subject));
    let output = world
        .run(&["whoami"])
        .exits(14)
        .because("a different account");
    assert!(output.stdout.is_empty());
}

#[test]
fn an_id_token_of_another_person_is_refused_and_the_rotated_token_is_kept() {
    let world = World::signed_in();
    let refresh = world.refresh_token();
    world.fault("id_token:wrong-sub*1");
    let output = world.run(&["refresh"]).exits(14).because("not trusted");
    output.hinting("the new refresh token is kept");
    assert_ne!(world.refresh_token(), refresh);
    assert!(
        world.record().unwrap().access.is_none(),
        "its access token is not used"
    );
    let token = world.run(&["token"]).succeeds().stdout;
    assert_eq!(token.trim(), world.access_token());
    assert_eq!(world.refreshes(), 2);
}

#[test]
fn keys_that_cannot_be_had_leave_the_rotated_token_and_no_access_token() {
    let world = World::signed_in();
    world.block_on(world.sandbox().rotate_key()).unwrap();
    world.fault("jwks:500*1");
    let output = world
        .run(&["refresh", "--retries", "0"])
        .exits(1)
        .because("could not be verified");
    output.hinting("the new refresh token is kept");
    world.run(&["whoami"]).succeeds();
    assert_eq!(world.refreshes(), 2);
}

#[test]
fn a_new_signing_key_is_fetched_at_a_refresh() {
    let world = World::signed_in();
    world.block_on(world.sandbox().rotate_key()).unwrap();
    world.run(&["refresh"]).succeeds();
    assert_eq!(
        world.run(&["decode-id-token"]).succeeds().json()["verified"],
        true
    );
}
