//! Whether a folder can do what private files need, tried with a file of its own that is gone
//! afterwards: written, synced, renamed, and locked so that a second lock is refused.

use std::path::Path;
use std::time::Duration;

use super::error::Error;
use super::{lock, whole};

/// Tries out a folder that exists. `name` is that of the file: no other program may use it.
pub(crate) fn try_out(folder: &Path, name: &str) -> Result<(), Error> {
    let path = folder.join(name);
    let tried = whole::replace(&path, name.as_bytes()).and_then(|()| {
        // It is opened twice, and the second lock must be refused.
        lock::lock_in_folder(&path, Duration::ZERO).map(drop)
    });
    let removed = whole::remove(&path);
    tried?;
    removed.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        try_out(folder.path(), "probe-x.trial").unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(try_out(&folder.path().join("absent"), "probe-x.trial").is_err());
    }
}
