//! Keys, sealed texts, digests and random bytes, over crates that do the mathematics.
//!
//! It reads and writes no files, and knows nothing of what is sealed.

mod digest;
mod error;
mod key;
mod preamble;
mod random;
mod seal;

pub use digest::{digest, sha256_base64url};
pub use error::Error;
pub use key::{KeyMaterial, KeySource, random_key};
pub use preamble::{Preamble, Unreadable};
pub use random::{random, random_name};
pub use seal::{PreparedSealing, Sealer, account};
