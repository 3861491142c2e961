//! One question, whose answer is not shown.
//!
//! It ends when a signal does; in the background it stops until it is in the foreground again.

use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::Zeroizing;

use super::error::Error;
use super::paste_buffer::edit;
use super::terminal::{Mode, Take};
use crate::interrupt::{self, Background};
use crate::secret::Secret;

/// The longest answer; a person does not type or paste a longer secret.
const MAX_ANSWER_LENGTH: usize = 64 * 1024;

/// Whether the person has ended the input: then no further question is asked.
static HAS_ENDED: AtomicBool = AtomicBool::new(false);

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

/// Adds a byte; tells whether it ended the line.
fn has_ended(line: &mut Vec<u8>, byte: u8) -> Result<bool, Error> {
    match byte {
        b'\n' | b'\r' => return Ok(true),
        0x04 if line.is_empty() => return Err(Error::Ended),
        0x04 => {}
        _ if edit(line, byte) => {}
        _ if line.len() == MAX_ANSWER_LENGTH => return Err(Error::TooLong),
        _ => line.push(byte),
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[u8]) -> Result<Vec<u8>, Error> {
        let mut line = Vec::new();
        for &key in keys {
            if has_ended(&mut line, key)? {
                break;
            }
        }
        Ok(line)
    }

    #[test]
    fn a_line_ends_with_enter_and_can_be_edited() {
        for (keys, line) in [
            (&b"horse\nnext"[..], &b"horse"[..]),
            (b"horse\r", b"horse"),
            (b"hose\x7f\x7frse\n", b"horse"),
            (b"wrong\x15horse\n", b"horse"),
            (b"horse\x04\n", b"horse"),
            (b"\n", b""),
        ] {
            assert_eq!(typed(keys).unwrap(), line);
        }
    }

    #[test]
    fn input_that_ends_and_a_line_without_end_are_told_apart() {
        assert!(matches!(typed(b"\x04"), Err(Error::Ended)));
        assert!(matches!(typed(b"a\x7f\x04"), Err(Error::Ended)));
        assert!(matches!(
            typed(&vec![b'x'; MAX_ANSWER_LENGTH + 1]),
            Err(Error::TooLong)
        ));
    }
}
