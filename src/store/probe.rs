//! Probes of a store, before a person is asked for anything: a text of a session's size is written,
//! read back and removed.
//!
//! Where a store is a folder or the keyring, each probe has a lock of its own for as long as its
//! process lives, so that what a killed run left differs from what another process is writing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::Error;
use crate::crypto;
use crate::file_sharing;
use crate::private_file::{self, Guard};
use crate::secret::Secret;

/// What the accounts of probes begin with.
const ACCOUNT: &str = "probe:";
/// What their files begin with.
const FILE: &str = "probe-";

/// Size of the text that is written, in bytes: a session with three long tokens.
const SIZE: usize = 8 * 1024;

/// A run that sweeps takes a lock file that is just being made for one that was left, and holds it for a moment.
const SWEPT_WITHIN: Duration = Duration::from_secs(10);

/// What a probe does to a store, in this order.
pub(super) enum ProbeStep<'a> {
    Write(&'a Secret),
    Read,
    Remove,
}

/// Takes the steps. What was written is removed whatever happened before.
pub(super) fn run(
    place: &str,
    mut take: impl FnMut(ProbeStep<'_>) -> Result<Option<Secret>, Error>,
) -> Result<(), Error> {
    let seed = crypto::random_name()?;
    let text = Secret::unregistered(seed.repeat(SIZE / seed.len()));
    let found = take(ProbeStep::Write(&text)).and_then(|_| take(ProbeStep::Read));
    let removed = take(ProbeStep::Remove);
    match found? {
        Some(found) if found.equals(text.expose()) => removed.map(drop),
        _ => Err(Error::corrupt(
            place,
            "it returned something other than what was written",
        )),
    }
}

/// The lock and the name of a probe, while it is at work.
#[derive(Debug)]
pub(super) struct Probe {
    id: String,
    lock_file: PathBuf,
    _guard: Guard,
}

impl Probe {
    /// Begins a probe whose lock is in `folder`, which exists.
    pub(super) fn begin(folder: &Path) -> Result<Self, Error> {
        Self::locked(folder, &crypto::random_name()?, SWEPT_WITHIN)
    }

    /// A probe whose process has ended.
    pub(super) fn abandoned(folder: &Path, id: &str) -> Option<Self> {
        // A name from outside leads to no other folder.
        let is_plain = id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        (is_plain && !id.is_empty())
            .then(|| Self::locked(folder, id, Duration::ZERO).ok())
            .flatten()
    }

    fn locked(folder: &Path, id: &str, wait: Duration) -> Result<Self, Error> {
        let lock_file = folder.join(format!("{FILE}{id}.lock"));
        let guard = private_file::lock_in_folder(&lock_file, wait)?;
        Ok(Self {
            id: id.to_owned(),
            lock_file,
            _guard: guard,
        })
    }

    /// The account that it writes.
    pub(super) fn account(&self) -> String {
        format!("{ACCOUNT}{}", self.id)
    }

    /// The name of its files, without their extension.
    pub(super) fn stem(&self) -> String {
        format!("{FILE}{}", self.id)
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        // Under its lock, which says what is there no longer.
        drop(file_sharing::remove_file(&self.lock_file));
    }
}

/// The probe that an account belongs to.
pub(super) fn id_of(account: &str) -> Option<&str> {
    account.strip_prefix(ACCOUNT)
}

/// Removes the files of probes that killed runs left in a folder. What prevents that
/// concerns those runs, not this one.
pub(super) fn sweep(folder: &Path) {
    let mut ids = BTreeSet::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        // A writer that was killed leaves a temporary file, whose name begins with a dot.
        let id = name.to_str().and_then(|name| {
            let name = name.trim_start_matches('.').strip_prefix(FILE)?;
            name.split('.').next().map(str::to_owned)
        });
        ids.extend(id);
    }
    for probe in ids.iter().filter_map(|id| Probe::abandoned(folder, id)) {
        let stem = probe.stem();
        for prefix in [format!("{stem}."), format!(".{stem}.")] {
            let files =
                private_file::siblings(&probe.lock_file, &prefix.into()).unwrap_or_default();
            for path in files.iter().filter(|path| **path != probe.lock_file) {
                tracing::debug!(path = %path.display(), "what a killed run left is removed");
                drop(file_sharing::remove_file(path));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(path: &Path) {
        private_file::replace(path, b"left").unwrap();
    }

    #[test]
    fn files_of_a_killed_probe_go_and_those_of_a_living_one_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let living = Probe::begin(folder.path()).unwrap();
        let alive = path(&format!("{}.json", living.stem()));
        touch(&alive);
        let left = [
            "probe-a1.json",
            "probe-a1.sealed",
            ".probe-b2.json.x.tmp",
            "probe-c3.lock",
        ];
        let others = ["probe.json", "default-a1.json", "prober-a1.json"];
        for name in left.iter().chain(&others) {
            touch(&path(name));
        }
        sweep(folder.path());
        assert!(left.iter().all(|name| !path(name).exists()));
        assert!(others.iter().all(|name| path(name).exists()));
        assert!(alive.exists());
        drop(living);
        sweep(folder.path());
        assert!(!alive.exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), others.len());
    }

    #[test]
    fn an_account_from_outside_names_no_other_folder() {
        let folder = tempfile::tempdir().unwrap();
        for id in ["", "../x", "a/b", "a.b"] {
            assert!(Probe::abandoned(folder.path(), id).is_none(), "{id}");
        }
    }

    #[test]
    fn a_probe_begins_while_others_sweep() {
        use std::sync::atomic::{AtomicBool, Ordering};

        let folder = tempfile::tempdir().unwrap();
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed) {
                        sweep(folder.path());
                    }
                });
            }
            let begun: Vec<_> = (0..2000)
                .map(|_| Probe::begin(folder.path()).err())
                .collect();
            is_over.store(true, Ordering::Relaxed);
            assert!(begun.iter().all(Option::is_none), "{begun:?}");
        });
    }
}
