//! What a client asks of authorize, and every reason to refuse it before a person is involved.
//!
//! Pure: parameters and registrations in, an [`Authorization`] or a [`Refusal`] out. The order is
//! that of the table in docs/portal.md, Authorize; places it leaves open are in docs/portal.md,
//! Sandbox choices. RFC 6749 §4.1.1, RFC 7636 §4.3, `OpenID` Connect Core §3.1.2.1.

use super::client::{Client, GrantType};
use super::parameters::Parameters;
use super::scope;

/// How the answer travels back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

/// What `prompt` asks for; other values are ignored (docs/portal.md, Sandbox choices).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Prompt {
    pub(super) none: bool,
    pub(super) login: bool,
    /// `none` beside another value, which `OpenID` Connect Core §3.1.2.1 forbids.
    pub(super) contradicts: bool,
}

/// A request that may go on.
#[derive(Clone, Debug)]
pub(super) struct Authorization {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) scopes: Vec<String>,
    pub(super) state: String,
    pub(super) nonce: Option<String>,
    pub(super) mode: ResponseMode,
    pub(super) challenge: Option<String>,
    pub(super) prompt: Prompt,
    /// Seconds since the last sign-in that are still fine.
    pub(super) max_age: Option<i64>,
    pub(super) login_hint: Option<String>,
}

/// A JSON error at authorize.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) error: &'static str,
    pub(super) description: Option<String>,
    /// For the journal.
    pub(super) why: String,
    /// The client, once it is known.
    pub(super) client_id: Option<String>,
}

impl Refusal {
    fn new(error: &'static str, description: Option<&str>, why: impl Into<String>) -> Self {
        Self {
            error,
            description: description.map(str::to_owned),
            why: why.into(),
            client_id: None,
        }
    }

    /// `invalid_request` whose description is the reason.
    fn invalid(description: &str) -> Self {
        Self::new("invalid_request", Some(description), description)
    }
}

impl Authorization {
    /// Checks a query against the registered clients.
    pub(super) fn check<'a>(
        query: &Parameters,
        client: impl FnOnce(&str) -> Option<&'a Client>,
    ) -> Result<Self, Refusal> {
        if let Some(name) = query.repeated() {
            return Err(Refusal::invalid(&format!("parameter {name} is repeated")));
        }
        let [client_id, redirect_uri, response_type, scope, state] = required(query)?;
        if response_type != "code" {
            return Err(Refusal::new(
                "unsupported_response_type",
                None,
                "response_type is not code",
            ));
        }
        let mode = response_mode(query.get("response_mode"))?;
        let scopes = scope::parse(scope);
        if scopes.is_empty() {
            return Err(missing("scope"));
        }
        let nonce = query.get("nonce");
        if nonce.is_none() && scopes.iter().any(|scope| scope == "openid") {
            return Err(Refusal::invalid(
                "nonce is required when requesting openid scope",
            ));
        }
        let challenge = challenge(query)?;
        let client = registered(client(client_id), redirect_uri)?;
        let checked = Self {
            client_id: client_id.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            scopes,
            state: state.to_owned(),
            nonce: nonce.map(str::to_owned),
            mode,
            challenge,
            prompt: prompt(query.get("prompt").unwrap_or_default()),
            max_age: max_age(query.get("max_age"))?,
            login_hint: query.get("login_hint").map(str::to_owned),
        };
        checked.permitted(client).map_err(|refusal| Refusal {
            client_id: Some(checked.client_id.clone()),
            ..refusal
        })?;
        Ok(checked)
    }

    fn permitted(&self, client: &Client) -> Result<(), Refusal> {
        if let Some(scope) = self
            .scopes
            .iter()
            .find(|name| !client.scopes.contains(name))
        {
            let known = scope::ALL.iter().any(|known| known.name == scope);
            let why = if known {
                format!("scope {scope} is not allowed for this client")
            } else {
                "a scope is unknown to the portal".to_owned()
            };
            return Err(Refusal::new("invalid_scope", Some(scope), why));
        }
        if client.is_public() && self.challenge.is_none() {
            return Err(Refusal::invalid(
                "code_challenge is required for public clients",
            ));
        }
        Ok(())
    }
}

