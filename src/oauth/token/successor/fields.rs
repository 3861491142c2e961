//! The fields of one object that matter for the new refresh token, and which texts can be one. It
//! knows nothing of what the object stands in.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize as _;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::oauth::token::token_text::{is_mask_of, is_placeholder, is_token};
use crate::secret::Secret;

const NAME: &str = "refresh_token";

/// The fields of an object that matter here, kept even if the object never ends.
pub(super) struct Seen<'a> {
    /// The token that was sent, which does not count.
    sent: Option<&'a Secret>,
    pub(super) token: Option<Secret>,
    /// One that can be used.
    pub(super) has_access_token: bool,
    pub(super) is_error: bool,
    /// Every token that can be used.
    pub(super) met: Vec<Secret>,
}

impl<'a> Seen<'a> {
    pub(super) fn new(sent: Option<&'a Secret>) -> Self {
        Self {
            sent,
            token: None,
            has_access_token: false,
            is_error: false,
            met: Vec::new(),
        }
    }

    fn usable(&mut self, value: &RawValue) -> Option<Secret> {
        let token = usable(value.get().as_bytes());
        self.met.extend(token.clone());
        token
    }
}

impl<'de> Visitor<'de> for &mut Seen<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a token response")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(name) = fields.next_key::<Cow<'de, str>>()? {
            match &*name {
                NAME => {
                    let value = fields.next_value::<&RawValue>()?;
                    let token = self.usable(value).filter(|token| is_new(token, self.sent));
                    // Of a field that is there twice, the last one counts, as for most readers.
                    self.token = token.or(self.token.take());
                }
                "access_token" => {
                    let value = fields.next_value::<&RawValue>()?;
                    self.has_access_token |= self.usable(value).is_some();
                }
                "error" => {
                    let value = fields.next_value::<&RawValue>()?;
                    self.is_error |= says_something(value.get());
                }
                _ => {
                    fields.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Whether a token can follow the one that was sent: neither that one again nor a mask of it.
pub(super) fn is_new(token: &Secret, sent: Option<&Secret>) -> bool {
    sent.is_none_or(|sent| !sent.equals(token.expose()) && !is_mask_of(token, sent))
}

/// The text that some JSON begins with, if it can be a token. Anything else counts as absent.
pub(super) fn usable(json: &[u8]) -> Option<Secret> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let text = Secret::unregistered(String::deserialize(&mut deserializer).ok()?);
    // No token begins or ends so: a server that reads its tokens from lines may leave them in.
    let trimmed = text.expose().trim();
    let token = if trimmed.len() == text.expose().len() {
        text
    } else {
        Secret::unregistered(trimmed.to_owned())
    };
    (is_token(&token) && !is_placeholder(&token)).then_some(token)
}

/// Whether the value of `error` is an error: some servers send an empty one with a success.
fn says_something(json: &str) -> bool {
    match serde_json::from_str::<String>(json) {
        Ok(text) => !text.trim().is_empty(),
        Err(_) => json.starts_with('{') && json.trim_matches(['{', '}']).trim() != "",
    }
}
