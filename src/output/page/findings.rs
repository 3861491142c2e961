//! Results of checks: a sign and a word for each, in colour, with what is behind it below.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{Page, line};

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
            Self::Good => AnsiColor::Green.on_default(),
            Self::Doubtful => AnsiColor::Yellow.on_default().bold(),
            Self::Bad => AnsiColor::Red.on_default().bold(),
            Self::Absent => Style::new().dimmed(),
        }
    }
}

const NAME: Style = Style::new().bold();
const DETAIL: &str = "    ";

impl Page {
    /// Adds the result of a group of checks, in one line.
    pub(crate) fn finding(&mut self, mark: Mark, name: &str, word: &str, text: &str) {
        let style = mark.style();
        let (sign, name) = (mark.sign(), line(name));
        let begin = format!("{style}{sign}{style:#} {NAME}{name:<10}{NAME:#} {style}");
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
        let style = mark.style();
        let first = format!("  {style}{}{style:#} ", mark.sign());
        self.wrapped(text, &first, DETAIL);
    }

    /// Adds a command line that can be pasted: it is never wrapped.
    pub(crate) fn fix(&mut self, command: &str) {
        let style = super::prose::CODE;
        let _ = writeln!(self.text, "{DETAIL}$ {style}{}{style:#}", line(command));
    }
}
