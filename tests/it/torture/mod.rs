//! `sandbox torture`: what it says of a good client, of clients with one mistake each, and of what is no
//! client at all.

mod bad_input;
#[cfg(any(target_os = "linux", windows))]
mod left_running;
mod mistakes;

use serde_json::Value;

use crate::run::{Output, Run};
use crate::world::{World, program, program_of_tests};

/// A client that makes the mistakes that it is given.
fn client_program() -> String {
    let program = program_of_tests(env!("CARGO_BIN_EXE_torture-client"));
    program.display().to_string()
}

/// Runs trials for a client that makes mistakes.
fn torture(world: &World, trials: &str, mistakes: &[&str], more: &[&str]) -> Run {
    let client = client_program();
    let setup = format!("{client} sign-in {}", mistakes.join(" "));
    let mut words = vec!["--json", "sandbox", "torture", "--setup", &setup];
    if !trials.is_empty() {
        words.extend(["--only", trials]);
    }
    words.extend(more);
    words.extend(["--", &client, "token"]);
    words.extend(mistakes);
    world.run(&words)
}

fn verdicts(output: &Output) -> Vec<(String, bool, String)> {
    let report: Value = serde_json::from_str(&output.stdout).unwrap();
    let trials = report["trials"].as_array().unwrap().iter();
    trials
        .map(|trial| {
            let text = |key: &str| trial[key].as_str().unwrap().to_owned();
            (text("name"), trial["passed"] == true, text("reason"))
        })
        .collect()
}

/// What the program is called with to keep a session of its own.
fn own() -> (String, [String; 2]) {
    (
        format!("{} login", program()),
        [program(), "token"].map(str::to_owned),
    )
}

#[test]
fn this_program_passes_and_the_report_has_the_shape_that_scripts_rely_on() {
    let world = World::new();
    let (setup, client) = own();
    // Without limits for files, that trial is skipped.
    let (only, count) = if cfg!(unix) {
        let only = "at-expiry-10,answer-cut,killed-after-commit,full-disk,revoked-elsewhere";
        (only, 5)
    } else {
        let only = "at-expiry-10,answer-cut,killed-at-random,killed-after-commit,revoked-elsewhere";
        (only, 5)
    };
    let file = world.path("results.xml").display().to_string();
    let mut words = vec![
        "--json", "sandbox", "torture", "--seed", "7", "--only", only,
    ];
    words.extend([
        "--junit", &file, "--setup", &setup, "--", &client[0], &client[1],
    ]);
    let output = world.run(&words).succeeds();
    let report: Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(
        (&report["score"], &report["of"]),
        (&count.into(), &count.into()),
        "{report:#}"
    );
    for trial in report["trials"].as_array().unwrap() {
        assert_eq!(trial["passed"], true, "{trial:#}");
        assert_eq!(trial["seed"], 7);
        assert!(!trial["reason"].as_str().unwrap().is_empty());
    }
    let names = |trial: &Value| trial["name"].as_str().unwrap().to_owned();
    let names: Vec<_> = report["trials"]
        .as_array()
        .unwrap()
        .iter()
        .map(names)
        .collect();
    assert_eq!(names.join(","), only, "in the order of the list");

    let xml = std::fs::read_to_string(world.path("results.xml")).unwrap();
    let document = roxmltree::Document::parse(&xml).unwrap();
    let suites = document.root_element();
    assert_eq!(suites.tag_name().name(), "testsuites");
    let suite = suites.first_element_child().unwrap();
    assert_eq!(suite.attribute("tests"), Some(count.to_string().as_str()));
    assert_eq!(suite.attribute("failures"), Some("0"));
    let cases = suite
        .children()
        .filter(|node| node.has_tag_name("testcase"));
    let cases: Vec<_> = cases.map(|case| case.attribute("name").unwrap()).collect();
    assert_eq!(cases.join(","), only);
}

#[test]
fn the_list_has_at_least_24_trials_with_a_sentence_for_each_column() {
    let world = World::new();
    let output = world
        .run(&["--json", "sandbox", "torture", "--list"])
        .succeeds();
    let list: Value = serde_json::from_str(&output.stdout).unwrap();
    let trials = list["trials"].as_array().unwrap();
    assert!(trials.len() >= 24);
    let words = world
        .run(&["--output", "table", "sandbox", "torture", "--list"])
        .succeeds();
    for trial in trials {
        for key in ["does", "shows", "because"] {
            assert!(trial[key].as_str().unwrap().ends_with('.'), "{trial:#}");
        }
        assert!(words.stdout.contains(trial["name"].as_str().unwrap()));
    }
}
