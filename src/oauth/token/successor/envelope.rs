//! What a token answer may come in: byte order marks, UTF-16, a prefix against scripts, a list, a
//! text, a form. It gives the object, or as much of it as there is.

use std::borrow::Cow;

use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::unicode;

/// The longest prefix or comment before an answer.
const LONGEST_PREFIX: usize = 256;
/// Envelopes inside each other: a text in a text.
const MOST_LAYERS: usize = 3;

/// The object in a body; `None` where there is none. `is_complete` says that no more of the body comes.
pub(in crate::oauth) fn object(body: &[u8], is_complete: bool) -> Option<Cow<'_, [u8]>> {
    opened(utf8(body), is_complete, MOST_LAYERS)
}

fn opened(body: Cow<'_, [u8]>, is_complete: bool, layers: usize) -> Option<Cow<'_, [u8]>> {
    let layers = layers.checked_sub(1)?;
    let start = body.iter().position(|byte| !byte.is_ascii_whitespace())?;
    match body.get(start)? {
        b'{' => Some(body),
        // Skip what the list has before its first object.
        b'[' => {
            let at = body.iter().position(|byte| *byte == b'{')?;
            Some(from(body, at))
        }
        b'"' => opened(Cow::Owned(text(&body)?.into_bytes()), is_complete, layers),
        // A page that a proxy puts in place of the answer is not searched.
        b'<' => None,
        _ => form(&body, is_complete).or_else(|| {
            let head = body.iter().take(LONGEST_PREFIX);
            let at = head
                .take_while(|byte| **byte != b'<')
                .position(|byte| *byte == b'{')?;
            Some(from(body, at))
        }),
    }
}

/// A text, or as much of it as has arrived.
fn text(body: &[u8]) -> Option<String> {
    /// An escaped pair of surrogates that lacks its last digit.
    const LONGEST_CUT: usize = 11;
    let whole = serde_json::from_slice(body).ok();
    let ends = (0..=LONGEST_CUT).filter_map(|cut| body.len().checked_sub(cut));
    whole.or_else(|| {
        ends.filter_map(|end| body.get(..end))
            .find_map(|cut| serde_json::from_slice(&[cut, b"\""].concat()).ok())
    })
}

fn from(body: Cow<'_, [u8]>, at: usize) -> Cow<'_, [u8]> {
    match body {
        Cow::Borrowed(body) => Cow::Borrowed(body.get(at..).unwrap_or_default()),
        Cow::Owned(mut body) => Cow::Owned(body.split_off(at.min(body.len()))),
    }
}

/// A form, as some servers answered before RFC 6749, as an object.
fn form<'a>(body: &[u8], is_complete: bool) -> Option<Cow<'a, [u8]>> {
    let body = if is_complete {
        body.trim_ascii()
    } else {
        // The last field may go on.
        body.get(..body.iter().rposition(|byte| *byte == b'&')?)?
    };
    // Some servers leave signs as they are that a form escapes; those of JSON and of pages are not among them.
    let is_of_form = |byte: &u8| byte.is_ascii_graphic() && !b"<>{}[]\"\\".contains(byte);
    if !body.iter().all(is_of_form) || !body.contains(&b'=') {
        return None;
    }
    let fields = form_urlencoded::parse(body);
    let fields = fields.map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())));
    serde_json::to_vec(&fields.collect::<Map<_, _>>())
        .ok()
        .map(Cow::Owned)
}

/// The body as UTF-8 without byte order marks. UTF-16 is read where a mark or its zeros say so.
fn utf8(body: &[u8]) -> Cow<'_, [u8]> {
    match body {
        [b'{' | b'[', 0, ..] => Cow::Owned(unicode::of_utf16(body, u16::from_le_bytes)),
        [0, b'{' | b'[', ..] => Cow::Owned(unicode::of_utf16(body, u16::from_be_bytes)),
        body => unicode::utf8(body),
    }
}
