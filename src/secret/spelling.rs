//! The ways in which a text can be spelled, each with the way back to where it stands.
//!
//! [`decoded`] undoes one layer of whatever encodings there may be: escapes, tags, numbers, and
//! packed bytes. Whoever calls it again with what it gave undoes the next one. It does not know
//! what is looked for.

mod escapes;
mod numbers;
mod packed;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use icu_normalizer::DecomposingNormalizerBorrowed;
use zeroize::Zeroizing;

/// One byte of the UTF-8 form of a text as it is compared, and the bytes of the text that spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) byte: u8,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Letter {
    /// A letter that all of these spell together.
    fn spelled_by(byte: u8, letters: &[Self]) -> Option<Self> {
        let (first, last) = (letters.first()?, letters.last()?);
        Some(Self {
            byte,
            start: first.start.min(last.start),
            end: first.end.max(last.end),
        })
    }

    fn is_alphanumeric(&self) -> bool {
        self.byte.is_ascii_alphanumeric()
    }
}

/// What holds fewer letters than this holds no part of a secret.
const SHORTEST: usize = super::redaction::SHORTEST_PART;

/// The characters of a text that can be seen.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        spell(character, |byte| letters.push(Letter { byte, start, end }));
    }
    letters
}

/// What the letters say with one layer of encoding undone. An encoding that only parts of them use
/// gives those parts, with what is near them.
pub(super) fn decoded(letters: &[Letter]) -> Vec<Vec<Letter>> {
    let mut views = Vec::new();
    for way in escapes::WAYS {
        views.extend(escapes::undone(letters, way));
    }
    views.extend(numbers::read(letters));
    views.extend(packed::unpacked(letters));
    views
}

/// A text in base64, for each place in a group of three bytes at which it may begin.
pub(super) fn packed_without_case(text: &str) -> impl Iterator<Item = Zeroizing<String>> {
    (0..3).flat_map(move |cut| {
        let bytes = text.as_bytes().get(cut..).unwrap_or_default();
        [STANDARD_NO_PAD, URL_SAFE_NO_PAD].map(|alphabet| Zeroizing::new(alphabet.encode(bytes)))
    })
}

/// The bytes that a character is compared by: none for what cannot be seen, such as a line break or
/// a zero-width space; those of ASCII for another form of it, such as a full-width letter.
fn spell(character: char, mut push: impl FnMut(u8)) {
    match character {
        ' '..='~' => push(u8::try_from(character).unwrap_or_default()),
        _ if is_unseen(character) => {}
        _ => {
            let forms = DecomposingNormalizerBorrowed::new_nfkd();
            let forms = || forms.normalize_iter(std::iter::once(character));
            if forms().all(|form| matches!(form, ' '..='~')) {
                forms().for_each(|form| push(u8::try_from(form).unwrap_or_default()));
            } else {
                let mut bytes = [0; 4];
                (character.encode_utf8(&mut bytes).bytes()).for_each(push);
            }
        }
    }
}

fn is_unseen(character: char) -> bool {
    matches!(
        u32::from(character),
        0..0x20
            | 0x7f..0xa0
            | 0xad
            | 0x34f
            | 0x61c
            | 0x180b..=0x180e
            | 0x200b..=0x200f
            | 0x2028..=0x202e
            | 0x2060..=0x206f
            | 0xfe00..=0xfe0f
            | 0xfeff
            | 0xfff9..=0xfffb
            | 0xe0000..=0xe0fff
    )
}

/// How many digits begin there, and no more of them than that.
fn digits(rest: &[Letter], from: usize, radix: u32, most: usize) -> usize {
    let digits = rest.get(from..).unwrap_or_default().iter();
    digits
        .take(most)
        .take_while(|letter| char::from(letter.byte).is_digit(radix))
        .count()
}

/// The number that so many digits make.
fn number(rest: &[Letter], from: usize, length: usize, radix: u32) -> Option<u32> {
    let digits = rest.get(from..from + length)?;
    let add = |sum: u32, letter: &Letter| {
        let digit = char::from(letter.byte).to_digit(radix)?;
        sum.checked_mul(radix)?.checked_add(digit)
    };
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0, add)
}
