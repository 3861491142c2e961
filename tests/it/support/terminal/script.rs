//! The terminal that `script` of util-linux plays.

use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, ChildStdout};
use tokio::runtime::Runtime;

use crate::run::{LONGEST, Output, Run, output};
use crate::world::World;

/// The program at a terminal. What it says on stdout and stderr comes as one.
#[must_use = "end it and look at its output"]
pub(crate) struct Terminal {
    runtime: Arc<Runtime>,
    child: Child,
    keyboard: ChildStdin,
    screen: ChildStdout,
    /// What was on the screen so far.
    pub(crate) seen: String,
    modes: std::path::PathBuf,
}

fn quoted(argument: &str) -> String {
    format!("'{}'", argument.replace('\'', r"'\''"))
}

/// A command line that runs the program and writes down its process id.
fn program(arguments: &[&str]) -> String {
    let program = quoted(crate::world::program());
    let arguments: Vec<_> = arguments.iter().map(|argument| quoted(argument)).collect();
    let arguments = arguments.join(" ");
    format!(r#"sh -c 'echo $$ > modes/pid; exec "$0" "$@"' {program} {arguments}"#)
}

impl Terminal {
    pub(crate) fn start(
        world: &World,
        runtime: &Arc<Runtime>,
        columns: u16,
        arguments: &[&str],
    ) -> Self {
        let program = program(arguments);
        // The shell lives on after Ctrl-C and Ctrl-\, to look at the terminal once more.
        Self::open(
            world,
            runtime,
            &format!(
                "trap : INT QUIT; stty rows 40 columns {columns}; stty -g > modes/before; \
                 {program}; code=$?; stty -g > modes/after; exit $code"
            ),
        )
    }

    /// The same in a shell with job control that says when the program has stopped, looks at the
    /// terminal, and brings the program back after a line.
    pub(crate) fn with_jobs(world: &World, runtime: &Arc<Runtime>, arguments: &[&str]) -> Self {
        let program = program(arguments);
        let session = format!(
            "trap : INT; set -m; stty -g > modes/before; {program}; stty -g > modes/stopped; \
             echo it has stopped; read _; echo it goes on; fg; code=$?; stty -g > modes/after; \
             exit $code"
        );
        let session = format!("exec bash -c {}", quoted(&session));
        Self::open(world, runtime, &session)
    }

    /// An interactive shell with job control, in which `$EPROSPERA` is the program.
    pub(crate) fn shell(world: &World, runtime: &Arc<Runtime>) -> Self {
        let program = quoted(crate::world::program());
        Self::open(
            world,
            runtime,
            &format!(
                "stty -g > modes/before; EPROSPERA={program} bash --norc --noprofile -i; \
                 code=$?; stty -g > modes/after; exit $code"
            ),
        )
    }

    /// Whatever a command line starts.
    #[cfg(feature = "real-parts")]
    pub(crate) fn running(world: &World, runtime: &Arc<Runtime>, line: &str) -> Self {
        Self::open(world, runtime, line)
    }

    fn open(world: &World, runtime: &Arc<Runtime>, session: &str) -> Self {
        let modes = world.path("modes");
        std::fs::create_dir_all(&modes).unwrap();
        let mut command = world.command_of("script", &["-q", "-e", "-c", session, "/dev/null"]);
        command
            .stdin(std::process::Stdio::piped())
            .env("TERM", "xterm-256color");
        let mut child = runtime.block_on(async { command.spawn().unwrap() });
        Self {
            runtime: Arc::clone(runtime),
            keyboard: child.stdin.take().unwrap(),
            screen: child.stdout.take().unwrap(),
            child,
            seen: String::new(),
            modes,
        }
    }

    /// Looks at the screen until it shows these words.
    pub(crate) fn wait_for(&mut self, words: &str) -> &mut Self {
        let Self {
            runtime,
            screen,
            seen,
            ..
        } = self;
        let looking = async {
            let mut chunk = [0; 4096];
            while !seen.contains(words) {
                let read = screen.read(&mut chunk).await.unwrap();
                assert_ne!(read, 0, "it ended without {words:?}: {seen}");
                seen.push_str(&String::from_utf8_lossy(&chunk[..read]));
            }
        };
        let looked = async { tokio::time::timeout(LONGEST, looking).await };
        let looked = runtime.block_on(looked);
        assert!(looked.is_ok(), "no {words:?} on the screen: {}", self.seen);
        self
    }

    /// Sends the program a signal.
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let id = std::fs::read_to_string(self.modes.join("pid")).unwrap();
        let id = rustix::process::Pid::from_raw(id.trim().parse().unwrap()).unwrap();
        rustix::process::kill_process(id, signal).unwrap();
    }

    /// Whether the terminal was at some time as it was before.
    pub(crate) fn is_as_it_was(&self, when: &str) -> bool {
        let mode = |when| std::fs::read_to_string(self.modes.join(when)).unwrap();
        mode(when) == mode("before")
    }

    /// Forgets what was on the screen.
    pub(crate) fn clear(&mut self) {
        self.seen.clear();
    }

    /// Types, or pastes.
    pub(crate) fn types(&mut self, text: &str) {
        self.try_typing(text).unwrap();
    }

    fn try_typing(&mut self, text: &str) -> std::io::Result<()> {
        let Self {
            runtime, keyboard, ..
        } = self;
        runtime.block_on(async {
            keyboard.write_all(text.as_bytes()).await?;
            keyboard.flush().await
        })
    }

    /// Types the same until the program has ended: what is typed before it listens is lost.
    pub(crate) fn insists(mut self, text: &str) -> Run {
        // Once the program has ended, nothing takes what is typed.
        while self.try_typing(text).is_ok() {
            let (runtime, child) = (Arc::clone(&self.runtime), &mut self.child);
            let ended = runtime.block_on(async {
                let moment = std::time::Duration::from_millis(300);
                tokio::time::timeout(moment, child.wait()).await
            });
            if ended.is_ok() {
                break;
            }
        }
        self.end()
    }

    /// Closes the terminal, as when its window is closed.
    pub(crate) fn hang_up(&mut self) {
        let Self { runtime, child, .. } = self;
        runtime.block_on(async { child.kill().await.unwrap() });
    }

    /// Waits for the end, and asserts that the terminal is as it was.
    pub(crate) fn end(mut self) -> Run {
        let mut rest = Vec::new();
        let ended = self.runtime.block_on(async {
            let (ended, read) =
                tokio::join!(output(self.child), self.screen.read_to_end(&mut rest));
            read.unwrap();
            ended
        });
        drop(self.keyboard);
        let is_as_it_was = std::fs::read_to_string(self.modes.join("after")).unwrap()
            == std::fs::read_to_string(self.modes.join("before")).unwrap();
        assert!(is_as_it_was, "the terminal was changed: {}", self.seen);
        Run(Output {
            stdout: self.seen + &String::from_utf8_lossy(&rest),
            ..ended
        })
    }
}
