//! What is wrong with a text that had to be another one, in words for the log.
//!
//! It shows a text only as far as a reader needs it, and never one that may be a secret in the
//! wrong place.

use crate::client_text;

/// Characters shown of either text where they part.
const MAX_CHARS_SHOWN: usize = 24;

/// Says where a text leaves the one that was expected: at which character, and how both go on.
pub(crate) fn first_difference(sent: &str, expected: &str) -> String {
    let position = common_prefix_len(sent, expected);
    if let Some(kind) = client_text::secret_in(sent) {
        let number = position + 1;
        return format!("at character {number}: what was sent holds a secret ({kind})");
    }
    format!(
        "at character {}: expected {}, found {}",
        position + 1,
        rest(expected, position),
        rest(sent, position)
    )
}

/// The mistake of a redirect URI in the words that people know it by, as the beginning of a
/// sentence; empty where it is another one.
pub(crate) fn uri_mistake(sent: &str, expected: &str) -> String {
    let without_scheme = |uri: &str| uri.split_once("://").map(|(_, rest)| rest.to_owned());
    let same_host = sent.replacen("//localhost", "//127.0.0.1", 1)
        == expected.replacen("//localhost", "//127.0.0.1", 1);
    let mistake = if sent.strip_suffix('/') == Some(expected) {
        "leave out the `/` at the end"
    } else if expected.strip_suffix('/') == Some(sent) {
        "add the `/` at the end"
    } else if sent.eq_ignore_ascii_case(expected) {
        "write capitals and small letters as registered"
    } else if same_host {
        "`localhost` and `127.0.0.1` are not the same here"
    } else if without_scheme(sent).is_some() && without_scheme(sent) == without_scheme(expected) {
        "`http` and `https` are not the same here"
    } else if sent.trim() == expected {
        "leave out the space or line break around it"
    } else {
        return String::new();
    };
    format!("{mistake}: ")
}

/// How alike two URIs are: one that differs only in a well-known way is the most alike.
pub(crate) fn likeness(sent: &str, other: &str) -> (bool, usize) {
    let is_known = !uri_mistake(sent, other).is_empty();
    (is_known, common_prefix_len(sent, other))
}

/// How many characters two texts begin with in common.
pub(crate) fn common_prefix_len(left: &str, right: &str) -> usize {
    let pairs = left.chars().zip(right.chars());
    pairs.take_while(|(left, right)| left == right).count()
}

fn rest(text: &str, from: usize) -> String {
    let rest: String = text.chars().skip(from).take(MAX_CHARS_SHOWN).collect();
    if rest.is_empty() {
        "the end".to_owned()
    } else {
        format!("`{}`", rest.escape_debug())
    }
}

/// The word that was sent where it is one of those known elsewhere: any other text may be a secret
/// that went into the wrong field.
pub(crate) fn quoted_if_known(sent: &str, known: &[&str]) -> String {
    if known.contains(&sent) {
        format!("`{sent}`")
    } else {
        "a value unknown to OAuth".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_texts_part_in_the_middle_or_at_an_end() {
        assert_eq!(
            first_difference("http://a/cb", "http://b/cb"),
            "at character 8: expected `b/cb`, found `a/cb`"
        );
        assert_eq!(
            first_difference("ab", "abc"),
            "at character 3: expected `c`, found the end"
        );
        assert_eq!(
            first_difference("abc", "ab"),
            "at character 3: expected the end, found `c`"
        );
    }

    #[test]
    fn control_characters_are_shown_as_escapes() {
        assert_eq!(
            first_difference("a\u{1b}[", "ab"),
            "at character 2: expected `b`, found `\\u{1b}[`"
        );
    }

    #[test]
    fn only_words_that_others_know_are_repeated() {
        assert_eq!(quoted_if_known("token", &["token"]), "`token`");
        assert_eq!(
            quoted_if_known("hunter2", &["token"]),
            "a value unknown to OAuth"
        );
    }
}
