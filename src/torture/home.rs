//! The folders and variables of one trial. They go with it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::env;
use crate::error::Error;
use crate::file_sharing;
use crate::scratch::ScratchFolder;

use super::process;

/// Where a client may keep its session.
pub(super) const SESSION_DIR: &str = "TORTURE_DIR";
/// The name of the trial.
const TRIAL: &str = "TORTURE_TRIAL";

/// What processes that were just killed may still write is removed again, so often.
const REMOVALS: usize = 50;
const REMOVAL_PAUSE: Duration = Duration::from_millis(20);

/// This program, for the opener. A variable holds any path; a batch file does not.
const OPENER_PROGRAM: &str = "TORTURE_OPENER";
/// Follows redirects, as a browser would: all that a sign-in needs where the sandbox approves.
const OPENER: &str = if cfg!(windows) {
    "@\"%TORTURE_OPENER%\" sandbox follow %1\r\n"
} else {
    "#!/bin/sh\nexec \"$TORTURE_OPENER\" sandbox follow \"$1\"\n"
};
const OPENER_NAME: &str = if cfg!(windows) {
    "opener.cmd"
} else {
    "opener"
};

/// What `sandbox exec` gives a command: a folder and variables.
pub(crate) struct Given {
    pub(crate) folder: ScratchFolder,
    pub(crate) variables: Vec<(&'static str, String)>,
}

pub(super) struct Home {
    /// `None` once it is removed.
    folder: Option<ScratchFolder>,
    root: PathBuf,
    variables: Vec<(String, OsString)>,
}

impl Home {
    pub(super) fn make(given: Given, trial: &str) -> Result<Self, Error> {
        let root = given.folder.path().to_owned();
        let home = root.join("home");
        let folders = [
            ("HOME", home.clone()),
            (SESSION_DIR, home.join("torture")),
            ("XDG_CONFIG_HOME", home.join(".config")),
            ("XDG_STATE_HOME", home.join(".local/state")),
            ("XDG_DATA_HOME", home.join(".local/share")),
            ("XDG_CACHE_HOME", home.join(".cache")),
            ("XDG_RUNTIME_DIR", root.join("run")),
            ("TMPDIR", root.join("tmp")),
        ];
        let mut variables: Vec<_> = given
            .variables
            .into_iter()
            .map(|(name, value)| (name.to_owned(), OsString::from(value)))
            .collect();
        for (name, folder) in folders {
            private_folder(&folder).map_err(Error::failure)?;
            variables.push((name.to_owned(), folder.into()));
        }
        let opener = opener(&root).map_err(Error::failure)?;
        variables.push((env::BROWSER.to_owned(), opener.into()));
        let program = std::env::current_exe().map_err(Error::failure)?;
        variables.push((OPENER_PROGRAM.to_owned(), program.into()));
        variables.push((TRIAL.to_owned(), trial.into()));
        Ok(Self {
            folder: Some(given.folder),
            root,
            variables,
        })
    }

    pub(super) fn variables(&self) -> &[(String, OsString)] {
        &self.variables
    }

    /// Where clients keep what has to stay: all but temporary files.
    pub(super) fn kept(&self) -> Vec<PathBuf> {
        let own = [env::CONFIG_DIR, env::STATE_DIR, env::CACHE_DIR];
        let own = own.iter().filter_map(|name| self.value(name));
        let own = own.map(PathBuf::from).filter(|folder| folder.exists());
        own.chain([self.root.join("home")]).collect()
    }

    fn value(&self, name: &str) -> Option<&OsString> {
        let mut variables = self.variables.iter();
        variables
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }
}

/// Nothing is left: neither processes that carry the name of the folder nor the folder.
impl Drop for Home {
    fn drop(&mut self) {
        if let Some(value) = self.value(SESSION_DIR) {
            process::kill_marked(SESSION_DIR, value);
        }
        for _ in 0..REMOVALS {
            set_writable(&self.root, true);
            let removed = file_sharing::remove_dir_all(&self.root);
            if removed.is_ok() || !self.root.exists() {
                break;
            }
            std::thread::sleep(REMOVAL_PAUSE);
        }
        drop(self.folder.take());
    }
}

#[cfg(unix)]
fn private_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

#[cfg(not(unix))]
fn private_folder(path: &Path) -> std::io::Result<()> {
    fs::create_dir_all(path)
}

fn opener(root: &Path) -> std::io::Result<PathBuf> {
    use std::io::Write as _;
    let path = root.join(OPENER_NAME);
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o700);
    let mut file = options.write(true).create_new(true).open(&path)?;
    file.write_all(OPENER.as_bytes())?;
    Ok(path)
}

/// Gives the owner the right to write to a file or folder and all below it, or takes it. What
/// cannot be changed is left as it is.
pub(super) fn set_writable(path: &Path, is_writable: bool) {
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return;
    };
    if metadata.is_symlink() {
        return;
    }
    // A folder is opened before what is in it, and closed after.
    if is_writable {
        change(path, &metadata, true);
    }
    if metadata.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            set_writable(&entry.path(), is_writable);
        }
    }
    if !is_writable {
        change(path, &metadata, false);
    }
}

#[cfg(unix)]
fn change(path: &Path, metadata: &fs::Metadata, is_writable: bool) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = metadata.permissions().mode();
    let mode = if is_writable {
        mode | 0o200
    } else {
        mode & !0o222
    };
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap_or_default();
}

#[cfg(not(unix))]
fn change(_path: &Path, _metadata: &fs::Metadata, _is_writable: bool) {}
