//! `profile`: named profiles in the configuration file, and the client secret in the store.

use std::io::Read as _;

use serde_json::{Value, json};

use crate::cli::{Global, ProfileCommand};
use crate::config::{self, Config, Profile};
use crate::context::Context;
use crate::environment::Environment;
use crate::error::Error;
use crate::output::{Json, Page};
use crate::private_file;
use crate::secret::{self, Secret};
use crate::settings::{self, Settings};
use crate::store::{Entry, Guard};

/// The one key that is not in the configuration file.
const CLIENT_SECRET: &str = "client-secret";

pub(super) fn run(command: ProfileCommand, context: &Context) -> Result<(), Error> {
    match command {
        ProfileCommand::List => list(context),
        ProfileCommand::Show { name } => show(name, context),
        ProfileCommand::Set { key, value } if key.replace('_', "-") == CLIENT_SECRET => {
            set_client_secret(&value, context)
        }
        ProfileCommand::Unset { key } if key.replace('_', "-") == CLIENT_SECRET => {
            unset_client_secret(context)
        }
        ProfileCommand::Set { key, value } => set(&key, &value, context),
        ProfileCommand::Unset { key } => unset(&key, context),
        ProfileCommand::Use { name } => use_profile(&name, context),
        ProfileCommand::Remove { name } => remove(&name, context),
    }
}

fn current(context: &Context, config: &Config) -> Result<String, Error> {
    let name = settings::profile_name(&context.flags, &context.environment, config)?.value;
    drop(context.check_profile(&name)?);
    Ok(name)
}

fn list(context: &Context) -> Result<(), Error> {
    let config = context.config()?;
    let current = current(context, config)?;
    let mut profiles = Vec::new();
    for name in context.known_profiles(config)? {
        let setting = settings::Setting {
            value: name.clone(),
            source: settings::SettingSource::Profile,
        };
        let found = context.settings_of(setting);
        let (issuer, client_id) = match &found {
            Ok(settings) => (
                Some(settings.issuer.value.as_str().to_owned()),
                settings
                    .client_id
                    .as_ref()
                    .map(|client| client.value.clone()),
            ),
            // One bad profile must not hide the others.
            Err(_) => (None, None),
        };
        let problem = found.err().map(|error| error.sentence());
        profiles.push((name, issuer, client_id, problem));
    }
    let json: Vec<_> = profiles
        .iter()
        .map(|(name, issuer, client_id, problem)| {
            let mut row = json!({ "name": name, "current": *name == current, "issuer": issuer,
                "client_id": client_id, "built_in": settings::built_in(name).is_some() });
            if let Some(problem) = problem {
                row["problem"] = json!(problem);
            }
            row
        })
        .collect();
    context
        .output
        .answer(Json::Value(&json!(json)), &|page: &mut Page| {
            page.table(
                ["", "profile", "issuer", "client id"],
                profiles.iter().map(|(name, issuer, client_id, problem)| {
                    let marker = if *name == current { "*" } else { "" };
                    let issuer = issuer
                        .clone()
                        .or_else(|| problem.clone())
                        .unwrap_or_default();
                    let client = client_id.clone().unwrap_or_else(|| "—".to_owned());
                    [marker.to_owned(), name.clone(), issuer, client]
                }),
            );
        })
}

fn show(name: Option<String>, context: &Context) -> Result<(), Error> {
    let config = context.config()?;
    let name = match name {
        Some(name) => name,
        None => current(context, config)?,
    };
    let known = context.known_profiles(config)?;
    if !known.contains(&name) {
        return Err(Context::unknown_profile(&name, &known));
    }
    let built_in = settings::built_in(&name).unwrap_or_default();
    let profile = config.profile(&name).unwrap_or_default().or(built_in);
    let json = json_of(&name, &profile);
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            page.say(format!("Profile {name}"));
            let uris = profile.redirect_uris.as_ref().map(|uris| uris.join(" "));
            page.fields(&[
                ("provider", profile.provider.clone()),
                ("issuer", profile.issuer.clone()),
                ("client_id", profile.client_id.clone()),
                ("redirect_uris", uris),
                ("scopes", profile.scopes.clone()),
                ("store", profile.store.clone()),
                ("token_auth", profile.token_auth.clone()),
            ]);
            page.say(
                "A dash means that the profile does not set a value; `eprospera status` shows the \
                 value in use.",
            );
        })
}

fn json_of(name: &str, profile: &Profile) -> Value {
    json!({
        "name": name,
        "provider": profile.provider,
        "issuer": profile.issuer,
        "client_id": profile.client_id,
        "redirect_uris": profile.redirect_uris,
        "scopes": profile.scopes,
        "store": profile.store,
        "token_auth": profile.token_auth,
    })
}

