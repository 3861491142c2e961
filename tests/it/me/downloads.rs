//! Files are downloaded whole or not at all, from hosts that never see the bearer (docs/downloads.md).

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

use aws_lc_rs::digest::{Context, SHA256};
use eprospera_sandbox::Options;
use serde_json::{Value, json};

use crate::run::Output;
use crate::world::World;

const SCOPES: &str = "openid offline_access eprospera:person.id_verification.read \
    eprospera:person.documents.read eprospera:entity.read eprospera:entity.documents.read \
    eprospera:person.tax.read eprospera:entity.tax.read";
/// 32 MB in KiB.
const LIMIT: u64 = 31_250;
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
        #[cfg(unix)]
        assert_eq!(mode(&path), 0o600, "{file}");
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

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().unwrap().permissions().mode() & 0o777
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
            insta::assert_snapshot!(name, format!("{}\n{}", output.stdout, table.stdout));
        });
    }
    #[cfg(unix)]
    assert_eq!(mode(&world.path("files")), 0o700);
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
    for event in world.sandbox().journal() {
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
fn a_connection_that_is_cut_goes_on_where_it_was() {
    for (rule, requests) in [
        ("files:half-body*1", 2),
        ("files:half-body*3", 4),
        ("files:stall*1", 2),
        ("files:drop*1", 2),
        ("files:503=0*2", 3),
        ("files:429=0*1", 2),
    ] {
        let world = with_one();
        let whole = world.run(&DOCUMENTS).succeeds();
        world.fault(rule);
        let patience = if rule.contains("stall") { "2s" } else { "60s" };
        let command = ["--force", "--request-timeout", patience];
        let output = world.run(&[&DOCUMENTS[..], &command].concat()).succeeds();
        assert_eq!(check(&world, &output), 1, "{rule}");
        assert_eq!(
            column(&output, "sha256"),
            column(&whole, "sha256"),
            "{rule}"
        );
        let events = world.events("files");
        assert_eq!(events.len(), 1 + requests, "{rule}");
        let is_cut = rule.contains("half") || rule.contains("stall");
        let parts = events.iter().filter(|event| event.status == Some(206));
        assert_eq!(parts.count() > 0, is_cut, "{rule}");
        assert_eq!(names(&world.path("files")), ["Policy.pdf"]);
    }
}

#[test]
fn a_file_that_changed_in_between_is_fetched_from_its_beginning() {
    let world = with_one();
    let whole = world.run(&DOCUMENTS).succeeds();
    // Half of another version comes first.
    world.fault("files:changed*1");
    world.fault("files:half-body*1");
    let again = world.run(&[&DOCUMENTS[..], &["--force"]].concat());
    let again = again.succeeds();
    assert_eq!(check(&world, &again), 1);
    assert_eq!(column(&again, "sha256"), column(&whole, "sha256"));
    let statuses = world.events("files").into_iter().map(|event| event.status);
    assert_eq!(statuses.collect::<Vec<_>>(), [Some(200); 3]);
}

#[test]
fn a_host_that_never_gives_the_whole_file_leaves_nothing() {
    for (rule, code, words) in [
        ("files:half-body", 11, "broke"),
        ("files:drop", 11, "broke"),
        ("files:hang", 9, "did not answer"),
        ("files:stall", 9, "nothing more"),
        ("files:404", 5, "404"),
        ("files:410", 1, "410"),
        ("files:401", 4, "401"),
        ("files:429=600", 7, "429"),
        ("files:500", 1, "500"),
        ("files:expired", 4, "403"),
        ("files:html", 1, "what it calls text/html"),
        ("files:garbage", 1, "what it calls application/pdf"),
        ("files:empty", 1, "nothing"),
        ("files:huge", 1, "in place of the file"),
        ("files:302=http://files.example/", 14, "redirects"),
    ] {
        let world = with_one();
        world.fault(rule);
        let is_silent = ["files:hang", "files:stall"].contains(&rule);
        let patience = if is_silent { "2s" } else { "60s" };
        let flags = ["--retries", "1", "--request-timeout", patience];
        let output = world.run(&[&DOCUMENTS[..], &flags].concat()).exits(code);
        assert_eq!(column(&output, "status"), ["failed"], "{rule}");
        let error = files(&output)[0]["error"].clone();
        assert_eq!(error["code"], output.error()["code"], "{rule}");
        output.because("Policy did not come").because(words);
        assert!(!world.path("files").exists(), "{rule}");
    }
}

#[test]
fn what_fails_does_not_keep_the_rest_from_coming() {
    let world = signed_in(|_| {});
    world.fault("files:404*1");
    let output = world.run(&DOCUMENTS).exits(5);
    let statuses = column(&output, "status");
    let count = |wanted: &str| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!(
        (count("failed"), count("downloaded"), count("absent")),
        (1, 2, 1)
    );
    assert_eq!(check(&world, &output), 2);
    output.because("1 of 4 files did not come");
}

#[test]
fn an_address_that_has_expired_is_asked_for_again_once() {
    let world = with_one();
    world.fault("files:expired*1");
    let output = world.run(&DOCUMENTS).succeeds();
    assert_eq!(check(&world, &output), 1);
    assert_eq!(
        (world.events("me").len(), world.events("files").len()),
        (2, 2)
    );
    world.fault("files:expired");
    let output = world.run(&[&DOCUMENTS[..], &["--force"]].concat()).exits(4);
    output.because("status 403");
    assert_eq!(
        (world.events("me").len(), world.events("files").len()),
        (4, 4)
    );
}

#[test]
fn addresses_that_expired_while_files_came_are_renewed_together() {
    let documents = (0..6).map(|number| document(number, "Policy", "sandbox:policy.pdf"));
    let world = signed_in(|options| {
        options.access_ttl = std::time::Duration::from_secs(86_400);
        options.personas[0].documents = personal(&documents.collect::<Vec<_>>());
    });
    // The first four have begun before the clock is moved; whoever comes later is too late.
    world.fault("files:slow=500ms*4");
    let download = world.spawn(world.command(&DOCUMENTS));
    crate::world::wait_until("four files are on their way", || {
        world.faults_left().is_empty()
    });
    world.sandbox().advance_clock(2 * 3600);
    let output = download.end().succeeds();
    assert_eq!(check(&world, &output), 6);
    assert_eq!(world.events("me").len(), 2);
}

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
        .because("files is no folder")
        .hinting("name a folder");
    assert!(world.events("me").is_empty());
    let below = ["me", "documents", "--download", "files/below"];
    world.run(&below).exits(1).because("cannot make the folder");
    for wrong in [
        &["me", "documents", "--force"][..],
        &["me", "legal-entities", "--download", "files"],
        &["me", "documents", "--download", ""],
    ] {
        drop(world.run(wrong).exits(2));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_an_error_that_names_it() {
    let world = with_one();
    // Root may write everywhere; nobody may write to a file system of the kernel.
    let place = ["me", "documents", "--download", "/proc/files"];
    if cfg!(target_os = "linux") {
        world.run(&place).exits(1).because("/proc/files");
    }
}

#[cfg(unix)]
#[test]
fn a_signal_in_the_middle_leaves_nothing() {
    for (signal, code) in [
        (rustix::process::Signal::INT, 130),
        (rustix::process::Signal::TERM, 143),
    ] {
        let world = with_one();
        world.fault("files:stall");
        let download = world.spawn(world.command(&DOCUMENTS));
        let folder = world.path("files");
        crate::world::wait_until("a file was begun", || !names(&folder).is_empty());
        assert!(names(&folder)[0].ends_with(".eprospera-part"));
        download.signal(signal);
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

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_an_error_that_leaves_nothing() {
    let world = with_documents(&[document(1, "Policy", "sandbox:bytes=2000000/policy.pdf")]);
    let program = env!("CARGO_BIN_EXE_eprospera");
    // What is ignored stays so in the program: then the write itself fails.
    let line = format!("trap '' XFSZ; ulimit -f 512; exec {program} me documents --download files");
    let command = world.command_of("sh", &["-c", &line]);
    let output = world.finish(command).exits(1);
    output.because("cannot write");
    assert!(!world.path("files").exists());
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
    // It goes on after a cut, and with a renewed token.
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
    assert!(after.contains("2 files are in files."), "{seen:?}");
    assert!(!after.contains("downloading"), "{seen:?}");
    for silent in [&["--quiet"][..], &["-v"], &["-q", "--json"]] {
        let seen = screen(silent);
        assert!(!seen.contains("downloading"), "{silent:?}: {seen:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_at_a_terminal_leaves_neither_bars_nor_files() {
    let world = with_documents(&[document(1, "Policy", "sandbox:bytes=3000000/policy.pdf")]);
    world.fault("files:stall");
    let mut terminal = world.at_terminal(80, &DOCUMENTS);
    terminal.wait_for("Policy.pdf");
    terminal.types("\u{3}");
    let seen = terminal.end().exits(130).stdout;
    let (_, after) = seen.rsplit_once(CLEAR).unwrap();
    assert!(after.contains("interrupted"), "{seen:?}");
    assert!(!after.contains("Policy.pdf"), "{seen:?}");
    assert!(!world.path("files").exists());
}

#[test]
fn two_hundred_documents_all_come() {
    let documents =
        (0..200).map(|number| document(number, "Statement", "sandbox:bytes=200000/statement.pdf"));
    let world = with_documents(&documents.collect::<Vec<_>>());
    let (output, peak) = measured(&world, &DOCUMENTS);
    assert_eq!(check(&world, &output), 200);
    assert_eq!(names(&world.path("files")).len(), 200);
    assert!(peak.is_none_or(|peak| peak < LIMIT), "{peak:?} KiB");
}

#[test]
fn a_file_of_half_a_gigabyte_takes_no_more_memory_than_a_small_one() {
    let large = document(1, "Archive", "sandbox:bytes=500000000/archive.pdf");
    let world = with_documents(&[large]);
    let (output, peak) = measured(&world, &DOCUMENTS);
    assert_eq!(check(&world, &output), 1);
    assert_eq!(column(&output, "bytes"), [500_000_000]);
    assert!(peak.is_none_or(|peak| peak < LIMIT), "{peak:?} KiB");
}

/// Runs a command, and looks at its peak memory in KiB until it ends, where that can be seen. Of a
/// build that is not optimised, what it maps from its own file is left out: that alone comes near
/// the limit.
fn measured(world: &World, arguments: &[&str]) -> (Output, Option<u64>) {
    let command = world.spawn(world.command(arguments));
    let status = format!("/proc/{}/status", command.child.id().unwrap());
    let name = if cfg!(debug_assertions) {
        "RssAnon:"
    } else {
        "VmHWM:"
    };
    let looking = std::thread::spawn(move || {
        let mut peak: Option<u64> = None;
        while let Ok(text) = std::fs::read_to_string(&status) {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            let Some(line) = line else { break };
            let now = line.trim().trim_end_matches(" kB").parse().unwrap();
            peak = peak.max(Some(now));
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        peak
    });
    let output = command.end().succeeds();
    (output, looking.join().unwrap())
}
