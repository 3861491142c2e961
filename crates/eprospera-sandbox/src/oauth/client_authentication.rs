//! Which client is calling (RFC 6749 §2.3, docs/portal.md, Token).
//!
//! `client_secret_basic`, `client_secret_post`, or the id alone for a public client; never two
//! secrets at once. With Basic the `client_id` may be in the body as well, if it is the same (RFC
//! 6749 §3.2.1; docs/portal.md, Sandbox choices).

use std::fmt;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use crate::crypto::random::Fingerprint;
use crate::http::form::{self, FORM};
use crate::http::rejection::Rejection;
use crate::http::request_log::LogEntry;
use crate::http::responses;
use crate::model::client::Client;
use crate::model::parameters::Parameters;
use crate::portal::Portal;
use crate::reason::Reason;

/// What bodies often are instead.
const OTHER_TYPES: [&str; 3] = ["application/json", "multipart/form-data", "text/plain"];
/// Every field that a form of these endpoints can have.
const FIELDS: [&str; 11] = [
    "client_id",
    "client_secret",
    "code",
    "code_verifier",
    "device_code",
    "grant_type",
    "redirect_uri",
    "refresh_token",
    "scope",
    "token",
    "token_type_hint",
];

/// A client that proved itself, and the form that it sent.
pub(crate) struct AuthenticatedClient {
    pub(crate) client: Client,
    pub(crate) form: Parameters,
}

impl FromRequest<Arc<Portal>> for AuthenticatedClient {
    type Rejection = Rejection;

    async fn from_request(request: Request, portal: &Arc<Portal>) -> Result<Self, Rejection> {
        let headers = request.headers().clone();
        let query = Parameters::parse(request.uri().query().unwrap_or_default().as_bytes());
        let body = Bytes::from_request(request, portal).await?;
        let form = form(&headers, &body)?;
        let elsewhere = elsewhere(&query, &body, &form);
        let client = client(portal, &headers, &form, elsewhere.as_ref())?.clone();
        if let Some(reason) = elsewhere {
            let refusal = ClientAuthError {
                client_id: Some(client.id),
                ..ClientAuthError::invalid_request(reason)
            };
            return Err(refusal.into());
        }
        Ok(Self { client, form })
    }
}

impl AuthenticatedClient {
    /// A field that the form must have.
    pub(crate) fn need(&self, name: &str) -> Result<&str, Rejection> {
        self.form.get(name).ok_or_else(|| {
            let refusal = ClientAuthError {
                client_id: Some(self.client.id.clone()),
                ..ClientAuthError::invalid_request(missing(name))
            };
            refusal.into()
        })
    }
}

/// Why a form without one of its fields is refused.
pub(crate) fn missing(name: &str) -> Reason {
    let instead = match name {
        "grant_type" => {
            "add `grant_type=authorization_code`, `grant_type=refresh_token` or \
             `grant_type=urn:ietf:params:oauth:grant-type:device_code` to the form"
        }
        "code" => "add `code`, the parameter of the redirect to your redirect URI",
        "redirect_uri" => "add `redirect_uri`, the same as at authorize",
        "refresh_token" => "add `refresh_token`, that of the last token response",
        "device_code" => {
            "add `device_code`, that of the answer to `POST /api/oauth/device_authorization`"
        }
        _ => "add `token`, with the access token or refresh token to revoke or look up",
    };
    Reason::new(
        format!("{name} is missing"),
        format!("{instead}; an empty value counts as missing"),
    )
}

/// Why a caller is not let in.
pub(crate) struct ClientAuthError {
    status: StatusCode,
    error: &'static str,
    reason: Reason,
    /// RFC 6749 §5.2: a challenge when the client used the header.
    challenge: bool,
    client_id: Option<String>,
}

impl ClientAuthError {
    fn invalid_request(reason: Reason) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            error: "invalid_request",
            reason,
            challenge: false,
            client_id: None,
        }
    }

    fn invalid_client(reason: Reason, challenge: bool) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            error: "invalid_client",
            reason,
            challenge,
            client_id: None,
        }
    }

    /// A public client where only those with a secret are served.
    pub(crate) fn public(client: &Client) -> Self {
        let reason = Reason::new(
            "a public client cannot prove who it is",
            "use a client that has a secret, such as `sandbox-web`; a public client cannot introspect",
        );
        Self {
            client_id: Some(client.id.clone()),
            ..Self::invalid_client(reason, false)
        }
    }

    fn answer(self) -> Response {
        let mut response = match self.status {
            StatusCode::BAD_REQUEST => {
                responses::described(self.status, self.error, &self.reason.why)
            }
            _ => responses::error(self.status, self.error),
        };
        if self.challenge {
            let value = HeaderValue::from_static("Basic realm=\"eprospera-sandbox\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, value);
        }
        let mut entry = LogEntry::refused(self.error, self.reason);
        entry.client_id = self.client_id;
        entry.on(responses::uncached(response))
    }
}

