//! The letters of a text as they are compared, each with the place where it stands.

use icu_normalizer::DecomposingNormalizerBorrowed;
use zeroize::Zeroizing;

/// The shortest part of a secret that is one, in characters: what is shorter can be a word.
pub(crate) const SHORTEST_PART: usize = 8;

/// One byte of the UTF-8 form of a text as it is compared, and the bytes of the text that spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) byte: u8,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Letter {
    /// A letter that all of these spell together.
    pub(crate) fn spelled_by(byte: u8, letters: &[Self]) -> Option<Self> {
        let (first, last) = (letters.first()?, letters.last()?);
        Some(Self {
            byte,
            start: first.start.min(last.start),
            end: first.end.max(last.end),
        })
    }

    pub(crate) fn is_alphanumeric(&self) -> bool {
        self.byte.is_ascii_alphanumeric()
    }
}

/// The characters of a text that can be seen.
pub(crate) fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        spell(character, |byte| letters.push(Letter { byte, start, end }));
    }
    letters
}

/// What the letters of a secret are compared by, without the places where they stand.
pub(crate) fn bytes(secret: &str) -> Zeroizing<Vec<u8>> {
    // Room for more than there are: what grows leaves copies of itself behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 * secret.len()));
    for character in secret.chars() {
        spell(character, |byte| bytes.push(byte));
    }
    bytes
}

/// The bytes that a character is compared by: none for what cannot be seen, such as a line break or
/// a zero-width space; those of ASCII for another form of it, such as a full-width letter.
pub(crate) fn spell(character: char, mut push: impl FnMut(u8)) {
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
pub(crate) fn digits(rest: &[Letter], from: usize, radix: u32, most: usize) -> usize {
    let digits = rest.get(from..).unwrap_or_default().iter();
    digits
        .take(most)
        .take_while(|letter| char::from(letter.byte).is_digit(radix))
        .count()
}

/// The number that so many digits make.
pub(crate) fn number(rest: &[Letter], from: usize, length: usize, radix: u32) -> Option<u32> {
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
