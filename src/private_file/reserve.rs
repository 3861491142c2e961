//! Room on the disk that is taken before it is needed, for a text that must not be lost: neither to
//! a full disk nor to the end of the process.
//!
//! It knows nothing of what is written there. A text that was not synced yet is safe from a kill,
//! because the kernel has it, and not from a power cut.

use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use rand::TryRng as _;
use rand::rngs::SysRng;

use super::error::Error;
use super::permission;
use super::whole::{self, ensure_dir, folder_of, remove, remove_leftovers, replace};

/// What a reserve begins with until it is filled: no text does.
const EMPTY: u8 = 0;
/// How many digits a text's length has in front of it. One write must do, so what is left of the
/// room is still there behind the text.
const DIGITS: usize = 16;

/// A file of full size that is waiting for its text. It goes when it is dropped unfilled.
#[derive(Debug)]
pub(crate) struct Reserve {
    path: PathBuf,
    file: File,
    /// How many bytes of the file count, once there is a text.
    filled: Option<u64>,
    /// Whether a write has moved the file's cursor.
    is_written: bool,
}

impl Reserve {
    /// Makes a private file of `size` bytes at `path`, synced. Its folder is made where it is
    /// missing; whatever was at `path` is replaced.
    ///
    /// # Errors
    ///
    /// Why there is no room for it; what was at `path` is then as it was.
    pub(crate) fn make(path: PathBuf, size: usize) -> Result<Self, Error> {
        ensure_dir(folder_of(&path))?;
        remove_leftovers(&path)?;
        replace(&path, &filler(&path, size)?)?;
        let file =
            permission::open_lock(&path).map_err(|error| Error::from_io("open", &path, error))?;
        Ok(Self {
            path,
            file,
            filled: None,
            is_written: false,
        })
    }

    /// The text that the reserve at `path` was filled with; `None` where there is none.
    pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
        let found = whole::read(path)?;
        Ok(found.and_then(|bytes| text_in(&bytes).map(<[u8]>::to_vec)))
    }

    /// Puts the text in its place with one write and nothing else: whatever ends this process from
    /// then on, the next one finds the text. Can be repeated.
    pub(crate) fn spool(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.write(bytes)
            .map_err(|error| Error::from_io("write", &self.path, error))
    }

    /// Makes what was spooled safe from a power cut, too, and gives back the rest of the room.
    pub(crate) fn sync(&mut self) -> Result<(), Error> {
        self.sync_in_place()
            .map_err(|error| Error::from_io("sync", &self.path, error))
    }

    /// Whether there is a text in it.
    pub(crate) fn is_filled(&self) -> bool {
        self.filled.is_some()
    }

    /// Puts the text in its place, in the room that was taken, and syncs it. Can be repeated.
    pub(crate) fn fill(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.write(bytes)
            .and_then(|()| self.sync_in_place())
            .map_err(|error| Error::from_io("write", &self.path, error))
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut framed = Vec::with_capacity(DIGITS + 1 + bytes.len());
        writeln!(framed, "{:0DIGITS$}", bytes.len())?;
        framed.extend(bytes);
        if self.is_written {
            self.file.rewind()?;
        }
        self.is_written = true;
        self.file.write_all(&framed)?;
        self.filled = Some(framed.len() as u64);
        Ok(())
    }

    fn sync_in_place(&self) -> io::Result<()> {
        if let Some(length) = self.filled {
            self.file.set_len(length)?;
        }
        self.file.sync_all()?;
        if permission::is_same(&self.file, &self.path)? {
            return Ok(());
        }
        Err(io::Error::other("the file was removed in the meantime"))
    }
}

impl Drop for Reserve {
    fn drop(&mut self) {
        if self.filled.is_none() {
            // One that stays begins with no digit, so nothing reads it, and the next replaces it.
            drop(remove(&self.path));
        }
    }
}

fn text_in(bytes: &[u8]) -> Option<&[u8]> {
    let (length, rest) = bytes.split_at_checked(DIGITS)?;
    let length: usize = std::str::from_utf8(length).ok()?.parse().ok()?;
    rest.strip_prefix(b"\n")?.get(..length)
}

/// Bytes that no file system can pack into less room.
fn filler(path: &Path, size: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![EMPTY; size];
    SysRng
        .try_fill_bytes(bytes.get_mut(1..).unwrap_or_default())
        .map_err(|error| Error::from_io("fill", path, io::Error::other(error)))?;
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
        assert_eq!(Reserve::read(&path).unwrap(), None);
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
        assert_eq!(Reserve::read(&path).unwrap().unwrap(), b"the last");
    }

    #[test]
    fn a_spooled_text_is_found_although_more_room_was_taken() {
        let (_folder, path) = place();
        let mut reserve = Reserve::make(path.clone(), 5000).unwrap();
        reserve.spool(b"a first and longer text").unwrap();
        assert_eq!(
            Reserve::read(&path).unwrap().unwrap(),
            b"a first and longer text"
        );
        reserve.spool(b"the last").unwrap();
        assert_eq!(Reserve::read(&path).unwrap().unwrap(), b"the last");
        assert_eq!(path.metadata().unwrap().len(), 5000);
        reserve.sync().unwrap();
        drop(reserve);
        assert_eq!(Reserve::read(&path).unwrap().unwrap(), b"the last");
        assert!(path.metadata().unwrap().len() < 30);
    }

    #[test]
    fn half_a_head_holds_no_text() {
        for (bytes, text) in [
            ("00000000000", None),
            ("0000000000000001", None),
            ("0000000000000001\n", None),
            ("0000000000000002\na", None),
            ("0000000000000001\nab", Some("a")),
            ("000000000000000x\nab", None),
            ("9999999999999999\nab", None),
            ("{}", None),
            ("", None),
        ] {
            assert_eq!(
                text_in(bytes.as_bytes()),
                text.map(str::as_bytes),
                "{bytes}"
            );
        }
    }

    #[test]
    fn a_reserve_that_was_taken_away_is_not_believed_in() {
        let (_folder, path) = place();
        let mut reserve = Reserve::make(path.clone(), 5000).unwrap();
        std::fs::rename(&path, path.with_extension("elsewhere")).unwrap();
        assert!(reserve.fill(b"text").is_err());
        assert_eq!(Reserve::read(&path).unwrap(), None);
    }

    #[test]
    fn without_room_for_it_nothing_is_promised() {
        let (_folder, path) = place();
        std::fs::create_dir_all(&path).unwrap();
        assert!(Reserve::make(path, 5000).is_err());
    }
}
