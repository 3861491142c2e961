//! The token endpoint and its neighbours: exchange, refresh, revoke (RFC 6749 §4.1.3 and §6,
//! RFC 7009). Nothing is retried here. See docs/portal.md, "Token" and "Revoke".

pub(in crate::oauth) mod client_auth;
mod flood;
pub(in crate::oauth) mod introspect;
pub(in crate::oauth) mod successor;
pub(in crate::oauth) mod token_text;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};
use zeroize::{Zeroize as _, Zeroizing};

use crate::clock::{self, Clock, Seconds};
use crate::http::{self, Request, Response};
use crate::secret::Secret;

use super::answer;
use super::authorize::Authorization;
use super::callback::Code;
use super::discovery::Metadata;
use super::error::Error;
use super::json;
use super::quirks::Exchange;
use super::server_text::clean;
use crate::oauth::authorize::pkce::Verifier;
use crate::oauth::token::client_auth::{ClientAuth, ClientCredentials};
use crate::oauth::token::flood::Flood;
use crate::oauth::token::successor::Watcher;
use crate::oauth::token::token_text::{LONGEST_TOKEN, is_mask_of, is_placeholder, is_token};

/// A successful token answer (RFC 6749 §5.1).
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    /// The access token, fit for a header.
    pub access_token: Secret,
    /// How long it is valid after `received_at`; `None` when the server does not say or says
    /// something that cannot be true (docs/portal.md, "Lifetimes").
    pub expires_in: Option<Seconds>,
    /// The granted scopes, when the server names them.
    pub scope: Option<String>,
    /// The ID token, unverified.
    pub id_token: Option<Secret>,
    /// The refresh token; `None` means that an old one stays valid.
    pub refresh_token: Option<Secret>,
    /// When the request left, by this machine's clock: the lifetime cannot have begun earlier.
    pub received_at: Seconds,
    /// The server's clock less this machine's, from the HTTP `Date`; `None` when it has none.
    pub clock_offset: Option<Seconds>,
}

/// The longest token answer that is read: 1 MiB. A token that is too long must not hide the new
/// refresh token behind it.
const TOKEN_RESPONSE_SIZE_LIMIT: usize = 1024 * 1024;
const TOO_LONG: &str = "is longer than 64 KiB";
/// The longest lifetime that is believed: ten years.
const LONGEST_LIFETIME: Seconds = 10 * 366 * 86_400;

/// Exchanges the code of a login, once (RFC 6749 §4.1.3, RFC 7636 §4.5). `keep` gets the refresh
/// token as that of [`refresh`] does: one that comes in an answer which cannot be used lives, too.
///
/// # Errors
/// [`Error::Refused`] and everything else that an exchange can end in. The code is spent.
pub(crate) async fn exchange(
    http: &http::Client,
    metadata: &Metadata,
    client: &ClientCredentials,
    authorization: &Authorization,
    code: &Code,
    keep: impl FnMut(Option<&Secret>),
) -> Result<Tokens, Error> {
    if metadata.quirks.exchange == Exchange::Json {
        let request = exchange_in_json(&metadata.token_endpoint, client, code)?;
        return send(http, metadata, request, None, keep).await;
    }
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code.expose()),
        ("redirect_uri", authorization.redirect_uri().as_str()),
    ];
    let verifier = authorization.verifier().map(Verifier::expose);
    fields.extend(verifier.map(|verifier| ("code_verifier", verifier)));
    ask(http, metadata, client, &fields, keep).await
}

/// Rotates a refresh token (RFC 6749 §6). `scope` may only narrow.
///
/// `keep` gets the new refresh token as soon as it can be read, which may be long before the
/// answer is complete, and whatever is wrong with the answer otherwise: from then on it is the
/// only good one. Should the answer name another one further on, `keep` gets that as well, and
/// `None` if the answer turns out to be an error.
///
/// # Errors
/// [`Error::is_terminal_for_refresh`] and [`Error::outcome_unknown`] say what they mean for the
/// session.
pub(crate) async fn refresh(
    http: &http::Client,
    metadata: &Metadata,
    client: &ClientCredentials,
    refresh_token: &Secret,
    scope: Option<&str>,
    keep: impl FnMut(Option<&Secret>),
) -> Result<Tokens, Error> {
    let mut fields = vec![
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.expose()),
    ];
    fields.extend(scope.map(|scope| ("scope", scope)));
    let request = form(&metadata.token_endpoint, client, &fields)?;
    send(http, metadata, request, Some(refresh_token), keep).await
}

