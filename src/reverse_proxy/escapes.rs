//! Characters as JSON, JavaScript, URLs and HTML may write them: `\u0041`, `\x41`, `\/`, `%41`, `&#65;`.
//!
//! It knows nothing of what is looked for.

use memchr::memchr3;

/// A text that has been escaped more often than this is no longer read.
const MOST_LAYERS: usize = 8;
/// An entity of HTML has at most so many digits.
const MOST_DIGITS: usize = 7;

/// What stands at a place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Character {
    /// A byte, and how many bytes it is written with.
    Byte(u8, usize),
    /// The text ends before this can be known.
    Unfinished,
}

/// Whether any byte could begin an escape.
pub(super) fn may_be_in(bytes: &[u8]) -> bool {
    memchr3(b'\\', b'%', b'&', bytes).is_some()
}

/// Reads the character with which a text begins. Of what is no escape, its first byte.
pub(super) fn first(bytes: &[u8]) -> Character {
    let Some(&first) = bytes.first() else {
        return Character::Unfinished;
    };
    let read = match first {
        b'\\' => backslash(bytes),
        b'%' => percent(bytes),
        b'&' => entity(bytes),
        _ => Some(Character::Byte(first, 1)),
    };
    read.unwrap_or(Character::Byte(first, 1))
}

fn backslash(bytes: &[u8]) -> Option<Character> {
    let slashes = bytes.iter().take_while(|byte| **byte == b'\\').count();
    if slashes > MOST_LAYERS {
        return None;
    }
    let rest = &bytes[slashes..];
    let digits = match rest.first() {
        None => return Some(Character::Unfinished),
        Some(b'u') => 4,
        Some(b'x') => 2,
        Some(b'/') => return Some(Character::Byte(b'/', slashes + 1)),
        Some(_) => return None,
    };
    number(&rest[1..], digits, 16).map(|read| read.longer_by(slashes + 1))
}

fn percent(bytes: &[u8]) -> Option<Character> {
    let mut before = 1;
    // `%2541` is `%41` once more.
    while before <= 2 * MOST_LAYERS && bytes[before..].starts_with(b"25") {
        let rest = &bytes[before + 2..];
        if rest.len() < 2 {
            return Some(Character::Unfinished);
        }
        if !rest[..2].iter().all(u8::is_ascii_hexdigit) {
            break;
        }
        before += 2;
    }
    number(&bytes[before..], 2, 16).map(|read| read.longer_by(before))
}

fn entity(bytes: &[u8]) -> Option<Character> {
    let mut before = 1;
    while before <= 4 * MOST_LAYERS && bytes[before..].starts_with(b"amp;") {
        before += 4;
    }
    let rest = &bytes[before..];
    if b"amp;".starts_with(rest) {
        return Some(Character::Unfinished);
    }
    let rest = rest.strip_prefix(b"#")?;
    let (prefix, radix) = match rest.first() {
        None => return Some(Character::Unfinished),
        Some(b'x' | b'X') => (2, 16),
        Some(_) => (1, 10),
    };
    let rest = &rest[prefix - 1..];
    let is_digit = |byte: &&u8| char::from(**byte).is_digit(radix);
    let digits = rest.iter().take_while(is_digit).count();
    match rest.get(digits) {
        _ if digits == 0 && !rest.is_empty() || digits > MOST_DIGITS => None,
        None => Some(Character::Unfinished),
        Some(b';') => number(rest, digits, radix).map(|read| read.longer_by(before + prefix + 1)),
        Some(_) => None,
    }
}

/// A number of so many digits that is a byte of ASCII.
fn number(bytes: &[u8], digits: usize, radix: u32) -> Option<Character> {
    let written = &bytes[..digits.min(bytes.len())];
    let mut value = 0_u32;
    for byte in written {
        value = value * radix + char::from(*byte).to_digit(radix)?;
    }
    if written.len() < digits {
        return Some(Character::Unfinished);
    }
    let byte = u8::try_from(value).ok().filter(u8::is_ascii)?;
    Some(Character::Byte(byte, digits))
}

impl Character {
    fn longer_by(self, more: usize) -> Self {
        match self {
            Self::Byte(byte, length) => Self::Byte(byte, length + more),
            Self::Unfinished => Self::Unfinished,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_character_is_read_and_all_else_stays() {
        for (text, byte) in [
            ("\\u0041", b'A'),
            ("\\u002f", b'/'),
            ("\\\\u0041", b'A'),
            ("\\x41", b'A'),
            ("\\/", b'/'),
            ("\\\\/", b'/'),
            ("%41", b'A'),
            ("%2f", b'/'),
            ("%2541", b'A'),
            ("%252541", b'A'),
            ("&#65;", b'A'),
            ("&#x41;", b'A'),
            ("&#X0041;", b'A'),
            ("&amp;#65;", b'A'),
            ("A", b'A'),
        ] {
            let whole = Character::Byte(byte, text.len());
            assert_eq!(first(format!("{text}0").as_bytes()), whole, "{text}");
            for cut in 0..text.len() {
                let begun = first(&text.as_bytes()[..cut]);
                assert_eq!(begun, Character::Unfinished, "{}", &text[..cut]);
            }
        }
        for text in ["\\n", "\\u00zz", "%zz", "%2", "&lt;", "&#;x", "&#12345678;"] {
            let text = format!("{text} ");
            let own = Character::Byte(text.as_bytes()[0], 1);
            assert_eq!(first(text.as_bytes()), own, "{text}");
        }
        let many = "\\".repeat(100_000);
        assert_eq!(first(many.as_bytes()), Character::Byte(b'\\', 1));
    }
}
