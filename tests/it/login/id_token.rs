//! An ID token that fails any check ends the login, and nothing is stored.

use eprospera_sandbox::Algorithm;

use crate::world::World;

#[test]
fn an_id_token_with_a_defect_is_refused_for_its_own_reason() {
    let world = World::new();
    for (defect, words) in [
        ("bad-nonce", "nonce"),
        ("bad-signature", "signature"),
        ("wrong-aud", "aud"),
        ("wrong-iss", "iss"),
        ("expired", "exp"),
        ("unknown-kid", "key"),
        ("none-alg", "alg"),
        ("hs256", "alg"),
        ("bad-at-hash", "at_hash"),
    ] {
        world.sandbox().clear_faults();
        world.fault(&format!("id_token:{defect}"));
        let mut login = world.start_login(&[]);
        let page = login.visit();
        page.says("The sign-in did not work").says(words);
        let output = login
            .end()
            .exits(14)
            .because("the ID token is not valid")
            .because(words);
        assert_eq!(output.error()["code"], "untrusted", "{defect}");
        output.hinting("nothing was stored");
        assert!(world.nothing_is_stored(), "{defect}");
    }
}

#[test]
fn a_refused_id_token_leaves_the_old_session_as_it_was() {
    let world = World::signed_in();
    let before = world.access_token();
    world.fault("id_token:bad-nonce");
    world.login().exits(14);
    assert_eq!(world.access_token(), before);
    world.run(&["refresh"]).exits(0);
}

#[test]
fn an_answer_without_the_id_token_that_was_asked_for_is_refused() {
    let world = World::new();
    world.fault("id_token:missing");
    world.login().exits(14);
    assert!(world.nothing_is_stored());
}

#[test]
fn a_key_that_was_replaced_just_before_is_fetched_once() {
    let world = World::signed_in();
    world.block_on(world.sandbox().rotate_key()).unwrap();
    let before = world.events("jwks").len();
    world.login().succeeds();
    assert_eq!(world.events("jwks").len(), before + 1);
}

#[test]
fn each_algorithm_that_the_metadata_lists_is_verified() {
    for signing in [
        Algorithm::Rs256,
        Algorithm::Es256,
        Algorithm::Ps256,
        Algorithm::EdDsa,
    ] {
        let world = World::with(|options| options.signing = signing);
        world.login().succeeds();
        let report = world.run(&["decode-id-token"]).succeeds().json();
        assert_eq!(report["header"]["alg"], signing.to_string());
        assert_eq!(report["verified"], true);
    }
}
