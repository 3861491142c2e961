//! What people type who come from the official Node tool: it works, or one line says what to use instead.
//!
//! Only a command line that cannot be parsed is looked at, so nothing here changes one that can.

mod answer;
mod request_line;
mod table;
mod typed;

use std::ffi::OsString;

pub(crate) use answer::Translation;
use typed::Typed;

/// The answer to a command line that cannot be parsed, if it is one of the official tool.
pub(crate) fn translation(arguments: &[OsString]) -> Option<Translation> {
    answer::to(&Typed::read(arguments))
}

#[cfg(test)]
mod tests;
