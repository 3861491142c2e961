//! SIGKILL at every step of a rotation: the next start finds the old session, the new one,
//! or an unknown outcome with one safe way out.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::bench::{Bench, Facts, TestedStore, is_orderly, seconds};
use super::report::Table;
use super::tracer::{Moment, Step, Tracer};
use super::{side_by_side, size};
use crate::command_store::age_intent;

const KILLED: i32 = 128 + 9;
/// The most steps between the answer's arrival and the end of the run at which a kill may lose the
/// session: reading the answer, a look at the queue of events, and the write into the rescue file.
const MOST_STEPS_LOST: usize = 3;
/// For so long, in seconds, a helper that lost its lock may still be storing an answer.
const IN_FLIGHT: i64 = 61;

/// What became of the sessions of many killed processes.
#[derive(Default)]
struct Tally {
    kills: usize,
    locked: usize,
    /// Steps under the lock that the run to be killed ended without.
    missed: usize,
    old: usize,
    new: usize,
    unknown: usize,
    lost: usize,
    /// The steps after the answer's arrival at which a kill lost the session.
    lost_at: BTreeSet<String>,
    /// From the answer in the kernel to the refresh token in the rescue file.
    until_safe: Option<Duration>,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.kills += other.kills;
        self.locked += other.locked;
        self.old += other.old;
        self.new += other.new;
        self.unknown += other.unknown;
        self.lost += other.lost;
        self.lost_at.extend(other.lost_at.iter().cloned());
        self.until_safe = self.until_safe.max(other.until_safe);
    }

    fn row(&self, what: &[&str], time: &str) -> Vec<String> {
        let share = |count: usize| {
            let percent = 100.0 * f64::from(u32::try_from(count).unwrap())
                / f64::from(u32::try_from(self.kills.max(1)).unwrap());
            format!("{count} ({percent:.1} %)")
        };
        let mut cells: Vec<String> = what.iter().map(|&cell| cell.to_owned()).collect();
        cells.extend([
            self.kills.to_string(),
            self.locked.to_string(),
            share(self.old),
            share(self.new),
            share(self.unknown),
            share(self.lost),
            self.lost_at.len().to_string(),
            self.until_safe.map_or_else(String::new, |time| {
                format!("{:.2} ms", time.as_secs_f64() * 1e3)
            }),
            time.to_owned(),
        ]);
        cells
    }
}

/// A session whose commands are killed.
struct Sweep {
    bench: Bench,
    tracer: Tracer,
    tally: Tally,
}

impl Sweep {
    fn new(store: TestedStore) -> Self {
        let bench = Bench::short_lived(store);
        let tracer = Tracer::new(&bench.world);
        Self {
            bench,
            tracer,
            tally: Tally::default(),
        }
    }

    /// The steps of a command that rotates.
    fn steps(&self, arguments: &[&str]) -> Vec<Step> {
        self.prepare(arguments);
        self.bench.facts().unwrap();
        self.tracer.steps(&self.bench.world, arguments)
    }

    /// The median time from the answer's arrival until a kill costs nothing, the tracer's own time
    /// included.
    fn until_safe(&self) -> Duration {
        let world = &self.bench.world;
        let mut times: Vec<_> = (0..size(31, 3))
            .map(|_| self.tracer.time_until_spooled(world, &["refresh"]))
            .collect();
        times.sort_unstable();
        times[times.len() / 2]
    }

    /// `refresh` rotates while the access token is valid, `token` when it is not.
    fn prepare(&self, arguments: &[&str]) {
        if arguments == ["token"] {
            self.bench.refresh_and_expire();
        }
    }

    fn kill(&mut self, arguments: &[&str], step: &Step) {
        self.prepare(arguments);
        let world = &self.bench.world;
        let sent = world.refreshes();
        let rotations = self.bench.rotations();
        let before = self.bench.facts().unwrap();
        let output = self.tracer.strike(world, arguments, step, "signal=SIGKILL");
        let is_locked = step.moment == Moment::Locked;
        if output.code != KILLED {
            // This run took fewer steps than the one that was counted.
            assert_eq!(output.code, 0, "{step}: {output:#?}");
            self.tally.missed += usize::from(is_locked);
            return;
        }
        self.tally.kills += 1;
        self.tally.locked += usize::from(is_locked);
        let end = self.tracer.end_after_answer();
        let after = self.bench.facts().expect("nobody was signed out by a kill");
        let what = format!(
            "{arguments:?} killed at {step} ({:?}, {end:?})",
            step.moment
        );
        let own = self.settle(&what, before, after);
        if own == End::Lost {
            self.tally.lost_at.extend(end);
        }
        // One request from the command that was killed at most, and those that were meant.
        let sent = self.bench.world.refreshes() - sent;
        let rotated = self.bench.rotations() - rotations;
        match own {
            End::Old | End::Replayed => assert_eq!((sent, rotated), (1, 1), "{what}"),
            End::New => assert_eq!((sent, rotated), (2, 2), "{what}"),
            End::Lost => assert_eq!((sent, rotated), (2, 1), "{what}: only the server knew"),
        }
        if own == End::Lost {
            self.bench.world.login().succeeds();
        }
    }

