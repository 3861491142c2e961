//! `-f` and `-F`: fields of a request, as members of a JSON object or as the pairs of a query.

use serde_json::{Map, Value, json};

use super::input::read;
use crate::error::Error;
use crate::unicode;

#[derive(Debug)]
pub(super) struct Parameter {
    key: ParameterKey,
    /// Without one, the key names an empty list.
    value: Option<Value>,
}

/// `a[b][]`: where in the object a value goes.
#[derive(Debug)]
struct ParameterKey {
    text: String,
    name: String,
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Member(String),
    Item,
}

/// Reads fields: first those that are texts, then those that are what they look like.
pub(super) fn all(raw: &[String], typed: &[String]) -> Result<Vec<Parameter>, Error> {
    let raw = raw
        .iter()
        .map(|text| one(text, |value| Ok(Value::from(value))));
    raw.chain(typed.iter().map(|text| one(text, meant)))
        .collect()
}

/// The fields as one JSON object.
pub(super) fn object(parameters: &[Parameter]) -> Result<Vec<u8>, Error> {
    let mut object = Map::new();
    for parameter in parameters {
        let key = &parameter.key;
        let value = parameter.value.clone();
        if put(&mut object, &key.name, &key.steps, value).is_none() {
            return Err(Error::usage(format!(
                "the field `{}` conflicts with another field",
                key.text
            ))
            .hint("pass each field once; write lists as `key[]=value`"));
        }
    }
    Ok(Value::from(object).to_string().into_bytes())
}

impl Parameter {
    /// The field as a pair of a query, where it has a value.
    pub(super) fn pair(&self) -> Option<(&str, String)> {
        let value = match self.value.as_ref()? {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        Some((&self.key.text, value))
    }
}

fn one(text: &str, value: impl Fn(&str) -> Result<Value, Error>) -> Result<Parameter, Error> {
    let malformed = || {
        // The value may be a secret.
        let key = text.split('=').next().unwrap_or_default();
        Error::usage(format!("the field `{key}` is malformed"))
            .hint("write it as `key=value`, `key[member]=value` or `key[]=value`")
    };
    if let Some((key, given)) = text.split_once('=') {
        return Ok(Parameter {
            key: ParameterKey::parse(key).ok_or_else(malformed)?,
            value: Some(value(given)?),
        });
    }
    let key = ParameterKey::parse(text).ok_or_else(malformed)?;
    let is_list = matches!(key.steps.last(), Some(Step::Item));
    let empty = Parameter { key, value: None };
    is_list.then_some(empty).ok_or_else(malformed)
}

/// What a value looks like.
fn meant(text: &str) -> Result<Value, Error> {
    if let Some(file) = text.strip_prefix('@') {
        let content = unicode::text(read(file)?);
        return content.map(Value::from).map_err(|_| {
            Error::usage(format!("{file} is not UTF-8"))
                .hint("send it as the whole body with `--input`")
        });
    }
    Ok(match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        text => match text.parse::<i64>() {
            // An id with a zero in front is not a number.
            Ok(number) if number.to_string() == text => number.into(),
            _ => text.into(),
        },
    })
}

impl ParameterKey {
    fn parse(text: &str) -> Option<Self> {
        let start = text.find('[').unwrap_or(text.len());
        let (name, mut rest) = text.split_at(start);
        if name.is_empty() || name.contains(']') {
            return None;
        }
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (inner, after) = rest.strip_prefix('[')?.split_once(']')?;
            steps.push(match inner {
                "" => Step::Item,
                inner if inner.contains('[') => return None,
                inner => Step::Member(inner.to_owned()),
            });
            rest = after;
        }
        Some(Self {
            text: text.to_owned(),
            name: name.to_owned(),
            steps,
        })
    }
}

