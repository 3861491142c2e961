//! What a faulty command line can do to the terminal: nothing.

use crate::world::World;

#[test]
fn a_faulty_argument_is_repeated_without_what_steers_a_terminal() {
    let world = World::new();
    let steering = "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{202e}";
    for arguments in [
        &[steering][..],
        &["token", steering],
        &["token", &format!("--{steering}")],
        &["token", "--min-ttl", steering],
        &["token", "--format", steering],
        &["login", "--timeout", steering],
        &["whoami", "--jq", steering],
        &["whoami", "--fields", "a..b", "--output", steering],
        &["sandbox", "--port", steering],
        &["sandbox", "--fault", steering],
        &["sandbox", "--client", steering],
        &["--profile", steering, "logni"],
        &["profile", "set", steering, "x"],
        &["api", steering, steering],
        &["completions", steering],
    ] {
        for format in ["table", "json"] {
            let output = world
                .run_in(&[("EPROSPERA_OUTPUT", format)], arguments)
                .exits(2);
            for part in ["\u{1b}[2J", "\u{1b}]", "\u{7}", "\u{9b}", "\u{202e}"] {
                assert!(
                    !output.stderr.contains(part),
                    "{arguments:?}: {:?}",
                    output.stderr
                );
            }
        }
    }
}

/// What is no text: on Windows, half of a character of UTF-16.
#[cfg(windows)]
fn no_text(start: &str) -> std::ffi::OsString {
    let units: Vec<_> = start.encode_utf16().chain([0xd800]).collect();
    std::os::windows::ffi::OsStringExt::from_wide(&units)
}

#[cfg(unix)]
fn no_text(start: &str) -> std::ffi::OsString {
    let bytes = [start.as_bytes(), b"\xff"].concat();
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[test]
fn an_argument_that_is_no_text_is_a_usage_error_that_steers_nothing() {
    let world = World::new();
    for start in ["", "--", "--profile="] {
        let mut command = world.command(&["token"]);
        command.arg(no_text(&format!("{start}\u{1b}[2J")));
        command.env("EPROSPERA_OUTPUT", "table");
        let output = world.finish(command).exits(2);
        assert!(!output.stderr.contains("\u{1b}[2J"), "{output:#?}");
        assert!(output.stderr.contains("error:"), "{output:#?}");
    }
}
