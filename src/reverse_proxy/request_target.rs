//! Where a request is to go: a plain path on the portal's origin, or nowhere.

use hyper::Uri;
use hyper::http::uri::PathAndQuery;
use url::Url;

use super::refusal::Refusal;
use crate::portal;
use crate::provider::Provider;

/// Reads the target of a request as a URL on the portal's origin.
pub(super) fn read(origin: &Url, provider: &Provider, uri: &Uri) -> Result<Url, Refusal> {
    if uri.scheme().is_some() || uri.authority().is_some() {
        return Err(Refusal::bad_path("it has to begin with a slash"));
    }
    let Some(text) = uri.path_and_query().map(PathAndQuery::as_str) else {
        return Err(Refusal::bad_path("it is empty"));
    };
    let path = uri.path();
    if !path.starts_with('/') {
        return Err(Refusal::bad_path("it has to begin with a slash"));
    }
    // Servers and their own proxies differ in what an empty segment means.
    if path.contains("//") {
        return Err(Refusal::bad_path("it has an empty segment (`//`)"));
    }
    let url = portal::target(origin, text).map_err(|no| Refusal::bad_path(&no.to_string()))?;
    if provider.is_sign_in_path(&as_read(path)) {
        return Err(Refusal::sign_in_route(path));
    }
    Ok(url)
}

/// The path as a lenient server may read it: decoded until nothing is left to decode, in lower case, and each
/// segment without its parameters and what some file systems pass over at its end.
fn as_read(path: &str) -> String {
    let mut read = path.to_ascii_lowercase();
    loop {
        let decoded = percent_encoding::percent_decode_str(&read)
            .decode_utf8_lossy()
            .to_ascii_lowercase();
        if decoded == read {
            break;
        }
        read = decoded;
    }
    let segments = read.split('/').map(|segment| {
        let name = segment.split(';').next().unwrap_or_default();
        name.trim_end_matches(['.', ' '])
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(target: &str) -> Option<&'static str> {
        let origin = Url::parse("https://portal.example").unwrap();
        let provider = Provider::find("eprospera").unwrap();
        let uri = target.parse().unwrap();
        read(&origin, provider, &uri).err().map(|no| no.reason())
    }

    #[test]
    fn a_plain_path_goes_to_the_portal_with_its_query_as_it_is() {
        for target in [
            "/",
            "/api/v1/me",
            "/a?b=//c&d=%2F..",
            "/a%20b/",
            "/api/oauth/userinfo",
        ] {
            assert_eq!(refused(target), None, "{target}");
        }
        let origin = Url::parse("https://portal.example").unwrap();
        let provider = Provider::find("eprospera").unwrap();
        let url = read(&origin, provider, &"/a?b=%2F&c".parse().unwrap()).unwrap();
        assert_eq!(url.as_str(), "https://portal.example/a?b=%2F&c");
    }

    #[test]
    fn what_is_not_a_plain_path_goes_nowhere() {
        for target in [
            "*",
            "https://portal.example/a",
            "http://evil.example/",
            "evil.example:443",
            "//evil.example/",
            "/a//b",
            "/a/",
            "/../a",
            "/a/..",
            "/%2e%2e/a",
            "/a/%252e%252e/b",
            "/a/..;/b",
            "/a%2fb",
            "/a%5cb",
            "/a%00",
            "/a\\b",
        ] {
            let expected = (target != "/a/").then_some("bad_path");
            assert_eq!(refused(target), expected, "{target}");
        }
    }

    #[test]
    fn no_request_reaches_the_routes_for_signing_in_however_they_are_written() {
        for target in [
            "/api/oauth/token",
            "/api/oauth/authorize?client_id=x",
            "/api/oauth/revoke",
            "/api/oauth/introspect",
            "/api/oauth/device_authorization",
            "/api/oauth/",
            "/api/oauth",
            "/API/OAuth/Token",
            "/api/%6fauth/token",
            "/api/%256fauth/token",
            "/api/oauth/token/",
            "/api/oauth/userinfo/token",
            "/api/oauth;x/token",
            "/api;x=1/oauth/token",
            "/api/oauth./token",
            "/api/oauth%20/token",
            "/api/oauth%3bx/token",
        ] {
            assert_eq!(refused(target), Some("sign_in_route"), "{target}");
        }
    }
}
