//! One question, whose answer is not shown.
//!
//! It ends when a signal does; in the background it stops until it is in the foreground again.

use std::sync::atomic::Ordering;

use zeroize::Zeroizing;

use super::answer::{HAS_ENDED, MAX_ANSWER_LENGTH, has_ended};
use super::error::Error;
use super::terminal::{Mode, Take};
use crate::interrupt::{self, Background};
use crate::secret::Secret;

/// Asks, and reads one line.
pub(super) fn ask(question: &str) -> Result<Secret, Error> {
    if interrupt::caught().is_some() {
        return Err(Error::Interrupted);
    }
    if HAS_ENDED.load(Ordering::Relaxed) {
        return Err(Error::Ended);
    }
    let mut answer = answer_to(question);
    // A terminal that goes away sends a signal, too.
    if matches!(answer, Err(Error::Terminal(_))) && interrupt::is_caught_soon(|| false) {
        answer = Err(Error::Interrupted);
    }
    if matches!(answer, Err(Error::Ended)) {
        HAS_ENDED.store(true, Ordering::Relaxed);
    }
    answer
}

fn answer_to(question: &str) -> Result<Secret, Error> {
    let mode = Mode::open(false)?;
    let mut line = Zeroizing::new(Vec::with_capacity(MAX_ANSWER_LENGTH));
    let mut background = Background::default();
    let mut is_shown = false;
    loop {
        if interrupt::is_caught() {
            return Err(Error::Interrupted);
        }
        if mode.leave(&mut background)? {
            is_shown = false;
        }
        match mode.take()? {
            Take::Before if is_shown => {}
            Take::Before | Take::Now => {
                mode.ask(question);
                is_shown = true;
            }
            Take::Later | Take::Never => {
                Mode::pause();
                continue;
            }
        }
        // Byte by byte: what follows the line is for the next question.
        let mut byte = Zeroizing::new([0]);
        if mode.read(byte.as_mut_slice())? == 0 {
            mode.glance();
        } else if has_ended(&mut line, byte[0])? {
            return Secret::from_utf8(std::mem::take(&mut *line)).ok_or(Error::NotText);
        }
    }
}
