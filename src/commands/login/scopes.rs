//! Which scopes a login asks for, and which of them it did not get.

use super::attempt::Login;
use crate::commands::scope_names;
use crate::context::Context;
use crate::error::Error;
use crate::oauth::Metadata;
use crate::output::line;
use crate::provider::Scope;
use crate::session::{ProviderClient, Record, SessionStore, StoredSession};

impl Login<'_> {
    /// The scopes to ask for, separated by spaces.
    pub(super) fn scope(
        &self,
        server: &ProviderClient,
        metadata: &Metadata,
    ) -> Result<String, Error> {
        if self.args.scopes_all {
            return Ok(self.all_scopes(server, metadata));
        }
        let is_offered = |word: &str| metadata.scopes_supported.iter().any(|scope| scope == word);
        let expand = |text: &str| scope_names::expand(server.provider, text, is_offered);
        if let Some(scope) = &self.args.scope {
            return expand(scope);
        }
        let settings = self.context.settings()?;
        let usual = expand(&settings.scopes.value)?;
        if self.args.add_scope.is_empty() {
            return Ok(usual);
        }
        let added = scope_names::find(server.provider, &self.args.add_scope)?;
        let base = match granted(self.session_store) {
            Some(record) => as_granted(&record, &usual),
            None => usual,
        };
        let missing = lacking(&base, &added);
        Ok(base
            .split_whitespace()
            .chain(missing)
            .collect::<Vec<_>>()
            .join(" "))
    }

    /// Every scope that the provider documents and offers.
    fn all_scopes(&self, server: &ProviderClient, metadata: &Metadata) -> String {
        let documented: Vec<_> = server
            .provider
            .scopes
            .iter()
            .map(|scope| scope.name)
            .collect();
        let all = All::of(&documented, &metadata.scopes_supported);
        let output = self.context.output;
        if !all.absent.is_empty() {
            let absent = all.absent.join(" ");
            output.note(format!("Not offered by {}: {absent}", server.issuer));
        }
        if !all.unknown.is_empty() {
            let unknown = line(&all.unknown.join(" "));
            output.note(format!(
                "Offered, but not used by eprospera (to request them, name them with `--scope`): \
                 {unknown}"
            ));
        }
        all.asked.join(" ")
    }
}

/// The session that has all scopes which a person wants to add: there is nothing to ask for.
pub(super) fn already_granted(
    context: &Context,
    session_store: &SessionStore,
    added: &[String],
) -> Result<Option<Record>, Error> {
    if added.is_empty() {
        return Ok(None);
    }
    let added = scope_names::find(context.settings()?.provider.value, added)?;
    let Some(record) = granted(session_store) else {
        return Ok(None);
    };
    let is_usable = session_store.ensure_not_expired(&record).is_ok();
    if !is_usable || lacking(&record.scopes, &added).next().is_some() {
        return Ok(None);
    }
    let names: Vec<_> = added.iter().map(|scope| scope.short()).collect();
    context.output.note(context.with_flags(&format!(
        "the session already has {}: nothing to ask for; `eprospera login` signs in again",
        names.join(" ")
    )));
    Ok(Some(record))
}

/// The stored session, where it is known what it was granted. What prevents one is said by
/// the login itself.
fn granted(session_store: &SessionStore) -> Option<Record> {
    match session_store.inspect() {
        Ok(StoredSession::Readable(record)) if session_store.is_ours(&record) => {
            Some(*record).filter(|record| !record.scopes.is_empty())
        }
        _ => None,
    }
}

/// What a session was granted. Some providers do not list `offline_access` in their answer, and it is
/// asked for again: else the new session would end with its access token.
fn as_granted(record: &Record, usual: &str) -> String {
    const OFFLINE: &str = "offline_access";
    let is_in = |scopes: &str| scopes.split_whitespace().any(|scope| scope == OFFLINE);
    if record.refresh.is_some() && is_in(usual) && !is_in(&record.scopes) {
        return format!("{} {OFFLINE}", record.scopes);
    }
    record.scopes.clone()
}

/// The names of those that are not among some scopes.
fn lacking<'a>(scopes: &'a str, wanted: &'a [&'static Scope]) -> impl Iterator<Item = &'a str> {
    let is_there = move |name: &&str| scopes.split_whitespace().any(|scope| scope == *name);
    let names = wanted.iter().map(|scope| scope.name);
    names.filter(move |name| !is_there(name))
}

/// Every scope, sorted by who knows it.
struct All<'a> {
    /// Documented, and offered as far as the server says.
    asked: Vec<&'a str>,
    /// Documented, and not offered: one of them would make the server refuse the whole login.
    absent: Vec<&'a str>,
    /// Offered, and not documented: what they open is unknown.
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
