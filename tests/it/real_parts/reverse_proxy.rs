//! The reverse proxy from elsewhere: other namespaces, another host by `ssh -R`, and other users of
//! this machine. Needs root, util-linux, iproute2, curl and openssh-server.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use super::other_users::{USER, as_user, give, set_mode};
use super::{PATIENCE, Process};
use crate::ports::ReservedPorts;
use crate::run::Run;
use crate::sign_in;
use crate::world::{World, wait_until, write};

const ROUTE: &str = "/api/v1/me/natural-person";

/// `serve` under way, and the object of its first line.
struct Served {
    _process: sign_in::Process,
    line: Value,
}

impl Served {
    fn start(world: &World, flags: &[&str]) -> Self {
        let mut process = world.spawn(world.command(&[&["serve"], flags].concat()));
        let line = serde_json::from_str(&process.line_of_stdout()).unwrap();
        Self {
            _process: process,
            line,
        }
    }

    fn text(&self, name: &str) -> &str {
        self.line[name].as_str().unwrap()
    }

    fn authorization(&self) -> String {
        format!("Authorization: Bearer {}", self.text("capability"))
    }
}

/// A socket in a folder that can be mounted elsewhere.
fn socket(world: &World) -> (PathBuf, String) {
    let folder = world.path("shared");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("api.sock").display().to_string();
    (folder, path)
}

