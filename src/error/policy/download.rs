//! Files that did not come.

use std::fmt;

use super::when;
use crate::error::{Error, Kind};
use crate::portal::download::Failure;

impl<B: Into<Self> + fmt::Display> From<Failure<B>> for Error {
    fn from(failure: Failure<B>) -> Self {
        use Failure as F;
        let text = failure.to_string();
        let said = |kind, hint: &'static str| Self::new(kind, text.clone()).hint(hint);
        match failure {
            F::Portal(error) => error.into(),
            F::Lookup(error) => error.into(),
            F::Http(error) => error.into(),
            F::Refused {
                status,
                retry_after,
                ..
            } => {
                // A host that is not the portal wants no login, whatever it says.
                let kind = match status {
                    401 => Kind::Forbidden,
                    status => Kind::of_status(status),
                };
                let error = Self::new(kind, text).http_status(status);
                match status {
                    403 => error.hint("a fresh address was refused as well; try again later"),
                    404 => error.hint("tell the provider that the file is missing"),
                    _ => error.hint(when(retry_after, kind)),
                }
            }
            F::BadAddress | F::Redirected { .. } => said(
                Kind::Untrusted,
                "nothing was fetched from there; tell the provider",
            ),
            F::NotTheFile { .. } => said(
                Kind::Failure,
                "check that no captive portal is in between, and run the command again",
            ),
            F::Mismatch { .. } => said(Kind::Failure, "run the command again later"),
            F::TooLarge { .. } => said(Kind::Failure, "tell the provider"),
            F::Exists(_) => said(
                Kind::Conflict,
                "replace it with `--force`, or choose another folder",
            ),
            F::Full(_) => said(
                Kind::Failure,
                "free some space and run the command again; nothing of the file is left",
            ),
            F::Io {
                action,
                path,
                source,
            } => {
                let sentence = format!("cannot {action} {}", path.display());
                Self::failure(source)
                    .context(sentence)
                    .hint("check who may write there, or choose another folder")
            }
        }
    }
}
