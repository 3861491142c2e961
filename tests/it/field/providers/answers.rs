//! Answers that other providers give and the portal does not.

use serde_json::json;

use crate::impostor::{
    DEVICE, Impostor, JWKS, TOKEN, USERINFO, json_answer, sign_in, typed, user_of,
};
use crate::world::World;

fn signed_in() -> (Impostor, World) {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
    assert_eq!(output.code, 0, "{output:#?}");
    (issuer, world)
}

#[test]
fn an_id_token_of_many_groups_signs_in_with_every_file_store() {
    for store in ["plain-file", "encrypted-file"] {
        let issuer = Impostor::new();
        let mut world = user_of(&issuer);
        if store == "encrypted-file" {
            world.encrypt();
        }
        let output = sign_in(&world, &issuer, &[], |nonce| {
            let (header, mut claims) = issuer.honest(nonce);
            claims["groups"] = json!(vec!["a-group-of-a-large-organisation"; 1300]);
            let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
            assert!(id_token.len() > 56 * 1024 && id_token.len() < 64 * 1024);
            issuer.put(
                TOKEN,
                json_answer(200, &Impostor::tokens(&id_token).to_string()),
            );
        });
        assert_eq!(output.code, 0, "{output:#?}");
        let token = world.run(&["token", "--type", "id"]).succeeds().stdout;
        world
            .run_with_stdin(&["decode-id-token", "-"], &token)
            .succeeds();
    }
}

#[test]
fn an_id_token_above_the_limit_is_refused_with_the_limit() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let output = sign_in(&world, &issuer, &[], |nonce| {
        let (header, mut claims) = issuer.honest(nonce);
        claims["groups"] = json!("x".repeat(70_000));
        let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
        issuer.put(
            TOKEN,
            json_answer(200, &Impostor::tokens(&id_token).to_string()),
        );
    });
    assert_ne!(output.code, 0);
    drop(output.because("64 KiB"));
}

#[test]
fn without_a_refresh_token_that_was_asked_for_the_way_to_consent_is_named() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let output = sign_in(&world, &issuer, &[], |nonce| {
        let (header, claims) = issuer.honest(nonce);
        let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
        let mut tokens = Impostor::tokens(&id_token);
        tokens.as_object_mut().unwrap().remove("refresh_token");
        issuer.put(TOKEN, json_answer(200, &tokens.to_string()));
    });
    assert_eq!(output.code, 0, "{output:#?}");
    drop(output.says("--prompt consent"));
    world.run(&["refresh"]).exits(3).hinting("--prompt consent");
}

#[test]
fn a_refresh_that_needs_the_person_asks_for_a_login() {
    for code in ["interaction_required", "login_required", "consent_required"] {
        let (issuer, world) = signed_in();
        issuer.put(
            TOKEN,
            json_answer(400, &json!({ "error": code }).to_string()),
        );
        let output = world.run(&["refresh"]).exits(3).because(code);
        drop(output.hinting("eprospera login"));
    }
}

#[test]
fn signed_userinfo_is_called_that() {
    let (issuer, world) = signed_in();
    issuer.put(USERINFO, typed(200, "application/jwt", b"e30.e30.c2ln"));
    world
        .run(&["whoami"])
        .exits(1)
        .because("signed or encrypted (application/jwt)");
}

#[test]
fn tokens_that_are_bound_to_a_key_are_called_that() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    let output = sign_in(&world, &issuer, &[], |_| {
        let tokens = json!({ "access_token": "at", "token_type": "DPoP" });
        issuer.put(TOKEN, json_answer(200, &tokens.to_string()));
    });
    assert_eq!(output.code, 1, "{output:#?}");
    drop(output.because("DPoP"));
}

#[test]
fn a_declined_device_is_a_denial_whatever_it_is_called() {
    for code in ["authorization_declined", "access_denied"] {
        let issuer = Impostor::new();
        let device = json!({
            "device_code": "dc", "user_code": "AB", "expires_in": 600, "interval": 1,
            "verification_uri": format!("{}/page", issuer.url),
        });
        issuer.put(DEVICE, json_answer(200, &device.to_string()));
        issuer.put(
            TOKEN,
            json_answer(400, &json!({ "error": code }).to_string()),
        );
        user_of(&issuer)
            .run(&["login", "--device"])
            .exits(4)
            .because("the sign-in was refused: consent was denied");
    }
}

#[test]
fn a_key_whose_numbers_are_written_with_a_sign_verifies() {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let (issuer, world) = signed_in();
    let mut key = issuer.key.public.clone();
    for name in ["x", "y"] {
        let number = URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
        key[name] = json!(URL_SAFE_NO_PAD.encode([&[0][..], &number].concat()));
    }
    issuer.put(
        JWKS,
        json_answer(200, &json!({ "keys": [key] }).to_string()),
    );
    for entry in std::fs::read_dir(world.path("cache")).unwrap() {
        std::fs::remove_file(entry.unwrap().path().join("jwks.json")).unwrap();
    }
    world.run(&["decode-id-token"]).succeeds();
}
