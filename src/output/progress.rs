//! Bars on stderr while files are on their way: one for all, and one for each that is being
//! transferred. They are gone when it is over.
//!
//! Shown on a terminal only, and neither with `--quiet` nor beside a log, which would break them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, IsTerminal as _};

use indicatif::{HumanBytes, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Output;
use super::spinner::{self, Waiting};

const ALL: &str = "{msg} {pos} of {len}, {elapsed}";
const ONE: &str = "  {prefix:24!} {wide_bar} {binary_bytes:>10} of {binary_total_bytes:>10}";
const ONE_WITHOUT_LENGTH: &str = "  {prefix:24!} {spinner} {binary_bytes:>10}";

#[derive(Debug)]
pub(crate) struct Progress {
    bars: MultiProgress,
    all: ProgressBar,
    running: RefCell<HashMap<usize, ProgressBar>>,
}

/// A number of bytes in words, such as `17.81 KiB`.
pub(crate) fn size(bytes: u64) -> String {
    HumanBytes(bytes).to_string()
}

impl Output {
    /// Whether a person sees lines that move, and nothing breaks them.
    fn shows_motion(self, can_move: bool) -> bool {
        let is_readable = io::stderr().is_terminal() && can_move;
        let is_logged = tracing::enabled!(tracing::Level::INFO);
        is_readable && !is_logged && !self.quiet
    }

    /// Begins to wait, where the terminal can move its cursor.
    pub(crate) fn waiting(self, words: &'static str, can_move: bool) -> Waiting {
        if self.shows_motion(can_move) {
            Waiting::saying(words)
        } else {
            Waiting::in_silence()
        }
    }

    /// Begins to show how so many files come, where the terminal can move its cursor. It takes the
    /// place of the wait that this is part of.
    pub(crate) fn progress(self, files: usize, can_move: bool) -> Progress {
        spinner::end();
        let target = if self.shows_motion(can_move) {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bars = MultiProgress::with_draw_target(target);
        let all = ProgressBar::new(files as u64);
        let all = bars.add(all.with_style(style(ALL)).with_message("downloading"));
        Progress {
            bars,
            all,
            running: RefCell::default(),
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    // The templates are the constants above; a unit test reads each.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl Progress {
    pub(crate) fn is_shown(&self) -> bool {
        !self.bars.is_hidden()
    }

    /// A file was begun, or begun anew; its length may not be known.
    pub(crate) fn begun(&self, file: usize, name: &str, length: Option<u64>) {
        let mut running = self.running.borrow_mut();
        let bar = running
            .entry(file)
            .or_insert_with(|| self.bars.add(ProgressBar::no_length()));
        bar.set_style(style(length.map_or(ONE_WITHOUT_LENGTH, |_| ONE)));
        bar.set_prefix(name.to_owned());
        match length {
            Some(length) => bar.set_length(length),
            None => bar.unset_length(),
        }
        bar.set_position(0);
    }

    pub(crate) fn reached(&self, file: usize, bytes: u64) {
        if let Some(bar) = self.running.borrow().get(&file) {
            bar.set_position(bytes);
        }
    }

    pub(crate) fn ended(&self, file: usize) {
        if let Some(bar) = self.running.borrow_mut().remove(&file) {
            bar.finish_and_clear();
            self.bars.remove(&bar);
        }
        self.all.inc(1);
    }
}

/// Also when a signal ended it: nothing is left on the terminal.
impl Drop for Progress {
    fn drop(&mut self) {
        for (_, bar) in self.running.borrow_mut().drain() {
            bar.finish_and_clear();
        }
        self.all.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_can_be_read() {
        for template in [ALL, ONE, ONE_WITHOUT_LENGTH] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }

    #[test]
    fn sizes_read_well() {
        for (bytes, words) in [
            (0, "0 B"),
            (999, "999 B"),
            (18_237, "17.81 KiB"),
            (500_000_000, "476.84 MiB"),
        ] {
            assert_eq!(size(bytes), words);
        }
    }
}
