//! `--skip-existing`: a download that is run again fetches what is missing.

use serde_json::Value;

use crate::me::downloads::{document, signed_in, with_documents};
use crate::run::Output;

const DOWNLOAD: [&str; 5] = ["me", "documents", "--download", "files", "--skip-existing"];

fn column(output: &Output, key: &str) -> Vec<Value> {
    let files = output.json()["files"].as_array().unwrap().clone();
    files.iter().map(|file| file[key].clone()).collect()
}

#[test]
fn a_second_download_fetches_what_is_missing_and_says_how_many_files_were_skipped() {
    let world = with_documents(&[
        document(1, "Policy", "sandbox:policy.pdf"),
        document(2, "Archive", "sandbox:archive.pdf"),
        document(3, "Letter", "sandbox:letter.pdf"),
    ]);
    let first = world.run(&DOWNLOAD).succeeds();
    assert_eq!(column(&first, "status"), ["downloaded"; 3]);
    std::fs::remove_file(world.path("files/Archive.pdf")).unwrap();
    let second = world.run(&DOWNLOAD).succeeds();
    assert_eq!(
        column(&second, "status"),
        ["skipped", "downloaded", "skipped"]
    );
    for key in ["name", "path", "bytes", "sha256", "error"] {
        assert_eq!(column(&second, key), column(&first, key), "{key}");
    }
    let table = [&DOWNLOAD[..], &["--output", "table"]].concat();
    let words = world.run(&table).succeeds().stdout;
    assert!(
        words.contains("Skipped 3 files already in files."),
        "{words}"
    );
    std::fs::remove_file(world.path("files/Letter.pdf")).unwrap();
    let words = world.run(&table).succeeds().stdout;
    assert!(
        words.contains("Downloaded 1 file to files, skipped 2 files already there."),
        "{words}"
    );
    // Without the flag they are in the way, as ever.
    let refused = world
        .run(&DOWNLOAD[..4])
        .exits(6)
        .hinting("--skip-existing");
    assert_eq!(column(&refused, "status"), ["failed"; 3]);
}

#[test]
fn another_file_of_the_same_name_stays_and_is_a_conflict() {
    let world = with_documents(&[
        document(1, "Policy", "sandbox:policy.pdf"),
        document(2, "Archive", "sandbox:archive.pdf"),
    ]);
    world.write("files/Policy.pdf", "my own notes");
    let output = world.run(&DOWNLOAD).exits(6);
    assert_eq!(column(&output, "status"), ["failed", "downloaded"]);
    output.because("exists already");
    let kept = std::fs::read_to_string(world.path("files/Policy.pdf")).unwrap();
    assert_eq!(kept, "my own notes");
    std::fs::remove_file(world.path("files/Policy.pdf")).unwrap();
    std::fs::create_dir(world.path("files/Policy.pdf")).unwrap();
    world.run(&DOWNLOAD).exits(6).because("exists already");
}

#[test]
fn every_command_with_a_download_can_skip() {
    let world = signed_in(|_| {});
    let first = |command: &[&str]| {
        let list = world.run(command).succeeds().json();
        list["data"][0]["id"].as_str().unwrap().to_owned()
    };
    let entity = first(&["me", "legal-entities"]);
    let filing = first(&["me", "tax", "filings", "--subject", "personal"]);
    for command in [
        &["me", "documents"][..],
        &["me", "id-verification"],
        &["me", "legal-entities", &entity, "documents"],
        &["me", "tax", "download", &filing, "--document", "assessment"],
    ] {
        let command = [command, &["--download", "all", "--skip-existing"]].concat();
        world.run(&command).succeeds();
        let again = world.run(&command).succeeds();
        let statuses = column(&again, "status");
        let is_kept = |status: &Value| status == "skipped" || status == "absent";
        assert!(
            statuses.iter().all(is_kept) && statuses.contains(&"skipped".into()),
            "{command:?}: {statuses:?}"
        );
        world.run(&[&command[..], &["--force"]].concat()).exits(2);
    }
    world.run(&["me", "documents", "--skip-existing"]).exits(2);
}
