//! What all trials of a run have in common.

use std::ffi::OsString;
use std::time::Duration;

use eprospera_sandbox::{Client, Options};

use crate::error::Error;

use super::home::Given;

/// What all trials have in common.
pub(crate) struct Plan<'a> {
    /// CLIENT with its arguments.
    pub(crate) words: Vec<OsString>,
    /// The shell command line that signs it in.
    pub(crate) setup: Option<OsString>,
    pub(crate) seed: u32,
    /// How long one run of CLIENT may take.
    pub(crate) timeout: Duration,
    /// How many trials run beside each other.
    pub(crate) jobs: usize,
    /// Variables that are not inherited.
    pub(crate) removed: Vec<String>,
    /// How the sandboxes are set up.
    pub(crate) options: Options,
    /// Chooses the OAuth client, and registers redirect URIs on free ports for it.
    pub(crate) client: &'a dyn Fn(Options) -> Result<(Client, Options), Error>,
    /// Folders and variables, as `sandbox exec` has them.
    pub(crate) given: &'a dyn Fn(&str, &Client) -> Result<Given, Error>,
}
