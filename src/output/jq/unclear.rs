//! What is wrong with a filter, in words and with its place in the text.

use jaq_core::load::{self, parse::Expect};

/// What is wrong with an expression, and where.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} at {place}")]
pub struct Unclear {
    pub(super) what: String,
    pub(super) place: String,
}

/// jaq has these, and here they would read variables, print past `--quiet`, or end the process.
pub(super) const WITHHELD: [&str; 8] = [
    "env",
    "halt",
    "halt_error",
    "debug",
    "debug_empty",
    "stderr",
    "stderr_empty",
    // In its place there is one whose depth is bounded.
    "fromjson",
];

/// The first thing that is wrong, and the rest of the expression from there on.
pub(super) fn found<'a>(error: &load::Error<&'a str>) -> Option<(String, &'a str)> {
    match error {
        load::Error::Lex(errors) => errors
            .first()
            .map(|(expected, rest)| (format!("{} expected", expected.as_str()), *rest)),
        load::Error::Parse(errors) => errors.first().map(|(expected, rest)| match expected {
            Expect::Nothing => ("an operator is missing".to_owned(), *rest),
            expected => (format!("{} expected", expected.as_str()), *rest),
        }),
        load::Error::Io(errors) => errors
            .first()
            .map(|(path, _)| ("a filter cannot load files".to_owned(), *path)),
    }
}

pub(super) fn undefined(name: &str, kind: &jaq_core::compile::Undefined) -> String {
    let withheld = WITHHELD.contains(&name) || name == "$ENV" || name.starts_with("input");
    let kind = kind.as_str();
    if withheld {
        format!("the {kind} `{name}` is not offered (a filter sees the answer and nothing else)")
    } else {
        format!("there is no {kind} `{name}`")
    }
}

pub(super) fn unclear(text: &str, found: Option<(String, &str)>) -> Unclear {
    let Some((what, rest)) = found else {
        return Unclear {
            what: "it cannot be understood".to_owned(),
            place: "an unknown place".to_owned(),
        };
    };
    // What jaq quotes is part of the text; were it not, the end would be named.
    let at = (rest.as_ptr() as usize).checked_sub(text.as_ptr() as usize);
    let before = at.and_then(|at| text.get(..at)).unwrap_or(text);
    let (line, column) = match before.rsplit_once('\n') {
        Some((above, row)) => (above.split('\n').count() + 1, row),
        None => (1, before),
    };
    let column = column.chars().count() + 1;
    let place = if text.contains('\n') {
        format!("line {line}, character {column}")
    } else {
        format!("character {column}")
    };
    Unclear { what, place }
}
