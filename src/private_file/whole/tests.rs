use std::io;

use super::*;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_replaced_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    assert!(read(&path).unwrap().is_none());
    for content in ["first", "second", ""] {
        replace(&path, content.as_bytes()).unwrap();
        let found = read(&path).unwrap().unwrap();
        assert_eq!(found.as_slice(), content.as_bytes());
    }
    assert_eq!(names(folder.path()), ["record"]);
    assert!(remove(&path).unwrap());
    assert!(!remove(&path).unwrap());
}

#[test]
fn a_disk_that_fills_up_leaves_the_old_content_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    replace(&path, b"old").unwrap();
    let outcome = replace_with(&path, |file| {
        file.write_all(b"ne")?;
        Err(io::Error::from(io::ErrorKind::StorageFull))
    });
    assert!(matches!(outcome, Err(Error::Full { .. })));
    assert_eq!(read(&path).unwrap().unwrap().as_slice(), b"old");
    assert_eq!(names(folder.path()), ["record"]);
}

#[test]
fn what_a_killed_writer_left_is_removed_and_a_neighbour_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    replace(&path, b"kept").unwrap();
    replace(&folder.path().join(".record.k1ll3d.tmp"), b"half").unwrap();
    replace(&folder.path().join(".record2.other.tmp"), b"kept").unwrap();
    remove_leftovers(&path).unwrap();
    assert_eq!(names(folder.path()), [".record2.other.tmp", "record"]);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record");
    replace(&path, &vec![b' '; FILE_SIZE_LIMIT]).unwrap();
    assert_eq!(read(&path).unwrap().unwrap().len(), FILE_SIZE_LIMIT);
    replace(&path, &vec![b' '; FILE_SIZE_LIMIT + 1]).unwrap();
    assert!(matches!(read(&path), Err(Error::TooLarge { .. })));
}

#[test]
fn folders_are_created_with_their_parents_and_may_be_there_already() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a/b/c");
    assert!(!check_dir(&deep).unwrap());
    assert!(!deep.exists());
    ensure_dir(&deep).unwrap();
    ensure_dir(&deep).unwrap();
    assert!(check_dir(&deep).unwrap());
}

#[cfg(unix)]
mod unix {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::process::{Command, Stdio};

    use super::super::*;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    /// The umask belongs to the whole process, so each one gets a process of its own: this test,
    /// called again with a folder to write to.
    #[test]
    fn files_are_0600_in_folders_0700_whatever_the_umask() {
        const FOLDER: &str = "EPROSPERA_TEST_UMASK_FOLDER";
        #[expect(
            clippy::disallowed_methods,
            reason = "a test hands a folder to its own child"
        )]
        if let Some(folder) = std::env::var_os(FOLDER) {
            let folder = PathBuf::from(folder).join("parent/state");
            ensure_dir(&folder).unwrap();
            return replace(&folder.join("record"), b"text").unwrap();
        }
        for umask in ["000", "022", "0777"] {
            let folder = tempfile::tempdir().unwrap();
            let name = "private_file::whole::tests::unix::files_are_0600_in_folders_0700_whatever_the_umask";
            let status = Command::new("sh")
                .args(["-c", "umask $1; shift; exec \"$@\"", "sh", umask])
                .arg(std::env::current_exe().unwrap())
                .args(["--exact", name, "--quiet"])
                .env(FOLDER, folder.path())
                .stdout(Stdio::null())
                .status()
                .unwrap();
            assert!(status.success());
            let state = folder.path().join("parent/state");
            assert_eq!(mode(&state.join("record")), 0o600, "umask {umask}");
            assert_eq!(mode(&state), 0o700, "umask {umask}");
            assert_eq!(mode(state.parent().unwrap()), 0o700, "umask {umask}");
        }
    }

    #[test]
    fn a_file_open_to_others_is_closed_and_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record");
        replace(&path, b"text").unwrap();
        set_mode(&path, 0o644);
        assert_eq!(read(&path).unwrap().unwrap().as_slice(), b"text");
        assert_eq!(mode(&path), 0o600);
    }

    #[test]
    fn a_folder_open_to_others_is_closed_and_one_they_can_write_to_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        ensure_dir(&state).unwrap();
        set_mode(&state, 0o755);
        ensure_dir(&state).unwrap();
        assert_eq!(mode(&state), 0o700);
        for open in [0o720, 0o702, 0o777, 0o1777] {
            set_mode(&state, open);
            let error = ensure_dir(&state).unwrap_err();
            assert!(error.to_string().contains("others can write"), "{error}");
            assert_eq!(mode(&state), open);
        }
    }

    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real");
        ensure_dir(&real).unwrap();
        replace(&real.join("record"), b"text").unwrap();

        let linked_folder = folder.path().join("linked");
        symlink(&real, &linked_folder).unwrap();
        let error = ensure_dir(&linked_folder).unwrap_err();
        assert!(matches!(error, Error::NotPrivate { .. }), "{error}");

        let linked_file = folder.path().join("link");
        symlink(real.join("record"), &linked_file).unwrap();
        let error = read(&linked_file).unwrap_err();
        assert!(matches!(error, Error::NotPrivate { .. }), "{error}");

        replace(&linked_file, b"new").unwrap();
        assert!(!linked_file.is_symlink());
        let untouched = read(&real.join("record")).unwrap().unwrap();
        assert_eq!(untouched.as_slice(), b"text");
    }

    #[test]
    fn a_dangling_link_in_place_of_the_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("state");
        symlink(folder.path().join("nowhere"), &link).unwrap();
        let error = ensure_dir(&link).unwrap_err();
        assert!(matches!(error, Error::NotPrivate { .. }), "{error}");
        assert!(!folder.path().join("nowhere").exists());
    }

    #[test]
    fn a_pipe_in_place_of_the_file_is_refused_without_waiting_for_its_writer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record");
        let made = Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        let error = read(&path).unwrap_err();
        assert!(matches!(error, Error::NotPrivate { .. }), "{error}");
    }

    #[test]
    fn a_folder_and_a_file_of_another_user_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut foreign = PathBuf::from("/");
        let mut foreign_file = PathBuf::from("/etc/passwd");
        if rustix::process::geteuid().is_root() {
            foreign = folder.path().join("foreign");
            foreign_file = folder.path().join("file");
            ensure_dir(&foreign).unwrap();
            replace(&foreign_file, b"text").unwrap();
            std::os::unix::fs::chown(&foreign, Some(65534), None).unwrap();
            std::os::unix::fs::chown(&foreign_file, Some(65534), None).unwrap();
        }
        let error = ensure_dir(&foreign).unwrap_err();
        assert!(error.to_string().contains("belongs to user"), "{error}");
        let error = read(&foreign_file).unwrap_err();
        assert!(error.to_string().contains("belongs to user"), "{error}");
    }
}

#[test]
fn what_killed_writers_left_goes_and_what_people_keep_beside_it_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let own = ".it.json.aB3dE6.tmp";
    let of_another = ".that.json.aB3dE6.tmp";
    let others = [
        ".it.json.swp",
        ".it.json.tmp",
        ".it.json.aB3dE6.tmp.old",
        "it.json",
    ];
    for name in [own, of_another].iter().chain(&others) {
        replace(&path(name), b"left").unwrap();
    }
    remove_leftovers_among_others(&path("it.json")).unwrap();
    assert!(!path(own).exists() && path(of_another).exists());
    assert!(others.iter().all(|name| path(name).exists()));
    remove_all_leftovers(folder.path()).unwrap();
    assert!(!path(of_another).exists());
    assert!(others.iter().all(|name| path(name).exists()));
}
