//! The kinds of failure, each with its exit code, its name for scripts and its words for people.

/// The kinds of failure. Numbers 0 to 9 are those of the official Node tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Failure,
    Usage,
    LoginRequired,
    Forbidden,
    NotFound,
    Conflict,
    RateLimited,
    InvalidRequest,
    Timeout,
    Network,
    Busy,
    Store,
    Untrusted,
    Interrupted,
    Terminated,
}

impl Kind {
    /// Every kind, in the order of its exit code.
    pub const ALL: [Self; 15] = [
        Self::Failure,
        Self::Usage,
        Self::LoginRequired,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::RateLimited,
        Self::InvalidRequest,
        Self::Timeout,
        Self::Network,
        Self::Busy,
        Self::Store,
        Self::Untrusted,
        Self::Interrupted,
        Self::Terminated,
    ];

    /// The exit code.
    pub fn code(self) -> u8 {
        self.row().0
    }

    /// The stable machine name, the `code` of the JSON envelope.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// When it happens, in words.
    pub fn meaning(self) -> &'static str {
        self.row().2
    }

    /// Whether the same command may succeed later without anyone changing anything.
    pub fn is_retryable(self) -> bool {
        match self {
            Self::RateLimited | Self::Timeout | Self::Network | Self::Busy => true,
            // A failure is where the HTTP status says so: see `is_retryable_after`.
            Self::Failure
            | Self::Usage
            | Self::LoginRequired
            | Self::Forbidden
            | Self::NotFound
            | Self::Conflict
            | Self::InvalidRequest
            | Self::Store
            | Self::Untrusted
            | Self::Interrupted
            | Self::Terminated => false,
        }
    }

    /// The same where an HTTP status is known: a server error passes.
    pub fn is_retryable_after(self, status: Option<u16>) -> bool {
        let is_server_error = status.is_some_and(|status| status >= 500);
        self.is_retryable() || (self == Self::Failure && is_server_error)
    }

    fn row(self) -> (u8, &'static str, &'static str) {
        match self {
            Self::Failure => (1, "failure", "anything without a code of its own"),
            Self::Usage => (2, "usage", "bad flag, argument or configuration"),
            Self::LoginRequired => (3, "login_required", "no session, or it has ended; 401"),
            Self::Forbidden => (4, "forbidden", "consent denied, scope missing, 403"),
            Self::NotFound => (5, "not_found", "404"),
            Self::Conflict => (6, "conflict", "409"),
            Self::RateLimited => (7, "rate_limited", "429 after retries"),
            Self::InvalidRequest => (8, "invalid_request", "400, 422"),
            Self::Timeout => (9, "timeout", "login or request took too long"),
            Self::Network => (
                11,
                "network",
                "server unreachable; says nothing about the session",
            ),
            Self::Busy => (12, "busy", "another process holds the session's lock"),
            Self::Store => (
                13,
                "store",
                "credential store absent, locked, denied or corrupt",
            ),
            Self::Untrusted => (14, "untrusted", "a security check failed"),
            Self::Interrupted => (130, "interrupted", "Ctrl-C; nothing half-stored"),
            Self::Terminated => (143, "terminated", "SIGTERM; nothing half-stored"),
        }
    }

    /// The kind that an HTTP status stands for (docs/portal.md, "Errors").
    pub fn of_status(status: u16) -> Self {
        match status {
            400 | 422 => Self::InvalidRequest,
            401 => Self::LoginRequired,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            409 => Self::Conflict,
            429 => Self::RateLimited,
            408 | 504 => Self::Timeout,
            _ => Self::Failure,
        }
    }
}
