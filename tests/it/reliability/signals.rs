//! SIGINT and SIGTERM at every step of a rotation: no session is lost, no outcome is unknown.

use std::time::Instant;

use super::bench::{Bench, TestedStore, seconds};
use super::report::Table;
use super::tracer::{Moment, Tracer};
use super::{side_by_side, size};

#[derive(Default)]
struct Tally {
    signals: usize,
    ended: usize,
    locked: usize,
    rotated: usize,
}

fn sweep(store: TestedStore, signal: &str, code: i32) -> Tally {
    let bench = Bench::signed_in(store);
    let tracer = Tracer::new(&bench.world);
    let mut tally = Tally::default();
    let steps = tracer.steps(&bench.world, &["refresh"]);
    // What holds a signal back is the same with every store.
    let is_first = store == TestedStore::PlainFile;
    let stride = if is_first { size(1, 47) } else { size(7, 79) };
    for step in steps.iter().step_by(stride) {
        let before = bench.facts().unwrap();
        let rotations = bench.rotations();
        let effect = format!("signal={signal}");
        let output = tracer.strike(&bench.world, &["refresh"], step, &effect);
        // One that comes when all is done, or is not reached, changes nothing any more.
        assert!([0, code].contains(&output.code), "{step}: {output:#?}");
        let after = bench.facts().expect("a session");
        assert!(!after.unknown, "{signal} at {step}: {output:#?}");
        let rotated = bench.rotations() - rotations;
        assert_eq!(
            after.generation > before.generation,
            rotated == 1,
            "{signal} at {step}: what the server rotated is stored"
        );
        tally.signals += 1;
        tally.ended += usize::from(output.code == code);
        tally.locked += usize::from(step.moment != Moment::Before);
        tally.rotated += rotated;
    }
    assert!(tally.ended > 0, "{signal} is ignored where these tests run");
    bench.world.run(&["refresh"]).succeeds();
    assert_eq!(bench.families_revoked(), 0);
    tally
}

#[test]
fn no_session_is_lost_to_a_signal_that_can_be_held() {
    let columns = [
        "store",
        "signal",
        "signals",
        "runs that had taken the lock",
        "runs that rotated and stored",
        "outcome unknown",
        "sessions lost",
        "time",
    ];
    let title = "SIGINT and SIGTERM at every step";
    let mut table = Table::new("3-signals", title, &columns);
    let signals = [("SIGINT", 130), ("SIGTERM", 143)];
    let sweeps = TestedStore::ALL.map(|store| signals.map(|signal| (store, signal)));
    let rows = side_by_side(sweeps.as_flattened(), |&(store, (signal, code))| {
        let begun = Instant::now();
        let tally = sweep(store, signal, code);
        [
            store.name().to_owned(),
            signal.to_owned(),
            tally.signals.to_string(),
            tally.locked.to_string(),
            tally.rotated.to_string(),
            "0".to_owned(),
            "0".to_owned(),
            seconds(begun),
        ]
    });
    for row in rows {
        table.row(&row);
    }
    table.publish();
}
