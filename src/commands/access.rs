//! What a request to the portal goes with: the stored session, or a credential that was given.

use serde_json::Value;
use url::Url;

use super::stored_session::{access_token, signed_in, usable};
use crate::context::{Context, Given};
use crate::error::Error;
use crate::portal::{self, Bearer};
use crate::provider::Person;
use crate::secret::Secret;
use crate::session::{
    MinValidity, ProviderClient, Record, RefreshOutcome, Refresher, SessionStore,
};

/// The credential in use.
pub(super) enum Access {
    /// A bearer from a variable: used as it is.
    Given(Given),
    /// The stored session, refreshed where needed, and what it was when it was opened.
    Session(Box<(SessionStore, Record)>),
}

impl Access {
    /// The given credential, else the stored session.
    pub(super) fn open(context: &Context) -> Result<Self, Error> {
        match context.given_token()? {
            Some(given) => Ok(Self::Given(given)),
            None => signed_in(context).map(|session| Self::Session(Box::new(session))),
        }
    }

    /// The session as it was when it was opened, where it is the credential in use.
    pub(super) fn seen(&self) -> Option<&Record> {
        match self {
            Self::Given(_) => None,
            Self::Session(session) => Some(&session.1),
        }
    }

    /// The session as it is now, where it is the credential in use.
    pub(super) fn record(&self) -> Result<Option<Record>, Error> {
        match self {
            Self::Given(_) => Ok(None),
            Self::Session(session) => Ok(Some(session.0.require()?)),
        }
    }

    /// The provider's side.
    pub(super) fn server(&self, context: &Context) -> Result<ProviderClient, Error> {
        match self {
            Self::Given(_) => context.server_for_given(),
            Self::Session(session) => context.server(session.0.store()),
        }
    }

    /// A portal client.
    pub(super) fn portal<'a>(
        &'a self,
        context: &'a Context,
        server: &'a ProviderClient,
    ) -> Result<portal::PortalClient<impl Bearer<Error = Error> + 'a>, Error> {
        Ok(portal::PortalClient::new(
            server.http.clone(),
            context.origin()?,
            self.bearer(context, server),
        )
        .patient(context.retries()?))
    }

    /// Its tokens, one after the other.
    pub(super) fn bearer<'a>(
        &'a self,
        context: &'a Context,
        server: &'a ProviderClient,
    ) -> AccessBearer<'a> {
        let source = match self {
            Self::Given(given) => AccessSource::Given(given),
            Self::Session(session) => AccessSource::Session(context.refresher(&session.0, server)),
        };
        AccessBearer { source, context }
    }
}

enum AccessSource<'a> {
    Given(&'a Given),
    Session(Refresher<'a>),
}

/// The credential's tokens, for requests to the portal.
pub(super) struct AccessBearer<'a> {
    source: AccessSource<'a>,
    context: &'a Context,
}

impl Bearer for AccessBearer<'_> {
    type Error = Error;

    async fn token(&self) -> Result<Secret, Error> {
        match &self.source {
            AccessSource::Given(given) => Ok(given.token.clone()),
            AccessSource::Session(refresher) => {
                let outcome = refresher.access(MinValidity::Usual).await?;
                let record = usable(self.context, outcome);
                if let Some(access) = record.valid_access(self.context.clock.now()) {
                    return Ok(access.token.clone());
                }
                // It ended while another process was about to refresh it, whose lock is worth waiting for
                // now.
                let outcome = refresher.access(MinValidity::Usual).await?;
                access_token(self.context, outcome)
            }
        }
    }

    async fn refreshed(&self, refused: &Secret) -> Result<Secret, Error> {
        let refresher = match &self.source {
            AccessSource::Given(given) => return Err(refused_credential(given)),
            AccessSource::Session(refresher) => refresher,
        };
        let record = refresher.session_store.require()?;
        if record.refresh.is_none() {
            let title = refresher.server.provider.title;
            let error = format!("{title} no longer accepts the access token");
            return Err(Error::login_required(error)
                .http_status(401)
                .hint("it cannot be refreshed: run `eprospera login`"));
        }
        // Another caller may have refreshed since: then its token is the one to try.
        if let Some(access) = record.valid_access(self.context.clock.now())
            && !access.token.equals(refused.expose())
        {
            return Ok(access.token.clone());
        }
        match refresher.refresh(&record, None).await? {
            // The portal no longer takes the token that is otherwise still valid.
            RefreshOutcome::StillValid(_, reason) => {
                let reason = Error::from(reason).sentence();
                let error = format!("the portal refused the access token, and {reason}");
                Err(Error::login_required(error)
                    .http_status(401)
                    .hint("run the command again later, or sign in again with `eprospera login`"))
            }
            outcome => access_token(self.context, outcome),
        }
    }
}

/// Whom an answer of the provider's user route is about.
pub(super) fn person(
    server: &ProviderClient,
    endpoint: &Url,
    answer: &Value,
) -> Result<Person, Error> {
    let provider = server.provider;
    (provider.person)(answer).map_err(|problem| {
        let (path, title) = (endpoint.path(), provider.title);
        let error = format!("the response from {path} is not what {title} documents: {problem}");
        Error::failure(error).hint("check that the issuer URL is the provider's")
    })
}

/// A given credential cannot be refreshed here.
pub(super) fn refused_credential(given: &Given) -> Error {
    let source = given.source;
    Error::login_required(format!("the portal refused the credential in {source}"))
        .http_status(401)
        .hint(format!(
            "set {source} to a valid one, or unset it to use the stored session"
        ))
}
