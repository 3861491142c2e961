//! Dependabot looks after each lock file.

use std::collections::BTreeSet;

/// The folders that Dependabot looks into for a package manager.
fn folders(ecosystem: &str) -> BTreeSet<String> {
    let file = std::fs::read_to_string(".github/dependabot.yml").unwrap();
    let update = file
        .split("  - package-ecosystem: ")
        .find_map(|update| update.strip_prefix(&format!("{ecosystem}\n")))
        .unwrap_or_else(|| panic!("nothing about {ecosystem}"));
    for needed in ["interval: weekly", "cooldown:", "groups:"] {
        assert!(update.contains(needed), "{ecosystem} has no {needed}");
    }
    let (_, listed) = update.split_once("director").unwrap();
    let (listed, _) = listed.split_once("schedule:").unwrap();
    listed
        .split(['"', ' ', ',', '[', ']', '\n'])
        .filter_map(|word| word.strip_prefix('/'))
        .map(str::to_owned)
        .collect()
}

/// The folders that have a file of this name.
fn folders_with(name: &str) -> BTreeSet<String> {
    super::project_files()
        .iter()
        .filter_map(|file| file.strip_suffix(name))
        .map(|folder| folder.trim_end_matches('/').to_owned())
        .collect()
}

#[test]
fn dependabot_looks_after_each_lock_file_once_a_week() {
    for (ecosystem, lock) in [
        ("cargo", "Cargo.lock"),
        ("npm", "package-lock.json"),
        ("pip", "requirements.txt"),
    ] {
        let locked = folders_with(lock);
        assert!(!locked.is_empty(), "{lock}");
        assert_eq!(folders(ecosystem), locked, "{ecosystem}");
    }
    assert_eq!(folders("github-actions"), BTreeSet::from([String::new()]));
}

#[test]
fn there_is_no_lock_file_of_a_kind_that_dependabot_does_not_look_after() {
    for kind in [
        "go.mod",
        "Gemfile.lock",
        "composer.lock",
        "poetry.lock",
        "uv.lock",
        "yarn.lock",
        "pnpm-lock.yaml",
        "Dockerfile",
        "compose.yaml",
    ] {
        assert!(folders_with(kind).is_empty(), "{kind}");
    }
}
