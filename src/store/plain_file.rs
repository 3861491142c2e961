//! The store that only a file's mode protects; used when it is asked for by name.

use zeroize::Zeroizing;

use super::envelope::{self, Layout};
use super::error::Error;
use super::file_store::FileFormat;
use super::kind::StoreKind;
use crate::secret::Secret;

pub(super) const LAYOUT: Layout = Layout {
    format: "eprospera-plain",
    version: 1,
    is_numbered: false,
};

/// The format of `plain-file`.
pub(super) struct Plain;

impl FileFormat for Plain {
    const KIND: StoreKind = StoreKind::PlainFile;
    const EXTENSION: &'static str = "json";

    fn encode(&self, account: &str, text: &Secret) -> Result<Zeroizing<Vec<u8>>, Error> {
        Ok(envelope::encode(LAYOUT, account, None, text))
    }

    fn decode(&self, place: &str, account: &str, bytes: &[u8]) -> Result<Secret, Error> {
        envelope::decode(LAYOUT, place, account, bytes).map(|(text, _)| text)
    }
}
