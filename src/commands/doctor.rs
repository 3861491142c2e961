//! `doctor`: what is wrong with this machine, the way to the provider, or the provider, and the
//! command that fixes it.

mod page;
#[cfg(feature = "sandbox")]
mod with_sandbox;

use serde_json::{Value, json};

use crate::cli::{DoctorArgs, Global};
use crate::context::Context;
use crate::doctor::{self, Row, Scope, State};
use crate::error::Error;
use crate::output::{Json, Page};
#[cfg(feature = "sandbox")]
use with_sandbox::with_sandbox;

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

#[cfg(not(feature = "sandbox"))]
fn with_sandbox(_: &Context, _: Scope<'_>) -> Result<Vec<Row>, Error> {
    Err(super::no_sandbox::error())
}
