//! Why an exported session is not taken over.

use crate::crypto::Unreadable;

/// Why it stays outside.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    /// It is no exported session.
    #[error("{place} holds no exported session, or a damaged one")]
    NotOne { place: String },
    /// Written by a newer program.
    #[error(transparent)]
    Newer(Unreadable),
    /// It belongs to another profile, issuer or client.
    #[error("the exported session belongs to {theirs}, and this is {ours}")]
    Elsewhere { theirs: String, ours: String },
    /// Another provider gave its tokens.
    #[error("the exported session is with provider {theirs}, and {ours} is in use here")]
    OtherProvider { theirs: String, ours: &'static str },
    /// Its tokens were used since: the provider would end the session.
    #[error(
        "the exported session is generation {offered}, and generation {known} of it was already \
         here: its tokens are spent"
    )]
    Outdated { offered: u64, known: u64 },
    /// No copy of an exported session is kept.
    #[error("no exported session is kept here")]
    NotKept,
    /// A session is here, so that the exported one is not needed.
    #[error("{here} is signed in here already")]
    StillHere { here: String },
    /// Another account or another login is here.
    #[error("{here} is signed in here already, by another login")]
    Occupied { here: String },
}
