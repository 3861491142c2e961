//! The login and consent pages, used as a person's browser does.

use std::collections::BTreeSet;

use super::world::{Reply, World, options, read};

/// A browser with one cookie jar of one cookie.
pub(super) struct Browser<'a> {
    world: &'a World,
    cookie: String,
}

impl<'a> Browser<'a> {
    pub(super) const fn new(world: &'a World) -> Self {
        Self {
            world,
            cookie: String::new(),
        }
    }

    /// The value of its cookie.
    pub(super) fn cookie(&self) -> &str {
        self.cookie.split_once('=').map_or("", |(_, value)| value)
    }

    pub(super) async fn send(&mut self, request: reqwest::RequestBuilder) -> Reply {
        let reply = read(request.header("cookie", &self.cookie)).await;
        if let Some(cookie) = reply.headers.get("set-cookie") {
            let text = cookie.to_str().unwrap();
            assert!(text.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{text}");
            text.split(';').next().unwrap().clone_into(&mut self.cookie);
        }
        reply
    }

    pub(super) async fn authorize(&mut self, changes: &[(&str, &str)]) -> Reply {
        let url = self.world.authorize_url(changes);
        self.send(self.world.http.get(url)).await
    }

    pub(super) async fn get(&mut self, path: &str) -> Reply {
        self.send(self.world.http.get(self.world.at(path))).await
    }

    pub(super) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Reply {
        let request = self.world.http.post(self.world.at(path)).form(form);
        self.send(request).await
    }

    /// From authorize to the consent page, as a persona; returns the request id.
    pub(super) async fn sign_in(&mut self, persona: &str, changes: &[(&str, &str)]) -> String {
        let reply = self.authorize(changes).await;
        assert_eq!(reply.status, 307);
        let id = request_id(&reply, "/login?request=");
        assert_eq!(self.get(reply.header("location")).await.status, 200);
        let form = [("request", id.as_str()), ("persona", persona)];
        let reply = self.post("/login", &form).await;
        assert_eq!(reply.status, 303);
        assert_eq!(request_id(&reply, "/consent?request="), id);
        id
    }

    pub(super) async fn decide(&mut self, id: &str, decision: &str, entities: &[&str]) -> Reply {
        let mut form = vec![("request", id), ("decision", decision)];
        form.extend(entities.iter().map(|entity| ("entity", *entity)));
        self.post("/consent", &form).await
    }
}

pub(super) fn request_id(reply: &Reply, page: &str) -> String {
    let location = reply.header("location");
    let id = location.strip_prefix(page);
    id.unwrap_or_else(|| panic!("{location} is not {page}"))
        .to_owned()
}

pub(super) fn entity(world: &World, index: usize) -> String {
    world.sandbox.personas()[0].legal_entities[index]
        .id()
        .to_owned()
}

#[tokio::test]
async fn a_person_signs_in_approves_and_shares_one_entity() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let id = browser.sign_in("resident", &[]).await;
    let page = browser.get(&format!("/consent?request={id}")).await;
    assert!(page.text.contains("Sandbox command line asks for access"));
    assert!(page.text.contains("Amara Okafor-Lindström"));
    assert!(page.text.contains("Inc. Lantern Tide"));
    let chosen = entity(&world, 1);
    let reply = browser
        .decide(&id, "approve", &[&chosen, "not-an-entity"])
        .await;
    assert_eq!(reply.status, 303);
    let code = reply.redirected()["code"].clone();
    let tokens = world.redeem(&code).await.json();
    let access = tokens["access_token"].as_str().unwrap();
    let list = world
        .get_as("/api/v1/me/legal-entities", access)
        .await
        .json();
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!(list["data"][0]["id"], chosen.as_str());
    let other = format!("/api/v1/me/legal-entities/{}", entity(&world, 0));
    let hidden = world.get_as(&other, access).await;
    assert_eq!(
        (hidden.status, hidden.error().as_str()),
        (404, "Legal entity not found")
    );
}

