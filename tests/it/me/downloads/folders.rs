//! Folders that files cannot go into, and what a run that was ended leaves there.

use serde_json::Value;

use super::{DOCUMENTS, column, document, files, names, with_documents, with_one};

#[test]
fn a_document_without_a_file_is_absent_and_makes_no_folder() {
    let mut absent = document(1, "Certificate", "");
    absent["fileUrl"] = Value::Null;
    let world = with_documents(&[absent]);
    let output = world.run(&DOCUMENTS).succeeds();
    assert_eq!(column(&output, "status"), ["absent"]);
    let world = with_documents(&[]);
    assert!(files(&world.run(&DOCUMENTS).succeeds()).is_empty());
    let table = world.run(&[&DOCUMENTS[..], &["--output", "table"]].concat());
    assert!(table.succeeds().stdout.contains("nothing to download"));
    assert!(!world.path("files").exists());
}

#[test]
fn a_place_that_is_no_folder_is_refused_before_anything_is_asked() {
    let world = with_one();
    world.write("files", "a file");
    world
        .run(&DOCUMENTS)
        .exits(2)
        .because("files is not a folder")
        .hinting("pass a folder");
    assert!(world.events("me").is_empty());
    let below = ["me", "documents", "--download", "files/below"];
    world
        .run(&below)
        .exits(1)
        .because("cannot create the folder");
    for wrong in [
        &["me", "documents", "--force"][..],
        &["me", "legal-entities", "--download", "files"],
        &["me", "documents", "--download", ""],
    ] {
        drop(world.run(wrong).exits(2));
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error_that_names_it() {
    let world = with_one();
    // Root may write everywhere; nobody may write to a file system of the kernel, or give a file of Windows this name.
    let place = if cfg!(windows) {
        "what?"
    } else {
        "/proc/files"
    };
    let download = ["me", "documents", "--download", place];
    if cfg!(any(target_os = "linux", windows)) {
        world.run(&download).exits(1).because(place);
    }
}

#[test]
fn a_signal_in_the_middle_leaves_nothing() {
    for &(ending, code, _) in crate::endings::ENDINGS {
        let world = with_one();
        world.fault("files:stall");
        let mut download = world.spawn(world.command(&DOCUMENTS));
        let folder = world.path("files");
        crate::world::wait_until("a file was begun", || !names(&folder).is_empty());
        assert!(names(&folder)[0].ends_with(".eprospera-part"));
        download.send(ending);
        let output = download.end().exits(code);
        assert_eq!(output.stdout, "");
        assert!(!folder.exists(), "{:?}", names(&folder));
    }
}

#[test]
fn what_a_killed_run_left_is_gone_after_the_next() {
    let world = with_one();
    world.fault("files:stall");
    let mut download = world.spawn(world.command(&DOCUMENTS));
    let folder = world.path("files");
    crate::world::wait_until("a file was begun", || !names(&folder).is_empty());
    download.child.start_kill().unwrap();
    drop(download.end());
    assert_eq!(names(&folder).len(), 1);
    world.sandbox().clear_faults();
    world.run(&DOCUMENTS).succeeds();
    assert_eq!(names(&folder), ["Policy.pdf"]);
}

/// No limit of a shell of Windows keeps a file from growing.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_an_error_that_leaves_nothing() {
    let world = with_documents(&[document(1, "Policy", "sandbox:bytes=2000000/policy.pdf")]);
    let program = crate::world::program();
    // What is ignored stays so in the program: then the write itself fails.
    let line = format!("trap '' XFSZ; ulimit -f 512; exec {program} me documents --download files");
    let command = world.command_of("sh", &["-c", &line]);
    let output = world.finish(command).exits(1);
    output.because("cannot write");
    assert!(!world.path("files").exists());
}
