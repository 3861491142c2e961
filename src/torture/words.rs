//! What clients wrote, fit for a report: one line, without secrets.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::secret::redact;
use crate::unicode;

/// The longest line of a client that is repeated.
const MAX_CHARS: usize = 200;
/// How the secrets of the sandbox begin: refresh tokens, codes, device codes, JWTs.
const PREFIXES: [&str; 4] = ["rt_", "dc_", "c_", "eyJ"];
/// A word with such a beginning is a secret from this length on.
const MIN_SECRET: usize = 20;
/// The same behind other letters, where the beginning may be chance. So long is the random part of a
/// refresh token.
const MIN_HIDDEN_SECRET: usize = 43;
/// From this length on, a run of letters and digits in no order is a secret, whatever it begins with.
const MIN_RANDOM: usize = 32;
/// A shorter secret of a client could be a word of any sentence.
const MIN_CLIENT_SECRET: usize = 6;
/// How often a text may be escaped.
const MAX_ESCAPES: usize = 3;
const REDACTED: &str = "[redacted]";

fn is_of_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
}

/// As a terminal or a web page would show it: without what steers them, and with no letter spelled out.
fn plain(text: &str) -> String {
    let stripped = anstream::adapter::strip_str(text).to_string();
    let mut plain: String = unicode::characters(&stripped)
        .filter(|(character, steers)| matches!(character, '\n' | '\t') || !steers)
        .map(|(character, _)| character)
        .collect();
    for _ in 0..MAX_ESCAPES {
        let spelled = unescaped(&plain);
        if spelled == plain {
            break;
        }
        plain = spelled;
    }
    plain
}

/// A text in which characters that tokens are made of, and `%` itself, are not escaped as in a URL,
/// in JSON or in source code.
fn unescaped(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['%', '\\']) {
        let (before, tail) = rest.split_at(at);
        spelled.push_str(before);
        let found = ["%", "\\u00", "\\x"].iter().find_map(|escape| {
            let digits = tail.strip_prefix(escape)?.get(..2)?;
            let character = char::from(u8::from_str_radix(digits, 16).ok()?);
            let is_plain = is_of_token(character) || matches!(character, '%' | '\\');
            is_plain.then_some((character, escape.len() + 2))
        });
        let (character, length) =
            found.unwrap_or((if tail.starts_with('%') { '%' } else { '\\' }, 1));
        spelled.push(character);
        rest = &tail[length..];
    }
    spelled.push_str(rest);
    spelled
}

/// Whether a text holds a refresh token of the sandbox, be it escaped or in base64. Random letters
/// without its beginning are not enough: they may be a digest.
pub(super) fn has_refresh_token(text: &str) -> bool {
    let text = plain(text);
    let holds = |text: &str| words(text).any(|word| secret_at(word, "rt_").is_some());
    holds(&text) || runs_of_base64(&text).any(|run| decodes(run, &holds))
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

/// Whether a word has no sense: long, and of letters and digits mixed. Words that are joined by `-`
/// or `_` are of large letters, small ones and digits.
fn is_random(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.bytes().any(|byte| is(&byte));
    let small = has(u8::is_ascii_lowercase);
    let large = has(u8::is_ascii_uppercase);
    let is_joined = has(|byte| matches!(byte, b'-' | b'_'));
    let is_mixed = small && large || !is_joined && (small || large);
    word.len() >= MIN_RANDOM && has(u8::is_ascii_digit) && is_mixed
}

/// Whether a text holds a JWT.
pub(super) fn has_jwt(text: &str) -> bool {
    let text = plain(text);
    words(&text).any(|word| word.contains("eyJ") && word.len() >= 3 * MIN_SECRET)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character| !is_of_token(character))
}

fn is_of_base64(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '+' | '/')
}

fn runs_of_base64(text: &str) -> impl Iterator<Item = &str> {
    let runs = text.split(|character| !is_of_base64(character));
    runs.filter(|run| run.len() >= MIN_SECRET)
}

/// Whether a run is base64 of a text that holds something, wherever in the run it begins.
fn decodes(run: &str, holds: &dyn Fn(&str) -> bool) -> bool {
    let lenient = GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true);
    let lenient = lenient.with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent);
    let engine = GeneralPurpose::new(&alphabet::STANDARD, lenient);
    (0..4).any(|start| {
        let part = run.get(start..).unwrap_or_default();
        // One character over is no byte.
        let whole = part.len() - usize::from(part.len() % 4 == 1);
        let decoded = engine.decode(&part[..whole]).unwrap_or_default();
        holds(&String::from_utf8_lossy(&decoded))
    })
}

/// What a client wrote, without the secret that it was given, as it is and in base64.
pub(super) fn without_client_secret(text: &str, secret: &str) -> String {
    if secret.len() < MIN_CLIENT_SECRET {
        return text.to_owned();
    }
    let is_there = |text: &str| text.contains(secret);
    let text = plain(text).replace(&plain(secret), REDACTED);
    let found = runs_of_base64(&text).filter(|run| decodes(run, &is_there));
    let found: Vec<_> = found.map(str::to_owned).collect();
    found
        .iter()
        .fold(text, |text, run| text.replace(run, REDACTED))
}

/// The line that says most: the last one about an error, else the last one. Without secrets and
/// control characters, cut to a length.
pub(super) fn telling_line(text: &str) -> Option<String> {
    let text = plain(text);
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let is_about_error = |line: &&&str| line.contains("rror");
    let is_full = |line: &&&str| !line.is_empty();
    let line = lines.iter().rev().find(is_about_error);
    let line = line.or_else(|| lines.iter().rev().find(is_full))?;
    Some(without_secrets(line))
}