#[tokio::test]
async fn denial_goes_back_with_access_denied_in_the_same_mode() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let id = browser.sign_in("former", &[]).await;
    let reply = browser.decide(&id, "deny", &[]).await;
    let fields = reply.redirected();
    assert_eq!(
        (reply.status, fields["error"].as_str()),
        (303, "access_denied")
    );
    assert_eq!((fields["state"].as_str(), fields.len()), ("the-state", 2));

    let mut browser = Browser::new(&world);
    let id = browser
        .sign_in("former", &[("response_mode", "form_post")])
        .await;
    let reply = browser.decide(&id, "deny", &[]).await;
    assert_eq!(reply.status, 200);
    assert!(
        reply
            .text
            .contains("name=\"error\" value=\"access_denied\"")
    );
}

#[tokio::test]
async fn a_consent_page_is_answered_once_by_its_own_browser_and_in_time() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let id = browser.sign_in("resident", &[]).await;

    let mut stranger = Browser::new(&world);
    stranger.sign_in("former", &[]).await;
    assert_eq!(stranger.decide(&id, "approve", &[]).await.status, 400);

    assert_eq!(browser.decide(&id, "approve", &[]).await.status, 303);
    assert_eq!(browser.decide(&id, "approve", &[]).await.status, 400);

    let reply = browser.authorize(&[]).await;
    let id = request_id(&reply, "/consent?request=");
    world.sandbox.advance_clock(601);
    assert_eq!(browser.decide(&id, "approve", &[]).await.status, 400);
}

#[tokio::test]
async fn consent_before_sign_in_is_not_possible() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let id = request_id(&browser.authorize(&[]).await, "/login?request=");
    assert_eq!(browser.decide(&id, "approve", &[]).await.status, 400);
    let reply = browser.get(&format!("/consent?request={id}")).await;
    assert_eq!(
        (reply.status, request_id(&reply, "/login?request=")),
        (303, id)
    );
}

#[tokio::test]
async fn two_tabs_of_one_browser_do_not_disturb_each_other() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let first = request_id(&browser.authorize(&[]).await, "/login?request=");
    let second = browser.sign_in("resident", &[("state", "second")]).await;
    let reply = browser.decide(&second, "approve", &[]).await;
    assert_eq!(reply.redirected()["state"], "second");
    let form = [("request", first.as_str()), ("persona", "resident")];
    browser.post("/login", &form).await;
    let reply = browser.decide(&first, "approve", &[]).await;
    assert_eq!(reply.redirected()["state"], "the-state");
}

#[tokio::test]
async fn signing_in_changes_the_cookie() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let reply = browser.authorize(&[]).await;
    let before = browser.cookie.clone();
    let id = request_id(&reply, "/login?request=");
    let form = [("request", id.as_str()), ("persona", "resident")];
    browser.post("/login", &form).await;
    assert_ne!(browser.cookie, before);
    browser.cookie = before;
    let reply = browser.authorize(&[("prompt", "none")]).await;
    assert_eq!(reply.redirected()["error"], "login_required");
}

#[tokio::test]
async fn prompt_none_answers_without_a_page() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let none = [("prompt", "none")];
    assert_eq!(
        browser.authorize(&none).await.redirected()["error"],
        "login_required"
    );
    let id = browser
        .sign_in("resident", &[("scope", "openid email")])
        .await;
    browser.decide(&id, "approve", &[]).await;
    assert_eq!(
        browser.authorize(&none).await.redirected()["error"],
        "consent_required"
    );
    let covered = [("prompt", "none"), ("scope", "openid")];
    assert!(
        browser
            .authorize(&covered)
            .await
            .redirected()
            .contains_key("code")
    );
    let both = [("prompt", "none login")];
    assert_eq!(
        browser.authorize(&both).await.redirected()["error"],
        "invalid_request"
    );
}

