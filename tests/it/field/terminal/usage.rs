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

/// Arguments are UTF-16 on Windows.
#[test]
#[cfg(unix)]
fn an_argument_that_is_not_utf_8_is_a_usage_error_that_steers_nothing() {
    use std::os::unix::ffi::OsStrExt as _;

    let world = World::new();
    for start in ["", "--", "--profile="] {
        let mut argument = start.as_bytes().to_vec();
        argument.extend(b"\x1b[2J\xff");
        let mut command = world.command(&["token"]);
        command.arg(std::ffi::OsStr::from_bytes(&argument));
        command.env("EPROSPERA_OUTPUT", "table");
        let output = world.finish(command).exits(2);
        assert!(!output.stderr.contains("\u{1b}[2J"), "{output:#?}");
        assert!(output.stderr.contains("error:"), "{output:#?}");
    }
}
