//! `POST /api/oauth/device_authorization`, and what polling with its code brings
//! (docs/portal.md, Device; RFC 8628 §3.1 to §3.5).

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::clock::milliseconds;
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::model::client::{Client, GrantType};
use crate::model::consent::Consent;
use crate::model::device_codes::{PollError, UserCode};
use crate::model::grant_error::{GrantError, grant_error};
use crate::model::grants::{Issuance, Rotation};
use crate::model::parameters::Parameters;
use crate::model::scope;
use crate::oauth::client_authentication::AuthenticatedClient;
use crate::paths;
use crate::portal::Portal;
use crate::reason::Reason;

pub(crate) async fn device_authorization(
    State(portal): State<Arc<Portal>>,
    AuthenticatedClient { client, form }: AuthenticatedClient,
) -> Response {
    let scopes = match permitted(&client, &form) {
        Ok(scopes) => scopes,
        Err((refusal, description)) => {
            let status = StatusCode::BAD_REQUEST;
            let response = responses::described(status, refusal.error, &description);
            let entry = LogEntry::refused(refusal.error, refusal.reason);
            return entry.client(&client.id).on(responses::uncached(response));
        }
    };
    let now = portal.clock.now();
    let times = (
        now,
        now.saturating_add(milliseconds(portal.options.device_ttl)),
    );
    let interval = milliseconds(portal.options.device_interval);
    let codes = {
        let devices = &mut portal.state().devices;
        devices.issue(&client, scopes, times, interval)
    };
    let response = responses::json(StatusCode::OK, &described(&portal, &codes));
    LogEntry::new("sent a device its codes")
        .client(&client.id)
        .on(responses::uncached(response))
}

fn described(portal: &Portal, (device_code, user_code): &(String, UserCode)) -> serde_json::Value {
    let page = format!("{}{}", portal.issuer, paths::VERIFICATION);
    let user_code = user_code.shown();
    json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={user_code}"),
        "expires_in": portal.options.device_ttl.as_secs(),
        "interval": whole_seconds(portal.options.device_interval),
    })
}

/// Rounded up, so that a client which waits exactly this long is never too early.
fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

/// The scopes asked for, if this client may ask for them in this way; else a refusal, and the
/// description for the client: the offending scope where it is one (docs/portal.md, Errors).
fn permitted(client: &Client, form: &Parameters) -> Result<Vec<String>, (GrantError, String)> {
    let told = |refusal: GrantError| {
        let description = refusal.reason.why.clone();
        (refusal, description)
    };
    if !client.allows(GrantType::DeviceCode) {
        let reason = client.why_not(GrantType::DeviceCode);
        return Err(told(grant_error("unauthorized_client", reason)));
    }
    let scopes = scope::parse(form.get("scope").unwrap_or_default());
    if scopes.is_empty() {
        let instead = "add `scope`, such as `scope=openid offline_access`";
        let reason = Reason::new("scope is missing", instead);
        return Err(told(grant_error("invalid_request", reason)));
    }
    match scopes.iter().find(|name| !client.scopes.contains(name)) {
        None => Ok(scopes),
        Some(scope) => {
            let reason = scope::why_refused(scope, &client.id);
            Err((grant_error("invalid_scope", reason), scope.clone()))
        }
    }
}

/// Redeems a device code at the token endpoint, or says what it still waits for.
pub(crate) fn poll(
    portal: &Portal,
    client: &Client,
    device_code: &str,
    times: (i64, i64),
    rotation: Rotation,
) -> Result<Issuance, GrantError> {
    let (now, _) = times;
    let state = &mut *portal.state();
    state.grants.sweep_if_many(now);
    if let Some(persona) = portal.auto_approved()
        && let Some(device_request) = state.devices.undecided(device_code, now)
    {
        let consent = Consent {
            client_id: device_request.client_id.into(),
            persona: persona.id.as_str().into(),
            scopes: device_request.scopes.into(),
            entities: persona.entity_ids().into(),
            auth_time: now,
        };
        let approved = Some(consent);
        state
            .devices
            .decide(&device_request.user_code, approved, now);
    }
    let family = state.grants.next();
    match state.devices.poll(client, device_code, now, family) {
        Ok(consent) => Ok(state.grants.begin(&consent, None, times, rotation)),
        Err(PollError::Refused(refusal)) => Err(refusal),
        Err(PollError::Reused(family)) => {
            let why = "its device code was used a second time";
            state.grants.revoke_family(family, now, why);
            let reason = Reason::new(
                "the device code was already used; its tokens were revoked",
                "stop polling after the first tokens, and refresh with their refresh_token; the session \
                 has ended, so start again with `POST /api/oauth/device_authorization`",
            );
            Err(grant_error("invalid_grant", reason).of_session(family))
        }
    }
}