impl From<ClientAuthError> for Rejection {
    fn from(refusal: ClientAuthError) -> Self {
        refusal.answer().into()
    }
}

/// The form of a request that must be one, without repetitions.
fn form(headers: &HeaderMap, body: &[u8]) -> Result<Parameters, ClientAuthError> {
    let essence = form::media_type(headers);
    if essence != FORM {
        let came = OTHER_TYPES.iter().find(|kind| **kind == essence);
        let came = came.map_or(String::new(), |kind| format!(", not {kind}"));
        return Err(ClientAuthError::invalid_request(Reason::new(
            format!("the body must be {FORM}{came}"),
            format!("send `Content-Type: {FORM}`, and a body such as `grant_type=…&client_id=…`"),
        )));
    }
    let form = Parameters::parse(body);
    match form.repeated() {
        None => Ok(form),
        // Any other name may be a value that lost its `=`.
        Some(name) if FIELDS.contains(&name) => {
            let why = format!("parameter {name} is repeated");
            Err(ClientAuthError::invalid_request(Reason::new(
                why,
                format!("send {name} once; several scopes go into one value, separated by spaces"),
            )))
        }
        Some(_) => Err(ClientAuthError::invalid_request(Reason::new(
            "a parameter is repeated",
            "send each parameter once, as `name=value`",
        ))),
    }
}

/// What is wrong where a form says nothing of its own: its fields came in another way.
fn elsewhere(query: &Parameters, body: &[u8], form: &Parameters) -> Option<Reason> {
    let is_credential = |name: &&str| matches!(*name, "client_id" | "client_secret");
    let mut fields = FIELDS.iter().filter(|name| !is_credential(name));
    if fields.any(|name| form.get(name).is_some()) {
        return None;
    }
    if form::is_json(body) {
        return Some(Reason::new(
            format!("the body is JSON, although its Content-Type says {FORM}"),
            "send a form, such as `grant_type=…&client_id=…`; with curl, write `-d grant_type=… -d \
             client_id=…`",
        ));
    }
    let mut fields = FIELDS.iter();
    fields.any(|name| query.get(name).is_some()).then(|| {
        Reason::new(
            "the parameters are in the query, where logs and histories keep them",
            format!("move them to the body, as `Content-Type: {FORM}`, and leave the query empty"),
        )
    })
}

fn client<'a>(
    portal: &'a Portal,
    headers: &HeaderMap,
    form: &Parameters,
    elsewhere: Option<&Reason>,
) -> Result<&'a Client, ClientAuthError> {
    if headers.contains_key(AUTHORIZATION) {
        return by_header(portal, headers, form);
    }
    let Some(id) = form.get("client_id") else {
        let missing = || {
            Reason::new(
                "no client identified itself: there is neither an Authorization header nor a client_id",
                "add `client_id` to the form, and `client_secret` if the client has one; or send \
                 `Authorization: Basic BASE64(client_id:client_secret)`",
            )
        };
        let reason = elsewhere.cloned().unwrap_or_else(missing);
        return Err(ClientAuthError::invalid_client(reason, false));
    };
    let client = portal
        .registered(id)
        .map_err(|reason| ClientAuthError::invalid_client(reason, false))?;
    verify(client, form.get("client_secret"), &Method::Post)
}

fn by_header<'a>(
    portal: &'a Portal,
    headers: &HeaderMap,
    form: &Parameters,
) -> Result<&'a Client, ClientAuthError> {
    if form.get("client_secret").is_some() {
        return Err(ClientAuthError::invalid_request(Reason::new(
            "two client authentication methods: with Basic, client_secret must not be in the body",
            "keep one of the two: leave `client_secret` out of the form, or leave out the Authorization \
             header",
        )));
    }
    let credentials = basic(headers).map_err(|why| {
        let instead = "send `Authorization: Basic BASE64(client_id:client_secret)`, both form-encoded \
                       before base64; a public client sends only `client_id`, in the form";
        ClientAuthError::invalid_client(Reason::new(why, instead), true)
    })?;
    let id = form_decoded(&credentials.0);
    if form.get("client_id").is_some_and(|in_body| in_body != id) {
        return Err(ClientAuthError::invalid_request(Reason::new(
            "client_id in the body is not the client of the Authorization header; leave it out, or \
             send the same",
            "leave `client_id` out of the form, or send that of the Authorization header",
        )));
    }
    let client = portal
        .registered(&id)
        .map_err(|reason| ClientAuthError::invalid_client(reason, true))?;
    let secret = form_decoded(&credentials.1);
    let presented = Some(secret.as_str()).filter(|text| !text.is_empty());
    verify(
        client,
        presented,
        &Method::Basic {
            raw: &credentials.1,
        },
    )
}

