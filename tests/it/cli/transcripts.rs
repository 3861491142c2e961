//! The console blocks of the documents, run for real.
//!
//! A block that needs the network or a person is marked `sh` or `text` there, and not run.

use std::path::Path;
use std::time::Duration;

use eprospera::env;

/// The binary under test.
const BINARY: &str = core::env!("CARGO_BIN_EXE_eprospera");

/// Variables that would change what is printed.
const OF_THE_DEVELOPER: [&str; 9] = [
    env::PROFILE,
    env::ISSUER,
    env::CLIENT_ID,
    env::REDIRECT_URI,
    env::STORE,
    env::OUTPUT,
    env::LOG,
    env::CA_FILE,
    env::REQUEST_TIMEOUT,
];

/// Every document with folders of its own, so that none sees the profiles of another.
fn run(documents: &[&str]) {
    for document in documents {
        // A pattern without a match would pass.
        assert!(Path::new(document).is_file(), "{document}");
        let home = tempfile::tempdir().expect("a temporary folder can be made");
        let cases = trycmd::TestCases::new();
        // An empty variable counts as none: what the developer has set must not show.
        for variable in OF_THE_DEVELOPER.iter().chain(&env::SECRETS) {
            cases.env(*variable, "");
        }
        for (variable, folder) in [
            ("HOME", "home"),
            (env::CONFIG_DIR, "config"),
            (env::STATE_DIR, "state"),
            (env::CACHE_DIR, "cache"),
        ] {
            cases.env(variable, home.path().join(folder).display().to_string());
        }
        cases
            // `sandbox exec` finds the binary here, and needs nothing else.
            .env("PATH", folder_of_the_binary())
            .env(env::NO_INPUT, "1")
            .register_bin("eprospera", Path::new(BINARY))
            .timeout(Duration::from_secs(60))
            .case(document);
        cases.run();
    }
}

fn folder_of_the_binary() -> String {
    let folder = Path::new(BINARY).parent();
    folder
        .expect("a binary lies in a folder")
        .display()
        .to_string()
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    run(&["README.md"]);
}

#[test]
fn the_pages_of_the_documentation_show_what_the_program_prints() {
    run(&[
        "docs/prosper.md",
        "docs/proxy.md",
        "docs/reference.md",
        "docs/sandbox.md",
        "docs/scripting.md",
    ]);
    // One has a line for a POSIX shell, and in the other the program puts words in the quotation marks of such a shell.
    #[cfg(unix)]
    run(&["docs/from-the-official-tool.md", "docs/login.md"]);
}

#[test]
fn the_transcripts_show_what_the_program_prints() {
    run(&[
        "tests/docs/demo.trycmd",
        "tests/docs/exit-codes.trycmd",
        "tests/docs/profiles.trycmd",
        "tests/docs/sandbox-exec.trycmd",
    ]);
}
