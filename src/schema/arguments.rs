//! Options and arguments, as clap has them.

use std::any::TypeId;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, ValueHint};
use serde_json::{Map, Value, json};

use crate::output;

/// Values to try on an option whose own are not listed.
const SAMPLES: [&str; 6] = [
    "1",
    "2025",
    "x",
    ".",
    "127.0.0.1:0",
    "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44",
];

/// The options of every command.
pub(super) fn global_options(root: &Command) -> Vec<Value> {
    let globals = root.get_arguments().filter(|one| one.is_global_set());
    globals.map(|one| option(one, root)).collect()
}

/// The options of one command.
pub(super) fn options(command: &Command) -> Vec<Value> {
    let own = command.get_arguments().filter(|one| {
        let is_help = matches!(
            one.get_action(),
            ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong | ArgAction::Version
        );
        !one.is_positional() && !one.is_global_set() && !one.is_hide_set() && !is_help
    });
    own.map(|one| option(one, command)).collect()
}

/// The arguments of one command, in their order.
pub(super) fn positionals(command: &Command) -> Vec<Value> {
    let visible = command.get_positionals().filter(|one| !one.is_hide_set());
    visible.map(positional).collect()
}

/// Leaves out what the draft has only where there is something to say: its types allow no null.
pub(super) fn without_empty(mut row: Value) -> Value {
    if let Some(members) = row.as_object_mut() {
        for key in ["summary", "description", "group"] {
            if members.get(key).is_some_and(Value::is_null) {
                members.remove(key);
            }
        }
    }
    row
}

fn option(option: &Arg, command: &Command) -> Value {
    let (description, marks) = help(option);
    let takes_values = option.get_action().takes_values();
    let names = option.get_value_names().filter(|_| takes_values);
    let is_repeatable = matches!(option.get_action(), ArgAction::Append | ArgAction::Count);
    let mut row = json!({
        "name": option.get_long().map(|long| format!("--{long}")),
        "short": option.get_short().map(|short| format!("-{short}")),
        "aliases": option.get_all_aliases().unwrap_or_default(),
        "description": description,
        "group": option.get_help_heading(),
        "global": option.is_global_set(),
        "value_name": names.and_then(|names| names.first()).map(ToString::to_string),
        "type": kind(option),
        "value_required": takes_values && option.get_num_args().is_none_or(|range| range.min_values() > 0),
        "default": default(option).or(marks.default),
        "environment": marks.environment,
        "repeatable": is_repeatable || option.get_value_delimiter().is_some(),
        "required": option.is_required_set(),
        "conflicts_with": conflicts(option, command),
        "requires": requires(option, command),
    });
    add_values(&mut row, option);
    without_empty(row)
}

fn positional(argument: &Arg) -> Value {
    let (description, marks) = help(argument);
    let range = argument.get_num_args();
    let least = match range.map(|range| range.min_values()) {
        _ if !argument.is_required_set() => 0,
        Some(least) => least.max(1),
        None => 1,
    };
    let many = matches!(argument.get_action(), ArgAction::Append);
    let most = match range.map(|range| range.max_values()) {
        Some(usize::MAX) => None,
        None if many => None,
        Some(most) => Some(most.max(1)),
        None => Some(1),
    };
    let mut arity = json!({ "minimum": least });
    if let Some(most) = most {
        arity["maximum"] = json!(most);
    }
    let mut row = json!({
    "name": label(argument),
    "description": description,
    "type": kind(argument),
    "required": argument.is_required_set(),
    "arity": arity,
    "default": default(argument).or(marks.default),
        });
    add_values(&mut row, argument);
    without_empty(row)
}

/// Adds the values that there are, and what each means.
fn add_values(row: &mut Value, argument: &Arg) {
    let values = argument.get_possible_values();
    let values = values.iter().filter(|value| !value.is_hide_set());
    if !argument.get_action().takes_values() {
        return;
    }
    let mut names = Vec::new();
    let mut meanings = Map::new();
    for value in values {
        names.push(value.get_name().to_owned());
        if let Some(help) = value.get_help() {
            meanings.insert(value.get_name().to_owned(), help.to_string().into());
        }
    }
    if !names.is_empty() {
        row["accepted_values"] = json!(names);
    }
    if !meanings.is_empty() {
        row["value_descriptions"] = meanings.into();
    }
}

