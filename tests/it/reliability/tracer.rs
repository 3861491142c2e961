//! Stops the program at any one system call: strace counts calls and injects a signal or an
//! error into the one that was chosen.
//!
//! It needs no pause point in the program, so what is tested is what ships, and no step between
//! two system calls can be left out: only a system call changes anything outside the process.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use eprospera::store::StoreKind;
use tokio::process::Command;

use crate::run::Output;
use crate::world::World;

/// One system call of a run: the `nth` with this name in its thread, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) call: String,
    pub(super) nth: usize,
    pub(super) moment: Moment,
    /// Whether the first thread makes it, in which all requests and all writes are made.
    is_of_first_thread: bool,
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.call, self.nth)
    }
}

/// Where in its run a process makes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Before,
    /// Between taking the lock and giving it back.
    Locked,
    After,
}

/// The same command under another program, in the same surroundings.
pub(super) fn under(command: &Command, program: &str, arguments: &[&str]) -> Command {
    let inner = command.as_std();
    let mut outer = Command::new(program);
    let set = inner
        .get_envs()
        .filter_map(|(name, value)| Some((name, value?)));
    outer
        .args(arguments)
        .arg(inner.get_program())
        .args(inner.get_args())
        .env_clear()
        .envs(set)
        .current_dir(inner.get_current_dir().unwrap())
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .kill_on_drop(true);
    outer
}

/// The tracer of one user's commands.
pub(super) struct Tracer {
    log: PathBuf,
}

impl Tracer {
    pub(super) fn new(world: &World) -> Self {
        Self {
            log: world.path("trace"),
        }
    }

    fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.log).unwrap()).into_owned()
    }

    /// Every step of an undisturbed run.
    pub(super) fn steps(&self, world: &World, arguments: &[&str]) -> Vec<Step> {
        let log = self.log.display().to_string();
        let options = ["-f", "-qq", "-s", "32", "-o", &log];
        let command = under(&world.command(arguments), "strace", &options);
        world.finish(command).succeeds();
        let mut steps = steps(&self.log());
        if matches!(world.store, StoreKind::Command(_)) {
            // The others would not be told from the helper's.
            steps.retain(|step| step.is_of_first_thread);
        }
        let is_locked = |step: &&Step| step.moment == Moment::Locked;
        let locked = steps.iter().filter(is_locked).count();
        assert!(
            locked > 40,
            "the lock was seen: {locked} of {}",
            steps.len()
        );
        steps
    }

    /// A run into which something is injected at a step: `signal=SIGKILL`, `error=ENOSPC`.
    pub(super) fn strike(
        &self,
        world: &World,
        arguments: &[&str],
        step: &Step,
        effect: &str,
    ) -> Output {
        let injection = format!("inject={}:{effect}:when={}", step.call, step.nth);
        let log = self.log.display().to_string();
        let mut options = vec!["-qq", "-s", "0", "-o", &log, "-e", &injection];
        // Calls are counted for each thread. Where only the first one is followed, no other can be
        // struck in its place.
        if !step.is_of_first_thread {
            options.push("-f");
        }
        let command = under(&world.command(arguments), "strace", &options);
        world.finish(command).0
    }

    /// A run with an injection in strace's words.
    pub(super) fn inject(&self, world: &World, arguments: &[&str], injection: &str) -> Output {
        let log = self.log.display().to_string();
        let options = ["-f", "-qq", "-s", "0", "-o", &log, "-e", injection];
        let command = under(&world.command(arguments), "strace", &options);
        world.finish(command).0
    }

    /// The call in which the first thread of the last run ended, if the answer to its last request
    /// could be read by then: its name, and which call since then it was, from 1.
    pub(super) fn end_after_answer(&self) -> Option<String> {
        let log = self.log();
        let lines: Vec<_> = log.lines().filter(|line| name(line).is_some()).collect();
        let is_request = |line: &&str| name(line) == Some("writev") && result(line) > Some(0);
        let request = lines.iter().rposition(is_request)?;
        let is_event = |line: &&str| name(line) == Some("epoll_wait") && result(line) > Some(0);
        let since = lines.get(request + 1..)?;
        let answer = since.iter().position(is_event)?;
        let since = since.get(answer + 1..)?;
        Some(format!("{}. {}", since.len(), name(since.last()?)?))
    }

    /// How long a run took from the first byte of the last answer that it read, to the end of the
    /// write by which the rescue file got its session.
    pub(super) fn time_until_spooled(&self, world: &World, arguments: &[&str]) -> Duration {
        let log = self.log.display().to_string();
        let calls = "trace=recvfrom,write";
        let options = [
            "-qq", "-y", "-ttt", "-T", "-s", "16", "-o", &log, "-e", calls,
        ];
        let command = under(&world.command(arguments), "strace", &options);
        world.finish(command).succeeds();
        let log = self.log();
        let lines: Vec<_> = log.lines().collect();
        let is_spooled = |line: &&str| line.contains(".rescue>, \"0");
        let spooled = lines.iter().position(is_spooled).expect("it was spooled");
        let is_answer = |line: &&&str| line.contains("recvfrom(") && !line.contains("= -1");
        let answer = lines[..spooled].iter().rfind(is_answer);
        let begun = moment_of(answer.expect("an answer was read"));
        let written = moment_of(lines[spooled]) + duration_of(lines[spooled]);
        Duration::from_secs_f64(written - begun)
    }

    /// Everything that was sent, and every program that was started with its arguments and
    /// environment, in a run.
    pub(super) fn spy(&self, command: &Command) -> Command {
        let log = self.log.display().to_string();
        let calls = "trace=execve,write,writev,sendto,sendmsg";
        let options = ["-f", "-qq", "-v", "-s", "65536", "-o", &log, "-e", calls];
        under(command, "strace", &options)
    }

    /// The lines of the last run's log.
    pub(super) fn lines(&self) -> Vec<String> {
        self.log().lines().map(str::to_owned).collect()
    }
}