fn missing(name: &str) -> Refusal {
    let why = format!("parameter {name} is missing");
    Refusal::new("missing_parameters", None, why)
}

fn required(query: &Parameters) -> Result<[&str; 5], Refusal> {
    let need = |name| query.get(name).ok_or_else(|| missing(name));
    Ok([
        need("client_id")?,
        need("redirect_uri")?,
        need("response_type")?,
        need("scope")?,
        need("state")?,
    ])
}

fn response_mode(value: Option<&str>) -> Result<ResponseMode, Refusal> {
    match value {
        None | Some("query") => Ok(ResponseMode::Query),
        Some("fragment") => Ok(ResponseMode::Fragment),
        Some("form_post") => Ok(ResponseMode::FormPost),
        Some(_) => Err(Refusal::invalid(
            "Invalid response_mode. Must be one of: query, fragment, form_post",
        )),
    }
}

/// A challenge without a method counts as S256 (docs/portal.md, Sandbox choices).
fn challenge(query: &Parameters) -> Result<Option<String>, Refusal> {
    let challenge = query.get("code_challenge");
    if let Some(method) = query.get("code_challenge_method") {
        if challenge.is_none() {
            return Err(Refusal::invalid(
                "code_challenge is required when code_challenge_method is provided",
            ));
        }
        if method != "S256" {
            return Err(Refusal::invalid("code_challenge_method must be S256"));
        }
    }
    let Some(challenge) = challenge else {
        return Ok(None);
    };
    // The base64url of 32 bytes (RFC 7636 §4.2).
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if challenge.len() != 43 || !challenge.bytes().all(allowed) {
        return Err(Refusal::invalid("code_challenge is invalid"));
    }
    Ok(Some(challenge.to_owned()))
}

fn registered<'a>(client: Option<&'a Client>, redirect_uri: &str) -> Result<&'a Client, Refusal> {
    let refuse = |why: String| Refusal::new("invalid_client", None, why);
    let client = client.ok_or_else(|| refuse("client_id is not registered".to_owned()))?;
    let known = |why| Refusal {
        client_id: Some(client.id.clone()),
        ..refuse(why)
    };
    if !client.allows(GrantType::AuthorizationCode) {
        return Err(known("the client may not use the code grant".to_owned()));
    }
    if client.redirect_uris.iter().any(|uri| uri == redirect_uri) {
        return Ok(client);
    }
    Err(known(difference(redirect_uri, &client.redirect_uris)))
}

/// Says where a redirect URI leaves the registered one that is most like it.
fn difference(sent: &str, registered: &[String]) -> String {
    let shared = |uri: &&String| {
        let pairs = sent.chars().zip(uri.chars());
        pairs.take_while(|(left, right)| left == right).count()
    };
    let Some(nearest) = registered.iter().max_by_key(shared) else {
        return "the client has no redirect URI registered".to_owned();
    };
    let position = shared(&nearest);
    let rest: String = nearest.chars().skip(position).take(24).collect();
    let expected = if rest.is_empty() {
        "expected its end".to_owned()
    } else {
        format!("expected `{rest}`")
    };
    let found: String = sent.chars().skip(position).take(24).collect();
    let found = if found.is_empty() {
        "found its end".to_owned()
    } else {
        format!("found `{}`", found.escape_debug())
    };
    format!(
        "redirect_uri differs from the registered {nearest} at character {}: {expected}, {found}",
        position + 1
    )
}

fn prompt(value: &str) -> Prompt {
    let mut words = value.split(' ').filter(|word| !word.is_empty());
    let none = words.clone().any(|word| word == "none");
    Prompt {
        none,
        contradicts: none && words.clone().any(|word| word != "none"),
        login: words.any(|word| matches!(word, "login" | "select_account")),
    }
}

fn max_age(value: Option<&str>) -> Result<Option<i64>, Refusal> {
    let Some(text) = value else { return Ok(None) };
    match text.parse::<i64>() {
        Ok(seconds) if seconds >= 0 => Ok(Some(seconds)),
        _ => Err(Refusal::invalid("max_age must be a number of seconds")),
    }
}
