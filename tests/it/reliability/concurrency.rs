//! Many processes meet at expiry: one refresh, everybody succeeds, no family is revoked.

use std::time::Instant;

use tokio::task::JoinSet;

use super::bench::{Bench, TestedStore, seconds};
use super::report::Table;
use super::{IS_FULL, size};
use crate::run::output;
use crate::world::wait_until;

fn successes(bench: &Bench, processes: usize) -> usize {
    let world = &bench.world;
    let commands: Vec<_> = (0..processes).map(|_| world.command(&["token"])).collect();
    let outputs = world.block_on(async {
        let mut running = JoinSet::new();
        for mut command in commands {
            let child = command.spawn().unwrap();
            running.spawn(output(child));
        }
        running.join_all().await
    });
    let first = outputs.first().unwrap().stdout.clone();
    for output in &outputs {
        assert_eq!((output.code, &output.stdout), (0, &first), "{output:#?}");
    }
    outputs.len()
}

fn measure(table: &mut Table, store: TestedStore, processes: usize) {
    let mut bench = Bench::signed_in(store);
    if bench.keyring.is_some() {
        // The record cannot be aged from outside, so a login yields a token of one second.
        bench.world.fault("token:expires-in=1*1");
        bench.world.login().succeeds();
        wait_until("the access token expires", || {
            bench.facts().is_some_and(|facts| facts.remaining == 0)
        });
    } else {
        bench.expire();
    }
    let begun = Instant::now();
    let successes = successes(&bench, processes);
    let time = seconds(begun);
    let (sent, revoked) = (bench.world.refreshes(), bench.families_revoked());
    assert_eq!((sent, revoked), (1, 0), "{store:?}, {processes} processes");
    bench.world.run(&["refresh"]).succeeds();
    table.row(&[
        store.name(),
        &processes.to_string(),
        &sent.to_string(),
        &successes.to_string(),
        &revoked.to_string(),
        &time,
    ]);
    drop(bench.keyring.take());
}

#[test]
fn processes_that_meet_at_expiry_share_one_refresh() {
    let columns = [
        "store",
        "processes",
        "refreshes sent",
        "successes",
        "families revoked",
        "wall time",
    ];
    let title = "Many processes at expiry";
    let mut table = Table::new("1-concurrency", title, &columns);
    // The crowds of the file stores are tests without real parts, too: the sample leaves them to those.
    let stores = if IS_FULL {
        &TestedStore::ALL[..]
    } else {
        &[TestedStore::Keyring]
    };
    for &store in stores {
        for processes in [2, 20, size(200, 50)] {
            measure(&mut table, store, processes);
        }
    }
    table.publish();
}
