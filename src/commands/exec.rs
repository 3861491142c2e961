//! `exec`: runs a command with a fresh access token, or with the address of a reverse proxy that has
//! one, and none of the other secrets.
//!
//! The token travels with its profile and issuer: this program, called by the command, must not
//! send it to those of another profile.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Command, ExitCode};

use super::access::Access;
use super::reverse_proxy::{self, Listen, ProxyAddress};
use super::{beside_proxy, child, token};
use crate::cli::ExecArgs;
use crate::context::Context;
use crate::env;
use crate::error::Error;
use crate::{process, programs};

/// Runs the command. Without a fresh token nothing is run.
pub(super) fn run(args: &ExecArgs, context: &Context) -> Result<ExitCode, Error> {
    let [program, arguments @ ..] = args.command.as_slice() else {
        return Err(Error::usage("no command was given"));
    };
    let mut command = programs::command(program);
    command.args(arguments);
    for name in context.environment.names() {
        if env::is_withheld(&name) {
            command.env_remove(name);
        }
    }
    let settings = context.settings()?;
    command
        .env(env::PROFILE, &settings.profile.value)
        .env(env::ISSUER, settings.issuer.value.as_str());
    if args.proxy {
        return behind_proxy(args, command, context);
    }
    let token = if let Some(given) = context.given_token()? {
        given.token
    } else {
        let record = token::session(context, args.min_ttl)?;
        super::stored_session::valid_access(context, &record)?.token
    };
    command.env(env::TOKEN, token.expose());
    run_in_place(command, context)
}

/// Runs the command beside a reverse proxy, which lasts as long as it does. No token leaves this
/// process.
fn behind_proxy(
    args: &ExecArgs,
    mut command: Command,
    context: &Context,
) -> Result<ExitCode, Error> {
    let access = Access::open(context)?;
    if access.seen().is_some() {
        // What the command could not use is found out before it runs.
        token::session(context, None)?;
    }
    let options = reverse_proxy::ProxyOptions {
        listen: Listen::Port(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        rules: reverse_proxy::rules(&args.allow)?,
        audit: reverse_proxy::audit(args.audit.as_deref())?,
        gives_tokens: false,
    };
    reverse_proxy::run(context, &access, options, async |proxy: &ProxyAddress| {
        command
            .env_remove(env::TOKEN)
            .env(env::API_URL, &proxy.url)
            .envs(beside_proxy::variables(
                &context.environment,
                &env::HTTP_PROXIES,
            ))
            .env(env::API_CAPABILITY, proxy.capability.secret().expose());
        child::run(command, context).await
    })
}

/// Becomes the command, so that signals, terminal and process id are its own.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn run_in_place(mut command: Command, context: &Context) -> Result<ExitCode, Error> {
    use std::os::unix::process::CommandExt as _;
    eprospera_inherited_signals::apply_to(&mut command);
    process::give_back();
    let error = command.exec();
    Ok(child::not_run(context, command.get_program(), &error))
}

/// Runs the command to its end: no process becomes another one here.
#[cfg(not(unix))]
fn run_in_place(command: Command, context: &Context) -> Result<ExitCode, Error> {
    process::runtime()?.block_on(child::run(command, context))
}
