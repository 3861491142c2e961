//! Which characters steer a terminal or hide in a text, and texts in UTF-16.
//!
//! Knows nothing of what is done about them.

use std::borrow::Cow;

use zeroize::Zeroize as _;

/// Joins or parts the letters beside it: Indic and Persian names and emoji need both.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// Bidirectional controls, zero-width characters, line separators, annotations and tags (Unicode
/// TR 9, TR 36).
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// The characters of a text, and whether each could move a cursor, recolour, reorder or hide text.
/// A joiner between two letters does what it is for.
pub(crate) fn characters(text: &str) -> impl Iterator<Item = (char, bool)> {
    let mut rest = text.chars();
    let mut before = None;
    std::iter::from_fn(move || {
        let character = rest.next()?;
        let after = rest.clone().next();
        let joins = JOINERS.contains(&character)
            && before.is_some_and(is_joined)
            && after.is_some_and(is_joined);
        before = Some(character);
        let steers = character.is_control() || is_invisible(character);
        Some((character, steers && !joins))
    })
}

/// Whether a joiner may stand beside it: a letter, a mark upon one, or a sign such as an emoji.
fn is_joined(character: char) -> bool {
    let is_sign = !character.is_ascii()
        && !character.is_control()
        && !character.is_whitespace()
        && !is_invisible(character);
    character.is_alphabetic() || is_sign
}

/// An answer without the byte order mark that some servers put before it (RFC 8259 §8.1).
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Bytes that are neither UTF-8 nor UTF-16 with a byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not UTF-8")]
pub(crate) struct NotUnicode;

/// A text that a person's system wrote, without its byte order marks: UTF-8, or UTF-16 that says so with
/// its mark, as `>` of `PowerShell` 5 writes it. Leaves no copy behind, as the text may be a secret.
pub(crate) fn text(mut bytes: Vec<u8>) -> Result<String, NotUnicode> {
    let unit: fn([u8; 2]) -> u16 = match bytes.as_slice() {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return narrow(bytes),
    };
    // A text that grows leaves copies behind. No unit takes more than three bytes.
    let mut text = String::with_capacity(bytes.len() / 2 * 3);
    let units = bytes.as_chunks().0.iter().copied().map(unit).skip(1);
    let is_whole = bytes.len().is_multiple_of(2)
        && char::decode_utf16(units).all(|letter| letter.map(|letter| text.push(letter)).is_ok());
    bytes.zeroize();
    if is_whole {
        return Ok(text);
    }
    text.zeroize();
    Err(NotUnicode)
}

fn narrow(mut bytes: Vec<u8>) -> Result<String, NotUnicode> {
    while bytes.starts_with(MARK) {
        bytes.drain(..MARK.len());
    }
    String::from_utf8(bytes).map_err(|error| {
        error.into_bytes().zeroize();
        NotUnicode
    })
}

/// The byte order mark in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A text without its byte order marks, in UTF-8: one in UTF-16 says so with its mark.
pub(crate) fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(of_utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(of_utf16(rest, u16::from_be_bytes)),
        bytes => Cow::Borrowed(bytes),
    }
}

/// UTF-16 in UTF-8, without what is not text in it. `unit` says which byte of a unit comes first.
pub(crate) fn of_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let units = bytes.as_chunks().0.iter().copied().map(unit);
    let text: String = char::decode_utf16(units).flatten().collect();
    text.trim_start_matches('\u{feff}').to_owned().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steering(text: &str) -> Vec<char> {
        let found = characters(text).filter_map(|(character, steers)| steers.then_some(character));
        found.collect()
    }

    #[test]
    fn joiners_between_letters_stay_and_elsewhere_they_hide_text() {
        for name in [
            "\u{915}\u{94d}\u{200d}\u{937}",
            "\u{ba8}\u{bcd}\u{200c}\u{ba8}",
            "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
            "\u{1f469}\u{1f3fd}\u{200d}\u{1f4bb}",
            "\u{2764}\u{fe0f}\u{200d}\u{1f525}",
            "Auf\u{200c}lage",
        ] {
            assert!(steering(name).is_empty(), "{name}");
        }
        for (text, found) in [
            ("\u{200d}a", 1),
            ("a\u{200c}", 1),
            ("a \u{200d}b", 1),
            ("a\u{200d}\u{200d}b", 2),
            ("1\u{200c}2", 1),
            ("a\u{200d}\u{1b}", 2),
            ("a\u{200b}b\u{202e}", 2),
        ] {
            assert_eq!(steering(text).len(), found, "{text:?}");
        }
    }

    #[test]
    fn a_text_is_read_with_and_without_a_mark_in_both_encodings_or_not_at_all() {
        let wide = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(unit).collect()
        };
        for bytes in [
            "a é 🦀\r\n".into(),
            "\u{feff}a é 🦀\r\n".into(),
            "\u{feff}\u{feff}a é 🦀\r\n".into(),
            wide("\u{feff}a é 🦀\r\n", u16::to_le_bytes),
            wide("\u{feff}a é 🦀\r\n", u16::to_be_bytes),
        ] {
            assert_eq!(text(bytes).as_deref(), Ok("a é 🦀\r\n"));
        }
        for bytes in [
            &b"caf\xe9"[..],
            b"\xef\xbb\xbf\xff",
            b"\xff\xfea",
            b"\xff\xfea\0b",
            b"\xff\xfe\x00\xd8",
            b"\xfe\xff\xd8\x00\x00a",
        ] {
            assert_eq!(text(bytes.to_vec()), Err(NotUnicode), "{bytes:?}");
        }
        assert_eq!(text(Vec::new()).as_deref(), Ok(""));
    }

    #[test]
    fn marks_go_and_wide_letters_become_narrow() {
        let wide = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}{é}".encode_utf16().flat_map(unit).collect()
        };
        for text in [
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
            "\u{feff}\u{feff}{é}".into(),
            "{é}".into(),
        ] {
            assert_eq!(utf8(&text), "{é}".as_bytes(), "{text:?}");
        }
    }
}
