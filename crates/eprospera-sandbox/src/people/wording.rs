//! What the readers say is wrong in a file, in the words of that file: its settings, lists and
//! tables instead of the types that they are read into.

use serde_path_to_error::{Path, Segment};

/// A name is suggested for one that is at least so much like it.
const MIN_SIMILARITY: f64 = 0.8;
/// A value that a message repeats is not longer, in characters.
const LONGEST_VALUE: usize = 60;

/// What is wrong, at a byte of the text.
pub(crate) struct Wrong(pub(crate) usize, pub(crate) String);

/// The two ways in which a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    Toml,
    Json,
}

impl Notation {
    const fn table(self) -> &'static str {
        match self {
            Self::Toml => "a table",
            Self::Json => "an object",
        }
    }
}

/// What the reader of JSON says, without the place that it adds.
pub(crate) fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&place).unwrap_or(&message).to_owned()
}

/// A message about the value at a path. `value` is the text from there on.
pub(crate) fn in_words(message: &str, path: &Path, value: &str, notation: Notation) -> String {
    let message = message.trim().replace('\n', ", ");
    if let Some((found, expected)) = mismatch(&message) {
        if let (Some(name), true) = (key(path), is_single_table(expected, value)) {
            return format!("`{name}` must be a list: write `[[{name}]]`, not `[{name}]`");
        }
        let expected = expected_in_words(expected, notation);
        let found = found_in_words(found, value, notation);
        return match name(path) {
            Some(name) => format!("{name} must be {expected}, not {found}"),
            None => format!("expected {expected}, not {found}"),
        };
    }
    if let Some((unknown, known)) = unknown_variant(&message) {
        let name = name(path).unwrap_or_else(|| "this".to_owned());
        let known = known
            .strip_prefix("one of ")
            .map_or_else(|| known.to_owned(), |known| format!("one of {known}"));
        let words = format!("{name} must be {known}, not `{unknown}`");
        return with_nearest(&words, unknown, known.split('`').skip(1).step_by(2));
    }
    if message.starts_with("unknown field ") {
        return unknown_field(&message);
    }
    let is_text_wanted =
        message == "expected value" && (notation == Notation::Toml || is_grammatical(value));
    match name(path) {
        Some(name) if is_text_wanted => format!("{name} must be a string"),
        _ => grammar(&message),
    }
}

/// The name that a word is most like, if it is like any.
pub(crate) fn similar<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let similarity = |name: &&str| strsim::jaro_winkler(word, name);
    let nearest = names.max_by(|one, other| similarity(one).total_cmp(&similarity(other)));
    nearest.filter(|name| similarity(name) >= MIN_SIMILARITY)
}

/// What was found and what was expected, as `serde` says it.
fn mismatch(message: &str) -> Option<(&str, &str)> {
    let kinds = ["invalid type: ", "invalid value: ", "invalid length "];
    let kind = kinds.iter().find(|kind| message.starts_with(**kind))?;
    let (found, expected) = message.strip_prefix(kind)?.rsplit_once(", expected ")?;
    // Only a list has a length.
    let is_length = kind.ends_with("length ");
    Some((if is_length { "sequence" } else { found }, expected))
}

fn expected_in_words(expected: &str, notation: Notation) -> String {
    let range = |most: u64| format!("a number from 0 to {most}");
    match expected {
        "u8" => range(u8::MAX.into()),
        "u16" => range(u16::MAX.into()),
        "u32" => range(u32::MAX.into()),
        "u64" | "usize" => "a whole number that is not negative".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a boolean" => "`true` or `false`".to_owned(),
        "a sequence" => "a list".to_owned(),
        "path string" | "a borrowed string" | "string or map" | "unit" => "a string".to_owned(),
        "a map" | "a table" => notation.table().to_owned(),
        _ if expected.starts_with("struct ") => notation.table().to_owned(),
        _ if ["enum ", "unit variant ", "variant "]
            .iter()
            .any(|kind| expected.starts_with(kind)) =>
        {
            "a string".to_owned()
        }
        _ => expected.to_owned(),
    }
}

