//! Where a session is kept: four stores behind one small trait.
//!
//! | Kind | Where | Protection |
//! | --- | --- | --- |
//! | [`StoreKind::Keyring`] | the operating system's keyring | the user's login |
//! | [`StoreKind::EncryptedFile`] | a file in the state folder | a key or passphrase |
//! | [`StoreKind::PlainFile`] | a file in the state folder | its mode alone |
//! | [`StoreKind::Command`] | wherever a helper program keeps it | the helper's own |
//!
//! [`open()`] gives exactly the kind that was asked for, never another. A store keeps texts under
//! an [`Entry`]; what the text means, when it expires and where its key comes from, it does not know. It prints nothing and reads no environment.

mod chunked;
mod command;
mod config;
mod deadline;
mod encrypted_file;
mod entry;
mod envelope;
mod error;
mod file_store;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod interface;
mod keyring;
mod kind;
mod open;
mod plain_file;
mod probe;
mod rekey;

pub use self::config::StoreConfig;
pub(crate) use self::deadline::Patience;
pub use self::entry::{Entry, Identity};
pub use self::error::Error;
pub use self::interface::Store;
pub use self::kind::{StoreKind, UnknownKind};
pub use self::open::open;
pub(crate) use self::rekey::{is_new, rekey};
pub use crate::private_file::Guard;

#[cfg(test)]
mod tests;
