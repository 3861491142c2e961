//! Paragraphs and lists of sentences, wrapped where a line ends.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSeparator, WordSplitter, wrap};

use super::{Page, line};

/// The width of a page that is not shown on a terminal, and whose text has no width of its own.
const DEFAULT_WIDTH: u16 = 80;
/// Longer lines are hard to read, however wide a terminal is.
const MAX_WIDTH: u16 = 100;

/// What can be typed.
pub(super) const CODE: Style = AnsiColor::Cyan.on_default();
/// Stands for a blank at which no line may end.
const NO_BREAK: char = '\u{a0}';

impl Page {
    /// A page of sentences for a terminal of some width, or for none.
    pub(crate) fn article(width: Option<u16>) -> Self {
        Self::fitting(width.unwrap_or(DEFAULT_WIDTH).min(MAX_WIDTH))
    }

    /// Adds a paragraph.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.wrapped(text, "", "");
    }

    /// Adds a paragraph below a heading of its own.
    pub(crate) fn indented(&mut self, text: &str) {
        self.wrapped(text, "    ", "    ");
    }

    /// Adds a command that can be copied, in a line of its own.
    pub(crate) fn command(&mut self, command: &str) {
        let command = line(command);
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "  $ {CODE}{command}{CODE:#}");
    }

    /// Adds an item of a list.
    pub(crate) fn item(&mut self, text: &str) {
        self.wrapped(text, "  - ", "    ");
    }

    pub(super) fn wrapped(&mut self, text: &str, first: &str, others: &str) {
        let width = self.width.unwrap_or(DEFAULT_WIDTH).min(MAX_WIDTH);
        let options = Options::new(usize::from(width))
            .initial_indent(first)
            .subsequent_indent(others)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        for row in wrap(&with_code(&line(text)), options) {
            self.text.push_str(&row.replace(NO_BREAK, " "));
            self.text.push('\n');
        }
    }
}

/// A text whose parts in backticks stay in one line and are coloured.
fn with_code(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let shown = parts.map(|(index, part)| {
        if index % 2 == 0 {
            part.to_owned()
        } else {
            let part = part.replace(' ', &NO_BREAK.to_string());
            format!("{CODE}`{part}`{CODE:#}")
        }
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_in_backticks_stays_in_one_line() {
        let mut page = Page::fitting(30);
        page.item("Sign in again with `eprospera login --device`, or ask somebody.");
        let plain = anstream::adapter::strip_str(&page.render()).to_string();
        assert_eq!(
            plain,
            "  - Sign in again with\n    `eprospera login --device`,\n    or ask somebody.\n"
        );
    }
}
