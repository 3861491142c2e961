//! The known word that a misspelt one was probably meant to be.
//!
//! Knows words alone, not what they name.

use strsim::{damerau_levenshtein, jaro_winkler};

/// How alike two words are that begin alike, from 0 to 1, when one was probably meant.
const ALIKE: f64 = 0.9;

/// The known word that is most like `word`, if one is like it at all. Case, `-` and `_` make no difference.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |word: &str| word.to_lowercase().replace('_', "-");
    let wanted = plain(word);
    let distance = |known: &str| {
        let known = plain(known);
        let edits = damerau_levenshtein(&wanted, &known);
        // One edit in three letters is a slip, and the beginning of a word is often all that is typed.
        let is_slip = edits * 3 <= wanted.chars().count().max(known.chars().count());
        let is_cut = wanted.len() >= 3 && known.starts_with(&wanted);
        (is_slip || is_cut || jaro_winkler(&wanted, &known) >= ALIKE).then_some(edits)
    };
    let found = known.into_iter();
    let near = found.filter_map(|known| distance(known).map(|edits| (edits, known)));
    near.min_by_key(|(edits, _)| *edits).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_finds_its_neighbour_and_another_word_finds_nothing() {
        let known = [
            "login",
            "logout",
            "status",
            "login_required",
            "keyring",
            "a-b",
        ];
        let near = |word| nearest(word, known);
        assert_eq!(near("logni"), Some("login"));
        assert_eq!(near("LOGOUT"), Some("logout"));
        assert_eq!(near("keyrng"), Some("keyring"));
        assert_eq!(near("login-requird"), Some("login_required"));
        assert_eq!(near("stat"), Some("status"));
        assert_eq!(near("a_b"), Some("a-b"));
        for other in ["", "404", "weather", "x", "ü"] {
            assert_eq!(near(other), None, "{other}");
        }
    }
}
