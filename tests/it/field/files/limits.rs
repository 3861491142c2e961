//! Files without an end, secrets that others can exchange, and a system that gives no more.

#[cfg(windows)]
use tokio::io::AsyncWriteExt as _;
#[cfg(windows)]
use tokio::net::windows::named_pipe::{NamedPipeServer, ServerOptions};

use super::{IS_OPEN, close_to_others, open_to_all};
use crate::run::Run;
use crate::world::World;

const SECRETS: [&str; 4] = ["TOKEN", "CLIENT_SECRET", "STORE_KEY", "NEW_STORE_KEY"];

/// A file that never ends; Windows has none, and gets a long one.
fn endless(world: &World) -> String {
    if cfg!(unix) {
        return "/dev/zero".to_owned();
    }
    let long = world.path("zero");
    let file = std::fs::File::create(&long).unwrap();
    file.set_len(65 * 1024 * 1024).unwrap();
    long.display().to_string()
}

/// Runs a command line of a shell, in which `$E` is the program.
#[cfg(unix)]
fn shell(world: &World, line: &str) -> Run {
    let mut command = world.command_of("bash", &["-c", line]);
    command.env("E", crate::world::program());
    world.finish(command)
}

/// A command that needs a secret, with a file for it.
fn with_secret(world: &World, name: &str, file: &str) -> Run {
    let variable = format!("EPROSPERA_{name}_FILE");
    let command: &[&str] = match name {
        "TOKEN" => &["token"],
        "CLIENT_SECRET" => &["refresh"],
        "STORE_KEY" => &["status", "--check"],
        _ => &["session", "rekey"],
    };
    world.run_in(&[(&variable, file)], command)
}

fn encrypted() -> World {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    let key = world.write("key", crate::world::STORE_KEY);
    close_to_others(&key);
    world.unset("EPROSPERA_STORE_KEY");
    world.set("EPROSPERA_STORE_KEY_FILE", &key.display().to_string());
    world
}

#[test]
fn a_secret_is_not_read_from_a_file_without_an_end() {
    let world = encrypted();
    let endless = endless(&world);
    for name in SECRETS {
        let run = with_secret(&world, name, &endless);
        assert!([2, 13].contains(&run.0.code), "{name}: {run:?}");
        drop(run.0.says("zero: it is larger than 64 KiB"));
    }
    drop(world.run(&["token"]).succeeds());
}

#[test]
fn certificates_are_not_read_from_a_file_without_an_end() {
    let mut world = World::new();
    world.set("EPROSPERA_ISSUER", "https://127.0.0.1:9");
    let endless = endless(&world);
    for variable in ["EPROSPERA_CA_FILE", "SSL_CERT_FILE"] {
        let run = world.run_in(&[(variable, &endless)], &["login", "--no-browser"]);
        drop(run.exits(2).says("zero"));
    }
}

/// A pipe of Windows, and who serves it.
#[cfg(windows)]
fn pipe(world: &World, name: &str) -> (String, NamedPipeServer) {
    let path = format!(r"\\.\pipe\eprospera-test-{}-{name}", std::process::id());
    let server = world.block_on(async { ServerOptions::new().create(&path).unwrap() });
    (path, server)
}

/// No shell of Windows makes one, but a password manager may, which shows a secret once.
#[cfg(windows)]
#[test]
fn a_secret_may_come_from_a_pipe_that_the_shell_makes() {
    let world = World::new();
    let (path, mut server) = pipe(&world, "secret");
    let mut command = world.command(&["token"]);
    command.env("EPROSPERA_TOKEN_FILE", path);
    let running = world.spawn(command);
    world.block_on(async {
        server.connect().await.unwrap();
        server.write_all(b"canary\n").await.unwrap();
    });
    drop(server);
    assert_eq!(running.end().succeeds().stdout, "canary\n");
}

#[cfg(windows)]
#[test]
fn a_pipe_that_nobody_writes_to_ends_in_an_error_that_names_it() {
    let world = World::new();
    let (path, _server) = pipe(&world, "silent");
    let output = with_secret(&world, "TOKEN", &path).exits(2);
    drop(output.because("did not end within").because("silent"));
}

