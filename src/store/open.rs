//! From the kind of a store to the store.

use super::command::HelperStore;
use super::config::StoreConfig;
use super::encrypted_file::Sealed;
use super::file_store::FileStore;
use super::interface::Store;
use super::keyring::Keyring;
use super::kind::StoreKind;
use super::plain_file::Plain;
use crate::crypto::KeySource;

/// Opens exactly the store that was asked for. Nothing is touched before its first use; `key` is
/// asked at most once, and only by [`StoreKind::EncryptedFile`].
pub fn open(
    kind: &StoreKind,
    places: &StoreConfig,
    key: impl KeySource + 'static,
) -> Box<dyn Store> {
    match kind {
        StoreKind::Keyring => Box::new(Keyring::new(places)),
        StoreKind::EncryptedFile => Box::new(FileStore::new(places, Sealed::new(key))),
        StoreKind::PlainFile => Box::new(FileStore::new(places, Plain)),
        StoreKind::Command(program) => Box::new(HelperStore::new(program, places)),
    }
}
