//! Steering from the inspector: what a form does, and that no other page can do it.

use serde_json::json;

use super::control;
use super::world::{Reply, World, options, read};
use crate::{Authority, Options};

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
fn state(world: &World) -> String {
    let services = world.sandbox.services();
    let portal = &services.portal;
    let grants = &portal.state().grants;
    let living = grants.families.values();
    let living = living.filter(|grant| grant.revoked.is_none()).count();
    format!(
        "{} {:?} {} {living} {:?}",
        portal.clock.offset() / 60_000,
        portal.faults.rules(),
        portal.keys.known().len(),
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
        let before = state(&world);
        visitor.steer("clock", &[("by", wrong)]).await;
        assert_eq!(state(&world), before, "{wrong}");
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
    visitor.steer("persona", &choice("nobody")).await;
    assert_eq!(world.authorize(&[]).await.status, 307);
    let said = visitor
        .steer(
            "persona",
            &[("persona", "nobody-here"), ("for", "everyone")],
        )
        .await;
    assert_eq!(said, "There is no such persona");
}

#[tokio::test]
async fn a_reset_by_a_click_forgets_everything_but_who_may_steer() {
    let world = World::approving().await;
    let before = state(&world);
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
    assert_eq!(state(&world), before);
}

#[tokio::test]
async fn a_browser_that_stops_steering_only_reads() {
    let world = World::with(options()).await;
    let visitor = Visitor::steering(&world).await;
    let token = visitor.form_token().await;
    let fields = [("form_token", &*token), ("action", "leave")];
    let reply = visitor.post(STEER, &fields, &visitor.own_origin()).await;
    assert!(
        reply.header("set-cookie").contains("; Max-Age=0"),
        "{reply:?}"
    );
    is_refused(&visitor, &fields, &visitor.own_origin()).await;
    assert!(visitor.page().await.text.contains("Start steering"));
}

/// Sends a reset that lacks something; the page must say that nothing was changed.
async fn is_refused(
    visitor: &Visitor<'_>,
    fields: &[(&str, &str)],
    headers: &[(&'static str, String)],
) {
    let before = state(visitor.world);
    let reply = visitor.post(STEER, fields, headers).await;
    assert_eq!(reply.status, 403, "{headers:?} {fields:?}");
    assert!(reply.text.contains("Nothing was changed"));
    assert_eq!(state(visitor.world), before);
}

#[tokio::test]
async fn no_page_of_another_origin_steers_even_with_cookie_and_form_token() {
    let world = World::with(options()).await;
    let visitor = Visitor::steering(&world).await;
    let token = visitor.form_token().await;
    let fields = [
        ("form_token", &*token),
        ("action", "fault"),
        ("rule", "token:500"),
    ];
    let port = world.sandbox.url().rsplit_once(':').unwrap().1.to_owned();
    let headers = |origin: &str, site: &str| {
        let named = [
            ("origin", origin.to_owned()),
            ("sec-fetch-site", site.to_owned()),
        ];
        named
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect::<Vec<_>>()
    };
    let own = world.sandbox.url();
    let wrong = [
        // A form of another site, a script with `no-cors`, a frame with an opaque origin.
        headers("https://attacker.example", "cross-site"),
        headers("null", "cross-site"),
        // Another server on this computer, to which the browser sends the same cookies.
        headers("http://127.0.0.1:3000", "same-site"),
        headers("null", "same-site"),
        headers(own, "same-site"),
        headers("http://127.0.0.1:3000", "same-origin"),
        headers(&format!("https://127.0.0.1:{port}"), "same-origin"),
        // Browsers without Fetch Metadata.
        headers("http://127.0.0.1:3000", ""),
        headers(&format!("http://localhost:{port}"), ""),
        headers("null", ""),
        headers("", "none"),
        headers("", ""),
    ];
    for headers in wrong {
        is_refused(&visitor, &fields, &headers).await;
    }
    let reply = visitor.post(STEER, &fields, &headers(own, "")).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
}

#[tokio::test]
async fn a_form_needs_the_cookie_of_this_sandbox_and_the_form_token_of_that_cookie() {
    let (world, other) = (World::with(options()).await, World::with(options()).await);
    let visitor = Visitor::steering(&world).await;
    let (second, elsewhere) = (
        Visitor::steering(&world).await,
        Visitor::steering(&other).await,
    );
    let own = visitor.form_token().await;
    let foreign = [second.form_token().await, elsewhere.form_token().await];
    let fields = |token| {
        [
            ("form_token", token),
            ("action", "fault"),
            ("rule", "token:500"),
        ]
    };
    for token in [
        "",
        "x",
        &foreign[0],
        &foreign[1],
        world.sandbox.control_token(),
    ] {
        is_refused(&visitor, &fields(token), &visitor.own_origin()).await;
    }
    is_refused(&visitor, &[("action", "reset")], &visitor.own_origin()).await;
    // Cookies are shared between the ports of a host: that of another sandbox comes along.
    let (name, _) = visitor.cookie.split_once('=').unwrap();
    let (other_name, value) = elsewhere.cookie.split_once('=').unwrap();
    assert_ne!(name, other_name);
    let control_token = world.sandbox.control_token();
    for cookie in [
        String::new(),
        elsewhere.cookie.clone(),
        format!("{name}={value}"),
        format!("{name}={control_token}"),
        format!("{name}=; {name}"),
    ] {
        let stranger = Visitor {
            world: &world,
            cookie,
        };
        is_refused(&stranger, &fields(&own), &stranger.own_origin()).await;
    }
    visitor.steer("clock", &[("by", "1m")]).await;
}

#[tokio::test]
async fn a_foreign_host_reaches_neither_the_page_nor_a_form() {
    let world = World::with(options()).await;
    let visitor = Visitor::steering(&world).await;
    let token = visitor.form_token().await;
    let before = state(&world);
    for host in ["attacker.example", "127.0.0.1.attacker.example:80"] {
        let origin = format!("http://{host}");
        let headers = [
            ("host", host.to_owned()),
            ("origin", origin),
            ("sec-fetch-site", "same-origin".to_owned()),
        ];
        let fields = [("form_token", &*token), ("action", "reset")];
        assert_eq!(visitor.post(STEER, &fields, &headers).await.status, 421);
        let fields = [("control_token", world.sandbox.control_token())];
        assert_eq!(visitor.post(SESSION, &fields, &headers).await.status, 421);
        let request = world.http.get(world.at("/")).header("host", host);
        assert_eq!(read(request).await.status, 421);
    }
    assert_eq!(state(&world), before);
}

#[tokio::test]
async fn a_get_changes_nothing_and_no_frame_shows_the_page() {
    let world = World::with(options()).await;
    let visitor = Visitor::steering(&world).await;
    let token = visitor.form_token().await;
    let before = state(&world);
    let query = format!("?form_token={token}&action=fault&rule=token:500");
    for path in [STEER, SESSION, "/", "/sandbox/inspector/content"] {
        let request = world.http.get(world.at(&format!("{path}{query}")));
        let reply = read(request.header("cookie", &visitor.cookie)).await;
        assert!(matches!(reply.status, 200 | 405), "{path}");
        assert_eq!(reply.header("x-frame-options"), "DENY");
        assert!(reply.header("set-cookie").is_empty());
        if reply.status == 200 {
            let policy = reply.header("content-security-policy").to_owned();
            assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        }
    }
    assert_eq!(state(&world), before);
}

#[tokio::test]
async fn only_the_control_token_opens_and_the_cookie_is_strict_and_says_nothing_of_it() {
    let world = World::with(options()).await;
    let other = World::with(options()).await;
    let visitor = Visitor::new(&world);
    for wrong in ["", "x", other.sandbox.control_token()] {
        let reply = visitor.enter(wrong).await;
        assert_eq!(reply.status, 403);
        assert!(reply.text.contains("not the control token of this sandbox"));
        assert!(reply.header("set-cookie").is_empty());
    }
    let token = world.sandbox.control_token();
    let foreign = [("origin", "https://attacker.example".to_owned())];
    let reply = visitor
        .post(SESSION, &[("control_token", token)], &foreign)
        .await;
    assert_eq!(reply.status, 403);

    let reply = visitor.enter(token).await;
    let cookie = reply.header("set-cookie").to_owned();
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"),
        "{cookie}"
    );
    let port = world.sandbox.url().rsplit_once(':').unwrap().1.to_owned();
    assert!(
        cookie.starts_with(&format!("sandbox_steering_{port}=")),
        "{cookie}"
    );
    assert!(!cookie.contains(token) && !cookie.contains("Domain"));
    // It is of no use where the control token is asked for.
    let value = cookie.split([';', '=']).nth(1).unwrap();
    assert_eq!(world.get_as("/sandbox/journal", value).await.status, 401);
}

#[tokio::test]
async fn neither_the_log_nor_a_page_repeats_what_steers() {
    let world = World::approving().await;
    let visitor = Visitor::steering(&world).await;
    let form_token = visitor.form_token().await;
    visitor.steer("clock", &[("by", "1m")]).await;
    visitor.enter("a-wrong-control-token").await;
    let (_, cookie) = visitor.cookie.split_once('=').unwrap();
    let stranger = Visitor::new(&world);
    let everything = world.get("/?show=everything").await.text;
    let json = world.get("/sandbox/inspector.json").await.text;
    let log = serde_json::to_string(&world.sandbox.request_log()).unwrap();
    let page = stranger.page().await.text;
    for text in [everything, json, log, page] {
        for secret in [
            world.sandbox.control_token(),
            cookie,
            &form_token,
            "a-wrong-control-token",
        ] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    let own = visitor.page().await.text;
    assert!(own.contains(&form_token));
    assert!(!own.contains(world.sandbox.control_token()) && !own.contains(cookie));
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

#[tokio::test]
async fn a_cookie_that_another_page_of_this_host_set_does_not_shut_out_the_browser() {
    let world = World::approving().await;
    let mut visitor = Visitor::steering(&world).await;
    let name = visitor.cookie.split('=').next().unwrap().to_owned();
    visitor.cookie = format!("{name}=evil; {name}=; {}", visitor.cookie);
    assert!(visitor.page().await.text.contains("form_token"));
    visitor.cookie = format!("{name}=evil");
    assert!(!visitor.page().await.text.contains("form_token"));
}

#[tokio::test]
async fn the_cookie_is_secure_once_over_https() {
    let world = World::with(Options {
        tls: Some(Authority::generate().unwrap()),
        ..options()
    })
    .await;
    let reply = Visitor::new(&world)
        .enter(world.sandbox.control_token())
        .await;
    let cookie = reply.header("set-cookie");
    assert_eq!(cookie.matches("Secure").count(), 1, "{cookie}");
}

#[tokio::test]
async fn only_the_inspector_parts_from_the_window_that_opened_it() {
    let world = World::approving().await;
    let opener = "cross-origin-opener-policy";
    let resource = "cross-origin-resource-policy";
    let page = world.get("/").await;
    assert_eq!(page.header(opener), "same-origin");
    for path in ["/login", "/device", "/health", "/nothing"] {
        let reply = world.get(path).await;
        assert_eq!(reply.header(opener), "", "{path}");
        assert_eq!(reply.header(resource), "same-origin", "{path}");
    }
    let file = read(world.http.get(world.sandbox.files_url())).await;
    assert_eq!(file.header(resource), "");
}
