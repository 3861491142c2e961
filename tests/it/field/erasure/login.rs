//! A login replaces what it has read, or what is damaged; tokens that nobody keeps are revoked.

use crate::world::World;

#[test]
fn a_login_keeps_a_session_that_it_cannot_read_unless_it_is_to_be_replaced() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    let file = world.session_file();
    let before = std::fs::read(&file).unwrap();
    let exchanges = world.events("token").len();
    let key = world.variable("EPROSPERA_STORE_KEY");
    for other in ["a wrong key", &"0".repeat(64)] {
        world.set("EPROSPERA_STORE_KEY", other);
        let output = world.login().exits(13);
        drop(output.hinting("--replace"));
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }
    assert_eq!(world.events("token").len(), exchanges, "nobody was asked");

    let output = world.login_with(&["--replace"]).succeeds();
    drop(output.says("replacing it"));
    world.run(&["whoami"]).succeeds();
    let folder = std::fs::read_dir(world.path("state/sessions")).unwrap();
    let mut others = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| *path != file);
    let is_aside = others.any(|path| std::fs::read(path).unwrap() == before);
    assert!(is_aside, "what was not read is kept aside");
    world.set("EPROSPERA_STORE_KEY", &key);
}

/// Somebody else is signed in, and the login has to ask, at a terminal, which tests have on these systems.
#[cfg(any(target_os = "linux", windows))]
fn at_the_question() -> (World, crate::terminal::Terminal) {
    let world = World::signed_in();
    world.change_record(|record| {
        "somebody-else".clone_into(&mut record.account.subject);
        record.account.email = Some("else@mail.example".to_owned());
    });
    let mut terminal = world.at_terminal(200, &["login", "--no-browser"]);
    let url = terminal.url();
    world.visit_in_background(url);
    terminal.wait_for("Replace that session");
    (world, terminal)
}

#[test]
#[cfg(any(target_os = "linux", windows))]
fn ctrl_c_at_the_question_whether_to_replace_revokes_the_tokens_that_nobody_keeps() {
    let (world, mut terminal) = at_the_question();
    terminal.types("\u{3}");
    drop(terminal.end().exits(130));
    assert_eq!(world.events("revoke").len(), 2);
    let email = world.record().unwrap().account.email;
    assert_eq!(email.as_deref(), Some("else@mail.example"));
}

#[test]
#[cfg(any(target_os = "linux", windows))]
fn tokens_that_nobody_keeps_and_that_cannot_be_revoked_in_time_are_told_of() {
    let (world, mut terminal) = at_the_question();
    world.fault("revoke:hang");
    terminal.types("\u{3}");
    let output = terminal.end().exits(130);
    assert!(output.stdout.contains("they stay valid"), "{output:#?}");
    assert!(world.record().is_some());
}

#[test]
fn tokens_that_arrive_after_ctrl_c_are_revoked_and_those_that_do_not_are_told_of() {
    // An answer that comes within a second of Ctrl-C is waited for; on Windows the sender alone may take that long.
    let pauses: &[_] = if cfg!(windows) {
        &[("20s", 0)]
    } else {
        &[("500ms", 2), ("20s", 0)]
    };
    for &(pause, revoked) in pauses {
        let world = World::new();
        world.fault(&format!("token:slow={pause}*1"));
        let login = world.start_login(&[]);
        let visit = login.visit_in_background();
        crate::world::wait_until("the code is sent", || world.faults_left().is_empty());
        login.process.interrupt();
        let output = login.end().exits(130);
        assert_eq!(world.events("revoke").len(), revoked, "{output:#?}");
        assert_eq!(
            output.stderr.contains("stay valid"),
            revoked == 0,
            "{output:#?}"
        );
        assert!(world.nothing_is_stored());
        visit.abort();
    }
}