fn found_in_words(found: &str, value: &str, notation: Notation) -> String {
    let quoted = |text: &str| {
        let shown: String = text.chars().take(LONGEST_VALUE).collect();
        let more = if shown.len() < text.len() { "…" } else { "" };
        format!("{shown}{more}")
    };
    for kind in ["integer ", "floating point ", "boolean ", "string "] {
        if let Some(text) = found.strip_prefix(kind) {
            return quoted(text);
        }
    }
    match found {
        "sequence" => "a list".to_owned(),
        // What JSON does not have is handed out as a table.
        "map" if value.starts_with(|first: char| first.is_ascii_digit()) => {
            "a date without quotes".to_owned()
        }
        "map" if value.trim_start_matches(['+', '-']).starts_with("inf") => "`inf`".to_owned(),
        "map" if value.trim_start_matches(['+', '-']).starts_with("nan") => "`nan`".to_owned(),
        "map" => notation.table().to_owned(),
        "unit value" | "Option value" => "null".to_owned(),
        other => other.to_owned(),
    }
}

/// Whether there is one table where a list of tables belongs.
fn is_single_table(expected: &str, value: &str) -> bool {
    expected == "a sequence" && value.starts_with('[')
}

/// The name of the setting where a path ends.
fn key(path: &Path) -> Option<&str> {
    match path.iter().next_back()? {
        Segment::Map { key } => Some(key),
        _ => None,
    }
}

/// What a message calls the value at a path: its name in the file.
fn name(path: &Path) -> Option<String> {
    let mut is_entry = false;
    let segments: Vec<_> = path.iter().collect();
    for segment in segments.into_iter().rev() {
        match segment {
            Segment::Map { key } if is_entry => return Some(format!("each entry of `{key}`")),
            Segment::Map { key } => return Some(format!("`{key}`")),
            Segment::Seq { .. } => is_entry = true,
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    None
}

/// The variant that was found, and the ones that there are.
fn unknown_variant(message: &str) -> Option<(&str, &str)> {
    let rest = message.strip_prefix("unknown variant `")?;
    let (unknown, known) = rest.rsplit_once("`, expected ")?;
    Some((unknown, known))
}

fn with_nearest<'a>(words: &str, unknown: &str, known: impl Iterator<Item = &'a str>) -> String {
    match similar(unknown, known) {
        Some(near) => format!("{words}; did you mean `{near}`?"),
        None => words.to_owned(),
    }
}

/// Names the field that was probably meant, where the message lists what there is.
fn unknown_field(message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let unknown = names.next().unwrap_or_default();
    match similar(unknown, names) {
        Some(near) => format!("unknown field `{unknown}`; did you mean `{near}`?"),
        None => message.to_owned(),
    }
}

/// Whether a text begins with something that JSON has.
fn is_grammatical(value: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(value).into_iter::<serde::de::IgnoredAny>();
    values.next().is_some_and(|value| value.is_ok())
}

/// What the readers say about the grammar, where only they understand it.
fn grammar(message: &str) -> String {
    if let Some(inside) = message.strip_prefix("EOF while parsing ") {
        return format!("the file ends inside {inside}");
    }
    match message {
        "expected ident" => "expected `true`, `false` or `null`".to_owned(),
        "expected value" => "expected a value".to_owned(),
        "integer number overflowed" | "number out of range" => "the number is too large".to_owned(),
        "invalid basic string, expected `\"`" => "the string does not end with `\"`".to_owned(),
        "invalid literal string, expected `'`" => "the string does not end with `'`".to_owned(),
        "string values must be quoted, expected literal string"
        | "invalid boolean, expected `true`"
        | "invalid boolean, expected `false`" => {
            "expected a number, `true`, `false`, or a string in quotes".to_owned()
        }
        other => other.trim_end_matches(", expected nothing").to_owned(),
    }
}
