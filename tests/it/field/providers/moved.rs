//! Endpoints that have moved since the metadata was remembered, and pages in place of an answer.

use serde_json::{Value, json};

use crate::impostor::{
    Answer, DEVICE, DISCOVERY, Impostor, JWKS, TOKEN, USERINFO, json_answer, redirect, sign_in,
    typed, user_of,
};
use crate::world::World;

const REVOKE: &str = "/revoke";
const INTROSPECT: &str = "/introspect";

fn document(issuer: &Impostor) -> Value {
    let mut document = issuer.document();
    document["revocation_endpoint"] = json!(format!("{}{REVOKE}", issuer.url));
    document["introspection_endpoint"] = json!(format!("{}{INTROSPECT}", issuer.url));
    document
}

fn signed_in() -> (Impostor, World) {
    let issuer = Impostor::new();
    issuer.put(DISCOVERY, json_answer(200, &document(&issuer).to_string()));
    issuer.put(REVOKE, json_answer(200, "{}"));
    issuer.put(INTROSPECT, json_answer(200, r#"{"active":true}"#));
    let mut world = user_of(&issuer);
    world.set("EPROSPERA_CLIENT_SECRET", "s");
    let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
    assert_eq!(output.code, 0, "{output:#?}");
    (issuer, world)
}

/// Moves an endpoint: at its old place is what the server has for unknown paths.
fn move_away(issuer: &Impostor, field: &str, path: &str, answer: Answer, left_behind: Answer) {
    let mut document = document(issuer);
    document[field] = json!(format!("{}/v2{path}", issuer.url));
    issuer.put(DISCOVERY, json_answer(200, &document.to_string()));
    issuer.put(&format!("/v2{path}"), answer);
    issuer.put(path, left_behind);
}

fn gone() -> [Answer; 8] {
    [
        redirect(301, "/v2/elsewhere"),
        redirect(302, "https://elsewhere.example/"),
        redirect(308, "/v2/elsewhere"),
        typed(501, "text/html", b"<h1>Not implemented</h1>"),
        typed(404, "text/html", b"<h1>Not found</h1>"),
        json_answer(404, r#"{"error":"not_found"}"#),
        typed(405, "text/plain", b""),
        typed(410, "text/plain", b""),
    ]
}

#[test]
fn the_first_refresh_after_the_token_endpoint_moved_succeeds() {
    for left_behind in gone() {
        let (issuer, world) = signed_in();
        let tokens =
            json!({ "access_token": "at_2", "token_type": "Bearer", "refresh_token": "rt_2" });
        let answer = json_answer(200, &tokens.to_string());
        move_away(&issuer, "token_endpoint", TOKEN, answer, left_behind);
        world.run(&["refresh"]).succeeds();
        assert_eq!(issuer.asked("/v2/token").len(), 1);
        // The exchange of the login, and the refresh that met nothing.
        assert_eq!(issuer.asked(TOKEN).len(), 2);
        let stored = std::fs::read_to_string(world.session_file()).unwrap();
        assert!(stored.contains("rt_2"), "{stored}");
    }
}

#[test]
fn a_refresh_that_was_pointed_elsewhere_is_known_not_to_have_happened() {
    for left_behind in [
        redirect(307, "/elsewhere"),
        typed(501, "text/html", b""),
        typed(403, "text/html", b"<h1>Forbidden</h1>"),
    ] {
        let (issuer, world) = signed_in();
        issuer.put(TOKEN, left_behind);
        let output = world.run(&["refresh"]).0.hinting("the session is kept");
        assert_ne!(output.code, 0, "{output:#?}");
        let status = world.run(&["status"]).succeeds().json();
        let is_unknown = &status["session"]["refresh_outcome_unknown"];
        assert_eq!(*is_unknown, false, "{status}");
        // Only now does the provider say where it has moved to.
        let tokens = r#"{"access_token":"at_2","token_type":"Bearer","refresh_token":"rt_2"}"#;
        let away = redirect(307, "/elsewhere");
        move_away(
            &issuer,
            "token_endpoint",
            TOKEN,
            json_answer(200, tokens),
            away,
        );
        world.run(&["refresh"]).succeeds();
        assert_eq!(issuer.asked("/v2/token").len(), 1);
    }
}

#[test]
fn a_token_endpoint_that_is_away_and_nowhere_else_is_asked_once_and_keeps_the_session() {
    let (issuer, world) = signed_in();
    issuer.put(TOKEN, typed(404, "text/html", b""));
    world
        .run(&["refresh"])
        .exits(5)
        .hinting("the session is kept");
    assert_eq!(issuer.asked(TOKEN).len(), 2);
    issuer.put(
        TOKEN,
        json_answer(200, r#"{"access_token":"at_2","token_type":"Bearer"}"#),
    );
    world.run(&["refresh"]).succeeds();
}

#[test]
fn every_other_endpoint_that_moved_is_found_again_as_well() {
    for left_behind in gone() {
        let (issuer, world) = signed_in();
        let user = json_answer(200, r#"{"sub":"person-1","name":"Grace"}"#);
        move_away(
            &issuer,
            "userinfo_endpoint",
            USERINFO,
            user,
            left_behind.clone(),
        );
        assert_eq!(world.run(&["whoami"]).succeeds().json()["name"], "Grace");

        let (issuer, world) = signed_in();
        let user = json_answer(200, r#"{"sub":"person-1"}"#);
        move_away(
            &issuer,
            "userinfo_endpoint",
            USERINFO,
            user,
            left_behind.clone(),
        );
        let status = world.run(&["status", "--check"]).succeeds();
        assert!(
            status.stdout.contains("accepts the access token"),
            "{status:#?}"
        );

        let (issuer, world) = signed_in();
        let active = json_answer(200, r#"{"active":true,"sub":"moved"}"#);
        move_away(
            &issuer,
            "introspection_endpoint",
            INTROSPECT,
            active,
            left_behind.clone(),
        );
        assert_eq!(world.run(&["introspect"]).succeeds().json()["sub"], "moved");

        let (issuer, world) = signed_in();
        let keys = json_answer(200, &json!({ "keys": [issuer.key.public] }).to_string());
        move_away(&issuer, "jwks_uri", JWKS, keys, left_behind.clone());
        std::fs::remove_file(only_file_named(&world, "jwks.json")).unwrap();
        world.run(&["decode-id-token"]).succeeds();

        let (issuer, world) = signed_in();
        let revoked = json_answer(200, "{}");
        move_away(&issuer, "revocation_endpoint", REVOKE, revoked, left_behind);
        world.run(&["logout"]).succeeds();
        assert_eq!(issuer.asked("/v2/revoke").len(), 2);
    }
}

/// The cached file of this name.
fn only_file_named(world: &World, name: &str) -> std::path::PathBuf {
    let folder = std::fs::read_dir(world.path("cache")).unwrap();
    let files = folder.map(|entry| entry.unwrap().path().join(name));
    files.into_iter().find(|path| path.exists()).unwrap()
}

#[test]
fn a_page_or_a_redirect_between_two_polls_does_not_end_a_device_login() {
    let passing = [
        typed(404, "text/html", b"<h1>Not found</h1>"),
        typed(403, "text/html", b"<h1>Log in to the network</h1>"),
        typed(407, "text/html", b""),
        redirect(302, "https://hotspot.example/login"),
        redirect(307, "/elsewhere"),
    ];
    let logins = passing.map(|answer| {
        begin(|issuer| {
            let (header, mut claims) = issuer.honest("");
            claims.as_object_mut().unwrap().remove("nonce");
            let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
            issuer.put(
                TOKEN,
                json_answer(200, &Impostor::tokens(&id_token).to_string()),
            );
            issuer.put_once(TOKEN, answer);
        })
    });
    for (_issuer, process) in logins {
        let output = process.end().succeeds();
        drop(output.says("trying again until the code expires"));
    }
}

/// A device login that gets these answers.
fn begin(prepare: impl FnOnce(&Impostor)) -> (Impostor, crate::sign_in::Process) {
    let issuer = Impostor::new();
    let device = json!({
        "device_code": "dc", "user_code": "AB", "expires_in": 600, "interval": 1,
        "verification_uri": format!("{}/page", issuer.url),
    });
    issuer.put(DEVICE, json_answer(200, &device.to_string()));
    prepare(&issuer);
    let world = user_of(&issuer);
    let process = world.spawn(world.command(&["login", "--device"]));
    (issuer, process)
}

#[test]
fn a_token_endpoint_that_stays_away_ends_a_device_login() {
    let (issuer, process) = begin(|issuer| {
        issuer.put(TOKEN, redirect(302, "https://hotspot.example/login"));
    });
    let output = process.end().exits(14);
    drop(output.because("redirects to https://hotspot.example"));
    assert_eq!(issuer.asked(TOKEN).len(), 3);
}
