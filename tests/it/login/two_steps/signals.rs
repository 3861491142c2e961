//! Kills and signals between the steps: a login is pending or used, and nothing is half stored.

use super::{answer_to, begin, device, exchanges, finish, pending};
use crate::sign_in::Process;
use crate::world::{World, wait_until};

/// A finish whose pasted address was read, or that waits for one.
fn finishing(world: &World, id: &str, pasted: &str) -> Process {
    let mut command = world.command(&["login", "--finish", id]);
    command.stdin(std::process::Stdio::piped());
    let mut process = world.spawn(command);
    if !pasted.is_empty() {
        process.write(format!("{pasted}\n"));
    }
    process
}

#[test]
fn a_kill_before_the_code_is_sent_leaves_the_login_pending() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    std::fs::remove_dir_all(world.path("cache")).unwrap();
    world.fault("discovery:slow=20s*1");
    let process = finishing(&world, &begun.id, &answer);
    wait_until("the portal is asked", || world.faults_left().is_empty());
    drop(process.kill());
    assert_eq!(exchanges(&world), 0);
    finish(&world, &[&begun.id], &answer).succeeds();
}

#[test]
fn a_kill_while_the_code_is_exchanged_leaves_no_session_and_no_login() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    world.fault("token:slow=20s*1");
    let process = finishing(&world, &begun.id, &answer);
    wait_until("the code is sent", || world.faults_left().is_empty());
    drop(process.kill());
    assert!(world.record().is_none() && pending(&world).is_none());
    let output = finish(&world, &[&begun.id], &answer).exits(6);
    drop(output.hinting("login --begin"));
    world.login().succeeds();
}

#[test]
fn ctrl_c_before_the_code_is_sent_leaves_the_login_pending_and_says_so() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    std::fs::remove_dir_all(world.path("cache")).unwrap();
    world.fault("discovery:slow=20s*1");
    let process = finishing(&world, &begun.id, "");
    wait_until("the portal is asked", || world.faults_left().is_empty());
    process.interrupt();
    let output = process.end().exits(130);
    drop(output.hinting("still pending").hinting(&begun.id));
    finish(&world, &[&begun.id], &answer).succeeds();
}

#[test]
fn ctrl_c_while_the_code_is_exchanged_says_that_tokens_may_live() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    world.fault("token:slow=20s*1");
    let process = finishing(&world, &begun.id, &answer);
    wait_until("the code is sent", || world.faults_left().is_empty());
    process.interrupt();
    let output = process.end().exits(130);
    drop(
        output
            .says("stay valid until they expire")
            .hinting("login --begin"),
    );
    assert!(world.record().is_none());
    finish(&world, &[&begun.id], &answer).exits(6);
}

#[test]
fn ctrl_c_while_a_device_is_waited_for_leaves_the_code_to_be_approved() {
    let world = device::with(|options| options.auto_approve = None);
    let begun = begin(&world, &["--device"]);
    let mut process = finishing(&world, &begun.id, "");
    process.wait_for("Ctrl-C to cancel");
    process.interrupt();
    let output = process.end().exits(130);
    drop(output.hinting("still pending"));
    assert!(pending(&world).is_some());
}
