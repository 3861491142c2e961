//! `session export`: writes the session, sealed, and retires it here.

use std::path::Path;

use serde_json::json;

use super::destination;
use crate::cli::ExportArgs;
use crate::context::Context;
use crate::env;
use crate::error::Error;
use crate::output::{Json, Page, Tone, stdout};
use crate::private_file;
use crate::session::{self, ExportedSession, Record, Retirement, SessionStore};
use crate::store::Guard;

/// Runs the command. The session is deleted only once its export is safe.
pub(super) fn run(args: &ExportArgs, context: &Context) -> Result<(), Error> {
    context.say_that_the_store_is_meant("session export");
    let identity = context.identity()?;
    let session_store = context.session_store_in(context.store()?, identity)?;
    session_store.require()?;
    let file = args.file.as_deref().filter(|file| *file != Path::new("-"));
    match file {
        Some(file) => destination::check(file, session_store.identity(), context)?,
        None if !args.copy => check_stdout()?,
        None => {}
    }
    let guard = context.wait_for("Waiting for the store…", async {
        Ok(session_store.lock(Context::SHORT_WAIT).await?)
    })?;
    let record = settled(&session_store, &guard)?;
    session_store.remove_copy_beside(&record, Context::SHORT_WAIT)?;
    let exported = ExportedSession::pack(
        session_store.identity(),
        &record,
        &context.sealer(),
        context.clock.now(),
    )?;
    // The mark comes first: once the export is out of hand, nothing may be left that can fail.
    let retirement = if args.copy {
        None
    } else {
        Some(
            session_store
                .retire(&record, &exported, &guard)
                .map_err(|error| {
                    Error::from(error).hint("nothing was exported, and the session is still here")
                })?,
        )
    };
    match file {
        Some(file) => write(file, &exported).map_err(|error| {
            Error::from(error).hint("nothing was exported, and the session is still here")
        })?,
        None => to_stdout(context, &exported)?,
    }
    match retirement {
        None => context.output.warn(
            "there are now two copies of this session: when both refresh, the second one \
                   ends both",
        ),
        Some(retirement) => complete(context, &session_store, retirement)?,
    }
    if let Some(file) = file {
        return print(context, file, &record, !args.copy);
    }
    if !args.copy {
        context.output.note(
            "the session has left this machine: read it on the other one with `eprospera session \
             import`, with the same key",
        );
        context
            .output
            .note("if it does not arrive, bring it back here with `eprospera session restore`");
    }
    Ok(())
}

/// Writes the export, and removes what a killed one left beside it.
fn write(file: &Path, exported: &[u8]) -> Result<(), private_file::Error> {
    private_file::remove_leftovers_among_others(file)?;
    private_file::replace(file, exported)
}

/// Refuses a stdout on which the only session would be lost.
fn check_stdout() -> Result<(), Error> {
    if stdout::is_terminal() {
        return Err(
            Error::usage("refusing to write an export to a terminal").hint(
                "the session is still here; name a file, or redirect stdout to a file or a pipe",
            ),
        );
    }
    if stdout::is_discarded() {
        return Err(
            Error::usage("stdout is closed or discarded, so the session would be lost")
                .hint("the session is still here; name a file, or redirect stdout to one"),
        );
    }
    Ok(())
}

fn complete(
    context: &Context,
    session_store: &SessionStore,
    retirement: Retirement<'_>,
) -> Result<(), Error> {
    retirement.complete().map_err(|error| {
        Error::from(error).hint(
            "the export was written, but the session is still here as well; use only one of \
                   them",
        )
    })?;
    // A session that waits beside the one that left is still to be found.
    let kind = &context.settings()?.store.value;
    if !session_store.incoming().may_hold_something()
        && let Err(error) = context.forget_session_in(kind, session_store.identity())
    {
        tracing::debug!(%error, "a store is remembered that has no session any more");
    }
    Ok(())
}

/// The session as it may go elsewhere.
fn settled(session_store: &SessionStore, guard: &Guard) -> Result<Record, Error> {
    session_store.restore(guard)?;
    let record = session_store.require()?;
    if session_store.pending(&record)?.is_some() {
        return Err(session::Error::Unsettled.into());
    }
    Ok(record)
}

fn to_stdout(context: &Context, exported: &[u8]) -> Result<(), Error> {
    let text = String::from_utf8_lossy(exported);
    let written = context.output.data(&text);
    written.and_then(|()| stdout::sync()).map_err(|error| {
        let reason = error.message();
        Error::failure(format!("the export was not written: {reason}"))
            .hint("the session is still here")
    })
}

fn print(context: &Context, file: &Path, record: &Record, retired: bool) -> Result<(), Error> {
    let json = json!({
        "file": file.display().to_string(),
        "generation": record.generation,
        "account": record.account,
        "retired": retired,
    });
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            let (label, place) = (record.account.label(), file.display());
            page.outcome(
                format!("Exported the session of {label} to {place}, encrypted"),
                Tone::Good,
            );
            page.say(if retired {
                "You are signed out on this machine: a session can only be used in one place."
            } else {
                "You are still signed in here as well. Use only one of the two."
            });
            page.gap();
            page.heading("On the other machine");
            page.say("1. Copy the file there.");
            page.say(format!(
                "2. Give it the same key, in {} or {}.",
                env::STORE_KEY,
                env::STORE_KEY_FILE
            ));
            let name = file.file_name().unwrap_or(file.as_os_str());
            page.say(format!(
                "3. Run `eprospera session import {}`, then delete the file.",
                name.display()
            ));
            if retired {
                page.gap();
                page.say(
                    "If the file does not arrive, sign in here again with `eprospera session restore`.",
                );
            }
        })
}
