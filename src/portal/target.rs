//! Which routes a person may ask for by hand: paths on the portal's origin, written as they are
//! sent.
//!
//! What a reader and a server could understand differently is refused, so that no request goes to
//! another place than the one that is written.

use url::Url;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoTarget {
    #[error("the path is empty")]
    Empty,
    #[error("{0} is not the portal's origin")]
    Elsewhere(String),
    /// It begins like a URL, and is none that could be the portal's.
    #[error("it is neither a path nor a portal URL")]
    NoPath,
    #[error("a URL with a user name or a password is not allowed")]
    UserInfo,
    #[error("the part after `#` is never sent")]
    Fragment,
    /// A character that no path or query may have (RFC 3986 §3.3 and §3.4).
    #[error("the character {0:?} is not allowed in a path or query")]
    Character(char),
    /// `%` without two hexadecimal digits, or one that hides a slash or a control character.
    #[error("`{0}` is not allowed in a path")]
    Escape(String),
    /// A segment that steps upwards, however it is written.
    #[error("a path cannot have `.` or `..` as a segment")]
    Dots,
}

/// Reads a path with its query, or a full URL, as a URL on the portal's origin.
pub(crate) fn target(origin: &Url, text: &str) -> Result<Url, NoTarget> {
    if text.is_empty() {
        return Err(NoTarget::Empty);
    }
    check_characters(text)?;
    let rest = below_origin(origin, text)?;
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    check_path(path)?;
    check_escapes(query.unwrap_or_default(), false)?;
    let path = format!("/{}", path.strip_prefix('/').unwrap_or(path));
    let mut url = origin.clone();
    url.set_path(&path);
    url.set_query(query);
    // The parser of URLs has the last word: had it understood anything else, nothing is sent.
    let is_same = url.origin() == origin.origin() && url.path() == path;
    if is_same {
        Ok(url)
    } else {
        Err(NoTarget::NoPath)
    }
}

fn check_characters(text: &str) -> Result<(), NoTarget> {
    let mut in_query = false;
    for character in text.chars() {
        in_query |= character == '?';
        match character {
            letter if letter.is_ascii_alphanumeric() => {}
            sign if "-._~!$&'()*+,;=:@/?%".contains(sign) => {}
            // Not of RFC 3986, but of every list in a query.
            '[' | ']' if in_query => {}
            // The host of an address of IPv6.
            '[' | ']' if text.contains("://") => {}
            '#' => return Err(NoTarget::Fragment),
            other => return Err(NoTarget::Character(other)),
        }
    }
    Ok(())
}

/// What follows the origin: of a full URL, the part behind it.
fn below_origin<'a>(origin: &Url, text: &'a str) -> Result<&'a str, NoTarget> {
    if text.starts_with("//") {
        let authority = text.trim_start_matches('/').split(['/', '?']).next();
        return Err(
            elsewhere(origin, origin.scheme(), authority.unwrap_or_default())
                .unwrap_or(NoTarget::NoPath),
        );
    }
    let first = text.split(['/', '?']).next().unwrap_or_default();
    if !first.contains(':') {
        return Ok(text);
    }
    let (scheme, rest) = text.split_once("://").ok_or(NoTarget::NoPath)?;
    if !["http", "https"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web))
    {
        return Err(NoTarget::NoPath);
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, below) = rest.split_at(end);
    if let Some(other) = elsewhere(origin, scheme, authority) {
        return Err(other);
    }
    if authority.contains('@') {
        return Err(NoTarget::UserInfo);
    }
    if below.starts_with("//") {
        return Err(NoTarget::NoPath);
    }
    Ok(below)
}

/// The complaint about an origin that is not the portal's.
fn elsewhere(origin: &Url, scheme: &str, authority: &str) -> Option<NoTarget> {
    if authority.is_empty() {
        return Some(NoTarget::NoPath);
    }
    let Ok(other) = Url::parse(&format!("{scheme}://{authority}/")) else {
        return Some(NoTarget::NoPath);
    };
    let is_other = other.origin() != origin.origin();
    is_other.then(|| NoTarget::Elsewhere(other.origin().ascii_serialization()))
}