fn set(key: &str, value: &[String], context: &Context) -> Result<(), Error> {
    if value.is_empty() {
        return Err(Error::usage(format!("no value for `{key}`"))
            .hint("run `eprospera profile unset` to remove a key"));
    }
    let (_guard, mut config) = edited(context)?;
    let name = current(context, &config)?;
    config.set(&name, key, value)?;
    // What is stored must be usable: a typing error is reported now, not at the next command.
    let setting = settings::Setting {
        value: name.clone(),
        source: settings::SettingSource::Profile,
    };
    Settings::resolve(
        setting,
        &Global::default(),
        &Environment::default(),
        config.profile(&name),
        None,
    )?;
    config.save()?;
    context.output.note(format!("profile {name}: {key} set"));
    Ok(())
}

fn unset(key: &str, context: &Context) -> Result<(), Error> {
    let (_guard, mut config) = edited(context)?;
    let name = current(context, &config)?;
    if config.unset(&name, key)? {
        config.save()?;
        context
            .output
            .note(format!("profile {name}: {key} removed"));
    } else {
        context
            .output
            .note(format!("profile {name}: {key} was not set"));
    }
    Ok(())
}

fn use_profile(name: &str, context: &Context) -> Result<(), Error> {
    let (_guard, mut config) = edited(context)?;
    let known = context.known_profiles(&config)?;
    if !known.iter().any(|known| known == name) {
        return Err(Context::unknown_profile(name, &known));
    }
    config.use_profile(name)?;
    config.save()?;
    context
        .output
        .note(format!("profile {name} is now the default"));
    Ok(())
}

fn remove(name: &str, context: &Context) -> Result<(), Error> {
    let (_guard, mut config) = edited(context)?;
    config.remove(name).map_err(|error| match error {
        config::Error::UnknownProfile(name) if settings::built_in(&name).is_some() => {
            config::Error::BuiltIn(name).into()
        }
        config::Error::UnknownProfile(name) => Context::unknown_profile(&name, &config.names()),
        error => error.into(),
    })?;
    config.save()?;
    context.output.note(format!(
        "profile {name} removed from the configuration; its session, if any, is kept until you run \
         `eprospera --profile {name} logout`"
    ));
    Ok(())
}

/// The configuration as it is now, and the lock that keeps other writers out until it is written.
fn edited(context: &Context) -> Result<(Guard, Config), Error> {
    let folders = context.folders();
    let guard = private_file::lock(&folders.state()?.join("config.lock"), Context::SHORT_WAIT)?;
    let file = folders.config_file()?;
    private_file::remove_leftovers_among_others(&file).map_err(|error| config::Error::Io {
        action: "write",
        path: file.display().to_string(),
        source: error.into(),
    })?;
    Ok((guard, Config::load(&file)?))
}

fn set_client_secret(value: &[String], context: &Context) -> Result<(), Error> {
    if !value.is_empty() {
        return Err(
            Error::usage("the client secret cannot be passed as an argument")
                .hint("other users can read arguments: pipe it in, or type it at the prompt"),
        );
    }
    let entry = client_secret_entry(context)?;
    let secret = read_secret(context)?;
    let store = context.store()?;
    let guard = store.lock(&entry, Context::SHORT_WAIT)?;
    store.put(&entry, &secret, &guard)?;
    context.output.note(format!(
        "client secret stored in {}",
        store.location(&entry)
    ));
    Ok(())
}

fn unset_client_secret(context: &Context) -> Result<(), Error> {
    let entry = client_secret_entry(context)?;
    let store = context.store()?;
    let guard = store.lock(&entry, Context::SHORT_WAIT)?;
    let existed = store.delete(&entry, &guard)?;
    let what = if existed {
        "client secret deleted"
    } else {
        "there was no client secret"
    };
    context.output.note(what);
    Ok(())
}

fn client_secret_entry(context: &Context) -> Result<Entry, Error> {
    let identity = context.identity()?;
    Ok(Entry::ClientSecret {
        issuer: identity.issuer,
        client_id: identity.client_id,
    })
}

/// From a prompt where a person can answer it, else from stdin.
fn read_secret(context: &Context) -> Result<Secret, Error> {
    let failed = |error: std::io::Error| Error::failure(error);
    let text = if context.can_ask() {
        context.ask("Client secret: ")?
    } else if context.environment.stdin_is_terminal {
        return Err(
            Error::usage("there is no client secret on stdin, and prompts are off")
                .hint("pipe it in: `eprospera profile set client-secret < FILE`"),
        );
    } else {
        let mut bytes = Vec::with_capacity(4096);
        std::io::stdin()
            .take(64 * 1024)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        Secret::of_text(bytes).map_err(|error| {
            Error::usage(format!("cannot use the client secret on stdin: {error}"))
        })?
    };
    let trimmed = secret::strip(text.expose());
    if trimmed.is_empty() {
        return Err(Error::usage("the client secret is empty"));
    }
    Ok(Secret::new(trimmed.to_owned()))
}
