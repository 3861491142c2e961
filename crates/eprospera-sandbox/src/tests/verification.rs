//! `/device`: the page where a person types the code of a device.

use super::browser::{Browser, entity, request_id};
use super::device::Device;
use super::token::assert_refused;
use super::world::{Tokens, World, options};

impl Browser<'_> {
    /// Types a code and signs in; returns the request id of the consent page.
    async fn enter(&mut self, code: &str, persona: &str) -> String {
        let reply = self.post("/device", &[("user_code", code)]).await;
        assert_eq!(reply.status, 303, "{}", reply.text);
        let id = request_id(&reply, "/login?request=");
        let form = [("request", id.as_str()), ("persona", persona)];
        let reply = self.post("/login", &form).await;
        assert_eq!(request_id(&reply, "/consent?request="), id);
        id
    }

    /// All that a person does for a device.
    pub(super) async fn connect(
        &mut self,
        device: &Device<'_>,
        persona: &str,
        decision: &str,
        entities: &[&str],
    ) {
        let id = self.enter(device.user_code(), persona).await;
        let reply = self.decide(&id, decision, entities).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        assert!(reply.text.contains("You can close this page"));
    }
}

#[tokio::test]
async fn a_person_compares_the_code_chooses_entities_and_approves() {
    let world = World::with(options()).await;
    let device = Device::start(&world, "openid eprospera:entity.read").await;
    let mut browser = Browser::new(&world);
    let code = device.user_code();
    let page = browser.get(&format!("/device?user_code={code}")).await;
    assert!(page.text.contains(&format!("value=\"{code}\"")));
    assert!(page.text.contains("Go on only if they are the same"));

    let id = browser.enter(code, "resident").await;
    let page = browser.get(&format!("/consent?request={id}")).await;
    for words in [
        "e-Próspera command line asks for access",
        &format!("<p class=\"code\">{code}</p>"),
        "Approve only if you started this yourself",
        "eprospera:entity.read",
        "Inc. Lantern Tide",
    ] {
        assert!(page.text.contains(words), "{words}");
    }
    let policy = page.header("content-security-policy");
    assert!(policy.contains("form-action 'self';"), "{policy}");

    let chosen = entity(&world, 1);
    let reply = browser.decide(&id, "approve", &[&chosen]).await;
    assert!(reply.text.contains("Your device is connected"));
    let tokens = Tokens(device.poll().await.json());
    let list = world
        .get_as("/api/v1/me/legal-entities", tokens.access())
        .await
        .json();
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!(list["data"][0]["id"], chosen.as_str());
}

#[tokio::test]
async fn a_code_is_taken_however_it_is_typed() {
    let world = World::with(options()).await;
    let typed: [fn(&str) -> String; 5] = [
        str::to_lowercase,
        |code| code.replace('-', ""),
        |code| code.replace('-', " "),
        |code| code.replace('-', "\u{2013}"),
        |code| format!("  {} ", code.replace('-', " - ").to_lowercase()),
    ];
    for spelling in typed {
        let device = Device::start(&world, "openid").await;
        let mut browser = Browser::new(&world);
        let code = spelling(device.user_code());
        let id = browser.enter(&code, "former").await;
        browser.decide(&id, "approve", &[]).await;
        assert_eq!(device.poll().await.status, 200, "{code}");
    }
}

#[tokio::test]
async fn whoever_is_signed_in_already_goes_straight_to_consent() {
    let world = World::with(options()).await;
    let device = Device::start(&world, "openid").await;
    let mut browser = Browser::new(&world);
    browser.sign_in("former", &[]).await;
    let code = [("user_code", device.user_code())];
    let reply = browser.post("/device", &code).await;
    let id = request_id(&reply, "/consent?request=");
    let page = browser.get(&format!("/consent?request={id}")).await;
    assert!(page.text.contains("Be someone else"));
}

#[tokio::test]
async fn a_code_that_is_unknown_expired_or_answered_is_not_told_apart() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let answered = Device::start(&world, "openid").await;
    browser.connect(&answered, "former", "deny", &[]).await;
    let expired = Device::start(&world, "openid").await;
    world.sandbox.advance_clock(601);
    let codes = [
        "BCDF-123",
        "",
        "<b>",
        answered.user_code(),
        expired.user_code(),
    ];
    for code in codes {
        let reply = browser.post("/device", &[("user_code", code)]).await;
        assert_eq!(reply.status, 400);
        assert!(reply.text.contains("No device waits with this code"));
        assert!(reply.text.contains("aria-invalid=\"true\"") && !reply.text.contains("<b>"));
    }
}

#[tokio::test]
async fn guessing_is_stopped_for_a_minute() {
    let world = World::with(options()).await;
    let device = Device::start(&world, "openid").await;
    let right = [("user_code", device.user_code())];
    for guess in 0..10 {
        let code = format!("AAAA-000{guess}");
        let mut browser = Browser::new(&world);
        let reply = browser.post("/device", &[("user_code", &code)]).await;
        assert_eq!(reply.status, 400);
    }
    let mut browser = Browser::new(&world);
    let reply = browser.post("/device", &right).await;
    assert_eq!(reply.status, 429);
    assert!(reply.text.contains("Wait a minute"));
    world.sandbox.advance_clock(60);
    assert_eq!(browser.post("/device", &right).await.status, 303);
}

#[tokio::test]
async fn a_device_is_decided_once_by_the_browser_that_typed_the_code_and_in_time() {
    let world = World::with(options()).await;
    let device = Device::start(&world, "openid").await;
    let mut first = Browser::new(&world);
    let id = first.enter(device.user_code(), "former").await;
    let mut second = Browser::new(&world);
    assert_eq!(second.decide(&id, "approve", &[]).await.status, 400);
    let other = second.enter(device.user_code(), "resident").await;
    let reply = second.decide(&other, "deny", &[]).await;
    assert!(reply.text.contains("You denied access"));
    assert_eq!(first.decide(&id, "approve", &[]).await.status, 400);
    assert_refused(&device.poll().await, 400, "access_denied");

    let device = Device::start(&world, "openid").await;
    let mut browser = Browser::new(&world);
    let id = browser.enter(device.user_code(), "former").await;
    world.sandbox.advance_clock(601);
    assert_eq!(browser.decide(&id, "approve", &[]).await.status, 400);
    assert_refused(&device.poll().await, 400, "expired_token");
}

#[tokio::test]
async fn a_link_tells_nothing_about_the_code_in_it() {
    let world = World::with(options()).await;
    let device = Device::start(&world, "openid").await;
    let mut browser = Browser::new(&world);
    let right = browser
        .get(&format!("/device?user_code={}", device.user_code()))
        .await;
    let wrong = browser.get("/device?user_code=BCDF-1234").await;
    let without = |page: &str, code: &str| page.replace(code, "");
    assert_eq!(
        without(&right.text, device.user_code()),
        without(&wrong.text, "BCDF-1234").replace("placeholder=\"\"", "placeholder=\"BCDF-1234\"")
    );
}
