//! Many finishes at once, and many beginnings: a code is sent once, and no login is lost.

use tokio::io::AsyncWriteExt as _;
use tokio::task::JoinSet;

use super::{answer_to, begin, device, exchanges, pending};
use crate::run::{Output, output};
use crate::world::World;

/// The same finish in many processes.
fn at_once(world: &World, count: usize, id: &str, pasted: &str) -> Vec<Output> {
    let commands = (0..count).map(|_| {
        let mut command = world.command(&["login", "--finish", id]);
        command.stdin(std::process::Stdio::piped());
        command
    });
    let commands: Vec<_> = commands.collect();
    world.block_on(async {
        let mut running = JoinSet::new();
        for mut command in commands {
            let mut child = command.spawn().unwrap();
            let mut stdin = child.stdin.take().unwrap();
            let pasted = pasted.to_owned();
            running.spawn(async move {
                drop(stdin.write_all(pasted.as_bytes()).await);
                drop(stdin);
                output(child).await
            });
        }
        running.join_all().await
    })
}

#[track_caller]
fn assert_one_succeeds(outputs: &[Output]) {
    let codes: Vec<_> = outputs.iter().map(|output| output.code).collect();
    let succeeded = codes.iter().filter(|code| **code == 0).count();
    assert_eq!(succeeded, 1, "{outputs:#?}");
    assert!(
        codes.iter().all(|code| [0, 6].contains(code)),
        "{outputs:#?}"
    );
}

#[test]
fn twenty_finishes_at_once_exchange_the_code_once() {
    let world = World::new();
    let begun = begin(&world, &[]);
    let answer = answer_to(&world, &begun);
    let outputs = at_once(&world, 20, &begun.id, &answer);
    assert_one_succeeds(&outputs);
    assert_eq!(exchanges(&world), 1);
    world.run(&["refresh"]).succeeds();
}

#[test]
fn many_finishes_of_a_device_take_turns_and_one_signs_in() {
    let world = device::with(|_| {});
    let begun = begin(&world, &["--device"]);
    let outputs = at_once(&world, 6, &begun.id, "");
    assert_one_succeeds(&outputs);
    world.run(&["refresh"]).succeeds();
}

#[test]
fn logins_that_begin_at_once_are_all_kept() {
    let world = World::new();
    let commands: Vec<_> = (0..6)
        .map(|_| world.command(&["login", "--begin"]))
        .collect();
    let outputs = world.block_on(async {
        let mut running = JoinSet::new();
        for mut command in commands {
            running.spawn(output(command.spawn().unwrap()));
        }
        running.join_all().await
    });
    assert!(
        outputs.iter().all(|output| output.code == 0),
        "{outputs:#?}"
    );
    let logins = pending(&world).unwrap()["logins"].clone();
    assert_eq!(logins.as_array().unwrap().len(), 6);
}
