//! A process that is stopped while an answer arrives: the answer is used when it runs again.

use std::time::Duration;

use eprospera_sandbox::GrantType;

use crate::sign_in::Process;
use crate::world::{World, wait_until};

/// Longer than any wait for an answer.
const PAUSE: Duration = Duration::from_secs(33);
/// An answer that leaves time to stop the process before it comes.
const SLOWLY: &str = "token:slow=2s*1";

fn world() -> World {
    World::with(|options| {
        for client in &mut options.clients {
            client.grants.push(GrantType::DeviceCode);
        }
        options.device_interval = Duration::from_secs(1);
    })
}

/// What a process is stopped in.
struct Stopped {
    world: World,
    process: Process,
}

/// Stops a process once its request has reached the token endpoint, and waits until the answer has left.
fn stop_before_the_answer(world: World, process: Process, asked_before: usize) -> Stopped {
    wait_until("the token endpoint is asked", || {
        world.faults_left().is_empty()
    });
    process.pause();
    wait_until("the answer leaves", || {
        world.events("token").len() > asked_before
    });
    let answered = world.events("token").pop().unwrap();
    assert_eq!(answered.status, Some(200), "{answered:?}");
    Stopped { world, process }
}

/// A refresh whose answer arrives while the process is stopped.
fn refresh(arguments: &[&str]) -> Stopped {
    let world = world();
    world.login().succeeds();
    world.expire_access_token();
    world.fault(SLOWLY);
    let process = world.spawn(world.command(arguments));
    stop_before_the_answer(world, process, 1)
}

/// The exchange of a code, likewise.
fn exchange() -> Stopped {
    let world = world();
    world.fault(SLOWLY);
    let login = world.start_login(&[]);
    drop(login.visit_in_background());
    stop_before_the_answer(world, login.process, 0)
}

/// The poll of a device login, likewise.
fn poll() -> Stopped {
    let world = world();
    world.fault(SLOWLY);
    let login = world.start(world.command(&["login", "--device"]));
    stop_before_the_answer(world, login.process, 0)
}

/// A login whose person comes back from the browser while it is stopped.
fn callback() -> Stopped {
    let world = world();
    let login = world.start_login(&["--timeout", "20s"]);
    login.process.pause();
    // The page waits for the answer of the stopped process.
    drop(login.visit_in_background());
    Stopped {
        world,
        process: login.process,
    }
}

#[test]
fn what_arrives_while_the_process_is_stopped_is_used_when_it_runs_again() {
    let stopped = [
        refresh(&["token"]),
        refresh(&["token", "--request-timeout", "1s"]),
        refresh(&["refresh"]),
        refresh(&["whoami"]),
        exchange(),
        poll(),
        callback(),
    ];
    // A pause is time that passes: no event tells of it.
    std::thread::sleep(PAUSE);
    for Stopped { world, process } in stopped {
        process.resume();
        process.end().succeeds();
        world.run(&["refresh"]).succeeds();
        let lost = |event: &eprospera_sandbox::Event| event.outcome.contains("revoked");
        assert!(!world.events("token").iter().any(lost));
    }
}
