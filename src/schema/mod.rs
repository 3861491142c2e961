//! The whole command line as one JSON document, for programs: what `eprospera schema` prints.
//!
//! Made when it is asked for, from the definitions of the command line and the tables that the program itself works
//! with. Its shape is that of the `OpenCLI` draft (<https://opencli.org>) where that fits; names of commands are whole paths,
//! and keys are written as in all JSON of this program. It does not know who prints it.

mod answers;
mod arguments;
mod commands;
mod facts;
mod uses;

use clap::{Command, CommandFactory as _};
use serde_json::{Value, json};

use crate::cli::Cli;
use crate::env;
use crate::error::Kind;
use crate::provider;

/// Raised with each change after which a reader of the document has to be changed.
const SCHEMA_VERSION: u32 = 1;

/// The version of the draft whose names are used.
const OPENCLI: &str = "0.1";

/// The document about the command at a path and those below it; about all of them with an empty path.
/// Where a word names no command, its place in the path.
pub(crate) fn document(path: &[&str]) -> Result<Value, usize> {
    let mut root = Cli::command();
    root.build();
    let mut command = &root;
    let mut names = Vec::new();
    for (index, word) in path.iter().enumerate() {
        command = command.find_subcommand(word).ok_or(index)?;
        names.push(command.get_name());
    }
    let commands = commands::below(command, &names);
    let is_whole = path.is_empty();
    let is_read =
        |name: &str| is_whole || commands.iter().any(|one| lists(one, "environment", name));
    let is_asked = |name: &str| is_whole || commands.iter().any(|one| lists(one, "scopes", name));
    let environment: Vec<_> = variables()
        .filter(|(name, _)| is_read(name))
        .map(|(_, row)| row)
        .collect();
    let scopes: Vec<_> = scopes()
        .filter(|(name, _)| is_asked(name))
        .map(|(_, row)| row)
        .collect();
    Ok(json!({
        "opencli": OPENCLI,
        "schema_version": SCHEMA_VERSION,
        "info": info(&root),
        "options": arguments::global_options(&root),
        "environment": environment,
        "exit_codes": exit_codes(),
        "scopes": scopes,
        "error": answers::error(),
        "commands": commands,
    }))
}

/// Whether a list of a command has a word.
fn lists(command: &Value, key: &str, word: &str) -> bool {
    let list = command[key].as_array();
    list.is_some_and(|list| list.iter().any(|item| item == word))
}

fn info(root: &Command) -> Value {
    json!({
        "title": root.get_name(),
        "version": env!("CARGO_PKG_VERSION"),
        "summary": root.get_about().map(ToString::to_string),
        "license": { "identifier": env!("CARGO_PKG_LICENSE") },
    })
}

fn variables() -> impl Iterator<Item = (&'static str, Value)> {
    env::VARIABLES.iter().map(|variable| {
        let row = json!({
            "name": variable.name,
            "description": variable.meaning,
            "secret": env::SECRETS.contains(&variable.name),
        });
        (variable.name, row)
    })
}

/// Every exit code, that of success first.
fn exit_codes() -> Vec<Value> {
    let row = |code: u8, name: &str, description: &str, retryable: bool| json!({ "code": code, "name": name, "description": description, "retryable": retryable });
    let ok = row(0, "ok", "the command did what it was asked to do", false);
    let kinds = Kind::ALL.map(|kind| {
        row(
            kind.code(),
            kind.name(),
            kind.meaning(),
            kind.is_retryable(),
        )
    });
    [ok].into_iter().chain(kinds).collect()
}

fn scopes() -> impl Iterator<Item = (&'static str, Value)> {
    let providers = provider::ALL.into_iter();
    providers.flat_map(|provider| {
        provider.scopes.iter().map(|scope| {
            let mut defaults = provider.default_scopes.split_whitespace();
            let row = json!({
                "name": scope.name,
                "short": scope.short(),
                "provider": provider.name,
                "opens": scope.opens,
                "default": defaults.any(|name| name == scope.name),
            });
            (scope.name, row)
        })
    })
}
