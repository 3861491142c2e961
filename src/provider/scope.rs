//! The scopes of a provider: what each opens, and the short names by which people call them.

/// A scope that a provider documents.
#[derive(Debug)]
pub struct Scope {
    pub name: &'static str,
    /// What it opens, with the command, in a few words.
    pub opens: &'static str,
}

/// Why a word names no scope.
#[derive(Debug)]
pub enum ScopeError {
    Unknown,
    /// It is the end of several short names.
    Ambiguous(Vec<&'static Scope>),
}

impl Scope {
    /// The name without its prefix, such as `person.tax.read`.
    pub fn short(&self) -> &'static str {
        self.name
            .rsplit_once(':')
            .map_or(self.name, |(_, short)| short)
    }

    /// The short name without its `.read`.
    fn subject(&self) -> &'static str {
        let short = self.short();
        short.strip_suffix(".read").unwrap_or(short)
    }

    /// Whether a word is the end of the short name, from a dot on.
    fn ends_with(&self, word: &str) -> bool {
        [self.short(), self.subject()].iter().any(|name| {
            let before = name.strip_suffix(word);
            before.is_some_and(|before| before.ends_with('.'))
        })
    }
}

/// Finds a scope by its name, its short name, or the end of it where only one ends so.
pub(super) fn find(scopes: &'static [Scope], word: &str) -> Result<&'static Scope, ScopeError> {
    let word = word.to_ascii_lowercase();
    let is_named =
        |scope: &&Scope| [scope.name, scope.short(), scope.subject()].contains(&word.as_str());
    if let Some(scope) = scopes.iter().find(is_named) {
        return Ok(scope);
    }
    let found: Vec<_> = scopes
        .iter()
        .filter(|scope| scope.ends_with(&word))
        .collect();
    match found.as_slice() {
        [] => Err(ScopeError::Unknown),
        [scope] => Ok(scope),
        _ => Err(ScopeError::Ambiguous(found)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::ALL;

    #[test]
    fn a_scope_is_found_by_every_name_that_belongs_to_it_alone() {
        for (word, name) in [
            ("openid", "openid"),
            ("eprospera:person.tax.read", "eprospera:person.tax.read"),
            ("person.tax.read", "eprospera:person.tax.read"),
            ("person.tax", "eprospera:person.tax.read"),
            ("Person.Tax.Read", "eprospera:person.tax.read"),
            ("residency.read", "eprospera:person.residency.read"),
            ("residency", "eprospera:person.residency.read"),
            ("entity.read", "eprospera:entity.read"),
            ("entity", "eprospera:entity.read"),
            (
                "id_verification.read",
                "eprospera:person.id_verification.read",
            ),
        ] {
            assert_eq!(ALL[0].scope(word).unwrap().name, name, "{word}");
        }
        for word in ["tax.read", "tax", "documents.read", "read"] {
            let found = ALL[0].scope(word);
            assert!(
                matches!(found, Err(ScopeError::Ambiguous(all)) if all.len() > 1),
                "{word}"
            );
        }
        for word in [
            "",
            "x.read",
            "sidency.read",
            ".read",
            "eprospera:",
            "person",
        ] {
            let found = ALL[0].scope(word);
            assert!(matches!(found, Err(ScopeError::Unknown)), "{word}");
        }
        assert_eq!(ALL[1].scope("email").unwrap().name, "user:email");
    }

    #[test]
    fn what_login_asks_for_is_documented_and_no_short_name_is_shared() {
        for provider in ALL {
            for scope in provider.default_scopes.split_whitespace() {
                assert_eq!(provider.scope(scope).unwrap().name, scope);
            }
            for scope in provider.scopes {
                assert_eq!(provider.scope(scope.short()).unwrap().name, scope.name);
            }
        }
    }
}
