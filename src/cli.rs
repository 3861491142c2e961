//! The command line: names, flags and help texts. Nothing but clap.
//!
//! Values that can also come from a variable or a profile stay text here; `settings` parses them,
//! so that a bad one is reported the same way wherever it came from.

#![expect(
    clippy::doc_markdown,
    reason = "a doc comment of an argument is its help text"
)]

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::output;

mod api;
mod duration;
mod login;
mod me;
mod sandbox;
mod session;

pub use api::ApiArgs;
pub use duration::duration;
pub use login::{LoginArgs, ResponseModeArg};
pub use me::{
    DownloadArgs, EntityPart, LegalEntitiesArgs, MeCommand, TaxCommand, TaxDocument,
    TaxDownloadArgs, TaxFilingArgs, TaxFilingsArgs, TaxKind, TaxSummaryArgs,
};
pub use sandbox::{
    DiscoveryShape, LogFormat, MissingScopeStatus, SandboxArgs, SandboxCommand, SandboxOptions,
};
pub use session::{ExecArgs, ExportArgs, ImportArgs, RekeyArgs, SessionCommand};

/// Sign in to e-Próspera from the command line, stay signed in, and ask the portal
#[derive(Debug, Parser)]
#[command(name = "eprospera", version)]
#[command(subcommand_required = true, arg_required_else_help = true)]
#[command(after_long_help = "\
Try everything without credentials: eprospera demo

Exit codes: 0 ok, 1 failure, 2 usage, 3 login required, 4 forbidden, 5 not found, 6 conflict,
7 rate limited, 8 invalid request, 9 timeout, 11 network, 12 busy, 13 store, 14 untrusted,
130 interrupted, 143 terminated")]
pub struct Cli {
    /// Flags of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Flags of every command.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Named profile [env: EPROSPERA_PROFILE] [default: default]
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Issuer; https, or http on a loopback host [env: EPROSPERA_ISSUER]
    #[arg(long, global = true, value_name = "URL")]
    pub issuer: Option<String>,
    /// Client id that the provider gave you [env: EPROSPERA_CLIENT_ID]
    #[arg(long, global = true, value_name = "ID")]
    pub client_id: Option<String>,
    /// Registered redirect URI, in order of preference (can be repeated) [env: EPROSPERA_REDIRECT_URI]
    #[arg(
        long = "redirect-uri",
        global = true,
        value_name = "URL",
        hide_short_help = true
    )]
    pub redirect_uris: Vec<String>,
    /// Credential store: keyring, encrypted-file, plain-file or command:PROGRAM [env: EPROSPERA_STORE]
    #[arg(long, global = true, value_name = "KIND")]
    pub store: Option<String>,
    /// Output format [env: EPROSPERA_OUTPUT]
    #[arg(long, global = true, value_name = "FORMAT", conflicts_with = "json")]
    pub output: Option<output::Format>,
    /// The same as `--output json`
    #[arg(long, global = true)]
    pub json: bool,
    /// Filter the JSON answer with a jq expression; implies `--output json`
    ///
    /// Texts are printed raw, everything else as JSON in one line. With `--fields`, the filter gets
    /// what was picked.
    #[arg(long, global = true, value_name = "EXPR", allow_hyphen_values = true)]
    pub jq: Option<output::Filter>,
    /// Show only these fields of the answer, such as `name,address.city`
    ///
    /// If the response wraps its content in `data`, field names refer to that content. A table has them
    /// as its columns.
    #[arg(long, global = true, value_name = "FIELDS")]
    pub fields: Option<output::Fields>,
    /// Never prompt, never open a browser by itself [env: EPROSPERA_NO_INPUT, CI]
    #[arg(long, global = true)]
    pub no_input: bool,
    /// PEM file with trust roots beside the machine's own [env: EPROSPERA_CA_FILE]
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    pub ca_file: Option<PathBuf>,
    /// Longest time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]
    ///
    /// The connection may take as long; without this option, 10s of it. The wait for new tokens
    /// becomes longer, but never shorter than 30s: tokens that arrive too late would be lost, and
    /// the session with them.
    #[arg(long, global = true, value_name = "DURATION", value_parser = duration, hide_short_help = true)]
    pub request_timeout: Option<Duration>,
    /// How often a read is sent again while the portal is busy or out of reach [env: EPROSPERA_RETRIES] [default: 3]
    #[arg(long, global = true, value_name = "N", hide_short_help = true)]
    pub retries: Option<u32>,
    /// Say more on stderr (can be repeated) [env: EPROSPERA_LOG]
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Say less on stderr
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// When to use colours [env: NO_COLOR]
    #[arg(long, global = true, value_name = "WHEN", hide_short_help = true)]
    pub color: Option<output::Color>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in through the browser and store the session
    Login(Box<LoginArgs>),
    /// Revoke the tokens and delete the session
    Logout(LogoutArgs),
    /// Say which account, client and store are in use
    Status(StatusArgs),
    /// Show the signed-in user's profile (userinfo)
    Whoami,
    /// Print a valid token
    Token(TokenArgs),
    /// Refresh the tokens now
    Refresh(RefreshArgs),
    /// List the scopes: what each opens, and whether your session has it
    #[command(after_long_help = "\
