//! Why there is no access token to be had.

use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Seconds;
use crate::crypto::{self, Unreadable};
use crate::{oauth, private_file, store};

use super::import_error::ImportError;
use super::record::Record;

/// Why there is no access token to be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Not signed in.
    #[error("not signed in (profile {profile}, client {client_id} at {issuer})")]
    None {
        profile: String,
        issuer: String,
        client_id: String,
    },
    /// Not signed in, because the session was exported.
    #[error("the session of profile {profile} was exported and is no longer here")]
    Exported { profile: String },
    /// The refresh token was refused, but the store has another session by now, which is kept.
    #[error("another process replaced the session while it was being refreshed")]
    Superseded(Box<Record>),
    /// The access token expired while the command waited for another process.
    #[error("the access token expired while this command waited")]
    ExpiredMeanwhile,
    /// The refresh token that was given has begun a session before.
    #[error("the refresh token that you gave has already been used, and cannot be used again")]
    BootstrapTokenSpent,
    /// An exported session is not taken over.
    #[error(transparent)]
    ImportError(#[from] ImportError),
    /// An earlier refresh has an unknown outcome, so the session cannot go elsewhere.
    #[error(
        "the outcome of an earlier refresh is unknown, so the session cannot leave this machine"
    )]
    Unsettled,
    /// The server ended the session.
    #[error("the session has ended")]
    Ended(#[source] oauth::Error),
    /// The server refused the client rather than the session, which is kept.
    #[error("the provider refused the client")]
    ClientRefused(#[source] oauth::Error),
    /// The access token has expired and there is nothing to refresh it with.
    #[error("the access token has expired and the session has no refresh token")]
    Expired,
    /// The provider refreshes nothing: a session ends with its access token.
    #[error("{}", no_refresh(.provider, *.remaining))]
    NoRefresh {
        /// The provider, as it is called in sentences.
        provider: &'static str,
        /// How long the access token is still valid, in seconds.
        remaining: Seconds,
    },
    /// The stored tokens came from another provider than the one in use.
    #[error("the session in profile {profile} is from provider {theirs}, but {ours} is in use")]
    OtherProvider {
        profile: String,
        theirs: String,
        ours: &'static str,
    },
    /// A refresh of unknown outcome was sent, and the one safe replay was refused.
    #[error(
        "the session is lost: an earlier refresh was cut off after it may have reached the \
         provider, and the provider no longer accepts the stored refresh token"
    )]
    LostAfterUnknown(#[source] oauth::Error),
    /// A refresh was sent and its outcome is unknown; the session is kept.
    #[error("a refresh was sent, but no usable response came back, so its outcome is unknown")]
    OutcomeUnknown {
        source: oauth::Error,
        /// How long nothing else is sent, in seconds.
        settles_in: Seconds,
    },
    /// An earlier refresh has an unknown outcome, so nothing is sent while the access token lives.
    #[error(
        "the outcome of an earlier refresh is unknown, so no other refresh is sent until the \
         access token expires (in {0} s): it could end the session"
    )]
    Pending(Seconds),
    /// Another machine may be in the middle of a refresh although its lock is gone.
    #[error(
        "a refresh was sent less than a minute ago, and its sender may still be storing the \
         response"
    )]
    InFlight,
    /// The server could not be asked; the session is kept.
    #[error("the session could not be refreshed")]
    NotRefreshed(#[source] oauth::Error),
    /// The tokens were rotated, but the answer cannot be used otherwise; its refresh token is kept.
    #[error("the provider rotated the tokens, but its response cannot be used")]
    Flawed(#[source] oauth::Error),
    /// The tokens were rotated, but the new ID token is not trusted.
    #[error("the refreshed tokens are not trusted")]
    Untrusted(#[source] oauth::Error),
    /// The tokens were rotated, but the keys that would verify the new ID token cannot be had.
    #[error("the refreshed tokens could not be verified")]
    Unverified(#[source] oauth::Error),
    /// No token lives as long as was asked.
    #[error("access tokens are issued for {lifetime} s, so none stays valid for {asked} s")]
    NeverThatLong { asked: Seconds, lifetime: Seconds },
    /// While a person was asked, another command changed the session that was to be stored.
    #[error("another command changed the new tokens while you were asked")]
    ChangedMeanwhile,
    /// The lock was given back: an error of this program, after which nothing is written or sent.
    #[error("the session is no longer locked")]
    NotLocked,
    /// Another process holds the lock.
    #[error("another process holds the lock of this session (waited {})", humantime::format_duration(*.waited))]
    Busy { waited: Duration },
    /// The store failed.
    #[error(transparent)]
    Store(store::Error),
    /// The store still fails, so that a rescued session cannot be moved back.
    #[error("the rescued session could not be moved back into its store")]
    NotRestored(#[source] store::Error),
    /// The rescue file cannot be read, and the newest tokens may be in it.
    #[error("the rescue file cannot be read")]
    RescueUnreadable { path: PathBuf, source: store::Error },
    /// The store failed after the provider had rotated the tokens, and so did the rescue.
    #[error("the provider has rotated the tokens, but the new ones could not be stored")]
    NotStored(#[source] store::Error),
}

fn no_refresh(provider: &str, remaining: Seconds) -> String {
    match remaining {
        0 => format!("the session has expired, and {provider} does not support refresh"),
        left => {
            format!(
                "the access token is valid for only {left} s, and {provider} does not support \
                     refresh"
            )
        }
    }
}

impl From<private_file::Error> for Error {
    fn from(error: private_file::Error) -> Self {
        store::Error::from(error).into()
    }
}

impl From<crypto::Error> for Error {
    fn from(error: crypto::Error) -> Self {
        store::Error::from(error).into()
    }
}

impl From<Unreadable> for Error {
    fn from(error: Unreadable) -> Self {
        Self::Store(error.into())
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Busy { waited } => Self::Busy { waited },
            other => Self::Store(other),
        }
    }
}

impl Error {
    /// Whether a valid access token stays usable after this failed refresh.
    pub(super) fn leaves_access_valid(&self) -> bool {
        matches!(
            self,
            Self::OutcomeUnknown { .. }
                | Self::Flawed(_)
                | Self::Pending(_)
                | Self::NotRefreshed(_)
                | Self::NotRestored(_)
                | Self::RescueUnreadable { .. }
        )
    }

    /// What a person reads while an earlier refresh has an unknown outcome.
    pub(crate) fn outcome_unknown_note() -> &'static str {
        "An earlier refresh was cut off, and it is unknown whether the provider rotated the \
         tokens. The access token is used until it expires; the first command after that finds \
         out."
    }
}
