//! What an answer to `me` may look like: other shapes, unknown words, hostile ones, and very many.

use std::time::Instant;

use eprospera_sandbox::Persona;
use serde_json::{Value, json};

use crate::me::{COMMANDS, ENTITY, FILING, signed_in_as, signed_in_with, table};
use crate::run::LONGEST;
use crate::scripted_portal::ScriptedPortal;
use crate::world::World;

#[test]
fn answers_that_are_null_or_of_another_shape_name_their_route() {
    type Change = fn(&mut Persona);
    let cases: [(&[&str], &str, Change); 8] = [
        (&["natural-person"], "natural-person", |persona| {
            persona.natural_person = json!(["canary"]);
        }),
        (&["natural-person"], "missing field `name`", |persona| {
            persona.natural_person = json!({ "data": { "name": "canary" } });
        }),
        (&["residency"], "null instead of an object", |persona| {
            persona.residency = Value::Null;
        }),
        (
            &["residency"],
            "unexpected shape at wasEverResident",
            |persona| {
                persona.residency = json!({ "wasEverResident": "canary" });
            },
        ),
        (
            &["id-verification"],
            "missing field `documents`",
            |persona| {
                persona.id_verification = json!({ "status": "canary" });
            },
        ),
        (&["documents"], "natural-person/documents", |persona| {
            persona.documents = json!({ "data": null });
        }),
        (
            &["legal-entities"],
            "unexpected shape at data[1].name",
            |persona| {
                persona.legal_entities[1].entity["name"] = json!(["canary"]);
            },
        ),
        (
            &["tax", "summary"],
            "unexpected shape at data.subjects[0].obligations",
            |persona| {
                persona.tax.subjects[0]["obligations"] = json!({ "canary": 1 });
            },
        ),
    ];
    for (command, words, change) in cases {
        let world = signed_in_with(change);
        let output = world.run(&[&["me"], command].concat()).exits(1);
        let output = output.because("/api/v1/me/").because(words);
        assert!(!output.stderr.contains("canary"), "{output:?}");
        assert_eq!(output.stdout, "");
    }
    let world = signed_in_with(|persona| {
        let filing = persona.tax.filings[0].as_object_mut().unwrap();
        filing.remove("id");
    });
    let output = world.run(&["me", "tax", "filings", "--paginate"]).exits(1);
    output.because("missing field `id` at data[0]");
}

#[test]
fn answers_that_are_no_json_or_end_early_leave_nothing_on_stdout() {
    for (fault, code) in [
        ("me:html", 1),
        ("me:garbage", 1),
        ("me:empty", 1),
        ("me:huge", 1),
        ("me:huge=length", 1),
        ("me:half-body", 11),
        ("me:drop", 11),
        ("me:drop-after-commit", 11),
        ("me:302", 14),
    ] {
        let mut world = signed_in_as("resident");
        world.set("EPROSPERA_RETRIES", "0");
        world.fault(fault);
        for (command, _) in COMMANDS {
            for format in ["json", "table"] {
                let run = world.run(&[command, &["--output", format][..]].concat());
                let output = run.exits(code);
                assert_eq!(output.stdout, "", "{fault} {command:?}");
                assert!(!output.stderr.is_empty());
            }
        }
    }
}

#[test]
fn what_is_not_known_is_shown_as_it_came() {
    let world = signed_in_with(|persona| {
        persona.natural_person["sex"] = json!("Other");
        persona.natural_person["dateOfBirth"] = json!("1987-04-19");
        persona.natural_person["shoeSize"] = json!(38);
        persona.residency["activeResidency"]["residencyType"] = json!("Cosmonaut");
        persona.id_verification["documentType"] = json!("library_card");
        persona.id_verification["type"] = json!("notary");
        persona.documents["data"][0]["version"] = json!(2.50);
        persona.documents["data"][1] = json!({ "id": "x", "name": "Bare", "fileUrl": null });
        let entity = &mut persona.legal_entities[0].entity;
        entity["type"] = json!("Guild");
        entity["formationDate"] = json!("2024-05-06T23:59:59.000-06:00");
        let filing = &mut persona.tax.filings[0];
        filing["type"] = json!("window");
        filing["currency"] = json!("doge");
        filing["availableDocuments"] = json!(["haiku"]);
        persona.tax.subjects[0]["obligations"][0]["status"] = json!("forgiven");
    });
    for (command, words) in [
        (&["natural-person"][..], &["Other", "1987-04-19"][..]),
        (&["residency"], &["Cosmonaut since 2024-03-01, no end date"]),
        (&["id-verification"], &["library_card", "notary"]),
        (&["documents"], &[" 2.5 ", "Bare"]),
        (&["legal-entities"], &["Guild"]),
        (&["legal-entities", ENTITY], &["Guild (llc)", "2024-05-06"]),
        (&["tax", "filings"], &["window"]),
        (
            &["tax", "filing", FILING],
            &["48,200.00 DOGE", "haiku", "window"],
        ),
        (&["tax", "summary"], &["forgiven"]),
    ] {
        let shown = table(&world, &[&["me"], command].concat()).stdout;
        for words in words {
            assert!(shown.contains(words), "no {words:?} in {shown}");
        }
    }
}

