//! `exec`, `serve` and `session`: the session for other programs and other machines.

#![expect(
    clippy::doc_markdown,
    reason = "a doc comment of an argument is its help text"
)]

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueHint};

use super::duration;

/// Arguments of `exec`.
#[derive(Args, Debug)]
pub struct ExecArgs {
    /// Get a token that stays valid at least this long
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub min_ttl: Option<Duration>,
    /// Give the command the address of a local proxy instead of a token
    ///
    /// The proxy adds a fresh access token to each request, and refreshes your session for as long as the command runs. The command gets EPROSPERA_API_URL, with the portal's paths under it, and EPROSPERA_API_CAPABILITY, to send as `Authorization: Bearer`. It never sees a token.
    #[arg(long, conflicts_with = "min_ttl")]
    pub proxy: bool,
    /// Let only these requests pass the proxy; repeatable [default: reads]
    ///
    /// A rule is a method and a path, such as `GET /api/v1/me/natural-person/residency`. In a path, `*` stands for one segment or a part of it, and `**` for any number of segments. Without a rule, every GET and HEAD request passes.
    #[arg(long, value_name = "METHOD PATH", requires = "proxy")]
    pub allow: Vec<String>,
    /// Add one line of JSON to this file for each request to the proxy
    #[arg(long, value_name = "FILE", requires = "proxy", value_hint = ValueHint::FilePath)]
    pub audit: Option<PathBuf>,
    /// Command to run, with its arguments
    #[arg(required = true, trailing_var_arg = true, value_name = "COMMAND", value_hint = ValueHint::CommandWithArguments)]
    pub command: Vec<OsString>,
}

/// Arguments of `serve`.
#[derive(Args, Debug)]
pub struct ServeArgs {
    /// Listen on this address of this machine; port 0 takes a free one
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:0")]
    pub listen: String,
    /// Listen on a Unix socket at this path instead, which only you can connect to
    #[arg(long, value_name = "PATH", conflicts_with = "listen", value_hint = ValueHint::FilePath)]
    pub socket: Option<PathBuf>,
    /// Let only these requests pass; repeatable [default: reads]
    ///
    /// A rule is a method and a path, such as `GET /api/v1/me/natural-person/residency`. In a path, `*` stands for one segment or a part of it, and `**` for any number of segments. Without a rule, every GET and HEAD request passes.
    #[arg(long, value_name = "METHOD PATH")]
    pub allow: Vec<String>,
    /// Add one line of JSON to this file for each request
    ///
    /// A line has the time, the method, the path without its query, the status, the number of bytes sent, and how long it took. If a line cannot be written, requests are answered with 503.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub audit: Option<PathBuf>,
    /// Also give callers the access token itself, at `/token`
    ///
    /// For programs that cannot send their requests through the proxy. The answer is a JSON object with `token` and `expires_at`.
    #[arg(long)]
    pub token_endpoint: bool,
}

/// The session on its way to another machine, and its key.
#[derive(Debug, Subcommand)]
pub enum SessionCommand {
    /// Export your session to an encrypted file, and sign out here
    ///
    /// The key comes from the same place as for an encrypted store: EPROSPERA_STORE_KEY, EPROSPERA_STORE_KEY_FILE or a prompt.
    ///
    /// The file is safely on disk before the session is deleted here. If it gets lost on the way,
    /// `eprospera session restore` brings the session back. An existing file is replaced only if it is
    /// empty or holds an earlier export of the same profile, issuer and client ID.
    Export(ExportArgs),
    /// Import an exported session
    ///
    /// Profile, issuer and client ID must be those of the export. An export that is older than the session
    /// here, or than one that was exported from here, is refused.
    Import(ImportArgs),
    /// Bring back an exported session that got lost on the way
    ///
    /// An export leaves an encrypted copy behind, until you sign in or import a session. Restore it only if
    /// the export is lost: if both copies are used, the second refresh ends both.
    Restore,
    /// Change the key of the encrypted store
    ///
    /// The old key comes from EPROSPERA_STORE_KEY, EPROSPERA_STORE_KEY_FILE or a prompt, the new one from
    /// EPROSPERA_NEW_STORE_KEY, EPROSPERA_NEW_STORE_KEY_FILE, `--generate` or a prompt.
    ///
    /// Every session and client secret in the state folder is encrypted again. If the command is cut off,
    /// run it again with the same two keys: nothing is lost.
    Rekey(RekeyArgs),
}

/// Arguments of `session export`.
#[derive(Args, Debug)]
pub struct ExportArgs {
    /// File to write [default: stdout]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    /// Keep the session here as well; if both copies are used, the second refresh ends both
    #[arg(long)]
    pub copy: bool,
}

/// Arguments of `session import`.
#[derive(Args, Debug)]
pub struct ImportArgs {
    /// File to read [default: stdin]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    /// Replace the session that is here, even of another account
    #[arg(long)]
    pub replace: bool,
}

/// Arguments of `session rekey`.
#[derive(Args, Debug)]
pub struct RekeyArgs {
    /// Generate a random key and write it to this new file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub generate: Option<PathBuf>,
}
