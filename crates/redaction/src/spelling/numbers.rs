//! Characters written as numbers with anything between them: `51 52`, `0x51, 0x52`, `81,82`,
//! `U+0051 U+0052`, the rows of a dump.

use crate::letter::{Letter, SHORTEST_PART, number};

/// A way of writing bytes as words of digits.
struct Notation {
    radix: u32,
    /// What a word may begin with.
    prefixes: &'static [&'static str],
    /// The fewest and the most digits of a word.
    digits: (usize, usize),
    /// How many digits make a byte, where a word can hold more than one.
    pair: Option<usize>,
}

const NOTATIONS: [Notation; 4] = [
    Notation {
        radix: 16,
        prefixes: &["0x", "x", "u"],
        digits: (2, 64),
        pair: Some(2),
    },
    Notation {
        radix: 10,
        prefixes: &[],
        digits: (2, 3),
        pair: None,
    },
    Notation {
        radix: 8,
        prefixes: &["0o", "o"],
        digits: (2, 4),
        pair: None,
    },
    Notation {
        radix: 2,
        prefixes: &["0b"],
        digits: (7, 8),
        pair: None,
    },
];

/// What the words say that are numbers, for each notation. Other words between them do not count.
pub(super) fn read(letters: &[Letter]) -> Vec<Vec<Letter>> {
    let both = |one: &Letter, next: &Letter| one.is_alphanumeric() && next.is_alphanumeric();
    let mut views = NOTATIONS.map(|_| Vec::new());
    for word in letters.chunk_by(both) {
        let ends_in_digit = |letter: &Letter| letter.byte.is_ascii_hexdigit();
        if word.len() < 2 || !word.last().is_some_and(ends_in_digit) {
            continue;
        }
        for (notation, view) in NOTATIONS.iter().zip(&mut views) {
            notation.read(word, view);
        }
    }
    let mut views = Vec::from(views);
    views.retain(|view| view.len() >= SHORTEST_PART);
    views
}

impl Notation {
    fn read(&self, word: &[Letter], view: &mut Vec<Letter>) {
        let prefix = |prefix: &&&str| {
            let beginning = word.get(..prefix.len()).unwrap_or_default();
            let beginning = beginning
                .iter()
                .map(|letter| letter.byte.to_ascii_lowercase());
            beginning.eq(prefix.bytes())
        };
        let prefix = self.prefixes.iter().find(prefix).map_or(0, |it| it.len());
        let digits = word.get(prefix..).unwrap_or_default();
        let (fewest, most) = self.digits;
        if !(fewest..=most).contains(&digits.len()) {
            return;
        }
        let pair = self.pair.unwrap_or(digits.len());
        let before = view.len();
        for (index, spelled) in digits.chunks(pair).enumerate() {
            let value = number(spelled, 0, pair, self.radix);
            let Some(byte) = value.and_then(|value| u8::try_from(value).ok()) else {
                view.truncate(before);
                return;
            };
            // What cannot be seen fills up a wider number, or separates rows.
            if byte >= 0x20 {
                let from = if index == 0 { 0 } else { prefix + index * pair };
                let spelled = word.get(from..prefix + (index + 1) * pair);
                view.extend(spelled.and_then(|spelled| Letter::spelled_by(byte, spelled)));
            }
        }
    }
}
