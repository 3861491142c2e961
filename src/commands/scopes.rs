//! `scopes`: what each scope opens, and whether the session has it.

use serde_json::{Value, json};

use crate::context::Context;
use crate::error::Error;
use crate::output::{Json, Page, line};
use crate::provider::Provider;
use crate::session::Record;

/// Prints the whole table before it fails for want of a store.
pub(super) fn run(context: &Context) -> Result<(), Error> {
    let provider = context.settings()?.provider.value;
    let (granted, failure) = match granted(context) {
        Ok(granted) => (granted, None),
        Err(error) => (None, Some(error)),
    };
    let rows = rows(provider, granted.as_deref());
    let json: Vec<_> = rows.iter().map(ScopeRow::json).collect();
    context
        .output
        .answer(Json::Value(&json!(json)), &|page: &mut Page| {
            page.table(
                ["scope", "opens", "granted"],
                rows.iter().map(|row| {
                    [
                        row.short.clone(),
                        row.opens.to_owned(),
                        row.word().to_owned(),
                    ]
                }),
            );
            page.gap();
            let missing = rows.iter().find(|row| row.granted != Some(true));
            if let Some(row) = missing {
                let command = format!("`eprospera login --add-scope {}`", row.short);
                page.say(format!("Add one with {}.", context.with_flags(&command)));
            }
        })?;
    failure.map_or(Ok(()), Err)
}

/// The scopes of the session; `None` without one, or if it is not known what it was granted.
fn granted(context: &Context) -> Result<Option<String>, Error> {
    // What a given credential opens is not known here.
    if context.given_token()?.is_some() || context.settings()?.client_id.is_none() {
        return Ok(None);
    }
    // A user without a home has no session.
    if context.folders().state_if_any()?.is_none() {
        return Ok(None);
    }
    let session_store = context.session_store_in(context.store()?, context.identity()?)?;
    let record = session_store
        .load()?
        .filter(|record| session_store.is_ours(record));
    let scopes = record.map(|record: Record| record.scopes);
    Ok(scopes.filter(|scopes| !scopes.is_empty()))
}

struct ScopeRow {
    name: String,
    short: String,
    opens: &'static str,
    is_default: bool,
    granted: Option<bool>,
}

impl ScopeRow {
    fn json(&self) -> Value {
        json!({ "scope": self.name, "short": self.short, "opens": self.opens,
            "default": self.is_default, "granted": self.granted })
    }

    fn word(&self) -> &'static str {
        match self.granted {
            Some(true) => "yes",
            Some(false) => "no",
            None => "—",
        }
    }
}

/// The scopes of the provider, and others that the session was granted.
fn rows(provider: &Provider, granted: Option<&str>) -> Vec<ScopeRow> {
    let is_among = |scopes: &str, name: &str| scopes.split_whitespace().any(|scope| scope == name);
    let known = provider.scopes.iter().map(|scope| ScopeRow {
        name: scope.name.to_owned(),
        short: scope.short().to_owned(),
        opens: scope.opens,
        is_default: is_among(provider.default_scopes, scope.name),
        granted: granted.map(|granted| is_among(granted, scope.name)),
    });
    let is_known = |name: &&str| provider.scopes.iter().any(|scope| scope.name == *name);
    let others = granted.unwrap_or_default().split_whitespace();
    let others = others.filter(|name| !is_known(name)).map(|name| ScopeRow {
        name: name.to_owned(),
        short: line(name),
        opens: "not known to this program",
        is_default: false,
        granted: Some(true),
    });
    known.chain(others).collect()
}
