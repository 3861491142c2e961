//! Whose taxes are asked about: one subject in words, and what a 404 may mean.

use super::super::short_id;
use crate::context::Context;
use crate::error::Error;
use crate::portal::TaxSubject;

/// What a 404 may mean where one subject was asked about.
pub(super) fn not_found_hint(subject: Option<&String>) -> Option<&'static str> {
    subject.map(|_| {
        "run `eprospera me tax summary` to list the subjects. This one does not exist, your \
         scopes do not cover it, or this server does not offer tax data"
    })
}

/// The subject with its whole id.
pub(super) fn whole(context: &Context, given: Option<&String>) -> Result<Option<String>, Error> {
    given
        .map(|given| match given.as_str() {
            "personal" => Ok(given.clone()),
            id => short_id::of_entity(context, id),
        })
        .transpose()
}

/// A subject in one line: `Mango Harbor LLC (legal entity, 80000000001234)`.
pub(super) fn in_words(subject: &TaxSubject) -> String {
    let kind = match subject.kind.as_deref() {
        Some("natural_person") => Some("person"),
        Some("legal_entity") => Some("legal entity"),
        unknown => unknown,
    };
    let facts = [kind, subject.resident_permit_number.as_deref()];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    let name = subject.name.as_deref().unwrap_or("an unnamed account");
    if facts.is_empty() {
        name.to_owned()
    } else {
        format!("{name} ({})", facts.join(", "))
    }
}
