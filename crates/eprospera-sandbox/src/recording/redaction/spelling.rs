//! What a text stands for: the texts that it is percent-encoded from, and the parts of a URL.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::form_urlencoded;

use crate::recording::redaction::names;

/// How often a text is decoded to see what it stands for.
pub(super) const MAX_SPELLINGS: usize = 4;

/// What a finder says of a text or, if nothing, of what it stands for, percent-encoded any number of
/// times.
pub(super) fn spelled(
    text: &str,
    find: impl Fn(&str) -> Option<&'static str>,
) -> Option<&'static str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..MAX_SPELLINGS {
        let found = find(&text);
        if found.is_some() || !text.contains('%') {
            return found;
        }
        let decoded = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        if decoded == text {
            return None;
        }
        text = Cow::Owned(decoded);
    }
    Some("text that is encoded too often")
}

/// What is secret in a URL: the password before its host, or a value of its query.
pub(super) fn secret_of_url(text: &str) -> Option<&'static str> {
    let (_, rest) = text.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Some("URL with a password");
    }
    let (_, query) = rest.split_once(['?', '#'])?;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let is_secret = pairs.any(|(name, value)| !value.is_empty() && names::is_secret(&name));
    is_secret.then_some("URL with a secret")
}

#[cfg(test)]
mod tests {
    use crate::recording::redaction::tests::kind;

    #[test]
    fn a_secret_is_found_in_every_spelling_and_inside_of_others() {
        for (value, expected) in [
            ("web:abc", "client id and secret"),
            ("web%3Aabc", "client id and secret"),
            ("http://a/the%2Dcontrol%2Dtoken", "control token"),
            ("http://a/the%252Dcontrol%252Dtoken", "control token"),
            ("http://a/cbthe-control-token", "control token"),
            ("http://me:P4ss@a/", "URL with a password"),
            ("http://a/?password=hunter2", "URL with a secret"),
            ("http://a/#access_token=hunter2", "URL with a secret"),
            ("http://a/?code=x", "URL with a secret"),
        ] {
            assert_eq!(kind("redirect_uri", value), Some(expected), "{value}");
        }
        assert_eq!(kind("redirect_uri", "http://a/?state=x&token_type=y"), None);
    }
}
