//! Who calls a resource route, and with what right (docs/portal.md, Credentials and scopes).
//!
//! OAuth access tokens, and one Agent Key per persona (`ak-sandbox-PERSONA`, docs/portal.md,
//! Sandbox choices). Only the `Authorization` header counts.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::answer;
use super::grants::Holder;
use super::journal::Note;
use super::persona::Persona;
use super::portal::Portal;

const AGENT_KEY: &str = "ak-sandbox-";

/// Why a caller is turned away.
pub(super) enum Refusal {
    /// No bearer credential came.
    Missing,
    /// It is not valid, for the reason given.
    Invalid(&'static str),
    /// It is valid but was not granted this scope.
    Scope(&'static str, Box<Holder>),
    /// An `sk-` key.
    StandardKey,
}

/// The credential of a request.
pub(super) fn credential(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut values = headers.get_all(AUTHORIZATION).into_iter();
    let value = values.next().ok_or(Refusal::Missing)?;
    if values.next().is_some() {
        return Err(Refusal::Invalid("Authorization came twice"));
    }
    let text = value
        .to_str()
        .map_err(|_| Refusal::Invalid("Authorization is not plain ASCII"))?;
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
pub(super) fn access_token(portal: &Portal, headers: &HeaderMap) -> Result<Holder, Refusal> {
    let token = credential(headers)?;
    let now = portal.clock.now();
    let holder = portal.state().grants.holder(token, now);
    holder.map_err(Refusal::Invalid)
}

/// The person behind a personal route: by access token with a scope, or by Agent Key, which has
/// the twin of every personal scope.
pub(super) fn person<'a>(
    portal: &'a Portal,
    headers: &HeaderMap,
    scope: &'static str,
) -> Result<(&'a Persona, Option<Holder>), Refusal> {
    let token = credential(headers)?;
    if token.starts_with("sk-") {
        return Err(Refusal::StandardKey);
    }
    if let Some(id) = token.strip_prefix(AGENT_KEY) {
        let unknown = Refusal::Invalid("no such Agent Key");
        return Ok((portal.persona(id).ok_or(unknown)?, None));
    }
    let holder = access_token(portal, headers)?;
    if !holder.scopes.iter().any(|granted| granted == scope) {
        return Err(Refusal::Scope(scope, Box::new(holder)));
    }
    let persona = portal
        .persona(&holder.persona)
        .ok_or(Refusal::Invalid("the persona of the token is unknown"))?;
    Ok((persona, Some(holder)))
}

/// The person behind an entity route, and the grant that names the shared entities: by access
/// token with a scope, never by a key.
pub(super) fn representative<'a>(
    portal: &'a Portal,
    headers: &HeaderMap,
    scope: &'static str,
) -> Result<(&'a Persona, Holder), Refusal> {
    let token = credential(headers)?;
    if token.starts_with("ak-") {
        return Err(Refusal::Invalid("Agent Keys open no entity route"));
    }
    let (persona, holder) = person(portal, headers, scope)?;
    Ok((persona, holder.ok_or(Refusal::Missing)?))
}

/// A refusal as the resource routes word it. No challenge goes with it (docs/portal.md, Sandbox
/// choices).
pub(super) fn refused(portal: &Portal, refusal: Refusal) -> Response {
    match refusal {
        Refusal::Missing => {
            let response = answer::error(StatusCode::UNAUTHORIZED, "missing_token");
            Note::new("missing_token: no bearer credential came").on(response)
        }
        Refusal::Invalid(why) => {
            let response = answer::error(StatusCode::UNAUTHORIZED, "invalid_token");
            Note::new(format!("invalid_token: {why}")).on(response)
        }
        Refusal::Scope(scope, holder) => {
            let status = StatusCode::from_u16(portal.options.missing_scope_status)
                .unwrap_or(StatusCode::FORBIDDEN);
            let text = format!("missing_scopes: {scope}");
            Note::new(text.clone())
                .client(&holder.client_id)
                .persona(&holder.persona)
                .on(answer::error(status, &text))
        }
        Refusal::StandardKey => {
            let text = "Standard API keys are not supported on this endpoint";
            Note::new("a standard API key was refused")
                .on(answer::error(StatusCode::FORBIDDEN, text))
        }
    }
}
