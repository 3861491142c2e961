//! Text that a server chose, made fit for messages: it must not steer a terminal or fill it.
//!
//! It knows nothing about what the text means.

use crate::unicode;

/// The longest text of a server that an error carries, in characters.
const MAX_DESCRIPTION_LENGTH: usize = 300;

/// Cleans a text that a server chose: control characters and the invisible ones that reorder or
/// hide text become spaces, and the rest is cut to 300 characters.
pub(crate) fn clean(text: &str) -> String {
    let visible = |(character, steers)| if steers { ' ' } else { character };
    let cleaned: String = unicode::characters(text)
        .take(MAX_DESCRIPTION_LENGTH)
        .map(visible)
        .collect();
    cleaned.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_server_cannot_steer_a_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\r\nc\u{202e}d\u{200b}"), "a [31mb  c d");
        assert_eq!(clean("a\u{fff9}b\u{e0041}c"), "a b c");
        assert_eq!(clean(&"x".repeat(1000)).len(), 300);
    }
}
