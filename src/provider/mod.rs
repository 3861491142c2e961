//! All that differs between providers, and nothing else. A further provider is one new file and
//! its place in [`ALL`].
//!
//! Knows paths, defaults, spellings, and what a provider does not offer; speaks no HTTP and reads
//! no setting. Nobody else asks which provider it is: they ask what it [offers](Provider::offers).

mod eprospera;
mod feature;
mod person;
mod prosper;

use std::fmt;

use serde_json::Value;
use url::Url;

use crate::oauth::{Fallbacks, Fixed, Issuer, Metadata};

use eprospera::EPROSPERA;
pub(crate) use feature::Feature;
pub(crate) use person::Person;
use prosper::PROSPER;

/// Every provider; the first is meant where none is named.
pub(crate) const ALL: [&Provider; 2] = [&EPROSPERA, &PROSPER];

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
    pub documented_scopes: &'static [&'static str],
    /// Whether there are no other scopes than the documented ones; else a client's registration
    /// decides.
    pub has_fixed_scopes: bool,
    /// How one gets a client id.
    pub registration: &'static str,
    pub endpoints: Endpoints,
    /// Where the device grant begins when discovery does not say. It is no fallback like the
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
    pub fn find(name: &str) -> Option<&'static Self> {
        ALL.into_iter().find(|provider| provider.name == name)
    }

    /// The provider whose issuer this is beyond doubt.
    pub fn of_issuer(issuer: &Issuer) -> Option<&'static Self> {
        let origin = issuer.endpoint("/");
        let is_here =
            |known: &&str| Issuer::parse(known).is_ok_and(|known| known.is_same_origin(&origin));
        let mut providers = ALL.into_iter();
        providers.find(|provider| provider.issuers.iter().any(is_here))
    }

    /// The provider whose credential this is beyond doubt.
    pub fn of_credential(text: &str) -> Option<&'static Self> {
        ALL.into_iter().find(|provider| (provider.knows)(text))
    }

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

/// Finds a profile that exists without a configuration file, and its provider.
pub(crate) fn built_in(name: &str) -> Option<(&'static Provider, &'static BuiltIn)> {
    ALL.into_iter().find_map(|provider| {
        let mut profiles = provider.profiles.iter();
        let profile = profiles.find(|profile| profile.name == name)?;
        Some((provider, profile))
    })
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_and_built_in_profiles_are_unique_and_issuers_are_well_formed() {
        let names: BTreeSet<_> = ALL.iter().map(|provider| provider.name).collect();
        assert_eq!(names.len(), ALL.len());
        let profiles = || ALL.iter().flat_map(|provider| provider.profiles);
        let unique: BTreeSet<_> = profiles().map(|profile| profile.name).collect();
        assert_eq!(unique.len(), profiles().count());
        for provider in ALL {
            let profiles = provider.profiles.iter();
            for text in profiles
                .filter_map(|profile| profile.issuer)
                .chain(provider.issuers.iter().copied())
            {
                Issuer::parse(text).unwrap();
            }
        }
    }

    #[test]
    fn a_built_in_secret_belongs_to_a_profile_that_never_leaves_this_machine() {
        for provider in ALL {
            for profile in provider.profiles {
                assert!(profile.client_secret.is_none() || profile.loopback_only);
                assert!(profile.client_secret.is_none() || profile.client_id.is_some());
            }
        }
    }

    #[test]
    fn an_issuer_and_a_credential_are_told_apart_by_whose_they_are() {
        let of = |issuer: &str| Provider::of_issuer(&Issuer::parse(issuer).unwrap());
        assert_eq!(of("https://portal.eprospera.com"), Some(&EPROSPERA));
        assert_eq!(
            of("https://staging-portal.eprospera.com/x"),
            Some(&EPROSPERA)
        );
        assert_eq!(of("https://admin-prod.prosperex.com.au"), Some(&PROSPER));
        assert_eq!(of("http://127.0.0.1:8787"), None);
        for (text, own) in [
            ("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1In0.c2ln", true),
            ("ak-1", true),
            ("sk-1", true),
            ("pk-1", true),
            ("rt_1", true),
            ("b3BhcXVlLWV4YW1wbGU=", false),
            ("eyJhbGciOiJSUzI1NiJ9", false),
            ("at_canary", false),
        ] {
            let expected = own.then_some(&EPROSPERA);
            assert_eq!(Provider::of_credential(text), expected, "{text}");
        }
    }
}
