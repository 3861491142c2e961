//! One user with folders of their own, and one sandbox: where every test lives.

mod stored;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use eprospera::store::StoreKind;
use eprospera_sandbox::{Algorithm, Client, Event, Options, Sandbox};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::runtime::Runtime;

use crate::described;
use crate::ports::ReservedPorts;
use crate::run::{LONGEST, Output, Run, output};
use crate::sign_in::{Login, Process};
#[cfg(any(target_os = "linux", windows))]
use crate::terminal::Terminal;

/// The key of encrypted files: 64 hex digits, so that nothing is stretched.
pub(crate) const STORE_KEY: &str =
    "6f1e0d2c3b4a59687786a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

/// Names another build of the program to test than the one that cargo made beside the tests, such
/// as the release binary.
const OTHER_BUILD: &str = "EPROSPERA_TEST_BINARY";

/// The program under test.
#[expect(
    clippy::disallowed_methods,
    reason = "the rule is for the program, and this runs it"
)]
pub(crate) fn program() -> &'static str {
    static OTHER: LazyLock<Option<String>> = LazyLock::new(|| std::env::var(OTHER_BUILD).ok());
    OTHER.as_deref().unwrap_or(env!("CARGO_BIN_EXE_eprospera"))
}

/// A program of `tests/programs`, from any folder: under Wine, the path of the compiler lacks the drive.
pub(crate) fn program_of_tests(path: &str) -> PathBuf {
    std::path::absolute(path).unwrap()
}

/// A shell that every machine of the system has, and its flag for a line.
pub(crate) const SHELL: [&str; 2] = if cfg!(windows) {
    ["cmd", "/c"]
} else {
    ["sh", "-c"]
};

/// A line for the shell that prints the variables.
pub(crate) const PRINT_VARIABLES: &str = if cfg!(windows) { "set" } else { "env" };

/// A line for the shell of the system, with the program under test in it.
pub(crate) fn line(script: &str) -> String {
    if cfg!(windows) {
        let script = script.replace("/dev/null", "NUL");
        script.replace("eprospera ", &format!("{} ", program()))
    } else {
        script.replace("eprospera ", &format!("'{}' ", program()))
    }
}

/// What a script does that leaves the file `opened` in the home folder.
pub(crate) const MARK_OPENED: &str = if cfg!(windows) {
    "echo x> \"%HOME%\\opened\""
} else {
    "touch \"$HOME/opened\""
};

/// Whether a file or folder is its owner's alone.
pub(crate) fn is_private(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        [0o600, 0o700].contains(&(mode & 0o7777))
    }
    #[cfg(not(unix))]
    {
        let access = eprospera_owner_only::access_at(path).unwrap();
        access.is_own && !access.others_read && !access.others_write
    }
}

pub(crate) fn redirect_uri(port: u16) -> String {
    format!("http://127.0.0.1:{port}/callback")
}

/// Waits for something that sends no event.
pub(crate) fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + LONGEST;
    while !is_so() {
        assert!(Instant::now() < deadline, "in vain: {what}");
        std::thread::sleep(Duration::from_millis(3));
    }
}

/// Writes a file, and the folders above it.
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut file = std::fs::File::create(path).unwrap();
    file.write_all(bytes).unwrap();
}

/// A user, their folders and variables, and the sandbox they talk to.
pub(crate) struct World {
    // Fields drop in order: the sandbox before the runtime it lives in.
    sandbox: Option<Sandbox>,
    runtime: Arc<Runtime>,
    home: TempDir,
    url: String,
    variables: Vec<(String, String)>,
    _ports: ReservedPorts,
    /// At the ports of the registered client.
    pub(crate) redirect_uris: Vec<String>,
    /// One that no client has registered.
    pub(crate) other_redirect_uri: String,
    pub(crate) store: StoreKind,
    store_key: String,
    pub(crate) client_id: &'static str,
}

