//! Pages that fit the terminal: tables, `status`, times, codes.

use eprospera_sandbox::GrantType;
use serde_json::{Value, json};

use super::{Screen, screen};
use crate::me::{ENTITY, FILING, signed_in_as};
use crate::scripted_portal::ScriptedPortal;
use crate::world::World;

#[test]
fn a_table_of_80_columns_keeps_money_and_dates_before_whole_ids() {
    let world = signed_in_as("resident");
    let filings = screen(&world).plain("$E me tax filings");
    for shown in [
        "1,205.00 USD",
        "open",
        "Blue Reef Robotics LLC",
        &FILING[..8],
    ] {
        assert!(filings.contains(shown), "{shown}: {filings}");
    }
    assert!(!filings.contains(FILING), "{filings}");
    assert!(filings.contains("Ids are shortened"), "{filings}");
    let entities = screen(&world).plain("$E me legal-entities");
    assert!(entities.contains("Limited Liability Company"), "{entities}");
    assert!(!entities.contains(ENTITY), "{entities}");
    for line in [filings, entities].concat().lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let wide = Screen {
        columns: 120,
        ..screen(&world)
    };
    for line in ["$E me tax filings", "$E me legal-entities"] {
        let shown = wide.plain(line);
        assert!(!shown.contains("shortened"), "{shown}");
        assert!(!shown.contains("Left out"), "{shown}");
    }
    assert!(wide.plain("$E me tax filings").contains(FILING));
}

