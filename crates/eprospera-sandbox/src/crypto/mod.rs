//! Keys and signatures, random strings, keyed hashes. It knows nothing of OAuth or HTTP.

pub(crate) mod first_key;
pub(crate) mod key_file;
pub(crate) mod key_ring;
pub(crate) mod keys;
pub(crate) mod mac;
pub(crate) mod random;
