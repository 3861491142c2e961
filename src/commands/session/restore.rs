//! `session restore`: brings back a session that an export retired and that did not arrive.

use serde_json::json;

use super::import::{refuse_spent_elsewhere, unopened};
use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page, Tone};
use crate::session::{self, ImportError, Record, SessionStore};

/// Whenever it fails, nothing has changed.
pub(super) fn run(context: &Context) -> Result<(), Error> {
    context.say_that_the_store_is_meant("session restore");
    let session_store = context.session_store_in(context.store()?, context.identity()?)?;
    let copy = session_store
        .exported_copy()?
        .ok_or_else(|| session::Error::from(ImportError::NotKept))?;
    let record = copy
        .open("the copy of the exported session", &context.opener())
        .map_err(unopened)?;
    refuse_spent_elsewhere(context, &session_store, &record, true)?;
    context.wait_for("Waiting for the store…", async {
        session_store.probe().await?;
        let guard = session_store.lock(Context::SHORT_WAIT).await?;
        Ok(session_store.take_back(&record, &guard)?)
    })?;
    context.remember_or_warn(session_store.identity(), &record.scopes);
    context.output.warn(
        "if the export did arrive and is in use there, the second one to refresh ends both; \
         delete it there, or sign in again on one side",
    );
    print(context, &session_store, &record)
}

fn print(context: &Context, session_store: &SessionStore, record: &Record) -> Result<(), Error> {
    let json = json!({
        "account": record.account,
        "profile": session_store.identity().profile,
        "generation": record.generation,
        "store": session_store.store().kind(),
    });
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            let label = record.account.label();
            page.outcome(format!("Restored the session of {label}."), Tone::Good);
        })
}