fn check_path(path: &str) -> Result<(), NoTarget> {
    if let Some(bracket) = path.chars().find(|letter| matches!(letter, '[' | ']')) {
        return Err(NoTarget::Character(bracket));
    }
    check_escapes(path, true)?;
    for segment in path.split('/') {
        let mut written = segment.to_owned();
        // Some servers decode twice.
        loop {
            // Some servers take what follows a semicolon for a parameter of the segment.
            let name = written.split(';').next().unwrap_or_default();
            if name == "." || name == ".." {
                return Err(NoTarget::Dots);
            }
            let decoded = decoded(&written);
            if decoded == written {
                break;
            }
            written = decoded;
        }
    }
    Ok(())
}

fn check_escapes(text: &str, in_path: bool) -> Result<(), NoTarget> {
    for (at, _) in text.match_indices('%') {
        let escape: String = text[at..].chars().take(3).collect();
        let byte = byte_of(&escape).ok_or_else(|| NoTarget::Escape(escape.clone()))?;
        let hides = byte.is_ascii_control() || matches!(byte, b'/' | b'\\');
        if in_path && hides {
            return Err(NoTarget::Escape(escape));
        }
    }
    Ok(())
}

/// The byte that `%41` stands for.
fn byte_of(escape: &str) -> Option<u8> {
    let digits = escape
        .strip_prefix('%')
        .filter(|digits| digits.len() == 2)?;
    let are_digits = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u8::from_str_radix(digits, 16).ok().filter(|_| are_digits)
}

