//! `--fields`: the fields of an answer that are wanted, in the order in which they are wanted.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::str::FromStr;

use jaq_json::{Map, Val};
use serde_json::value::RawValue;

use super::document::{self, MalformedDocument};

/// Paths into an answer, such as `name,address.city`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields(Vec<Path>);

/// One path, as its names from the outside in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Path(Vec<String>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("name fields as in `name,address.city`")]
pub struct NoFields;

/// A field that the answer does not have.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    /// The path as it was given.
    pub(super) field: String,
    /// What there is in its place.
    pub(super) available: Vec<String>,
}

impl FromStr for Fields {
    type Err = NoFields;

    fn from_str(text: &str) -> Result<Self, NoFields> {
        let path = |text: &str| {
            let names: Vec<_> = text.trim().split('.').map(str::to_owned).collect();
            let is_whole = names.iter().all(|name| !name.is_empty());
            is_whole.then_some(Path(names)).ok_or(NoFields)
        };
        let paths: Result<Vec<_>, _> = text.split(',').map(path).collect();
        let mut paths = paths?;
        let mut seen = BTreeSet::new();
        paths.retain(|path| seen.insert(path.0.clone()));
        Ok(Self(paths))
    }
}

/// Where the fields of an answer are. The items of a list are read one by one: all at once they
/// would take many times the room of their text.
pub(super) struct Picked<'a> {
    fields: &'a Fields,
    items: Items<'a>,
}

enum Items<'a> {
    One(Val),
    Many(Vec<&'a RawValue>),
}

/// Why no fields can be picked.
#[derive(Debug)]
pub(super) enum NotPicked {
    MalformedDocument(MalformedDocument),
    Unknown(Unknown),
}

impl From<MalformedDocument> for NotPicked {
    fn from(error: MalformedDocument) -> Self {
        Self::MalformedDocument(error)
    }
}

impl Fields {
    /// Finds these fields in an answer. An envelope, whose content is in `data`, is opened.
    pub(super) fn find<'a>(&'a self, answer: &'a [u8]) -> Result<Picked<'a>, NotPicked> {
        let answer = document::checked(answer)?;
        let content = content(answer);
        let items = Items::of(content)?;
        match self.check(&items)? {
            None => Ok(Picked {
                fields: self,
                items,
            }),
            Some(unknown) if std::ptr::eq(content, answer) => Err(NotPicked::Unknown(unknown)),
            // Beside `data` there may be more that is worth asking for.
            Some(unknown) => {
                let items = Items::One(document::value(answer)?);
                match self.check(&items)? {
                    None => Ok(Picked {
                        fields: self,
                        items,
                    }),
                    Some(_) => Err(NotPicked::Unknown(unknown)),
                }
            }
        }
    }

    /// The first field that none of the items has.
    fn check(&self, items: &Items<'_>) -> Result<Option<Unknown>, MalformedDocument> {
        let mut found: Vec<_> = self.0.iter().map(|_| FieldMatch::Unsure).collect();
        let mut look_into = |value: &Val| {
            for (path, found) in self.0.iter().zip(&mut found) {
                if !matches!(found, FieldMatch::Yes) {
                    let known = std::mem::replace(found, FieldMatch::Unsure);
                    *found = known.or(look(value, &path.0, &mut Vec::new()));
                }
            }
            found.iter().all(|found| matches!(found, FieldMatch::Yes))
        };
        match items {
            Items::One(value) => {
                look_into(value);
            }
            Items::Many(items) => {
                for item in items {
                    if look_into(&document::value(item)?) {
                        break;
                    }
                }
            }
        }
        let unknown = self.0.iter().zip(found).find_map(|(path, found)| {
            let FieldMatch::Not(at, available) = found else {
                return None;
            };
            let prefix = |name| [at.clone(), vec![name]].concat().join(".");
            Some(Unknown {
                field: path.0.join("."),
                available: available.into_iter().map(prefix).collect(),
            })
        });
        Ok(unknown)
    }

    /// The titles of the columns of a table.
    pub(super) fn titles(&self) -> Vec<String> {
        self.0.iter().map(|path| path.0.join(".")).collect()
    }

    /// The values of one row of a table.
    pub(super) fn row(&self, picked: &Val) -> Vec<Option<String>> {
        self.0
            .iter()
            .map(|path| {
                let mut values = Vec::new();
                collect(picked, &path.0, &mut values);
                let words: Vec<_> = values.into_iter().filter_map(word).collect();
                (!words.is_empty()).then(|| words.join(", "))
            })
            .collect()
    }
}

