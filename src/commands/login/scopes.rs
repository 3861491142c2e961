//! Which scopes a login asks for, and which of them it did not get.

use super::attempt::Login;
use crate::error::Error;
use crate::oauth::Metadata;
use crate::output::line;
use crate::session::ProviderClient;

impl Login<'_> {
    /// The scopes to ask for, separated by spaces.
    pub(super) fn scope(
        &self,
        server: &ProviderClient,
        metadata: &Metadata,
    ) -> Result<String, Error> {
        if let Some(scope) = &self.args.scope {
            return Ok(scope.clone());
        }
        if !self.args.scopes_all {
            return Ok(self.context.settings()?.scopes.value.clone());
        }
        let all = All::of(
            server.provider.documented_scopes,
            &metadata.scopes_supported,
        );
        let output = self.context.output;
        if !all.absent.is_empty() {
            let absent = all.absent.join(" ");
            output.note(format!("Not offered by {}: {absent}", server.issuer));
        }
        if !all.unknown.is_empty() {
            let unknown = line(&all.unknown.join(" "));
            output.note(format!(
                "Offered, but of no use to this program, so ask by name with `--scope`: {unknown}"
            ));
        }
        Ok(all.asked.join(" "))
    }
}

/// Every scope, sorted by who knows it.
struct All<'a> {
    /// Documented, and offered as far as the server says.
    asked: Vec<&'a str>,
    /// Documented, and not offered: one of them would make the server refuse the whole login.
    absent: Vec<&'a str>,
    /// Offered, and not documented: nobody can tell what they open.
    unknown: Vec<&'a str>,
}

impl<'a> All<'a> {
    /// A server that lists no scopes is taken to offer what is documented.
    fn of(documented: &[&'a str], offered: &'a [String]) -> Self {
        let is_offered = |scope: &&str| offered.iter().any(|offered| offered == scope);
        let is_documented = |scope: &&str| documented.contains(scope);
        let (asked, absent) = documented
            .iter()
            .copied()
            .partition(|scope| offered.is_empty() || is_offered(scope));
        Self {
            asked,
            absent,
            unknown: offered
                .iter()
                .map(String::as_str)
                .filter(|scope| !is_documented(scope))
                .collect(),
        }
    }
}

/// What was asked for and not granted.
pub(super) fn missing<'a>(asked: &'a str, granted: &str) -> Vec<&'a str> {
    asked
        .split_whitespace()
        .filter(|scope| !granted.split_whitespace().any(|granted| granted == *scope))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_scopes_are_those_that_both_sides_know() {
        let documented = ["openid", "a.read", "b.read"];
        let offered = ["b.read", "openid", "admin"].map(str::to_owned);
        let all = All::of(&documented, &offered);
        assert_eq!(all.asked, ["openid", "b.read"]);
        assert_eq!(all.absent, ["a.read"]);
        assert_eq!(all.unknown, ["admin"]);
        let silent = All::of(&documented, &[]);
        assert_eq!(silent.asked, documented);
        assert!(silent.absent.is_empty() && silent.unknown.is_empty());
    }

    #[test]
    fn what_was_not_granted_is_told_word_by_word() {
        assert_eq!(
            missing("openid  a.read b.read", "b.read openid"),
            ["a.read"]
        );
        assert!(missing("openid", "openid profile").is_empty());
        assert_eq!(missing("a a.read", "a.read"), ["a"]);
    }
}
