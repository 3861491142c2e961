//! Escapes that stand for a character: of addresses, JSON, programming languages, HTML, and mail.
//! What a browser or a terminal does not show, such as a tag, is an escape for nothing.

use crate::letter::{Letter, SHORTEST_PART, digits, number, spell};

/// What an escape stands for.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    Nothing,
    Byte(u8),
    Character(char),
}

/// An escape at the beginning of some letters, with its length in letters.
type Escape = fn(&[Letter]) -> Option<(Meaning, usize)>;

/// They are undone apart from each other: what is an escape to one is a text to another.
pub(super) const WAYS: [Escape; 3] = [escape, quoted_printable, tag];

/// How many letters around an escape are looked at together with it. An encoding inside another
/// spells one part of a secret in fewer.
const NEAR: usize = 96;
/// The longest tag. A longer one holds too much else.
const LONGEST_TAG: usize = 96;
/// The longest name of a character in [`NAMED`], with its semicolon.
const LONGEST_NAME: usize = 18;

/// The letters with the escapes of one kind undone: each stretch that has some, with what is near.
pub(super) fn undone(letters: &[Letter], escape: Escape) -> Vec<Vec<Letter>> {
    let mut stretches: Vec<Vec<Letter>> = Vec::new();
    let mut stretch = Vec::new();
    // Where the letters begin that have not been taken, and until where they are near an escape.
    let (mut at, mut near) = (0, 0);
    while at < letters.len() {
        let rest = letters.get(at..).unwrap_or_default();
        let Some((meaning, length)) = escape(rest) else {
            at += 1;
            if at <= near {
                stretch.extend(rest.first());
            }
            continue;
        };
        if at > near {
            let from = near.max(at.saturating_sub(NEAR));
            if from > near {
                stretches.push(std::mem::take(&mut stretch));
            }
            stretch.extend(letters.get(from..at).unwrap_or_default());
        }
        let spelled = rest.get(..length).unwrap_or_default();
        let mut push = |byte| stretch.extend(Letter::spelled_by(byte, spelled));
        match meaning {
            Meaning::Nothing => {}
            Meaning::Byte(byte) => push(byte),
            Meaning::Character(character) => spell(character, push),
        }
        at += length;
        near = at + NEAR;
    }
    stretches.push(stretch);
    stretches.retain(|stretch| stretch.len() >= SHORTEST_PART);
    stretches
}

/// Percent-encoding, the escapes of JSON and of programming languages, and those of HTML.
fn escape(rest: &[Letter]) -> Option<(Meaning, usize)> {
    match rest.first()?.byte {
        b'%' => percent(rest),
        b'\\' => backslash(rest),
        b'&' => reference(rest),
        _ => None,
    }
}

fn byte_at(rest: &[Letter], index: usize) -> Option<u8> {
    rest.get(index).map(|letter| letter.byte)
}

fn percent(rest: &[Letter]) -> Option<(Meaning, usize)> {
    if byte_at(rest, 1)?.eq_ignore_ascii_case(&b'u') {
        return Some((character(number(rest, 2, 4, 16)?), 6));
    }
    Some((byte(number(rest, 1, 2, 16)?), 3))
}

