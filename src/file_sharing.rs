//! Renaming, removing and opening files that another program has open for a moment.
//!
//! On Windows a virus scanner, an indexer or a backup opens each new file, and as long as it has the file open,
//! renaming, replacing and removing it fails. That passes, so each of these is tried again for about two
//! seconds. On other systems nothing stands in the way, and nothing is tried twice.
//!
//! It knows nothing of what files hold. All that renames or removes a file goes through here.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use tempfile::TempPath;

/// The waits between attempts, in milliseconds.
const PAUSES: [u64; 10] = [5, 10, 20, 40, 80, 160, 320, 450, 450, 450];

/// `ERROR_ACCESS_DENIED`: a file that is about to go, or one to replace that is open.
const ACCESS_DENIED: i32 = 5;
/// `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION`.
const IN_USE: [i32; 2] = [32, 33];

/// Another program keeps a file open.
#[derive(Debug, thiserror::Error)]
#[error("another program has {} open, such as a virus scanner or a backup", .0.display())]
pub(crate) struct InUse(PathBuf);

/// Whether an error of this module says that another program keeps a file open.
pub(crate) fn is_in_use(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(<dyn std::error::Error + Send + Sync>::is::<InUse>)
}

/// Gives a file another name; what has that name is replaced in one step.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let renamed = patiently(may_pass, || fs::rename(from, to));
    renamed.map_err(|error| named(error, &[from, to]))
}

/// Gives a temporary file its name; what has that name is replaced in one step.
pub(crate) fn replace(mut file: TempPath, path: &Path) -> io::Result<()> {
    rename(&file, path)?;
    file.disable_cleanup(true);
    Ok(())
}

/// Gives a temporary file a name that must be free. A file that gets none comes back with the error.
pub(crate) fn place(file: TempPath, path: &Path) -> Result<(), (TempPath, io::Error)> {
    let mut file = Some(file);
    let placed = patiently(may_pass, || match file.take() {
        None => Ok(()),
        Some(unnamed) => unnamed.persist_noclobber(path).map_err(|refused| {
            file = Some(refused.path);
            refused.error
        }),
    });
    match (placed, file) {
        (Err(error), Some(file)) => {
            let error = named(error, &[&file, path]);
            Err((file, error))
        }
        // A file that got no name came back.
        _ => Ok(()),
    }
}

/// Removes a file.
pub(crate) fn remove_file(path: &Path) -> io::Result<()> {
    patiently(may_pass, || fs::remove_file(path)).map_err(|error| named(error, &[path]))
}

/// Removes an empty folder.
pub(crate) fn remove_dir(path: &Path) -> io::Result<()> {
    patiently(may_pass, || fs::remove_dir(path)).map_err(|error| named(error, &[path]))
}

/// Removes a folder and all in it.
pub(crate) fn remove_dir_all(path: &Path) -> io::Result<()> {
    patiently(may_pass, || fs::remove_dir_all(path)).map_err(|error| named(error, &[path]))
}

/// Opens a file in a way that another program's use of it may forbid.
pub(crate) fn open(path: &Path, open: impl FnMut() -> io::Result<File>) -> io::Result<File> {
    patiently(is_used, open).map_err(|error| named(error, &[path]))
}

/// Tries until something works, fails for good, or has had its time.
fn patiently<T>(
    may_pass: impl Fn(&io::Error) -> bool,
    mut attempt: impl FnMut() -> io::Result<T>,
) -> io::Result<T> {
    for pause in PAUSES {
        match attempt() {
            Err(error) if may_pass(&error) => thread::sleep(Duration::from_millis(pause)),
            outcome => return outcome,
        }
    }
    attempt()
}

fn may_pass(error: &io::Error) -> bool {
    is_used(error) || is_one_of(error, &[ACCESS_DENIED])
}

fn is_used(error: &io::Error) -> bool {
    is_one_of(error, &IN_USE)
}

fn is_one_of(error: &io::Error, codes: &[i32]) -> bool {
    let code = error.raw_os_error();
    cfg!(windows) && code.is_some_and(|code| codes.contains(&code))
}

/// The error with the name of the file that is open elsewhere, if one is.
fn named(error: io::Error, paths: &[&Path]) -> io::Error {
    if !may_pass(&error) {
        return error;
    }
    let open_elsewhere = paths.iter().find(|path| is_kept_open(path));
    let path = match open_elsewhere {
        Some(path) => Some(path),
        None if is_used(&error) => paths.last(),
        None => None,
    };
    match path {
        Some(path) => io::Error::new(io::ErrorKind::ResourceBusy, InUse(path.to_path_buf())),
        None => error,
    }
}

/// Whether the system refuses to open a file for its removal because another program has it open.
#[cfg(windows)]
fn is_kept_open(path: &Path) -> bool {
    use std::os::windows::fs::OpenOptionsExt as _;

    const DELETE: u32 = 0x0001_0000;
    let opened = fs::OpenOptions::new().access_mode(DELETE).open(path);
    opened.is_err_and(|error| is_used(&error))
}

#[cfg(not(windows))]
fn is_kept_open(_path: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests;
