//! Many processes, one session: exactly one of them rotates (R33, R38).

use tokio::process::Command;
use tokio::task::JoinSet;

use crate::run::{Output, output};
use crate::world::World;

/// Runs one command many times at once.
fn at_once(world: &World, count: usize, arguments: &[&str]) -> Vec<Output> {
    let commands: Vec<Command> = (0..count).map(|_| world.command(arguments)).collect();
    world.block_on(async {
        let mut running = JoinSet::new();
        for mut command in commands {
            let child = command.spawn().unwrap();
            running.spawn(output(child));
        }
        running.join_all().await
    })
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
