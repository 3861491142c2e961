//! The folder that files are downloaded to, and a file on its way there: private, under another
//! name until it is whole, and gone when it never becomes whole.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{self, SHA256};
use tempfile::TempPath;

use super::error::Failure;
use crate::file_sharing;

/// How much of a file that is there already is read at once.
const READ_BUFFER: usize = 64 * 1024;

/// What names of unfinished files end in: nothing else is named so, and what is may be removed.
const UNFINISHED: &str = ".eprospera-part";

/// What is done where there is a file of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnConflict {
    /// It stays, and the new one fails.
    Fail,
    /// The new one takes its place.
    Replace,
    /// It stays, and counts as the new one if it is the same.
    Skip,
}

#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    on_conflict: OnConflict,
    /// The folders that were made for it, outermost first.
    made: Vec<PathBuf>,
}

impl Folder {
    /// Opens a folder, and makes it and those above it with mode 0700 where they are missing. What
    /// a killed run left unfinished is removed.
    pub(crate) fn open(path: &Path, on_conflict: OnConflict) -> io::Result<Self> {
        let mut folder = Self {
            path: path.to_owned(),
            on_conflict,
            made: Vec::new(),
        };
        folder.make(path)?;
        folder.sweep();
        Ok(folder)
    }

    fn make(&mut self, path: &Path) -> io::Result<()> {
        if path.as_os_str().is_empty() || path.is_dir() {
            return Ok(());
        }
        if let Some(parent) = path.parent() {
            self.make(parent)?;
        }
        match create_folder(path) {
            Ok(()) => self.made.push(path.to_owned()),
            // Another process was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Removes unfinished files that no process is writing to. Whatever prevents that
    /// concerns an earlier run, not this one.
    fn sweep(&self) {
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let name = name.as_encoded_bytes();
            let is_ours = name.starts_with(b".") && name.ends_with(UNFINISHED.as_bytes());
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_ours && is_file && is_abandoned(&entry.path()) {
                tracing::debug!(path = %entry.path().display(), "an unfinished file is removed");
                drop(file_sharing::remove_file(&entry.path()));
            }
        }
    }

    /// Looks whether a file may be called so. Gives the one that is there already, if it is the same as far as
    /// that can be told before it comes: by its length and, where the host says it, by its digest.
    pub(super) async fn place<B>(
        &self,
        name: &str,
        length: Option<u64>,
        sha256: Option<String>,
    ) -> Result<Option<Stored>, Failure<B>> {
        let path = self.path.join(name);
        if self.on_conflict == OnConflict::Replace || path.symlink_metadata().is_err() {
            return Ok(None);
        }
        let is_there = path.metadata().ok().filter(Metadata::is_file);
        match (self.on_conflict, is_there, length) {
            // What comes is compared when it is whole.
            (OnConflict::Skip, Some(_), None) => Ok(None),
            (OnConflict::Skip, Some(found), Some(length)) if found.len() == length => {
                let stored = stored(name.to_owned(), path.clone()).await?;
                if sha256.is_some_and(|sha256| sha256 != stored.sha256) {
                    return Err(Failure::Exists(path));
                }
                Ok(Some(stored))
            }
            _ => Err(Failure::Exists(path)),
        }
    }

    pub(super) fn begin<B>(&self, stem: &str) -> Result<PartialFile, Failure<B>> {
        let created = tempfile::Builder::new()
            .prefix(&format!(".{stem}."))
            .suffix(UNFINISHED)
            .make_in(&self.path, create);
        let place = self.path.join(stem);
        let (file, path) = created
            .map_err(|error| Failure::io("write", &place, error))?
            .into_parts();
        Ok(PartialFile {
            sink: Some(Sink {
                file,
                digest: digest::Context::new(&SHA256),
            }),
            path,
            place,
            length: 0,
        })
    }

    /// Makes the names of finished files durable.
    #[cfg_attr(
        not(unix),
        expect(clippy::unused_self, reason = "only Unix syncs folders")
    )]
    pub(super) fn sync(&self) {
        // Every file is; a file system that cannot sync a folder has nothing better to offer.
        #[cfg(unix)]
        drop(File::open(&self.path).and_then(|folder| folder.sync_all()));
    }
}

/// A folder that was made for nothing goes again.
impl Drop for Folder {
    fn drop(&mut self) {
        for path in self.made.iter().rev() {
            if file_sharing::remove_dir(path).is_err() {
                break;
            }
        }
    }
}

/// Makes a folder for its owner alone.
fn create_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;

        fs::DirBuilder::new().mode(0o700).create(path)
    }
    #[cfg(windows)]
    eprospera_owner_only::create_dir(path)
}

