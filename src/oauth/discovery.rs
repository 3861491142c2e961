//! What the authorization server says about itself (OIDC Discovery §4, RFC 8414).
//!
//! The document is believed only when it names the issuer that was asked, but for a slash at its end, and
//! keeps every endpoint on that issuer's origin (RFC 9700 §4.4). No redirect is followed. It is looked
//! for where OpenID Connect puts it, and else where RFC 8414 does.
//! Fields: docs/portal.md, "Discovery".

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::http::{self, Attempts, Retries};

use super::answer;
use super::error::Error;
use super::issuer::{Issuer, origin};
use super::json;
use super::quirks::ProviderQuirks;
use super::server_text::clean;

/// The checked metadata of one issuer. Unknown fields are dropped.
///
/// It may be kept in a cache; what comes back from there goes through [`Metadata::check`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Whom it speaks for.
    pub issuer: Issuer,
    /// Where the person is sent (RFC 6749 §3.1).
    pub authorization_endpoint: Url,
    /// Where codes and refresh tokens are exchanged (RFC 6749 §3.2).
    pub token_endpoint: Url,
    /// Where the signing keys are; `None` for a server without ID tokens.
    pub jwks_uri: Option<Url>,
    /// Where claims about the person are.
    #[serde(default)]
    pub userinfo_endpoint: Option<Url>,
    /// Where tokens are revoked (RFC 7009).
    #[serde(default)]
    pub revocation_endpoint: Option<Url>,
    /// Where tokens are looked up (RFC 7662).
    #[serde(default)]
    pub introspection_endpoint: Option<Url>,
    /// Where the device grant starts (RFC 8628).
    #[serde(default)]
    pub device_authorization_endpoint: Option<Url>,
    /// The scopes it knows; empty when it does not say.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
    /// The response modes it knows; `None` when it does not say.
    #[serde(default, rename = "response_modes_supported")]
    pub response_modes: Option<Vec<String>>,
    /// The algorithms it signs ID tokens with.
    #[serde(default, rename = "id_token_signing_alg_values_supported")]
    pub id_token_signing_algs: Vec<String>,
    /// The ways a client may authenticate at the token endpoint; empty when it does not say.
    #[serde(default, rename = "token_endpoint_auth_methods_supported")]
    pub token_auth_methods: Vec<String>,
    /// The PKCE methods it knows; `None` when it does not say.
    #[serde(default, rename = "code_challenge_methods_supported")]
    pub code_challenge_methods: Option<Vec<String>>,
    /// The grants it knows; empty when it does not say.
    #[serde(default, rename = "grant_types_supported")]
    pub grant_types: Vec<String>,
    /// Whether every callback names its issuer (RFC 9207 §3).
    #[serde(default, rename = "authorization_response_iss_parameter_supported")]
    pub requires_iss: bool,
    /// How it is spoken to. No document says.
    #[serde(skip)]
    pub quirks: ProviderQuirks,
}

/// The paths of a server that publishes no metadata, and how it is spoken to.
#[derive(Clone, Copy, Debug)]
pub struct Fixed {
    /// Path of the authorization endpoint.
    pub authorization: &'static str,
    /// Path of the token endpoint.
    pub token: &'static str,
    /// Path of the route that says who signed in.
    pub userinfo: &'static str,
    /// How it is spoken to.
    pub quirks: ProviderQuirks,
}

/// Fixed paths for endpoints that an older document does not list (docs/portal.md, "Discovery").
#[derive(Clone, Copy, Debug, Default)]
pub struct Fallbacks<'a> {
    /// Path of the userinfo endpoint.
    pub userinfo: Option<&'a str>,
    /// Path of the revocation endpoint.
    pub revocation: Option<&'a str>,
    /// Path of the introspection endpoint.
    pub introspection: Option<&'a str>,
}

/// The longest metadata that is read: 256 KiB.
const METADATA_SIZE_LIMIT: usize = 256 * 1024;

impl Metadata {
    /// Reads the metadata of an issuer.
    pub fn parse(issuer: &Issuer, body: &[u8]) -> Result<Self, Error> {
        let flawed = |name: &str, problem| Error::MetadataField {
            name: name.to_owned(),
            problem,
        };
        let mut document = match json::parse_object(body) {
            Some(document) => document,
            None if json::is_object(body) => return Err(flawed("a field", "appears twice")),
            None => {
                return Err(Error::Malformed {
                    what: "the metadata is not a JSON object",
                });
            }
        };
        // The issuer comes first: a document of another server is not worth reading further.
        let claim = match document.get("issuer") {
            Some(Value::String(claim)) => claim,
            // Some servers have JSON for every address.
            None | Some(Value::Null) if !document.contains_key("token_endpoint") => {
                return Err(Error::Malformed {
                    what: "the metadata does not name an issuer",
                });
            }
            None | Some(Value::Null) => return Err(flawed("issuer", "is missing")),
            Some(_) => return Err(flawed("issuer", "is not a string")),
        };
        if !issuer.may_be_called(claim) {
            return Err(Error::IssuerMismatch {
                expected: issuer.exact().to_owned(),
                found: clean(claim),
            });
        }
        json::drop_empty(&mut document);
        for name in ["authorization_endpoint", "token_endpoint"] {
            if !document.contains_key(name) {
                return Err(flawed(name, "is missing"));
            }
        }
        let metadata: Self =
            serde_path_to_error::deserialize(Value::Object(document)).map_err(|error| {
                let name = clean(&error.path().to_string());
                flawed(&name, "is not valid (OpenID Connect Discovery §3)")
            })?;
        if metadata.jwks_uri.is_none() {
            let problem = "is missing, so there is no key set (OpenID Connect Discovery §3)";
            return Err(flawed("jwks_uri", problem));
        }
        metadata.check(issuer)?;
        Ok(metadata)
    }

