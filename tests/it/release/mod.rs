//! How releases are made, read from the files that say it: workflows, Dependabot, and the page about platforms.
//!
//! What is built is the concern of `tests/platforms`. Needs git and bash, which Windows does not bring along; what is
//! read is the same everywhere.

mod check;
mod crates;
mod dependabot;
mod platforms;
mod workflows;

use std::path::Path;
use std::process::Command;

/// The files of the project, as git knows them.
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
