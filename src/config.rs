//! `config.toml`: named profiles, no secrets. Keeps a user's comments and order.
//!
//! It knows keys and shapes, not what the values mean: [`settings`](crate::settings) parses them.

mod error;
mod profile;
mod profile_name;

use std::io;
use std::path::{Path, PathBuf};

use toml_edit::{Array, Document, DocumentMut, Item, Table, TableLike, value};

use crate::files::{self, SettingsError};
use crate::nearest::nearest;
use crate::private_file;
use crate::store;

pub(crate) use error::Error;
pub(crate) use profile::{DEFAULT_PROFILE, KEYS, Profile};
pub(crate) use profile_name::{check_name, check_new_name, is_device};

const PROFILES: &str = "profiles";
const DEFAULT_KEY: &str = "default_profile";

/// The configuration file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    path: PathBuf,
    document: DocumentMut,
    unknown: Vec<UnknownKey>,
}

/// A key that this version does not know: one of a later version, or a slip of the pen.
#[derive(Clone, Debug)]
struct UnknownKey {
    /// The tables that it is in.
    table: String,
    name: String,
    line: Option<usize>,
    near: Option<&'static str>,
}

impl Config {
    /// Reads the file; a missing one is an empty configuration.
    pub(crate) fn load(path: &Path) -> Result<Self, Error> {
        let found = files::read_settings(path).map_err(|error| match error {
            SettingsError::Untrusted(error) => Error::Untrusted(error),
            SettingsError::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
                Error::Syntax {
                    path: path.display().to_string(),
                    reason: error.to_string(),
                }
            }
            SettingsError::Io(error) => Error::Io {
                action: "read",
                path: path.display().to_string(),
                source: error.into(),
            },
        })?;
        let Some(found) = found else {
            return Self::parse(path, "");
        };
        let config = Self::parse(path, &found.text)?;
        match found.group_writable {
            Some(error) if config.names_a_program() => Err(error.into()),
            _ => Ok(config),
        }
    }

    /// Whether a profile keeps its session with a program, which is started.
    fn names_a_program(&self) -> bool {
        let store = |name: &String| self.profile(name)?.store;
        let mut stores = self.names().into_iter().filter_map(|name| store(&name));
        stores.any(|store| matches!(store.parse(), Ok(store::StoreKind::Command(_))))
    }

    /// Reads the text of the file.
    pub(crate) fn parse(path: &Path, text: &str) -> Result<Self, Error> {
        let document = Document::parse(text.to_owned()).map_err(|error| Error::Syntax {
            path: path.display().to_string(),
            reason: one_line(&error.to_string()),
        })?;
        let unknown = unknown_keys(&document);
        let config = Self {
            path: path.to_owned(),
            document: document.into_mut(),
            unknown,
        };
        config.check()?;
        Ok(config)
    }

    /// What the file says that this version does not know: a sentence for each key, with its place.
    pub(crate) fn unknown_keys(&self) -> impl Iterator<Item = String> {
        self.unknown.iter().map(|key| {
            let UnknownKey { table, name, .. } = key;
            let line = key.line.map(|line| format!(", line {line}"));
            let near = key.near.map(|near| format!("; did you mean `{near}`?"));
            format!(
                "{}{}: the key `{table}{name}` is not known to this version and is ignored{}",
                self.path.display(),
                line.unwrap_or_default(),
                near.unwrap_or_default()
            )
        })
    }

    pub(crate) fn default_profile(&self) -> Option<&str> {
        self.document.get(DEFAULT_KEY)?.as_str()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.profiles().map(|(name, _)| name.to_owned()).collect()
    }

    pub(crate) fn profile(&self, name: &str) -> Option<Profile> {
        let (_, item) = self.profiles().find(|(found, _)| *found == name)?;
        let text = |key: &str| item.get(key).and_then(strings).map(|texts| texts.join(" "));
        Some(Profile {
            provider: text("provider"),
            issuer: text("issuer"),
            client_id: text("client_id"),
            redirect_uris: text("redirect_uris")
                .map(|uris| uris.split_whitespace().map(str::to_owned).collect()),
            scopes: text("scopes"),
            store: text("store"),
            token_auth: text("token_auth"),
        })
    }

    /// Sets a key of a profile, making the profile where needed.
    pub(crate) fn set(&mut self, profile: &str, key: &str, values: &[String]) -> Result<(), Error> {
        check_key(key)?;
        check_name(profile)?;
        let item = match (key, values) {
            ("redirect_uris", _) => value(
                values
                    .iter()
                    .flat_map(|each| each.split_whitespace())
                    .collect::<Array>(),
            ),
            ("scopes", _) => value(values.join(" ")),
            (_, [one]) => value(one),
            _ => return Err(Error::OneValue(key.to_owned())),
        };
        let profiles = self.document.entry(PROFILES).or_insert_with(implicit_table);
        let table = profiles.as_table_like_mut().and_then(|profiles| {
            profiles
                .entry(profile)
                .or_insert_with(toml_edit::table)
                .as_table_like_mut()
        });
        if let Some(table) = table {
            table.insert(key, item);
        }
        Ok(())
    }

    /// Takes a key out of a profile; says whether it was there.
    pub(crate) fn unset(&mut self, profile: &str, key: &str) -> Result<bool, Error> {
        check_key(key)?;
        let table = self
            .document
            .get_mut(PROFILES)
            .and_then(|profiles| profiles.get_mut(profile))
            .and_then(Item::as_table_like_mut);
        Ok(table.is_some_and(|table| table.remove(key).is_some()))
    }

    /// Makes a profile the default.
    pub(crate) fn use_profile(&mut self, name: &str) -> Result<(), Error> {
        check_name(name)?;
        self.document.insert(DEFAULT_KEY, value(name));
        Ok(())
    }

    /// Removes a profile.
    pub(crate) fn remove(&mut self, name: &str) -> Result<(), Error> {
        let removed = self
            .document
            .get_mut(PROFILES)
            .and_then(Item::as_table_like_mut)
            .and_then(|profiles| profiles.remove(name));
        match removed {
            Some(_) => {
                if self.default_profile() == Some(name) {
                    self.document.remove(DEFAULT_KEY);
                }
                Ok(())
            }
            None => Err(Error::UnknownProfile(name.to_owned())),
        }
    }

    /// Writes the file, whole or not at all. Some keep their settings elsewhere, behind a link to
    /// the file or its folder: it stays one. When it cannot be written, the old file is as it was.
    pub(crate) fn save(&self) -> Result<(), Error> {
        let failed = |source: private_file::Error| Error::Io {
            action: "write",
            path: self.path.display().to_string(),
            source: Box::new(source),
        };
        let path = files::trusted_path(&self.path)?;
        let folder = path.parent().unwrap_or(&path);
        if !folder.is_dir() {
            files::check_creation(folder)?;
            private_file::ensure_dir(folder).map_err(failed)?;
        }
        private_file::replace(&path, self.to_text().as_bytes()).map_err(failed)
    }

    /// The text of the file, comments included.
    pub(crate) fn to_text(&self) -> String {
        self.document.to_string()
    }

    fn profiles(&self) -> impl Iterator<Item = (&str, &Item)> {
        let table = self.document.get(PROFILES).and_then(Item::as_table_like);
        table.into_iter().flat_map(|table| table.iter())
    }

    fn check(&self) -> Result<(), Error> {
        let shape = |problem: String| Error::Shape {
            path: self.path.display().to_string(),
            problem,
        };
        for (key, item) in self.document.iter() {
            match key {
                DEFAULT_KEY if item.is_str() => {}
                PROFILES if item.is_table_like() => {}
                DEFAULT_KEY => return Err(shape(format!("`{DEFAULT_KEY}` must be a string"))),
                PROFILES => return Err(shape(format!("`{PROFILES}` must be a table"))),
                _ => {}
            }
        }
        for (name, item) in self.profiles() {
            check_name(name).map_err(|error| shape(error.to_string()))?;
            let table = item
                .as_table_like()
                .ok_or_else(|| shape(format!("profile `{name}` must be a table")))?;
            for (key, item) in table.iter() {
                if KEYS.contains(&key) && strings(item).is_none() {
                    return Err(shape(format!(
                        "profile `{name}`: `{key}` must be a string or a list of strings"
                    )));
                }
            }
        }
        Ok(())
    }
}

