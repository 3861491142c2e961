//! How fields are read whose form differs between the portal's documents (docs/portal.md,
//! "Discrepancies").

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A text or null that has to be there: it tells the answer from another one.
pub(super) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer)
}

/// A list, or null for an empty one.
pub(super) fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let list = Option::deserialize(deserializer)?;
    Ok(list.unwrap_or_default())
}

/// A text, or whatever else was sent, letter by letter: a number keeps its digits and never becomes
/// a float.
pub(super) fn as_sent<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let Some(raw) = Option::<Box<RawValue>>::deserialize(deserializer)? else {
        return Ok(None);
    };
    if raw.get().starts_with('"') {
        return serde_json::from_str(raw.get()).map_err(D::Error::custom);
    }
    Ok(Some(raw.get().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Model {
        #[serde(default, deserialize_with = "as_sent")]
        version: Option<String>,
        #[serde(default, deserialize_with = "list")]
        countries: Vec<String>,
        #[serde(deserialize_with = "present")]
        name: Option<String>,
    }

    fn model(body: &str) -> Result<Model, String> {
        read(body.as_bytes())
    }

    #[test]
    fn what_is_no_text_is_kept_as_it_was_sent() {
        for (sent, read) in [
            (r#""2.0""#, Some("2.0")),
            ("2.0", Some("2.0")),
            ("0.10000000", Some("0.10000000")),
            (
                "123456789012345678901234567890",
                Some("123456789012345678901234567890"),
            ),
            (r#""v\u0031""#, Some("v1")),
            ("true", Some("true")),
            (r#"{"major":1}"#, Some(r#"{"major":1}"#)),
            ("null", None),
        ] {
            let body = format!(r#"{{"name":null,"version":{sent}}}"#);
            assert_eq!(model(&body).unwrap().version.as_deref(), read, "{sent}");
        }
    }

    #[test]
    fn absent_and_null_are_the_same_but_for_the_field_that_must_be_there() {
        let absent = model(r#"{"name":null}"#).unwrap();
        let null = model(r#"{"name":null,"version":null,"countries":null,"more":1}"#).unwrap();
        for model in [absent, null] {
            assert_eq!(model.version, None);
            assert_eq!(model.name, None);
            assert!(model.countries.is_empty());
        }
        assert_eq!(model("{}").unwrap_err(), "missing field `name`");
    }
}
