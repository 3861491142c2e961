//! docs/platforms.md names tests and scripts that exist, and says of each cell how it is known.

use std::collections::BTreeSet;
use std::path::Path;

/// How a cell of the tables may begin: the words that the page explains.
const SHOWN: [&str; 6] = ["native", "Wine", "qemu", "type-checked", "never run", "—"];

fn page() -> String {
    std::fs::read_to_string("docs/platforms.md").unwrap()
}

#[test]
fn what_the_page_names_as_a_proof_exists() {
    let mut known = BTreeSet::new();
    crate::promises::tests(Path::new("tests/it"), "", &mut known);
    let mut named = 0;
    for name in page().split('`').skip(1).step_by(2) {
        let path = name.split_whitespace().next().unwrap_or_default();
        if ["tests/", "packaging/", ".ci/", ".github/", "src/"]
            .iter()
            .any(|folder| path.starts_with(folder))
        {
            assert!(Path::new(path).exists(), "there is no {path}");
            named += 1;
        } else if name.contains("::") && !name.contains(' ') {
            let module = format!("{name}::");
            let exists = known
                .iter()
                .any(|test| test == name || test.starts_with(&module));
            assert!(exists, "no test is called {name}");
            named += 1;
        }
    }
    assert!(named > 15, "{named}");
}

#[test]
fn each_cell_says_how_it_is_known_and_each_column_is_a_target_that_is_released() {
    let page = page();
    let (_, table) = page.split_once("## What is known").unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    let rows: Vec<Vec<_>> = table
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let release = std::fs::read_to_string(".github/workflows/release.yml").unwrap();
    for target in &rows[0][1..] {
        let target = target.trim_matches('`');
        assert!(release.contains(&format!("target: {target}")), "{target}");
    }
    for row in &rows[2..] {
        assert_eq!(row.len(), rows[0].len(), "{row:?}");
        for cell in &row[1..] {
            let known = SHOWN.iter().any(|word| cell.starts_with(word));
            assert!(known, "{}: {cell}", row[0]);
        }
    }
    assert!(rows.len() > 10, "{}", rows.len());
}
