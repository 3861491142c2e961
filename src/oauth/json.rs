//! JSON in which no object names a key twice.
//!
//! RFC 8259 §4 leaves repeated names to the reader, and two readers that choose differently can
//! be played off against each other. Depth is bounded by `serde_json` (128 levels).

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

use crate::clock::Seconds;

use crate::unicode::without_mark;

/// Parses one JSON text; `None` when it is not JSON, is too deep, or repeats a key.
pub(super) fn parse(text: &[u8]) -> Option<Value> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = Strict.deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

/// Parses the JSON object of an answer under the same rules.
pub(super) fn parse_object(answer: &[u8]) -> Option<Map<String, Value>> {
    match parse(without_mark(answer))? {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

/// Whether an answer is a JSON object, perhaps with a key that is there twice.
pub(super) fn is_object(answer: &[u8]) -> bool {
    serde_json::from_slice::<Map<String, Value>>(without_mark(answer)).is_ok()
}

/// What is wrong with a text of an object that is read no further, as the end of a sentence.
pub(super) fn flaw_of_text(answer: &[u8], name: &str) -> Option<&'static str> {
    let object = serde_json::Deserializer::from_slice(without_mark(answer));
    let values = { object }.deserialize_map(ValuesOf(name)).ok()?;
    let is_text = |value: &&RawValue| value.get().starts_with('"') || value.get() == "null";
    if !values.iter().all(is_text) {
        return Some("is not a string");
    }
    (values.len() > 1).then_some("appears twice")
}

/// Takes the values of one name, however deep they are.
struct ValuesOf<'n>(&'n str);

impl<'de> Visitor<'de> for ValuesOf<'_> {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(name) = fields.next_key::<Cow<'de, str>>()? {
            let value = fields.next_value::<&RawValue>()?;
            if name == self.0 {
                values.push(value);
            }
        }
        Ok(values)
    }
}

/// Takes out what says nothing: some servers write `null` or an empty text where they have no value.
pub(super) fn drop_empty(object: &mut Map<String, Value>) {
    let says_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    };
    object.retain(|_, value| !says_nothing(value));
    for value in object.values_mut() {
        if let Value::Array(items) = value {
            items.retain(|item| !says_nothing(item));
        }
    }
}

/// Whole seconds: a number, or the string of one. Anything else counts as not said.
pub(super) fn seconds(value: &Value) -> Option<Seconds> {
    let number: f64 = match value {
        Value::String(text) => text.trim().parse().ok()?,
        other => other.as_f64()?,
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and every caller has a limit"
    )]
    let seconds = number.trunc() as Seconds;
    Some(seconds)
}

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON without repeated keys")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Self)?;
            if object.insert(key, value).is_some() {
                return Err(A::Error::custom("repeated key"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn plain_json_is_read_as_it_is() {
        let text = br#" {"a":[1,-2,3.5,null,true,"x"],"b":{"a":1}} "#;
        assert_eq!(
            parse(text),
            Some(json!({"a":[1,-2,3.5,null,true,"x"],"b":{"a":1}}))
        );
    }

    #[test]
    fn repeated_keys_rests_and_depth_are_refused() {
        let deep = "[".repeat(4000) + &"]".repeat(4000);
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":{"b":1,"b":2}}"#,
            r#"[{"b":1,"\u0062":2}]"#,
            r#"{"a":1} x"#,
            r#"{"a":1}{"a":1}"#,
            r#"{"a":1e999}"#,
            "\u{feff}{}",
            "",
            &deep,
        ] {
            assert_eq!(
                parse(text.as_bytes()),
                None,
                "{}",
                &text[..text.len().min(40)]
            );
        }
        assert_eq!(parse_object(b"[]"), None);
    }

    #[test]
    fn an_answer_may_begin_with_one_byte_order_mark() {
        assert_eq!(parse_object("\u{feff}{}".as_bytes()), Some(Map::new()));
        assert_eq!(parse_object("\u{feff}\u{feff}{}".as_bytes()), None);
    }
}
