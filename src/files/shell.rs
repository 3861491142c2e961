//! A text as a person can paste it into a shell.

use std::ffi::OsStr;

/// A path or another word, in quotes where a POSIX shell would read more into it.
pub(crate) fn quoted(word: impl AsRef<OsStr>) -> String {
    let word = word.as_ref().to_string_lossy();
    // A NUL is in no path and in no argument.
    shlex::try_quote(&word).map_or_else(|_| "''".to_owned(), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_nothing_into_a_word_that_could_be_more() {
        for (word, shown) in [
            ("/a/b-c.d_e", "/a/b-c.d_e"),
            ("a b", "'a b'"),
            ("it's", "\"it's\""),
            ("~/x", "'~/x'"),
            ("$(x)", "'$(x)'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(word), shown);
        }
    }
}
