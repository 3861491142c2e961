//! The provider's side of the session in use: HTTP, and how the client proves itself.

use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use super::Context;
use super::secrets::secret_of;
use crate::env;
use crate::error::Error;
use crate::http;
use crate::oauth::{ClientAuth, ClientCredentials, Issuer};
use crate::output;
use crate::provider;
use crate::secret::Secret;
use crate::session::{Cache, ProviderClient};
use crate::settings::TokenAuth;
use crate::store::{Entry, Identity, Store};

impl Context {
    /// An HTTP client for an issuer: no proxy and no trust roots for a plain loopback one.
    pub(crate) fn http(&self, issuer: &Issuer) -> Result<http::Client, Error> {
        Ok(http::Client::open(&self.http_options(issuer)?)?)
    }

    /// The same for a look at the way there: no step of it takes longer than `most`.
    pub(crate) fn http_within(
        &self,
        issuer: &Issuer,
        most: Duration,
    ) -> Result<Result<http::Client, http::Error>, Error> {
        let options = self.http_options(issuer)?;
        let options = http::Options {
            timeout: options.timeout.min(most),
            connect_timeout: options.connect_timeout.min(most),
            ..options
        };
        Ok(http::Client::open(&options))
    }

    /// Asks hosts that the portal names, and that must never see a credential.
    pub(crate) fn anonymous(&self) -> Result<http::UnauthenticatedClient, Error> {
        let issuer = &self.settings()?.issuer.value;
        Ok(http::UnauthenticatedClient::new(self.http_options(issuer)?))
    }

    fn http_options(&self, issuer: &Issuer) -> Result<http::Options, Error> {
        let timeout =
            match (
                self.flags.request_timeout,
                self.environment.text(env::REQUEST_TIMEOUT),
            ) {
                (Some(timeout), _) => Some(timeout),
                (None, Some(text)) => Some(crate::cli::duration(&text).map_err(|reason| {
                    Error::usage(format!("{}: {reason}", env::REQUEST_TIMEOUT))
                })?),
                (None, None) => None,
            };
        let usual = http::Options::default();
        let ca_file = self.environment.get(env::CA_FILE).map(PathBuf::from);
        let folders = self.environment.get(env::SSL_CERT_DIR);
        let folders = folders.map(|folders| {
            let folders = std::env::split_paths(folders);
            folders
                .filter(|folder| !folder.as_os_str().is_empty())
                .collect()
        });
        Ok(http::Options {
            timeout: timeout.unwrap_or(usual.timeout),
            connect_timeout: timeout.unwrap_or(usual.connect_timeout),
            extra_roots: self.flags.ca_file.clone().or(ca_file),
            only_roots: self.environment.get(env::SSL_CERT_FILE).map(PathBuf::from),
            only_root_folders: folders.unwrap_or_default(),
            proxies: http::ProxyVariables {
                proxy: self.first_of(&env::HTTPS_PROXIES),
                no_proxy: self.first_of(&env::NO_PROXIES),
            },
            plain_loopback: issuer.is_plain_loopback(),
        })
    }

