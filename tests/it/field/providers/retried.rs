//! Metadata and key sets are reads: what passes by itself is waited for, as with every other read.

use serde_json::json;

use crate::impostor::{
    Answer, DEVICE, DISCOVERY, Impostor, JWKS, TOKEN, json_answer, raw, redirect, sign_in, typed,
    user_of,
};

/// What passes by itself.
fn setbacks() -> [Answer; 5] {
    [
        typed(503, "text/html", b"<h1>Busy</h1>"),
        raw("HTTP/1.1 429 X\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"),
        typed(502, "text/plain", b""),
        raw(""),
        raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"),
    ]
}

#[test]
fn metadata_and_keys_are_asked_for_again_after_what_passes_by_itself() {
    for answer in setbacks() {
        let issuer = Impostor::new();
        for path in [DISCOVERY, JWKS] {
            issuer.put_once(path, answer.clone());
        }
        let world = user_of(&issuer);
        let output = sign_in(&world, &issuer, &["--retries", "3"], |nonce| {
            issuer.grant(nonce);
        });
        assert_eq!(output.code, 0, "{output:#?}");
        assert_eq!(issuer.asked(DISCOVERY).len(), 2);
        assert_eq!(issuer.asked(JWKS).len(), 2);
        assert_eq!(issuer.asked(TOKEN).len(), 1);
    }
}

#[test]
fn the_flag_for_retries_counts_for_metadata_and_keys() {
    let issuer = Impostor::new();
    issuer.put(DISCOVERY, typed(503, "text/html", b""));
    let login = |most| user_of(&issuer).run(&["login", "--no-browser", "--retries", most]);
    drop(login("0").exits(1).because("503"));
    assert_eq!(issuer.asked(DISCOVERY).len(), 1);
    drop(login("2").exits(1).because("503"));
    assert_eq!(issuer.asked(DISCOVERY).len(), 4);
    issuer.behave();
    issuer.put(JWKS, typed(503, "text/html", b""));
    let world = user_of(&issuer);
    let output = sign_in(&world, &issuer, &["--retries", "1"], |nonce| {
        issuer.grant(nonce);
    });
    assert_eq!(output.code, 1, "{output:#?}");
    assert_eq!(issuer.asked(JWKS).len(), 2);
    assert_eq!(issuer.asked(TOKEN).len(), 1);
}

#[test]
fn a_document_that_wants_a_sign_in_is_not_answered_with_the_hint_to_sign_in() {
    for (status, body) in [
        (401, json!({ "error": "invalid_token" })),
        (401, json!({ "error": "invalid_client" })),
        (403, json!({ "error": "forbidden" })),
        (407, json!({})),
        (400, json!({ "error": "invalid_request" })),
    ] {
        for path in [DISCOVERY, JWKS] {
            let issuer = Impostor::new();
            issuer.put(path, json_answer(status, &body.to_string()));
            let world = user_of(&issuer);
            let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
            assert!(![0, 3, 4].contains(&output.code), "{status}: {output:#?}");
            assert!(!output.stderr.contains("eprospera login"), "{output:#?}");
            let right = match path {
                DISCOVERY => format!("is {} the right issuer", issuer.url),
                _ => format!("check that {} is the right issuer", issuer.url),
            };
            output
                .because(&format!("{}{path}", issuer.url))
                .hinting(&right);
        }
    }
}

#[test]
fn whatever_stands_in_place_of_a_key_set_ends_a_login_in_14_and_is_named() {
    let damaged = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n\
                   Content-Length: 2\r\n\r\n{}";
    let mut answers = vec![
        json_answer(
            200,
            &json!({ "keys": [], "x": "x".repeat(600_000) }).to_string(),
        ),
        raw(damaged),
        typed(200, "text/html", b"<h1>Welcome</h1>"),
        json_answer(200, "{}"),
        typed(204, "", b""),
        redirect(302, "/elsewhere"),
    ];
    answers.extend([400, 401, 403, 404, 410, 451, 501].map(|status| typed(status, "", b"")));
    for answer in answers {
        let issuer = Impostor::new();
        issuer.put(JWKS, answer);
        let world = user_of(&issuer);
        let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
        assert_eq!(output.code, 14, "{output:#?}");
        let place = format!("{}{JWKS}", issuer.url);
        drop(output.because("key set").because(&place));
    }
}

#[test]
fn a_device_login_begins_though_its_first_request_met_what_passes_by_itself() {
    for answer in setbacks() {
        let issuer = Impostor::new();
        issuer.put(DEVICE, json_answer(400, r#"{"error":"invalid_scope"}"#));
        issuer.put_once(DEVICE, answer);
        let login = user_of(&issuer).run(&["login", "--device", "--retries", "3"]);
        drop(login.0.because("invalid_scope"));
        assert_eq!(issuer.asked(DEVICE).len(), 2);
    }
}

#[test]
fn a_device_login_that_was_refused_leads_to_another_device_login() {
    for code in [
        "access_denied",
        "consent_required",
        "invalid_grant",
        "login_required",
    ] {
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
        let output = user_of(&issuer).run(&["login", "--device"]);
        let output = output.0.hinting("eprospera login --device");
        assert!(!output.stderr.contains("eprospera login`"), "{output:#?}");
    }
}
