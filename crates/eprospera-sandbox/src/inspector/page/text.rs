//! Texts of others, made safe to read: what hides or turns letters round is written out, and what
//! is long is cut where a person can open it.
//!
//! maud escapes all of it. A value is in a `bdi`, so that its direction ends where it ends.

use maud::{Markup, html};

/// Characters of a value that are shown at once.
const MAX_CHARS_SHOWN: usize = 240;
/// Characters of a value that are shown when it is opened; no request is that long.
const MAX_CHARS_OPENED: usize = 70_000;

/// Whether a character is not what it looks like: it hides, breaks the line, or turns the text that
/// follows it.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The text, with each hidden character as its number.
pub(super) fn plain(text: &str) -> Markup {
    html! {
        bdi {
            @for part in text.split_inclusive(is_hidden) {
                @let last = part.chars().next_back().filter(|letter| is_hidden(*letter));
                (part.strip_suffix(is_hidden).unwrap_or(part))
                @if let Some(letter) = last {
                    span .hidden-char title="a character that cannot be seen" {
                        (format!("U+{:04X}", u32::from(letter)))
                    }
                }
            }
        }
    }
}

/// A value, which is cut when it is long.
pub(super) fn value(text: &str) -> Markup {
    let count = text.chars().count();
    if count <= MAX_CHARS_SHOWN {
        return html! { code { (plain(text)) } };
    }
    let head: String = text.chars().take(MAX_CHARS_SHOWN).collect();
    let rest: String = text
        .chars()
        .skip(MAX_CHARS_SHOWN)
        .take(MAX_CHARS_OPENED)
        .collect();
    html! {
        code { (plain(&head)) }
        details .cut {
            summary { "Show all " (count) " characters" }
            code { (plain(&rest)) }
        }
    }
}

/// A sentence that stands alone, with its first letter and its full stop.
pub(super) fn whole_sentence(text: &str) -> Markup {
    let first = text.split([' ', ',', ':']).next().unwrap_or_default();
    // Not the name of a parameter, which is written as it is.
    let is_word = first.bytes().all(|byte| byte.is_ascii_lowercase());
    let text = if is_word {
        capitalized(text)
    } else {
        text.to_owned()
    };
    let is_ended = text.ends_with(['.', '?', '!']);
    html! { (sentence(&text)) @if !is_ended { "." } }
}

/// The text with a capital at its beginning.
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// A sentence, in which backticks hold what is to be copied.
pub(super) fn sentence(text: &str) -> Markup {
    let parts: Vec<_> = text.split('`').collect();
    if parts.len() % 2 == 0 {
        return plain(text);
    }
    html! {
        @for (index, part) in parts.iter().enumerate() {
            @if index % 2 == 1 {
                code { (plain(part)) }
            } @else if !part.is_empty() {
                (plain(part))
            }
        }
    }
}

/// The time of day of a moment as it is kept: `2026-02-03T10:20:30.400Z`.
pub(super) fn time(moment: &str) -> Markup {
    let day = moment.get(..10).unwrap_or_default();
    let clock = moment.get(11..19).unwrap_or(moment);
    html! { time datetime=(moment) title={ (day) " " (clock) " UTC" } { (clock) } }
}

/// A moment with its day.
pub(super) fn moment(moment: &str) -> Markup {
    let day = moment.get(..10).unwrap_or_default();
    let clock = moment.get(11..19).unwrap_or(moment);
    html! { time datetime=(moment) { (day) " " (clock) " UTC" } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_or_turns_letters_is_written_out() {
        let text = plain("a\u{202e}b\u{0}\n\u{200b}<i>").into_string();
        for number in ["U+202E", "U+0000", "U+000A", "U+200B"] {
            assert!(text.contains(number), "{text}");
        }
        assert!(
            !text.contains(is_hidden) && text.contains("&lt;i&gt;"),
            "{text}"
        );
        assert_eq!(plain("Zoë 东").into_string(), "<bdi>Zoë 东</bdi>");
    }

    #[test]
    fn a_long_value_is_cut_and_nothing_of_it_is_lost() {
        let long = format!("{}{}", "ä".repeat(MAX_CHARS_SHOWN), "the end");
        let text = value(&long).into_string();
        assert!(text.contains("Show all 247 characters") && text.contains("the end"));
        assert!(!value("short").into_string().contains("details"));
    }

    #[test]
    fn a_sentence_begins_with_a_capital_unless_it_begins_with_a_name() {
        let text = |text| whole_sentence(text).into_string();
        assert_eq!(text("nonce is missing"), "<bdi>Nonce is missing</bdi>.");
        assert_eq!(
            text("client_id is unknown"),
            "<bdi>client_id is unknown</bdi>."
        );
        assert!(text("send `a`; `b` is wrong").starts_with("<bdi>Send </bdi><code>"));
        assert_eq!(
            text("Done. Sign in again."),
            "<bdi>Done. Sign in again.</bdi>"
        );
        assert_eq!(text(""), ".");
    }

    #[test]
    fn backticks_are_for_what_can_be_copied_unless_one_is_left_over() {
        let text = sentence("send `a=1`, not `a`").into_string();
        assert_eq!(text.matches("<code>").count(), 2, "{text}");
        assert!(!sentence("a ` alone").into_string().contains("<code>"));
    }
}
