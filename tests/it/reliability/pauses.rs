//! A process that is stopped while a refresh is under way, and a `--request-timeout` that is shorter than the
//! provider is slow: in both cases the answer arrives, and nothing of it is lost.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::bench::{Bench, TestedStore};
use super::report::Table;
use super::{side_by_side, size};
use crate::sign_in::Process;
use crate::world::wait_until;

const STORES: [TestedStore; 5] = TestedStore::ALL;
/// Longer than any wait for an answer.
const PAUSE: Duration = Duration::from_secs(33);

/// What a refresh came to, which nothing may have cut off.
fn require_one_rotation(bench: &Bench, before: u64) {
    let after = bench.facts().expect("a session");
    assert!(!after.unknown && after.generation > before, "{after:?}");
    assert_eq!((bench.rotations(), bench.families_revoked()), (1, 0));
    bench.world.run(&["refresh"]).succeeds();
    assert_eq!((bench.rotations(), bench.families_revoked()), (2, 0));
}

/// A refresh whose process is stopped.
struct Stopped {
    bench: Bench,
    /// The generation before the refresh.
    before: u64,
    process: Process,
}

impl Stopped {
    /// Stops a refresh that has been sent, and waits until its answer has left.
    fn before_the_answer(store: TestedStore) -> Self {
        let bench = Bench::signed_in(store);
        let before = bench.facts().unwrap().generation;
        bench.world.fault("token:slow=2s*1");
        let process = bench.world.spawn(bench.world.command(&["refresh"]));
        let is_asked = || bench.world.faults_left().is_empty();
        wait_until("the provider is asked", is_asked);
        process.signal(Signal::STOP);
        wait_until("the answer leaves", || bench.rotations() == 1);
        Self {
            bench,
            before,
            process,
        }
    }

    fn goes_on(self) {
        self.process.signal(Signal::CONT);
        self.process.end().succeeds();
        require_one_rotation(&self.bench, self.before);
    }
}

/// A refresh with a timeout that the provider exceeds.
fn hurried(store: TestedStore) {
    let bench = Bench::signed_in(store);
    let before = bench.facts().unwrap().generation;
    bench.world.fault("token:slow=1500ms*1");
    let hurry = ["refresh", "--request-timeout", "100ms"];
    bench.world.run(&hurry).succeeds();
    require_one_rotation(&bench, before);
}

#[test]
fn no_session_is_lost_to_a_pause_or_to_a_short_timeout() {
    let columns = [
        "store",
        "refreshes",
        "of them",
        "outcome unknown",
        "sessions lost",
    ];
    let title = "A stopped process, and a timeout shorter than the provider is slow";
    let mut table = Table::new("8-pauses", title, &columns);
    let runs = size(10, 1);
    let each = STORES.into_iter();
    let each: Vec<_> = each
        .flat_map(|store| std::iter::repeat_n(store, runs))
        .collect();
    // All of them rest together, and the others hurry meanwhile: only a pause takes its time.
    let stopped = side_by_side(&each, |&store| Stopped::before_the_answer(store));
    let begun = Instant::now();
    side_by_side(&each, |&store| hurried(store));
    std::thread::sleep(PAUSE.saturating_sub(begun.elapsed()));
    stopped.into_iter().for_each(Stopped::goes_on);
    for store in STORES {
        for what in [
            "stopped for 33 s while the answer arrives",
            "with `--request-timeout 100ms`, answered after 1.5 s",
        ] {
            table.row(&[store.name(), &runs.to_string(), what, "0", "0"]);
        }
    }
    table.publish();
}
