//! What the jobs of the workflows run and may do.
//!
//! The files are read as text: a job is what is indented below its name.

use std::collections::BTreeMap;

const RELEASE: &str = ".github/workflows/release.yml";

fn workflows() -> Vec<(String, String)> {
    let found: Vec<_> = super::project_files()
        .into_iter()
        .filter(|file| file.starts_with(".github/workflows/"))
        .map(|file| (file.clone(), std::fs::read_to_string(file).unwrap()))
        .collect();
    assert!(found.len() > 1, "{found:?}");
    found
}

/// The jobs of a workflow, each with its text.
fn jobs(workflow: &str) -> BTreeMap<&str, String> {
    let (_, jobs) = workflow.split_once("\njobs:\n").unwrap();
    let mut found: BTreeMap<_, String> = BTreeMap::new();
    let mut current = None;
    for line in jobs.lines() {
        let name = line
            .strip_prefix("  ")
            .and_then(|rest| rest.strip_suffix(':'))
            .filter(|name| !name.starts_with([' ', '#']));
        current = name.or(current);
        if let (Some(job), false) = (current, line.trim_start().starts_with('#')) {
            let text = found.entry(job).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    found
}

/// The values of a key, such as `uses`.
fn values<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let key = format!("{key}: ");
    text.lines()
        .filter_map(|line| {
            let line = line.trim_start();
            line.strip_prefix("- ").unwrap_or(line).strip_prefix(&key)
        })
        .collect()
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What a job may do.
fn permissions(job: &str) -> Vec<&str> {
    if job.contains("    permissions: {}\n") {
        return Vec::new();
    }
    let (_, after) = job
        .split_once("    permissions:\n")
        .unwrap_or_else(|| panic!("a job without permissions: {job}"));
    after
        .lines()
        .take_while(|line| line.starts_with("      "))
        .map(str::trim)
        .collect()
}

#[test]
fn each_action_is_pinned_by_its_full_hash_with_its_version_beside_it() {
    for (file, workflow) in workflows() {
        for action in values(&workflow, "uses") {
            let (_, pin) = action.split_once('@').unwrap();
            let (hash, version) = pin.split_once(" # v").unwrap_or((pin, ""));
            assert!(is_hex(hash, 40) && !version.is_empty(), "{file}: {action}");
        }
    }
}

#[test]
fn each_container_is_named_by_its_digest() {
    for file in super::project_files() {
        let Ok(text) = std::fs::read_to_string(&file) else {
            continue;
        };
        let named = if file.starts_with(".github/workflows/") {
            ["container", "image"]
                .map(|key| values(&text, key))
                .concat()
        } else if file.ends_with("compose.yaml") || file.ends_with("compose.yml") {
            values(&text, "image")
        } else {
            text.lines()
                .filter(|_| file.contains("Dockerfile"))
                .filter_map(|line| line.strip_prefix("FROM "))
                .collect()
        };
        for image in named {
            let image = image.split_whitespace().next().unwrap();
            let digest = image.split_once("@sha256:").map(|(_, digest)| digest);
            assert!(
                digest.is_some_and(|digest| is_hex(digest, 64)),
                "{file}: {image}"
            );
        }
    }
}

#[test]
fn no_checkout_leaves_a_token_behind() {
    for (file, workflow) in workflows() {
        let checkouts = workflow.matches("uses: actions/checkout@").count();
        let kept = workflow.matches("persist-credentials: false").count();
        assert_eq!(checkouts, kept, "{file}");
    }
}

#[test]
fn who_signs_or_writes_a_release_runs_no_test_and_nothing_of_the_project() {
    let release = std::fs::read_to_string(RELEASE).unwrap();
    assert!(release.contains("\npermissions: {}\n"));
    let jobs = jobs(&release);
    let mut powerful = Vec::new();
    for (name, job) in &jobs {
        let more = permissions(job)
            .into_iter()
            .any(|permission| permission.ends_with(": write"));
        if more {
            powerful.push(*name);
            assert!(!job.contains("actions/checkout@"), "{name} checks out");
            for word in ["cargo ", "packaging/", "tests/", "pip ", "npm "] {
                assert!(!job.contains(word), "{name} runs {word}");
            }
        }
    }
    assert_eq!(powerful, ["attest", "publish"]);
    for reads in ["attest", "build", "check", "package", "test", "try"] {
        assert!(!jobs[reads].contains("contents: write"), "{reads}");
    }
}

#[test]
fn tests_have_passed_on_every_system_before_anything_is_built() {
    let release = std::fs::read_to_string(RELEASE).unwrap();
    let jobs = jobs(&release);
    let needs = |job: &str| values(&jobs[job], "needs").concat();
    assert_eq!(needs("test"), "check");
    assert_eq!(needs("build"), "test");
    assert_eq!(needs("package"), "build");
    assert_eq!(needs("try"), "package");
    assert_eq!(needs("attest"), "try");
    assert_eq!(needs("publish"), "attest");
    for system in [
        "ubuntu-24.04,",
        "ubuntu-24.04-arm",
        "macos-15-intel",
        "macos-15,",
        "windows-2025",
    ] {
        assert!(jobs["test"].contains(system), "{system}");
    }
    for (name, job) in &jobs {
        let tests = job.contains("cargo test") || job.contains("bash .ci/run");
        assert_eq!(tests, *name == "test", "{name}");
        let inputs = values(job, "uses").join("\n").contains("cache");
        assert!(!inputs, "{name} takes something from a cache");
    }
}

#[test]
fn a_release_is_a_draft_with_signed_sums_and_a_bill_of_materials_for_each_target() {
    let release = std::fs::read_to_string(RELEASE).unwrap();
    let jobs = jobs(&release);
    assert!(jobs["publish"].contains("--draft"));
    assert!(jobs["publish"].contains("subject-path: dist/*"));
    assert!(jobs["attest"].contains("sbom-path: "));
    let targets = |job: &str| -> Vec<String> {
        let mut targets: Vec<_> = jobs[job]
            .split("target: ")
            .skip(1)
            .filter_map(|rest| rest.split([' ', '\n']).next())
            .filter(|target| !target.starts_with('$'))
            .map(|target| target.split('.').next().unwrap().to_owned())
            .collect();
        targets.sort();
        targets
    };
    assert!(targets("build").len() > 5, "{:?}", targets("build"));
    assert_eq!(targets("attest"), targets("build"));
    let (_, packed) = jobs["package"].split_once("targets=(\n").unwrap();
    let (packed, _) = packed.split_once(")\n").unwrap();
    let mut packed: Vec<_> = packed
        .split_whitespace()
        .map(|target| target.split('.').next().unwrap())
        .collect();
    packed.sort_unstable();
    assert_eq!(packed, targets("build"));
}

#[test]
fn a_step_of_a_release_fails_with_any_command_of_a_pipe() {
    let release = std::fs::read_to_string(RELEASE).unwrap();
    let named = "\ndefaults:\n  run:\n    shell: bash\n";
    assert_eq!(release.matches("shell:").count(), 1);
    assert!(release.contains(named));
}

#[test]
fn advisories_are_checked_on_every_push_and_every_week() {
    let ci = std::fs::read_to_string(".github/workflows/ci.yml").unwrap();
    assert!(ci.contains("  schedule:\n    - cron: ") && ci.contains("\n  push:\n"));
    let job = &jobs(&ci)["dependencies"];
    for lock in ["--locked", "--manifest-path fuzz/Cargo.toml"] {
        let command = format!("cargo deny {lock} check");
        let run = job.lines().find(|line| line.contains(&command));
        let run = run.unwrap_or_else(|| panic!("{command}"));
        let all = run.ends_with("check --hide-inclusion-graph");
        assert!(all || run.contains("advisories"), "{run}");
    }
}
