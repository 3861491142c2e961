//! Results of checks: a sign and a word for each, in colour, with what is behind it below.

use std::fmt::Write as _;

use anstyle::Style;

use super::{Page, line};
use crate::output::palette::{HEADING, INPUT, LABEL, Tone};

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Good,
    Doubtful,
    Bad,
    /// Not looked at.
    Absent,
}

impl Mark {
    fn sign(self) -> char {
        match self {
            Self::Good => '✓',
            Self::Doubtful => '!',
            Self::Bad => '✗',
            Self::Absent => '-',
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Good => Tone::Good.style(),
            Self::Doubtful => Tone::Caution.style(),
            Self::Bad => Tone::Bad.style(),
            Self::Absent => LABEL,
        }
    }
}

const DETAIL: &str = "    ";

impl Page {
    /// Adds the result of a group of checks, in one line.
    pub(crate) fn finding(&mut self, mark: Mark, name: &str, word: &str, text: &str) {
        let style = mark.style();
        let (sign, name) = (mark.sign(), line(name));
        let begin = format!("{style}{sign}{style:#} {HEADING}{name:<10}{HEADING:#} {style}");
        if text.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(self.text, "{begin}{word}{style:#}");
            return;
        }
        // What has no room in one line is in the details.
        let room = usize::from(self.width.unwrap_or(u16::MAX)).saturating_sub(22);
        let text = line(text);
        let shown: String = if text.chars().count() > room {
            text.chars()
                .take(room.saturating_sub(1))
                .chain(['…'])
                .collect()
        } else {
            text
        };
        let _ = writeln!(self.text, "{begin}{word:<8}{style:#} {shown}");
    }

    /// Adds what one check found.
    pub(crate) fn detail(&mut self, mark: Mark, text: &str) {
        let (style, sign) = (mark.style(), mark.sign());
        let text = self.in_lines(&format!("  {sign} {text}"), DETAIL.len());
        let text = text.replacen(sign, &format!("{style}{sign}{style:#}"), 1);
        self.text.push_str(&text);
        self.text.push('\n');
    }

    /// Adds a command line that can be pasted: it is never wrapped.
    pub(crate) fn fix(&mut self, command: &str) {
        let style = INPUT;
        let _ = writeln!(self.text, "{DETAIL}$ {style}{}{style:#}", line(command));
    }
}
