//! The applications registered with the sandbox.
//!
//! Redirect URIs are compared as strings, exactly (docs/portal.md, Authorize). A client without a
//! secret is public.

use std::str::FromStr;

use url::Url;

use crate::model::scope;
use crate::reason::Reason;

const DEFAULT_REDIRECT_URIS: [&str; 4] = [
    "http://127.0.0.1:8736/callback",
    "http://127.0.0.1:8737/callback",
    "http://127.0.0.1:8738/callback",
    "http://localhost:3000/api/auth/callback/eprospera",
];

/// A way to get tokens that a client may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantType {
    /// `authorization_code`
    AuthorizationCode,
    /// `refresh_token`
    RefreshToken,
    /// `urn:ietf:params:oauth:grant-type:device_code` (RFC 8628)
    DeviceCode,
}

impl GrantType {
    pub(crate) const ALL: [Self; 3] = [
        Self::AuthorizationCode,
        Self::RefreshToken,
        Self::DeviceCode,
    ];

    /// As it is written in `grant_type`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::RefreshToken => "refresh_token",
            Self::DeviceCode => "urn:ietf:params:oauth:grant-type:device_code",
        }
    }

    /// The same without the words that only a registry needs.
    pub(crate) const fn short_name(self) -> &'static str {
        match self {
            Self::DeviceCode => "device_code",
            _ => self.as_str(),
        }
    }
}

/// A registered application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// `client_id`
    pub id: String,
    /// What the consent page calls it.
    pub name: String,
    /// `client_secret`; a public client has none.
    pub secret: Option<String>,
    /// Where codes may be sent; compared as strings.
    pub redirect_uris: Vec<String>,
    /// What it may use at the token endpoint.
    pub grants: Vec<GrantType>,
    /// What it may ask for.
    pub scopes: Vec<String>,
}

impl Client {
    /// A client that may use the code and refresh grants and ask for every scope.
    pub fn new(id: &str, secret: Option<&str>, redirect_uris: Vec<String>) -> Self {
        Self {
            id: id.to_owned(),
            name: id.to_owned(),
            secret: secret.map(str::to_owned),
            redirect_uris,
            grants: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
            scopes: scope::ALL
                .iter()
                .map(|scope| scope.name.to_owned())
                .collect(),
        }
    }

    /// The clients every sandbox starts with.
    pub fn built_in() -> Vec<Self> {
        let redirect_uris = || DEFAULT_REDIRECT_URIS.map(str::to_owned).to_vec();
        let mut cli = Self::new("sandbox-cli", None, redirect_uris());
        "Sandbox command line".clone_into(&mut cli.name);
        cli.grants.push(GrantType::DeviceCode);
        let mut web = Self::new("sandbox-web", Some("sandbox-secret"), redirect_uris());
        "Sandbox web application".clone_into(&mut web.name);
        let mut official = Self::new("eprospera-cli", None, Vec::new());
        "e-Próspera command line".clone_into(&mut official.name);
        official.grants = vec![GrantType::DeviceCode, GrantType::RefreshToken];
        vec![cli, web, official]
    }

    /// How to register one more redirect URI: as an option, which takes the place of the whole client
    /// and so names all that it has, with `SECRET` for its secret.
    pub(crate) fn with_another_uri(&self) -> String {
        let is_plain = |text: &str| !text.contains([',', '\'']);
        let uris = self.redirect_uris.iter().map(String::as_str);
        if !uris.clone().all(is_plain) || self.id.contains([':', '=', '\'']) {
            return "add it to the client's `redirect_uris` in the sandbox's configuration"
                .to_owned();
        }
        let secret = if self.is_public() { "" } else { ":SECRET" };
        let uris: Vec<_> = uris.chain(["REDIRECT_URI"]).collect();
        let uris = uris.join(",");
        format!("`eprospera sandbox --client '{}{secret}={uris}'`", self.id)
    }

    /// Whether it has no secret.
    pub const fn is_public(&self) -> bool {
        self.secret.is_none()
    }

    /// Whether its registration allows a grant.
    pub fn allows(&self, grant: GrantType) -> bool {
        self.grants.contains(&grant)
    }

