//! The error that fits a status, as each service words it.

use crate::faults::fault::Endpoint;

/// The code and message of a status at the file service.
pub(crate) const fn of_files(status: u16) -> (&'static str, &'static str) {
    match status {
        403 => ("AccessDenied", "Access Denied"),
        404 => ("NoSuchKey", "The specified key does not exist."),
        429 | 503 => ("SlowDown", "Please reduce your request rate."),
        400..=499 => ("InvalidRequest", "The request was refused."),
        _ => (
            "InternalError",
            "We encountered an internal error. Please try again.",
        ),
    }
}

/// The error string of a status where it strikes (docs/portal.md, Errors).
pub(crate) fn of_portal(status: u16, endpoint: Endpoint) -> &'static str {
    let me = Endpoint::Me.covers(endpoint);
    let resource = me || endpoint == Endpoint::Userinfo;
    match (status, endpoint) {
        (400, _) => "invalid_request",
        (401, _) if resource => "invalid_token",
        (401, _) => "invalid_client",
        (403, Endpoint::Userinfo) => "insufficient_scope",
        (403, _) => "Insufficient permissions",
        (404, Endpoint::Userinfo) => "user_not_found",
        (404, _) => "Not found",
        (409, _) => "Conflict",
        (429, _) => "Too many requests",
        (500, _) if me => "Internal server error",
        (500, _) => "internal_server_error",
        (503, _) => "Service unavailable",
        (400..=499, _) => "Request refused",
        _ => "Server error",
    }
}

/// What Prosper says with a status, where one is known.
pub(crate) const fn of_prosper(status: u16) -> &'static str {
    match status {
        400 => "Invalid code",
        401 => "Invalid token",
        404 => "Not found",
        429 => "Too many requests",
        402..=499 => "Request refused",
        _ => "Internal server error",
    }
}
