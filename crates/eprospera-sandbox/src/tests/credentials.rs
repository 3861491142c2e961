//! Which credential opens which resource route (docs/portal.md, Credentials and scopes, and Errors).

use super::world::{EVERY_SCOPE, Reply, World, options};
use crate::Options;

const ENTITY: &str = "3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63";
const FILING: &str = "2c8f4a91-7b06-4e5d-a3c2-d90b61e8f574";

/// A route, its scopes, and whether Agent Keys open it.
struct Route {
    path: String,
    scopes: &'static [&'static str],
    takes_agent_keys: bool,
}

fn routes() -> Vec<Route> {
    let personal = |path: &str, scope| Route {
        path: format!("/api/v1/me/natural-person{path}"),
        scopes: scope,
        takes_agent_keys: true,
    };
    let oauth = |path: String, scopes| Route {
        path: format!("/api/v1/me/{path}"),
        scopes,
        takes_agent_keys: false,
    };
    let check: &[&str] = &["eprospera:person.id_verification.read"];
    let entity: &[&str] = &["eprospera:entity.read"];
    let tax: &[&str] = &["eprospera:person.tax.read", "eprospera:entity.tax.read"];
    vec![
        personal("", &["eprospera:person.details.read"]),
        personal("/residency", &["eprospera:person.residency.read"]),
        personal("/id-verification", check),
        personal("/id_verification", check),
        personal("/documents", &["eprospera:person.documents.read"]),
        oauth("legal-entities".to_owned(), entity),
        oauth(format!("legal-entities/{ENTITY}"), entity),
        oauth(
            format!("legal-entities/{ENTITY}/documents"),
            &["eprospera:entity.documents.read"],
        ),
        oauth("tax/summary".to_owned(), tax),
        oauth("tax/filings".to_owned(), tax),
        oauth(format!("tax/filings/{FILING}"), tax),
        oauth(format!("tax/filings/{FILING}/documents/return"), tax),
    ]
}

fn refused(reply: &Reply, status: u16, error: &str, what: &str) {
    assert_eq!(
        (reply.status, reply.json()),
        (status, serde_json::json!({ "error": error })),
        "{what}"
    );
    assert_eq!(reply.header("www-authenticate"), "", "{what}");
}

#[tokio::test]
async fn an_access_token_opens_every_route() {
    let (world, access) = World::signed_in("resident").await;
    for Route { path, .. } in routes() {
        let reply = world.get_as(&path, &access).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        let kind = if path.ends_with("/return") {
            "application/pdf"
        } else {
            "application/json"
        };
        assert_eq!(reply.header("content-type"), kind, "{path}");
        let event = world.sandbox.request_log().pop().unwrap();
        assert_eq!(event.persona.as_deref(), Some("resident"), "{path}");
        assert_eq!(event.client_id.as_deref(), Some("sandbox-cli"), "{path}");
        assert_eq!(event.endpoint, "me");
    }
}

#[tokio::test]
async fn without_a_good_token_no_route_opens() {
    let (world, access) = World::signed_in("resident").await;
    for Route { path, .. } in routes() {
        refused(&world.get(&path).await, 401, "missing_token", &path);
        for bad in ["eyJ.not.one", "rt_refresh", "ak-other", "ak-sandbox-nobody"] {
            let reply = world.get_as(&path, bad).await;
            refused(&reply, 401, "invalid_token", &format!("{bad} {path}"));
        }
    }
    world.sandbox.revoke_all();
    for Route { path, .. } in routes() {
        let reply = world.get_as(&path, &access).await;
        refused(&reply, 401, "invalid_token", &path);
    }
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let world = World::approving().await;
    for Route { path, scopes, .. } in routes() {
        let kept: Vec<_> = EVERY_SCOPE
            .split_whitespace()
            .filter(|scope| !scopes.contains(scope))
            .collect();
        let tokens = world.login(&[("scope", &kept.join(" "))]).await;
        let reply = world.get_as(&path, tokens.access()).await;
        let error = format!("missing_scopes: {}", scopes.join(", "));
        refused(&reply, 403, &error, &path);
    }
}

