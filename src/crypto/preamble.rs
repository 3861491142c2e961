//! What every version of every format begins with, so that a later version differs from
//! damage.

use serde::Deserialize;

use super::error::Error;

/// Name and version of a format.
#[derive(Deserialize)]
pub struct Preamble {
    format: String,
    version: u64,
}

impl Preamble {
    /// Tells a damaged file from one of another format or of a later version.
    pub fn check(place: &str, bytes: &[u8], (format, version): (&str, u64)) -> Result<(), Error> {
        let Ok(found) = serde_json::from_slice::<Self>(bytes) else {
            return Err(Error::corrupt(place, "it is cut off or not a JSON object"));
        };
        if found.format != format {
            return Err(Error::corrupt(place, "it has another format"));
        }
        if found.version > version {
            return Err(Error::Newer {
                place: place.to_owned(),
                version: found.version,
            });
        }
        if found.version < version {
            return Err(Error::corrupt(place, "its version never existed"));
        }
        Ok(())
    }
}
