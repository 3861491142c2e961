//! What each request of a whole session looks like at an issuer that remembers it to the letter.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use url::form_urlencoded;

use crate::impostor::{ACCESS, DISCOVERY, Impostor, TOKEN, json_answer, sign_in, typed, user_of};
use crate::world::World;

/// With signs that mean something in forms and in Basic.
const SECRET: &str = "canary/secret:+%";
const REVOKE: &str = "/revoke";
const INTROSPECT: &str = "/introspect";
const ROUTE: &str = "/api/v1/me/natural-person";

/// Everything that opens something, as it is spelled in a form, a header and a query.
fn credentials() -> Vec<String> {
    let form: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let basic = STANDARD.encode(format!("it:{form}"));
    let plain = [SECRET, ACCESS, "rt_canary", "canary-code"].map(str::to_owned);
    plain.into_iter().chain([form, basic]).collect()
}

/// An issuer with all endpoints that takes the client's secret in a certain way.
fn issuer(way: &str) -> Impostor {
    let issuer = Impostor::new();
    let mut document = issuer.document();
    document["token_endpoint_auth_methods_supported"] = json!([way]);
    for (name, path) in [
        ("revocation_endpoint", REVOKE),
        ("introspection_endpoint", INTROSPECT),
    ] {
        document[name] = json!(format!("{}{path}", issuer.url));
    }
    issuer.put(DISCOVERY, json_answer(200, &document.to_string()));
    issuer.put(REVOKE, typed(200, "text/plain", b""));
    issuer.put(INTROSPECT, json_answer(200, r#"{"active":true}"#));
    issuer.put(ROUTE, json_answer(200, r#"{"data":null}"#));
    issuer
}

/// Signs in, asks the portal and about the token, refreshes, and signs out.
fn whole_session(issuer: &Impostor) -> World {
    let mut world = user_of(issuer);
    world.set("EPROSPERA_CLIENT_SECRET", SECRET);
    let output = sign_in(&world, issuer, &[], |nonce| issuer.grant(nonce));
    assert_eq!(output.code, 0, "{output:#?}");
    world.run(&["api", ROUTE]).succeeds();
    world.run(&["whoami"]).succeeds();
    world.run(&["introspect"]).succeeds();
    let mut tokens = Impostor::tokens("");
    tokens["refresh_token"] = json!("rt_canary_2");
    issuer.put(TOKEN, json_answer(200, &tokens.to_string()));
    world.run(&["refresh"]).succeeds();
    world.run(&["logout"]).succeeds();
    world
}

/// The fields of a form.
fn fields(request: &str) -> Vec<(String, String)> {
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    let fields = form_urlencoded::parse(body.as_bytes());
    fields.into_owned().collect()
}

/// The names of the fields, in order.
fn names(request: &str) -> Vec<String> {
    fields(request).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn no_credential_is_ever_part_of_an_address() {
    for way in ["client_secret_post", "client_secret_basic"] {
        let issuer = issuer(way);
        whole_session(&issuer);
        let requests = issuer.everything();
        for path in [TOKEN, REVOKE, INTROSPECT, ROUTE] {
            assert!(!issuer.asked(path).is_empty(), "{path}");
        }
        for request in requests {
            let line = request.lines().next().unwrap();
            for credential in credentials() {
                assert!(!line.contains(&credential), "{way}: {line}");
            }
        }
    }
}

#[test]
fn what_carries_a_grant_or_a_token_to_the_provider_is_a_form_that_is_posted() {
    let issuer = issuer("client_secret_post");
    whole_session(&issuer);
    for path in [TOKEN, REVOKE, INTROSPECT] {
        for request in issuer.asked(path) {
            assert!(
                request.starts_with(&format!("POST {path} HTTP/1.1\r\n")),
                "{request}"
            );
            let head = request.to_lowercase();
            assert!(
                head.contains("content-type: application/x-www-form-urlencoded\r\n"),
                "{request}"
            );
        }
    }
}

#[test]
fn a_client_proves_itself_in_one_way_for_each_request_and_names_nothing_twice() {
    for way in ["client_secret_post", "client_secret_basic"] {
        let issuer = issuer(way);
        whole_session(&issuer);
        for path in [TOKEN, REVOKE, INTROSPECT] {
            for request in issuer.asked(path) {
                let by_header = request.to_lowercase().contains("\r\nauthorization: basic ");
                let names = names(&request);
                let by_form = names.iter().any(|name| name == "client_secret");
                assert_eq!(by_header, way == "client_secret_basic", "{request}");
                assert_eq!(by_form, way == "client_secret_post", "{request}");
                let mut once = names.clone();
                once.sort();
                once.dedup();
                assert_eq!(once.len(), names.len(), "{request}");
            }
        }
    }
}

#[test]
fn the_portal_gets_the_token_in_one_header_and_nowhere_else() {
    let issuer = issuer("client_secret_post");
    whole_session(&issuer);
    let asked = issuer.asked(ROUTE);
    assert_eq!(asked.len(), 1);
    let (head, body) = asked[0].split_once("\r\n\r\n").unwrap();
    let carriers = head.lines().filter(|line| line.contains(ACCESS));
    let carriers: Vec<_> = carriers.map(str::to_lowercase).collect();
    assert_eq!(carriers, [format!("authorization: bearer {ACCESS}")]);
    assert_eq!(body, "");
}

#[test]
fn a_refresh_that_nobody_narrowed_names_no_scope() {
    let issuer = issuer("client_secret_post");
    whole_session(&issuer);
    let asked = issuer.asked(TOKEN);
    assert_eq!(
        names(&asked[1]),
        ["grant_type", "refresh_token", "client_id", "client_secret"]
    );
}

#[test]
fn the_refresh_token_that_came_last_is_the_one_that_is_sent_and_revoked() {
    let issuer = issuer("client_secret_post");
    whole_session(&issuer);
    let sent = |request: &String, name: &str| {
        let found = fields(request).into_iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    };
    let refresh = &issuer.asked(TOKEN)[1];
    assert_eq!(sent(refresh, "refresh_token").unwrap(), "rt_canary");
    let mut revoked: Vec<_> = issuer
        .asked(REVOKE)
        .iter()
        .map(|request| {
            (
                sent(request, "token_type_hint").unwrap(),
                sent(request, "token").unwrap(),
            )
        })
        .collect();
    revoked.sort();
    let pair = |hint: &str, token: &str| (hint.to_owned(), token.to_owned());
    assert_eq!(
        revoked,
        [
            pair("access_token", ACCESS),
            pair("refresh_token", "rt_canary_2")
        ]
    );
}

#[test]
fn a_code_is_sent_once_whatever_becomes_of_the_answer() {
    for answer in [
        json_answer(500, "{}"),
        json_answer(503, "{}"),
        json_answer(400, r#"{"error":"invalid_grant"}"#),
        json_answer(200, "{"),
        crate::impostor::raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"),
    ] {
        let issuer = issuer("none");
        issuer.put(TOKEN, answer);
        let mut world = user_of(&issuer);
        world.unset("EPROSPERA_RETRIES");
        let output = sign_in(&world, &issuer, &[], |_| ());
        assert_ne!(output.code, 0, "{output:#?}");
        assert_eq!(issuer.asked(TOKEN).len(), 1, "{output:#?}");
    }
}

#[test]
fn what_an_answer_has_beyond_the_standard_is_ignored() {
    let issuer = issuer("none");
    let world = user_of(&issuer);
    let output = sign_in(&world, &issuer, &[], |nonce| {
        let (header, claims) = issuer.honest(nonce);
        let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
        let mut tokens = Impostor::tokens(&id_token);
        tokens["session_state"] = json!("z");
        tokens["not-before-policy"] = json!(0);
        tokens["x"] = json!({ "y": [null] });
        issuer.put(TOKEN, json_answer(200, &tokens.to_string()));
    });
    assert_eq!(output.code, 0, "{output:#?}");
}

#[test]
fn a_revocation_is_done_whatever_its_body_is() {
    for body in ["", "{}", "[", "<html>"] {
        let issuer = issuer("none");
        issuer.put(REVOKE, typed(200, "text/html", body.as_bytes()));
        let world = user_of(&issuer);
        let output = sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
        assert_eq!(output.code, 0, "{output:#?}");
        let output = world.run(&["logout"]).succeeds();
        assert_eq!(output.json()["revoked"], true, "{body}: {output:#?}");
    }
}

#[test]
fn metadata_is_asked_for_where_each_standard_has_it() {
    let issuer = Impostor::new();
    let mut world = user_of(&issuer);
    world.set("EPROSPERA_ISSUER", &format!("{}/tenant", issuer.url));
    let output = world.run(&["login", "--no-browser"]).0;
    assert_ne!(output.code, 0, "{output:#?}");
    let asked = issuer.everything();
    let lines: Vec<_> = asked
        .iter()
        .filter_map(|request| request.lines().next())
        .collect();
    assert_eq!(
        lines,
        [
            "GET /tenant/.well-known/openid-configuration HTTP/1.1",
            "GET /.well-known/oauth-authorization-server/tenant HTTP/1.1"
        ]
    );
}
