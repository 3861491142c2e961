//! `api` shows what the portal sent, also when that is not what its content type says.

use crate::wire::{Wire, answer};

const JSON: &[&str] = &["content-type: application/json"];

/// Bodies that are called JSON and are not, with a word of the warning.
const BODIES: &[(&[u8], &str)] = &[
    (
        b"<html><body>Sign in to the Wi-Fi</body></html>",
        "line 1, column 1",
    ),
    (b"{\"a\": [1, 2", "ends too early"),
    (b"{\"a\":1}\n{\"a\":2}\n", "line 2, column 1"),
    (b"{\"a\":\"\xff\xfe\"}", "not UTF-8"),
    (b"{'a': 1}", "line 1, column 2"),
    (b"NaN", "line 1, column 1"),
    (b"{\"a\":1,}", "line 1, column 8"),
    (b"plain words\r\n", "line 1, column 1"),
    (b" \n", "ends too early"),
];

#[test]
fn a_body_that_is_called_json_and_is_not_is_shown_as_it_is_with_a_warning() {
    for (body, words) in BODIES {
        let wire = Wire::answering(vec![answer(200, JSON, body)]);
        let world = wire.user();
        let path = world.path("body");
        let mut command = world.command(&["api", "/x"]);
        command.stdout(std::process::Stdio::from(
            std::fs::File::create(&path).unwrap(),
        ));
        let output = world.finish(command).succeeds();
        assert_eq!(std::fs::read(&path).unwrap(), *body);
        assert!(output.stderr.contains("warning"), "{}", output.stderr);
        assert!(
            output.stderr.contains("claims to be JSON"),
            "{}",
            output.stderr
        );
        assert!(output.stderr.contains(words), "{words}: {}", output.stderr);
    }
}

#[test]
fn a_filter_of_such_a_body_says_how_to_see_it() {
    for (body, words) in BODIES {
        for part in [["--jq", "."], ["--fields", "a"]] {
            let wire = Wire::answering(vec![answer(200, JSON, body)]);
            let arguments = [&["api", "/x"][..], &part].concat();
            let output = wire
                .user()
                .run(&arguments)
                .exits(1)
                .because("not JSON")
                .because(words);
            let output = output.hinting("without `--jq` and `--fields`");
            assert_eq!(output.stdout, "");
        }
        let wire = Wire::answering(vec![answer(200, JSON, body)]);
        wire.user()
            .run(&["api", "/x", "--paginate"])
            .exits(1)
            .because("not JSON")
            .hinting("without `--paginate`");
    }
}

#[test]
#[cfg(any(target_os = "linux", windows))]
fn on_a_terminal_nothing_of_such_a_body_steers_it() {
    let body = b"<p>\x1b[2Jred\x9b31m</p>";
    let wire = Wire::answering(vec![answer(200, JSON, body)]);
    let seen = wire
        .user()
        .at_terminal(120, &["api", "/x"])
        .end()
        .succeeds()
        .stdout;
    assert!(
        crate::terminal::lines_of(&seen).contains("<p>\\u{1b}[2Jred\u{fffd}31m</p>\n"),
        "{seen:?}"
    );
    assert!(seen.contains("warning"), "{seen:?}");
}

#[test]
fn a_byte_order_mark_and_half_of_a_surrogate_pair_do_not_spoil_an_answer() {
    let marked = "\u{feff}{\"a\":[\"\\ud83dx\"]}";
    for (part, expected) in [
        (&["--jq", ".a[0]"][..], "\u{fffd}x\n"),
        (&["--fields", "a", "--jq", ".a[0]"], "\u{fffd}x\n"),
        (&[], "\u{feff}{\"a\":[\"\\ud83dx\"]}\n"),
    ] {
        let wire = Wire::answering(vec![answer(200, JSON, marked.as_bytes())]);
        let output = wire
            .user()
            .run(&[&["api", "/x"][..], part].concat())
            .succeeds();
        assert_eq!(
            (output.stdout.as_str(), output.stderr.as_str()),
            (expected, ""),
            "{part:?}"
        );
    }
    let page = "\u{feff}{\"data\":[1],\"meta\":{\"nextCursor\":null}}";
    let wire = Wire::answering(vec![answer(200, JSON, page.as_bytes())]);
    let output = wire
        .user()
        .run(&["api", "/x", "--paginate", "--jq", ".data[0]"])
        .succeeds();
    assert_eq!(output.stdout, "1\n");
}

#[test]
fn an_empty_body_is_an_answer_without_words() {
    for flags in [&[][..], &["--jq", "."]] {
        let wire = Wire::answering(vec![answer(200, JSON, b"")]);
        let output = wire
            .user()
            .run(&[&["api", "/x"][..], flags].concat())
            .succeeds();
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", ""));
    }
}

#[test]
#[cfg(any(target_os = "linux", windows))]
fn what_can_be_read_is_shown_on_a_terminal_whatever_its_kind_of_text() {
    for kind in [
        "application/x-ndjson",
        "application/xml",
        "image/svg+xml",
        "application/yaml",
    ] {
        let header = format!("content-type: {kind}");
        let wire = Wire::answering(vec![answer(200, &[&header], b"{\"a\":1}\n<b/>\n")]);
        let seen = wire
            .user()
            .at_terminal(80, &["api", "/x"])
            .end()
            .succeeds()
            .stdout;
        let seen = crate::terminal::lines_of(&seen);
        assert_eq!(seen, "{\"a\":1}\n<b/>\n", "{kind}");
    }
}
