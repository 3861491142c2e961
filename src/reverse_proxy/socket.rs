//! A Unix socket that only this user can connect to, from its first moment on.
//!
//! A socket that a killed run left behind is replaced; one that is in use, and whatever is not a
//! socket, stays. It knows nothing of what is served.

use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::clock::Stopwatch;
use crate::file_sharing;
use crate::files::{self, Untrusted, quoted};

/// The longest path that every Unix takes; macOS has room for 103 bytes, Linux for 107.
const LONGEST_PATH: usize = if cfg!(target_os = "linux") { 107 } else { 103 };
/// How long another run may take to make its socket in the same folder.
const FOLDER_LOCK_TIMEOUT: Duration = Duration::from_secs(2);
const FOLDER_LOCK_RETRY_INTERVAL: Duration = Duration::from_millis(5);
/// How long a connection may wait before the one who listens counts as busy.
const PROBE_TIMEOUT: Duration = Duration::from_secs(1);

/// Why there is no socket.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SocketError {
    #[error("the socket path has {length} bytes; the system takes at most {LONGEST_PATH}")]
    TooLong { length: usize },
    #[error("{0} does not name a file")]
    NoName(PathBuf),
    #[error("cannot make a socket in this folder: {0}")]
    Untrusted(#[from] Untrusted),
    #[error("{path} exists and is not a socket", path = .0.display())]
    NotSocket(PathBuf),
    #[error("the socket {path} belongs to user {owner}", path = .path.display())]
    Foreign { path: PathBuf, owner: u32 },
    #[error("another process listens on {path}", path = .0.display())]
    InUse(PathBuf),
    #[error("cannot make the socket {path}: {source}", path = .path.display())]
    Io { path: PathBuf, source: io::Error },
}

impl SocketError {
    /// Whether another process is in the way.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self, Self::InUse(_))
    }

    /// What can be done about it.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::TooLong { .. } => {
                "use a shorter path, such as one in $XDG_RUNTIME_DIR, or a relative one".to_owned()
            }
            Self::Untrusted(Untrusted::Writable { path, .. }) => format!(
                "use a folder that only you can write to, such as $XDG_RUNTIME_DIR, or run \
                 `chmod go-w {}`",
                quoted(path)
            ),
            Self::NotSocket(path) => format!(
                "use another path with `--socket`, or remove {} yourself",
                quoted(path)
            ),
            Self::InUse(_) => {
                "connect to it, stop that process, or use another path with `--socket`".to_owned()
            }
            Self::NoName(_) | Self::Untrusted(_) | Self::Foreign { .. } | Self::Io { .. } => {
                "use a path in an existing folder of yours with `--socket`, such as \
                 $XDG_RUNTIME_DIR/eprospera.sock"
                    .to_owned()
            }
        }
    }
}

/// A socket that listens; its file goes when this is dropped.
#[derive(Debug)]
pub(crate) struct BoundSocket {
    path: PathBuf,
    /// Device and inode, by which the own file is known.
    identity: (u64, u64),
    listener: UnixListener,
}

impl BoundSocket {
    /// Makes the socket.
    pub(crate) fn bind(path: &Path) -> Result<Self, SocketError> {
        use std::os::unix::ffi::OsStrExt as _;

        let failed = |source| SocketError::Io {
            path: path.to_owned(),
            source,
        };
        // A relative path may be short where the whole one is too long.
        let length = path.as_os_str().as_bytes().len();
        if length > LONGEST_PATH {
            return Err(SocketError::TooLong { length });
        }
        if path.file_name().is_none() || path.as_os_str().as_bytes().ends_with(b"/") {
            return Err(SocketError::NoName(path.to_owned()));
        }
        let whole = std::path::absolute(path).map_err(failed)?;
        let folder = whole.parent().unwrap_or(Path::new("/"));
        files::trusted_path(folder)?;
        let folder = File::open(folder).map_err(failed)?;
        // Two runs that find the same stale socket must not both replace it.
        lock(&folder).map_err(failed)?;
        make_room(&whole, path)?;
        let listener = listen(path).map_err(failed)?;
        let made = fs::symlink_metadata(&whole).map_err(failed)?;
        drop(folder);
        let socket = Self {
            path: whole,
            identity: identity(&made),
            listener,
        };
        if made.mode() & 0o777 == 0o600 {
            return Ok(socket);
        }
        let words = format!("its mode is {:04o} instead of 0600", made.mode() & 0o7777);
        Err(failed(io::Error::other(words)))
    }

