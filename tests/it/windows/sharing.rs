//! Files that another program has open, as a virus scanner and an indexer do.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::world::World;

/// `FILE_SHARE_READ` and `FILE_SHARE_WRITE`: what such a file allows others is all but to rename and remove it.
const NO_RENAMES: u32 = 3;

fn hold(path: &Path) -> Option<File> {
    OpenOptions::new()
        .read(true)
        .share_mode(NO_RENAMES)
        .open(path)
        .ok()
}

fn files_below(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => files_below(&entry.path(), found),
            _ => drop(found.insert(entry.path())),
        }
    }
}

/// Opens each new file below a folder for a tenth of a second, while this lives.
struct Scanner {
    ends: Arc<AtomicBool>,
    scanned: Arc<AtomicUsize>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Scanner {
    fn of(folder: PathBuf) -> Self {
        let (ends, scanned) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicUsize::new(0)),
        );
        let (is_over, count) = (Arc::clone(&ends), Arc::clone(&scanned));
        let watch = move || {
            let mut known = BTreeSet::new();
            files_below(&folder, &mut known);
            while !is_over.load(Ordering::Relaxed) {
                let mut found = BTreeSet::new();
                files_below(&folder, &mut found);
                for path in found.difference(&known) {
                    if let Some(file) = hold(path) {
                        count.fetch_add(1, Ordering::Relaxed);
                        thread::sleep(Duration::from_millis(100));
                        drop(file);
                    }
                }
                known = found;
            }
        };
        Self {
            ends,
            scanned,
            thread: Some(thread::spawn(watch)),
        }
    }
}

impl Drop for Scanner {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

#[test]
fn a_scanner_that_opens_each_new_file_costs_no_refresh() {
    let world = World::signed_in();
    let scanner = Scanner::of(world.path("."));
    for generation in 1..=8 {
        world.expire_access_token();
        drop(world.run(&["token"]).succeeds());
        assert_eq!(world.refreshes(), generation);
    }
    assert!(scanner.scanned.load(Ordering::Relaxed) > 0);
}

#[test]
fn a_scanner_costs_no_sign_in_no_download_no_sign_out_and_leaves_no_file() {
    let world = World::new();
    let scanner = Scanner::of(world.path("."));
    let login = world.start_login(&[]);
    drop(login.complete().succeeds());
    drop(world.run(&["profile", "set", "other", "--client-id", "c"]));
    drop(world.run(&["refresh"]).succeeds());
    drop(world.run(&["logout"]).succeeds());
    drop(scanner);
    let mut left = BTreeSet::new();
    files_below(&world.path("."), &mut left);
    left.retain(|path| path.extension().is_some_and(|extension| extension == "tmp"));
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_record_that_stays_open_is_named_and_the_new_tokens_are_not_lost() {
    let world = World::signed_in();
    let record = world.path("state");
    let mut files = BTreeSet::new();
    files_below(&record, &mut files);
    let record = files
        .into_iter()
        .find(|path| {
            path.to_string_lossy().contains("sessions")
                && path.extension().is_some_and(|end| end == "json")
        })
        .unwrap();
    world.expire_access_token();
    let held = hold(&record).unwrap();
    // The token is good, and the session is safe beside the store.
    let output = world.run(&["token"]).succeeds();
    let output = output.says(&record.display().to_string());
    drop(
        output
            .says("another program has")
            .says("safe in a rescue file")
            .says("close that program"),
    );
    drop(held);
    drop(world.run(&["token"]).succeeds());
    assert_eq!(
        world.refreshes(),
        1,
        "the tokens of the first refresh were kept"
    );
}
