//! `docs/torture.md` describes the trials that there are, and its table was measured with the versions that are pinned. `UPDATE=1` rewrites the trials.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::world::{World, write};

const PAGE: &str = "docs/torture.md";
const CLIENTS: &str = "examples/torture";
/// The list of trials is between these two headings.
const TRIALS: (&str, &str) = ("### By name\n\n", "\n## Measured\n");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    std::fs::read_to_string(root().join(PAGE)).unwrap()
}

fn trials() -> Vec<Value> {
    let world = World::new();
    let list = world.run(&["sandbox", "torture", "--list", "--json"]);
    let list: Value = serde_json::from_str(&list.succeeds().stdout).unwrap();
    list["trials"].as_array().unwrap().clone()
}

fn text<'a>(trial: &'a Value, field: &str) -> &'a str {
    trial[field].as_str().unwrap()
}

/// The table of the trials, as the page has it.
fn table(trials: &[Value]) -> String {
    let mut table = String::from(
        "| Trial | What it does | What passing shows | Why it is owed |\n| --- | --- | --- | --- |\n",
    );
    for trial in trials {
        let cell = |field| text(trial, field).replace('|', "\\|");
        writeln!(
            table,
            "| `{}` | {} | {} | {} |",
            text(trial, "name"),
            cell("does"),
            cell("shows"),
            cell("because")
        )
        .unwrap();
    }
    table
}

#[test]
fn the_page_describes_each_trial_as_the_list_does() {
    let page = page();
    let (before, rest) = page.split_once(TRIALS.0).unwrap();
    let (described, after) = rest.split_once(TRIALS.1).unwrap();
    let expected = table(&trials());
    if std::env::vars_os().any(|(name, value)| name == "UPDATE" && value == "1") {
        let page = [before, TRIALS.0, &expected, TRIALS.1, after].concat();
        write(&root().join(PAGE), page.as_bytes());
        return;
    }
    assert_eq!(
        described, expected,
        "{PAGE} is stale: run the tests with UPDATE=1"
    );
}

#[test]
fn each_trial_was_measured() {
    let page = page();
    let (_, measured) = page.split_once(TRIALS.1).unwrap();
    for trial in trials() {
        let row = format!("\n| `{}` | ", text(&trial, "name"));
        assert_eq!(measured.matches(&row).count(), 1, "{row}");
    }
}

/// Name and version of each library that a client of the table names by itself: the first dependency of a package
/// of npm, or the line of `requirements.txt` that names the folder.
fn pinned(folder: &Path) -> Option<(String, String)> {
    if let Ok(package) = std::fs::read_to_string(folder.join("package.json")) {
        let package: Value = serde_json::from_str(&package).unwrap();
        let dependencies = package["dependencies"].as_object().unwrap();
        let (name, version) = dependencies.iter().next().unwrap();
        return Some((name.clone(), version.as_str().unwrap().to_owned()));
    }
    let requirements = std::fs::read_to_string(folder.join("requirements.txt")).ok()?;
    let library = folder.file_name().unwrap().to_str().unwrap();
    let mut pins = requirements
        .lines()
        .filter_map(|line| line.split_once("=="));
    let (name, version) = pins.find(|(name, _)| name.eq_ignore_ascii_case(library))?;
    Some((name.to_owned(), version.to_owned()))
}

#[test]
fn the_measured_table_names_the_versions_that_the_examples_pin() {
    let folders: Vec<PathBuf> = std::fs::read_dir(root().join(CLIENTS))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let pins: Vec<_> = folders.iter().filter_map(|folder| pinned(folder)).collect();
    assert!(pins.len() >= 5, "{pins:?}");
    let page = page();
    for (name, version) in pins {
        let words = format!("{name} {version}");
        assert!(
            page.contains(&words),
            "{PAGE} does not name {words}: measure anew"
        );
    }
}
