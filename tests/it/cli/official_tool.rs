//! What people type who come from the official Node tool, as the page about it lists it.

use std::path::Path;

use crate::world::World;

/// The first id of a filing and of an entity of the resident, where the page has an invented one.
struct Ids {
    filing: String,
    entity: String,
}

/// The rows of the table of commands: what was typed there, and what is said of it.
fn rows() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/from-the-official-tool.md");
    let page = std::fs::read_to_string(path).unwrap();
    let rows = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `eprospera "));
    let rows = rows.map(|row| {
        let (old, new) = row.split_once("` | ").unwrap();
        (
            old.to_owned(),
            new.trim_end_matches(" |").replace("\\|", "|"),
        )
    });
    let rows: Vec<_> = rows.collect();
    assert!(rows.len() > 40, "{}", rows.len());
    rows
}

fn words(line: &str, ids: &Ids) -> Vec<String> {
    let words = shlex::split(line).unwrap().into_iter();
    words
        .map(|word| match word.as_str() {
            "4b1f0c8e" => ids.entity.clone(),
            "0f3d7c1e" => ids.filing.clone(),
            _ => word,
        })
        .collect()
}

fn run(world: &World, words: &[String]) -> crate::run::Run {
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    world.run(&words)
}

#[test]
fn a_command_of_the_official_tool_that_works_gives_what_its_own_name_gives() {
    let world = World::new();
    world.login_with(&["--scopes-all"]).succeeds();
    let id = |line: &[&str]| world.run(line).succeeds().stdout.trim().to_owned();
    let ids = Ids {
        filing: id(&["me", "tax", "filings", "--jq", ".data[0].id"]),
        entity: id(&["me", "legal-entities", "--jq", ".data[0].id"]),
    };
    let mut compared = 0;
    for (old, new) in rows() {
        // A login and a logout change the session, and a download is there already the second time.
        if !new.starts_with("works")
            || ["auth login", "auth logout"]
                .iter()
                .any(|it| old.starts_with(it))
        {
            continue;
        }
        let old = words(&old, &ids);
        let own = new
            .strip_prefix("works: `eprospera ")
            .map(|own| own.trim_end_matches('`'));
        let mut own = words(own.unwrap_or_default(), &ids);
        if own.is_empty() {
            own.clone_from(&old);
        }
        let mut typed = old.clone();
        if old[1] == "download" {
            let folder = world.path("papers").display().to_string();
            own.extend(["--download".to_owned(), folder.clone()]);
            run(&world, &own).succeeds();
            typed.extend(["--download", &folder, "--yes"].map(str::to_owned));
            own.push("--force".to_owned());
        }
        let expected = run(&world, &own).succeeds().stdout;
        let got = run(&world, &typed).succeeds().stdout;
        // Links to files are made anew for each request.
        let stable = |text: &str| text.split('?').next().unwrap().len();
        if old[1] == "id-verification" || old.contains(&"documents".to_owned()) {
            assert_eq!(stable(&got), stable(&expected), "{old:?}");
        } else {
            assert_eq!(got, expected, "{old:?}");
        }
        compared += 1;
    }
    assert!(compared >= 12, "{compared}");
    world.run(&["--yes", "auth", "logout"]).succeeds();
    world.run(&["status"]).exits(3);
}

