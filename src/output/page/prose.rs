//! Paragraphs and lists of sentences, wrapped where a line ends.

use std::fmt::Write as _;

use super::{Page, line};
use crate::output::palette::INPUT;
use crate::output::wrap::{with_code, wrapped};

/// The width of a page that is not shown on a terminal, and whose text has no width of its own.
const DEFAULT_WIDTH: u16 = 80;
/// Longer lines are hard to read, however wide a terminal is.
const MAX_WIDTH: u16 = 100;

impl Page {
    /// A page of sentences for a terminal of some width, or for none.
    pub(crate) fn article(width: Option<u16>) -> Self {
        Self::fitting(width.unwrap_or(DEFAULT_WIDTH).min(MAX_WIDTH))
    }

    /// Adds a paragraph.
    pub(crate) fn paragraph(&mut self, text: &str) {
        self.prose(text, 0);
    }

    /// Adds a paragraph below a heading of its own.
    pub(crate) fn indented(&mut self, text: &str) {
        self.prose(&format!("    {text}"), 4);
    }

    /// Adds a command that can be copied, in a line of its own.
    pub(crate) fn command(&mut self, command: &str) {
        let command = line(command);
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "  $ {INPUT}{command}{INPUT:#}");
    }

    /// Adds an item of a list.
    pub(crate) fn item(&mut self, text: &str) {
        self.prose(&format!("  - {text}"), 4);
    }

    fn prose(&mut self, text: &str, indent: usize) {
        let text = self.in_lines(text, indent);
        self.text.push_str(&text);
        self.text.push('\n');
    }

    /// Sentences in lines of a width that reads well; those behind the first are indented.
    pub(super) fn in_lines(&self, text: &str, indent: usize) -> String {
        let width = self.width.unwrap_or(DEFAULT_WIDTH).min(MAX_WIDTH);
        with_code(&wrapped(&line(text), usize::from(width), indent))
    }
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
