//! `eprospera schema`: the whole command line for programs, frozen in `docs/schema.json`. `UPDATE=1` rewrites it.

use std::collections::BTreeSet;
use std::path::Path;

use clap::{Arg, ArgAction, Command, CommandFactory as _};
use eprospera::cli::{Cli, examples_of};
use eprospera::env::{SECRETS, VARIABLES};
use serde_json::{Value, json};

use crate::described::{described, document};
use crate::world::{World, write};

const DOCUMENT: &str = "docs/schema.json";

/// Compares a file with what it has to be, or makes it so.
pub(super) fn is_as_it_was(path: &str, now: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::vars_os().any(|(name, value)| name == "UPDATE" && value == "1") {
        write(&file, now.as_bytes());
    }
    assert!(
        std::fs::read_to_string(&file).unwrap_or_default() == now,
        "{path} is stale: run `UPDATE=1 cargo test --test it cli::schema` and read the diff"
    );
}

fn printed(arguments: &[&str]) -> Value {
    World::new()
        .run(&[&["schema"], arguments].concat())
        .succeeds()
        .json()
}

#[test]
fn the_document_is_as_it_was_agreed() {
    let world = World::new();
    let run = world.run(&["schema"]).succeeds();
    assert_eq!(run.stderr, "");
    is_as_it_was(DOCUMENT, &run.stdout);
}

/// Every visible command with its path.
fn commands() -> Vec<(String, Command)> {
    fn walk(path: &str, command: &Command, found: &mut Vec<(String, Command)>) {
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            let path = format!("{path} {}", sub.get_name()).trim().to_owned();
            found.push((path.clone(), sub.clone()));
            walk(&path, sub, found);
        }
    }
    let mut root = Cli::command();
    root.build();
    let mut found = Vec::new();
    walk("", &root, &mut found);
    found
}

fn names(list: &Value) -> BTreeSet<String> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn every_command_option_argument_and_example_is_in_it() {
    let paths: BTreeSet<_> = commands().into_iter().map(|(path, _)| path).collect();
    assert_eq!(names(&document()["commands"]), paths);
    for (path, command) in commands() {
        let described = described(&path).unwrap();
        let is_help = |one: &&Arg| matches!(one.get_action(), ArgAction::Help | ArgAction::Version);
        let own = command
            .get_arguments()
            .filter(|one| !one.is_global_set() && !is_help(one));
        let options = own
            .filter_map(Arg::get_long)
            .map(|long| format!("--{long}"));
        assert_eq!(names(&described["options"]), options.collect(), "{path}");
        let arguments = described["arguments"].as_array().unwrap().len();
        assert_eq!(arguments, command.get_positionals().count(), "{path}");
        assert_eq!(described["examples"], json!(examples_of(&path)), "{path}");
        assert!(!examples_of(&path).is_empty(), "{path}");
        assert!(
            described["group"].is_string() && described["summary"].is_string(),
            "{path}"
        );
    }
    let root = Cli::command();
    let globals = root.get_arguments().filter(|one| one.is_global_set());
    let globals = globals
        .filter_map(Arg::get_long)
        .map(|long| format!("--{long}"));
    assert_eq!(names(&document()["options"]), globals.collect());
}

#[test]
fn every_variable_exit_code_and_scope_is_in_it() {
    let variables = document()["environment"].as_array().unwrap();
    assert_eq!(variables.len(), VARIABLES.len());
    for variable in VARIABLES {
        let row = variables
            .iter()
            .find(|row| row["name"] == variable.name)
            .unwrap();
        assert_eq!(row["description"], variable.meaning);
        assert_eq!(row["secret"], SECRETS.contains(&variable.name));
    }
    // What help says in brackets is a variable that there is.
    let commands = document()["commands"].as_array().unwrap().iter();
    let options = commands.flat_map(|one| one["options"].as_array().unwrap());
    for option in options.chain(document()["options"].as_array().unwrap()) {
        for name in option["environment"].as_array().unwrap() {
            assert!(VARIABLES.iter().any(|one| name == one.name), "{name}");
        }
    }
    let codes: Vec<_> = document()["exit_codes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["code"].as_i64().unwrap())
        .collect();
    assert_eq!(
        codes,
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 130, 143]
    );
    let world = World::new();
    let listed = world.run(&["scopes"]).succeeds().json();
    for row in listed.as_array().unwrap() {
        let scopes = document()["scopes"].as_array().unwrap();
        assert!(
            scopes.iter().any(|scope| scope["name"] == row["scope"]),
            "{row}"
        );
    }
}

#[test]
fn a_command_says_which_scopes_open_it_and_whether_it_needs_a_network() {
    let filings = described("me tax filings").unwrap();
    assert_eq!(
        filings["scopes"],
        json!(["eprospera:person.tax.read", "eprospera:entity.tax.read"])
    );
    assert_eq!(
        filings["routes"][0]["scopes"],
        json!({ "any_of": filings["scopes"] })
    );
    let codes = |path: &str| -> Vec<i64> {
        let rows = described(path).unwrap()["exit_codes"].as_array().unwrap();
        rows.iter()
            .map(|row| row["code"].as_i64().unwrap())
            .collect()
    };
    for (path, is_networked) in [
        ("me tax filings", true),
        ("token", true),
        ("explain", false),
        ("profile list", false),
        ("scopes", false),
        ("schema", false),
        ("sandbox", false),
    ] {
        assert_eq!(described(path).unwrap()["network"], is_networked, "{path}");
        assert_eq!(codes(path).contains(&11), is_networked, "{path}");
    }
    for (path, is_interactive) in [("login", true), ("token", false), ("demo", false)] {
        assert_eq!(
            described(path).unwrap()["interactive"],
            is_interactive,
            "{path}"
        );
    }
    assert!(codes("exec").contains(&127) && !codes("token").contains(&127));
    assert_eq!(
        described("status").unwrap()["network_only_with"],
        json!(["--check"])
    );
}

