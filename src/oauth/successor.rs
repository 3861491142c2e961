//! The new refresh token in a token answer, read before anything else is judged.
//!
//! A server that rotates refresh tokens has spent the old one by the time it answers (RFC 6749
//! §6, RFC 9700 §4.14). So an answer that breaks off, or breaks a rule elsewhere, must not cost
//! the new token: this reader is as lenient as the one in [`token`](super::token) is strict. It
//! says nothing about the rest of the answer.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize as _;
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::token::is_token;
use crate::secret::Secret;

const NAME: &str = "refresh_token";
const QUOTED_NAME: &[u8] = b"\"refresh_token\"";
/// How many unfinished bodies are read; a body that comes in more pieces is read at its end.
const MOST_LOOKS: usize = 1000;

/// Hands on the new refresh token of an answer as soon as enough of the answer has arrived.
pub(super) struct Watcher<F> {
    hand_on: F,
    found: Option<Secret>,
    looks_left: usize,
}

impl<F: FnMut(&Secret)> Watcher<F> {
    pub(super) fn new(hand_on: F) -> Self {
        Self {
            hand_on,
            found: None,
            looks_left: MOST_LOOKS,
        }
    }

    /// Looks at a body that may not be complete.
    pub(super) fn look(&mut self, status: u16, body: &[u8]) {
        if self.looks_left > 0 {
            self.looks_left -= 1;
            self.look_at_all(status, body);
        }
    }

    /// Looks at a complete body. A token is handed on again only when it turns out to be another.
    pub(super) fn look_at_all(&mut self, status: u16, body: &[u8]) {
        if !(200..300).contains(&status) {
            return;
        }
        let Some(token) = find(body) else { return };
        let is_known = |known: &Secret| known.equals(token.expose());
        if !self.found.as_ref().is_some_and(is_known) {
            (self.hand_on)(&token);
            self.found = Some(token);
        }
    }
}

/// The new refresh token in as much of a body as there is.
pub(super) fn find(body: &[u8]) -> Option<Secret> {
    let body = &*without_mark(body);
    // A page that somebody on the way puts in place of the answer is not searched.
    if body.trim_ascii_start().first() != Some(&b'{') {
        return None;
    }
    let mut seen = Seen::default();
    let read = serde_json::Deserializer::from_slice(body).deserialize_map(&mut seen);
    let is_something_else = match read {
        Ok(()) => !seen.has_access_token,
        // What follows may be the field that counts.
        Err(error) => error.classify() != Category::Eof,
    };
    if seen.token.is_none() && is_something_else {
        seen.token = search(body);
    }
    seen.token
}

/// The body as UTF-8 without a byte order mark. UTF-16 is read where a mark says so.
fn without_mark(body: &[u8]) -> Cow<'_, [u8]> {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units).flatten().collect();
        Cow::Owned(text.into_bytes())
    };
    match body {
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(rest),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        body => Cow::Borrowed(body),
    }
}

/// The fields of an object that matter here, kept even if the object never ends.
#[derive(Default)]
struct Seen {
    token: Option<Secret>,
    has_access_token: bool,
}

