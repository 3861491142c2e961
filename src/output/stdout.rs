//! What is written to stdout, and what stdout is: a terminal, a file, or nothing.

use std::io::{self, ErrorKind, IsTerminal as _};

use anstream::{AutoStream, ColorChoice};

use super::page::Page;
use super::sanitize::json_for_terminal;
use crate::error::Error;

/// Whether what is written to stdout is lost: it is closed, or the null device.
#[cfg(unix)]
pub(crate) fn is_discarded() -> bool {
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};

    let stdout = io::stdout();
    let Ok(stdout) = stdout.as_fd().try_clone_to_owned() else {
        return true;
    };
    let Ok(stdout) = std::fs::File::from(stdout).metadata() else {
        return true;
    };
    // The runtime opens the null device in place of a closed stdout.
    let null = std::fs::metadata("/dev/null");
    stdout.file_type().is_char_device() && null.is_ok_and(|null| null.rdev() == stdout.rdev())
}

/// Whether what is written to stdout is lost: it is closed, or NUL, which is a device for characters as the console is.
#[cfg(not(unix))]
pub(crate) fn is_discarded() -> bool {
    let kind = winapi_util::file::typ(winapi_util::HandleRef::stdout());
    kind.map_or(true, |kind| kind.is_char() && !is_terminal())
}

/// Whether what is written to stdout appears on a terminal.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Makes what was written to stdout durable where stdout is a regular file: then the
/// only other copy may be deleted.
#[cfg(unix)]
pub(crate) fn sync() -> Result<(), Error> {
    use std::os::fd::AsFd as _;

    let sync = || {
        let stdout = std::fs::File::from(io::stdout().as_fd().try_clone_to_owned()?);
        if !stdout.metadata()?.is_file() {
            return Ok(());
        }
        stdout.sync_all()?;
        // Its folder has no name here but on Linux: elsewhere the file alone is synced.
        match std::fs::read_link("/proc/self/fd/1") {
            Ok(path) => path
                .parent()
                .and_then(|folder| std::fs::File::open(folder).ok())
                .map_or(Ok(()), |folder| folder.sync_all()),
            Err(_) => Ok(()),
        }
    };
    sync().map_err(unwritten)
}

/// Makes what was written to stdout durable where stdout is a file: then the only other copy may be deleted.
#[cfg(not(unix))]
pub(crate) fn sync() -> Result<(), Error> {
    use std::os::windows::io::AsHandle as _;

    let sync = || {
        if !winapi_util::file::typ(winapi_util::HandleRef::stdout())?.is_disk() {
            return Ok(());
        }
        std::fs::File::from(io::stdout().as_handle().try_clone_to_owned()?).sync_all()
    };
    sync().map_err(unwritten)
}

/// Prints text on stdout as it is.
pub(super) fn data(text: &str, color: ColorChoice) -> Result<(), Error> {
    let mut stdout = AutoStream::new(io::stdout().lock(), color);
    written(&mut stdout, text.as_bytes())
}

/// Prints bytes on stdout as they are.
pub(super) fn bytes(bytes: &[u8]) -> Result<(), Error> {
    if is_terminal() {
        return Err(
            Error::usage("the answer is not text, and stdout is a terminal")
                .hint("send it to a file: add `> FILE`"),
        );
    }
    written(&mut io::stdout().lock(), bytes)
}

/// Prints the body of an answer, as a document that ends with a line break.
pub(super) fn body(body: &[u8], color: ColorChoice) -> Result<(), Error> {
    if is_terminal() {
        let text = String::from_utf8_lossy(body);
        data(&json_for_terminal(&text), color)?;
    } else {
        // Whatever strips colours would also drop characters of the body.
        written(&mut io::stdout().lock(), body)?;
    }
    if body.ends_with(b"\n") {
        Ok(())
    } else {
        data("\n", color)
    }
}

/// A page as wide as the terminal, if stdout is one.
pub(super) fn page() -> Page {
    width().map_or_else(Page::default, Page::fitting)
}

/// A page of sentences, which is never wider than people like to read.
pub(super) fn article() -> Page {
    Page::article(width())
}

/// The width of the terminal that stdout is, where it is one.
pub(crate) fn width() -> Option<u16> {
    let stdout = io::stdout();
    let size = stdout
        .is_terminal()
        .then(|| terminal_size::terminal_size_of(&stdout));
    size.flatten()
        .map(|(width, _)| width.0)
        .filter(|width| *width > 0)
}

fn written(stdout: &mut impl io::Write, bytes: &[u8]) -> Result<(), Error> {
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    written.map_err(unwritten)
}

pub(super) fn unwritten(error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::BrokenPipe => Error::broken_pipe(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Error::failure("cannot write to standard output: no space left on device")
        }
        _ => Error::failure(error).context("cannot write to standard output"),
    }
}
