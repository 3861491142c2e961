//! Keeps what a server sent from steering a terminal.
//!
//! Control characters, bidirectional overrides and zero-width characters are shown as escapes, but
//! for joiners between letters.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use crate::secret::{REDACTED, redact};
use crate::unicode;

/// A text as one line without a secret of this run: everything that could move the cursor,
/// recolour, reorder or hide text is written as `\u{…}`.
pub(crate) fn line(text: &str) -> String {
    escaped(&redact(text))
}

/// The same for a text that was asked for, and is shown whatever is in it.
pub(super) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (character, steers) in unicode::characters(text) {
        if steers {
            // Writing to a String cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// A text of several lines: the same, but for line breaks of either kind and tabs, which stay.
pub(super) fn words(text: &str) -> String {
    let last = text.split('\n').count() - 1;
    let rows = text.split('\n').enumerate().map(|(index, row)| {
        let (row, end) = match row.strip_suffix('\r') {
            Some(row) if index < last => (row, "\r"),
            _ => (row, ""),
        };
        let cells: Vec<_> = row.split('\t').map(escaped).collect();
        cells.join("\t") + end
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// A JSON document for a terminal: the same document, with such characters as `\uXXXX`.
///
/// JSON admits none of them outside strings, but for line breaks of either kind and tabs, which
/// stay.
pub(super) fn json_for_terminal(json: &str) -> String {
    spelled_out(json, |_| true)
}

/// The same for a document that a writer of JSON has coloured: it has spelled out every escape
/// within texts.
pub(super) fn colored_json_for_terminal(json: &str) -> String {
    spelled_out(json, |character| character != '\u{1b}')
}

fn spelled_out(json: &str, is_foreign: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(json.len());
    let mut characters = unicode::characters(json).peekable();
    while let Some((character, steers)) = characters.next() {
        let is_line_break =
            character == '\r' && characters.peek().is_some_and(|(next, _)| *next == '\n');
        let steers = steers && is_foreign(character);
        if steers && !is_line_break && !matches!(character, '\n' | '\t') {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(character);
        }
    }
    shown
}

/// A document without the secrets of this run.
pub(super) fn redacted(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(redact(text)),
        Value::Array(items) => {
            let clean: Value = items.iter().map(redacted).collect();
            match redact(&clean.to_string()) {
                Cow::Borrowed(_) => clean,
                // It is spread over the items.
                Cow::Owned(_) => Value::from(vec![REDACTED]),
            }
        }
        Value::Object(members) => {
            let clean =
                |(name, value): (&String, &Value)| (redact(name).into_owned(), redacted(value));
            members.iter().map(clean).collect()
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_steers_a_terminal_is_spelled_out() {
        let cases = [
            ("plain, açaí, 日本", "plain, açaí, 日本"),
            ("\u{1b}[2J", "\\u{1b}[2J"),
            ("a\rb\nc\td", "a\\u{d}b\\u{a}c\\u{9}d"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("\u{202e}txt.exe", "\\u{202e}txt.exe"),
            ("a\u{200b}b", "a\\u{200b}b"),
            ("\u{7f}", "\\u{7f}"),
            (
                "\u{915}\u{94d}\u{200d}\u{937}",
                "\u{915}\u{94d}\u{200d}\u{937}",
            ),
            ("a\u{200d} b", "a\\u{200d} b"),
        ];
        for (given, shown) in cases {
            assert_eq!(line(given), shown);
        }
    }

    #[test]
    fn words_keep_their_lines_and_columns() {
        assert_eq!(
            words("a\tb\u{1b}[2J\nc\u{9b}\n"),
            "a\tb\\u{1b}[2J\nc\\u{9b}\n"
        );
    }

    #[test]
    fn line_breaks_of_windows_are_left_alone_and_a_lone_carriage_return_is_not() {
        assert_eq!(words("a\r\nb\r\n"), "a\r\nb\r\n");
        assert_eq!(words("a\rb\r"), "a\\u{d}b\\u{d}");
        assert_eq!(
            json_for_terminal("{\r\n\"a\":1\r\n}\r"),
            "{\r\n\"a\":1\r\n}\\u000d"
        );
    }

    #[test]
    fn json_keeps_its_meaning() {
        let body = "{\n\t\"name\": \"a\u{9b}31m\u{202e}\u{e0001}\"\n}";
        let shown = json_for_terminal(body);
        assert!(!shown.contains('\u{9b}'));
        let before: Value = serde_json::from_str(body).unwrap();
        let after: Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(before, after);
    }

    proptest! {
        #[test]
        fn no_control_character_survives(text in any::<String>()) {
            prop_assert!(!line(&text).chars().any(char::is_control));
        }
    }
}
