//! One topic, and what its page may say about this machine.

use crate::environment::Environment;
use crate::output::Page;

/// A page of `eprospera help`.
#[derive(Clone, Copy)]
pub(crate) struct Topic {
    pub name: &'static str,
    /// What it is about, in a few words without a full stop.
    pub about: &'static str,
    pub describe: fn(&mut Page, &Machine<'_>),
}

/// What a page may say about the machine that it is read on.
pub(crate) struct Machine<'a> {
    pub environment: &'a Environment,
}
