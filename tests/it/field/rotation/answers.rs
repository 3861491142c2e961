//! Answers that are flawed or broken off, but hold the new refresh token.

mod flawed;

use std::time::Duration;

use serde_json::json;

use super::{JSON, next, signed_in};
use crate::impostor::{
    ACCESS, Answer, Impostor, TOKEN, discreet, json_answer, raw, typed, user_of,
};
use crate::run::Output;
use crate::world::World;
use flawed::{flawed_bodies, flawed_envelopes, flawed_fields, rotated, with, without};

/// A refresh that ends with this answer, and the next command, which must go on from `rt-2`.
fn goes_on_after(world: &World, issuer: &Impostor, what: &str, answer: Answer) -> Output {
    issuer.put(TOKEN, answer);
    let sent = issuer.asked(TOKEN).len();
    let output = world.run(&["refresh", "--request-timeout", "2s"]).0;
    discreet(what, &output);
    assert!(!output.stderr.contains("rt-2"), "{what}: {output:#?}");
    issuer.put(TOKEN, next());
    let token = world.run(&["token"]).0;
    assert_eq!(token.stdout, "at-3\n", "{what}: {token:#?}");
    let asked = issuer.asked(TOKEN);
    assert_eq!(asked.len(), sent + 2, "{what}");
    let last = asked.last().unwrap();
    assert!(last.contains("refresh_token=rt-2"), "{what}: {last}");
    output
}

#[test]
fn an_answer_with_a_flaw_costs_its_access_token_alone_and_the_flaw_is_named() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    for case in flawed_fields()
        .into_iter()
        .chain(flawed_bodies())
        .chain(flawed_envelopes())
    {
        let name = case.name;
        let answer = typed(200, case.kind, &case.body);
        let output = goes_on_after(&world, &issuer, name, answer);
        let is_id_token = case.words.starts_with("its id_token");
        let code = if is_id_token { 14 } else { 1 };
        assert_eq!(output.code, code, "{name}: {output:#?}");
        let output = output.because("the provider rotated the tokens");
        let output = output.because(case.words);
        drop(output.hinting("the new refresh token is kept"));
    }
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["session"]["refresh_outcome_unknown"], false);
}

#[test]
fn an_id_token_that_only_a_wrong_clock_refuses_says_that_the_clock_is_to_be_set() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    let then = std::time::SystemTime::now() - Duration::from_secs(7200);
    let seconds = then
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let (header, mut claims) = issuer.honest("any");
    claims.as_object_mut().unwrap().remove("nonce");
    claims["iat"] = seconds.into();
    claims["exp"] = (seconds + 600).into();
    let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
    let mut body = Impostor::tokens(&id_token);
    body["refresh_token"] = "rt-2".into();
    let body = body.to_string();
    let moment = jiff::Timestamp::try_from(then).unwrap();
    let date = moment.strftime("%a, %d %b %Y %H:%M:%S GMT");
    let length = body.len();
    let head = format!("{JSON}Date: {date}\r\nContent-Length: {length}\r\n\r\n");
    let output = goes_on_after(&world, &issuer, "clock", raw(&format!("{head}{body}")));
    assert_eq!(output.code, 14, "{output:#?}");
    let output = output.hinting("set this machine's clock");
    drop(output.hinting("the new refresh token is kept"));
}

#[test]
fn small_oddities_of_an_answer_cost_nothing() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    for (name, status, body) in [
        ("created", 201, rotated().to_string().into_bytes()),
        ("accepted", 202, rotated().to_string().into_bytes()),
        (
            "lines behind",
            200,
            format!("{}\r\n \n", rotated()).into_bytes(),
        ),
        ("no ID token", 200, with("id_token", "".into())),
        ("odd lifetime", 200, with("expires_in", json!({}))),
        ("odd scope", 200, with("scope", json!([1]))),
    ] {
        let answer = typed(status, "application/json", &body);
        issuer.put(TOKEN, answer);
        world.run(&["refresh"]).succeeds();
        assert_eq!(world.run(&["token"]).succeeds().stdout, "at-2\n", "{name}");
    }
}

