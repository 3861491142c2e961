//! The directions in which modules and files may know each other, read off their paths.
//!
//! A new edge between modules is a decision: add it to `layers` with the change that needs it.
//! Between files every direction is allowed, but no circle.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use layers::ALLOWED;
use source::code;

mod circles;
mod layers;
mod source;

const CLIENT: &str = "src";
const SANDBOX: &str = "crates/eprospera-sandbox/src";

fn folder(of_sources: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(of_sources)
}

fn edges(of_sources: &str) -> circles::Edges {
    let texts = source::read(&folder(of_sources)).into_iter();
    let edges = circles::edges(&texts.map(|(file, text)| (file, code(&text))).collect());
    assert!(edges.values().map(BTreeSet::len).sum::<usize>() > 200);
    edges
}

#[test]
fn no_file_of_the_client_is_in_a_circle() {
    let edges = edges(CLIENT);
    let circles = circles::circles(&edges);
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn no_file_and_no_folder_of_the_sandbox_is_in_a_circle() {
    let files = edges(SANDBOX);
    let folders = circles::between_folders(&files);
    for edges in [files, folders] {
        let circles = circles::circles(&edges);
        assert!(circles.is_empty(), "{circles:#?}");
    }
}

/// Every source file but unit tests, with its path below `src`.
fn files() -> Vec<(PathBuf, String)> {
    let texts = source::read(&folder(CLIENT)).into_iter();
    texts.map(|(file, text)| (file.into(), text)).collect()
}

/// The top-level module that a file belongs to.
fn module(path: &Path) -> String {
    let first = path
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that a text names after `crate::`, groups in braces included.
fn named(code: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect()
    };
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split_once(';').map_or(group, |(group, _)| group);
            let mut depth = 0;
            let mut item = String::new();
            for letter in group.chars().chain([',']) {
                match letter {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth <= 0 => names.extend([word(&std::mem::take(&mut item))]),
                    _ => item.push(letter),
                }
            }
        } else {
            names.insert(word(rest));
        }
    }
    names.remove("");
    names
}

/// Crates of the program, its sandbox and its tests on all systems together. One more is a decision, too.
const MOST_CRATES: usize = 418;

#[test]
fn no_more_crates_are_needed_than_were_decided_on() {
    let lock = include_str!("../../Cargo.lock");
    let crates = lock.lines().filter(|line| *line == "[[package]]").count();
    assert!(
        (300..=MOST_CRATES).contains(&crates),
        "{crates} crates: if a new one is worth it, say why in the commit, and count it in"
    );
}

