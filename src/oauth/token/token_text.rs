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

/// Whether a text stands where a token was before somebody masked it. No server makes such a
/// token.
pub(crate) fn is_placeholder(token: &Secret) -> bool {
    const WORDS: [&str; 8] = [
        "redacted",
        "masked",
        "hidden",
        "removed",
        "filtered",
        "null",
        "undefined",
        "none",
    ];
    let text = token.expose();
    let word = text.trim_matches(|character: char| !character.is_ascii_alphanumeric());
    word.is_empty()
        || text.starts_with("***")
        || text.ends_with("***")
        || (word.len() >= 3 && word.bytes().all(|byte| matches!(byte, b'x' | b'X')))
        || WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}