impl Picked<'_> {
    /// How many items a list has; `None` where the answer is none.
    pub(super) fn length(&self) -> Option<usize> {
        match &self.items {
            Items::One(_) => None,
            Items::Many(items) => Some(items.len()),
        }
    }

    /// What was picked: of each item, or of the whole.
    pub(super) fn values(&self) -> impl Iterator<Item = Result<Val, MalformedDocument>> {
        let names: Vec<_> = self.fields.0.iter().map(|path| path.0.as_slice()).collect();
        let (one, many) = match &self.items {
            Items::One(value) => (Some(value), &[][..]),
            Items::Many(items) => (None, items.as_slice()),
        };
        let one = one.map(|value| Ok(project(value, &names)));
        let names: Vec<_> = self.fields.0.iter().map(|path| path.0.as_slice()).collect();
        let many = many
            .iter()
            .map(move |item| Ok(project(&document::value(item)?, &names)));
        one.into_iter().chain(many)
    }
}

impl<'a> Items<'a> {
    fn of(content: &'a RawValue) -> Result<Self, MalformedDocument> {
        match serde_json::from_str(content.get()) {
            Ok(items) => Ok(Self::Many(items)),
            Err(_) => Ok(Self::One(document::value(content)?)),
        }
    }
}

/// What an answer is about: the content of an envelope (docs/portal.md, "Endpoints"),
/// else the whole.
fn content(answer: &RawValue) -> &RawValue {
    #[derive(serde::Deserialize)]
    struct DataEnvelope<'a> {
        #[serde(borrow)]
        data: &'a RawValue,
    }
    if !answer.get().starts_with('{') {
        return answer;
    }
    match serde_json::from_str::<DataEnvelope<'_>>(answer.get()) {
        Ok(envelope) if envelope.data.get().starts_with(['[', '{']) => envelope.data,
        _ => answer,
    }
}

fn key(name: &str) -> Val {
    Val::from(name.to_owned())
}

enum FieldMatch {
    /// It is there.
    Yes,
    /// Nothing there could have it: an empty list, or null.
    Unsure,
    /// It is not there, but below this path these are.
    Not(Vec<String>, BTreeSet<String>),
}

impl FieldMatch {
    /// One item of a list that has it is enough.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Unsure, found) | (found, Self::Unsure) => found,
            (Self::Not(at, names), Self::Not(other, more)) => match at.len().cmp(&other.len()) {
                // The path that could be followed further is the one to tell about.
                Ordering::Greater => Self::Not(at, names),
                Ordering::Equal => Self::Not(at, names.union(&more).cloned().collect()),
                Ordering::Less => Self::Not(other, more),
            },
        }
    }
}

fn look(value: &Val, names: &[String], above: &mut Vec<String>) -> FieldMatch {
    let Some((name, rest)) = names.split_first() else {
        return FieldMatch::Yes;
    };
    match value {
        Val::Null => FieldMatch::Unsure,
        Val::Obj(members) => match members.get(&key(name)) {
            Some(value) => {
                above.push(name.clone());
                let found = look(value, rest, above);
                above.pop();
                found
            }
            None => FieldMatch::Not(above.clone(), members.keys().filter_map(text).collect()),
        },
        Val::Arr(items) => items.iter().fold(FieldMatch::Unsure, |found, item| {
            found.or(look(item, names, above))
        }),
        _ => FieldMatch::Not(above.clone(), BTreeSet::new()),
    }
}

fn text(value: &Val) -> Option<String> {
    match value {
        Val::TStr(text) => Some(String::from_utf8_lossy(text).into_owned()),
        _ => None,
    }
}

/// A value with nothing but these paths. What is not there is null.
fn project(value: &Val, paths: &[&[String]]) -> Val {
    if paths.iter().any(|path| path.is_empty()) {
        return value.clone();
    }
    match value {
        Val::Arr(items) => items.iter().map(|item| project(item, paths)).collect(),
        Val::Obj(members) => {
            let mut picked = Map::default();
            for path in paths {
                let Some(name) = path.first() else { continue };
                let name_key = key(name);
                if picked.contains_key(&name_key) {
                    continue;
                }
                let below: Vec<_> = paths
                    .iter()
                    .filter(|path| path.first() == Some(name))
                    .map(|path| &path[1..])
                    .collect();
                let value = members.get(&name_key).unwrap_or(&Val::Null);
                picked.insert(name_key, project(value, &below));
            }
            Val::obj(picked)
        }
        _ => Val::Null,
    }
}

