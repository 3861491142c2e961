//! Every way in which a login on another device fails: the hint is one that a person reads once.

use serde_json::json;

use crate::impostor::{
    Answer, DEVICE, DISCOVERY, Impostor, JWKS, TOKEN, json_answer, raw, redirect, typed, user_of,
};

fn oauth_error(status: u16, code: &str) -> Answer {
    json_answer(status, &json!({ "error": code }).to_string())
}

/// What goes wrong before there is a code.
fn beginnings() -> Vec<Answer> {
    let mut answers = vec![
        typed(200, "text/html", b"<h1>Welcome</h1>"),
        typed(404, "text/plain", b""),
        json_answer(200, "[]"),
        json_answer(200, "{}"),
        json_answer(429, "{}"),
        redirect(302, "https://elsewhere.example/"),
        raw(""),
    ];
    for code in ["invalid_request", "invalid_scope", "unauthorized_client"] {
        answers.push(oauth_error(400, code));
    }
    for status in [401, 403, 404, 500, 503] {
        answers.push(oauth_error(status, "invalid_client"));
        answers.push(typed(status, "text/html", b"x"));
    }
    answers
}

/// What a poll ends in.
fn polls(issuer: &Impostor) -> Vec<Answer> {
    let (header, claims) = issuer.honest("");
    let of_claims = |claims: &serde_json::Value| {
        let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
        json_answer(200, &Impostor::tokens(&id_token).to_string())
    };
    let mut others = Vec::new();
    for (name, value) in [
        ("iss", json!("https://elsewhere.example")),
        ("aud", json!("other")),
        ("exp", json!(1)),
        ("nbf", json!(9_999_999_999_u64)),
        ("at_hash", json!("AAAA")),
        ("sub", json!(null)),
    ] {
        let mut claims = claims.clone();
        claims[name] = value;
        others.push(of_claims(&claims));
    }
    let malformed = [
        "[]",
        "{}",
        r#"{"access_token":"a"}"#,
        r#"{"access_token":"a b","token_type":"Bearer"}"#,
        r#"{"access_token":"a","token_type":"DPoP"}"#,
        r#"{"access_token":"a","token_type":"Bearer","id_token":"x"}"#,
        r#"{"access_token":"a","token_type":"Bearer","id_token":7}"#,
        r#"{"access_token":"a","token_type":"Bearer"}"#,
    ];
    others.extend(malformed.map(|body| json_answer(200, body)));
    for code in [
        "access_denied",
        "authorization_declined",
        "expired_token",
        "invalid_grant",
        "invalid_client",
        "unauthorized_client",
        "invalid_scope",
        "something_new",
    ] {
        others.push(oauth_error(400, code));
    }
    // These are waited out for a while.
    others.push(redirect(302, "https://elsewhere.example/"));
    others.push(typed(404, "text/html", b"x"));
    others.push(typed(500, "text/html", b"x"));
    others
}

fn with_device() -> Impostor {
    let issuer = Impostor::new();
    let device = json!({
        "device_code": "dc", "user_code": "AB", "expires_in": 20, "interval": 1,
        "verification_uri": format!("{}/page", issuer.url),
    });
    issuer.put(DEVICE, json_answer(200, &device.to_string()));
    issuer
}

#[test]
fn each_hint_of_a_failed_device_login_is_given_once() {
    let mut issuers = Vec::new();
    for answer in beginnings() {
        let issuer = Impostor::new();
        issuer.put(DEVICE, answer);
        issuers.push(issuer);
    }
    for index in 0..polls(&with_device()).len() {
        let issuer = with_device();
        issuer.put(TOKEN, polls(&issuer).swap_remove(index));
        issuers.push(issuer);
    }
    for (path, answer) in [
        (DISCOVERY, typed(404, "text/html", b"x")),
        (DISCOVERY, json_answer(200, "{}")),
        (JWKS, typed(404, "text/html", b"x")),
        (JWKS, redirect(302, "https://elsewhere.example/")),
    ] {
        let issuer = with_device();
        issuer.grant("");
        issuer.put(path, answer);
        issuers.push(issuer);
    }
    // All at once: most wait for their first poll.
    let logins: Vec<_> = issuers
        .iter()
        .map(|issuer| {
            let world = user_of(issuer);
            let login = world.spawn(world.command(&["login", "--device"]));
            (login, world)
        })
        .collect();
    for (login, _world) in logins {
        let output = login.end().0;
        assert_ne!(output.code, 0, "{output:#?}");
        let error = output.error();
        let hint = error["hint"].as_str().unwrap_or_default();
        let parts: Vec<_> = hint.split("; ").collect();
        for (index, part) in parts.iter().enumerate() {
            let rest = &parts[index + 1..];
            let is_again = |other: &&str| other.contains(part) || part.contains(*other);
            assert!(!rest.iter().any(is_again), "{output:#?}");
        }
    }
}
