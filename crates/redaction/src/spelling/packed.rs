//! Bytes packed into digits: base64, base32, hexadecimal (RFC 4648). Signs other than digits,
//! such as line breaks, blanks and padding, are passed over.

use crate::letter::{Letter, SHORTEST_PART};

/// The value of a letter in an encoding.
type Digit = fn(u8) -> Option<u8>;

/// An encoding, the bits of its digit, and the places at which a byte may begin.
const ENCODINGS: [(Digit, u32, usize); 4] = [
    (sextet, 6, 4),
    (quintet, 5, 8),
    (quintet_in_order, 5, 8),
    (nibble, 4, 2),
];

/// What may be packed there: every stretch that can be read, however digits are cut into bytes.
pub(super) fn unpacked(letters: &[Letter]) -> Vec<Vec<Letter>> {
    let mut stretches = Vec::new();
    let mut digits = Vec::with_capacity(letters.len());
    for (digit, bits, cuts) in ENCODINGS {
        let value = |(place, letter): (usize, &Letter)| Some((digit(letter.byte)?, place));
        digits.clear();
        digits.extend(letters.iter().enumerate().filter_map(value));
        for cut in 0..cuts {
            let digits = digits.get(cut..).unwrap_or_default();
            unpack(letters, digits, bits, &mut stretches);
        }
    }
    stretches
}

/// A byte with the places of its first and its last digit.
type Packed = (u8, usize, usize);

/// Joins digits to bytes, each of which stands where its digits do, and keeps what can be read.
fn unpack(letters: &[Letter], digits: &[(u8, usize)], bits: u32, stretches: &mut Vec<Vec<Letter>>) {
    let letter = |(byte, first, last): &Packed| {
        let (first, last) = (letters.get(*first)?, letters.get(*last)?);
        Letter::spelled_by(*byte, &[*first, *last])
    };
    let mut stretch: Vec<Packed> = Vec::new();
    let mut keep = |stretch: &mut Vec<Packed>| {
        if stretch.len() >= SHORTEST_PART {
            stretches.push(stretch.iter().filter_map(letter).collect());
        }
        stretch.clear();
    };
    let (mut waiting, mut count) = (0_u32, 0);
    let mut first = None;
    for &(value, place) in digits {
        waiting = (waiting << bits | u32::from(value)) & 0xffff;
        count += bits;
        let begun = *first.get_or_insert(place);
        if count < 8 {
            continue;
        }
        count -= 8;
        let byte = u8::try_from((waiting >> count) & 0xff).unwrap_or_default();
        match byte {
            0x20..0x7f => stretch.push((byte, begun, place)),
            // What cannot be seen fills up a wider character, or separates rows.
            0..0x20 => {}
            _ => keep(&mut stretch),
        }
        first = (count > 0).then_some(place);
    }
    keep(&mut stretch);
}

/// Either alphabet of base64 (§4 and §5).
fn sextet(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

/// Base32 (§6).
fn quintet(letter: u8) -> Option<u8> {
    match letter.to_ascii_uppercase() {
        upper @ b'A'..=b'Z' => Some(upper - b'A'),
        b'2'..=b'7' => Some(letter - b'2' + 26),
        _ => None,
    }
}

/// Base32 with the digits in the order of their values (§7).
fn quintet_in_order(letter: u8) -> Option<u8> {
    match letter.to_ascii_uppercase() {
        b'0'..=b'9' => Some(letter - b'0'),
        upper @ b'A'..=b'V' => Some(upper - b'A' + 10),
        _ => None,
    }
}

fn nibble(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        b'A'..=b'F' => Some(letter - b'A' + 10),
        _ => None,
    }
}