    /// The first variable of a list that holds more than blanks.
    fn first_of(&self, names: &[&'static str]) -> Option<http::Variable> {
        let name = self.environment.first_set(names)?;
        let value = Secret::unregistered(self.environment.text(name)?);
        Some(http::Variable { name, value })
    }

    /// How patient reads are.
    pub(crate) fn retries(&self) -> Result<http::Retries, Error> {
        let usual = http::Retries::default();
        let parse = |text: String| {
            text.parse().map_err(|_| {
                Error::usage(format!("{} is `{text}`", env::RETRIES))
                    .hint("use a whole number; 0 turns retries off")
            })
        };
        let most = match (self.flags.retries, self.environment.text(env::RETRIES)) {
            (Some(most), _) => most,
            (None, Some(text)) => parse(text)?,
            (None, None) => usual.most,
        };
        let output = self.output;
        Ok(http::Retries {
            most,
            notice: Some(Rc::new(move |notice| {
                output.note(match notice {
                    http::Notice::Asked(wait) => {
                        let wait = i64::try_from(wait.as_secs()).unwrap_or(i64::MAX);
                        format!(
                            "the server asked to wait; continuing in {}",
                            output::span(wait)
                        )
                    }
                    http::Notice::Again { retry, of } => {
                        format!("no response: trying again ({retry} of {of})")
                    }
                });
            })),
            ..usual
        })
    }

    /// The provider's side of the session in use.
    pub(crate) fn server(&self, store: &dyn Store) -> Result<ProviderClient, Error> {
        let issuer = self.settings()?.issuer.value.clone();
        let credentials = self.credentials(store, &self.identity()?)?;
        self.server_with(issuer, credentials)
    }

    fn credentials(
        &self,
        store: &dyn Store,
        identity: &Identity,
    ) -> Result<ClientCredentials, Error> {
        let settings = self.settings()?;
        let chosen = settings.token_auth.as_ref().map(|setting| setting.value);
        let secret = match chosen {
            Some(TokenAuth::None) => None,
            _ => self.client_secret(store, identity)?,
        };
        let usual = settings.provider.value.client_auth.first();
        let usual = usual.and_then(|name| TokenAuth::parse(name).ok());
        let auth = match (chosen, secret) {
            (Some(TokenAuth::None) | None, None) => ClientAuth::None,
            (_, Some(secret)) if chosen.or(usual) == Some(TokenAuth::Post) => {
                ClientAuth::Post(secret)
            }
            (Some(_), Some(secret)) => ClientAuth::Basic(secret),
            (None, Some(secret)) => ClientAuth::Any(secret),
            (Some(method), None) => {
                return Err(Error::usage(format!(
                    "the profile says {}, but there is no client secret",
                    method.name()
                ))
                .hint("run `eprospera profile set client-secret`"));
            }
        };
        Ok(ClientCredentials {
            id: identity.client_id.clone(),
            auth,
        })
    }

    fn client_secret(
        &self,
        store: &dyn Store,
        identity: &Identity,
    ) -> Result<Option<Secret>, Error> {
        if let Some(secret) = secret_of(
            &self.environment,
            env::CLIENT_SECRET,
            env::CLIENT_SECRET_FILE,
        )? {
            return Ok(Some(secret.registered()));
        }
        let entry = Entry::ClientSecret {
            issuer: identity.issuer.clone(),
            client_id: identity.client_id.clone(),
        };
        let stored = store.get(&entry)?.map(Secret::registered);
        Ok(stored.or_else(|| built_in_secret(identity)))
    }

    /// Requires a secret where the provider knows confidential clients only: without one a person
    /// would sign in for nothing.
    pub(crate) fn require_client_secret(server: &ProviderClient) -> Result<(), Error> {
        let has_secret = !matches!(server.credentials.auth, ClientAuth::None);
        if has_secret || !server.provider.is_for_confidential_clients() {
            return Ok(());
        }
        let (title, id) = (server.provider.title, &server.credentials.id);
        Err(Error::usage(format!(
            "client {id} has no secret, but {title} requires one"
        ))
        .hint(format!(
            "run `eprospera profile set client-secret`, or set {}",
            env::CLIENT_SECRET_FILE
        )))
    }

    /// The provider's side for checking an ID token: needs a client id, but no client secret.
    pub(crate) fn server_for_verification(
        &self,
        audience: Option<&str>,
    ) -> Result<ProviderClient, Error> {
        let settings = self.settings()?;
        let issuer = settings.issuer.value.clone();
        let id = match audience {
            Some(id) => id.to_owned(),
            None => self.identity()?.client_id,
        };
        self.server_with(
            issuer,
            ClientCredentials {
                id,
                auth: ClientAuth::None,
            },
        )
    }

    /// The provider's side for requests with a credential that was given: no client is needed.
    pub(crate) fn server_for_given(&self) -> Result<ProviderClient, Error> {
        let settings = self.settings()?;
        let id = settings.client_id.as_ref();
        self.server_with(
            settings.issuer.value.clone(),
            ClientCredentials {
                id: id.map(|id| id.value.clone()).unwrap_or_default(),
                auth: ClientAuth::None,
            },
        )
    }

    fn server_with(
        &self,
        issuer: Issuer,
        credentials: ClientCredentials,
    ) -> Result<ProviderClient, Error> {
        Ok(ProviderClient {
            http: self.http(&issuer)?,
            retries: self.retries()?,
            provider: self.settings()?.provider.value,
            cache: Cache::new(self.folders().cache_if_any()?, &issuer, self.clock),
            issuer,
            credentials,
            clock: self.clock,
        })
    }
}

/// The secret of a client that is public knowledge, with the issuers of this machine only.
fn built_in_secret(identity: &Identity) -> Option<Secret> {
    let (_, profile) = provider::built_in(&identity.profile)?;
    let is_local = Issuer::parse(&identity.issuer).is_ok_and(|issuer| issuer.is_loopback());
    let is_its_client = profile.client_id == Some(identity.client_id.as_str());
    let secret = profile
        .client_secret
        .filter(|_| is_local && is_its_client)?;
    Some(Secret::unregistered(secret.to_owned()))
}
