//! `api`: any route of the portal.

use clap::{Args, ValueHint};

/// Arguments of `api`.
#[derive(Args, Debug)]
#[command(override_usage = "eprospera api [OPTIONS] [METHOD] PATH")]
pub struct ApiArgs {
    /// Path, such as `/api/v1/me/natural-person`; the method goes before it
    #[arg(value_name = "PATH", num_args = 1..=2, required = true)]
    pub request: Vec<String>,
    /// Set the method, as in curl
    #[arg(short = 'X', long, value_name = "METHOD")]
    pub method: Option<String>,
    /// Add a string field (can be repeated)
    #[arg(short = 'f', long = "raw-field", value_name = "KEY=VALUE")]
    pub raw_fields: Vec<String>,
    /// Add a typed field: number, true, false, null or `@FILE` (can be repeated)
    #[arg(short = 'F', long = "field", value_name = "KEY=VALUE")]
    pub typed_fields: Vec<String>,
    /// Add a request header (can be repeated)
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE")]
    pub headers: Vec<String>,
    /// Send a file as the body, or stdin with `-`; fields then go into the query string
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub input: Option<String>,
    /// Also print the response's status line and headers
    #[arg(short, long)]
    pub include: bool,
    /// Fetch all pages and print them as one document
    #[arg(long, conflicts_with_all = ["input", "include"])]
    pub paginate: bool,
    /// Print the pages of `--paginate` as a list instead
    #[arg(long, requires = "paginate")]
    pub slurp: bool,
    /// Print the request without sending it
    #[arg(long)]
    pub dry_run: bool,
}
