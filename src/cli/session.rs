//! `exec` and `session`: the session for other programs and other machines.

#![expect(
    clippy::doc_markdown,
    reason = "a doc comment of an argument is its help text"
)]

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use super::duration;

/// Run a command with a fresh access token in EPROSPERA_TOKEN
#[derive(Args, Debug)]
#[command(after_long_help = "\
The command's environment is this one, with EPROSPERA_TOKEN set and without EPROSPERA_CLIENT_SECRET*,
EPROSPERA_REFRESH_TOKEN, EPROSPERA_STORE_KEY* and EPROSPERA_TOKEN_FILE. On Unix the command replaces
this process; elsewhere its exit code is returned. 127 means that it was not found, 126 that it could
not be run; before that the exit codes are the usual ones.

Examples:
  $ eprospera exec -- ./report.sh --month 2026-10
  $ eprospera exec --min-ttl 30m -- make sync")]
pub struct ExecArgs {
    /// How long the token must stay valid
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub min_ttl: Option<Duration>,
    /// The command and its arguments
    #[arg(required = true, trailing_var_arg = true, value_name = "COMMAND")]
    pub command: Vec<OsString>,
}

/// Move the session between machines, or change the key of the encrypted store
#[derive(Debug, Subcommand)]
pub enum SessionCommand {
    /// Write the session, encrypted, to a file, and retire it here
    Export(ExportArgs),
    /// Take over a session that was exported
    Import(ImportArgs),
    /// Bring back a session that an export retired and that did not arrive
    #[command(after_long_help = "\
An export leaves a copy behind, encrypted with the same key, until a login or an import takes its place.
Bring it back only when the export is lost: if it has arrived after all and is used there, whichever
refreshes second ends both.

Examples:
  $ eprospera session restore")]
    Restore,
    /// Encrypt the records of the encrypted store with another key
    Rekey(RekeyArgs),
}

/// Write the session, encrypted, to a file, and retire it here
#[derive(Args, Debug)]
#[command(after_long_help = "\
The key is that of an encrypted store: EPROSPERA_STORE_KEY, EPROSPERA_STORE_KEY_FILE, or a prompt. A
file is on the disk before the session is deleted here. If an export does not arrive, `eprospera session
restore` brings the session back. A file that exists already is replaced only
if it is empty or an earlier export of the same profile, issuer and client id.

Examples:
  $ eprospera session export session.sealed
  $ eprospera session export - | ssh server eprospera session import -")]
pub struct ExportArgs {
    /// The file; `-` or nothing is stdout
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Keep the session here as well; whichever refreshes second ends both
    #[arg(long)]
    pub copy: bool,
}

/// Take over a session that was exported
#[derive(Args, Debug)]
#[command(after_long_help = "\
Profile, issuer and client id must be those of the export. A session that is older than the one that is
here, or than one of the same login that was exported from here, is refused.

Examples:
  $ eprospera session import session.sealed")]
pub struct ImportArgs {
    /// The file; `-` or nothing is stdin
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Replace the session of another account, or of another login
    #[arg(long)]
    pub replace: bool,
}

/// Encrypt the records of the encrypted store with another key
#[derive(Args, Debug)]
#[command(after_long_help = "\
The old key comes from EPROSPERA_STORE_KEY, EPROSPERA_STORE_KEY_FILE or a prompt; the new one from
EPROSPERA_NEW_STORE_KEY, EPROSPERA_NEW_STORE_KEY_FILE, --generate or a prompt. Every session and every
client secret of the state folder is rewritten. Each is whole under the one key or the other at any
moment; if this command is cut off, run it again with the same two keys.

Examples:
  $ eprospera session rekey --generate new.key")]
pub struct RekeyArgs {
    /// Make a random key and write it to this new file
    #[arg(long, value_name = "FILE")]
    pub generate: Option<PathBuf>,
}
