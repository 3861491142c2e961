//! The folder that files are downloaded to, and a file on its way there: private, under another
//! name until it is whole, and gone when it never becomes whole.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{self, SHA256};
use tempfile::TempPath;

use super::error::Failure;

/// What names of unfinished files end in: nothing else is named so, and what is may be removed.
const UNFINISHED: &str = ".eprospera-part";

#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    replace: bool,
    /// The folders that were made for it, outermost first.
    made: Vec<PathBuf>,
}

impl Folder {
    /// Opens a folder, and makes it and those above it with mode 0700 where they are missing. What
    /// a killed run left unfinished is removed. Files that are there are replaced only when
    /// `replace`.
    pub(crate) fn open(path: &Path, replace: bool) -> io::Result<Self> {
        let mut folder = Self {
            path: path.to_owned(),
            replace,
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
        match private_folder().create(path) {
            Ok(()) => self.made.push(path.to_owned()),
            // Another process was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Removes unfinished files that no process is writing to. Whatever stands in the way of that
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
                drop(fs::remove_file(entry.path()));
            }
        }
    }

    pub(super) fn place<B>(&self, name: &str) -> Result<PathBuf, Failure<B>> {
        let path = self.path.join(name);
        if !self.replace && path.symlink_metadata().is_ok() {
            return Err(Failure::Exists(path));
        }
        Ok(path)
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
            if fs::remove_dir(path).is_err() {
                break;
            }
        }
    }
}

fn private_folder() -> DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "the mode is for Unix"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Makes the file at a path, which must not exist, for its owner alone, and locks it against
/// [`Folder::sweep`] of another process.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    let is_swept = match file.try_lock() {
        Err(TryLockError::WouldBlock) => true,
        // Where nothing can be locked, nothing is swept either.
        Err(TryLockError::Error(_)) => false,
        Ok(()) => !is_linked(&file)?,
    };
    if is_swept {
        // Tells `tempfile` to try another name.
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    Ok(file)
}

#[cfg(unix)]
fn is_linked(file: &File) -> io::Result<bool> {
    Ok(std::os::unix::fs::MetadataExt::nlink(&file.metadata()?) > 0)
}

/// An open file cannot be removed here.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
fn is_linked(_: &File) -> io::Result<bool> {
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
        let placed = if folder.replace {
            self.path.persist(&path)
        } else {
            self.path.persist_noclobber(&path)
        };
        drop(open);
        placed.map_err(|refused| match refused.error.kind() {
            io::ErrorKind::AlreadyExists => Failure::Exists(path.clone()),
            _ => Failure::io("write", &path, refused.error),
        })?;
        Ok(Stored {
            name,
            path,
            bytes: self.length,
            sha256: hexadecimal(digest.as_ref()),
        })
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
