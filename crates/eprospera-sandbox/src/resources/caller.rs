//! Who calls a resource route, and with what right (docs/portal.md, Credentials and scopes).
//!
//! OAuth access tokens, and the Agent Keys of [`agent_key`](super::agent_key) where a route takes
//! them.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::http::rejection::Rejection;
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::model::token_owner::TokenOwner;
use crate::oauth::bearer::{self, AccessError};
use crate::people::persona::{Entity, Persona};
use crate::portal::Portal;
use crate::reason::Reason;
use crate::resources::agent_key::{self, AgentKey};
use crate::route::{Access, RouteInfo};

/// Who may read a personal route.
pub(crate) struct Caller {
    pub(crate) persona: Arc<Persona>,
    /// The client of an access token; an Agent Key has none.
    client_id: Option<String>,
}

impl Caller {
    /// A log entry that says who asked.
    pub(crate) fn log_entry(&self, outcome: impl Into<String>) -> LogEntry {
        let mut entry = LogEntry::new(outcome).persona(&self.persona.id);
        entry.client_id.clone_from(&self.client_id);
        entry
    }
}

/// Who may read an entity or tax route, and the grant that names the shared entities.
pub(crate) struct Representative {
    pub(crate) persona: Arc<Persona>,
    holder: TokenOwner,
    /// The ids of the entities that were shared and are still represented, in lower case. There
    /// may be thousands.
    visible: HashSet<String>,
}

impl Representative {
    /// A log entry that says who asked.
    pub(crate) fn log_entry(&self, outcome: impl Into<String>) -> LogEntry {
        LogEntry::new(outcome)
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
    pub(crate) fn entities(&self) -> impl Iterator<Item = &Entity> {
        let entities = self.persona.legal_entities.iter();
        entities.filter(|entity| self.sees(entity.id()))
    }

    /// One of them.
    pub(crate) fn entity(&self, id: &str) -> Option<&Entity> {
        self.entities()
            .find(|entity| entity.id().eq_ignore_ascii_case(id))
    }

    /// The refusal of a caller who lacks a scope for what was asked.
    pub(crate) fn lacks(self, scopes: &'static [&'static str]) -> AccessError {
        AccessError::Scopes(scopes, Box::new(self.holder))
    }
}

/// Reads what the route asks for in the table of routes.
fn access(parts: &Parts) -> Access {
    let route = parts.extensions.get::<RouteInfo>();
    route.map_or(Access::Open, |route| route.access)
}

fn unfit() -> Rejection {
    responses::internal("the table of routes has no rule for this caller").into()
}

/// By access token with a scope, or by an Agent Key with the twin of that scope.
impl FromRequestParts<Arc<Portal>> for Caller {
    type Rejection = Rejection;

    async fn from_request_parts(
        parts: &mut Parts,
        portal: &Arc<Portal>,
    ) -> Result<Self, Rejection> {
        let Access::Person(scope) = access(parts) else {
            return Err(unfit());
        };
        let caller = person(portal, parts, scope);
        caller.map_err(|refusal| bearer::refused(portal, refusal).into())
    }
}

/// By access token with one of the scopes, never by a key.
impl FromRequestParts<Arc<Portal>> for Representative {
    type Rejection = Rejection;

    async fn from_request_parts(
        parts: &mut Parts,
        portal: &Arc<Portal>,
    ) -> Result<Self, Rejection> {
        let Access::Representative(scopes) = access(parts) else {
            return Err(unfit());
        };
        let caller = representative(portal, parts, scopes);
        caller.map_err(|refusal| bearer::refused(portal, refusal).into())
    }
}

fn person(
    portal: &Portal,
    parts: &Parts,
    scope: &'static [&'static str; 1],
) -> Result<Caller, AccessError> {
    let [twin] = scope;
    let credential = bearer::credential_of(&parts.headers, &parts.uri)?;
    if let Some(key) = key(portal, credential)? {
        return if key.may(twin) {
            Ok(Caller {
                persona: key.persona,
                client_id: None,
            })
        } else {
            Err(AccessError::Insufficient(
                "the Agent Key lacks the scope",
                "send `ak-sandbox-PERSONA`, which has every personal scope, or name the scope in the \
                 key: `ak-sandbox-PERSONA+details`",
            ))
        };
    }
    let (persona, holder) = by_access_token(portal, credential, scope)?;
    Ok(Caller {
        persona,
        client_id: Some(holder.client_id.to_string()),
    })
}

fn representative(
    portal: &Portal,
    parts: &Parts,
    scopes: &'static [&'static str],
) -> Result<Representative, AccessError> {
    let credential = bearer::credential_of(&parts.headers, &parts.uri)?;
    if key(portal, credential)?.is_some() {
        let why = "Agent Keys are not accepted on entity and tax routes";
        let instead = "send an access token as `Authorization: Bearer ACCESS_TOKEN`";
        return Err(AccessError::Insufficient(why, instead));
    }
    let (persona, holder) = by_access_token(portal, credential, scopes)?;
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
fn key(portal: &Portal, credential: &str) -> Result<Option<AgentKey>, AccessError> {
    if credential.starts_with("sk-") {
        return Err(AccessError::StandardKey);
    }
    if credential.starts_with("pk-") {
        return Err(AccessError::Insufficient(
            "partner keys are not accepted here",
            "send an access token as `Authorization: Bearer ACCESS_TOKEN`",
        ));
    }
    if !credential.starts_with("ak-") {
        return Ok(None);
    }
    agent_key::find(portal, credential)
        .map(Some)
        .ok_or_else(|| {
            AccessError::Invalid(Reason::new(
                "the Agent Key is unknown",
                "send `ak-sandbox-PERSONA`, such as `ak-sandbox-resident`, or with some of `+details`, \
                 `+residency`, `+id_verification` and `+documents` behind it",
            ))
        })
}

fn by_access_token(
    portal: &Portal,
    token: &str,
    scopes: &'static [&'static str],
) -> Result<(Arc<Persona>, TokenOwner), AccessError> {
    let holder = bearer::owner(portal, token)?;
    let granted = |scope: &&str| holder.scopes.iter().any(|granted| granted == scope);
    if !scopes.iter().any(granted) {
        return Err(AccessError::Scopes(scopes, Box::new(holder)));
    }
    let persona = portal.persona(&holder.persona).ok_or_else(|| {
        AccessError::Invalid(Reason::new(
            "the persona of the token is unknown",
            "sign in again, as someone who is still there",
        ))
    })?;
    Ok((Arc::clone(persona), holder))
}
