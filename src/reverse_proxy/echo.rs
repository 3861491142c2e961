//! A server may repeat what it was sent. The access token in an answer is covered with asterisks,
//! so that it does not reach the caller, and nothing else of the answer changes.
//!
//! Looked for is the whole token: as it is, in the encodings in which a server would repeat it, and
//! with any of their characters escaped. Lengths stay as they were announced.

use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use memchr::memmem::Finder;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::escapes::{self, Character};
use crate::secret::Secret;

const COVER: u8 = b'*';
/// A character takes at most so many bytes where it is escaped.
const LONGEST_ESCAPE: usize = 48;

/// What is looked for, made once for a token.
struct Spellings {
    finders: Vec<Finder<'static>>,
    longest: usize,
    /// Which bytes any of them begins with.
    beginnings: [bool; 256],
}

/// How a text agrees with what is looked for.
enum Match {
    /// So many bytes of it.
    Whole(usize),
    /// As far as it goes.
    Begun,
}

/// The spellings of the token in use.
#[derive(Default)]
pub(super) struct Masks(Mutex<Option<(Secret, Arc<Spellings>)>>);

impl Masks {
    /// A mask for an answer to a request with a token.
    pub(super) fn of(&self, token: &Secret) -> Mask {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = last
            .as_ref()
            .filter(|(of, _)| of.equals(token.expose()))
            .map(|(_, spellings)| Arc::clone(spellings));
        let spellings = known.unwrap_or_else(|| {
            let made = Arc::new(Spellings::of(token));
            *last = Some((token.clone(), Arc::clone(&made)));
            made
        });
        Mask {
            spellings,
            held: Vec::new(),
        }
    }
}

impl Spellings {
    fn of(token: &Secret) -> Self {
        let spellings = spellings(token.expose().as_bytes());
        let mut beginnings = [false; 256];
        for spelling in &spellings {
            beginnings[usize::from(spelling[0])] = true;
        }
        let finders = spellings.iter().map(|one| Finder::new(one).into_owned());
        Self {
            longest: spellings.iter().map(Vec::len).max().unwrap_or_default(),
            finders: finders.collect(),
            beginnings,
        }
    }

    /// Whether a text begins with one of the spellings, or may once more of it has come.
    fn at(&self, text: &[u8]) -> Option<Match> {
        match escapes::first(text) {
            Character::Unfinished => return Some(Match::Begun),
            Character::Byte(first, _) if !self.beginnings[usize::from(first)] => return None,
            Character::Byte(..) => {}
        }
        let needles = self.finders.iter().map(Finder::needle);
        let mut begun = None;
        for needle in needles {
            match agreement(text, needle) {
                Some(Match::Begun) => begun = Some(Match::Begun),
                Some(whole) => return Some(whole),
                None => {}
            }
        }
        begun
    }
}

fn agreement(text: &[u8], needle: &[u8]) -> Option<Match> {
    let mut at = 0;
    for wanted in needle {
        match escapes::first(&text[at..]) {
            Character::Byte(byte, length) if byte == *wanted => at += length,
            Character::Byte(..) => return None,
            Character::Unfinished => return Some(Match::Begun),
        }
    }
    Some(Match::Whole(at))
}

/// Covers a token in a body that comes piece by piece.
pub(super) struct Mask {
    spellings: Arc<Spellings>,
    /// The end of what came so far, which may be the beginning of the token.
    held: Vec<u8>,
}

impl Mask {
    /// Takes the next piece, and gives what can be passed on of all that came.
    pub(super) fn pass(&mut self, piece: Vec<u8>) -> Vec<u8> {
        let mut bytes = std::mem::take(&mut self.held);
        if bytes.is_empty() {
            bytes = piece;
        } else {
            bytes.extend_from_slice(&piece);
        }
        self.cover(&mut bytes);
        let begins_at = self.begins_at(&bytes);
        self.held = bytes.split_off(begins_at);
        bytes
    }