/// Both halves as they came, form-encoded (RFC 6749 §2.3.1), or what is wrong with the header.
fn basic(headers: &HeaderMap) -> Result<(String, String), &'static str> {
    let mut values = headers.get_all(AUTHORIZATION).into_iter();
    let value = values.next().and_then(|value| value.to_str().ok());
    if values.next().is_some() {
        return Err("the Authorization header was sent twice");
    }
    let (scheme, encoded) = value
        .and_then(|value| value.split_once(' '))
        .ok_or("the Authorization header is not a scheme followed by credentials")?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err("the Authorization header must be Basic here");
    }
    let decoded = STANDARD
        .decode(encoded.trim())
        .map_err(|_| "the Basic credentials are not base64")?;
    let decoded = String::from_utf8(decoded).map_err(|_| "the Basic credentials are not UTF-8")?;
    let (id, secret) = decoded
        .split_once(':')
        .ok_or("the Basic credentials have no `:` between client id and secret")?;
    Ok((id.to_owned(), secret.to_owned()))
}

fn form_decoded(text: &str) -> String {
    // `=` and `&` cannot come unencoded in a form-encoded value; kept when they do.
    let guarded = text.replace('=', "%3D").replace('&', "%26");
    form_urlencoded::parse(guarded.as_bytes())
        .map(|(name, _)| name.into_owned())
        .next()
        .unwrap_or_default()
}

fn verify<'a>(
    client: &'a Client,
    presented: Option<&str>,
    method: &Method<'_>,
) -> Result<&'a Client, ClientAuthError> {
    let id = &client.id;
    let with_secret = format!(
        "send `client_id={id}&client_secret=SECRET` in the form, or `Authorization: Basic \
         BASE64({id}:SECRET)`"
    );
    let reason = match (&client.secret, presented) {
        (None, None) => return Ok(client),
        (None, Some(_)) => Reason::new(
            format!(
                "client {id} is public and sends only client_id, but a secret was sent by {method}"
            ),
            format!(
                "send `client_id={id}` in the form, without client_secret and without an Authorization \
                 header (method `none`); or use a client that has a secret"
            ),
        ),
        (Some(_), None) => Reason::new(
            format!(
                "client {id} has a secret, expected by client_secret_basic or client_secret_post, but \
                 none was sent"
            ),
            with_secret,
        ),
        (Some(secret), Some(sent)) if Fingerprint::of(secret) == Fingerprint::of(sent) => {
            return Ok(client);
        }
        (Some(secret), Some(sent)) => {
            let (mistake, instead) = method.mistake(secret, sent);
            Reason::new(
                format!("the secret that client {id} sent by {method} is wrong{mistake}"),
                instead.map_or_else(
                    || format!("{with_secret}, with the secret that {id} is registered with"),
                    str::to_owned,
                ),
            )
        }
    };
    Err(ClientAuthError {
        client_id: Some(client.id.clone()),
        ..ClientAuthError::invalid_client(reason, matches!(method, Method::Basic { .. }))
    })
}

/// How a client may prove itself (`OpenID` Connect Core §9).
enum Method<'a> {
    /// With the secret as it came.
    Basic {
        raw: &'a str,
    },
    Post,
}

impl fmt::Display for Method<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Basic { .. } => "client_secret_basic",
            Self::Post => "client_secret_post",
        })
    }
}

impl Method<'_> {
    /// What probably happened to a secret that is wrong, and what is right.
    fn mistake(&self, secret: &str, sent: &str) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Basic { raw } if *raw == secret => (
                "; it was not form-encoded before base64 (RFC 6749 section 2.3.1)",
                Some(
                    "form-encode client id and secret, each by itself, before you join them with `:`: \
                     `%` is `%25`, `+` is `%2B`, a space is `+`; or send the secret in the form",
                ),
            ),
            _ if sent.trim() == secret => (
                "; it begins or ends with a space or a line break",
                Some("trim the secret after you read it from its file or variable"),
            ),
            _ => ("", None),
        }
    }
}
