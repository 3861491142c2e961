//! What lies in the place of a file or folder, and what becomes of it.

use super::super::folder::put_over_reserved_name;
use super::*;

#[tokio::test]
async fn what_is_there_stays_unless_it_is_to_be_replaced() {
    let place = Place::new();
    std::fs::File::create(place.path("Title.bin")).unwrap();
    let host = Host::start(&[&whole("new"), &whole("new")]).await;
    let failure = place.fetch_one(&host.url()).await.unwrap_err();
    assert!(matches!(&failure, Failure::Exists(path) if *path == place.path("Title.bin")));
    assert_eq!(place.text("Title.bin"), "");
    let list = [wanted("key", "Title", &host.url())];
    let outcomes = place
        .downloads(OnConflict::Replace)
        .fetch(&list, &Fresh::none())
        .await;
    assert!(outcomes[0].is_ok(), "{outcomes:?}");
    assert_eq!(place.text("Title.bin"), "new");
    assert_eq!(place.names(), ["Title.bin"]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_in_the_place_of_a_file_is_refused_or_replaced_but_never_followed() {
    let place = Place::new();
    let elsewhere = tempfile::NamedTempFile::new().unwrap();
    for target in [elsewhere.path(), std::path::Path::new("/nonexistent/x")] {
        let link = place.path("Title.bin");
        std::os::unix::fs::symlink(target, &link).unwrap();
        let host = Host::start(&[&whole("new"), &whole("new")]).await;
        let failure = place.fetch_one(&host.url()).await.unwrap_err();
        assert!(matches!(failure, Failure::Exists(_)), "{failure:?}");
        let list = [wanted("key", "Title", &host.url())];
        let outcomes = place
            .downloads(OnConflict::Replace)
            .fetch(&list, &Fresh::none())
            .await;
        assert!(outcomes[0].is_ok(), "{outcomes:?}");
        assert!(link.symlink_metadata().unwrap().is_file());
        std::fs::remove_file(link).unwrap();
    }
    assert_eq!(elsewhere.path().metadata().unwrap().len(), 0);
}

#[tokio::test]
async fn a_folder_in_the_place_of_a_file_is_never_replaced() {
    let place = Place::new();
    std::fs::create_dir(place.path("Title.bin")).unwrap();
    let host = Host::start(&[&whole("new")]).await;
    let list = [wanted("key", "Title", &host.url())];
    let outcomes = place
        .downloads(OnConflict::Replace)
        .fetch(&list, &Fresh::none())
        .await;
    assert!(
        matches!(outcomes[0], Err(Failure::Io { .. })),
        "{outcomes:?}"
    );
    assert_eq!(place.names(), ["Title.bin"]);
    assert!(place.path("Title.bin").is_dir());
}

/// The text with the digest that its host says.
fn with_digest(body: &str, header: &str) -> String {
    let headers = format!("Content-Type: application/x-file\r\n{header}\r\n");
    answer("200 OK", &headers, body)
}

#[tokio::test]
async fn what_is_the_same_is_skipped_and_what_is_not_stays_and_is_a_failure() {
    let digest_of_new = "EVB6Di9eadXfpApiob17buV+a82FxnybhDGzb/8hxDc=";
    let unsaid =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/x-file\r\n\r\nnew";
    for (there, answer, is_skipped) in [
        ("new", whole("new"), true),
        ("old", whole("new"), true),
        ("older", whole("new"), false),
        ("", whole("new"), false),
        ("new", unsaid.to_owned(), true),
        ("old", unsaid.to_owned(), false),
        (
            "new",
            with_digest("new", &format!("Repr-Digest: sha-256=:{digest_of_new}:")),
            true,
        ),
        (
            "old",
            with_digest("new", &format!("Digest: SHA-256={digest_of_new}")),
            false,
        ),
        (
            "old",
            with_digest("new", &format!("x-amz-checksum-sha256: {digest_of_new}")),
            false,
        ),
        (
            "old",
            with_digest("new", "Digest: md5=xx, sha-256=short"),
            true,
        ),
    ] {
        let place = Place::new();
        crate::private_file::replace(&place.path("Title.bin"), there.as_bytes()).unwrap();
        let host = Host::start(&[&answer]).await;
        let list = [wanted("key", "Title", &host.url())];
        let skipping = place.downloads(OnConflict::Skip);
        let outcome = skipping.fetch(&list, &Fresh::none()).await.remove(0);
        match outcome {
            Ok(Some(stored)) if is_skipped => {
                assert!(stored.was_there, "{there}: {answer}");
                assert_eq!((stored.bytes, stored.name.as_str()), (3, "Title.bin"));
            }
            Err(Failure::Exists(_)) if !is_skipped => {}
            other => panic!("{there}: {answer}: {other:?}"),
        }
        assert_eq!(
            (place.text("Title.bin").as_str(), place.names()),
            (there, vec!["Title.bin".to_owned()])
        );
    }
}

#[test]
fn a_file_system_without_hard_links_gets_the_file_under_a_name_that_was_free() {
    let folder = tempfile::tempdir().unwrap();
    let part = || {
        let part = tempfile::NamedTempFile::new_in(folder.path())
            .unwrap()
            .into_temp_path();
        crate::private_file::replace(&part, b"whole").unwrap();
        part
    };
    let place = folder.path().join("name.pdf");
    put_over_reserved_name(part(), &place).unwrap();
    assert_eq!(std::fs::read(&place).unwrap(), b"whole");
    crate::private_file::replace(&place, b"another").unwrap();
    let taken = put_over_reserved_name(part(), &place).unwrap_err();
    assert_eq!(taken.kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read(&place).unwrap(), b"another");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn folders_are_made_private_and_go_again_when_nothing_came() {
    let home = tempfile::tempdir().unwrap();
    let deep = home.path().join("a/b/c");
    drop(Folder::open(&deep, OnConflict::Fail).unwrap());
    assert!(!home.path().join("a").exists());
    let folder = Folder::open(&deep, OnConflict::Fail).unwrap();
    #[cfg(unix)]
    for made in ["a", "a/b", "a/b/c"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = home
            .path()
            .join(made)
            .metadata()
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700, "{made}");
    }
    std::fs::File::create(deep.join("x")).unwrap();
    drop(folder);
    assert!(deep.join("x").exists());
    // A file is no folder, and nothing can be made below one.
    assert!(Folder::open(&deep.join("x"), OnConflict::Replace).is_err());
    assert!(Folder::open(&deep.join("x/y"), OnConflict::Replace).is_err());
}

#[tokio::test]
async fn what_a_killed_run_left_is_removed_and_what_another_run_writes_is_not() {
    let place = Place::new();
    let abandoned = place.path(".Title.Ab12.eprospera-part");
    let foreign = place.path(".Title.bin.part");
    for path in [&abandoned, &foreign] {
        std::fs::File::create(path).unwrap();
    }
    let folder = Folder::open(place.folder.path(), OnConflict::Fail).unwrap();
    assert!(!abandoned.exists() && foreign.exists());
    let part = folder.begin::<Infallible>("Title").unwrap();
    let running = place.names();
    drop(Folder::open(place.folder.path(), OnConflict::Fail).unwrap());
    assert_eq!(place.names(), running);
    drop(part);
    assert_eq!(place.names(), [".Title.bin.part"]);
}
