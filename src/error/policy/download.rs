//! Files that did not come.

use std::fmt;

use super::when;
use crate::error::{Error, Kind};
use crate::file_sharing;
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
                let error = Self::new(kind, text)
                    .http_status(status)
                    .retry_after(retry_after);
                match status {
                    403 => error.hint(
                        "run the command again later; a fresh address was refused \
                                       as well",
                    ),
                    404 => error.hint("report to the provider that the file is missing"),
                    _ => error.hint(when(retry_after, kind)),
                }
            }
            F::BadAddress | F::Redirected { .. } => said(
                Kind::Untrusted,
                "nothing was downloaded from there; report this to the provider",
            ),
            F::NotTheFile { .. } => said(
                Kind::Failure,
                "check that no captive portal answers in its place, then run the command again",
            ),
            F::Mismatch { .. } => said(Kind::Failure, "run the command again later"),
            F::TooLarge { .. } => said(Kind::Failure, "report this to the provider"),
            F::Exists(_) => said(
                Kind::Conflict,
                "use `--force` to replace it, `--skip-existing` to keep it if it is the same file, or choose another folder",
            ),
            F::Full(_) => said(
                Kind::Failure,
                "free some space, then run the command again; the partial file was deleted",
            ),
            F::Io {
                action,
                path,
                source,
            } => {
                let sentence = format!("cannot {action} {}", path.display());
                let hint = if file_sharing::is_in_use(&source) {
                    "close that program, then run the command again"
                } else {
                    "check that you can write there, or choose another folder"
                };
                Self::failure(source).context(sentence).hint(hint)
            }
        }
    }
}
