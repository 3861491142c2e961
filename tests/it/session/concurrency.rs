//! Many processes, one session: exactly one of them rotates.

use std::fs::File;
use std::process::ExitStatus;

use tokio::task::JoinSet;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

use crate::run::{LONGEST, Output};
use crate::world::World;

/// Runs one command many times at once. Their outputs go to files: pipes for all of them would be
/// more descriptors than some systems give.
fn at_once(world: &World, count: usize, arguments: &[&str]) -> Vec<Output> {
    let file = |index: usize, stream: &str| {
        let name = format!("{index}.{stream}");
        world.path("at-once").join(name)
    };
    std::fs::create_dir_all(world.path("at-once")).unwrap();
    let statuses = world.block_on(async {
        let mut running = JoinSet::new();
        for index in 0..count {
            let mut command = world.command(arguments);
            command.stdout(File::create(file(index, "stdout")).unwrap());
            command.stderr(File::create(file(index, "stderr")).unwrap());
            let mut child = command.spawn().unwrap();
            running.spawn(async move { (index, timeout(LONGEST, child.wait()).await) });
        }
        running.join_all().await
    });
    let read = |index, stream| std::fs::read_to_string(file(index, stream)).unwrap();
    let output = |(index, status): (usize, Result<std::io::Result<ExitStatus>, Elapsed>)| {
        let status = status.expect("the command hangs").unwrap();
        Output::new(read(index, "stdout"), read(index, "stderr"), status)
    };
    statuses.into_iter().map(output).collect()
}

fn assert_one_refresh(world: &World, outputs: &[Output]) {
    assert_eq!(world.refreshes(), 1);
    let expected = format!("{}\n", world.access_token());
    for output in outputs {
        assert_eq!((output.code, &output.stdout), (0, &expected), "{output:#?}");
        assert_eq!(output.stderr, "", "nobody was told to wait or to worry");
    }
    // No reuse was seen: the family lives.
    world.run(&["refresh"]).succeeds();
}

#[test]
fn two_hundred_processes_with_an_expired_token_refresh_once_and_all_succeed() {
    let world = World::signed_in();
    world.expire_access_token();
    let outputs = at_once(&world, 200, &["token"]);
    assert_eq!(outputs.len(), 200);
    assert_one_refresh(&world, &outputs);
}

#[test]
fn round_after_round_twenty_processes_at_expiry_rotate_once() {
    let rounds = if cfg!(feature = "reliability") { 12 } else { 3 };
    let world = World::signed_in();
    for round in 1..=rounds {
        world.expire_access_token();
        let outputs = at_once(&world, 20, &["token"]);
        assert_eq!(world.refreshes(), round);
        let expected = format!("{}\n", world.access_token());
        for output in outputs {
            assert_eq!((output.code, &output.stdout), (0, &expected), "{output:#?}");
        }
    }
}

#[test]
fn an_encrypted_file_is_shared_by_many_processes_as_well() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    world.expire_access_token();
    let outputs = at_once(&world, 50, &["token"]);
    assert_one_refresh(&world, &outputs);
}

#[test]
fn many_commands_that_meet_a_401_share_one_refresh() {
    let world = World::signed_in();
    world.revoke_access_token();
    let outputs = at_once(&world, 20, &["me", "natural-person"]);
    for output in &outputs {
        assert_eq!(output.code, 0, "{output:#?}");
        assert_eq!(output.json()["surname"], "Okafor-Lindström");
    }
    assert_eq!(world.refreshes(), 1);
    world.run(&["refresh"]).succeeds();
}

#[test]
fn commands_of_two_profiles_do_not_wait_for_each_other_nor_mix() {
    let world = World::signed_in();
    world.login_with(&["--profile", "other"]).succeeds();
    world.expire_access_token();
    let mut first = at_once(&world, 5, &["token"]);
    let second = at_once(&world, 5, &["token", "--profile", "other"]);
    assert_eq!(world.refreshes(), 1);
    first.extend(second);
    let mut tokens: Vec<_> = first.into_iter().map(|output| output.stdout).collect();
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 2);
}
