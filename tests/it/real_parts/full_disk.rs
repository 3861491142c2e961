//! Downloads to a disk that is full: a small one, where this machine lets somebody mount it, and
//! one that says so only when a file is synced, as network disks do (strace plays it).

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::me::downloads::{document, with_documents};
use crate::run::Output;

const DOWNLOAD: [&str; 4] = ["me", "documents", "--download", "disk"];

/// A disk of one megabyte, gone with this value.
struct Disk(PathBuf);

impl Disk {
    /// `None` where nobody may mount one, as in most containers.
    fn mount(place: &Path) -> Option<Self> {
        std::fs::create_dir_all(place).unwrap();
        let options = ["-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs"];
        let mounted = Command::new("mount").args(options).arg(place).output();
        let is_mounted = mounted.unwrap().status.success();
        is_mounted.then(|| Self(place.to_owned()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("-l").arg(&self.0).status();
        assert!(unmounted.unwrap().success());
    }
}

fn statuses(output: &Output) -> Vec<String> {
    let files = output.json()["files"].as_array().unwrap().clone();
    let status = |file: &serde_json::Value| file["status"].as_str().unwrap().to_owned();
    files.iter().map(status).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn a_disk_that_fills_up_keeps_what_is_whole_and_nothing_else() {
    let large = |number| document(number, "Large", "sandbox:bytes=600000/large.pdf");
    let world = with_documents(&[large(1), large(2), large(3)]);
    let place = world.path("disk");
    let Some(disk) = Disk::mount(&place) else {
        // The other test shows what a full disk comes to.
        return;
    };
    let output = world.run(&DOWNLOAD).exits(1);
    let statuses = statuses(&output);
    let whole = statuses.iter().filter(|status| *status == "downloaded");
    assert!(whole.clone().count() < 2, "{statuses:?}");
    assert_eq!(names(&place).len(), whole.count());
    output
        .because("no space is left in disk")
        .hinting("free some space");
    drop(disk);
    std::fs::remove_dir(&place).unwrap();
    world.run(&DOWNLOAD).succeeds();
    assert_eq!(names(&place).len(), 3);
}

#[test]
fn a_disk_that_is_full_when_a_file_is_synced_leaves_nothing() {
    let world = with_documents(&[document(1, "Policy", "sandbox:policy.pdf")]);
    let program = crate::world::program();
    let options = [
        "-f",
        "-qq",
        "-o",
        "trace",
        "-e",
        "inject=fsync:error=ENOSPC",
    ];
    let command = [&options[..], &[program], &DOWNLOAD].concat();
    let output = world.finish(world.command_of("strace", &command)).exits(1);
    assert_eq!(statuses(&output), ["failed"]);
    output.because("no space is left in disk");
    assert!(!world.path("disk").exists());
}

#[test]
fn a_file_system_without_hard_links_and_careful_renames_gets_its_files_all_the_same() {
    let world = with_documents(&[document(1, "Policy", "sandbox:policy.pdf")]);
    let program = crate::world::program();
    // As exFAT and many network file systems answer.
    let options = [
        "-f",
        "-qq",
        "-o",
        "trace",
        "-e",
        "trace=renameat2,link,linkat",
        "-e",
        "inject=renameat2:error=EINVAL",
        "-e",
        "inject=link,linkat:error=EPERM",
    ];
    let traced = |flags: &[&str]| {
        let command = [&options[..], &[program], &DOWNLOAD, flags].concat();
        world.finish(world.command_of("strace", &command))
    };
    let output = traced(&[]).succeeds();
    assert_eq!(statuses(&output), ["downloaded"]);
    let trace = std::fs::read_to_string(world.path("trace")).unwrap();
    assert!(trace.contains("INJECTED"), "{trace}");
    assert_eq!(names(&world.path("disk")), ["Policy.pdf"]);
    assert_eq!(statuses(&traced(&[]).exits(6)), ["failed"]);
    assert_eq!(
        statuses(&traced(&["--skip-existing"]).succeeds()),
        ["skipped"]
    );
    assert_eq!(statuses(&traced(&["--force"]).succeeds()), ["downloaded"]);
}
