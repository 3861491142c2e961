//! Which parts of a secret tell something.

use crate::letter::SHORTEST_PART;

/// The shortest part of letters and digits with anything between them. Words of a sentence run together
/// there, so that it takes more to tell a secret, unless a digit stands between letters.
const SHORTEST_SPLIT: usize = 12;
/// A part with fewer different characters tells nothing: it may be a ruler or a number.
const FEWEST_DIFFERENT: usize = 3;

/// How the characters of a part follow each other. It keeps the two kinds of hashes apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Eight in a row.
    InARow,
    /// Eight with gaps, and a digit between letters.
    Split,
    /// Twelve with gaps.
    LongSplit,
}

impl Part {
    pub(crate) fn length(self) -> usize {
        match self {
            Self::InARow | Self::Split => SHORTEST_PART,
            Self::LongSplit => SHORTEST_SPLIT,
        }
    }

    /// Keeps parts of the same length apart.
    pub(crate) fn salt(self) -> u64 {
        match self {
            Self::InARow | Self::LongSplit => 0,
            Self::Split => 1,
        }
    }

    /// Whether such a part of a secret tells something.
    pub(crate) fn is_telling(self, part: &[u8]) -> bool {
        is_telling(part)
            && match self {
                Self::InARow => true,
                Self::Split => has_digit_between_letters(part),
                Self::LongSplit => !may_be_words(part),
            }
    }

    /// All parts, each with the letters that it is made of: all, or letters and digits only.
    pub(crate) fn all<'a, T>(letters: &'a [T], joined: &'a [T]) -> [(Self, &'a [T]); 3] {
        [
            (Self::InARow, letters),
            (Self::Split, joined),
            (Self::LongSplit, joined),
        ]
    }
}

/// Whether a part has enough different characters.
fn is_telling(part: &[u8]) -> bool {
    let mut different: [Option<u8>; FEWEST_DIFFERENT] = [None; FEWEST_DIFFERENT];
    for byte in part {
        let byte = Some(*byte);
        match different
            .iter()
            .position(|known| *known == byte || known.is_none())
        {
            Some(place) if place + 1 == FEWEST_DIFFERENT => return true,
            Some(place) => {
                if let Some(slot) = different.get_mut(place) {
                    *slot = byte;
                }
            }
            None => return true,
        }
    }
    false
}

/// As in no words.
fn has_digit_between_letters(part: &[u8]) -> bool {
    let is_digit = u8::is_ascii_digit;
    let mut stretches = part.chunk_by(|one, next| is_digit(one) == is_digit(next));
    let first_is_digit = part.first().is_some_and(is_digit);
    // Letters, digits, letters: one more where digits come first.
    stretches.nth(2 + usize::from(first_is_digit)).is_some()
}

/// Whether words of a sentence can look like it when what is between them is left out.
fn may_be_words(part: &[u8]) -> bool {
    let are_all = |is: fn(&u8) -> bool| part.iter().all(is);
    are_all(u8::is_ascii_lowercase) || are_all(u8::is_ascii_uppercase)
}
