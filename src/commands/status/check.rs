//! `status --check`: whether the provider still takes the credential in use. Nothing is refreshed.

use url::Url;

use crate::context::{Context, Given};
use crate::error::Error;
use crate::http::Request;
use crate::oauth;
use crate::portal::{Credential, route};
use crate::secret::Secret;
use crate::session::{ProviderClient, Record, SessionStore};

/// What the provider said; `None` where that is unknown.
pub(super) struct ProviderCheck {
    pub(super) works: Option<bool>,
    pub(super) words: String,
}

impl ProviderCheck {
    /// Asks about the stored session.
    pub(super) fn of_session(
        context: &Context,
        session_store: &SessionStore,
        record: &Record,
    ) -> Result<Self, Error> {
        match (record.valid_access(context.clock.now()), &record.refresh) {
            (Some(access), _) => Self::of_token(
                context,
                &context.server(session_store.store())?,
                &access.token,
            ),
            (None, Some(_)) => Ok(Self::unknown(
                "the access token has expired; the next command refreshes it",
            )),
            (None, None) => Ok(Self::unknown(
                "the access token has expired, and it cannot be refreshed",
            )),
        }
    }

    /// Asks about a credential that was given.
    pub(super) fn of_given(context: &Context, given: &Given) -> Result<Self, Error> {
        Self::of_token(context, &context.server_for_given()?, &given.token)
    }

    pub(super) fn unknown(words: impl Into<String>) -> Self {
        Self {
            works: None,
            words: words.into(),
        }
    }

    fn of_token(context: &Context, server: &ProviderClient, token: &Secret) -> Result<Self, Error> {
        let credential = Credential::of(token);
        let name = match credential {
            Credential::AccessToken => "the access token",
            Credential::AgentKey => "the Agent Key",
            Credential::StandardKey | Credential::PartnerKey | Credential::RefreshToken => {
                let name = credential.name();
                return Ok(Self::unknown(format!(
                    "the provider was not asked: {name} does not give access to any route about a \
                     person"
                )));
            }
        };
        let status = context.block_on(async {
            let endpoint = match credential {
                Credential::AgentKey => Some(about_a_person(context)?),
                _ => server.metadata().await?.userinfo_endpoint,
            };
            let Some(endpoint) = endpoint else {
                return Ok(None);
            };
            let request = Request::get(&endpoint).bearer(token)?;
            let status = server.http.send(request).await?.status;
            if credential == Credential::AgentKey || !oauth::is_not_there(status) {
                return Ok(Some(status));
            }
            let metadata = server.metadata().await?;
            let moved = server.moved(&metadata).await;
            let Some(endpoint) = moved.and_then(|moved| moved.userinfo_endpoint) else {
                return Ok(Some(status));
            };
            let request = Request::get(&endpoint).bearer(token)?;
            Ok(Some(server.http.send(request).await?.status))
        })?;
        Ok(match status {
            None => Self::unknown("the provider has no userinfo endpoint to ask"),
            // A key may lack the scope of the route that it was tried on, and be good for others.
            Some(200..300) => Self::known(true, format!("the provider accepts {name}")),
            Some(401) => Self::known(false, format!("the provider no longer accepts {name}")),
            Some(403) if credential == Credential::AgentKey => Self::known(
                true,
                "the provider knows the Agent Key, but the key is not allowed to read the natural \
                 person",
            ),
            Some(status) => Self::unknown(format!("the provider responded with HTTP {status}")),
        })
    }

    fn known(works: bool, text: impl Into<String>) -> Self {
        Self {
            works: Some(works),
            words: text.into(),
        }
    }
}

/// An Agent Key is not taken by userinfo (docs/portal.md, "Credentials and scopes").
fn about_a_person(context: &Context) -> Result<Url, Error> {
    let mut url = context.origin()?;
    url.set_path(route::NATURAL_PERSON.path);
    Ok(url)
}
