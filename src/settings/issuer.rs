//! Which issuers a profile may ask: secrets of one portal are never sent to another by mistake.

use super::setting::{Setting, SettingSource};
use crate::env;
use crate::environment::Environment;
use crate::error::Error;
use crate::oauth::Issuer;
use crate::provider::{self, Provider};

/// Whether a profile may ask an issuer.
pub(super) fn check(
    profile: &str,
    provider: &Provider,
    issuer: &Setting<Issuer>,
    environment: &Environment,
) -> Result<(), Error> {
    require_loopback(profile, issuer)?;
    require_own(provider, issuer)?;
    require_same_portal(environment, issuer)
}

/// The sandbox's profiles can never be pointed at a real portal by mistake.
fn require_loopback(profile: &str, issuer: &Setting<Issuer>) -> Result<(), Error> {
    let is_bound = provider::built_in(profile).is_some_and(|(_, profile)| profile.loopback_only);
    if is_bound && !issuer.value.is_loopback() {
        return Err(Error::usage(format!(
            "profile `{profile}` accepts only loopback issuers, but {} (from {}) is not one",
            issuer.value, issuer.source
        ))
        .hint("choose another profile with `--profile NAME`"));
    }
    Ok(())
}

/// What belongs to one provider is never sent to another.
fn require_own(provider: &Provider, issuer: &Setting<Issuer>) -> Result<(), Error> {
    let owner = Provider::of_issuer(&issuer.value).filter(|owner| *owner != provider);
    let Some(owner) = owner else {
        return Ok(());
    };
    let (title, theirs) = (provider.title, owner.title);
    let error = Error::usage(format!(
        "the profile is for {title}, but {} (from {}) is an issuer of {theirs}",
        issuer.value, issuer.source
    ));
    if issuer.source == SettingSource::Profile {
        let way =
            "to change the provider of the profile, first run `eprospera profile unset issuer`";
        return Err(error.hint(way));
    }
    Err(error.hint(format!(
        "nothing was sent; choose a profile for {theirs} with `--profile NAME`, or set up your own \
         with `eprospera --profile NAME profile set provider {owner}`"
    )))
}

/// Nothing is sent to the real portal where the variables of the official tool choose another one.
fn require_same_portal(environment: &Environment, issuer: &Setting<Issuer>) -> Result<(), Error> {
    let is_chosen_here = !matches!(
        issuer.source,
        SettingSource::Default | SettingSource::LastLogin
    );
    if is_chosen_here {
        return Ok(());
    }
    let unread = |name| format!("{name} is set, but only the official Node tool reads it");
    if let Some(url) = environment.text(env::OFFICIAL_BASE_URL) {
        let is_same = Issuer::parse(url.trim_end_matches('/')).is_ok_and(|url| url == issuer.value);
        return if is_same {
            Ok(())
        } else {
            Err(Error::usage(unread(env::OFFICIAL_BASE_URL))
                .hint(format!("set {} to the same address", env::ISSUER)))
        };
    }
    match environment.text(env::OFFICIAL_ENV).as_deref() {
        Some("staging") if !is_staging(&issuer.value) => {
            Err(Error::usage(unread(env::OFFICIAL_ENV)).hint(format!(
                "set {}=staging, or use `--profile staging`",
                env::PROFILE
            )))
        }
        _ => Ok(()),
    }
}

/// Whether an issuer is that of the built-in profile for staging.
fn is_staging(issuer: &Issuer) -> bool {
    let staging = provider::built_in("staging").and_then(|(_, profile)| profile.issuer);
    staging.is_some_and(|staging| Issuer::parse(staging).is_ok_and(|staging| staging == *issuer))
}
