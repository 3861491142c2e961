//! Ctrl-C, SIGTERM and timeouts: nothing is half-stored, and the port is free again.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use eprospera_sandbox::{Event, Options};

use crate::endings::ENDINGS;
use crate::sign_in::{Login, Process};
use crate::world::{World, wait_until};

/// Sooner than what is interrupted would end by itself, however busy the machine is.
const SOON: Duration = Duration::from_secs(60);

fn port_of(login: &Login) -> u16 {
    let uri: url::Url = login.parameter("redirect_uri").unwrap().parse().unwrap();
    uri.port().unwrap()
}

/// Sends what the sandbox was asked to a channel.
fn observed(options: &mut Options) -> mpsc::Receiver<Event> {
    let (send, receive) = mpsc::channel();
    let send = Mutex::new(send);
    options.on_event = Some(Arc::new(move |event: &Event| {
        // A test that has seen enough listens no more.
        drop(send.lock().unwrap().send(event.clone()));
    }));
    receive
}

#[test]
fn a_signal_ends_a_waiting_login_at_once() {
    for &(ending, code, name) in ENDINGS {
        let world = World::new();
        let mut login = world.start_login(&[]);
        login.process.wait_for("Ctrl-C to cancel");
        let port = port_of(&login);
        let begun = Instant::now();
        login.process.send(ending);
        let output = login.end().exits(code);
        assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
        assert_eq!(output.error()["code"], name);
        TcpListener::bind(("127.0.0.1", port)).expect("the port is free");
        assert!(world.nothing_is_stored());
    }
}

#[test]
fn a_login_that_nobody_answers_times_out_and_frees_the_port() {
    let world = World::new();
    let login = world.start_login(&["--timeout", "300ms"]);
    let port = port_of(&login);
    login
        .end()
        .exits(9)
        .because("the sign-in timed out after 300ms")
        .hinting("--timeout");
    TcpListener::bind(("127.0.0.1", port)).expect("the port is free");
    assert!(world.nothing_is_stored());
}

#[test]
fn ctrl_c_while_the_code_is_exchanged_stores_nothing() {
    let mut events = None;
    let world = World::with(|options| events = Some(observed(options)));
    world.fault("token:hang");
    let login = world.start_login(&[]);
    let visit = login.visit_in_background();
    let is_authorized = |event: Event| event.endpoint == "authorize";
    assert!(events.unwrap().iter().any(is_authorized));
    login.process.interrupt();
    login.end().exits(130);
    assert!(world.nothing_is_stored());
    visit.abort();
}

#[test]
fn ctrl_c_during_discovery_ends_at_once() {
    let world = World::new();
    world.fault("discovery:hang*1");
    let login = world.spawn(world.command(&["login", "--no-browser"]));
    wait_until("discovery was asked", || world.faults_left().is_empty());
    login.interrupt();
    login.end().exits(130);
    assert!(world.nothing_is_stored());
}

/// A refresh that is under way: its intent is written and its answer is slow.
fn refreshing(world: &World, pause: &str) -> Process {
    world.fault(&format!("token:slow={pause}*1"));
    let command = world.spawn(world.command(&["refresh"]));
    wait_until("the refresh is sent", || world.faults_left().is_empty());
    command
}

#[test]
fn the_first_ctrl_c_waits_for_the_rotation_to_be_stored() {
    let world = World::signed_in();
    // On Windows another process sends Ctrl-C, which takes a while.
    let refresh = refreshing(&world, if cfg!(windows) { "10s" } else { "1500ms" });
    refresh.interrupt();
    refresh
        .end()
        .exits(130)
        .says("finishing the token refresh first");
    assert!(world.record().unwrap().generation > 1);
    world.run(&["whoami"]).succeeds();
    world.run(&["refresh"]).succeeds();
    assert_eq!(world.refreshes(), 2);
}

/// `timeout` signals the process and its group, systemd sends a SIGHUP after it, npm passes on what
/// its group gets. Windows has no signals.
#[test]
#[cfg(unix)]
fn a_signal_that_comes_twice_at_once_waits_for_the_rotation_as_one() {
    let world = World::signed_in();
    let refresh = refreshing(&world, "1500ms");
    // Two of one kind could become one by themselves.
    refresh.signal(rustix::process::Signal::TERM);
    refresh.signal(rustix::process::Signal::HUP);
    refresh
        .end()
        .exits(143)
        .says("finishing the token refresh first");
    assert!(world.record().unwrap().generation > 1);
    world.run(&["refresh"]).succeeds();
}

#[test]
fn a_second_ctrl_c_ends_now_and_leaves_an_unknown_outcome() {
    let world = World::signed_in();
    let mut refresh = refreshing(&world, "5m");
    refresh.interrupt();
    refresh.wait_for("press Ctrl-C again");
    let begun = Instant::now();
    refresh.interrupt();
    refresh.end().exits(130);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    let status = world.run(&["status"]).succeeds().json();
    assert_eq!(status["session"]["refresh_outcome_unknown"], true);
    assert_eq!(status["session"]["generation"], 1);
}

#[test]
fn a_killed_refresh_leaves_a_session_that_settles_itself() {
    let world = World::signed_in();
    drop(refreshing(&world, "20s").kill());
    // The access token is valid: it is used, and nothing is sent.
    world.run(&["token"]).succeeds();
    assert_eq!(world.refreshes(), 0);
    // It has expired: the old refresh token is sent once, and the sandbox had not rotated it.
    world.expire_access_token();
    world.run(&["token"]).succeeds();
    assert_eq!(world.refreshes(), 1);
}
