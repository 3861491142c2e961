//! `explain`: a page for each code.

use crate::world::World;

const CODES: [&str; 15] = [
    "failure",
    "usage",
    "login_required",
    "forbidden",
    "not_found",
    "conflict",
    "rate_limited",
    "invalid_request",
    "timeout",
    "network",
    "busy",
    "store",
    "untrusted",
    "interrupted",
    "terminated",
];

#[test]
fn each_error_code_has_a_page_with_causes_and_actions_and_all_are_listed() {
    let world = World::new();
    let listed = world.run(&["explain"]).succeeds().json();
    let listed = listed.as_array().unwrap();
    for code in CODES {
        assert!(listed.iter().any(|row| row["code"] == code), "{code}");
    }
    for row in listed {
        let code = row["code"].as_str().unwrap();
        let page = world.run(&["explain", code, "--json"]).succeeds().json();
        assert_eq!(page["title"], row["title"]);
        assert!(!page["causes"].as_array().unwrap().is_empty(), "{page}");
        assert!(!page["actions"].as_array().unwrap().is_empty(), "{page}");
        let words = world
            .run(&["explain", code, "--output", "table"])
            .succeeds();
        assert!(words.stdout.contains("What to do"), "{words:#?}");
    }
}

#[test]
fn an_exit_code_explains_its_error() {
    let world = World::new();
    let page = world.run(&["explain", "3"]).succeeds().json();
    assert_eq!(page["code"], "login_required");
    assert_eq!(page["exit_code"], 3);
}

#[test]
fn an_unknown_code_names_the_nearest_one() {
    let world = World::new();
    for (given, near) in [
        ("login-requird", "`login_required`"),
        ("404", "`eprospera explain not_found`"),
        ("503", "`eprospera explain failure`"),
        ("LOGIN_REQUIRED", "`login_required`"),
    ] {
        let error = world.run(&["explain", given]).exits(2).error();
        let hint = error["hint"].as_str().unwrap();
        assert!(hint.contains(near), "{given}: {error}");
        assert!(hint.contains("`eprospera explain`"), "{given}: {error}");
    }
    for given in ["", " ", "weather", "\u{1b}[31m", "99999999999999999999"] {
        let error = world.run(&["explain", given]).exits(2).error();
        assert_eq!(error["code"], "usage", "{given:?}");
        assert!(
            !error["hint"].as_str().unwrap().contains("did you mean"),
            "{error}"
        );
    }
}

#[test]
fn it_needs_no_home_and_no_configuration() {
    let mut world = World::new();
    world.write("config/config.toml", "= broken");
    world.unset("HOME");
    world.run(&["explain", "store"]).succeeds();
    assert!(!world.path("state").exists());
}
