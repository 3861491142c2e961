//! What a login may ask of the provider in use: checked before a browser opens.

use crate::cli::LoginArgs;
use crate::context::Context;
use crate::error::Error;
use crate::provider::Feature;
use crate::settings::Settings;

/// Refuses flags and scopes that mean nothing to the provider.
pub(super) fn check(args: &LoginArgs, context: &Context) -> Result<(), Error> {
    let flags = [
        (
            "--response-mode",
            args.response_mode.is_some(),
            Feature::ResponseModes,
        ),
        (
            "--login-hint",
            args.login_hint.is_some(),
            Feature::SignInOptions,
        ),
        ("--prompt", args.prompt.is_some(), Feature::SignInOptions),
        ("--max-age", args.max_age.is_some(), Feature::SignInOptions),
        ("--with-token", args.with_token, Feature::Refresh),
        ("--device", args.device, Feature::DeviceGrant),
    ];
    for (flag, is_given, feature) in flags {
        if is_given {
            context.require(feature, flag)?;
        }
    }
    let settings = context.settings()?;
    if !settings.provider.value.has_fixed_scopes {
        return Ok(());
    }
    if args.scopes_all {
        return Err(no_scope(settings, "--scopes-all"));
    }
    let (scopes, source) = match &args.scope {
        Some(scopes) => (scopes, "--scope".to_owned()),
        None => (&settings.scopes.value, settings.scopes.source.to_string()),
    };
    let known = settings.provider.value.documented_scopes;
    let is_known = |scope| known.contains(&scope);
    if scopes.split(' ').all(is_known) {
        return Ok(());
    }
    Err(no_scope(settings, &format!("{scopes} (from {source})")))
}

fn no_scope(settings: &Settings, asked: &str) -> Error {
    let provider = settings.provider.value;
    let (title, known) = (provider.title, provider.documented_scopes.join(" "));
    Error::usage(format!(
        "{title} takes no other scope than {known}, and not {asked}"
    ))
    .hint("leave out `--scope`, or run `eprospera profile unset scopes`")
}
