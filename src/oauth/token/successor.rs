//! The new refresh token in a token answer, read before anything else is judged.
//!
//! A server that rotates refresh tokens has spent the old one by the time it answers (RFC 6749
//! §6, RFC 9700 §4.14). So an answer that breaks off, or breaks a rule elsewhere, must not cost
//! the new token: this reader is as lenient as the one in [`token`](crate::oauth::token) is strict. It
//! says nothing about the rest of the answer.
//!
//! An error may also come with a success status, and may repeat tokens: those that were sent, old
//! ones, masked ones. None of them must take the place of the good one.

mod envelope;
mod fields;
mod nested;

use serde::de::Deserializer as _;
use serde_json::error::Category;

use crate::secret::Secret;
use fields::{Seen, is_new, usable};

const QUOTED_NAME: &[u8] = b"\"refresh_token\"";
/// How many unfinished bodies are read; a body that comes in more pieces is read at its end.
const MOST_LOOKS: usize = 1000;

/// Hands on the new refresh token of an answer as soon as enough of the answer has arrived, and
/// takes it back if the rest of the answer turns out to be an error.
pub(in crate::oauth) struct Watcher<'a, F> {
    forward: F,
    /// The token that was sent: it is not its own successor.
    sent: Option<&'a Secret>,
    found: Option<Secret>,
    looks_left: usize,
}

impl<'a, F: FnMut(Option<&Secret>)> Watcher<'a, F> {
    pub(in crate::oauth) fn new(sent: Option<&'a Secret>, forward: F) -> Self {
        Self {
            forward,
            sent,
            found: None,
            looks_left: MOST_LOOKS,
        }
    }

    /// Looks at a body that may not be complete.
    pub(in crate::oauth) fn look(&mut self, status: u16, body: &[u8]) {
        if self.looks_left > 0 {
            self.looks_left -= 1;
            self.take(status, body, false);
        }
    }

    /// Looks at a complete body. A token is handed on again only when it turns out to be another.
    pub(in crate::oauth) fn look_at_all(&mut self, status: u16, body: &[u8]) {
        self.take(status, body, true);
    }

    fn take(&mut self, status: u16, body: &[u8], is_complete: bool) {
        if !(200..300).contains(&status) {
            return;
        }
        let FoundSuccessor { token, met } = find(body, is_complete, self.sent);
        let is_known = match (&self.found, &token) {
            (Some(known), Some(token)) => known.equals(token.expose()),
            (known, token) => known.is_none() && token.is_none(),
        };
        if !is_known {
            (self.forward)(token.as_ref());
            self.found = token;
        }
        // Each microsecond until the token is safe counts, so the rest of the work comes behind.
        met.iter().for_each(Secret::register);
    }
}

/// What is found in a body.
#[derive(Default)]
struct FoundSuccessor {
    /// The new refresh token, not registered.
    token: Option<Secret>,
    /// All tokens that were met, to be registered.
    met: Vec<Secret>,
}

/// The new refresh token in as much of a body as there is. The token that was `sent` is passed over
/// while looking: behind the new one, it must not take its place.
fn find(body: &[u8], is_complete: bool, sent: Option<&Secret>) -> FoundSuccessor {
    let Some(object) = envelope::object(body, is_complete) else {
        return FoundSuccessor::default();
    };
    let body = &*object;
    let mut seen = Seen::new(sent);
    let read = serde_json::Deserializer::from_slice(body).deserialize_map(&mut seen);
    let is_error = seen.is_error && !seen.has_access_token;
    let token = match read {
        Ok(()) if seen.has_access_token => seen.token,
        Ok(()) => seen
            .token
            .filter(|_| !is_error)
            .or_else(|| nested::token(body, sent)),
        Err(_) if is_error => None,
        // What follows may be the field that counts.
        Err(error) if error.classify() == Category::Eof && seen.has_access_token => seen.token,
        Err(error) if error.classify() == Category::Eof => {
            seen.token.or_else(|| nested::token(body, sent))
        }
        Err(_) => seen.token.or_else(|| search(body, sent)),
    };
    FoundSuccessor {
        token,
        met: seen.met,
    }
}

