//! What a person can do next: words, and commands of this program that can be pasted.
//!
//! A command is written between backticks, as `eprospera login`. It is taken apart when the hint is made,
//! and written with the flags of the command line that failed when the hint is shown. Words stay as they
//! are.

use std::borrow::Cow;

use crate::files::quoted;

const PROGRAM: &str = "eprospera";

/// What to do about a server of which nothing is known but that it cannot be reached.
pub(super) const UNREACHABLE: &str = "check your network, the proxy variables and the issuer URL";

/// What to do about a server whose certificate this machine does not trust.
pub(super) const UNTRUSTED: &str = "pass the authority's certificate with `--ca-file FILE`, or all trust roots with SSL_CERT_FILE. \
     A company proxy or a captive portal that intercepts TLS uses an authority of its own";

/// Commands that need no session and no profile: flags that choose one mean nothing to them.
const WITHOUT_PROFILE: [&str; 10] = [
    "completions",
    "demo",
    "explain",
    "help",
    "man",
    "sandbox",
    "schema",
    "profile list",
    "profile remove",
    "profile use",
];

/// The flags of a command line that choose whose session is meant, where and how it is reached.
#[derive(Clone, Debug, Default)]
pub(crate) struct SessionFlags {
    /// Each flag with its value, `--profile` first.
    given: Vec<(&'static str, String)>,
}

impl SessionFlags {
    pub(crate) fn new(flags: impl IntoIterator<Item = (&'static str, Option<String>)>) -> Self {
        let given = flags.into_iter();
        let given = given.filter_map(|(name, value)| Some((name, value?)));
        Self {
            given: given.collect(),
        }
    }

    /// A sentence whose commands have these flags.
    pub(crate) fn apply(&self, sentence: &str) -> String {
        Hint::from(sentence).with(self)
    }
}

/// A sentence with commands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hint(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    /// What follows the name of the program.
    Command(String),
}

impl From<&str> for Hint {
    fn from(sentence: &str) -> Self {
        let signs = sentence.matches('`').count();
        let pieces = sentence.split('`').enumerate();
        let parts = pieces.map(|(index, piece)| {
            let is_quoted = index % 2 == 1;
            // Nothing closes the last of an odd number.
            if is_quoted && index == signs {
                return Part::Words(format!("`{piece}"));
            }
            let command = piece.strip_prefix(PROGRAM);
            let command = command.filter(|rest| rest.is_empty() || rest.starts_with(' '));
            match command {
                Some(rest) if is_quoted => Part::Command(rest.trim_start().to_owned()),
                _ if is_quoted => Part::Words(format!("`{piece}`")),
                _ => Part::Words(piece.to_owned()),
            }
        });
        Self(parts.collect())
    }
}

impl From<String> for Hint {
    fn from(sentence: String) -> Self {
        sentence.as_str().into()
    }
}

impl From<Cow<'_, str>> for Hint {
    fn from(sentence: Cow<'_, str>) -> Self {
        (&*sentence).into()
    }
}

impl Hint {
    /// The sentence, with commands for a command line with some flags.
    pub(super) fn with(&self, flags: &SessionFlags) -> String {
        let parts = self.0.iter().map(|part| match part {
            Part::Words(words) => words.clone(),
            Part::Command(command) => format!("`{}`", with_flags(command, flags)),
        });
        parts.collect()
    }
}

fn with_flags(command: &str, flags: &SessionFlags) -> String {
    let mut line = PROGRAM.to_owned();
    for (name, value) in flags.given.iter().filter(|(name, _)| takes(command, name)) {
        line = format!("{line} {name} {}", quoted(value));
    }
    if !command.is_empty() {
        line = format!("{line} {command}");
    }
    line
}

/// Whether a flag means something to a command which does not say it itself.
fn takes(command: &str, flag: &str) -> bool {
    let is = |name: &&str| {
        let rest = command.strip_prefix(*name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let says = |flag: &str| command.split(' ').any(|word| word == flag);
    if command.is_empty() || WITHOUT_PROFILE.iter().any(is) {
        return false;
    }
    // Another profile has an issuer and a client of its own.
    if says("--profile") || says(flag) || says("--all") {
        return false;
    }
    let edits_profile = is(&"profile") && !command.contains("client-secret");
    flag == "--profile" || !edits_profile
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(hint: &str, flags: &[(&'static str, &str)]) -> String {
        let given = flags
            .iter()
            .map(|(name, value)| (*name, Some((*value).to_owned())));
        Hint::from(hint).with(&SessionFlags::new(given))
    }

    #[test]
    fn a_command_has_the_flags_that_were_used_and_words_stay_as_they_are() {
        let flags = [("--profile", "work"), ("--issuer", "https://a.example")];
        for (hint, with_flags) in [
            (
                "run `eprospera login`",
                "run `eprospera --profile work --issuer https://a.example login`",
            ),
            ("eprospera is not running", "eprospera is not running"),
            ("`chmod go-w eprospera `", "`chmod go-w eprospera `"),
            (
                "or `eprospera demo`, or `eprospera profile list`",
                "or `eprospera demo`, or `eprospera profile list`",
            ),
            (
                "`eprospera --profile NAME login`",
                "`eprospera --profile NAME login`",
            ),
            (
                "`eprospera profile set client_id ID`",
                "`eprospera --profile work profile set client_id ID`",
            ),
            ("`eprospera logout --all`", "`eprospera logout --all`"),
            (
                "`eprospera login --issuer URL`",
                "`eprospera --profile work login --issuer URL`",
            ),
            ("an odd ` sign", "an odd ` sign"),
        ] {
            assert_eq!(shown(hint, &flags), with_flags);
            assert_eq!(shown(hint, &[]), hint);
        }
    }

    #[test]
    fn a_value_is_quoted_where_a_shell_would_read_more_into_it() {
        let line = shown(
            "`eprospera login`",
            &[("--store", "command:/my tools/it's")],
        );
        assert_eq!(
            line,
            r#"`eprospera --store "command:/my tools/it's" login`"#
        );
    }
}
