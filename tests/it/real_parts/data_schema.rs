//! `docs/sandbox-data.schema.json` and the sandbox agree on what a file of people is.
//!
//! The package `jsonschema_rs` reads the schema. Each built-in persona is spoilt in every place, in every
//! way, and both sides have to say the same about the result.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use eprospera_sandbox::read_people;
use serde_json::{Value, json};

/// The built-in personas, by their ids.
fn personas() -> Vec<Value> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/eprospera-sandbox/src/people/personas");
    let files = std::fs::read_dir(folder).unwrap();
    let text = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    text.map(|text| serde_json::from_str(&text).unwrap())
        .collect()
}

/// These go beyond what the portal documents, on purpose.
const BEYOND: [&str; 2] = ["hostile", "newer"];

/// The verdict of the schema on each document.
fn accepted_by_the_schema(documents: &[Value]) -> Vec<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("tests/real/python/bin/python");
    assert!(
        python.exists(),
        "tests/real/README.md says how to make {}",
        python.display()
    );
    let mut child = Command::new(python)
        .arg(root.join("tests/contract/accepts.py"))
        .arg(root.join("docs/sandbox-data.schema.json"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let lines: Vec<String> = documents.iter().map(Value::to_string).collect();
    let lines = lines.join("\n");
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let verdicts: Vec<bool> = text.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(verdicts.len(), documents.len());
    verdicts
}

/// Every path into a value, itself first.
fn places(value: &Value, path: &str, places: &mut Vec<String>) {
    places.push(path.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                self::places(member, &format!("{path}/{name}"), places);
            }
        }
        // What holds of one member holds of the others.
        Value::Array(members) => {
            if let Some(first) = members.first() {
                self::places(first, &format!("{path}/0"), places);
            }
        }
        _ => {}
    }
}

/// The value with something else in one place.
fn spoilt(whole: &Value, place: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let others = [
        Value::Null,
        json!(true),
        json!(7),
        json!(""),
        json!("x"),
        json!("2024-02-30"),
        json!("2024-05-06T00:00:00Z"),
        json!([]),
        json!({}),
        json!({ "x": 1 }),
    ];
    for other in others {
        let mut changed = whole.clone();
        *changed.pointer_mut(place).unwrap() = other;
        all.push(changed);
    }
    let mut changed = whole.clone();
    if let Some(Value::Object(members)) = changed.pointer_mut(place) {
        members.insert("unknown".to_owned(), Value::Null);
        all.push(changed);
    }
    if let Some((parent, name)) = place.rsplit_once('/') {
        let mut changed = whole.clone();
        if let Some(Value::Object(members)) = changed.pointer_mut(parent) {
            members.remove(name);
            all.push(changed);
        }
    }
    all
}

#[test]
fn the_schema_and_the_sandbox_take_and_refuse_the_same_files() {
    let mut documents = Vec::new();
    let mut beyond = Vec::new();
    for persona in personas() {
        let id = persona["id"].as_str().unwrap().to_owned();
        let whole = json!({ "personas": [persona] });
        if accepted_by_the_schema(std::slice::from_ref(&whole)) == [false] {
            beyond.push(id);
            documents.push(whole);
            continue;
        }
        let mut all = Vec::new();
        places(&whole, "", &mut all);
        for place in all {
            documents.extend(spoilt(&whole, &place));
        }
    }
    beyond.sort();
    assert_eq!(beyond, BEYOND);
    let verdicts = accepted_by_the_schema(&documents);
    let mut wrong = Vec::new();
    for (document, verdict) in documents.iter().zip(&verdicts) {
        let read = read_people("people.json", &document.to_string());
        if read.is_ok() != *verdict {
            wrong.push(format!("schema: {verdict}, sandbox: {:?}", read.err()));
        }
    }
    let refused = verdicts.iter().filter(|verdict| !**verdict).count();
    assert!(refused > 1000 && verdicts.len() - refused > 200);
    assert!(wrong.is_empty(), "{} differ: {wrong:#?}", wrong.len());
}

#[test]
fn the_schema_takes_the_example() {
    let text = include_str!("../../../examples/sandbox/people.toml");
    let example: toml_edit::DocumentMut = text.parse().unwrap();
    let mut example = plain(example.as_item());
    assert_eq!(accepted_by_the_schema(&[example.clone()]), [true]);
    example["personas"][0]["id"] = json!("two words");
    assert_eq!(accepted_by_the_schema(&[example]), [false]);
}

/// TOML as JSON, moments as texts: what an editor shows to the schema.
fn plain(item: &toml_edit::Item) -> Value {
    if let Some(table) = item.as_table_like() {
        return table
            .iter()
            .map(|(name, item)| (name.to_owned(), plain(item)))
            .collect();
    }
    if let Some(tables) = item.as_array_of_tables() {
        let tables = tables.iter().map(|table| plain(&table.clone().into()));
        return tables.collect();
    }
    let value = item.as_value().unwrap();
    match value {
        toml_edit::Value::Array(members) => members
            .iter()
            .map(|member| plain(&member.clone().into()))
            .collect(),
        toml_edit::Value::Datetime(moment) => moment.value().to_string().into(),
        other => other
            .as_str()
            .map(Value::from)
            .or_else(|| other.as_integer().map(Value::from))
            .or_else(|| other.as_bool().map(Value::from))
            .unwrap(),
    }
}
