//! Why a file did not come. No message holds more of an address than its host: what follows can
//! be a signature.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::http;
use crate::portal;

/// Why one file was not downloaded. `B` is why there was no token, or no fresh address.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure<B> {
    #[error(transparent)]
    Portal(portal::Error<B>),
    /// The portal could not be asked for a fresh address.
    #[error(transparent)]
    Lookup(B),
    #[error(transparent)]
    Http(#[from] http::Error),
    #[error("{host} refused the download with HTTP status {status}")]
    Refused {
        host: String,
        status: u16,
        retry_after: Option<Duration>,
    },
    /// The address is none that a document may be fetched from.
    #[error("the portal returned a file address that is not https, or that contains a credential")]
    BadAddress,
    /// The host sends elsewhere, too often or to where no request may go.
    #[error("{host} redirects {whither}")]
    Redirected { host: String, whither: &'static str },
    /// Something else than a file of the expected kind.
    #[error("{host} sent {what} instead of the file")]
    NotTheFile { host: String, what: String },
    /// What came is not what was promised.
    #[error("{host} sent {what}")]
    Mismatch { host: String, what: &'static str },
    #[error("the file is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    /// There is something of that name, and it was not to be replaced.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    #[error("no space is left in {}", .0.display())]
    Full(PathBuf),
    #[error("cannot {action} {}", .path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

impl<B> Failure<B> {
    pub(super) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::Full(path.parent().unwrap_or(path).to_owned())
            }
            _ => Self::Io {
                action,
                path: path.to_owned(),
                source,
            },
        }
    }
}

impl<B> From<portal::Error<B>> for Failure<B> {
    fn from(error: portal::Error<B>) -> Self {
        match error {
            portal::Error::Http(error) => Self::Http(error),
            error => Self::Portal(error),
        }
    }
}
