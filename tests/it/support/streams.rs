//! What a program writes to its pipes, as tests read it.
//!
//! tokio reads the pipe of a child on Windows with calls that wait for the pipe instead of for the one read, and under Wine such
//! a wait now and then ends before the read does, which ends the process. So there a thread reads it as std does.

use std::pin::Pin;

use tokio::io::AsyncRead;
use tokio::process::{ChildStderr, ChildStdout};

/// A pipe, read to where its writer is.
pub(crate) type Reader = Pin<Box<dyn AsyncRead + Send + Sync>>;

#[cfg(unix)]
pub(crate) fn stdout(pipe: ChildStdout) -> Reader {
    Box::pin(pipe)
}

#[cfg(unix)]
pub(crate) fn stderr(pipe: ChildStderr) -> Reader {
    Box::pin(pipe)
}

#[cfg(windows)]
pub(crate) fn stdout(pipe: ChildStdout) -> Reader {
    pump(std::process::ChildStdout::from(
        pipe.into_owned_handle().unwrap(),
    ))
}

#[cfg(windows)]
pub(crate) fn stderr(pipe: ChildStderr) -> Reader {
    pump(std::process::ChildStderr::from(
        pipe.into_owned_handle().unwrap(),
    ))
}

/// Needs the context of a runtime.
#[cfg(windows)]
fn pump(mut pipe: impl std::io::Read + Send + 'static) -> Reader {
    use tokio::io::AsyncWriteExt as _;

    const PIECE: usize = 64 * 1024;
    let (reader, mut writer) = tokio::io::duplex(PIECE);
    let runtime = tokio::runtime::Handle::current();
    std::thread::spawn(move || {
        let mut piece = vec![0; PIECE];
        while let Ok(length @ 1..) = pipe.read(&mut piece) {
            // Who reads no more does not miss the rest.
            if runtime
                .block_on(writer.write_all(&piece[..length]))
                .is_err()
            {
                break;
            }
        }
    });
    Box::pin(reader)
}
