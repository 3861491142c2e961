//! The flags of `sandbox` and `sandbox exec`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use super::{duration, some_duration};

/// Arguments of `sandbox`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct SandboxArgs {
    /// `exec`, or nothing to serve until Ctrl-C.
    #[command(subcommand)]
    pub command: Option<SandboxCommand>,
    /// Listen on this port [default: 8787]
    #[arg(long)]
    pub port: Option<u16>,
    /// Write this file once the sandbox listens, and remove it at the end
    ///
    /// It holds what `eprospera --json sandbox` prints, the control token too, and only you can read it.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub ready_file: Option<PathBuf>,
    /// Check the configuration and start nothing
    #[arg(long, requires = "config", hide_short_help = true)]
    pub check_config: bool,
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
        options: Box<SandboxOptions>,
        /// Command to run, with its arguments
        #[arg(last = true, required = true, value_name = "COMMAND", value_hint = ValueHint::CommandWithArguments)]
        command: Vec<OsString>,
    },
    /// Test how well a client keeps a rotating session
    ///
    /// Runs CLIENT against sandboxes that fail on purpose, in some forty trials: many processes at once, lost
    /// answers, kills, a full disk, wrong clocks. CLIENT is any program that prints an access token, or calls
    /// userinfo, with the session that it keeps, and exits with 0; anything else means that it has no token.
    /// Each trial has a sandbox and folders of its own, and begins with the set-up. See docs/torture.md.
    Torture(Box<TortureArgs>),
    /// Follow redirects until a page comes: the browser of `sandbox torture`
    #[command(hide = true)]
    Follow {
        /// Address to begin with
        #[arg(value_hint = ValueHint::Url)]
        url: url::Url,
    },
}

/// Arguments of `sandbox torture`.
#[derive(Args, Clone, Debug)]
pub struct TortureArgs {
    /// Sign CLIENT in with this shell command
    ///
    /// It runs at the start of each trial. The sandbox approves at once, and BROWSER is a program that
    /// follows redirects. Without a set-up, CLIENT has to sign in by itself.
    #[arg(long, value_name = "CMD", value_hint = ValueHint::CommandString)]
    pub setup: Option<OsString>,
    /// Run only these trials, separated by commas (can be repeated)
    #[arg(long, value_name = "TRIAL", value_delimiter = ',')]
    pub only: Vec<String>,
    /// List the trials: what each does, and what passing shows
    #[arg(long, conflicts_with_all = ["setup", "only", "junit", "seed", "command"])]
    pub list: bool,
    /// Write the results to this file as JUnit XML
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub junit: Option<PathBuf>,
    /// Repeat the random choices of an earlier run
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(0..))]
    pub seed: Option<u32>,
    /// How long one run of CLIENT may take [default: 60s]
    #[arg(long, value_name = "DURATION", value_parser = some_duration)]
    pub timeout: Option<Duration>,
    /// How many trials run at the same time [default: 4]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub jobs: Option<u8>,
    // `[:SECRET]` in a comment would be a link for rustdoc.
    #[arg(
        long,
        value_name = "CLIENT",
        help = "Use this OAuth client: ID[:SECRET]=REDIRECT_URI,… [default: sandbox-web on free ports]"
    )]
    pub client: Option<String>,
    /// The client to test, with its arguments
    #[arg(last = true, required_unless_present = "list", value_name = "CLIENT", value_hint = ValueHint::CommandWithArguments)]
    pub command: Vec<OsString>,
}

/// How the sandbox behaves.
#[derive(Args, Clone, Debug)]
pub struct SandboxOptions {
    /// Read settings from this TOML file, and again when it changes
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Skip the sign-in and consent pages, as this persona or the first one
    #[arg(long, value_name = "PERSONA", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub auto_approve: Option<String>,
    /// Add the people in this JSON or TOML file, before the built-in personas
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub data: Option<PathBuf>,
    /// Set the lifetime of access tokens [default: 1h]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub access_ttl: Option<Duration>,
    /// Set the lifetime of refresh tokens [default: 180d]
    #[arg(long, value_name = "DURATION", value_parser = duration, hide_short_help = true)]
    pub refresh_ttl: Option<Duration>,
    /// Set the lifetime of authorization codes [default: 5m]
    #[arg(long, value_name = "DURATION", value_parser = duration, hide_short_help = true)]
    pub code_ttl: Option<Duration>,
    /// Set the lifetime of device codes [default: 10m]
    #[arg(long, value_name = "DURATION", value_parser = duration, hide_short_help = true)]
    pub device_ttl: Option<Duration>,
    /// Make devices wait this long between polls [default: 5s]
    #[arg(long, value_name = "DURATION", value_parser = duration, hide_short_help = true)]
    pub device_interval: Option<Duration>,
    /// Set the lifetime of ID tokens [default: 1h]
    #[arg(long, value_name = "DURATION", value_parser = duration, hide_short_help = true)]
    pub id_token_ttl: Option<Duration>,
    /// Further clients.
    #[arg(
        long = "client",
        value_name = "CLIENT",
        hide_short_help = true,
        help = "Register a client: ID[:SECRET]=REDIRECT_URI,… (can be repeated)"
    )]
    pub clients: Vec<String>,
    /// Fail on purpose, such as `token:500` (can be repeated)
    ///
    /// A rule is `ENDPOINT:ACTION[=ARGUMENT][*COUNT]`. Run `eprospera help sandbox-faults` for all endpoints and
    /// actions.
    #[arg(long = "fault", value_name = "RULE")]
    pub faults: Vec<String>,
    /// Wait before every response [default: 0s]
    #[arg(long, value_name = "DURATION", value_parser = duration, hide_short_help = true)]
    pub latency: Option<Duration>,
    /// Sign ID tokens with this algorithm [default: RS256]
    #[arg(long, value_name = "ALG", hide_short_help = true)]
    pub signing: Option<String>,
    /// Sign with the private key in this PEM file, so that `kid` stays the same
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide_short_help = true)]
    pub signing_key: Option<PathBuf>,
    /// Speak https, with certificates of a CA that is made for this run
    #[arg(long, hide_short_help = true)]
    pub tls: bool,
    /// Speak https with a CA that is kept in this folder, and made there on first use
    ///
    /// Trust its `ca.pem` in your browser once. It can only sign for this computer.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, hide_short_help = true)]
    pub tls_ca: Option<PathBuf>,
    /// Send `iss` with each code or error, and announce it in discovery (RFC 9207)
    #[arg(long, hide_short_help = true)]
    pub iss: bool,
    /// Choose the discovery document [default: full]
    #[arg(long, value_name = "SHAPE", hide_short_help = true)]
    pub discovery: Option<DiscoveryShape>,
    /// Answer with this status if a scope is missing [default: 403]
    #[arg(long, value_name = "STATUS", hide_short_help = true)]
    pub missing_scope_status: Option<MissingScopeStatus>,
    /// Choose the format of the request log on stderr [default: text]
    #[arg(long, value_name = "FORMAT", hide_short_help = true)]
    pub log: Option<LogFormat>,
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