Examples:
  $ eprospera scopes
  $ eprospera scopes --jq '.[] | select(.granted) | .scope'")]
    Scopes,
    /// Decode and verify an ID token
    DecodeIdToken(DecodeArgs),
    /// Show your own data from the portal
    #[command(subcommand)]
    Me(MeCommand),
    /// Ask any route of the portal with the session's token
    Api(Box<ApiArgs>),
    /// Ask the provider what it knows of a token
    Introspect(IntrospectArgs),
    /// Run a command with a fresh access token in EPROSPERA_TOKEN
    Exec(ExecArgs),
    /// Move the session between machines, or change the key of the encrypted store
    #[command(subcommand)]
    Session(SessionCommand),
    /// Manage named profiles
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// Explain an error code: what it means, what causes it, and what to do
    Explain(ExplainArgs),
    /// Print a shell completion script
    Completions(CompletionsArgs),
    /// Run the embedded local portal
    Sandbox(Box<SandboxArgs>),
    /// Show the whole tool working, with nothing to set up
    Demo,
    /// The official tool's names for login, logout and whoami
    #[command(subcommand, hide = true)]
    Auth(AuthCommand),
}

/// The official tool's spelling.
#[derive(Debug, Subcommand)]
pub enum AuthCommand {
    /// The same as `eprospera login`
    Login(Box<LoginArgs>),
    /// The same as `eprospera logout`
    Logout(LogoutArgs),
    /// The same as `eprospera whoami`
    Whoami,
}

/// Revoke the tokens and delete the session
#[derive(Args, Debug)]
#[command(after_long_help = "\
The tokens are revoked first, for a few seconds at most, and the session is deleted whatever the
provider says; both facts are reported. A session that cannot be read, because its key is missing or
another one or because the keyring is locked, is kept: exit 13. One that is damaged is deleted.

Examples:
  $ eprospera logout --all
  $ eprospera logout --discard-unreadable")]
pub struct LogoutArgs {
    /// Sign out of every profile
    #[arg(long)]
    pub all: bool,
    /// Delete a session whose key is lost, too; its tokens stay valid at the provider
    #[arg(long)]
    pub discard_unreadable: bool,
}

/// Say which account, client and store are in use
#[derive(Args, Debug)]
pub struct StatusArgs {
    /// Ask the provider whether the session still works
    #[arg(long)]
    pub check: bool,
}

/// Print a valid token
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  $ eprospera token --format header | curl -H @- https://portal.eprospera.com/api/oauth/userinfo
  $ eprospera token --min-ttl 5m")]
pub struct TokenArgs {
    /// Which token
    #[arg(long = "type", value_name = "TYPE", default_value = "access")]
    pub kind: TokenKind,
    /// How long the token must stay valid [default: 60s, or a third of its lifetime]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub min_ttl: Option<Duration>,
    /// How to print it
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

/// Refresh the tokens now
#[derive(Args, Debug)]
pub struct RefreshArgs {
    /// Keep only these scopes, separated by spaces or commas
    #[arg(long, value_name = "SCOPES")]
    pub scope: Option<String>,
}

/// Decode and verify an ID token
#[derive(Args, Debug)]
pub struct DecodeArgs {
    /// The token, or `-` for stdin; the stored one when left out
    #[arg(value_name = "TOKEN")]
    pub token: Option<String>,
    /// Decode only
    #[arg(long)]
    pub no_verify: bool,
    /// The nonce that was sent
    #[arg(long, value_name = "NONCE", allow_hyphen_values = true)]
    pub nonce: Option<String>,
    /// The client that the token must be for
    #[arg(long, value_name = "ID")]
    pub audience: Option<String>,
}

/// Ask the provider what it knows of a token
#[derive(Args, Debug)]
#[command(after_long_help = "\
For clients that have a secret. A token that is not active is an answer, too: the exit code is 0, and
`--jq .active` tells. The stored token is looked up as it is, and never refreshed for that.

Examples:
  $ eprospera introspect --jq .active
  $ eprospera token | eprospera introspect -")]
pub struct IntrospectArgs {
    /// The token, or `-` for stdin; the access token in use when left out
    #[arg(value_name = "TOKEN")]
    pub token: Option<String>,
}

/// Manage named profiles
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// List the profiles
    List,
    /// Show one profile
    Show {
        /// The profile; the one in use when left out
        name: Option<String>,
    },
    /// Set a key of the profile in use; `client-secret` is read from a prompt or stdin
    #[command(after_long_help = "\
Keys: provider, issuer, client_id, redirect_uris, scopes, store, token_auth, client-secret

Examples:
  $ eprospera profile set client_id YOUR-ID
  $ eprospera profile set client-secret < secret.txt
  $ eprospera --profile work profile set redirect_uris http://127.0.0.1:9000/cb http://127.0.0.1:9001/cb")]
    Set {
        /// Which key
        key: String,
        /// Its value
        value: Vec<String>,
    },
    /// Take a key out of the profile in use
    Unset {
        /// Which key
        key: String,
    },
    /// Make a profile the default
    Use {
        /// The profile
        name: String,
    },
    /// Remove a profile from the configuration
    Remove {
        /// The profile
        name: String,
    },
}

/// Explain an error code: what it means, what causes it, and what to do
#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  $ eprospera explain
  $ eprospera explain login_required")]
pub struct ExplainArgs {
    /// The code, as an error in JSON or `doctor` shows it, or an exit code; leave it out to list all codes
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Print a shell completion script
#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definitions_are_consistent() {
        Cli::command().debug_assert();
    }
}
