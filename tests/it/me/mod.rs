//! The commands of `me`: what is checked before a request, and how pages are followed.

mod answers;
pub(crate) mod downloads;
mod golden;
mod refusals;

use eprospera_sandbox::Persona;
use serde_json::json;

use crate::run::Output;
use crate::world::World;

/// Every scope there is.
pub(crate) const ALL_SCOPES: &str = "openid profile email offline_access \
    eprospera:person.details.read eprospera:person.residency.read \
    eprospera:person.id_verification.read eprospera:person.documents.read eprospera:entity.read \
    eprospera:entity.documents.read eprospera:person.tax.read eprospera:entity.tax.read";

pub(crate) const ENTITY: &str = "3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63";
pub(crate) const FILING: &str = "6e5b0c17-d4a2-4938-b8f6-15a90e7c3d42";

/// Every command, with the scope that opens it; for taxes there is another one, too.
pub(crate) const COMMANDS: [(&[&str], &str); 9] = [
    (&["me", "natural-person"], "eprospera:person.details.read"),
    (&["me", "residency"], "eprospera:person.residency.read"),
    (
        &["me", "id-verification"],
        "eprospera:person.id_verification.read",
    ),
    (&["me", "documents"], "eprospera:person.documents.read"),
    (&["me", "legal-entities"], "eprospera:entity.read"),
    (&["me", "legal-entities", ENTITY], "eprospera:entity.read"),
    (
        &["me", "legal-entities", ENTITY, "documents"],
        "eprospera:entity.documents.read",
    ),
    (&["me", "tax", "summary"], "eprospera:person.tax.read"),
    (&["me", "tax", "filings"], "eprospera:person.tax.read"),
];

/// A world whose person has granted every scope.
pub(crate) fn signed_in_with(change: impl FnOnce(&mut Persona)) -> World {
    let world = World::with(|options| change(&mut options.personas[0]));
    world.login_with(&["--scope", ALL_SCOPES]).succeeds();
    world
}

/// The same as one of the personas.
pub(crate) fn signed_in_as(persona: &str) -> World {
    let world = World::with(|options| options.auto_approve = Some(persona.to_owned()));
    world.login_with(&["--scope", ALL_SCOPES]).succeeds();
    world
}

/// What a person sees.
pub(crate) fn table(world: &World, command: &[&str]) -> Output {
    let flags = ["--output", "table"];
    world.run(&[command, &flags].concat()).succeeds()
}

/// A body without its links, each of which is signed when it is sent.
fn without_links(body: &str) -> String {
    let is_link = |text: &str| text.starts_with("http://127.0.0.1:");
    let parts = body.split('"');
    let kept: Vec<_> = parts
        .map(|text| if is_link(text) { "LINK" } else { text })
        .collect();
    kept.join("\"")
}

/// Byte for byte, whatever the persona's data look like.
#[test]
fn the_portals_own_body_is_the_json_of_every_route() {
    for persona in ["resident", "hostile", "newer", "trader"] {
        let world = signed_in_as(persona);
        let token = world.access_token();
        let body = |path: &str| {
            let url = format!("{}{path}", world.url());
            world.block_on(crate::browser::body(&url, &token))
        };
        let first = |path: &str| {
            let list: serde_json::Value = serde_json::from_str(&body(path)).unwrap();
            list["data"][0]["id"].as_str().unwrap().to_owned()
        };
        let entity = first("/api/v1/me/legal-entities");
        let filing = first("/api/v1/me/tax/filings");
        for (command, path) in [
            (&["natural-person"][..], "natural-person"),
            (&["profile"], "natural-person"),
            (&["residency"], "natural-person/residency"),
            (&["id-verification"], "natural-person/id-verification"),
            (&["documents"], "natural-person/documents"),
            (&["legal-entities"], "legal-entities"),
            (
                &["legal-entities", &entity],
                &format!("legal-entities/{entity}"),
            ),
            (
                &["legal-entities", &entity, "documents"],
                &format!("legal-entities/{entity}/documents"),
            ),
            (&["tax", "summary"], "tax/summary"),
            (&["tax", "filings"], "tax/filings"),
            (
                &["tax", "filing", &filing],
                &format!("tax/filings/{filing}"),
            ),
        ] {
            let body = body(&format!("/api/v1/me/{path}"));
            let printed = world.run(&[&["me"], command].concat()).succeeds().stdout;
            assert_eq!(
                without_links(&printed),
                format!("{}\n", without_links(&body)),
                "{persona}: {command:?}"
            );
        }
        let printed = world.run(&["whoami"]).succeeds().stdout;
        assert_eq!(printed, format!("{}\n", body("/api/oauth/userinfo")));
    }
}