#[test]
fn an_empty_refresh_token_means_that_the_old_one_stays() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    issuer.put(
        TOKEN,
        typed(200, "application/json", &with("refresh_token", "".into())),
    );
    for _ in 0..2 {
        let output = world.run(&["refresh"]).succeeds().json();
        assert_eq!(output["refresh_token_rotated"], false);
    }
    let asked = issuer.asked(TOKEN);
    assert!(
        asked[1..]
            .iter()
            .all(|asked| asked.contains("refresh_token=rt_canary"))
    );
}

#[test]
fn the_token_that_was_sent_does_not_hide_the_new_one_before_it() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    let twice = rotated()
        .to_string()
        .replace('}', r#","refresh_token":"rt_canary"}"#);
    let answer = json_answer(200, &twice);
    let output = goes_on_after(&world, &issuer, "twice", answer);
    assert_eq!(output.code, 1, "{output:#?}");
    drop(output.because("repeats a key"));
}

#[test]
fn a_masked_refresh_token_leaves_the_one_that_was_sent() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    for masked in ["rt_c****nary", "rt_ca...", "[SECRET]", "xxxxnary", "N/A"] {
        let body = with("refresh_token", masked.into());
        issuer.put(TOKEN, typed(200, "application/json", &body));
        let output = world.run(&["refresh"]).succeeds().json();
        assert_eq!(output["refresh_token_rotated"], false, "{masked}");
    }
    let asked = issuer.asked(TOKEN);
    let mut sent = asked[1..].iter();
    assert!(sent.all(|asked| asked.contains("refresh_token=rt_canary")));
}

#[test]
fn a_half_received_answer_is_used_as_far_as_its_refresh_token_is_complete() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    let complete = r#"{"refresh_token":"rt\u002d2","access_token":"at-"#;
    let length = format!("{JSON}Content-Length: 600\r\n\r\n{complete}");
    let chunk = format!(
        "{JSON}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{complete}\r\n",
        complete.len()
    );
    let nested = r#"{"data":{"access_token":"at-2","refresh_token":"rt-2","exp"#;
    let nested = format!("{JSON}Content-Length: 600\r\n\r\n{nested}");
    let text = r#""{\"access_token\":\"at-2\",\"refresh_token\":\"rt-2\",\"exp"#;
    let text = format!("{JSON}Content-Length: 600\r\n\r\n{text}");
    for (name, text) in [
        ("length", &length),
        ("chunk", &chunk),
        ("nested", &nested),
        ("text", &text),
    ] {
        let output = goes_on_after(&world, &issuer, name, raw(text));
        assert_eq!(output.code, 11, "{name}: {output:#?}");
        drop(output.because("broke before the response was complete"));
    }
    // A body without an end.
    let begun = format!("{JSON}Connection: close\r\n\r\n{complete}");
    let endless = Answer::Endless(begun, " ".repeat(4096), Duration::ZERO);
    let output = goes_on_after(&world, &issuer, "endless", endless);
    assert_eq!(output.code, 1, "{output:#?}");
    drop(output.because("longer than"));

    let cut = complete.split_once("2\"").unwrap().0;
    issuer.put(
        TOKEN,
        raw(&format!("{JSON}Content-Length: 600\r\n\r\n{cut}")),
    );
    world
        .run(&["refresh"])
        .exits(11)
        .because("outcome is unknown");
}

#[test]
fn while_the_old_access_token_is_valid_a_flawed_answer_is_a_warning() {
    let world = World::signed_in();
    let old = world.access_token();
    world.age_access_token(3600 - 20);
    world.fault("token:token-type=mac*1");
    let output = world
        .run(&["token"])
        .succeeds()
        .says("its token type is not bearer");
    assert_eq!(output.stdout.trim(), old);
    assert_ne!(world.run(&["token"]).succeeds().stdout.trim(), old);
    assert_eq!(world.refreshes(), 2);
}

/// Errors that come with a success status, and a refresh token that is no successor.
const ERRORS: [&str; 6] = [
    r#"{"error":"temporarily_unavailable","refresh_token":"evil"}"#,
    r#"{"refresh_token":"evil","error":"temporarily_unavailable"}"#,
    r#"{"error":"server_error","request":{"refresh_token":"***"}}"#,
    r#"{"error":"server_error","request":{"refresh_token":"rt_canary"}}"#,
    r#"{"success":false,"old":{"refresh_token":"evil"}}"#,
    r#"{"error":"invalid_grant"}"#,
];