#[tokio::test]
async fn an_older_portal_answers_a_missing_scope_with_401() {
    let world = World::with(Options {
        auto_approve: Some(String::new()),
        missing_scope_status: 401,
        ..options()
    })
    .await;
    let tokens = world.login(&[("scope", "openid")]).await;
    for Route { path, scopes, .. } in routes() {
        let reply = world.get_as(&path, tokens.access()).await;
        let error = format!("missing_scopes: {}", scopes.join(", "));
        refused(&reply, 401, &error, &path);
    }
}

#[tokio::test]
async fn keys_open_what_their_kind_may_open() {
    let world = World::with(options()).await;
    for route in routes() {
        let path = route.path;
        let standard = world.get_as(&path, "sk-anything").await;
        let error = "Standard API keys are not supported on this endpoint";
        refused(&standard, 403, error, &path);
        let partner = world.get_as(&path, "pk-anything").await;
        refused(&partner, 403, "Insufficient permissions", &path);
        let agent = world.get_as(&path, "ak-sandbox-resident").await;
        if route.takes_agent_keys {
            assert_eq!(agent.status, 200, "{path}");
        } else {
            refused(&agent, 403, "Insufficient permissions", &path);
        }
    }
}

#[tokio::test]
async fn an_agent_key_can_be_limited_to_some_scopes() {
    let world = World::with(options()).await;
    let names = ["details", "residency", "id_verification", "documents"];
    for route in routes().into_iter().filter(|route| route.takes_agent_keys) {
        let path = route.path;
        for name in names {
            let key = format!("ak-sandbox-resident+{name}");
            let reply = world.get_as(&path, &key).await;
            if route.scopes == [format!("eprospera:person.{name}.read")] {
                assert_eq!(reply.status, 200, "{key} {path}");
            } else {
                refused(&reply, 403, "Insufficient permissions", &path);
            }
        }
        let all = "ak-sandbox-resident+details+residency+id_verification+documents";
        assert_eq!(world.get_as(&path, all).await.status, 200, "{path}");
        let unknown = world.get_as(&path, "ak-sandbox-resident+shoes").await;
        refused(&unknown, 401, "invalid_token", &path);
    }
}

#[tokio::test]
async fn userinfo_takes_no_key() {
    let world = World::with(options()).await;
    for key in ["ak-sandbox-resident", "sk-anything", "pk-anything"] {
        let reply = world.get_as("/api/oauth/userinfo", key).await;
        assert_eq!(
            (reply.status, reply.error().as_str()),
            (401, "invalid_token"),
            "{key}"
        );
    }
}

#[tokio::test]
async fn an_id_that_is_unknown_or_malformed_is_not_found() {
    let (world, access) = World::signed_in("resident").await;
    let unknown = "00000000-0000-4000-8000-000000000000";
    for id in [unknown, "x", "..", "%00", "%FF", "%2F", "null"] {
        let cases = [
            (format!("legal-entities/{id}"), "Legal entity not found"),
            (
                format!("legal-entities/{id}/documents"),
                "Legal entity not found",
            ),
            (format!("tax/filings/{id}"), "Tax filing not found"),
            (
                format!("tax/filings/{id}/documents/return"),
                "Tax filing not found",
            ),
        ];
        for (path, error) in cases {
            // A client would resolve `..` before it asks.
            if id != ".." {
                let reply = world.get_as(&format!("/api/v1/me/{path}"), &access).await;
                refused(&reply, 404, error, &path);
            }
        }
    }
}

#[tokio::test]
async fn an_entity_that_is_not_shared_or_not_represented_is_not_found() {
    let (world, access) = World::signed_in("former").await;
    for path in [
        format!("legal-entities/{ENTITY}"),
        format!("legal-entities/{ENTITY}/documents"),
    ] {
        let reply = world.get_as(&format!("/api/v1/me/{path}"), &access).await;
        refused(&reply, 404, "Legal entity not found", &path);
    }
}