impl<'de> Visitor<'de> for &mut Seen {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a token answer")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(name) = fields.next_key::<Cow<'de, str>>()? {
            self.has_access_token |= name == "access_token";
            if name == NAME {
                let value = fields.next_value::<&RawValue>()?;
                // Of a field that is there twice, the last one counts, as for most readers.
                self.token = usable(value.get().as_bytes()).or(self.token.take());
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Looks for the field in what is not JSON, or holds the tokens deeper inside. Within a text of
/// JSON each quote is escaped, so what is found is a name or a text of its own.
fn search(body: &[u8]) -> Option<Secret> {
    let mut rest = body;
    let mut found = None;
    while let Some(at) = rest
        .windows(QUOTED_NAME.len())
        .position(|bytes| bytes == QUOTED_NAME)
    {
        rest = rest.get(at + QUOTED_NAME.len()..)?;
        let value = rest.trim_ascii_start().strip_prefix(b":");
        found = value.and_then(usable).or(found);
    }
    found
}

/// The text that some JSON begins with, if it can be a token. Anything else counts as absent.
fn usable(json: &[u8]) -> Option<Secret> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let token = Secret::new(String::deserialize(&mut deserializer).ok()?);
    is_token(&token).then_some(token)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::oauth::token::LONGEST_TOKEN;

    fn text(body: &[u8]) -> Option<String> {
        find(body).map(|token| token.expose().to_owned())
    }

    #[test]
    fn the_new_token_is_found_in_answers_that_are_flawed_elsewhere() {
        let long = format!(
            r#"{{"x":{}{},"refresh_token":"rt-2"}}"#,
            "[".repeat(4000),
            "]".repeat(4000)
        );
        for body in [
            r#"{"refresh_token":"rt-2"}"#,
            r#" {"a":1,"refresh_token" : "rt-2" } and more"#,
            "\u{feff}{\"refresh_token\":\"rt-2\"}\u{0}",
            r#"{"refresh_token":"rt-2","id_token":"","expires_in":{},"scope":[1]}"#,
            r#"{"refresh_token":"\u0072t\u002d2"}"#,
            r#"{"refresh_\u0074oken":"rt-2"}"#,
            r#"{"refresh_token":"rt-1","refresh_token":"rt-2"}"#,
            r#"{"refresh_token":"rt-2","refresh_token":""}"#,
            r#"{"refresh_token":"rt-2","refresh_token":null}"#,
            r#"{"expires_in":NaN,"refresh_token":"rt-2"}"#,
            r#"{'access_token':'x',"refresh_token":"rt-2"}"#,
            r#"{"data":{"access_token":"x","refresh_token":"rt-2"}}"#,
            r#"{"error":"none","refresh_token":"rt-2"}"#,
            &long,
        ] {
            assert_eq!(text(body.as_bytes()).as_deref(), Some("rt-2"), "{body}");
        }
        let utf16 = "\u{feff}{\"refresh_token\":\"rt-2\"}".encode_utf16();
        let utf16: Vec<u8> = utf16.flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16).as_deref(), Some("rt-2"));
        let latin = b"{\"name\":\"Zo\xeb\",\"refresh_token\":\"rt-2\"}";
        assert_eq!(text(latin).as_deref(), Some("rt-2"));
    }

    #[test]
    fn what_is_not_a_new_token_is_not_taken_for_one() {
        let long = format!(r#"{{"refresh_token":"{}"}}"#, "x".repeat(LONGEST_TOKEN + 1));
        for body in [
            "",
            "{}",
            "[]",
            r#"["refresh_token","rt-2"]"#,
            r#"{"refresh_token":""}"#,
            r#"{"refresh_token":null}"#,
            r#"{"refresh_token":["rt-2"]}"#,
            r#"{"refresh_token":7}"#,
            r#"{"refresh_token":"rt-2\n"}"#,
            r#"{"refresh_token":"rt\u202e-2"}"#,
            r#"{"refresh_token":"rt-2"#,
            r#"{"refresh_token":"rt-2\"#,
            r#"{"note":"\"refresh_token\":\"rt-1\""}"#,
            r#"{"access_token":"x","earlier":{"refresh_token":"rt-1"}}"#,
            r#"<html>{"refresh_token":"rt-1"}</html>"#,
            r#""refresh_token":"rt-1""#,
            &long,
        ] {
            assert_eq!(text(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn each_beginning_of_an_answer_gives_the_whole_token_or_none() {
        let body = r#"{"old":{"refresh_token":"no"},"refresh_token":"r\"t\\-\u002d2","b":"c"}"#;
        let complete = body.find(",\"b\"").unwrap();
        for end in 0..=body.len() {
            let expected = (end >= complete).then_some("r\"t\\--2");
            assert_eq!(text(&body.as_bytes()[..end]).as_deref(), expected, "{end}");
        }
    }

    #[test]
    fn a_token_is_handed_on_once_and_only_from_a_success() {
        let mut seen = Vec::new();
        let mut watcher = Watcher::new(|token: &Secret| seen.push(token.expose().to_owned()));
        watcher.look(400, br#"{"refresh_token":"rt-0"}"#);
        watcher.look(200, br#"{"refresh_token":"rt-1","a"#);
        watcher.look(200, br#"{"refresh_token":"rt-1","a":1}"#);
        watcher.look_at_all(200, br#"{"refresh_token":"rt-1","refresh_token":"rt-2"}"#);
        assert_eq!(seen, ["rt-1", "rt-2"]);
    }

    proptest! {
        #[test]
        fn no_body_is_too_strange(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            drop(find(&body));
            drop(find(&[b"{".as_slice(), &body].concat()));
        }
    }
}
