//! How an issuer is written, by people and by servers, and what stands where its metadata should.

use serde_json::json;

use crate::impostor::{DISCOVERY, Impostor, TOKEN, json_answer, typed, user_of};
use crate::run::Output;
use crate::sign_in::Login;
use crate::world::World;

/// A path below which an issuer's metadata can be.
const BELOW: &str = "/tenant/.well-known/openid-configuration";

/// An issuer that writes itself with this at the end of its origin.
fn written(end: &str) -> Impostor {
    let issuer = Impostor::new();
    let mut document = issuer.document();
    document["issuer"] = json!(format!("{}{end}", issuer.url));
    document["authorization_response_iss_parameter_supported"] = json!(true);
    for path in [DISCOVERY, BELOW] {
        issuer.put(path, json_answer(200, &document.to_string()));
    }
    issuer
}

fn grant(issuer: &Impostor, end: &str, nonce: &str) {
    let (header, mut claims) = issuer.honest(nonce);
    claims["iss"] = json!(format!("{}{end}", issuer.url));
    let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
    issuer.put(
        TOKEN,
        json_answer(200, &Impostor::tokens(&id_token).to_string()),
    );
}

/// Sends a callback, and grants an ID token, that name the issuer so.
fn call_back(login: &mut Login, issuer: &Impostor, named: &str) {
    grant(issuer, named, &login.parameter("nonce").unwrap());
    let uri = login.parameter("redirect_uri").unwrap();
    let state = login.parameter("state").unwrap();
    let iss = format!("{}{named}", issuer.url);
    let back = [
        ("code", "c"),
        ("state", state.as_str()),
        ("iss", iss.as_str()),
    ];
    login.page(&url::Url::parse_with_params(&uri, back).unwrap());
}

/// A login at an issuer that is asked for so, whose callback and ID token name it as it writes itself.
fn sign_in(world: &World, issuer: &Impostor, named: &str) -> Output {
    let command = world.command(&["login", "--no-browser"]);
    let mut login = Login::of(world.spawn(command), &issuer.url);
    if login.is_asking() {
        call_back(&mut login, issuer, named);
    }
    login.end().0
}

#[test]
fn a_slash_at_the_end_of_an_issuer_signs_in_whoever_wrote_it() {
    for (written_as, asked_as) in [
        ("/", "/"),
        ("/", ""),
        ("", "/"),
        ("/tenant/", "/tenant/"),
        ("/tenant/", "/tenant"),
        ("/tenant", "/tenant/"),
    ] {
        let issuer = written(written_as);
        let mut world = user_of(&issuer);
        world.set("EPROSPERA_ISSUER", &format!("{}{asked_as}", issuer.url));
        let output = sign_in(&world, &issuer, written_as);
        assert_eq!(output.code, 0, "{written_as} {asked_as}: {output:#?}");
        let says = output.stderr.contains("the provider spells its issuer");
        assert_eq!(says, written_as != asked_as, "{output:#?}");
        world.run(&["whoami"]).succeeds();
        world.run(&["decode-id-token"]).succeeds();
        world.run(&["refresh"]).exits(0);
        // The session is the same one, however its issuer is spelled.
        let other = format!("{}{written_as}", issuer.url);
        world.run(&["status", "--issuer", &other]).succeeds();
    }
}

#[test]
fn tokens_and_callbacks_name_the_issuer_exactly_as_its_metadata_does() {
    for (written_as, named) in [("/", ""), ("", "/"), ("/tenant/", "/tenant")] {
        let issuer = written(written_as);
        let mut world = user_of(&issuer);
        world.set("EPROSPERA_ISSUER", &format!("{}{written_as}", issuer.url));
        world.set("EPROSPERA_NO_INPUT", "1");
        let output = sign_in_until_it_times_out(&world, &issuer, named);
        assert_ne!(output.code, 0, "{written_as} {named}: {output:#?}");
    }
}

/// The callback of another issuer is ignored or refused, so the login ends without a session.
fn sign_in_until_it_times_out(world: &World, issuer: &Impostor, named: &str) -> Output {
    let command = world.command(&["login", "--no-browser", "--timeout", "3s"]);
    let mut login = Login::of(world.spawn(command), &issuer.url);
    call_back(&mut login, issuer, named);
    login.end().0
}

#[test]
fn an_issuer_may_be_typed_in_capitals() {
    let issuer = written("");
    let mut world = user_of(&issuer);
    world.set(
        "EPROSPERA_ISSUER",
        &issuer.url.replace("http://", "HTTP://"),
    );
    let output = sign_in(&world, &issuer, "");
    assert_eq!(output.code, 0, "{output:#?}");
    world.set("EPROSPERA_ISSUER", &issuer.url);
    world.run(&["whoami"]).succeeds();
}

#[test]
fn a_longer_or_another_path_is_another_issuer() {
    for written_as in ["//", "/tenant", "/Tenant/", ".evil"] {
        let issuer = written(written_as);
        user_of(&issuer)
            .run(&["login", "--no-browser"])
            .exits(14)
            .because("says that its issuer is");
    }
}

