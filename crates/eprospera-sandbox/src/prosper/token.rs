//! `POST /login/oauth/access-token`: a code for an access token, once (docs/portal.md, Prosper).
//!
//! The body is JSON or a form. Clients prove themselves in it and nowhere else.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value};

use crate::crypto::random::Fingerprint;
use crate::faults::fault::{Action, Endpoint};
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::model::parameters::Parameters;
use crate::portal::Portal;
use crate::prosper::completion::lifetime;
use crate::prosper::ledger::{ExchangeError, ProsperTokenOwner};
use crate::prosper::request::{self, SCOPE};
use crate::prosper::service::Prosper;
use crate::reason::Reason;

/// The longest that an access token lives (docs/portal.md, Prosper).
const TOKEN_TTL: Duration = Duration::from_secs(900);

/// What a client brings.
#[derive(Default)]
struct ExchangeRequest {
    client_id: Option<String>,
    client_secret: Option<String>,
    code: Option<String>,
}

pub(crate) async fn token(
    State(prosper): State<Arc<Prosper>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let portal = &prosper.portal;
    let body = read(&headers, &body);
    let client = match request::registered(portal, body.client_id.as_deref().unwrap_or_default()) {
        Ok(client) => client,
        Err(reason) => return refused("Client not found", reason, None),
    };
    let id = Some(client.id.as_str());
    let same = |known: &str, sent: &str| Fingerprint::of(known) == Fingerprint::of(sent);
    match (&client.secret, &body.client_secret) {
        (Some(known), Some(sent)) if same(known, sent) => {}
        (_, sent) => {
            let why = match sent {
                None => "client_secret is missing",
                Some(_) => "client_secret is wrong",
            };
            let instead = format!(
                "send `client_id={}&client_secret=SECRET` in the body, a form or JSON, with the secret it is \
                 registered with: Prosper does not look at an Authorization header",
                client.id
            );
            return refused("Invalid secret", Reason::new(why, instead), id);
        }
    }
    let now = portal.clock.now();
    let left = lifetime(portal.options.access_ttl, TOKEN_TTL);
    let times = (now, now.saturating_add(left));
    let code = body.code.as_deref().unwrap_or_default();
    let exchanged = prosper.ledger().exchange(code, &client.id, times);
    match exchanged {
        Err(ExchangeError { said, why, instead }) => refused(said, Reason::new(why, instead), id),
        Ok((token, holder)) => success(portal, &token, &holder, left / 1000),
    }
}

fn read(headers: &HeaderMap, body: &[u8]) -> ExchangeRequest {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if kind == "application/json" {
        let object: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
        let text = |name: &str| object.get(name)?.as_str().map(str::to_owned);
        return ExchangeRequest {
            client_id: text("client_id"),
            client_secret: text("client_secret"),
            code: text("code"),
        };
    }
    if kind != "application/x-www-form-urlencoded" {
        return ExchangeRequest::default();
    }
    let form = Parameters::parse(body);
    let text = |name: &str| form.get(name).map(str::to_owned);
    ExchangeRequest {
        client_id: text("client_id"),
        client_secret: text("client_secret"),
        code: text("code"),
    }
}

fn refused(text: &str, reason: Reason, client: Option<&str>) -> Response {
    let mut entry = LogEntry::refused(text, reason);
    entry.client_id = client.map(str::to_owned);
    entry.on(responses::uncached(responses::text(
        StatusCode::BAD_REQUEST,
        text,
    )))
}

fn success(portal: &Portal, token: &str, holder: &ProsperTokenOwner, seconds: i64) -> Response {
    let (fault, defect) = portal
        .faults
        .take(Endpoint::ProsperToken, |action| match action {
            Action::Token(defect) => Some(defect.clone()),
            _ => None,
        })
        .unzip();
    let mut body = Map::new();
    body.insert("access_token".to_owned(), token.into());
    body.insert("token_type".to_owned(), "bearer".into());
    body.insert("scope".to_owned(), SCOPE.into());
    body.insert("expires_in".to_owned(), seconds.into());
    if let Some(defect) = defect {
        defect.apply(&mut body);
    }
    LogEntry::new("exchanged Prosper's code")
        .client(&holder.client)
        .persona(&holder.persona)
        .fault(fault)
        .on(responses::uncached(responses::json(
            StatusCode::OK,
            &Value::Object(body),
        )))
}
