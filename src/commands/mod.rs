//! One file per command: parse, call, print. Nothing here knows protocol or storage.

mod access;
mod api;
mod beside_proxy;
mod ca_bundle;
mod child;
mod completions;
mod decode_id_token;
#[cfg(feature = "sandbox")]
mod demo;
mod doctor;
mod exec;
mod explain;
mod help;
mod introspect;
#[cfg(feature = "sandbox")]
mod isolated_env;
mod login;
mod logout;
mod man;
mod me;
#[cfg(not(feature = "sandbox"))]
mod no_sandbox;
mod pages;
mod permission;
mod profile;
#[cfg(feature = "sandbox")]
mod redirects;
mod refresh;
mod reverse_proxy;
#[cfg(feature = "sandbox")]
mod sandbox;
mod schema;
mod scope_names;
mod scopes;
mod serve;
mod session;
mod status;
mod stored_session;
mod token;
mod token_argument;
mod whoami;

use std::path::Path;
use std::process::ExitCode;

use crate::cli::{AuthCommand, Command, ProfileCommand, SessionCommand, TokenFormat};
use crate::context::Context;
use crate::error::Error;

pub(crate) fn run(command: Command, context: &Context) -> Result<ExitCode, Error> {
    if context.output.is_partial() && !answers_in_json(&command) {
        return Err(Error::usage(
            "this command does not print JSON, so `--jq` and `--fields` cannot be used",
        )
        .hint(match command {
            Command::Token(_) | Command::Auth(AuthCommand::Token(_)) => "add `--format json`",
            Command::Session(_) => "name a file, so that the command prints JSON about it",
            _ => "leave out `--jq` and `--fields`",
        }));
    }
    let done = match command {
        Command::Login(args) | Command::Auth(AuthCommand::Login(args)) => {
            login::run(&args, context)
        }
        Command::Logout(args) | Command::Auth(AuthCommand::Logout(args)) => {
            logout::run(&args, context)
        }
        Command::Whoami | Command::Auth(AuthCommand::Whoami) => whoami::run(context),
        Command::Status(args) | Command::Auth(AuthCommand::Status(args)) => {
            status::run(&args, context)
        }
        Command::Token(args) | Command::Auth(AuthCommand::Token(args)) => {
            token::run(&args, context)
        }
        Command::Refresh(args) | Command::Auth(AuthCommand::Refresh(args)) => {
            refresh::run(&args, context)
        }
        Command::Scopes => scopes::run(context),
        Command::DecodeIdToken(args) => decode_id_token::run(&args, context),
        Command::Me(command) => me::run(&command, context),
        Command::Api(args) => api::run(&args, context),
        Command::Introspect(args) => introspect::run(&args, context),
        Command::Exec(args) => return exec::run(&args, context),
        Command::Serve(args) => return serve::run(&args, context),
        Command::Session(command) => session::run(&command, context),
        Command::Profile(command) => profile::run(command, context),
        Command::Doctor(args) => doctor::run(&args, context),
        Command::Explain(args) => explain::run(&args, context),
        Command::Help(args) => help::run(&args, context),
        Command::Schema(args) => schema::run(&args, context),
        Command::Man(args) => man::run(&args, context),
        Command::Completions(args) => completions::run(&args, context),
        #[cfg(feature = "sandbox")]
        Command::Sandbox(args) => return sandbox::run(&args, context),
        #[cfg(feature = "sandbox")]
        Command::Demo => return demo::run(context),
        #[cfg(not(feature = "sandbox"))]
        Command::Sandbox(_) | Command::Demo => return Err(no_sandbox::error()),
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// Whether there is an answer in JSON that a part could be taken of.
fn answers_in_json(command: &Command) -> bool {
    match command {
        Command::Token(args) | Command::Auth(AuthCommand::Token(args)) => {
            args.format == TokenFormat::Json
        }
        Command::Session(SessionCommand::Export(args)) => {
            let file = args.file.as_deref();
            file.is_some_and(|file| file != Path::new("-"))
        }
        Command::Profile(command) => {
            matches!(command, ProfileCommand::List | ProfileCommand::Show { .. })
        }
        Command::Login(_)
        | Command::Logout(_)
        | Command::Status(_)
        | Command::Whoami
        | Command::Refresh(_)
        | Command::Scopes
        | Command::DecodeIdToken(_)
        | Command::Me(_)
        | Command::Api(_)
        | Command::Introspect(_)
        | Command::Doctor(_)
        | Command::Explain(_)
        | Command::Schema(_)
        | Command::Session(_)
        | Command::Auth(_) => true,
        Command::Exec(_)
        | Command::Serve(_)
        | Command::Help(_)
        | Command::Man(_)
        | Command::Completions(_)
        | Command::Sandbox(_)
        | Command::Demo => false,
    }
}
