//! All that differs between providers, and nothing else. A further provider is one new file.
//!
//! Knows paths, defaults and spellings; speaks no HTTP and reads no setting.

mod eprospera;

use std::fmt;

pub use eprospera::EPROSPERA;

/// One provider's constants.
#[derive(Debug, PartialEq, Eq)]
pub struct Provider {
    /// The name in profiles.
    pub name: &'static str,
    /// The name in sentences.
    pub title: &'static str,
    /// The issuer where none is set.
    pub default_issuer: &'static str,
    /// The redirect URIs that its clients are asked to register.
    pub default_redirect_uris: &'static [&'static str],
    /// The scopes that `login` asks for.
    pub default_scopes: &'static str,
    /// How one gets a client id.
    pub registration: &'static str,
    /// Where tokens are revoked when discovery does not say.
    pub revocation_path: &'static str,
    /// Where userinfo is when discovery does not say.
    pub userinfo_path: &'static str,
}

impl Provider {
    /// Finds a provider by its name in profiles.
    pub fn find(name: &str) -> Option<&'static Self> {
        [&EPROSPERA]
            .into_iter()
            .find(|provider| provider.name == name)
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}
