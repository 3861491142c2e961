//! Which headers pass, on the way to the portal and back.
//!
//! What is about one connection stays on it (RFC 9110 §7.6.1). Of a request only a list of headers reaches the portal,
//! so that nothing speaks for another caller, or for another host, method or path. What would let a browser do more
//! with an answer, or keep something for the portal's name, does not come back.

use reqwest::header::{
    ACCEPT_ENCODING, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE,
    HeaderMap, HeaderName, HeaderValue, LOCATION, TRANSFER_ENCODING,
};
use url::{Position, Url};

use super::refusal::PROXY_ERROR;

/// About one connection, whatever `Connection` says.
const HOP_BY_HOP: [&str; 8] = [
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "trailers",
    "transfer-encoding",
    "upgrade",
    "http2-settings",
];

/// What a request takes along: what it wants and what its body is. All else can name another client, host,
/// method or path to some server behind the portal.
const SENT: [&str; 20] = [
    "accept",
    "accept-charset",
    "accept-language",
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "prefer",
    "range",
    "traceparent",
    "tracestate",
    "user-agent",
    "x-request-id",
];

/// What an answer does not bring back.
const NOT_RETURNED: [&str; 8] = [
    "set-cookie",
    "set-cookie2",
    "alt-svc",
    "strict-transport-security",
    "public-key-pins",
    "public-key-pins-report-only",
    "clear-site-data",
    "timing-allow-origin",
];
const NOT_RETURNED_PREFIXES: [&str; 2] = ["proxy-", "access-control-"];

/// Types of content into which no server writes what it was sent.
const FILES: [&str; 8] = [
    "application/pdf",
    "application/zip",
    "application/gzip",
    "application/octet-stream",
    "audio/",
    "font/",
    "image/",
    "video/",
];

/// The headers of a request as the portal gets them. Its answer is not to be compressed: a token in
/// it could not be seen.
pub(super) fn for_portal(sent: &HeaderMap) -> HeaderMap {
    let mut passed = passing(sent, |name| SENT.contains(&name));
    passed.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    passed
}

/// The headers of an answer as the caller gets them. An address on the portal's origin becomes one
/// on this proxy; any other stays as it is, and this proxy does not follow it.
pub(super) fn for_caller(answered: &HeaderMap, url: &Url) -> HeaderMap {
    let mut passed = passing(answered, |name| {
        !NOT_RETURNED.contains(&name)
            && !NOT_RETURNED_PREFIXES
                .iter()
                .any(|prefix| name.starts_with(prefix))
    });
    passed.remove(PROXY_ERROR);
    // A length beside a coding is not that of the body (RFC 9112 §6.3).
    if answered.contains_key(TRANSFER_ENCODING) {
        passed.remove(CONTENT_LENGTH);
    }
    for name in [LOCATION, CONTENT_LOCATION] {
        if let Some(relative) = passed.get(&name).and_then(|value| relative(value, url)) {
            passed.insert(name, relative);
        }
    }
    passed
}

/// Takes away what announces a length or a coding that the body no longer has.
pub(super) fn without_length(headers: &mut HeaderMap) {
    headers.remove(CONTENT_LENGTH);
    headers.remove(CONTENT_ENCODING);
}

/// Whether the content is a file, and not a text.
pub(super) fn is_of_a_file(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|text| text.split(';').next());
    let essence = essence.unwrap_or_default().trim().to_ascii_lowercase();
    let is_text = essence.ends_with("+xml");
    !is_text
        && FILES.iter().any(|known| match known.strip_suffix('/') {
            Some(_) => essence.starts_with(known),
            None => essence == *known,
        })
}

/// Whether an answer is compressed although that was not asked for.
pub(super) fn is_encoded(headers: &HeaderMap) -> bool {
    let codings = headers.get_all(CONTENT_ENCODING).iter();
    codings.into_iter().any(|coding| coding != "identity")
}

