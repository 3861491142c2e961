//! The options of every command.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueHint};

use super::duration;
use crate::output;

/// Options of every command.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Use this profile [env: EPROSPERA_PROFILE] [default: default]
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Use this issuer: https, or http on this machine [env: EPROSPERA_ISSUER]
    #[arg(long, global = true, value_name = "URL")]
    pub issuer: Option<String>,
    /// Use the client ID that the provider gave you [env: EPROSPERA_CLIENT_ID]
    #[arg(long, global = true, value_name = "ID")]
    pub client_id: Option<String>,
    /// Use this registered redirect URI (can be repeated) [env: EPROSPERA_REDIRECT_URI]
    ///
    /// Give several in order of preference: `login` listens on the first one that is free. The variable
    /// separates them with spaces.
    #[arg(long = "redirect-uri", global = true, value_name = "URL")]
    pub redirect_uris: Vec<String>,
    /// Keep the session in this store [env: EPROSPERA_STORE]
    ///
    /// `keyring` (the default), `encrypted-file`, `plain-file`, or `command:PROGRAM`. Run `eprospera help
    /// stores` to compare them.
    #[arg(long, global = true, value_name = "KIND")]
    pub store: Option<String>,
    /// Choose the output format [env: EPROSPERA_OUTPUT]
    #[arg(long, global = true, value_name = "FORMAT", conflicts_with = "json")]
    pub output: Option<output::Format>,
    /// Print JSON; the same as `--output json`
    #[arg(long, global = true)]
    pub json: bool,
    /// Filter the JSON output with a jq expression
    ///
    /// Strings are printed without quotes, everything else as JSON on one line. With `--fields`, the
    /// expression sees only the selected fields.
    #[arg(long, global = true, value_name = "EXPR", allow_hyphen_values = true)]
    pub jq: Option<output::Filter>,
    /// Show only these fields, such as `name,address.city`
    ///
    /// If the response wraps its content in `data`, field names refer to that content. A table shows the
    /// fields as its columns.
    #[arg(long, global = true, value_name = "FIELDS")]
    pub fields: Option<output::Fields>,
    /// Never prompt and never open a browser [env: EPROSPERA_NO_INPUT, CI]
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Also trust the certificates in this PEM file [env: EPROSPERA_CA_FILE]
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub ca_file: Option<PathBuf>,
    /// Limit the time for one request [env: EPROSPERA_REQUEST_TIMEOUT] [default: 30s]
    ///
    /// Unless you set this option, connecting may take up to 10s of that. A refresh always gets at least 30s: tokens that
    /// arrive too late would be lost, and the session with them.
    #[arg(long, global = true, value_name = "DURATION", value_parser = duration)]
    pub request_timeout: Option<Duration>,
    /// Retry a read up to this many times while the portal is busy or unreachable [env: EPROSPERA_RETRIES] [default: 3]
    #[arg(long, global = true, value_name = "N")]
    pub retries: Option<u32>,
    /// Show more on stderr (can be repeated) [env: EPROSPERA_LOG]
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Show less on stderr
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Choose when to use colours [env: NO_COLOR]
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<output::Color>,
}
