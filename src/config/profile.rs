//! A profile as the file has it.

/// The keys of a profile.
pub(crate) const KEYS: [&str; 7] = [
    "provider",
    "issuer",
    "client_id",
    "redirect_uris",
    "scopes",
    "store",
    "token_auth",
];

/// The profile that is used where none is chosen.
pub(crate) const DEFAULT_PROFILE: &str = "default";

/// A profile as written: texts that are not parsed yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    pub provider: Option<String>,
    pub issuer: Option<String>,
    pub client_id: Option<String>,
    pub redirect_uris: Option<Vec<String>>,
    pub scopes: Option<String>,
    pub store: Option<String>,
    pub token_auth: Option<String>,
}

impl Profile {
    /// This profile, with what it does not say taken from another.
    #[must_use]
    pub(crate) fn or(self, base: Self) -> Self {
        Self {
            provider: self.provider.or(base.provider),
            issuer: self.issuer.or(base.issuer),
            client_id: self.client_id.or(base.client_id),
            redirect_uris: self.redirect_uris.or(base.redirect_uris),
            scopes: self.scopes.or(base.scopes),
            store: self.store.or(base.store),
            token_auth: self.token_auth.or(base.token_auth),
        }
    }
}
