//! Folders that cannot be used as they are: a clear error, and nothing is lost.

use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::PathBuf;

use eprospera::store::StoreKind;

use super::aftermath::{Aftermath, answer};
use super::bench::Bench;
use super::report::Table;
use super::store_faults::Disk;
use super::tracer::{Tracer, under};
use crate::run::Output;
use crate::world::World;

/// A folder that is broken for the time of two commands.
struct Trial {
    what: &'static str,
    spoil: fn(&World),
    mend: fn(&World),
    /// The exit code of a refresh.
    code: i32,
}

const NOBODY: u32 = 65534;

fn sessions(world: &World) -> PathBuf {
    world.path("state/sessions")
}

fn set_mode(world: &World, mode: u32) {
    let permissions = std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(sessions(world), permissions).unwrap();
}

fn own(world: &World, user: u32) {
    chown(sessions(world), Some(user), None).unwrap();
}

fn own_record(world: &World, user: u32) {
    chown(world.session_file(), Some(user), None).unwrap();
}

fn set_version(world: &World, version: u64) {
    world.change_record(|record| record.version = version);
}

const TRIALS: [Trial; 5] = [
    Trial {
        what: "folder is a link to another",
        spoil: |world| {
            std::fs::rename(sessions(world), world.path("elsewhere")).unwrap();
            symlink(world.path("elsewhere"), sessions(world)).unwrap();
        },
        mend: |world| {
            std::fs::remove_file(sessions(world)).unwrap();
            std::fs::rename(world.path("elsewhere"), sessions(world)).unwrap();
        },
        code: 13,
    },
    Trial {
        what: "folder belongs to someone else",
        spoil: |world| own(world, NOBODY),
        mend: |world| own(world, 0),
        code: 13,
    },
    Trial {
        what: "record belongs to someone else",
        spoil: |world| own_record(world, NOBODY),
        mend: |world| own_record(world, 0),
        code: 13,
    },
    Trial {
        what: "folder can be written by everybody",
        spoil: |world| set_mode(world, 0o777),
        mend: |world| set_mode(world, 0o700),
        code: 13,
    },
    Trial {
        what: "folder can be read by everybody (it is closed)",
        spoil: |world| set_mode(world, 0o755),
        mend: |_| {},
        code: 0,
    },
];

fn conclude(table: &mut Table, bench: &Bench, what: &str, output: &Output, sent: usize) {
    let aftermath = Aftermath::of(bench, what);
    assert_eq!(aftermath, Aftermath::Kept, "{what}");
    let sent = sent.to_string();
    table.row(&[what, &answer(output), &sent, aftermath.words()]);
}

fn try_one(table: &mut Table, trial: &Trial) {
    let bench = Bench::signed_in(&StoreKind::PlainFile);
    (trial.spoil)(&bench.world);
    let output = bench.world.run(&["refresh"]).exits(trial.code);
    let sent = bench.world.refreshes();
    assert_eq!(sent, usize::from(trial.code == 0), "{}", trial.what);
    (trial.mend)(&bench.world);
    conclude(table, &bench, trial.what, &output, sent);
}

fn read_only_disk(table: &mut Table) {
    let mut bench = Bench::empty(&StoreKind::PlainFile);
    let Some(disk) = Disk::mount(&bench.world) else {
        table.row(&[
            "read-only disk",
            "not tried (no right to mount here)",
            "",
            "",
        ]);
        return;
    };
    bench.world.login().succeeds();
    disk.make_read_only(true);
    bench.world.run(&["token"]).succeeds();
    bench.world.run(&["status"]).succeeds();
    let output = bench.world.run(&["refresh"]).exits(13);
    assert_eq!(bench.world.refreshes(), 0);
    disk.make_read_only(false);
    conclude(table, &bench, "read-only disk", &output, 0);
    bench.world.stop_sandbox();
    drop(disk);
}

fn newer_record(table: &mut Table) {
    let bench = Bench::signed_in(&StoreKind::PlainFile);
    let good = std::fs::read(bench.world.session_file()).unwrap();
    set_version(&bench.world, 2);
    let output = bench.world.run(&["refresh"]).exits(13);
    crate::world::write(&bench.world.session_file(), &good);
    conclude(table, &bench, "record of a newer version", &output, 0);
}

/// A file system that does not lock, as some network file systems.
fn no_locks(table: &mut Table) {
    let bench = Bench::signed_in(&StoreKind::PlainFile);
    let tracer = Tracer::new(&bench.world);
    for error in ["ENOLCK", "EOPNOTSUPP"] {
        let injection = format!("inject=flock:error={error}");
        let output = tracer.inject(&bench.world, &["refresh"], &injection);
        assert_eq!(output.code, 13, "{output:#?}");
        assert_eq!(bench.world.refreshes(), 0, "never an unlocked rotation");
        table.row(&[
            &format!("lock fails with {error}"),
            &answer(&output),
            "0",
            Aftermath::Kept.words(),
        ]);
    }
    assert_eq!(Aftermath::of(&bench, "no locks"), Aftermath::Kept);
}

fn hostile_umask(table: &mut Table) {
    for mask in ["0000", "0777"] {
        let bench = Bench::empty(&StoreKind::PlainFile);
        let world = &bench.world;
        let script = format!("umask {mask}; exec \"$@\"");
        let masked =
            |arguments: &[&str]| under(&world.command(arguments), "sh", &["-c", &script, "sh"]);
        let login = masked(&["login", "--no-browser"]);
        world.start(login).complete().succeeds();
        let output = world.finish(masked(&["refresh"])).succeeds();
        let mode = |path: PathBuf| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(sessions(world)), 0o700, "umask {mask}");
        assert_eq!(mode(world.session_file()), 0o600, "umask {mask}");
        let what = format!("umask {mask} (folder 0700, file 0600 all the same)");
        conclude(table, &bench, &what, &output, 1);
    }
}

#[test]
fn a_folder_that_cannot_be_used_costs_no_session() {
    let columns = ["fault", "`refresh` ends in", "refreshes sent", "session"];
    let title = "Folders and locks";
    let mut table = Table::new("5-folders", title, &columns);
    for trial in &TRIALS {
        try_one(&mut table, trial);
    }
    read_only_disk(&mut table);
    newer_record(&mut table);
    no_locks(&mut table);
    hostile_umask(&mut table);
    table.publish();
}