/// A segment with its ASCII escapes resolved, once. Others cannot make a dot.
fn decoded(segment: &str) -> String {
    let mut plain = String::with_capacity(segment.len());
    let mut rest = segment;
    while let Some(first) = rest.chars().next() {
        let byte = rest.get(..3).and_then(byte_of).filter(u8::is_ascii);
        let (character, length) = match byte {
            Some(byte) => (char::from(byte), 3),
            None => (first, first.len_utf8()),
        };
        plain.push(character);
        rest = &rest[length..];
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn portal() -> Url {
        Url::parse("https://portal.example").unwrap()
    }

    fn loopback() -> Url {
        Url::parse("http://[::1]:8787").unwrap()
    }

    #[test]
    fn a_path_or_a_url_of_the_portal_is_asked_for_as_it_is_written() {
        for (text, url) in [
            ("/api/v1/me", "https://portal.example/api/v1/me"),
            ("api/v1/me", "https://portal.example/api/v1/me"),
            ("/", "https://portal.example/"),
            ("/a?b=c&d[]=e%20f", "https://portal.example/a?b=c&d[]=e%20f"),
            ("/a?at=/../x", "https://portal.example/a?at=/../x"),
            (
                "/a?next=https://evil.example/",
                "https://portal.example/a?next=https://evil.example/",
            ),
            ("?a=b", "https://portal.example/?a=b"),
            ("/a/urn:x:1", "https://portal.example/a/urn:x:1"),
            ("/a%20b/c%C3%A9", "https://portal.example/a%20b/c%C3%A9"),
            ("/a/..b/...", "https://portal.example/a/..b/..."),
            ("https://portal.example/a?b", "https://portal.example/a?b"),
            ("HTTPS://PORTAL.example:443/a", "https://portal.example/a"),
            ("https://portal.example", "https://portal.example/"),
        ] {
            assert_eq!(target(&portal(), text).unwrap().as_str(), url, "{text}");
        }
        let url = target(&loopback(), "http://[::1]:8787/a").unwrap();
        assert_eq!(url.as_str(), "http://[::1]:8787/a");
    }

    #[test]
    fn another_origin_is_named() {
        for (text, origin) in [
            ("https://evil.example/a", "https://evil.example"),
            ("//evil.example/a", "https://evil.example"),
            ("///evil.example", "https://evil.example"),
            ("//portal.example@evil.example/", "https://evil.example"),
            (
                "https://portal.example@evil.example/",
                "https://evil.example",
            ),
            (
                "https://portal.example.evil.example",
                "https://portal.example.evil.example",
            ),
            (
                "https://portal.example:8443/a",
                "https://portal.example:8443",
            ),
            ("http://portal.example/a", "http://portal.example"),
            ("https://127.0.0.1/", "https://127.0.0.1"),
        ] {
            assert_eq!(
                target(&portal(), text),
                Err(NoTarget::Elsewhere(origin.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn what_could_be_understood_in_two_ways_is_refused() {
        for (text, reason) in [
            ("", NoTarget::Empty),
            ("/a/../b", NoTarget::Dots),
            ("..", NoTarget::Dots),
            ("/.", NoTarget::Dots),
            ("/./a", NoTarget::Dots),
            ("/%2e%2e/a", NoTarget::Dots),
            ("/%2E./a", NoTarget::Dots),
            ("/%252e%252e/a", NoTarget::Dots),
            ("/a/..;x=1/b", NoTarget::Dots),
            ("https://portal.example/../a", NoTarget::Dots),
            ("/a%2fb", NoTarget::Escape("%2f".to_owned())),
            ("/a%5Cb", NoTarget::Escape("%5C".to_owned())),
            ("/a%00", NoTarget::Escape("%00".to_owned())),
            ("/a%0d%0a", NoTarget::Escape("%0d".to_owned())),
            ("/a%2", NoTarget::Escape("%2".to_owned())),
            ("/a%+1", NoTarget::Escape("%+1".to_owned())),
            ("/a?b=%zz", NoTarget::Escape("%zz".to_owned())),
            ("\\\\evil.example", NoTarget::Character('\\')),
            ("/a\\b", NoTarget::Character('\\')),
            ("/a b", NoTarget::Character(' ')),
            ("/a\r\nHost: x", NoTarget::Character('\r')),
            ("/caf\u{e9}", NoTarget::Character('\u{e9}')),
            ("/a[0]", NoTarget::Character('[')),
            ("/a#b", NoTarget::Fragment),
            ("https://me@portal.example/", NoTarget::UserInfo),
            ("https://me:pw@portal.example/", NoTarget::UserInfo),
            ("https:/evil.example", NoTarget::NoPath),
            ("//portal.example/a", NoTarget::NoPath),
            ("//", NoTarget::NoPath),
            ("https:evil.example", NoTarget::NoPath),
            ("https:///evil.example", NoTarget::NoPath),
            ("https://portal.example//evil.example", NoTarget::NoPath),
            ("file:///etc/passwd", NoTarget::NoPath),
            ("javascript:1", NoTarget::NoPath),
            ("evil.example:80/x", NoTarget::NoPath),
        ] {
            assert_eq!(target(&portal(), text), Err(reason), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_leads_away_from_the_portal(
            text in prop_oneof![
                any::<String>(),
                "[/.%2eE5cCfF;:@?#\\\\a]{0,24}",
                "(https?:)?/{0,3}[a@:.%0-9\\[\\]]{0,12}(portal\\.example)?[/.%2e;?]{0,12}",
            ]
        ) {
            for origin in [portal(), loopback()] {
                if let Ok(url) = target(&origin, &text) {
                    prop_assert_eq!(url.origin(), origin.origin());
                    prop_assert!(url.username().is_empty() && url.password().is_none());
                    prop_assert!(!url.path().starts_with("//") && url.fragment().is_none());
                    // What is sent is what was written.
                    let sent = &url[url::Position::BeforePath..url::Position::AfterPath];
                    let written = text.split('?').next().unwrap_or_default();
                    prop_assert!(
                        written.ends_with(sent) || format!("/{written}") == sent || sent == "/",
                        "{} for {}", sent, text
                    );
                    // And once more, as a reader of the request would.
                    let again = Url::parse(url.as_str()).unwrap();
                    prop_assert_eq!(again, url);
                }
            }
        }
    }
}
