//! `packaging/check-release`, which says whether a commit can be released, in copies of what it reads.

#![expect(
    clippy::disallowed_methods,
    reason = "what is written here is a test's own"
)]

use std::path::Path;
use std::process::Command;

struct Project(tempfile::TempDir);

impl Project {
    /// A commit on `main` that can be released as v1.2.3.
    fn ready() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let project = Self(folder);
        for folder in ["packaging", "src"] {
            std::fs::create_dir(project.path().join(folder)).unwrap();
        }
        let script = project.path().join("packaging/check-release");
        std::fs::copy("packaging/check-release", script).unwrap();
        project.write("src/main.rs", "fn main() {}\n");
        project.write(
            "Cargo.toml",
            "[workspace]\n\n[workspace.package]\nversion = \"1.2.3\"\n\n[package]\nname = \"eprospera\"\nversion.workspace = true\nedition = \"2024\"\n",
        );
        project.write(
            "Cargo.lock",
            "version = 4\n\n[[package]]\nname = \"eprospera\"\nversion = \"1.2.3\"\n",
        );
        project.write(
            "CHANGELOG.md",
            "## [Unreleased]\n\n## [1.2.3] - 2026-11-29\n",
        );
        project.git(&["init", "--quiet", "--initial-branch", "main"]);
        project.commit();
        project
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    fn git(&self, arguments: &[&str]) {
        let identity = [
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@example.com",
            "-c",
            "commit.gpgsign=false",
        ];
        let done = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(self.path())
            .env_remove("GIT_DIR")
            .output()
            .unwrap();
        assert!(done.status.success(), "{arguments:?}: {done:?}");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--no-verify", "--message", "Work"]);
    }

    /// What the check says; nothing if the commit can be released.
    fn complaints(&self, tag: &str) -> String {
        let done = Command::new("bash")
            .args(["packaging/check-release", tag])
            .current_dir(self.path())
            .env_remove("GIT_DIR")
            .output()
            .unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.success(), said.is_empty(), "{said}");
        said
    }
}

#[test]
fn a_clean_commit_on_main_with_its_version_everywhere_can_be_released() {
    let project = Project::ready();
    assert_eq!(project.complaints("v1.2.3"), "");
    project.git(&["tag", "v1.2.3"]);
    assert_eq!(project.complaints("v1.2.3"), "");
}

#[test]
fn a_tag_of_another_version_is_refused() {
    let project = Project::ready();
    for tag in ["v1.2.4", "1.2.3", "v1.2.3-rc.1", "v1x2x3"] {
        let said = project.complaints(tag);
        assert!(said.contains(tag.trim_start_matches('v')), "{tag}: {said}");
    }
}

#[test]
fn a_version_that_not_every_kind_of_package_can_spell_is_refused() {
    let project = Project::ready();
    for (tag, is_known) in [
        ("v1.2.3", true),
        ("v1.2.3-rc.1", true),
        ("v1.2.3-pre.1", false),
        ("v1.2.3-rc", false),
        ("v1.2.3+build", false),
        ("v1.2", false),
    ] {
        let said = project.complaints(tag);
        assert_eq!(
            !said.contains("A version is like"),
            is_known,
            "{tag}: {said}"
        );
    }
}

#[test]
fn a_version_without_a_dated_heading_in_the_changelog_is_refused() {
    let project = Project::ready();
    for heading in [
        "## [Unreleased]\n",
        "## [1.2.3]\n",
        "## [1.2.3] - soon\n",
        "## [1x2x3] - 2026-11-29\n",
    ] {
        project.write("CHANGELOG.md", heading);
        project.commit();
        let said = project.complaints("v1.2.3");
        assert!(
            said.contains("CHANGELOG.md has no heading"),
            "{heading}: {said}"
        );
    }
}

#[test]
fn a_version_that_one_crate_lacks_and_a_missing_owner_are_refused() {
    let project = Project::ready();
    let manifest = std::fs::read_to_string(project.path().join("Cargo.toml")).unwrap();
    project.write(
        "Cargo.toml",
        &format!("{manifest}repository = \"https://github.com/OWNER/eprospera\"\n\n[target.'cfg(any())'.dependencies]\neprospera-redaction = {{ version = \"1.2.2\", path = \"crates/redaction\" }}\n"),
    );
    let said = project.complaints("v1.2.3");
    for expected in [
        "asks for version 1.2.2 of crates/redaction",
        "still says OWNER",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn a_lock_file_that_was_not_raised_along_is_refused() {
    let project = Project::ready();
    let lock = std::fs::read_to_string(project.path().join("Cargo.lock")).unwrap();
    project.write("Cargo.lock", &lock.replace("1.2.3", "1.2.2"));
    project.commit();
    let said = project.complaints("v1.2.3");
    assert!(
        said.contains("Cargo.lock is not that of Cargo.toml"),
        "{said}"
    );
}

#[test]
fn what_is_not_committed_or_not_on_main_is_refused() {
    let project = Project::ready();
    project.write("notes", "x");
    assert!(
        project
            .complaints("v1.2.3")
            .contains("Not everything is committed")
    );
    project.git(&["checkout", "--quiet", "-b", "elsewhere"]);
    project.commit();
    assert!(
        project
            .complaints("v1.2.3")
            .contains("This commit is not on main")
    );
}

#[test]
fn a_tag_that_is_on_another_commit_is_refused() {
    let project = Project::ready();
    project.git(&["tag", "v1.2.3"]);
    project.write("notes", "x");
    project.commit();
    assert!(
        project
            .complaints("v1.2.3")
            .contains("v1.2.3 is on another commit")
    );
}
