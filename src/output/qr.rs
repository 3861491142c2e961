//! Draws a QR code on a terminal.
//!
//! Two modules share a character. The light ones are drawn and the dark ones left out, in colours
//! that are fixed on purpose: most readers want dark on light, whatever the terminal's own colours.
//! Without colours it is right on a dark background.

use std::fmt::Write as _;

use anstyle::{Ansi256Color, Style};
use fast_qr::{ECL, QRBuilder, QRCode};
use textwrap::core::display_width;

/// The light frame that a reader needs, in modules (ISO/IEC 18004 §5.3.8).
const QUIET: usize = 4;
/// Between the drawing and what stands beside it.
const GAP: usize = 3;

/// Black and white of the fixed part of the palette, which themes leave alone.
const COLORS: Style = Style::new()
    .fg_color(Some(anstyle::Color::Ansi256(Ansi256Color(231))))
    .bg_color(Some(anstyle::Color::Ansi256(Ansi256Color(16))));

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoQrCode {
    #[error("stderr is not a terminal")]
    NoTerminal,
    /// The terminal has too few columns.
    #[error("it needs a terminal of {columns} columns")]
    TooNarrow { columns: usize },
    /// No QR code can hold the text.
    #[error("the address is too long for one")]
    TooLong,
}

/// A drawing and its width in characters.
pub(super) struct Drawing {
    pub(super) text: String,
    pub(super) columns: usize,
}

impl Drawing {
    /// The drawing with lines at its right, at half its height; below it where a terminal of that
    /// many columns has no room.
    pub(super) fn with(self, lines: &[String], columns: usize) -> String {
        let room = columns.saturating_sub(self.columns + GAP);
        let is_beside = lines.iter().all(|line| display_width(line) <= room);
        if !is_beside {
            let lines = lines.iter().map(|line| format!("{line}\n"));
            return self.text + &lines.collect::<String>();
        }
        let rows: Vec<_> = self.text.lines().collect();
        let first = rows.len().saturating_sub(lines.len()) / 2;
        let mut text = String::new();
        for (index, row) in rows.into_iter().enumerate() {
            let line = index.checked_sub(first).and_then(|index| lines.get(index));
            let line = line.filter(|line| !line.is_empty());
            // Writing to a String cannot fail.
            let _ = match line {
                Some(line) => writeln!(text, "{row}{:GAP$}{line}", ""),
                None => writeln!(text, "{row}"),
            };
        }
        text
    }
}

/// Draws a text; `None` when it is too long for any code.
pub(super) fn draw(text: &str) -> Option<Drawing> {
    // A screen has no scratches: the least redundancy gives the smallest code.
    let code = QRBuilder::new(text).ecl(ECL::L).build().ok()?;
    let columns = code.size + 2 * QUIET;
    let mut drawing = String::new();
    for row in (0..columns).step_by(2) {
        let line: String = (0..columns)
            .map(|column| {
                let upper = is_light(&code, row, column);
                // The frame goes on below the last row of an odd number.
                match (upper, is_light(&code, row + 1, column)) {
                    (true, true) => '\u{2588}',
                    (true, false) => '\u{2580}',
                    (false, true) => '\u{2584}',
                    (false, false) => ' ',
                }
            })
            .collect();
        // Writing to a String cannot fail.
        let _ = writeln!(drawing, "{COLORS}{line}{COLORS:#}");
    }
    Some(Drawing {
        text: drawing,
        columns,
    })
}

fn is_light(code: &QRCode, row: usize, column: usize) -> bool {
    let inside = |at: usize| (QUIET..QUIET + code.size).contains(&at);
    !(inside(row) && inside(column) && code[row - QUIET][column - QUIET].value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_holds_every_module_and_a_light_frame() {
        let address = "https://portal.eprospera.com/device?user_code=QWRT-2468";
        let drawing = draw(address).unwrap();
        let code = QRBuilder::new(address).ecl(ECL::L).build().unwrap();
        let plain = anstream::adapter::strip_str(&drawing.text).to_string();
        let rows: Vec<Vec<char>> = plain.lines().map(|line| line.chars().collect()).collect();
        assert_eq!(drawing.columns, code.size + 8);
        assert!(drawing.columns <= 45, "it fits half of a usual terminal");
        assert_eq!(rows.len(), drawing.columns.div_ceil(2));
        let is_light = |row: usize, column: usize| {
            let lower = row % 2 == 1;
            match rows[row / 2][column] {
                '\u{2588}' => true,
                '\u{2580}' => !lower,
                '\u{2584}' => lower,
                ' ' => false,
                other => panic!("{other:?}"),
            }
        };
        for row in 0..drawing.columns {
            for column in 0..drawing.columns {
                let inside = |at: usize| (4..4 + code.size).contains(&at);
                let dark = inside(row) && inside(column) && code[row - 4][column - 4].value();
                assert_eq!(is_light(row, column), !dark, "{row}, {column}");
            }
        }
    }

    #[test]
    fn what_no_code_can_hold_is_not_drawn() {
        assert!(draw(&"x".repeat(4000)).is_none());
    }
}
