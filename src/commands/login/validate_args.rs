//! What a login may ask of the provider in use: checked before a browser opens.

use crate::cli::LoginArgs;
use crate::commands::scope_names;
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
    if args.with_token && !args.add_scope.is_empty() {
        return Err(Error::usage(
            "`--add-scope` cannot be used with `--with-token`: a refresh token has the scopes that it was \
             granted",
        )
        .hint("sign in with a browser: `eprospera login --add-scope SCOPE`"));
    }
    let settings = context.settings()?;
    let provider = settings.provider.value;
    if !provider.has_fixed_scopes {
        return Ok(());
    }
    if args.scopes_all {
        return Err(no_scope(settings, "--scopes-all"));
    }
    let (scopes, source) = match &args.scope {
        Some(scopes) => (scopes, "--scope".to_owned()),
        None => (&settings.scopes.value, settings.scopes.source.to_string()),
    };
    let expanded = scope_names::expand(provider, scopes, |_| false)?;
    let is_known = |name: &str| provider.scopes.iter().any(|scope| scope.name == name);
    if !expanded.is_empty() && expanded.split(' ').all(is_known) {
        return Ok(());
    }
    Err(no_scope(settings, &format!("{scopes} (from {source})")))
}

fn no_scope(settings: &Settings, asked: &str) -> Error {
    let provider = settings.provider.value;
    let names: Vec<_> = provider.scopes.iter().map(|scope| scope.name).collect();
    let (title, known) = (provider.title, names.join(" "));
    Error::usage(format!(
        "{title} only accepts the scope {known}, not {asked}"
    ))
    .hint("leave out `--scope`, or run `eprospera profile unset scopes`")
}
