//! The provider as a session sees it: metadata and keys with a cache, the token endpoint, and the
//! verification of what comes back.

mod cache;

use super::Error;
use super::record::{Account, Record};
use crate::clock::{Clock, Seconds};
use crate::http::{self, Retries};
use crate::oauth::id_token::{self, Algorithm, Expectations, IdTokenReport, Verdict};
use crate::oauth::{
    self, Authorization, ClientCredentials, Code, Issuer, Metadata, TokenHint, Tokens,
};
use crate::provider::{Feature, Provider};
use crate::secret::Secret;

pub(crate) use cache::Cache;

/// The life of an access token whose answer does not say: short, so that a wrong guess costs a
/// refresh and not a failed request.
const UNSAID_LIFETIME: Seconds = 300;

/// The provider of one session.
pub(crate) struct ProviderClient {
    /// Sends requests.
    pub http: http::Client,
    /// How patient its reads are.
    pub retries: Retries,
    /// What differs between providers.
    pub provider: &'static Provider,
    pub issuer: Issuer,
    pub credentials: ClientCredentials,
    /// Remembers metadata and keys.
    pub cache: Cache,
    /// Where the present comes from.
    pub clock: Clock,
}

/// What a verified ID token says.
#[derive(Clone, Debug)]
pub(crate) struct Verified {
    /// Whom it is about; `None` when the answer had no ID token.
    pub account: Option<Account>,
}

/// What a login binds its ID token to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding<'a> {
    /// The nonce that was sent, where there is one.
    pub nonce: Option<&'a str>,
    /// The oldest sign-in that was asked for, in seconds.
    pub max_age: Option<u64>,
    /// Whether scope `openid` was asked for: then there must be an ID token (OpenID Connect Core
    /// §3.1.3.3).
    pub is_openid: bool,
}

impl ProviderClient {
    /// The provider's metadata, from the cache while it is young. No server is asked where the
    /// provider publishes none.
    pub(crate) async fn metadata(&self) -> Result<Metadata, oauth::Error> {
        if let Some(metadata) = self.provider.fixed_metadata(&self.issuer) {
            return Ok(metadata);
        }
        match self.cache.metadata(&self.issuer) {
            Some(metadata) => Ok(self.provider.completed(metadata)),
            None => self.discover().await,
        }
    }

    /// The provider's metadata as it is now.
    pub(crate) async fn discover(&self) -> Result<Metadata, oauth::Error> {
        if let Some(metadata) = self.provider.fixed_metadata(&self.issuer) {
            return Ok(metadata);
        }
        let discovered = oauth::discover(&self.http, &self.retries, &self.issuer);
        // Rare, so its state is not a part of every request's.
        let metadata = Box::pin(discovered).await?;
        self.cache.keep_metadata(&metadata);
        Ok(self.provider.completed(metadata))
    }

    /// The metadata after an endpoint of the known one turned out not to be there any more; `None`
    /// when it still says the same. A remembered document may be as old as a day.
    pub(crate) async fn moved(&self, known: &Metadata) -> Option<Metadata> {
        self.cache.forget_metadata();
        let current = self.discover().await.ok()?;
        (current != *known).then_some(current)
    }

    /// The client, with the way to authenticate that the provider knows, too.
    pub(crate) fn client(&self, metadata: &Metadata) -> Result<ClientCredentials, oauth::Error> {
        self.credentials.agreed_with(metadata)
    }

    /// Exchanges the code of a login, once. Tokens that the provider does not offer are not kept,
    /// should it send some. `keep` gets the refresh token, even of an answer that cannot be used.
    ///
    /// # Errors
    /// What the token endpoint says, or why it said nothing. The code is spent.
    pub(crate) async fn exchange(
        &self,
        metadata: &Metadata,
        authorization: &Authorization,
        code: &Code,
        keep: impl FnMut(Option<&Secret>),
    ) -> Result<Tokens, oauth::Error> {
        let (http, client) = (&self.http, self.client(metadata)?);
        let exchange = oauth::exchange(http, metadata, &client, authorization, code, keep);
        let mut tokens = exchange.await?;
        if !self.provider.offers(Feature::Refresh) {
            tokens.refresh_token = None;
        }
        if !self.provider.offers(Feature::IdTokens) {
            tokens.id_token = None;
        }
        Ok(tokens)
    }

    /// Sends a refresh token, once. `keep` gets the new one as soon as it has arrived, whatever
    /// becomes of the rest of the answer.
    pub(crate) async fn refresh(
        &self,
        metadata: &Metadata,
        refresh_token: &Secret,
        scope: Option<&str>,
        keep: impl FnMut(Option<&Secret>),
    ) -> Result<Tokens, oauth::Error> {
        let client = self.client(metadata)?;
        oauth::refresh(&self.http, metadata, &client, refresh_token, scope, keep).await
    }

    /// Revokes a token (RFC 7009). A provider without revocation is `false`.
    pub(crate) async fn revoke(
        &self,
        metadata: &Metadata,
        token: &Secret,
        hint: TokenHint,
    ) -> Result<bool, oauth::Error> {
        let Some(endpoint) = &metadata.revocation_endpoint else {
            return Ok(false);
        };
        let client = self.client(metadata)?;
        let mut revoked = oauth::revoke(&self.http, endpoint, &client, token, hint).await;
        if revoked.as_ref().is_err_and(oauth::Error::is_not_there)
            && let Some(moved) = self.moved(metadata).await
            && let Some(endpoint) = &moved.revocation_endpoint
        {
            revoked = oauth::revoke(&self.http, endpoint, &client, token, hint).await;
        }
        revoked.map(|()| true)
    }

