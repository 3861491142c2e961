//! A file that a running process keeps for itself: locked while its value lives, gone with it.
//!
//! The file of a killed process stays, unlocked, and the next one replaces it.

use std::fs::{File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::error::Error;
use super::permission;
use super::whole::{folder_of, written_beside};
use crate::file_sharing;

/// A file that no other process replaces while this value lives. Dropping it removes the file, unless
/// something else has its name by now.
#[derive(Debug)]
pub(crate) struct HeldFile {
    path: PathBuf,
    file: File,
}

impl HeldFile {
    /// Whether a running process keeps this file.
    pub(crate) fn is_held(path: &Path) -> bool {
        permission::open_read(path).is_ok_and(|file| is_kept(&file))
    }

    /// Puts `bytes` at `path` in one step, in the place of what a killed process left there. `None`
    /// where a running process keeps the file.
    pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<Option<Self>, Error> {
        put(path, bytes).map_err(|error| Error::from_io("write", path, error))
    }
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<Option<HeldFile>> {
    loop {
        let fresh = written_beside(path, |file| file.write_all(bytes))?;
        // The lock is of the file, so it has it before its name.
        keep(fresh.as_file())?;
        let (file, name) = fresh.into_parts();
        let placed = match permission::open_read(path) {
            Ok(old) => {
                if !is_locked(old.try_lock())? {
                    return Ok(None);
                }
                // Another process that replaced the same old file keeps the new one.
                if !permission::is_same(&old, path)? {
                    continue;
                }
                put_over(name, path)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                file_sharing::place(name, path).map_err(|(_, error)| error)
            }
            Err(error) => return Err(error),
        };
        match placed {
            Ok(()) => {
                permission::sync_dir(folder_of(path))?;
                let path = path.to_owned();
                #[cfg(windows)]
                let file = under_its_name(file, &path)?;
                return Ok(Some(HeldFile { path, file }));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// Puts a file in the place of one that is open.
#[cfg(unix)]
fn put_over(file: TempPath, path: &Path) -> io::Result<()> {
    file_sharing::replace(file, path)
}

/// Puts a file in the place of one that is open. Some file systems of Windows replace none that is, but let it go aside.
#[cfg(windows)]
fn put_over(file: TempPath, path: &Path) -> io::Result<()> {
    let aside = file.with_extension("old");
    file_sharing::rename(path, &aside)?;
    let placed = file_sharing::place(file, path);
    file_sharing::remove_file(&aside)?;
    placed.map_err(|(_, error)| error)
}

/// The same file, opened by its name and kept. Wine does not recognise one that was renamed while it was open.
#[cfg(windows)]
fn under_its_name(file: File, path: &Path) -> io::Result<File> {
    let named = permission::open_lock(path)?;
    keep(&named)?;
    drop(file);
    Ok(named)
}

/// Keeps a new file. On Windows others could not read one that is locked for one process alone.
fn keep(file: &File) -> io::Result<bool> {
    is_locked(if cfg!(windows) {
        file.try_lock_shared()
    } else {
        file.try_lock()
    })
}

/// Whether a process keeps a file. The lock that this takes is gone with the file.
fn is_kept(file: &File) -> bool {
    let tried = if cfg!(windows) {
        file.try_lock()
    } else {
        file.try_lock_shared()
    };
    matches!(tried, Err(TryLockError::WouldBlock))
}

/// `false` if another process has the lock. Where the file system cannot lock, the file counts as that of a
/// killed process.
fn is_locked(tried: Result<(), TryLockError>) -> io::Result<bool> {
    match tried {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

impl Drop for HeldFile {
    fn drop(&mut self) {
        if permission::is_same(&self.file, &self.path).unwrap_or(false) {
            file_sharing::remove_file(&self.path).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::private_file;

    #[test]
    fn of_many_that_want_a_file_one_gets_it_whatever_was_there() {
        for left_behind in [None, Some("of a killed run")] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("ready.json");
            if let Some(text) = left_behind {
                private_file::replace(&path, text.as_bytes()).unwrap();
            }
            let put = |text: String| HeldFile::put(&path, text.as_bytes()).unwrap();
            let held: Vec<_> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..8)
                    .map(|index| scope.spawn(move || put(index.to_string())))
                    .collect();
                let ended = threads.into_iter().map(|thread| thread.join().unwrap());
                ended.collect()
            });
            assert_eq!(held.iter().flatten().count(), 1);
            let winner = held.iter().position(Option::is_some).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), winner.to_string());
            assert!(HeldFile::is_held(&path));
            // A killed process would let go of it: then the next one replaces it.
            drop(held);
            // Nor a temporary file.
            let left = fs::read_dir(folder.path()).unwrap();
            let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
            assert!(left.is_empty(), "{left:?}");
        }
    }

    #[test]
    fn what_has_taken_the_name_of_a_held_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ready.json");
        let held = HeldFile::put(&path, b"mine").unwrap().unwrap();
        fs::rename(&path, folder.path().join("elsewhere")).unwrap();
        private_file::replace(&path, b"of another").unwrap();
        drop(held);
        assert_eq!(fs::read_to_string(&path).unwrap(), "of another");
        assert!(!HeldFile::is_held(&path));
    }
}