fn run(program: &str, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn through_a_mounted_socket_a_namespace_without_a_network_reaches_the_portal() {
    let world = World::signed_in();
    let (folder, path) = socket(&world);
    let served = Served::start(&world, &["--socket", &path]);
    let inside = world.path("inside");
    std::fs::create_dir(&inside).unwrap();
    // No other folder of the user is there, and no interface is up.
    let line = format!(
        "set -e\n\
         mount --bind '{shared}' '{inside}'\n\
         mount -t tmpfs tmpfs '{state}'\n\
         test -z \"$(ip -o link show up)\"\n\
         ! curl -sS -m 5 {portal}/ 2>/dev/null\n\
         curl -sS -m 30 -w ' %{{http_code}}' --unix-socket '{inside}/api.sock' -H \"$CAPABILITY\" \
         http://localhost{ROUTE}",
        shared = folder.display(),
        inside = inside.display(),
        state = world.path("state").display(),
        portal = world.url(),
    );
    let output = Command::new("unshare")
        .args([
            "--mount",
            "--net",
            "--propagation",
            "private",
            "sh",
            "-c",
            &line,
        ])
        .env("CAPABILITY", served.authorization())
        .output()
        .unwrap();
    let text = text(&output);
    assert!(output.status.success(), "{text}");
    assert!(text.ends_with(" 200") && text.contains("Okafor"), "{text}");
}

#[test]
fn another_user_of_the_machine_gets_nothing_from_the_socket_and_401_from_the_port() {
    let world = World::signed_in();
    let (folder, path) = socket(&world);
    // Only the socket's own mode keeps others out.
    set_mode(&world.path(""), 0o755);
    set_mode(&folder, 0o755);
    let on_socket = Served::start(&world, &["--socket", &path]);
    let on_port = Served::start(&world, &[]);
    let before = world.events("me").len();
    let as_other = |arguments: &[&str]| {
        let user = format!("--reuid={USER}");
        let rest = ["--clear-groups", "--regid=54321", "curl", "-sS", "-m", "20"];
        run(
            "setpriv",
            &[&[user.as_str()][..], &rest, arguments].concat(),
        )
    };
    let authorization = on_socket.authorization();
    let arguments = [
        "--unix-socket",
        &path,
        "-H",
        &authorization,
        "http://localhost/",
    ];
    let output = as_other(&arguments);
    assert_eq!(output.status.code(), Some(7), "{}", text(&output));
    let url = format!("{}{ROUTE}", on_port.text("url").trim_end_matches('/'));
    let output = as_other(&["-w", " %{http_code}", &url]);
    let answer = text(&output);
    assert!(answer.ends_with(" 401"), "{answer}");
    // Neither does the capability of another proxy help.
    let output = as_other(&["-w", " %{http_code}", "-H", &authorization, &url]);
    assert!(text(&output).ends_with(" 401"), "{}", text(&output));
    assert_eq!(world.events("me").len(), before);
}

#[test]
fn a_program_of_the_same_user_cannot_look_into_the_proxy_that_it_runs_behind() {
    let mut world = World::new();
    let home = world.path("home");
    std::fs::create_dir(&home).unwrap();
    give(&home, USER);
    world.set("HOME", &home.display().to_string());
    for name in ["CONFIG", "STATE", "CACHE"] {
        world.unset(&format!("XDG_{name}_HOME"));
        world.unset(&format!("EPROSPERA_{name}_DIR"));
    }
    world.set("EPROSPERA_TOKEN", "at_canary_of_the_proxy");
    let script = world.write(
        "look",
        "#!/bin/sh\n\
         for file in environ maps mem auxv; do cat /proc/$PPID/$file; done\n\
         ls /proc/$PPID/fd /proc/$PPID/cwd/\n\
         tr '\\0' ' ' < /proc/$PPID/cmdline\n\
         env\n",
    );
    set_mode(&script, 0o755);
    let line = format!("exec --proxy -- '{}'", script.display());
    let Run(output) = world.finish(as_user(&world, "", &line));
    let all = output.stdout + &output.stderr;
    assert!(all.contains("EPROSPERA_API_CAPABILITY="), "{all}");
    assert!(!all.contains("canary"), "{all}");
    assert!(all.matches("Permission denied").count() >= 5, "{all}");
}

/// A server of ssh with keys of its own.
struct SshServer {
    folder: PathBuf,
    port: u16,
    _process: Process,
}

impl SshServer {
    fn start(folder: &Path, port: u16) -> Self {
        std::fs::create_dir_all("/run/sshd").unwrap();
        std::fs::create_dir(folder).unwrap();
        let file = |name: &str| folder.join(name).display().to_string();
        for name in ["host", "user"] {
            let made = run(
                "ssh-keygen",
                &["-q", "-t", "ed25519", "-N", "", "-f", &file(name)],
            );
            assert!(made.status.success(), "{}", text(&made));
        }
        let lines = [
            format!("Port {port}"),
            "ListenAddress 127.0.0.1".to_owned(),
            format!("HostKey {}", file("host")),
            format!("AuthorizedKeysFile {}", file("user.pub")),
            "StrictModes no".to_owned(),
            "UsePAM no".to_owned(),
            "PasswordAuthentication no".to_owned(),
            "PidFile none".to_owned(),
        ];
        let config = lines.join("\n") + "\n";
        write(&folder.join("config"), config.as_bytes());
        let server = Command::new("/usr/sbin/sshd")
            .args(["-D", "-e", "-f", &file("config")])
            .stderr(Stdio::null())
            .spawn()
            .expect("Debian's openssh-server is installed");
        wait_until("the ssh server listens", || {
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        Self {
            folder: folder.to_owned(),
            port,
            _process: Process(server),
        }
    }

    /// Forwards what connects there to what listens here.
    fn forward(&self, from: &str, to: &str) -> Process {
        let key = self.folder.join("user").display().to_string();
        let forward = format!("{from}:{to}");
        let child: Child = Command::new("ssh")
            .args(["-F", "none", "-N", "-i", &key, "-p", &self.port.to_string()])
            .args(["-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no"])
            .args([
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "ExitOnForwardFailure=yes",
            ])
            .args(["-R", &forward, "root@127.0.0.1"])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Debian's openssh-client is installed");
        Process(child)
    }
}

#[test]
fn over_ssh_another_machine_reaches_the_portal_through_port_and_socket() {
    let world = World::signed_in();
    let ports = ReservedPorts::new(2);
    let ssh = SshServer::start(&world.path("ssh"), ports.numbers[0]);
    let (folder, path) = socket(&world);
    let timeout = PATIENCE.as_secs().to_string();

    let served = Served::start(&world, &["--socket", &path]);
    let there = folder.join("there.sock").display().to_string();
    let _forward = ssh.forward(&there, &path);
    wait_until("the socket is there", || Path::new(&there).exists());
    let authorization = served.authorization();
    let url = format!("http://localhost{ROUTE}");
    let common = [
        "-sS",
        "-m",
        &timeout,
        "-w",
        " %{http_code}",
        "-H",
        &authorization,
    ];
    let output = run(
        "curl",
        &[&common[..], &["--unix-socket", &there, &url]].concat(),
    );
    assert!(text(&output).ends_with(" 200"), "{}", text(&output));

    let served = Served::start(&world, &[]);
    let there = ports.numbers[1];
    let (_, port) = served
        .text("url")
        .trim_end_matches('/')
        .rsplit_once(':')
        .unwrap();
    let _forward = ssh.forward(&format!("127.0.0.1:{there}"), &format!("127.0.0.1:{port}"));
    wait_until("the port is there", || {
        std::net::TcpStream::connect(("127.0.0.1", there)).is_ok()
    });
    let authorization = served.authorization();
    let common = [
        "-sS",
        "-m",
        &timeout,
        "-w",
        " %{http_code}",
        "-H",
        &authorization,
    ];
    for host in ["127.0.0.1", "localhost"] {
        let url = format!("http://{host}:{there}{ROUTE}");
        let output = run("curl", &[&common[..], &[&url]].concat());
        let answer = text(&output);
        assert!(
            answer.ends_with(" 200") && answer.contains("Okafor"),
            "{answer}"
        );
    }
}
