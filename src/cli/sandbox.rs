//! The flags of `sandbox` and `sandbox exec`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use super::duration;

/// Run the embedded local portal
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_long_help = "\
A test double of a public service: it binds loopback only, and all its people are invented.

Examples:
  $ eprospera sandbox
  $ eprospera sandbox --auto-approve --access-ttl 30s
  $ eprospera sandbox --data people.toml
  $ eprospera sandbox exec -- npm test

Faults are ENDPOINT:ACTION[=ARGUMENT][*COUNT], for example token:500, token:drop-after-commit,
userinfo:429*3, jwks:rotate, me:slow=5s, id_token:bad-nonce")]
pub struct SandboxArgs {
    /// `exec`, or nothing to serve until Ctrl-C.
    #[command(subcommand)]
    pub command: Option<SandboxCommand>,
    /// Port to listen on
    #[arg(long, default_value_t = 8787)]
    pub port: u16,
    /// How it behaves.
    #[command(flatten)]
    pub options: SandboxOptions,
}

/// What else `sandbox` can do.
#[derive(Debug, Subcommand)]
pub enum SandboxCommand {
    /// Run the sandbox on a free port for the time of one command
    Exec {
        /// How it behaves.
        #[command(flatten)]
        options: SandboxOptions,
        /// The command and its arguments
        #[arg(last = true, required = true, value_name = "COMMAND")]
        command: Vec<OsString>,
    },
}

/// How the sandbox behaves.
#[derive(Args, Clone, Debug)]
pub struct SandboxOptions {
    /// Sign in and consent without pages, as this persona
    #[arg(long, value_name = "PERSONA", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub auto_approve: Option<String>,
    /// People who can sign in, in JSON or TOML; they come before the built-in ones
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// Lifetime of access tokens
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "1h")]
    pub access_ttl: Duration,
    /// Lifetime of refresh tokens
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "180d")]
    pub refresh_ttl: Duration,
    /// Lifetime of authorization codes
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "5m")]
    pub code_ttl: Duration,
    /// Lifetime of device codes
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "10m")]
    pub device_ttl: Duration,
    /// Pause between two polls of a device
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "5s")]
    pub device_interval: Duration,
    /// Lifetime of ID tokens
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "1h")]
    pub id_token_ttl: Duration,
    /// Further clients.
    #[arg(
        long = "client",
        value_name = "CLIENT",
        help = "Further client: ID[:SECRET]=REDIRECT_URI,… (can be repeated)"
    )]
    pub clients: Vec<String>,
    /// Fault to make on purpose (can be repeated)
    #[arg(long = "fault", value_name = "RULE")]
    pub faults: Vec<String>,
    /// Pause before every answer
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "0s")]
    pub latency: Duration,
    /// Algorithm that signs ID tokens
    #[arg(long, value_name = "ALG", default_value = "RS256")]
    pub signing: String,
    /// Send `iss` back with each code or error, and announce it in discovery (RFC 9207)
    #[arg(long)]
    pub iss: bool,
    /// Discovery document to serve
    #[arg(long, value_name = "SHAPE", default_value = "full")]
    pub discovery: DiscoveryShape,
    /// Status of a missing scope on resource routes
    #[arg(long, value_name = "STATUS", default_value = "403")]
    pub missing_scope_status: MissingScopeStatus,
    /// Shape of the request log on stderr
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub log: LogFormat,
}

/// Which discovery document the sandbox serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiscoveryShape {
    /// With everything that newer portals announce
    Full,
    /// Without device grant, revocation, introspection and public clients, as older portals have it
    Short,
}

/// How a resource route answers where a scope is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MissingScopeStatus {
    /// As the portal is specified
    #[value(name = "403")]
    Forbidden,
    /// As older pages of the portal have it
    #[value(name = "401")]
    Unauthorized,
}

/// Shape of the sandbox's request log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// A line of words for each request
    Text,
    /// A JSON object for each request
    Json,
    /// No log
    None,
}
