//! The `eprospera api` line that does what a command of the official tool did.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::table::{Becomes, GlobalOption, Key, OfficialCommand, Request};
use super::typed::Typed;
use crate::cli::{built, is_option_of};
use crate::files::quoted;

/// What is left as it is in a part of a path.
const PART_OF_A_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The words about the key of most routes.
pub(super) const WITH_A_KEY: &str = ", with an API key in EPROSPERA_TOKEN";

/// Which credential the line needs.
pub(super) fn key(key: Key) -> &'static str {
    match key {
        Key::AgentOrStandard => WITH_A_KEY,
        Key::Standard => ", with a standard API key (sk-) in EPROSPERA_TOKEN",
        Key::None => ", signed in or with an API key in EPROSPERA_TOKEN",
    }
}

/// The line, as a person can paste it.
pub(super) fn of(request: &Request, official: &OfficialCommand, typed: &Typed) -> String {
    let is_of_command = typed
        .official()
        .is_some_and(|typed| std::ptr::eq(typed, official));
    let arguments = if is_of_command {
        typed.words.get(official.words.len()..).unwrap_or_default()
    } else {
        &[]
    };
    let mut words = vec!["eprospera".to_owned(), "api".to_owned()];
    if request.method != "GET" {
        words.push(request.method.to_owned());
    }
    words.push(quoted(path(request.path, official, arguments)));
    if let Some(field) = request.field {
        let placeholder = official.arguments.first().copied().unwrap_or_default();
        let value = match arguments {
            [] => placeholder.to_owned(),
            // A search of several words is one argument here, whether it was quoted or not.
            given => given.join(" "),
        };
        words.extend(["-f".to_owned(), assigned(field, &value)]);
    }
    let body = body(official, typed);
    let is_empty_object = request.is_object && body.is_empty();
    words.extend(body);
    if is_empty_object {
        words.extend(["--input", "-"].map(str::to_owned));
    }
    let api = built();
    let api = api.find_subcommand("api");
    for option in &typed.ours {
        let name = option
            .first()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        if api.is_some_and(|api| is_option_of(api, &name)) {
            words.extend(option.iter().map(quoted));
        }
    }
    if typed.has(GlobalOption::DryRun) {
        words.push("--dry-run".to_owned());
    }
    let has_filter = typed.has_ours("--jq");
    if !has_filter && !request.rest.is_empty() {
        words.push(request.rest.to_owned());
    } else if !has_filter && typed.has(GlobalOption::Raw) {
        words.extend(["--jq", "."].map(str::to_owned));
    }
    let line = words.join(" ");
    if is_empty_object {
        format!("echo '{{}}' | {line}")
    } else {
        line
    }
}

/// The path with the arguments that were typed, or the names of those that are missing.
fn path(template: &str, official: &OfficialCommand, arguments: &[String]) -> String {
    let mut path = template.to_owned();
    for (index, name) in official.arguments.iter().enumerate() {
        let part = match arguments.get(index) {
            Some(argument) => utf8_percent_encode(argument, PART_OF_A_PATH).to_string(),
            None => (*name).to_owned(),
        };
        path = path.replace(&format!("{{{index}}}"), &part);
    }
    path
}

/// The words that give the request its body.
fn body(official: &OfficialCommand, typed: &Typed) -> Vec<String> {
    let mut words = Vec::new();
    for option in official.options {
        let given = typed
            .options
            .iter()
            .find(|(given, _)| given.name == option.name);
        // Another spelling of a field that is required fills it.
        let is_filled = || {
            let field = option.becomes.field();
            field.is_some()
                && typed
                    .options
                    .iter()
                    .any(|(given, _)| given.becomes.field() == field)
        };
        let value = match (given, option.required) {
            (Some((_, value)), placeholder) => value.as_deref().or(placeholder).unwrap_or_default(),
            (None, Some(placeholder)) if !is_filled() => placeholder,
            (None, _) => continue,
        };
        match option.becomes {
            Becomes::Field(name) => field(&mut words, "-f", name, value),
            Becomes::True(name) => field(&mut words, "-F", name, "true"),
            Becomes::Object(name) => match serde_json::from_str(value) {
                Ok(object) => fields(&mut words, name, &object),
                Err(_) => field(&mut words, "-f", &format!("{name}[KEY]"), "VALUE"),
            },
            Becomes::Input => words.extend(["--input".to_owned(), quoted(value)]),
            Becomes::Flag(_)
            | Becomes::List(_)
            | Becomes::Download
            | Becomes::Without
            | Becomes::Key => {}
        }
    }
    words
}

impl Becomes {
    fn field(self) -> Option<&'static str> {
        match self {
            Self::Field(name) => Some(name),
            _ => None,
        }
    }
}

fn field(words: &mut Vec<String>, flag: &str, name: &str, value: &str) {
    words.extend([flag.to_owned(), assigned(name, value)]);
}

/// A field with its value: only the value in quotes where that is enough.
fn assigned(name: &str, value: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        format!("{name}={}", quoted(value))
    } else {
        quoted(format!("{name}={value}"))
    }
}

/// A JSON value as fields: `a[b]=c` for a member, `a[]=c` for an item.
fn fields(words: &mut Vec<String>, name: &str, value: &Value) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                fields(words, &format!("{name}[{member}]"), value);
            }
        }
        Value::Array(items) => {
            for value in items {
                fields(words, &format!("{name}[]"), value);
            }
        }
        Value::String(text) => field(words, "-f", name, text),
        other => field(words, "-F", name, &other.to_string()),
    }
}
