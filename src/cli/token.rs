//! The arguments of the commands about tokens: `token`, `refresh`, `decode-id-token` and `introspect`.

use std::time::Duration;

use clap::{Args, ValueEnum};

use super::duration;

/// Arguments of `token`.
#[derive(Args, Debug)]
pub struct TokenArgs {
    /// Choose the token
    #[arg(long = "type", value_name = "TYPE", default_value = "access")]
    pub kind: TokenKind,
    /// Print a token that stays valid at least this long [default: 60s, or a third of its lifetime]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub min_ttl: Option<Duration>,
    /// Choose how to print it
    #[arg(long, value_name = "FORMAT", default_value = "bare")]
    pub format: TokenFormat,
}

/// Which token to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TokenKind {
    /// The access token
    Access,
    /// The ID token
    Id,
}

/// How to print a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TokenFormat {
    /// The token and a newline
    Bare,
    /// `Authorization: Bearer …`
    Header,
    /// A JSON object with its expiry
    Json,
    /// `EPROSPERA_TOKEN=…`, for an environment file
    Env,
}

/// Arguments of `refresh`.
#[derive(Args, Debug)]
pub struct RefreshArgs {
    /// Keep only these scopes, separated by spaces or commas
    #[arg(long, value_name = "SCOPES")]
    pub scope: Option<String>,
}

/// Arguments of `decode-id-token`.
#[derive(Args, Debug)]
pub struct DecodeArgs {
    /// ID token to decode, or `-` to read it from stdin [default: the stored one]
    #[arg(value_name = "TOKEN")]
    pub token: Option<String>,
    /// Decode without verifying
    #[arg(long)]
    pub no_verify: bool,
    /// Require this nonce
    #[arg(long, value_name = "NONCE", allow_hyphen_values = true)]
    pub nonce: Option<String>,
    /// Require this client ID as the audience [default: the client ID in use]
    #[arg(long, value_name = "ID")]
    pub audience: Option<String>,
}

/// Arguments of `introspect`.
#[derive(Args, Debug)]
pub struct IntrospectArgs {
    /// Token to look up, or `-` to read it from stdin [default: the access token in use]
    #[arg(value_name = "TOKEN")]
    pub token: Option<String>,
}
