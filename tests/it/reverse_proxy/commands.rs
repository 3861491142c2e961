//! `exec --proxy`, whose proxy lasts as long as its command, and how `serve` begins and ends.

use std::net::TcpStream;

use super::served::{Address, Response, Served};
use crate::run::Output;
use crate::world::{PRINT_VARIABLES, SHELL, World};

/// Says the address, then waits until its stdin ends.
const TELL_AND_WAIT: &str = if cfg!(windows) {
    "echo %EPROSPERA_API_URL% %EPROSPERA_API_CAPABILITY%& set /p line=& exit 0"
} else {
    "echo \"$EPROSPERA_API_URL $EPROSPERA_API_CAPABILITY\"; exec cat > /dev/null"
};

/// The variables of a command behind the proxy.
fn variables(world: &World, given: &[(&str, &str)]) -> Output {
    let shell = ["exec", "--proxy", "--", SHELL[0], SHELL[1], PRINT_VARIABLES];
    world.run_in(given, &shell).succeeds()
}

#[test]
fn the_capability_does_not_go_to_an_outgoing_proxy() {
    let mut world = World::signed_in();
    world.set("no_proxy", "intranet.example");
    world.set("http_proxy", "http://127.0.0.1:9");
    let output = variables(&world, &[]);
    // Windows has one variable for both spellings.
    let spellings = if cfg!(windows) {
        &["no_proxy"][..]
    } else {
        &["no_proxy", "NO_PROXY"]
    };
    for name in spellings {
        let line = format!("{name}=intranet.example,127.0.0.1,localhost");
        let mut rows = output.stdout.lines();
        let is_it = |row: &str| row == line || cfg!(windows) && row.eq_ignore_ascii_case(&line);
        assert!(rows.any(is_it), "{output:?}");
    }
}

