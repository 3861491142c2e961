//! What surrounds a text in plain files, in the keyring and at helpers: format, version, account
//! and digest, so that a truncated, altered or exchanged text is refused.
//!
//! Sealed files have an envelope of their own, in [`crypto`](crate::crypto).

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::Error;
use crate::crypto::{Preamble, Unreadable, digest};
use crate::secret::Secret;

/// One of the formats.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) format: &'static str,
    pub(super) version: u64,
    /// Whether every text has a generation.
    pub(super) is_numbered: bool,
}

/// Where the parts of a long text are.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parts {
    pub(super) slot: Slot,
    pub(super) count: usize,
    /// Bytes of all parts together.
    pub(super) length: usize,
}

/// One of the two places for the parts of a text: a write fills the one that is not in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Slot {
    A,
    B,
}

/// The JSON object. The text is `record`; the keyring has it behind the object or in parts.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Envelope<R> {
    format: String,
    version: u64,
    account: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    generation: Option<u64>,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parts: Option<Parts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<R>,
}

impl<R> Envelope<R> {
    /// The envelope of a text that is not in it.
    pub(super) fn around(
        layout: Layout,
        account: &str,
        generation: Option<u64>,
        text: &str,
    ) -> Self {
        let mut envelope = Self {
            format: layout.format.to_owned(),
            version: layout.version,
            account: account.to_owned(),
            generation,
            sha256: String::new(),
            parts: None,
            record: None,
        };
        envelope.sha256 = envelope.digest(text);
        envelope
    }

    fn digest(&self, text: &str) -> String {
        let version = self.version.to_string();
        let generation = self.generation.map(|generation| generation.to_string());
        let head = [self.format.as_str(), &version, &self.account];
        let texts: Vec<_> = head
            .into_iter()
            .chain(generation.as_deref())
            .chain([text])
            .collect();
        digest(&texts)
    }

    /// Whether this is the text that it was made for.
    pub(super) fn fits(&self, text: &str) -> bool {
        self.sha256 == self.digest(text)
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation.unwrap_or_default()
    }

    pub(super) fn set_generation(&mut self, generation: u64) {
        self.generation = Some(generation);
    }
}

impl<R: Serialize> Envelope<R> {
    /// The object, in one allocation if it takes at most `room` bytes.
    pub(super) fn bytes(&self, room: usize) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(room));
        serde_json::to_writer(&mut *bytes, self)
            .expect("texts and numbers become JSON, and a vector takes every byte");
        bytes
    }
}

impl<R: DeserializeOwned> Envelope<R> {
    /// Reads the envelope `place`, which must be of this layout.
    fn parse(layout: Layout, place: &str, bytes: &[u8]) -> Result<Self, Error> {
        Preamble::check(place, bytes, (layout.format, layout.version))?;
        match serde_json::from_slice::<Self>(bytes) {
            Ok(found) if found.generation.is_some() == layout.is_numbered => Ok(found),
            _ => Err(Error::corrupt(place, "a field is missing or unknown")),
        }
    }
}

/// An envelope without its text.
pub(super) type Head = Envelope<()>;

impl Head {
    /// Reads an envelope that must belong to `account`.
    pub(super) fn read(
        layout: Layout,
        place: &str,
        account: &str,
        bytes: &[u8],
    ) -> Result<Self, Error> {
        let found = Self::parse(layout, place, bytes)?;
        if found.account != account {
            return Err(Unreadable::not_ours(place, found.account).into());
        }
        Ok(found)
    }
}

/// A text inside its envelope.
pub(super) fn encode(
    layout: Layout,
    account: &str,
    generation: Option<u64>,
    text: &Secret,
) -> Zeroizing<Vec<u8>> {
    let text = text.expose();
    let envelope = Envelope {
        record: Some(text),
        ..Envelope::around(layout, account, generation, text)
    };
    // Room for every quote to be escaped: a vector that grows leaves copies of secrets behind.
    envelope.bytes(2 * text.len() + 1024)
}

/// The text inside the envelope `place`, which must belong to `account`, and its generation.
pub(super) fn decode(
    layout: Layout,
    place: &str,
    account: &str,
    bytes: &[u8],
) -> Result<(Secret, u64), Error> {
    let mut found = Envelope::<Secret>::parse(layout, place, bytes)?;
    let (None, Some(text)) = (found.parts, found.record.take()) else {
        return Err(Error::corrupt(place, "a field is missing or unknown"));
    };
    if !found.fits(text.expose()) {
        return Err(Error::corrupt(place, "its digest does not match"));
    }
    if found.account != account {
        return Err(Unreadable::not_ours(place, found.account).into());
    }
    Ok((text, found.generation()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "client-secret:https://portal.eprospera.com#app1";

    /// What builds before this module have written must stay readable.
    #[test]
    fn each_format_is_written_byte_for_byte_as_it_always_was() {
        let text = Secret::new("cs_canary_0123456789".to_owned());
        let formats = [
            (
                crate::store::plain_file::LAYOUT,
                None,
                r#"{"format":"eprospera-plain","version":1,"account":"client-secret:https://portal.eprospera.com#app1","sha256":"ea835f4a28f654ae4af4e9c137e9b4fea76d6fca9c31d6e193430e25bcf56204","record":"cs_canary_0123456789"}"#,
            ),
            (
                crate::store::command::message::LAYOUT,
                Some(7),
                r#"{"format":"eprospera-helper-record","version":1,"account":"client-secret:https://portal.eprospera.com#app1","generation":7,"sha256":"58eefd0b6ce5d2a7bab9fe5aff02042a60487077012db3925ca54c5bea0a05c2","record":"cs_canary_0123456789"}"#,
            ),
        ];
        for (layout, generation, written) in formats {
            let bytes = encode(layout, ACCOUNT, generation, &text);
            assert_eq!(String::from_utf8_lossy(&bytes), written);
            let (found, number) = decode(layout, "it", ACCOUNT, written.as_bytes()).unwrap();
            assert_eq!(found.expose(), text.expose());
            assert_eq!(number, generation.unwrap_or_default());
        }
    }

    #[test]
    fn a_field_of_another_format_is_refused() {
        let layout = crate::store::plain_file::LAYOUT;
        let text = Secret::new("cs_canary_0123456789".to_owned());
        let bytes = encode(layout, ACCOUNT, None, &text);
        let whole = String::from_utf8(bytes.to_vec()).unwrap();
        for field in [
            r#""generation":1"#,
            r#""parts":{"slot":"a","count":1,"length":1}"#,
            r#""more":1"#,
        ] {
            let other = whole.replace(r#","record""#, &format!(r#",{field},"record""#));
            assert_ne!(other, whole);
            let outcome = decode(layout, "it", ACCOUNT, other.as_bytes());
            assert!(
                matches!(outcome, Err(Error::Unreadable(Unreadable::Corrupt { .. }))),
                "{field}"
            );
        }
    }
}
