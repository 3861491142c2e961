//! The store for machines without a keyring: each record a sealed file, its key from the user.
//!
//! See [`seal`](super::seal) for the format.

use zeroize::Zeroizing;

use super::file_store::Format;
use super::seal::Sealer;
use super::{Error, KeySource, StoreKind};
use crate::secret::Secret;

/// The format of `encrypted-file`.
pub(super) struct Sealed(Sealer);

impl Sealed {
    pub(super) fn new(source: impl KeySource + 'static) -> Self {
        Self(Sealer::new(source))
    }
}

impl Format for Sealed {
    const KIND: StoreKind = StoreKind::EncryptedFile;
    const EXTENSION: &'static str = "sealed";

    fn encode(&self, account: &str, text: &Secret) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.0.seal(account, text).map(Zeroizing::new)
    }

    fn decode(&self, place: &str, account: &str, bytes: &[u8]) -> Result<Secret, Error> {
        self.0.open(place, account, bytes)
    }
}
