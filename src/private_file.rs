//! Private files: whole or absent, readable by their owner alone, locked against other processes,
//! or taken as room on the disk before they are needed.
//!
//! The stores, the session's files, the configuration and the caches use it. It knows nothing of
//! what the files hold.

mod append;
mod error;
mod held;
mod lock;
mod permission;
mod reserve;
mod trial;
mod whole;

pub(crate) use append::LineFile;
pub(crate) use error::Error;
#[cfg(feature = "sandbox")]
pub(crate) use held::HeldFile;
pub use lock::Guard;
pub(crate) use lock::{lock, lock_in_folder};
pub(crate) use reserve::Reserve;
pub(crate) use trial::try_out;
pub(crate) use whole::{
    FILE_SIZE_LIMIT, all_leftovers, can_be_written, check_dir, create, ensure_dir, read, remove,
    remove_all_leftovers, remove_leftovers, remove_leftovers_among_others, replace, siblings,
};