#[test]
fn a_command_of_the_official_tool_that_does_not_work_ends_in_2_with_one_line_that_does() {
    let mut world = World::new();
    world.set("EPROSPERA_TOKEN", "ak-canary");
    let body = world.write("a.json", "{}").display().to_string();
    let ids = Ids {
        filing: "0f3d7c1e".to_owned(),
        entity: "4b1f0c8e".to_owned(),
    };
    let mut requests = 0;
    for (old, new) in rows() {
        if new.starts_with("works") {
            continue;
        }
        let new = new.trim_matches('`');
        let output = run(&world, &words(&old, &ids)).exits(2);
        assert_eq!(output.stdout, "", "{old}");
        let error = output.error();
        assert_eq!(error["code"], "usage", "{old}");
        let hint = error["hint"].as_str().unwrap();
        assert!(hint.starts_with(&format!("use `{new}`")), "{old}: {hint}");
        // A person at a terminal sees a line for the command, and one for what to use.
        let shown = words(&old, &ids);
        let shown = run(
            &world,
            &[vec!["--output".to_owned(), "table".to_owned()], shown].concat(),
        );
        let shown = shown.exits(2).stderr;
        let shown: Vec<_> = shown.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(shown.len(), 2, "{old}: {shown:?}");
        let (stdin, line) = match new.strip_prefix("echo '{}' | ") {
            Some(line) => ("{}\n", line),
            None => ("", new),
        };
        let line = line.strip_prefix("eprospera ").unwrap();
        if !line.starts_with("api ") {
            continue;
        }
        let mut line = words(line, &ids);
        for word in &mut line {
            if word == "a.json" {
                word.clone_from(&body);
            }
        }
        let line: Vec<_> = line.iter().map(String::as_str).collect();
        // The sandbox has no such route: that it says so means that the request was well formed.
        let output = world.run_with_stdin(&line, stdin).exits(5);
        assert_eq!(output.error()["http_status"], 404, "{new}");
        requests += 1;
    }
    assert!(requests >= 22, "{requests}");
}

#[test]
fn a_key_that_was_typed_is_neither_used_nor_shown() {
    let world = World::new();
    for line in [
        &[
            "--api-key",
            "ak-canary",
            "entity",
            "verify",
            "80000000000012",
        ][..],
        &["me", "profile", "--api-key=ak-canary", "-vv"],
        &[
            "--json",
            "--api-key",
            "ak-canary",
            "auth",
            "login",
            "--agent-key",
        ],
    ] {
        let output = world.run(line).exits(2);
        assert!(
            output.error()["hint"]
                .as_str()
                .unwrap()
                .contains("EPROSPERA_TOKEN_FILE")
        );
        assert!(
            !output.stderr.contains("canary") && output.stdout.is_empty(),
            "{output:#?}"
        );
    }
    assert!(world.sandbox().request_log().is_empty());
}

#[test]
fn a_variable_of_the_official_tool_is_not_passed_over_in_silence() {
    let mut world = World::new();
    let key = [("EPROSPERA_API_KEY", "ak-canary")];
    let output = world.run_in(&key, &["me", "residency"]).exits(3);
    let hint = output.error()["hint"].as_str().unwrap().to_owned();
    assert!(hint.contains("the key in EPROSPERA_API_KEY"), "{hint}");
    assert!(!output.stderr.contains("canary"), "{output:#?}");

    // An issuer that was chosen here counts.
    let staging = [("EPROSPERA_ENV", "staging")];
    world.run_in(&staging, &["status"]).exits(3);
    world.unset_settings();
    for (variables, name) in [
        (staging, "EPROSPERA_PROFILE=staging"),
        (
            [(
                "EPROSPERA_BASE_URL",
                "https://staging-portal.eprospera.com/",
            )],
            "EPROSPERA_ISSUER",
        ),
    ] {
        let output = world.run_in(&variables, &["me", "residency"]).exits(2);
        let hint = output.error()["hint"].as_str().unwrap().to_owned();
        assert!(hint.contains(name), "{hint}");
    }
    // What the last login used was not chosen for this command.
    let mut signed_in = World::signed_in();
    signed_in.unset_settings();
    signed_in.run(&["status"]).succeeds();
    let other = [(
        "EPROSPERA_BASE_URL",
        "https://staging-portal.eprospera.com/",
    )];
    signed_in.run_in(&other, &["whoami"]).exits(2);
    let same = [("EPROSPERA_BASE_URL", "https://portal.eprospera.com/")];
    world.run_in(&same, &["status"]).exits(3);
    world
        .run_in(&staging, &["--profile", "staging", "status"])
        .exits(3);
}
