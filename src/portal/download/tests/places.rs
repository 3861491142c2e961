//! What lies in the place of a file or folder, and what becomes of it.

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
    let outcomes = place.downloads(true).fetch(&list, &Fresh::none()).await;
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
        let outcomes = place.downloads(true).fetch(&list, &Fresh::none()).await;
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
    let outcomes = place.downloads(true).fetch(&list, &Fresh::none()).await;
    assert!(
        matches!(outcomes[0], Err(Failure::Io { .. })),
        "{outcomes:?}"
    );
    assert_eq!(place.names(), ["Title.bin"]);
    assert!(place.path("Title.bin").is_dir());
}

#[test]
fn folders_are_made_private_and_go_again_when_nothing_came() {
    let home = tempfile::tempdir().unwrap();
    let deep = home.path().join("a/b/c");
    drop(Folder::open(&deep, false).unwrap());
    assert!(!home.path().join("a").exists());
    let folder = Folder::open(&deep, false).unwrap();
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
    assert!(Folder::open(&deep.join("x"), true).is_err());
    assert!(Folder::open(&deep.join("x/y"), true).is_err());
}

#[tokio::test]
async fn what_a_killed_run_left_is_removed_and_what_another_run_writes_is_not() {
    let place = Place::new();
    let abandoned = place.path(".Title.Ab12.eprospera-part");
    let foreign = place.path(".Title.bin.part");
    for path in [&abandoned, &foreign] {
        std::fs::File::create(path).unwrap();
    }
    let folder = Folder::open(place.folder.path(), false).unwrap();
    assert!(!abandoned.exists() && foreign.exists());
    let part = folder.begin::<Infallible>("Title").unwrap();
    let running = place.names();
    drop(Folder::open(place.folder.path(), false).unwrap());
    assert_eq!(place.names(), running);
    drop(part);
    assert_eq!(place.names(), [".Title.bin.part"]);
}
