//! Room on the disk that is taken before it is needed, for a text that must not be lost to a full
//! disk.
//!
//! It knows nothing of what is written there.

use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use rand::TryRng as _;
use rand::rngs::SysRng;

use super::{Error, file, permission};

/// What a reserve begins with until it is filled: no text does.
const EMPTY: u8 = 0;

/// A file of full size that is waiting for its text. It goes when it is dropped unfilled.
#[derive(Debug)]
pub struct Reserve {
    path: PathBuf,
    file: File,
    filled: bool,
}

impl Reserve {
    /// Makes a private file of `size` bytes at `path`, synced. Its folder is made where it is
    /// missing; whatever was at `path` is replaced.
    ///
    /// # Errors
    ///
    /// Why there is no room for it; what was at `path` is then as it was.
    pub fn make(path: PathBuf, size: usize) -> Result<Self, Error> {
        file::ensure_private_dir(file::folder_of(&path))?;
        file::remove_leftovers(&path)?;
        file::replace(&path, &filler(size)?)?;
        let file =
            permission::open_lock(&path).map_err(|error| Error::from_io("open", &path, error))?;
        Ok(Self {
            path,
            file,
            filled: false,
        })
    }

    /// Puts the text in its place, in the room that was taken. Can be repeated.
    ///
    /// # Errors
    ///
    /// When it is not there for sure.
    pub fn fill(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.write(bytes)
            .map_err(|error| Error::from_io("write", &self.path, error))?;
        self.filled = true;
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.rewind()?;
        self.file.write_all(bytes)?;
        self.file.set_len(bytes.len() as u64)?;
        self.file.sync_all()?;
        if permission::is_same(&self.file, &self.path)? {
            return Ok(());
        }
        Err(io::Error::other("the file was taken away meanwhile"))
    }
}

impl Drop for Reserve {
    fn drop(&mut self) {
        if !self.filled {
            // One that stays is told from a text, and replaced by the next.
            drop(file::remove(&self.path));
        }
    }
}

/// The text that a reserve was filled with; `None` where there is none.
///
/// # Errors
///
/// As [`file::read_private`].
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let found = file::read_private(path)?;
    Ok(found
        .map(|bytes| bytes.to_vec())
        .filter(|bytes| bytes.first().is_some_and(|first| *first != EMPTY)))
}

/// Bytes that no file system can pack into less room.
fn filler(size: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![EMPTY; size];
    SysRng
        .try_fill_bytes(bytes.get_mut(1..).unwrap_or_default())
        .map_err(|error| Error::NoRandomness {
            cause: error.to_string(),
        })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("below").join("one.rescue");
        (folder, path)
    }

    #[test]
    fn an_unfilled_reserve_has_its_full_size_holds_no_text_and_goes() {
        let (_folder, path) = place();
        let reserve = Reserve::make(path.clone(), 5000).unwrap();
        assert_eq!(path.metadata().unwrap().len(), 5000);
        assert_eq!(read(&path).unwrap(), None);
        drop(reserve);
        assert!(!path.exists());
    }

    #[test]
    fn a_filled_one_holds_the_last_text_and_stays() {
        let (_folder, path) = place();
        let mut reserve = Reserve::make(path.clone(), 5000).unwrap();
        reserve.fill(b"a first and longer text").unwrap();
        reserve.fill(b"the last").unwrap();
        drop(reserve);
        assert_eq!(read(&path).unwrap().unwrap(), b"the last");
    }

    #[test]
    fn a_reserve_that_was_taken_away_is_not_believed_in() {
        let (_folder, path) = place();
        let mut reserve = Reserve::make(path.clone(), 5000).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(reserve.fill(b"text").is_err());
        assert_eq!(read(&path).unwrap(), None);
    }

    #[test]
    fn without_room_for_it_nothing_is_promised() {
        let (_folder, path) = place();
        std::fs::create_dir_all(&path).unwrap();
        assert!(Reserve::make(path, 5000).is_err());
    }
}
