//! What the proxy itself answers: the JSON of this program's errors, with a header that tells it
//! from what the portal answers.

use hyper::Response;
use reqwest::StatusCode;
use reqwest::header::{
    CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE,
};

use super::allow::NotAllowed;
use super::audit::AuditError;
use super::body::{self, Body};
use crate::error::{Error, Kind};

/// Says that an answer is the proxy's own, and why.
pub(super) const PROXY_ERROR: HeaderName = HeaderName::from_static("eprospera-proxy-error");

/// The words for causes that only a proxy has; the others are kinds of errors.
pub(crate) const REASONS: [&str; 20] = [
    "host",
    "ambiguous_header",
    "bad_path",
    "unexpected_body",
    "broken_body",
    "capability_missing",
    "capability_wrong",
    "not_allowed",
    "sign_in_route",
    "web_page",
    "partial_text",
    "body_too_slow",
    "length_required",
    "body_too_large",
    "expectation",
    "foreign_host",
    "too_many_requests",
    "headers_too_large",
    "upgrade",
    "audit",
];

/// A request that does not pass, or a token that is not to be had. It can be given to all who wait
/// for the same thing.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    /// A stable word for the cause, more precise than the error's code.
    reason: &'static str,
    header: Option<(HeaderName, &'static str)>,
    body: Vec<u8>,
}

impl Refusal {
    /// A refusal with its status, its word, and an error in the words of this program.
    fn new(status: StatusCode, reason: &'static str, error: &Error) -> Self {
        debug_assert!(REASONS.contains(&reason) || reason == error.kind().name());
        Self {
            status,
            reason,
            header: None,
            body: format!("{}\n", error.to_json()).into_bytes(),
        }
    }

    fn with(self, name: HeaderName, value: &'static str) -> Self {
        Self {
            header: Some((name, value)),
            ..self
        }
    }

    /// What a request has to be before anything is sent.
    pub(super) fn bad_request(reason: &'static str, problem: impl Into<String>) -> Self {
        let error = Error::of_kind(Kind::InvalidRequest, problem.into());
        Self::new(StatusCode::BAD_REQUEST, reason, &error)
    }

    pub(super) fn bad_path(problem: &str) -> Self {
        let error = Error::of_kind(
            Kind::InvalidRequest,
            format!("this path is not sent to the portal: {problem}"),
        )
        .hint("ask for a plain path, such as `/api/v1/me/natural-person`");
        Self::new(StatusCode::BAD_REQUEST, "bad_path", &error)
    }

    /// Routes where clients and people sign in: a capability is no way to tokens.
    pub(super) fn sign_in_route(path: &str) -> Self {
        let error = Error::forbidden(format!(
            "{path} is for signing in, and this proxy does not pass requests to it"
        ));
        Self::new(StatusCode::FORBIDDEN, "sign_in_route", &error)
    }

    pub(super) fn not_allowed(problem: &NotAllowed, is_read_only: bool) -> Self {
        if let NotAllowed::Ambiguous { .. } = problem {
            return Self::bad_path(&problem.to_string());
        }
        let hint = if is_read_only {
            "only reads (GET and HEAD) pass; start the proxy with `--allow` for more"
        } else {
            "start the proxy with another `--allow` rule to let this pass"
        };
        let error = Error::forbidden(problem.to_string()).hint(hint);
        Self::new(StatusCode::FORBIDDEN, "not_allowed", &error)
    }

    pub(super) fn token_method(path: &str) -> Self {
        let error = Error::forbidden(format!("only GET and HEAD are allowed for {path}"));
        Self::new(StatusCode::FORBIDDEN, "not_allowed", &error)
    }

