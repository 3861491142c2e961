//! The readings of a text as a whole: with the line breaks of a terminal or a mail undone, and with one
//! encoding after the other undone.
//!
//! What checks or counts the links in a mail (Safe Links, URL Defense, a search engine) puts an
//! address into one of its own. It does not know what is looked for.

use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use crate::unicode::is_invisible;

type Text = Zeroizing<String>;

/// Encodings that are undone inside each other.
const MOST_LAYERS: usize = 5;
/// Bytes of all readings of one paste together, so that none takes long.
const MOST_WORK: usize = 1024 * 1024;

/// What terminals put around a paste when they are asked to.
const MARKERS: [&str; 2] = ["\u{1b}[200~", "\u{1b}[201~"];

/// All readings of a paste, the plainest first.
pub(in crate::oauth) fn of(pasted: &str) -> impl Iterator<Item = Text> {
    let mut plain = visible(pasted);
    // As in a command: else a sign of the shell would look like a part of the code.
    if ["^&", "`&", "\\&"].iter().any(|sign| plain.contains(sign)) {
        plain = unescaped(&plain).unwrap_or(plain);
    }
    let mut work = MOST_WORK;
    let mut known: Vec<Text> = Vec::new();
    let mut waiting: VecDeque<(usize, Text)> = VecDeque::new();
    for text in [joined(&plain), together(&plain), plain] {
        waiting.push_back((0, text));
    }
    std::iter::from_fn(move || {
        loop {
            let (layer, text) = waiting.pop_front()?;
            if known.contains(&text) {
                continue;
            }
            work = work.saturating_sub(text.len());
            if layer < MOST_LAYERS && work > 0 {
                let deeper = decoded(&text).into_iter().map(|text| (layer + 1, text));
                waiting.extend(deeper);
            }
            known.push(text.clone());
            return Some(text);
        }
    })
}

/// Drops what cannot be seen, but for white space.
fn visible(pasted: &str) -> Text {
    let mut text = Zeroizing::new(String::with_capacity(pasted.len()));
    let mut rest = pasted;
    while let Some(letter) = rest.chars().next() {
        let marker = MARKERS.iter().find(|marker| rest.starts_with(**marker));
        let length = marker.map_or(letter.len_utf8(), |marker| marker.len());
        if marker.is_none() && (letter.is_whitespace() || is_visible(letter)) {
            text.push(letter);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    text
}

fn is_visible(letter: char) -> bool {
    // A soft hyphen shows where a line was broken.
    !(letter.is_control() || is_invisible(letter) || letter == '\u{ad}')
}

/// The lines without the frames and quotation signs that stand at their sides.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let is_frame = |sign: char| {
        sign.is_whitespace()
            || matches!(
                sign,
                '>' | '|' | '\u{2500}'..='\u{259f}' | '\u{21aa}' | '\u{23ce}'
            )
    };
    text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
        .map(move |line| line.trim_matches(is_frame))
}

/// The text with each line that has no blanks in it joined to the one before: an address that was
/// wrapped has none, and words around it do.
fn joined(text: &str) -> Text {
    let mut joined = Zeroizing::new(String::with_capacity(text.len()));
    let mut may_go_on = false;
    for line in lines(text) {
        if !may_go_on || line.contains(char::is_whitespace) {
            joined.push('\n');
        }
        joined.push_str(line.strip_suffix('\\').unwrap_or(line));
        may_go_on = !line.is_empty();
    }
    joined
}

/// The text without any white space.
fn together(text: &str) -> Text {
    let lines = lines(text).flat_map(str::chars);
    Zeroizing::new(lines.filter(|letter| !letter.is_whitespace()).collect())
}

/// The readings of a text with one encoding undone.
fn decoded(text: &str) -> Vec<Text> {
    let mut readings = Vec::new();
    readings.extend(values(text));
    readings.extend(defended(text));
    readings.extend(defended_by_dashes(text));
    readings.extend(references(text));
    readings.extend(unescaped(text));
    readings.extend(percent(text));
    readings.extend(quoted_printable(text));
    readings.extend(base64(text));
    readings.retain(|reading| **reading != *text);
    readings
}

fn percent(text: &str) -> Option<Text> {
    if !text.contains('%') {
        return None;
    }
    let decoded = percent_decode_str(text).decode_utf8_lossy();
    Some(Zeroizing::new(decoded.into_owned()))
}

/// The values of parameters that have something encoded in them. They come without the parameters
/// that follow them in the link around.
fn values(text: &str) -> impl Iterator<Item = Text> {
    let is_sign = |sign: char| sign.is_whitespace() || "?&#<>\"".contains(sign);
    let pairs = text.split(is_sign).filter_map(|pair| pair.split_once('='));
    pairs.filter_map(|(_, value)| percent(value))
}

