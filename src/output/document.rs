//! A JSON document as it was sent: its members in their order, and every digit of its numbers.
//!
//! [`fields`](super::fields) and [`jq`](super::jq) work on it. It does not know what it says.

use std::borrow::Cow;
use std::io;
use std::rc::Rc;

use jaq_json::write::{Pp, Styles};
use jaq_json::{Num, Val, read, write};
use serde_json::value::RawValue;

use super::number;
use super::palette;
use super::sanitize::{colored_json_for_terminal, json_for_terminal};
use crate::error::Error;

/// Levels of nesting that are read. `serde_json` has the same limit, and so the rest of the
/// program.
const MAX_NESTING: usize = 128;

/// The longest number that is read, in characters. Reading one takes time by the square of them.
const LONGEST_NUMBER: usize = 4096;

/// Why a text is not a document.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum MalformedDocument {
    /// It is not a JSON text (RFC 8259).
    #[error("it is not JSON: line {line}, column {column}")]
    NotJson { line: usize, column: usize },
    /// Reading it would exhaust the stack.
    #[error("it is nested more than {MAX_NESTING} levels deep")]
    TooDeep,
    /// Reading it would take too long.
    #[error("it has a number of more than {LONGEST_NUMBER} digits")]
    LongNumber,
}

/// Reads a document. What the values of jaq would admit beyond JSON is refused.
pub(super) fn parse(text: &[u8]) -> Result<Val, MalformedDocument> {
    value(checked(text)?)
}

/// Checks that a text can be read as a document.
pub(super) fn checked(text: &[u8]) -> Result<&RawValue, MalformedDocument> {
    // Some servers begin with a byte order mark, which a reader may leave out (RFC 8259 §8.1).
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
    let checked: &RawValue =
        serde_json::from_slice(text).map_err(|error| MalformedDocument::NotJson {
            line: error.line(),
            column: error.column(),
        })?;
    let Extent { depth, number } = extent(checked.get());
    if depth > MAX_NESTING {
        return Err(MalformedDocument::TooDeep);
    }
    if number > LONGEST_NUMBER {
        return Err(MalformedDocument::LongNumber);
    }
    Ok(checked)
}

/// Reads a document that was checked, or a part of one.
pub(super) fn value(checked: &RawValue) -> Result<Val, MalformedDocument> {
    let text = &*with_negative_zeros(checked.get());
    let read = read::parse_single(text.as_bytes());
    // Half of a surrogate pair is the one thing that the check lets through. As in jq, it becomes U+FFFD.
    read.or_else(|_| read::parse_single(without_lone_surrogates(text).as_bytes()))
        .map_err(|_| MalformedDocument::NotJson { line: 1, column: 1 })
}

/// How a document's `-0` is kept: as a whole number it would lose its sign.
const NEGATIVE_ZERO: &str = "-0e0";

/// The same JSON text with [`NEGATIVE_ZERO`] in place of each `-0`.
fn with_negative_zeros(json: &str) -> Cow<'_, str> {
    if !json.contains("-0") {
        return Cow::Borrowed(json);
    }
    let mut kept = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    let mut letters = json.chars().peekable();
    let mut is_zero = false;
    while let Some(letter) = letters.next() {
        kept.push(letter);
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => in_string = !in_string,
            // An exponent may be negative, too, and has a digit or an `e` before it.
            '-' if !in_string => is_zero = !kept.ends_with("e-") && !kept.ends_with("E-"),
            '0' if is_zero => {
                is_zero = false;
                if !matches!(letters.peek(), Some('.' | 'e' | 'E')) {
                    kept.push_str("e0");
                }
            }
            _ => is_zero = false,
        }
    }
    Cow::Owned(kept)
}

/// The same JSON text with `\ufffd` in place of each half of a surrogate pair.
fn without_lone_surrogates(json: &str) -> String {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut whole = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let (high, low) = (unit(escape), escape.get(6..).and_then(unit));
        let (written, length) = match (high, low) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (escape.get(..12), 12),
            (Some(0xd800..=0xdfff), _) => (Some("\\ufffd"), 6),
            (Some(_), _) => (escape.get(..6), 6),
            // The second character of any other escape is ASCII.
            (None, _) => (escape.get(..2), 2),
        };
        whole.push_str(written.unwrap_or_default());
        rest = escape.get(length..).unwrap_or_default();
    }
    whole + rest
}

pub(super) fn read(answer: &[u8]) -> Result<Val, Error> {
    parse(answer).map_err(|reason| unreadable(&reason))
}

/// An answer that cannot be read.
pub(super) fn unreadable(reason: &MalformedDocument) -> Error {
    Error::failure(format!("the answer cannot be read: {reason}"))
        .hint("ask without `--jq` and `--fields` to see it")
}