/// What a value is, in one word.
fn kind(argument: &Arg) -> &'static str {
    match argument.get_action() {
        ArgAction::SetTrue | ArgAction::SetFalse => return "flag",
        ArgAction::Count => return "count",
        _ => {}
    }
    let parser = argument.get_value_parser().type_id();
    let is = |id: TypeId| parser == id;
    if !argument.get_possible_values().is_empty() {
        "enum"
    } else if is(TypeId::of::<Duration>()) {
        "duration"
    } else if is(TypeId::of::<u8>()) || is(TypeId::of::<u16>()) || is(TypeId::of::<u32>()) {
        "integer"
    } else if is(TypeId::of::<output::Filter>()) {
        "jq"
    } else if is(TypeId::of::<output::Fields>()) {
        "fields"
    } else if matches!(argument.get_value_hint(), ValueHint::CommandWithArguments) {
        "command"
    } else if is(TypeId::of::<PathBuf>())
        || matches!(
            argument.get_value_hint(),
            ValueHint::FilePath | ValueHint::DirPath
        )
    {
        "path"
    } else {
        debug_assert!(is(TypeId::of::<String>()) || is(TypeId::of::<OsString>()));
        "string"
    }
}

fn default(argument: &Arg) -> Option<String> {
    let values = argument.get_default_values().iter();
    let values: Vec<_> = values.map(|value| value.to_string_lossy()).collect();
    let has_value = argument.get_action().takes_values() && !values.is_empty();
    has_value.then(|| values.join(" "))
}

/// What a help text says in brackets.
#[derive(Default)]
struct Marks {
    environment: Vec<String>,
    default: Option<String>,
}

/// The help of an argument, without what it says in brackets, and that.
fn help(argument: &Arg) -> (String, Marks) {
    let text = argument.get_long_help().or_else(|| argument.get_help());
    let mut text = text.map(ToString::to_string).unwrap_or_default();
    let mut marks = Marks::default();
    if let Some(names) = take(&mut text, " [env: ") {
        marks.environment = names.split(", ").map(str::to_owned).collect();
    }
    marks.default = take(&mut text, " [default: ");
    (text, marks)
}

/// Takes out the brackets behind a mark, with their content.
fn take(text: &mut String, mark: &str) -> Option<String> {
    let start = text.find(mark)?;
    let end = start + text[start..].find(']')?;
    let inner = text[start + mark.len()..end].to_owned();
    text.replace_range(start..=end, "");
    Some(inner)
}

/// How a person writes an argument.
fn label(argument: &Arg) -> String {
    match (argument.get_long(), argument.get_value_names()) {
        (Some(long), _) => format!("--{long}"),
        (None, Some([name, ..])) => name.to_string(),
        (None, _) => argument.get_id().as_str().to_uppercase(),
    }
}

/// What cannot be given together with an option, whichever of the two says so.
fn conflicts(option: &Arg, command: &Command) -> Vec<String> {
    let names = |of: &Arg| command.get_arg_conflicts_with(of);
    let own = names(option);
    let is_other = |other: &&Arg| {
        own.iter().any(|one| one.get_id() == other.get_id())
            || names(other)
                .iter()
                .any(|one| one.get_id() == option.get_id())
    };
    let others = command
        .get_arguments()
        .filter(|other| other.get_id() != option.get_id());
    others.filter(is_other).map(label).collect()
}

/// What has to be given together with an argument. clap tells it only to those who leave it out.
fn requires(argument: &Arg, command: &Command) -> Vec<String> {
    let without = missing(command, &[]).unwrap_or_default();
    let mut found = values_for(argument)
        .into_iter()
        .filter_map(|words| missing(command, &words));
    let with = found.next().unwrap_or_default();
    let own = label(argument);
    let is_required = |name: &String| !without.contains(name) && *name != own;
    with.into_iter().filter(is_required).collect()
}

/// Command lines with an argument.
fn values_for(argument: &Arg) -> Vec<Vec<String>> {
    let name = argument.get_long().map(|long| format!("--{long}"));
    if !argument.get_action().takes_values() {
        return vec![name.into_iter().collect()];
    }
    let known: Vec<_> = argument.get_possible_values();
    let known = known.iter().map(|value| value.get_name().to_owned());
    let samples = known.chain(SAMPLES.map(str::to_owned));
    let name = name.unwrap_or_default();
    samples
        .map(|value| vec![format!("{name}={value}")])
        .collect()
}

/// What is missing on a command line; `None` where something else is wrong with it.
fn missing(command: &Command, words: &[String]) -> Option<Vec<String>> {
    let command = command.clone().no_binary_name(true);
    match command.try_get_matches_from(words) {
        Ok(_) => Some(Vec::new()),
        Err(error) if error.kind() == ErrorKind::MissingRequiredArgument => {
            let Some(ContextValue::Strings(names)) = error.get(ContextKind::InvalidArg) else {
                return Some(Vec::new());
            };
            let bare = |name: &String| {
                let first = name.split([' ', '=']).next().unwrap_or_default();
                first.trim_matches(['<', '>', '[', ']', '.']).to_owned()
            };
            Some(names.iter().map(bare).collect())
        }
        Err(_) => None,
    }
}
