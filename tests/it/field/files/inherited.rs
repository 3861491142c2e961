//! What a process inherits and hands on: ignored signals and the umask.

#[cfg(target_os = "linux")]
use rustix::process::Signal;

use super::mode;
use crate::run::Run;
use crate::world::World;

/// Runs a command line of a shell, in which `$E` is the program.
fn shell(world: &World, line: &str) -> Run {
    let mut command = world.command_of("sh", &["-c", line]);
    command.env("E", crate::world::program());
    world.finish(command)
}

/// The signals in a set that `/proc` shows, of those that matter here.
#[cfg(target_os = "linux")]
fn signals(status: &str, set: &str) -> Vec<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix(set));
    let bits = u64::from_str_radix(line.unwrap().trim(), 16).unwrap();
    let is_in = |signal: &u32| bits & (1 << (signal - 1)) != 0;
    [1, 2, 13, 15, 17].into_iter().filter(is_in).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn the_command_of_exec_finds_its_signals_as_they_were_whether_or_not_there_was_a_refresh() {
    let world = World::signed_in();
    let ignored = |trap: &str| {
        let line = format!("{trap} exec $E exec -- cat /proc/self/status");
        signals(&shell(&world, &line).succeeds().stdout, "SigIgn:")
    };
    for refreshed in [false, true] {
        let before = world.refreshes();
        for (trap, signals) in [
            ("", &[][..]),
            ("trap '' HUP;", &[1]),
            ("trap '' HUP INT TERM;", &[1, 2, 15]),
            ("trap '' PIPE;", &[13]),
        ] {
            if refreshed {
                world.expire_access_token();
            }
            assert_eq!(ignored(trap), signals, "{trap}");
        }
        assert_eq!(world.refreshes() - before, 4 * usize::from(refreshed));
    }
    for (trap, ignored) in [("", &[][..]), ("trap '' HUP INT PIPE;", &[1, 2, 13])] {
        let line = format!("{trap} exec $E sandbox exec -- cat /proc/self/status");
        let status = shell(&world, &line).succeeds().stdout;
        assert_eq!(signals(&status, "SigIgn:"), ignored);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_was_blocked_stays_blocked_in_the_command_and_no_other() {
    let world = World::signed_in();
    for (block, blocked) in [
        ("", &[][..]),
        ("--block-signal=HUP --block-signal=PIPE", &[1, 13]),
    ] {
        for command in ["exec", "sandbox exec"] {
            let line = format!("exec env {block} $E {command} -- cat /proc/self/status");
            let status = shell(&world, &line).succeeds().stdout;
            assert_eq!(signals(&status, "SigBlk:"), blocked, "{command}");
            assert_eq!(signals(&status, "SigIgn:"), [0_u32; 0], "{command}");
        }
    }
}

#[test]
fn a_closed_pipe_ends_the_program_in_silence_however_the_signal_was_inherited() {
    let world = World::signed_in();
    for trap in ["", "trap '' PIPE;"] {
        let line = format!("({trap} $E me natural-person; echo $? >&2) | true");
        let output = shell(&world, &line).succeeds();
        assert_eq!(output.stderr, "0\n", "{trap}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn helpers_and_openers_find_ignored_signals_ignored() {
    let mut world = World::new();
    let opener = world.script("opener", "cat /proc/self/status > seen; exit 1");
    let line = format!(
        "trap '' HUP INT PIPE; exec $E login --browser {opener} --timeout 3s >/dev/null 2>&1"
    );
    drop(shell(&world, &line).exits(9));
    let seen = std::fs::read_to_string(world.path("seen")).unwrap();
    assert_eq!(signals(&seen, "SigIgn:"), [1, 2, 13]);

    let helper = world.script("helper", "cat /proc/self/status > seen-too");
    world.set("EPROSPERA_STORE", &format!("command:{helper}"));
    drop(shell(&world, "trap '' HUP INT PIPE; exec $E token").exits(13));
    let seen = std::fs::read_to_string(world.path("seen-too")).unwrap();
    assert_eq!(signals(&seen, "SigIgn:"), [1, 2, 13]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_query_for_the_default_browser_finds_ignored_signals_ignored() {
    let mut world = World::new();
    world.script("xdg-mime", "cat /proc/self/status > seen");
    world.script("xdg-open", "exit 0");
    world.set("DISPLAY", ":99");
    let line = "trap '' HUP INT PIPE; PATH=$PWD:$PATH exec $E login --timeout 3s >/dev/null 2>&1";
    drop(shell(&world, line).exits(9));
    let seen = std::fs::read_to_string(world.path("seen")).unwrap();
    assert_eq!(signals(&seen, "SigIgn:"), [1, 2, 13]);
}

/// As a supervisor does that lets the system bury its children.
#[cfg(target_os = "linux")]
const WITHOUT_CHILDREN: &str = "exec env --ignore-signal=CHLD $E";

#[cfg(target_os = "linux")]
#[test]
fn children_are_waited_for_where_their_end_was_ignored_and_they_find_it_ignored() {
    let mut world = World::signed_in();
    for command in ["exec", "sandbox exec"] {
        let line = format!("{WITHOUT_CHILDREN} {command} -- cat /proc/self/status");
        let status = shell(&world, &line).succeeds().stdout;
        assert_eq!(signals(&status, "SigIgn:"), [17], "{command}");
        drop(
            shell(
                &world,
                &format!("{WITHOUT_CHILDREN} {command} -- sh -c 'exit 7'"),
            )
            .exits(7),
        );
    }
    drop(shell(&world, &format!("{WITHOUT_CHILDREN} demo")).succeeds());

    let opener = world.script("opener", "exit 1");
    let line = format!("{WITHOUT_CHILDREN} login --browser {opener} --timeout 3s 2>&1");
    let output = shell(&world, &line).exits(9);
    assert!(output.stdout.contains("exit status: 1"), "{output:#?}");

    let helper = world.script("helper", "echo no such thing >&2; exit 9");
    world.set("EPROSPERA_STORE", &format!("command:{helper}"));
    let usual = shell(&world, "exec $E token").exits(13).stderr;
    let output = shell(&world, &format!("{WITHOUT_CHILDREN} token")).exits(13);
    assert_eq!(output.stderr, usual);
}

#[cfg(target_os = "linux")]
#[test]
fn a_hang_up_that_nohup_ignores_ends_neither_a_login_nor_a_sandbox() {
    let world = World::new();
    let ignores = |id: u32| {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        assert_eq!(signals(&status, "SigIgn:"), [1, 13]);
        assert_eq!(signals(&status, "SigCgt:"), [2, 15]);
    };
    let nohup = |command: &str| {
        let line = format!("trap '' HUP; exec $E {command}");
        let mut command = world.command_of("sh", &["-c", &line]);
        command.env("E", crate::world::program());
        command
    };
    let login = world.start(nohup("login --no-browser"));
    ignores(login.process.child.id().unwrap());
    login.process.signal(Signal::HUP);
    login.complete().succeeds();

    let mut sandbox = world.spawn(nohup("sandbox --port 0 --output json"));
    drop(sandbox.line_of_stdout());
    ignores(sandbox.child.id().unwrap());
    sandbox.signal(Signal::HUP);
    assert!(sandbox.child.try_wait().unwrap().is_none());
    sandbox.signal(Signal::TERM);
    drop(sandbox.end().succeeds());
}

#[test]
fn the_folders_of_a_sandboxed_command_are_private_whatever_the_umask() {
    let world = World::new();
    for umask in ["0", "022", "0077", "0777"] {
        let script = "ls -ld $(dirname $EPROSPERA_STATE_DIR)";
        let line = format!("umask {umask}; exec $E sandbox exec -- sh -c '{script}'");
        let output = shell(&world, &line).succeeds();
        assert!(
            output.stdout.starts_with("drwx------"),
            "{umask}: {output:?}"
        );
    }
}

#[test]
fn what_a_login_stores_is_private_whatever_the_umask() {
    for umask in ["0", "0777"] {
        let world = World::new();
        let line = format!("umask {umask}; exec $E login --no-browser");
        let mut command = world.command_of("sh", &["-c", &line]);
        command.env("E", crate::world::program());
        world.start(command).complete().succeeds();
        let line = format!("umask {umask}; exec $E profile set client_id it");
        drop(shell(&world, &line).succeeds());
        let mut places = vec![
            world.path("state"),
            world.path("config"),
            world.path("cache"),
        ];
        while let Some(place) = places.pop() {
            let is_folder = place.is_dir();
            let expected = if is_folder { 0o700 } else { 0o600 };
            assert_eq!(mode(&place), expected, "{} umask {umask}", place.display());
            if is_folder {
                let entries = std::fs::read_dir(&place).unwrap();
                places.extend(entries.map(|entry| entry.unwrap().path()));
            }
        }
    }
}
