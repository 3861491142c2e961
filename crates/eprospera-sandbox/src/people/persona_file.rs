//! Reads people from a file in JSON or TOML (docs/sandbox-data.schema.json).
//!
//! It is given the text, not the file: the sandbox touches no disk. Whatever is wrong has its place
//! as `NAME:LINE:COLUMN`.

use std::collections::HashSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use serde_path_to_error::Track;
use sha2::{Digest as _, Sha256};

use crate::people::persona::{Entity, Persona, Tax};
use crate::people::shape::{self, PeopleFile, Person};
use crate::people::toml_file::from_toml;
use crate::people::validated::Validated;
use crate::people::wording::{Notation, Wrong, in_words, without_place};

/// Why a file of people was not understood, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}:{line}:{column}: {message}")]
pub struct PeopleError {
    /// The file, as it was named.
    pub name: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong there.
    pub message: String,
}

/// Reads a file: JSON when it begins with a brace, else TOML. Refuses ids that are used twice, and
/// fields that are missing, unknown or of another form than the portal documents.
pub fn read_people(name: &str, text: &str) -> Result<Vec<Persona>, PeopleError> {
    // Some editors begin a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_json = text.trim_start().starts_with('{');
    let parsed = if is_json { json(text) } else { toml(text) };
    let people = parsed.and_then(|people| unique(people, text, is_json));
    people.map_err(|Wrong(offset, message)| {
        let (line, column) = place(text, offset);
        PeopleError {
            name: name.to_owned(),
            line,
            column,
            message,
        }
    })
}

fn json(text: &str) -> Result<Vec<Person>, Wrong> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut track = Track::new();
    let file = PeopleFile::deserialize(serde_path_to_error::Deserializer::new(
        &mut reader,
        &mut track,
    ));
    let file = file.and_then(|file| reader.end().map(|()| file));
    let file = file.map_err(|error| {
        let at = offset(text, error.line(), error.column());
        let value = text.get(at..).unwrap_or_default();
        let message = without_place(&error);
        Wrong(at, in_words(&message, &track.path(), value, Notation::Json))
    })?;
    Ok(file.personas)
}

fn toml(text: &str) -> Result<Vec<Person>, Wrong> {
    Ok(from_toml::<PeopleFile>(text)?.personas)
}

/// The byte that serde's place means: its column counts bytes and is of the last one read. Where
/// that ends a text, a number or a word, the whole is meant.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    let before: usize = lines.map(str::len).sum();
    let end = before + column.saturating_sub(1);
    let Some((inside, rest)) = text.split_at_checked(end) else {
        return end;
    };
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || "+-.".contains(letter);
    if rest.starts_with(is_bare) {
        return inside.trim_end_matches(is_bare).len();
    }
    if !rest.starts_with('"') {
        return end;
    }
    let quotes = inside.rmatch_indices('"').map(|(at, _)| at);
    let mut begins = quotes.filter(|at| !inside[..*at].ends_with('\\'));
    begins.next().unwrap_or(end)
}

/// Line and column of a byte.
pub(crate) fn place(text: &str, offset: usize) -> (usize, usize) {
    let starts = |at: &usize| text.is_char_boundary(*at);
    let offset = (0..=offset.min(text.len())).rev().find(starts);
    let before = text.get(..offset.unwrap_or_default()).unwrap_or_default();
    let (lines, last) = match before.rsplit_once('\n') {
        Some((lines, last)) => (lines.matches('\n').count() + 2, last),
        None => (1, before),
    };
    (lines, last.chars().count() + 1)
}

pub(crate) fn unique(
    people: Vec<Person>,
    text: &str,
    is_json: bool,
) -> Result<Vec<Persona>, Wrong> {
    let mut ids = HashSet::new();
    let mut subs = HashSet::new();
    let mut personas = Vec::new();
    for (index, person) in people.into_iter().enumerate() {
        let twice = entity_twice(&person);
        let persona = persona(person);
        let wrong = if !ids.insert(persona.id.clone()) {
            format!("the id `{}` is used twice", persona.id)
        } else if !subs.insert(persona.sub.clone()) {
            format!("the sub `{}` is used twice", persona.sub)
        } else if let Some(id) = twice {
            format!("`{}` has the entity `{id}` twice", persona.id)
        } else {
            personas.push(persona);
            continue;
        };
        return Err(Wrong(begin(text, index, is_json), wrong));
    }
    if personas.is_empty() {
        return Err(Wrong(0, "the list of personas is empty".to_owned()));
    }
    Ok(personas)
}

