//! What another login finds belongs to somebody: it ends that only when it is told to.

use serde_json::json;

use super::{WITH_TOKEN, cut_off_with, waiting};
use crate::endings::ENDINGS;
use crate::impostor::{DISCOVERY, Impostor, TOKEN, USERINFO, json_answer, sign_in, user_of};
use crate::run::Run;
use crate::world::World;

const REVOKE: &str = "/revoke";

const REPLACING: [&str; 3] = ["login", "--with-token", "--replace"];

fn revoking() -> Impostor {
    let issuer = Impostor::new();
    let mut document = issuer.document();
    document["revocation_endpoint"] = json!(format!("{}{REVOKE}", issuer.url));
    issuer.put(DISCOVERY, json_answer(200, &document.to_string()));
    issuer.put(REVOKE, json_answer(200, "{}"));
    issuer
}

/// The next refresh yields the tokens of this number.
fn grant(issuer: &Impostor, number: u8) {
    let tokens = json!({
        "access_token": format!("at-{number}"),
        "token_type": "Bearer",
        "refresh_token": format!("rt-{number}"),
    });
    issuer.put(TOKEN, json_answer(200, &tokens.to_string()));
}

#[test]
fn a_token_that_is_given_leaves_the_unfinished_login_of_another_one_unless_it_is_to_be_replaced() {
    let issuer = revoking();
    let world = user_of(&issuer);
    let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
    assert_eq!(output.code, 0, "{output:#?}");
    let user = json!({ "sub": "person-2", "name": "Bo" });
    issuer.put(USERINFO, json_answer(200, &user.to_string()));
    grant(&issuer, 2);
    world.run_with_stdin(&WITH_TOKEN, "rt-1").exits(6);
    let sent = issuer.asked(TOKEN).len();
    for other in ["rt-7", "mistyped"] {
        let output = world.run_with_stdin(&WITH_TOKEN, other).exits(6);
        drop(
            output
                .hinting("pass its refresh token again")
                .hinting("eprospera login --with-token --replace"),
        );
    }
    assert_eq!(issuer.asked(TOKEN).len(), sent);
    assert_eq!(issuer.asked(REVOKE).len(), 0);
    world.run_with_stdin(&REPLACING, "rt-1").succeeds();
    assert_eq!(world.run(&["token"]).succeeds().stdout, "at-2\n");
}

#[test]
fn an_unfinished_login_that_is_to_be_replaced_is_revoked_with_words() {
    let issuer = revoking();
    let world = user_of(&issuer);
    let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
    assert_eq!(output.code, 0, "{output:#?}");
    issuer.put(USERINFO, json_answer(503, "{}"));
    grant(&issuer, 2);
    let Run(output) = world.run_with_stdin(&WITH_TOKEN, "rt-1");
    assert_ne!(output.code, 0, "{output:#?}");
    let user = json!({ "sub": "person-1", "name": "Ada" });
    issuer.put(USERINFO, json_answer(200, &user.to_string()));
    grant(&issuer, 8);
    let output = world.run_with_stdin(&REPLACING, "rt-7").succeeds();
    drop(output.says("and revoking its token"));
    assert!(issuer.asked(REVOKE)[0].contains("token=rt-2"));
    assert_eq!(world.run(&["token"]).succeeds().stdout, "at-8\n");
}

#[test]
fn a_session_whose_account_is_not_known_yet_is_not_replaced_unasked() {
    for is_seed in [false, true] {
        let issuer = revoking();
        let world = user_of(&issuer);
        grant(&issuer, 2);
        if is_seed {
            let seed = [("EPROSPERA_REFRESH_TOKEN", "rt-1")];
            world.run_in(&seed, &["token"]).succeeds();
        } else {
            issuer.put(USERINFO, json_answer(503, "{}"));
            let Run(output) = world.run_with_stdin(&WITH_TOKEN, "rt-1");
            drop(output.hinting("the session is stored"));
            issuer.put(
                USERINFO,
                json_answer(200, &json!({ "sub": "person-1" }).to_string()),
            );
        }
        let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
        assert_eq!(output.code, 6, "{output:#?}");
        let gave_up = issuer.asked(REVOKE);
        assert!(
            !gave_up.iter().any(|request| request.contains("rt-2")),
            "{gave_up:?}"
        );
        grant(&issuer, 8);
        let output = world.run_with_stdin(&WITH_TOKEN, "rt-7").exits(6);
        drop(output.hinting("--replace"));
        assert_eq!(issuer.asked(REVOKE), gave_up);
        assert_eq!(world.run(&["token"]).succeeds().stdout, "at-2\n");
        world.run_with_stdin(&REPLACING, "rt-7").succeeds();
        assert_eq!(world.run(&["token"]).succeeds().stdout, "at-8\n");
    }
}

/// A world in which somebody else is signed in, and a token of another session.
fn with_a_token() -> (World, String) {
    let world = World::signed_in();
    let given = world.refresh_token();
    std::fs::remove_dir_all(world.path("state")).unwrap();
    world.login().succeeds();
    world.change_record(|record| {
        "somebody-else".clone_into(&mut record.account.subject);
    });
    (world, given)
}

#[test]
fn a_provider_that_hangs_does_not_keep_a_login_that_has_replaced_a_session() {
    let (world, given) = with_a_token();
    world.fault("revoke:hang");
    let output = world.run_with_stdin(&REPLACING, &given).succeeds();
    drop(output.says("the replaced session in time"));
    assert!(waiting(&world).is_none());
}

#[test]
fn a_signal_after_the_refresh_of_a_given_token_ends_with_what_is_left_of_it() {
    for &(ending, code, _) in ENDINGS {
        let (world, given) = with_a_token();
        let output = cut_off_with(&world, &given, ending);
        let output = output
            .exits(code)
            .hinting("the refresh token that you gave has been used");
        drop(output.hinting("pass the same refresh token again"));
        assert!(waiting(&world).is_some());

        let world = World::signed_in();
        let given = world.refresh_token();
        std::fs::remove_dir_all(world.path("state")).unwrap();
        let output = cut_off_with(&world, &given, ending);
        drop(output.exits(code).hinting("the session is stored"));
        world.run(&["token"]).succeeds();
    }
}
