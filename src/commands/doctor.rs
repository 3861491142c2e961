//! `doctor`: what is wrong with this machine, the way to the provider, or the provider, and the
//! command that fixes it.

mod page;

use serde_json::{Value, json};

use super::isolated_env::free_redirect_uris;
use crate::cli::{DoctorArgs, Global};
use crate::context::Context;
use crate::doctor::{self, Row, Scope, State};
use crate::env;
use crate::error::Error;
use crate::output::{Json, Page};
use crate::process;
use eprospera_sandbox::{Client, Options, Sandbox};

pub(super) fn run(args: &DoctorArgs, context: &Context) -> Result<(), Error> {
    let scope = Scope {
        only: &args.only,
        is_offline: args.offline,
        is_sandbox: args.sandbox,
    };
    let rows = if args.sandbox {
        with_sandbox(context, scope)?
    } else {
        doctor::examine(context, scope)?
    };
    if args.report {
        let accounts = accounts(context);
        context
            .output
            .data(&doctor::markdown(context, &rows, &accounts))?;
    } else {
        let is_verbose = context.flags.verbose > 0;
        context
            .output
            .answer(Json::Value(&to_json(&rows)), &|page: &mut Page| {
                page::describe(page, &rows, is_verbose);
            })?;
    }
    verdict(context, &rows)
}

fn to_json(rows: &[Row]) -> Value {
    let checks: Vec<_> = rows.iter().map(Row::to_json).collect();
    json!({ "ok": doctor::first_failure(rows).is_none(), "checks": checks })
}

/// The exit code: that of the first check that failed. The page has said all there is to say.
fn verdict(context: &Context, rows: &[Row]) -> Result<(), Error> {
    let Some(kind) = doctor::first_failure(rows) else {
        return Ok(());
    };
    let failed = rows.iter().filter(|row| row.state == State::Failed);
    let codes: Vec<_> = failed.map(|row| row.code.name()).collect();
    let error = Error::of_kind(kind, format!("some checks failed: {}", codes.join(", ")));
    Err(if context.output.is_json() {
        error
    } else {
        error.reported()
    })
}

/// Whose sessions the rows may name.
fn accounts(context: &Context) -> Vec<crate::session::Account> {
    let flags = Global {
        quiet: true,
        no_input: true,
        ..context.flags.clone()
    };
    let quiet = Context::open(flags, context.environment.clone());
    let stored = quiet.and_then(|context| {
        let identity = context.identity()?;
        let store = context.store()?;
        Ok(context.session_store_in(store, identity)?.load()?)
    });
    let record = stored.ok().flatten();
    record.map(|record| record.account).into_iter().collect()
}

/// The same checks against a portal of this process.
fn with_sandbox(context: &Context, scope: Scope<'_>) -> Result<Vec<Row>, Error> {
    let runtime = process::parallel_runtime()?;
    let uris = match context.settings() {
        Ok(settings) => settings.redirect_uri_texts(),
        Err(_) => free_redirect_uris(3)?,
    };
    let client = Client::new("doctor", None, uris.clone());
    let sandbox = runtime.block_on(Sandbox::start(Options {
        port: 0,
        clients: vec![client],
        ..Options::default()
    }))?;
    let mut environment = context.environment.clone();
    for (name, value) in [
        (env::ISSUER, sandbox.url()),
        (env::CLIENT_ID, "doctor"),
        (env::REDIRECT_URI, &uris.join(" ")),
    ] {
        environment.set(name, value);
    }
    let environment =
        environment.without(&[env::PROFILE, env::CLIENT_SECRET, env::CLIENT_SECRET_FILE]);
    let flags = Global {
        profile: None,
        issuer: None,
        client_id: None,
        redirect_uris: Vec::new(),
        ..context.flags.clone()
    };
    let rows = doctor::examine(&Context::open(flags, environment)?, scope);
    runtime.block_on(sandbox.stop());
    rows
}
