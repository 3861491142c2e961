//! Everything that needs the network, asked at the same time and with short deadlines, so that the
//! checks that follow only have to judge.
//!
//! It asks documents that everybody may read, and userinfo with the stored access token while that
//! is valid. It keeps nothing in the cache.

use std::time::{Duration, SystemTime};

use url::Url;

use super::checkup::Checkup;
use super::row::Row;
use super::store::StoredState;
use crate::cli::DoctorGroup as Group;
use crate::clock;
use crate::error::Error;
use crate::http::{self, Client, Request, Retries};
use crate::oauth::{self, Issuer, Jwks, Metadata};
use crate::portal::Credential;
use crate::provider::{Feature, Provider};
use crate::secret::Secret;

/// How long one request may take.
const ONE: Duration = Duration::from_secs(4);
/// How long each half of the questions may take: those about the way, and those about the provider.
const HALF: Duration = Duration::from_millis(4500);
/// A scope that no provider knows, so that no sign-in can come of the question.
const NO_SCOPE: &str = "eprospera:doctor.none";

/// What the network had to say.
pub(super) enum Survey {
    /// Nothing was asked, for a reason that completes "skipped because".
    NotAsked(NotAsked),
    Asked(Box<Findings>),
}

/// Why nothing was asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum NotAsked {
    Offline,
    /// The settings or the client for HTTP are not usable.
    Blocked(&'static str),
}

impl NotAsked {
    /// The row of a check that had to be left out.
    pub(super) fn row(self, group: Group, id: &str) -> Row {
        match self {
            Self::Offline => Row::offline(group, id),
            Self::Blocked(why) => Row::blocked(group, id, why),
        }
    }
}

pub(super) struct Findings {
    pub(super) issuer: Issuer,
    pub(super) proxy_name: Option<String>,
    /// Whether the proxy makes a connection, or why no client could be set up.
    pub(super) proxy: Result<(), http::Error>,
    pub(super) names: Option<Result<usize, String>>,
    pub(super) signer: Option<String>,
    pub(super) answer: Result<Answer, http::Error>,
    /// `None` where the provider publishes none.
    pub(super) metadata: Option<Result<Metadata, oauth::Error>>,
    pub(super) keys: Option<Result<Jwks, oauth::Error>>,
    /// What authorize says about each redirect URI.
    pub(super) registration: Vec<(String, Registration)>,
    /// The status of userinfo for the credential in use.
    pub(super) credential: Option<Result<u16, http::Error>>,
}

/// The head of the provider's answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) is_html: bool,
    /// Where a redirect leads.
    pub(super) location: Option<Url>,
    /// How far this machine's clock is ahead of the server's, in seconds.
    pub(super) ahead: Option<i64>,
}

/// Whether the provider knows a client with a redirect URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Registration {
    Known,
    Unknown,
    /// It only says so to a person.
    NotSaid,
}

/// Asks what the wanted groups need.
pub(super) fn take(
    checkup: &Checkup<'_>,
    state: &StoredState,
    wanted: &dyn Fn(Group) -> bool,
) -> Survey {
    let groups = [
        Group::Clock,
        Group::Network,
        Group::Provider,
        Group::Client,
        Group::Session,
    ];
    if checkup.is_offline || !groups.into_iter().any(wanted) {
        return Survey::NotAsked(NotAsked::Offline);
    }
    let context = checkup.context;
    let Ok(settings) = context.settings() else {
        let why = "the settings cannot be used (see settings)";
        return Survey::NotAsked(NotAsked::Blocked(why));
    };
    let issuer = settings.issuer.value.clone();
    let Ok(client) = context.http_within(&issuer, ONE) else {
        let why = "a setting for requests cannot be used (see settings)";
        return Survey::NotAsked(NotAsked::Blocked(why));
    };
    let client = match client {
        Ok(client) => client,
        Err(error) => return Survey::Asked(Box::new(Findings::without_client(issuer, error))),
    };
    let work = Work {
        client,
        issuer,
        provider: settings.provider.value,
        client_id: settings.client_id.as_ref().map(|id| id.value.clone()),
        redirect_uris: settings.redirect_uri_texts(),
        token: token(checkup, state).filter(|_| wanted(Group::Session)),
        asks_client: wanted(Group::Client),
    };
    match context.block_on(async { Ok::<_, Error>(Box::pin(work.ask()).await) }) {
        Ok(findings) => Survey::Asked(Box::new(findings)),
        Err(_) => Survey::NotAsked(NotAsked::Blocked("the requests were interrupted")),
    }
}

/// The access token in use, if userinfo takes it.
fn token(checkup: &Checkup<'_>, state: &StoredState) -> Option<Secret> {
    if checkup.is_sandbox {
        return None;
    }
    if let Ok(Some(given)) = checkup.context.given_token() {
        let is_access = Credential::of(&given.token) == Credential::AccessToken;
        return is_access.then_some(given.token);
    }
    let record = state.record.as_ref()?;
    let is_ours = state.session_store.as_ref()?.is_ours(record);
    let access = record.valid_access(checkup.context.clock.now())?;
    is_ours.then(|| access.token.clone())
}

struct Work {
    client: Client,
    issuer: Issuer,
    provider: &'static Provider,
    client_id: Option<String>,
    redirect_uris: Vec<String>,
    token: Option<Secret>,
    asks_client: bool,
}

