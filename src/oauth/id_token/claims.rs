//! The shapes of claims (RFC 7519 §2 and §4.1).

use serde_json::{Map, Value};

use crate::clock::Seconds;

/// A time claim: any JSON number (RFC 7519 §2, `NumericDate`). Fractions are cut, and a moment
/// beyond the clock's range becomes its end.
pub(super) fn moment(claims: &Map<String, Value>, name: &str) -> Result<Option<Seconds>, String> {
    let Some(value) = claims.get(name) else {
        return Ok(None);
    };
    if let Some(seconds) = value.as_i64() {
        return Ok(Some(seconds));
    }
    let number = value.as_f64().ok_or("it is not a number")?;
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
    let seconds = number as Seconds;
    Ok(Some(seconds))
}

/// A text claim.
pub(super) fn text<'a>(
    claims: &'a Map<String, Value>,
    name: &str,
) -> Result<Option<&'a str>, String> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err("it is not a string".to_owned()),
    }
}

/// The audiences: one string, or a list of strings (RFC 7519 §4.1.3).
pub(super) fn audiences(claims: &Map<String, Value>) -> Result<Vec<&str>, String> {
    match claims.get("aud") {
        None => Err("it is absent".to_owned()),
        Some(Value::String(audience)) => Ok(vec![audience]),
        Some(Value::Array(list)) => list
            .iter()
            .map(Value::as_str)
            .collect::<Option<_>>()
            .ok_or_else(|| "it has a member that is not a string".to_owned()),
        Some(_) => Err("it is neither a string nor a list".to_owned()),
    }
}
