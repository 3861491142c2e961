//! What a login may ask of the provider in use: checked before a browser opens.

use crate::cli::{LoginArgs, ResponseModeArg};
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

/// Refuses flags that mean nothing to a login in two steps.
pub(super) fn check_steps(args: &LoginArgs) -> Result<(), Error> {
    let (step, flags): (_, Vec<_>) = match (args.begin, &args.finish) {
        (true, _) => ("--begin", flags_without_beginning(args).into()),
        (false, Some(_)) => ("--finish", flags_without_end(args).into()),
        (false, None) => return Ok(()),
    };
    match flags.into_iter().find(|(is_given, ..)| *is_given) {
        Some((_, flag, why)) => Err(Error::usage(format!(
            "`{flag}` cannot be used with `{step}`: {why}"
        ))),
        None => Ok(()),
    }
}

/// Whether each is given, and why it means nothing to `--begin`.
fn flags_without_beginning(args: &LoginArgs) -> [(bool, &'static str, &'static str); 6] {
    let is_form = args.response_mode == Some(ResponseModeArg::FormPost);
    [
        (
            args.finish.is_some(),
            "--finish",
            "one command begins a login, and a later one finishes it",
        ),
        (
            args.with_token,
            "--with-token",
            "a refresh token signs in at once",
        ),
        (
            args.qr,
            "--qr",
            "it only prints JSON; draw its `authorization_url` with another program",
        ),
        (
            args.browser.is_some(),
            "--browser",
            "it prints the address and opens nothing",
        ),
        (
            args.timeout.is_some(),
            "--timeout",
            "it does not wait; pass the timeout to `--finish`",
        ),
        (
            is_form,
            "--response-mode form_post",
            "the response would not be part of the browser's address, so it could not be pasted",
        ),
    ]
}

/// The same for `--finish`.
fn flags_without_end(args: &LoginArgs) -> [(bool, &'static str, &'static str); 13] {
    let settled = |is_given, flag| (is_given, flag, "pass it to `--begin`");
    let idle = |is_given, flag| (is_given, flag, "it opens nothing and shows no address");
    [
        settled(args.scope.is_some(), "--scope"),
        settled(!args.add_scope.is_empty(), "--add-scope"),
        settled(args.scopes_all, "--scopes-all"),
        settled(args.device, "--device"),
        settled(args.paste, "--paste"),
        settled(args.response_mode.is_some(), "--response-mode"),
        settled(args.login_hint.is_some(), "--login-hint"),
        settled(args.prompt.is_some(), "--prompt"),
        settled(args.max_age.is_some(), "--max-age"),
        idle(args.qr, "--qr"),
        idle(args.browser.is_some(), "--browser"),
        idle(args.no_browser, "--no-browser"),
        (
            args.with_token,
            "--with-token",
            "a refresh token signs in at once",
        ),
    ]
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
