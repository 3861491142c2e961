//! What is compiled into a crate is packed with it, so that it builds from crates.io, too.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// The files that cargo packs of the crate in a folder.
fn packed(folder: &Path) -> BTreeSet<PathBuf> {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let name = manifest
        .lines()
        .find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .unwrap();
    let listed = Command::new("cargo")
        .args([
            "package",
            "--list",
            "--allow-dirty",
            "--locked",
            "--offline",
        ])
        .args(["--package", name])
        .output()
        .unwrap();
    assert!(listed.status.success(), "{listed:?}");
    let listed = String::from_utf8(listed.stdout).unwrap();
    listed.lines().map(|file| folder.join(file)).collect()
}

/// The files that a source file compiles in.
fn compiled_in(file: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(file).unwrap();
    let folder = file.parent().unwrap();
    ["include_str!(\"", "include_bytes!(\""]
        .iter()
        .flat_map(|start| text.split(start).skip(1))
        .map(|rest| without_dots(&folder.join(rest.split('"').next().unwrap())))
        .collect()
}

fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            plain.pop();
        } else {
            plain.push(part);
        }
    }
    plain
}

/// Whether a file is compiled where the crate is built, and not for its tests alone.
fn is_built(folder: &Path, file: &Path) -> bool {
    file.starts_with(folder.join("src"))
        && file.extension().is_some_and(|kind| kind == "rs")
        && !file
            .iter()
            .any(|part| part == "tests" || part == "tests.rs")
}

#[test]
fn each_crate_is_packed_with_all_that_is_compiled_into_it() {
    let mut found = 0;
    for manifest in super::project_files() {
        let Some(folder) = manifest.strip_suffix("Cargo.toml").map(Path::new) else {
            continue;
        };
        // It is not published.
        if folder.starts_with("fuzz") {
            continue;
        }
        let packed = packed(folder);
        for source in packed.iter().filter(|file| is_built(folder, file)) {
            for file in compiled_in(source) {
                assert!(
                    packed.contains(&file),
                    "{} is not packed, and {} needs it",
                    file.display(),
                    source.display()
                );
                found += 1;
            }
        }
    }
    assert!(found > 20, "{found}");
}
