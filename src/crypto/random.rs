//! Random bytes of the operating system.

use rand::TryRng as _;
use rand::rngs::SysRng;
use zeroize::Zeroizing;

use super::digest::hex;
use super::error::Error;

/// Random bytes, wiped on drop.
pub(crate) fn random<const LENGTH: usize>() -> Result<Zeroizing<[u8; LENGTH]>, Error> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    SysRng
        .try_fill_bytes(bytes.as_mut_slice())
        .map_err(|error| Error::NoRandomness {
            cause: error.to_string(),
        })?;
    Ok(bytes)
}

/// 32 hex digits that no other call gives.
pub(crate) fn random_name() -> Result<String, Error> {
    random::<16>().map(|bytes| hex(bytes.as_slice()))
}
