use std::cell::Cell;
use std::io::Write as _;

use super::*;

fn write(path: &Path, text: &str) {
    let written = File::create(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.unwrap();
}

#[test]
fn what_passes_is_tried_again_and_what_does_not_is_not() {
    let attempts = Cell::new(0);
    let fails_until = |last: usize| {
        attempts.set(0);
        let attempt = || {
            attempts.set(attempts.get() + 1);
            if attempts.get() > last {
                Ok(())
            } else {
                Err(io::Error::from_raw_os_error(32))
            }
        };
        patiently(|error| error.raw_os_error() == Some(32), attempt)
    };
    assert!(fails_until(3).is_ok());
    assert_eq!(attempts.get(), 4);
    let error = fails_until(usize::MAX).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(32));
    assert_eq!(attempts.get(), PAUSES.len() + 1);
    let mut attempts = 0;
    let other = || -> io::Result<()> {
        attempts += 1;
        Err(io::Error::from_raw_os_error(2))
    };
    assert!(patiently(|error| error.raw_os_error() == Some(32), other).is_err());
    assert_eq!(attempts, 1);
    let waited: u64 = PAUSES.iter().sum();
    assert!((1_900..2_200).contains(&waited), "{waited}");
}

#[test]
fn a_file_without_a_free_name_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken");
    write(&taken, "old");
    let file = tempfile::NamedTempFile::new_in(folder.path()).unwrap();
    write(file.path(), "new");
    let (file, error) = place(file.into_temp_path(), &taken).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read_to_string(&taken).unwrap(), "old");
    place(file, &folder.path().join("free")).unwrap();
    assert_eq!(
        fs::read_to_string(folder.path().join("free")).unwrap(),
        "new"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[cfg(windows)]
mod held {
    use std::os::windows::fs::OpenOptionsExt as _;
    use std::sync::mpsc;

    use super::*;

    const SHARE_READ_AND_WRITE: u32 = 3;

    fn folder() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        write(&one, "1");
        write(&two, "2");
        (folder, one, two)
    }

    /// Opens a file as a scanner does, for as long as the work takes or for a moment.
    fn while_held<T>(path: &Path, share: u32, for_ms: Option<u64>, work: impl FnOnce() -> T) -> T {
        thread::scope(|scope| {
            let (holds, is_held) = mpsc::channel();
            let (done, is_done) = mpsc::channel::<()>();
            scope.spawn(move || {
                let options = fs::OpenOptions::new()
                    .read(true)
                    .share_mode(share)
                    .open(path);
                let _file = options.unwrap();
                holds.send(()).unwrap();
                match for_ms {
                    Some(time) => thread::sleep(Duration::from_millis(time)),
                    None => drop(is_done.recv()),
                }
            });
            is_held.recv().unwrap();
            let outcome = work();
            drop(done);
            outcome
        })
    }

    #[test]
    fn a_file_that_is_held_for_a_moment_is_renamed_replaced_placed_removed_and_opened() {
        let (folder, one, two) = folder();
        let three = folder.path().join("three");
        let moment = Some(100);
        for share in [SHARE_READ_AND_WRITE, 0] {
            while_held(&one, share, moment, || rename(&one, &three)).unwrap();
            while_held(&two, share, moment, || rename(&three, &two)).unwrap();
            assert_eq!(fs::read_to_string(&two).unwrap(), "1");
            let file = tempfile::NamedTempFile::new_in(folder.path()).unwrap();
            let path = file.into_temp_path();
            let held = path.to_path_buf();
            while_held(&held, share, moment, || place(path, &three)).unwrap();
            while_held(&three, share, moment, || remove_file(&three)).unwrap();
            let open_it = || open(&two, || fs::OpenOptions::new().write(true).open(&two));
            while_held(&two, 1, moment, open_it).unwrap();
            write(&one, "1");
        }
        while_held(&one, SHARE_READ_AND_WRITE, moment, || {
            remove_dir_all(folder.path())
        })
        .unwrap();
    }

    #[test]
    fn a_file_that_stays_held_is_named_and_nothing_is_lost() {
        let (folder, one, two) = folder();
        for held in [&one, &two] {
            let renamed = while_held(held, SHARE_READ_AND_WRITE, None, || rename(&one, &two));
            let error = renamed.unwrap_err();
            assert!(is_in_use(&error), "{error}");
            assert!(
                error.to_string().contains(&held.display().to_string()),
                "{error}"
            );
        }
        let removed = while_held(&one, SHARE_READ_AND_WRITE, None, || remove_file(&one));
        assert!(is_in_use(&removed.unwrap_err()));
        assert_eq!(fs::read_to_string(&one).unwrap(), "1");
        assert_eq!(fs::read_to_string(&two).unwrap(), "2");
        drop(folder);
    }
}
