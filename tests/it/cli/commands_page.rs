//! The reference of all commands for people, `docs/commands.md`, made from what `eprospera schema` says. `UPDATE=1` rewrites it.

use std::fmt::Write as _;

use serde_json::Value;

use super::schema::is_as_it_was;
use crate::described::document;

const PAGE: &str = "docs/commands.md";

const BEGINNING: &str = "# Commands

Every command with its arguments, options, scopes and exit codes, made from `eprospera schema` by a test. `eprospera help COMMAND` says more,
and `eprospera help options` has the options that every command takes: [reference.md](reference.md).
";

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The first paragraph of a text, fit for a cell of a table.
fn first_paragraph(value: &Value) -> String {
    let paragraph = text(value).split("\n\n").next().unwrap_or_default();
    paragraph.replace('|', "\\|")
}

/// How an option is written, with its value.
fn spelling(option: &Value) -> String {
    let short = option["short"].as_str().map(|short| format!("{short}, "));
    let value = option["value_name"].as_str();
    let value = value.map(|value| {
        if option["value_required"] == false {
            format!("[={value}]")
        } else {
            format!(" {value}")
        }
    });
    format!(
        "`{}{}{}`",
        short.unwrap_or_default(),
        text(&option["name"]),
        value.unwrap_or_default()
    )
}

/// What an option says beside its description.
fn remarks(option: &Value) -> String {
    let mut remarks = String::new();
    let values: Vec<_> = list(&option["accepted_values"])
        .iter()
        .map(|value| format!("`{}`", text(value)))
        .collect();
    if !values.is_empty() && option["type"] == "enum" {
        write!(remarks, ": {}", values.join(", ")).unwrap();
    }
    if let Some(default) = option["default"].as_str() {
        write!(remarks, " (default: {default})").unwrap();
    }
    if option["required"] == true {
        remarks.push_str(" (required)");
    }
    remarks
}

fn described(page: &mut String, command: &Value) {
    writeln!(
        page,
        "\n## {}\n\n{}\n\n```text\n{}\n```",
        text(&command["name"]),
        text(&command["summary"]),
        text(&command["usage"])
    )
    .unwrap();
    let arguments = list(&command["arguments"]);
    let options = list(&command["options"]);
    if !arguments.is_empty() || !options.is_empty() {
        writeln!(page, "\n| | |\n| --- | --- |").unwrap();
    }
    for argument in arguments {
        writeln!(
            page,
            "| `{}` | {}{} |",
            text(&argument["name"]),
            first_paragraph(&argument["description"]),
            remarks(argument)
        )
        .unwrap();
    }
    for option in options {
        writeln!(
            page,
            "| {} | {}{} |",
            spelling(option),
            first_paragraph(&option["description"]),
            remarks(option)
        )
        .unwrap();
    }
    if command["runnable"] == false {
        return;
    }
    let scopes: Vec<_> = list(&command["scopes"])
        .iter()
        .map(|scope| format!("`{}`", text(scope)))
        .collect();
    if !scopes.is_empty() {
        writeln!(page, "\nScopes: {}", scopes.join(", ")).unwrap();
    }
    let codes: Vec<_> = list(&command["exit_codes"])
        .iter()
        .map(|row| row["code"].to_string())
        .collect();
    writeln!(page, "\nExit codes: {}", codes.join(", ")).unwrap();
}

#[test]
fn every_command_and_option_is_in_the_reference() {
    let mut page = BEGINNING.to_owned();
    for command in list(&document()["commands"]) {
        described(&mut page, command);
    }
    is_as_it_was(PAGE, &page);
    let reference =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference.md")).unwrap();
    for option in list(&document()["options"]) {
        let name = text(&option["name"]);
        assert!(
            reference.contains(name),
            "docs/reference.md does not name {name}"
        );
    }
    for variable in list(&document()["environment"]) {
        let name = text(&variable["name"]);
        assert!(
            reference.contains(name),
            "docs/reference.md does not name {name}"
        );
    }
}
