//! What a login asks the provider for, and what is made of what it got: scopes, `--login-hint`,
//! `--prompt`, `--max-age`.

use std::time::Duration;

use url::Url;

use crate::browser::{Browser, Page};
use crate::run::KILLED;
use crate::world::World;

/// The same address with a parameter of another value, or without it: a provider that heeds it
/// less than it should.
fn changed(url: &Url, name: &str, value: Option<&str>) -> Url {
    let others = url.query_pairs().into_owned();
    let mut pairs: Vec<_> = others.filter(|(known, _)| known != name).collect();
    pairs.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    let mut changed = url.clone();
    changed.query_pairs_mut().clear().extend_pairs(pairs);
    changed
}

fn asking() -> World {
    World::with(|options| {
        options.auto_approve = None;
        let long = Duration::from_secs(6 * 3600);
        (options.access_ttl, options.id_token_ttl) = (long, long);
    })
}

/// A person who signed in to the provider some time ago, and their browser.
fn signed_in_an_hour_ago(world: &World) -> Browser {
    let mut browser = Browser::new();
    world.sandbox().advance_clock(-3600);
    let login = world.start_login(&[]);
    let url = login.url();
    world.block_on(async {
        let consent = browser.sign_in(&url, "resident").await;
        browser.submit(&consent, &[("decision", "approve")]).await
    });
    login.end().succeeds();
    world.sandbox().advance_clock(3600);
    browser
}

fn approve(world: &World, browser: &mut Browser, url: &Url) -> Page {
    world.block_on(async {
        let consent = browser.open(url).await;
        browser.submit(&consent, &[("decision", "approve")]).await
    })
}

#[test]
fn all_scopes_are_those_that_the_provider_documents_and_offers() {
    let world = World::new();
    let output = world.login_with(&["--scopes-all"]).succeeds();
    let scopes = &world.record().unwrap().scopes;
    assert_eq!(scopes.split(' ').count(), 12, "{scopes}");
    assert!(scopes.contains("eprospera:person.tax.read"), "{scopes}");
    assert!(!output.stderr.contains("Not offered"), "{output:#?}");

    let world = World::new();
    world.fault("discovery:short");
    let output = world.login_with(&["--scopes-all"]).succeeds();
    output
        .says("Not offered by")
        .says("eprospera:entity.tax.read");
    let scopes = world.record().unwrap().scopes;
    assert!(!scopes.contains("tax") && scopes.contains("eprospera:entity.documents.read"));
}

#[test]
fn scopes_that_were_not_granted_are_named_with_the_way_to_get_them() {
    let world = World::new();
    let asked = "openid email offline_access eprospera:person.details.read eprospera:entity.read";
    let mut login = world.start_login(&["--scope", asked]);
    let granted = Some("openid offline_access eprospera:person.details.read");
    let less = changed(&login.url(), "scope", granted);
    login.page(&less).says("You are signed in");
    let output = login.end().succeeds();
    assert_eq!(
        output.json()["missing_scopes"],
        serde_json::json!(["email", "eprospera:entity.read"])
    );
    output
        .says("not granted: email eprospera:entity.read.")
        .says("Run `eprospera login --add-scope email,entity.read` and approve all of them");
}

#[test]
fn a_session_that_cannot_be_refreshed_is_said_once() {
    let world = World::new();
    let mut login = world.start_login(&["--scope", "openid email offline_access"]);
    let less = changed(&login.url(), "scope", Some("openid email"));
    login.page(&less);
    let output = login.end().succeeds().says("no refresh token was granted");
    assert_eq!(
        output.json()["missing_scopes"],
        serde_json::json!(["offline_access"])
    );
    assert!(!output.stderr.contains("not granted:"), "{output:#?}");
}

#[test]
fn a_hint_is_what_the_login_page_offers_first() {
    let world = asking();
    let hint = "j.brandvold@mail.example";
    let mut login = world.start_login(&["--login-hint", hint]);
    assert_eq!(login.parameter("login_hint").as_deref(), Some(hint));
    login.visit().says("value=\"former\" required checked");
    login.process.child.start_kill().unwrap();
    login.end().exits(KILLED);
}

#[test]
fn a_prompt_makes_the_provider_ask_again_or_not_at_all() {
    let world = asking();
    let mut browser = signed_in_an_hour_ago(&world);
    for (prompt, page) in [(None, "/consent"), (Some("login"), "/login")] {
        let flags: Vec<_> = prompt
            .iter()
            .flat_map(|prompt| ["--prompt", prompt])
            .collect();
        let mut login = world.start_login(&flags);
        let shown = world.block_on(browser.open(&login.url()));
        assert_eq!(shown.url.path(), page);
        login.process.child.start_kill().unwrap();
        login.end().exits(KILLED);
    }
    let mut login = world.start_login(&["--prompt", "none"]);
    login.visit().says("login_required");
    login.end().exits(3).because("login_required");
}

#[test]
fn a_sign_in_that_is_too_old_is_refused_whatever_the_provider_made_of_it() {
    let world = asking();
    let mut browser = signed_in_an_hour_ago(&world);
    let before = world.access_token();

    let login = world.start_login(&["--max-age", "60"]);
    let ignored = changed(&login.url(), "max_age", None);
    approve(&world, &mut browser, &ignored).says("The sign-in did not work");
    login.end().exits(14).because("auth_time");
    assert_eq!(world.access_token(), before);

    let login = world.start_login(&["--max-age", "7200"]);
    approve(&world, &mut browser, &login.url()).says("You are signed in");
    login.end().succeeds();

    let login = world.start_login(&["--max-age", "60"]);
    let page = world.block_on(browser.open(&login.url()));
    assert_eq!(page.url.path(), "/login", "the provider heeds it");
    world.block_on(async {
        let consent = browser.submit(&page, &[("persona", "resident")]).await;
        browser.submit(&consent, &[("decision", "approve")]).await
    });
    login.end().succeeds();
}
