//! The binary under test, with a home of its own and nothing inherited but `PATH`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{DirBuilder, read};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{PATIENCE, Process};
use crate::ports::ReservedPorts;
use crate::world::redirect_uri;

/// What a finished command left behind.
#[derive(Debug)]
#[must_use = "assert the exit status or read the output"]
pub(crate) struct Finished {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Finished {
    /// Requires success, and gives back what stdout held.
    #[track_caller]
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        self.stdout
    }

    /// Requires success with JSON on stdout.
    #[track_caller]
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.ok()).unwrap()
    }

    /// Requires an exit code, and gives back the one error object that stderr ends with.
    #[track_caller]
    pub(crate) fn error(self, code: i32) -> serde_json::Value {
        assert_eq!(self.code, Some(code), "{}", self.stderr);
        let last = self.stderr.lines().last().unwrap_or_default();
        let object: serde_json::Value = serde_json::from_str(last).expect("an error object");
        object["error"].clone()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "node, dbus and the keyring are found as on this machine"
)]
pub(super) fn search_path() -> OsString {
    std::env::var_os("PATH").unwrap_or_default()
}

/// One user on one machine.
pub(crate) struct Cli {
    home: TempDir,
    ports: ReservedPorts,
    environment: BTreeMap<String, String>,
}

impl Cli {
    pub(crate) fn new() -> Self {
        let home = TempDir::new().unwrap();
        for folder in ["run", "data", "config", "state", "cache"] {
            let path = home.path().join(folder);
            DirBuilder::new().mode(0o700).create(path).unwrap();
        }
        let inside = |folder: &str| home.path().join(folder).display().to_string();
        let environment = BTreeMap::from([
            ("HOME".to_owned(), inside("")),
            ("XDG_RUNTIME_DIR".to_owned(), inside("run")),
            ("XDG_DATA_HOME".to_owned(), inside("data")),
            ("XDG_CONFIG_HOME".to_owned(), inside("config")),
            ("XDG_STATE_HOME".to_owned(), inside("state")),
            ("XDG_CACHE_HOME".to_owned(), inside("cache")),
            ("EPROSPERA_OUTPUT".to_owned(), "json".to_owned()),
        ]);
        Self {
            home,
            ports: ReservedPorts::new(1),
            environment,
        }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    /// A callback address on a port that is this user's alone.
    pub(crate) fn redirect_uri(&self) -> String {
        redirect_uri(self.ports.numbers[0])
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Any program with this user's environment.
    pub(crate) fn program(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .env("PATH", search_path())
            .envs(&self.environment)
            .stdin(Stdio::null());
        command
    }

    /// Runs the binary to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Finished {
        let mut command = self.program(crate::world::program(), arguments);
        let output = command.output().unwrap();
        Finished {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts `login --no-browser` and waits until it prints the address to open.
    pub(crate) fn login(&self, more: &[&str]) -> Login {
        let mut arguments = vec!["login", "--no-browser"];
        arguments.extend_from_slice(more);
        let mut command = self.program(crate::world::program(), &arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        Login::watch(command.spawn().unwrap(), |line| {
            line.split_whitespace()
                .find(|word| word.starts_with("http") && word.contains("redirect_uri="))
        })
    }

    /// Starts `login --device --no-browser` and waits until it prints the page and the code.
    pub(crate) fn device_login(&self, more: &[&str]) -> Login {
        let mut arguments = vec!["login", "--device", "--no-browser"];
        arguments.extend_from_slice(more);
        let mut command = self.program(crate::world::program(), &arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let is_ready = |line: &str| line.contains("Ctrl-C to cancel");
        let child = command.spawn().unwrap();
        let mut login = Login::watch(child, |line| is_ready(line).then_some(""));
        login.url = login.below("Open this page").to_owned();
        login
    }

    /// What the binary shows to a person at a terminal of so many columns.
    pub(crate) fn at_terminal(&self, columns: u16, arguments: &str) -> String {
        let program = crate::world::program();
        let session = format!("stty rows 40 columns {columns}; exec {program} {arguments}");
        let mut command = self.program("script", &["-q", "-c", &session, "/dev/null"]);
        let output = command.env("TERM", "xterm-256color").output().unwrap();
        crate::terminal::without_waits(&String::from_utf8(output.stdout).unwrap())
    }

    /// Every file below this user's home, with what it holds.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut folders = vec![self.home().to_path_buf()];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir().unwrap().map(Result::unwrap) {
                let kind = entry.file_type().unwrap();
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    files.push((entry.path(), read(entry.path()).unwrap()));
                }
            }
        }
        files
    }
}

/// A login that waits for its callback.
pub(crate) struct Login {
    process: Process,
    pub(crate) url: String,
    said: Vec<String>,
    words: Receiver<String>,
}

impl Login {
    /// Reads on until a line has what is waited for.
    fn watch(child: Child, find: impl Fn(&str) -> Option<&str>) -> Self {
        let mut process = Process(child);
        let (sender, words) = channel();
        let stderr = process.0.stderr.take().unwrap();
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let mut said: Vec<String> = Vec::new();
        let url = loop {
            let line = words
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|_| panic!("login printed no address: {}", said.join("\n")));
            let url = find(&line).map(str::to_owned);
            said.push(line);
            if let Some(url) = url {
                break url;
            }
        };
        Self {
            process,
            url,
            said,
            words,
        }
    }

    /// The code of a device.
    pub(crate) fn user_code(&self) -> &str {
        self.below("enter the code")
    }

    /// The first line that says something below another.
    fn below(&self, heading: &str) -> &str {
        let mut lines = self.said.iter();
        lines.find(|line| line.contains(heading)).unwrap();
        lines.find(|line| !line.is_empty()).unwrap()
    }

    /// Waits for the end of the login.
    pub(crate) fn finish(mut self) -> Finished {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.words.recv_timeout(left) {
                Ok(line) => self.said.push(line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    panic!("login did not end: {}", self.said.join("\n"))
                }
            }
        }
        let stdout = std::io::read_to_string(self.process.0.stdout.take().unwrap()).unwrap();
        Finished {
            code: self.process.0.wait().unwrap().code(),
            stdout,
            stderr: self.said.join("\n"),
        }
    }
}

/// The embedded portal as a process of its own.
pub(crate) struct Portal {
    _process: Process,
    pub(crate) issuer: String,
}

impl Portal {
    /// Starts it on a free port, with one public client `real-cli` for the given callback.
    pub(crate) fn start(cli: &Cli, redirect_uri: &str, more: &[&str]) -> Self {
        let client = format!("real-cli={redirect_uri}");
        let mut arguments = vec!["sandbox", "--port", "0", "--client", &client];
        arguments.extend_from_slice(more);
        let mut command = cli.program(crate::world::program(), &arguments);
        let mut child = command
            .env("EPROSPERA_OUTPUT", "table")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let stdout = child.stdout.take().unwrap();
        // Reads on to the end, so that the portal never waits for a reader.
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                sender.send(line).ok();
            }
        });
        let issuer = loop {
            let line = lines
                .recv_timeout(PATIENCE)
                .expect("the sandbox prints its address");
            let address = line
                .split_whitespace()
                .find(|word| word.starts_with("http") && word.contains("://127.0.0.1:"));
            if let Some(address) = address {
                break address.trim_end_matches('/').to_owned();
            }
        };
        Self {
            _process: Process(child),
            issuer,
        }
    }
}

/// Opens an address as a browser without cookies or scripts would, and follows redirects.
pub(crate) fn visit(url: &str) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(10))
            .build()
            .unwrap();
        client.get(url).send().await.unwrap().text().await.unwrap()
    })
}
