//! Discovery, keys, userinfo, revoke, personal data, and what every answer has in common.

use super::world::{Tokens, World, options, read};
use crate::Options;

#[tokio::test]
async fn discovery_has_every_documented_field_at_both_paths() {
    let world = World::with(options()).await;
    let reply = world.get("/.well-known/openid-configuration").await;
    let document = reply.json();
    assert_eq!(document["issuer"], world.sandbox.url());
    assert!(!world.sandbox.url().ends_with('/'));
    let endpoints = [
        ("authorization_endpoint", "/api/oauth/authorize"),
        (
            "device_authorization_endpoint",
            "/api/oauth/device_authorization",
        ),
        ("token_endpoint", "/api/oauth/token"),
        ("userinfo_endpoint", "/api/oauth/userinfo"),
        ("jwks_uri", "/api/oauth/.well-known/jwks.json"),
        ("revocation_endpoint", "/api/oauth/revoke"),
        ("introspection_endpoint", "/api/oauth/introspect"),
    ];
    for (name, path) in endpoints {
        assert_eq!(document[name], world.at(path));
    }
    let lists = [
        ("response_types_supported", "code"),
        ("grant_types_supported", "refresh_token"),
        ("subject_types_supported", "public"),
        ("id_token_signing_alg_values_supported", "EdDSA"),
        ("token_endpoint_auth_methods_supported", "none"),
        ("claims_supported", "auth_time"),
        ("code_challenge_methods_supported", "S256"),
        ("scopes_supported", "eprospera:entity.tax.read"),
    ];
    for (name, member) in lists {
        assert!(
            document[name].as_array().unwrap().contains(&member.into()),
            "{name}"
        );
    }
    let alias = world
        .get("/api/oauth/.well-known/openid-configuration")
        .await;
    assert_eq!(alias.json(), document);
}

#[tokio::test]
async fn an_rsa_key_is_shown_as_documented_and_may_be_cached() {
    let world = World::with(Options {
        signing: crate::Algorithm::Rs256,
        ..options()
    })
    .await;
    let reply = world.get("/api/oauth/.well-known/jwks.json").await;
    assert!(reply.header("cache-control").starts_with("public"));
    let key = &reply.json()["keys"][0];
    assert_eq!((&key["kty"], &key["alg"]), (&"RSA".into(), &"RS256".into()));
    assert_eq!((&key["use"], &key["e"]), (&"sig".into(), &"AQAB".into()));
    assert_eq!(key["n"].as_str().unwrap().len(), 342);
}

#[tokio::test]
async fn userinfo_gives_the_claims_of_the_scopes_by_get_and_post() {
    let world = World::approving().await;
    let tokens = world.login(&[("scope", "openid profile")]).await;
    let got = world.get_as("/api/oauth/userinfo", tokens.access()).await;
    let persona = &world.sandbox.personas()[0];
    let expected = serde_json::json!({
        "sub": persona.sub, "name": persona.name, "given_name": persona.given_name,
        "family_name": persona.family_name, "picture": persona.picture,
    });
    assert_eq!((got.status, got.json()), (200, expected.clone()));
    let request = world.http.post(world.at("/api/oauth/userinfo"));
    assert_eq!(
        read(request.bearer_auth(tokens.access())).await.json(),
        expected
    );
}

#[tokio::test]
async fn userinfo_turns_callers_away_with_a_challenge() {
    let world = World::approving().await;
    let missing = world.get("/api/oauth/userinfo").await;
    assert_eq!(
        (missing.status, missing.error().as_str()),
        (401, "missing_token")
    );
    assert!(missing.header("www-authenticate").starts_with("Bearer "));
    let invalid = world.get_as("/api/oauth/userinfo", "eyJ.not.one").await;
    assert_eq!(
        (invalid.status, invalid.error().as_str()),
        (401, "invalid_token")
    );
    assert!(
        invalid
            .header("www-authenticate")
            .contains("error=\"invalid_token\"")
    );
    let tokens = world.login(&[("scope", "email"), ("nonce", "")]).await;
    let lacking = world.get_as("/api/oauth/userinfo", tokens.access()).await;
    assert_eq!(lacking.status, 403);
    assert!(
        lacking
            .header("www-authenticate")
            .contains("scope=\"openid\"")
    );
}

#[tokio::test]
async fn an_access_token_expires() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    world.sandbox.advance_clock(3601);
    let reply = world.get_as("/api/oauth/userinfo", tokens.access()).await;
    assert_eq!(
        (reply.status, reply.error().as_str()),
        (401, "invalid_token")
    );
}

