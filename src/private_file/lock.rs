//! A lock across threads and processes: an exclusive lock on a file that is never deleted and that
//! the system releases when its holder dies. A [`Guard`] may also stand for a lock that something
//! else keeps, such as a helper program: it drops whatever holds the lock.
//!
//! Waiting costs no polling. A file system that cannot lock, or says yes without locking, is an
//! error, never a reason to go on without.

use std::any::Any;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::error::Error;
use super::permission;
use super::whole::{ensure_dir, folder_of};
use crate::clock::Stopwatch;

/// Proof that this process holds a lock; gives it back when dropped.
#[derive(Debug)]
pub struct Guard {
    path: PathBuf,
    holder: Arc<dyn Any + Send + Sync>,
}

impl Guard {
    /// The guard of a lock that `holder` gives back when it is dropped. `path` names what is
    /// locked.
    pub fn of(path: PathBuf, holder: Arc<dyn Any + Send + Sync>) -> Self {
        Self { path, holder }
    }

    /// What holds the lock, if it is of this type.
    pub fn holder<T: Any>(&self) -> Option<&T> {
        self.holder.downcast_ref()
    }

    /// Fails with [`Error::OtherLock`] unless `path` names what this guard locks.
    pub fn covers(&self, path: &Path) -> Result<(), Error> {
        if self.path == path {
            return Ok(());
        }
        Err(Error::OtherLock)
    }

    /// Keeps the lock for a thread that may outlive the guard: a write that ran out of time must
    /// not overtake the next holder's.
    pub fn hold(&self) -> Arc<dyn Any + Send + Sync> {
        Arc::clone(&self.holder)
    }
}

#[derive(Debug)]
struct LockedFile(File);

impl LockedFile {
    /// Whether it still is what `path` names.
    fn is_at(&self, path: &Path) -> io::Result<bool> {
        permission::is_same(&self.0, path)
    }
}

impl Drop for LockedFile {
    fn drop(&mut self) {
        // Closing alone would not do while a child that is being started still shares the file.
        // Should it fail, closing is what remains.
        drop(self.0.unlock());
    }
}

/// Locks the file at `path` and waits at most `wait` for its holder. The folder is made where it
/// is missing.
pub(crate) fn lock(path: &Path, wait: Duration) -> Result<Guard, Error> {
    ensure_dir(folder_of(path))?;
    lock_in_folder(path, wait)
}

/// Locks the file at `path`, whose folder exists, and waits at most `wait` for its holder.
///
/// # Errors
///
/// [`Error::Busy`] after `wait`, [`Error::LockUnavailable`] when the file system cannot lock.
pub(crate) fn lock_in_folder(path: &Path, wait: Duration) -> Result<Guard, Error> {
    let watch = Stopwatch::start();
    loop {
        let file =
            permission::open_lock(path).map_err(|error| Error::from_io("open", path, error))?;
        let (held, is_proved) = match file.try_lock() {
            Ok(()) => (LockedFile(file), false),
            // A file system that makes this process wait does lock.
            Err(TryLockError::WouldBlock) => (wait_for(file, path, &watch, wait)?, true),
            Err(TryLockError::Error(source)) => return Err(unavailable(path, source)),
        };
        if !is_proved {
            prove(&held, path).map_err(|error| unavailable(path, error))?;
        }
        // A process that deleted the file meanwhile made room for a second lock beside this one.
        if held.is_at(path).map_err(|error| unavailable(path, error))? {
            return Ok(Guard::of(path.to_path_buf(), Arc::new(held)));
        }
    }
}

/// Tries to lock the file a second time: some network file systems say yes to every lock.
fn prove(held: &LockedFile, path: &Path) -> io::Result<()> {
    let second = permission::open_lock(path)?;
    let is_granted = second.try_lock().is_ok();
    // Another file by now proves nothing; the caller looks for that.
    if is_granted && permission::is_same(&held.0, path)? && permission::is_same(&second, path)? {
        return Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "this file system grants the same lock twice at once",
        ));
    }
    Ok(())
}

fn wait_for(
    file: File,
    path: &Path,
    watch: &Stopwatch,
    wait: Duration,
) -> Result<LockedFile, Error> {
    if wait.is_zero() {
        return Err(Error::Busy { waited: wait });
    }
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new()
        .name(String::from("lock"))
        .spawn(move || {
            // After the deadline `send` hands the lock back, and it is released here.
            drop(sender.send(block(file)));
        })
        .map_err(|error| unavailable(path, error))?;
    match watch.receive(wait, &receiver) {
        Ok(Ok(held)) => Ok(held),
        Ok(Err(error)) => Err(unavailable(path, error)),
        Err(RecvTimeoutError::Timeout) => Err(Error::Busy { waited: wait }),
        Err(RecvTimeoutError::Disconnected) => Err(unavailable(
            path,
            io::Error::other("the waiting thread stopped"),
        )),
    }
}

fn block(file: File) -> io::Result<LockedFile> {
    loop {
        match file.lock() {
            Ok(()) => return Ok(LockedFile(file)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn unavailable(path: &Path, source: io::Error) -> Error {
    Error::LockUnavailable {
        path: path.to_path_buf(),
        source,
    }
}

#[cfg(test)]
mod tests;
