use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use super::*;

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_held_lock_is_busy_until_its_guard_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lock");
    let guard = lock_in_folder(&path, Duration::ZERO).unwrap();
    for wait in [Duration::ZERO, SHORT] {
        let error = lock_in_folder(&path, wait).unwrap_err();
        assert!(matches!(error, Error::Busy { waited } if waited == wait));
    }
    let waiter = {
        let path = path.clone();
        thread::spawn(move || lock_in_folder(&path, LONG).map(drop))
    };
    drop(guard);
    waiter.join().unwrap().unwrap();
}

#[test]
fn who_stopped_waiting_does_not_keep_the_lock() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lock");
    let guard = lock_in_folder(&path, Duration::ZERO).unwrap();
    for _ in 0..5 {
        assert!(lock_in_folder(&path, SHORT).is_err());
    }
    drop(guard);
    drop(lock_in_folder(&path, LONG).unwrap());
}

#[test]
fn many_threads_hold_the_lock_one_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lock");
    let inside = Arc::new(std::sync::atomic::AtomicU32::new(0));
    let threads: Vec<_> = (0..16)
        .map(|_| {
            let (path, inside) = (path.clone(), Arc::clone(&inside));
            thread::spawn(move || {
                let guard = lock_in_folder(&path, LONG).unwrap();
                let before = inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                thread::yield_now();
                inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                drop(guard);
                before
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), 0);
    }
}

#[test]
fn a_guard_covers_its_own_entry_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lock");
    let guard = lock_in_folder(&path, Duration::ZERO).unwrap();
    guard.covers(&path).unwrap();
    let error = guard.covers(&folder.path().join("other")).unwrap_err();
    assert!(matches!(error, Error::OtherLock));
}

#[test]
fn a_held_lock_outlives_the_guard_while_a_straggler_needs_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lock");
    let guard = lock_in_folder(&path, Duration::ZERO).unwrap();
    let held = guard.hold();
    drop(guard);
    assert!(lock_in_folder(&path, Duration::ZERO).is_err());
    drop(held);
    drop(lock_in_folder(&path, LONG).unwrap());
}

#[test]
fn a_lock_file_that_was_replaced_is_recognised() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lock");
    let guard = lock_in_folder(&path, Duration::ZERO).unwrap();
    let held = guard.holder::<LockedFile>().unwrap();
    assert!(held.is_at(&path).unwrap());
    std::fs::rename(&path, folder.path().join("moved")).unwrap();
    assert!(!held.is_at(&path).unwrap());
    drop(File::create(&path).unwrap());
    #[cfg(unix)]
    assert!(!held.is_at(&path).unwrap());
}

/// The other process is this test, called again with a file to lock until its input ends.
#[test]
fn the_lock_of_another_process_is_busy_and_dies_with_it() {
    const FILE: &str = "EPROSPERA_TEST_LOCK_FILE";
    #[expect(
        clippy::disallowed_methods,
        reason = "a test hands a path to its own child"
    )]
    if let Some(path) = std::env::var_os(FILE) {
        let _guard = lock_in_folder(Path::new(&path), LONG).unwrap();
        let mut output = io::stdout().lock();
        output.write_all(b"\nlocked\n").unwrap();
        output.flush().unwrap();
        io::copy(&mut io::stdin().lock(), &mut io::sink()).unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lock");
    let name = "private_file::lock::tests::the_lock_of_another_process_is_busy_and_dies_with_it";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(FILE, &path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    assert!(output.lines().any(|line| line.unwrap() == "locked"));
    assert!(matches!(
        lock_in_folder(&path, SHORT),
        Err(Error::Busy { .. })
    ));
    child.kill().unwrap();
    drop(lock_in_folder(&path, LONG).unwrap());
    child.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn a_lock_file_is_private_and_a_link_in_its_place_is_refused() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lock");
    drop(lock_in_folder(&path, Duration::ZERO).unwrap());
    let mode = path.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let link = folder.path().join("link");
    symlink(&path, &link).unwrap();
    assert!(lock_in_folder(&link, Duration::ZERO).is_err());
}
