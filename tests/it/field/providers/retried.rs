//! Metadata and key sets are reads: what passes by itself is waited for, as with every other read.

use serde_json::json;

use crate::impostor::{
    Answer, DISCOVERY, Impostor, JWKS, TOKEN, json_answer, raw, sign_in, typed, user_of,
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
            output
                .because(&format!("{}{path}", issuer.url))
                .hinting(&format!("is {} the issuer", issuer.url));
        }
    }
}