#[test]
fn an_error_with_a_success_status_leaves_the_refresh_token_as_it_was() {
    let issuer = Impostor::new();
    for body in ERRORS {
        let world = signed_in(&issuer);
        issuer.put(TOKEN, json_answer(200, body));
        let output = world.run(&["refresh"]).0;
        // The access token is valid all along.
        assert_eq!(output.code, 1, "{body}: {output:#?}");
        drop(output.hinting("the session is kept"));
        let token = world.run(&["token"]).succeeds();
        assert_eq!(token.stdout.trim(), ACCESS, "{body}");
    }
}

#[test]
fn an_error_that_arrives_after_a_token_takes_the_token_back() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    let begun = r#"{"refresh_token":"evil","#;
    let rest = r#""error":"server_error"}"#;
    let chunks = format!(
        "{JSON}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{begun}\r\n{:x}\r\n{rest}\r\n0\r\n\r\n",
        begun.len(),
        rest.len()
    );
    issuer.put(TOKEN, raw(&chunks));
    world.run(&["refresh"]).exits(1);
    let token = world.run(&["token"]).succeeds();
    assert_eq!(token.stdout.trim(), ACCESS);
}

/// Answers by which the provider has rotated the token that was given, and what is wrong.
fn flawed_beginnings() -> [(&'static str, Answer); 5] {
    let half = r#"{"refresh_token":"rt-2","access_token":"at-"#;
    let long = format!("{}{}", rotated(), " ".repeat(1_100_000));
    let more = format!("{} and more", rotated());
    let half = format!("{JSON}Content-Length: 600\r\n\r\n{half}");
    let id_token = with("id_token", "e30.e30.AA".into());
    [
        ("half", raw(&half)),
        ("long", json_answer(200, &long)),
        ("more", json_answer(200, &more)),
        (
            "no access",
            typed(200, "application/json", &without("access_token")),
        ),
        ("ID token", typed(200, "application/json", &id_token)),
    ]
}

#[test]
fn a_session_begins_with_the_successor_of_a_given_token_whatever_else_is_wrong() {
    let issuer = Impostor::new();
    for (name, answer) in flawed_beginnings() {
        let world = user_of(&issuer);
        issuer.put(TOKEN, answer);
        let output = world.run_with_stdin(&["login", "--with-token"], "rt-1").0;
        assert_ne!(output.code, 0, "{name}: {output:#?}");
        discreet(name, &output);
        drop(output.hinting("the new refresh token is kept"));
        issuer.put(TOKEN, next());
        let token = world.run(&["token"]).succeeds();
        assert_eq!(token.stdout, "at-3\n", "{name}");
        let last = issuer.asked(TOKEN).pop().unwrap();
        assert!(last.contains("refresh_token=rt-2"), "{name}: {last}");
    }
}

#[test]
fn a_flawed_answer_to_a_given_token_leaves_a_stored_session_and_the_same_token_goes_on() {
    let issuer = Impostor::new();
    for (name, answer) in flawed_beginnings() {
        let world = signed_in(&issuer);
        issuer.put(TOKEN, answer);
        let output = world.run_with_stdin(&["login", "--with-token"], "rt-1").0;
        assert_ne!(output.code, 0, "{name}: {output:#?}");
        drop(output.hinting("kept beside the stored session"));
        let token = world.run(&["token"]).succeeds();
        assert_eq!(token.stdout.trim(), ACCESS, "{name}");
        // The same token goes on from its successor.
        issuer.put(TOKEN, next());
        let again = ["login", "--with-token"];
        world.run_with_stdin(&again, "rt-1").succeeds();
        let last = issuer.asked(TOKEN).pop().unwrap();
        assert!(last.contains("refresh_token=rt-2"), "{name}: {last}");
    }
}

#[test]
fn the_stored_session_goes_on_when_its_own_token_is_given_and_the_answer_is_flawed() {
    let issuer = Impostor::new();
    let world = signed_in(&issuer);
    let more = format!("{} and more", rotated());
    issuer.put(TOKEN, json_answer(200, &more));
    world
        .run_with_stdin(&["login", "--with-token"], "rt_canary")
        .exits(1)
        .hinting("the new refresh token is kept");
    issuer.put(TOKEN, next());
    world.run(&["refresh"]).succeeds();
    let last = issuer.asked(TOKEN).pop().unwrap();
    assert!(last.contains("refresh_token=rt-2"), "{last}");
}
