//! What a store keeps, and under which name.

use crate::crypto::digest;

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

    /// Whose session an account is; `None` for an account of anything else.
    pub fn of_account(account: &str) -> Option<Self> {
        let (profile, rest) = account.split_once('@')?;
        let (issuer, client_id) = rest.split_once('#')?;
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        if profile.is_empty() || !profile.chars().all(is_name) || client_id.is_empty() {
            return None;
        }
        Some(Self {
            profile: profile.to_owned(),
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
        })
    }
}

/// What precedes the identity in the account of [`Entry::Incoming`].
const INCOMING: &str = "incoming:";

/// The same in the account of [`Entry::PendingLogins`].
const PENDING: &str = "pending:";

/// One thing that a store keeps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// The session of an identity.
    Session(Identity),
    /// A session that is to take the place of the one above, and has not proved good yet.
    Incoming(Identity),
    /// The logins of an identity that were begun, and that a later command finishes.
    PendingLogins(Identity),
    /// The secret of a confidential client. Profiles with the same client share it.
    ClientSecret {
        /// Origin of the provider.
        issuer: String,
        /// The client's registered id.
        client_id: String,
    },
}

impl Entry {
    /// The session, or what belongs to one that is to come, that an account names; `None` for any
    /// other account.
    pub fn of_session(account: &str) -> Option<Self> {
        if let Some(account) = account.strip_prefix(INCOMING) {
            return Identity::of_account(account).map(Self::Incoming);
        }
        if let Some(account) = account.strip_prefix(PENDING) {
            return Identity::of_account(account).map(Self::PendingLogins);
        }
        Identity::of_account(account).map(Self::Session)
    }

    /// Whose session it is; `None` where it is not one.
    pub fn identity(&self) -> Option<&Identity> {
        match self {
            Self::Session(identity) | Self::Incoming(identity) | Self::PendingLogins(identity) => {
                Some(identity)
            }
            Self::ClientSecret { .. } => None,
        }
    }

    /// The unique name of the entry. A profile's name has no colon, so the forms never meet.
    pub fn account(&self) -> String {
        match self {
            Self::Session(identity) => identity.account(),
            Self::Incoming(identity) => format!("{INCOMING}{}", identity.account()),
            Self::PendingLogins(identity) => format!("{PENDING}{}", identity.account()),
            Self::ClientSecret { issuer, client_id } => {
                format!("client-secret:{issuer}#{client_id}")
            }
        }
    }

    /// A file name that people recognise and that differs for every account, also where the file
    /// system ignores case.
    pub(super) fn stem(&self) -> String {
        let readable = match self {
            Self::Session(identity) | Self::Incoming(identity) | Self::PendingLogins(identity) => {
                &identity.profile
            }
            Self::ClientSecret { client_id, .. } => client_id,
        };
        let readable: String = readable
            .chars()
            .map(|letter| match letter {
                'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '_' => letter,
                _ => '-',
            })
            .take(32)
            .collect();
        format!("{readable}-{}", &digest(&[&self.account()])[..32])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_of_a_session_names_its_identity_and_no_other_account_does() {
        let identity = Identity {
            profile: "work.1".to_owned(),
            issuer: "https://portal.example".to_owned(),
            client_id: "a#b@c".to_owned(),
        };
        assert_eq!(
            Identity::of_account(&identity.account()),
            Some(identity.clone())
        );
        for entry in [
            Entry::Session(identity.clone()),
            Entry::Incoming(identity.clone()),
            Entry::PendingLogins(identity.clone()),
        ] {
            assert_eq!(Entry::of_session(&entry.account()), Some(entry));
        }
        for other in [
            "client-secret:https://portal.example#c@d",
            "part-a-0:default@https://portal.example#c",
            "probe:0a1b",
            "incoming:default@https://portal.example#c",
            "pending:default@https://portal.example#c",
            "incoming:incoming:default@https://portal.example#c",
            "@https://portal.example#c",
            "default@https://portal.example",
            "default@https://portal.example#",
        ] {
            assert_eq!(Identity::of_account(other), None, "{other}");
        }
    }
}
