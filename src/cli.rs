//! The command line: names, flags and help texts. Nothing but clap.
//!
//! Values that can also come from a variable or a profile stay text here; `settings` parses them,
//! so that a bad one is reported the same way wherever it came from.

#![expect(
    clippy::doc_markdown,
    reason = "a doc comment of an argument is its help text"
)]

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

mod api;
mod command_path;
mod doctor;
mod duration;
mod examples;
mod global;
mod global_options;
mod help_page;
mod login;
mod me;
mod profile;
mod sandbox;
mod session;
mod token;

pub use api::ApiArgs;
pub use command_path::{built, command_line, command_path, is_option_of, takes_next_word};
pub use doctor::{DoctorArgs, DoctorGroup};
pub use duration::{duration, some_duration};
pub use examples::examples_of;
pub use global::Global;
pub use global_options::{GlobalOption, global_options};
pub use help_page::{documented, group_of, page_of, rendered};
pub use login::{LoginArgs, ResponseModeArg};
pub use me::{
    DownloadArgs, EntityPart, LegalEntitiesArgs, MeCommand, TaxCommand, TaxDocument,
    TaxDownloadArgs, TaxFilingArgs, TaxFilingsArgs, TaxKind, TaxSummaryArgs,
};
pub use profile::ProfileCommand;
pub use sandbox::{
    DiscoveryShape, LogFormat, MissingScopeStatus, SandboxArgs, SandboxCommand, SandboxOptions,
    TortureArgs,
};
pub use session::{ExecArgs, ExportArgs, ImportArgs, RekeyArgs, ServeArgs, SessionCommand};
pub use token::{DecodeArgs, IntrospectArgs, RefreshArgs, TokenArgs, TokenFormat, TokenKind};

/// Sign in to e-Próspera, stay signed in, and use your data from the command line
#[derive(Debug, Parser)]
// Not as it was started, which is `eprospera.exe` on Windows.
#[command(name = "eprospera", bin_name = "eprospera", version)]
#[command(subcommand_required = true, arg_required_else_help = true)]
#[command(disable_help_subcommand = true)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign in with your browser
    ///
    /// Opens the sign-in page in your browser and waits for the response on a registered redirect URI on this machine. In a terminal, you can also paste the browser's final address. If the redirect URI points to another machine, pasting is the only way.
    ///
    /// With `--device`, you can use a browser on any other device. With `--begin` and `--finish`, a program signs you in without waiting meanwhile.
    Login(Box<LoginArgs>),
    /// Sign out: revoke the tokens and delete the session
    ///
    /// Revokes the tokens first, which takes a few seconds at most, then deletes the session whatever the
    /// provider says, and reports both.
    ///
    /// A session that cannot be read is kept (exit code 13): its key is missing or wrong, or the keyring
    /// is locked. A damaged session is deleted.
    Logout(LogoutArgs),
    /// Show the account, client, scopes and store in use
    ///
    /// Reads only local files, unless you add `--check`. Never refreshes the session.
    Status(StatusArgs),
    /// Show who is signed in
    ///
    /// Asks the provider for the account of your session (the userinfo endpoint).
    Whoami,
    /// Print a valid token
    ///
    /// Refreshes the session first if the token would expire soon. Never prints the refresh token.
    Token(TokenArgs),
    /// Refresh the session now
    ///
    /// Commands refresh the session by themselves when they need to. Run `eprospera help refresh` to read
    /// how.
    Refresh(RefreshArgs),
    /// List the scopes, and which of them your session has
    ///
    /// A scope gives access to part of your data. `eprospera login --add-scope SCOPE` asks for one more.
    Scopes,
    /// Decode and verify an ID token
    ///
    /// Checks the signature, issuer, audience, times, nonce and access token hash, and reports each check
    /// as passed, failed or skipped. If one fails, the exit code is 14.
    DecodeIdToken(DecodeArgs),
    /// Show your own data: person, residency, documents, taxes
    #[command(subcommand)]
    Me(MeCommand),
    /// Send a request to any portal route
    ///
    /// PATH is a path on the portal, or a full portal URL. Your token is never sent anywhere else, and redirects are not followed. METHOD defaults to GET, or to POST if there is something to send.
    ///
    /// Fields are sent as a JSON object, or as the query string of a GET request. `a[b]=c` sets a member of an object, `a[]=c`
    /// adds an item to a list, and `a[]` is an empty list. With -F, whole numbers, true, false and null
    /// are sent as such, `@FILE` sends the content of a file, and `@-` sends stdin.
    ///
    /// The response is printed as the portal sent it. On a terminal, a response that is neither JSON nor
    /// text is not printed.
    Api(Box<ApiArgs>),
    /// Ask the provider whether a token is active
    ///
    /// Works only for clients that have a secret. An inactive token is a normal answer with exit code 0:
    /// use `--jq .active` to tell. The stored token is looked up as it is, and not refreshed first.
    Introspect(IntrospectArgs),
    /// Run a command with an access token in EPROSPERA_TOKEN
    ///
    /// The command inherits your environment, with EPROSPERA_TOKEN set and without
    /// EPROSPERA_CLIENT_SECRET*, EPROSPERA_REFRESH_TOKEN, EPROSPERA_STORE_KEY* and EPROSPERA_TOKEN_FILE.
    ///
    /// With `--proxy`, the command gets no token, but the address of a local proxy that adds one to each
    /// request. The proxy ends with the command.
    ///
    /// On Unix, the command replaces this process. Elsewhere, and with `--proxy`, its exit code is
    /// returned. Exit code 127 means that the command was not found, 126 that it could not be run.
    Exec(ExecArgs),
    /// Run a local proxy that adds an access token to each request
    ///
    /// Gives other programs access to the portal without a token. The first line on stdout is a JSON object with the `url` of the proxy and its `capability`. The portal's paths are under that URL; send the capability as `Authorization: Bearer`. It is worth nothing anywhere else.
    ///
    /// Only reads (GET and HEAD) pass, unless you name requests with `--allow`. Your session is refreshed as
    /// needed. If it ends, the proxy answers 502 until you sign in again; it need not be restarted.
    ///
    /// Runs until you press Ctrl-C, or it is terminated.
    Serve(ServeArgs),
    /// Move your session to another machine, or change its key
    #[command(subcommand)]
    Session(SessionCommand),
    /// Manage named profiles
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// Find out why a command or a sign-in does not work
    ///
    /// Checks this machine, the network and the provider, and says what is wrong, why, and which command
    /// fixes it. It only reads: no token is refreshed, and nothing is stored. Run `eprospera explain CODE`
    /// to learn more about a code.
    ///
    /// The exit code is 0 if nothing failed; otherwise, it is that of the first failed check. A warning is not a
    /// failure.
    Doctor(DoctorArgs),
    /// Explain an error code: its meaning, causes and remedies
    Explain(ExplainArgs),
    /// Show help for a command or a topic
    Help(HelpArgs),
    /// Describe every command as JSON, for programs
    ///
    /// Prints one JSON document with all commands, options, arguments, variables, exit codes and scopes,
    /// and the JSON Schema of each answer and of errors. It has the shape of the OpenCLI draft where that
    /// fits. `--output table` does not change it.
    Schema(SchemaArgs),
    /// Print the manual page, or write all pages to a folder
    ///
    /// There is a page for every command in section 1, and one for every help topic in section 7.
    Man(ManArgs),
    /// Print a shell completion script
    Completions(CompletionsArgs),
    /// Run a local portal with fictional people
    ///
    /// The sandbox stands in for the real portal, so that you can test a client without an account. It
    /// listens on this machine only, and all its people are fictional. It runs until you press Ctrl-C.
    ///
    /// `--fault` makes it fail on purpose; run `eprospera help sandbox-faults` for the list.
    #[command(hide = !cfg!(feature = "sandbox"))]
    Sandbox(Box<SandboxArgs>),
    /// Try everything without an account
    ///
    /// Starts the sandbox, signs in to it, and runs the main commands, showing each command and its
    /// output. Needs no network, and leaves no files behind.
    #[command(hide = !cfg!(feature = "sandbox"))]
    Demo,
    /// The official tool's names for the commands about sign-in
    #[command(subcommand, hide = true)]
    Auth(AuthCommand),
}