/// How far a JSON text goes.
#[derive(Default)]
struct Extent {
    /// How deep its brackets go.
    depth: usize,
    /// How long its longest number is.
    number: usize,
}

fn extent(json: &str) -> Extent {
    let (mut open, mut number) = (0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    let mut extent = Extent::default();
    for byte in json.bytes() {
        if !in_string && matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E') {
            number += 1;
            extent.number = extent.number.max(number);
            continue;
        }
        number = 0;
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                open += 1;
                extent.depth = extent.depth.max(open);
            }
            b']' | b'}' if !in_string => open = open.saturating_sub(1),
            _ => {}
        }
    }
    extent
}

/// How a document is shown to eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Colored,
}

impl Look {
    fn styles(self) -> Styles {
        match self {
            Self::Plain => Styles::default(),
            Self::Colored => palette::json(),
        }
    }

    /// What was written, without what steers a terminal. Escapes are those of the colours: within
    /// texts they are spelled out already (RFC 8259 §7).
    fn shown(self, text: Vec<u8>) -> String {
        let text = String::from_utf8(text)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        match self {
            Self::Plain => json_for_terminal(&text),
            Self::Colored => colored_json_for_terminal(&text),
        }
    }
}

/// The document in many lines, for people.
pub(super) fn pretty(document: Val, look: Look) -> String {
    nested_for_eyes(document, 0, look)
}

/// The document in many lines, as it stands that many levels deep in another, for people.
pub(super) fn nested_for_eyes(document: Val, level: usize, look: Look) -> String {
    look.shown(indented(document, level, look.styles()))
}

/// The document in one line, for people.
pub(super) fn compact_for_eyes(document: Val, look: Look) -> String {
    let style = Pp {
        styles: look.styles(),
        ..Pp::default()
    };
    let mut text = Vec::new();
    // Writing to a vector cannot fail.
    drop(write::write(&mut text, &style, 0, &plain(document)));
    look.shown(text)
}

