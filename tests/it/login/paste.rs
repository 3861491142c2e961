//! `login` whose answer is pasted: on the terminal beside the listener, or where nothing listens.
//! What is pasted is judged like any callback, and exchanged once.

/// Tests have no terminal on macOS.
#[cfg(any(target_os = "linux", windows))]
mod terminal;

use std::net::TcpListener;

use url::Url;

use crate::browser::Browser;
use crate::sign_in::Login;
use crate::world::World;

const WAITS: &str = "Ctrl-C to cancel";

/// A world whose program asks its person, as it does outside of tests.
fn world() -> World {
    World::new()
}

/// The address at which a browser would end.
fn answer_to(world: &World, url: &Url) -> String {
    let sent_to = async { Browser::new().sent_to(url).await };
    world.block_on(sent_to).into()
}

fn exchanges(world: &World) -> usize {
    let mut exchanges = world.events("token");
    exchanges.retain(|event| event.grant_type == Some("authorization_code"));
    exchanges.len()
}

/// A login without a terminal whose stdin can be written to.
fn piped(world: &World, flags: &[&str]) -> Login {
    let mut command = world.command(&[&["login", "--no-browser", "--paste"], flags].concat());
    command.stdin(std::process::Stdio::piped());
    let mut login = world.start(command);
    login.process.wait_for(WAITS);
    login
}

#[test]
fn with_paste_nothing_listens_and_a_script_can_write_the_answer() {
    let world = world();
    let mut login = piped(&world, &["-vv"]);
    let port = Url::parse(&world.redirect_uris[0]).unwrap().port().unwrap();
    TcpListener::bind(("127.0.0.1", port)).expect("nothing listens");
    let answer = answer_to(&world, &login.url());
    login.process.write("nonsense\n");
    login
        .process
        .wait_for("that is not the response to this login");
    login.process.write(format!("{answer}\n"));
    let said = login.end().succeeds().stderr;
    let code = Url::parse(&answer).unwrap();
    let code = code.query_pairs().find(|(name, _)| name == "code");
    assert!(!said.contains(&*code.unwrap().1), "{said}");
    assert_eq!(exchanges(&world), 1);
}

#[test]
fn a_stdin_that_ends_early_is_said_so() {
    let world = world();
    world
        .run(&["login", "--paste", "--no-browser"])
        .exits(2)
        .because("stdin ended before");
    assert!(world.nothing_is_stored());
}

#[test]
fn a_free_redirect_uri_of_this_machine_is_preferred_to_pasting() {
    let mut world = world();
    let own = world.redirect_uris[1].clone();
    world.set(
        "EPROSPERA_REDIRECT_URI",
        &format!("https://app.example/callback {own}"),
    );
    let mut login = world.start_login(&[]);
    assert_eq!(login.parameter("redirect_uri").unwrap(), own);
    login.visit();
    login.end().succeeds();
}

#[test]
fn what_no_address_carries_cannot_be_pasted() {
    world()
        .login_with(&["--paste", "--response-mode", "form_post"])
        .exits(2)
        .because("so it cannot be pasted");
}

#[test]
fn an_address_among_words_of_another_encoding_is_read() {
    let before = [&b"F\xfcr dich: "[..], b"\xab", b"", b"na\xefve\n"];
    let behind = [&b" sch\xf6ner Tag\n"[..], b"\xbb\n", b"\xe9\n", b"\n"];
    for (before, behind) in before.into_iter().zip(behind) {
        let world = world();
        let mut login = piped(&world, &[]);
        let answer = answer_to(&world, &login.url());
        login
            .process
            .write([before, answer.as_bytes(), behind].concat());
        login.end().succeeds();
    }
}

#[test]
fn a_paste_without_any_text_is_not_dropped_without_a_word() {
    let world = world();
    let mut login = piped(&world, &[]);
    login.process.write(b"\xff\xfe\x9c\n");
    login
        .process
        .wait_for("that is not the response to this login");
    let answer = answer_to(&world, &login.url());
    login.process.write(format!("{answer}\n"));
    login.end().succeeds();
}