fn collect<'a>(value: &'a Val, names: &[String], values: &mut Vec<&'a Val>) {
    match (value, names.split_first()) {
        (Val::Arr(items), _) => {
            for item in items.iter() {
                collect(item, names, values);
            }
        }
        (Val::Obj(members), Some((name, rest))) => {
            if let Some(value) = members.get(&key(name)) {
                collect(value, rest, values);
            }
        }
        (_, None) => values.push(value),
        _ => {}
    }
}

/// A value in a cell of a table; null has no word.
fn word(value: &Val) -> Option<String> {
    match value {
        Val::Null => None,
        Val::TStr(_) => text(value),
        other => Some(document::compact(other.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(fields: &str, answer: &str) -> Result<String, Unknown> {
        let fields: Fields = fields.parse().unwrap();
        let picked = match fields.find(answer.as_bytes()) {
            Err(NotPicked::Unknown(unknown)) => return Err(unknown),
            picked => picked.unwrap(),
        };
        let values = picked.values().map(Result::unwrap);
        let values: Vec<_> = values.map(document::compact).collect();
        Ok(match picked.length() {
            Some(_) => format!("[{}]", values.join(",")),
            None => values.concat(),
        })
    }

    #[test]
    fn fields_are_picked_in_the_order_that_was_asked_for() {
        let person =
            r#"{"name":"Ines","n":1.50,"address":{"city":"Roatan","line1":"x","country":"H"}}"#;
        let list = r#"{"data":[{"id":"a","tags":[{"t":1},{"t":2}]},{"id":"b","tags":[]}],"meta":{"next":null}}"#;
        for (fields, answer, expected) in [
            ("n,name", person, r#"{"n":1.50,"name":"Ines"}"#),
            (
                "address.country, name,address.city",
                person,
                r#"{"address":{"country":"H","city":"Roatan"},"name":"Ines"}"#,
            ),
            ("name,name", person, r#"{"name":"Ines"}"#),
            ("id", list, r#"[{"id":"a"},{"id":"b"}]"#),
            (
                "tags.t",
                list,
                r#"[{"tags":[{"t":1},{"t":2}]},{"tags":[]}]"#,
            ),
            ("meta.next", list, r#"{"meta":{"next":null}}"#),
            ("data.id", list, r#"{"data":[{"id":"a"},{"id":"b"}]}"#),
            ("a", r#"{"data":{"a":1,"b":2}}"#, r#"{"a":1}"#),
            ("data", r#"{"data":"text"}"#, r#"{"data":"text"}"#),
            ("b", r#"[{"a":1},{"b":2}]"#, r#"[{"b":null},{"b":2}]"#),
            ("anything", "null", "null"),
            ("anything", r#"{"data":[]}"#, "[]"),
            ("address.city", r#"{"address":null}"#, r#"{"address":null}"#),
        ] {
            assert_eq!(picked(fields, answer).unwrap(), expected, "{fields}");
        }
    }

    #[test]
    fn a_field_that_is_not_there_is_told_with_those_that_are() {
        let person = r#"{"name":"Ines","address":{"city":"Roatan","country":"H"}}"#;
        for (fields, answer, field, available) in [
            ("nme", person, "nme", &["address", "name"][..]),
            (
                "name,address.town",
                person,
                "address.town",
                &["address.city", "address.country"],
            ),
            ("name.first", person, "name.first", &[]),
            (
                "x",
                r#"{"data":[{"a":1},{"b":2}],"meta":null}"#,
                "x",
                &["a", "b"],
            ),
            ("x", "\"text\"", "x", &[]),
        ] {
            let unknown = picked(fields, answer).unwrap_err();
            assert_eq!(unknown.field, field);
            assert_eq!(unknown.available, available, "{fields}");
        }
    }

    #[test]
    fn a_row_of_a_table_has_a_cell_for_each_field() {
        let fields: Fields = "id,tags.t,n,none".parse().unwrap();
        let item = r#"{"id":"a","tags":[{"t":"x"},{"t":"y"}],"n":1.50,"none":null}"#;
        let item = document::parse(item.as_bytes()).unwrap();
        let cell = |text: &str| Some(text.to_owned());
        assert_eq!(fields.titles(), ["id", "tags.t", "n", "none"]);
        assert_eq!(
            fields.row(&item),
            [cell("a"), cell("x, y"), cell("1.50"), None]
        );
    }

    #[test]
    fn a_text_that_names_no_field_is_refused() {
        for text in ["", ",", "a,", "a..b", ".a", "a.", " "] {
            assert_eq!(text.parse::<Fields>(), Err(NoFields), "{text:?}");
        }
    }
}
