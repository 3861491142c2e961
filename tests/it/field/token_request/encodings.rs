//! Content codings that nobody asked for.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::impostor::{Answer, DISCOVERY, Impostor, JWKS, TOKEN, USERINFO, sign_in, user_of};
use crate::wire::{Wire, answer};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// An answer in a coding.
fn coded(status: u16, coding: &str, body: &[u8]) -> Answer {
    let headers = [
        "content-type: application/json",
        &format!("content-encoding: {coding}"),
    ];
    Answer::Whole(answer(status, &headers, body))
}

fn gzipped(body: &str) -> Answer {
    coded(200, "gzip", &gzip(body.as_bytes()))
}

/// An issuer that compresses everything.
fn compressing() -> Impostor {
    let issuer = Impostor::new();
    issuer.put(DISCOVERY, gzipped(&issuer.document().to_string()));
    issuer.put(
        JWKS,
        gzipped(&json!({ "keys": [issuer.key.public] }).to_string()),
    );
    issuer.put(
        USERINFO,
        gzipped(&json!({ "sub": "person-1", "name": "Ada" }).to_string()),
    );
    issuer
}

fn grant(issuer: &Impostor, nonce: &str) {
    let (header, claims) = issuer.honest(nonce);
    let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
    issuer.put(TOKEN, gzipped(&Impostor::tokens(&id_token).to_string()));
}

#[test]
fn answers_are_asked_for_uncompressed_and_gzip_is_read_all_the_same() {
    let issuer = compressing();
    let world = user_of(&issuer);
    let output = sign_in(&world, &issuer, &[], |nonce| grant(&issuer, nonce));
    assert_eq!(output.code, 0, "{output:#?}");
    assert_eq!(world.run(&["whoami"]).succeeds().json()["name"], "Ada");
    let rotated = json!({ "access_token": "at", "token_type": "Bearer", "refresh_token": "rt_2" });
    for coding in ["gzip", "x-gzip", "GZIP"] {
        issuer.put(
            TOKEN,
            coded(200, coding, &gzip(rotated.to_string().as_bytes())),
        );
        world.run(&["refresh"]).succeeds();
    }
    let refused = gzip(br#"{"error":"invalid_grant"}"#);
    issuer.put(TOKEN, coded(400, "gzip", &refused));
    world.run(&["refresh"]).exits(3).because("invalid_grant");
    for request in issuer.everything() {
        let request = request.to_lowercase();
        assert!(
            request.contains("\r\naccept-encoding: identity\r\n"),
            "{request}"
        );
    }
}

#[test]
fn an_answer_of_the_portal_is_read_as_well() {
    let body = gzip(br#"{"compressed":true}"#);
    let headers = ["content-type: application/json", "content-encoding: gzip"];
    let portal = Wire::answering(vec![answer(200, &headers, &body)]);
    let output = portal.user().run(&["api", "/api/v1/anything"]).succeeds();
    assert_eq!(output.json(), json!({ "compressed": true }));
    assert_eq!(portal.request().header("accept-encoding"), Some("identity"));
}

#[test]
fn a_small_answer_that_becomes_a_large_one_is_cut_at_the_limit() {
    let bomb = gzip(&vec![b' '; 64 * 1024 * 1024]);
    let issuer = compressing();
    let world = user_of(&issuer);
    sign_in(&world, &issuer, &[], |nonce| grant(&issuer, nonce));
    issuer.put(USERINFO, coded(200, "gzip", &bomb));
    world.run(&["whoami"]).exits(1).because("is longer than");
    issuer.put(DISCOVERY, coded(200, "gzip", &bomb));
    world
        .run(&["login", "--no-browser"])
        .exits(1)
        .because("is longer than");
}

#[test]
fn a_coding_that_cannot_be_read_is_named_and_is_no_broken_connection() {
    for coding in ["br", "zstd", "gzip, br"] {
        let last = coding.split(", ").last().unwrap();
        let issuer = compressing();
        let world = user_of(&issuer);
        sign_in(&world, &issuer, &[], |nonce| grant(&issuer, nonce));
        issuer.put(USERINFO, coded(200, coding, b"\x8b\x01\x80{}\x03"));
        world
            .run(&["whoami"])
            .exits(1)
            .because(&format!("compressed with {last}"));
        issuer.put(TOKEN, coded(200, coding, b"\x8b\x01\x80{}\x03"));
        let output = world
            .run(&["refresh"])
            .exits(1)
            .because(&format!("compressed with {last}"));
        assert!(!output.stderr.contains("broke"), "{output:#?}");
        // A refusal tells by its status what it is, in whatever coding its words are.
        issuer.put(USERINFO, coded(404, coding, b"\x8b\x01\x80{}\x03"));
        world.run(&["whoami"]).exits(5);
    }
}
