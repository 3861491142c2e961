//! Keyed hashes (HMAC with SHA-256, RFC 2104) that only this sandbox can make: they keep cursors
//! and signed URLs from being changed or invented.
//!
//! The key is made at each start and never leaves this module.

use aws_lc_rs::hmac;
use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Bytes of the hash that begins a handle.
const HANDLE_TAG: usize = 16;

#[derive(Clone)]
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

    /// 43 characters that look random, hold 16 bytes and cannot be made without this key: the hash,
    /// then the bytes under a mask that the hash leads to.
    pub(crate) fn handle(&self, value: [u8; 16]) -> String {
        let tag = self.handle_tag(value);
        let mut bytes = [0; 2 * HANDLE_TAG];
        let (first, second) = bytes.split_at_mut(HANDLE_TAG);
        first.copy_from_slice(&tag);
        second.copy_from_slice(&self.masked(tag, value));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What a handle holds, when this key made it.
    pub(crate) fn open_handle(&self, handle: &str) -> Option<[u8; 16]> {
        let bytes = URL_SAFE_NO_PAD.decode(handle).ok()?;
        let (tag, masked) = bytes.split_at_checked(HANDLE_TAG)?;
        let (tag, masked) = (tag.try_into().ok()?, masked.try_into().ok()?);
        let value = self.masked(tag, masked);
        let is_ours: bool =
            subtle::ConstantTimeEq::ct_eq(&self.handle_tag(value)[..], &tag[..]).into();
        is_ours.then_some(value)
    }

    fn handle_tag(&self, value: [u8; 16]) -> [u8; HANDLE_TAG] {
        self.short_tag(*b"handle", value)
    }

    /// The same twice is the value again.
    fn masked(&self, tag: [u8; HANDLE_TAG], value: [u8; 16]) -> [u8; 16] {
        let mask = u128::from_ne_bytes(self.short_tag(*b"mask\n\n", tag));
        (u128::from_ne_bytes(value) ^ mask).to_ne_bytes()
    }

    /// The labels begin with letters, unlike the messages of the other methods.
    fn short_tag(&self, label: [u8; 6], value: [u8; 16]) -> [u8; 16] {
        let mut message = [0; 22];
        let (first, second) = message.split_at_mut(label.len());
        first.copy_from_slice(&label);
        second.copy_from_slice(&value);
        let tag = hmac::sign(&self.0, &message);
        tag.as_ref().first_chunk().copied().unwrap_or_default()
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
    fn a_handle_opens_with_its_key_only_and_looks_like_no_other() {
        let key = MacKey::random();
        let value = 7_u128.to_be_bytes();
        let handle = key.handle(value);
        assert_eq!(handle.len(), 43);
        assert_eq!(key.open_handle(&handle), Some(value));
        assert_eq!(MacKey::random().open_handle(&handle), None);
        let next = key.handle(8_u128.to_be_bytes());
        assert_ne!(handle.get(..8), next.get(..8));
        assert_ne!(handle.get(35..), next.get(35..));
        for index in 0..handle.len() {
            let mut bytes = handle.clone().into_bytes();
            bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
            let turned = String::from_utf8(bytes).unwrap();
            assert_eq!(key.open_handle(&turned), None, "{index}");
        }
        for broken in ["", "AAAA", "no base64!", &format!("{handle}A")] {
            assert_eq!(key.open_handle(broken), None, "{broken}");
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
