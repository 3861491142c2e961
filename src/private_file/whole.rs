//! Files that are whole or absent, never half, and the private folders that they are in.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use super::error::Error;
use super::permission;
use crate::{file_sharing, files};

/// The largest file that is read, in bytes. Every file of this program is smaller.
pub(crate) const FILE_SIZE_LIMIT: usize = 1024 * 1024;

/// Puts `bytes` at `path` in one step: a crash at any moment leaves the old content or the new.
///
/// The folder must exist; the file is readable by its owner alone from the first moment on.
///
/// # Errors
///
/// [`Error::Full`], [`Error::Denied`] or [`Error::Io`]; the old content is then still there.
/// Only when the last step, syncing the folder, fails can the new content already be in place.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace_with(path, |file| file.write_all(bytes))
}

fn replace_with(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), Error> {
    let fail = |error| Error::from_io("write", path, error);
    let name = written_beside(path, write).map_err(fail)?.into_temp_path();
    file_sharing::replace(name, path).map_err(fail)?;
    permission::sync_dir(folder_of(path)).map_err(fail)
}

/// A file beside `path` that is on the disk and has no lasting name yet.
pub(super) fn written_beside(
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<NamedTempFile> {
    let mut temporary = tempfile::Builder::new()
        .prefix(&temporary_prefix(path))
        .suffix(SUFFIX)
        .rand_bytes(RANDOM_LENGTH)
        .make_in(folder_of(path), permission::temporary)?;
    write(temporary.as_file_mut())?;
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

/// Makes a file with `bytes` in one step; `false` where there is one already, as for the second of
/// two processes.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<bool, Error> {
    let fail = |error| Error::from_io("write", path, error);
    let temporary = written_beside(path, |file| file.write_all(bytes)).map_err(fail)?;
    match file_sharing::place(temporary.into_temp_path(), path) {
        Ok(()) => permission::sync_dir(folder_of(path))
            .map_err(fail)
            .map(|()| true),
        Err((_, error)) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err((_, error)) => Err(fail(error)),
    }
}

/// Reads a private file; `None` when there is none.
///
/// A file of the caller's own that others may read is closed to them, not refused.
///
/// # Errors
///
/// [`Error::NotPrivate`] for a link, a special file or another user's file, [`Error::TooLarge`]
/// when it is longer than [`FILE_SIZE_LIMIT`], else [`Error::Denied`] or [`Error::Io`].
pub(crate) fn read(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    let file = match permission::open_read(path) {
        Ok(file) => file,
        Err(error) if is_absence(&error) => return Ok(None),
        Err(_) if path.is_symlink() => {
            return Err(Error::not_private(path, "it is a symbolic link"));
        }
        Err(error) => return Err(Error::from_io("open", path, error)),
    };
    permission::check_file(&file, path)?;
    // One allocation: a vector that grows leaves copies of secrets behind.
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let room = usize::try_from(length)
        .unwrap_or(FILE_SIZE_LIMIT)
        .min(FILE_SIZE_LIMIT)
        + 1;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    let mut limited = file.take(FILE_SIZE_LIMIT as u64 + 1);
    limited
        .read_to_end(&mut bytes)
        .map_err(|error| Error::from_io("read", path, error))?;
    if bytes.len() > FILE_SIZE_LIMIT {
        return Err(Error::TooLarge {
            path: path.to_path_buf(),
        });
    }
    Ok(Some(bytes))
}

/// Creates a folder with mode 0700, its missing parents too, and checks the one that is there.
///
/// # Errors
///
/// [`Error::NotPrivate`] when it is a link, belongs to another user or can be written by others;
/// [`Error::Foreign`] when it would have to be made in another user's folder; else
/// [`Error::Full`], [`Error::Denied`] or [`Error::Io`].
pub(crate) fn ensure_dir(path: &Path) -> Result<(), Error> {
    if !check_dir(path)? {
        files::check_creation(path)?;
        create_with_parents(path)?;
        permission::check_dir(path)?;
    }
    Ok(())
}

/// Checks a folder as [`ensure_dir`] does, without creating it: `false` when it is missing.
pub(crate) fn check_dir(path: &Path) -> Result<bool, Error> {
    match fs::symlink_metadata(path) {
        Ok(_) => permission::check_dir(path).map(|()| true),
        Err(error) if is_absence(&error) => Ok(false),
        Err(error) => Err(Error::from_io("inspect", path, error)),
    }
}

/// Whether nothing can be there: not even below a home such as `/dev/null`.
fn is_absence(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Whether a folder can be written to, or made where it is missing. Touches nothing.
pub(crate) fn can_be_written(folder: &Path) -> bool {
    let nearest = folder.ancestors().find(|ancestor| ancestor.exists());
    nearest.is_some_and(permission::may_write)
}

fn create_with_parents(path: &Path) -> Result<(), Error> {
    let parent = folder_of(path);
    // `exists` follows links: a parent may well be one.
    if parent != Path::new(".") && !parent.exists() {
        create_with_parents(parent)?;
    }
    match permission::create_dir(path) {
        // Another process was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        result => result.map_err(|error| Error::from_io("create", path, error)),
    }
}

/// Removes a file durably; `false` when there was none.
pub(crate) fn remove(path: &Path) -> Result<bool, Error> {
    let fail = |error| Error::from_io("remove", path, error);
    match file_sharing::remove_file(path) {
        Ok(()) => permission::sync_dir(folder_of(path)).map_err(fail)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(fail(error)),
    }
    Ok(true)
}

/// Removes what killed writers of `path` left behind. Call it only under the lock of `path`: it
/// would take a living writer's file away.
pub(crate) fn remove_leftovers(path: &Path) -> Result<(), Error> {
    for leftover in siblings(path, &temporary_prefix(path))? {
        remove(&leftover)?;
    }
    Ok(())
}

/// The same in a folder where people have files of their own, such as an editor's copy of `path`.
pub(crate) fn remove_leftovers_among_others(path: &Path) -> Result<(), Error> {
    let prefix = temporary_prefix(path);
    for leftover in siblings(path, &prefix)? {
        if is_temporary(&leftover, prefix.len()) {
            remove(&leftover)?;
        }
    }
    Ok(())
}

/// What writers of any file in a folder have not given its name yet: killed ones left it behind.
pub(crate) fn all_leftovers(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = siblings(&folder.join("any"), &OsString::from("."))?;
    found.retain(|path| {
        let length = path.file_name().unwrap_or_default().len();
        is_temporary(path, length.saturating_sub(RANDOM_LENGTH + SUFFIX.len()))
    });
    Ok(found)
}

/// Removes what killed writers of any file in a folder left behind. Call it only under a lock that
/// all of them take.
pub(crate) fn remove_all_leftovers(folder: &Path) -> Result<(), Error> {
    for path in all_leftovers(folder)? {
        remove(&path)?;
    }
    Ok(())
}

/// What the name of a temporary file ends with, and how many random letters come before that.
const SUFFIX: &str = ".tmp";
const RANDOM_LENGTH: usize = 6;

fn is_temporary(path: &Path, prefix_length: usize) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let random = name
        .and_then(|name| name.get(prefix_length..))
        .and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| {
        random.len() == RANDOM_LENGTH && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// The files beside `path` whose names begin with `prefix`.
pub(crate) fn siblings(path: &Path, prefix: &OsString) -> Result<Vec<PathBuf>, Error> {
    let folder = folder_of(path);
    let fail = |error| Error::from_io("list", folder, error);
    let mut found = Vec::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(fail(error)),
    };
    for entry in entries {
        let entry = entry.map_err(fail)?;
        let name = entry.file_name();
        if name
            .as_encoded_bytes()
            .starts_with(prefix.as_encoded_bytes())
        {
            found.push(entry.path());
        }
    }
    Ok(found)
}

fn temporary_prefix(path: &Path) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(path.file_name().unwrap_or_default());
    prefix.push(".");
    prefix
}

pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests;
