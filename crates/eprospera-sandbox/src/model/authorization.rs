//! What a client asks of authorize, and every reason to refuse it before a person is involved.
//!
//! Pure: parameters and registrations in, an [`Authorization`] or an [`AuthorizationError`] out. The
//! order is that of the table in docs/portal.md, Authorize; places it leaves open are in
//! docs/portal.md, Sandbox choices. RFC 6749 §4.1.1, RFC 7636 §4.3, `OpenID` Connect Core §3.1.2.1.

use crate::difference;
use crate::model::bounded::HeapBytes;
use crate::model::client::{Client, GrantType};
use crate::model::parameters::{self, Parameters};
use crate::model::pkce;
use crate::model::scope;
use crate::reason::Reason;

/// Response types that others know (`OAuth` 2.0 Multiple Response Type Encoding Practices).
const RESPONSE_TYPES: [&str; 7] = [
    "token",
    "id_token",
    "id_token token",
    "code id_token",
    "code token",
    "code id_token token",
    "none",
];
/// Response modes that others know.
const RESPONSE_MODES: [&str; 6] = [
    "web_message",
    "jwt",
    "query.jwt",
    "fragment.jwt",
    "form_post.jwt",
    "okta_post_message",
];

/// How the answer travels back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

/// What `prompt` asks for; other values are ignored (docs/portal.md, Sandbox choices).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prompt {
    pub(crate) none: bool,
    pub(crate) login: bool,
    /// `none` beside another value, which `OpenID` Connect Core §3.1.2.1 forbids.
    pub(crate) contradicts: bool,
}

/// A request that may go on.
#[derive(Clone, Debug)]
pub(crate) struct Authorization {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) state: String,
    pub(crate) nonce: Option<String>,
    pub(crate) mode: ResponseMode,
    pub(crate) challenge: Option<String>,
    pub(crate) prompt: Prompt,
    /// Seconds since the last sign-in that are still fine.
    pub(crate) max_age: Option<i64>,
    pub(crate) login_hint: Option<String>,
}

/// What is its own; its client and scopes are counted by whoever has it.
impl HeapBytes for Authorization {
    fn heap_bytes(&self) -> usize {
        let optional = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        self.redirect_uri.len()
            + self.state.len()
            + optional(&self.nonce)
            + optional(&self.challenge)
            + optional(&self.login_hint)
    }
}

/// A JSON error at authorize.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuthorizationError {
    pub(crate) error: &'static str,
    pub(crate) description: Option<String>,
    pub(crate) reason: Reason,
    /// The client, once it is known.
    pub(crate) client_id: Option<String>,
}

impl AuthorizationError {
    fn new(error: &'static str, description: Option<&str>, reason: Reason) -> Self {
        Self {
            error,
            description: description.map(str::to_owned),
            reason,
            client_id: None,
        }
    }

    /// `invalid_request` whose description is the reason.
    pub(crate) fn invalid(description: &str, send_instead: impl Into<String>) -> Self {
        let reason = Reason::new(description, send_instead);
        Self::new("invalid_request", Some(description), reason)
    }

    /// The same with more for the log than the portal says.
    fn because(mut self, why: impl Into<String>) -> Self {
        self.reason.why = why.into();
        self
    }
}

