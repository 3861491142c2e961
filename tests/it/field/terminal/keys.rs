//! Every command that asks or waits, with every key and signal that may end or stop it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use eprospera_sandbox::GrantType;
#[cfg(unix)]
use rustix::process::Signal;
use tokio::task::JoinHandle;

use crate::browser::Page;
use crate::terminal::Terminal;
use crate::world::World;

const PASSPHRASE: &str = "Passphrase for the encrypted store: ";

/// A command at the point where a person has to do something.
struct Row {
    arguments: &'static [&'static str],
    /// What is on the screen then.
    shows: &'static str,
    /// The exit code of Ctrl-D; `None` where the wait goes on.
    ended_input: Option<i32>,
    /// What is said about it.
    words: &'static str,
}

const fn asks_for_the_key(arguments: &'static [&'static str]) -> Row {
    Row {
        arguments,
        shows: PASSPHRASE,
        ended_input: Some(13),
        words: "the input ended before one was typed",
    }
}

const fn asks(
    arguments: &'static [&'static str],
    shows: &'static str,
    ended_input: Option<i32>,
    words: &'static str,
) -> Row {
    Row {
        arguments,
        shows,
        ended_input,
        words,
    }
}

/// The session is in an encrypted file, and its key is typed.
const SEALED: [Row; 16] = [
    asks_for_the_key(&["token"]),
    asks_for_the_key(&["whoami"]),
    asks_for_the_key(&["status"]),
    asks_for_the_key(&["refresh"]),
    asks_for_the_key(&["logout"]),
    asks_for_the_key(&["logout", "--all"]),
    asks_for_the_key(&["me", "natural-person"]),
    asks_for_the_key(&["api", "/api/v1/me/natural-person"]),
    asks_for_the_key(&["exec", "--", "true"]),
    asks_for_the_key(&["decode-id-token"]),
    asks_for_the_key(&["session", "export", "new.export"]),
    asks_for_the_key(&["session", "import", "old.export"]),
    asks_for_the_key(&["session", "rekey"]),
    asks_for_the_key(&["login", "--no-browser"]),
    asks(
        &["profile", "set", "client-secret"],
        "Client secret: ",
        Some(2),
        "the input ended before anything was typed",
    ),
    asks(
        &["login", "--with-token"],
        "Refresh token: ",
        Some(2),
        "the input ended before anything was typed",
    ),
];

/// The session is in a plain file.
const PLAIN: [Row; 3] = [
    asks(
        &["login", "--no-browser"],
        "Ctrl-C to cancel",
        None,
        "interrupted",
    ),
    asks(
        &["login", "--paste"],
        "Ctrl-C to cancel",
        Some(2),
        "stdin ended before the browser's final address",
    ),
    asks(
        &["login", "--device", "--no-browser"],
        "Ctrl-C to cancel",
        None,
        "interrupted",
    ),
];

/// What a person or the system does.
#[derive(Clone, Copy, Debug)]
enum Act {
    Key(&'static str),
    #[cfg(unix)]
    Sends(Signal),
}

/// The act that ends every command on each system, with the exit code and the words.
const CTRL_C: (Act, i32, &str) = (Act::Key("\u{3}"), 130, "interrupted");

/// The others. Windows has no signals and no other key: Ctrl-Break is one that Wine does not deliver.
#[cfg(windows)]
const OTHER_ENDS: [(Act, i32, &str); 0] = [];
#[cfg(unix)]
const OTHER_ENDS: [(Act, i32, &str); 5] = [
    (Act::Sends(Signal::INT), 130, "interrupted"),
    (Act::Sends(Signal::TERM), 143, "terminated"),
    (Act::Sends(Signal::HUP), 143, "terminated"),
    (Act::Key("\u{1c}"), 131, ""),
    (Act::Sends(Signal::QUIT), 131, ""),
];

/// All that a run may have changed, but for locks: they are empty.
fn stored(world: &World) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        let Ok(entries) = std::fs::read_dir(folder) else {
            return;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                walk(&path, files);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                files.insert(path.display().to_string(), bytes);
            }
        }
    }
    let mut files = BTreeMap::new();
    for folder in ["state", "config"] {
        walk(&world.path(folder), &mut files);
    }
    files.retain(|_, bytes| !bytes.is_empty());
    files
}

fn act(terminal: &mut Terminal, act: Act) {
    match act {
        Act::Key(key) => terminal.types(key),
        #[cfg(unix)]
        Act::Sends(signal) => terminal.signal(signal),
    }
}

