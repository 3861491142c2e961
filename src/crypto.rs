//! Keys, sealed texts, digests and random bytes, over crates that do the mathematics.
//!
//! It reads and writes no files, and knows nothing of what is sealed.

mod digest;
mod error;
mod key;
mod preamble;
mod random;
mod seal;

pub(crate) use digest::{digest, sha256_base64url};
pub use error::Error;
pub(crate) use key::random_key;
pub use key::{KeyMaterial, KeySource};
pub(crate) use preamble::Preamble;
pub use preamble::Unreadable;
pub(crate) use random::{random, random_name};
pub(crate) use seal::{PreparedSealing, Sealer, account};
