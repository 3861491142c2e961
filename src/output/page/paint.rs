//! Colours in the cells of a table, whose layout must not count them as text.
//!
//! A cell is marked with invisible characters that take no room. A text from outside cannot hold
//! them, because [`line`](super::line) spells them out. When the layout is done, they become
//! colours.

use crate::output::palette::{LABEL, Tone};

const LABEL_MARK: char = '\u{2061}';
const GOOD: char = '\u{2062}';
const CAUTION: char = '\u{2063}';
const BAD: char = '\u{2064}';
const END: char = '\u{2060}';

/// A name of a value or a column.
pub(super) fn label(text: &str) -> String {
    format!("{LABEL_MARK}{text}{END}")
}

/// A value in its tone.
pub(super) fn toned(text: String, tone: Tone) -> String {
    let mark = match tone {
        Tone::Good => GOOD,
        Tone::Caution => CAUTION,
        Tone::Bad => BAD,
        Tone::Plain => return text,
    };
    format!("{mark}{text}{END}")
}

/// A row with the colours that its marks stand for.
pub(super) fn painted(row: &str) -> String {
    let mut shown = String::with_capacity(row.len() + 16);
    let mut open = None;
    for character in row.chars() {
        let style = match character {
            LABEL_MARK => LABEL,
            GOOD => Tone::Good.style(),
            CAUTION => Tone::Caution.style(),
            BAD => Tone::Bad.style(),
            END => {
                shown.push_str(open.take().unwrap_or_default());
                continue;
            }
            other => {
                shown.push(other);
                continue;
            }
        };
        shown.push_str(&style.render().to_string());
        open = Some("\u{1b}[0m");
    }
    // The rest of a value that was wrapped goes on below without its colour.
    shown.push_str(open.unwrap_or_default());
    shown
}