/// Looks for the field in what is not JSON, or holds the tokens deeper inside. Within a text of
/// JSON each quote is escaped, so what is found is a name or a text of its own.
fn search(body: &[u8], sent: Option<&Secret>) -> Option<Secret> {
    let mut rest = body;
    let mut found = None;
    while let Some(at) = rest
        .windows(QUOTED_NAME.len())
        .position(|bytes| bytes == QUOTED_NAME)
    {
        rest = rest.get(at + QUOTED_NAME.len()..)?;
        let value = rest.trim_ascii_start().strip_prefix(b":");
        let token = value.and_then(usable).map(Secret::registered);
        found = token.filter(|token| is_new(token, sent)).or(found);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::oauth::token::token_text::LONGEST_TOKEN;

    fn text(body: &[u8]) -> Option<String> {
        find(body, true, None)
            .token
            .map(|token| token.expose().to_owned())
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
            r#"{"refresh_token":"rt-2\n"}"#,
            r#"{"refresh_token":" rt-2\u0009 \r\n"}"#,
            "\u{feff}\u{feff}{\"refresh_token\":\"rt-2\"}",
            ")]}',\n{\"refresh_token\":\"rt-2\"}",
            "while(1);{\"refresh_token\":\"rt-2\"}",
            "callback({\"refresh_token\":\"rt-2\"});",
            "/* the answer */ {\"refresh_token\":\"rt-2\"}",
            "{\"refresh_token\":\"rt-2\", // new\n\"a\":1,}",
            "{// new\n\"refresh_token\":\"rt-2\",}",
            r#"[{"access_token":"x","refresh_token":"rt-2"}]"#,
            r#"[{"refresh_token":"rt-2"}]"#,
            r#""{\"access_token\":\"x\",\"refresh_token\":\"rt-2\"}""#,
            "{\"a\":1}\n{\"access_token\":\"x\",\"refresh_token\":\"rt-2\"}",
            "access_token=x&refresh_token=rt-2&token_type=bearer",
            "access_token=x&token_type=bearer&refresh_token=rt%2D2\n",
            "access_token=x~y&scope=repo,gist&url=https://a/b&refresh_token=rt-2",
            r#"{"refresh_token":"rt-2","refresh_token":null}"#,
            r#"{"expires_in":NaN,"refresh_token":"rt-2"}"#,
            r#"{'access_token':'x',"refresh_token":"rt-2"}"#,
            r#"{"data":{"access_token":"x","refresh_token":"rt-2"}}"#,
            r#"{"error":"none","access_token":"x","refresh_token":"rt-2"}"#,
            r#"{"error":"","refresh_token":"rt-2"}"#,
            r#"{"error":null,"refresh_token":"rt-2"}"#,
            r#"{"a":[{"b":{"refresh_token":"rt-2","access_token":"x"}}]}"#,
            r#"[{"status":"ok"},{"access_token":"x","refresh_token":"rt-2"}]"#,
            r#"["ok", 7, {"access_token":"x","refresh_token":"rt-2"}]"#,
            r#"[{"status":"ok"},{"access_token":"x","refresh_token":"rt-2","#,
            r#"{"data":{"access_token":"x","refresh_token":"rt-2","exp"#,
            r#"{"data":[{"access_token":"x","refresh_token":"rt-2""#,
            r#""{\"access_token\":\"x\",\"refresh_token\":\"rt-2\",\"exp"#,
            r#""{\"refresh_token\":\"rt-2\",\"note\":\"\ud83d\ude0"#,
            r#""{\"data\":{\"access_token\":\"x\",\"refresh_token\":\"rt-2\",\"#,
            &long,
        ] {
            assert_eq!(text(body.as_bytes()).as_deref(), Some("rt-2"), "{body}");
        }
        let utf16 = "\u{feff}{\"refresh_token\":\"rt-2\"}".encode_utf16();
        let utf16: Vec<u8> = utf16.flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16).as_deref(), Some("rt-2"));
        let unmarked = "{\"refresh_token\":\"rt-2\"}".encode_utf16();
        let unmarked: Vec<u8> = unmarked.flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(&unmarked).as_deref(), Some("rt-2"));
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
            r#"{"refresh_token":"rt-\n2"}"#,
            r#"{"refresh_token":"rt\u202e-2"}"#,
            "error=server_error&refresh_token=rt-1",
            "access_token=x&note=<p>&refresh_token=rt-2",
            "Busy. <p>{\"refresh_token\":\"rt-1\"}",
            r#"{"refresh_token":"rt-2"#,
            r#"{"refresh_token":"rt-2\"#,
            r#"{"note":"\"refresh_token\":\"rt-1\""}"#,
            r#"{"access_token":"x","earlier":{"refresh_token":"rt-1"}}"#,
            r#"<html>{"refresh_token":"rt-1"}</html>"#,
            r#""refresh_token":"rt-1""#,
            r#"{"error":"temporarily_unavailable","refresh_token":"rt-1"}"#,
            r#"{"refresh_token":"rt-1","error":"temporarily_unavailable"}"#,
            r#"{"error":{"code":"x"},"refresh_token":"rt-1"}"#,
            r#"{"error":"x","access_token":"","refresh_token":"rt-1"}"#,
            r#"{"error":"server_error","request":{"refresh_token":"***"}}"#,
            r#"{"error":"server_error","request":{"refresh_token":"rt-1"}}"#,
            r#"{"success":false,"old":{"refresh_token":"rt-1"}}"#,
            r#"{"error":"x","refresh_token":"rt-1","a"#,
            r#"{"error":"x",a,"refresh_token":"rt-1"}"#,
            r#"{"access_token":"x","refresh_token":"***"}"#,
            r#"{"access_token":"x","refresh_token":"****************c0de"}"#,
            r#"{"access_token":"x","refresh_token":"[REDACTED]"}"#,
            r#"{"access_token":"x","refresh_token":"XXXXXXXX"}"#,
            &long,
        ] {
            assert_eq!(text(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn the_last_field_of_a_form_counts_when_nothing_more_can_come() {
        let form = b"access_token=x&refresh_token=rt-2";
        assert!(find(form, false, None).token.is_none());
        assert!(
            find(b"access_token=x&refresh_token=rt-2&", false, None)
                .token
                .is_some()
        );
        assert_eq!(text(form).as_deref(), Some("rt-2"));
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

    /// What is handed on of these answers, in turn.
    fn handed_on(sent: Option<&Secret>, answers: &[(u16, &str)]) -> Vec<Option<String>> {
        let mut seen = Vec::new();
        let mut watcher = Watcher::new(sent, |token: Option<&Secret>| {
            seen.push(token.map(|token| token.expose().to_owned()));
        });
        for (status, body) in answers {
            watcher.look(*status, body.as_bytes());
        }
        seen
    }

    #[test]
    fn a_token_is_handed_on_once_and_only_from_a_success() {
        let answers = [
            (400, r#"{"refresh_token":"rt-0"}"#),
            (200, r#"{"refresh_token":"rt-1","a"#),
            (200, r#"{"refresh_token":"rt-1","a":1}"#),
            (200, r#"{"refresh_token":"rt-1","refresh_token":"rt-2"}"#),
        ];
        let expected = ["rt-1", "rt-2"].map(|token| Some(token.to_owned()));
        assert_eq!(handed_on(None, &answers), expected);
    }

    #[test]
    fn a_token_is_taken_back_when_the_answer_turns_out_to_be_an_error() {
        let answers = [
            (200, r#"{"refresh_token":"rt-1","#),
            (200, r#"{"refresh_token":"rt-1","error":"server_error"}"#),
        ];
        let expected = [Some("rt-1".to_owned()), None];
        assert_eq!(handed_on(None, &answers), expected);
    }

    #[test]
    fn the_token_that_was_sent_is_not_its_own_successor() {
        let sent = Secret::new("rt-1".to_owned());
        let answers = [(200, r#"{"access_token":"x","refresh_token":"rt-1"}"#)];
        assert!(handed_on(Some(&sent), &answers).is_empty());
    }

    #[test]
    fn the_token_that_was_sent_does_not_hide_the_new_one() {
        let sent = Secret::new("rt-1-abcdefgh0123".to_owned());
        for body in [
            r#"{"access_token":"x","refresh_token":"rt-2","refresh_token":"rt-1-abcdefgh0123"}"#,
            r#"{"access_token":"x","refresh_token":"rt-2","refresh_token":"rt-1-abc..."}"#,
            "{\"a\":\"\n\",\"refresh_token\":\"rt-2\",\"old\":{\"refresh_token\":\"rt-1-abcdefgh0123\"}}",
            r#"{"old":{"access_token":"w","refresh_token":"rt-1-abcdefgh0123"},
                "new":{"access_token":"x","refresh_token":"rt-2"}}"#,
        ] {
            let found = find(body.as_bytes(), true, Some(&sent)).token;
            assert_eq!(found.unwrap().expose(), "rt-2", "{body}");
        }
    }

    proptest! {
        #[test]
        fn no_body_is_too_strange(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            drop(find(&body, false, None));
            drop(find(&[b"{".as_slice(), &body].concat(), true, None));
        }
    }
}
