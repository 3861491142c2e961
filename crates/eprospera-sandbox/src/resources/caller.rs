//! Who calls a resource route, and with what right (docs/portal.md, Credentials and scopes).
//!
//! OAuth access tokens, and the Agent Keys of [`agent_key`](super::agent_key) where a route takes
//! them.

use std::collections::HashSet;

use axum::http::HeaderMap;

use crate::http::request_log::Note;
use crate::model::grants::Holder;
use crate::oauth::bearer::{self, Refusal};
use crate::people::persona::{Entity, Persona};
use crate::portal::Portal;
use crate::resources::agent_key::{self, AgentKey};

/// Who may read a personal route.
pub(crate) struct Caller<'a> {
    pub(crate) persona: &'a Persona,
    /// The client of an access token; an Agent Key has none.
    client_id: Option<String>,
}

impl Caller<'_> {
    /// A note that says who asked.
    pub(crate) fn note(&self, outcome: impl Into<String>) -> Note {
        let mut note = Note::new(outcome).persona(&self.persona.id);
        note.client_id.clone_from(&self.client_id);
        note
    }
}

/// Who may read an entity or tax route, and the grant that names the shared entities.
pub(crate) struct Representative<'a> {
    pub(crate) persona: &'a Persona,
    holder: Holder,
    /// The ids of the entities that were shared and are still represented, in lower case. There
    /// may be thousands.
    visible: HashSet<String>,
}

impl<'a> Representative<'a> {
    /// A note that says who asked.
    pub(crate) fn note(&self, outcome: impl Into<String>) -> Note {
        Note::new(outcome)
            .client(&self.holder.client_id)
            .persona(&self.persona.id)
    }

    /// Whether the access token was granted a scope.
    pub(crate) fn may(&self, scope: &str) -> bool {
        self.holder.scopes.iter().any(|granted| granted == scope)
    }

    /// Whether an entity was shared at consent and is still represented.
    pub(crate) fn sees(&self, id: &str) -> bool {
        self.visible.contains(&id.to_ascii_lowercase())
    }

    /// Those entities.
    pub(crate) fn entities(&self) -> impl Iterator<Item = &'a Entity> {
        let entities = self.persona.legal_entities.iter();
        entities.filter(|entity| self.sees(entity.id()))
    }

    /// One of them.
    pub(crate) fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.entities()
            .find(|entity| entity.id().eq_ignore_ascii_case(id))
    }

    /// The refusal of a caller who lacks a scope for what was asked.
    pub(crate) fn lacks(self, scopes: &'static [&'static str]) -> Refusal {
        Refusal::Scopes(scopes, Box::new(self.holder))
    }
}

/// The person behind a personal route: by access token with a scope, or by an Agent Key with the
/// twin of that scope.
pub(crate) fn person<'a>(
    portal: &'a Portal,
    headers: &HeaderMap,
    scope: &'static [&'static str; 1],
) -> Result<Caller<'a>, Refusal> {
    let [twin] = scope;
    if let Some(key) = key(portal, bearer::credential(headers)?)? {
        return if key.may(twin) {
            Ok(Caller {
                persona: key.persona,
                client_id: None,
            })
        } else {
            Err(Refusal::Insufficient("the Agent Key lacks the scope"))
        };
    }
    let (persona, holder) = by_access_token(portal, headers, scope)?;
    Ok(Caller {
        persona,
        client_id: Some(holder.client_id),
    })
}

/// The person behind an entity or tax route: by access token with one of the scopes, never by a
/// key.
pub(crate) fn representative<'a>(
    portal: &'a Portal,
    headers: &HeaderMap,
    scopes: &'static [&'static str],
) -> Result<Representative<'a>, Refusal> {
    if key(portal, bearer::credential(headers)?)?.is_some() {
        let why = "Agent Keys open neither entity nor tax routes";
        return Err(Refusal::Insufficient(why));
    }
    let (persona, holder) = by_access_token(portal, headers, scopes)?;
    let shared: HashSet<_> = holder.entities.iter().map(String::as_str).collect();
    let represented = persona.legal_entities.iter().map(Entity::id);
    let visible = represented
        .filter(|id| shared.contains(id))
        .map(str::to_ascii_lowercase)
        .collect();
    Ok(Representative {
        persona,
        holder,
        visible,
    })
}

/// The Agent Key that a credential is, if it is a key at all; other kinds of keys open no route
/// (docs/portal.md, Credentials and scopes).
fn key<'a>(portal: &'a Portal, credential: &str) -> Result<Option<AgentKey<'a>>, Refusal> {
    if credential.starts_with("sk-") {
        return Err(Refusal::StandardKey);
    }
    if credential.starts_with("pk-") {
        return Err(Refusal::Insufficient("partner keys open no route here"));
    }
    if !credential.starts_with("ak-") {
        return Ok(None);
    }
    agent_key::find(portal, credential)
        .map(Some)
        .ok_or_else(|| Refusal::Invalid("no such Agent Key".to_owned()))
}

fn by_access_token<'a>(
    portal: &'a Portal,
    headers: &HeaderMap,
    scopes: &'static [&'static str],
) -> Result<(&'a Persona, Holder), Refusal> {
    let holder = bearer::access_token(portal, headers)?;
    let granted = |scope: &&str| holder.scopes.iter().any(|granted| granted == scope);
    if !scopes.iter().any(granted) {
        return Err(Refusal::Scopes(scopes, Box::new(holder)));
    }
    let persona = portal
        .persona(&holder.persona)
        .ok_or_else(|| Refusal::Invalid("the persona of the token is unknown".to_owned()))?;
    Ok((persona, holder))
}
