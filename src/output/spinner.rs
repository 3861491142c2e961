//! What a person sees while a command waits: a line on stderr that moves, from 300 ms on.
//!
//! Shown on a terminal only, and neither with `--quiet` nor beside a log. Whatever else is printed
//! takes its place, and it is gone when the wait is over, however that ends.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::interrupt;

/// What is over sooner is not shown.
const DELAY: Duration = Duration::from_millis(300);
const INTERVAL: Duration = Duration::from_millis(100);

const TEMPLATE: &str = "{spinner} {msg}";
/// In place of the usual words while the refresh token is on its way.
const REFRESHING: &str = "Refreshing the session…";

/// The one line, and why it may not be shown.
struct Line {
    bar: Option<ProgressBar>,
    /// How many questions are being asked.
    questions: usize,
    /// Something was printed that it must not follow.
    is_over: bool,
}

static LINE: Mutex<Line> = Mutex::new(Line {
    bar: None,
    questions: 0,
    is_over: false,
});

fn line() -> MutexGuard<'static, Line> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Line {
    fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    fn draw(&mut self, words: &'static str) {
        if self.is_over || self.questions > 0 {
            return self.clear();
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template(TEMPLATE);
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
        });
        let is_refreshing = interrupt::is_held();
        bar.set_message(if is_refreshing { REFRESHING } else { words });
        bar.tick();
    }
}

/// While it lives, a person may see that something is waited for.
#[derive(Debug)]
#[must_use = "the wait ends when it is dropped"]
pub(crate) struct Waiting(Option<(Sender<()>, JoinHandle<()>)>);

impl Waiting {
    /// Begins to wait without a word.
    pub(super) fn in_silence() -> Self {
        Self(None)
    }

    /// Begins to wait.
    pub(super) fn saying(words: &'static str) -> Self {
        line().is_over = false;
        let (over, is_over) = mpsc::channel();
        let draw = move || {
            let mut pause = DELAY;
            while is_over.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                line().draw(words);
                pause = INTERVAL;
            }
            line().clear();
        };
        let thread = thread::Builder::new()
            .name("spinner".to_owned())
            .spawn(draw);
        // A wait that cannot be shown is a wait all the same.
        Self(thread.ok().map(|thread| (over, thread)))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some((over, thread)) = self.0.take() {
            drop(over);
            // It has nothing to say when it panicked.
            drop(thread.join());
        }
    }
}

/// Prints on stderr; the line moves on below.
pub(super) fn beside(print: impl FnOnce()) {
    let mut line = line();
    line.clear();
    print();
}

/// Takes the line away for the rest of this wait.
pub(super) fn end() {
    let mut line = line();
    line.is_over = true;
    line.clear();
}

/// While it lives, a person is asked something.
#[derive(Debug)]
#[must_use = "the question ends when it is dropped"]
pub(crate) struct Question(());

/// Takes the line away while a person is asked something.
pub(crate) fn question() -> Question {
    let mut line = line();
    line.questions += 1;
    line.clear();
    Question(())
}

impl Drop for Question {
    fn drop(&mut self) {
        line().questions -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_can_be_read() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }
}
