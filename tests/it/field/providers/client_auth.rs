//! How a client with a secret authenticates where the server lists the ways that it knows.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::impostor::{DISCOVERY, Impostor, TOKEN, json_answer, sign_in, user_of};
use crate::world::World;

const SECRET: &str = "secret-of-the-client";

fn listing(methods: &Value) -> Impostor {
    let issuer = Impostor::new();
    let mut document = issuer.document();
    document["token_endpoint_auth_methods_supported"] = methods.clone();
    document["revocation_endpoint"] = json!(format!("{}/revoke", issuer.url));
    document["introspection_endpoint"] = json!(format!("{}/introspect", issuer.url));
    issuer.put(DISCOVERY, json_answer(200, &document.to_string()));
    issuer.put("/revoke", json_answer(200, "{}"));
    issuer.put("/introspect", json_answer(200, r#"{"active":true}"#));
    issuer
}

fn with_secret(issuer: &Impostor) -> World {
    let mut world = user_of(issuer);
    world.set("EPROSPERA_CLIENT_SECRET", SECRET);
    world
}

/// Asserts how every request at these endpoints proved the client.
fn proved_by(issuer: &Impostor, paths: &[&str], way: &str) {
    let basic = format!("basic {}", STANDARD.encode(format!("it:{SECRET}")));
    for path in paths {
        let asked = issuer.asked(path);
        assert!(!asked.is_empty(), "{path}");
        for request in asked {
            let by_header = request.to_lowercase().contains(&basic.to_lowercase());
            let by_form = request.contains(&format!("client_secret={SECRET}"));
            let found = match (by_header, by_form) {
                (true, false) => "client_secret_basic",
                (false, true) => "client_secret_post",
                (false, false) => "none",
                (true, true) => "both",
            };
            assert_eq!(found, way, "{path}: {request}");
        }
    }
}

#[test]
fn the_way_that_the_server_knows_is_used_for_every_request_that_proves_the_client() {
    for (methods, way) in [
        (json!(["client_secret_post"]), "client_secret_post"),
        (json!(["client_secret_basic"]), "client_secret_basic"),
        (
            json!(["client_secret_post", "client_secret_basic"]),
            "client_secret_basic",
        ),
        (
            json!(["private_key_jwt", "client_secret_post"]),
            "client_secret_post",
        ),
        (json!(null), "client_secret_basic"),
        (json!([]), "client_secret_basic"),
    ] {
        let issuer = listing(&methods);
        let world = with_secret(&issuer);
        let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
        assert_eq!(output.code, 0, "{methods}: {output:#?}");
        world.run(&["introspect"]).succeeds();
        world.run(&["refresh"]).0.says("");
        world.run(&["logout"]).succeeds();
        proved_by(&issuer, &[TOKEN, "/revoke", "/introspect"], way);
    }
}

#[test]
fn a_chosen_way_is_used_whatever_the_server_lists() {
    for (methods, chosen) in [
        (json!(["client_secret_post"]), "client_secret_basic"),
        (json!(["private_key_jwt"]), "client_secret_post"),
    ] {
        let issuer = listing(&methods);
        let world = with_secret(&issuer);
        world
            .run(&["profile", "set", "token_auth", chosen])
            .succeeds();
        let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
        assert_eq!(output.code, 0, "{methods}: {output:#?}");
        proved_by(&issuer, &[TOKEN], chosen);
    }
}

#[test]
fn a_server_that_knows_no_way_of_this_program_is_named_before_anybody_signs_in() {
    let issuer = listing(&json!(["private_key_jwt", "self_signed_tls_client_auth"]));
    for world in [user_of(&issuer), with_secret(&issuer)] {
        for command in [&["login", "--no-browser"][..], &["login", "--device"]] {
            let output = world
                .run(command)
                .exits(2)
                .because("private_key_jwt or self_signed_tls_client_auth")
                .hinting("token_auth");
            assert!(!output.stderr.contains("Open this"), "{output:#?}");
        }
    }
    assert!(issuer.asked(TOKEN).is_empty() && issuer.asked("/device").is_empty());
}

#[test]
fn a_public_client_signs_in_where_none_is_not_listed() {
    let issuer = listing(&json!(["client_secret_basic", "client_secret_post"]));
    let world = user_of(&issuer);
    let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
    assert_eq!(output.code, 0, "{output:#?}");
    proved_by(&issuer, &[TOKEN], "none");
}
