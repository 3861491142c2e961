//! Query and form parameters, with repetitions seen rather than swallowed.
//!
//! A parameter without a value counts as left out (RFC 6749 §3.1, §3.2). An id in a path that is
//! not UTF-8 counts as unknown.

use std::collections::HashSet;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

/// What requests to authorize may hold.
const AUTHORIZE: [&str; 13] = [
    "client_id",
    "code_challenge",
    "code_challenge_method",
    "id_token_hint",
    "login_hint",
    "max_age",
    "nonce",
    "prompt",
    "redirect_uri",
    "response_mode",
    "response_type",
    "scope",
    "state",
];

/// What a route has in its path; a path that is no UTF-8 is a rejection.
pub(crate) type InPath<T> = Result<Path<T>, PathRejection>;

/// The ids of a path, or empty ones.
pub(crate) fn ids<T: DeserializeOwned + Default>(path: InPath<T>) -> T {
    path.map(|Path(ids)| ids).unwrap_or_default()
}

/// Decoded name and value pairs, in the order in which they came.
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Decodes `application/x-www-form-urlencoded` text.
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The first value of a name, unless it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    /// Every value of a name, for the pages' own check boxes.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// All names with their values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The first name that comes twice.
    pub(crate) fn repeated(&self) -> Option<&str> {
        let mut seen = HashSet::new();
        let mut names = self.0.iter().map(|(name, _)| name.as_str());
        names.find(|name| !seen.insert(*name))
    }
}

/// Why a parameter that comes twice is refused. A name is repeated only if requests to authorize have
/// one like it: any other may be a value that lost its name.
pub(crate) fn why_repeated(name: &str) -> String {
    if AUTHORIZE.contains(&name) {
        format!("parameter {name} is repeated")
    } else {
        "a parameter is repeated".to_owned()
    }
}
