//! `sandbox`: starts the embedded portal, for people until Ctrl-C, or for the time of one command.

mod ca_folder;
mod failure;
mod introduction;
mod ready_file;
mod reload;
mod setup;
mod tls;
mod torture;
mod web_client;

use std::ffi::OsString;
use std::process::ExitCode;

use eprospera_sandbox::{Options, Sandbox};
use serde_json::json;

use super::child;
use super::isolated_env::IsolatedEnv;
use super::redirects;
use crate::cli::{SandboxArgs, SandboxCommand};
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::output::{Json, Page};
use crate::{process, programs};
use ready_file::ReadyFile;
use reload::Watch;
use setup::Setup;
use web_client::{WEB_CLIENT, register_free_ports};

pub(super) fn run(args: &SandboxArgs, context: &Context) -> Result<ExitCode, Error> {
    match &args.command {
        Some(SandboxCommand::Exec { command, .. }) => {
            for_command(args, setup::read(args, context)?, command, context)
        }
        Some(SandboxCommand::Torture(args)) => torture::run(args, context),
        Some(SandboxCommand::Follow { url }) => {
            let followed = process::runtime()?.block_on(redirects::follow(url.clone()));
            followed.map(|()| ExitCode::SUCCESS)
        }
        None if args.check_config => checked(&setup::read(args, context)?, context),
        None => serve(args, &setup::read(args, context)?, context),
    }
}

/// `--check-config`: all was read and is right.
fn checked(setup: &Setup, context: &Context) -> Result<ExitCode, Error> {
    let ids = |ids: Vec<&str>| ids.join(", ");
    let clients = setup.options.clients.iter().map(|client| &*client.id);
    let personas = setup.options.personas.iter().map(|persona| &*persona.id);
    let faults = setup.options.faults.iter().map(ToString::to_string);
    let (clients, personas): (Vec<_>, Vec<_>) = (clients.collect(), personas.collect());
    let faults: Vec<_> = faults.collect();
    let json = json!({
        "valid": true, "clients": clients, "personas": personas, "faults": faults,
    });
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            page.say("The configuration is valid.");
            page.say(format!("Clients: {}", ids(clients.clone())));
            page.say(format!("Personas: {}", ids(personas.clone())));
            if !faults.is_empty() {
                page.say(format!("Faults: {}", faults.join(", ")));
            }
        })?;
    Ok(ExitCode::SUCCESS)
}

fn serve(args: &SandboxArgs, setup: &Setup, context: &Context) -> Result<ExitCode, Error> {
    let ready_file = setup.fixed.ready_file.as_deref();
    if let Some(path) = ready_file {
        ReadyFile::check_free(path)?;
    }
    process::parallel_runtime()?.block_on(async {
        let mut signals = context.interrupts.listen()?;
        let sandbox = started(setup, context).await?;
        let facts = introduction::facts(&sandbox, setup);
        let ready_file = ready_file.map(|path| ReadyFile::write(path, &facts));
        let ready_file = ready_file.transpose()?;
        introduction::introduce(&sandbox, setup, context)?;
        let watch = Watch {
            args,
            context,
            sandbox: &sandbox,
            adapt: &|_| {},
        };
        let ended = tokio::select! {
            ended = signals.ended(|| ()) => ended,
            never = watch.run(setup) => match never {},
        };
        drop(ready_file);
        sandbox.stop().await;
        // Ctrl-C is how a server is meant to be ended.
        match ended.kind() {
            Kind::Interrupted | Kind::Terminated => Ok(ExitCode::SUCCESS),
            _ => Err(ended),
        }
    })
}

/// Starts a sandbox. Only now a kept authority is made or renewed.
async fn started(setup: &Setup, context: &Context) -> Result<Sandbox, Error> {
    let authority = setup.fixed.tls.as_ref().map(|tls| tls.open(context));
    let options = Options {
        tls: authority.transpose()?,
        ..setup.options.clone()
    };
    Ok(Sandbox::start(options).await?)
}

fn for_command(
    args: &SandboxArgs,
    mut setup: Setup,
    command: &[OsString],
    context: &Context,
) -> Result<ExitCode, Error> {
    let own = setup.own_clients.first().cloned();
    let (client, free) = match own {
        Some(client) => (client, Vec::new()),
        None => register_free_ports(&setup.options.clients)?,
    };
    let adapt = |options: &mut Options| {
        let mut clients = options.clients.iter_mut();
        if let Some(web) = clients.find(|client| client.id == WEB_CLIENT) {
            web.redirect_uris.extend(free.iter().cloned());
        }
    };
    adapt(&mut setup.options);
    process::parallel_runtime()?.block_on(async {
        let sandbox = started(&setup, context).await?;
        let isolated = IsolatedEnv::of(&sandbox, &client, context)?;
        context
            .output
            .note(format!("sandbox: {} for `{}`", sandbox.url(), client.id));
        let watch = Watch {
            args,
            context,
            sandbox: &sandbox,
            adapt: &adapt,
        };
        let code = tokio::select! {
            code = isolated_child(command, &isolated, context) => code,
            never = watch.run(&setup) => match never {},
        };
        sandbox.stop().await;
        isolated.close()?;
        code
    })
}

async fn isolated_child(
    command: &[OsString],
    isolated: &IsolatedEnv,
    context: &Context,
) -> Result<ExitCode, Error> {
    let Some((program, arguments)) = command.split_first() else {
        return Err(Error::usage("there is no command to run"));
    };
    let mut process = programs::command(program);
    process.args(arguments);
    isolated.apply_to(&mut process, &context.environment);
    child::run(process, context).await
}
