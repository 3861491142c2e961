//! Answers that other providers give and the portal does not.

use serde_json::json;

use crate::impostor::{
    Answer, DEVICE, DISCOVERY, Impostor, JWKS, Key, TOKEN, USERINFO, json_answer, sign_in, typed,
    user_of,
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
fn an_id_token_that_cannot_be_one_ends_in_14_with_words_about_it() {
    let of = |id_token: serde_json::Value| {
        let mut tokens = Impostor::tokens("");
        tokens["id_token"] = id_token;
        tokens.to_string()
    };
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let twice = of(json!("a.b.c")).replacen('{', r#"{"id_token":"d.e.f","#, 1);
    for (body, words) in [
        (of(json!("x".repeat(70_000))), "64 KiB"),
        (of(json!("x".repeat(267_000))), "64 KiB"),
        (of(json!("x".repeat(3_000_000))), "64 KiB"),
        (of(json!("a.b c.d")), "characters"),
        (of(json!("a.b.c\n")), "characters"),
        (of(json!("")), "the answer has none"),
        (of(json!(7)), "is not a string"),
        (of(json!({ "a": [1] })), "is not a string"),
        (of(json!(true)), "is not a string"),
        (
            of(json!(7)).replace(":7", &format!(":{deep}")),
            "is not a string",
        ),
        (twice, "appears twice"),
        (of(json!("a")), "three parts"),
        (of(json!("..")), "header"),
        (of(json!("a.b.c.d.e")), "encrypted"),
    ] {
        let issuer = Impostor::new();
        let world = user_of(&issuer);
        let output = sign_in(&world, &issuer, &[], |_| {
            issuer.put(TOKEN, json_answer(200, &body));
        });
        let shown: String = body.chars().take(400).collect();
        assert_eq!(output.code, 14, "{words} {shown}: {output:#?}");
        let named = ["ID token", "id_token"]
            .iter()
            .any(|name| output.stderr.contains(name));
        assert!(named, "{output:#?}");
        drop(output.because(words));
    }
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
    for code in [
        "interaction_required",
        "login_required",
        "consent_required",
        "account_selection_required",
    ] {
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
fn a_refresh_that_a_busy_server_refuses_keeps_the_session_and_asks_for_patience() {
    for (status, code) in [
        (400, "temporarily_unavailable"),
        (503, "temporarily_unavailable"),
        (400, "server_error"),
    ] {
        let (issuer, world) = signed_in();
        let answer = json!({ "error": code }).to_string();
        issuer.put(TOKEN, json_answer(status, &answer));
        let output = world.run(&["refresh"]).exits(1).because(code);
        drop(output.hinting("the session is kept"));
        world.run(&["status"]).succeeds();
        // After a status of its own, nobody knows whether the server has acted.
        if status < 500 {
            let output = world.run(&["refresh"]).exits(1);
            drop(output.hinting("run the command again later"));
        }
    }
}

#[test]
fn a_refresh_of_a_client_that_may_not_keeps_the_session() {
    let (issuer, world) = signed_in();
    let answer = json!({ "error": "unauthorized_client" }).to_string();
    issuer.put(TOKEN, json_answer(400, &answer));
    let output = world.run(&["refresh"]).exits(3);
    drop(
        output
            .because("unauthorized_client")
            .hinting("the session is kept"),
    );
    world.run(&["status"]).succeeds();
}

/// The same answer with a byte order mark before it.
fn marked(body: &str) -> Answer {
    json_answer(200, &format!("\u{feff}{body}"))
}

#[test]
fn every_json_of_a_server_may_begin_with_a_byte_order_mark() {
    let issuer = Impostor::new();
    let mut document = issuer.document();
    document["introspection_endpoint"] = json!(format!("{}/introspect", issuer.url));
    issuer.put(DISCOVERY, marked(&document.to_string()));
    issuer.put(
        JWKS,
        marked(&json!({ "keys": [issuer.key.public] }).to_string()),
    );
    issuer.put(USERINFO, marked(r#"{"sub":"person-1","name":"Grace"}"#));
    issuer.put("/introspect", marked(r#"{"active":true}"#));
    let mut world = user_of(&issuer);
    world.set("EPROSPERA_CLIENT_SECRET", "s");
    let tokens = |nonce: Option<&str>| {
        let (header, mut claims) = issuer.honest(nonce.unwrap_or_default());
        if nonce.is_none() {
            claims.as_object_mut().unwrap().remove("nonce");
        }
        let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
        marked(&Impostor::tokens(&id_token).to_string())
    };
    let output = sign_in(&world, &issuer, &[], |nonce| {
        issuer.put(TOKEN, tokens(Some(nonce)));
    });
    assert_eq!(output.code, 0, "{output:#?}");
    assert_eq!(world.run(&["whoami"]).succeeds().json()["name"], "Grace");
    assert_eq!(world.run(&["introspect"]).succeeds().json()["active"], true);
    issuer.put(TOKEN, tokens(None));
    world.run(&["refresh"]).succeeds();
    world.run(&["decode-id-token"]).succeeds();
    // The keys were remembered as well.
    assert_eq!(issuer.asked(JWKS).len(), 1);
    let refused = json!({ "error": "invalid_grant" }).to_string();
    issuer.put(TOKEN, json_answer(400, &format!("\u{feff}{refused}")));
    world.run(&["refresh"]).exits(3);
}

#[test]
fn an_optional_field_that_says_nothing_counts_as_absent_in_every_answer() {
    for nothing in [json!(null), json!("")] {
        let issuer = Impostor::new();
        let mut key = issuer.key.public.clone();
        for name in ["use", "key_ops", "alg", "x5c", "x5t"] {
            key[name] = nothing.clone();
        }
        issuer.put(
            JWKS,
            json_answer(200, &json!({ "keys": [key] }).to_string()),
        );
        let user = json!({ "sub": "person-1", "name": nothing, "email": nothing,
            "email_verified": nothing });
        issuer.put(USERINFO, json_answer(200, &user.to_string()));
        let world = user_of(&issuer);
        let output = sign_in(&world, &issuer, &[], |nonce| {
            let (header, claims) = issuer.honest(nonce);
            let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
            let mut tokens = Impostor::tokens(&id_token);
            for name in [
                "scope",
                "expires_in",
                "refresh_token",
                "error",
                "error_description",
            ] {
                tokens[name] = nothing.clone();
            }
            issuer.put(TOKEN, json_answer(200, &tokens.to_string()));
        });
        assert_eq!(output.code, 0, "{nothing}: {output:#?}");
        world.run(&["whoami"]).succeeds();
        world.run(&["decode-id-token"]).succeeds();
        let device = json!({
            "device_code": "dc", "user_code": "AB", "expires_in": 600, "interval": nothing,
            "verification_uri": format!("{}/page", issuer.url), "verification_uri_complete": nothing,
        });
        issuer.put(DEVICE, json_answer(200, &device.to_string()));
        let denied = json!({ "error": "access_denied", "error_description": nothing,
            "error_uri": nothing });
        issuer.put(TOKEN, json_answer(400, &denied.to_string()));
        let output = world.run(&["login", "--device"]).exits(4);
        drop(output.because("consent was denied"));
    }
}

#[test]
fn a_key_set_may_list_a_key_twice_and_keys_of_other_kinds() {
    let issuer = Impostor::new();
    let mut other = Key::new("k1").public;
    other["kid"] = json!("k1");
    let keys = [
        json!({ "kty": "oct", "kid": "k1", "k": "c2VjcmV0" }),
        json!({ "kty": "AKP", "kid": "k1", "alg": "ML-DSA-44", "pub": "AA" }),
        other,
        issuer.key.public.clone(),
        issuer.key.public.clone(),
    ];
    issuer.put(JWKS, json_answer(200, &json!({ "keys": keys }).to_string()));
    let world = user_of(&issuer);
    let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
    assert_eq!(output.code, 0, "{output:#?}");
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
        put_device(&issuer);
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
fn what_a_device_login_ends_in_is_the_code_of_the_server() {
    for (code, exit, words) in [
        ("expired_token", 9, "the code expired"),
        ("invalid_grant", 3, "invalid_grant"),
        ("something_new", 8, "something_new"),
        ("unauthorized_client", 3, "unauthorized_client"),
    ] {
        let issuer = Impostor::new();
        put_device(&issuer);
        issuer.put(
            TOKEN,
            json_answer(400, &json!({ "error": code }).to_string()),
        );
        let output = user_of(&issuer).run(&["login", "--device"]).exits(exit);
        drop(output.because(words));
        assert_eq!(issuer.asked(TOKEN).len(), 1, "{code}");
    }
}

#[test]
fn a_busy_server_does_not_end_a_device_login() {
    for (status, code) in [(400, "temporarily_unavailable"), (503, "server_error")] {
        let issuer = Impostor::new();
        put_device(&issuer);
        issuer.put(
            TOKEN,
            json_answer(status, &json!({ "error": code }).to_string()),
        );
        let world = user_of(&issuer);
        let mut process = world.spawn(world.command(&["login", "--device"]));
        process.wait_for("trying again until the code expires");
        let denied = json!({ "error": "access_denied" }).to_string();
        issuer.put(TOKEN, json_answer(400, &denied));
        process.end().exits(4);
    }
}

fn put_device(issuer: &Impostor) {
    let device = json!({
        "device_code": "dc", "user_code": "AB", "expires_in": 600, "interval": 1,
        "verification_uri": format!("{}/page", issuer.url),
    });
    issuer.put(DEVICE, json_answer(200, &device.to_string()));
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

/// What the answer to a login may be wrong in, with good tokens in it.
fn flawed_answers() -> Vec<(&'static str, Answer)> {
    let with = |name: &str, value: serde_json::Value| {
        let mut tokens = Impostor::tokens("a.b.c");
        tokens[name] = value;
        json_answer(200, &tokens.to_string())
    };
    let page = Impostor::tokens("a.b.c").to_string();
    vec![
        ("an ID token that is a number", with("id_token", json!(5))),
        (
            "a long ID token",
            with("id_token", json!("x".repeat(70_000))),
        ),
        ("no type", with("token_type", json!(null))),
        ("another type", with("token_type", json!("DPoP"))),
        ("an empty access token", with("access_token", json!(""))),
        ("no access token", with("access_token", json!(null))),
        (
            "another media type",
            typed(200, "text/html", page.as_bytes()),
        ),
    ]
}

#[test]
fn tokens_in_an_answer_that_a_login_cannot_use_are_revoked() {
    for (what, answer) in flawed_answers() {
        let issuer = Impostor::new();
        let mut document = issuer.document();
        document["revocation_endpoint"] = json!(format!("{}/revoke", issuer.url));
        issuer.put(DISCOVERY, json_answer(200, &document.to_string()));
        issuer.put("/revoke", json_answer(200, "{}"));
        let world = user_of(&issuer);
        let output = sign_in(&world, &issuer, &[], |_| issuer.put(TOKEN, answer));
        assert_ne!(output.code, 0, "{what}: {output:#?}");
        let revoked = issuer.asked("/revoke");
        assert_eq!(revoked.len(), 1, "{what}: {output:#?}");
        assert!(
            revoked[0].contains("token=rt_canary&"),
            "{what}: {revoked:#?}"
        );
        assert!(!output.stderr.contains("canary"), "{what}: {output:#?}");
    }
}

#[test]
fn tokens_of_an_unusable_answer_that_cannot_be_revoked_are_said_to_live() {
    let mut only_access = Impostor::tokens("a.b.c");
    only_access["refresh_token"] = json!(null);
    only_access["token_type"] = json!("DPoP");
    let only_access = json_answer(200, &only_access.to_string());
    for (answers, words) in [
        (flawed_answers(), "discarded tokens were not revoked"),
        (
            vec![("no refresh token", only_access)],
            "stay valid until they expire",
        ),
    ] {
        for (what, answer) in answers {
            let issuer = Impostor::new();
            let world = user_of(&issuer);
            let output = sign_in(&world, &issuer, &[], |_| issuer.put(TOKEN, answer));
            assert_ne!(output.code, 0, "{what}: {output:#?}");
            output.says(words);
        }
    }
}
