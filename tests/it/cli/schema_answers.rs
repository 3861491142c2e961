//! The shapes of answers that `eprospera schema` has: those of the portal are taken from docs/openapi.json by `UPDATE=1`.
//!
//! The answers of the program itself are held against their shapes in every run of every test, see `support/described`.

use std::collections::BTreeMap;
use std::path::Path;

use eprospera_sandbox::Options;
use serde_json::{Map, Value, json};

use super::schema::is_as_it_was;
use crate::described::fits;
use crate::me::signed_in_as;

const OPENAPI: &str = "docs/openapi.json";
const PORTAL: &str = "src/schema/portal.json";

/// Personas whose data the contract does not have: of a portal after it, and of one that sends nonsense.
const OUTSIDE_THE_CONTRACT: [&str; 2] = ["newer", "hostile"];

/// A part of docs/openapi.json with its references turned to where the parts it names will be. What values there are
/// is known today: a newer portal may have others, so they are examples.
fn moved(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| {
                let value = match value.as_str() {
                    Some(target) if key == "$ref" => {
                        target.replace("#/components/schemas/", "#/$defs/").into()
                    }
                    _ => moved(value),
                };
                let key = if key == "enum" { "examples" } else { key };
                (key.to_owned(), value)
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(moved).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_shapes_of_the_portals_answers_are_those_of_the_contract() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(OPENAPI));
    let contract: Value = serde_json::from_str(&text.unwrap()).unwrap();
    let mut routes = BTreeMap::new();
    for (path, route) in contract["paths"].as_object().unwrap() {
        let is_asked = path.starts_with("/api/v1/me/") || path == "/api/oauth/userinfo";
        let answer = &route["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        if is_asked && !answer.is_null() {
            let parts = path
                .split('/')
                .map(|part| if part.starts_with('{') { "{}" } else { part });
            routes.insert(parts.collect::<Vec<_>>().join("/"), moved(answer));
        }
    }
    let definitions = moved(&contract["components"]["schemas"]);
    let mut needed: BTreeMap<String, Value> = BTreeMap::new();
    let mut left = vec!["Introspection".to_owned(), "ProsperUser".to_owned()];
    left.extend(routes.values().flat_map(references));
    while let Some(name) = left.pop() {
        if needed.contains_key(&name) {
            continue;
        }
        let definition = definitions[&name].clone();
        assert!(!definition.is_null(), "{name}");
        left.extend(references(&definition));
        needed.insert(name, definition);
    }
    assert!(routes.len() > 9, "{routes:?}");
    let portal = json!({ "$defs": needed, "routes": routes });
    is_as_it_was(PORTAL, &format!("{portal:#}\n"));
}

fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| match value.as_str() {
                Some(target) if key == "$ref" => vec![target.replace("#/$defs/", "")],
                _ => references(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_answers_of_the_portal_fit_their_schemas_for_every_persona() {
    let personas = Options::default().personas.into_iter();
    let personas = personas.map(|persona| persona.id);
    let personas: Vec<_> = personas
        .filter(|id| !OUTSIDE_THE_CONTRACT.contains(&id.as_str()))
        .collect();
    assert!(personas.len() > 3, "{personas:?}");
    let mut checked = 0;
    for persona in personas {
        let world = signed_in_as(&persona);
        let mut lines: Vec<(String, Vec<String>)> = Vec::new();
        let mut add = |path: &str, arguments: &[&str]| {
            let words = path.split(' ').chain(arguments.iter().copied());
            lines.push((path.to_owned(), words.map(str::to_owned).collect()));
        };
        for path in [
            "whoami",
            "me natural-person",
            "me residency",
            "me id-verification",
            "me documents",
            "me legal-entities",
            "me tax summary",
            "me tax filings",
        ] {
            add(path, &[]);
        }
        add("me tax filings", &["--paginate"]);
        add("me documents", &["--download", "papers"]);
        for (list, one) in [
            ("me legal-entities", "me legal-entities"),
            ("me tax filings", "me tax filing"),
        ] {
            let words: Vec<_> = list.split(' ').collect();
            let run = world.run(&words).0;
            let listed: Value = serde_json::from_str(&run.stdout).unwrap_or_default();
            if let Some(id) = listed["data"][0]["id"].as_str() {
                add(one, &[id]);
                if one == "me legal-entities" {
                    add(one, &[id, "documents"]);
                }
            }
        }
        for (path, words) in lines {
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            let run = world.run(&words).0;
            if run.code == 0 {
                fits(&path, &run.json());
                checked += 1;
            }
        }
    }
    assert!(checked > 30, "{checked}");
}

#[test]
fn an_answer_that_drifts_is_noticed() {
    let good = json!({ "token": "x", "expires_at": null });
    fits("token", &good);
    for bad in [
        json!({ "token": "x" }),
        json!({ "token": 7, "expires_at": null }),
        json!({ "token": "x", "expires_at": "soon" }),
        json!({ "token": "x", "expires_at": null, "more": 1 }),
    ] {
        assert!(
            std::panic::catch_unwind(|| fits("token", &bad)).is_err(),
            "{bad}"
        );
    }
}