/// The last lines of what a set-up wrote.
pub(super) fn last_lines(text: &str, count: usize) -> Vec<String> {
    let text = plain(text);
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
    let mut clean = redact(&without_unknown_secrets(line)).into_owned();
    if let Some((at, _)) = clean.char_indices().nth(MAX_CHARS) {
        clean.truncate(at);
        clean.push('…');
    }
    clean
}

/// A line without control characters and what looks like a secret, be it known to this process or not.
fn without_unknown_secrets(line: &str) -> String {
    // What steers a terminal could part a secret: it goes first.
    let line = plain(line).replace('\t', " ");
    let is_secret = |text: &str| words(text).any(|word| start_of_secret(word).is_some());
    let line = redacted(&line, is_of_base64, &|run| {
        (run.len() >= MIN_SECRET && decodes(run, &is_secret)).then_some(0)
    });
    redacted(&line, is_of_token, &start_of_secret)
}

/// Where in a word a secret starts.
fn start_of_secret(word: &str) -> Option<usize> {
    let known = PREFIXES.iter().filter_map(|prefix| secret_at(word, prefix));
    let random = word.split('.').find(|part| is_random(part));
    let random = random.and_then(|part| word.find(part));
    known.chain(random).min()
}

/// A text without the end of each word that has a secret in it.
fn redacted(
    text: &str,
    is_of_word: fn(char) -> bool,
    secret: &dyn Fn(&str) -> Option<usize>,
) -> String {
    let mut clean = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_of_word) {
        let (before, tail) = rest.split_at(start);
        let end = tail.find(|character| !is_of_word(character));
        let (word, tail) = tail.split_at(end.unwrap_or(tail.len()));
        clean.push_str(before);
        match secret(word) {
            Some(at) => {
                clean.push_str(&word[..at]);
                clean.push_str(REDACTED);
            }
            None => clean.push_str(word),
        }
        rest = tail;
    }
    clean.push_str(rest);
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
            "error: refresh_token=[redacted]&x, \"[redacted]\" is bad"
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

    /// A refresh token, as the sandbox makes them.
    const TOKEN: &str = "rt_Zk3xQ9bLw7TnVj2RmC8sYd5HfPa1GuE6oXi-4Bq_0tN";

    #[test]
    fn a_token_is_seen_and_redacted_however_it_is_written() {
        use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
        let bare = &TOKEN[3..];
        let forms = [
            TOKEN.to_owned(),
            bare.to_owned(),
            TOKEN.replace('_', "\u{1b}[0m_"),
            TOKEN.replace("rt_", "rt\u{202e}_\u{200b}"),
            TOKEN.replace("rt_", "r\u{85}t_"),
            TOKEN.replace('_', "%5F"),
            TOKEN.replace('_', "%255f"),
            TOKEN.replace('_', "\\u005f"),
            TOKEN.replace('_', "\\x5f"),
            STANDARD.encode(TOKEN),
            URL_SAFE_NO_PAD.encode(TOKEN),
            STANDARD.encode(format!("refresh_token={TOKEN}")),
            format!("YQ{}", STANDARD.encode(TOKEN)),
        ];
        for form in forms {
            let text = format!("warning\nerror: token '{form}' is bad");
            // Without its beginning it could be a digest.
            let is_known = has_refresh_token(&text);
            assert_eq!(is_known, form != bare, "{text:?}");
            let line = telling_line(&text).unwrap();
            assert!(line.contains(REDACTED), "{text:?}: {line}");
            assert!(
                !line.contains(&bare[..16]) && !has_refresh_token(&line),
                "{line}"
            );
            assert!(
                line.starts_with("error: token '") && line.ends_with("' is bad"),
                "{line}"
            );
        }
    }

    #[test]
    fn other_random_runs_are_redacted_and_names_are_not() {
        for secret in [
            "d41d8cd98f00b204e9800998ecf8427e",
            "Basic c2FuZGJveC13ZWI6c2FuZGJveC1zZWNyZXQ=",
            "9xYb2Kq8Lr5Tz1Vn4Wm7Hc3Jd6Fg0Sp2",
        ] {
            let line = without_secrets(&format!("sent {secret} to it"));
            assert!(line.contains(REDACTED), "{line}");
        }
        for name in [
            "/usr/lib/python3.11/site-packages/requests_oauthlib/oauth2_session.py",
            "at-expiry-200-and-a-long-name-of-a-trial",
            "https://issuer-of-a-trial.example:9/.well-known/openid-configuration",
            "file:///srv/app/node_modules/openid-client/build/index.js:1130:13",
        ] {
            // What other tests of this process made secrets of is not asked.
            assert_eq!(without_unknown_secrets(name), name);
            assert!(!has_refresh_token(name), "{name}");
        }
    }

    #[test]
    fn the_secret_of_a_client_is_redacted_as_it_is() {
        use base64::engine::general_purpose::STANDARD;
        let secret = "hunter2!";
        let hidden = |text: &str| without_client_secret(text, secret);
        assert_eq!(hidden("with hunter2!\n"), "with [redacted]\n");
        assert_eq!(hidden("hun\u{1b}[1mter2!"), "[redacted]");
        let basic = STANDARD.encode("my-client:hunter2!");
        assert_eq!(hidden(&format!("Basic {basic}")), "Basic [redacted]");
        assert_eq!(without_client_secret("a short one", "short"), "a short one");
    }
}