/// The document in many lines, as it stands that many levels deep in another.
pub(super) fn nested(document: Val, level: usize) -> String {
    String::from_utf8(indented(document, level, Styles::default()))
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn indented(document: Val, level: usize, styles: Styles) -> Vec<u8> {
    let style = Pp {
        indent: Some("  ".to_owned()),
        sep_space: true,
        styles,
        ..Pp::default()
    };
    let mut text = Vec::new();
    // Writing to a vector cannot fail.
    drop(write::write(&mut text, &style, level, &plain(document)));
    text
}

/// The document in one line.
pub(super) fn compact(document: Val) -> String {
    plain(document).to_string()
}

/// Writes the document in one line.
pub(super) fn write_compact(mut writer: impl io::Write, document: Val) -> io::Result<()> {
    write::write(&mut writer, &Pp::default(), 0, &plain(document))
}

/// What a filter can make and JSON cannot say: infinite numbers become null as in jq, and bytes
/// and keys become texts.
fn plain(value: Val) -> Val {
    if is_plain(&value) {
        return value;
    }
    match value {
        Val::Num(Num::Dec(text)) if *text == NEGATIVE_ZERO => decimal("-0".to_owned()),
        Val::Num(Num::Float(number)) => number::written(number).map_or(Val::Null, decimal),
        Val::BStr(bytes) => Val::from(String::from_utf8_lossy(&bytes).into_owned()),
        Val::Arr(items) => items.iter().cloned().map(plain).collect(),
        Val::Obj(members) => {
            let text = |key: &Val| match key {
                Val::TStr(_) => key.clone(),
                key => Val::from(compact(key.clone())),
            };
            let members = members.iter();
            Val::obj(
                members
                    .map(|(key, value)| (text(key), plain(value.clone())))
                    .collect(),
            )
        }
        other => other,
    }
}

/// A number with just these digits.
fn decimal(digits: String) -> Val {
    Val::Num(Num::Dec(Rc::new(digits)))
}

fn is_plain(value: &Val) -> bool {
    match value {
        Val::Num(Num::Float(_)) | Val::BStr(_) => false,
        Val::Num(Num::Dec(text)) => **text != NEGATIVE_ZERO,
        Val::Null | Val::Bool(_) | Val::TStr(_) | Val::Num(_) => true,
        Val::Arr(items) => items.iter().all(is_plain),
        Val::Obj(members) => members
            .iter()
            .all(|(key, value)| matches!(key, Val::TStr(_)) && is_plain(value)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// JSON of every shape, a few levels deep.
    fn any_document() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|members| members.into_iter().collect::<Value>()),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_document_means_the_same_in_one_line_and_in_many(document in any_document()) {
            let read = parse(document.to_string().as_bytes()).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Value>(&pretty(read.clone(), Look::Plain)).unwrap(), &document);
            prop_assert_eq!(&serde_json::from_str::<Value>(&compact(read)).unwrap(), &document);
        }

        #[test]
        fn what_is_read_is_what_every_other_reader_reads(text in "[\\[\\]{}\",:0-9eE.+\\\\untrfalsNI #é]{0,40}") {
            if let Ok(read) = parse(text.as_bytes()) {
                // Numbers beyond a double keep their digits here, and are refused there.
                if let Ok(other) = serde_json::from_str::<Value>(&text) {
                    let ours: Value = serde_json::from_str(&compact(read)).unwrap();
                    prop_assert_eq!(ours, other);
                }
            }
        }
    }

    #[test]
    fn order_and_digits_stay_as_they_were_sent() {
        let text = r#"{"z":12345678901234567890123,"a":[1.10,-7,1E400],"m":{"é":"\u0041\n"}}"#;
        assert_eq!(
            compact(parse(text.as_bytes()).unwrap()),
            r#"{"z":12345678901234567890123,"a":[1.10,-7,1E400],"m":{"é":"A\n"}}"#
        );
    }

    #[test]
    fn what_is_no_json_is_refused_although_jaq_would_take_it() {
        for text in [
            "",
            "NaN",
            "[1] # comment",
            "{1:2}",
            "b\"x\"",
            "+1",
            "[1][2]",
            "<html>",
        ] {
            assert!(
                matches!(
                    parse(text.as_bytes()),
                    Err(MalformedDocument::NotJson { .. })
                ),
                "{text}"
            );
        }
        assert!(parse(b"\"\xff\"").is_err());
    }

    #[test]
    fn half_of_a_surrogate_pair_becomes_a_replacement_character() {
        for (text, expected) in [
            (r#""\ud800""#, "\"\u{fffd}\""),
            (r#""a\udc00b\ud83d\ude00\n\u0041""#, "\"a\u{fffd}b😀\\nA\""),
            (
                r#"{"\\ud800\ud800\ud83d\ude00":"\ud83d\\"}"#,
                "{\"\\\\ud800\u{fffd}😀\":\"\u{fffd}\\\\\"}",
            ),
        ] {
            assert_eq!(compact(parse(text.as_bytes()).unwrap()), expected, "{text}");
        }
        assert_eq!(compact(parse("\u{feff}[1]".as_bytes()).unwrap()), "[1]");
    }

    #[test]
    fn depth_is_bounded_and_brackets_in_strings_do_not_count() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(parse(nested(MAX_NESTING).as_bytes()).is_ok());
        assert_eq!(
            parse(nested(MAX_NESTING + 1).as_bytes()).unwrap_err(),
            MalformedDocument::TooDeep
        );
        assert!(parse(nested(1_000_000).as_bytes()).is_err());
        let text = format!("\"\\\"{}\"", "[".repeat(1000));
        assert!(parse(text.as_bytes()).is_ok());
    }

    #[test]
    fn a_number_of_too_many_digits_is_refused_and_a_long_text_of_digits_is_not() {
        let digits = "7".repeat(LONGEST_NUMBER);
        assert!(parse(digits.as_bytes()).is_ok());
        for text in [
            format!("{digits}7"),
            format!("[1,-{digits}]"),
            format!("{{\"a\":0.{digits}}}"),
            format!("1e{digits}"),
            "8".repeat(8_000_000),
        ] {
            assert_eq!(parse(text.as_bytes()), Err(MalformedDocument::LongNumber));
        }
        assert!(parse(format!("\"{digits}{digits}\"").as_bytes()).is_ok());
    }

    #[test]
    fn colours_are_the_only_escapes_and_change_nothing_else() {
        let text = r#"{"k\u001b[2J":["\u001b[31m\u009b31m",null,true,1.10,{}]}"#;
        let colored = pretty(parse(text.as_bytes()).unwrap(), Look::Colored);
        assert!(!colored.contains('\u{9b}') && !colored.contains("\u{1b}[2J"));
        assert!(!colored.contains("\u{1b}[31m"), "{colored}");
        assert!(colored.contains("\u{1b}[1m\u{1b}[34m\"k"), "{colored:?}");
        let stripped = anstream::adapter::strip_str(&colored).to_string();
        let plain = pretty(parse(text.as_bytes()).unwrap(), Look::Plain);
        assert_eq!(stripped, plain);
    }

    #[test]
    fn people_get_the_same_look_as_from_the_rest_of_the_program() {
        let text = r#"{"a":[],"b":{},"c":[1,{"d":null}]}"#;
        let same: Value = serde_json::from_str(text).unwrap();
        assert_eq!(
            pretty(parse(text.as_bytes()).unwrap(), Look::Plain),
            format!("{same:#}")
        );
    }
}
