//! What holds for every run: the shape of the answer, what is skipped, and that nothing is changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::examine;
use crate::world::World;

const GROUPS: [&str; 11] = [
    "program", "settings", "folders", "store", "clock", "network", "provider", "client", "session",
    "opener", "terminal",
];

/// A user in whose world nothing is wrong but that there is no browser.
fn well() -> World {
    World::signed_in()
}

fn rows(document: &Value) -> Vec<Value> {
    document["checks"].as_array().unwrap().clone()
}

#[test]
fn each_check_is_an_object_of_six_keys_and_the_groups_come_in_their_order() {
    let document = examine(&well(), &[]).succeeds().json();
    assert_eq!(document["ok"], true);
    let rows = rows(&document);
    let mut groups: Vec<_> = rows
        .iter()
        .map(|row| row["group"].as_str().unwrap())
        .collect();
    for row in &rows {
        assert_eq!(row.as_object().unwrap().len(), 6, "{row}");
        assert!(["ok", "warning", "failed", "skipped"].contains(&row["state"].as_str().unwrap()));
        let id = row["id"].as_str().unwrap();
        assert!(id.starts_with(row["group"].as_str().unwrap()), "{row}");
        assert!(
            row["code"].is_string() && row["message"].is_string(),
            "{row}"
        );
        assert!(row["fix"].is_null() || row["fix"].is_string(), "{row}");
        assert!(!row["message"].as_str().unwrap().ends_with('.'), "{row}");
    }
    groups.dedup();
    assert_eq!(groups, GROUPS);
}

#[test]
fn only_some_groups_can_be_looked_at_and_without_the_network_the_rest_is_skipped() {
    let world = well();
    let document = examine(&world, &["--only", "store,terminal"])
        .succeeds()
        .json();
    let groups = rows(&document);
    assert!(groups.iter().all(|row| {
        ["store", "terminal"]
            .iter()
            .any(|group| row["group"] == *group)
    }));
    let before = world.sandbox().request_log().len();
    let document = examine(&world, &["--offline"]).succeeds().json();
    assert_eq!(world.sandbox().request_log().len(), before);
    let skipped: Vec<_> = rows(&document);
    for group in ["clock", "network", "provider"] {
        let row = skipped.iter().find(|row| row["group"] == group).unwrap();
        assert_eq!(
            (&row["state"], &row["code"]),
            (&"skipped".into(), &"offline".into())
        );
        assert_eq!(row["message"], "skipped because of `--offline`");
    }
    world.run(&["doctor", "--only", "weather"]).exits(2);
}

/// Every file of a folder with what is in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.insert(path.clone(), Vec::new());
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
    found
}

#[test]
fn nothing_is_stored_sent_or_refreshed() {
    for world in [World::new(), World::signed_in()] {
        if world.path("state").exists() {
            world.expire_access_token();
        }
        let before = files(&world.path(""));
        let tokens = world.events("token").len();
        examine(&world, &[]).succeeds();
        let report = world.run(&["doctor", "--report"]).succeeds();
        assert!(report.stdout.starts_with("### eprospera doctor"));
        assert_eq!(files(&world.path("")), before);
        assert_eq!(world.events("token").len(), tokens);
    }
}

#[test]
fn the_checks_run_against_a_sandbox_when_the_portal_is_away() {
    let mut world = well();
    world.stop_sandbox();
    assert_eq!(examine(&world, &[]).exits(11).json()["ok"], false);
    let document = examine(&world, &["--sandbox"]).succeeds().json();
    assert_eq!(document["ok"], true, "{document:#}");
    let rows = rows(&document);
    let of = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap()["state"].clone();
    for id in [
        "network.answer",
        "provider.keys",
        "client.registration",
        "clock.skew",
    ] {
        assert_eq!(of(id), "ok", "{document:#}");
    }
    assert_eq!(of("session.signed_in"), "skipped");
}

#[test]
fn for_a_person_it_is_quiet_where_all_is_well_and_exact_where_it_is_not() {
    let world = well();
    let flags = [
        "doctor",
        "--output",
        "table",
        "--only",
        "settings,store,network,session",
    ];
    let quiet = world.run(&flags).succeeds().stdout;
    assert_eq!(quiet.lines().count(), 6, "{quiet}");
    assert!(quiet.ends_with("\nNo problems found.\n"), "{quiet}");
    for group in ["✓ Settings", "✓ Store", "✓ Network", "✓ Session"] {
        assert!(quiet.contains(group), "{quiet}");
    }
    let all = world.run(&[&flags[..], &["-v"]].concat()).succeeds().stdout;
    assert!(all.lines().count() > 20, "{all}");
    let broken = world
        .run_in(&[("EPROSPERA_STORE", "vault")], &flags)
        .exits(2);
    assert_eq!(broken.stderr, "");
    let words = broken.stdout;
    assert!(words.contains("✗ Settings   failed\n"), "{words}");
    let fix = if cfg!(windows) {
        "[setting_invalid]\n    $ Remove-Item Env:EPROSPERA_STORE\n"
    } else {
        "[setting_invalid]\n    $ unset EPROSPERA_STORE\n"
    };
    assert!(words.contains(fix), "{words}");
    assert!(words.contains("- Network    skipped"), "{words}");
    assert!(words.contains("1 problem;"), "{words}");
}

#[test]
fn with_json_the_failure_is_an_error_on_stderr_as_well() {
    let world = World::new();
    let output = world.run_in(
        &[("EPROSPERA_STORE", "vault")],
        &["doctor", "--offline", "--json"],
    );
    let output = output.exits(2).because("setting_invalid");
    assert_eq!(output.error()["code"], "usage");
}

#[test]
fn every_code_of_a_finding_is_explained() {
    let world = World::new();
    for code in [
        "clock_skew",
        "store_locked",
        "port_in_use",
        "proxy_unreachable",
        "config_owner",
    ] {
        let page = world
            .run(&["explain", code, "--output", "table"])
            .succeeds()
            .stdout;
        assert!(page.contains(code), "{page}");
    }
}
