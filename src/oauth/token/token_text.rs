//! Which texts can be tokens (RFC 6749 appendix A.12), wherever they stand.

use crate::secret::Secret;

/// The longest token that is believed: a header must still carry it.
pub(crate) const LONGEST_TOKEN: usize = 64 * 1024;

/// Whether a text can be a token.
pub(crate) fn is_token(token: &Secret) -> bool {
    let is_visible = |byte: u8| (0x21..0x7f).contains(&byte);
    let text = token.expose();
    (1..=LONGEST_TOKEN).contains(&text.len()) && text.bytes().all(is_visible)
}

/// Whether a text stands where a token was before it was masked. No server makes such a
/// token.
pub(crate) fn is_placeholder(token: &Secret) -> bool {
    const LONGEST_WORD: usize = 24;
    const WORDS: [&str; 9] = [
        "redacted",
        "masked",
        "hidden",
        "removed",
        "filtered",
        "null",
        "undefined",
        "none",
        "n/a",
    ];
    let text = token.expose();
    let is_bracketed = [('[', ']'), ('<', '>'), ('(', ')'), ('{', '}')]
        .iter()
        .filter_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
        .any(|inner| {
            inner.len() <= LONGEST_WORD
                && inner
                    .bytes()
                    .all(|byte| byte.is_ascii_alphabetic() || b"_-".contains(&byte))
        });
    let word = text.trim_matches(|character: char| !character.is_ascii_alphanumeric());
    word.is_empty()
        || is_bracketed
        || text.starts_with("***")
        || text.ends_with("***")
        || (word.len() >= 3 && word.bytes().all(|byte| matches!(byte, b'x' | b'X')))
        || WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a text is the beginning, the end, or both of the token that was sent, with a row of
/// signs in place of the rest.
pub(crate) fn is_mask_of(token: &Secret, sent: &Secret) -> bool {
    const SHORTEST_ROW: usize = 3;
    let is_sign = |byte: u8| b"*.#xX".contains(&byte);
    let (text, sent) = (token.expose().as_bytes(), sent.expose().as_bytes());
    let common = text.iter().zip(sent).take_while(|(a, b)| a == b).count();
    // The token may itself have such a sign where the row begins.
    (0..=common).any(|head| {
        let Some(rest) = text.get(head..) else {
            return false;
        };
        let Some(&sign) = rest.first().filter(|byte| is_sign(**byte)) else {
            return false;
        };
        let row = rest.iter().take_while(|byte| **byte == sign).count();
        let tail = rest.get(row..).unwrap_or_default();
        row >= SHORTEST_ROW && head + tail.len() < sent.len() && sent.ends_with(tail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::unregistered(text.to_owned())
    }

    #[test]
    fn a_masked_token_is_told_from_a_new_one() {
        let sent = secret("rt-1-abcdefgh0123");
        for masked in [
            "rt-1****0123",
            "rt-1-abc...",
            "xxxxxxxxxxxx0123",
            "rt-1-XXXXXXXX",
            "rt####",
        ] {
            assert!(is_mask_of(&secret(masked), &sent), "{masked}");
        }
        for new in [
            "rt-2****0123",
            "rt-1-abcdefgh0124",
            "rt-1-abcdefgh0123xxx",
            "rt-1-abc..0123",
            "rt-1-xxxy",
            "rt-1-abcxxx9999",
        ] {
            assert!(!is_mask_of(&secret(new), &sent), "{new}");
        }
    }

    #[test]
    fn a_word_in_place_of_a_token_is_no_token() {
        for word in ["[SECRET]", "<omitted>", "(sensitive)", "[PROTECTED]", "N/A"] {
            assert!(is_placeholder(&secret(word)), "{word}");
        }
        for token in [
            "{6f9619ff-8b86}",
            "secret",
            "[a1]",
            "n/a1",
            "(abcdefghijklmnopqrstuvwxyz)",
        ] {
            assert!(!is_placeholder(&secret(token)), "{token}");
        }
    }
}
