//! A process that is stopped while a refresh is under way, and a `--request-timeout` that is shorter than the
//! provider is slow: in both cases the answer arrives, and nothing of it is lost.

use std::time::{Duration, Instant};

use eprospera::store::Kind;
use rustix::process::Signal;

use super::bench::{Bench, name, seconds};
use super::report::Table;
use super::size;
use crate::world::wait_until;

const KINDS: [Kind; 3] = [Kind::PlainFile, Kind::EncryptedFile, Kind::Keyring];
/// Longer than any wait for an answer.
const PAUSE: Duration = Duration::from_secs(33);

/// So many refreshes with a kind of store.
type Measure = fn(&Kind, usize);

/// What a refresh came to, which nothing may have cut off.
fn require_one_rotation(bench: &Bench, before: u64) {
    let after = bench.facts().expect("a session");
    assert!(!after.unknown && after.generation > before, "{after:?}");
    assert_eq!((bench.rotations(), bench.families_revoked()), (1, 0));
    bench.world.run(&["refresh"]).succeeds();
    assert_eq!((bench.rotations(), bench.families_revoked()), (2, 0));
}

/// Stops as many refreshes at once, each of a session of its own, until their timers would long be due.
fn paused(kind: &Kind, runs: usize) {
    let benches: Vec<_> = (0..runs).map(|_| Bench::signed_in(kind)).collect();
    let stopped: Vec<_> = benches
        .iter()
        .map(|bench| {
            let before = bench.facts().unwrap().generation;
            bench.world.fault("token:slow=2s*1");
            let process = bench.world.spawn(bench.world.command(&["refresh"]));
            let is_asked = || bench.world.faults_left().is_empty();
            wait_until("the provider is asked", is_asked);
            process.signal(Signal::STOP);
            wait_until("the answer leaves", || bench.rotations() == 1);
            (before, process)
        })
        .collect();
    std::thread::sleep(PAUSE);
    for (bench, (before, process)) in benches.iter().zip(stopped) {
        process.signal(Signal::CONT);
        process.end().succeeds();
        require_one_rotation(bench, before);
    }
}

/// Refreshes with a timeout that the provider exceeds.
fn hurried(kind: &Kind, runs: usize) {
    for _ in 0..runs {
        let bench = Bench::signed_in(kind);
        let before = bench.facts().unwrap().generation;
        bench.world.fault("token:slow=1500ms*1");
        let hurry = ["refresh", "--request-timeout", "100ms"];
        bench.world.run(&hurry).succeeds();
        require_one_rotation(&bench, before);
    }
}

#[test]
fn no_session_is_lost_to_a_pause_or_to_a_short_timeout() {
    let columns = [
        "store",
        "refreshes",
        "of them",
        "outcome unknown",
        "sessions lost",
        "time",
    ];
    let title = "A stopped process, and a timeout shorter than the provider is slow";
    let mut table = Table::new("8-pauses", title, &columns);
    let measures: [(&str, Measure); 2] = [
        ("stopped for 33 s while the answer arrives", paused),
        (
            "with `--request-timeout 100ms`, answered after 1.5 s",
            hurried,
        ),
    ];
    for kind in KINDS {
        for (what, measure) in measures {
            let (runs, begun) = (size(10, 1), Instant::now());
            measure(&kind, runs);
            let runs = runs.to_string();
            let row = [name(&kind), &runs, what, "0", "0", &seconds(begun)];
            table.row(&row);
        }
    }
    table.publish();
}
