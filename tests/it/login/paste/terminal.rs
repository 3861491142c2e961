//! On a terminal, beside the listener or in its place.

use std::net::TcpListener;

use url::Url;

use super::{answer_to, exchanges, world};
use crate::browser::Browser;
use crate::terminal::Terminal;
use crate::world::World;

const BEGINNING: &str = "\u{1b}[200~";
const END: &str = "\u{1b}[201~";

fn waiting(world: &World, flags: &[&str]) -> (Terminal, Url) {
    let flags = [&["login", "--no-browser"], flags].concat();
    let mut terminal = world.at_terminal(80, &flags);
    let url = terminal.url();
    (terminal, url)
}

#[test]
fn an_address_pasted_beside_the_listener_signs_in_and_is_not_shown() {
    let world = world();
    let (mut terminal, url) = waiting(&world, &[]);
    let answer = answer_to(&world, &url);
    terminal.types(&format!("{answer}\n"));
    let screen = terminal.end().succeeds().stdout;
    assert!(
        screen.contains("Signed in as amara.okafor@mail.example"),
        "{screen}"
    );
    let (_, parameters) = answer.split_once('?').unwrap();
    assert!(!screen.contains(parameters), "{screen}");
    assert_eq!(exchanges(&world), 1);
    // The port is free again.
    let port = Url::parse(&world.redirect_uris[0]).unwrap().port().unwrap();
    TcpListener::bind(("127.0.0.1", port)).expect("the port is free");
}

#[test]
fn a_paste_is_repaired_however_the_terminal_wrapped_and_marked_it() {
    let wrapped = |answer: &str| {
        let (head, tail) = answer.split_at(50);
        format!("{BEGINNING}{head}\r\n  {tail}{END}")
    };
    let long = |answer: &str| format!("<{answer}&padding={}>\n", "x".repeat(9000));
    let bare = |answer: &str| format!("{}\n", answer.split_once('?').unwrap().1);
    let typed = |answer: &str| format!("oops\u{15}{answer}z\u{7f}\n");
    let ways: [&dyn Fn(&str) -> String; 4] = [&wrapped, &long, &bare, &typed];
    for way in ways {
        let world = world();
        let (mut terminal, url) = waiting(&world, &[]);
        let pasted = way(&answer_to(&world, &url));
        terminal.types(&pasted);
        terminal.end().succeeds();
        assert_eq!(exchanges(&world), 1, "{pasted}");
    }
}

#[test]
fn a_wrong_paste_is_explained_and_the_wait_goes_on() {
    let world = world();
    let (mut terminal, url) = waiting(&world, &[]);
    let other = world.start_login(&["--paste"]);
    let of_another = answer_to(&world, &other.url());
    other.end().exits(2).because("stdin ended");
    let of_this = answer_to(&world, &url);
    let state = url
        .query_pairs()
        .find(|(name, _)| name == "state")
        .unwrap()
        .1;
    let stateless = of_this.replace(&*state, "").replace("state=", "");
    for (pasted, words) in [
        ("y", "that is not the response to this login"),
        (url.as_str(), "that is the address to open"),
        (&of_another, "that is the response to another login"),
        (&stateless, "that is not the whole address"),
    ] {
        terminal.types(&format!("{pasted}\n"));
        terminal.wait_for(words);
    }
    assert_eq!(exchanges(&world), 0);
    terminal.types(&format!("{BEGINNING}{of_this}{END}"));
    terminal.end().succeeds();
    assert_eq!(exchanges(&world), 1);
}

#[test]
fn the_browser_wins_when_it_comes_first_and_nothing_waits_for_a_key() {
    let world = world();
    let (terminal, url) = waiting(&world, &[]);
    let page = world.block_on(async { Browser::new().open(&url).await });
    page.says("You are signed in");
    terminal.end().succeeds();
    assert_eq!(exchanges(&world), 1);
}

#[test]
fn browser_and_paste_at_once_exchange_the_code_once() {
    let world = world();
    let (mut terminal, url) = waiting(&world, &[]);
    let answer = answer_to(&world, &url);
    let callback = answer.clone();
    // The tab may be answered or left alone, as the other way wins.
    let tab = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        runtime.block_on(client.get(callback).send()).is_ok()
    });
    terminal.types(&format!("{answer}\n"));
    terminal.end().succeeds();
    drop(tab.join());
    assert_eq!(exchanges(&world), 1);
}

