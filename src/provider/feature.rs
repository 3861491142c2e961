//! What a provider may offer or lack.

use std::fmt;

/// Something that a command or a flag needs of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    Discovery,
    IdTokens,
    /// Ways for the answer of authorize to travel.
    ResponseModes,
    /// `prompt`, `max_age` and `login_hint`.
    SignInOptions,
    DeviceGrant,
    Refresh,
    Revocation,
    Introspection,
    MeRoutes,
}

/// As it stands after "it has no".
impl fmt::Display for Feature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Discovery => "discovery document",
            Self::IdTokens => "ID tokens",
            Self::ResponseModes => "response modes",
            Self::SignInOptions => "sign-in options",
            Self::DeviceGrant => "device grant",
            Self::Refresh => "refresh",
            Self::Revocation => "revocation",
            Self::Introspection => "introspection",
            Self::MeRoutes => "routes below /api/v1/me",
        })
    }
}
