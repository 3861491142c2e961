//! `session rekey`: another key for everything in the encrypted store of the state folder.

use std::path::Path;

use serde_json::json;

use crate::cli::RekeyArgs;
use crate::context::Context;
use crate::crypto::{self, KeyMaterial, Sealer};
use crate::env;
use crate::error::Error;
use crate::output::{Json, Page, Tone};
use crate::private_file;
use crate::secret::Secret;
use crate::store;

pub(super) fn run(args: &RekeyArgs, context: &Context) -> Result<(), Error> {
    context.say_that_the_store_is_meant("session rekey");
    let new = match &args.generate {
        Some(path) => generated(path)?,
        None => successor(context)?,
    };
    let state = context.folders().state()?;
    let rekeyed = store::rekey(state, &context.opener(), &new, Context::SHORT_WAIT);
    let done = rekeyed.map_err(|error| match &args.generate {
        Some(path) => Error::from(error).hint(format!(
            "the new key is in {0}; once this is fixed, continue with {1}={0}",
            path.display(),
            env::NEW_STORE_KEY_FILE
        )),
        None => error.into(),
    })?;
    if done.changed + done.already == 0 {
        return Err(Error::not_found(format!(
            "there is no encrypted record in {}",
            state.display()
        ))
        .hint("only the store `encrypted-file` has a key of its own"));
    }
    let json = json!({
        "changed": done.changed,
        "already": done.already,
        "key_file": args.generate.as_ref().map(|path| path.display().to_string()),
    });
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            let changed = done.changed;
            page.outcome(
                format!("Encrypted records with the new key: {changed}."),
                Tone::Good,
            );
            if done.already > 0 {
                page.say(format!("Already had the new key: {}.", done.already));
            }
            page.say(format!(
                "From now on, set {} or {} to the new key.",
                env::STORE_KEY,
                env::STORE_KEY_FILE
            ));
        })
}

fn successor(context: &Context) -> Result<Sealer, Error> {
    let is_given = [env::NEW_STORE_KEY, env::NEW_STORE_KEY_FILE]
        .iter()
        .any(|name| context.environment.get(name).is_some());
    if is_given || context.can_ask() {
        return Ok(context.successor());
    }
    Err(Error::usage("no new key was given").hint(format!(
        "set {} or {}, or use `--generate FILE`",
        env::NEW_STORE_KEY,
        env::NEW_STORE_KEY_FILE
    )))
}

/// Makes a key, and keeps it before anything is sealed with it.
fn generated(path: &Path) -> Result<Sealer, Error> {
    let key = crypto::random_key()?;
    let text = Secret::new(format!("{}\n", key.expose()));
    private_file::remove_leftovers_among_others(path)?;
    if !private_file::create(path, text.expose().as_bytes())? {
        return Err(
            Error::usage(format!("{} exists already", path.display())).hint(format!(
                "name a new file; to use the key in it, set {}",
                env::NEW_STORE_KEY_FILE
            )),
        );
    }
    Ok(Sealer::new(move || KeyMaterial::parse(&key).map(Some)))
}
