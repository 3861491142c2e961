//! The file of the results. It is opened before the trials run, so that they do not run in vain.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::file_sharing;

pub(super) struct JunitFile {
    path: PathBuf,
    file: File,
    /// It was made here, and goes if there is nothing to write.
    is_new: bool,
}

impl JunitFile {
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        if path == Path::new("-") {
            return Err(Error::usage("`--junit` needs a file, and not `-`").hint(
                "name a file, such as `--junit torture.xml`; stdout has the results as a table or as JSON",
            ));
        }
        let is_new = fs::symlink_metadata(path).is_err();
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(false).open(path);
        let file = file.map_err(|error| {
            Error::usage(format!("cannot write {}: {error}", path.display()))
                .hint("choose another file with `--junit`")
        })?;
        Ok(Self {
            path: path.to_owned(),
            file,
            is_new,
        })
    }

    pub(super) fn write(mut self, text: &str) -> Result<(), Error> {
        // A pipe or a terminal has no length.
        self.file.set_len(0).unwrap_or_default();
        let written = self.file.write_all(text.as_bytes());
        self.is_new = self.is_new && written.is_err();
        written.map_err(|error| {
            Error::failure(format!("cannot write {}: {error}", self.path.display()))
        })
    }
}

impl Drop for JunitFile {
    fn drop(&mut self) {
        if self.is_new {
            file_sharing::remove_file(&self.path).unwrap_or_default();
        }
    }
}