/// The official tool's spelling.
#[derive(Debug, Subcommand)]
pub enum AuthCommand {
    /// Sign in; the same as `eprospera login`
    Login(Box<LoginArgs>),
    /// Sign out; the same as `eprospera logout`
    Logout(LogoutArgs),
    /// Show the account in use; the same as `eprospera status`
    Status(StatusArgs),
    /// Print a valid token; the same as `eprospera token`
    Token(TokenArgs),
    /// Refresh the session now; the same as `eprospera refresh`
    Refresh(RefreshArgs),
    /// Show who is signed in; the same as `eprospera whoami`
    Whoami,
}

/// Arguments of `logout`.
#[derive(Args, Debug)]
pub struct LogoutArgs {
    /// Sign out of every profile
    #[arg(long)]
    pub all: bool,
    /// Delete a session even if its key is lost; its tokens stay valid at the provider
    #[arg(long)]
    pub discard_unreadable: bool,
}

/// Arguments of `status`.
#[derive(Args, Debug)]
pub struct StatusArgs {
    /// Ask the provider whether the session still works
    #[arg(long)]
    pub check: bool,
}

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// Code from an error in JSON or from `doctor`, or an exit code; without it, all codes are listed
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Arguments of `help`.
#[derive(Args, Debug)]
pub struct HelpArgs {
    /// Command, such as `me tax`, or topic; without it, all commands and topics are listed
    #[arg(value_name = "COMMAND OR TOPIC")]
    pub words: Vec<String>,
}

/// Arguments of `schema`.
#[derive(Args, Debug)]
pub struct SchemaArgs {
    /// Command or group to describe, such as `me tax`; without it, all commands are described
    #[arg(value_name = "COMMAND")]
    pub words: Vec<String>,
}

/// Arguments of `man`.
#[derive(Args, Debug)]
pub struct ManArgs {
    /// Folder to write all pages to; without it, the main page is printed
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// Arguments of `completions`.
#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// Shell to complete in
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
