//! The flags of `login`.

use std::ffi::OsString;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::duration;

/// Arguments of `login`.
#[derive(Args, Clone, Debug)]
pub struct LoginArgs {
    /// Request these scopes, separated by spaces or commas
    ///
    /// `eprospera scopes` lists them.
    #[arg(long, value_name = "SCOPES")]
    pub scope: Option<String>,
    /// Add this scope to your session (can be repeated)
    ///
    /// Requests the scopes that your session already has, plus this one. Short names such as `person.tax.read` work too.
    #[arg(long, value_name = "SCOPE", conflicts_with_all = ["scope", "scopes_all"])]
    pub add_scope: Vec<String>,
    /// Request every scope that the provider offers
    #[arg(long, conflicts_with_all = ["scope", "with_token"])]
    pub scopes_all: bool,
    /// Sign in on another device, with a code
    #[arg(long, conflicts_with_all = ["paste", "with_token", "response_mode", "login_hint", "prompt", "max_age"])]
    pub device: bool,
    /// Also show the `--device` address as a QR code
    #[arg(long)]
    pub qr: bool,
    /// Paste the browser's final address; don't listen
    ///
    /// Scripts can send the address to stdin.
    #[arg(long, conflicts_with = "with_token")]
    pub paste: bool,
    /// Print the sign-in address, don't open a browser
    #[arg(long, conflicts_with = "browser")]
    pub no_browser: bool,
    /// Open the address with this program [env: BROWSER]
    ///
    /// The address is its only argument. No shell is involved.
    #[arg(long, value_name = "CMD")]
    pub browser: Option<OsString>,
    /// Choose how the browser returns the response
    #[arg(long, value_name = "MODE", hide_short_help = true)]
    pub response_mode: Option<ResponseModeArg>,
    /// Wait this long for the sign-in [default: 5m; with `--device`: until the code expires]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub timeout: Option<Duration>,
    /// Suggest an account to the provider, such as an email address
    #[arg(long, value_name = "HINT", hide_short_help = true)]
    pub login_hint: Option<String>,
    /// Make the provider prompt again for `login` or `consent`
    #[arg(long, value_name = "PROMPT", hide_short_help = true)]
    pub prompt: Option<String>,
    /// Require that you signed in at the provider no longer ago than this
    #[arg(long, value_name = "SECONDS", hide_short_help = true)]
    pub max_age: Option<u32>,
    /// Replace another account's session without asking
    #[arg(long)]
    pub replace: bool,
    /// Use a refresh token from stdin, without a browser
    #[arg(long, conflicts_with_all = ["no_browser", "browser", "response_mode", "login_hint", "prompt", "max_age"])]
    pub with_token: bool,
    /// Print the address as JSON, and return at once
    ///
    /// For programs that cannot wait while you sign in; `--finish` ends what this begins. Opens no browser. With `--device`, the JSON has an address and a code.
    #[arg(long)]
    pub begin: bool,
    /// Finish the login that `--begin` began
    ///
    /// Waits until you have approved, or reads the browser's final address from stdin. Without ID, the only pending login of the profile is meant.
    #[arg(long, value_name = "ID", num_args = 0..=1)]
    pub finish: Option<Option<String>>,
}

/// How the authorization response travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum ResponseModeArg {
    /// In the query of the redirect URI
    Query,
    /// In the fragment of the redirect URI
    Fragment,
    /// As a form that the browser posts
    FormPost,
}
