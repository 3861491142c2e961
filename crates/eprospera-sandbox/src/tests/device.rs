//! Device authorization and the device grant (docs/portal.md, Device; RFC 8628), as a device uses
//! them. What its person sees is in [`verification`](super::verification).

use std::time::Duration;

use serde_json::Value;

use super::browser::Browser;
use super::token::assert_refused;
use super::world::{ALL_SCOPES, REDIRECT, Reply, Tokens, World, options, read};
use crate::{Client, Options};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A device that was given its codes.
pub(super) struct Device<'a> {
    world: &'a World,
    body: Value,
}

impl<'a> Device<'a> {
    pub(super) async fn start(world: &'a World, scope: &str) -> Self {
        let fields = [("client_id", "eprospera-cli"), ("scope", scope)];
        let reply = ask(world, &fields).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let body = reply.json();
        Self { world, body }
    }

    pub(super) fn user_code(&self) -> &str {
        self.body["user_code"].as_str().unwrap()
    }

    pub(super) async fn poll(&self) -> Reply {
        self.poll_as(&[("client_id", "eprospera-cli")]).await
    }

    async fn poll_as(&self, client: &[(&str, &str)]) -> Reply {
        let code = self.body["device_code"].as_str().unwrap();
        let mut fields = vec![("grant_type", GRANT), ("device_code", code)];
        fields.extend(client);
        self.world.token(&fields).await
    }

    /// A poll that comes some seconds after the last one.
    async fn poll_after(&self, seconds: i64) -> Reply {
        self.world.sandbox.advance_clock(seconds);
        self.poll().await
    }
}

async fn ask(world: &World, fields: &[(&str, &str)]) -> Reply {
    let at = world.at("/api/oauth/device_authorization");
    read(world.http.post(at).form(fields)).await
}

#[tokio::test]
async fn a_device_is_given_all_six_fields() {
    let world = World::with(options()).await;
    let fields = [("client_id", "sandbox-cli"), ("scope", ALL_SCOPES)];
    let reply = ask(&world, &fields).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("cache-control"), "no-store");
    let body = reply.json();
    assert_eq!(body.as_object().unwrap().len(), 6);
    let code = body["user_code"].as_str().unwrap();
    let (letters, digits) = code.split_once('-').unwrap();
    assert!(letters.len() == 4 && letters.bytes().all(|byte| byte.is_ascii_uppercase()));
    assert!(digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()));
    assert!(body["device_code"].as_str().unwrap().starts_with("dc_"));
    let page = world.at("/device");
    assert_eq!(body["verification_uri"], page);
    let complete = format!("{page}?user_code={code}");
    assert_eq!(body["verification_uri_complete"], complete);
    assert_eq!(
        (&body["expires_in"], &body["interval"]),
        (&600.into(), &5.into())
    );
    let other = ask(&world, &fields).await.json();
    assert_ne!(other["user_code"], body["user_code"]);
    assert_ne!(other["device_code"], body["device_code"]);
}

#[tokio::test]
async fn lifetime_and_interval_can_be_set() {
    let world = World::with(Options {
        device_ttl: Duration::from_secs(30),
        device_interval: Duration::from_millis(1500),
        ..options()
    })
    .await;
    let device = Device::start(&world, "openid").await;
    assert_eq!(
        (&device.body["expires_in"], &device.body["interval"]),
        (&30.into(), &2.into())
    );
    assert_refused(&device.poll().await, 400, "authorization_pending");
    assert_refused(&device.poll_after(2).await, 400, "authorization_pending");
    assert_refused(&device.poll_after(30).await, 400, "expired_token");
}

