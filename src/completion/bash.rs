//! What is special about bash: it splits words at `=` and `:`, and replaces what follows the last of them.

use clap_complete::engine::CompletionCandidate;

use super::quoting::{escaped, without};
use super::shown::value;

/// At these, readline begins a new word (`COMP_WORDBREAKS`), though the command gets one argument.
const BREAKS: [char; 2] = ['=', ':'];

fn is_break(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|letter| BREAKS.contains(&letter))
}

/// The words as the command gets them, each with the place of its first part.
pub(super) fn joined(parts: &[String]) -> (Vec<String>, Vec<usize>) {
    let mut words: Vec<String> = Vec::new();
    let mut places = Vec::new();
    let mut goes_on = false;
    for (place, part) in parts.iter().enumerate() {
        let is_break = is_break(part);
        match words.last_mut() {
            // The first is the program.
            Some(word) if place > 1 && (is_break || goes_on) => word.push_str(part),
            _ => {
                words.push(part.clone());
                places.push(place);
            }
        }
        goes_on = is_break;
    }
    (words, places)
}

/// A candidate as it replaces what was typed since the last break. `None` where it does not continue that.
pub(super) fn shown(
    candidate: &CompletionCandidate,
    current: &str,
    typed: &str,
    quote: Option<char>,
) -> Option<String> {
    let value = value(candidate);
    let kept = if is_break(typed) || typed.is_empty() {
        current.len()
    } else {
        current.len().saturating_sub(without(typed).len())
    };
    let rest = value.get(kept..)?;
    Some(match quote {
        Some(_) => rest.to_owned(),
        None => escaped(rest),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_readline_splits_are_put_together() {
        for (parts, expected, places) in [
            (
                &["eprospera", "--profile", "=", "sa"][..],
                &["eprospera", "--profile=sa"][..],
                &[0, 1][..],
            ),
            (
                &["eprospera", "--profile", "="],
                &["eprospera", "--profile="],
                &[0, 1],
            ),
            (
                &["eprospera", "login", "--add-scope", "eprospera", ":", "per"],
                &["eprospera", "login", "--add-scope", "eprospera:per"],
                &[0, 1, 2, 3],
            ),
            (
                &["eprospera", "sandbox", "--fault", "=", "token", ":", "", ""],
                &["eprospera", "sandbox", "--fault=token:", ""],
                &[0, 1, 2, 7],
            ),
            (&["eprospera", ":", "x"], &["eprospera", ":x"], &[0, 1]),
        ] {
            let parts: Vec<_> = parts.iter().map(ToString::to_string).collect();
            assert_eq!(
                joined(&parts),
                (
                    expected.iter().map(ToString::to_string).collect(),
                    places.to_vec()
                )
            );
        }
    }

    #[test]
    fn a_candidate_replaces_what_follows_the_last_break() {
        let shown = |value: &str, current: &str, typed: &str| {
            let quote = super::super::quoting::open_quote(typed);
            shown(&CompletionCandidate::new(value), current, typed, quote)
        };
        assert_eq!(
            shown("--profile=sandbox", "--profile=sa", "sa").unwrap(),
            "sandbox"
        );
        assert_eq!(
            shown("--profile=sandbox", "--profile=", "=").unwrap(),
            "sandbox"
        );
        assert_eq!(shown("token:500", "token:", ":").unwrap(), "500");
        assert_eq!(shown("login", "lo", "lo").unwrap(), "login");
        assert_eq!(
            shown("openid email", "openid em", "\"openid em").unwrap(),
            "openid email"
        );
        assert_eq!(
            shown("openid email", "openid em", "openid\\ em").unwrap(),
            "openid\\ email"
        );
    }
}