/// Does one act at the point where the row waits, and looks at what comes of it.
fn ends(world: &World, row: &Row, (act_of_it, code, words): (Act, i32, &str)) {
    let what = format!("{:?} and {act_of_it:?}", row.arguments);
    let mut terminal = world.at_terminal(100, row.arguments);
    terminal.wait_for(row.shows);
    act(&mut terminal, act_of_it);
    let ended = terminal.end();
    assert_eq!(ended.0.code, code, "{what}: {ended:#?}");
    assert!(ended.0.stdout.contains(words), "{what}: {ended:#?}");
}

/// Ctrl-Z, `fg`, and Ctrl-C: Windows has no job control.
#[cfg(unix)]
fn stops(world: &World, row: &Row) {
    let what = format!("{:?} and Ctrl-Z", row.arguments);
    let mut terminal = world.with_jobs(row.arguments);
    terminal.wait_for(row.shows);
    terminal.types("\u{1a}");
    terminal.wait_for("it has stopped");
    assert!(terminal.is_as_it_was("stopped"), "{what}");
    terminal.clear();
    terminal.types("\n");
    terminal.wait_for("it goes on");
    if row.shows == "Ctrl-C to cancel" {
        // Nothing says when it has the terminal again.
        terminal.signal(Signal::INT);
    } else {
        terminal.wait_for(row.shows).types("\u{3}");
    }
    let ended = terminal.end();
    assert_eq!(ended.0.code, 130, "{what}: {ended:#?}");
}

/// Every act, one after the other, and nothing has changed.
fn tried(world: &World, row: &Row) {
    let before = stored(world);
    ends(world, row, CTRL_C);
    for end in OTHER_ENDS {
        ends(world, row, end);
    }
    if let Some(code) = row.ended_input {
        ends(world, row, (Act::Key("\u{4}"), code, row.words));
    } else {
        let mut terminal = world.at_terminal(100, row.arguments);
        terminal.wait_for(row.shows).types("\u{4}\u{3}");
        drop(terminal.end().exits(130));
    }
    #[cfg(unix)]
    stops(world, row);
    assert_eq!(
        stored(world),
        before,
        "{:?} changed something",
        row.arguments
    );
    assert_eq!(world.refreshes(), 0, "{:?}", row.arguments);
    assert!(world.events("revoke").is_empty(), "{:?}", row.arguments);
}

/// Tries rows at the same time, each in a world of its own.
fn all_tried(rows: &[Row], world: impl Fn() -> World + Sync) {
    let left = Mutex::new(rows.iter());
    let next = || left.lock().unwrap().next();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while let Some(row) = next() {
                    tried(&world(), row);
                }
            });
        }
    });
}

#[test]
fn every_question_ends_by_key_and_signal_and_leaves_terminal_and_session_as_they_were() {
    all_tried(&SEALED, || {
        let mut world = World::new();
        world.encrypt();
        world.login().succeeds();
        let export = ["session", "export", "--copy", "old.export"];
        drop(world.run(&export).succeeds());
        world.unset("EPROSPERA_STORE_KEY");
        world
    });
}

#[test]
fn every_wait_ends_by_key_and_signal_and_leaves_the_terminal_as_it_was() {
    all_tried(&PLAIN, || {
        World::with(|options| {
            options.auto_approve = None;
            for client in &mut options.clients {
                client.grants.push(GrantType::DeviceCode);
            }
        })
    });
}

/// Windows has no job control.
#[test]
#[cfg(unix)]
fn a_key_that_is_typed_after_ctrl_z_opens_the_session_and_is_not_shown() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    world.unset("EPROSPERA_STORE_KEY");
    let mut terminal = world.with_jobs(&["token"]);
    terminal.wait_for(PASSPHRASE);
    terminal.types("\u{1a}");
    terminal.wait_for("it has stopped").clear();
    terminal.types("\n");
    terminal.wait_for(PASSPHRASE);
    let key = crate::world::STORE_KEY;
    terminal.types(&format!("wrong\u{15}{key}x\u{7f}\n"));
    let output = terminal.end().succeeds();
    assert!(output.stdout.contains(&world.access_token()), "{output:#?}");
    assert!(!output.stdout.contains(key), "{output:#?}");
}

/// Windows has no job control.
#[test]
#[cfg(unix)]
fn a_question_in_the_background_stops_until_it_is_in_the_foreground() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    world.unset("EPROSPERA_STORE_KEY");
    let mut shell = world.shell();
    shell.types("$EPROSPERA token & wait -n; jobs\n");
    shell.wait_for("Stopped");
    assert!(!shell.seen.contains(PASSPHRASE), "{}", shell.seen);
    shell.types("fg\n");
    shell.wait_for(PASSPHRASE);
    shell.types("\u{3}");
    shell.wait_for(" interrupted");
    shell.types("exit 0\n");
    drop(shell.end().succeeds());
}

