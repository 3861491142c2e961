//! Whom an answer of a provider's user route is about.

use serde_json::Value;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The provider's stable id of the person.
    pub subject: String,
    pub name: Option<String>,
    pub email: Option<String>,
    /// Whether the address was verified, where the provider says.
    pub email_verified: Option<bool>,
}

/// A field that is a text and not empty.
pub(super) fn text(answer: &Value, field: &str) -> Option<String> {
    let text = answer.get(field)?.as_str()?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}