#[test]
fn the_first_characters_of_an_id_are_enough_for_every_command() {
    let world = signed_in_as("resident");
    let (entity, filing) = (&ENTITY[..8], &FILING[..4]);
    // The signatures of addresses change from one second to the next.
    let answer = |command: &[&str]| {
        let stdout = world.run(command).succeeds().stdout;
        let parts = stdout.split("?X-Amz-").enumerate();
        let unsigned = parts.map(|(part, text)| match text.split_once('"') {
            Some((_, rest)) if part > 0 => rest.to_owned(),
            _ => text.to_owned(),
        });
        unsigned.collect::<String>()
    };
    let same = |short: &[&str], whole: &[&str]| {
        assert_eq!(answer(short), answer(whole), "{short:?}");
    };
    let entities = ["me", "legal-entities"];
    same(
        &[&entities[..], &[entity]].concat(),
        &[&entities[..], &[ENTITY]].concat(),
    );
    same(
        &[&entities[..], &[&entity.to_uppercase(), "documents"]].concat(),
        &[&entities[..], &[ENTITY, "documents"]].concat(),
    );
    let tax = |rest: &[&'static str]| [&["me", "tax"], rest].concat();
    same(
        &[&tax(&["filing"])[..], &[filing]].concat(),
        &[&tax(&["filing"])[..], &[FILING]].concat(),
    );
    for command in ["summary", "filings"] {
        same(
            &["me", "tax", command, "--subject", entity],
            &["me", "tax", command, "--subject", ENTITY],
        );
    }
    let folder = world.path("papers").display().to_string();
    let download = ["me", "tax", "download", filing, "--document", "assessment"];
    let manifest = world.run(&[&download[..], &["--download", &folder]].concat());
    let manifest = manifest.succeeds().json();
    assert_eq!(manifest["files"][0]["document_id"], FILING);
}

#[test]
fn a_beginning_that_several_ids_share_names_them_and_an_unknown_one_is_not_found() {
    let list = json!({ "data": [
        { "id": "3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63", "name": "Blue Reef" },
        { "id": "3b0f7a52-0000-4d7e-a6b5-0c2d8e4f1a63", "name": "Red Reef" },
    ]});
    let portal = ScriptedPortal::saying(200, &list.to_string());
    let mut world = World::new();
    world.set("EPROSPERA_ISSUER", &portal.url());
    world.set("EPROSPERA_TOKEN", "at");
    for further in [
        &[][..],
        &["documents"],
        &["documents", "--download", "papers"],
    ] {
        let command = [&["me", "legal-entities", "3b0f7a52"], further].concat();
        let refused = world.run(&command).exits(2).because("2 ids begin with");
        let hint = refused.error()["hint"].as_str().unwrap().to_owned();
        for candidate in ["3b0f7a52-91c4", "Blue Reef", "3b0f7a52-0000", "Red Reef"] {
            assert!(hint.contains(candidate), "{hint}");
        }
    }
    let unknown = world.run(&["me", "legal-entities", "ffff"]).exits(5);
    assert!(
        unknown.error()["hint"]
            .as_str()
            .unwrap()
            .contains("lists them")
    );
    for malformed in ["3b0", "nonsense", "3b0f7a52x"] {
        let before = portal.asked().len();
        assert_eq!(world.run(&["me", "legal-entities", malformed]).0.code, 2);
        assert_eq!(portal.asked().len(), before, "{malformed}");
    }
}

#[test]
fn status_fits_one_screen_with_the_most_important_first() {
    let world = signed_in_as("resident");
    for line in ["$E status", "$E status --check"] {
        let shown = screen(&world).plain(line);
        // The shell's prompt needs a line, too.
        assert!(shown.lines().count() < 24, "{shown}");
        assert!(shown.starts_with("✓ Signed in to "), "{shown}");
        for line in shown.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[test]
fn people_get_times_of_their_own_zone_and_scripts_get_utc() {
    let world = signed_in_as("resident");
    let in_zone = |zone: &str, arguments: &[&str]| {
        let run = world.run_in(&[("TZ", zone)], arguments).succeeds();
        run.stdout
    };
    let table =
        |zone: &str, command: &[&str]| in_zone(zone, &[command, &["--output", "table"]].concat());
    for (zone, name) in [
        ("CET-1", "CET"),
        ("<-03>3", "-03"),
        ("", "UTC"),
        ("no/such", "UTC"),
    ] {
        for command in [&["status"][..], &["introspect"], &["decode-id-token"]] {
            if command == ["introspect"] {
                continue;
            }
            let shown = table(zone, command);
            assert!(shown.contains(&format!(" {name}")), "{zone}: {shown}");
        }
        let status: Value = serde_json::from_str(&in_zone(zone, &["status", "--json"])).unwrap();
        let expiry = status["session"]["access_token"]["expires_at"].as_str();
        assert!(expiry.unwrap().ends_with('Z'), "{zone}: {status}");
    }
    let filing = ["me", "tax", "filing", FILING];
    assert!(table("UTC0", &filing).contains("2026-07-28 12:00 UTC"));
    assert!(table("CET-1", &filing).contains("2026-07-28 13:00 CET"));
    assert_eq!(in_zone("CET-1", &filing), in_zone("UTC0", &filing));
}

#[test]
fn an_export_says_what_happened_and_what_to_do_next() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    let exported = world.run(&["session", "export", "away.session", "--output", "table"]);
    let shown = exported.succeeds().stdout;
    for words in [
        "Exported the session of ",
        "signed out on this machine",
        "On the other machine",
        "EPROSPERA_STORE_KEY",
        "eprospera session import away.session",
        "eprospera session restore",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    world.run(&["session", "restore"]).succeeds();
    let piped = world.run(&["session", "export", "-"]).succeeds();
    assert!(piped.stderr.contains("session import") && piped.stderr.contains("session restore"));
}

#[test]
fn the_qr_code_and_the_code_to_type_are_in_view_together() {
    let world = World::with(|options| {
        for client in &mut options.clients {
            client.grants.push(GrantType::DeviceCode);
        }
    });
    let shown = screen(&world).plain("$E login --device --qr --timeout 1s");
    let shown = shown.split("error:").next().unwrap().trim_end();
    assert!(shown.lines().count() < 24, "{shown}");
    assert!(shown.contains('█') && shown.contains("/device"), "{shown}");
    let is_code = |word: &str| word.len() == 9 && word.as_bytes()[4] == b'-';
    assert!(shown.split_whitespace().any(is_code), "{shown}");
    assert!(shown.contains("Waiting up to 1s"), "{shown}");
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn long_sentences_end_their_lines_between_words_on_a_terminal() {
    let world = signed_in_as("newcomer");
    let shown = screen(&world).plain("$E me legal-entities");
    assert!(shown.lines().count() > 1, "{shown}");
    for line in shown.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let piped = world.run(&["me", "legal-entities", "--output", "table"]);
    assert_eq!(piped.succeeds().stdout.lines().count(), 1);
}