#[test]
fn an_address_without_metadata_is_named_with_the_question_whether_it_is_the_issuer() {
    for (answer, code) in [
        (typed(404, "text/html", b"<h1>Not found</h1>"), 5),
        (json_answer(404, r#"{"error":"not_found"}"#), 5),
        (typed(200, "text/html", b"<h1>Welcome</h1>"), 1),
        (typed(200, "application/json", b"[]"), 1),
        (json_answer(200, r#"{"hello":"world"}"#), 1),
    ] {
        let issuer = Impostor::new();
        issuer.put(DISCOVERY, answer);
        user_of(&issuer)
            .run(&["login", "--no-browser"])
            .exits(code)
            .because(&format!("{}{DISCOVERY}", issuer.url))
            .hinting(&format!("is {} the right issuer?", issuer.url));
    }
    // A server that fails says nothing about what it is.
    let issuer = Impostor::new();
    issuer.put(DISCOVERY, typed(503, "text/html", b""));
    let output = user_of(&issuer).run(&["login", "--no-browser"]).exits(1);
    assert!(!output.stderr.contains("the right issuer?"), "{output:#?}");
}

/// Where RFC 8414 puts the metadata of an issuer with a path.
const PLAIN: &str = "/.well-known/oauth-authorization-server";

#[test]
fn a_server_that_publishes_metadata_of_plain_oauth_alone_can_be_used() {
    for (end, asked_as) in [("", ""), ("/tenant", "/tenant"), ("/tenant", "/tenant/")] {
        let issuer = written(end);
        let mut document = issuer.document();
        document["issuer"] = json!(format!("{}{end}", issuer.url));
        issuer.put(
            &format!("{PLAIN}{end}"),
            json_answer(200, &document.to_string()),
        );
        for answer in [
            typed(404, "text/html", b""),
            typed(400, "text/html", b""),
            json_answer(401, r#"{"error":"invalid_token"}"#),
            json_answer(403, "{}"),
            typed(200, "text/html", b"<h1>Welcome</h1>"),
            json_answer(200, r#"{"hello":"world"}"#),
            crate::impostor::redirect(302, "/sign-in"),
        ] {
            for path in [DISCOVERY, BELOW] {
                issuer.put(path, answer.clone());
            }
            let mut world = user_of(&issuer);
            world.set("EPROSPERA_ISSUER", &format!("{}{asked_as}", issuer.url));
            let output = sign_in(&world, &issuer, end);
            assert_eq!(output.code, 0, "{end} {asked_as}: {output:#?}");
        }
    }
}

#[test]
fn metadata_of_plain_oauth_is_believed_no_more_than_any_other() {
    let issuer = Impostor::new();
    issuer.put(DISCOVERY, typed(404, "text/html", b""));
    for (field, value, code, words) in [
        (
            "issuer",
            "https://evil.example",
            14,
            "its issuer is https://evil.example",
        ),
        (
            "token_endpoint",
            "https://evil.example/t",
            14,
            "another origin",
        ),
        ("token_endpoint", "", 1, "token_endpoint is missing"),
        ("jwks_uri", "", 1, "jwks_uri is missing"),
    ] {
        let mut document = issuer.document();
        document[field] = json!(value);
        issuer.put(PLAIN, json_answer(200, &document.to_string()));
        let run = user_of(&issuer).run(&["login", "--no-browser"]);
        drop(run.exits(code).because(words));
    }
    issuer.put(PLAIN, typed(302, "text/html", b""));
    let run = user_of(&issuer).run(&["login", "--no-browser"]);
    drop(run.exits(5).because(&format!("{}{DISCOVERY}", issuer.url)));
}

#[test]
fn optional_fields_of_the_metadata_may_say_nothing() {
    for value in [json!(null), json!("")] {
        let issuer = Impostor::new();
        let mut document = issuer.document();
        for name in [
            "revocation_endpoint",
            "introspection_endpoint",
            "device_authorization_endpoint",
            "scopes_supported",
            "grant_types_supported",
            "response_modes_supported",
            "token_endpoint_auth_methods_supported",
            "authorization_response_iss_parameter_supported",
            "claims_supported",
        ] {
            document[name] = value.clone();
        }
        issuer.put(DISCOVERY, json_answer(200, &document.to_string()));
        let world = user_of(&issuer);
        let output = crate::impostor::sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
        assert_eq!(output.code, 0, "{value}: {output:#?}");
    }
}

#[test]
fn a_field_of_the_metadata_that_cannot_be_used_is_named() {
    for (name, value) in [
        ("issuer", json!(null)),
        ("issuer", json!(7)),
        ("jwks_uri", json!(null)),
        ("jwks_uri", json!("not an address")),
        ("userinfo_endpoint", json!(["x"])),
        ("token_endpoint", json!(null)),
        ("token_endpoint", json!("")),
        ("token_endpoint", json!(7)),
        ("authorization_endpoint", json!("/authorize")),
        ("scopes_supported", json!("openid email")),
        ("grant_types_supported", json!({})),
    ] {
        let issuer = Impostor::new();
        let mut document = issuer.document();
        document[name] = value.clone();
        issuer.put(DISCOVERY, json_answer(200, &document.to_string()));
        let output = user_of(&issuer).run(&["login", "--no-browser"]).exits(1);
        drop(output.because(&format!("metadata is malformed: {name} ")));
    }
}