fn entity_twice(person: &Person) -> Option<String> {
    let mut seen = HashSet::new();
    let mut ids = person.legal_entities.iter().map(|each| each.entity.id());
    ids.find(|id| !seen.insert(*id)).map(str::to_owned)
}

/// Where the person of an index begins.
fn begin(text: &str, index: usize, is_json: bool) -> usize {
    let place = if is_json {
        json_begin(text, index)
    } else {
        toml_begin(text, "personas", index)
    };
    place.unwrap_or_default()
}

fn json_begin(text: &str, index: usize) -> Option<usize> {
    #[derive(Deserialize)]
    struct Places<'a> {
        #[serde(borrow)]
        personas: Vec<&'a RawValue>,
    }
    let places: Places<'_> = serde_json::from_str(text).ok()?;
    // The raw text is a part of the whole one, so the distance is its place.
    let part = places.personas.get(index)?.get().as_ptr() as usize;
    part.checked_sub(text.as_ptr() as usize)
}

/// Where an entry of a list in TOML begins.
pub(crate) fn toml_begin(text: &str, list: &str, index: usize) -> Option<usize> {
    let document = toml_edit::Document::parse(text).ok()?;
    let list = document.get(list)?;
    let span: Option<Range<usize>> = match list.as_array_of_tables() {
        Some(tables) => tables.get(index)?.span(),
        None => list.as_array()?.get(index)?.span(),
    };
    span.map(|span| span.start)
}

fn persona(person: Person) -> Persona {
    let id = person.id.into_string();
    let mut filings = person.tax.filings;
    // The portal has the newest first, and all moments are spelt alike.
    filings.sort_by(|one, other| {
        let (one, other) = (&one.submitted_at, &other.submitted_at);
        other.as_str().cmp(one.as_str())
    });
    Persona {
        sub: match person.sub {
            Some(sub) => sub.into_string(),
            None => stable_uuid(&id),
        },
        email: match person.email {
            Some(email) => email.into_string(),
            None => format!("{id}@mail.example"),
        },
        id,
        name: person.name.into_string(),
        description: person.description,
        given_name: person.given_name,
        family_name: person.family_name,
        picture: person.picture.map(Validated::into_string),
        email_verified: person.email_verified.unwrap_or(true),
        natural_person: value(&person.natural_person),
        residency: value(&person.residency),
        id_verification: value(&person.id_verification),
        documents: value(&person.documents),
        legal_entities: person.legal_entities.iter().map(entity).collect(),
        tax: Tax {
            subjects: person.tax.subjects.iter().map(value).collect(),
            filings: filings.iter().map(value).collect(),
        },
    }
}

fn entity(entity: &shape::EntityShape) -> Entity {
    Entity {
        entity: value(&entity.entity),
        documents: entity.documents.iter().map(value).collect(),
    }
}

/// The shapes hold texts, numbers, lists and maps with text keys: all of them are JSON.
fn value<T: Serialize>(shape: &T) -> Value {
    serde_json::to_value(shape).unwrap_or_default()
}

/// The same id has the same `sub` at every start (UUID version 8, RFC 9562 §5.8).
fn stable_uuid(id: &str) -> String {
    let digest = Sha256::digest(id.as_bytes());
    let bytes = digest.iter().take(16);
    let bits = bytes.fold(0, |bits: u128, byte| (bits << 8) | u128::from(*byte));
    let versioned = (bits & !(0xf << 76)) | (0x8 << 76);
    let varied = (versioned & !(0x3 << 62)) | (0x2 << 62);
    let hex = format!("{varied:032x}");
    let part = |range: Range<usize>| hex.get(range).unwrap_or_default();
    let (first, second, third) = (part(0..8), part(8..12), part(12..16));
    format!("{first}-{second}-{third}-{}-{}", part(16..20), part(20..32))
}