impl Authorization {
    /// Checks a query against the registered clients. A refusal names the client wherever it is known.
    pub(crate) fn check<'a>(
        query: &Parameters,
        client: impl Fn(&str) -> Result<&'a Client, Reason>,
    ) -> Result<Self, AuthorizationError> {
        Self::checked(query, &client).map_err(|refusal| {
            let known = query.get("client_id").and_then(|id| client(id).ok());
            AuthorizationError {
                client_id: known.map(|client| client.id.clone()),
                ..refusal
            }
        })
    }

    fn checked<'a>(
        query: &Parameters,
        client: impl Fn(&str) -> Result<&'a Client, Reason>,
    ) -> Result<Self, AuthorizationError> {
        if let Some(name) = query.repeated() {
            return Err(AuthorizationError::invalid(
                &format!("parameter {name} is repeated"),
                "send each parameter once; several scopes go into one value, separated by spaces",
            )
            .because(parameters::why_repeated(name)));
        }
        let [client_id, redirect_uri, response_type, scope, state] = required(query)?;
        if response_type != "code" {
            let sent = difference::quoted_if_known(response_type, &RESPONSE_TYPES);
            let why = format!("response_type is {sent}; the portal supports only `code`");
            let reason = Reason::new(why, "send `response_type=code`");
            return Err(AuthorizationError::new(
                "unsupported_response_type",
                None,
                reason,
            ));
        }
        let mode = response_mode(query.get("response_mode"))?;
        let scopes = scope::parse(scope);
        if scopes.is_empty() {
            return Err(missing("scope"));
        }
        let nonce = query.get("nonce");
        if nonce.is_none() && scopes.iter().any(|scope| scope == "openid") {
            return Err(AuthorizationError::invalid(
                "nonce is required when requesting openid scope",
                "add `nonce=RANDOM` to the authorization request, new for each sign-in and kept with the \
                 state; then compare it with the `nonce` of the ID token. Many libraries have an option \
                 for it",
            )
            .because(
                "nonce is missing; the portal requires one with the scope openid, even in the \
                 code flow",
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
        checked.permitted(client)?;
        Ok(checked)
    }

    fn permitted(&self, client: &Client) -> Result<(), AuthorizationError> {
        if let Some(scope) = self
            .scopes
            .iter()
            .find(|name| !client.scopes.contains(name))
        {
            let reason = scope::why_refused(scope, &client.id);
            return Err(AuthorizationError::new(
                "invalid_scope",
                Some(scope),
                reason,
            ));
        }
        if client.is_public() && self.challenge.is_none() {
            let why = format!(
                "code_challenge is missing; client {} has no secret, so only PKCE binds the code \
                 to it",
                client.id
            );
            let refusal = AuthorizationError::invalid(
                "code_challenge is required for public clients",
                "add `code_challenge=BASE64URL(SHA256(code_verifier))&code_challenge_method=S256`, and \
                 send the code_verifier with the code",
            );
            return Err(refusal.because(why));
        }
        Ok(())
    }
}

fn missing(name: &str) -> AuthorizationError {
    let instead = match name {
        "client_id" => "add `client_id`, the id that your application is registered with",
        "redirect_uri" => "add `redirect_uri`, exactly as it is registered",
        "response_type" => "add `response_type=code`",
        "scope" => "add `scope`, such as `scope=openid offline_access`",
        _ => {
            "add `state=RANDOM`, new for each sign-in, and compare it with the state of the redirect"
        }
    };
    let reason = Reason::new(
        format!("parameter {name} is missing"),
        format!("{instead}; an empty value counts as missing"),
    );
    AuthorizationError::new("missing_parameters", None, reason)
}

fn required(query: &Parameters) -> Result<[&str; 5], AuthorizationError> {
    let need = |name| query.get(name).ok_or_else(|| missing(name));
    Ok([
        need("client_id")?,
        need("redirect_uri")?,
        need("response_type")?,
        need("scope")?,
        need("state")?,
    ])
}

fn response_mode(value: Option<&str>) -> Result<ResponseMode, AuthorizationError> {
    match value {
        None | Some("query") => Ok(ResponseMode::Query),
        Some("fragment") => Ok(ResponseMode::Fragment),
        Some("form_post") => Ok(ResponseMode::FormPost),
        Some(other) => {
            let sent = difference::quoted_if_known(other, &RESPONSE_MODES);
            let why = format!("response_mode is {sent}; it must be query, fragment or form_post");
            let described = "Invalid response_mode. Must be one of: query, fragment, form_post";
            let instead =
                "send `response_mode=query`, or leave response_mode out, which means the same";
            Err(AuthorizationError::invalid(described, instead).because(why))
        }
    }
}

/// A challenge without a method counts as S256 (docs/portal.md, Sandbox choices).
fn challenge(query: &Parameters) -> Result<Option<String>, AuthorizationError> {
    let challenge = query.get("code_challenge");
    if let Some(method) = query.get("code_challenge_method") {
        if challenge.is_none() {
            return Err(AuthorizationError::invalid(
                "code_challenge is required when code_challenge_method is provided",
                "add `code_challenge=BASE64URL(SHA256(code_verifier))`, or leave both out",
            ));
        }
        if method != "S256" {
            let sent = difference::quoted_if_known(method, &["plain", "s256"]);
            let why = format!("code_challenge_method is {sent}; it must be `S256`");
            let described = "code_challenge_method must be S256";
            let instead = "send `code_challenge_method=S256`, with the SHA-256 of the verifier in \
                           base64url as code_challenge";
            return Err(AuthorizationError::invalid(described, instead).because(why));
        }
    }
    let Some(challenge) = challenge else {
        return Ok(None);
    };
    match pkce::malformed(challenge) {
        None => Ok(Some(challenge.to_owned())),
        Some(reason) => Err(AuthorizationError::new(
            "invalid_request",
            Some("code_challenge is invalid"),
            reason,
        )),
    }
}

fn registered<'a>(
    client: Result<&'a Client, Reason>,
    redirect_uri: &str,
) -> Result<&'a Client, AuthorizationError> {
    let refuse = |reason| AuthorizationError::new("invalid_client", None, reason);
    let client = client.map_err(refuse)?;
    if !client.allows(GrantType::AuthorizationCode) {
        return Err(refuse(client.why_not(GrantType::AuthorizationCode)));
    }
    if client.redirect_uris.iter().any(|uri| uri == redirect_uri) {
        return Ok(client);
    }
    Err(refuse(unlike(redirect_uri, client)))
}

/// Says where a redirect URI leaves the registered one that is most like it.
fn unlike(sent: &str, client: &Client) -> Reason {
    let registered = client.redirect_uris.iter();
    let nearest = registered.max_by_key(|uri| difference::likeness(sent, uri));
    let another = client.with_another_uri();
    let Some(nearest) = nearest else {
        return Reason::new(
            "the client has no redirect URI registered",
            format!("register one: {another}"),
        );
    };
    let mistake = difference::uri_mistake(sent, nearest);
    let differs = difference::first_difference(sent, nearest);
    Reason::new(
        format!("redirect_uri differs from the registered {nearest} {differs}"),
        format!(
            "{mistake}send `redirect_uri={nearest}`, character for character. To use the other one, \
             register it too: {another}"
        ),
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

fn max_age(value: Option<&str>) -> Result<Option<i64>, AuthorizationError> {
    let Some(text) = value else { return Ok(None) };
    match text.parse::<i64>() {
        Ok(seconds) if seconds >= 0 => Ok(Some(seconds)),
        _ => Err(AuthorizationError::invalid(
            "max_age must be a number of seconds",
            "send `max_age=3600`, or leave it out",
        )),
    }
}
