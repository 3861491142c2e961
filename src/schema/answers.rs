//! The shape of each answer in JSON, as JSON Schema (draft 2020-12).
//!
//! `answers.json` has the answers of this program, `portal.json` those of the portal's routes, which a test takes from
//! docs/openapi.json. Every answer that a test gets from a command is held against them.

use clap::Command;
use serde_json::{Map, Value, json};

use super::facts::Facts;
use crate::error::Kind;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
const ANSWERS: &str = include_str!("answers.json");
const PORTAL: &str = include_str!("portal.json");

/// The schema of a command's answer; `None` where it has none in JSON.
pub(super) fn of(facts: &Facts, command: &Command) -> Option<Value> {
    let (mut answers, portal) = (read(ANSWERS), read(PORTAL));
    answers["$defs"]["Error"] = error_object();
    let mut definitions = object(&answers["$defs"]);
    definitions.extend(object(&portal["$defs"]));
    let mut shapes = Vec::new();
    shapes.extend(answers["commands"].get(facts.path).cloned());
    let routes = facts.routes.iter();
    shapes.extend(routes.filter_map(|route| portal["routes"].get(route.path).cloned()));
    if command
        .get_arguments()
        .any(|one| one.get_long() == Some("download"))
    {
        shapes.push(json!({ "$ref": "#/$defs/Downloads" }));
    }
    let schema = match shapes.len() {
        0 => return None,
        1 => shapes.remove(0),
        _ => json!({ "anyOf": shapes }),
    };
    Some(complete(&schema, &definitions))
}

/// The schema of an error on stderr.
pub(super) fn error() -> Value {
    let schema = json!({
        "type": "object",
        "properties": { "error": { "$ref": "#/$defs/Error" } },
        "required": ["error"],
        "additionalProperties": false,
    });
    let mut definitions = object(&read(ANSWERS)["$defs"]);
    definitions.insert("Error".to_owned(), error_object());
    complete(&schema, &definitions)
}

fn error_object() -> Value {
    let mut schema = read(ANSWERS)["$defs"]["Error"].clone();
    schema["properties"]["code"]["enum"] = json!(Kind::ALL.map(Kind::name));
    schema
}

/// A schema with its dialect, and with those definitions that it needs.
fn complete(schema: &Value, definitions: &Map<String, Value>) -> Value {
    let mut needed = Map::new();
    let mut left = references(schema);
    while let Some(name) = left.pop() {
        if let Some(definition) = definitions.get(&name)
            && !needed.contains_key(&name)
        {
            left.extend(references(definition));
            needed.insert(name, definition.clone());
        }
    }
    let mut whole = object(schema);
    whole.insert("$schema".to_owned(), DIALECT.into());
    if !needed.is_empty() {
        whole.insert("$defs".to_owned(), needed.into());
    }
    whole.into()
}

/// The names of the definitions that a schema refers to.
fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| match value.as_str() {
                Some(target) if key == "$ref" => {
                    vec![target.trim_start_matches("#/$defs/").to_owned()]
                }
                _ => references(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// A document that is a part of this program.
fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("a test reads both documents")
}

#[cfg(test)]
mod tests {
    use super::super::facts::facts;
    use super::*;

    #[test]
    fn both_documents_are_json_and_name_commands_that_there_are() {
        let answers = read(ANSWERS);
        for path in object(&answers["commands"]).keys() {
            assert!(facts(path).is_some(), "{path}");
        }
        assert!(!object(&read(PORTAL)["routes"]).is_empty());
    }

    #[test]
    fn every_reference_leads_to_a_definition() {
        let (answers, portal) = (read(ANSWERS), read(PORTAL));
        let (own, theirs) = (object(&answers["$defs"]), object(&portal["$defs"]));
        for name in references(&answers).into_iter().chain(references(&portal)) {
            assert!(
                own.contains_key(&name) || theirs.contains_key(&name),
                "{name}"
            );
        }
        assert!(own.keys().all(|name| !theirs.contains_key(name)));
    }
}