/// Puts a value into an object; `None` where it has no place.
fn put(
    object: &mut Map<String, Value>,
    name: &str,
    steps: &[Step],
    value: Option<Value>,
) -> Option<()> {
    match steps {
        [] if object.contains_key(name) => None,
        [] => {
            object.insert(name.to_owned(), value?);
            Some(())
        }
        [Step::Member(member), rest @ ..] => {
            let inner = object.entry(name).or_insert_with(|| json!({}));
            put(inner.as_object_mut()?, member, rest, value)
        }
        [Step::Item] => {
            let list = object.entry(name).or_insert_with(|| json!([]));
            list.as_array_mut()?.extend(value);
            Some(())
        }
        [Step::Item, Step::Member(member), rest @ ..] => {
            let list = object.entry(name).or_insert_with(|| json!([]));
            let list = list.as_array_mut()?;
            // The last item takes what it has no value for yet; after that another one begins.
            if let Some(Value::Object(last)) = list.last_mut() {
                let mut fuller = last.clone();
                if put(&mut fuller, member, rest, value.clone()).is_some() {
                    *last = fuller;
                    return Some(());
                }
            }
            let mut item = Map::new();
            put(&mut item, member, rest, value)?;
            list.push(item.into());
            Some(())
        }
        // A list in a list: which of the inner ones is meant would be a guess.
        [Step::Item, Step::Item, ..] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    fn sent(raw: &[&str], typed: &[&str]) -> Result<String, Error> {
        let owned = |texts: &[&str]| {
            texts
                .iter()
                .map(|&text| text.to_owned())
                .collect::<Vec<_>>()
        };
        let body = object(&all(&owned(raw), &owned(typed))?)?;
        Ok(String::from_utf8(body).unwrap())
    }

    #[test]
    fn fields_are_nested_by_their_brackets() {
        for (raw, body) in [
            (&["a=1", "b=x=y"][..], r#"{"a":"1","b":"x=y"}"#),
            (&["a[b]=1", "a[c][d]=2"], r#"{"a":{"b":"1","c":{"d":"2"}}}"#),
            (&["a[]=1", "a[]=2"], r#"{"a":["1","2"]}"#),
            (&["a[]"], r#"{"a":[]}"#),
            (&["a[]", "a[]=1"], r#"{"a":["1"]}"#),
            (
                &["a[][n]=1", "a[][v]=2", "a[][n]=3", "a[][v]=4"],
                r#"{"a":[{"n":"1","v":"2"},{"n":"3","v":"4"}]}"#,
            ),
            (&["a[][t][]=1", "a[][t][]=2"], r#"{"a":[{"t":["1","2"]}]}"#),
            (&["a="], r#"{"a":""}"#),
        ] {
            assert_eq!(sent(raw, &[]).unwrap(), body, "{raw:?}");
        }
    }

    #[test]
    fn typed_fields_are_what_they_look_like_and_ids_stay_texts() {
        let typed = [
            "a=true",
            "b=false",
            "c=null",
            "d=42",
            "e=-7",
            "f=1.5",
            "g=007",
            "h=+1",
            "i=Ines",
            "j=9223372036854775808",
            "k=",
            "l=-0",
        ];
        assert_eq!(
            sent(&[], &typed).unwrap(),
            r#"{"a":true,"b":false,"c":null,"d":42,"e":-7,"f":"1.5","g":"007","h":"+1","i":"Ines","j":"9223372036854775808","k":"","l":"-0"}"#
        );
        assert_eq!(
            sent(&["a=true"], &["b=1"]).unwrap(),
            r#"{"a":"true","b":1}"#
        );
    }

    #[test]
    fn what_has_no_place_or_no_sense_is_refused() {
        for raw in [
            &["a=1", "a=2"][..],
            &["a=1", "a[b]=2"],
            &["a[b]=1", "a=2"],
            &["a[]=1", "a[b]=2"],
            &["a[b]=1", "a[]=2"],
            &["a[b]=1", "a[b]=2"],
            &["a[][]=1"],
            &["a"],
            &["a[b]"],
            &["=1"],
            &["[a]=1"],
            &["a[b=1"],
            &["a]b=1"],
            &["a[b]c=1"],
            &["a[b[c]]=1"],
            &[""],
        ] {
            assert_eq!(sent(raw, &[]).unwrap_err().kind(), Kind::Usage, "{raw:?}");
        }
        let message = sent(&["a[=canary"], &[]).unwrap_err().sentence();
        assert!(!message.contains("canary"), "{message}");
    }

    #[test]
    fn in_a_query_the_keys_stand_as_they_were_written() {
        let texts = ["a[b]=1".to_owned(), "c[]=x y".to_owned(), "d[]".to_owned()];
        let typed = ["e=null".to_owned(), "f=true".to_owned()];
        let parameters = all(&texts, &typed).unwrap();
        let pairs: Vec<_> = parameters.iter().filter_map(Parameter::pair).collect();
        let pair = |key, value: &str| (key, value.to_owned());
        assert_eq!(
            pairs,
            [
                pair("a[b]", "1"),
                pair("c[]", "x y"),
                pair("e", ""),
                pair("f", "true")
            ]
        );
    }
}
