//! Where rules strike among the resource routes, and in which words.

use super::world::World;

fn rule(world: &World, rule: &str) {
    world.sandbox.add_fault(rule.parse().unwrap());
}

#[tokio::test]
async fn a_rule_can_name_a_part_of_me() {
    let (world, access) = World::signed_in("resident").await;
    let person = "natural-person";
    let parts = [
        (person, &["natural-person"][..], "natural-person/residency"),
        ("residency", &["natural-person/residency"], person),
        (
            "id-verification",
            &[
                "natural-person/id-verification",
                "natural-person/id_verification",
            ],
            person,
        ),
        (
            "documents",
            &["natural-person/documents", "legal-entities/x/documents"],
            person,
        ),
        (
            "legal-entities",
            &["legal-entities", "legal-entities/x"],
            person,
        ),
        (
            "tax",
            &["tax/summary", "tax/filings/x", "tax/filings/x/documents/y"],
            person,
        ),
        (
            "tax-document",
            &["tax/filings/x/documents/y"],
            "tax/filings",
        ),
        (
            "me",
            &["natural-person", "tax/summary"],
            "../oauth/userinfo",
        ),
    ];
    for (part, struck, spared) in parts {
        rule(&world, &format!("{part}:500"));
        for path in struck {
            let reply = world.get_as(&format!("/api/v1/me/{path}"), &access).await;
            let error = "Internal server error";
            assert_eq!((reply.status, reply.error().as_str()), (500, error));
        }
        let reply = world.get_as(&format!("/api/v1/me/{spared}"), &access).await;
        assert_ne!(reply.status, 500, "{part} {spared}");
        world.sandbox.clear_faults();
    }
    rule(&world, "documents:429=2*1");
    let reply = world.get_as("/api/v1/me/natural-person/documents", &access);
    let reply = reply.await;
    assert_eq!((reply.status, reply.header("retry-after")), (429, "2"));
}

#[tokio::test]
async fn a_status_comes_with_the_words_of_its_route() {
    let (world, access) = World::signed_in("resident").await;
    let me = "/api/v1/me/tax/summary";
    let userinfo = "/api/oauth/userinfo";
    let cases = [
        ("me:401", me, "invalid_token"),
        ("me:403", me, "Insufficient permissions"),
        ("tax:500", me, "Internal server error"),
        ("userinfo:404", userinfo, "user_not_found"),
        ("userinfo:500", userinfo, "internal_server_error"),
    ];
    for (name, path, error) in cases {
        rule(&world, &format!("{name}*1"));
        assert_eq!(world.get_as(path, &access).await.error(), error, "{name}");
    }
}

/// Every OAuth endpoint, and whether it is asked by POST.
const OAUTH: [(&str, &str, bool); 8] = [
    ("discovery", "/.well-known/openid-configuration", false),
    ("jwks", "/api/oauth/.well-known/jwks.json", false),
    ("authorize", "/api/oauth/authorize", false),
    ("device", "/api/oauth/device_authorization", true),
    ("token", "/api/oauth/token", true),
    ("userinfo", "/api/oauth/userinfo", false),
    ("revoke", "/api/oauth/revoke", true),
    ("introspect", "/api/oauth/introspect", true),
];

/// Which OAuth endpoints are out of order.
async fn out_of_order(world: &World) -> Vec<&'static str> {
    let mut struck = Vec::new();
    for (name, path, is_post) in OAUTH {
        let url = world.at(path);
        let request = if is_post {
            world.http.post(url)
        } else {
            world.http.get(url)
        };
        if super::world::read(request).await.status == 503 {
            struck.push(name);
        }
    }
    struck
}

#[tokio::test]
async fn a_rule_strikes_at_its_own_oauth_endpoint_and_any_at_all_of_them() {
    let world = World::approving().await;
    for (name, _, _) in OAUTH {
        rule(&world, &format!("{name}:503"));
        assert_eq!(out_of_order(&world).await, [name]);
        world.sandbox.clear_faults();
    }
    rule(&world, "any:503");
    assert_eq!(out_of_order(&world).await, OAUTH.map(|(name, ..)| name));
    // What ends the fault is never struck, and neither is a page for people.
    let control = world.sandbox.control_token();
    assert_eq!(world.get_as("/sandbox/faults", control).await.status, 200);
    assert_eq!(world.get("/").await.status, 200);
}
