//! What a refresh came to.

use crate::session::{Error, Record};
use crate::store;

/// What a refresh did.
#[derive(Debug)]
pub(crate) enum RefreshOutcome {
    /// The tokens were rotated by this call.
    Refreshed(Record),
    /// The same, but the store did not take the new ones: they are in the rescue file.
    Rescued(Record, store::Error),
    /// Another process had rotated them already.
    AlreadyRefreshed(Record),
    /// Another process is at it, and the access token is good enough meanwhile.
    UnderWay(Record),
    /// They could not be rotated, but the access token is valid.
    StillValid(Record, Error),
}

impl RefreshOutcome {
    /// The session to go on with.
    pub(crate) fn into_record(self) -> Record {
        match self {
            Self::Refreshed(record)
            | Self::Rescued(record, _)
            | Self::AlreadyRefreshed(record)
            | Self::UnderWay(record)
            | Self::StillValid(record, _) => record,
        }
    }
}
