//! What a store keeps, and under which name.

/// Whose session: a login with another profile, issuer or client is another session.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    /// Name of the profile: letters, digits, `.`, `_` and `-`.
    pub profile: String,
    /// Origin of the provider, without a trailing slash.
    pub issuer: String,
    /// The client's registered id.
    pub client_id: String,
}

impl Identity {
    /// `PROFILE@ISSUER#CLIENT_ID`, the account under which the keyring shows the session.
    pub fn account(&self) -> String {
        format!("{}@{}#{}", self.profile, self.issuer, self.client_id)
    }
}

/// One thing that a store keeps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// The session of an identity.
    Session(Identity),
    /// The secret of a confidential client. Profiles with the same client share it.
    ClientSecret {
        /// Origin of the provider.
        issuer: String,
        /// The client's registered id.
        client_id: String,
    },
}

impl Entry {
    /// The unique name of the entry. A profile's name has no colon, so the two forms never meet.
    pub fn account(&self) -> String {
        match self {
            Self::Session(identity) => identity.account(),
            Self::ClientSecret { issuer, client_id } => {
                format!("client-secret:{issuer}#{client_id}")
            }
        }
    }
}
