//! One run of the program, as its user saw it.

use std::time::Duration;
#[cfg(any(target_os = "linux", windows))]
use std::{fs::File, process::Stdio};

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Child;

use super::streams;
#[cfg(windows)]
use super::world::{World, program, program_of_tests};

/// A command that takes longer hangs.
pub(crate) const LONGEST: Duration = Duration::from_secs(90);

/// The code of a process that was killed: a signal is 128 and its number, and Windows is given one.
pub(crate) const KILLED: i32 = if cfg!(unix) { 137 } else { 1 };

/// A stdout that takes nothing: on Linux a device that is always full, on Windows a file that is open for reading alone.
#[cfg(any(target_os = "linux", windows))]
pub(crate) fn unwritable() -> Stdio {
    #[cfg(target_os = "linux")]
    let file = File::options().write(true).open("/dev/full");
    #[cfg(windows)]
    let file = File::open(program());
    file.unwrap().into()
}

/// A command line of the program that finds its stdout closed.
#[cfg(windows)]
pub(crate) fn without_stdout(world: &World, arguments: &[&str]) -> Output {
    let starter = program_of_tests(env!("CARGO_BIN_EXE_without-stdout"));
    let line = [&[program()], arguments].concat();
    world
        .finish(world.command_of(starter.to_str().unwrap(), &line))
        .0
}

/// The events of `sandbox --log json`, as they lie among other words on stderr.
pub(crate) fn sandbox_log(stderr: &str) -> Vec<Value> {
    let objects = stderr.lines().map(serde_json::from_str);
    objects
        .filter_map(Result::ok)
        .filter(|object: &Value| object["sequence"].is_u64())
        .collect()
}

/// A run that has ended, with whatever exit status.
#[must_use = "assert the exit status"]
#[derive(Debug)]
pub(crate) struct Run(pub(crate) Output);

impl Run {
    pub(crate) fn succeeds(self) -> Output {
        self.exits(0)
    }

    pub(crate) fn exits(self, code: i32) -> Output {
        assert_eq!(self.0.code, code, "{self:#?}");
        self.0
    }
}

/// What a user saw of one run.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// The exit code; 128 and the number for a signal.
    pub(crate) code: i32,
}

impl Output {
    pub(crate) fn new(stdout: String, stderr: String, status: std::process::ExitStatus) -> Self {
        #[cfg(unix)]
        let signal = std::os::unix::process::ExitStatusExt::signal(&status);
        #[cfg(not(unix))]
        let signal: Option<i32> = None;
        let code = status.code().or(signal.map(|signal| 128 + signal));
        Self {
            stdout,
            stderr,
            code: code.unwrap(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|_| panic!("no JSON: {self:#?}"))
    }

    /// The error object, which is the last object in stderr: a sandbox may still write its log there.
    pub(crate) fn error(&self) -> Value {
        let mut lines = self.stderr.lines().rev();
        let last = lines.find(|line| line.starts_with('{'));
        let last = last.unwrap_or_default();
        let json: Value =
            serde_json::from_str(last).unwrap_or_else(|_| panic!("no JSON error: {self:#?}"));
        json["error"].clone()
    }

    /// Asserts that the error's message has these words.
    pub(crate) fn because(self, words: &str) -> Self {
        let message = self.error()["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert!(
            message.contains(words),
            "no {words:?} in the message of {self:#?}"
        );
        self
    }

    /// Asserts that the hint has these words.
    pub(crate) fn hinting(self, words: &str) -> Self {
        let hint = self.error()["hint"].as_str().unwrap_or_default().to_owned();
        assert!(
            hint.contains(words),
            "no {words:?} in the hint of {self:#?}"
        );
        self
    }

    /// Asserts that stderr has these words.
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(
            self.stderr.contains(words),
            "no {words:?} on stderr: {self:#?}"
        );
        self
    }
}

/// Waits for a child's end.
pub(crate) async fn output(mut child: Child) -> Output {
    let stdout = child.stdout.take().map(streams::stdout);
    let stderr = child.stderr.take().map(streams::stderr);
    end_of(child, stdout, stderr).await
}

/// The same, with what is left to read.
pub(crate) async fn end_of(
    mut child: Child,
    stdout: Option<impl AsyncRead + Unpin>,
    stderr: Option<impl AsyncRead + Unpin>,
) -> Output {
    // It closes stdin, too.
    let finished = async { tokio::join!(text(stdout), text(stderr), child.wait()) };
    let finished = tokio::time::timeout(LONGEST, finished).await;
    let (stdout, stderr, status) = finished.expect("the command hangs");
    Output::new(stdout, stderr, status.unwrap())
}

async fn text(stream: Option<impl AsyncRead + Unpin>) -> String {
    let mut text = String::new();
    if let Some(mut stream) = stream {
        stream.read_to_string(&mut text).await.unwrap();
    }
    text
}
