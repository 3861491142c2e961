//! Steering from the inspector: what a form does.

mod refused;

use serde_json::json;

use super::control;
use super::world::{Reply, World, options, read};
use crate::Options;

const STEER: &str = "/sandbox/inspector/steer";
const SESSION: &str = "/sandbox/inspector/session";

/// A browser at the inspector, as one without scripts.
struct Visitor<'a> {
    world: &'a World,
    /// `name=value`, once it may steer.
    cookie: String,
}

impl<'a> Visitor<'a> {
    fn new(world: &'a World) -> Self {
        let cookie = String::new();
        Self { world, cookie }
    }

    /// One that pasted the control token.
    async fn steering(world: &'a World) -> Self {
        let mut visitor = Self::new(world);
        let reply = visitor.enter(world.sandbox.control_token()).await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, "/#steering")
        );
        let cookie = reply.header("set-cookie").split(';').next().unwrap();
        cookie.clone_into(&mut visitor.cookie);
        visitor
    }

    async fn enter(&self, token: &str) -> Reply {
        self.post(SESSION, &[("control_token", token)], &self.own_origin())
            .await
    }

    fn own_origin(&self) -> Vec<(&'static str, String)> {
        vec![
            ("origin", self.world.sandbox.url().to_owned()),
            ("sec-fetch-site", "same-origin".to_owned()),
        ]
    }

    async fn post(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&'static str, String)],
    ) -> Reply {
        let mut request = self.world.http.post(self.world.at(path)).form(fields);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        read(request.header("cookie", &self.cookie)).await
    }

    async fn page(&self) -> Reply {
        let request = self.world.http.get(self.world.at("/"));
        read(request.header("cookie", &self.cookie)).await
    }

    async fn form_token(&self) -> String {
        let page = self.page().await.text;
        let after = page.split("name=\"form_token\" value=\"").nth(1).unwrap();
        after.split('"').next().unwrap().to_owned()
    }

    /// Sends a form of the page; returns what the page then says.
    async fn steer(&self, action: &str, fields: &[(&str, &str)]) -> String {
        let token = self.form_token().await;
        let mut all = vec![("form_token", &*token), ("action", action)];
        all.extend(fields);
        let reply = self.post(STEER, &all, &self.own_origin()).await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, "/#steering")
        );
        report(&self.page().await)
    }
}

fn report(page: &Reply) -> String {
    let after = page.text.split("id=\"report\"").nth(1).unwrap();
    let text = after.split("</p>").next().unwrap();
    let text = text.split_once("<bdi>").map_or("", |(_, text)| text);
    text.replace("</bdi>", "").replace("&quot;", "\"")
}

/// What a form could have changed: the clock to the minute, faults, keys, sessions.
async fn state(world: &World) -> String {
    let services = world.sandbox.services();
    let portal = &services.portal;
    // The first key is made while the sandbox starts, and after.
    let keys = portal.keys.published().await.unwrap().len();
    let grants = &portal.state().grants;
    let living = grants.families.values();
    let living = living.filter(|grant| grant.revoked.is_none()).count();
    format!(
        "{} {:?} {keys} {living} {:?}",
        portal.clock.offset() / 60_000,
        portal.faults.rules(),
        portal.auto_approved().map(|persona| persona.id.clone()),
    )
}

#[tokio::test]
async fn a_person_steers_by_forms_alone_and_the_page_says_what_came_of_it() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    let visitor = Visitor::steering(&world).await;
    let said = visitor.steer("clock", &[("by", "1m")]).await;
    assert_eq!(said, "The clock was advanced by 1m");
    assert_eq!(world.userinfo_status(tokens.access()).await, 200);
    let said = visitor.steer("clock", &[("by", "access")]).await;
    assert!(said.contains("all access tokens have expired"), "{said}");
    assert_eq!(world.userinfo_status(tokens.access()).await, 401);
    let fresh = world.login(&[]).await;
    visitor.steer("clock", &[("by", "refresh")]).await;
    assert_eq!(world.refresh(fresh.refresh()).await.status, 400);
    let said = visitor.steer("clock", &[("by", "-2h 30m")]).await;
    assert_eq!(said, "The clock was set back by 2h 30m");
    for wrong in ["", "soon", "5 apples", "300years", "-"] {
        let before = state(&world).await;
        visitor.steer("clock", &[("by", wrong)]).await;
        assert_eq!(state(&world).await, before, "{wrong}");
    }
}

