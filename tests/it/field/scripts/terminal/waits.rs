//! What moves while a person waits, and the way to the browser.

use super::Screen;
#[cfg(unix)]
use super::stripped;
use crate::me::signed_in_as;
use crate::world::World;

/// With what moves while a person waits.
fn screen(world: &World) -> Screen<'_> {
    Screen {
        #[cfg(unix)]
        shows_waits: true,
        ..super::screen(world)
    }
}

const WAITING: &str = "Waiting for the portal…";

/// A console shows what is there, a terminal of Unix was sent all that ever was.
#[test]
#[cfg(windows)]
fn a_wait_is_shown_and_nothing_of_it_is_left() {
    let world = signed_in_as("resident");
    for (command, words) in [
        (&["me", "residency"][..], WAITING),
        (&["me", "residency", "--json"], WAITING),
        (&["refresh"], "Refreshing the session…"),
    ] {
        world.fault("me:slow=3s*1");
        world.fault("token:slow=3s*1");
        let mut terminal = world.at_terminal(80, command);
        terminal.wait_for(words);
        let shown = terminal.end().succeeds().stdout;
        assert!(!shown.contains(words), "{shown:?}");
        world.sandbox().clear_faults();
    }
}

/// The sequences that erase a line are what a terminal of Unix was sent.
#[test]
#[cfg(unix)]
fn a_wait_is_shown_and_nothing_of_it_is_left() {
    let world = signed_in_as("resident");
    for (line, words) in [
        ("$E me residency", WAITING),
        ("$E me residency --json", WAITING),
        ("$E me residency | cat", WAITING),
        ("$E refresh", "Refreshing the session…"),
    ] {
        world.fault("me:slow=1s");
        world.fault("token:slow=1s");
        let shown = screen(&world).run(line).stdout;
        let Some((_, after)) = shown.rsplit_once(words) else {
            panic!("{line}: {shown:?}");
        };
        // The line is erased before anything else is printed.
        let erased = after
            .find("\u{1b}[2K")
            .unwrap_or_else(|| panic!("{line}: {shown:?}"));
        let between = stripped(&after[..erased]);
        assert_eq!(between.trim(), "", "{line}: {shown:?}");
    }
}

#[test]
fn a_wait_is_not_shown_without_a_terminal_or_where_it_would_disturb() {
    let world = signed_in_as("resident");
    for line in [
        "$E me residency -q",
        "$E me residency -v",
        "TERM=dumb $E me residency",
        "$E me residency 2> error; cat error",
    ] {
        world.fault("me:slow=1s");
        let shown = screen(&world).run(line).stdout;
        assert!(!shown.contains(WAITING), "{line}: {shown:?}");
    }
    world.fault("me:slow=1s");
    let piped = world.run(&["me", "residency"]).succeeds();
    assert_eq!(piped.stderr, "");
}

#[test]
fn ctrl_c_ends_a_wait_and_leaves_nothing_of_it() {
    let world = signed_in_as("resident");
    world.fault("me:hang");
    let mut terminal = world.at_terminal(80, &["me", "residency"]);
    terminal.wait_for(WAITING).types("\u{3}");
    let shown = terminal.end().exits(130).stdout;
    // A pseudoterminal has it all, a console what is left.
    let left = if cfg!(windows) {
        &shown
    } else {
        let (_, after) = shown.rsplit_once(WAITING).unwrap();
        &after[after.find("\u{1b}[2K").unwrap()..]
    };
    assert!(left.contains("interrupted"), "{shown:?}");
    assert!(!left.contains(WAITING), "{shown:?}");
}

#[test]
fn a_question_is_not_drawn_over() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    world.unset("EPROSPERA_STORE_KEY");
    let mut terminal = world.at_terminal(80, &["whoami"]);
    terminal.wait_for("Passphrase for the encrypted store: ");
    terminal.types("wrong\r");
    let shown = terminal.end().exits(13).stdout;
    assert!(!shown.contains("Waiting"), "{shown:?}");
}

/// A console of Windows shows no sequences, and of a link nothing else.
#[test]
#[cfg(unix)]
fn the_sign_in_address_is_a_link_where_terminals_know_links() {
    let world = World::new();
    for variable in [
        ("FORCE_HYPERLINK", "1"),
        ("VTE_VERSION", "7600"),
        ("TERM_PROGRAM", "WezTerm"),
    ] {
        let variables = [variable];
        let screen = Screen {
            variables: &variables,
            ..screen(&world)
        };
        let shown = screen.run("$E login --no-browser --timeout 1s").stdout;
        let (_, link) = shown.split_once("\u{1b}]8;;").unwrap();
        let (address, rest) = link.split_once("\u{1b}\\").unwrap();
        assert!(address.contains("code_challenge_method=S256"), "{shown:?}");
        assert!(rest.starts_with(address), "{shown:?}");
        let (_, end) = rest.split_once(address).unwrap();
        assert!(end.starts_with("\u{1b}]8;;\u{1b}\\"), "{shown:?}");
    }
    let shown = screen(&world)
        .run("$E login --no-browser --timeout 1s")
        .stdout;
    assert!(!shown.contains("\u{1b}]8"), "{shown:?}");
    let forced = [("FORCE_HYPERLINK", "1")];
    let login = ["login", "--no-browser", "--timeout", "1s"];
    let piped = world.run_in(&forced, &login).exits(9).stderr;
    assert!(!piped.contains('\u{1b}'), "{piped:?}");
}

#[test]
fn a_login_says_whether_it_opens_a_browser_and_shows_the_address_either_way() {
    let world = World::new();
    let opens = world.run(&["login", "--browser", "/bin/true", "--timeout", "1s"]);
    let opens = opens.exits(9).stderr;
    let said = opens
        .find("Opening your browser … If it does not open")
        .unwrap();
    let address = opens.find("code_challenge_method=S256").unwrap();
    let waits = opens.find("Waiting up to 1s").unwrap();
    assert!(said < address && address < waits, "{opens}");
    let shown = world.run(&["login", "--no-browser", "--timeout", "1s"]);
    let shown = shown.exits(9).stderr;
    assert!(shown.contains("Open this URL in a browser"), "{shown}");
    assert!(!shown.contains("Opening"), "{shown}");
}