/// No test passes in which a token was sent to a document host (docs/portal.md, Downloads).
impl Drop for World {
    fn drop(&mut self) {
        if let Some(sandbox) = &self.sandbox
            && !std::thread::panicking()
        {
            let mut leaks = sandbox.request_log();
            leaks.retain(|event| event.leak);
            assert!(leaks.is_empty(), "{leaks:#?}");
        }
    }
}

/// A run of the program that is as `eprospera schema` says.
fn described_run(command: &Command, output: Output) -> Output {
    let command = command.as_std();
    if command.get_program() == program() {
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        described::check(&arguments, &output);
    }
    output
}

impl World {
    /// A sandbox that approves everything for the resident.
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// The same, signed in.
    pub(crate) fn signed_in() -> Self {
        let world = Self::new();
        world.login().succeeds();
        world
    }

    /// A sandbox with changed options. It signs with Ed25519, whose keys are made in no time; a
    /// test about RSA asks for it.
    pub(crate) fn with(change: impl FnOnce(&mut Options)) -> Self {
        let ports = ReservedPorts::new(5);
        let redirect_uri = |index: usize| redirect_uri(ports.numbers[index]);
        let redirect_uris = vec![redirect_uri(0), redirect_uri(1), redirect_uri(2)];
        let other_redirect_uri = redirect_uri(3);
        let mut options = Options {
            // When the sandbox has stopped, nobody else answers there.
            port: ports.numbers[4],
            signing: Algorithm::EdDsa,
            auto_approve: Some(String::new()),
            clients: vec![
                Client::new("it", None, redirect_uris.clone()),
                Client::new("it-web", Some("canary secret/+%"), redirect_uris.clone()),
            ],
            ..Options::default()
        };
        change(&mut options);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let sandbox = runtime.block_on(Sandbox::start(options)).unwrap();
        let home = tempfile::tempdir().unwrap();
        let url = sandbox.url().to_owned();
        let mut world = Self {
            sandbox: Some(sandbox),
            runtime: Arc::new(runtime),
            home,
            url: url.clone(),
            variables: Vec::new(),
            _ports: ports,
            redirect_uris: redirect_uris.clone(),
            other_redirect_uri,
            store: StoreKind::PlainFile,
            store_key: STORE_KEY.to_owned(),
            client_id: "it",
        };
        for (name, folder) in [
            ("HOME", ""),
            ("XDG_CONFIG_HOME", "xdg/config"),
            ("XDG_STATE_HOME", "xdg/state"),
            ("XDG_CACHE_HOME", "xdg/cache"),
            ("XDG_RUNTIME_DIR", "xdg/run"),
            ("EPROSPERA_CONFIG_DIR", "config"),
            ("EPROSPERA_STATE_DIR", "state"),
            ("EPROSPERA_CACHE_DIR", "cache"),
        ] {
            world.set(name, &world.path(folder).display().to_string());
        }
        // Wine has another name for it.
        #[cfg(windows)]
        world.set("TZ", "UTC");
        world.set("EPROSPERA_STORE", "plain-file");
        world.set("EPROSPERA_ISSUER", &url);
        world.set("EPROSPERA_CLIENT_ID", "it");
        world.set("EPROSPERA_REDIRECT_URI", &redirect_uris.join(" "));
        world
    }

    /// Keeps the session in an encrypted file from now on.
    pub(crate) fn encrypt(&mut self) {
        self.encrypt_with(STORE_KEY);
    }

