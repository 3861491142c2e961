//! What every version of every format begins with, and why a text is not what was once written.

use std::borrow::Cow;

use serde::Deserialize;

/// Why a text is not what this program has written in its place. No variant shows a part of it.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It is not what was once written.
    #[error("{place} is damaged: {what}")]
    Corrupt {
        place: String,
        what: Cow<'static, str>,
    },
    /// A later version of this program wrote it.
    #[error(
        "{place} has format version {version}, which this version of eprospera does not support"
    )]
    Newer { place: String, version: u64 },
    /// It was written for another account: a file was copied, or parts were exchanged.
    #[error("{place} belongs to another account, `{found}`")]
    NotOurs { place: String, found: String },
}

impl Unreadable {
    /// Damage, and what gave it away.
    pub fn corrupt(place: &str, what: impl Into<Cow<'static, str>>) -> Self {
        Self::Corrupt {
            place: place.to_owned(),
            what: what.into(),
        }
    }

    /// A text of the account `found`.
    pub fn not_ours(place: &str, found: String) -> Self {
        Self::NotOurs {
            place: place.to_owned(),
            found,
        }
    }
}

/// Name and version of a format.
#[derive(Deserialize)]
pub(crate) struct Preamble {
    format: String,
    version: u64,
}

impl Preamble {
    /// Tells a damaged text from one of another format or of a later version.
    pub(crate) fn check(
        place: &str,
        bytes: &[u8],
        (format, version): (&str, u64),
    ) -> Result<(), Unreadable> {
        let Ok(found) = serde_json::from_slice::<Self>(bytes) else {
            let what = "it is cut short or not a JSON object";
            return Err(Unreadable::corrupt(place, what));
        };
        if found.format != format {
            return Err(Unreadable::corrupt(place, "it is in another format"));
        }
        if found.version > version {
            return Err(Unreadable::Newer {
                place: place.to_owned(),
                version: found.version,
            });
        }
        if found.version < version {
            return Err(Unreadable::corrupt(place, "its format version is invalid"));
        }
        Ok(())
    }
}
