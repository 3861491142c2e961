//! A file that a running process keeps for itself: locked while its value lives, gone with it.
//!
//! The file of a killed process stays, unlocked, and the next one replaces it.

use std::path::PathBuf;

#[cfg(not(unix))]
use {super::error::Error, std::path::Path};

/// A file that no other process replaces while this value lives. Dropping it removes the file, unless
/// something else has its name by now.
#[derive(Debug)]
pub(crate) struct HeldFile {
    path: PathBuf,
    #[cfg(unix)]
    file: std::fs::File,
}

#[cfg(unix)]
mod unix {
    use std::fs::{File, TryLockError};
    use std::io::{self, Write as _};
    use std::path::Path;

    use super::HeldFile;
    use crate::private_file::error::Error;
    use crate::private_file::permission;
    use crate::private_file::whole::{folder_of, written_beside};

    impl HeldFile {
        /// Whether a running process keeps this file.
        pub(crate) fn is_held(path: &Path) -> bool {
            let shared = permission::open_read(path).map(|file| file.try_lock_shared());
            matches!(shared, Ok(Err(TryLockError::WouldBlock)))
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
            locked(fresh.as_file())?;
            let placed = match permission::open_read(path) {
                Ok(old) => {
                    if !locked(&old)? {
                        return Ok(None);
                    }
                    // Another process that replaced the same old file has a lock on the new one.
                    if !permission::is_same(&old, path)? {
                        continue;
                    }
                    fresh.persist(path)
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    fresh.persist_noclobber(path)
                }
                Err(error) => return Err(error),
            };
            match placed {
                Ok(file) => {
                    permission::sync_dir(folder_of(path))?;
                    let path = path.to_owned();
                    return Ok(Some(HeldFile { path, file }));
                }
                Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(refused) => return Err(refused.error),
            }
        }
    }

    /// Locks a file; `false` if another process has the lock. Where the file system cannot lock, the
    /// file counts as that of a killed process.
    fn locked(file: &File) -> io::Result<bool> {
        match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                Ok(true)
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    impl Drop for HeldFile {
        fn drop(&mut self) {
            if permission::is_same(&self.file, &self.path).unwrap_or(false) {
                std::fs::remove_file(&self.path).unwrap_or_default();
            }
        }
    }
}

/// Elsewhere a lock would keep readers out, so the last process that writes the file has it.
#[cfg(not(unix))]
impl HeldFile {
    pub(crate) fn is_held(_path: &Path) -> bool {
        false
    }

    pub(crate) fn put(path: &Path, bytes: &[u8]) -> Result<Option<Self>, Error> {
        super::replace(path, bytes)?;
        Ok(Some(Self {
            path: path.to_owned(),
        }))
    }
}

#[cfg(not(unix))]
impl Drop for HeldFile {
    fn drop(&mut self) {
        std::fs::remove_file(&self.path).unwrap_or_default();
    }
}

#[cfg(all(test, unix))]
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
            drop(held);
            // Nor a temporary file.
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn what_has_taken_the_name_of_a_held_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ready.json");
        let held = HeldFile::put(&path, b"mine").unwrap().unwrap();
        fs::remove_file(&path).unwrap();
        private_file::replace(&path, b"of another").unwrap();
        drop(held);
        assert_eq!(fs::read_to_string(&path).unwrap(), "of another");
        assert!(!HeldFile::is_held(&path));
    }
}