fn backslash(rest: &[Letter]) -> Option<(Meaning, usize)> {
    let sign = byte_at(rest, 1)?;
    let braced = |from: usize, radix| {
        let opens = byte_at(rest, from - 1) == Some(b'{');
        let length = digits(rest, from, radix, 8);
        let closes = byte_at(rest, from + length) == Some(b'}');
        let value = number(rest, from, length, radix).filter(|_| opens && closes)?;
        Some((character(value), from + length + 1))
    };
    let fixed = |length| Some((character(number(rest, 2, length, 16)?), 2 + length));
    match sign {
        b'u' => braced(3, 16).or_else(|| fixed(4)),
        b'U' => braced(3, 16).or_else(|| fixed(8)).or_else(|| fixed(4)),
        b'x' | b'X' => braced(3, 16).or_else(|| Some((byte(number(rest, 2, 2, 16)?), 4))),
        b'o' => braced(3, 8),
        // `\N{U+0051}`
        b'N' if byte_at(rest, 2) == Some(b'{') && byte_at(rest, 4) == Some(b'+') => {
            let length = digits(rest, 5, 16, 8);
            let end = (byte_at(rest, 5 + length) == Some(b'}')).then_some(6 + length)?;
            Some((character(number(rest, 5, length, 16)?), end))
        }
        b'0'..=b'7' => {
            let length = digits(rest, 1, 8, 3);
            Some((byte(number(rest, 1, length, 8)?), 1 + length))
        }
        b'a' | b'b' | b'e' | b'f' | b'n' | b'r' | b't' | b'v' => Some((Meaning::Nothing, 2)),
        sign => Some((Meaning::Byte(sign), 2)),
    }
}

/// A character reference of HTML, with or without its semicolon.
fn reference(rest: &[Letter]) -> Option<(Meaning, usize)> {
    if byte_at(rest, 1)? == b'#' {
        let is_hex = byte_at(rest, 2)?.eq_ignore_ascii_case(&b'x');
        let (from, radix) = if is_hex { (3, 16) } else { (2, 10) };
        let length = digits(rest, from, radix, 8);
        let value = number(rest, from, length, radix)?;
        let semicolon = usize::from(byte_at(rest, from + length) == Some(b';'));
        return Some((character(value), from + length + semicolon));
    }
    let name: Vec<u8> = (rest.iter().skip(1).take(LONGEST_NAME))
        .map(|letter| letter.byte)
        .take_while(|byte| *byte != b';')
        .collect();
    let known = |known: &&(&str, char)| known.0.as_bytes().eq_ignore_ascii_case(&name);
    let (_, character) = NAMED.iter().find(known)?;
    let semicolon = usize::from(byte_at(rest, name.len() + 1) == Some(b';'));
    Some((Meaning::Character(*character), name.len() + 1 + semicolon))
}

/// Quoted-printable (RFC 2045 §6.7), also with the sign that some use instead of its own.
fn quoted_printable(rest: &[Letter]) -> Option<(Meaning, usize)> {
    (rest.first()?.byte == b'=').then_some(())?;
    Some((byte(number(rest, 1, 2, 16)?), 3))
}

/// A tag of HTML, or a sequence that colours a terminal (its ESC cannot be seen).
fn tag(rest: &[Letter]) -> Option<(Meaning, usize)> {
    let rest = rest.get(..LONGEST_TAG.min(rest.len()))?;
    let end = match rest.first()?.byte {
        b'<' => rest.iter().position(|letter| letter.byte == b'>')?,
        b'[' => {
            let is_parameter = |letter: &Letter| matches!(letter.byte, b'0'..=b'9' | b';');
            let end = 1 + rest
                .iter()
                .skip(1)
                .take_while(|it| is_parameter(it))
                .count();
            (byte_at(rest, end)? == b'm').then_some(end)?
        }
        _ => return None,
    };
    Some((Meaning::Nothing, end + 1))
}

fn byte(value: u32) -> Meaning {
    match u8::try_from(value) {
        Ok(byte) if byte >= 0x80 => Meaning::Byte(byte),
        _ => character(value),
    }
}

fn character(value: u32) -> Meaning {
    char::from_u32(value).map_or(Meaning::Nothing, Meaning::Character)
}

/// The named character references of HTML for ASCII, and those that cannot be seen.
const NAMED: [(&str, char); 60] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("hairsp", ' '),
    ("shy", '\u{ad}'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("NoBreak", '\u{2060}'),
    ("ZeroWidthSpace", '\u{200b}'),
    ("excl", '!'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("dash", '-'),
    ("minus", '-'),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("grave", '`'),
    ("DiacriticalGrave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("VerticalLine", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
    ("tilde", '~'),
    ("sim", '~'),
    ("fjlig", 'f'),
    ("InvisibleTimes", '\u{2062}'),
];