#[tokio::test]
async fn faults_are_set_and_removed_one_by_one_or_all_and_a_wrong_rule_is_explained() {
    let world = World::with(options()).await;
    let visitor = Visitor::steering(&world).await;
    let rules = || world.sandbox.services().portal.faults.rules();
    for rule in ["token:503*1", "userinfo:500", "token:503*1"] {
        visitor.steer("fault", &[("rule", rule)]).await;
    }
    assert_eq!(rules(), ["token:503*1", "userinfo:500", "token:503*1"]);
    visitor
        .steer("clear-fault", &[("rule", "token:503*1")])
        .await;
    assert_eq!(rules(), ["userinfo:500", "token:503*1"]);
    let said = visitor.steer("fault", &[("rule", "tokn:503")]).await;
    assert!(
        said.contains("there is no endpoint `tokn`; use one of"),
        "{said}"
    );
    let page = visitor.page().await.text;
    assert!(page.contains("value=\"tokn:503\"") && page.contains("aria-invalid=\"true\""));
    visitor.steer("clear-fault", &[("rule", "")]).await;
    assert!(rules().is_empty());
}

#[tokio::test]
async fn one_session_or_all_are_revoked_and_the_key_is_replaced_in_both_ways() {
    let world = World::approving().await;
    let [one, two, three] = [
        world.login(&[]).await,
        world.login(&[]).await,
        world.login(&[]).await,
    ];
    let visitor = Visitor::steering(&world).await;
    assert_eq!(
        visitor.steer("revoke", &[("session", "2")]).await,
        "Session 2 was revoked"
    );
    let statuses = [&one, &two, &three].map(|tokens| world.userinfo_status(tokens.access()));
    let [one, two, three] = statuses;
    assert_eq!((one.await, two.await, three.await), (200, 401, 200));
    for gone in ["2", "99", "x", ""] {
        let said = visitor.steer("revoke", &[("session", gone)]).await;
        assert_eq!(said, "This session had already ended", "{gone}");
    }
    let said = visitor.steer("revoke", &[("session", "all")]).await;
    assert_eq!(said, "2 sessions were revoked");

    visitor.steer("rotate-key", &[("old", "kept")]).await;
    assert_eq!(world.sandbox.services().portal.keys.known().len(), 2);
    visitor.steer("rotate-key", &[("old", "gone")]).await;
    assert_eq!(world.sandbox.services().portal.keys.known().len(), 1);
}

#[tokio::test]
async fn a_person_becomes_a_persona_in_this_browser_or_for_every_sign_in() {
    let world = World::with(options()).await;
    let visitor = Visitor::steering(&world).await;
    let token = visitor.form_token().await;
    let fields = [
        ("form_token", &*token),
        ("action", "persona"),
        ("persona", "former"),
        ("for", "browser"),
    ];
    let reply = visitor.post(STEER, &fields, &visitor.own_origin()).await;
    let cookie = reply
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let request = world.http.get(world.authorize_url(&[]));
    let asked = read(request.header("cookie", cookie)).await;
    assert!(
        asked.header("location").starts_with("/consent?"),
        "{asked:?}"
    );

    let choice = |who| [("persona", "visitor"), ("for", who)];
    visitor.steer("persona", &choice("everyone")).await;
    assert_eq!(world.authorize(&[]).await.status, 303);
    let log = world.sandbox.request_log();
    assert_eq!(log.last().unwrap().persona.as_deref(), Some("visitor"));
    visitor.steer("persona", &choice("none")).await;
    assert_eq!(world.authorize(&[]).await.status, 307);
    let said = visitor
        .steer("persona", &[("persona", "unknown"), ("for", "everyone")])
        .await;
    assert_eq!(said, "The sandbox does not have this persona");
}

#[tokio::test]
async fn a_reset_by_a_click_forgets_everything_but_who_may_steer() {
    let world = World::approving().await;
    let before = state(&world).await;
    world.login(&[]).await;
    let visitor = Visitor::steering(&world).await;
    visitor
        .steer("persona", &[("persona", "visitor"), ("for", "everyone")])
        .await;
    visitor.steer("fault", &[("rule", "token:500")]).await;
    visitor.steer("clock", &[("by", "1d")]).await;
    visitor.steer("rotate-key", &[("old", "kept")]).await;
    let said = visitor.steer("reset", &[]).await;
    assert_eq!(said, "Everything is as it was at the start");
    assert_eq!(state(&world).await, before);
}

#[tokio::test]
async fn a_program_steers_with_the_control_token_as_before() {
    let world = World::with(Options {
        control_token: Some("a token: of/mine".to_owned()),
        ..options()
    })
    .await;
    let reply = control::steer(&world, "/sandbox/clock", json!({ "advance_seconds": 60 })).await;
    assert_eq!(reply.status, 200);
    let address = world.sandbox.inspector_url();
    assert!(
        address.ends_with("/#control=a%20token%3A%20of%2Fmine"),
        "{address}"
    );
    Visitor::steering(&world).await;
}
