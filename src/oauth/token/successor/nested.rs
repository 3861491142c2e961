//! The new refresh token deeper inside an answer, whole or cut off. Only one beside an access token
//! counts: any other may be an old one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::Deserializer as _;
use serde_json::error::Category;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::fields::Seen;
use crate::secret::Secret;

/// How deep an answer may hold its tokens.
const MAX_NESTING: usize = 8;

/// The new refresh token in values that follow each other, also as items of a list.
pub(super) fn token(body: &[u8], sent: Option<&Secret>) -> Option<Secret> {
    let is_between = |byte: &u8| byte.is_ascii_whitespace() || *byte == b',';
    let mut rest = body;
    loop {
        let start = rest.iter().position(|byte| !is_between(byte))?;
        rest = rest.get(start..)?;
        let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<&RawValue>();
        match values.next()? {
            Ok(value) => {
                let found = beside_an_access_token(value.get(), sent, MAX_NESTING);
                if found.is_some() {
                    return found;
                }
                rest = rest.get(values.byte_offset()..)?;
            }
            Err(error) if error.classify() == Category::Eof => {
                let closed = closed(rest)?;
                let value = std::str::from_utf8(&closed).ok()?;
                return beside_an_access_token(value, sent, MAX_NESTING);
            }
            Err(_) => return None,
        }
    }
}

fn beside_an_access_token(json: &str, sent: Option<&Secret>, depth: usize) -> Option<Secret> {
    let depth = depth.checked_sub(1)?;
    if json.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
        let found = |item: &&RawValue| beside_an_access_token(item.get(), sent, depth);
        return items.iter().find_map(found);
    }
    if !json.starts_with('{') {
        return None;
    }
    let mut seen = Seen::new(sent);
    let read = serde_json::Deserializer::from_str(json).deserialize_map(&mut seen);
    seen.met.iter().for_each(Secret::register);
    if read.is_ok() && seen.has_access_token && seen.token.is_some() {
        return seen.token;
    }
    let fields: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(json).ok()?;
    let found = |field: &&RawValue| beside_an_access_token(field.get(), sent, depth);
    fields.values().find_map(found)
}

/// JSON that is cut off, closed behind the last value that is certainly whole.
fn closed(cut: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut open = Vec::new();
    let mut last_whole = None;
    let mut in_text = false;
    let mut is_escaped = false;
    // What stood before the text that is being read: a colon makes it a value.
    let mut before = 0;
    for (at, byte) in cut.iter().copied().enumerate() {
        if in_text {
            in_text = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
            if !in_text && before == b':' {
                last_whole = Some((at + 1, open.clone()));
            }
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' => {
                open.pop();
                last_whole = Some((at + 1, open.clone()));
            }
            b',' => last_whole = Some((at, open.clone())),
            _ => {}
        }
        if byte != b'"' && !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    let (end, open) = last_whole?;
    let mut closed = Zeroizing::new(Vec::with_capacity(end + open.len()));
    closed.extend_from_slice(cut.get(..end)?);
    closed.extend(open.iter().rev());
    Some(closed)
}
