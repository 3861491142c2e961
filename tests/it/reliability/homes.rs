//! Processes of one user that differ in `HOME` and the `XDG_*` folders, as in a Flatpak, in a snap
//! or below `sudo -E`, meet at expiry: one refresh, everybody succeeds, no family is revoked.

use std::time::Instant;

use eprospera::store::StoreKind;
use tokio::process::Command;
use tokio::task::JoinSet;

use super::bench::{Bench, name, seconds};
use super::report::Table;
use super::size;
use crate::command_store::with_helper;
use crate::run::output;
use crate::world::{World, wait_until};

/// The program as it runs in another home; where the session is a file of the state folder, that
/// folder is the same by another path.
fn at_home(world: &World, number: usize, arguments: &[&str]) -> Command {
    let home = world.path(&format!("homes/{number}"));
    std::fs::create_dir_all(&home).unwrap();
    let mut command = world.command(arguments);
    for (variable, below) in [
        ("HOME", ""),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_STATE_HOME", ".var/app/org.example.Editor/.local/state"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
        ("EPROSPERA_CONFIG_DIR", "snap/config"),
        ("EPROSPERA_STATE_DIR", "snap/state"),
        ("EPROSPERA_CACHE_DIR", "snap/cache"),
    ] {
        command.env(variable, home.join(below));
    }
    if world.store.is_in_state_folder() {
        let alias = home.join("alias");
        if !alias.exists() {
            std::os::unix::fs::symlink(world.path(""), &alias).unwrap();
        }
        command.env("EPROSPERA_STATE_DIR", alias.join("state"));
    }
    command
}

fn signed_in(kind: &StoreKind) -> Bench {
    let bench = Bench::empty(kind);
    if bench.keyring.is_some() {
        // The record cannot be aged from outside, so a login yields a token of one second.
        bench.world.fault("token:expires-in=1*1");
    }
    bench.world.login().succeeds();
    bench.expire();
    bench
}

fn measure(table: &mut Table, kind: &StoreKind, processes: usize) {
    let bench = signed_in(kind);
    let world = &bench.world;
    let begun = Instant::now();
    // Long enough for the others to look while it is under way.
    world.fault("token:slow=700ms*1");
    let commands: Vec<_> = (0..processes)
        .map(|number| at_home(world, number, &["token"]))
        .collect();
    let outputs = world.block_on(async {
        let mut running = JoinSet::new();
        for mut command in commands {
            running.spawn(output(command.spawn().unwrap()));
        }
        running.join_all().await
    });
    let first = outputs[0].stdout.clone();
    for output in &outputs {
        assert_eq!((output.code, &output.stdout), (0, &first), "{output:#?}");
    }
    let (sent, revoked) = (world.refreshes(), bench.families_revoked());
    assert_eq!((sent, revoked), (1, 0), "{kind:?}, {processes} homes");
    world.finish(at_home(world, 0, &["refresh"])).succeeds();
    world.run(&["refresh"]).succeeds();
    let [processes, sent, successes, revoked] =
        [processes, sent, outputs.len(), revoked].map(|count| count.to_string());
    let time = seconds(begun);
    table.row(&[name(kind), &processes, &sent, &successes, &revoked, &time]);
}

#[test]
fn processes_in_different_homes_share_one_refresh() {
    let columns = [
        "store",
        "homes",
        "refreshes sent",
        "successes",
        "families revoked",
        "wall time",
    ];
    let mut table = Table::new("1-homes", "Another home for each process", &columns);
    for kind in [
        StoreKind::Keyring,
        StoreKind::EncryptedFile,
        StoreKind::PlainFile,
        StoreKind::Command(String::new()),
    ] {
        for homes in [2, size(20, 8)] {
            measure(&mut table, &kind, homes);
        }
    }
    table.publish();
}

/// What one home leaves unknown is unknown in every other.
#[test]
fn a_refresh_that_was_cut_off_in_one_home_is_known_in_another() {
    for kind in [StoreKind::Keyring, StoreKind::Command(String::new())] {
        let bench = Bench::signed_in(&kind);
        let world = &bench.world;
        world.fault("token:slow=10s*1");
        let mut refresh = world.spawn(at_home(world, 0, &["refresh"]));
        wait_until("the refresh is sent", || world.faults_left().is_empty());
        world.block_on(refresh.child.kill()).unwrap();
        let status = world.finish(at_home(world, 1, &["status"])).succeeds();
        let session = &status.json()["session"];
        assert_eq!(session["refresh_outcome_unknown"], true, "{kind:?}");
    }
}

/// A session that its store did not take is used, and moved back, from any home.
#[test]
fn a_session_that_was_rescued_in_one_home_is_found_in_another() {
    let world = with_helper();
    world.login().succeeds();
    world.expire_access_token();
    world.write("vault/fault", "crash-second:put");
    let rescued = world.finish(at_home(&world, 0, &["token"])).succeeds();
    assert!(rescued.stderr.contains("rescue file"), "{rescued:#?}");
    crate::command_store::misbehave(&world, "");
    let found = world.finish(at_home(&world, 1, &["token"])).succeeds();
    assert_eq!(found.stdout, rescued.stdout);
    assert_eq!(world.refreshes(), 1);
    world.run(&["refresh"]).succeeds();
}