#[test]
fn a_pasted_denial_ends_the_login() {
    let world = World::with(|options| options.auto_approve = None);
    world.fault("authorize:error=access_denied");
    let (mut terminal, url) = waiting(&world, &["--paste"]);
    let denial = answer_to(&world, &url);
    terminal.types(&format!("{denial}\n"));
    let screen = terminal.end().exits(4).stdout;
    assert!(screen.contains("consent was denied"), "{screen}");
    assert!(world.nothing_is_stored());
}

#[test]
fn ctrl_c_ends_the_wait_at_once_and_leaves_the_terminal_as_it_was() {
    for flags in [&[][..], &["--paste"]] {
        let world = world();
        let (mut terminal, _) = waiting(&world, flags);
        terminal.types("half an addr");
        terminal.types("\u{3}");
        terminal.end().exits(130);
        assert!(world.nothing_is_stored());
    }
}

/// Windows has no job control.
#[test]
#[cfg(target_os = "linux")]
fn ctrl_z_gives_the_terminal_back_and_the_foreground_takes_it_over_again() {
    let world = world();
    let mut shell = world.shell();
    shell.types("$EPROSPERA login --no-browser; exit\n");
    let url = shell.url();
    let answer = answer_to(&world, &url);
    shell.types("\u{1a}");
    shell.wait_for("Stopped");
    shell.clear();
    // In the background it takes no key from whoever is at the terminal.
    shell.types("bg; stty -a; echo ca''lm; jobs; echo do''ne\n");
    shell.wait_for("calm").wait_for("done");
    let screen = &shell.seen;
    assert!(
        screen.contains(" icanon") && screen.contains("Running"),
        "{screen}"
    );
    shell.clear();
    shell.types("fg; exit\n");
    // Paste marks are asked for, so the terminal is taken over.
    shell.wait_for("--no-browser\r\n\u{1b}[?2004h");
    shell.types(&format!("{answer}\n"));
    let screen = shell.end().succeeds().stdout;
    assert!(
        screen.contains("Signed in as") && !screen.contains("state="),
        "{screen}"
    );
}

#[test]
fn a_timeout_leaves_the_terminal_as_it_was() {
    let world = world();
    let (terminal, _) = waiting(&world, &["--timeout", "300ms"]);
    terminal.end().exits(9);
}

#[test]
fn nothing_is_read_from_the_terminal_without_input() {
    let world = world();
    let (mut terminal, url) = waiting(&world, &["--no-input"]);
    assert!(!terminal.seen.contains("paste"), "{}", terminal.seen);
    terminal.types("y\n");
    world.block_on(async { Browser::new().open(&url).await });
    let screen = terminal.end().succeeds().stdout;
    assert!(!screen.contains("warning:"), "{screen}");
    world
        .at_terminal(80, &["login", "--paste", "--no-input"])
        .end()
        .exits(2);
}

#[test]
fn a_redirect_uri_of_another_machine_is_pasted_and_never_bound() {
    for uri in ["https://app.example/callback", "com.example.app:/callback"] {
        let mut world = World::with(|options| {
            options.clients[0].redirect_uris = vec![uri.to_owned()];
        });
        world.set("EPROSPERA_REDIRECT_URI", uri);
        let (mut terminal, url) = waiting(&world, &[]);
        assert!(
            terminal.seen.contains(&format!("begins with {uri}")),
            "{}",
            terminal.seen
        );
        let answer = answer_to(&world, &url);
        assert!(answer.starts_with(uri), "{answer}");
        terminal.types(&format!("{answer}\n"));
        terminal.end().succeeds();
        world
            .login()
            .exits(2)
            .because(&format!("cannot listen on {uri}"))
            .hinting("--paste");
    }
}

#[test]
fn an_answer_in_the_fragment_can_be_pasted() {
    let world = world();
    let (mut terminal, url) = waiting(&world, &["--paste", "--response-mode", "fragment"]);
    let answer = answer_to(&world, &url);
    assert!(answer.contains('#'), "{answer}");
    terminal.types(&format!("{answer}\n"));
    terminal.end().succeeds();
}
