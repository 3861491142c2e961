//! The bearer credential of a request, and why it is refused (docs/portal.md, Credentials and
//! scopes). Only the `Authorization` header counts.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::model::token_owner::TokenOwner;
use crate::portal::Portal;

/// Why a caller is turned away.
pub(crate) enum AccessError {
    /// No bearer credential came.
    Missing,
    /// It is not valid, for the reason given.
    Invalid(String),
    /// It is a valid access token, but was granted none of these scopes.
    Scopes(&'static [&'static str], Box<TokenOwner>),
    /// An `sk-` key.
    StandardKey,
    /// A key that this route does not take, or that may not do this.
    Insufficient(&'static str),
}

pub(crate) fn credential(headers: &HeaderMap) -> Result<&str, AccessError> {
    let mut values = headers.get_all(AUTHORIZATION).into_iter();
    let value = values.next().ok_or(AccessError::Missing)?;
    if values.next().is_some() {
        return Err(AccessError::Invalid(
            "the Authorization header was sent twice".to_owned(),
        ));
    }
    let text = value.to_str().map_err(|_| {
        AccessError::Invalid("the Authorization header is not plain ASCII".to_owned())
    })?;
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
            let token = token.trim();
            Some(token).filter(|token| !token.is_empty())
        }
        _ => None,
    }
    .ok_or(AccessError::Missing)
}

pub(crate) fn access_token(
    portal: &Portal,
    headers: &HeaderMap,
) -> Result<TokenOwner, AccessError> {
    let token = credential(headers)?;
    let now = portal.clock.now();
    let holder = portal.state().grants.holder(token, now);
    holder.map_err(AccessError::Invalid)
}

/// A refusal as the resource routes word it. No challenge goes with it (docs/portal.md, Sandbox
/// choices).
pub(crate) fn refused(portal: &Portal, refusal: AccessError) -> Response {
    match refusal {
        AccessError::Missing => {
            let response = responses::error(StatusCode::UNAUTHORIZED, "missing_token");
            LogEntry::new("missing_token: no bearer credential was sent").on(response)
        }
        AccessError::Invalid(why) => {
            let response = responses::error(StatusCode::UNAUTHORIZED, "invalid_token");
            LogEntry::new(format!("invalid_token: {why}")).on(response)
        }
        AccessError::Scopes(scopes, holder) => {
            let status = StatusCode::from_u16(portal.options.missing_scope_status)
                .unwrap_or(StatusCode::FORBIDDEN);
            let text = format!("missing_scopes: {}", scopes.join(", "));
            LogEntry::new(text.clone())
                .client(&holder.client_id)
                .persona(&holder.persona)
                .on(responses::error(status, &text))
        }
        AccessError::StandardKey => {
            let text = "Standard API keys are not supported on this endpoint";
            LogEntry::new("a standard API key was refused")
                .on(responses::error(StatusCode::FORBIDDEN, text))
        }
        AccessError::Insufficient(why) => {
            let response = responses::error(StatusCode::FORBIDDEN, "Insufficient permissions");
            LogEntry::new(format!("Insufficient permissions: {why}")).on(response)
        }
    }
}
