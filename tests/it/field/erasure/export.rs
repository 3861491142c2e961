//! A session that was exported and did not arrive can be brought back.

use crate::world::World;

const KEY: &str = "2222222222222222222222222222222222222222222222222222222222222222";

fn signed_in() -> World {
    let mut world = World::new();
    world.set("EPROSPERA_STORE_KEY", KEY);
    world.login().succeeds();
    world
}

fn departed(world: &World) -> Option<String> {
    let folder = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let mut files = folder.map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.extension().is_some_and(|kind| kind == "departed"))?;
    Some(std::fs::read_to_string(file).unwrap())
}

#[test]
fn an_export_that_does_not_arrive_is_brought_back_by_one_command() {
    let world = signed_in();
    let (access, refresh) = (world.access_token(), world.refresh_token());
    // Whatever reads the pipe throws it away.
    let output = world.run(&["session", "export", "-"]).succeeds();
    drop(output.says("session restore"));
    assert!(world.record().is_none());
    let copy = departed(&world).unwrap();
    assert!(!copy.contains(&access) && !copy.contains(&refresh));
    for command in ["status", "token", "whoami"] {
        let output = world.run(&[command]).exits(3).because("was exported");
        drop(output.hinting("session restore"));
    }
    let output = world.run(&["session", "restore"]).succeeds();
    assert_eq!(
        output.json()["account"]["email"],
        "amara.okafor@mail.example"
    );
    drop(output.says("ends both"));
    assert_eq!(world.refresh_token(), refresh);
    world.run(&["refresh"]).succeeds();
    world.run(&["session", "restore"]).exits(5);
}

#[test]
fn a_new_login_or_an_import_takes_the_place_of_the_copy() {
    let world = signed_in();
    world.run(&["session", "export", "one.sealed"]).succeeds();
    world.run(&["session", "import", "one.sealed"]).succeeds();
    world.run(&["session", "restore"]).exits(5);
    world.run(&["session", "export", "two.sealed"]).succeeds();
    world.login().succeeds();
    assert!(!departed(&world).unwrap().contains("sealed"));
    world.run(&["logout"]).succeeds();
    world.run(&["session", "restore"]).exits(5);
    assert!(world.record().is_none());
}

#[test]
fn a_session_is_not_brought_back_beside_another_nor_with_another_key() {
    let world = signed_in();
    world.run(&["session", "export"]).succeeds();
    let other = [("EPROSPERA_STORE_KEY", "another")];
    let output = world.run_in(&other, &["session", "restore"]).exits(13);
    drop(output.hinting("nothing was changed"));
    let copy = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let copy = copy.map(|entry| entry.unwrap().path());
    let copy = { copy }
        .find(|path| path.extension().is_some_and(|kind| kind == "departed"))
        .unwrap();
    let text = std::fs::read(&copy).unwrap();
    world.login().succeeds();
    // As after a power cut at the wrong moment.
    crate::world::write(&copy, &text);
    let refresh = world.refresh_token();
    let output = world.run(&["session", "restore"]).exits(6);
    drop(output.hinting("nothing was changed"));
    assert_eq!(world.refresh_token(), refresh);
}

#[test]
fn nothing_that_was_exported_is_nothing_to_bring_back() {
    let world = signed_in();
    world.run(&["session", "restore"]).exits(5);
    world
        .run(&["session", "export", "--copy", "copy.sealed"])
        .succeeds();
    world.run(&["session", "restore"]).exits(5);
    assert!(departed(&world).is_none());
}

#[test]
fn an_older_generation_stays_refused_after_the_session_was_brought_back() {
    let world = signed_in();
    world
        .run(&["session", "export", "--copy", "old.sealed"])
        .succeeds();
    world.run(&["refresh"]).succeeds();
    world.run(&["session", "export"]).succeeds();
    world.run(&["session", "import", "old.sealed"]).exits(6);
    world.run(&["session", "restore"]).succeeds();
    world.run(&["session", "import", "old.sealed"]).exits(6);
    world.run(&["refresh"]).succeeds();
}

#[test]
fn a_logout_keeps_the_copy_and_says_so_unless_it_is_to_be_discarded() {
    let world = signed_in();
    world.run(&["session", "export"]).succeeds();
    let output = world.run(&["logout"]).succeeds().says("session restore");
    assert_eq!(output.json()["deleted"], false);
    assert_eq!(output.json()["keeps_export"], true);
    world.run(&["session", "restore"]).succeeds();
    world.run(&["session", "export"]).succeeds();
    let output = world.run(&["logout", "--discard-unreadable"]).succeeds();
    assert_eq!(output.json()["deleted"], true);
    drop(output.says("stay valid"));
    world.run(&["session", "restore"]).exits(5);
    assert_eq!(world.events("revoke").len(), 0);
}

/// Tests have no terminal on macOS.
#[test]
#[cfg(any(target_os = "linux", windows))]
fn an_export_to_a_terminal_or_a_full_disk_retires_nothing() {
    let world = signed_in();
    let output = world.at_terminal(100, &["session", "export"]).end();
    let output = output.exits(2);
    assert!(output.stdout.contains("still here"), "{output:#?}");
    // Other systems have no file that is always full.
    #[cfg(target_os = "linux")]
    {
        let mut command = world.command(&["session", "export"]);
        let full = std::fs::File::options().write(true).open("/dev/full");
        command.stdout(full.unwrap());
        drop(world.finish(command).exits(1).hinting("still here"));
    }
    let output = world.run(&["session", "export", "no/such/folder/file"]);
    drop(output.exits(13).hinting("still here"));
    assert!(departed(&world).is_none());
    world.run(&["refresh"]).succeeds();
}

#[test]
fn an_export_into_a_redirected_file_is_whole() {
    let world = signed_in();
    let mut command = world.command(&["session", "export"]);
    let file = std::fs::File::create(world.path("redirected.sealed"));
    command.stdout(file.unwrap());
    world.finish(command).succeeds();
    world
        .run(&["session", "import", "redirected.sealed"])
        .succeeds();
    world.run(&["refresh"]).succeeds();
}

#[test]
fn an_export_is_not_taken_over_while_another_store_may_hold_its_newer_state() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    let copy = ["session", "export", "--copy", "copy.sealed"];
    world.run(&copy).succeeds();
    world
        .run(&["session", "rekey", "--generate", "new.key"])
        .succeeds();
    let import = ["session", "import", "copy.sealed", "--store", "plain-file"];
    let output = world.run(&import).exits(13).hinting("--replace");
    drop(output.hinting("nothing was changed"));
    world
        .run(&[&import[..], &["--replace"]].concat())
        .succeeds();
}