/// The digits of a run's length, which begins at two.
const RUN_LENGTHS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// URL Defense, third version: `…/v3/__ADDRESS__;LETTERS!…`, where `*` in the address stands for
/// the next of the letters, and `**` with a digit for several.
fn defended(text: &str) -> Option<Text> {
    let (_, inner) = text.split_once("/v3/__")?;
    let (address, rest) = inner.rsplit_once("__;").unwrap_or((inner, ""));
    let packed = rest.split('!').next().unwrap_or_default();
    let letters = URL_SAFE_NO_PAD
        .decode(packed.trim_end_matches('='))
        .unwrap_or_default();
    let letters = Zeroizing::new(String::from_utf8_lossy(&letters).into_owned());
    let mut letters = letters.chars();
    let mut decoded = Zeroizing::new(String::with_capacity(address.len()));
    let mut signs = address.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign != '*' || letters.as_str().is_empty() {
            decoded.push(sign);
            continue;
        }
        let is_run = signs.next_if_eq(&'*').is_some();
        let run = signs
            .next_if(|_| is_run)
            .and_then(|length| RUN_LENGTHS.find(length));
        let length = run.map_or(1, |length| length + 2);
        decoded.extend(letters.by_ref().take(length));
    }
    // A server on the way may have made one slash of two.
    for scheme in ["http:/", "https:/"] {
        let rest = decoded
            .strip_prefix(scheme)
            .filter(|rest| !rest.starts_with('/'));
        if let Some(rest) = rest {
            return Some(Zeroizing::new(format!("{scheme}/{rest}")));
        }
    }
    Some(decoded)
}

/// URL Defense, second version: `-3A` stands for a colon, and `_` for a slash.
fn defended_by_dashes(text: &str) -> Option<Text> {
    let (_, inner) = text.split_once("/v2/url?")?;
    let value = inner.split('&').find_map(|pair| pair.strip_prefix("u="))?;
    let value = Zeroizing::new(value.replace('-', "%").replace('_', "/"));
    percent(&value)
}

/// The most letters between `&` and `;`.
const LONGEST_REFERENCE: usize = 10;

/// Character references of HTML.
fn references(text: &str) -> Option<Text> {
    let (head, mut rest) = text.split_once('&')?;
    let mut decoded = Zeroizing::new(head.to_owned());
    loop {
        let name = rest
            .split_once(';')
            .filter(|(name, _)| name.len() <= LONGEST_REFERENCE);
        let known = name.and_then(|(name, behind)| Some((referred(name)?, behind)));
        let (character, behind) = known.unwrap_or(('&', rest));
        decoded.push(character);
        let Some((head, tail)) = behind.split_once('&') else {
            decoded.push_str(behind);
            return Some(decoded);
        };
        decoded.push_str(head);
        rest = tail;
    }
}

fn referred(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let value = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
        return char::from_u32(value.ok()?);
    }
    Some(match name {
        "amp" | "AMP" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "colon" => ':',
        "sol" => '/',
        "quest" => '?',
        "equals" => '=',
        "num" => '#',
        "percnt" => '%',
        "period" => '.',
        "lowbar" => '_',
        _ => return None,
    })
}

/// Escapes of JSON and of shells: `\u0026`, `\/`, `\&`, `^&`.
fn unescaped(text: &str) -> Option<Text> {
    if !text.contains(['\\', '^', '`']) {
        return None;
    }
    let mut decoded = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        rest = rest.get(sign.len_utf8()..).unwrap_or_default();
        let digits = match (sign, rest.chars().next()) {
            ('\\', Some('u')) => rest.get(1..5),
            ('\\', Some('x')) => rest.get(1..3),
            _ => None,
        };
        let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let (Some(digits), Some(character)) = (digits, value.and_then(char::from_u32)) {
            decoded.push(character);
            rest = rest.get(1 + digits.len()..).unwrap_or_default();
        } else if !(matches!(sign, '\\' | '^' | '`')
            && rest.starts_with(|next: char| !next.is_alphanumeric()))
        {
            decoded.push(sign);
        }
    }
    Some(decoded)
}

/// RFC 2045 §6.7.
fn quoted_printable(text: &str) -> Option<Text> {
    if !text.contains("=3D") && !text.contains("=3d") {
        return None;
    }
    let mut encoded = Zeroizing::new(text.replace('%', "%25"));
    for end in ["=\r\n", "=\n"] {
        encoded = Zeroizing::new(encoded.replace(end, ""));
    }
    percent(&encoded.replace('=', "%"))
}

/// Base64 of an address: both schemes begin alike.
fn base64(text: &str) -> Option<Text> {
    let encoded = text.get(text.find("aHR0c")?..)?;
    let is_digit = |sign: char| sign.is_ascii_alphanumeric() || "+/-_".contains(sign);
    let end = encoded
        .find(|sign| !is_digit(sign))
        .unwrap_or(encoded.len());
    let encoded = encoded.get(..end)?;
    let bytes = STANDARD_NO_PAD.decode(encoded);
    let bytes = bytes.or_else(|_| URL_SAFE_NO_PAD.decode(encoded)).ok()?;
    String::from_utf8(bytes).ok().map(Zeroizing::new)
}