    /// Goes on after a kill until it is clear what had happened.
    fn settle(&mut self, what: &str, before: Facts, after: Facts) -> End {
        let world = &self.bench.world;
        if after.unknown {
            assert_eq!(after.generation, before.generation, "{what}");
            self.tally.unknown += 1;
            return self.replay(what, after);
        }
        world.run(&["refresh"]).succeeds();
        if after.generation > before.generation {
            self.tally.new += 1;
            End::New
        } else {
            self.tally.old += 1;
            End::Old
        }
    }

    /// Takes the one safe way out of an unknown outcome.
    fn replay(&mut self, what: &str, after: Facts) -> End {
        let world = &self.bench.world;
        if after.stays_valid() {
            // Nothing is sent: the count of requests is checked by the caller.
            world.run(&["token"]).succeeds();
            world
                .run(&["refresh"])
                .exits(1)
                .because("the outcome of an earlier refresh is unknown");
        }
        self.bench.expire();
        if self.bench.store == TestedStore::Command {
            // Where a lock can be lost, its holder may be alive and about to store the answer.
            let early = world.run(&["token"]).exits(12);
            drop(early.because("may still be storing the response"));
            age_intent(world, IN_FLIGHT);
        }
        let output = world.run(&["token"]).0;
        assert!(is_orderly(&output), "{what}: {output:#?}");
        if output.code == 0 {
            assert_eq!(self.bench.facts().map(|facts| facts.unknown), Some(false));
            return End::Replayed;
        }
        assert_eq!(output.code, 3, "{what}: {output:#?}");
        let output = output.because("the session is lost");
        drop(output.because("an earlier refresh was cut off"));
        self.tally.lost += 1;
        // It is over: nothing is tried again.
        world.run(&["token"]).exits(3).because("not signed in");
        End::Lost
    }
}

/// How a session went on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Old,
    New,
    Replayed,
    Lost,
}

/// Kills a command at the steps of one run: each one under the lock, and for one store also each third
/// one before and after.
fn sweep(store: TestedStore, arguments: &[&str], stride: usize) -> Tally {
    let mut sweep = Sweep::new(store);
    let steps = sweep.steps(arguments);
    let (locked, others): (Vec<_>, Vec<_>) =
        steps.iter().partition(|step| step.moment == Moment::Locked);
    let others = others.into_iter().step_by(3 * stride);
    let others = others.filter(|_| store == TestedStore::PlainFile);
    for step in locked.into_iter().step_by(stride).chain(others) {
        sweep.kill(arguments, step);
    }
    // After all that the session is an ordinary one.
    sweep.bench.world.run(&["refresh"]).succeeds();
    sweep.tally.until_safe = Some(sweep.until_safe());
    let Tally {
        lost_at,
        locked,
        missed,
        ..
    } = &sweep.tally;
    let what = format!("{store:?} {arguments:?}");
    assert!(lost_at.len() <= MOST_STEPS_LOST, "{what}: {lost_at:?}");
    // How often a run waits differs a little from run to run: by a tenth, or by two of the few of a sample.
    assert!(
        *missed <= (*locked / 10).max(2) && missed < locked,
        "{what}: {missed} missed, {locked} struck"
    );
    sweep.tally
}

#[test]
fn a_session_survives_a_kill_at_every_step_of_a_rotation() {
    let columns = [
        "store",
        "command killed",
        "kills",
        "of these under the lock",
        "old session valid",
        "new session valid",
        "outcome unknown",
        "of all: session lost",
        "steps after the answer's arrival that lose it",
        "answer read until safe",
        "time",
    ];
    let mut table = Table::new("2-kill-sweep", "SIGKILL at every step", &columns);
    let begun = Instant::now();
    // Those that take longest begin. `token` with the keyring waits for an expiry before each kill.
    let sweeps = [
        (TestedStore::Keyring, "token", size(1, 31)),
        (TestedStore::Keyring, "refresh", size(1, 23)),
        (TestedStore::Command, "token", size(1, 31)),
        (TestedStore::Command, "refresh", size(1, 23)),
        (TestedStore::Passphrase, "refresh", size(1, 29)),
        (TestedStore::EncryptedFile, "refresh", size(1, 19)),
        (TestedStore::PlainFile, "token", size(1, 41)),
        (TestedStore::PlainFile, "refresh", size(1, 31)),
    ];
    let done = side_by_side(&sweeps, |&(store, command, stride)| {
        let begun = Instant::now();
        let tally = sweep(store, &[command], stride);
        (tally.row(&[store.name(), command], &seconds(begun)), tally)
    });
    let mut all = Tally::default();
    for (row, tally) in done.iter().rev() {
        table.row(row);
        all.add(tally);
    }
    table.row(&all.row(&["all", ""], &seconds(begun)));
    table.publish();
}
