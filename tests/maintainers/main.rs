//! What makes releases: the scripts and workflows that the maintainers run, and Dependabot's file.
//!
//! Nothing of the program is here, so that it need not be built anew, and nothing that a user of any system does: only
//! Unix has the git, bash and cargo that these take. What the scripts build is the concern of `tests/platforms`.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod check;
mod crates;
mod dependabot;
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
