//! The flags of `sandbox` and `sandbox exec`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use super::duration;

/// Arguments of `sandbox`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct SandboxArgs {
    /// `exec`, or nothing to serve until Ctrl-C.
    #[command(subcommand)]
    pub command: Option<SandboxCommand>,
    /// Listen on this port
    #[arg(long, default_value_t = 8787)]
    pub port: u16,
    /// How it behaves.
    #[command(flatten)]
    pub options: SandboxOptions,
}

/// What else `sandbox` can do.
#[derive(Debug, Subcommand)]
pub enum SandboxCommand {
    /// Run a command against a sandbox of its own
    ///
    /// Starts the sandbox on a free port, runs the command, and returns its exit code. The command finds
    /// the sandbox through EPROSPERA_ISSUER, EPROSPERA_CLIENT_ID and other variables; your own session and
    /// settings are out of its reach.
    Exec {
        /// How it behaves.
        #[command(flatten)]
        options: SandboxOptions,
        /// Command to run, with its arguments
        #[arg(last = true, required = true, value_name = "COMMAND", value_hint = ValueHint::CommandWithArguments)]
        command: Vec<OsString>,
    },
}

/// How the sandbox behaves.
#[derive(Args, Clone, Debug)]
pub struct SandboxOptions {
    /// Skip the sign-in and consent pages, as this persona or the first one
    #[arg(long, value_name = "PERSONA", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub auto_approve: Option<String>,
    /// Add the people in this JSON or TOML file, before the built-in personas
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub data: Option<PathBuf>,
    /// Set the lifetime of access tokens
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "1h")]
    pub access_ttl: Duration,
    /// Set the lifetime of refresh tokens
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "180d", hide_short_help = true)]
    pub refresh_ttl: Duration,
    /// Set the lifetime of authorization codes
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "5m", hide_short_help = true)]
    pub code_ttl: Duration,
    /// Set the lifetime of device codes
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "10m", hide_short_help = true)]
    pub device_ttl: Duration,
    /// Make devices wait this long between polls
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "5s", hide_short_help = true)]
    pub device_interval: Duration,
    /// Set the lifetime of ID tokens
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "1h", hide_short_help = true)]
    pub id_token_ttl: Duration,
    /// Further clients.
    #[arg(
        long = "client",
        value_name = "CLIENT",
        help = "Register a client: ID[:SECRET]=REDIRECT_URI,… (can be repeated)"
    )]
    pub clients: Vec<String>,
    /// Fail on purpose, such as `token:500` (can be repeated)
    ///
    /// A rule is `ENDPOINT:ACTION[=ARGUMENT][*COUNT]`. Run `eprospera help sandbox-faults` for all endpoints and
    /// actions.
    #[arg(long = "fault", value_name = "RULE")]
    pub faults: Vec<String>,
    /// Wait before every response
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "0s", hide_short_help = true)]
    pub latency: Duration,
    /// Sign ID tokens with this algorithm
    #[arg(
        long,
        value_name = "ALG",
        default_value = "RS256",
        hide_short_help = true
    )]
    pub signing: String,
    /// Send `iss` with each code or error, and announce it in discovery (RFC 9207)
    #[arg(long, hide_short_help = true)]
    pub iss: bool,
    /// Choose the discovery document
    #[arg(
        long,
        value_name = "SHAPE",
        default_value = "full",
        hide_short_help = true
    )]
    pub discovery: DiscoveryShape,
    /// Answer with this status if a scope is missing
    #[arg(
        long,
        value_name = "STATUS",
        default_value = "403",
        hide_short_help = true
    )]
    pub missing_scope_status: MissingScopeStatus,
    /// Choose the format of the request log on stderr
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_short_help = true
    )]
    pub log: LogFormat,
}

/// Which discovery document the sandbox serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiscoveryShape {
    /// Everything that newer portals announce
    Full,
    /// As on older portals: no device grant, revocation, introspection or public clients
    Short,
}

/// How a resource route answers where a scope is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MissingScopeStatus {
    /// As the portal specifies it
    #[value(name = "403")]
    Forbidden,
    /// As in older portal documentation
    #[value(name = "401")]
    Unauthorized,
}

/// Shape of the sandbox's request log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One line of text per request
    Text,
    /// One JSON object per request
    Json,
    /// No log
    None,
}
