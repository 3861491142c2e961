//! The store for machines without a keyring: each record a sealed file, its key from the user.
//!
//! See [`crypto`](crate::crypto) for the format.

use zeroize::Zeroizing;

use super::error::Error;
use super::file_store::FileFormat;
use super::kind::StoreKind;
use crate::crypto::{KeySource, Sealer};
use crate::secret::Secret;

/// The format of `encrypted-file`.
pub(super) struct Sealed(Sealer);

impl Sealed {
    pub(super) fn new(source: impl KeySource + 'static) -> Self {
        Self(Sealer::new(source))
    }
}

impl FileFormat for Sealed {
    const KIND: StoreKind = StoreKind::EncryptedFile;
    const EXTENSION: &'static str = "sealed";

    fn encode(&self, account: &str, text: &Secret) -> Result<Zeroizing<Vec<u8>>, Error> {
        Ok(Zeroizing::new(self.0.seal(account, text)?))
    }

    fn decode(&self, place: &str, account: &str, bytes: &[u8]) -> Result<Secret, Error> {
        Ok(self.0.open(place, account, bytes)?)
    }
}
