//! What `doctor` takes.

use clap::{Args, ValueEnum};

/// Arguments of `doctor`.
#[derive(Args, Debug)]
pub struct DoctorArgs {
    /// Skip everything that needs the network
    #[arg(long)]
    pub offline: bool,
    /// Check only these groups
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    pub only: Vec<DoctorGroup>,
    /// Print a report in Markdown for a bug report; it holds no secrets, names or addresses
    #[arg(long, conflicts_with_all = ["json", "output", "jq", "fields"])]
    pub report: bool,
    /// Check against a built-in sandbox, to tell whether the problem is this machine or the portal
    #[arg(long, conflicts_with = "offline", hide = !cfg!(feature = "sandbox"))]
    pub sandbox: bool,
}

/// What the checks are about, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DoctorGroup {
    /// This program and its place on PATH
    Program,
    /// The configuration and the variables
    Settings,
    /// The folders for configuration, state and cache
    Folders,
    /// Where the session is stored
    Store,
    /// This machine's clock
    Clock,
    /// Proxy, DNS, TLS
    Network,
    /// What the provider publishes
    Provider,
    /// Client id and redirect URIs
    Client,
    /// The session and what it gives access to
    Session,
    /// How `login` opens the browser
    Opener,
    /// The terminal
    Terminal,
}
