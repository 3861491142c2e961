//! The commands of the document.

use clap::Command;
use serde_json::{Value, json};

use super::facts::{Facts, facts};
use super::uses::{Use, is_networked, kinds, variables};
use super::{answers, arguments};
use crate::cli::{command_line, examples_of, group_of};
use crate::error::Kind;
use crate::portal::Route;

/// A command and all below it, in the order of the definitions. What is hidden is left out, and so is the program.
pub(super) fn below(command: &Command, path: &[&str]) -> Vec<Value> {
    let own = (!path.is_empty()).then(|| described(command, path));
    let visible = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    let others = visible.flat_map(|sub| below(sub, &[path, &[sub.get_name()]].concat()));
    own.into_iter().chain(others).collect()
}

fn described(command: &Command, path: &[&str]) -> Value {
    let name = path.join(" ");
    let facts = facts(&name);
    let uses = facts.map_or(&[][..], |facts| facts.uses);
    let routes = facts.map_or(&[][..], |facts| facts.routes);
    let groups = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    let subcommands = groups.map(|sub| format!("{name} {}", sub.get_name()));
    arguments::without_empty(json!({
        "name": name,
        "summary": command.get_about().map(ToString::to_string),
        "description": command.get_long_about().map(ToString::to_string),
        "usage": usage(command, path),
        "aliases": command.get_all_aliases().collect::<Vec<_>>(),
        "group": path.first().and_then(|first| group_of(first)),
        "runnable": facts.is_some(),
        "subcommands": subcommands.collect::<Vec<_>>(),
        "options": arguments::options(command),
        "arguments": arguments::positionals(command),
        "environment": facts.map_or_else(Vec::new, |facts| variables(facts.uses)),
        "exit_codes": exit_codes(facts),
        "runs_command": facts.is_some_and(|facts| facts.runs_command),
        "scopes": scopes(routes),
        "routes": routes.iter().map(|route| of_route(route)).collect::<Vec<_>>(),
        "network": is_networked(uses),
        "network_only_with": facts.map_or(&[][..], |facts| facts.network_with),
        "no_network_with": facts.map_or(&[][..], |facts| facts.no_network_with),
        "interactive": uses.contains(&Use::Browser) && name == "login",
        "prompts": facts.map_or(&[][..], |facts| facts.prompts),
        "output": facts.and_then(|facts| answers::of(facts, command)),
        "examples": examples_of(&name),
    }))
}

fn usage(command: &Command, path: &[&str]) -> String {
    let line = command_line(path, &[]);
    let usage = command.clone().bin_name(&line).render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    // Where there are commands below, clap says so in another line.
    usage.lines().next().unwrap_or(usage).trim().to_owned()
}

/// The exit codes with which a command can end. One that only groups others ends with a page or a complaint.
fn exit_codes(facts: Option<&Facts>) -> Vec<Value> {
    let row = |code: u8, name: &str, description: &str| json!({ "code": code, "name": name, "description": description });
    let mut rows = vec![row(0, "ok", "the command did what it was asked to do")];
    let found: Vec<_> = match facts {
        Some(facts) => kinds(facts.uses).collect(),
        None => vec![Kind::Usage],
    };
    let (own, signals): (Vec<_>, Vec<_>) = found.into_iter().partition(|kind| kind.code() < 126);
    let of_kind = |kind: Kind| row(kind.code(), kind.name(), kind.meaning());
    rows.extend(own.into_iter().map(of_kind));
    if facts.is_some_and(|facts| facts.runs_command) {
        rows.push(row(126, "not_executable", "COMMAND could not be run"));
        rows.push(row(127, "command_not_found", "COMMAND was not found"));
    }
    rows.extend(signals.into_iter().map(of_kind));
    rows
}

/// All scopes that a command may need, each once.
fn scopes(routes: &[&Route]) -> Vec<&'static str> {
    let mut names: Vec<_> = routes
        .iter()
        .flat_map(|route| route.scopes)
        .copied()
        .collect();
    let mut seen = Vec::new();
    names.retain(|name| {
        let is_new = !seen.contains(name);
        seen.push(*name);
        is_new
    });
    names
}

/// A route, with the scopes of which one opens it.
fn of_route(route: &Route) -> Value {
    json!({
        "method": "GET",
        "path": route.path,
        "scopes": { "any_of": route.scopes },
        "agent_key_scope": route.agent_scope,
    })
}
