//! Which client is calling (RFC 6749 §2.3, docs/portal.md, Token).
//!
//! `client_secret_basic`, `client_secret_post`, or the id alone for a public client; never two at
//! once: with Basic even a `client_id` in the body is one too many (docs/portal.md, Sandbox
//! choices).

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use super::answer;
use super::client::Client;
use super::journal::Note;
use super::parameters::Parameters;
use super::portal::Portal;
use super::random::Fingerprint;

/// Why a caller is not let in.
pub(super) struct Refusal {
    status: StatusCode,
    error: &'static str,
    why: &'static str,
    /// RFC 6749 §5.2: a challenge when the client used the header.
    challenge: bool,
    client_id: Option<String>,
}

impl Refusal {
    const fn invalid_request(why: &'static str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            error: "invalid_request",
            why,
            challenge: false,
            client_id: None,
        }
    }

    const fn invalid_client(why: &'static str, challenge: bool) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            error: "invalid_client",
            why,
            challenge,
            client_id: None,
        }
    }

    /// A public client where only those with a secret are served.
    pub(super) fn public(client: &Client) -> Self {
        Self {
            client_id: Some(client.id.clone()),
            ..Self::invalid_client("a public client cannot prove who it is", false)
        }
    }

    pub(super) fn answer(self) -> Response {
        let mut response = match self.status {
            StatusCode::BAD_REQUEST => answer::described(self.status, self.error, self.why),
            _ => answer::error(self.status, self.error),
        };
        if self.challenge {
            let value = HeaderValue::from_static("Basic realm=\"eprospera-sandbox\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, value);
        }
        let mut note = Note::new(format!("{}: {}", self.error, self.why));
        note.client_id = self.client_id;
        note.on(answer::uncached(response))
    }
}

/// The form of a request that must be one, without repetitions.
pub(super) fn form(headers: &HeaderMap, body: &[u8]) -> Result<Parameters, Refusal> {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let essence = kind.and_then(|kind| kind.split(';').next()).unwrap_or("");
    if !essence
        .trim()
        .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    {
        return Err(Refusal::invalid_request(
            "the body must be application/x-www-form-urlencoded",
        ));
    }
    let form = Parameters::parse(body);
    if form.repeated().is_some() {
        return Err(Refusal::invalid_request("a parameter is repeated"));
    }
    Ok(form)
}

/// The client that proves itself by a request.
pub(super) fn client<'a>(
    portal: &'a Portal,
    headers: &HeaderMap,
    form: &Parameters,
) -> Result<&'a Client, Refusal> {
    if headers.contains_key(AUTHORIZATION) {
        return by_header(portal, headers, form);
    }
    let Some(id) = form.get("client_id") else {
        return Err(Refusal::invalid_client(
            "no client identified itself",
            false,
        ));
    };
    let Some(client) = portal.client(id) else {
        return Err(Refusal::invalid_client(
            "client_id is not registered",
            false,
        ));
    };
    verify(client, form.get("client_secret"), false)
}

fn by_header<'a>(
    portal: &'a Portal,
    headers: &HeaderMap,
    form: &Parameters,
) -> Result<&'a Client, Refusal> {
    if form.get("client_id").is_some() || form.get("client_secret").is_some() {
        return Err(Refusal::invalid_request(
            "two client authentication methods: with Basic, client_id and client_secret stay \
             out of the body",
        ));
    }
    let malformed = || Refusal::invalid_client("the Basic credentials are malformed", true);
    let (id, secret) = basic(headers).ok_or_else(malformed)?;
    let Some(client) = portal.client(&id) else {
        return Err(Refusal::invalid_client("client_id is not registered", true));
    };
    verify(
        client,
        Some(&secret)
            .filter(|text| !text.is_empty())
            .map(String::as_str),
        true,
    )
}

/// Both halves are form-encoded before base64 (RFC 6749 §2.3.1).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let mut values = headers.get_all(AUTHORIZATION).into_iter();
    let value = values.next()?.to_str().ok()?;
    if values.next().is_some() {
        return None;
    }
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((form_decoded(id), form_decoded(secret)))
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
    challenge: bool,
) -> Result<&'a Client, Refusal> {
    let why = match (&client.secret, presented) {
        (None, None) => return Ok(client),
        (None, Some(_)) => "a public client sent a secret",
        (Some(_), None) => "a confidential client sent no secret",
        (Some(secret), Some(sent)) if Fingerprint::of(secret) == Fingerprint::of(sent) => {
            return Ok(client);
        }
        (Some(_), Some(_)) => "the client secret is wrong",
    };
    Err(Refusal {
        client_id: Some(client.id.clone()),
        ..Refusal::invalid_client(why, challenge)
    })
}
