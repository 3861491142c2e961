//! The bearer credential of a request, and why it is refused (docs/portal.md, Credentials and
//! scopes). The `Authorization` header counts, and at userinfo the form body (RFC 6750 §2).

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::http::form;
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::model::parameters::Parameters;
use crate::model::token_owner::{self, TokenOwner};
use crate::portal::Portal;
use crate::reason::Reason;

/// Why a caller is turned away.
pub(crate) enum AccessError {
    /// No bearer credential came, or it came where it is not looked for.
    Missing(&'static str),
    /// It came in a way that RFC 6750 forbids.
    Malformed(&'static str),
    /// It is not valid, for the reason given.
    Invalid(Reason),
    /// It is a valid access token, but was granted none of these scopes.
    Scopes(&'static [&'static str], Box<TokenOwner>),
    /// An `sk-` key.
    StandardKey,
    /// A key that this route does not take, or that may not do this; and what would open it.
    Insufficient(&'static str, &'static str),
}

impl AccessError {
    /// Why a caller is turned away, and what would open the route.
    pub(crate) fn reason(&self) -> Reason {
        match self {
            Self::Missing(why) => Reason::new(
                *why,
                "send `Authorization: Bearer ACCESS_TOKEN`, with the access_token of the last token \
                 response",
            ),
            Self::Malformed(why) => Reason::new(
                *why,
                "send the access token once, as `Authorization: Bearer ACCESS_TOKEN`, and nowhere else",
            ),
            Self::Invalid(reason) => reason.clone(),
            Self::Scopes(scopes, _) => {
                let any = scopes.join(" or ");
                Reason::new(
                    format!("the access token was not granted {any}"),
                    format!(
                        "sign in again with {any} in the `scope` of the authorization request; a refresh \
                         cannot add a scope"
                    ),
                )
            }
            Self::StandardKey => Reason::new(
                "standard API keys open no route here",
                "send an access token, or an Agent Key such as `ak-sandbox-PERSONA` where the route \
                 takes one",
            ),
            Self::Insufficient(why, instead) => Reason::new(*why, *instead),
        }
    }
}

const NOTHING_SENT: &str = "no bearer credential was sent";
const IN_QUERY: &str = "the access token was sent in the query, where logs and histories keep it; send \
                        it in the Authorization header (RFC 6750 section 2.1)";

pub(crate) fn credential(headers: &HeaderMap) -> Result<&str, AccessError> {
    let mut values = headers.get_all(AUTHORIZATION).into_iter();
    let value = values.next().ok_or(AccessError::Missing(NOTHING_SENT))?;
    if values.next().is_some() {
        return Err(AccessError::Invalid(Reason::new(
            "the Authorization header was sent twice",
            "send one `Authorization: Bearer ACCESS_TOKEN`",
        )));
    }
    let text = value.to_str().map_err(|_| {
        AccessError::Invalid(Reason::new(
            "the Authorization header is not plain ASCII",
            "send the access_token as it came, without quotes or other characters around it",
        ))
    })?;
    let credential = match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => {
            return Err(AccessError::Missing(
                "the Authorization header is not `Bearer TOKEN`",
            ));
        }
    };
    if credential.is_empty() {
        return Err(AccessError::Missing(
            "the Authorization header has no token after `Bearer`",
        ));
    }
    Ok(credential)
}

/// The same, and a reason of its own for a token that came in the query.
pub(crate) fn credential_of<'a>(headers: &'a HeaderMap, uri: &Uri) -> Result<&'a str, AccessError> {
    match credential(headers) {
        Err(AccessError::Missing(_)) if is_in_query(uri) => Err(AccessError::Missing(IN_QUERY)),
        found => found,
    }
}

fn is_in_query(uri: &Uri) -> bool {
    let query = Parameters::parse(uri.query().unwrap_or_default().as_bytes());
    query.get("access_token").is_some()
}

/// The credential of a request that may have it in its form instead (RFC 6750 §2.2), in one place
/// only.
pub(crate) fn credential_or_form(
    headers: &HeaderMap,
    uri: &Uri,
    body: &[u8],
) -> Result<String, AccessError> {
    let is_form = form::is_form(headers);
    let fields = Parameters::parse(if is_form { body } else { b"" });
    let in_body = fields.get("access_token");
    if is_in_query(uri) {
        return Err(AccessError::Malformed(IN_QUERY));
    }
    match (credential(headers), in_body) {
        (Err(AccessError::Missing(_)), Some(_)) if headers.contains_key(AUTHORIZATION) => {
            Err(AccessError::Malformed(
                "the access token was sent in the body, beside an Authorization header",
            ))
        }
        (Err(AccessError::Missing(_)), Some(token)) => match fields.repeated() {
            None => Ok(token.to_owned()),
            Some(_) => Err(AccessError::Malformed(
                "a parameter of the body is repeated",
            )),
        },
        (Err(AccessError::Missing(NOTHING_SENT)), None) if !is_form && !body.is_empty() => {
            Err(AccessError::Missing(
                "no bearer credential was sent: the Authorization header is missing, and the body is \
                 not application/x-www-form-urlencoded",
            ))
        }
        (Ok(_), Some(_)) => Err(AccessError::Malformed(
            "the access token was sent twice, in the Authorization header and in the body; send it \
             once (RFC 6750 section 2)",
        )),
        (Err(AccessError::Missing(NOTHING_SENT)), None) if form::is_json(body) => {
            Err(AccessError::Missing(
                "no bearer credential was sent: the Authorization header is missing, and the body is \
                 JSON, although its Content-Type says form",
            ))
        }
        (found, None) => found.map(str::to_owned),
        (Err(refusal), Some(_)) => Err(refusal),
    }
}

