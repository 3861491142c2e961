//! Files that a person names, or that say what this program does: how much of one is read, and
//! who may have written it.
//!
//! It knows nothing of what files hold. What the program itself keeps is read by
//! [`private_file`](crate::private_file), with stricter rules.

mod ownership;
mod shell;
mod untrusted;

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Component, Path, Prefix};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::file_sharing;
use crate::unicode;

pub(crate) use ownership::{check_creation, check_secret, trusted_path};
pub(crate) use shell::{
    closing_to_others, moving, prepending_to_path, quoted, removing, setting, unsetting,
};
pub(crate) use untrusted::{SettingsError, Untrusted};

/// The most that a file with one secret may hold, in bytes.
pub(crate) const SECRET_LIMIT: usize = 64 * 1024;
/// How long a pipe may take to bring a secret: a password manager may have to ask for a password
/// first.
const PIPE_TIMEOUT: Duration = Duration::from_secs(30);
/// The most that a bundle of certificates may hold, in bytes. The largest of today's systems have
/// half a megabyte.
pub(crate) const CERTIFICATES_LIMIT: usize = 16 * 1024 * 1024;
/// The most that `config.toml` may hold, in bytes.
const SETTINGS_LIMIT: usize = 1024 * 1024;

/// Reads a secret from a file, a device or a pipe such as that of `<(…)`. Refuses one that is too
/// large, that another user owns, or that all users can write to.
pub(crate) fn read_secret(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    if !is_named_pipe(path) && std::fs::metadata(path)?.is_file() {
        return read_secret_now(path);
    }
    // Opening a pipe waits for a writer, and reading one for its end.
    let (done, outcome) = mpsc::channel();
    let path = path.to_owned();
    let reader = thread::Builder::new().name("secret".to_owned());
    let _reader = reader.spawn(move || drop(done.send(read_secret_now(&path))))?;
    outcome.recv_timeout(PIPE_TIMEOUT).unwrap_or_else(|_| {
        let seconds = PIPE_TIMEOUT.as_secs();
        let words = format!("it did not end within {seconds} s");
        Err(io::Error::new(io::ErrorKind::TimedOut, words))
    })
}

/// Whether a path is that of a pipe of Windows. To look at one is to open it, and the secret would go into that.
fn is_named_pipe(path: &Path) -> bool {
    let Some(Component::Prefix(prefix)) = path.components().next() else {
        return false;
    };
    matches!(prefix.kind(), Prefix::DeviceNS(device) if device.eq_ignore_ascii_case("pipe"))
}

fn read_secret_now(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    let file = file_sharing::open(path, || File::open(path))?;
    check_secret(&file, path).map_err(io::Error::other)?;
    read_at_most(file, SECRET_LIMIT)
}

/// Reads a file, a device or a pipe that holds at most `limit` bytes.
pub(crate) fn read(path: &Path, limit: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    read_at_most(file_sharing::open(path, || File::open(path))?, limit)
}

/// Reads what is open, to its end or to one byte more than the limit, which is then an error.
pub(crate) fn read_at_most(source: impl io::Read, limit: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    // A secret stays in one place: a vector that grows would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(limit.min(SECRET_LIMIT) + 1));
    source.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("it is larger than {}", size(limit)),
        ));
    }
    Ok(bytes)
}

fn size(bytes: usize) -> String {
    match bytes / 1024 {
        kib @ 0..1024 => format!("{kib} KiB"),
        kib => format!("{} MiB", kib / 1024),
    }
}

/// A file of settings, and whether a group can write to it.
pub(crate) struct SettingsFile {
    pub text: String,
    /// Who could change it beside its owner: only the person's own group, which will
    /// not do for a file that names a program.
    pub group_writable: Option<Untrusted>,
}

/// Reads settings, which may name a program to start: only from a regular file that no one but
/// this user and root can have written, behind folders of which the same is true. A symbolic link
/// to such a file is fine. `None` when there is none.
pub(crate) fn read_settings(path: &Path) -> Result<Option<SettingsFile>, SettingsError> {
    // A home such as `/dev/null` has no files.
    let is_absent = |kind| matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
    if std::fs::metadata(path).is_err_and(|error| is_absent(error.kind())) {
        return Ok(None);
    }
    let not_regular = || Untrusted::NotRegular {
        path: path.to_owned(),
    };
    let real = trusted_path(path)?;
    // No other user can change a name on the way any more, so what follows cannot race.
    let file = match ownership::open_at_once(&real) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        // Windows opens no folder, and says that access is denied.
        Err(_) if real.is_dir() => return Err(not_regular().into()),
        Err(error) => return Err(error.into()),
    };
    if !file.metadata()?.is_file() {
        return Err(not_regular().into());
    }
    let group_writable = ownership::check_settings(&file, &real)?;
    let mut bytes = read_at_most(file, SETTINGS_LIMIT)?;
    let text = unicode::text(std::mem::take(&mut *bytes))
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(Some(SettingsFile {
        text,
        group_writable,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_without_an_end_is_given_up_at_the_limit() {
        let read = |limit| read_at_most(io::repeat(b'x'), limit).unwrap_err();
        assert_eq!(read(2048).to_string(), "it is larger than 2 KiB");
        assert_eq!(read(3 << 20).to_string(), "it is larger than 3 MiB");
        assert_eq!(read_at_most(&b"four"[..], 4).unwrap().as_slice(), b"four");
    }
}