#[test]
fn an_option_says_all_that_is_defined_about_it() {
    let option = |path: &str, name: &str| {
        let options = match path {
            "" => &document()["options"],
            path => &described(path).unwrap()["options"],
        };
        let found = options
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["name"] == name);
        found.unwrap_or_else(|| panic!("{path} {name}")).clone()
    };
    let slurp = option("api", "--slurp");
    assert_eq!(
        (&slurp["type"], &slurp["requires"]),
        (&json!("flag"), &json!(["--paginate"]))
    );
    assert_eq!(
        option("api", "--paginate")["conflicts_with"],
        json!(["--input", "--include"])
    );
    // Either of two options may say that they exclude each other.
    assert_eq!(
        option("me documents", "--skip-existing")["conflicts_with"],
        json!(["--force"])
    );
    assert_eq!(
        option("me documents", "--force")["requires"],
        json!(["--download"])
    );
    let document = option("me tax download", "--document");
    assert_eq!(document["required"], true);
    assert_eq!(document["accepted_values"], json!(["assessment", "return"]));
    assert_eq!(option("me tax filings", "--year")["type"], "integer");
    assert_eq!(option("sandbox", "--access-ttl")["default"], "1h");
    assert_eq!(option("sandbox", "--access-ttl")["type"], "duration");
    assert_eq!(option("sandbox", "--fault")["repeatable"], true);
    assert_eq!(option("sandbox", "--auto-approve")["value_required"], false);
    let profile = option("", "--profile");
    assert_eq!(profile["environment"], json!(["EPROSPERA_PROFILE"]));
    assert_eq!(
        (&profile["default"], &profile["global"]),
        (&json!("default"), &json!(true))
    );
    assert_eq!(option("", "--verbose")["short"], "-v");
    let command = &described("exec").unwrap()["arguments"][0];
    assert_eq!(command["arity"], json!({ "minimum": 1 }));
}

#[test]
fn a_path_narrows_it_to_one_command_or_a_group() {
    let paths = |arguments: &[&str]| -> Vec<String> {
        let commands = printed(arguments)["commands"].clone();
        let commands = commands.as_array().unwrap().iter();
        commands
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(paths(&["me", "tax", "filings"]), ["me tax filings"]);
    assert_eq!(paths(&["me tax filings"]), ["me tax filings"]);
    assert_eq!(paths(&["me", "profile"]), ["me natural-person"]);
    let group = [
        "me tax",
        "me tax summary",
        "me tax filings",
        "me tax filing",
        "me tax download",
    ];
    assert_eq!(paths(&["me", "tax"]), group);
    let narrow = printed(&["me", "tax", "filings"]);
    let scopes = names(&narrow["scopes"]);
    assert_eq!(scopes.len(), 2, "{scopes:?}");
    assert!(!names(&narrow["environment"]).contains("BROWSER"));
    assert_eq!(narrow["exit_codes"], document()["exit_codes"]);
}

#[test]
fn a_path_that_leads_nowhere_is_a_usage_error_with_the_nearest_command() {
    let world = World::new();
    for (words, hint) in [
        (&["logni"][..], "did you mean `eprospera schema login`?"),
        (
            &["me", "tax", "filngs"],
            "did you mean `eprospera schema me tax filings`?",
        ),
        (&["weather"], "eprospera schema --jq '.commands[].name'"),
        (&["login", "now"], "eprospera schema --jq"),
    ] {
        let run = world
            .run(&[&["schema"], words].concat())
            .exits(2)
            .hinting(hint);
        assert_eq!(run.stdout, "");
    }
}

#[test]
fn it_is_json_whatever_the_format_and_takes_jq_and_fields() {
    let world = World::new();
    let whole = world.run(&["schema", "token"]).succeeds().stdout;
    for arguments in [
        &["--json"][..],
        &["--output", "table"],
        &["--output", "json"],
    ] {
        let run = world
            .run(&[&["schema", "token"], arguments].concat())
            .succeeds();
        assert_eq!(
            serde_json::from_str::<Value>(&run.stdout).unwrap(),
            serde_json::from_str::<Value>(&whole).unwrap()
        );
    }
    let names = world
        .run(&["schema", "--jq", ".commands[].name"])
        .succeeds()
        .stdout;
    assert!(
        names.lines().any(|name| name == "me tax filings"),
        "{names}"
    );
    let fields = world
        .run(&["schema", "--fields", "schema_version,info.version"])
        .succeeds()
        .json();
    assert_eq!(
        fields,
        json!({ "schema_version": 1, "info": { "version": env!("CARGO_PKG_VERSION") } })
    );
}

#[test]
fn it_reads_no_configuration_and_needs_no_home() {
    let world = World::new();
    world.write("config/config.toml", "this is not TOML");
    let run = world.run_in(
        &[("HOME", "/nonexistent"), ("EPROSPERA_STORE", "nonsense")],
        &["schema", "token"],
    );
    run.succeeds();
}
