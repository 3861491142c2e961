//! The lines that pass between this program and a helper (docs/helper-protocol.md, "Messages"), and
//! the records in them.

use serde::{Deserialize, Deserializer, Serialize};
use zeroize::Zeroizing;

use crate::secret::Secret;
use crate::store::envelope::{self, Layout};
use crate::store::error::Error;

/// The format of a record as the helper gets it.
pub(in crate::store) const LAYOUT: Layout = Layout {
    format: "eprospera-helper-record",
    version: 1,
    is_numbered: true,
};

/// The protocol's version, and the only one that this program speaks.
pub(super) const PROTOCOL: u64 = 1;

/// The longest line, in bytes: a text of a megabyte whose every character is escaped.
pub(super) const MAX_LINE_LENGTH: usize = 4 * 1024 * 1024;

/// What is asked. Fields that an operation does not have are left out.
#[derive(Default, Serialize)]
pub(super) struct HelperRequest<'a> {
    pub(super) id: u64,
    pub(super) op: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) protocols: Option<[u64; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) client: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) account: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) generation: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) wait_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) record: Option<&'a str>,
}

impl HelperRequest<'_> {
    /// The request as one line.
    pub(super) fn to_line(&self) -> Zeroizing<Vec<u8>> {
        // Room for every quote to be escaped, so that no copy of a secret is left behind.
        let room = 2 * self.record.map_or(0, str::len) + 4096;
        let mut line = Zeroizing::new(Vec::with_capacity(room));
        serde_json::to_writer(&mut *line, self)
            .expect("texts and numbers become JSON, and a vector takes every byte");
        line.push(b'\n');
        line
    }
}

/// What is answered. Unknown fields are for later versions.
#[derive(Deserialize)]
pub(super) struct HelperResponse {
    pub(super) id: Option<u64>,
    pub(super) ok: Option<bool>,
    pub(super) error: Option<String>,
    pub(super) message: Option<String>,
    pub(super) protocol: Option<u64>,
    pub(super) account: Option<String>,
    pub(super) generation: Option<u64>,
    pub(super) deleted: Option<bool>,
    #[serde(default)]
    pub(super) record: HelperRecord,
}

/// What an answer says about a record.
#[derive(Default)]
pub(super) enum HelperRecord {
    /// Not a word.
    #[default]
    Unsaid,
    /// There is none.
    Nothing,
    /// Here it is.
    Record(Secret),
}

impl<'de> Deserialize<'de> for HelperRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = Option::deserialize(deserializer)?;
        Ok(found.map_or(Self::Nothing, Self::Record))
    }
}

impl HelperResponse {
    /// `None` for anything else than an answer: the parser's own words could quote a secret.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        serde_json::from_slice(line).ok()
    }
}

/// A record as the helper gets it.
pub(super) fn encode(account: &str, generation: u64, text: &Secret) -> Secret {
    let mut bytes = envelope::encode(LAYOUT, account, Some(generation), text);
    Secret::from_utf8(std::mem::take(&mut *bytes)).expect("JSON is UTF-8")
}

/// The record that a helper gave back under `account` and `generation`.
pub(super) fn decode(
    place: &str,
    account: &str,
    generation: u64,
    encoded: &Secret,
) -> Result<Secret, Error> {
    let bytes = encoded.expose().as_bytes();
    let (text, found) = envelope::decode(LAYOUT, place, account, bytes)?;
    if found != generation {
        return Err(Error::corrupt(
            place,
            "it has a different generation than the helper says",
        ));
    }
    Ok(text)
}

/// A record of a helper, as errors name it.
pub(super) fn place(program: &str, account: &str) -> String {
    format!("store helper {program}, account {account}")
}
