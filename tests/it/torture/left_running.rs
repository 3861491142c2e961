//! What a client has started ends with it, and nothing else does.
//!
//! On Linux all that a client started can be found, on Windows all of it is in a job. Elsewhere only its group is ended.

use super::bad_input::client;
use crate::world::World;

#[cfg(target_os = "linux")]
#[test]
fn a_client_that_hangs_is_killed_with_all_that_it_started() {
    let world = World::new();
    let mark = world.path("started").display().to_string();
    let words = format!("sleep 1000 & echo $! > {mark}; setsid sleep 1001 & wait");
    let output = client(&world, &words, &["--timeout", "2s"]).exits(9);
    assert!(
        output.stderr.contains("did not end within 2s"),
        "{}",
        output.stderr
    );
    let short = client(&world, "sleep 1002", &["--timeout", "500ms"]).exits(9);
    assert!(short.stderr.contains("within 500ms"), "{}", short.stderr);
    client(&world, "exit 0", &["--timeout", "0"]).exits(2);
    let id = std::fs::read_to_string(&mark).unwrap();
    assert!(has_ended(id.trim()), "{id}");
    assert!(!is_running("sleep\u{0}1001\u{0}"));
}

/// A sandbox of a test's own, which says in a file where it listens.
#[cfg(windows)]
fn listens(world: &World, file: &str) -> bool {
    let ready = std::fs::read_to_string(world.path(file)).unwrap();
    let ready: serde_json::Value = serde_json::from_str(&ready).unwrap();
    let url: url::Url = ready["url"].as_str().unwrap().parse().unwrap();
    let place = url.socket_addrs(|| None).unwrap();
    std::net::TcpStream::connect(&*place).is_ok()
}

#[cfg(windows)]
#[test]
fn a_client_that_hangs_is_killed_with_all_that_it_started() {
    let world = World::new();
    let server = |file: &str| {
        let (program, file) = (crate::world::program(), world.path(file));
        format!(
            "{program} sandbox --port 0 --ready-file {} >NUL 2>&1",
            file.display()
        )
    };
    let hangs = format!("start /b {}\r\n{}", server("started"), server("itself"));
    let hangs = world.script("hangs", &hangs);
    let output = client(&world, &hangs, &["--timeout", "15s"]).exits(9);
    assert!(
        output.stderr.contains("did not end within 15s"),
        "{}",
        output.stderr
    );
    assert!(!listens(&world, "started") && !listens(&world, "itself"));
    let short = client(&world, &server("short"), &["--timeout", "500ms"]).exits(9);
    assert!(short.stderr.contains("within 500ms"), "{}", short.stderr);
    client(&world, "exit 0", &["--timeout", "0"]).exits(2);
}

#[cfg(target_os = "linux")]
#[test]
fn what_ran_before_the_trials_is_left_alone() {
    let world = World::new();
    let mark = world.path("earlier").display().to_string();
    // The shell is replaced, so that what it started is a child of this program.
    let line = format!(
        "sleep 987 >/dev/null 2>&1 & echo $! >'{mark}'; exec '{}' sandbox torture -- false",
        super::program()
    );
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &line]).env("HOME", world.path(""));
    let output = command.output().unwrap();
    let id = std::fs::read_to_string(&mark).unwrap();
    let has_gone = has_ended(id.trim());
    if let Some(id) = rustix::process::Pid::from_raw(id.trim().parse().unwrap()) {
        rustix::process::kill_process(id, rustix::process::Signal::KILL).unwrap_or_default();
    }
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(!has_gone, "{id}");
}

#[cfg(windows)]
#[test]
fn what_ran_before_the_trials_is_left_alone() {
    let world = World::new();
    let mut earlier =
        world.spawn(world.command(&["sandbox", "--port", "0", "--ready-file", "earlier"]));
    drop(earlier.line_of_stdout());
    world
        .run(&["sandbox", "torture", "--", "cmd", "/c", "exit 1"])
        .exits(3);
    assert!(listens(&world, "earlier"));
    drop(earlier.stop());
}

#[cfg(target_os = "linux")]
fn has_ended(id: &str) -> bool {
    let stat = std::fs::read_to_string(std::path::Path::new("/proc").join(id).join("stat"));
    stat.map_or(true, |stat| stat.contains(") Z "))
}

#[cfg(target_os = "linux")]
fn is_running(command_line: &str) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let mut lines = processes.map(|entry| std::fs::read(entry.path().join("cmdline")));
    lines.any(|line| line.is_ok_and(|line| line == command_line.as_bytes()))
}
