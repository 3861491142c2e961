//! Processes of a trial, each in a group of its own, so that all of it can be ended and nothing else is.
//!
//! Knows nothing of sandboxes, and of tokens only that they must not be lost among warnings.

use std::ffi::OsString;
use std::io;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Child;

use super::captured::Captured;
use super::group::{Group, Signal};
use super::words;
use crate::clock;
use crate::env;

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    Code(i32),
    #[cfg_attr(
        not(unix),
        expect(dead_code, reason = "only Unix ends processes by signals")
    )]
    Signal(i32),
    /// It was killed because its time was up.
    TimedOut,
}

impl Exit {
    /// As shells have it: a signal is 128 and its number.
    pub(super) fn code(&self) -> Option<i32> {
        match self {
            Self::Code(code) => Some(*code),
            Self::Signal(signal) => Some(128 + signal),
            Self::TimedOut => None,
        }
    }
}

/// A process that has ended, with what it said.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) exit: Exit,
    pub(super) stdout: String,
    /// There was more on stdout than is kept.
    pub(super) is_stdout_cut: bool,
    /// Its beginning and its end, and what holds a refresh token between them.
    pub(super) stderr: String,
}

/// A process that runs.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    group: Group,
    stdout: Captured,
    stderr: Captured,
    /// What the process was given and must not be shown.
    secret: String,
}

/// What to start: a program with its arguments, and the variables that it does not inherit as they are.
#[derive(Clone, Debug)]
pub(super) struct Launch<'a> {
    pub(super) words: Vec<OsString>,
    pub(super) removed: &'a [String],
    pub(super) variables: &'a [(String, OsString)],
}

impl Running {
    pub(super) fn start(launch: &Launch<'_>) -> io::Result<Self> {
        let running = Self::prepare(launch)?;
        running.begin()?;
        Ok(running)
    }

    /// The same, but where starting takes long, as on Windows, it waits for `begin`.
    pub(super) fn prepare(launch: &Launch<'_>) -> io::Result<Self> {
        let (program, arguments) = launch
            .words
            .split_first()
            .ok_or(io::ErrorKind::InvalidInput)?;
        let mut command = crate::programs::command(program);
        command.args(arguments);
        for name in launch.removed {
            command.env_remove(name);
        }
        let variables = launch.variables.iter();
        command.envs(variables.map(|(name, value)| (name, value)));
        command.stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        eprospera_inherited_signals::apply_to(&mut command);
        let mut group = Group::around(&mut command)?;
        let mut command = tokio::process::Command::from(command);
        let mut child = command.kill_on_drop(true).spawn()?;
        group.add(child.id())?;
        let mut variables = launch.variables.iter();
        let secret = variables.find(|(name, _)| name == env::CLIENT_SECRET);
        let secret = secret.map(|(_, secret)| secret.to_string_lossy().into_owned());
        Ok(Self {
            secret: secret.unwrap_or_default(),
            group,
            stdout: Captured::start(child.stdout.take()),
            stderr: Captured::start(child.stderr.take()),
            child,
        })
    }

    pub(super) fn begin(&self) -> io::Result<()> {
        self.group.begin()
    }

    pub(super) fn send(&self, signal: Signal) {
        self.group.send(signal);
    }

    /// Waits for its end, for so long at most; then it is killed. What it left running in its
    /// group is killed, too.
    pub(super) async fn end(self, limit: Duration) -> Run {
        self.end_with_group(limit).await.0
    }

    /// The same, but what it left running goes on until the group is dropped.
    pub(super) async fn end_with_group(mut self, limit: Duration) -> (Run, Group) {
        let waited = clock::timeout(limit, self.child.wait()).await;
        let exit = match waited {
            Some(Ok(status)) => exit(status),
            Some(Err(_)) => Exit::Code(1),
            None => {
                self.group.send(Signal::Kill);
                self.child.kill().await.unwrap_or_default();
                Exit::TimedOut
            }
        };
        let (mut stdout, is_stdout_cut) = self.stdout.end().await;
        // A claim is judged as it was made; anything else is only shown.
        if exit != Exit::Code(0) {
            stdout = words::without_client_secret(&stdout, &self.secret);
        }
        let (stderr, _) = self.stderr.end().await;
        let run = Run {
            exit,
            stdout,
            is_stdout_cut,
            stderr: words::without_client_secret(&stderr, &self.secret),
        };
        (run, self.group)
    }
}

fn exit(status: std::process::ExitStatus) -> Exit {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Exit::Signal(signal);
    }
    Exit::Code(status.code().unwrap_or(1))
}

