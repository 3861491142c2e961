//! On the file system. Under Wine, rights are those of a Unix mode: each user's own, and everybody's.

use std::fs;
use std::io::Write as _;

use super::*;

const PRIVATE: Access = Access {
    is_own: true,
    others_read: false,
    others_write: false,
};

#[test]
fn a_new_file_is_its_owners_alone_and_holds_what_is_written() {
    use std::io::Write as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    let mut file = create_file(&path).unwrap();
    assert_eq!(access(&file).unwrap(), PRIVATE);
    file.write_all(b"text").unwrap();
    // Renamed while it is open, as a file of the standard library can be.
    let moved = folder.path().join("moved");
    fs::rename(&path, &moved).unwrap();
    assert_eq!(fs::read(&moved).unwrap(), b"text");
    assert_eq!(access(&File::open(&moved).unwrap()).unwrap(), PRIVATE);
    let again = create_file(&moved).unwrap_err();
    assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
}

#[test]
fn a_new_folder_is_its_owners_alone_and_so_is_what_is_made_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("folder");
    create_dir(&path).unwrap();
    assert_eq!(access_at(&path).unwrap(), PRIVATE);
    let file = create_file(&path.join("file")).unwrap();
    assert_eq!(access(&file).unwrap(), PRIVATE);
    let again = create_dir(&path).unwrap_err();
    assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
}

#[test]
fn what_others_may_do_is_seen_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    let mut opened = fs::File::create(&file).unwrap();
    opened.write_all(b"text").unwrap();
    drop(opened);
    let below = folder.path().join("below");
    fs::create_dir(&below).unwrap();
    for path in [&file, &below] {
        for others_write in [false, true] {
            open_to_all(path, others_write).unwrap();
            let found = access_at(path).unwrap();
            assert!(found.is_own && found.others_read, "{found:?}");
            assert_eq!(found.others_write, others_write, "{found:?}");
            close_to_others(path).unwrap();
            assert_eq!(access_at(path).unwrap(), PRIVATE);
        }
    }
    assert_eq!(fs::read(&file).unwrap(), b"text");
    fs::File::create(below.join("file")).unwrap();
}

#[test]
fn a_path_may_be_long() {
    let folder = tempfile::tempdir().unwrap();
    let mut path = folder.path().to_owned();
    while path.as_os_str().len() < 400 {
        path.push("a".repeat(60));
        create_dir(&path).unwrap();
    }
    drop(create_file(&path.join("file")).unwrap());
    assert!(fs::exists(path.join("file")).unwrap());
}
