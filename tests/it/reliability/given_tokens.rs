//! SIGKILL at the steps of `login --with-token`, with nothing stored and beside another session: the
//! same command goes on afterwards, and what was stored before stays.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use super::size;
use super::tracer::under;
use crate::run::Run;
use crate::world::World;

const KILLED: i32 = 128 + 9;
const WITH_TOKEN: [&str; 2] = ["login", "--with-token"];

/// The most steps at which a kill may lose the token: the wait for the answer, reading it, a look at
/// the queue of events, and writing the new token into the rescue file.
const MOST_STEPS_LOST: usize = 4;

/// A call of the first thread: its name, and which one of that name.
type Step = (String, usize);

fn traced(world: &World, options: &[&str]) -> Run {
    let log = world.path("trace").display().to_string();
    let options = [&["-qq", "-s", "0", "-o", &log][..], options].concat();
    let mut command = under(&world.command(&WITH_TOKEN), "strace", &options);
    command.stdin(File::open(world.path("given")).unwrap());
    world.finish(command)
}

/// Puts a refresh token into the file `given`; whether another session is stored then.
fn prepare(world: &World, is_beside: bool) {
    let forget = || drop(std::fs::remove_dir_all(world.path("state")));
    forget();
    world.login().succeeds();
    world.write("given", &world.refresh_token());
    forget();
    if is_beside {
        world.login().succeeds();
    }
}

/// The steps to be struck: those under the lock, or a sample of them.
fn steps(world: &World, is_beside: bool) -> Vec<Step> {
    prepare(world, is_beside);
    traced(world, &[]).succeeds();
    let log = std::fs::read_to_string(world.path("trace")).unwrap();
    let mut counts = BTreeMap::new();
    let mut steps: Vec<(Step, bool)> = Vec::new();
    for line in log.lines() {
        let Some((name, rest)) = line.split_once('(') else {
            continue;
        };
        let nth = counts.entry(name.to_owned()).or_insert(0);
        *nth += 1;
        let is_lock = name == "flock" && rest.contains("LOCK_EX");
        steps.push(((name.to_owned(), *nth), is_lock));
    }
    let first = steps.iter().position(|(_, is_lock)| *is_lock).unwrap();
    let chosen = steps.into_iter().skip(first + 1).map(|(step, _)| step);
    chosen
        .filter(|(name, _)| name != "exit_group")
        .step_by(size(1, 20))
        .collect()
}

/// Whether a kill at this step loses the token.
fn is_lost_at(world: &World, is_beside: bool, (name, nth): &Step) -> bool {
    prepare(world, is_beside);
    let what = format!("{name} {nth}, beside another session: {is_beside}");
    let injection = format!("inject={name}:signal=SIGKILL:when={nth}");
    let Run(killed) = traced(world, &["-e", &injection]);
    if killed.code != KILLED {
        assert_eq!(killed.code, 0, "{what}: {killed:#?}");
        return false;
    }
    if is_beside {
        world.run(&["token"]).succeeds();
    }
    let given = std::fs::read_to_string(world.path("given")).unwrap();
    let Run(again) = world.run_with_stdin(&WITH_TOKEN, &given);
    let was_complete = again.code == 3 && again.stderr.contains("has already been used");
    let is_lost = again.code != 0 && !was_complete;
    if is_lost {
        assert_eq!(again.code, 3, "{what}: {again:#?}");
    }
    if is_beside || !is_lost {
        world.run(&["token"]).succeeds();
        world.run(&["refresh"]).succeeds();
    }
    is_lost
}

#[test]
fn a_given_token_survives_a_kill_at_any_step_but_those_of_its_answer() {
    for is_beside in [false, true] {
        let world = World::new();
        let steps = steps(&world, is_beside);
        assert!(steps.len() > 5, "{steps:?}");
        let lost: BTreeSet<_> = steps
            .iter()
            .filter(|step| is_lost_at(&world, is_beside, step))
            .collect();
        assert!(lost.len() <= MOST_STEPS_LOST, "{lost:?}");
    }
}
