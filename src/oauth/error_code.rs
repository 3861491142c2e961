//! What the error codes of OAuth mean, in one table: RFC 6749 §4.1.2.1 and §5.2, RFC 8628 §3.5, OpenID
//! Connect Core §3.1.2.6.
//!
//! What follows from a meaning depends on who asked, and is decided where it was asked.

/// What a server says with an error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeMeaning {
    /// The person said no.
    Denied,
    /// The person has to consent, and was not asked.
    ConsentRequired,
    /// The person has to sign in or to choose an account, and was not asked.
    SignInRequired,
    /// The code or the refresh token is worth nothing.
    GrantRefused,
    /// The client is unknown, or did not prove itself.
    ClientRefused,
    /// The client may not do this.
    ClientUnauthorized,
    /// The client may not ask for these scopes.
    ScopeRefused,
    /// The request is not one that the server understands.
    RequestRefused,
    /// The server cannot answer now.
    Busy,
    /// The device's code is not approved yet.
    Pending,
    /// The device asks too often.
    SlowDown,
    /// The device's code has expired.
    Expired,
    /// None of the registered codes.
    Other,
}

impl CodeMeaning {
    /// The meaning of a code.
    pub(crate) fn of(code: &str) -> Self {
        match code {
            // The second is how Microsoft calls it.
            "access_denied" | "authorization_declined" => Self::Denied,
            "consent_required" => Self::ConsentRequired,
            "login_required" | "interaction_required" | "account_selection_required" => {
                Self::SignInRequired
            }
            "invalid_grant" => Self::GrantRefused,
            "invalid_client" => Self::ClientRefused,
            "unauthorized_client" => Self::ClientUnauthorized,
            "invalid_scope" => Self::ScopeRefused,
            "invalid_request" | "unsupported_response_type" => Self::RequestRefused,
            "temporarily_unavailable" | "server_error" => Self::Busy,
            "authorization_pending" => Self::Pending,
            "slow_down" => Self::SlowDown,
            "expired_token" => Self::Expired,
            _ => Self::Other,
        }
    }

    /// Whether the client rather than the grant was refused.
    pub(super) fn is_of_client(self) -> bool {
        matches!(self, Self::ClientRefused | Self::ClientUnauthorized)
    }
}
