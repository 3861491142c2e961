//! Temporary folders for one run, private from the first moment on, and removed by a later run when
//! theirs was killed.
//!
//! Each is locked for as long as its process lives; where a child can go on with it, for as long as
//! that lives. It knows nothing of what the folders are for.

#[cfg(unix)]
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::file_sharing;

/// What the names of these folders begin with, and of no others.
const PREFIX: &str = "eprospera-scratch-";
/// The same before a folder is locked.
#[cfg(unix)]
const UNLOCKED: &str = ".eprospera-scratch-";

/// A temporary folder, which goes when this is dropped.
#[derive(Debug)]
pub(crate) struct ScratchFolder {
    path: PathBuf,
    /// Keeps the lock.
    #[cfg(unix)]
    _locked: fs::File,
    /// Keeps the folder where it is not moved.
    #[cfg(not(unix))]
    _folder: TempDir,
}

/// Who keeps a folder from being removed as one that was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lifetime {
    /// This process alone.
    #[cfg_attr(windows, expect(dead_code, reason = "only a socket of Unix needs it"))]
    Process,
    /// This process and every child that it starts.
    Children,
}

impl ScratchFolder {
    /// Makes a folder for this user alone, and removes those that killed runs left.
    pub(crate) fn make(lifetime: Lifetime) -> io::Result<Self> {
        Self::make_in(&tempfile::env::temp_dir(), lifetime)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the folder now, so that a failure is seen.
    pub(crate) fn close(self) -> io::Result<()> {
        file_sharing::remove_dir_all(&self.path)
    }

    #[cfg(not(unix))]
    fn make_in(place: &Path, _lifetime: Lifetime) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(place)?;
        // Nothing is in it yet, so nothing of another user.
        eprospera_owner_only::close_to_others(folder.path())?;
        Ok(Self {
            path: folder.path().to_owned(),
            _folder: folder,
        })
    }

    #[cfg(unix)]
    fn make_in(place: &Path, lifetime: Lifetime) -> io::Result<Self> {
        use std::os::unix::fs::PermissionsExt as _;
        sweep(place);
        let private = fs::Permissions::from_mode(0o700);
        let folder: TempDir = tempfile::Builder::new()
            .prefix(UNLOCKED)
            .permissions(private.clone())
            .tempdir_in(place)?;
        // The umask may have taken bits away.
        fs::set_permissions(folder.path(), private)?;
        let locked = fs::File::open(folder.path())?;
        if let Err(error) = locked.try_lock() {
            tracing::debug!(%error, "a temporary folder cannot be locked");
        }
        if lifetime == Lifetime::Children {
            rustix::io::fcntl_setfd(&locked, rustix::io::FdFlags::empty())?;
        }
        // Only now it has a name that others look for.
        let name = folder.path().file_name().unwrap_or_default();
        let name = name.to_string_lossy();
        let path = place.join(name.trim_start_matches('.'));
        file_sharing::rename(folder.path(), &path)?;
        // There is nothing left to remove at the old name.
        drop(folder.keep());
        Ok(Self {
            path,
            _locked: locked,
        })
    }
}

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        drop(file_sharing::remove_dir_all(&self.path));
    }
}

/// Removes the folders of runs that are over. What prevents that concerns those runs,
/// not this one.
#[cfg(unix)]
fn sweep(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_named = name.to_str().is_some_and(|name| name.starts_with(PREFIX));
        if is_named && is_abandoned(&entry.path()).unwrap_or(false) {
            tracing::debug!(path = %entry.path().display(), "what a killed run left is removed");
            drop(file_sharing::remove_dir_all(&entry.path()));
        }
    }
}

/// Whether a folder is this user's, private, and not locked. A file system that grants a lock
/// twice at a time says nothing about that.
#[cfg(unix)]
fn is_abandoned(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = fs::symlink_metadata(path)?;
    let me = rustix::process::geteuid().as_raw();
    if !metadata.is_dir() || metadata.uid() != me || metadata.mode() & 0o077 != 0 {
        return Ok(false);
    }
    let folder = fs::File::open(path)?;
    Ok(folder.try_lock().is_ok() && fs::File::open(path)?.try_lock().is_err())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};

    use super::*;

    #[test]
    fn a_folder_is_private_and_goes_with_its_owner() {
        let place = tempfile::tempdir().unwrap();
        let folder = ScratchFolder::make_in(place.path(), Lifetime::Process).unwrap();
        let mode = folder.path().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o700);
        fs::create_dir(folder.path().join("below")).unwrap();
        drop(folder);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
        let folder = ScratchFolder::make_in(place.path(), Lifetime::Children).unwrap();
        folder.close().unwrap();
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_folder_of_a_killed_run_goes_and_that_of_a_living_one_stays() {
        let place = tempfile::tempdir().unwrap();
        let living = ScratchFolder::make_in(place.path(), Lifetime::Process).unwrap();
        let make = |name: &str, mode: u32| {
            let path = place.path().join(name);
            fs::DirBuilder::new().mode(mode).create(&path).unwrap();
            path
        };
        let left = make("eprospera-scratch-left", 0o700);
        fs::create_dir(left.join("state")).unwrap();
        let others = [
            make("eprospera-source", 0o700),
            make("eprospera-scratch-of-somebody", 0o755),
        ];
        let link = place.path().join("eprospera-scratch-link");
        std::os::unix::fs::symlink(&others[0], &link).unwrap();
        drop(ScratchFolder::make_in(place.path(), Lifetime::Process).unwrap());
        assert!(!left.exists() && living.path().exists());
        assert!(others.iter().all(|path| path.exists()) && link.is_symlink());
    }
}
