//! What is wrong with a text that had to be another one, in words for the log.
//!
//! It shows a text only as far as a reader needs it, and never one that may be a secret in the
//! wrong place.

/// Characters shown of either text where they part.
const MAX_CHARS_SHOWN: usize = 24;

/// Says where a text leaves the one that was expected: at which character, and how both go on.
pub(crate) fn first_difference(sent: &str, expected: &str) -> String {
    let position = common_prefix_len(sent, expected);
    format!(
        "at character {}: expected {}, found {}",
        position + 1,
        rest(expected, position),
        rest(sent, position)
    )
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