    /// What accepts connections.
    pub(crate) fn listener(&self) -> &UnixListener {
        &self.listener
    }

    /// The whole path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for BoundSocket {
    fn drop(&mut self) {
        let is_own = |found: Metadata| identity(&found) == self.identity;
        if fs::symlink_metadata(&self.path).is_ok_and(is_own) {
            // What cannot be removed is found stale by the next run.
            drop(file_sharing::remove_file(&self.path));
        }
    }
}

fn identity(metadata: &Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}

fn lock(folder: &File) -> io::Result<()> {
    let watch = Stopwatch::start();
    loop {
        match folder.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if watch.running() < FOLDER_LOCK_TIMEOUT => {
                thread::sleep(FOLDER_LOCK_RETRY_INTERVAL);
            }
            Err(TryLockError::WouldBlock) => {
                let words = "another process holds a lock on the folder";
                return Err(io::Error::new(io::ErrorKind::TimedOut, words));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// Removes a socket on which nothing listens any more. `short` is the same path as it was given.
fn make_room(path: &Path, short: &Path) -> Result<(), SocketError> {
    let failed = |source| SocketError::Io {
        path: path.to_owned(),
        source,
    };
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    if !found.file_type().is_socket() {
        return Err(SocketError::NotSocket(path.to_owned()));
    }
    let me = rustix::process::geteuid().as_raw();
    if found.uid() != me {
        return Err(SocketError::Foreign {
            path: path.to_owned(),
            owner: found.uid(),
        });
    }
    if is_live(short).map_err(failed)? {
        return Err(SocketError::InUse(path.to_owned()));
    }
    file_sharing::remove_file(path).map_err(failed)
}

/// Whether a process listens. Connecting to one that accepts nothing may wait for ever, hence the
/// thread.
fn is_live(path: &Path) -> io::Result<bool> {
    let (sender, receiver) = mpsc::channel();
    let path = path.to_owned();
    let probe = thread::Builder::new().name("probe".to_owned());
    let _probe = probe.spawn(move || drop(sender.send(UnixStream::connect(path).map(drop))))?;
    match receiver.recv_timeout(PROBE_TIMEOUT) {
        Ok(Err(error)) => Ok(!matches!(
            error.kind(),
            io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound
        )),
        Ok(Ok(())) | Err(_) => Ok(true),
    }
}

/// Linux takes the mode of the file from the socket, so nothing about the process has to change.
#[cfg(target_os = "linux")]
fn listen(path: &Path) -> io::Result<UnixListener> {
    use rustix::fs::Mode;
    use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType};

    const BACKLOG: i32 = 128;

    let socket = rustix::net::socket_with(
        AddressFamily::UNIX,
        SocketType::STREAM,
        SocketFlags::CLOEXEC,
        None,
    )?;
    rustix::fs::fchmod(&socket, Mode::RUSR | Mode::WUSR)?;
    rustix::net::bind(&socket, &SocketAddrUnix::new(path)?)?;
    rustix::net::listen(&socket, BACKLOG)?;
    Ok(socket.into())
}

/// Elsewhere the mode comes from the mask, which is the whole process's: no other file is made at
/// this point of a run.
#[cfg(not(target_os = "linux"))]
fn listen(path: &Path) -> io::Result<UnixListener> {
    use rustix::fs::Mode;

    let before = rustix::process::umask(Mode::from_raw_mode(0o177));
    let listener = UnixListener::bind(path);
    rustix::process::umask(before);
    listener
}

#[cfg(test)]
#[path = "socket/tests.rs"]
mod tests;
