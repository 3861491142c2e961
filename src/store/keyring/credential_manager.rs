//! What the errors of the Windows Credential Manager mean.

use std::error::Error as StdError;

use crate::store::error::Error;

/// Sorts an error that the keyring's crate passed on; it keeps the codes to itself.
pub(super) fn sort(cause: &(dyn StdError + Send + Sync + 'static)) -> Error {
    let cause = cause.to_string();
    if cause.contains("ERROR_NO_SUCH_LOGON_SESSION") {
        // Services and remote shells run without the user's credential set.
        return Error::Absent { cause };
    }
    Error::Keyring { cause }
}
