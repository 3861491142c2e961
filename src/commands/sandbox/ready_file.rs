//! A file that appears once the sandbox listens and goes when it ends, for who waits for it.
//!
//! It holds the control token, so only its owner can read it.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::error::{Error, Kind};
use crate::files;
use crate::private_file::{self, HeldFile};

/// More than any of these files holds, in bytes.
const LIMIT: usize = 16 * 1024 * 1024;

/// The file of one run. It is removed with this value.
pub(super) struct ReadyFile {
    _file: HeldFile,
}

impl ReadyFile {
    /// Refuses a place where the file cannot be, or where something else is. `place` is that of the
    /// setting.
    pub(super) fn check(path: &Path, place: &str) -> Result<(), Error> {
        let name = path.display();
        let refused = |why: &str| Err(Error::usage(format!("{place}cannot write {name}: {why}")));
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        match fs::symlink_metadata(path) {
            Ok(found) if !found.is_file() => refused("it is not a regular file"),
            Ok(_) if !is_replaceable(path) => {
                refused("there is another file, which no sandbox has written")
            }
            _ if path.file_name().is_none() => refused("it does not name a file"),
            _ if !folder.exists() => refused("its folder does not exist"),
            _ if !folder.is_dir() => refused("what should be its folder is a file"),
            _ if !private_file::can_be_written(folder) => refused("you cannot write to its folder"),
            _ => Ok(()),
        }
    }

    /// Refuses the file of a sandbox that runs, before anything starts.
    pub(super) fn check_free(path: &Path) -> Result<(), Error> {
        if HeldFile::is_held(path) {
            return Err(held(path));
        }
        Ok(())
    }

    /// Writes the file in one step. What a killed run left there is replaced.
    pub(super) fn write(path: &Path, facts: &Value) -> Result<Self, Error> {
        let content = format!("{facts}\n");
        let file = HeldFile::put(path, content.as_bytes()).map_err(Error::failure)?;
        let file = file.ok_or_else(|| held(path))?;
        Ok(Self { _file: file })
    }
}

fn held(path: &Path) -> Error {
    let name = path.display();
    let facts: Option<Value> = content(path)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let url = facts.and_then(|facts| facts["url"].as_str().map(|url| format!(" at {url}")));
    let url = url.unwrap_or_default();
    Error::of_kind(
        Kind::Busy,
        format!("{name} is the ready file of the sandbox{url}, which is still running"),
    )
    .hint("stop that sandbox, or name another file with `--ready-file`")
}

fn content(path: &Path) -> io::Result<Vec<u8>> {
    files::read(path, LIMIT).map(|bytes| bytes.to_vec())
}

/// Whether a file is one of these, or empty, as `mktemp` makes it.
fn is_replaceable(path: &Path) -> bool {
    content(path).is_ok_and(|bytes| {
        let facts: Option<Value> = serde_json::from_slice(&bytes).ok();
        bytes.is_empty() || facts.is_some_and(|facts| facts["control_token"].is_string())
    })
}
