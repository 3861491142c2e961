//! `session import`: takes over a session that was exported.

use std::io::Read as _;
use std::path::Path;

use serde_json::json;

use crate::cli::ImportArgs;
use crate::commands::logout::stores_of;
use crate::context::Context;
use crate::crypto::{self, Unreadable};
use crate::error::Error;
use crate::output::{Json, Page, Tone};
use crate::session::{self, ExportedSession, ImportError, Record, SessionStore, StoredSession};
use crate::store::Error as StoreError;
use crate::unicode;

/// No export is larger, in bytes.
const EXPORT_SIZE_LIMIT: u64 = 1024 * 1024;

/// Whenever it fails, nothing has changed.
pub(super) fn run(args: &ImportArgs, context: &Context) -> Result<(), Error> {
    context.say_that_the_store_is_meant("session import");
    let file = args.file.as_deref().filter(|file| *file != Path::new("-"));
    let place = file.map_or_else(|| "stdin".to_owned(), |file| file.display().to_string());
    let exported = ExportedSession::parse(&place, &read(file, &place)?).map_err(unwelcome)?;
    let label = &exported.label;
    let identity = context.identity().map_err(|error| {
        error.hint(format!(
            "the export is for client {} at {}",
            label.client_id, label.issuer
        ))
    })?;
    label.check(&identity).map_err(unwelcome)?;
    let record = exported.open(&place, &context.opener()).map_err(unopened)?;
    let session_store = context.session_store_in(context.store()?, identity)?;
    refuse_spent_elsewhere(context, &session_store, &record, args.replace)?;
    context.wait_for("Waiting for the store…", async {
        session_store.probe().await?;
        let guard = session_store.lock(Context::SHORT_WAIT).await?;
        Ok(session_store.import(&record, args.replace, &guard)?)
    })?;
    context.remember_or_warn(session_store.identity(), &record.scopes);
    if file.is_some() {
        context.output.note(format!(
            "delete {place}: a session should be in one place only"
        ));
    }
    print(context, &session_store, &record)
}

/// Another store of this machine may have the session in a newer state. One that cannot be read
/// may, too: that is not known, unless it is damaged, so a person has to say that it has not.
pub(super) fn refuse_spent_elsewhere(
    context: &Context,
    session_store: &SessionStore,
    record: &Record,
    is_settled: bool,
) -> Result<(), Error> {
    let identity = session_store.identity();
    for kind in stores_of(context.last_login(&identity.profile)?, identity) {
        let other = context.session_store_in(context.store_of(&kind)?, identity.clone())?;
        match other.inspect() {
            Ok(StoredSession::Readable(there)) => other.refuse_spent(record, Some(&there))?,
            // One that was exported from there has left a mark.
            Ok(StoredSession::Absent | StoredSession::Damaged(_)) => {
                other.refuse_spent(record, None)?;
            }
            Err(error) if is_settled => context.output.warn(format!(
                "there may be a session in the store {kind} as well: {}",
                Error::from(error).sentence()
            )),
            Err(error) => {
                return Err(Error::from(error)
                    .hint(
                        "nothing was changed; the same session may be stored there in a newer \
                           state",
                    )
                    .hint("if it is not, pass `--replace` to import the export"));
            }
        }
    }
    Ok(())
}

fn unwelcome(error: ImportError) -> Error {
    session::Error::from(error).into()
}

/// The advice for a stored record, to sign out, would cost the session that is here.
pub(super) fn unopened(error: session::Error) -> Error {
    let hint = match &error {
        session::Error::Store(StoreError::Crypto(
            crypto::Error::WrongKey { .. } | crypto::Error::KeyKind { .. },
        )) => {
            "nothing was changed; set EPROSPERA_STORE_KEY or EPROSPERA_STORE_KEY_FILE to the \
               key it was exported with"
        }
        session::Error::Store(StoreError::Unreadable(
            Unreadable::NotOurs { .. } | Unreadable::Corrupt { .. },
        )) => "nothing was changed; the export was altered or damaged, so export the session again",
        _ => return error.into(),
    };
    Error::store(error).hint(hint)
}

fn read(file: Option<&Path>, place: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = match file {
        Some(file) => std::fs::File::open(file)
            .and_then(|opened| opened.take(EXPORT_SIZE_LIMIT).read_to_end(&mut bytes)),
        None => std::io::stdin()
            .take(EXPORT_SIZE_LIMIT)
            .read_to_end(&mut bytes),
    };
    read.map_err(|error| Error::usage(format!("cannot read {place}: {error}")))?;
    // `>` of PowerShell 5 writes what an export prints in UTF-16.
    Ok(unicode::utf8(&bytes).into_owned())
}

fn print(context: &Context, session_store: &SessionStore, record: &Record) -> Result<(), Error> {
    let json = json!({
        "account": record.account,
        "profile": session_store.identity().profile,
        "issuer": session_store.identity().issuer,
        "client_id": session_store.identity().client_id,
        "generation": record.generation,
        "store": session_store.store().kind(),
    });
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            let label = record.account.label();
            page.outcome(format!("Imported the session of {label}."), Tone::Good);
            page.gap();
            page.fields(&[
                ("profile", Some(session_store.identity().profile.clone())),
                ("issuer", Some(session_store.identity().issuer.clone())),
                ("stored in", Some(session_store.location())),
            ]);
        })
}
