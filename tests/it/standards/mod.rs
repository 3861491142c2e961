//! The duties of a client that docs/standards.md lists: those that no other test shows, and that the
//! page, its mutations and the code belong together.
//!
//! tests/standards/mutate.py breaks each duty and shows that the test of its row fails. That takes
//! minutes; what can drift apart is seen here at once.

mod browser;
mod device;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml_edit::DocumentMut;

const PAGE: &str = "docs/standards.md";
const MUTATIONS: &str = "tests/standards/mutations.toml";

/// The fewest rows that the page may have.
const FEWEST: usize = 60;

/// One row of the page.
struct Row {
    section: String,
    /// The file that does it, below `src`.
    place: String,
    test: String,
}

/// The cell without its backticks.
fn code(cell: &str) -> Option<&str> {
    cell.strip_prefix('`')?.strip_suffix('`')
}

/// The rows of the page, by their names.
fn rows() -> BTreeMap<String, Row> {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let mut rows = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [name, section, _, place, test] = cells[..] else {
            panic!("not five cells: {line}");
        };
        let row = Row {
            section: section.to_owned(),
            place: code(place).unwrap().to_owned(),
            test: code(test).unwrap().to_owned(),
        };
        let name = code(name).unwrap().to_owned();
        assert!(
            rows.insert(name, row).is_none(),
            "two rows of one name: {line}"
        );
    }
    rows
}

fn text<'a>(mutations: &'a DocumentMut, row: &str, key: &str) -> &'a str {
    let value = mutations[row].get(key).and_then(toml_edit::Item::as_str);
    value.unwrap_or_default()
}

#[test]
fn every_row_names_its_section_and_a_test_that_exists() {
    let mut known = BTreeSet::new();
    crate::promises::tests(Path::new("tests/it"), "", &mut known);
    crate::promises::tests(Path::new("src"), "src::", &mut known);
    let rows = rows();
    assert!(rows.len() >= FEWEST, "{} rows", rows.len());
    let page = std::fs::read_to_string(PAGE).unwrap();
    let result = format!("{0} rows, {0} caught", rows.len());
    assert!(page.contains(&result), "the page does not say {result}");
    for (name, row) in rows {
        let is_cited = row.section.contains('§')
            && ["RFC ", "OpenID "]
                .iter()
                .any(|of| row.section.starts_with(of));
        assert!(is_cited, "{name}: {}", row.section);
        assert!(
            known.contains(&row.test),
            "{name}: no test is called {}",
            row.test
        );
    }
}

#[test]
fn every_row_has_a_mutation_of_a_text_that_the_code_has_once() {
    let mutations = std::fs::read_to_string(MUTATIONS).unwrap();
    let mutations: DocumentMut = mutations.parse().unwrap();
    let rows = rows();
    let mutated: BTreeSet<_> = mutations.iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(rows.keys().cloned().collect::<BTreeSet<_>>(), mutated);
    for (name, row) in rows {
        let file = text(&mutations, &name, "file");
        assert_eq!(file, format!("src/{}", row.place), "{name}");
        let source = std::fs::read_to_string(file).unwrap();
        let original = text(&mutations, &name, "original");
        assert!(
            !original.is_empty() && original != text(&mutations, &name, "mutant"),
            "{name}"
        );
        match text(&mutations, &name, "after") {
            "" => assert_eq!(source.matches(original).count(), 1, "{name}: {original}"),
            anchor => {
                assert_eq!(source.matches(anchor).count(), 1, "{name}: {anchor}");
                let (_, behind) = source.split_once(anchor).unwrap();
                assert!(behind.contains(original), "{name}: {original}");
            }
        }
    }
}
