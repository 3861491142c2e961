//! The secrets of the set-up, and what it makes public: ids, redirect URIs and words of the protocol.

use crate::model::client::{Client, GrantType};
use crate::model::scope;
use crate::recording::redaction::Redactor;
use crate::recording::redaction::words::words;

/// Secrets shorter than this are not looked for inside other values.
const MIN_SECRET_CHARS: usize = 6;
/// Secrets of this length are found inside words, even if they look like words.
const MIN_EMBEDDED_CHARS: usize = 16;

impl Redactor<'_> {
    /// What a text is that is a secret of the set-up and nothing else.
    pub(crate) fn secret_itself(&self, text: &str) -> Option<&'static str> {
        let mut secrets = self.secrets();
        let (kind, _) = secrets.find(|(_, secret)| *secret == text)?;
        Some(kind)
    }

    pub(super) fn secrets(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let clients = self.clients.iter();
        let secrets = clients.filter_map(|client| client.secret.as_deref());
        let secrets = secrets.map(|secret| ("client secret", secret));
        std::iter::once(("control token", self.control_token)).chain(secrets)
    }

    pub(super) fn known_secret(&self, text: &str) -> Option<&'static str> {
        let mut secrets = self.secrets();
        if let Some((kind, _)) = secrets.find(|(_, secret)| is_held(text, secret)) {
            return Some(kind);
        }
        // The content of a Basic header, whose secret may be too short to be looked for.
        let (id, secret) = text.split_once(':')?;
        let is_pair = |client: &Client| client.id == id && client.secret.as_deref() == Some(secret);
        let mut clients = self.clients.iter();
        clients.any(is_pair).then_some("client id and secret")
    }

    /// Whether a text is registered, or only words of the protocol: it gives nothing away, even where
    /// a secret is the same.
    pub(super) fn is_public(&self, text: &str) -> bool {
        let is_registered = |client: &Client| {
            client.id == text || client.redirect_uris.iter().any(|uri| uri == text)
        };
        let is_word = |word: &str| {
            let is_scope = scope::ALL.iter().any(|scope| scope.name == word);
            let mut grants = GrantType::ALL.into_iter();
            is_scope || word == "code" || grants.any(|grant| grant.as_str() == word)
        };
        self.clients.iter().any(is_registered) || text.split(' ').all(is_word)
    }

    /// Whether a word is or is in what a client is registered with.
    pub(super) fn is_registered(&self, word: &str) -> bool {
        self.clients.iter().any(|client| {
            let mut uris = client.redirect_uris.iter();
            client.id == word || uris.any(|uri| words(uri).any(|known| known == word))
        })
    }
}

/// Whether a text is a secret, or holds one that is long enough to be no word. One that may be a word
/// is found only by itself: `client` is in many texts.
pub(super) fn is_held(text: &str, secret: &str) -> bool {
    if text == secret {
        return true;
    }
    if secret.len() < MIN_SECRET_CHARS || !text.contains(secret) {
        return false;
    }
    let is_word = secret.len() < MIN_EMBEDDED_CHARS
        && secret
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || b"-_".contains(&byte));
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    !is_word
        || text.match_indices(secret).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + secret.len()..].chars().next();
            ![before, after].into_iter().flatten().any(is_part)
        })
}

#[cfg(test)]
mod tests {
    use crate::recording::redaction::tests::{RANDOM_ID, kind};

    #[test]
    fn what_is_registered_or_a_word_of_the_protocol_is_shown_even_if_a_secret_is_the_same() {
        for (name, value) in [
            ("client_id", "same-same"),
            ("redirect_uri", &format!("http://127.0.0.1/{RANDOM_ID}/cb")),
            ("redirect_uri", &format!("http://127.0.0.1/{RANDOM_ID}/cb/")),
            ("redirect_uri", "http://127.0.0.1/clients/cb"),
            ("scope", "openid offline_access"),
        ] {
            assert_eq!(kind(name, value), None, "{name}={value}");
        }
        assert_eq!(
            kind("redirect_uri", "http://a/client/cb"),
            Some("client secret")
        );
        assert_eq!(kind("scope", "client"), Some("client secret"));
    }
}
