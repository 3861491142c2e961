//! Runs a program at the console of this process, and does there what a test says, as a person would: each line on stdin is a
//! JSON string that is typed, and is answered with one line that says what is on the screen. The end of stdin ends both.

#![cfg_attr(
    windows,
    expect(clippy::unwrap_used, reason = "a panic is how a part of a test fails")
)]

#[cfg(windows)]
fn main() {
    use std::io::Write as _;
    use std::process::Command;

    let mut arguments = std::env::args_os().skip(1);
    let columns = arguments.next().unwrap().to_str().unwrap().parse().unwrap();
    let console = eprospera_inherited_signals::Console::open(columns, 40).unwrap();
    let mode = || winapi_util::console::mode(&console.keyboard).unwrap();
    let before = mode();
    let stream = |file: &std::fs::File| file.try_clone().unwrap();
    let mut child = Command::new(arguments.next().unwrap())
        .args(arguments)
        .stdin(stream(&console.keyboard))
        .stdout(stream(&console.screen))
        .stderr(stream(&console.screen))
        .spawn()
        .unwrap();
    for line in std::io::stdin().lines() {
        let keys: String = serde_json::from_str(&line.unwrap()).unwrap();
        console.types(&keys).unwrap();
        // What it wrote before its end is on the screen after it.
        let ended = child.try_wait().unwrap();
        let answer = serde_json::json!({
            "code": ended.and_then(|status| status.code()),
            "mode_is_as_before": mode() == before,
            "screen": console.shown().unwrap(),
        });
        let mut stdout = std::io::stdout();
        writeln!(stdout, "{answer}").unwrap();
        stdout.flush().unwrap();
    }
    // It may have ended.
    child.kill().unwrap_or_default();
}

// The tests that ask for it are those of Windows.
#[cfg(not(windows))]
fn main() -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}
