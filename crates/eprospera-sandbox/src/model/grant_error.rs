//! Why the token endpoint says no to a code or token, and what to send instead.

use crate::reason::Reason;

/// Why the token endpoint says no: an OAuth code and the reason, which the portal's description has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GrantError {
    pub(crate) error: &'static str,
    pub(crate) reason: Reason,
    /// The session that it concerns.
    pub(crate) session: Option<u64>,
}

impl GrantError {
    pub(crate) fn of_session(mut self, number: u64) -> Self {
        self.session = Some(number);
        self
    }
}

pub(crate) fn grant_error(error: &'static str, reason: Reason) -> GrantError {
    GrantError {
        error,
        reason,
        session: None,
    }
}

/// Why something that was sent as a code or token is not known, by what it looks like.
pub(crate) fn unknown(expected: &str, sent: &str) -> Reason {
    let instead = match expected {
        "code" => {
            "send the `code` of the last redirect to your redirect URI, URL-decoded, once and \
             within its lifetime"
        }
        "refresh token" => {
            "send the `refresh_token` of the last token response, byte for byte; one from before a \
             restart or a reset of the sandbox is unknown, so sign in again"
        }
        _ => {
            "send the `device_code` of the answer to `POST /api/oauth/device_authorization`, not \
             the `user_code`"
        }
    };
    Reason::new(unknown_why(expected, sent), instead)
}

fn unknown_why(expected: &str, sent: &str) -> String {
    let kinds = [
        ("c_", "code"),
        ("rt_", "refresh token"),
        ("dc_", "device code"),
        ("eyJ", "JWT"),
    ];
    let looks = kinds.iter().find(|(prefix, _)| sent.starts_with(prefix));
    match looks {
        Some((_, kind)) if *kind != expected => {
            format!("the {expected} that was sent is a {kind}")
        }
        _ => format!("the {expected} was never issued, or expired long ago"),
    }
}

/// The reason of a code or token that belongs to another client.
pub(crate) fn of_another_client(what: &str, owner: &str, caller: &str) -> Reason {
    Reason::new(
        format!("the {what} was issued to another client, {owner}, not to {caller}"),
        format!(
            "send `client_id={owner}`, with its own authentication: only the client that asked for a \
             {what} can use it"
        ),
    )
}
