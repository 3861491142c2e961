//! What `eprospera schema` says about a run: every run of every test is held against it, so that no exit code,
//! no error and no answer of a command can be another than the document promises.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};

use boon::{Compiler, SchemaIndex, Schemas};
use eprospera::cli::command_path;
use serde_json::Value;

use crate::run::Output;
use crate::world::program;

/// The name of the schema of errors among those of commands, none of which has this name.
const ERROR: &str = "error ";

/// Exit codes above this are those of signals.
const LAST_OWN_CODE: i32 = 127;

/// Options with which stdout has a part of the answer, another form of it, or help.
const OTHER_FORMS: [&str; 8] = [
    "--jq",
    "--fields",
    "--help",
    "-h",
    "--version",
    "--report",
    "-i",
    "--include",
];

/// The whole document.
pub(crate) fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let mut command = Command::new(program());
        let run = command.arg("schema").env_clear().output().unwrap();
        serde_json::from_slice(&run.stdout).unwrap()
    })
}

/// The part of the document about a command.
pub(crate) fn described(path: &str) -> Option<&'static Value> {
    let commands = document()["commands"].as_array().unwrap();
    commands.iter().find(|command| command["name"] == path)
}

/// The schemas of all answers, compiled once.
struct Compiled {
    schemas: Schemas,
    by_command: BTreeMap<String, SchemaIndex>,
}

fn compiled() -> &'static Mutex<Compiled> {
    static COMPILED: OnceLock<Mutex<Compiled>> = OnceLock::new();
    COMPILED.get_or_init(|| {
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        let mut schemas = Schemas::new();
        let commands = document()["commands"].as_array().unwrap();
        let answers = commands
            .iter()
            .filter(|command| !command["output"].is_null())
            .map(|command| (command["name"].as_str().unwrap(), &command["output"]));
        let all = answers.chain([(ERROR, &document()["error"])]);
        let by_command = all.map(|(name, schema)| {
            let url = format!("https://schema.example/{}.json", name.replace(' ', "/"));
            compiler.add_resource(&url, schema.clone()).unwrap();
            let index = compiler.compile(&url, &mut schemas);
            (
                name.to_owned(),
                index.unwrap_or_else(|error| panic!("{name}: {error:#}")),
            )
        });
        let by_command = by_command.collect();
        Mutex::new(Compiled {
            schemas,
            by_command,
        })
    })
}

/// Fails where an answer is not what the document says about the command's.
pub(crate) fn fits(command: &str, answer: &Value) {
    let compiled = compiled().lock().unwrap_or_else(PoisonError::into_inner);
    let Some(index) = compiled.by_command.get(command) else {
        panic!("`eprospera schema` says that `{command}` has no answer in JSON: {answer:#}");
    };
    if let Err(error) = compiled.schemas.validate(answer, *index) {
        panic!("an answer of `{command}` is not as `eprospera schema` says: {error:#}\n{answer:#}");
    }
}

/// Fails where a run is not what the document says about its command.
pub(crate) fn check(arguments: &[OsString], output: &Output) {
    let line: Vec<_> = ["eprospera".into()]
        .iter()
        .chain(arguments)
        .cloned()
        .collect();
    let path = command_path(&line).join(" ");
    let Some(command) = described(&path) else {
        return;
    };
    let words: Vec<_> = arguments
        .iter()
        .map(|word| word.to_string_lossy())
        .collect();
    let own = words.split(|word| word == "--").next().unwrap_or_default();
    let runs_command = command["runs_command"] == true;
    let codes = command["exit_codes"].as_array().unwrap();
    let is_listed = codes.iter().any(|row| row["code"] == output.code);
    let is_signal = output.code > LAST_OWN_CODE;
    assert!(
        is_listed || is_signal || runs_command,
        "`eprospera schema` says that `{path}` never ends with {}; give it a `Use` in src/schema/facts.rs: {output:#?}",
        output.code
    );
    if runs_command {
        return;
    }
    let errors = output
        .stderr
        .lines()
        .filter(|line| line.starts_with("{\"error\":{"));
    for error in errors.filter_map(|line| serde_json::from_str(line).ok()) {
        fits(ERROR, &error);
    }
    // The body of a portal is the portal's, and tests have portals that answer anything.
    let is_own = command["routes"].as_array().unwrap().is_empty();
    let is_other = |word: &str| {
        OTHER_FORMS
            .iter()
            .any(|form| word == *form || word.starts_with(&format!("{form}=")))
    };
    let is_whole = !own.iter().any(|word| is_other(word));
    let is_left_out = ["api", "introspect"].contains(&path.as_str());
    if is_own
        && is_whole
        && !is_left_out
        && let Ok(answer @ (Value::Object(_) | Value::Array(_))) =
            serde_json::from_str(&output.stdout)
    {
        fits(&path, &answer);
    }
}
