//! All that differs between providers, and nothing else. A further provider is one new file and
//! its place in [`ALL`].
//!
//! Knows paths, defaults, spellings, and what a provider does not offer; speaks no HTTP and reads
//! no setting. No other module asks which provider it is, only what it [offers](Provider::offers).

mod definition;
mod eprospera;
mod feature;
mod person;
mod prosper;
mod scope;

use crate::oauth::Issuer;

pub(crate) use definition::{BuiltIn, Provider};
use eprospera::EPROSPERA;
pub(crate) use feature::Feature;
pub(crate) use person::Person;
use prosper::PROSPER;
pub(crate) use scope::{Scope, ScopeError};

/// Every provider; the first is meant where none is named.
pub(crate) const ALL: [&Provider; 2] = [&EPROSPERA, &PROSPER];

impl Provider {
    pub fn find(name: &str) -> Option<&'static Self> {
        ALL.into_iter().find(|provider| provider.name == name)
    }

    /// Its scope that a person calls so: in full, without the prefix, or by an end that is clear.
    pub fn scope(&self, word: &str) -> Result<&'static Scope, ScopeError> {
        scope::find(self.scopes, word)
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
}

/// Finds a profile that exists without a configuration file, and its provider.
pub(crate) fn built_in(name: &str) -> Option<(&'static Provider, &'static BuiltIn)> {
    ALL.into_iter().find_map(|provider| {
        let mut profiles = provider.profiles.iter();
        let profile = profiles.find(|profile| profile.name == name)?;
        Some((provider, profile))
    })
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
