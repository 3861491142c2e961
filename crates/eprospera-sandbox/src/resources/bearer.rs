//! Who calls a resource route, and with what right (docs/portal.md, Credentials and scopes).
//!
//! OAuth access tokens, and the Agent Keys of [`agent_key`](super::agent_key) where a route takes
//! them. Only the `Authorization` header counts.

use std::collections::HashSet;

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::http::request_log::Note;
use crate::http::responses;
use crate::model::grants::Holder;
use crate::people::persona::{Entity, Persona};
use crate::portal::Portal;
use crate::resources::agent_key::{self, AgentKey};

/// Why a caller is turned away.
pub(crate) enum Refusal {
    /// No bearer credential came.
    Missing,
    /// It is not valid, for the reason given.
    Invalid(String),
    /// It is a valid access token, but was granted none of these scopes.
    Scopes(&'static [&'static str], Box<Holder>),
    /// An `sk-` key.
    StandardKey,
    /// A key that this route does not take, or that may not do this.
    Insufficient(&'static str),
}

/// The credential of a request.
pub(crate) fn credential(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut values = headers.get_all(AUTHORIZATION).into_iter();
    let value = values.next().ok_or(Refusal::Missing)?;
    if values.next().is_some() {
        return Err(Refusal::Invalid("Authorization came twice".to_owned()));
    }
    let text = value
        .to_str()
        .map_err(|_| Refusal::Invalid("Authorization is not plain ASCII".to_owned()))?;
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
            let token = token.trim();
            Some(token).filter(|token| !token.is_empty())
        }
        _ => None,
    }
    .ok_or(Refusal::Missing)
}

/// The holder of an access token.
pub(crate) fn access_token(portal: &Portal, headers: &HeaderMap) -> Result<Holder, Refusal> {
    let token = credential(headers)?;
    let now = portal.clock.now();
    let holder = portal.state().grants.holder(token, now);
    holder.map_err(Refusal::Invalid)
}

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
    if let Some(key) = key(portal, credential(headers)?)? {
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
    if key(portal, credential(headers)?)?.is_some() {
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
    let holder = access_token(portal, headers)?;
    let granted = |scope: &&str| holder.scopes.iter().any(|granted| granted == scope);
    if !scopes.iter().any(granted) {
        return Err(Refusal::Scopes(scopes, Box::new(holder)));
    }
    let persona = portal
        .persona(&holder.persona)
        .ok_or_else(|| Refusal::Invalid("the persona of the token is unknown".to_owned()))?;
    Ok((persona, holder))
}

/// A refusal as the resource routes word it. No challenge goes with it (docs/portal.md, Sandbox
/// choices).
pub(crate) fn refused(portal: &Portal, refusal: Refusal) -> Response {
    match refusal {
        Refusal::Missing => {
            let response = responses::error(StatusCode::UNAUTHORIZED, "missing_token");
            Note::new("missing_token: no bearer credential came").on(response)
        }
        Refusal::Invalid(why) => {
            let response = responses::error(StatusCode::UNAUTHORIZED, "invalid_token");
            Note::new(format!("invalid_token: {why}")).on(response)
        }
        Refusal::Scopes(scopes, holder) => {
            let status = StatusCode::from_u16(portal.options.missing_scope_status)
                .unwrap_or(StatusCode::FORBIDDEN);
            let text = format!("missing_scopes: {}", scopes.join(", "));
            Note::new(text.clone())
                .client(&holder.client_id)
                .persona(&holder.persona)
                .on(responses::error(status, &text))
        }
        Refusal::StandardKey => {
            let text = "Standard API keys are not supported on this endpoint";
            Note::new("a standard API key was refused")
                .on(responses::error(StatusCode::FORBIDDEN, text))
        }
        Refusal::Insufficient(why) => {
            let response = responses::error(StatusCode::FORBIDDEN, "Insufficient permissions");
            Note::new(format!("Insufficient permissions: {why}")).on(response)
        }
    }
}
