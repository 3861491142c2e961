//! SIGINT and SIGTERM at every step of a rotation: no session is lost, no outcome is unknown.

use std::time::Instant;

use eprospera::store::Kind;

use super::bench::{Bench, name, seconds};
use super::report::Table;
use super::size;
use super::tracer::{Moment, Tracer};

#[derive(Default)]
struct Tally {
    signals: usize,
    locked: usize,
    rotated: usize,
}

fn sweep(kind: &Kind, signal: &str, code: i32) -> Tally {
    let bench = Bench::signed_in(kind);
    let tracer = Tracer::new(&bench.world);
    let mut tally = Tally::default();
    let steps = tracer.steps(&bench.world, &["refresh"]);
    // A command with the keyring takes many times as long.
    let stride = size(if *kind == Kind::Keyring { 7 } else { 1 }, 31);
    for step in steps.iter().step_by(stride) {
        let before = bench.facts().unwrap();
        let rotations = bench.rotations();
        let effect = format!("signal={signal}");
        let (output, moment) = tracer.strike(&bench.world, &["refresh"], step, &effect);
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
        tally.locked += usize::from(moment != Moment::Before);
        tally.rotated += rotated;
    }
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
    for kind in [Kind::PlainFile, Kind::EncryptedFile, Kind::Keyring] {
        for (signal, code) in [("SIGINT", 130), ("SIGTERM", 143)] {
            let begun = Instant::now();
            let tally = sweep(&kind, signal, code);
            table.row(&[
                name(&kind),
                signal,
                &tally.signals.to_string(),
                &tally.locked.to_string(),
                &tally.rotated.to_string(),
                "0",
                "0",
                &seconds(begun),
            ]);
        }
    }
    table.publish();
}
