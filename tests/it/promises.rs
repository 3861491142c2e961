//! Each promise of docs/promises.md names tests that exist.
//!
//! The sources are read, because the tests of the real parts are not built everywhere.

use std::collections::BTreeSet;
use std::path::Path;

/// The paths of all tests in a folder of sources, such as `login::paste::a_stdin_that_ends`.
pub(crate) fn tests(folder: &Path, module: &str, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            tests(&path, &format!("{module}{name}::"), found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let module = match name.as_str() {
                "mod" | "main" => module.to_owned(),
                _ => format!("{module}{name}::"),
            };
            let source = std::fs::read_to_string(&path).unwrap();
            // Unit tests may stand beside the code.
            let inner = if source.contains("mod tests {") {
                "tests::"
            } else {
                ""
            };
            for (_, rest) in source
                .split("test]\n")
                .skip(1)
                .filter_map(|rest| rest.split_once("fn "))
            {
                let (test, _) = rest.split_once('(').unwrap();
                found.insert(format!("{module}{inner}{test}"));
            }
        }
    }
}

#[test]
fn every_promise_names_tests_that_exist() {
    let mut known = BTreeSet::new();
    tests(Path::new("tests/it"), "", &mut known);
    let page = std::fs::read_to_string("docs/promises.md").unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let mut promises = 0;
    for row in rows.filter(|row| !row.starts_with("| Promise |") && !row.starts_with("| --- |")) {
        let (_, named) = row.rsplit_once(" | ").unwrap();
        let named: Vec<_> = named.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "a promise without a test: {row}");
        for test in named {
            assert!(known.contains(test), "no test is called {test}: {row}");
        }
        promises += 1;
    }
    assert!(promises > 30, "{promises}");
}
