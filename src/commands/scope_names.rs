//! Scopes as people name them: apart by blanks or commas, in full or by their short names.

use crate::error::Error;
use crate::nearest::nearest;
use crate::output::line;
use crate::provider::{Provider, Scope, ScopeError};

/// The scopes to send for what a person typed. A word that names none of the provider's is sent as it
/// is: a client may be registered for others. So is one that `is_literal` knows.
pub(super) fn expand(
    provider: &Provider,
    text: &str,
    is_literal: impl Fn(&str) -> bool,
) -> Result<String, Error> {
    let mut scopes: Vec<&str> = Vec::new();
    for word in words(text) {
        let scope = match provider.scope(word) {
            _ if is_literal(word) => word,
            Ok(scope) => scope.name,
            Err(ScopeError::Unknown) => word,
            Err(ScopeError::Ambiguous(several)) => return Err(ambiguous(word, &several)),
        };
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    Ok(scopes.join(" "))
}

/// The scopes that a person named, each of which has to be one of the provider's.
pub(super) fn find(provider: &Provider, texts: &[String]) -> Result<Vec<&'static Scope>, Error> {
    let words = texts.iter().flat_map(|text| words(text));
    let found = words.map(|word| {
        provider.scope(word).map_err(|error| match error {
            ScopeError::Unknown => unknown(provider, word),
            ScopeError::Ambiguous(several) => ambiguous(word, &several),
        })
    });
    let found: Vec<_> = found.collect::<Result<_, _>>()?;
    if found.is_empty() {
        return Err(
            Error::usage("no scope was named").hint("run `eprospera scopes` to see them all")
        );
    }
    Ok(found)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |character: char| character == ',' || character.is_whitespace();
    text.split(is_between).filter(|word| !word.is_empty())
}

fn unknown(provider: &Provider, word: &str) -> Error {
    let names = provider.scopes.iter().map(|scope| scope.name);
    let short = provider.scopes.iter().map(Scope::short);
    let near = nearest(word, short.clone()).or_else(|| nearest(word, names));
    let error = Error::usage(format!("{} has no scope `{}`", provider.title, line(word)));
    let error = match near {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error,
    };
    error.hint("run `eprospera scopes` to see them all")
}

fn ambiguous(word: &str, several: &[&'static Scope]) -> Error {
    let names: Vec<_> = several
        .iter()
        .map(|scope| format!("`{}`", scope.short()))
        .collect();
    Error::usage(format!("several scopes end in `{}`", line(word)))
        .hint(format!("name one of them: {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::route;
    use crate::provider::ALL;

    #[test]
    fn short_names_are_expanded_and_what_is_not_known_is_sent_as_it_is() {
        let expand = |text| expand(ALL[0], text, |word| word == "tax.read");
        for (text, scopes) in [
            (
                "openid  person.tax.read",
                "openid eprospera:person.tax.read",
            ),
            ("openid,entity.read, openid", "openid eprospera:entity.read"),
            ("tax.read groups", "tax.read groups"),
            ("", ""),
        ] {
            assert_eq!(expand(text).unwrap(), scopes, "{text}");
        }
        assert!(super::expand(ALL[0], "tax.read", |_| false).is_err());
    }

    #[test]
    fn every_scope_that_opens_a_route_is_in_the_provider_s_table() {
        for route in route::ALL {
            for scope in route.scopes {
                assert_eq!(ALL[0].scope(scope).unwrap().name, *scope);
            }
        }
    }
}
