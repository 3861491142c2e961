//! Asks a person for a secret, and leaves the terminal as it was, however the question ends.

mod answer;
mod chunks;
#[cfg(not(unix))]
mod console;
mod error;
#[cfg(not(unix))]
mod keyboard;
mod paste;
mod paste_buffer;
#[cfg(unix)]
mod question;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod typed;

use crate::secret::Secret;

pub(crate) use error::Error;
pub(crate) use paste::Pastes;

/// Asks on the terminal, without showing what is typed. The caller registers it as what it is.
#[cfg(unix)]
pub(crate) fn secret(question: &str) -> Result<Secret, Error> {
    question::ask(question)
}

/// Asks on the terminal, without showing what is typed. The caller registers it as what it is.
#[cfg(not(unix))]
pub(crate) fn secret(question: &str) -> Result<Secret, Error> {
    console::ask(question)
}

/// Asks, and reads a line that `show` shows while it is typed: what a login takes for a paste begins a read that takes the
/// next key, so the console cannot be asked for the line.
#[cfg(not(unix))]
pub(crate) fn shown_line(ask: impl Fn(), show: impl Fn(&str)) -> Result<String, Error> {
    console::ask_openly(ask, show)
}

/// Leaves the terminal as it was when this is dropped, and so for the rest of the process.
#[derive(Debug, Default)]
pub(crate) struct RestoreTerminal(());

impl Drop for RestoreTerminal {
    fn drop(&mut self) {
        #[cfg(unix)]
        terminal::leave();
        #[cfg(not(unix))]
        console::leave();
    }
}
