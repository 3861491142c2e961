//! A store that fails at any moment of a rotation: a disk that is full or broken.

use std::path::PathBuf;
use std::process::Command;

use eprospera::store::StoreKind;

use super::aftermath::{Aftermath, owned_up};
use super::bench::{Bench, is_orderly, name};
use super::report::Table;
use super::size;
use super::tracer::{Moment, Step, Tracer, under};
use crate::run::{Output, Run};
use crate::world::World;

/// One page of a small disk, in bytes: what its smallest file takes.
const PAGE: usize = 4096;

/// A disk of its own for the state folder, gone with this value.
pub(super) struct Disk(PathBuf);

impl Disk {
    /// A small disk; `None` where this machine lets nobody mount one, as in most containers.
    pub(super) fn mount(world: &World) -> Option<Self> {
        let place = world.path("state");
        std::fs::create_dir_all(&place).unwrap();
        let options = ["-t", "tmpfs", "-o", "size=128k,mode=0700", "tmpfs"];
        let mounted = Command::new("mount").args(options).arg(&place).output();
        mounted.unwrap().status.success().then_some(Self(place))
    }

    pub(super) fn make_read_only(&self, is_read_only: bool) {
        let mode = if is_read_only { "ro" } else { "rw" };
        self.run("mount", &["-o", &format!("remount,{mode}")]);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let status = Command::new(program).args(arguments).arg(&self.0).status();
        assert!(status.unwrap().success(), "{program} needs root");
    }

    /// Fills it but for some pages.
    fn leave(&self, pages: usize) {
        let free = 128 * 1024 / PAGE;
        let ballast = self.0.join("ballast");
        let mut size = free * PAGE;
        // What is left over is known only by trying.
        while std::fs::File::create(&ballast)
            .and_then(|mut file| std::io::Write::write_all(&mut file, &vec![1; size]))
            .is_err()
        {
            size -= PAGE;
        }
        crate::world::write(&ballast, &vec![1; size.saturating_sub(pages * PAGE)]);
    }

    fn empty(&self) {
        std::fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a process that was killed may not be gone yet.
        self.run("umount", &["-l"]);
    }
}

/// Sessions by what became of them.
#[derive(Default)]
struct Tally {
    trials: usize,
    refused_unsent: usize,
    lost: usize,
}

impl Tally {
    fn add(&mut self, bench: &Bench, what: &str, output: &Output, sent: bool) {
        assert!(is_orderly(output), "{what}: {output:#?}");
        assert!([0, 13].contains(&output.code), "{what}: {output:#?}");
        self.trials += 1;
        self.refused_unsent += usize::from(output.code == 13 && !sent);
        if Aftermath::of(bench, what) == Aftermath::Lost {
            assert!(owned_up(output), "{what}: lost without a word: {output:#?}");
            self.lost += 1;
            bench.world.login().succeeds();
        }
    }

    /// Nothing is lost as long as either the store or the rescue file can be written.
    fn row(self, table: &mut Table, store: &StoreKind, what: &str) {
        assert_eq!(self.lost, 0, "{what}");
        self.row_with_losses(table, store, what);
    }

    fn row_with_losses(self, table: &mut Table, store: &StoreKind, what: &str) {
        table.row(&[
            name(store),
            what,
            &self.trials.to_string(),
            &self.refused_unsent.to_string(),
            &self.lost.to_string(),
        ]);
    }
}

/// A disk with room for fewer and fewer files.
fn full_disk(table: &mut Table, kind: &StoreKind) {
    let what = "disk full, with room for 0 to 23 small files";
    let mut bench = Bench::empty(kind);
    let Some(disk) = Disk::mount(&bench.world) else {
        table.row(&[name(kind), what, "0 (no right to mount here)", "", ""]);
        return;
    };
    bench.world.login().succeeds();
    let mut tally = Tally::default();
    for pages in (0..24).step_by(size(1, 5)) {
        for command in ["refresh", "token"] {
            if command == "token" {
                bench.expire();
            }
            disk.leave(pages);
            let sent = bench.world.refreshes();
            let Run(output) = bench.world.run(&[command]);
            let sent = bench.world.refreshes() > sent;
            disk.empty();
            let what = format!("{command} with {pages} pages left");
            tally.add(&bench, &what, &output, sent);
        }
    }
    tally.row(table, kind, what);
    bench.world.stop_sandbox();
    drop(disk);
}

/// A limit for the size of files cuts a write off at any length.
fn limited_files(table: &mut Table, kind: &StoreKind) {
    let bench = Bench::signed_in(kind);
    let mut tally = Tally::default();
    for blocks in [0, 1, 2, 4, 8, 16, 32, 64, 128, 256] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        let command = bench.world.command(&["refresh"]);
        let command = under(&command, "sh", &["-c", &script, "sh"]);
        let sent = bench.world.refreshes();
        let Run(output) = bench.world.finish(command);
        let sent = bench.world.refreshes() > sent;
        let what = format!("files of {blocks} blocks at most");
        tally.add(&bench, &what, &output, sent);
    }
    let what = "no file may be longer than 0 to 256 blocks of 512 bytes";
    tally.row(table, kind, what);
}

/// System calls of one kind that fail.
struct Failing {
    call: &'static str,
    error: &'static str,
    /// Whether all later ones fail too.
    for_good: bool,
}

const fn failing(call: &'static str, error: &'static str, for_good: bool) -> Failing {
    Failing {
        call,
        error,
        for_good,
    }
}

const FAILING: [Failing; 5] = [
    failing("fsync", "EIO", false),
    failing("fsync", "EIO", true),
    failing("rename", "ENOSPC", false),
    failing("rename", "ENOSPC", true),
    failing("fchmod", "EROFS", true),
];

/// Every call of a kind fails in its turn.
fn failing_calls(table: &mut Table, kind: &StoreKind, failing: &Failing) {
    let Failing { call, error, .. } = failing;
    let (sign, words) = if failing.for_good {
        ("+", "and all later ones fail")
    } else {
        ("", "fails")
    };
    let bench = Bench::signed_in(kind);
    let tracer = Tracer::new(&bench.world);
    let steps = tracer.steps(&bench.world, &["refresh"]);
    let wanted = |step: &&Step| step.call == *call && step.moment == Moment::Locked;
    let mut tally = Tally::default();
    for step in steps.iter().filter(wanted) {
        let sent = bench.world.refreshes();
        let injection = format!("inject={call}:error={error}:when={}{sign}", step.nth);
        let output = tracer.inject(&bench.world, &["refresh"], &injection);
        let sent = bench.world.refreshes() > sent;
        let what = format!("{step} {words} with {error}");
        tally.add(&bench, &what, &output, sent);
    }
    let what = format!("the n-th `{call}` {words} with {error}");
    if failing.for_good && *call == "fsync" {
        // Nothing at all can be made durable after the rotation: the command says so.
        tally.row_with_losses(table, kind, &what);
    } else {
        tally.row(table, kind, &what);
    }
}

#[test]
fn a_disk_that_fails_at_any_moment_costs_no_session() {
    let columns = [
        "store",
        "fault",
        "trials",
        "refused before anything was sent (exit 13)",
        "sessions lost",
    ];
    let title = "Full and broken disks";
    let mut table = Table::new("4-disks", title, &columns);
    for kind in [StoreKind::PlainFile, StoreKind::EncryptedFile] {
        full_disk(&mut table, &kind);
        limited_files(&mut table, &kind);
        for failing in &FAILING {
            failing_calls(&mut table, &kind, failing);
        }
    }
    table.publish();
}