    /// The same under another key, or a passphrase.
    pub(crate) fn encrypt_with(&mut self, key: &str) {
        self.store = StoreKind::EncryptedFile;
        key.clone_into(&mut self.store_key);
        self.set("EPROSPERA_STORE", "encrypted-file");
        self.set("EPROSPERA_STORE_KEY", key);
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.unset(name);
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// The value of a variable that is set.
    pub(crate) fn variable(&self, name: &str) -> String {
        let mut variables = self.variables.iter();
        variables
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
            .unwrap()
    }

    pub(crate) fn unset(&mut self, name: &str) {
        self.variables.retain(|(known, _)| known != name);
    }

    /// Takes away every variable that says where to sign in and with what.
    pub(crate) fn unset_settings(&mut self) {
        for name in ["ISSUER", "CLIENT_ID", "REDIRECT_URI", "STORE"] {
            self.unset(&format!("EPROSPERA_{name}"));
        }
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        if below.is_empty() {
            self.home.path().to_owned()
        } else {
            // With the separators of the system, as the program shows it.
            let below: PathBuf = Path::new(below).components().collect();
            self.home.path().join(below)
        }
    }

    /// Writes a file below the home folder.
    pub(crate) fn write(&self, below: &str, text: &str) -> PathBuf {
        let path = self.path(below);
        write(&path, text.as_bytes());
        path
    }

    /// Makes an executable batch file.
    #[cfg(windows)]
    pub(crate) fn script(&self, name: &str, body: &str) -> String {
        let path = self.write(&format!("{name}.cmd"), &format!("@echo off\r\n{body}\r\n"));
        path.display().to_string()
    }

    /// Makes an executable shell script.
    #[cfg(unix)]
    pub(crate) fn script(&self, name: &str, body: &str) -> String {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.write(name, &format!("#!/bin/sh\n{body}\n"));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        path.display().to_string()
    }

    /// Puts a program of `tests/programs` into the home folder: beside it, its files are this user's.
    pub(crate) fn bring(&self, program: &Path, name: &str) -> PathBuf {
        let path = self.path(&format!("{name}{}", std::env::consts::EXE_SUFFIX));
        // A copy that is still open for writing, even in a process that was started just then, cannot be run.
        #[cfg(unix)]
        std::os::unix::fs::symlink(program, &path).unwrap();
        #[cfg(windows)]
        std::fs::copy(program, &path).map(|_| ()).unwrap();
        path
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn sandbox(&self) -> &Sandbox {
        self.sandbox.as_ref().unwrap()
    }

    pub(crate) fn stop_sandbox(&mut self) {
        if let Some(sandbox) = self.sandbox.take() {
            self.runtime.block_on(sandbox.stop());
        }
    }

    pub(crate) fn fault(&self, rule: &str) {
        self.sandbox().add_fault(rule.parse().unwrap());
    }

    /// What the sandbox was asked at one endpoint.
    pub(crate) fn events(&self, endpoint: &str) -> Vec<Event> {
        let mut events = self.sandbox().request_log();
        events.retain(|event| event.endpoint == endpoint);
        events
    }

    /// How often a refresh token was presented.
    pub(crate) fn refreshes(&self) -> usize {
        let is_refresh = |event: &Event| event.grant_type == Some("refresh_token");
        self.events("token").into_iter().filter(is_refresh).count()
    }

    pub(crate) fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// The program with arguments, in this user's surroundings and no other's.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(program(), arguments)
    }

    /// Any program in this user's surroundings.
    pub(crate) fn command_of(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| {
                [
                    "PATH",
                    "PATHEXT",
                    "SystemRoot",
                    "TEMP",
                    "TMP",
                    "LLVM_PROFILE_FILE",
                ]
                .iter()
                .any(|kept| name.eq_ignore_ascii_case(kept))
            }))
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(self.home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// A line for the shell of the system, as a person would paste it.
    pub(crate) fn command_line(&self, text: &str) -> Command {
        let text = line(text);
        #[cfg(windows)]
        {
            let mut command = self.command_of("cmd", &["/s", "/c"]);
            command.raw_arg(format!("\"{text}\""));
            command
        }
        #[cfg(not(windows))]
        self.command_of("sh", &["-c", &text])
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.finish(self.command(arguments))
    }

    /// Runs with variables of this one run.
    pub(crate) fn run_in(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
        let mut command = self.command(arguments);
        command.envs(variables.iter().copied());
        self.finish(command)
    }

    /// Runs with a text on stdin.
    pub(crate) fn run_with_stdin(&self, arguments: &[&str], text: &str) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped());
        self.block_on(async {
            let mut child = command.spawn().unwrap();
            let mut stdin = child.stdin.take().unwrap();
            // A program that does not read it may have ended.
            drop(stdin.write_all(text.as_bytes()).await);
            drop(stdin);
            Run(described_run(&command, output(child).await))
        })
    }

    pub(crate) fn finish(&self, mut command: Command) -> Run {
        let output = self.block_on(async { output(command.spawn().unwrap()).await });
        Run(described_run(&command, output))
    }

    /// Signs in; the sandbox approves by itself.
    pub(crate) fn login(&self) -> Run {
        self.login_with(&[])
    }

    /// Signs in with further flags. A login that ends before it shows a URL is fine, too.
    pub(crate) fn login_with(&self, flags: &[&str]) -> Run {
        self.start_login(flags).complete()
    }

    /// Starts a login and waits for its URL.
    pub(crate) fn start_login(&self, flags: &[&str]) -> Login {
        self.start(self.command(&[&["login", "--no-browser"], flags].concat()))
    }

    /// Starts something that shows an authorization URL, and waits for that.
    pub(crate) fn start(&self, command: Command) -> Login {
        Login::of(self.spawn(command), &self.url)
    }

    /// Starts the program for a person at a terminal of so many columns.
    #[cfg(any(target_os = "linux", windows))]
    pub(crate) fn at_terminal(&self, columns: u16, arguments: &[&str]) -> Terminal {
        Terminal::start(self, &self.runtime, columns, arguments)
    }

    /// Starts the program in a shell with job control.
    #[cfg(target_os = "linux")]
    pub(crate) fn with_jobs(&self, arguments: &[&str]) -> Terminal {
        Terminal::with_jobs(self, &self.runtime, arguments)
    }

    /// Approves at an authorization URL as a persona, in a browser whose last page may never come.
    #[cfg(any(target_os = "linux", windows))]
    pub(crate) fn visit_as(
        &self,
        url: url::Url,
        persona: &'static str,
    ) -> tokio::task::JoinHandle<crate::browser::Page> {
        self.runtime.spawn(async move {
            let mut browser = crate::browser::Browser::new();
            let consent = browser.sign_in(&url, persona).await;
            browser.submit(&consent, &[("decision", "approve")]).await
        })
    }

    /// Starts an interactive shell for a person at a terminal.
    #[cfg(target_os = "linux")]
    pub(crate) fn shell(&self) -> Terminal {
        Terminal::shell(self, &self.runtime)
    }

    /// Runs a script at a console of so many columns.
    #[cfg(windows)]
    pub(crate) fn console_of(&self, columns: u16, script: &str) -> Terminal {
        Terminal::running(self, &self.runtime, columns, &[script])
    }

    /// Runs a command line at a terminal.
    #[cfg(all(feature = "real-parts", target_os = "linux"))]
    pub(crate) fn terminal_of(&self, line: &str) -> Terminal {
        Terminal::running(self, &self.runtime, line)
    }

    /// Opens an address in a browser whose person waits for nothing.
    #[cfg(any(target_os = "linux", windows))]
    pub(crate) fn visit_in_background(&self, url: url::Url) {
        let visit = async move { crate::browser::Browser::new().open(&url).await };
        drop(self.runtime.spawn(visit));
    }

    /// Starts a command.
    pub(crate) fn spawn(&self, command: Command) -> Process {
        #[cfg(windows)]
        let command = {
            let mut command = command;
            command.creation_flags(crate::endings::console::CREATE_NO_WINDOW);
            command
        };
        Process::start(&self.runtime, command)
    }

    /// The sandbox's faults that still apply.
    pub(crate) fn faults_left(&self) -> Vec<String> {
        let url = format!("{}/sandbox/faults", self.url);
        let token = self.sandbox().control_token();
        let answer = self.block_on(crate::browser::get_as(&url, token));
        serde_json::from_value(answer["rules"].clone()).unwrap()
    }
}
