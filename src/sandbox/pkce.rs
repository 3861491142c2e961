//! The proof that who redeems a code also asked for it (RFC 7636 §4.6).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// Says why a verifier does not fit. One without a challenge is refused as well (RFC 9700 §2.1.1).
pub(super) fn verify(challenge: Option<&str>, verifier: Option<&str>) -> Result<(), &'static str> {
    let (challenge, verifier) = match (challenge, verifier) {
        (None, None) => return Ok(()),
        (None, Some(_)) => return Err("code_verifier came, but authorize had no code_challenge"),
        (Some(_), None) => return Err("code_verifier is missing, but authorize had a challenge"),
        (Some(challenge), Some(verifier)) => (challenge, verifier),
    };
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    if !(43..=128).contains(&verifier.len()) || !verifier.bytes().all(allowed) {
        return Err("code_verifier is not 43 to 128 characters of A-Z a-z 0-9 - . _ ~");
    }
    let hash = Sha256::digest(verifier.as_bytes());
    if URL_SAFE_NO_PAD.encode(hash) == challenge {
        Ok(())
    } else {
        Err("code_verifier does not fit the code_challenge")
    }
}