#[tokio::test]
async fn prompt_login_and_max_age_ask_for_a_new_sign_in() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    browser.sign_in("resident", &[]).await;
    let reply = browser.authorize(&[("prompt", "login")]).await;
    let id = request_id(&reply, "/login?request=");
    assert_eq!(browser.decide(&id, "approve", &[]).await.status, 400);
    world.sandbox.advance_clock(60);
    let reply = browser.authorize(&[("max_age", "30")]).await;
    request_id(&reply, "/login?request=");
    let reply = browser.authorize(&[("max_age", "3000")]).await;
    request_id(&reply, "/consent?request=");
}

#[tokio::test]
async fn login_hint_chooses_a_persona_by_mail_address() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let hint = [("login_hint", "j.brandvold@mail.example")];
    let reply = browser.authorize(&hint).await;
    let page = browser.get(reply.header("location")).await;
    assert!(page.text.contains("value=\"former\" required checked"));
    assert!(!page.text.contains("value=\"resident\" required checked"));
}

#[tokio::test]
async fn every_page_says_what_it_is_and_loads_nothing() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let reply = browser.authorize(&[]).await;
    let login = browser.get(reply.header("location")).await;
    let id = browser.sign_in("resident", &[]).await;
    let consent = browser.get(&format!("/consent?request={id}")).await;
    let index = browser.get("/").await;
    let expired = browser.get("/consent?request=unknown").await;
    let device = browser.get("/device?user_code=BCDF-1234").await;
    for page in [login, consent, index, expired, device] {
        assert!(page.text.contains("This is a sandbox, not the"));
        assert!(page.text.contains("fictional"));
        assert!(page.text.contains("<html lang=\"en\">") && page.text.contains("<h1>"));
        for load in [
            "<script ",
            "<link",
            "<img",
            "src=",
            "@import",
            "url(",
            "http-equiv",
        ] {
            assert!(!page.text.contains(load), "{load}");
        }
        let has_script = page.text.contains("<script");
        assert_eq!(has_script, page.text.contains("Sandbox inspector"));
        let policy = page.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'"));
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("server"), "eprospera-sandbox");
    }
}

#[tokio::test]
async fn the_home_links_every_path_that_shows_something_when_it_is_opened() {
    let world = World::with(options()).await;
    let home = world.get("/").await.text;
    let linked: Vec<_> = home.split("<a href=\"").skip(1).collect();
    let linked: BTreeSet<_> = linked
        .iter()
        .map(|link| link.split('"').next().unwrap())
        .collect();
    let routes = home.split("<code>/").skip(1).chain(
        // A linked path stands in a link in its `code`.
        home.split("<code><a href=\"/").skip(1),
    );
    let mut listed = 0;
    for route in routes {
        let path = format!("/{}", route.split(['<', '"']).next().unwrap());
        let reply = world.get(&path).await;
        assert_eq!(reply.status == 200, linked.contains(&*path), "{path}");
        listed += 1;
    }
    assert!(
        listed > 25 && linked.contains("/device"),
        "{listed} {linked:?}"
    );
    for person in world.sandbox.personas() {
        assert!(home.contains(&person.email), "{}", person.id);
    }
    for client in ["sandbox-cli", "sandbox-web", "eprospera-cli"] {
        assert!(home.contains(client), "{client}");
    }
}

#[tokio::test]
async fn the_consent_page_says_who_asks_for_what_and_as_whom_the_person_answers() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let id = browser.sign_in("resident", &[]).await;
    let page = browser.get(&format!("/consent?request={id}")).await;
    for words in [
        "Sandbox command line asks for access",
        "<code>sandbox-cli</code>",
        "You are signed in as <strong>Amara Okafor-Lindström</strong>",
        "amara.okafor@mail.example",
        "See your e-mail address<code>email</code>",
        "the browser opens <code>http://127.0.0.1:8736/callback</code>",
    ] {
        assert!(page.text.contains(words), "{words}");
    }
}

#[tokio::test]
async fn the_consent_page_lets_its_form_lead_back_to_the_client() {
    let world = World::with(options()).await;
    let mut browser = Browser::new(&world);
    let id = browser.sign_in("resident", &[]).await;
    let page = browser.get(&format!("/consent?request={id}")).await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("form-action 'self' http://127.0.0.1:8736;"),
        "{policy}"
    );
}
