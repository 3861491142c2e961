use std::os::unix::fs::PermissionsExt;

use super::*;

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s");
    (folder, path)
}

#[test]
fn a_socket_is_open_to_its_owner_alone_and_goes_at_the_end() {
    let (_folder, path) = folder();
    let socket = BoundSocket::bind(&path).unwrap();
    let mode = fs::symlink_metadata(&path).unwrap().mode();
    assert_eq!(mode & 0o7777, 0o600);
    let _stream = UnixStream::connect(&path).unwrap();
    socket.listener().accept().unwrap();
    assert_eq!(socket.path(), path);
    drop(socket);
    assert!(!path.exists());
}

#[test]
fn a_stale_socket_is_replaced_and_one_in_use_stays() {
    let (_folder, path) = folder();
    drop(UnixListener::bind(&path).unwrap());
    let socket = BoundSocket::bind(&path).unwrap();
    let error = BoundSocket::bind(&path).unwrap_err();
    assert!(error.is_busy(), "{error}");
    UnixStream::connect(&path).unwrap();
    drop(socket);
    assert!(!path.exists());
}

#[test]
fn of_many_that_find_a_stale_socket_one_gets_it() {
    let (_folder, path) = folder();
    for _ in 0..20 {
        drop(UnixListener::bind(&path).unwrap());
        let outcomes: Vec<_> = thread::scope(|scope| {
            let each: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| BoundSocket::bind(&path)))
                .collect();
            each.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let (bound, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!(bound.len(), 1);
        for outcome in refused {
            assert!(outcome.unwrap_err().is_busy());
        }
        // The socket of the winner is the one that the path names.
        UnixStream::connect(&path).unwrap();
        drop(bound);
        assert!(!path.exists());
    }
}

#[test]
fn what_is_not_a_socket_is_never_removed() {
    let (folder, path) = folder();
    let socket = folder.path().join("real");
    let _listener = UnixListener::bind(&socket).unwrap();
    File::create(&path).unwrap();
    let directory = folder.path().join("directory");
    fs::create_dir(&directory).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&socket, &link).unwrap();
    let dangling = folder.path().join("dangling");
    std::os::unix::fs::symlink("absent", &dangling).unwrap();
    for path in [path, directory, link, dangling] {
        let error = BoundSocket::bind(&path).unwrap_err();
        assert!(matches!(error, SocketError::NotSocket(_)), "{error}");
        assert!(fs::symlink_metadata(&path).is_ok());
    }
}

#[test]
fn a_socket_that_took_the_place_of_the_own_one_stays() {
    let (_folder, path) = folder();
    let socket = BoundSocket::bind(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let _other = UnixListener::bind(&path).unwrap();
    drop(socket);
    UnixStream::connect(&path).unwrap();
}

#[test]
fn a_folder_that_others_can_write_to_is_refused_unless_it_is_sticky() {
    let (folder, path) = folder();
    let set = |mode| fs::set_permissions(folder.path(), PermissionsExt::from_mode(mode)).unwrap();
    set(0o777);
    let error = BoundSocket::bind(&path).unwrap_err();
    assert!(matches!(error, SocketError::Untrusted(_)), "{error}");
    assert!(error.hint().contains("chmod go-w"), "{}", error.hint());
    set(0o1777);
    BoundSocket::bind(&path).unwrap();
    set(0o700);
}

#[test]
fn a_path_that_no_socket_can_have_is_explained() {
    let (folder, _path) = folder();
    let long = folder.path().join("x".repeat(LONGEST_PATH));
    let error = BoundSocket::bind(&long).unwrap_err().to_string();
    assert!(
        error.contains(&format!("at most {LONGEST_PATH}")),
        "{error}"
    );
    for path in [
        Path::new(""),
        Path::new("/"),
        Path::new(".."),
        &folder.path().join("x/"),
    ] {
        let error = BoundSocket::bind(path).unwrap_err();
        assert!(matches!(error, SocketError::NoName(_)), "{error}");
    }
    let absent = folder.path().join("absent/s");
    assert!(matches!(
        BoundSocket::bind(&absent),
        Err(SocketError::Io { .. })
    ));
}
