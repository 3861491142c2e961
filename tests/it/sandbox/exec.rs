//! `sandbox exec`: one command with a portal of its own, and nothing of the caller's session.

use std::collections::BTreeMap;

use crate::sandbox::OUTSIDE;
use crate::sign_in::Login;
use crate::world::{PRINT_VARIABLES, SHELL, World, program};

fn environment(text: &str) -> BTreeMap<String, String> {
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn the_command_gets_exactly_the_environment_of_the_contract() {
    let world = World::new();
    let output = world
        .run_in(
            &OUTSIDE,
            &["sandbox", "exec", "--", SHELL[0], SHELL[1], PRINT_VARIABLES],
        )
        .succeeds();
    let inside = environment(&output.stdout);
    let mut own: Vec<_> = inside
        .keys()
        .filter(|name| name.starts_with("EPROSPERA_"))
        .collect();
    own.sort();
    let expected = [
        "EPROSPERA_CACHE_DIR",
        "EPROSPERA_CLIENT_ID",
        "EPROSPERA_CLIENT_SECRET",
        "EPROSPERA_CONFIG_DIR",
        "EPROSPERA_ISSUER",
        "EPROSPERA_REDIRECT_URI",
        "EPROSPERA_STATE_DIR",
        "EPROSPERA_STORE",
        "EPROSPERA_STORE_KEY",
    ];
    assert_eq!(own, expected);
    assert!(!output.stdout.contains("outside"));
    assert!(inside["EPROSPERA_ISSUER"].starts_with("http://127.0.0.1:"));
    assert_eq!(inside["EPROSPERA_CLIENT_ID"], "sandbox-web");
    assert_eq!(inside["EPROSPERA_CLIENT_SECRET"], "sandbox-secret");
    assert_eq!(inside["EPROSPERA_STORE"], "encrypted-file");
    assert_eq!(inside["EPROSPERA_STORE_KEY"].len(), 64);
    let uris: Vec<_> = inside["EPROSPERA_REDIRECT_URI"].split(' ').collect();
    assert_eq!(uris.len(), 3);
    assert!(
        uris.iter().all(|uri| !uri.contains(":8736")),
        "free ports: {uris:?}"
    );
    assert_eq!(
        inside["SANDBOX_CONTROL_TOKEN"].len(),
        43,
        "what steers the sandbox, for a test that moves its clock"
    );
    for folder in ["CONFIG", "STATE", "CACHE"] {
        let folder = &inside[&format!("EPROSPERA_{folder}_DIR")];
        assert!(
            !std::path::Path::new(folder).exists(),
            "{folder} outlives the command"
        );
    }
    // The rest of the environment is the caller's.
    assert_eq!(inside["HOME"], world.path("").display().to_string());
}

#[test]
fn the_first_client_named_is_the_one_in_use() {
    let world = World::new();
    let client = "mine:s3cret=http://127.0.0.1:9/a,http://127.0.0.1:9/b";
    let flags = [
        "sandbox",
        "exec",
        "--client",
        client,
        "--client",
        "other=http://127.0.0.1:9/c",
        "--",
        SHELL[0],
        SHELL[1],
        PRINT_VARIABLES,
    ];
    let inside = environment(&world.run(&flags).succeeds().stdout);
    assert_eq!(inside["EPROSPERA_CLIENT_ID"], "mine");
    assert_eq!(inside["EPROSPERA_CLIENT_SECRET"], "s3cret");
    assert_eq!(
        inside["EPROSPERA_REDIRECT_URI"],
        "http://127.0.0.1:9/a http://127.0.0.1:9/b"
    );
    let flags = [
        "sandbox",
        "exec",
        "--client",
        "public=http://127.0.0.1:9/a",
        "--",
        SHELL[0],
        SHELL[1],
        PRINT_VARIABLES,
    ];
    let inside = environment(
        &world
            .run_in(&[("EPROSPERA_CLIENT_SECRET", "outside")], &flags)
            .succeeds()
            .stdout,
    );
    assert!(!inside.contains_key("EPROSPERA_CLIENT_SECRET"));
}

#[test]
fn its_exit_code_and_its_stdout_are_the_commands() {
    let world = World::new();
    let (line, printed) = if cfg!(windows) {
        ("echo a&& echo b&& exit 42", "a\r\nb\r\n")
    } else {
        ("printf 'a\\nb'; exit 42", "a\nb")
    };
    let output = world
        .run(&["sandbox", "exec", "--", SHELL[0], SHELL[1], line])
        .exits(42);
    assert_eq!(output.stdout, printed);
    assert!(!output.stderr.is_empty());
    if cfg!(unix) {
        let output = world
            .run(&["sandbox", "exec", "--", "sh", "-c", "kill -9 $$"])
            .exits(137);
        assert_eq!(output.stdout, "");
    }
    world
        .run(&["sandbox", "exec", "--", "/nonexistent/command"])
        .exits(127)
        .because("cannot run /nonexistent/command");
    let text = world.write("text", "no program").display().to_string();
    world.run(&["sandbox", "exec", "--", &text]).exits(126);
    world.run(&["sandbox", "exec"]).exits(2);
}

/// Windows has no signal that could be passed on.
#[test]
#[cfg(unix)]
fn sigterm_is_passed_on_to_the_command() {
    let world = World::new();
    let script = "trap 'kill $!; exit 7' TERM; sleep 60 > /dev/null 2>&1 & echo ready; wait";
    let command = world.command(&["sandbox", "exec", "--", "sh", "-c", script]);
    let mut running = world.spawn(command);
    assert_eq!(running.line_of_stdout(), "ready\n");
    running.signal(rustix::process::Signal::TERM);
    running.end().exits(7);
}

#[test]
fn stdin_reaches_the_command() {
    let world = World::new();
    let line = if cfg!(windows) {
        "set /p line=& call echo %^line%"
    } else {
        "cat"
    };
    let command = ["sandbox", "exec", "--", SHELL[0], SHELL[1], line];
    let output = world.run_with_stdin(&command, "through\n").succeeds();
    assert_eq!(output.stdout.trim_end(), "through");
}

#[test]
fn a_whole_session_runs_inside_without_disturbing_the_one_outside() {
    let world = World::signed_in();
    let before = world.access_token();
    let program = program();
    let script = format!("{program} login --no-browser && {program} refresh && {program} whoami");
    let flags = [
        "sandbox",
        "exec",
        "--auto-approve=former",
        "--",
        SHELL[0],
        SHELL[1],
        &script,
    ];
    let mut inside = Login::of(world.spawn(world.command(&flags)), "http://127.0.0.1:");
    inside.visit().says("You are signed in");
    let output = inside.end().succeeds();
    assert!(
        output.stdout.contains("j.brandvold@mail.example"),
        "{output:#?}"
    );
    assert_eq!(world.access_token(), before);
    world.run(&["whoami"]).succeeds();
}

#[test]
fn a_fault_and_a_lifetime_can_be_asked_for() {
    let world = World::new();
    let program = program();
    let flags = [
        "sandbox",
        "exec",
        "--fault",
        "discovery:wrong-issuer",
        "--",
        program,
        "login",
        "--no-browser",
    ];
    world.run(&flags).exits(14);
}

/// A folder for what a run puts aside while it lasts, and the variables that name it.
fn scratch(world: &World) -> (std::path::PathBuf, [(&'static str, String); 2]) {
    let folder = world.path("scratch");
    std::fs::create_dir_all(&folder).unwrap();
    let name = folder.display().to_string();
    (folder, [("TMPDIR", name.clone()), ("TMP", name)])
}

#[test]
fn nothing_is_left_behind_however_the_command_ends() {
    for switches in [&[][..], &["--tls"]] {
        leaves_nothing_behind(switches);
    }
}

fn leaves_nothing_behind(switches: &[&str]) {
    for (script, code) in [
        ("exit 0", 0),
        ("exit 3", 3),
        #[cfg(unix)]
        ("kill -TERM $$", 143),
        #[cfg(unix)]
        ("kill -KILL $$", 137),
        #[cfg(unix)]
        ("kill -HUP $PPID; sleep 9 > /dev/null 2>&1 & wait", 143),
        #[cfg(unix)]
        ("kill -TERM $PPID; sleep 9 > /dev/null 2>&1 & wait", 143),
    ] {
        let world = World::new();
        let (folder, variables) = scratch(&world);
        let script = if cfg!(windows) {
            format!("echo %EPROSPERA_ISSUER%& {script}")
        } else {
            format!("echo $EPROSPERA_ISSUER; {script}")
        };
        let command = ["--", SHELL[0], SHELL[1], &script];
        let flags = [&["sandbox", "exec"], switches, &command].concat();
        let mut command = world.command(&flags);
        command.envs(variables);
        let output = world.finish(command).exits(code);
        let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
        assert!(left.is_empty(), "{script}: {left:?}");
        let (_, address) = output.stdout.trim().split_once("://").unwrap();
        let closed = std::net::TcpStream::connect(address);
        assert!(closed.is_err(), "{script}: the port is still open");
    }
}

#[test]
fn ctrl_c_at_the_terminal_ends_the_command_in_its_own_way() {
    let world = World::new();
    let (folder, variables) = scratch(&world);
    // No line of `cmd` hears of Ctrl-C, and a sandbox does: for it, it is no failure.
    let (command, code): (&[&str], _) = if cfg!(windows) {
        (&[program(), "sandbox", "--port", "0"], 0)
    } else {
        let script = "trap 'exit 9' INT; echo ready; while :; do sleep 1; done";
        (&["sh", "-c", script], 9)
    };
    let mut command = world.command(&[&["sandbox", "exec", "--"], command].concat());
    command.envs(variables);
    #[cfg(unix)]
    command.process_group(0);
    let mut running = world.spawn(command);
    drop(running.line_of_stdout());
    running.interrupt_group();
    running.end().exits(code);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
}

/// It is heard before or after the end of the command, as it happens. `cmd` can send none.
#[test]
#[cfg(unix)]
fn a_signal_that_comes_with_the_end_of_the_command_does_not_end_the_sandbox_in_another_way() {
    let world = World::new();
    let (folder, variables) = scratch(&world);
    for _ in 0..20 {
        let script = "trap '' INT; kill -INT $PPID; exit 9";
        let mut command = world.command(&["sandbox", "exec", "--", "sh", "-c", script]);
        command.envs(variables.clone());
        world.finish(command).exits(9);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    }
}

#[test]
fn what_the_command_leaves_running_is_not_killed() {
    let world = World::new();
    // It waits for a line of the stdin that all three have.
    let script = if cfg!(windows) {
        let left = world.script("left", "set /p line=\r\necho alive> alive");
        let left = format!("start /b {left} >NUL 2>&1");
        world.script("leaves", &left)
    } else {
        let left = "(trap '' HUP; read line <&3; echo alive > alive) > /dev/null 2>&1 &";
        world.script("leaves", &format!("exec 3<&0; {left}"))
    };
    let mut command = world.command(&["sandbox", "exec", "--", &script]);
    command.stdin(std::process::Stdio::piped());
    let mut running = world.spawn(command);
    // The wait would close it.
    let mut stdin = running.child.stdin.take().unwrap();
    let ended = world.block_on(running.child.wait()).unwrap();
    assert!(ended.success(), "{ended}");
    world.block_on(async {
        use tokio::io::AsyncWriteExt as _;
        stdin.write_all(b"now\n").await.unwrap();
    });
    crate::world::wait_until("the process is alive", || world.path("alive").exists());
}

#[test]
fn a_proxy_for_plain_http_is_not_asked_for_the_sandbox() {
    let world = World::new();
    // Windows has one variable for both spellings.
    let print = if cfg!(windows) {
        "echo %no_proxy% %NO_PROXY%"
    } else {
        "echo $no_proxy $NO_PROXY"
    };
    let flags = ["sandbox", "exec", "--", SHELL[0], SHELL[1], print];
    let hosts = |variables: &[(&str, &str)]| {
        let stdout = world.run_in(variables, &flags).succeeds().stdout;
        stdout.trim_end().to_owned()
    };
    let both = "127.0.0.1,localhost";
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        let proxy = (name, "http://proxy.example:3128");
        assert_eq!(hosts(&[proxy]), format!("{both} {both}"), "{name}");
    }
    let own = ("NO_PROXY", "corp.example");
    let own_alone = if cfg!(windows) {
        "corp.example corp.example"
    } else {
        "corp.example"
    };
    assert_eq!(hosts(&[own]), own_alone);
}
