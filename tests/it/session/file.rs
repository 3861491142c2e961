//! The file of a session: private, whole, never believed when damaged, never thrown away.

use crate::world::{World, is_private};

/// Every command that reads the session.
const READERS: [&[&str]; 5] = [
    &["token"],
    &["whoami"],
    &["refresh"],
    &["status"],
    &["decode-id-token"],
];

fn assert_refused_and_kept(world: &World, bytes: &[u8], what: &str) {
    let file = world.session_file();
    std::fs::remove_file(&file).unwrap();
    crate::world::write(&file, bytes);
    for command in READERS {
        let output = world.run(command).exits(13);
        assert_eq!(output.error()["code"], "store", "{what}");
        assert!(output.error()["hint"].is_string(), "{what}: {output:#?}");
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "{what} is kept");
    }
}

#[test]
fn a_damaged_file_is_refused_with_a_hint_and_kept() {
    let world = World::signed_in();
    let good = std::fs::read(world.session_file()).unwrap();
    let mut flipped = good.clone();
    let middle = good.len() / 2;
    flipped[middle] = if flipped[middle] == b'a' { b'b' } else { b'a' };
    let newer = String::from_utf8(good.clone())
        .unwrap()
        .replace("\"version\":1", "\"version\":2");
    for (what, bytes) in [
        ("an empty file", &b""[..]),
        ("a truncated file", &good[..middle]),
        ("a file without its last byte", &good[..good.len() - 1]),
        ("a file with another byte", &flipped),
        ("a text", b"this is no session"),
        ("bytes", b"\xff\xfe\x00\x01"),
        ("a newer file", newer.as_bytes()),
    ] {
        assert_refused_and_kept(&world, bytes, what);
    }
    assert_eq!(world.refreshes(), 0);
}

#[test]
fn a_newer_file_says_so() {
    let world = World::signed_in();
    world.change_record(|record| record.version = 2);
    let output = world.run(&["token"]).exits(13);
    output.because("version 2").hinting("newer version");
}

#[test]
fn a_damaged_file_can_be_signed_out_of_or_replaced_by_a_login_that_keeps_it_aside() {
    let world = World::signed_in();
    let file = world.session_file();
    std::fs::remove_file(&file).unwrap();
    crate::world::write(&file, b"damaged");
    world.login().succeeds().says("replacing it");
    world.run(&["whoami"]).succeeds();
    let folder = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let aside = folder
        .map(|entry| entry.unwrap().path())
        .find(|path| *path != file && std::fs::read(path).unwrap() == b"damaged");
    assert!(aside.is_some(), "the damaged file is kept aside");

    std::fs::remove_file(&file).unwrap();
    crate::world::write(&file, b"damaged");
    let output = world
        .run(&["logout"])
        .succeeds()
        .says("deleted without being read");
    assert_eq!(output.json()["deleted"], true);
    assert!(!file.exists() && !aside.unwrap().exists());
    world.run(&["status"]).exits(3);
}

#[test]
fn files_and_folders_are_private() {
    let world = World::signed_in();
    let mut folders = vec![world.path("state"), world.path("cache")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        assert!(is_private(&folder), "{}", folder.display());
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                assert!(is_private(&path), "{}", path.display());
                files += 1;
            }
        }
    }
    assert!(files >= 4, "session, lock, last login, cache");
}

/// On Windows it takes a right of its own to make a link.
#[test]
#[cfg(unix)]
fn a_session_that_is_a_link_is_not_followed() {
    let world = World::signed_in();
    let file = world.session_file();
    let elsewhere = world.path("elsewhere.json");
    std::fs::rename(&file, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
    world.run(&["token"]).exits(13);
    assert!(elsewhere.exists());
}

#[test]
fn an_encrypted_file_shows_nothing_and_opens_with_its_key_only() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    let folder = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let (access, refresh) = (world.access_token(), world.refresh_token());
    for entry in folder {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for secret in [&access, &refresh, "amara.okafor"] {
            assert!(!text.contains(secret));
        }
    }
    world.run(&["token"]).succeeds();
    let other = "0".repeat(64);
    let output = world
        .run_in(&[("EPROSPERA_STORE_KEY", other.as_str())], &["token"])
        .exits(13);
    output.hinting("the key it was encrypted with");
    world.unset("EPROSPERA_STORE_KEY");
    world
        .run(&["token"])
        .exits(13)
        .hinting("EPROSPERA_STORE_KEY");
}

#[test]
fn a_passphrase_and_a_key_file_open_an_encrypted_file_too() {
    let mut world = World::new();
    world.set("EPROSPERA_STORE", "encrypted-file");
    world.set("EPROSPERA_STORE_KEY", "correct horse battery staple");
    world.login().succeeds();
    let file = world.write("key.txt", "correct horse battery staple\n");
    world.unset("EPROSPERA_STORE_KEY");
    world.set("EPROSPERA_STORE_KEY_FILE", &file.display().to_string());
    world.run(&["token"]).succeeds();
    world
        .run_in(&[("EPROSPERA_STORE_KEY", "wrong horse")], &["token"])
        .exits(13);
}

#[test]
fn two_profiles_do_not_mix() {
    let world = World::with(|options| options.auto_approve = None);
    for (profile, persona) in [("one", "resident"), ("two", "former")] {
        let mut login = world.start_login(&["--profile", profile]);
        login.decide(persona, "approve").says("You are signed in");
        login.end().succeeds();
    }
    let whoami = |profile| {
        world
            .run(&["whoami", "--profile", profile])
            .succeeds()
            .json()
    };
    assert_eq!(whoami("one")["email"], "amara.okafor@mail.example");
    assert_eq!(whoami("two")["email"], "j.brandvold@mail.example");
    let token = |profile| {
        world
            .run(&["token", "--profile", profile])
            .succeeds()
            .stdout
    };
    let two = token("two");
    world.run(&["refresh", "--profile", "one"]).succeeds();
    assert_eq!(token("two"), two);
    world.run(&["logout", "--profile", "one"]).succeeds();
    world.run(&["whoami", "--profile", "one"]).exits(3);
    whoami("two");
}
