//! Why a private file could not be read, written or locked: one variant per cause that a person
//! can act on. Exit codes and hints are decided above this layer.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::{file_sharing, files};

/// Why something about a private file failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The system refused access.
    #[error("access to {path} was denied: {source}", path = .path.display())]
    Denied { path: PathBuf, source: io::Error },
    /// No room is left on the disk, or in the user's quota.
    #[error("no space is left to write {path}", path = .path.display())]
    Full { path: PathBuf },
    /// The file is larger than [`FILE_SIZE_LIMIT`](super::FILE_SIZE_LIMIT).
    #[error("{path} is damaged: it is larger than any file that eprospera writes", path = .path.display())]
    TooLarge { path: PathBuf },
    /// Others could read or exchange what is stored there.
    #[error("{path} is not private: {why}", path = .path.display())]
    NotPrivate { path: PathBuf, why: String },
    /// A folder would have to be made below one of another user.
    #[error("cannot create a folder there: {0}")]
    Foreign(#[from] files::Untrusted),
    /// Another process holds the lock.
    #[error("another process holds the lock of this session (waited {})", humantime::format_duration(*.waited))]
    Busy { waited: Duration },
    /// The file system does not lock, so nothing can be written safely.
    #[error("cannot lock {path}: {source}", path = .path.display())]
    LockUnavailable { path: PathBuf, source: io::Error },
    /// Another program has a file open, and does not let go of it.
    #[error("cannot {action} {path}: {source}", path = .path.display())]
    InUse {
        /// What was tried, as a verb.
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    /// The guard that was shown belongs to another lock.
    #[error("the lock held is for another entry")]
    OtherLock,
    /// Any other failure of the file system.
    #[error("cannot {action} {path}: {source}", path = .path.display())]
    Io {
        /// What was tried, as a verb.
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

impl Error {
    /// Sorts a failure of the file system by what a person can do about it.
    pub fn from_io(action: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        if file_sharing::is_in_use(&source) {
            return Self::InUse {
                action,
                path,
                source,
            };
        }
        match source.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Self::Full { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::Denied { path, source }
            }
            _ => Self::Io {
                action,
                path,
                source,
            },
        }
    }

    pub(super) fn not_private(path: &Path, why: impl Into<String>) -> Self {
        Self::NotPrivate {
            path: path.to_path_buf(),
            why: why.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_read_only_folder_have_their_own_causes() {
        let sort = |kind| Error::from_io("write", Path::new("x"), io::Error::from(kind));
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
            assert!(matches!(sort(kind), Error::Full { .. }));
        }
        for kind in [
            io::ErrorKind::PermissionDenied,
            io::ErrorKind::ReadOnlyFilesystem,
        ] {
            assert!(matches!(sort(kind), Error::Denied { .. }));
        }
        assert!(matches!(
            sort(io::ErrorKind::InvalidInput),
            Error::Io { .. }
        ));
    }
}