/// When the call of a line began, in seconds.
fn moment_of(line: &str) -> f64 {
    let moment = line.split_whitespace().next();
    moment.unwrap().parse().expect("strace -ttt")
}

/// How long the call of a line took, in seconds.
fn duration_of(line: &str) -> f64 {
    let (_, duration) = line.rsplit_once('<').expect("strace -T");
    duration.trim_end_matches('>').parse().unwrap()
}

/// The name of the call that a line begins.
fn name(line: &str) -> Option<&str> {
    let (name, _) = line.trim_start().split_once('(')?;
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    name.bytes().all(is_name).then_some(name)
}

/// What the call of a line returned.
fn result(line: &str) -> Option<i64> {
    let (_, result) = line.rsplit_once(" = ")?;
    result.split_whitespace().next()?.parse().ok()
}

/// The name of the call that a line of a log with threads begins, and whose thread it is.
fn call(line: &str) -> Option<(&str, &str)> {
    let (thread, rest) = line.split_once(' ')?;
    Some((thread, name(rest)?))
}

/// The lock of a helper program is asked for by a message.
fn takes_lock(line: &str) -> bool {
    line.contains("LOCK_EX") || line.contains(r#"\"op\":\"lock\""#)
}

fn gives_lock_back(line: &str) -> bool {
    line.contains("LOCK_UN") || line.contains(r#"\"op\":\"unlock\""#)
}

/// Each call of the first thread, and those of the others that it does not make.
fn steps(log: &str) -> Vec<Step> {
    let mut counts = BTreeMap::new();
    let mut steps: Vec<Step> = Vec::new();
    let mut moment = Moment::Before;
    let first = log.split(' ').next();
    for line in log.lines() {
        let Some((thread, name)) = call(line) else {
            continue;
        };
        let nth = counts.entry((thread, name)).or_insert(0);
        *nth += 1;
        let step = Step {
            call: name.to_owned(),
            nth: *nth,
            moment,
            is_of_first_thread: first == Some(thread),
        };
        let known = steps
            .iter_mut()
            .find(|known| known.call == step.call && known.nth == step.nth);
        match known {
            Some(known) if step.is_of_first_thread => *known = step,
            Some(_) => {}
            // A second start of a program would be another program.
            None if name == "execve" || name == "exit_group" => {}
            None => steps.push(step),
        }
        // A run that finds a rescue file takes and gives back the lock once before it needs it.
        if takes_lock(line) {
            moment = Moment::Locked;
        } else if gives_lock_back(line) {
            moment = Moment::After;
        }
    }
    steps
}
