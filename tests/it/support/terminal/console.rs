//! The console of a process without a window, which `at-console` of `tests/programs` types at and looks at.

use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::runtime::Runtime;

use crate::endings::console::CREATE_NO_WINDOW;
use crate::run::{LONGEST, Output, Run};
use crate::world::{World, program, program_of_tests};

/// How often it is looked: a screen sends no event.
const MOMENT: Duration = Duration::from_millis(20);

/// The program at a console. What it says on stdout and stderr comes as one, and is what the screen shows: a line that was
/// written over is gone.
#[must_use = "end it and look at its output"]
pub(crate) struct Terminal {
    runtime: Arc<Runtime>,
    /// Its end is that of the program.
    keyboard: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    /// What was on the screen at the last look, without colours.
    pub(crate) seen: String,
    /// The same with them, and with what else Wine leaves there that is not to be seen.
    painted: String,
    code: Option<i32>,
    is_as_it_was: bool,
}

impl Terminal {
    pub(crate) fn start(
        world: &World,
        runtime: &Arc<Runtime>,
        columns: u16,
        arguments: &[&str],
    ) -> Self {
        let line = [&[program()], arguments].concat();
        Self::running(world, runtime, columns, &line)
    }

    /// Whatever is started by a line of words.
    pub(crate) fn running(
        world: &World,
        runtime: &Arc<Runtime>,
        columns: u16,
        line: &[&str],
    ) -> Self {
        let person = program_of_tests(env!("CARGO_BIN_EXE_at-console"));
        let columns = columns.to_string();
        let arguments = [&[columns.as_str()], line].concat();
        let mut command = world.command_of(person.to_str().unwrap(), &arguments);
        command
            .stdin(Stdio::piped())
            .stderr(Stdio::inherit())
            // It ends the program first, when nobody types any more.
            .kill_on_drop(false)
            .creation_flags(CREATE_NO_WINDOW);
        let mut person = runtime.block_on(async { command.spawn().unwrap() });
        Self {
            runtime: Arc::clone(runtime),
            keyboard: person.stdin.take().unwrap(),
            answers: BufReader::new(person.stdout.take().unwrap()).lines(),
            seen: String::new(),
            painted: String::new(),
            code: None,
            is_as_it_was: false,
        }
    }

    /// Types, or pastes, and looks at the screen. It has ended when the program has.
    pub(crate) fn types(&mut self, text: &str) {
        let keys = text.replace('\n', "\r").replace('\u{7f}', "\u{8}");
        let line = format!("{}\n", Value::from(keys));
        let Self {
            runtime,
            keyboard,
            answers,
            ..
        } = self;
        let answer = runtime.block_on(async {
            keyboard.write_all(line.as_bytes()).await.unwrap();
            keyboard.flush().await.unwrap();
            let answer = tokio::time::timeout(LONGEST, answers.next_line()).await;
            answer.expect("the console hangs").unwrap()
        });
        let answer: Value = serde_json::from_str(&answer.expect("the console has gone")).unwrap();
        answer["screen"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.painted);
        self.seen = anstream::adapter::strip_str(&self.painted).to_string();
        self.code = answer["code"]
            .as_i64()
            .map(|code| i32::try_from(code).unwrap());
        self.is_as_it_was = answer["mode_is_as_before"].as_bool().unwrap();
    }

    fn look_until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + LONGEST;
        loop {
            self.types("");
            if is_so(self) {
                return;
            }
            assert_eq!(self.code, None, "it ended without {what:?}: {}", self.seen);
            assert!(Instant::now() < deadline, "no {what:?}: {}", self.seen);
            std::thread::sleep(MOMENT);
        }
    }

    /// Looks at the screen until it shows these words.
    pub(crate) fn wait_for(&mut self, words: &str) -> &mut Self {
        self.look_until(words, |terminal| terminal.seen.contains(words));
        self
    }

    /// Types the same until the program has ended: what is typed before it listens is lost.
    pub(crate) fn insists(mut self, text: &str) -> Run {
        let deadline = Instant::now() + LONGEST;
        while self.code.is_none() {
            assert!(Instant::now() < deadline, "it goes on: {}", self.seen);
            self.types(text);
            std::thread::sleep(Duration::from_millis(300));
        }
        self.end()
    }

    /// Waits for the end, and asserts that the mode of the console is as it was.
    pub(crate) fn end(self) -> Run {
        let (mut run, seen) = self.ended();
        run.0.stdout = seen;
        run
    }

    /// The same, with the sequences for colours and links.
    pub(crate) fn end_in_colour(self) -> Run {
        self.ended().0
    }

    fn ended(mut self) -> (Run, String) {
        self.look_until("an end", |terminal| terminal.code.is_some());
        assert!(self.is_as_it_was, "the console was changed: {}", self.seen);
        let run = Run(Output {
            stdout: self.painted,
            stderr: String::new(),
            code: self.code.unwrap(),
        });
        (run, self.seen)
    }
}
