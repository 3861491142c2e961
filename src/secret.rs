//! The one type that carries a secret: a token, a code, a verifier, a client secret, a passphrase.
//!
//! It refuses to be printed or serialised by accident and wipes its memory when dropped. Code
//! that needs the text calls [`Secret::expose`], which makes every use findable. Code that makes one
//! registers it for [`redact`], unless the text only contains secrets.

use std::fmt;

use serde::{Deserialize, Deserializer};
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize as _, Zeroizing};

use crate::unicode;

pub use eprospera_redaction::{REDACTED, publish, redact};

/// Why bytes are not taken for a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotText {
    #[error(transparent)]
    Encoding(#[from] unicode::NotUnicode),
    #[error("it contains NUL characters, as UTF-16 does; save it as UTF-8")]
    Nul,
}

/// What editors, shells and other systems put around a value, taken away: blanks, line breaks and byte
/// order marks. A value of a flag, a variable, a file or a prompt means the same.
pub(crate) fn strip(text: &str) -> &str {
    text.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}')
}

/// A secret text. `Debug` shows `[redacted]`; there is no `Display` and no `Serialize`.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of a token, a key or a code: from now on no sentence shows a part of it.
    pub fn new(text: String) -> Self {
        Self::unregistered(text).registered()
    }

    /// Takes ownership of a passphrase. Its words may appear in sentences, all of it may not.
    pub fn passphrase(text: String) -> Self {
        eprospera_redaction::register_whole(&text);
        Self::unregistered(text)
    }

    /// Takes ownership of a text that has secrets in it, among words that are none: a record, what
    /// a person pasted or typed, what a stranger sent. The secrets in it are made with
    /// [`Secret::new`] as soon as they are known.
    pub fn unregistered(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The same text, which has turned out to be a secret as a whole.
    #[must_use]
    pub fn registered(self) -> Self {
        self.register();
        self
    }

    /// Keeps it out of all sentences from now on.
    pub fn register(&self) {
        eprospera_redaction::register(&self.0);
    }

    /// Takes what a file or stdin holds, as a person's system wrote it: see [`unicode::text`].
    ///
    /// # Errors
    /// Where it is not text, such as UTF-16 without a byte order mark, which `cmd /u` writes.
    pub(crate) fn of_text(bytes: Vec<u8>) -> Result<Self, NotText> {
        let text = Self::unregistered(unicode::text(bytes)?);
        // Letters of UTF-16 have a NUL each. A key may hold one.
        if text.expose().matches('\0').count() * 2 >= text.expose().len().max(1) {
            return Err(NotText::Nul);
        }
        Ok(text)
    }

    /// Takes the bytes of a text that has secrets in it, as [`Secret::unregistered`]; gives them
    /// back (wiped) as `None` when they are not UTF-8.
    pub fn from_utf8(bytes: Vec<u8>) -> Option<Self> {
        match String::from_utf8(bytes) {
            Ok(text) => Some(Self::unregistered(text)),
            Err(error) => {
                error.into_bytes().zeroize();
                None
            }
        }
    }

    /// The same of whatever bytes: each that is not UTF-8 becomes the replacement character.
    pub fn from_utf8_lossy(bytes: &[u8]) -> Self {
        // Room for the longest outcome: a text that grows leaves copies of itself behind.
        let mut text = String::with_capacity(bytes.len() * char::REPLACEMENT_CHARACTER.len_utf8());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        Self::unregistered(text)
    }

    /// Lends the text to the one place that must send or store it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether the secret has no characters.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Compares in a time that depends on the lengths alone.
    pub fn equals(&self, other: &str) -> bool {
        bool::from(self.0.as_bytes().ct_eq(other.as_bytes()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

/// A text out of a document is not registered: it may be a whole record, or an address with a name
/// in it. The reader of the document registers the tokens in it.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::unregistered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_the_text() {
        let secret = Secret::new(String::from("rt_canary"));
        assert_eq!(
            format!("{secret:?} {:?}", Some(&secret)),
            "[redacted] Some([redacted])"
        );
    }

    #[test]
    fn what_is_around_a_value_is_taken_away_and_what_is_in_it_stays() {
        for text in [
            "a b",
            " a b\r\n",
            "\u{feff}a b",
            "\u{feff} a b \u{feff}\n\n",
            "\ta b\u{a0}",
        ] {
            assert_eq!(strip(text), "a b");
        }
        assert_eq!(strip(" \u{feff}\r\n"), "");
    }

    #[test]
    fn comparison_is_exact() {
        let secret = Secret::new(String::from("abc"));
        assert!(secret.equals("abc"));
        assert!(!secret.equals("abd"));
        assert!(!secret.equals("ab"));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for (bytes, why) in [
            (&b"caf\xe9"[..], "it is not UTF-8"),
            (b"s\0e\0", "save it as UTF-8"),
        ] {
            let error = Secret::of_text(bytes.to_vec()).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
        let marked = b"\xff\xfeo\0k\0\r\0\n\0".to_vec();
        assert_eq!(Secret::of_text(marked).unwrap().expose(), "ok\r\n");
        assert!(Secret::from_utf8(vec![0xff, 0xfe]).is_none());
        assert_eq!(Secret::from_utf8(b"ok".to_vec()).unwrap().expose(), "ok");
    }
}