#[cfg(unix)]
#[test]
fn a_secret_may_come_from_a_pipe_that_the_shell_makes() {
    let world = World::new();
    for line in [
        "EPROSPERA_TOKEN_FILE=<(echo canary) $E token",
        "EPROSPERA_TOKEN_FILE=/dev/stdin $E token <<< canary",
        "EPROSPERA_TOKEN_FILE=/dev/fd/3 $E token 3< <(echo canary)",
        "mkfifo pipe; echo canary > pipe & EPROSPERA_TOKEN_FILE=pipe $E token",
    ] {
        assert_eq!(shell(&world, line).succeeds().stdout, "canary\n", "{line}");
    }
}

#[test]
fn a_secret_that_everybody_can_exchange_is_refused_and_one_to_read_is_not() {
    let world = World::new();
    let file = world.write("token", "canary\n");
    let path = file.display().to_string();
    let hint = if cfg!(windows) {
        "icacls".to_owned()
    } else {
        format!("`chmod go-w {path}`")
    };
    open_to_all(&file);
    let refused = with_secret(&world, "TOKEN", &path).exits(2);
    drop(refused.because(IS_OPEN).hinting(&hint));
    close_to_others(&file);
    drop(with_secret(&world, "TOKEN", &path).succeeds());
    #[cfg(unix)]
    for (mode, code) in [(0o602, 2), (0o444, 0), (0o440, 0), (0o644, 0)] {
        super::set_mode(&file, mode);
        drop(with_secret(&world, "TOKEN", &path).exits(code));
    }
    #[cfg(windows)]
    {
        eprospera_owner_only::open_to_all(&file, false).unwrap();
        drop(with_secret(&world, "TOKEN", &path).succeeds());
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_ends_in_an_error_that_names_it() {
    let world = World::new();
    let line = "mkfifo -m 600 pipe; EPROSPERA_TOKEN_FILE=pipe exec $E token";
    drop(shell(&world, line).exits(2).because("did not end within"));
}

#[test]
fn a_folder_is_no_secret() {
    let world = World::new();
    let run = with_secret(&world, "TOKEN", &world.path("").display().to_string());
    drop(run.exits(2).because("EPROSPERA_TOKEN_FILE"));
}

/// Runs a command with few open files: it must not panic.
#[cfg(unix)]
fn ends_with_a_code(world: &World, limit: u32, command: &str) {
    let line = format!("ulimit -n {limit}; exec $E {command} 2>&1");
    let output = shell(world, &line).0;
    assert!(!output.stdout.contains("panicked"), "{limit}: {output:?}");
    // 127: the system's own linker could not open the libraries.
    assert!(
        output.code < 14 || output.code == 127,
        "{limit}: {output:?}"
    );
}

/// Elsewhere nobody limits the number of open files.
#[cfg(unix)]
#[test]
fn with_few_open_files_each_command_ends_in_an_error_with_a_code() {
    let world = World::signed_in();
    shell(&world, "ulimit -n 10; exec $E whoami")
        .exits(1)
        .because("cannot open")
        .hinting("ulimit -n");
    for limit in [4, 5, 6, 8, 10, 12, 16, 20, 24, 30] {
        for command in [
            "token --min-ttl 2h",
            "whoami",
            "status",
            "refresh",
            "login --no-browser --timeout 1s --replace",
            "sandbox exec -- true",
            "demo",
            "logout",
        ] {
            ends_with_a_code(&world, limit, command);
        }
    }
}

/// Elsewhere nobody limits the number of open files.
#[cfg(unix)]
#[test]
fn with_few_open_files_a_keyring_ends_in_an_error_with_a_code() {
    let mut world = World::new();
    world.set("EPROSPERA_STORE", "keyring");
    for limit in [4, 5, 6, 8, 12, 24] {
        for command in [
            "token",
            "status",
            "whoami",
            "logout --all",
            "session export -",
        ] {
            ends_with_a_code(&world, limit, command);
        }
    }
}

#[test]
fn a_file_that_is_opened_for_a_download_or_a_body_has_its_limit() {
    let world = World::signed_in();
    let endless = endless(&world);
    let arguments = ["api", "-X", "POST", "/x", "--input", &endless];
    drop(world.run(&arguments).exits(2).because("16 MiB"));
    let people = ["sandbox", "--data", &endless, "--port", "0"];
    drop(world.run(&people).exits(2).because("larger than"));
}
