//! Whether the credential in use opens a route of the portal: found out before the request where
//! that can be told, and explained after a refusal.
//!
//! The way out is a command that can be copied.

use super::access::Access;
use crate::context::{Context, Given};
use crate::env;
use crate::error::{Error, Kind};
use crate::portal::{self, Credential, Route};

/// Refuses a kind of credential that the route does not take, and a session that was granted none
/// of its scopes: the portal need not be asked.
pub(super) fn check(context: &Context, access: &Access, route: &Route) -> Result<(), Error> {
    if let Access::Given(given) = access {
        return check_kind(given, route);
    }
    let Some(record) = access.seen() else {
        return Ok(());
    };
    let scopes = route.scopes;
    if scopes.is_empty() || scopes.iter().any(|scope| record.has_scope(scope)) {
        return Ok(());
    }
    let problem = match scopes {
        [one] => format!("the session was not granted the scope {one}"),
        several => format!(
            "the session was granted none of the scopes {}",
            several.join(" and ")
        ),
    };
    Err(Error::forbidden(problem).hint(add_either(context, scopes)?))
}

/// The login that adds one of several scopes, each of which opens the route.
fn add_either(context: &Context, scopes: &[&str]) -> Result<String, Error> {
    let provider = context.settings()?.provider.value;
    let short = |scope: &str| {
        provider
            .scope(scope)
            .map_or(scope.to_owned(), |scope| scope.short().to_owned())
    };
    let mut names = scopes.iter().map(|scope| short(scope));
    let first = names.next().unwrap_or_default();
    let others: Vec<_> = names.map(|name| format!(" (or `{name}`)")).collect();
    Ok(format!(
        "run `eprospera login --add-scope {first}`{}",
        others.concat()
    ))
}

fn check_kind(given: &Given, route: &Route) -> Result<(), Error> {
    let (source, kind) = (given.source, Credential::of(&given.token));
    if route.takes(kind) {
        return Ok(());
    }
    let taken = match route.agent_scope {
        Some(_) => "an OAuth access token or an Agent Key (ak-)",
        None => "an OAuth access token",
    };
    let problem = format!(
        "{source} holds {}, but the portal only accepts {taken} for {}",
        kind.name(),
        route.name
    );
    let error = Error::forbidden(problem);
    Err(match kind {
        Credential::RefreshToken => error.hint(format!(
            "put it into {} instead, where it starts a session",
            env::REFRESH_TOKEN
        )),
        _ => error.hint(format!(
            "unset {source}, and sign in with `eprospera login`"
        )),
    })
}

/// A failed request, with what can be done about it. `absent` says what a 404 may mean where the
/// request was about one thing among others.
pub(super) fn explained(
    context: &Context,
    access: &Access,
    route: &Route,
    absent: Option<&'static str>,
    error: portal::Error<Error>,
) -> Error {
    let refusal = match error {
        portal::Error::Refused(refusal) => refusal,
        error => return error.into(),
    };
    let missing = refusal.missing_scopes();
    let status = refusal.status;
    if status == 404 && absent.is_none() && route.is_newer {
        return Error::not_found(format!(
            "this server does not offer {}: {}",
            route.name, route.path
        ))
        .http_status(status)
        .hint("older servers do not have this route; this says nothing about your data");
    }
    let error = Error::from(portal::Error::<Error>::Refused(refusal));
    match (access, missing) {
        (Access::Session(session), Some(missing)) => {
            let missing: Vec<_> = missing.iter().map(String::as_str).collect();
            match sign_in_again(context, &session.1.scopes, &missing) {
                Ok(hint) => error.only_hint(hint),
                Err(error) => error,
            }
        }
        (Access::Given(given), missing) if error.kind() == Kind::Forbidden => {
            error.only_hint(lacking(given, route, missing))
        }
        _ => match absent {
            Some(absent) if status == 404 => error.hint(absent),
            _ => error,
        },
    }
}

/// What a given credential lacks.
fn lacking(given: &Given, route: &Route, missing: Option<Vec<String>>) -> String {
    // A server chose these words, and a hint is read as this program's own.
    let named = missing.map(|scopes| scopes.into_iter().filter(|scope| is_plain(scope)));
    let named: Option<Vec<_>> = named.map(Iterator::collect);
    let named = named.filter(|scopes| !scopes.is_empty());
    let scopes = match (Credential::of(&given.token), route.agent_scope, named) {
        (Credential::AgentKey, Some(scope), _) => scope.to_owned(),
        (_, _, Some(scopes)) => scopes.join(" "),
        (_, _, None) => route.scopes.join(" or "),
    };
    let source = given.source;
    if scopes.is_empty() {
        return format!("set {source} to a credential that this route accepts");
    }
    format!("set {source} to a credential with the scope {scopes}")
}

/// The login that keeps what was granted and adds scopes.
fn sign_in_again(context: &Context, granted: &str, missing: &[&str]) -> Result<String, Error> {
    let settings = context.settings()?;
    let provider = settings.provider.value;
    let known = missing.iter().map(|scope| provider.scope(scope).ok());
    let Some(known) = known.collect::<Option<Vec<_>>>() else {
        return Ok(sign_in_with(
            if granted.is_empty() {
                &settings.scopes.value
            } else {
                granted
            },
            missing,
        ));
    };
    // The portal no longer grants what the session once got: the same login asks for it anew.
    if known
        .iter()
        .all(|scope| granted.split(' ').any(|granted| granted == scope.name))
    {
        let names: Vec<_> = known.iter().map(|scope| scope.name).collect();
        let names = names.join(" and ");
        return Ok(format!("run `eprospera login` and grant {names} again"));
    }
    let names: Vec<_> = known.iter().map(|scope| scope.short()).collect();
    Ok(format!(
        "run `eprospera login --add-scope {}`",
        names.join(",")
    ))
}

/// The same with scopes that this program does not know.
fn sign_in_with(granted: &str, missing: &[&str]) -> String {
    let mut scopes: Vec<&str> = Vec::new();
    for scope in granted.split(' ').chain(missing.iter().copied()) {
        // A server chose these words, and the command is made to be copied into a shell.
        if is_plain(scope) && !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    format!("run `eprospera login --scope \"{}\"`", scopes.join(" "))
}

fn is_plain(scope: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b":._-/".contains(&byte);
    !scope.is_empty() && scope.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_no_shell_understands_are_suggested() {
        assert!(is_plain("eprospera:person.id_verification.read"));
        assert!(is_plain("https://scopes.example/all"));
        for scope in [
            "",
            "$(reboot)",
            "`reboot`",
            "a\"b",
            "a\\b",
            "a;b",
            "é",
            "!!",
        ] {
            assert!(!is_plain(scope), "{scope}");
        }
    }
}
