//! Paths without their secrets.

use percent_encoding::percent_decode_str;

use crate::recording::redaction::Redactor;
use crate::recording::redaction::set_up::is_held;
use crate::recording::redaction::spelling::MAX_SPELLINGS;
use crate::recording::redaction::words::{looks_random, secret_word, words};

/// Characters of a path that are kept.
const MAX_PATH_CHARS: usize = 200;

impl Redactor<'_> {
    /// A path without its secrets, be they encoded or not, and not too long. What its route fixes is
    /// no secret.
    pub(crate) fn path(&self, route: &str, path: &str) -> String {
        let pairs = path.split_inclusive('/').zip(route.split_inclusive('/'));
        let fixed = pairs.take_while(|(sent, fixed)| sent == fixed);
        let fixed: usize = fixed.map(|(sent, _)| sent.len()).sum();
        let (fixed, rest) = path.split_at(fixed);
        if rest.is_empty() || self.disguised_or_random(rest).is_none() {
            return path.chars().take(MAX_PATH_CHARS).collect();
        }
        let rest = self.scrubbed(rest.to_owned());
        let shown = fixed.chars().chain(rest.chars());
        shown.take(MAX_PATH_CHARS).collect()
    }

    /// A part of a path, with the kinds of secrets in their places.
    fn scrubbed(&self, text: String) -> String {
        let mut scrubbed = text;
        for _ in 0..MAX_SPELLINGS {
            scrubbed = self.scrubbed_once(scrubbed);
            let decoded = percent_decode_str(&scrubbed).decode_utf8_lossy();
            if decoded == scrubbed {
                break;
            }
            scrubbed = decoded.into_owned();
        }
        match self.disguised_or_random(&scrubbed) {
            None => scrubbed,
            Some(kind) => format!("({kind})"),
        }
    }

    fn scrubbed_once(&self, text: String) -> String {
        let mut scrubbed = text;
        for (_, secret) in self.secrets() {
            if is_held(&scrubbed, secret) {
                scrubbed = scrubbed.replace(secret, "(secret)");
            }
        }
        let hidden: Vec<_> = words(&scrubbed)
            .filter_map(|word| {
                let is_random = looks_random(word) && !self.is_registered(word);
                let kind = secret_word(word).or(is_random.then_some("random text"))?;
                Some((word.to_owned(), format!("({kind})")))
            })
            .collect();
        for (word, kind) in hidden {
            scrubbed = scrubbed.replace(&word, &kind);
        }
        scrubbed
    }
}

#[cfg(test)]
mod tests {
    use crate::recording::exchange::Content;
    use crate::recording::redaction::Redactor;
    use crate::recording::redaction::tests::{CODE, clients};

    #[test]
    fn a_path_keeps_what_its_route_fixes_and_loses_its_secrets() {
        let clients = clients();
        let redactor = Redactor {
            control_token: "the-control-token",
            clients: &clients,
            open: &|_| None,
            sent_by_sandbox: false,
            content: Content::default(),
        };
        let long = "a".repeat(190);
        for (route, path, shown) in [
            ("/client/x", "/client/x", "/client/x"),
            ("/client/{id}", "/client/client", "/client/(secret)"),
            ("", &format!("/a/{CODE}/b"), "/a/(code)/b"),
            ("", "/web:p%25w:d+s", "/web:(secret)"),
            ("", "/the%252Dcontrol%252Dtoken", "/(secret)"),
            (
                "",
                &format!("/{long}the-control-token"),
                &format!("/{long}(secret)"),
            ),
        ] {
            assert_eq!(redactor.path(route, path), shown);
        }
        let cut = redactor.path("", &format!("/aa{long}the-control-token"));
        assert!(cut.ends_with("a(secret"), "{cut}");
    }
}
