//! The ways in which a text can be spelled, each with the way back to where it stands.
//!
//! It reads characters out of encodings. It does not know what is looked for.

/// A character as it is compared, and the bytes of the text that spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    /// ASCII as it is; any other character as a byte above it.
    pub(super) byte: u8,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The shortest run of base64 or hexadecimal digits that can hold eight characters.
const SHORTEST_BASE64: usize = 11;
const SHORTEST_HEX: usize = 16;

/// The characters of a text that can be seen.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let letter = |(start, character): (usize, char)| {
        Some(Letter {
            byte: folded(u32::from(character))?,
            start,
            end: start + character.len_utf8(),
        })
    };
    text.char_indices().filter_map(letter).collect()
}

/// A character as one byte; `None` for what cannot be seen, such as a line break or a zero-width
/// space. The full-width forms of ASCII (U+FF01 to U+FF5E) read as ASCII.
fn folded(character: u32) -> Option<u8> {
    match character {
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
        | 0xe0000..=0xe0fff => None,
        0x20..0x7f => u8::try_from(character).ok(),
        0xff01..=0xff5e => u8::try_from(character - 0xfee0).ok(),
        _ => u8::try_from(character & 0x7f).ok().map(|low| low | 0x80),
    }
}

/// The letters with percent-encoding and the escapes of JSON, C and HTML undone once; `None` where
/// there are none.
pub(super) fn unescaped(letters: &[Letter]) -> Option<Vec<Letter>> {
    let is_sign = |letter: &Letter| matches!(letter.byte, b'%' | b'\\' | b'&');
    if !letters.iter().any(is_sign) {
        return None;
    }
    let mut plain = Vec::with_capacity(letters.len());
    let mut rest = letters;
    while let Some((first, more)) = rest.split_first() {
        if let Some((byte, length)) = escape(rest)
            && let Some(last) = rest.get(length - 1)
        {
            plain.extend(byte.map(|byte| Letter {
                byte,
                start: first.start,
                end: last.end,
            }));
            rest = rest.get(length..).unwrap_or_default();
        } else {
            plain.push(*first);
            rest = more;
        }
    }
    Some(plain)
}

/// The character that an escape stands for, if it can be seen, and the escape's length in letters.
fn escape(rest: &[Letter]) -> Option<(Option<u8>, usize)> {
    let at = |index: usize| rest.get(index).map(|letter| letter.byte);
    match (at(0)?, at(1)?) {
        (b'%', _) => Some((folded(number(rest, 1, 2, 16)?), 3)),
        (b'\\', b'u') if at(2) == Some(b'{') => {
            let digits = digits(rest, 3, 16);
            let end = at(3 + digits) == Some(b'}');
            Some((
                folded(number(rest, 3, digits, 16).filter(|_| end)?),
                digits + 4,
            ))
        }
        (b'\\', b'u') => Some((folded(number(rest, 2, 4, 16)?), 6)),
        (b'\\', b'x') => Some((folded(number(rest, 2, 2, 16)?), 4)),
        (b'\\', b'n' | b'r' | b't') => Some((None, 2)),
        (b'\\', sign) => Some((Some(sign), 2)),
        (b'&', b'#') => {
            let is_hex = at(2).is_some_and(|sign| sign.eq_ignore_ascii_case(&b'x'));
            let (from, radix) = if is_hex { (3, 16) } else { (2, 10) };
            let digits = digits(rest, from, radix);
            let semicolon = usize::from(at(from + digits) == Some(b';'));
            Some((
                folded(number(rest, from, digits, radix)?),
                from + digits + semicolon,
            ))
        }
        (b'&', _) => NAMED.iter().find_map(|(name, byte)| {
            let is_it = (name.bytes().enumerate()).all(|(index, byte)| at(index + 1) == Some(byte));
            is_it.then_some((Some(*byte), name.len() + 1))
        }),
        _ => None,
    }
}

/// The named character references of HTML that a server uses for ASCII.
const NAMED: [(&str, u8); 5] = [
    ("amp;", b'&'),
    ("lt;", b'<'),
    ("gt;", b'>'),
    ("quot;", b'"'),
    ("apos;", b'\''),
];

/// The longest number that an escape has, in digits.
const LONGEST_NUMBER: usize = 8;

/// How many digits begin there.
fn digits(rest: &[Letter], from: usize, radix: u32) -> usize {
    let digits = rest.get(from..).unwrap_or_default().iter();
    digits
        .take(LONGEST_NUMBER)
        .take_while(|letter| char::from(letter.byte).is_digit(radix))
        .count()
}

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

/// What runs of base64 and of hexadecimal digits hold, for each way of cutting them into bytes.
pub(super) fn binary_decoded(letters: &[Letter]) -> Vec<Vec<Letter>> {
    let mut decoded = Vec::new();
    for (digit, bits, shortest, cuts) in [
        (sextet as Digit, 6, SHORTEST_BASE64, 4),
        (nibble as Digit, 4, SHORTEST_HEX, 2),
    ] {
        let is_digit = |letter: &Letter| digit(letter).is_some();
        let runs = letters.chunk_by(|one, next| is_digit(one) && is_digit(next));
        for run in runs.filter(|run| run.len() >= shortest) {
            decoded.extend(
                (0..cuts).map(|cut| bytes(run.get(cut..).unwrap_or_default(), bits, digit)),
            );
        }
    }
    decoded
}

/// The value of a letter in an encoding.
type Digit = fn(&Letter) -> Option<u32>;

/// A digit of either alphabet of base64 (RFC 4648 §4 and §5).
fn sextet(letter: &Letter) -> Option<u32> {
    let digit = match letter.byte {
        byte @ b'A'..=b'Z' => byte - b'A',
        byte @ b'a'..=b'z' => byte - b'a' + 26,
        byte @ b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(digit))
}

fn nibble(letter: &Letter) -> Option<u32> {
    char::from(letter.byte).to_digit(16)
}

/// Joins digits of so many bits to bytes, each of which stands where its digits do.
fn bytes(run: &[Letter], bits: u32, digit: Digit) -> Vec<Letter> {
    let (mut waiting, mut count) = (0_u32, 0);
    let mut bytes = Vec::with_capacity(run.len());
    let mut start = None;
    for letter in run {
        let Some(value) = digit(letter) else {
            break;
        };
        waiting = (waiting << bits | value) & 0xffff;
        count += bits;
        let begun = *start.get_or_insert(letter.start);
        if count >= 8 {
            count -= 8;
            let byte = (waiting >> count) & 0xff;
            bytes.push(Letter {
                byte: u8::try_from(byte).unwrap_or_default(),
                start: begun,
                end: letter.end,
            });
            start = (count > 0).then_some(letter.start);
        }
    }
    bytes
}
