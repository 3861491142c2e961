//! `session import`: takes over a session that was exported.

use std::io::Read as _;
use std::path::Path;

use serde_json::json;

use crate::cli::ImportArgs;
use crate::commands::logout::stores_of;
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::output::{Json, Page};
use crate::session::{self, Keeper, Parcel, Record, StoredSession, Unwelcome};
use crate::store::Error as StoreError;

/// No export is larger, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// Runs the command.
///
/// # Errors
/// Exit 6 for a session that is older, somebody else's or from elsewhere, 13 for one that cannot
/// be opened; nothing is changed then.
pub(super) fn run(args: &ImportArgs, context: &Context) -> Result<(), Error> {
    context.say_that_the_store_is_meant("session import");
    let file = args.file.as_deref().filter(|file| *file != Path::new("-"));
    let place = file.map_or_else(|| "stdin".to_owned(), |file| file.display().to_string());
    let parcel = Parcel::parse(&place, &read(file, &place)?).map_err(unwelcome)?;
    let label = &parcel.label;
    let identity = context.identity().map_err(|error| {
        error.hint(format!(
            "the export is of client {} at {}",
            label.client_id, label.issuer
        ))
    })?;
    label.check(&identity).map_err(unwelcome)?;
    let record = parcel.open(&place, &context.opener()).map_err(unopened)?;
    let keeper = context.keeper_in(context.store()?, identity)?;
    refuse_spent_elsewhere(context, &keeper, &record, args.replace)?;
    context.block_on(async {
        keeper.probe().await?;
        let guard = keeper.lock(Context::SHORT_WAIT).await?;
        Ok(keeper.admit(&record, args.replace, &guard)?)
    })?;
    context.remember_or_warn(keeper.identity(), &record.scopes);
    if file.is_some() {
        context
            .output
            .note(format!("delete {place}: one session has one place"));
    }
    print(context, &keeper, &record)
}

/// Another store of this machine may have the session in a newer state. One that cannot be read
/// may, too: nobody knows, unless it is damaged, so a person has to say that it has not.
pub(super) fn refuse_spent_elsewhere(
    context: &Context,
    keeper: &Keeper,
    record: &Record,
    is_settled: bool,
) -> Result<(), Error> {
    let identity = keeper.identity();
    for kind in stores_of(context.last_login(&identity.profile)?, identity) {
        let other = context.keeper_in(context.store_of(&kind)?, identity.clone())?;
        match other.inspect() {
            Ok(StoredSession::Readable(there)) => other.refuse_spent(record, Some(&there))?,
            // One that was exported from there has left a mark.
            Ok(StoredSession::Absent | StoredSession::Damaged(_)) => {
                other.refuse_spent(record, None)?;
            }
            Err(error) if is_settled => context.output.warn(format!(
                "a session may lie in the store {kind} as well: {}",
                Error::from(error).sentence()
            )),
            Err(error) => {
                return Err(Error::from(error)
                    .hint("nothing was changed; the same session may lie there, in a newer state")
                    .hint("if it does not, `--replace` takes the export over"));
            }
        }
    }
    Ok(())
}

fn unwelcome(error: Unwelcome) -> Error {
    session::Error::from(error).into()
}

/// The advice for a stored record, to sign out, would cost the session that is here.
pub(super) fn unopened(error: session::Error) -> Error {
    let hint = match &error {
        session::Error::Store(StoreError::WrongKey { .. } | StoreError::KeyKind { .. }) => {
            "nothing was changed; give the key that it was exported with"
        }
        session::Error::Store(StoreError::NotOurs { .. } | StoreError::Corrupt { .. }) => {
            "nothing was changed; the export was altered or damaged, so make a new one"
        }
        _ => return error.into(),
    };
    Error::new(Kind::Store, error).hint(hint)
}

fn read(file: Option<&Path>, place: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = match file {
        Some(file) => {
            std::fs::File::open(file).and_then(|opened| opened.take(LIMIT).read_to_end(&mut bytes))
        }
        None => std::io::stdin().take(LIMIT).read_to_end(&mut bytes),
    };
    read.map_err(|error| Error::said(Kind::Usage, format!("cannot read {place}: {error}")))?;
    Ok(bytes)
}

fn print(context: &Context, keeper: &Keeper, record: &Record) -> Result<(), Error> {
    let json = json!({
        "account": record.account,
        "profile": keeper.identity().profile,
        "issuer": keeper.identity().issuer,
        "client_id": keeper.identity().client_id,
        "generation": record.generation,
        "store": keeper.store().kind(),
    });
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            page.say(format!(
                "The session of {} is here now.",
                record.account.label()
            ));
            page.gap();
            page.fields(&[
                ("profile", Some(keeper.identity().profile.clone())),
                ("issuer", Some(keeper.identity().issuer.clone())),
                ("stored in", Some(keeper.location())),
            ]);
        })
}
