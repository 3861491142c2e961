//! Whether a request that changes something was sent by a page of this origin.
//!
//! Browsers say so by themselves and let no page change it: `Sec-Fetch-Site` (Fetch Metadata), and
//! `Origin` (RFC 6454 §7). The first one sees a difference between ports, which cookies do not.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

/// What a browser sends for a request from a page to its own origin.
const SAME_ORIGIN: &str = "same-origin";

/// Why a request is not from a page of this sandbox; `scheme` is how the sandbox is reached, and
/// its `Host` has been checked before.
pub(crate) fn check(headers: &HeaderMap, scheme: &str) -> Result<(), &'static str> {
    let text = |value: Option<&axum::http::HeaderValue>| {
        value.map(|value| value.to_str().unwrap_or("unreadable").to_owned())
    };
    let site = text(headers.get("sec-fetch-site"));
    let origin = text(headers.get(ORIGIN));
    let own = text(headers.get(HOST)).map(|host| format!("{scheme}://{host}"));
    // A page that sends no Referer, as all pages here, sends the origin `null` with a form.
    let is_foreign = |origin: &str| origin != "null" && Some(origin) != own.as_deref();
    if headers.get_all(ORIGIN).into_iter().count() > 1 || origin.as_deref().is_some_and(is_foreign)
    {
        return Err("the page that sent this request is of another origin");
    }
    match site.as_deref() {
        Some(SAME_ORIGIN) => Ok(()),
        Some(_) => Err("the page that sent this request is of another origin"),
        // Browsers before Fetch Metadata.
        None if origin.is_some() && origin == own => Ok(()),
        None => Err("nothing says that a page of this sandbox sent this request"),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn is_own(scheme: &str, fields: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static("127.0.0.1:8787"));
        for (name, value) in fields {
            headers.append(*name, HeaderValue::from_static(value));
        }
        check(&headers, scheme).is_ok()
    }

    #[test]
    fn only_a_page_of_the_same_scheme_host_and_port_is_an_own_one() {
        let own = "http://127.0.0.1:8787";
        let right: &[&[(&str, &str)]] = &[
            &[("sec-fetch-site", "same-origin"), ("origin", own)],
            &[("sec-fetch-site", "same-origin"), ("origin", "null")],
            &[("sec-fetch-site", "same-origin")],
            &[("origin", own)],
        ];
        for fields in right {
            assert!(is_own("http", fields), "{fields:?}");
        }
        let wrong: &[&[(&str, &str)]] = &[
            &[],
            &[("origin", "null")],
            &[("origin", "http://127.0.0.1:3000")],
            &[("origin", "http://localhost:8787")],
            &[("origin", "https://127.0.0.1:8787")],
            &[("origin", "https://attacker.example")],
            &[("origin", own), ("origin", own)],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "same-site"), ("origin", own)],
            &[("sec-fetch-site", "same-site"), ("origin", "null")],
            &[("sec-fetch-site", "cross-site"), ("origin", "null")],
            &[
                ("sec-fetch-site", "same-origin"),
                ("origin", "http://127.0.0.1:3000"),
            ],
        ];
        for fields in wrong {
            assert!(!is_own("http", fields), "{fields:?}");
        }
        assert!(is_own("https", &[("origin", "https://127.0.0.1:8787")]));
        assert!(!is_own("https", &[("origin", own)]));
    }
}