    /// The metadata of an issuer that publishes none: every path hangs below it.
    pub fn fixed(issuer: &Issuer, paths: &Fixed) -> Self {
        Self {
            issuer: issuer.clone(),
            authorization_endpoint: issuer.endpoint(paths.authorization),
            token_endpoint: issuer.endpoint(paths.token),
            jwks_uri: None,
            userinfo_endpoint: Some(issuer.endpoint(paths.userinfo)),
            revocation_endpoint: None,
            introspection_endpoint: None,
            device_authorization_endpoint: None,
            scopes_supported: Vec::new(),
            response_modes: None,
            id_token_signing_algs: Vec::new(),
            token_auth_methods: Vec::new(),
            code_challenge_methods: None,
            grant_types: Vec::new(),
            requires_iss: false,
            quirks: paths.quirks,
        }
    }

    /// Checks that this metadata speaks for an issuer and stays on its origin.
    pub fn check(&self, issuer: &Issuer) -> Result<(), Error> {
        if !issuer.may_be_called(self.issuer.exact()) {
            return Err(Error::IssuerMismatch {
                expected: issuer.exact().to_owned(),
                found: self.issuer.exact().to_owned(),
            });
        }
        let endpoints = [
            ("authorization_endpoint", Some(&self.authorization_endpoint)),
            ("token_endpoint", Some(&self.token_endpoint)),
            ("jwks_uri", self.jwks_uri.as_ref()),
            ("userinfo_endpoint", self.userinfo_endpoint.as_ref()),
            ("revocation_endpoint", self.revocation_endpoint.as_ref()),
            (
                "introspection_endpoint",
                self.introspection_endpoint.as_ref(),
            ),
            (
                "device_authorization_endpoint",
                self.device_authorization_endpoint.as_ref(),
            ),
        ];
        for (name, endpoint) in endpoints {
            if let Some(url) = endpoint {
                check_endpoint(issuer, name, url)?;
            }
        }
        match &self.code_challenge_methods {
            Some(methods) if !methods.iter().any(|method| method == "S256") => Err(Error::NoPkce),
            _ => Ok(()),
        }
    }

    /// Fills in the endpoints that the document does not list.
    #[must_use]
    pub fn with_fallbacks(mut self, fallbacks: &Fallbacks<'_>) -> Self {
        let issuer = self.issuer.clone();
        let fill = |endpoint: &mut Option<Url>, path: Option<&str>| {
            if endpoint.is_none() {
                *endpoint = path.map(|path| issuer.endpoint(path));
            }
        };
        fill(&mut self.userinfo_endpoint, fallbacks.userinfo);
        fill(&mut self.revocation_endpoint, fallbacks.revocation);
        fill(&mut self.introspection_endpoint, fallbacks.introspection);
        self
    }
}

fn check_endpoint(issuer: &Issuer, name: &'static str, url: &Url) -> Result<(), Error> {
    if url.scheme() != "https" && !(issuer.is_plain_loopback() && url.scheme() == "http") {
        return Err(Error::InsecureEndpoint { name });
    }
    let has_user = !url.username().is_empty() || url.password().is_some();
    if !issuer.is_same_origin(url) || has_user {
        return Err(Error::ForeignEndpoint {
            name,
            origin: origin(url),
        });
    }
    if url.fragment().is_some() {
        return Err(Error::MetadataField {
            name: name.to_owned(),
            problem: "has a fragment (RFC 6749 §3.1)",
        });
    }
    Ok(())
}

/// Fetches and checks the metadata of an issuer. All attempts at both addresses keep within one budget.
///
/// # Errors
/// [`Error::NoMetadata`] when something else is there, [`Error::Redirected`] for any redirect, else
/// those of [`Metadata::parse`] and of the exchange.
pub(crate) async fn discover(
    http: &http::Client,
    retries: &Retries,
    issuer: &Issuer,
) -> Result<Metadata, Error> {
    let mut attempts = retries.begin();
    let url = issuer.endpoint("/.well-known/openid-configuration");
    let error = match metadata_at(http, &mut attempts, issuer, &url).await {
        Err(error) if error.is_of_another_thing() => error,
        metadata => return metadata,
    };
    let plain = issuer.well_known("/.well-known/oauth-authorization-server");
    match metadata_at(http, &mut attempts, issuer, &plain).await {
        // It is there, and is not as it should be.
        Err(flaw) if !flaw.is_about_metadata() => {}
        metadata => return metadata,
    }
    Err(match error {
        redirect @ Error::Redirected { .. } => redirect,
        cause => Error::NoMetadata {
            issuer: issuer.exact().to_owned(),
            url: url.to_string(),
            cause: Box::new(cause),
        },
    })
}

async fn metadata_at(
    http: &http::Client,
    attempts: &mut Attempts,
    issuer: &Issuer,
    url: &Url,
) -> Result<Metadata, Error> {
    let request = || http::Request::get(url).limit(METADATA_SIZE_LIMIT);
    let answer = attempts.read(http, request).await?;
    answer::require_json(url, &answer)?;
    Metadata::parse(issuer, &answer.body)
}

#[cfg(test)]
mod tests;
