//! Quotes and backslashes in a word that is not finished yet.

/// The quote in which a word ends, if it is open.
pub(super) fn open_quote(word: &str) -> Option<char> {
    read(word).1
}

/// The word that a shell makes of it. Nothing is expanded.
pub(super) fn without(word: &str) -> String {
    read(word).0
}

fn read(word: &str) -> (String, Option<char>) {
    let mut text = String::with_capacity(word.len());
    let mut quote = None;
    let mut letters = word.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None, '\\') => text.extend(letters.next()),
            (Some('"'), '\\') => match letters.next() {
                Some(next @ ('"' | '\\' | '$' | '`')) => text.push(next),
                next => {
                    text.push('\\');
                    text.extend(next);
                }
            },
            _ => text.push(letter),
        }
    }
    (text, quote)
}

/// The text with a backslash before whatever a POSIX shell would read more into.
pub(super) fn escaped(text: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "_-./=:,@%+~".contains(letter);
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if !is_plain(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_are_taken_off_as_a_shell_does() {
        for (word, text, quote) in [
            ("plain", "plain", None),
            ("a\\ b", "a b", None),
            ("'a b", "a b", Some('\'')),
            ("'a b'c", "a bc", None),
            ("\"a 'b\\\"", "a 'b\"", Some('"')),
            ("\"a\\n", "a\\n", Some('"')),
            ("a\\", "a", None),
            ("", "", None),
        ] {
            assert_eq!(
                (without(word).as_str(), open_quote(word)),
                (text, quote),
                "{word}"
            );
        }
        assert_eq!(escaped("a b$c"), "a\\ b\\$c");
    }
}
