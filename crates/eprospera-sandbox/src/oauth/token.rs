//! `POST /api/oauth/token`: the code, refresh and device grants (docs/portal.md, Token).
//!
//! A grant is committed in one short critical section; only then are tokens signed, outside any
//! lock.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value};

use crate::clock::milliseconds;
use crate::difference;
use crate::faults::fault::{Action, Endpoint, TokenDefect};
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::model::client::{Client, GrantType};
use crate::model::grant_error::{GrantError, grant_error};
use crate::model::grants::{Issuance, Rotation};
use crate::model::parameters::Parameters;
use crate::model::redeem::Redemption;
use crate::model::scope;
use crate::oauth::client_authentication::{AuthenticatedClient, missing};
use crate::oauth::device_authorization;
use crate::oauth::token_issuer::{self, IssuedTokens};
use crate::people::wording::similar;
use crate::portal::Portal;
use crate::reason::Reason;

/// Grant types that others know (RFC 6749 §4, RFC 7523, RFC 7522, RFC 8693).
const OTHER_GRANTS: [&str; 6] = [
    "password",
    "client_credentials",
    "implicit",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
];

pub(crate) async fn token(
    State(portal): State<Arc<Portal>>,
    AuthenticatedClient { client, form }: AuthenticatedClient,
) -> Response {
    let grant = match grant_type(&client, &form) {
        Ok(grant) => grant,
        Err(refusal) => return refused(&refusal, &client, None),
    };
    let (mut fault, defect) = take_defect(&portal).unzip();
    if defect == Some(TokenDefect::Echo) {
        return echo(&form, &client, fault);
    }
    let mut issuance = match granted(&portal, &client, grant, &form, rotation(defect.as_ref())) {
        Ok(issuance) => issuance,
        Err(refusal) => return refused(&refusal, &client, Some(grant)),
    };
    if defect == Some(TokenDefect::NarrowScope) {
        issuance.scopes = fewer(&issuance.scopes);
    }
    let Some(persona) = portal.persona(&issuance.consent.persona) else {
        let reason = Reason::new(
            "the person of the grant was taken out of the sandbox",
            "sign in again, as someone who is still there",
        );
        return refused(&grant_error("invalid_grant", reason), &client, Some(grant));
    };
    let Ok(tokens) = token_issuer::issue(&portal, &issuance, persona).await else {
        return responses::uncached(responses::internal("the tokens could not be signed"));
    };
    fault = fault.or(tokens.fault.clone());
    let body = success(&portal, &issuance, tokens, defect);
    let response = responses::uncached(responses::json(StatusCode::OK, &Value::Object(body)));
    LogEntry::new(outcome(grant, &issuance))
        .client(&client.id)
        .grant(grant.as_str())
        .session(Some(issuance.grant))
        .persona(&persona.id)
        .fault(fault)
        .on(response)
}

fn outcome(grant: GrantType, issuance: &Issuance) -> String {
    let what = match grant {
        GrantType::AuthorizationCode => "the code was redeemed",
        GrantType::RefreshToken => "the refresh token was rotated",
        GrantType::DeviceCode => "the device code was redeemed",
    };
    format!("{what} for scope {}", issuance.scopes.join(" "))
}

fn refused(refusal: &GrantError, client: &Client, grant: Option<GrantType>) -> Response {
    let why = &refusal.reason.why;
    let response = responses::described(StatusCode::BAD_REQUEST, refusal.error, why);
    let entry = LogEntry::refused(refusal.error, refusal.reason.clone());
    let mut entry = entry.client(&client.id).session(refusal.session);
    entry.grant_type = grant.map(GrantType::as_str);
    entry.on(responses::uncached(response))
}

fn grant_type(client: &Client, form: &Parameters) -> Result<GrantType, GrantError> {
    let named = form
        .get("grant_type")
        .ok_or_else(|| grant_error("invalid_request", missing("grant_type")))?;
    let grant = GrantType::ALL
        .into_iter()
        .find(|grant| grant.as_str() == named)
        .ok_or_else(|| {
            let sent = difference::quoted_if_known(named, &OTHER_GRANTS);
            let known = GrantType::ALL.map(GrantType::as_str).join(", ");
            let why = format!("grant_type is {sent}; the portal supports {known}");
            let meant = meant(named).map_or(String::new(), |near| {
                format!("did you mean `{}`? ", near.as_str())
            });
            let instead = format!("{meant}send one of these as `grant_type`: {known}");
            grant_error("unsupported_grant_type", Reason::new(why, instead))
        })?;
    if client.allows(grant) {
        Ok(grant)
    } else {
        Err(grant_error("unauthorized_client", client.why_not(grant)))
    }
}

