//! The wrapping of a record, so that a truncated, altered or exchanged one is refused instead of
//! half believed, whatever the helper says about it.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::secret::Secret;
use crate::store::Error;
use crate::store::file_store::digest;
use crate::store::preamble::Preamble;

const FORMAT: &str = "eprospera-helper-record";
const VERSION: u64 = 1;

#[derive(Serialize)]
struct EncodedRecord<'a> {
    format: &'a str,
    version: u64,
    account: &'a str,
    generation: u64,
    sha256: &'a str,
    record: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecodedRecord {
    format: String,
    version: u64,
    account: String,
    generation: u64,
    sha256: String,
    record: Secret,
}

/// A record as the helper gets it.
pub(super) fn encode(account: &str, generation: u64, text: &Secret) -> Secret {
    let record = text.expose();
    let sha256 = fingerprint(account, generation, record);
    let mut bytes = Vec::with_capacity(2 * record.len() + 1024);
    let written = EncodedRecord {
        format: FORMAT,
        version: VERSION,
        account,
        generation,
        sha256: &sha256,
        record,
    };
    serde_json::to_writer(&mut bytes, &written)
        .expect("texts and numbers become JSON, and a vector takes every byte");
    Secret::from_utf8(bytes).expect("JSON is UTF-8")
}

/// The record that a helper gave back under `account` and `generation`.
pub(super) fn decode(
    place: &str,
    account: &str,
    generation: u64,
    wrapped: &Secret,
) -> Result<Secret, Error> {
    let bytes = Zeroizing::new(wrapped.expose().as_bytes().to_vec());
    Preamble::check(place, &bytes, (FORMAT, VERSION))?;
    let Ok(found) = serde_json::from_slice::<DecodedRecord>(&bytes) else {
        return Err(Error::corrupt(place, "a field is missing or unknown"));
    };
    let expected = fingerprint(&found.account, found.generation, found.record.expose());
    if found.format != FORMAT || found.version != VERSION || found.sha256 != expected {
        return Err(Error::corrupt(place, "its digest does not match"));
    }
    if found.account != account {
        return Err(Error::NotOurs {
            place: place.to_owned(),
            found: found.account,
        });
    }
    if found.generation != generation {
        return Err(Error::corrupt(
            place,
            "it is of another generation than the helper says",
        ));
    }
    Ok(found.record)
}

fn fingerprint(account: &str, generation: u64, record: &str) -> String {
    let (version, generation) = (VERSION.to_string(), generation.to_string());
    digest(&[FORMAT, &version, account, &generation, record])
}
