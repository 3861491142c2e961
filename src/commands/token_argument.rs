//! A token that a person names on the command line.

use std::io::Read as _;

use crate::error::Error;
use crate::secret::{self, Secret};

/// A token that was given as an argument: the text itself, or what stdin holds.
pub(super) fn read(text: &str) -> Result<Secret, Error> {
    let text = if text == "-" {
        let mut bytes = Vec::with_capacity(16 * 1024);
        std::io::stdin()
            .take(1024 * 1024)
            .read_to_end(&mut bytes)
            .map_err(Error::failure)?;
        Secret::of_text(bytes)
            .map_err(|error| Error::usage(format!("cannot use what is on stdin: {error}")))?
    } else {
        Secret::unregistered(text.to_owned())
    };
    Ok(Secret::new(secret::strip(text.expose()).to_owned()))
}
