//! Token answers and userinfo as a hostile or broken server might give them: each has its
//! exit code and its words, no body is echoed, nothing is stored, and a session that was there
//! stays.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::hostile::corpus::{
    Case, MEBIBYTE, broken, case, logins_end, nobody_else_was_asked, outcome, with,
};
use crate::impostor::{
    ACCESS, Impostor, TOKEN, USERINFO, discreet, is_anybody_signed_in, json_answer, sign_in,
    user_of,
};
use crate::world::World;

/// Longer than a body without an end takes to be too long, and Wine takes its time to read it.
const TIMEOUT: &str = if cfg!(windows) { "30s" } else { "2s" };

/// Token answers that are none.
fn bad_tokens(stranger: &Impostor) -> Vec<Case> {
    let honest = Impostor::tokens("a.b.c");
    let text = honest.to_string();
    let mut cases = broken(&text, stranger);
    let long = format!("\"{}\"", "x".repeat(70_000));
    for (field, value, words) in [
        ("access_token", "", "no access token"),
        ("access_token", "null", "no access token"),
        ("access_token", "17", "not a string"),
        ("access_token", "[\"canary\"]", "not a string"),
        ("access_token", "\"\"", "empty"),
        ("access_token", "\"canary\\r\\nX-Y: z\"", "characters"),
        ("access_token", "\"canary\\u0000\"", "characters"),
        ("access_token", "\"canary\\u001b[2J\"", "characters"),
        ("access_token", "\"can ary\"", "characters"),
        ("access_token", "\"canary\\u202e\"", "characters"),
        ("access_token", long.as_str(), "longer than 64 KiB"),
        ("refresh_token", "7", "not a string"),
        ("refresh_token", "\"can\\nary\"", "characters"),
        ("refresh_token", "{}", "not a string"),
        ("id_token", "true", "not a string"),
        ("id_token", "\" a.b.c\"", "characters"),
        ("id_token", "\"a.b.c\\n\"", "characters"),
        ("token_type", "", "no token type"),
        ("token_type", "null", "no token type"),
        ("token_type", "7", "no token type"),
        ("token_type", "\"mac\"", "its token type is not bearer"),
        ("token_type", "\"DPoP\"", "not a bearer token"),
        ("token_type", "\"Bearer \"", "its token type is not bearer"),
        (
            "token_type",
            "\"B\\u0435arer\"",
            "its token type is not bearer",
        ),
    ] {
        let answer = json_answer(200, &with(&honest, field, value));
        // What is no ID token is not to be trusted.
        let code = if field == "id_token" { 14 } else { 1 };
        cases.push(case(&format!("{field} {value}"), answer, code, words));
    }
    for field in ["access_token", "token_type", "expires_in", "x\":1,\"x"] {
        let first = format!("{{\"{field}\":1,");
        let answer = json_answer(200, &text.replacen('{', &first, 1));
        cases.push(case(&format!("{field} twice"), answer, 1, "repeats a key"));
    }
    let long = text.replacen('{', &format!("{{\"x\":\"{}\",", "x".repeat(MEBIBYTE)), 1);
    cases.push(case(
        "a long string",
        json_answer(200, &long),
        1,
        "longer than",
    ));
    let refused = json_answer(200, r#"{"error":"server_error"}"#);
    cases.push(case("an error that succeeds", refused, 1, "server_error"));
    cases
}

#[test]
fn nobody_is_signed_in_by_a_token_answer_that_is_none() {
    let (issuer, stranger) = (Impostor::new(), Impostor::new());
    let cases = bad_tokens(&stranger);
    logins_end(TOKEN, &issuer, &cases);
    nobody_else_was_asked(&issuer, &stranger);
    assert_eq!(cases.len(), 71);
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

#[test]
fn no_token_answer_that_is_none_ends_a_session() {
    let (issuer, stranger) = (Impostor::new(), Impostor::new());
    let world = user_of(&issuer);
    let cases = bad_tokens(&stranger);
    let mut wrong = Vec::new();
    let before = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
    assert_eq!(before.code, 0, "{before:#?}");
    let stored = files(&world.path("state"));
    for case in &cases {
        // Each case begins with the same session, before any refresh was sent.
        for (path, _) in files(&world.path("state")) {
            std::fs::remove_file(path).unwrap();
        }
        for (path, bytes) in &stored {
            crate::world::write(path, bytes);
        }
        issuer.put(TOKEN, case.answer.clone());
        let sent = issuer.asked(TOKEN).len();
        let output = world.run(&["refresh", "--request-timeout", TIMEOUT]).0;
        wrong.extend(outcome(case, &output));
        assert_eq!(issuer.asked(TOKEN).len(), sent + 1, "{}", case.name);
        let kept = std::fs::read_to_string(world.session_file()).unwrap();
        assert!(kept.contains("rt_canary"), "{}: {kept}", case.name);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let token = world.run(&["token"]).succeeds();
    assert_eq!(token.stdout, format!("{ACCESS}\n"));
    nobody_else_was_asked(&issuer, &stranger);
    assert_eq!(cases.len(), 71);
}

#[test]
fn lifetimes_and_types_that_are_odd_but_harmless_sign_in() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    for (field, value, longest) in [
        ("expires_in", "", 300),
        ("expires_in", "null", 300),
        ("expires_in", "0", 300),
        ("expires_in", "-1", 300),
        ("expires_in", "\"soon\"", 300),
        ("expires_in", "[]", 300),
        ("expires_in", "true", 300),
        ("expires_in", "\"3600\"", 3600),
        ("expires_in", "3600.9", 3600),
        ("expires_in", "18446744073709551615", 316_224_000),
        ("expires_in", "1e300", 316_224_000),
        ("token_type", "\"bEARER\"", 3600),
        ("scope", "7", 3600),
        ("scope", "\"openid \\u001b[2J\"", 3600),
    ] {
        let output = sign_in(&world, &issuer, &[], |nonce| {
            let (header, claims) = issuer.honest(nonce);
            let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
            let tokens = with(&Impostor::tokens(&id_token), field, value);
            issuer.put(TOKEN, json_answer(200, &tokens));
        });
        assert_eq!(output.code, 0, "{field} {value}: {output:#?}");
        let left = output.json()["expires_in"].as_i64().unwrap();
        assert!(
            (longest - 60..=longest).contains(&left),
            "{field} {value}: {left}"
        );
    }
}

fn signed_in(issuer: &Impostor) -> World {
    let world = user_of(issuer);
    let output = sign_in(&world, issuer, &[], |nonce| issuer.grant(nonce));
    assert_eq!(output.code, 0, "{output:#?}");
    world
}

#[test]
fn userinfo_that_is_none_or_about_somebody_else_is_refused() {
    let (issuer, stranger) = (Impostor::new(), Impostor::new());
    let world = signed_in(&issuer);
    let honest = json!({ "sub": "person-1", "name": "Ada" });
    let mut cases = broken(&honest.to_string(), &stranger);
    for case in &mut cases {
        // Within the portal a redirect is an answer that cannot be used.
        if case.name.ends_with("/elsewhere") || case.name.is_empty() {
            case.code = 1;
        }
    }
    for (value, code, words) in [
        ("\"person-2\"", 14, "a different account"),
        ("\"PERSON-1\"", 14, "a different account"),
        ("\"person-1 \"", 14, "a different account"),
        ("\"person-1\\u0000\"", 14, "a different account"),
        ("\"person-1\\u200b\"", 14, "a different account"),
        ("", 1, "sub"),
        ("null", 1, "sub"),
        ("1", 1, "sub"),
        ("[\"person-1\"]", 1, "sub"),
        ("\"\"", 1, "sub"),
    ] {
        let answer = json_answer(200, &with(&honest, "sub", value));
        cases.push(case(&format!("sub {value}"), answer, code, words));
    }
    let mut wrong = Vec::new();
    for case in &cases {
        issuer.put(USERINFO, case.answer.clone());
        let output = world.run(&["whoami", "--request-timeout", TIMEOUT]).0;
        wrong.extend(outcome(case, &output));
        assert_eq!(output.stdout, "", "{}", case.name);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    issuer.behave();
    world.run(&["whoami"]).succeeds();
    nobody_else_was_asked(&issuer, &stranger);
    assert_eq!(cases.len(), 51);
}

#[test]
fn a_sign_in_whose_userinfo_is_about_somebody_else_stores_nothing() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    for (sub, code) in [("person-2", 14), ("PERSON-1", 14), ("person-1", 0)] {
        let user = json!({ "sub": sub, "name": "Ada" });
        issuer.put(USERINFO, json_answer(200, &user.to_string()));
        let output = sign_in(&world, &issuer, &[], |nonce| {
            // Without a name in the ID token, userinfo is asked for one.
            let (header, mut claims) = issuer.honest(nonce);
            claims.as_object_mut().unwrap().remove("name");
            let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
            let tokens = Impostor::tokens(&id_token).to_string();
            issuer.put(TOKEN, json_answer(200, &tokens));
        });
        assert_eq!(output.code, code, "{sub}: {output:#?}");
        assert_eq!(is_anybody_signed_in(&world), code == 0, "{sub}");
        if code != 0 {
            discreet(sub, &output);
            drop(output.because("a different account than the ID token"));
        }
    }
}