#[tokio::test]
async fn natural_person_is_a_bare_object_or_null() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let reply = world
        .get_as("/api/v1/me/natural-person", tokens.access())
        .await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json(), world.sandbox.personas()[0].natural_person);

    let world = World::with(Options {
        auto_approve: Some("no-profile".to_owned()),
        ..options()
    })
    .await;
    let tokens = world.login(&[]).await;
    let reply = world
        .get_as("/api/v1/me/natural-person", tokens.access())
        .await;
    assert_eq!((reply.status, reply.text.as_str()), (200, "null"));
}

#[tokio::test]
async fn personal_routes_check_the_credential_and_its_scope() {
    let world = World::approving().await;
    let path = "/api/v1/me/natural-person";
    let missing = world.get(path).await;
    assert_eq!(
        (missing.status, missing.error().as_str()),
        (401, "missing_token")
    );
    assert_eq!(missing.header("www-authenticate"), "");
    let invalid = world.get_as(path, "eyJ.not.one").await;
    assert_eq!(
        (invalid.status, invalid.error().as_str()),
        (401, "invalid_token")
    );
    let tokens = world.login(&[("scope", "openid")]).await;
    let lacking = world.get_as(path, tokens.access()).await;
    let expected = "missing_scopes: eprospera:person.details.read";
    assert_eq!((lacking.status, lacking.error().as_str()), (403, expected));
    let standard = world.get_as(path, "sk-anything").await;
    let expected = "Standard API keys are not supported on this endpoint";
    assert_eq!(
        (standard.status, standard.error().as_str()),
        (403, expected)
    );
    assert_eq!(world.get_as(path, "ak-sandbox-former").await.status, 200);
    assert_eq!(world.get_as(path, "ak-other").await.status, 401);
}

#[tokio::test]
async fn revocation_is_silent_and_takes_one_token_at_a_time() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let revoke = async |token: &str| {
        let form = [("client_id", "sandbox-cli"), ("token", token)];
        read(world.http.post(world.at("/api/oauth/revoke")).form(&form)).await
    };
    for token in [tokens.access(), tokens.access(), "rt_unknown"] {
        let reply = revoke(token).await;
        assert_eq!((reply.status, reply.text.as_str()), (200, ""));
    }
    assert_eq!(world.userinfo_status(tokens.access()).await, 401);
    let next = Tokens(world.refresh(tokens.refresh()).await.json());
    assert_eq!(revoke(next.refresh()).await.status, 200);
    assert_eq!(
        world
            .get_as("/api/oauth/userinfo", next.access())
            .await
            .status,
        200
    );
    assert_eq!(world.refresh(next.refresh()).await.error(), "invalid_grant");
    assert_eq!(
        world
            .get_as("/api/oauth/userinfo", next.access())
            .await
            .status,
        401
    );
    assert_eq!(revoke("").await.error(), "invalid_request");
}

#[tokio::test]
async fn a_client_cannot_revoke_what_another_holds() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let form = [
        ("client_id", "sandbox-web"),
        ("client_secret", "sandbox-secret"),
        ("token", tokens.access()),
    ];
    let reply = read(world.http.post(world.at("/api/oauth/revoke")).form(&form)).await;
    assert_eq!(reply.status, 200);
    assert_eq!(world.userinfo_status(tokens.access()).await, 200);
}

#[tokio::test]
async fn unknown_routes_methods_and_hosts_are_refused() {
    let world = World::with(options()).await;
    let reply = world.get("/api/v2/users").await;
    assert_eq!((reply.status, reply.error().as_str()), (404, "Not found"));
    let reply = world.get("/api/oauth/token").await;
    assert_eq!((reply.status, reply.header("allow")), (405, "POST"));
    let ask = async |host: &str| {
        let request = world
            .http
            .get(world.at("/.well-known/openid-configuration"));
        read(request.header("host", host)).await.status
    };
    let port = world.sandbox.url().rsplit_once(':').unwrap().1;
    assert_eq!(ask(&format!("localhost:{port}")).await, 200);
    for host in [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "localhost.evil.example",
    ] {
        assert_eq!(ask(host).await, 421, "{host}");
    }
}

#[tokio::test]
async fn no_answer_allows_another_origin_to_read_it() {
    let world = World::with(options()).await;
    for method in [reqwest::Method::GET, reqwest::Method::OPTIONS] {
        let request = world.http.request(method, world.at("/api/oauth/userinfo"));
        let reply = read(request.header("origin", "https://app.example")).await;
        assert!(
            !reply
                .headers
                .keys()
                .any(|name| name.as_str().starts_with("access-control"))
        );
        assert_eq!(reply.header("server"), "eprospera-sandbox");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_not_read() {
    let world = World::with(options()).await;
    let body = "x=".to_owned() + &"y".repeat(70_000);
    let request = world.http.post(world.at("/api/oauth/token")).body(body);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(read(request).await.status, 413);
}
