//! `--tls`: where the authority of a sandbox that speaks https comes from.

use std::path::{Path, PathBuf};

use eprospera_sandbox::{Authority, Config};

use super::ca_folder::CaFolder;
use crate::context::Context;
use crate::error::Error;

/// Whose certificates the sandbox shows.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Tls {
    /// Of an authority that is as old as the run.
    Fresh,
    /// Of one that is kept in this folder.
    Kept(PathBuf),
}

impl Tls {
    /// What a configuration asks for. A folder is there for https, so naming one is enough, unless
    /// `tls = false` is beside it. `place` is that of the folder's setting.
    pub(super) fn of(config: &Config, place: &str) -> Result<Option<Self>, Error> {
        let folder = config.tls_ca.as_deref();
        match (config.tls.unwrap_or(folder.is_some()), folder) {
            (false, _) => Ok(None),
            (true, None) => Ok(Some(Self::Fresh)),
            (true, Some(folder)) => {
                CaFolder::check(folder).map_err(|error| error.at(place))?;
                Ok(Some(Self::Kept(folder.to_owned())))
            }
        }
    }

    /// Makes the authority, or takes the one that was kept.
    pub(super) fn open(&self, context: &Context) -> Result<Authority, Error> {
        match self {
            Self::Fresh => Authority::generate().map_err(Error::failure),
            Self::Kept(folder) => CaFolder::open(folder, context),
        }
    }

    /// The file that a client has to trust, where it stays after the run.
    pub(super) fn certificate_file(&self) -> Option<PathBuf> {
        let Self::Kept(folder) = self else {
            return None;
        };
        Some(CaFolder::certificate(&absolute(folder)))
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