#[test]
fn an_id_that_is_no_uuid_is_refused_before_any_request() {
    let world = signed_in_as("resident");
    for id in [
        "1",
        "..",
        "../natural-person",
        "%2e%2e",
        "3b0f7a5291c44d7ea6b50c2d8e4f1a63",
        "{3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63}",
        "3b0",
        "3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63?x=1",
        "",
        "日本",
    ] {
        for command in [
            &["legal-entities", id][..],
            &["legal-entities", id, "documents"],
            &["tax", "filing", id],
        ] {
            let output = world.run(&[&["me"], command].concat()).exits(2);
            output.because("an id is a UUID such as");
        }
        let output = world
            .run(&["me", "tax", "summary", "--subject", id])
            .exits(2);
        output.because("a subject is `personal` or the UUID of a legal entity");
    }
    let output = world.run(&["me", "legal-entities", "documents"]).exits(2);
    output.because("`eprospera me legal-entities ID documents`");
    let output = world
        .run(&["me", "legal-entities", ENTITY, "papers"])
        .exits(2);
    output.hinting("use `documents`");
    assert!(world.events("me").is_empty());
}

#[test]
fn what_the_portal_would_not_take_in_a_query_is_refused_before_any_request() {
    let world = signed_in_as("resident");
    for (flag, value) in [
        ("--year", "2019"),
        ("--year", "10000"),
        ("--year", "last"),
        ("--limit", "0"),
        ("--limit", "101"),
        ("--limit", "-1"),
        ("--type", "wealth"),
        ("--cursor", ""),
        ("--subject", "everybody"),
    ] {
        let output = world.run(&["me", "tax", "filings", flag, value]).exits(2);
        output.because(flag);
    }
    assert!(world.events("me").is_empty());
    for (flag, value) in [
        ("--year", "2020"),
        ("--year", "9999"),
        ("--limit", "1"),
        ("--limit", "100"),
        ("--type", "vat"),
        ("--subject", ENTITY),
    ] {
        world.run(&["me", "tax", "filings", flag, value]).succeeds();
    }
}

#[test]
fn filters_reach_the_portal() {
    let world = signed_in_as("resident");
    let count = |flags: &[&str]| {
        let run = world.run(&[&["me", "tax", "filings"], flags].concat());
        run.succeeds().json()["data"].as_array().unwrap().len()
    };
    assert_eq!(count(&[]), 5);
    assert_eq!(count(&["--subject", "personal"]), 2);
    assert_eq!(count(&["--subject", ENTITY, "--type", "vat"]), 1);
    assert_eq!(count(&["--year", "2024"]), 1);
    assert_eq!(count(&["--limit", "2"]), 2);
    let one = world.run(&["me", "tax", "summary", "--subject", "personal"]);
    let subjects = one.succeeds().json()["data"]["subjects"].clone();
    assert_eq!(subjects.as_array().unwrap().len(), 1);
    assert_eq!(subjects[0]["subject"]["type"], "natural_person");
}

#[test]
fn pages_are_followed_to_the_end_with_the_same_filters() {
    let world = signed_in_as("resident");
    let filings = |flags: &[&str]| {
        let run = world.run(&[&["me", "tax", "filings"], flags].concat());
        run.succeeds().json()
    };
    let whole = filings(&["--limit", "100"]);
    assert_eq!(filings(&["--limit", "2", "--paginate"]), whole);
    assert_eq!(whole["meta"], json!({ "nextCursor": null }));
    assert_eq!(world.events("me").len(), 4, "one, and three pages");

    let income = filings(&["--type", "income", "--limit", "1", "--paginate"]);
    assert_eq!(income, filings(&["--type", "income"]));

    let first = filings(&["--limit", "2"]);
    let cursor = first["meta"]["nextCursor"].as_str().unwrap();
    let rest = filings(&["--limit", "2", "--cursor", cursor, "--paginate"]);
    let all = whole["data"].as_array().unwrap();
    assert_eq!(rest["data"], json!(all[2..]));

    let table = table(
        &world,
        &["me", "tax", "filings", "--limit", "1", "--paginate"],
    );
    assert_eq!(table.stdout.lines().count(), 6, "{}", table.stdout);
}

#[test]
fn a_cursor_of_other_filters_is_refused_by_the_portal_in_words() {
    let world = signed_in_as("resident");
    let page = world
        .run(&["me", "tax", "filings", "--limit", "1"])
        .succeeds()
        .json();
    let cursor = page["meta"]["nextCursor"].as_str().unwrap();
    let other = ["me", "tax", "filings", "--type", "vat", "--cursor", cursor];
    let output = world.run(&other).exits(8);
    assert!(output.error()["details"].is_array(), "{output:?}");
    let output = world
        .run(&[&other[..], &["--output", "table"]].concat())
        .exits(8);
    output.says("  detail: ").says("cursor");
}
