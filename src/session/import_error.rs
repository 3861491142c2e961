//! Why an exported session is not taken over.

use crate::crypto::Unreadable;

/// Why it stays outside.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    /// It is not an exported session.
    #[error("{place} does not contain an exported session, or is damaged")]
    NotOne { place: String },
    /// Written by a newer program.
    #[error(transparent)]
    Newer(Unreadable),
    /// It belongs to another profile, issuer or client.
    #[error("the exported session is for {theirs}, but you are using {ours}")]
    Elsewhere { theirs: String, ours: String },
    /// Another provider gave its tokens.
    #[error("the exported session is from provider {theirs}, but {ours} is in use here")]
    OtherProvider { theirs: String, ours: &'static str },
    /// Its tokens were used since: the provider would end the session.
    #[error(
        "the export is out of date: it has generation {offered} of the session, but generation \
         {known} was already here, so its tokens have been used"
    )]
    Outdated { offered: u64, known: u64 },
    /// No copy of an exported session is kept.
    #[error("there is no exported session to restore here")]
    NotKept,
    /// A session is here, so that the exported one is not needed.
    #[error("already signed in here as {here}")]
    StillHere { here: String },
    /// Another account or another login is here.
    #[error("already signed in here as {here}, by another login")]
    Occupied { here: String },
}
