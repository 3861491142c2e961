//! Lines that end between words, where a terminal would end them within one.

use std::io;

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use super::palette::INPUT;
use super::sanitize::escaped;
use crate::secret::redact;

/// Keeps the blanks of a command in a sentence.
const HARD_BLANK: char = '\u{a0}';

/// A text in lines of at most so many columns; those behind the first are indented. A command in
/// backticks and a long word stay whole, so that they can be copied.
pub(super) fn wrapped(text: &str, width: usize, indent: usize) -> String {
    if textwrap::core::display_width(text) <= width {
        return text.to_owned();
    }
    let mut is_command = false;
    let glued: String = text
        .chars()
        .map(|character| {
            is_command ^= character == '`';
            if is_command && character == ' ' {
                HARD_BLANK
            } else {
                character
            }
        })
        .collect();
    let indent = " ".repeat(indent);
    let options = Options::new(width)
        .subsequent_indent(&indent)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::fill(&glued, options).replace(HARD_BLANK, " ")
}

/// A text whose parts in backticks are coloured.
pub(crate) fn with_code(text: &str) -> String {
    if !text.matches('`').count().is_multiple_of(2) {
        return text.to_owned();
    }
    let parts = text.split('`').enumerate();
    let shown = parts.map(|(index, part)| {
        if index % 2 == 0 {
            part.to_owned()
        } else {
            format!("{INPUT}`{part}`{INPUT:#}")
        }
    });
    shown.collect()
}

/// Words behind a label, without secrets and what steers a terminal. Where stderr is a terminal,
/// their lines end between words.
pub(super) fn fitted(label: &str, text: &str) -> String {
    let clean = redact(text);
    let mut label = label;
    let mut shown = String::new();
    for words in clean.lines() {
        shown.push_str(&in_lines(label, &escaped(words)));
        label = "";
    }
    shown
}

/// One line of such words, which are sanitised already.
pub(super) fn in_lines(label: &str, text: &str) -> String {
    let width = terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| width.0);
    let Some(width) = width.filter(|width| *width > 0) else {
        return format!("{label}{}\n", with_code(text));
    };
    let plain = anstream::adapter::strip_str(label).to_string();
    let text = wrapped(&format!("{plain}{text}"), usize::from(width), plain.len());
    let words = text.strip_prefix(&plain).unwrap_or(&text);
    format!("{label}{}\n", with_code(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_backtick_is_left_alone() {
        assert_eq!(with_code("a ` b"), "a ` b");
        assert!(with_code("a `b` c").contains("`b`\u{1b}[0m"));
    }

    #[test]
    fn lines_end_between_words_and_never_in_a_command_or_an_address() {
        for (text, width, indent, shown) in [
            ("short", 10, 4, "short"),
            ("one two three", 8, 0, "one two\nthree"),
            (
                "hint: one two three",
                12,
                6,
                "hint: one\n      two\n      three",
            ),
            ("run `a b c d` now", 8, 0, "run\n`a b c d`\nnow"),
            (
                "see https://portal.example/long",
                10,
                0,
                "see\nhttps://portal.example/long",
            ),
            ("日本 日本", 5, 0, "日本\n日本"),
        ] {
            assert_eq!(wrapped(text, width, indent), shown);
        }
    }
}
