//! The helper as a process: how it is started, fed, read and ended. It knows lines and deadlines,
//! not what the lines mean.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::message::MAX_LINE_LENGTH;
use super::stderr_capture::{StderrCapture, StderrListener};
use crate::clock::Stopwatch;
use crate::programs;
use crate::store::error::Error;

/// How long a helper may take to end by itself when its input has ended.
const EXIT_TIMEOUT: Duration = Duration::from_secs(2);
/// How often it is looked at meanwhile.
const EXIT_POLL_INTERVAL: Duration = Duration::from_millis(2);

/// How helpers are started.
pub(super) struct Start {
    pub(super) program: String,
    /// Variables that no helper gets.
    pub(super) withheld: &'static [&'static str],
    /// How long one answer may take.
    pub(super) patience: Duration,
    pub(super) listener: Option<StderrListener>,
}

/// Why no line came.
pub(super) enum ReadError {
    /// Its time is up.
    TimedOut,
    /// It has ended, in these words.
    Ended(String),
    /// The line is longer than any honest one.
    TooLong,
}

/// A line, or `None` for one that is too long.
type Line = Option<Zeroizing<Vec<u8>>>;

/// A running helper. Ends it when dropped.
pub(super) struct Process {
    child: Child,
    input: Option<Sender<Zeroizing<Vec<u8>>>>,
    output: Receiver<Line>,
    pub(super) stderr: StderrCapture,
    ended: bool,
}

impl fmt::Debug for Process {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Process")
            .field("id", &self.child.id())
            .finish_non_exhaustive()
    }
}

impl Process {
    pub(super) fn start(start: &Start) -> Result<Self, Error> {
        let fail = |source| Error::HelperAbsent {
            program: start.program.clone(),
            source,
        };
        let mut command = programs::command(&start.program);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(match start.listener {
                Some(_) => Stdio::piped(),
                None => Stdio::null(),
            });
        for variable in start.withheld {
            command.env_remove(variable);
        }
        eprospera_inherited_signals::apply_to(&mut command);
        detach(&mut command);
        let mut child = command.spawn().map_err(fail)?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let stderr = StderrCapture::of(child.stderr.take(), start.listener.clone());
        let (input, requests) = mpsc::channel();
        // One line may wait: who sends more than was asked is held up, not stored.
        let (answers, output) = mpsc::sync_channel(1);
        let mut process = Self {
            child,
            input: Some(input),
            output,
            stderr,
            ended: false,
        };
        let fed = stdin.map_or(Ok(()), |stdin| feed(stdin, requests));
        let captured = stdout.map_or(Ok(()), |stdout| read(stdout, answers));
        if let Err(error) = fed.and(captured) {
            process.kill();
            return Err(fail(error));
        }
        Ok(process)
    }

    /// Sends a line. A helper that does not read it is found out when no answer comes.
    pub(super) fn send(&self, line: Zeroizing<Vec<u8>>) {
        if let Some(input) = &self.input {
            // The feeding thread has gone when the helper has.
            drop(input.send(line));
        }
    }

    /// The next line, within a time.
    pub(super) fn line(&mut self, within: Duration) -> Result<Zeroizing<Vec<u8>>, ReadError> {
        match Stopwatch::start().receive(within, &self.output) {
            Ok(Some(line)) => Ok(line),
            Ok(None) => Err(ReadError::TooLong),
            Err(RecvTimeoutError::Timeout) => Err(ReadError::TimedOut),
            Err(RecvTimeoutError::Disconnected) => Err(ReadError::Ended(self.end())),
        }
    }

    /// Ends the helper: by the end of its input first, by force when that does not do. Says how
    /// it ended.
    pub(super) fn end(&mut self) -> String {
        self.input = None;
        let start = Instant::now();
        while start.elapsed() < EXIT_TIMEOUT {
            match self.child.try_wait() {
                Ok(Some(status)) => return self.farewell(status.to_string()),
                Ok(None) => thread::sleep(EXIT_POLL_INTERVAL),
                Err(_) => break,
            }
        }
        self.kill();
        String::from("it closed its output but did not exit")
    }

    /// Ends the helper at once.
    pub(super) fn kill(&mut self) {
        if self.ended {
            return;
        }
        self.input = None;
        kill_group(&self.child);
        // Both fail only when it has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
        self.farewell(String::new());
    }

    fn farewell(&mut self, status: String) -> String {
        if !self.ended {
            self.ended = true;
            self.stderr.forward();
        }
        status
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !self.ended {
            self.end();
        }
    }
}

/// Writes lines until the sender is dropped; then the helper's input ends.
fn feed(mut stdin: ChildStdin, lines: Receiver<Zeroizing<Vec<u8>>>) -> std::io::Result<()> {
    thread::Builder::new()
        .name(String::from("helper-stdin"))
        .spawn(move || {
            for line in lines {
                if stdin.write_all(&line).and_then(|()| stdin.flush()).is_err() {
                    return;
                }
            }
        })
        .map(drop)
}

/// Reads lines until the helper's output ends.
fn read(stdout: ChildStdout, lines: SyncSender<Line>) -> std::io::Result<()> {
    thread::Builder::new()
        .name(String::from("helper-stdout"))
        .spawn(move || {
            let mut stdout = BufReader::new(stdout);
            loop {
                let mut line = Zeroizing::new(Vec::with_capacity(64 * 1024));
                let mut limited = (&mut stdout).take(MAX_LINE_LENGTH as u64);
                let captured = match limited.read_until(b'\n', &mut line) {
                    Ok(1..) if line.ends_with(b"\n") => Some(line),
                    Ok(count) if count >= MAX_LINE_LENGTH => None,
                    // An unfinished last line was never said.
                    _ => return,
                };
                let is_last = captured.is_none();
                if lines.send(captured).is_err() || is_last {
                    return;
                }
            }
        })
        .map(drop)
}

/// Ctrl-C at the terminal is this program's to handle: a helper that died of it in the middle of
/// a rotation would take the lock and the new tokens with it.
#[cfg(unix)]
fn detach(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

/// The same for all events of the console, of which Ctrl-Break and a closed window reach every process on it: a
/// helper has a console of its own, which is not shown.
#[cfg(not(unix))]
fn detach(command: &mut Command) {
    use std::os::windows::process::CommandExt as _;
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW);
}

/// A helper may be a script whose children would live on.
#[cfg(unix)]
fn kill_group(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    // It fails only when the group has ended already.
    let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
}

#[cfg(not(unix))]
fn kill_group(_child: &Child) {}
