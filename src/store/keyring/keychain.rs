//! The macOS Keychain: how its entries are named, and what its codes mean (`SecBase.h`).

use std::error::Error as StdError;
use std::sync::Arc;

use apple_native_keyring_store::keychain::Store;
use keyring_core::{CredentialStore, Entry as Item, Result};
use security_framework::base::Error as KeychainError;

use crate::store::chunked::SERVICE;
use crate::store::error::Error;

/// The keychain of the user's login.
pub(super) fn open() -> Result<Arc<CredentialStore>> {
    Ok(Store::new()?)
}

/// The entry of an account, which need not be there.
pub(super) fn item(store: &CredentialStore, account: &str) -> Result<Item> {
    store.build(SERVICE, account, None)
}

/// Sorts an error that the keyring's crate passed on.
pub(super) fn sort(cause: &(dyn StdError + Send + Sync + 'static)) -> Error {
    let code = cause
        .downcast_ref::<KeychainError>()
        .map(|error| error.code());
    let cause = cause.to_string();
    match code {
        // errSecUserCanceled, errSecInteractionNotAllowed, errSecInteractionRequired, errSecInDarkWake
        Some(-128 | -25308 | -25315 | -25320) => Error::Locked { cause },
        // wrPermErr, errSecInvalidOwnerEdit, errSecReadOnly, errSecAuthFailed, errSecNoAccessForItem
        Some(-61 | -25244 | -25292 | -25293 | -25243) => Error::Denied {
            place: String::from("the OS keyring"),
            cause,
        },
        // errSecNotAvailable, errSecNoSuchKeychain, errSecInvalidKeychain, errSecNoDefaultKeychain,
        // errSecNoStorageModule
        Some(-25291 | -25294 | -25295 | -25307 | -25312) => Error::Absent { cause },
        // dskFulErr, errSecDiskFull
        Some(-34) => Error::Full {
            place: String::from("the OS keyring"),
        },
        _ => Error::Keyring { cause },
    }
}