#[test]
fn the_command_gets_an_address_and_a_capability_and_no_token() {
    let mut world = World::signed_in();
    for name in [
        "CLIENT_SECRET_OLD",
        "STORE_KEY",
        "STORE_KEY_FILE",
        "NEW_STORE_KEY",
        "REFRESH_TOKEN",
        "CLIENT_SECRET",
    ] {
        world.set(&format!("EPROSPERA_{name}"), "canary");
    }
    let output = variables(&world, &[]);
    let (access, refresh) = (world.access_token(), world.refresh_token());
    for secret in [&access, &refresh, "canary", "EPROSPERA_TOKEN"] {
        assert!(!output.stdout.contains(secret), "{secret}: {output:?}");
    }
    let value = |name: &str| {
        let mut rows = output.stdout.lines();
        let start = format!("{name}=");
        rows.find_map(|row| row.strip_prefix(&start).map(str::to_owned))
    };
    assert!(
        value("EPROSPERA_API_URL")
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
    assert_eq!(value("EPROSPERA_API_CAPABILITY").unwrap().len(), 64);
    assert_eq!(value("EPROSPERA_PROFILE").unwrap(), "default");
    assert_eq!(
        value("EPROSPERA_ISSUER").unwrap().trim_end_matches('/'),
        world.url()
    );
}

#[test]
fn a_command_of_the_proxy_that_wants_the_session_is_shown_the_proxy_instead() {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    let signed_out = ["--profile", "nobody", "me", "residency"];
    for (inside, code) in [(&["me", "residency"][..], 13), (&signed_out, 3)] {
        let proxied = ["exec", "--proxy", "--", crate::world::program()];
        let output = world.run(&[&proxied[..], inside].concat()).exits(code);
        let hint = output.error()["hint"].as_str().unwrap().to_owned();
        assert!(hint.contains("$EPROSPERA_API_URL"), "{output:?}");
        assert!(!hint.contains("EPROSPERA_STORE_KEY"), "{output:?}");
        assert!(!hint.contains("eprospera login"), "{output:?}");
    }
}

#[test]
fn a_given_token_stays_with_the_proxy() {
    let world = World::signed_in();
    let token = world.access_token();
    let file = world.write("token.txt", &token).display().to_string();
    for given in [
        ("EPROSPERA_TOKEN", token.as_str()),
        ("EPROSPERA_TOKEN_FILE", &file),
    ] {
        let output = variables(&world, &[given]);
        assert!(!output.stdout.contains("EPROSPERA_TOKEN"), "{output:?}");
        assert!(!output.stdout.contains(&token));
    }
}

#[test]
fn the_command_asks_the_portal_and_the_proxy_ends_with_it() {
    let world = World::signed_in();
    let mut command = world.command(&["exec", "--proxy", "--", SHELL[0], SHELL[1], TELL_AND_WAIT]);
    command.stdin(std::process::Stdio::piped());
    let mut running = world.spawn(command);
    let line = running.line_of_stdout();
    let (url, capability) = line.trim().split_once(' ').unwrap();
    let port = url.rsplit(':').next().unwrap().parse().unwrap();
    let address = Address::Port(port);
    let response: Response = address.send(capability, "GET /api/v1/me/natural-person", "");
    assert_eq!(response.status, 200, "{response:?}");
    drop(running.child.stdin.take());
    running.end().succeeds();
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn its_exit_code_and_its_streams_are_the_commands() {
    let world = World::signed_in();
    let script = if cfg!(windows) {
        "set /p line=\r\necho %~1/%~2/%line%\r\nexit /b 42"
    } else {
        r#"printf '%s/' "$@"; cat; echo; exit 42"#
    };
    let script = world.script("arguments", script);
    let arguments = ["exec", "--proxy", "--", &script, "--allow", "a b"];
    let output = world.run_with_stdin(&arguments, "from stdin\n").exits(42);
    assert_eq!(output.stdout.trim_end(), "--allow/a b/from stdin");
    assert!(output.stderr.is_empty(), "{output:?}");
}

/// Windows ends no process by a signal.
#[cfg(unix)]
#[test]
fn a_command_that_a_signal_ends_has_its_exit_code_as_in_a_shell() {
    let world = World::signed_in();
    for (signal, code) in [("KILL", 137), ("TERM", 143), ("INT", 130)] {
        let kill = format!("kill -{signal} $$");
        let run = world.run(&["exec", "--proxy", "--", "sh", "-c", &kill]);
        drop(run.exits(code));
    }
}

#[test]
fn a_command_that_is_missing_or_no_program_ends_as_in_a_shell() {
    let world = World::signed_in();
    let output = world
        .run(&["exec", "--proxy", "--", "no-such-command"])
        .exits(127);
    drop(output.because("cannot run no-such-command"));
    let text = world.write("text", "no program").display().to_string();
    drop(world.run(&["exec", "--proxy", "--", &text]).exits(126));
    drop(world.run(&["exec", "--proxy"]).exits(2));
}

/// No command of Windows gets a signal of this kind.
#[cfg(unix)]
#[test]
fn signals_reach_the_command_which_decides_about_them() {
    use rustix::process::Signal;

    let world = World::signed_in();
    for (signal, name) in [
        (Signal::TERM, "TERM"),
        (Signal::HUP, "TERM"),
        (Signal::INT, "INT"),
    ] {
        let script =
            format!("trap 'kill $!; exit 7' {name}; sleep 60 > /dev/null 2>&1 & echo ready; wait");
        let command = world.command(&["exec", "--proxy", "--", "sh", "-c", &script]);
        let mut running = world.spawn(command);
        assert_eq!(running.line_of_stdout(), "ready\n");
        running.signal(signal);
        drop(running.end().exits(7));
    }
}

#[test]
fn without_a_session_the_command_is_not_run() {
    let world = World::new();
    let command = [
        "exec",
        "--proxy",
        "--",
        SHELL[0],
        SHELL[1],
        "echo ran > proof",
    ];
    drop(world.run(&command).exits(3));
    assert!(!world.path("proof").exists());
}

#[test]
fn what_is_for_the_proxy_needs_the_proxy() {
    let world = World::signed_in();
    let rule = "GET /**";
    drop(world.run(&["exec", "--allow", rule, "--", "true"]).exits(2));
    let both = ["exec", "--proxy", "--min-ttl", "1m", "--", "true"];
    drop(world.run(&both).exits(2));
}

#[test]
fn it_listens_on_this_machine_only() {
    let world = World::signed_in();
    for address in [
        "0.0.0.0:0",
        "[::]:0",
        "192.0.2.1:8080",
        "portal.example:80",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:70000",
        "8080",
        ":8080",
        "",
        "http://127.0.0.1:0",
    ] {
        let output = world.run(&["serve", "--listen", address]).exits(2);
        drop(output.because("--listen").hinting("127.0.0.1:PORT"));
    }
    for address in ["127.0.0.1:0", "localhost:0"] {
        let served = Served::start(&world, &["--listen", address]);
        assert_eq!(served.get("/api/v1/me/natural-person").status, 200);
        drop(served.stop());
    }
}

#[test]
fn a_port_that_another_holds_is_named() {
    let world = World::signed_in();
    let held = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = held.local_addr().unwrap().to_string();
    let output = world.run(&["serve", "--listen", &address]).exits(1);
    drop(output.because(&address).hinting("--listen"));
}

#[test]
fn a_signal_ends_it_and_frees_the_port() {
    let world = World::signed_in();
    for &(ending, code, _) in crate::endings::ENDINGS {
        let mut command = world.command(&["serve"]);
        command.stdin(std::process::Stdio::piped());
        let mut running = world.spawn(command);
        let line: serde_json::Value = serde_json::from_str(&running.line_of_stdout()).unwrap();
        let url = line["url"].as_str().unwrap().to_owned();
        let address = url.trim_start_matches("http://").to_owned();
        // A connection that is open does not delay the end.
        let open = TcpStream::connect(&address).unwrap();
        running.send(ending);
        let output = running.end().exits(code);
        assert!(output.stderr.is_empty(), "{output:?}");
        drop(open);
        crate::world::wait_until("the port is free", || {
            std::net::TcpListener::bind(&address).is_ok()
        });
    }
}