#[test]
fn modules_know_only_what_the_table_allows() {
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    let mut wrong = Vec::new();
    for (path, text) in files() {
        let module = module(&path);
        let Some(may_name) = allowed.get(module.as_str()) else {
            panic!("{} is not in the table", path.display());
        };
        for name in named(&code(&text)) {
            // Items of the crate root begin with a capital or are functions of it.
            let is_module = allowed.contains_key(name.as_str());
            if is_module && name != module && !may_name.contains(&name.as_str()) {
                wrong.push(format!("{} names {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_allows_no_circle() {
    let owned = |name: &&str| (*name).to_owned();
    let edges = ALLOWED.iter().map(|(module, may_name)| {
        let may_name = may_name.iter().map(owned).collect();
        ((*module).to_owned(), may_name)
    });
    let edges = edges.collect();
    let circles = circles::circles(&edges);
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn protocol_portal_and_store_know_nothing_of_each_other_nor_of_the_terminal() {
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    for module in ["oauth", "portal", "store"] {
        for foreign in [
            "oauth",
            "portal",
            "store",
            "output",
            "context",
            "cli",
            "commands",
            "env",
            "environment",
            "settings",
            "error",
        ] {
            assert!(
                !allowed[module].contains(&foreign),
                "{module} may name {foreign}"
            );
        }
    }
}

#[test]
fn layers_leave_exit_codes_and_hints_to_the_policy() {
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    for layer in allowed["error"].iter().chain(&["provider"]) {
        assert!(!allowed[layer].contains(&"error"), "{layer} may name error");
    }
}

#[test]
fn only_provider_knows_one_provider_from_another() {
    for (path, text) in files() {
        let is_free = module(&path) == "provider";
        for name in ["prosperex", "\"prosper\"", "/login/oauth/", "user:email"] {
            let code = code(&text);
            assert!(
                is_free || !code.contains(name),
                "{} names {name}",
                path.display()
            );
        }
    }
}

#[test]
fn only_output_writes_to_the_standard_streams() {
    let ways = [
        "println!",
        "eprintln!",
        "print!(",
        "eprint!(",
        "dbg!",
        "io::stdout",
        "io::stderr",
    ];
    for (path, text) in files() {
        // The one asks whether they are terminals, the other gives the log its writer.
        let is_excepted = ["environment", "context", "output"].contains(&module(&path).as_str());
        let code = code(&text);
        let found: Vec<_> = ways.iter().filter(|way| code.contains(**way)).collect();
        assert!(
            is_excepted || found.is_empty(),
            "{} has {found:?}",
            path.display()
        );
        let macros = found.iter().any(|way| way.contains('!'));
        assert!(
            !macros,
            "{} panics when its reader goes away",
            path.display()
        );
    }
}

#[test]
fn only_environment_reads_the_environment_and_nothing_ends_the_process() {
    for (path, text) in files() {
        let code = code(&text);
        // A signal ends work that nothing else can end, and only an end takes a code of 32 bits.
        let may_end = path.ends_with("interrupt/thread.rs") || path == Path::new("process.rs");
        assert!(
            may_end || !code.contains("process::exit("),
            "{}",
            path.display()
        );
        for (at, _) in code.match_indices("std::env::") {
            let word: String = code[at + 10..]
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect();
            // Where the program lies is no variable.
            let is_harmless =
                ["current_exe", "consts", "split_paths", "temp_dir"].contains(&word.as_str());
            let is_reader =
                module(&path) == "environment" || (module(&path) == "main" && word == "args_os");
            assert!(
                is_harmless || is_reader,
                "{} reads std::env::{word}",
                path.display()
            );
        }
        let finds_home = code.contains("ProjectDirs") || code.contains("home_dir");
        assert!(
            !finds_home || module(&path) == "folders",
            "{} looks for folders",
            path.display()
        );
    }
}

#[test]
fn only_file_sharing_renames_and_removes_files() {
    let ways = [
        "fs::rename(",
        "fs::remove_file(",
        "fs::remove_dir(",
        "fs::remove_dir_all(",
        ".persist(path",
        ".persist(&path",
        ".persist_noclobber(",
    ];
    for (path, text) in files() {
        let code = code(&text);
        let found: Vec<_> = ways.iter().filter(|way| code.contains(**way)).collect();
        assert!(
            module(&path) == "file_sharing" || found.is_empty(),
            "{} has {found:?}: on Windows another program may have the file open for a moment",
            path.display()
        );
    }
}

#[test]
fn modules_are_nouns_of_the_domain() {
    let drawers = [
        "utils", "util", "helpers", "helper", "common", "manager", "handler", "types", "misc",
        "prelude",
    ];
    for (path, text) in files() {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            !drawers.contains(&stem.as_str()),
            "{} is a drawer",
            path.display()
        );
        let opens = text.trim_start().starts_with("//!");
        assert!(opens, "{} does not say what it is for", path.display());
    }
}

#[test]
fn a_session_is_erased_through_its_list_of_causes_alone() {
    for (path, text) in files() {
        let code = code(&text);
        let has = |call: &str| code.contains(call);
        let is_list = path == Path::new("session/erasure.rs");
        // A client secret is no session: what a person unsets is deleted.
        let is_secret = path == Path::new("commands/profile.rs");
        // What waits for an answer is no session either.
        let is_pending = path == Path::new("session/pending_login.rs");
        let is_store = module(&path) == "store" || is_pending;
        for call in [".delete(", ".set_aside("] {
            assert!(
                is_list || is_secret || is_store || !has(call),
                "{} has {call}...)",
                path.display()
            );
        }
        // What replaces a session names its cause as well; a refresh puts its successor there.
        let is_refresh = [
            "session/mod.rs",
            "session/refresh.rs",
            "session/refresh/commit.rs",
        ]
        .map(Path::new);
        assert!(
            is_secret || is_store || is_refresh.contains(&&*path) || !has(".put("),
            "{} has .put(...)",
            path.display()
        );
    }
}