    /// What cannot be written down is not passed on.
    pub(super) fn audit(problem: &AuditError) -> Self {
        let error = Error::failure(problem.to_string()).hint(problem.hint());
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "audit", &error)
    }

    pub(super) fn capability(is_missing: bool) -> Self {
        let (reason, what) = if is_missing {
            (
                "capability_missing",
                "the request does not have the capability of this proxy",
            )
        } else {
            (
                "capability_wrong",
                "the capability in the request is not that of this proxy",
            )
        };
        let error = Error::forbidden(what).hint(
            "send the header `Authorization: Bearer CAPABILITY` with the value of \
             EPROSPERA_API_CAPABILITY, or of `capability` in the first line of `eprospera serve`",
        );
        Self::new(StatusCode::UNAUTHORIZED, reason, &error)
            .with(WWW_AUTHENTICATE, "Bearer realm=\"eprospera\"")
    }

    pub(super) fn foreign_host(host: &str) -> Self {
        let error = Error::untrusted(format!("this proxy is not {host}"))
            .hint("use the address in EPROSPERA_API_URL as it is");
        Self::new(StatusCode::MISDIRECTED_REQUEST, "foreign_host", &error)
    }

    pub(super) fn web_page() -> Self {
        let error = Error::untrusted("a web page sent this request, and none may use this proxy")
            .hint("send it from a program, without an `Origin` header");
        Self::new(StatusCode::FORBIDDEN, "web_page", &error)
    }

    pub(super) fn partial_text() -> Self {
        let error = Error::forbidden(
            "the portal answered with a part of a text, in which this proxy could not recognise a token",
        )
        .hint("ask for the whole, without `Range`");
        Self::new(StatusCode::FORBIDDEN, "partial_text", &error)
    }

    pub(super) fn upgrade() -> Self {
        let error = Error::of_kind(
            Kind::InvalidRequest,
            "this proxy passes requests and responses, but no WebSocket or other upgrade",
        );
        Self::new(StatusCode::NOT_IMPLEMENTED, "upgrade", &error)
    }

    pub(super) fn expectation() -> Self {
        let error = Error::of_kind(
            Kind::InvalidRequest,
            "the only expectation that this proxy meets is `100-continue`",
        );
        Self::new(StatusCode::EXPECTATION_FAILED, "expectation", &error)
    }

    pub(super) fn length_required() -> Self {
        let error = Error::of_kind(
            Kind::InvalidRequest,
            "this proxy takes no body in chunks (`Transfer-Encoding`)",
        )
        .hint("send the body as a whole, with its `Content-Length`");
        Self::new(StatusCode::LENGTH_REQUIRED, "length_required", &error)
    }

    pub(super) fn headers_too_large(limit: usize) -> Self {
        let error = Error::of_kind(
            Kind::InvalidRequest,
            format!("the headers of the request are longer than {limit} bytes"),
        );
        Self::new(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "headers_too_large",
            &error,
        )
    }

    pub(super) fn body_too_large(limit: usize) -> Self {
        let error = Error::of_kind(
            Kind::InvalidRequest,
            format!("the body of the request is longer than {limit} bytes"),
        );
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", &error)
    }

    pub(super) fn body_too_slow() -> Self {
        let error = Error::timeout("the body of the request did not arrive in time");
        Self::new(StatusCode::REQUEST_TIMEOUT, "body_too_slow", &error)
    }

    pub(super) fn too_many_requests(most: usize) -> Self {
        let error = Error::of_kind(
            Kind::RateLimited,
            format!("{most} requests are under way already"),
        )
        .hint("send it again when one of them has ended");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", &error).with(RETRY_AFTER, "1")
    }

    /// The portal or the session fails: the request itself was fine.
    pub(super) fn gateway(error: &Error) -> Self {
        let kind = error.kind();
        let status = match kind {
            Kind::Timeout => StatusCode::GATEWAY_TIMEOUT,
            Kind::Busy | Kind::RateLimited => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_GATEWAY,
        };
        Self::new(status, kind.name(), error)
    }

    /// A stable word for the cause.
    pub(super) fn reason(&self) -> &'static str {
        self.reason
    }

    pub(super) fn into_response(self) -> Response<Body> {
        let mut response = Response::new(body::full(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if let Some((name, value)) = self.header {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(PROXY_ERROR, HeaderValue::from_static(self.reason));
        response
    }
}