    /// What is left at the end: it was not the token after all.
    pub(super) fn end(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.held)
    }

    /// The same for a body that is there as a whole.
    pub(super) fn cover(&self, bytes: &mut [u8]) {
        for finder in &self.spellings.finders {
            let length = finder.needle().len();
            let mut from = 0;
            while let Some(at) = finder.find(&bytes[from..]) {
                let found = from + at;
                bytes[found..found + length].fill(COVER);
                from = found + length;
            }
        }
        if !escapes::may_be_in(bytes) {
            return;
        }
        let mut at = 0;
        while at < bytes.len() {
            at += match self.spellings.at(&bytes[at..]) {
                Some(Match::Whole(length)) => {
                    bytes[at..at + length].fill(COVER);
                    length
                }
                Some(Match::Begun) | None => 1,
            };
        }
    }

    /// The same for headers. One whose name has the token in it is left out.
    pub(super) fn cover_headers(&self, headers: &mut HeaderMap) {
        let names: Vec<_> = headers.keys().cloned().collect();
        for name in names.iter().filter(|name| self.is_in_name(name)) {
            headers.remove(name);
        }
        for value in headers.values_mut() {
            let mut bytes = value.as_bytes().to_vec();
            self.cover(&mut bytes);
            if bytes == value.as_bytes() {
                continue;
            }
            // What was valid before is valid with asterisks.
            if let Ok(covered) = HeaderValue::from_bytes(&bytes) {
                *value = covered;
            }
        }
    }

    /// Names of headers are in lower case when they arrive.
    fn is_in_name(&self, name: &HeaderName) -> bool {
        let name = name.as_str().as_bytes();
        let needles = self.spellings.finders.iter().map(Finder::needle);
        let mut needles = needles.filter(|needle| needle.len() <= name.len());
        needles.any(|needle| {
            let mut parts = name.windows(needle.len());
            parts.any(|part| part.eq_ignore_ascii_case(needle))
        })
    }

    /// Where a token may begin that has not come as a whole.
    fn begins_at(&self, bytes: &[u8]) -> usize {
        let longest = self.spellings.longest;
        let escaped = bytes.len().saturating_sub(LONGEST_ESCAPE * longest);
        if escapes::may_be_in(&bytes[escaped..]) {
            let may_begin =
                |at: &usize| matches!(self.spellings.at(&bytes[*at..]), Some(Match::Begun));
            return (escaped..bytes.len())
                .find(may_begin)
                .unwrap_or(bytes.len());
        }
        let Spellings {
            finders,
            beginnings,
            ..
        } = &*self.spellings;
        let earliest = bytes.len().saturating_sub(longest.saturating_sub(1));
        let may_begin = |at: &usize| {
            let rest = &bytes[*at..];
            let mut needles = finders.iter().map(Finder::needle);
            beginnings[usize::from(rest[0])] && needles.any(|needle| needle.starts_with(rest))
        };
        (earliest..bytes.len())
            .find(may_begin)
            .unwrap_or(bytes.len())
    }
}

