//! The store that only a file's mode protects; used when it is asked for by name.
//!
//! The file is one JSON object. Its digest covers account and text, so a truncated, altered or
//! copied file is refused instead of half believed.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::file_store::{Format, digest};
use super::preamble::Preamble;
use super::{Error, StoreKind};
use crate::secret::Secret;

const FORMAT: &str = "eprospera-plain";
const VERSION: u64 = 1;

/// The format of `plain-file`.
pub(super) struct Plain;

#[derive(Serialize)]
struct PlainRecordRef<'a> {
    format: &'a str,
    version: u64,
    account: &'a str,
    sha256: &'a str,
    record: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlainRecord {
    format: String,
    version: u64,
    account: String,
    sha256: String,
    record: Secret,
}

impl Format for Plain {
    const KIND: StoreKind = StoreKind::PlainFile;
    const EXTENSION: &'static str = "json";

    fn encode(&self, account: &str, text: &Secret) -> Result<Zeroizing<Vec<u8>>, Error> {
        let record = text.expose();
        // Room for every quote to be escaped, so that the vector need not move.
        let mut bytes = Zeroizing::new(Vec::with_capacity(2 * record.len() + 1024));
        let written = PlainRecordRef {
            format: FORMAT,
            version: VERSION,
            account,
            sha256: &digest(&[FORMAT, &VERSION.to_string(), account, record]),
            record,
        };
        serde_json::to_writer(&mut *bytes, &written)
            .expect("texts and numbers become JSON, and a vector takes every byte");
        Ok(bytes)
    }

    fn decode(&self, place: &str, account: &str, bytes: &[u8]) -> Result<Secret, Error> {
        Preamble::check(place, bytes, (FORMAT, VERSION))?;
        let Ok(found) = serde_json::from_slice::<PlainRecord>(bytes) else {
            return Err(Error::corrupt(place, "a field is missing or unknown"));
        };
        let version = found.version.to_string();
        let record = found.record.expose();
        if found.sha256 != digest(&[&found.format, &version, &found.account, record]) {
            return Err(Error::corrupt(place, "its digest does not match"));
        }
        if found.account != account {
            return Err(Error::NotOurs {
                place: place.to_owned(),
                found: found.account,
            });
        }
        Ok(found.record)
    }
}
