//! One file per command: parse, call, print. Nothing here knows protocol or storage.

mod access;
mod api;
mod completions;
mod decode_id_token;
mod demo;
mod exec;
mod introspect;
mod isolated_env;
mod login;
mod logout;
mod me;
mod pages;
mod permission;
mod profile;
mod refresh;
mod sandbox;
mod session;
mod status;
mod token;
mod whoami;

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use crate::cli::{AuthCommand, Command, ProfileCommand, SessionCommand, TokenFormat};
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::output::line;
use crate::secret::Secret;
use crate::session::{AccessToken, Record, RefreshOutcome, SessionStore};

pub(crate) fn run(command: Command, context: &Context) -> Result<ExitCode, Error> {
    if context.output.is_partial() && !answers_in_json(&command) {
        return Err(Error::msg(
            Kind::Usage,
            "this command does not answer in JSON: there is nothing for `--jq` and `--fields`",
        )
        .hint(match command {
            Command::Token(_) => "add `--format json`",
            Command::Session(_) => "name a file: then the command tells about it",
            _ => "leave them out",
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
        Command::Status(args) => status::run(&args, context),
        Command::Token(args) => token::run(&args, context),
        Command::Refresh(args) => refresh::run(&args, context),
        Command::DecodeIdToken(args) => decode_id_token::run(&args, context),
        Command::Me(command) => me::run(&command, context),
        Command::Api(args) => api::run(&args, context),
        Command::Introspect(args) => introspect::run(&args, context),
        Command::Exec(args) => return exec::run(&args, context),
        Command::Session(command) => session::run(&command, context),
        Command::Profile(command) => profile::run(command, context),
        Command::Completions(args) => completions::run(&args, context),
        Command::Sandbox(args) => return sandbox::run(*args, context),
        Command::Demo => return demo::run(context),
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// Whether there is an answer in JSON that a part could be taken of.
fn answers_in_json(command: &Command) -> bool {
    match command {
        Command::Token(args) => args.format == TokenFormat::Json,
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
        | Command::DecodeIdToken(_)
        | Command::Me(_)
        | Command::Api(_)
        | Command::Introspect(_)
        | Command::Session(_)
        | Command::Auth(_) => true,
        Command::Exec(_) | Command::Completions(_) | Command::Sandbox(_) | Command::Demo => false,
    }
}

/// A token that was given as an argument: the text itself, or what stdin holds.
fn token_argument(text: &str) -> Result<Secret, Error> {
    let text = if text == "-" {
        let mut bytes = Vec::with_capacity(16 * 1024);
        std::io::stdin()
            .take(1024 * 1024)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::new(Kind::Failure, error))?;
        Secret::from_utf8(bytes).ok_or_else(|| Error::msg(Kind::Usage, "stdin is not UTF-8"))?
    } else {
        Secret::unregistered(text.to_owned())
    };
    Ok(Secret::new(text.expose().trim().to_owned()))
}

/// The access token to go on with.
fn access_token(context: &Context, outcome: RefreshOutcome) -> Result<Secret, Error> {
    Ok(valid_access(context, &usable(context, outcome))?.token)
}

/// The access token of a session that was just looked at or renewed. Whoever waited meanwhile, for
/// the network or for another process, has to look at the clock again.
fn valid_access(context: &Context, record: &Record) -> Result<AccessToken, Error> {
    let access = record.valid_access(context.clock.now()).cloned();
    Ok(access.ok_or(crate::session::Error::ExpiredMeanwhile)?)
}

/// The session to go on with; says so where it should have been renewed and could not be.
fn usable(context: &Context, outcome: RefreshOutcome) -> Record {
    match outcome {
        // Without a refresh token there was nothing to try.
        RefreshOutcome::StillValid(record, reason) if record.refresh.is_some() => {
            let reason = Error::from(reason).sentence();
            context.output.warn(format!(
                "{}; the present access token is still valid and used",
                line(&reason)
            ));
            record
        }
        RefreshOutcome::Rescued(record, reason) => {
            warn_of_rescue(context, reason);
            record
        }
        outcome => outcome.into_record(),
    }
}

/// Nothing is lost yet, but only one run is left to notice.
fn warn_of_rescue(context: &Context, reason: crate::store::Error) {
    let error = Error::from(reason);
    context.output.warn(format!(
        "the tokens were rotated, and the store did not take the new ones: {}; the session was \
         saved in a rescue file, and the next command moves it back: mend the store before that",
        line(&error.sentence())
    ));
    for hint in error.hints() {
        context.output.note(format!("hint: {}", line(hint)));
    }
}

/// The keeper of somebody's session, and the session as it is now: what cannot succeed without
/// one starts no network.
fn signed_in(context: &Context) -> Result<(SessionStore, Record), Error> {
    let session_store = context.session_store()?;
    let record = session_store.require()?;
    Ok((session_store, record))
}
