//! The flags of `login`.

use std::ffi::OsString;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::duration;

/// Sign in through the browser and store the session
#[derive(Args, Debug)]
#[command(after_long_help = "\
The browser brings the answer to a registered redirect URI on this machine. On a terminal its last
address can also be pasted; a redirect URI that is not of this machine can only be pasted.
With --device the browser of any other device will do.

Examples:
  $ eprospera login --client-id YOUR-ID
  $ eprospera login --no-browser
  $ eprospera login --add-scope person.tax.read
  $ eprospera login --device --qr
  $ eprospera login --profile sandbox --scope \"openid profile email offline_access\"")]
pub struct LoginArgs {
    /// Scopes to ask for, separated by spaces or commas; `eprospera scopes` lists them
    #[arg(long, value_name = "SCOPES")]
    pub scope: Option<String>,
    /// Ask for the scopes of the session and this one, such as `person.tax.read` (can be repeated)
    #[arg(long, value_name = "SCOPE", conflicts_with_all = ["scope", "scopes_all"])]
    pub add_scope: Vec<String>,
    /// Ask for every scope that the provider documents and offers
    #[arg(long, conflicts_with_all = ["scope", "with_token"])]
    pub scopes_all: bool,
    /// Sign in on any other device: shows an address and a code, and waits for the approval
    #[arg(long, conflicts_with_all = ["paste", "with_token", "response_mode", "login_hint", "prompt", "max_age"])]
    pub device: bool,
    /// Draw the address of `--device` as a QR code
    #[arg(long)]
    pub qr: bool,
    /// Don't start a listener; paste the final browser address instead, or send it to stdin
    #[arg(long, conflicts_with = "with_token")]
    pub paste: bool,
    /// Print the URL only and open nothing
    #[arg(long, conflicts_with = "browser")]
    pub no_browser: bool,
    /// Program that opens the URL, called with it as the only argument [env: BROWSER]
    #[arg(long, value_name = "CMD")]
    pub browser: Option<OsString>,
    /// How the answer comes back to this program
    #[arg(long, value_name = "MODE")]
    pub response_mode: Option<ResponseModeArg>,
    /// How long to wait for the sign-in [default: 5m; with `--device` until the code expires]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub timeout: Option<Duration>,
    /// Account that the provider should offer first
    #[arg(long, value_name = "HINT")]
    pub login_hint: Option<String>,
    /// What the provider must ask again, such as `login` or `consent`
    #[arg(long, value_name = "PROMPT")]
    pub prompt: Option<String>,
    /// Oldest sign-in at the provider that is accepted, in seconds
    #[arg(long, value_name = "SECONDS")]
    pub max_age: Option<u32>,
    /// Replace the session of another account without asking
    #[arg(long)]
    pub replace: bool,
    /// Read a refresh token from stdin, use it at once, and open no browser
    #[arg(long, conflicts_with_all = ["no_browser", "browser", "response_mode", "login_hint", "prompt", "max_age"])]
    pub with_token: bool,
}

/// How the authorization response travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum ResponseModeArg {
    /// In the query of the redirect
    Query,
    /// In its fragment
    Fragment,
    /// As a form that the browser posts
    FormPost,
}
