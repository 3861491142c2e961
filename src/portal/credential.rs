//! Kinds of credential, told by their first letters (docs/portal.md, "Credentials and scopes").

use crate::secret::Secret;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credential {
    /// An OAuth access token, or something that no prefix tells: it is treated as opaque.
    AccessToken,
    /// `ak-`: delegated by its owner, with scopes of its own.
    AgentKey,
    /// `sk-`: of its owner alone.
    StandardKey,
    /// `pk-`: of a partner.
    PartnerKey,
    /// `rt_`: opens no route at all.
    RefreshToken,
}

impl Credential {
    pub(crate) fn of(credential: &Secret) -> Self {
        match credential.expose().get(..3) {
            Some("ak-") => Self::AgentKey,
            Some("sk-") => Self::StandardKey,
            Some("pk-") => Self::PartnerKey,
            Some("rt_") => Self::RefreshToken,
            _ => Self::AccessToken,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AccessToken => "an OAuth access token",
            Self::AgentKey => "an Agent Key (ak-)",
            Self::StandardKey => "a standard API key (sk-)",
            Self::PartnerKey => "a partner key (pk-)",
            Self::RefreshToken => "a refresh token (rt_)",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_tells_the_kind_and_anything_else_is_an_access_token() {
        for (credential, kind) in [
            ("ak-1", Credential::AgentKey),
            ("sk-1", Credential::StandardKey),
            ("pk-1", Credential::PartnerKey),
            ("rt_1", Credential::RefreshToken),
            ("eyJhbGciOiJSUzI1NiJ9.e30.c2ln", Credential::AccessToken),
            ("at_1", Credential::AccessToken),
            ("AK-1", Credential::AccessToken),
            ("ak", Credential::AccessToken),
            ("é", Credential::AccessToken),
            ("", Credential::AccessToken),
        ] {
            let secret = Secret::new(credential.to_owned());
            assert_eq!(Credential::of(&secret), kind, "{credential}");
        }
    }
}
