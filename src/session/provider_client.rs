//! The provider as a session sees it: metadata and keys with a cache, the token endpoint, and the
//! verification of what comes back.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::Error;
use super::record::{Account, Record};
use crate::clock::{Clock, Seconds};
use crate::crypto;
use crate::http::{self, Retries};
use crate::oauth::id_token::{self, Algorithm, Expectations, IdTokenReport, Verdict};
use crate::oauth::{
    self, Authorization, ClientCredentials, Code, Issuer, Jwks, Metadata, TokenHint, Tokens,
};
use crate::private_file;
use crate::provider::{Feature, Provider};
use crate::secret::Secret;

/// How long discovery documents and key sets are used without asking again.
const LIFE: Seconds = 24 * 60 * 60;
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
    /// The provider's metadata, from the cache while it is young. Nobody is asked where the
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

/// Discovery documents and key sets of one issuer, remembered. Never a reason to fail: what
/// cannot be read is fetched, what cannot be written is fetched again next time.
#[derive(Clone, Debug)]
pub(crate) struct Cache {
    folder: Option<PathBuf>,
    clock: Clock,
}

#[derive(Deserialize, Serialize)]
struct CachedDocument {
    at: Seconds,
    metadata: Metadata,
}

#[derive(Deserialize, Serialize)]
struct KeptKeys {
    at: Seconds,
    keys: Box<RawValue>,
}

impl Cache {
    /// The cache of an issuer below a folder; without one nothing is remembered.
    pub(crate) fn new(folder: Option<&Path>, issuer: &Issuer, clock: Clock) -> Self {
        let own = |folder: &Path| folder.join(crypto::sha256_base64url(issuer.as_str()));
        Self {
            folder: folder.map(own),
            clock,
        }
    }

    /// What is remembered, unless somebody else may have put it there.
    fn read(&self, name: &str) -> Option<Zeroizing<Vec<u8>>> {
        let folder = self.folder.as_ref()?;
        private_file::check_dir(folder)
            .and_then(|_| private_file::read(&folder.join(name)))
            .inspect_err(|error| tracing::debug!(%error, "what is cached is not used"))
            .ok()?
    }

    fn metadata(&self, issuer: &Issuer) -> Option<Metadata> {
        let text = self.read("discovery.json")?;
        let kept: CachedDocument = serde_json::from_slice(&text).ok()?;
        // Whoever could write here could name other endpoints: the rules are applied again.
        let usable = self.is_young(kept.at) && kept.metadata.check(issuer).is_ok();
        usable.then_some(kept.metadata)
    }

    fn keep_metadata(&self, metadata: &Metadata) {
        let kept = CachedDocument {
            at: self.clock.now(),
            metadata: metadata.clone(),
        };
        if let Ok(text) = serde_json::to_vec(&kept) {
            self.keep("discovery.json", &text);
        }
    }

    /// Drops the remembered discovery document: an endpoint that it names is not there.
    pub(crate) fn forget_metadata(&self) {
        let Some(folder) = &self.folder else { return };
        if let Err(error) = private_file::remove(&folder.join("discovery.json")) {
            tracing::debug!(%error, "still cached");
        }
    }

    /// The remembered key set while it is young: a provider withdraws a key by leaving it out.
    pub(crate) fn jwks(&self) -> Option<Jwks> {
        let text = self.read("jwks.json")?;
        let kept: KeptKeys = serde_json::from_slice(&text).ok()?;
        self.is_young(kept.at)
            .then(|| Jwks::parse(kept.keys.get().as_bytes()).ok())?
    }

    fn keep_jwks(&self, jwks: &Jwks) {
        let keys = std::str::from_utf8(jwks.as_bytes()).ok();
        let keys = keys.and_then(|keys| RawValue::from_string(keys.to_owned()).ok());
        let kept = keys.map(|keys| KeptKeys {
            at: self.clock.now(),
            keys,
        });
        if let Some(Ok(text)) = kept.map(|kept| serde_json::to_vec(&kept)) {
            self.keep("jwks.json", &text);
        }
    }

    fn is_young(&self, at: Seconds) -> bool {
        (0..LIFE).contains(&self.clock.now().saturating_sub(at))
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        let Some(folder) = &self.folder else { return };
        let path = folder.join(name);
        // A process that writes the same at this moment does without.
        let kept = private_file::ensure_dir(folder)
            .and_then(|()| private_file::remove_leftovers(&path))
            .and_then(|()| private_file::replace(&path, bytes));
        if let Err(error) = kept {
            tracing::debug!(%error, "not cached");
        }
    }
}