    /// Verifies the ID token of a login.
    pub(crate) async fn verify_login(
        &self,
        metadata: &Metadata,
        tokens: &Tokens,
        binding: Binding<'_>,
    ) -> Result<Verified, oauth::Error> {
        let Some(id_token) = &tokens.id_token else {
            return if binding.is_openid {
                Err(no_id_token())
            } else {
                Ok(Verified { account: None })
            };
        };
        let algorithms = Algorithm::allowed(metadata);
        let expectations = Expectations {
            nonce: binding.nonce,
            access_token: Some(&tokens.access_token),
            clock_offset: tokens.clock_offset,
            max_age: binding.max_age,
            ..self.expectations(metadata, &algorithms)
        };
        let report = self
            .report(metadata, id_token.expose(), &expectations)
            .await?;
        report.require()?;
        Ok(Verified {
            account: Some(account_of(&report)),
        })
    }

    /// Whether the tokens can be verified without asking for keys.
    pub(crate) fn can_verify_at_once(&self, metadata: &Metadata, tokens: &Tokens) -> bool {
        let Some(id_token) = &tokens.id_token else {
            return true;
        };
        let algorithms = Algorithm::allowed(metadata);
        let expectations = self.expectations(metadata, &algorithms);
        self.cache.jwks().is_some_and(|jwks| {
            id_token::verify(id_token.expose(), Some(&jwks), &expectations)
                .is_ok_and(|report| report.verdict("signature") == Some(&Verdict::Passed))
        })
    }

    /// Verifies the ID token of a refresh, if there is one: the person must be the same.
    ///
    /// # Errors
    /// [`Error::Untrusted`] with the check that failed, or [`Error::Unverified`] when the keys
    /// cannot be had.
    pub(crate) async fn verify_refreshed(
        &self,
        metadata: &Metadata,
        tokens: &Tokens,
        record: &Record,
    ) -> Result<Verified, Error> {
        let Some(id_token) = &tokens.id_token else {
            return Ok(Verified { account: None });
        };
        let algorithms = Algorithm::allowed(metadata);
        let expectations = Expectations {
            access_token: Some(&tokens.access_token),
            clock_offset: tokens.clock_offset,
            subject: Some(record.account.subject.as_str()).filter(|subject| !subject.is_empty()),
            ..self.expectations(metadata, &algorithms)
        };
        let report = self
            .report(metadata, id_token.expose(), &expectations)
            .await
            .and_then(|report| report.require().map(|()| report))
            .map_err(|error| match error {
                error if error.is_untrusted() => Error::Untrusted(error),
                error => Error::Unverified(error),
            })?;
        Ok(Verified {
            account: Some(account_of(&report)),
        })
    }

    /// What any ID token of this client must say. Its issuer is spelled as in the metadata.
    pub(crate) fn expectations<'a>(
        &'a self,
        metadata: &'a Metadata,
        algorithms: &'a [Algorithm],
    ) -> Expectations<'a> {
        Expectations {
            issuer: &metadata.issuer,
            client_id: &self.credentials.id,
            nonce: None,
            access_token: None,
            subject: None,
            now: self.clock.now(),
            clock_offset: None,
            algorithms,
            max_age: None,
        }
    }

    /// Checks an ID token against the cached keys, or the present ones where those do not fit.
    pub(crate) async fn report(
        &self,
        metadata: &Metadata,
        id_token: &str,
        expectations: &Expectations<'_>,
    ) -> Result<IdTokenReport, oauth::Error> {
        let cached = self.cache.jwks();
        let verify = async |metadata: &Metadata| {
            let fetch = Box::pin(oauth::fetch_jwks(&self.http, &self.retries, metadata));
            id_token::verify_or_refetch(fetch, cached.as_ref(), id_token, expectations).await
        };
        let mut verified = verify(metadata).await;
        if verified.as_ref().is_err_and(oauth::Error::is_not_there)
            && let Some(moved) = self.moved(metadata).await
        {
            verified = verify(&moved).await;
        }
        let (report, fresh) = verified?;
        let Some(jwks) = fresh else {
            return Ok(report);
        };
        self.cache.keep_jwks(&jwks);
        // The token may have expired while the keys were fetched.
        let expectations = Expectations {
            now: self.clock.now(),
            ..*expectations
        };
        Ok(id_token::verify(id_token, Some(&jwks), &expectations)?)
    }
}

/// How long an access token lives, in seconds.
pub(crate) fn lifetime(tokens: &Tokens) -> Seconds {
    tokens.expires_in.unwrap_or(UNSAID_LIFETIME)
}

fn no_id_token() -> oauth::Error {
    oauth::Error::IdTokenRefused {
        check: "presence",
        reason: "scope openid was asked for, and the answer has none".to_owned(),
        is_clock: false,
    }
}

fn account_of(report: &IdTokenReport) -> Account {
    let claim = |name| report.claim(name).map(str::to_owned);
    Account {
        subject: claim("sub").unwrap_or_default(),
        name: claim("name"),
        email: claim("email"),
    }
}
