//! `api`: any route of the portal.

use clap::Args;

/// Ask any route of the portal with the session's token
#[derive(Args, Debug)]
#[command(override_usage = "eprospera api [OPTIONS] [METHOD] PATH")]
#[command(after_long_help = "\
PATH is a path on the portal's origin, or a full URL there; the token goes nowhere else, and no
redirect is followed. METHOD is GET, or POST where there is something to send.

Fields are sent as a JSON object, and as the query of a GET. `a[b]=c` is a member of a member, `a[]=c`
an item of a list, `a[]` an empty list. -F makes numbers of whole numbers, and true, false and null of
these words; `@FILE` is what a file holds, `@-` what stdin holds.

The answer is printed as the portal sent it. What is neither JSON nor text is not printed on a terminal.

Examples:
  $ eprospera api /api/v1/me/natural-person --jq .name
  $ eprospera api /api/v1/me/tax/filings -f limit=50 --paginate --fields id,type,taxLiability
  $ eprospera api POST /api/v1/things -f name=Ines -F 'sizes[]=3' --dry-run")]
pub struct ApiArgs {
    /// The path, such as `/api/v1/me/natural-person`; before it, perhaps, the method
    #[arg(value_name = "[METHOD] PATH", num_args = 1..=2, required = true)]
    pub request: Vec<String>,
    /// The method, as with curl
    #[arg(short = 'X', long, value_name = "METHOD")]
    pub method: Option<String>,
    /// Send a field as a text (can be repeated)
    #[arg(short = 'f', long = "raw-field", value_name = "KEY=VALUE")]
    pub raw_fields: Vec<String>,
    /// Send a field as what it looks like: number, true, false, null, `@FILE` (can be repeated)
    #[arg(short = 'F', long = "field", value_name = "KEY=VALUE")]
    pub typed_fields: Vec<String>,
    /// Send a header (can be repeated)
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE")]
    pub headers: Vec<String>,
    /// Send what a file holds, `-` for stdin; fields become the query then
    #[arg(long, value_name = "FILE")]
    pub input: Option<String>,
    /// Print the status line and the headers of the answer, too
    #[arg(short, long)]
    pub include: bool,
    /// Ask for every page, and print them as one
    #[arg(long, conflicts_with_all = ["input", "include"])]
    pub paginate: bool,
    /// With `--paginate`, print the pages as a list
    #[arg(long, requires = "paginate")]
    pub slurp: bool,
    /// Print what would be sent, and send nothing
    #[arg(long)]
    pub dry_run: bool,
}