fn unknown_keys(document: &Document<String>) -> Vec<UnknownKey> {
    let text = document.raw();
    let find = |table: &dyn TableLike, place: &str, known: &[&'static str]| {
        let keys = table.iter().map(|(name, _)| name);
        let unknown = keys
            .filter(|name| !known.contains(name))
            .map(|name| UnknownKey {
                table: place.to_owned(),
                name: name.to_owned(),
                line: line_of(table, name, text),
                near: nearest(name, known.iter().copied()),
            });
        unknown.collect::<Vec<_>>()
    };
    let mut unknown = find(document.as_table(), "", &[DEFAULT_KEY, PROFILES]);
    let profiles = document.get(PROFILES).and_then(Item::as_table_like);
    for (name, item) in profiles.into_iter().flat_map(TableLike::iter) {
        if let Some(table) = item.as_table_like() {
            unknown.extend(find(table, &format!("{PROFILES}.{name}."), &KEYS));
        }
    }
    unknown
}

fn line_of(table: &dyn TableLike, name: &str, text: &str) -> Option<usize> {
    let span = table.key(name).and_then(toml_edit::Key::span);
    let start = span.or_else(|| table.get(name)?.span())?.start;
    Some(text.get(..start)?.matches('\n').count() + 1)
}

fn check_key(key: &str) -> Result<(), Error> {
    if KEYS.contains(&key) {
        Ok(())
    } else {
        Err(Error::UnknownKey(key.to_owned()))
    }
}

fn strings(item: &Item) -> Option<Vec<String>> {
    if let Some(text) = item.as_str() {
        return Some(vec![text.to_owned()]);
    }
    item.as_array()?
        .iter()
        .map(|element| element.as_str().map(str::to_owned))
        .collect()
}

fn implicit_table() -> Item {
    let mut table = Table::new();
    table.set_implicit(true);
    Item::Table(table)
}

/// The parser draws the faulty line over several rows; its first row has place and cause apart.
fn one_line(report: &str) -> String {
    let lines: Vec<_> = report
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    match (lines.first(), lines.last()) {
        (Some(first), Some(last)) if lines.len() > 1 => format!("{first}: {last}"),
        (Some(first), _) => (*first).to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests;