/// Makes the file at a path, which must not exist, for its owner alone, and locks it against
/// [`Folder::sweep`] of another process.
fn create(path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    let file = {
        use std::os::unix::fs::OpenOptionsExt as _;

        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        options.open(path)?
    };
    #[cfg(windows)]
    let file = eprospera_owner_only::create_file(path)?;
    let is_swept = match file.try_lock() {
        Err(TryLockError::WouldBlock) => true,
        // Where nothing can be locked, nothing is swept either.
        Err(TryLockError::Error(_)) => false,
        Ok(()) => !is_linked(&file, path)?,
    };
    if is_swept {
        // Tells `tempfile` to try another name.
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    Ok(file)
}

/// Whether a file still has its name. Some file systems count no links.
#[cfg(unix)]
fn is_linked(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;

    let open = file.metadata()?;
    let is_same = |named: Metadata| named.dev() == open.dev() && named.ino() == open.ino();
    Ok(open.nlink() > 0 || path.symlink_metadata().is_ok_and(is_same))
}

/// An open file cannot be removed here.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
fn is_linked(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// Whether the process that wrote a file has died: its lock is gone. A file system that grants a
/// lock twice at a time says nothing about that.
fn is_abandoned(path: &Path) -> bool {
    let open = || OpenOptions::new().write(true).open(path);
    let Ok(file) = open() else { return false };
    file.try_lock().is_ok() && open().is_ok_and(|second| second.try_lock().is_err())
}

/// A file on its way. Dropped before it is whole, it is removed.
pub(super) struct PartialFile {
    /// Absent only while a thread writes, and after one has failed to.
    sink: Option<Sink>,
    path: TempPath,
    /// Where it will be but for its extension, as the user knows the folder.
    place: PathBuf,
    length: u64,
}

struct Sink {
    file: File,
    digest: digest::Context,
}

/// A file that is whole and in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub name: String,
    pub path: PathBuf,
    pub bytes: u64,
    pub sha256: String,
    /// Whether it was there already, and nothing was written.
    pub was_there: bool,
}

impl PartialFile {
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Writes and hashes on a thread of its own, so that a slow disk does not hold up a signal.
    /// Gives the buffer back, empty.
    pub(super) async fn write<B>(&mut self, bytes: Vec<u8>) -> Result<Vec<u8>, Failure<B>> {
        let length = bytes.len() as u64;
        let written = self.with_sink(|sink| {
            sink.file.write_all(&bytes)?;
            sink.digest.update(&bytes);
            Ok(bytes)
        });
        let mut buffer = written.await?;
        self.length += length;
        buffer.clear();
        Ok(buffer)
    }

    async fn with_sink<T: Send + 'static, B>(
        &mut self,
        work: impl FnOnce(&mut Sink) -> io::Result<T> + Send + 'static,
    ) -> Result<T, Failure<B>> {
        let gone = || io::Error::other("an earlier write failed");
        let sink = self.sink.take().ok_or_else(gone);
        let done = async {
            let mut sink = sink?;
            let worked =
                tokio::task::spawn_blocking(move || work(&mut sink).map(|done| (sink, done)));
            worked.await.map_err(io::Error::other)?
        };
        match done.await {
            Ok((sink, done)) => {
                self.sink = Some(sink);
                Ok(done)
            }
            Err(error) => Err(Failure::io("write", &self.place, error)),
        }
    }

    /// Puts the file in its place in one step.
    pub(super) async fn finish<B>(
        mut self,
        folder: &Folder,
        name: String,
    ) -> Result<Stored, Failure<B>> {
        let digest = self.with_sink(|sink| {
            sink.file.sync_all()?;
            Ok(sink.digest.clone().finish())
        });
        let digest = digest.await?;
        let path = folder.path.join(&name);
        // Its lock is held until it has its name; but Windows renames no open file.
        let open = self.sink.take().filter(|_| cfg!(unix));
        let (on_conflict, place) = (folder.on_conflict, path.clone());
        // On a thread of its own: another program may have the file open for a moment.
        let placed = tokio::task::spawn_blocking(move || {
            let placed = match on_conflict {
                OnConflict::Replace => file_sharing::replace(self.path, &place),
                OnConflict::Fail | OnConflict::Skip => put_in_free_place(self.path, &place),
            };
            drop(open);
            placed
        });
        let placed = placed.await.map_err(io::Error::other).flatten();
        let sha256 = hexadecimal(digest.as_ref());
        match placed {
            Ok(()) => Ok(Stored {
                name,
                path,
                bytes: self.length,
                sha256,
                was_there: false,
            }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if folder.on_conflict == OnConflict::Skip && path.is_file() {
                    let found = stored(name, path.clone()).await?;
                    if found.sha256 == sha256 {
                        return Ok(found);
                    }
                }
                Err(Failure::Exists(path))
            }
            Err(error) => Err(Failure::io("write", &path, error)),
        }
    }
}

/// Gives a finished file its name, which must be free, in one step.
///
/// That takes a rename that replaces nothing, or hard links. exFAT and many network and FUSE file systems have
/// neither: there the name is taken by an empty file first, which the finished one then replaces.
fn put_in_free_place(file: TempPath, path: &Path) -> io::Result<()> {
    match file_sharing::place(file, path) {
        Ok(()) => Ok(()),
        Err((_, error))
            if error.kind() == io::ErrorKind::AlreadyExists || file_sharing::is_in_use(&error) =>
        {
            Err(error)
        }
        Err((file, error)) => {
            tracing::debug!(%error, "no rename without replacing: the name is taken first");
            put_over_reserved_name(file, path)
        }
    }
}

pub(super) fn put_over_reserved_name(file: TempPath, path: &Path) -> io::Result<()> {
    drop(OpenOptions::new().write(true).create_new(true).open(path)?);
    file_sharing::replace(file, path).inspect_err(|_| {
        // Best effort: what is left is an empty file.
        drop(file_sharing::remove_file(path));
    })
}

/// The file that is there already.
async fn stored<B>(name: String, path: PathBuf) -> Result<Stored, Failure<B>> {
    let place = path.clone();
    let read = tokio::task::spawn_blocking(move || {
        let mut file = File::open(&path)?;
        let mut context = digest::Context::new(&SHA256);
        let mut buffer = vec![0; READ_BUFFER];
        let mut bytes = 0;
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            context.update(buffer.get(..read).unwrap_or_default());
            bytes += read as u64;
        }
        let sha256 = hexadecimal(context.finish().as_ref());
        Ok(Stored {
            name,
            path,
            bytes,
            sha256,
            was_there: true,
        })
    });
    let read = read.await.map_err(io::Error::other).flatten();
    read.map_err(|error| Failure::io("read", &place, error))
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
