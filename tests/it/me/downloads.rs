//! Files are downloaded whole or not at all, from hosts that never see the bearer (docs/downloads.md).

mod folders;
mod hosts;
mod large;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use aws_lc_rs::digest::{Context, SHA256};
use eprospera_sandbox::Options;
use serde_json::{Value, json};

use crate::run::Output;
use crate::world::{World, is_private};

const SCOPES: &str = "openid offline_access eprospera:person.id_verification.read \
    eprospera:person.documents.read eprospera:entity.read eprospera:entity.documents.read \
    eprospera:person.tax.read eprospera:entity.tax.read";
const DOCUMENTS: [&str; 4] = ["me", "documents", "--download", "files"];

/// Somebody who may see everything.
pub(crate) fn signed_in(change: impl FnOnce(&mut Options)) -> World {
    let world = World::with(change);
    world.login_with(&["--scope", SCOPES]).succeeds();
    world
}

/// A document of the sandbox.
pub(crate) fn document(number: usize, name: &str, file: &str) -> Value {
    json!({
        "id": format!("{number:08x}-0000-4000-8000-000000000000"),
        "name": name,
        "slug": null,
        "version": null,
        "fileUrl": file,
        "createdAt": "2026-01-02T03:04:05.000Z",
    })
}

/// Somebody whose personal documents are these.
pub(crate) fn with_documents(documents: &[Value]) -> World {
    signed_in(|options| options.personas[0].documents = personal(documents))
}

fn personal(documents: &[Value]) -> Value {
    json!({ "data": documents, "agreementOfCoexistence": null })
}