    /// Why its registration makes no sense, if it does not.
    pub(crate) fn unusable(&self) -> Option<&'static str> {
        let needs_uri = self.allows(GrantType::AuthorizationCode);
        (needs_uri && self.redirect_uris.is_empty())
            .then_some("the grant `authorization_code` needs `redirect_uris`")
    }

    /// Why it may not use a grant.
    pub(crate) fn why_not(&self, grant: GrantType) -> Reason {
        let registered: Vec<_> = self.grants.iter().map(|grant| grant.as_str()).collect();
        let why = format!(
            "client {} is not registered for {}, only for {}",
            self.id,
            grant.as_str(),
            registered.join(", ")
        );
        let grant = grant.short_name();
        Reason::new(
            why,
            format!(
                "use a client that is registered for {grant}, or add `{grant}` to the `grants` of this \
                 one in the sandbox's configuration"
            ),
        )
    }
}

/// Why `ID[:SECRET]=REDIRECT_URI,…` was not understood. The text is not repeated: it may hold a
/// secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// No `=` between client and redirect URIs.
    #[error("a client is written `ID[:SECRET]=REDIRECT_URI,…`; the `=` is missing")]
    NoEqualsSign,
    /// Nothing before `:` or `=`.
    #[error("the client id before `=` is empty")]
    EmptyId,
    /// RFC 6749 appendix A.1.
    #[error("the client id holds a character that no client id may hold")]
    InvalidId,
    /// `ID:=…`
    #[error("the secret of client `{id}` is empty; leave out the `:` for a public client")]
    EmptySecret {
        /// The client.
        id: String,
    },
    /// Nothing after `=`, or between two commas.
    #[error("client `{id}` has an empty redirect URI")]
    EmptyRedirectUri {
        /// The client.
        id: String,
    },
    /// A redirect URI that cannot be registered.
    #[error("client `{id}` cannot register the redirect URI `{uri}`: {reason}")]
    RedirectUri {
        /// The client.
        id: String,
        /// The URI.
        uri: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// A client of one's own may use every grant.
impl FromStr for Client {
    type Err = ClientError;

    fn from_str(text: &str) -> Result<Self, ClientError> {
        let (client, uris) = text.split_once('=').ok_or(ClientError::NoEqualsSign)?;
        let (id, secret) = match client.split_once(':') {
            Some((id, secret)) => (id, Some(secret)),
            None => (client, None),
        };
        if id.is_empty() {
            return Err(ClientError::EmptyId);
        }
        if !id.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return Err(ClientError::InvalidId);
        }
        if secret == Some("") {
            return Err(ClientError::EmptySecret { id: id.to_owned() });
        }
        let mut redirect_uris = Vec::new();
        for uri in uris.split(',') {
            redirect_uris.push(registrable(id, uri.trim())?);
        }
        let mut client = Self::new(id, secret, redirect_uris);
        client.grants.push(GrantType::DeviceCode);
        Ok(client)
    }
}

fn registrable(id: &str, uri: &str) -> Result<String, ClientError> {
    if uri.is_empty() {
        return Err(ClientError::EmptyRedirectUri { id: id.to_owned() });
    }
    match unregistrable(uri) {
        None => Ok(uri.to_owned()),
        Some(reason) => Err(ClientError::RedirectUri {
            id: id.to_owned(),
            uri: uri.to_owned(),
            reason,
        }),
    }
}

/// Why a redirect URI cannot be registered: RFC 6749 §3.1.2 (absolute, no fragment) and RFC 8252 §7.1
/// (private-use schemes have a dot).
pub(crate) fn unregistrable(uri: &str) -> Option<&'static str> {
    if !uri.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some("it contains a character that is not allowed in a URI");
    }
    let Ok(url) = Url::parse(uri) else {
        return Some("it is not an absolute URL");
    };
    if url.fragment().is_some() {
        return Some("it has a fragment");
    }
    let is_known = matches!(url.scheme(), "http" | "https") || url.scheme().contains('.');
    (!is_known).then_some("its scheme is neither https, http nor one with a dot")
}
