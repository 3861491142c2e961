//! Reads TOML by way of JSON.
//!
//! People come as JSON, too. With a reader of its own, TOML would have the code that fills each of their types in the
//! program twice more, because `toml_edit` has one for tables and one for dates: 800 kB.

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_path_to_error::{Path, Segment, Track};
use toml_edit::{Document, Item, Key, Table, TableLike, Value};

use crate::people::validated::TOML_MOMENT;
use crate::people::wording::{Notation, Wrong, in_words, without_place};

/// Reads a text in TOML up to its first mistake.
pub(crate) fn from_toml<T: DeserializeOwned>(text: &str) -> Result<T, Wrong> {
    let told = |at: usize, message: &str, path: &Path| {
        let value = text.get(at..).unwrap_or_default();
        Wrong(at, in_words(message, path, value, Notation::Toml))
    };
    let mut track = Track::new();
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        told(at, error.message(), &Track::new().path())
    })?;
    let whole = Part::from(document.as_table());
    let json = serde_json::to_string(&whole).map_err(|error| Wrong(0, error.to_string()))?;
    let mut reader = serde_json::Deserializer::from_str(&json);
    let reader = serde_path_to_error::Deserializer::new(&mut reader, &mut track);
    T::deserialize(reader).map_err(|error| {
        let (message, path) = (without_place(&error), track.path());
        let segments: Vec<_> = path.iter().collect();
        let is_name = message.starts_with("unknown field ");
        let at = whole.place(&segments, is_name).unwrap_or_default();
        if message.contains(TOML_MOMENT) {
            return Wrong(
                at,
                "a date or such a number does not belong here".to_owned(),
            );
        }
        told(at, &message, &path)
    })
}

/// A part of a document, with its place.
struct Part<'t> {
    span: Option<Range<usize>>,
    form: Form<'t>,
}

enum Form<'t> {
    Table(&'t dyn TableLike),
    List(Vec<Part<'t>>),
    Plain(&'t Value),
    Nothing,
}

impl<'t> From<&'t Table> for Part<'t> {
    fn from(table: &'t Table) -> Self {
        let form = Form::Table(table);
        Self {
            span: table.span(),
            form,
        }
    }
}

impl<'t> From<&'t Value> for Part<'t> {
    fn from(value: &'t Value) -> Self {
        let form = match value {
            Value::InlineTable(table) => Form::Table(table),
            Value::Array(list) => Form::List(list.iter().map(Self::from).collect()),
            plain => Form::Plain(plain),
        };
        Self {
            span: value.span(),
            form,
        }
    }
}

impl<'t> From<&'t Item> for Part<'t> {
    fn from(item: &'t Item) -> Self {
        let form = match item {
            Item::Value(value) => return Self::from(value),
            Item::Table(table) => return Self::from(table),
            Item::ArrayOfTables(tables) => Form::List(tables.iter().map(Self::from).collect()),
            Item::None => Form::Nothing,
        };
        Self {
            span: item.span(),
            form,
        }
    }
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, json: S) -> Result<S::Ok, S::Error> {
        match &self.form {
            Form::Table(table) => {
                json.collect_map(table.iter().map(|(name, item)| (name, Part::from(item))))
            }
            Form::List(entries) => json.collect_seq(entries),
            Form::Plain(Value::String(text)) => json.serialize_str(text.value()),
            Form::Plain(Value::Integer(number)) => json.serialize_i64(*number.value()),
            Form::Plain(Value::Boolean(is_true)) => json.serialize_bool(*is_true.value()),
            Form::Plain(Value::Float(number)) if number.value().is_finite() => {
                json.serialize_f64(*number.value())
            }
            // JSON has no dates, and neither `nan` nor `inf`.
            Form::Plain(other) => json.collect_map([(TOML_MOMENT, other.to_string().trim())]),
            Form::Nothing => json.serialize_unit(),
        }
    }
}

impl Part<'_> {
    /// Where the mistake at a path is: at a name, where it is the name that is wrong.
    fn place(&self, path: &[&Segment], is_name: bool) -> Option<usize> {
        let begin = |span: Range<usize>| span.start;
        let inner = match (path, &self.form) {
            ([Segment::Map { key }], Form::Table(table)) if is_name => {
                table.key(key).and_then(Key::span).map(begin)
            }
            (
                [
                    Segment::Map { key } | Segment::Enum { variant: key },
                    rest @ ..,
                ],
                Form::Table(table),
            ) => table
                .get(key)
                .and_then(|item| Part::from(item).place(rest, is_name)),
            ([Segment::Seq { index }, rest @ ..], Form::List(entries)) => entries
                .get(*index)
                .and_then(|entry| entry.place(rest, is_name)),
            _ => None,
        };
        inner.or(self.span.clone().map(begin))
    }
}
