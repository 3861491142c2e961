//! What a provider is: the facts in which providers differ, and what follows from them.

use std::fmt;

use serde_json::Value;
use url::Url;

use super::feature::Feature;
use super::person::Person;
use super::scope::Scope;
use crate::oauth::{Fallbacks, Fixed, Issuer, Metadata};

#[derive(Debug)]
pub struct Provider {
    pub name: &'static str,
    /// The name in sentences.
    pub title: &'static str,
    /// The issuers that are known to be its own; the first counts where none is set.
    pub issuers: &'static [&'static str],
    /// Its profiles that exist without a configuration file.
    pub profiles: &'static [BuiltIn],
    pub default_redirect_uris: &'static [&'static str],
    /// The scopes that `login` asks for.
    pub default_scopes: &'static str,
    /// The scopes that it documents.
    pub scopes: &'static [Scope],
    /// Whether there are no other scopes than the documented ones; else a client's registration
    /// decides.
    pub has_fixed_scopes: bool,
    /// How one gets a client id.
    pub registration: &'static str,
    pub endpoints: Endpoints,
    /// The folder of the routes for signing in, where no program that was only given access may send
    /// anything.
    pub sign_in_routes: &'static str,
    /// Where the device grant begins when discovery does not say. It is not a fallback like the
    /// others: only where discovery does say is the grant suggested.
    pub device_authorization: Option<&'static str>,
    /// How clients may authenticate at the token endpoint, in the words of discovery documents.
    /// With a secret and no word from the user, the first is used.
    pub client_auth: &'static [&'static str],
    pub lacks: &'static [Feature],
    /// What can be done about a sign-in that never came to an end.
    pub dead_ends: &'static [&'static str],
    /// Reads whom an answer of its user route is about.
    pub person: fn(&Value) -> Result<Person, &'static str>,
    /// Whether a credential is its own beyond doubt, by the look of it.
    pub knows: fn(&str) -> bool,
}

/// A profile that exists without a configuration file.
#[derive(Debug)]
pub struct BuiltIn {
    pub name: &'static str,
    pub issuer: Option<&'static str>,
    pub client_id: Option<&'static str>,
    /// The secret of that client: one of the sandbox, which is none.
    pub client_secret: Option<&'static str>,
    /// Whether it can be used with issuers of this machine only.
    pub loopback_only: bool,
}

/// Where a provider's endpoints are.
#[derive(Debug)]
pub enum Endpoints {
    /// Its discovery document says, and these paths stand in for what an older one leaves out.
    Discovered(Fallbacks<'static>),
    /// It publishes no document.
    Fixed(Fixed),
}

impl Provider {
    pub fn offers(&self, feature: Feature) -> bool {
        !self.lacks.contains(&feature)
    }

    pub fn is_for_confidential_clients(&self) -> bool {
        !self.client_auth.contains(&"none")
    }

    /// The metadata of an issuer that publishes none.
    pub fn fixed_metadata(&self, issuer: &Issuer) -> Option<Metadata> {
        match &self.endpoints {
            Endpoints::Discovered(_) => None,
            Endpoints::Fixed(paths) => Some(Metadata::fixed(issuer, paths)),
        }
    }

    /// Whether a path, decoded and in lower case, is of a route for signing in. Who is signed in and
    /// what is public may be asked.
    pub fn is_sign_in_path(&self, path: &str) -> bool {
        let userinfo = match &self.endpoints {
            Endpoints::Discovered(fallbacks) => fallbacks.userinfo,
            Endpoints::Fixed(paths) => Some(paths.userinfo),
        };
        let Some(below) = path.strip_prefix(self.sign_in_routes) else {
            return false;
        };
        let is_inside = below.is_empty() || below.starts_with('/');
        is_inside && userinfo != Some(path) && !below.starts_with("/.well-known/")
    }

    /// Where the device grant begins; `None` where there is none.
    pub fn device_endpoint(&self, metadata: &Metadata) -> Option<Url> {
        let listed = metadata.device_authorization_endpoint.clone();
        let known = self.device_authorization;
        listed.or_else(|| known.map(|path| metadata.issuer.endpoint(path)))
    }

    /// Metadata with what an older document leaves out.
    pub fn completed(&self, metadata: Metadata) -> Metadata {
        match &self.endpoints {
            Endpoints::Discovered(fallbacks) => metadata.with_fallbacks(fallbacks),
            Endpoints::Fixed(_) => metadata,
        }
    }
}

impl PartialEq for Provider {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Provider {}

impl fmt::Display for Provider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}