/// Kills what has left its group but carries a variable that only processes of one trial have.
#[cfg(target_os = "linux")]
pub(super) fn kill_marked(name: &str, value: &OsString) {
    use std::os::unix::ffi::OsStrExt as _;

    let mark = [name.as_bytes(), b"=", value.as_bytes()].concat();
    each_process(|id, folder| {
        let environment = std::fs::read(folder.join("environ")).unwrap_or_default();
        let mut variables = environment.split(|byte| *byte == 0);
        if variables.any(|variable| variable == mark) {
            kill(id);
        }
    });
}

#[cfg(not(target_os = "linux"))]
pub(super) fn kill_marked(_name: &str, _value: &OsString) {}

/// Makes this process the parent of what its children leave running, so that it can be found.
#[cfg(target_os = "linux")]
pub(super) fn adopt_orphans() {
    rustix::process::set_child_subreaper(Some(rustix::process::getpid())).unwrap_or_default();
}

#[cfg(not(target_os = "linux"))]
pub(super) fn adopt_orphans() {}

/// The processes that ran before the trials. They may be children of this one, which replaced the
/// shell that had started them, or become that once their parents have ended.
#[derive(Debug, Default)]
pub(super) struct Present {
    #[cfg(target_os = "linux")]
    processes: std::collections::HashSet<(i32, u64)>,
    /// What they start later is in their group; each process of a trial leads another.
    #[cfg(target_os = "linux")]
    groups: std::collections::HashSet<i32>,
}

#[cfg(target_os = "linux")]
impl Present {
    pub(super) fn look() -> Self {
        let own = std::process::id().cast_signed();
        let mut present = Self::default();
        each_process(|id, folder| {
            let Some(stat) = Stat::read(folder) else {
                return;
            };
            present.processes.insert((id, stat.started));
            if id == own || stat.parent == own {
                present.groups.insert(stat.group);
            }
        });
        present
    }

    fn has(&self, id: i32, stat: &Stat) -> bool {
        self.processes.contains(&(id, stat.started)) || self.groups.contains(&stat.group)
    }
}

#[cfg(not(target_os = "linux"))]
impl Present {
    pub(super) fn look() -> Self {
        Self::default()
    }
}

/// What `/proc` says of a process.
#[cfg(target_os = "linux")]
struct Stat {
    parent: i32,
    group: i32,
    /// In ticks since the machine was started: with it, a number that is used again is another process.
    started: u64,
}

#[cfg(target_os = "linux")]
impl Stat {
    fn read(folder: &std::path::Path) -> Option<Self> {
        let stat = std::fs::read_to_string(folder.join("stat")).ok()?;
        // The name may hold anything; what follows its last bracket begins with the state.
        let (_, rest) = stat.rsplit_once(')')?;
        let mut fields = rest.split_whitespace().skip(1);
        Some(Self {
            parent: fields.next()?.parse().ok()?,
            group: fields.next()?.parse().ok()?,
            // Field 22 of proc_pid_stat(5); the group is field 5.
            started: fields.nth(16)?.parse().ok()?,
        })
    }
}

/// Kills every child of this process that was not there before the trials: those that were adopted,
/// when all others have ended.
#[cfg(target_os = "linux")]
pub(super) fn kill_orphans(present: &Present) {
    let own = std::process::id().cast_signed();
    each_process(|id, folder| {
        let stat = Stat::read(folder).filter(|stat| stat.parent == own);
        if stat.is_some_and(|stat| !present.has(id, &stat)) {
            kill(id);
        }
    });
}

#[cfg(not(target_os = "linux"))]
pub(super) fn kill_orphans(_present: &Present) {}

#[cfg(target_os = "linux")]
fn each_process(mut see: impl FnMut(i32, &std::path::Path)) {
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let id = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok());
        if let Some(id) = id {
            see(id, &entry.path());
        }
    }
}

#[cfg(target_os = "linux")]
fn kill(id: i32) {
    use rustix::process::{Pid, Signal, kill_process};
    if let Some(id) = Pid::from_raw(id) {
        kill_process(id, Signal::KILL).unwrap_or_default();
    }
}

/// Lets this process have as many open files as the system permits: the pipes of 200 clients and
/// their connections are more than the usual limit.
#[cfg(unix)]
pub(super) fn raise_file_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    const WANTED: u64 = 4096;
    let limit = getrlimit(Resource::Nofile);
    let enough = limit.maximum.map_or(WANTED, |maximum| maximum.min(WANTED));
    if limit.current.is_some_and(|current| current < enough) {
        let raised = Rlimit {
            current: Some(enough),
            maximum: limit.maximum,
        };
        setrlimit(Resource::Nofile, raised).unwrap_or_default();
    }
}

#[cfg(not(unix))]
pub(super) fn raise_file_limit() {}