impl Work {
    async fn ask(&self) -> Findings {
        let url = if self.provider.offers(Feature::Discovery) {
            self.issuer.endpoint("/.well-known/openid-configuration")
        } else {
            self.issuer.endpoint("/")
        };
        let is_direct = self.client.proxy_name(&url).is_none();
        let resolve = async {
            // A proxy may be there because this machine can resolve nothing.
            let found = http::resolve(&url);
            if is_direct {
                clock::timeout(ONE, found).await
            } else {
                None
            }
        };
        let (proxy, names, signer, answer, metadata) = tokio::join!(
            self.in_time(self.client.try_proxy(&url)),
            resolve,
            self.client.signer(&url),
            self.in_time(self.head(&url)),
            self.metadata(),
        );
        let known = match &metadata {
            Some(Ok(metadata)) => Some(metadata.clone()),
            Some(Err(_)) => None,
            None => self.provider.fixed_metadata(&self.issuer),
        };
        let (keys, registration, credential) = match &known {
            Some(known) => tokio::join!(
                self.keys(known),
                self.registration(known),
                self.credential(known)
            ),
            None => (None, Vec::new(), None),
        };
        Findings {
            issuer: self.issuer.clone(),
            proxy_name: self.client.proxy_name(&url),
            proxy,
            names: names.flatten(),
            signer,
            answer,
            metadata,
            keys,
            registration,
            credential,
        }
    }

    async fn in_time<T>(
        &self,
        work: impl Future<Output = Result<T, http::Error>>,
    ) -> Result<T, http::Error> {
        let done = clock::timeout(HALF, work).await;
        done.unwrap_or_else(|| Err(self.too_late()))
    }

    fn too_late(&self) -> http::Error {
        http::Error::Timeout {
            host: self.issuer.as_str().to_owned(),
            after: HALF,
            sent: true,
        }
    }

    /// What the provider's machine answers, whatever it is.
    async fn head(&self, url: &Url) -> Result<Answer, http::Error> {
        let response = self.client.send(Request::get(url)).await?;
        let here = clock::since_epoch(SystemTime::now());
        let is_fresh = response.text("age").is_none();
        let there = response.date().filter(|_| is_fresh).map(clock::since_epoch);
        Ok(Answer {
            status: response.status,
            is_html: response.media_type() == "text/html",
            location: response.text("location").and_then(|to| url.join(to).ok()),
            ahead: there.map(|there| here - there),
        })
    }

    async fn metadata(&self) -> Option<Result<Metadata, oauth::Error>> {
        if !self.provider.offers(Feature::Discovery) {
            return None;
        }
        let once = once();
        let discovered = oauth::discover(&self.client, &once, &self.issuer);
        let found = clock::timeout(HALF, discovered).await;
        let found = found.unwrap_or_else(|| Err(self.too_late().into()));
        Some(found.map(|metadata| self.provider.completed(metadata)))
    }

    async fn keys(&self, metadata: &Metadata) -> Option<Result<Jwks, oauth::Error>> {
        metadata.jwks_uri.as_ref()?;
        let once = once();
        let fetched = oauth::fetch_jwks(&self.client, &once, metadata);
        let found = clock::timeout(HALF, fetched).await;
        Some(found.unwrap_or_else(|| Err(self.too_late().into())))
    }

    /// Asks authorize for a scope that does not exist: it looks at client and redirect URI first,
    /// and no page and no code can come of it.
    async fn registration(&self, metadata: &Metadata) -> Vec<(String, Registration)> {
        let Some(id) = self.client_id.as_ref().filter(|_| self.asks_client) else {
            return Vec::new();
        };
        // Who publishes nothing has rules of its own for what comes first.
        if !self.provider.offers(Feature::Discovery) {
            return Vec::new();
        }
        let each = self.redirect_uris.iter().map(|uri| async move {
            let asked = self.is_registered(metadata, id, uri);
            let said = clock::timeout(HALF, asked).await.flatten();
            (uri.clone(), said.unwrap_or(Registration::NotSaid))
        });
        futures_util::future::join_all(each).await
    }

    async fn is_registered(
        &self,
        metadata: &Metadata,
        client_id: &str,
        redirect_uri: &str,
    ) -> Option<Registration> {
        let mut url = metadata.authorization_endpoint.clone();
        url.query_pairs_mut().extend_pairs([
            ("client_id", client_id),
            ("redirect_uri", redirect_uri),
            ("response_type", "code"),
            ("scope", NO_SCOPE),
            ("state", "doctor"),
        ]);
        let response = self.client.send(Request::get(&url)).await.ok()?;
        if let Some(location) = response.text("location") {
            let is_back = location.starts_with(redirect_uri) && location.contains("error=");
            return is_back.then_some(Registration::Known);
        }
        let body: serde_json::Value = serde_json::from_slice(&response.body).ok()?;
        match body["error"].as_str()? {
            "invalid_scope" => Some(Registration::Known),
            "invalid_client" | "unauthorized_client" => Some(Registration::Unknown),
            _ => None,
        }
    }

    /// Shows the credential in use to userinfo.
    async fn credential(&self, metadata: &Metadata) -> Option<Result<u16, http::Error>> {
        let (token, url) = (self.token.as_ref()?, metadata.userinfo_endpoint.as_ref()?);
        let request = match Request::get(url).bearer(token) {
            Ok(request) => request,
            Err(error) => return Some(Err(error)),
        };
        let sent = self.in_time(self.client.send(request)).await;
        Some(sent.map(|response| response.status))
    }
}

fn once() -> Retries {
    Retries {
        most: 0,
        ..Retries::default()
    }
}

impl Findings {
    fn without_client(issuer: Issuer, error: http::Error) -> Self {
        Self {
            issuer,
            proxy_name: None,
            proxy: Err(error.clone()),
            names: None,
            signer: None,
            answer: Err(error.clone()),
            metadata: Some(Err(error.into())),
            keys: None,
            registration: Vec::new(),
            credential: None,
        }
    }
}
