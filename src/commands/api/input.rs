//! What a request is made of beside its arguments: files, and stdin.

use std::io::Read as _;

use crate::error::Error;

/// The longest body that is sent: 16 MiB.
const MAX_REQUEST_BODY: u64 = 16 * 1024 * 1024;

/// A mistake in the way the command was used.
pub(super) fn usage(problem: impl Into<String>) -> Error {
    Error::usage(problem.into()).hint("run `eprospera api --help`")
}

/// What a file holds, or stdin.
pub(super) fn read(file: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = match file {
        "-" => std::io::stdin()
            .take(MAX_REQUEST_BODY + 1)
            .read_to_end(&mut bytes),
        path => std::fs::File::open(path)
            .and_then(|file| file.take(MAX_REQUEST_BODY + 1).read_to_end(&mut bytes)),
    };
    let name = if file == "-" { "stdin" } else { file };
    read.map_err(|error| usage(format!("cannot read {name}: {error}")))?;
    if bytes.len() as u64 > MAX_REQUEST_BODY {
        return Err(usage(format!("{name} is larger than 16 MiB")));
    }
    Ok(bytes)
}