#[test]
fn a_field_that_is_absent_counts_as_null() {
    let id = json!({ "id": ENTITY });
    let bare = id.clone();
    let world = signed_in_with(move |persona| {
        persona.natural_person = json!({ "name": null });
        persona.residency = json!({ "wasEverResident": null });
        persona.id_verification = json!({ "documents": null });
        persona.documents = json!({ "data": [{ "id": null }] });
        persona.legal_entities[0].entity = bare.clone();
        persona.legal_entities[0].documents = vec![bare];
        persona.tax.subjects = vec![json!({ "subject": {} })];
        persona.tax.filings[0] = json!({ "id": FILING, "subject": { "type": "natural_person" } });
    });
    for (command, _) in COMMANDS {
        let shown = table(&world, command).stdout;
        assert!(!shown.trim().is_empty(), "{command:?}");
        world.run(command).succeeds();
    }
    let person = table(&world, &["me", "natural-person"]).stdout;
    assert!(person.lines().all(|row| row.ends_with('—')), "{person}");
    let verification = table(&world, &["me", "id-verification"]).stdout;
    assert_eq!(
        verification,
        "You have no approved identity verification.\n"
    );
}

#[test]
fn nothing_that_a_portal_sends_steers_the_terminal() {
    fn poison(value: &mut Value) {
        match value {
            Value::String(text) if !text.contains('-') || text.contains(' ') => {
                text.push_str("\u{1b}[2J\u{202e}\u{9b}31m\r\n\u{7}\u{200b}");
            }
            Value::Array(items) => items.iter_mut().for_each(poison),
            Value::Object(fields) => fields.values_mut().for_each(poison),
            _ => {}
        }
    }
    let world = signed_in_with(|persona| {
        poison(&mut persona.natural_person);
        poison(&mut persona.residency);
        poison(&mut persona.id_verification);
        poison(&mut persona.documents);
        for entity in &mut persona.legal_entities {
            poison(&mut entity.entity);
            entity.documents.iter_mut().for_each(poison);
        }
        persona.tax.subjects.iter_mut().for_each(poison);
    });
    let steers = |letter: char| {
        (letter.is_control() && letter != '\n') || matches!(letter, '\u{200b}' | '\u{202e}')
    };
    for (command, _) in COMMANDS {
        let output = table(&world, command);
        assert!(!output.stdout.contains(steers), "{output:?}");
    }
    let person = table(&world, &["me", "natural-person"]).stdout;
    assert!(person.contains("\\u{1b}[2J"), "{person}");
}

#[test]
fn ten_thousand_entities_are_listed_quickly() {
    let template = Persona::built_in()[0].legal_entities[0].entity.clone();
    let entities = (0..10_000).map(|number| {
        let mut entity = template.clone();
        entity["id"] = json!(format!("00000000-0000-4000-8000-{number:012}"));
        entity["name"] = json!(format!("Entity {number} 日本 of the Harbour"));
        entity
    });
    let body = json!({ "data": entities.collect::<Vec<_>>() }).to_string();
    let portal = ScriptedPortal::saying(200, &body);
    let (world, url) = (World::new(), portal.url());
    let given = [
        ("EPROSPERA_ISSUER", url.as_str()),
        ("EPROSPERA_TOKEN", "at"),
    ];
    let list = ["me", "legal-entities"];
    // Far more than an unoptimised build takes: only something quadratic takes longer.
    let start = Instant::now();
    assert_eq!(world.run_in(&given, &list).succeeds().stdout, body + "\n");
    let table = [&list[..], &["--output", "table"]].concat();
    let shown = world.run_in(&given, &table).succeeds().stdout;
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    // A heading, the first thousand, and the words below them.
    assert_eq!(shown.lines().count(), 1003);
    assert!(shown.contains("Entity 900 日本 of the Harbour LLC"));
}
