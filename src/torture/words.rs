//! What clients wrote, fit for a report: one line, without secrets.

use crate::secret::redact;

/// The longest line of a client that is repeated.
const MAX_CHARS: usize = 200;
/// How the secrets of the sandbox begin: refresh tokens, codes, device codes, JWTs.
const PREFIXES: [&str; 4] = ["rt_", "dc_", "c_", "eyJ"];
/// A word with such a beginning is a secret from this length on.
const MIN_SECRET: usize = 20;
/// The same behind other letters, where the beginning may be chance.
const MIN_HIDDEN_SECRET: usize = 43;

fn is_of_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
}

/// Whether a text holds a refresh token of the sandbox.
pub(super) fn has_refresh_token(text: &str) -> bool {
    words(text).any(|word| secret_at(word, "rt_").is_some())
}

/// Where in a word a secret with this beginning starts.
fn secret_at(word: &str, prefix: &str) -> Option<usize> {
    let mut starts = word.match_indices(prefix).map(|(at, _)| at);
    starts.find(|at| {
        let follows_letter = word[..*at].ends_with(|before: char| before.is_ascii_alphanumeric());
        let shortest = if follows_letter {
            MIN_HIDDEN_SECRET
        } else {
            MIN_SECRET
        };
        word.len() - at >= shortest
    })
}

/// Whether a text holds a JWT.
pub(super) fn has_jwt(text: &str) -> bool {
    words(text).any(|word| word.contains("eyJ") && word.len() >= 3 * MIN_SECRET)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character| !is_of_token(character))
}

/// The line that says most: the last one about an error, else the last one. Without secrets and
/// control characters, cut to a length.
pub(super) fn telling_line(text: &str) -> Option<String> {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let is_about_error = |line: &&&str| line.contains("rror");
    let is_full = |line: &&&str| !line.is_empty();
    let line = lines.iter().rev().find(is_about_error);
    let line = line.or_else(|| lines.iter().rev().find(is_full))?;
    Some(without_secrets(line))
}

/// The last lines of what a set-up wrote.
pub(super) fn last_lines(text: &str, count: usize) -> Vec<String> {
    let lines: Vec<_> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let skipped = lines.len().saturating_sub(count);
    lines
        .into_iter()
        .skip(skipped)
        .map(without_secrets)
        .collect()
}

/// A line without secrets and control characters, cut to a length.
pub(super) fn without_secrets(line: &str) -> String {
    let mut clean = String::new();
    let mut rest = line;
    while let Some(start) = rest.find(is_of_token) {
        let (before, tail) = rest.split_at(start);
        let end = tail.find(|character| !is_of_token(character));
        let (word, tail) = tail.split_at(end.unwrap_or(tail.len()));
        clean.push_str(before);
        let secrets = PREFIXES.iter().filter_map(|prefix| secret_at(word, prefix));
        match secrets.min() {
            Some(at) => {
                clean.push_str(&word[..at]);
                clean.push_str("[redacted]");
            }
            None => clean.push_str(word),
        }
        rest = tail;
    }
    clean.push_str(rest);
    let clean = redact(&clean);
    let mut clean: String = clean
        .chars()
        .filter(|character| !character.is_control())
        .collect();
    if let Some((at, _)) = clean.char_indices().nth(MAX_CHARS) {
        clean.truncate(at);
        clean.push('…');
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_a_client_is_repeated_without_its_tokens() {
        let refresh = format!("rt_{}", "a".repeat(43));
        let jwt = format!("eyJ{}.eyJ{}.sig", "b".repeat(30), "c".repeat(30));
        let text =
            format!("first\n\u{1b}[31merror: refresh_token={refresh}&x, \"{jwt}\" is bad\n\n");
        let line = telling_line(&text).unwrap();
        assert_eq!(
            line,
            "[31merror: refresh_token=[redacted]&x, \"[redacted]\" is bad"
        );
        assert!(has_refresh_token(&text) && has_jwt(&text));
        assert!(!has_refresh_token(&line) && !has_jwt(&line));
        assert_eq!(telling_line(" \n\n"), None);
        assert_eq!(
            telling_line("start_of_a_long_identifier_in_rust_code")
                .unwrap()
                .len(),
            39
        );
    }

    #[test]
    fn the_line_about_an_error_says_more_than_the_last_one() {
        let text = "file:1\n  throw x\nTypeError: x is not set\n    at y\n\nNode.js v20\n";
        assert_eq!(telling_line(text).unwrap(), "TypeError: x is not set");
    }

    #[test]
    fn a_long_line_is_cut() {
        let line = telling_line(&"ä b ".repeat(200)).unwrap();
        assert_eq!(line.chars().count(), MAX_CHARS + 1);
    }
}
