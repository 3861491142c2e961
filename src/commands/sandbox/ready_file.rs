//! A file that appears once the sandbox listens and goes when it ends, for who waits for it.
//!
//! It holds the control token, so only its owner can read it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::error::Error;
use crate::files;
use crate::private_file;

/// More than any of these files holds, in bytes.
const LIMIT: usize = 16 * 1024 * 1024;

/// The file of one run. It is removed with this value.
pub(super) struct ReadyFile {
    path: PathBuf,
    content: String,
}

impl ReadyFile {
    /// Refuses a place where the file cannot be, or where something else is, before anything starts.
    pub(super) fn check(path: &Path) -> Result<(), Error> {
        let name = path.display();
        let refused = |why: &str| Err(Error::usage(format!("cannot write {name}: {why}")));
        match fs::symlink_metadata(path) {
            Ok(found) if !found.is_file() => return refused("it is not a regular file"),
            Ok(_) if !is_replaceable(path) => {
                return refused("there is another file, which no sandbox has written");
            }
            _ => {}
        }
        match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
                refused("its folder does not exist")
            }
            _ => Ok(()),
        }
    }

    /// Writes the file in one step. What a killed run left there is replaced.
    pub(super) fn write(path: &Path, facts: &Value) -> Result<Self, Error> {
        let content = format!("{facts}\n");
        private_file::replace(path, content.as_bytes()).map_err(Error::failure)?;
        Ok(Self {
            path: path.to_owned(),
            content,
        })
    }
}

impl Drop for ReadyFile {
    fn drop(&mut self) {
        // Another sandbox may have its own file there by now.
        if content(&self.path).is_ok_and(|found| found == self.content.as_bytes()) {
            fs::remove_file(&self.path).unwrap_or_default();
        }
    }
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
