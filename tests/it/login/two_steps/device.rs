//! The device grant in two steps: the code is approved between them, or while the second one waits.

use std::time::Duration;

use eprospera_sandbox::{GrantType, Options};

use super::{EMAIL, begin, finish, pending};
use crate::browser::Browser;
use crate::world::World;

pub(super) fn with(change: impl FnOnce(&mut Options)) -> World {
    World::with(|options| {
        for client in &mut options.clients {
            client.grants.push(GrantType::DeviceCode);
        }
        options.device_interval = Duration::from_secs(1);
        change(options);
    })
}

/// A sandbox whose people decide on its pages.
fn asking() -> World {
    with(|options| options.auto_approve = None)
}

/// Opens the address of a login, and decides there as a persona.
fn decide(world: &World, begun: &super::Begun, persona: &str, decision: &str) {
    let mut browser = Browser::new();
    let url = begun.url();
    world.block_on(async {
        let mut page = browser.open(&url).await;
        let code = begun.json["user_code"].as_str().unwrap();
        if page.text.contains("name=\"user_code\"") {
            page = browser.submit(&page, &[("user_code", code)]).await;
        }
        let consent = browser.submit(&page, &[("persona", persona)]).await;
        browser.submit(&consent, &[("decision", decision)]).await
    });
}

#[test]
fn a_code_that_was_approved_meanwhile_signs_in() {
    let world = asking();
    let begun = begin(&world, &["--device"]);
    assert_eq!(begun.json["method"], "device");
    assert!(begun.json["user_code"].is_string());
    assert!(
        begun
            .url()
            .as_str()
            .starts_with(&format!("{}/device", world.url()))
    );
    assert_eq!(begun.json["interval"], 1);
    assert_eq!(begun.json["expires_in"], 600);
    decide(&world, &begun, "resident", "approve");
    let json = finish(&world, &[&begun.id], "").succeeds().json();
    assert_eq!(json["account"]["email"], EMAIL);
    world.run(&["refresh"]).succeeds();
    assert!(pending(&world).is_none());
}

#[test]
fn a_timeout_leaves_the_code_to_be_approved_and_finished_later() {
    let world = asking();
    let begun = begin(&world, &["--device"]);
    for _ in 0..2 {
        let output = finish(&world, &[&begun.id, "--timeout", "200ms"], "").exits(9);
        drop(
            output
                .hinting(&format!("login --finish {}", begun.id))
                .hinting("still pending"),
        );
    }
    decide(&world, &begun, "resident", "approve");
    finish(&world, &[], "").succeeds();
}

#[test]
fn a_denial_ends_the_login_and_is_remembered() {
    let world = asking();
    let begun = begin(&world, &["--device"]);
    decide(&world, &begun, "resident", "deny");
    let output = finish(&world, &[&begun.id], "").exits(4);
    drop(output.because("access_denied").hinting("login --begin"));
    let output = finish(&world, &[&begun.id], "").exits(4);
    drop(output.because("was refused"));
    assert!(world.record().is_none() && pending(&world).is_none());
}

#[test]
fn a_code_that_the_provider_calls_expired_is_not_asked_about_again() {
    let world = asking();
    let begun = begin(&world, &["--device"]);
    world.sandbox().advance_clock(601);
    let output = finish(&world, &[&begun.id], "").exits(9);
    drop(output.because("the code expired").hinting("login --begin"));
    let polls = world.events("token").len();
    drop(finish(&world, &[&begun.id], "").exits(9).because("expired"));
    assert_eq!(world.events("token").len(), polls);
}

#[test]
fn another_account_is_refused_unless_either_step_says_replace() {
    let world = asking();
    let begun = begin(&world, &["--device"]);
    decide(&world, &begun, "resident", "approve");
    finish(&world, &[], "").succeeds();
    let before = world.refresh_token();

    let begun = begin(&world, &["--device"]);
    decide(&world, &begun, "former", "approve");
    let output = finish(&world, &[], "").exits(6);
    drop(output.because("but you signed in as").hinting("--replace"));
    assert_eq!(world.refresh_token(), before);

    for flags in [
        (&["--device", "--replace"][..], &[][..]),
        (&["--device"], &["--replace"]),
    ] {
        let begun = begin(&world, flags.0);
        let persona = if flags.1.is_empty() {
            "former"
        } else {
            "resident"
        };
        decide(&world, &begun, persona, "approve");
        finish(&world, flags.1, "").succeeds();
    }
    assert_eq!(
        world.record().unwrap().account.email.as_deref(),
        Some(EMAIL)
    );
}

#[test]
fn a_provider_or_a_client_without_the_device_grant_is_explained_at_the_beginning() {
    let world = World::new();
    let output = world.run(&["login", "--begin", "--device"]).exits(3);
    drop(output.hinting("allow the device grant"));
    assert!(pending(&world).is_none());
}

#[test]
fn tokens_that_fail_a_check_are_revoked_and_the_login_is_over() {
    let world = with(|_| {});
    world.fault("id_token:wrong-aud");
    let begun = begin(&world, &["--device"]);
    let output = finish(&world, &[&begun.id], "").exits(14);
    drop(output.hinting("login --begin"));
    assert_eq!(world.events("revoke").len(), 2);
    assert!(world.record().is_none());
    finish(&world, &[&begun.id], "").exits(6);
}

#[test]
fn a_client_secret_that_is_wrong_when_the_login_is_finished_costs_nothing() {
    let mut world = with(|_| {});
    world.client_id = "it-web";
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", "canary secret/+%");
    let begun = begin(&world, &["--device"]);
    let wrong = [("EPROSPERA_CLIENT_SECRET", "another canary")];
    let output = world
        .run_in(&wrong, &["login", "--finish", &begun.id])
        .exits(3);
    drop(output.hinting("still pending"));
    finish(&world, &[&begun.id], "").succeeds();
}