/// The ways in which a server may write a token.
fn spellings(token: &[u8]) -> Vec<Vec<u8>> {
    let mut spellings = vec![token.to_vec()];
    for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        // In base64 the same bytes have three looks, by where they begin. The letters at either end
        // depend on what is around them.
        for before in 0..3 {
            let mut bytes = vec![0; before];
            bytes.extend_from_slice(token);
            let whole = engine.encode(&bytes).into_bytes();
            let from = [0, 2, 3][before];
            let to = whole.len() - usize::from(bytes.len() % 3 != 0);
            spellings.push(whole[from..to].to_vec());
        }
    }
    let digits = |byte: &u8| format!("{byte:02x}").into_bytes();
    let hex: Vec<u8> = token.iter().flat_map(digits).collect();
    spellings.extend([hex.to_ascii_uppercase(), hex]);
    if let Ok(text) = std::str::from_utf8(token) {
        spellings.push(
            utf8_percent_encode(text, NON_ALPHANUMERIC)
                .to_string()
                .into_bytes(),
        );
        // As some writers of JSON have it.
        spellings.push(text.replace('/', "\\/").into_bytes());
    }
    spellings.push(token.iter().rev().copied().collect());
    spellings.retain(|spelling| !spelling.is_empty());
    spellings.sort();
    spellings.dedup();
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "at_0123456789-abc/def+ghi.jkl";

    fn mask() -> Mask {
        Masks::default().of(&Secret::unregistered(TOKEN.to_owned()))
    }

    /// What comes out of a text that comes in pieces of a size.
    fn passed(text: &[u8], size: usize) -> Vec<u8> {
        let mut mask = mask();
        let mut out = Vec::new();
        for piece in text.chunks(size) {
            out.extend(mask.pass(piece.to_vec()));
        }
        out.extend(mask.end());
        out
    }

    #[test]
    fn the_token_is_covered_wherever_a_piece_ends_and_the_rest_stays() {
        let text = format!("{{\"a\":\"{TOKEN}\",\"b\":\"{TOKEN}{TOKEN}\",\"c\":\"at_0123\"}}");
        let covered = text.replace(TOKEN, &"*".repeat(TOKEN.len()));
        for size in 1..=text.len() {
            assert_eq!(
                String::from_utf8(passed(text.as_bytes(), size)).unwrap(),
                covered,
                "{size}"
            );
        }
    }

    #[test]
    fn every_spelling_of_the_token_is_covered() {
        let encode = |engine: &base64::engine::GeneralPurpose, before: &str| {
            engine.encode(format!("{before}{TOKEN} and more"))
        };
        let digits = |byte: u8| format!("{byte:02x}").into_bytes();
        let hex = String::from_utf8(TOKEN.bytes().flat_map(digits).collect()).unwrap();
        let mut texts = vec![
            utf8_percent_encode(TOKEN, NON_ALPHANUMERIC).to_string(),
            hex.to_uppercase(),
            hex,
            TOKEN.chars().rev().collect(),
        ];
        for before in ["", "1", "12", "123", "Bearer "] {
            texts.push(encode(&STANDARD_NO_PAD, before));
            texts.push(encode(&URL_SAFE_NO_PAD, before));
        }
        for text in texts {
            let out = String::from_utf8(passed(text.as_bytes(), 7)).unwrap();
            let stars = out.bytes().filter(|byte| *byte == COVER).count();
            assert!(stars >= TOKEN.len(), "{text} became {out}");
            assert_eq!(out.len(), text.len());
        }
    }

    #[test]
    fn the_token_is_covered_with_any_of_its_characters_escaped() {
        let json = |text: &str| text.replace('a', "\\u0061").replace('/', "\\/");
        let all = |way: fn(u8) -> String| TOKEN.bytes().map(way).collect::<String>();
        let texts = [
            json(TOKEN),
            json(TOKEN).replace('\\', "\\\\"),
            all(|byte| format!("\\u{byte:04X}")),
            all(|byte| format!("\\x{byte:02x}")),
            all(|byte| format!("%{byte:02x}")),
            all(|byte| format!("%25{byte:02X}")),
            all(|byte| format!("&#{byte};")),
            all(|byte| format!("&#x{byte:x};")),
            // As forms have it, which leave `-`, `_` and `.` as they are.
            TOKEN.replace('/', "%2F").replace('+', "%2b"),
            STANDARD_NO_PAD.encode(TOKEN).replace('Y', "\\u0059"),
        ];
        for text in texts {
            let whole = format!("<{text}> 100% \\n &amp; {{}}");
            for size in [1, 2, 7, 64, whole.len()] {
                let out = String::from_utf8(passed(whole.as_bytes(), size)).unwrap();
                // The last letters of base64 depend on what follows.
                let covered = whole.replace(&text, &"*".repeat(text.len()));
                let stars = out.bytes().filter(|byte| *byte == COVER).count();
                assert!(stars + 2 >= text.len(), "{size}: {text} became {out}");
                assert_eq!(out.len(), covered.len());
                assert!(out.ends_with("> 100% \\n &amp; {}"), "{out}");
            }
        }
    }

    #[test]
    fn a_header_whose_name_has_the_token_in_it_is_left_out() {
        let masks = Masks::default();
        let mask = masks.of(&Secret::unregistered("At_0123456789abc".to_owned()));
        let mut headers = HeaderMap::new();
        for name in ["x-at_0123456789abc", "x-at_0123", "etag"] {
            headers.insert(
                name.parse::<HeaderName>().unwrap(),
                HeaderValue::from_static("1"),
            );
        }
        mask.cover_headers(&mut headers);
        let names: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
        assert_eq!(names.len(), 2);
        assert!(names.contains(&"x-at_0123") && names.contains(&"etag"));
    }

    #[test]
    fn only_what_may_be_the_token_is_held_back() {
        let mut mask = mask();
        assert_eq!(mask.pass(b"event: 1\n\n".to_vec()), b"event: 1\n\n");
        assert_eq!(mask.pass(b"x at_01".to_vec()), b"x ");
        assert_eq!(mask.pass(b"!".to_vec()), b"at_01!");
    }

    #[test]
    fn the_next_token_is_covered_as_the_last_one_was() {
        let masks = Masks::default();
        for token in ["at_one_of_the_tokens", "at_another_of_the_tokens"] {
            for _ in 0..2 {
                let mut mask = masks.of(&Secret::unregistered(token.to_owned()));
                let mut out = mask.pass(format!("{token}.").into_bytes());
                out.extend(mask.end());
                assert_eq!(out, format!("{}.", "*".repeat(token.len())).into_bytes());
            }
        }
    }

    #[test]
    fn a_header_keeps_its_length() {
        let mut headers = HeaderMap::new();
        let value = format!("Bearer {TOKEN}");
        headers.insert("x-echo", value.parse().unwrap());
        mask().cover_headers(&mut headers);
        let covered = format!("Bearer {}", "*".repeat(TOKEN.len()));
        assert_eq!(headers["x-echo"], covered);
    }
}