/// The grant type that one is like which differs in capitals, hyphens, a letter or two, or by a name
/// that is too short.
fn meant(sent: &str) -> Option<GrantType> {
    let sent = sent.trim().to_ascii_lowercase().replace('-', "_");
    let last = sent.rsplit(':').next().unwrap_or_default();
    let short = match last {
        "code" | "auth_code" => "authorization_code",
        "refresh" => "refresh_token",
        "device" => "device_code",
        other => other,
    };
    let short_names = GrantType::ALL.map(GrantType::short_name);
    let near = similar(short, short_names.into_iter())?;
    let mut all = GrantType::ALL.into_iter();
    all.find(|grant| grant.short_name() == near)
}

/// An error of a server that logs too much: its description repeats the refresh token.
fn echo(form: &Parameters, client: &Client, fault: Option<String>) -> Response {
    let token = form.get("refresh_token").unwrap_or_default();
    let words = format!("could not process grant_type=refresh_token&refresh_token={token}");
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    let response = responses::uncached(responses::described(status, "server_error", &words));
    LogEntry::new("server_error: the description repeats the refresh token")
        .client(&client.id)
        .fault(fault)
        .on(response)
}

/// The scopes of a session without the last one that opens a resource.
fn fewer(scopes: &[String]) -> Arc<[String]> {
    let is_resource = |scope: &String| scope.starts_with("eprospera:") || *scope == "email";
    let last = scopes.iter().rposition(is_resource);
    let kept = scopes.iter().enumerate();
    let kept = kept.filter(|(index, _)| Some(*index) != last);
    kept.map(|(_, scope)| scope.clone()).collect()
}

fn take_defect(portal: &Portal) -> Option<(String, TokenDefect)> {
    portal.faults.take(Endpoint::Token, |action| match action {
        Action::Token(defect) => Some(defect.clone()),
        _ => None,
    })
}

const fn rotation(defect: Option<&TokenDefect>) -> Rotation {
    match defect {
        Some(TokenDefect::NoRefresh) => Rotation::Withhold,
        Some(TokenDefect::NoRotate) => Rotation::Keep,
        _ => Rotation::Rotate,
    }
}

fn granted(
    portal: &Portal,
    client: &Client,
    grant: GrantType,
    form: &Parameters,
    rotation: Rotation,
) -> Result<Issuance, GrantError> {
    let need = |name: &str| {
        let missing = || grant_error("invalid_request", missing(name));
        form.get(name).ok_or_else(missing)
    };
    let now = portal.clock.now();
    let refresh_expires = now.saturating_add(milliseconds(portal.options.refresh_ttl));
    let times = (now, refresh_expires);
    match grant {
        GrantType::AuthorizationCode => {
            let redemption = Redemption {
                client,
                code: need("code")?,
                redirect_uri: need("redirect_uri")?,
                verifier: form.get("code_verifier"),
            };
            let grants = &mut portal.state().grants;
            grants.sweep_if_many(now);
            grants.redeem(&redemption, times, rotation)
        }
        GrantType::RefreshToken => {
            let presented = need("refresh_token")?;
            let scope = form.get("scope").map(scope::parse);
            let grants = &mut portal.state().grants;
            grants.sweep_if_many(now);
            grants.refresh(client, presented, scope, times, rotation)
        }
        GrantType::DeviceCode => {
            let device_code = need("device_code")?;
            device_authorization::poll(portal, client, device_code, times, rotation)
        }
    }
}

fn success(
    portal: &Portal,
    issuance: &Issuance,
    tokens: IssuedTokens,
    defect: Option<TokenDefect>,
) -> Map<String, Value> {
    let mut body = Map::new();
    let mut set = |name: &str, value: Value| body.insert(name.to_owned(), value);
    set("access_token", tokens.access_token.into());
    set("token_type", "Bearer".into());
    set("expires_in", portal.options.access_ttl.as_secs().into());
    set("scope", issuance.scopes.join(" ").into());
    if let Some(id_token) = tokens.id_token {
        set("id_token", id_token.into());
    }
    if let Some(refresh_token) = &issuance.refresh_token {
        set("refresh_token", refresh_token.as_str().into());
    }
    if let Some(defect) = defect {
        defect.apply(&mut body);
    }
    body
}