#[tokio::test]
async fn a_request_for_codes_is_checked() {
    let world = World::with(options()).await;
    let id = ("client_id", "eprospera-cli");
    let scope = ("scope", "openid");
    let refusals = [
        (&[scope][..], 401, "invalid_client"),
        (&[("client_id", "nobody"), scope][..], 401, "invalid_client"),
        (
            &[id, scope, ("client_secret", "any")][..],
            401,
            "invalid_client",
        ),
        (&[id][..], 400, "invalid_request"),
        (&[id, ("scope", "  ")][..], 400, "invalid_request"),
        (&[id, scope, scope][..], 400, "invalid_request"),
        (&[id, ("scope", "openid all")][..], 400, "invalid_scope"),
    ];
    for (fields, status, error) in refusals {
        assert_refused(&ask(&world, fields).await, status, error);
    }
    let offending = ask(&world, &[id, ("scope", "openid all")]).await.json();
    assert_eq!(offending["error_description"], "all");
    let secret = ("client_secret", "sandbox-secret");
    let web = [("client_id", "sandbox-web"), secret, scope];
    assert_refused(&ask(&world, &web).await, 400, "unauthorized_client");
    let json = serde_json::json!({ "client_id": "eprospera-cli", "scope": "openid" });
    let at = world.at("/api/oauth/device_authorization");
    let as_json = read(world.http.post(at).json(&json)).await;
    assert_refused(&as_json, 400, "invalid_request");
}

#[tokio::test]
async fn a_poll_waits_for_the_person_and_then_brings_tokens_once() {
    let world = World::with(options()).await;
    let device = Device::start(&world, ALL_SCOPES).await;
    assert_refused(&device.poll().await, 400, "authorization_pending");
    assert_refused(&device.poll_after(5).await, 400, "authorization_pending");
    let mut browser = Browser::new(&world);
    browser.connect(&device, "former", "approve", &[]).await;
    let reply = device.poll_after(5).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let tokens = Tokens(reply.json());
    assert_eq!(tokens.field("scope"), ALL_SCOPES);
    let userinfo = world.get_as("/api/oauth/userinfo", tokens.access()).await;
    assert_eq!(userinfo.json()["email"], "j.brandvold@mail.example");
    let refreshed = world
        .token(&[
            ("grant_type", "refresh_token"),
            ("client_id", "eprospera-cli"),
            ("refresh_token", tokens.refresh()),
        ])
        .await;
    let latest = Tokens(refreshed.json());

    assert_refused(&device.poll_after(5).await, 400, "invalid_grant");
    assert!(world.last_outcome().contains("already used"));
    let over = world.get_as("/api/oauth/userinfo", latest.access()).await;
    assert_eq!((over.status, over.error().as_str()), (401, "invalid_token"));
}

#[tokio::test]
async fn an_id_token_of_a_device_has_no_nonce() {
    let world = World::approving().await;
    let device = Device::start(&world, "openid").await;
    let tokens = Tokens(device.poll().await.json());
    assert!(tokens.0.get("refresh_token").is_none());
    let claims = super::tokens::claims(&world, tokens.field("id_token"), "eprospera-cli").await;
    assert_eq!(claims["sub"], world.sandbox.personas()[0].sub);
    assert!(claims.get("nonce").is_none());
}

#[tokio::test]
async fn polling_too_fast_makes_the_interval_longer_for_good() {
    let world = World::with(options()).await;
    let device = Device::start(&world, "openid").await;
    assert_refused(&device.poll().await, 400, "authorization_pending");
    // Real time goes on beside the sandbox's: each early poll has some seconds to spare.
    assert_refused(&device.poll_after(1).await, 400, "slow_down");
    assert!(world.last_outcome().contains("10 s"));
    assert_refused(&device.poll_after(6).await, 400, "slow_down");
    assert_refused(&device.poll_after(15).await, 400, "authorization_pending");
    assert_refused(&device.poll_after(11).await, 400, "slow_down");
    assert_refused(&device.poll_after(20).await, 400, "authorization_pending");
}

#[tokio::test]
async fn a_decision_is_told_however_early_the_poll_comes() {
    let world = World::with(options()).await;
    let device = Device::start(&world, "openid").await;
    assert_refused(&device.poll().await, 400, "authorization_pending");
    let mut browser = Browser::new(&world);
    browser.connect(&device, "resident", "approve", &[]).await;
    assert_eq!(device.poll().await.status, 200);
}

#[tokio::test]
async fn a_denial_and_an_expiry_end_the_polling() {
    let world = World::with(options()).await;
    let device = Device::start(&world, "openid").await;
    let mut browser = Browser::new(&world);
    browser.connect(&device, "resident", "deny", &[]).await;
    assert_refused(&device.poll().await, 400, "access_denied");
    assert_refused(&device.poll_after(5).await, 400, "access_denied");
    let device = Device::start(&world, "openid").await;
    let mut browser = Browser::new(&world);
    browser.connect(&device, "resident", "approve", &[]).await;
    assert_refused(&device.poll_after(601).await, 400, "expired_token");
}