/// Which token a request is about (RFC 7009 §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenHint {
    /// An access token.
    Access,
    /// A refresh token.
    Refresh,
}

impl TokenHint {
    /// Its name on the wire.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Access => "access_token",
            Self::Refresh => "refresh_token",
        }
    }
}

/// Revokes a token. A server answers 200 for a token it does not know (RFC 7009 §2.2).
pub(crate) async fn revoke(
    http: &http::Client,
    endpoint: &Url,
    client: &ClientCredentials,
    token: &Secret,
    hint: TokenHint,
) -> Result<(), Error> {
    let fields = [("token", token.expose()), ("token_type_hint", hint.name())];
    let request = form(endpoint, client, &fields)?.on_own_connection();
    let answer = http.send(request).await?;
    answer::require_success(endpoint, &answer)
}

/// Asks the token endpoint for the first tokens of a grant.
pub(super) async fn ask(
    http: &http::Client,
    metadata: &Metadata,
    client: &ClientCredentials,
    fields: &[(&str, &str)],
    keep: impl FnMut(Option<&Secret>),
) -> Result<Tokens, Error> {
    let request = form(&metadata.token_endpoint, client, fields)?;
    send(http, metadata, request, None, keep).await
}

async fn send(
    http: &http::Client,
    metadata: &Metadata,
    request: Request<'_>,
    sent: Option<&Secret>,
    keep: impl FnMut(Option<&Secret>),
) -> Result<Tokens, Error> {
    let sent_at = Clock::System.now();
    let mut watcher = Watcher::new(sent, keep);
    let mut flood = Flood::default();
    let watch = |status, body: &[u8]| {
        flood.look(body);
        watcher.look(status, body);
    };
    let request = request.limit(TOKEN_RESPONSE_SIZE_LIMIT).one_time();
    let answer = http.send_watched(request, watch).await;
    let mut answer = answer.map_err(|error| match error {
        http::Error::TooLarge { .. } if flood.is_id_token => Error::FlawedToken {
            name: "id_token",
            flaw: TOO_LONG,
        },
        error => error.into(),
    })?;
    watcher.look_at_all(answer.status, &answer.body);
    let mut tokens = match metadata.quirks.refusal(answer.status, &answer.body) {
        Some(refusal) => Err(refusal),
        None => answer::require_json(&metadata.token_endpoint, &answer)
            .and_then(|()| read(&answer, sent_at)),
    };
    if let (Ok(tokens), Some(sent)) = (&mut tokens, sent)
        && tokens
            .refresh_token
            .take_if(|token| is_mask_of(token, sent))
            .is_some()
    {
        tracing::warn!("the response masks the refresh token; keeping the one that was sent");
    }
    answer.body.zeroize();
    tokens
}

/// The exchange of a code as a JSON object.
///
/// # Errors
/// [`Error::NoSecret`]: it is for clients that have one.
fn exchange_in_json<'a>(
    url: &'a Url,
    client: &ClientCredentials,
    code: &Code,
) -> Result<Request<'a>, Error> {
    #[derive(Serialize)]
    struct ExchangeBody<'a> {
        client_id: &'a str,
        client_secret: &'a str,
        code: &'a str,
    }
    let (ClientAuth::Any(secret) | ClientAuth::Basic(secret) | ClientAuth::Post(secret)) =
        &client.auth
    else {
        return Err(Error::NoSecret);
    };
    let body = ExchangeBody {
        client_id: &client.id,
        client_secret: secret.expose(),
        code: code.expose(),
    };
    // One allocation: growing would leave copies of the secret behind. Escapes take six bytes.
    let size = 64 + 6 * (body.client_id.len() + body.client_secret.len() + body.code.len());
    let mut text = Vec::with_capacity(size);
    serde_json::to_writer(&mut text, &body)
        .expect("texts always serialise, and a Vec always takes them");
    Ok(Request::new(http::Method::POST, url).body("application/json", text))
}

/// A form with the client's proof; a field is never sent twice (docs/portal.md, "Token").
pub(super) fn form<'a>(
    url: &'a Url,
    client: &ClientCredentials,
    fields: &[(&str, &str)],
) -> Result<Request<'a>, http::Error> {
    let mut fields = fields.to_vec();
    match &client.auth {
        ClientAuth::None => fields.push(("client_id", &client.id)),
        ClientAuth::Post(secret) => {
            fields.push(("client_id", &client.id));
            fields.push(("client_secret", secret.expose()));
        }
        // RFC 8414 §2: where nothing is said, it is this way.
        ClientAuth::Any(secret) | ClientAuth::Basic(secret) => {
            let value = Zeroizing::new(basic(&client.id, secret));
            return Request::post_form(url, &fields).authorization(&value);
        }
    }
    Ok(Request::post_form(url, &fields))
}

/// RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
fn basic(id: &str, secret: &Secret) -> String {
    let encode =
        |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let pair = Zeroizing::new(format!("{}:{}", encode(id), encode(secret.expose())));
    let credentials = Secret::new(STANDARD.encode(pair.as_bytes()));
    format!("Basic {}", credentials.expose())
}

pub(super) fn read(answer: &Response, sent_at: Seconds) -> Result<Tokens, Error> {
    let Some(mut object) = json::parse_object(&answer.body) else {
        return Err(match json::flaw_of_text(&answer.body, "id_token") {
            Some(flaw) => Error::FlawedToken {
                name: "id_token",
                flaw,
            },
            None => Error::Malformed {
                what: "the token response is not a JSON object, or repeats a key",
            },
        });
    };
    if !object.contains_key("access_token")
        && let Some(refusal) = answer::refusal(answer.status, &answer.body)
    {
        return Err(refusal);
    }
    require_bearer(&object)?;
    let access_token = token(&mut object, "access_token")?.ok_or(Error::Malformed {
        what: "it has no access token",
    })?;
    Ok(Tokens {
        access_token,
        expires_in: object.get("expires_in").and_then(lifetime),
        scope: object
            .get("scope")
            .and_then(Value::as_str)
            .map(clean_scope)
            .filter(|scope| !scope.is_empty()),
        id_token: token_or_empty(&mut object, "id_token")?,
        refresh_token: token_or_empty(&mut object, "refresh_token")?
            .filter(|token| !is_placeholder(token)),
        received_at: sent_at,
        clock_offset: answer
            .date()
            .map(|date| clock::since_epoch(date).saturating_sub(Clock::System.now())),
    })
}

/// RFC 6749 §5.1: the type is compared without regard to case; only bearer is understood.
fn require_bearer(object: &Map<String, Value>) -> Result<(), Error> {
    match object.get("token_type").and_then(Value::as_str) {
        Some(name) if name.eq_ignore_ascii_case("bearer") => Ok(()),
        Some(name) if name.eq_ignore_ascii_case("dpop") => Err(Error::Malformed {
            what: "the token is not a bearer token: it is bound to a key (DPoP), which eprospera \
                   does not support",
        }),
        Some(_) => Err(Error::Malformed {
            what: "its token type is not bearer",
        }),
        None => Err(Error::Malformed {
            what: "it has no token type",
        }),
    }
}

/// Takes a token out of the answer that may be absent. Servers that have none to give also send
/// an empty one.
fn token_or_empty(
    object: &mut Map<String, Value>,
    name: &'static str,
) -> Result<Option<Secret>, Error> {
    if object.get(name).and_then(Value::as_str) == Some("") {
        tracing::debug!(field = name, "an empty token counts as absent");
        object.remove(name);
    }
    token(object, name)
}

/// Takes a token out of the answer. Absent and null are the same; RFC 6749 appendix A.12 allows
/// visible ASCII only.
fn token(object: &mut Map<String, Value>, name: &'static str) -> Result<Option<Secret>, Error> {
    let flawed = |flaw| Err(Error::FlawedToken { name, flaw });
    let token = match object.remove(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => Secret::new(text),
        Some(_) => return flawed("is not a string"),
    };
    if token.is_empty() {
        return flawed("is empty");
    }
    if token.expose().len() > LONGEST_TOKEN {
        return flawed(TOO_LONG);
    }
    if !is_token(&token) {
        return flawed("contains characters that are not allowed in a token");
    }
    Ok(Some(token))
}

/// A lifetime in seconds. One that cannot be true counts as not said.
fn lifetime(value: &Value) -> Option<Seconds> {
    let seconds = json::seconds(value)?;
    (seconds > 0).then_some(seconds.min(LONGEST_LIFETIME))
}

/// RFC 6749 §3.3: scopes are split on spaces; what cannot be a scope is dropped.
fn clean_scope(text: &str) -> String {
    let is_scope = |word: &&str| word.bytes().all(|byte| (0x21..0x7f).contains(&byte));
    let words: Vec<_> = text
        .split_whitespace()
        .filter(is_scope)
        .map(clean)
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests;
