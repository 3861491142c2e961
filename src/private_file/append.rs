//! A file that grows by whole lines: each is written under a lock, and taken back when it did not
//! fit, so that several processes can write to one file. Where the system can, room for the next
//! lines is taken before it is needed.

use std::fs::{File, TryLockError};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::error::Error;
use super::permission;
use crate::clock::Stopwatch;

/// How long another process may hold the lock; it holds it for one line.
const LOCK_TIMEOUT: Duration = Duration::from_secs(1);
const LOCK_RETRY_INTERVAL: Duration = Duration::from_millis(2);
/// The room that is taken at once behind the last line, and how much of it is always left.
const ROOM: u64 = 256 * 1024;
const LEAST_ROOM: u64 = 64 * 1024;

/// An open file, private to this user, to which lines are added.
#[derive(Debug)]
pub(crate) struct LineFile {
    path: PathBuf,
    file: File,
    /// Up to where the disk has room for this file.
    room_to: u64,
}

impl LineFile {
    /// Opens the file, or creates it where it is missing. The folder has to exist.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let file = permission::open_append(path)?;
        Ok(Self {
            path: path.to_owned(),
            file,
            room_to: 0,
        })
    }

    /// Makes sure that the disk has room for some more lines.
    pub(crate) fn ensure_room(&mut self) -> Result<(), Error> {
        self.follow()?;
        let failed = |error| Error::from_io("write", &self.path, error);
        let length = self.file.metadata().map_err(failed)?.len();
        if self.room_to < length + LEAST_ROOM {
            take_room(&self.file, length).map_err(failed)?;
            self.room_to = length + ROOM;
        }
        Ok(())
    }

    /// Begins anew where the file was moved away, as log rotation does.
    fn follow(&mut self) -> Result<(), Error> {
        let failed = |error| Error::from_io("write", &self.path, error);
        if !permission::is_same(&self.file, &self.path).map_err(failed)? {
            self.file = permission::open_append(&self.path)?;
            self.room_to = 0;
        }
        Ok(())
    }

    /// Adds one line, or nothing.
    pub(crate) fn append(&mut self, line: &str) -> Result<(), Error> {
        self.follow()?;
        let failed = |error| Error::from_io("write", &self.path, error);
        lock(&self.file).map_err(failed)?;
        let written = write_whole(&self.file, line);
        // Closing the file would release it, too.
        drop(self.file.unlock());
        written.map_err(failed)
    }
}

impl Drop for LineFile {
    /// Gives back the room that was taken and not needed.
    fn drop(&mut self) {
        if self.room_to > 0 && lock(&self.file).is_ok() {
            if let Ok(metadata) = self.file.metadata() {
                drop(self.file.set_len(metadata.len()));
            }
            drop(self.file.unlock());
        }
    }
}

/// Takes room behind the end of a file, whose length stays. A file system that cannot do that says
/// so when a line is written.
#[cfg(target_os = "linux")]
fn take_room(file: &File, length: u64) -> io::Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    use rustix::io::Errno;

    match fallocate(file, FallocateFlags::KEEP_SIZE, length, ROOM) {
        Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::NODEV | Errno::INVAL) => Ok(()),
        taken => Ok(taken?),
    }
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "on Linux it can fail")]
fn take_room(_file: &File, _length: u64) -> io::Result<()> {
    Ok(())
}

fn write_whole(mut file: &File, line: &str) -> io::Result<()> {
    // Where the system cannot do that by itself.
    let length = file.seek(SeekFrom::End(0))?;
    let written = file.write_all(format!("{line}\n").as_bytes());
    if written.is_err() {
        file.set_len(length)?;
    }
    written
}

/// Waits for another writer, with an end: what holds the lock may hang.
fn lock(file: &File) -> io::Result<()> {
    let watch = Stopwatch::start();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if watch.running() < LOCK_TIMEOUT => {
                thread::sleep(LOCK_RETRY_INTERVAL);
            }
            Err(TryLockError::WouldBlock) => {
                let words = "another process holds its lock";
                return Err(io::Error::new(io::ErrorKind::TimedOut, words));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines");
        (folder, path)
    }

    #[test]
    fn lines_of_many_writers_stay_whole() {
        let (_folder, path) = folder();
        let line = |writer: usize, index: usize| format!("{writer}-{index}-{}", "x".repeat(5000));
        thread::scope(|scope| {
            for writer in 0..4 {
                let path = &path;
                scope.spawn(move || {
                    let mut file = LineFile::open(path).unwrap();
                    for index in 0..50 {
                        file.append(&line(writer, index)).unwrap();
                    }
                });
            }
        });
        let text = std::fs::read_to_string(&path).unwrap();
        let found: BTreeSet<_> = text.lines().map(ToOwned::to_owned).collect();
        let expected = (0..4).flat_map(|writer| (0..50).map(move |index| line(writer, index)));
        assert_eq!(found, expected.collect());
        assert_eq!(text.lines().count(), 200);
    }

    #[test]
    fn what_is_there_stays_and_a_file_that_was_moved_away_begins_anew() {
        let (folder, path) = folder();
        let mut file = LineFile::open(&path).unwrap();
        file.append("one").unwrap();
        drop(file);
        let mut file = LineFile::open(&path).unwrap();
        file.append("two").unwrap();
        let old = folder.path().join("lines.1");
        std::fs::rename(&path, &old).unwrap();
        file.append("three").unwrap();
        assert_eq!(std::fs::read_to_string(old).unwrap(), "one\ntwo\n");
        assert_eq!(std::fs::read_to_string(path).unwrap(), "three\n");
    }

    #[test]
    fn room_for_lines_is_taken_without_a_trace_in_the_file() {
        let (_folder, path) = folder();
        let mut file = LineFile::open(&path).unwrap();
        for index in 0..3 {
            file.ensure_room().unwrap();
            file.append(&index.to_string()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "0\n1\n2\n");
        drop(file);
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 6);
    }

    #[test]
    fn a_held_lock_is_given_up_after_a_while() {
        let (_folder, path) = folder();
        let mut file = LineFile::open(&path).unwrap();
        let other = File::open(&path).unwrap();
        other.lock().unwrap();
        let error = file.append("one").unwrap_err().to_string();
        assert!(error.contains("another process holds its lock"), "{error}");
        drop(other);
        file.append("two").unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), "two\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_a_folder_and_a_device_are_refused_and_an_open_file_is_closed_to_others() {
        use std::os::unix::fs::{PermissionsExt, symlink};

        let (folder, path) = folder();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        drop(LineFile::open(&path).unwrap());
        assert_eq!(mode(&path), 0o600);
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
        drop(LineFile::open(&path).unwrap());
        assert_eq!(mode(&path), 0o600);
        let link = folder.path().join("link");
        symlink(&path, &link).unwrap();
        for refused in [&link, folder.path(), Path::new("/dev/null")] {
            assert!(LineFile::open(refused).is_err(), "{}", refused.display());
        }
        assert!(LineFile::open(&folder.path().join("absent/x")).is_err());
    }
}