#[tokio::test]
async fn a_device_code_belongs_to_its_client() {
    let world = World::approving().await;
    let device = Device::start(&world, "openid").await;
    let other = device.poll_as(&[("client_id", "sandbox-cli")]).await;
    assert_refused(&other, 400, "invalid_grant");
    assert!(world.last_outcome().contains("another client"));
    let web = [
        ("client_id", "sandbox-web"),
        ("client_secret", "sandbox-secret"),
    ];
    assert_refused(&device.poll_as(&web).await, 400, "unauthorized_client");
    assert_refused(&device.poll_as(&[]).await, 401, "invalid_client");
    let id = ("client_id", "eprospera-cli");
    let missing = world.token(&[("grant_type", GRANT), id]).await;
    assert_refused(&missing, 400, "invalid_request");
    let unknown = [("grant_type", GRANT), id, ("device_code", "dc_unknown")];
    assert_refused(&world.token(&unknown).await, 400, "invalid_grant");
    assert_eq!(device.poll().await.status, 200);
}

#[tokio::test]
async fn a_confidential_client_proves_itself_at_both_endpoints() {
    let client: Client = format!("tv:s3cret={REDIRECT}").parse().unwrap();
    let world = World::with(Options {
        clients: vec![client],
        auto_approve: Some("former".to_owned()),
        ..options()
    })
    .await;
    let scope = ("scope", "openid email");
    let without = [("client_id", "tv"), scope];
    assert_refused(&ask(&world, &without).await, 401, "invalid_client");
    let at = world.at("/api/oauth/device_authorization");
    let request = world.http.post(at).basic_auth("tv", Some("s3cret"));
    let body = read(request.form(&[scope])).await.json();
    let device = Device {
        world: &world,
        body,
    };
    let public = device.poll_as(&[("client_id", "tv")]).await;
    assert_refused(&public, 401, "invalid_client");
    let proof = [("client_id", "tv"), ("client_secret", "s3cret")];
    let tokens = Tokens(device.poll_as(&proof).await.json());
    let userinfo = world.get_as("/api/oauth/userinfo", tokens.access()).await;
    assert_eq!(userinfo.json()["email"], "j.brandvold@mail.example");
}

#[tokio::test]
async fn an_approving_sandbox_shares_all_entities_with_a_device() {
    let world = World::approving().await;
    let device = Device::start(&world, "eprospera:entity.read").await;
    let tokens = Tokens(device.poll().await.json());
    let list = world
        .get_as("/api/v1/me/legal-entities", tokens.access())
        .await;
    assert_eq!(list.json()["data"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn whoever_ends_all_sessions_ends_what_devices_wait_for() {
    let world = World::approving().await;
    let device = Device::start(&world, "openid").await;
    world.sandbox.revoke_all();
    assert_refused(&device.poll().await, 400, "invalid_grant");
}

#[tokio::test]
async fn both_endpoints_can_fail_on_purpose() {
    let world = World::approving().await;
    let add = |rule: &str| world.sandbox.add_fault(rule.parse().unwrap());
    add("device:error=invalid_client*1");
    let fields = [("client_id", "eprospera-cli"), ("scope", "openid")];
    assert_eq!(ask(&world, &fields).await.status, 401);
    let device = Device::start(&world, "openid").await;
    add("token:error=authorization_pending*1");
    assert_eq!(device.poll().await.error(), "authorization_pending");
    assert_eq!(device.poll().await.status, 200);
}

#[tokio::test]
async fn discovery_offers_the_grant_and_the_older_document_does_not() {
    let world = World::with(options()).await;
    let path = "/.well-known/openid-configuration";
    let document = world.get(path).await.json();
    let offered = |document: &Value| {
        let grants = document["grant_types_supported"].as_array().unwrap();
        grants.iter().any(|grant| grant == GRANT)
    };
    assert!(offered(&document));
    let at = world.at("/api/oauth/device_authorization");
    assert_eq!(document["device_authorization_endpoint"], at);
    let fault = "discovery:short*1".parse().unwrap();
    world.sandbox.add_fault(fault);
    assert!(!offered(&world.get(path).await.json()));
}
