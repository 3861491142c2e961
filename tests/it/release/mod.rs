//! How releases are made, read from the files that say it: workflows, Dependabot, and the page about platforms.
//!
//! What is built is the concern of `tests/platforms`.

/// Needs git and bash, which Windows does not bring along.
#[cfg(unix)]
mod check;
/// Needs git and cargo, which need not be where the tests run.
#[cfg(unix)]
mod crates;
mod dependabot;
mod platforms;
mod workflows;

use std::path::Path;
#[cfg(unix)]
use std::process::Command;

/// The files of the project, as git knows them.
#[cfg(unix)]
fn project_files() -> Vec<String> {
    let listed = Command::new("git").arg("ls-files").output().unwrap();
    assert!(listed.status.success(), "{listed:?}");
    let listed = String::from_utf8(listed.stdout).unwrap();
    listed
        .lines()
        .filter(|file| Path::new(file).exists())
        .map(str::to_owned)
        .collect()
}

/// The same by the folders, where there need not be git: below those that are made, there is nothing that it knows.
#[cfg(windows)]
fn project_files() -> Vec<String> {
    fn walk(folder: &Path, files: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path();
            if entry.file_type().unwrap().is_file() {
                let path = path.strip_prefix(".").unwrap().to_str().unwrap();
                files.push(path.replace('\\', "/"));
            } else if !["target", "node_modules", ".git"]
                .iter()
                .any(|made| path.ends_with(made))
            {
                walk(&path, files);
            }
        }
    }
    let mut files = Vec::new();
    walk(Path::new("."), &mut files);
    files
}