/// One document of a PDF.
fn with_one() -> World {
    with_documents(&[document(1, "Policy", "sandbox:policy.pdf")])
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn files(output: &Output) -> Vec<Value> {
    output.json()["files"].as_array().unwrap().clone()
}

fn column(output: &Output, key: &str) -> Vec<Value> {
    files(output).iter().map(|file| file[key].clone()).collect()
}

/// Checks each file that the manifest calls downloaded, and gives the number of them.
fn check(world: &World, output: &Output) -> usize {
    let mut downloaded = 0;
    for file in files(output) {
        if file["status"] != "downloaded" {
            assert!(file["path"].is_null() && file["bytes"].is_null(), "{file}");
            continue;
        }
        let path = world.path(file["path"].as_str().unwrap());
        assert_eq!(path.file_name().unwrap().to_str(), file["name"].as_str());
        assert_eq!(file["bytes"], path.metadata().unwrap().len(), "{file}");
        assert_eq!(file["sha256"], sha256(&path), "{file}");
        assert!(is_private(&path), "{file}");
        downloaded += 1;
    }
    downloaded
}

fn sha256(path: &Path) -> String {
    let mut file = std::fs::File::open(path).unwrap();
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 1024 * 1024];
    loop {
        let read = file.read(&mut buffer).unwrap();
        if read == 0 {
            break;
        }
        context.update(&buffer[..read]);
    }
    let digest = context.finish();
    let mut text = String::new();
    for byte in digest.as_ref() {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}

fn first_id(world: &World, command: &[&str]) -> String {
    let list = world.run(command).succeeds().json();
    list["data"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn the_manifest_takes_the_place_of_the_answer() {
    let world = signed_in(|_| {});
    let entity = first_id(&world, &["me", "legal-entities"]);
    let filing = first_id(&world, &["me", "tax", "filings", "--subject", "personal"]);
    for (name, command, downloaded) in [
        ("documents", &["me", "documents"][..], 3),
        ("images", &["me", "id-verification"], 3),
        ("entity", &["me", "legal-entities", &entity, "documents"], 1),
        (
            "tax",
            &["me", "tax", "download", &filing, "--document", "assessment"],
            1,
        ),
    ] {
        let output = world
            .run(&[command, &["--download", "files"]].concat())
            .succeeds();
        assert_eq!(check(&world, &output), downloaded, "{name}");
        assert_eq!(output.stderr, "", "{name}");
        let table = [command, &["--download", "table", "--output", "table"]].concat();
        let table = world.run(&table).succeeds();
        insta::with_settings!({filters => vec![
            (r"[0-9a-f]{64}", "[sha256]"),
            (r#""bytes": \d+"#, r#""bytes": [number]"#),
            (r" +\d[\d.]* (KiB|B)", " [size]"),
        ]}, {
            let mut printed = format!("{}\n{}", output.stdout, table.stdout);
            if cfg!(windows) {
                // The separators of the system, in JSON and in a table.
                printed = printed.replace("\\\\", "/").replace('\\', "/");
            }
            insta::assert_snapshot!(name, printed);
        });
    }
    assert!(is_private(&world.path("files")));
}

#[test]
fn scripts_pick_from_the_manifest_as_from_any_answer() {
    let world = with_one();
    let hash = world.run(&[&DOCUMENTS[..], &["--jq", ".files[0].sha256"]].concat());
    let hash = hash.succeeds().stdout;
    assert_eq!(hash.trim(), sha256(&world.path("files/Policy.pdf")));
}

#[test]
fn the_bearer_never_reaches_a_document_host() {
    let world = signed_in(|_| {});
    // A cut, an expiry and a redirect to another document host must not change that.
    for rule in [
        "files:half-body*1",
        "files:expired*1",
        "files:503=0*1",
        "id-verification:401*1",
    ] {
        world.fault(rule);
    }
    world
        .run(&["me", "id-verification", "--download", "files"])
        .succeeds();
    let events = world.events("files");
    assert!(events.len() >= 5, "{}", events.len());
    for event in world.sandbox().request_log() {
        assert!(!event.outcome.contains("LEAK"), "{event:?}");
    }
}

#[test]
fn no_signed_address_is_shown() {
    let world = signed_in(|_| {});
    let body = world.run(&["me", "documents"]).succeeds().stdout;
    assert!(body.contains("X-Amz-Signature="), "{body}");
    for (rule, code) in [
        ("files:slow=1ms", 0),
        ("files:half-body*1", 0),
        ("files:expired*1", 0),
        ("files:expired", 4),
        ("files:404", 5),
        ("files:html", 1),
        ("files:drop", 11),
        ("files:302=http://files.example/?X-Amz-Signature=1", 14),
    ] {
        world.sandbox().clear_faults();
        world.fault(rule);
        for format in ["json", "table"] {
            let flags = ["--force", "-vv", "--retries", "1", "--output", format];
            let output = world.run(&[&DOCUMENTS[..], &flags].concat()).exits(code);
            let text = format!("{}{}", output.stdout, output.stderr);
            assert!(!text.to_lowercase().contains("x-amz"), "{rule}: {text}");
        }
    }
}

#[test]
fn what_is_there_is_not_replaced_unless_asked_for() {
    let world = with_one();
    world.run(&DOCUMENTS).succeeds();
    let file = world.write("files/Policy.pdf", "mine");
    let output = world.run(&DOCUMENTS).exits(6);
    assert_eq!(column(&output, "status"), ["failed"]);
    output.because("exists already").hinting("--force");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    let output = world
        .run(&[&DOCUMENTS[..], &["--force"]].concat())
        .succeeds();
    assert_eq!(check(&world, &output), 1);
    assert_eq!(names(&world.path("files")), ["Policy.pdf"]);
}

#[test]
fn hostile_names_stay_in_the_folder_and_differ() {
    let long = "x".repeat(5000);
    let titles = [
        "../../x",
        "..\\..\\x",
        "/etc/passwd",
        "",
        ".",
        "..",
        "CON",
        "a/b",
        "a\\b",
        "\u{1b}[31mred\u{7}\r\n",
        "invoice\u{202e}fdp.exe",
        "same name",
        "same name",
        "SAME NAME",
        ".profile",
        "-rf",
        "日本語",
        "Constitución",
        &long,
    ];
    let documents = titles.iter().enumerate();
    let documents: Vec<_> = documents
        .map(|(number, title)| document(number, title, "sandbox:policy.pdf"))
        .collect();
    let world = with_documents(&documents);
    let output = world.run(&DOCUMENTS).succeeds();
    assert_eq!(check(&world, &output), titles.len());
    let found = names(&world.path("files"));
    assert_eq!(found.len(), titles.len());
    let folded: HashSet<_> = found.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(folded.len(), titles.len());
    for name in &found {
        let fits = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        assert!(name.chars().all(fits) && name.len() <= 100, "{name}");
        assert!(
            !name.starts_with(['.', '-']) && Path::new(name).extension() == Some("pdf".as_ref()),
            "{name}"
        );
    }
    assert!(found.contains(&"Constitucion.pdf".to_owned()), "{found:?}");
    // The same again gets the same names.
    let again = world
        .run(&[&DOCUMENTS[..], &["--force"]].concat())
        .succeeds();
    assert_eq!(column(&again, "name"), column(&output, "name"));
    // Nothing was written anywhere else.
    assert!(!world.path("x").exists() && !world.path("x.pdf").exists());
}

#[test]
fn a_tax_document_comes_from_the_portal_under_the_name_that_it_gives() {
    let world = signed_in(|_| {});
    let filing = first_id(&world, &["me", "tax", "filings", "--subject", "personal"]);
    let download =
        |flags: &[&str]| world.run(&[&["me", "tax", "download", &filing], flags].concat());
    let output = download(&["--document", "assessment", "--history-years", "3"]).succeeds();
    assert_eq!(check(&world, &output), 1);
    let file = files(&output).remove(0);
    assert_eq!(file["kind"], "tax-assessment");
    assert_eq!(file["document_id"], filing);
    assert!(
        file["name"].as_str().unwrap().ends_with("-assessment.pdf"),
        "{file}"
    );
    download(&["--document", "assessment"])
        .exits(6)
        .hinting("--force");
    // It goes on after a cut, and with a refreshed token.
    world.fault("tax-document:half-body*1");
    world.revoke_access_token();
    let output = download(&["--document", "assessment", "--force"]).succeeds();
    assert_eq!(check(&world, &output), 1);
    assert_eq!(world.refreshes(), 1);
    for (rule, code) in [
        ("tax-document:404*1", 5),
        ("tax-document:403*1", 4),
        ("tax-document:html*1", 1),
        ("tax-document:garbage*1", 1),
        ("tax-document:302*1", 14),
    ] {
        world.fault(rule);
        drop(download(&["--document", "return", "--download", "none"]).exits(code));
        assert!(!world.path("none").exists(), "{rule}");
    }
    let both = ["--document", "return", "--history-years", "2"];
    download(&both).exits(2).because("assessment");
    drop(download(&["--document", "receipt"]).exits(2));
    drop(download(&[]).exits(2));
}

/// The escape that clears a line: the bars end with it.
#[cfg(target_os = "linux")]
const CLEAR: &str = "\u{1b}[2K";

/// What was there in the meantime is what a terminal of Unix was sent. At a console whose lines are longer than its window, as they are in
/// these tests, several bars are drawn over each other.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_how_the_files_come_and_is_clean_afterwards() {
    let world = with_documents(&[
        document(1, "Policy", "sandbox:bytes=3000000/policy.pdf"),
        document(2, "Archive", "sandbox:bytes=3000000/archive.pdf"),
    ]);
    let screen = |flags: &[&str]| {
        let command = [&DOCUMENTS[..], &["--force"], flags].concat();
        world.at_terminal(80, &command).end().succeeds().stdout
    };
    let seen = screen(&[]);
    for words in [
        "downloading",
        "of 2",
        "Policy.pdf",
        "Archive.pdf",
        "2.86 MiB",
    ] {
        assert!(seen.contains(words), "{words}: {seen:?}");
    }
    // The cursor is never hidden, and below the bars that are gone there is the answer alone.
    assert!(!seen.contains("\u{1b}[?25l"), "{seen:?}");
    let (_, after) = seen.rsplit_once(CLEAR).unwrap();
    assert!(after.contains("Downloaded 2 files to files."), "{seen:?}");
    assert!(!after.contains("downloading"), "{seen:?}");
    for silent in [&["--quiet"][..], &["-v"], &["-q", "--json"]] {
        let seen = screen(silent);
        assert!(!seen.contains("downloading"), "{silent:?}: {seen:?}");
    }
}

/// Tests have no terminal on macOS.
#[cfg(any(target_os = "linux", windows))]
#[test]
fn ctrl_c_at_a_terminal_leaves_neither_bars_nor_files() {
    let world = with_documents(&[document(1, "Policy", "sandbox:bytes=3000000/policy.pdf")]);
    world.fault("files:stall");
    let mut terminal = world.at_terminal(80, &DOCUMENTS);
    terminal.wait_for("Policy.pdf");
    terminal.types("\u{3}");
    let seen = terminal.end().exits(130).stdout;
    #[cfg(target_os = "linux")]
    let (_, seen) = seen.rsplit_once(CLEAR).unwrap();
    assert!(seen.contains("interrupted"), "{seen:?}");
    assert!(!seen.contains("Policy.pdf"), "{seen:?}");
    assert!(!world.path("files").exists());
}
