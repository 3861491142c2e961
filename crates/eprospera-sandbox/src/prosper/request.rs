//! What a client asks of Prosper's authorize, and every reason to go no further.
//!
//! The client gets no error: a person ends on the welcome page, or on one that says what
//! scope there is. Redirect URIs match letter by letter up to a query, which may be added at run
//! time (docs/portal.md, Prosper).

use crate::difference::{first_difference, likeness, uri_mistake};
use crate::model::bounded::HeapBytes;
use crate::model::client::Client;
use crate::model::parameters::{self, Parameters};
use crate::portal::Portal;
use crate::reason::Reason;

/// The only scope there is.
pub(crate) const SCOPE: &str = "user:email";

/// A request that may go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProsperRequest {
    pub(crate) client_id: String,
    pub(crate) client_name: String,
    /// As it was sent, query included.
    pub(crate) redirect_uri: String,
    /// Only recommended.
    pub(crate) state: Option<String>,
}

impl HeapBytes for ProsperRequest {
    fn heap_bytes(&self) -> usize {
        let state = self.state.as_ref().map_or(0, String::len);
        self.client_id.len() + self.client_name.len() + self.redirect_uri.len() + state
    }
}

/// Where a request ends that may not go on, and why, for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ProsperRequestError {
    /// On the welcome page.
    Welcome(Reason),
    /// On a page about the scope.
    Scope(Reason),
}

impl ProsperRequest {
    /// Checks a query against the registered clients.
    pub(crate) fn check(portal: &Portal, query: &Parameters) -> Result<Self, ProsperRequestError> {
        let need = |name: &str| {
            let missing = || {
                Reason::new(
                    format!("parameter {name} is missing"),
                    format!("add `{name}`; an empty value counts as missing"),
                )
            };
            query
                .get(name)
                .ok_or_else(|| ProsperRequestError::Welcome(missing()))
        };
        if let Some(name) = query.repeated() {
            return Err(ProsperRequestError::Welcome(Reason::new(
                parameters::why_repeated(name),
                "send each parameter once",
            )));
        }
        let client =
            registered(portal, need("client_id")?).map_err(ProsperRequestError::Welcome)?;
        let redirect_uri = need("redirect_uri")?;
        matching(client, redirect_uri).map_err(ProsperRequestError::Welcome)?;
        if query.get("scope") != Some(SCOPE) {
            return Err(ProsperRequestError::Scope(Reason::new(
                format!("scope is not {SCOPE}, the only scope there is"),
                format!("send `scope={SCOPE}`"),
            )));
        }
        Ok(Self {
            client_id: client.id.clone(),
            client_name: client.name.clone(),
            redirect_uri: redirect_uri.to_owned(),
            state: query.get("state").map(str::to_owned),
        })
    }
}

/// The client registered under an id: Prosper knows those with a secret only.
pub(crate) fn registered<'a>(portal: &'a Portal, id: &str) -> Result<&'a Client, Reason> {
    let client = portal.registered(id)?;
    if client.is_public() {
        return Err(Reason::new(
            format!("client {id} has no secret, but Prosper supports only confidential clients"),
            "use a client that has a secret, such as `client_id=sandbox-web`",
        ));
    }
    Ok(client)
}

/// Scheme, host and path as registered; a query is free.
fn matching(client: &Client, sent: &str) -> Result<(), Reason> {
    if sent.contains('#') {
        let why = "redirect_uri has a fragment";
        return Err(Reason::new(why, "leave out the `#` and what follows"));
    }
    let without_query = |uri: &str| uri.split('?').next().unwrap_or_default().to_owned();
    let sent = without_query(sent);
    let registered = client.redirect_uris.iter().map(|uri| without_query(uri));
    let id = &client.id;
    let Some(nearest) = registered.max_by_key(|uri| likeness(&sent, uri)) else {
        return Err(Reason::new(
            format!("client {id} has no redirect URI"),
            format!("register one: {}", client.with_another_uri()),
        ));
    };
    if nearest == sent
        || client
            .redirect_uris
            .iter()
            .any(|uri| without_query(uri) == sent)
    {
        return Ok(());
    }
    let mistake = uri_mistake(&sent, &nearest);
    Err(Reason::new(
        format!(
            "redirect_uri differs from the registered {nearest} {}",
            first_difference(&sent, &nearest)
        ),
        format!(
            "{mistake}send `redirect_uri={nearest}`, with a query after it if you like. To use the other \
             one, register it too: {}",
            client.with_another_uri()
        ),
    ))
}
