//! Stops the program at any one system call: strace counts calls and injects a signal or an
//! error into the one that was chosen.
//!
//! It needs no pause point in the program, so what is tested is what ships, and no step between
//! two system calls can be left out: only a system call changes anything outside the process.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use tokio::process::Command;

use crate::run::{Output, Run};
use crate::world::World;

/// One system call of a run: the `nth` with this name in its thread, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) call: String,
    pub(super) nth: usize,
    /// Whether it came between taking the lock and giving it back.
    pub(super) is_locked: bool,
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.call, self.nth)
    }
}

/// Where in its run a process was when it was struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Before,
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
        let options = ["-f", "-qq", "-s", "0", "-o", &log];
        let command = under(&world.command(arguments), "strace", &options);
        world.finish(command).succeeds();
        let steps = steps(&self.log());
        let locked = steps.iter().filter(|step| step.is_locked).count();
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
    ) -> (Output, Moment) {
        let injection = format!("inject={}:{effect}:when={}", step.call, step.nth);
        self.inject(world, arguments, &injection)
    }

    /// A run with an injection in strace's words.
    pub(super) fn inject(
        &self,
        world: &World,
        arguments: &[&str],
        injection: &str,
    ) -> (Output, Moment) {
        let log = self.log.display().to_string();
        let options = ["-f", "-qq", "-s", "0", "-o", &log, "-e", injection];
        let command = under(&world.command(arguments), "strace", &options);
        let Run(output) = world.finish(command);
        (output, moment(&self.log()))
    }

    /// How long a run took from the first byte of the last answer that it read, to the end of the
    /// write by which the rescue file got its session.
    pub(super) fn time_until_spooled(&self, world: &World, arguments: &[&str]) -> Duration {
        let log = self.log.display().to_string();
        let calls = "trace=recvfrom,write";
        let options = [
            "-f", "-qq", "-y", "-ttt", "-T", "-s", "16", "-o", &log, "-e", calls,
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
    let moment = line.split_whitespace().nth(1);
    moment.unwrap().parse().expect("strace -ttt")
}

/// How long the call of a line took, in seconds.
fn duration_of(line: &str) -> f64 {
    let (_, duration) = line.rsplit_once('<').expect("strace -T");
    // A call that another thread interrupts has its end on a line of its own.
    duration.trim_end_matches('>').parse().unwrap_or_default()
}

/// The name of the call that a line of the log begins, and whose thread it is.
fn call(line: &str) -> Option<(&str, &str)> {
    let (thread, rest) = line.split_once(' ')?;
    let (name, _) = rest.trim_start().split_once('(')?;
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    name.bytes().all(is_name).then_some((thread, name))
}

fn takes_lock(line: &str) -> bool {
    line.contains("flock(") && line.contains("LOCK_EX")
}

fn steps(log: &str) -> Vec<Step> {
    let mut counts = BTreeMap::new();
    let mut steps: Vec<Step> = Vec::new();
    let mut is_locked = false;
    for line in log.lines() {
        let Some((thread, name)) = call(line) else {
            continue;
        };
        let nth = counts.entry((thread, name)).or_insert(0);
        *nth += 1;
        let known = steps
            .iter_mut()
            .find(|step| step.call == name && step.nth == *nth);
        match known {
            Some(step) => step.is_locked |= is_locked,
            // A second start of a program would be another program.
            None if name == "execve" || name == "exit_group" => {}
            None => steps.push(Step {
                call: name.to_owned(),
                nth: *nth,
                is_locked,
            }),
        }
        is_locked |= takes_lock(line);
        is_locked &= !line.contains("LOCK_UN");
    }
    steps
}

/// The last thing that was done with a lock counts: a run that finds a rescue file takes and gives
/// back the lock once before it needs it.
fn moment(log: &str) -> Moment {
    let mut moment = Moment::Before;
    for line in log.lines().filter(|line| line.ends_with("= 0")) {
        if takes_lock(line) {
            moment = Moment::Locked;
        } else if line.contains("LOCK_UN") {
            moment = Moment::After;
        }
    }
    moment
}
