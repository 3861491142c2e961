//! Keyed hashes (HMAC with SHA-256, RFC 2104) that only this sandbox can make: they keep cursors
//! and signed URLs from being changed or invented.
//!
//! The key is made at each start and never leaves this module.

use aws_lc_rs::hmac;
use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

pub(crate) struct MacKey(hmac::Key);

impl MacKey {
    pub(crate) fn random() -> Self {
        let bytes: [u8; 32] = rand::random();
        Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes))
    }

    /// The hash of a text, as lower-case hexadecimal.
    pub(crate) fn hex(&self, text: &str) -> String {
        let tag = hmac::sign(&self.0, text.as_bytes());
        format!("{:x}", Bytes::copy_from_slice(tag.as_ref()))
    }

    /// Whether a hash in hexadecimal is that of a text, compared in constant time.
    pub(crate) fn is_hex_of(&self, hex: &str, text: &str) -> bool {
        subtle::ConstantTimeEq::ct_eq(hex.as_bytes(), self.hex(text).as_bytes()).into()
    }

    /// An opaque string that holds `value` and opens with the same `context` only.
    pub(crate) fn seal(&self, context: &str, value: &str) -> String {
        let mut bytes = self.tag(context, value).as_ref().to_vec();
        bytes.extend_from_slice(value.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What was sealed, when the string is whole and of this context.
    pub(crate) fn open(&self, context: &str, sealed: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (tag, value) = bytes.split_at_checked(hmac::HMAC_SHA256.tag_len())?;
        let value = std::str::from_utf8(value).ok()?;
        hmac::verify(&self.0, message(context, value).as_bytes(), tag).ok()?;
        Some(value.to_owned())
    }

    fn tag(&self, context: &str, value: &str) -> hmac::Tag {
        hmac::sign(&self.0, message(context, value).as_bytes())
    }
}

/// The length keeps one part from running over into the other.
fn message(context: &str, value: &str) -> String {
    format!("{}\n{context}\n{value}", context.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_in_its_context_only() {
        let key = MacKey::random();
        let sealed = key.seal("year=2025", "the position");
        assert_eq!(
            key.open("year=2025", &sealed).as_deref(),
            Some("the position")
        );
        assert_eq!(key.open("year=2024", &sealed), None);
        assert_eq!(MacKey::random().open("year=2025", &sealed), None);
        for broken in ["", "AAAA", "no base64!", sealed.get(1..).unwrap()] {
            assert_eq!(key.open("year=2025", broken), None, "{broken}");
        }
    }

    #[test]
    fn a_hash_is_known_again() {
        let key = MacKey::random();
        let hex = key.hex("a text");
        assert_eq!(hex.len(), 64);
        assert!(key.is_hex_of(&hex, "a text"));
        assert!(!key.is_hex_of(&hex, "another"));
        assert!(!key.is_hex_of("", "a text"));
    }
}
