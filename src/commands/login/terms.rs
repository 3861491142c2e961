//! What a login may ask of the provider in use: checked before a browser opens.

use crate::cli::LoginArgs;
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::provider::Feature;

/// Refuses flags and scopes that mean nothing to the provider.
///
/// # Errors
/// A usage error that names the flag or the scope.
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
    let provider = settings.provider.value;
    let Some(known) = provider.scopes else {
        return Ok(());
    };
    let (scopes, source) = match &args.scope {
        Some(scopes) => (scopes, "--scope".to_owned()),
        None => (&settings.scopes.value, settings.scopes.source.to_string()),
    };
    let mut asked = scopes.split_whitespace().peekable();
    let is_empty = asked.peek().is_none();
    match asked.find(|scope| !known.contains(scope)) {
        None if !is_empty => Ok(()),
        other => Err(Error::said(
            Kind::Usage,
            format!(
                "{} has no scope `{}` (from {source})",
                provider.title,
                other.unwrap_or_default()
            ),
        )
        .hint(format!("its scopes are: {}", known.join(" ")))),
    }
}