#[test]
fn a_login_that_is_interrupted_at_the_key_never_leaves_the_terminal_changed() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    world.unset("EPROSPERA_STORE_KEY");
    let login = asks_for_the_key(&["login", "--no-browser"]);
    for _ in 0..20 {
        ends(&world, &login, CTRL_C);
        #[cfg(unix)]
        ends(
            &world,
            &login,
            (Act::Sends(Signal::TERM), 143, "terminated"),
        );
    }
}

/// The resident is signed in, and nobody else by themselves.
fn resident() -> World {
    let world = World::with(|options| options.auto_approve = None);
    let mut first = world.start_login(&[]);
    drop(first.decide("resident", "approve"));
    first.end().succeeds();
    world
}

/// A login of somebody else at the question whether it replaces the session, beside a terminal that took pastes.
fn another_signs_in(world: &World) -> (Terminal, JoinHandle<Page>) {
    let mut terminal = world.at_terminal(100, &["login", "--no-browser"]);
    let url = terminal.url();
    let visit = world.visit_as(url, "former");
    terminal.wait_for("[y/N]");
    (terminal, visit)
}

#[test]
fn a_yes_that_is_typed_once_and_corrected_replaces_the_session_of_another_account() {
    let world = resident();
    let (mut terminal, visit) = another_signs_in(&world);
    terminal.types("no\u{7f}\u{7f}y\n");
    let shown = terminal.end().succeeds().stdout;
    assert!(shown.contains("[y/N] "), "{shown}");
    assert_eq!(
        world.run(&["whoami", "--jq", ".email"]).succeeds().stdout,
        "j.brandvold@mail.example\n"
    );
    drop(world.block_on(visit));
}

#[test]
fn the_question_about_another_accounts_session_keeps_it_however_it_ends() {
    for (act_of_it, code, words) in [
        (Act::Key("\u{3}"), 130, "interrupted"),
        (Act::Key("\u{4}"), 6, "the input ended before the question"),
        #[cfg(windows)]
        (
            Act::Key("\u{1a}\n"),
            6,
            "the input ended before the question",
        ),
        (Act::Key("n\n"), 6, "already signed in as"),
        #[cfg(unix)]
        (Act::Sends(Signal::TERM), 143, "terminated"),
        #[cfg(unix)]
        (Act::Sends(Signal::QUIT), 131, ""),
    ] {
        let world = resident();
        let before = stored(&world);
        let (mut terminal, visit) = another_signs_in(&world);
        act(&mut terminal, act_of_it);
        let ended = terminal.end();
        assert_eq!(ended.0.code, code, "{act_of_it:?}: {ended:#?}");
        assert!(ended.0.stdout.contains(words), "{act_of_it:?}: {ended:#?}");
        assert_eq!(stored(&world), before, "{act_of_it:?}");
        visit.abort();
    }
}

#[test]
fn a_new_passphrase_is_typed_twice_and_an_old_one_once() {
    const NEW: &str = "New passphrase for the encrypted store: ";
    const AGAIN: &str = "Repeat the passphrase: ";
    let mut world = World::new();
    world.encrypt();
    world.unset("EPROSPERA_STORE_KEY");
    let commands: [&[&str]; 2] = [&["profile", "set", "client-secret"], &["login", "--paste"]];
    for command in commands {
        let mut terminal = world.at_terminal(200, command);
        if command[0] == "profile" {
            terminal.wait_for("Client secret: ");
            terminal.types("secret\n");
        }
        terminal.wait_for(NEW);
        terminal.types("one\n");
        terminal.wait_for(AGAIN);
        terminal.types("another\n");
        let output = terminal.end().exits(13);
        let screen = format!("{}{}", output.stdout, output.stderr);
        assert!(
            screen.contains("the two passphrases that you typed differ"),
            "{screen}"
        );
        assert!(!screen.contains("EPROSPERA_STORE_KEY"), "{screen}");
    }
    let mut terminal = world.at_terminal(200, commands[0]);
    terminal.wait_for("Client secret: ");
    terminal.types("secret\n");
    for question in [NEW, AGAIN] {
        terminal.wait_for(question);
        terminal.types("one\n");
    }
    drop(terminal.end().succeeds());
    let mut terminal = world.at_terminal(200, commands[1]);
    terminal.wait_for(PASSPHRASE);
    terminal.types("another\n");
    let output = terminal.end().exits(13);
    let screen = format!("{}{}", output.stdout, output.stderr);
    assert!(!screen.contains(AGAIN), "{screen}");
}