fn passing(headers: &HeaderMap, may_pass: impl Fn(&str) -> bool) -> HeaderMap {
    let named = named_by_connection(headers);
    let passes = |name: &HeaderName| {
        // Some servers take both signs for the same.
        let name = name.as_str().replace('_', "-");
        !HOP_BY_HOP.contains(&&*name) && may_pass(&name) && !named.contains(&name)
    };
    let passing = headers.iter().filter(|(name, _)| passes(name));
    passing
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The headers that belong to this connection because `Connection` says so.
fn named_by_connection(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(CONNECTION).iter();
    let lists = values.filter_map(|value| value.to_str().ok());
    lists
        .flat_map(|list| list.split(','))
        .map(|name| name.trim().to_ascii_lowercase().replace('_', "-"))
        .collect()
}

/// An address on the origin of a URL as path, query and fragment.
fn relative(value: &HeaderValue, url: &Url) -> Option<HeaderValue> {
    let target = url.join(value.to_str().ok()?).ok()?;
    if target.origin() != url.origin() {
        return None;
    }
    HeaderValue::from_str(&target[Position::BeforePath..]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(rows: &[(&str, &str)]) -> HeaderMap {
        let rows = rows.iter();
        rows.map(|(name, value)| {
            let name: HeaderName = name.parse().unwrap();
            (name, value.parse::<HeaderValue>().unwrap())
        })
        .collect()
    }

    fn names(headers: &HeaderMap) -> Vec<&str> {
        let mut names: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn only_what_a_request_wants_and_what_its_body_is_reaches_the_portal() {
        let sent = map(&[
            ("accept", "text/csv"),
            ("accept-encoding", "gzip"),
            ("accept-language", "es"),
            ("authorization", "Bearer x"),
            ("connection", "keep-alive, X-Own,x_other"),
            ("content-type", "application/json"),
            ("cookie", "a=b"),
            ("expect", "100-continue"),
            ("forwarded", "for=1.2.3.4"),
            ("host", "127.0.0.1:1"),
            ("if-none-match", "\"x\""),
            ("keep-alive", "timeout=5"),
            ("proxy-authorization", "Basic x"),
            ("proxy_authorization", "Basic x"),
            ("proxy-connection", "keep-alive"),
            ("range", "bytes=0-1"),
            ("te", "trailers"),
            ("transfer-encoding", "chunked"),
            ("upgrade", "h2c"),
            ("user-agent", "curl/8"),
            ("via", "1.1 x"),
            ("x-forwarded-for", "1.2.3.4"),
            ("x-forwarded-host", "evil.example"),
            ("x-http-method-override", "DELETE"),
            ("x-other", "1"),
            ("x-own", "1"),
            ("x-rewrite-url", "/api/oauth/token"),
            ("traceparent", "00-1"),
            ("x-original-uri", "/api/oauth/token"),
            ("x-remote-user", "root"),
            ("x-trace", "1"),
        ]);
        let passed = for_portal(&sent);
        assert_eq!(
            names(&passed),
            [
                "accept",
                "accept-encoding",
                "accept-language",
                "content-type",
                "if-none-match",
                "range",
                "traceparent",
                "user-agent"
            ]
        );
        assert_eq!(passed["accept-encoding"], "identity");
    }

    #[test]
    fn what_would_stay_with_a_browser_or_open_the_answer_to_others_is_not_returned() {
        let url = Url::parse("https://portal.example/a").unwrap();
        let answered = map(&[
            ("access-control-allow-origin", "*"),
            ("alt-svc", "h3=\":443\""),
            ("cache-control", "private"),
            ("connection", "close, x-hop"),
            ("content-disposition", "attachment"),
            ("content-length", "3"),
            ("content-type", "application/json"),
            ("eprospera-proxy-error", "spoofed"),
            ("etag", "\"x\""),
            ("proxy-authenticate", "Basic"),
            ("set-cookie", "a=b"),
            ("strict-transport-security", "max-age=1"),
            ("transfer-encoding", "chunked"),
            ("www-authenticate", "Bearer"),
            ("x-hop", "1"),
        ]);
        assert_eq!(
            names(&for_caller(&answered, &url)),
            [
                "cache-control",
                "content-disposition",
                "content-type",
                "etag",
                "www-authenticate"
            ]
        );
        let sized = map(&[("content-length", "3")]);
        assert_eq!(names(&for_caller(&sized, &url)), ["content-length"]);
    }

    #[test]
    fn an_address_on_the_portals_origin_becomes_one_on_the_proxy() {
        let url = Url::parse("https://portal.example/a/b?c").unwrap();
        for (location, passed) in [
            ("https://portal.example/x?y#z", "/x?y#z"),
            ("https://portal.example:443/", "/"),
            ("/x", "/x"),
            ("x", "/a/x"),
            ("//portal.example/x", "/x"),
            ("https://evil.example/x", "https://evil.example/x"),
            ("http://portal.example/x", "http://portal.example/x"),
            ("//evil.example", "//evil.example"),
        ] {
            let answered = map(&[("location", location)]);
            let headers = for_caller(&answered, &url);
            assert_eq!(headers["location"], passed, "{location}");
        }
    }
}