/// Who holds an access token, or why it is refused.
pub(crate) fn owner(portal: &Portal, token: &str) -> Result<TokenOwner, AccessError> {
    let now = portal.clock.now();
    let holder = portal.state().grants.holder(token, now);
    holder.map_err(|why| AccessError::Invalid(why.unwrap_or_else(|| unknown(portal, token, now))))
}

/// Why a token that was not issued here, or is not remembered, is refused: what it says of itself.
fn unknown(portal: &Portal, token: &str, now: i64) -> Reason {
    let kinds = [
        ("rt_", "refresh token"),
        ("c_", "code"),
        ("dc_", "device code"),
    ];
    let access_token = "send the `access_token` of the last token response";
    let gone = || {
        Reason::new(
            "the access token is unknown or was revoked",
            format!(
                "{access_token}; one from before a restart or a reset is unknown, so sign in again"
            ),
        )
    };
    if ["ak-", "sk-", "pk-"]
        .iter()
        .any(|kind| token.starts_with(kind))
    {
        return Reason::new(
            "an API key was sent instead of an access token; Agent Keys are for `/api/v1` only",
            access_token,
        );
    }
    let kind = kinds.iter().find(|(prefix, _)| token.starts_with(prefix));
    if let Some((_, kind)) = kind {
        let why = format!("a {kind} was sent instead of an access token");
        let first = "exchange it at the token endpoint first, and";
        return Reason::new(why, format!("{first} {access_token}"));
    }
    let mut parts = token.split('.').map(|part| {
        let json = URL_SAFE_NO_PAD.decode(part).ok()?;
        serde_json::from_slice::<Value>(&json).ok()
    });
    let (Some(Some(header)), Some(Some(claims))) = (parts.next(), parts.next()) else {
        return gone();
    };
    let issuer = &portal.issuer;
    if claims["iss"].as_str().is_some_and(|iss| iss != issuer) {
        return Reason::new(
            format!("the token was issued by another issuer: its `iss` is not {issuer}"),
            format!(
                "sign in at {issuer} and send that access token; a token of the real portal, or of a \
                 sandbox on another port, is not good here"
            ),
        );
    }
    if header["typ"] != "at+jwt" {
        return Reason::new(
            "an ID token was sent instead of the access token",
            format!("{access_token}, not its `id_token`"),
        );
    }
    let expires = claims["exp"]
        .as_i64()
        .unwrap_or(i64::MAX)
        .saturating_mul(1000);
    if expires <= now {
        return token_owner::expired(expires, now);
    }
    gone()
}

/// A refusal as the resource routes word it. No challenge goes with it (docs/portal.md, Sandbox
/// choices).
pub(crate) fn refused(portal: &Portal, refusal: AccessError) -> Response {
    let reason = refusal.reason();
    match refusal {
        AccessError::Missing(_) => {
            let response = responses::error(StatusCode::UNAUTHORIZED, "missing_token");
            LogEntry::refused("missing_token", reason).on(response)
        }
        AccessError::Malformed(why) => {
            let response = responses::described(StatusCode::BAD_REQUEST, "invalid_request", why);
            LogEntry::refused("invalid_request", reason).on(response)
        }
        AccessError::Invalid(_) => {
            let response = responses::error(StatusCode::UNAUTHORIZED, "invalid_token");
            LogEntry::refused("invalid_token", reason).on(response)
        }
        AccessError::Scopes(scopes, holder) => {
            let status = StatusCode::from_u16(portal.options.missing_scope_status)
                .unwrap_or(StatusCode::FORBIDDEN);
            let text = format!("missing_scopes: {}", scopes.join(", "));
            LogEntry::new(text.clone())
                .refusal("missing_scopes", reason)
                .client(&holder.client_id)
                .persona(&holder.persona)
                .on(responses::error(status, &text))
        }
        AccessError::StandardKey => {
            let text = "Standard API keys are not supported on this endpoint";
            LogEntry::new("a standard API key was refused")
                .refusal(text, reason)
                .on(responses::error(StatusCode::FORBIDDEN, text))
        }
        AccessError::Insufficient(..) => {
            let response = responses::error(StatusCode::FORBIDDEN, "Insufficient permissions");
            LogEntry::refused("Insufficient permissions", reason).on(response)
        }
    }
}
