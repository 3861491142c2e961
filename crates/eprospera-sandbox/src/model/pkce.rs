//! The proof that who redeems a code also asked for it (RFC 7636 §4.6).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::reason::Reason;

/// Characters of either hash that are shown where they differ: enough to tell them apart.
const HASH_CHARS_SHOWN: usize = 6;

/// Says why a challenge is not the base64url of 32 bytes (RFC 7636 §4.2), by the mistake that is
/// most likely.
pub(crate) fn malformed(challenge: &str) -> Option<Reason> {
    let why = malformation(challenge)?;
    let instead = "send `code_challenge=BASE64URL(SHA256(code_verifier))` without `=` at its end: 43 \
                   characters of A-Z a-z 0-9 - _";
    Some(Reason::new(why, instead))
}

fn malformation(challenge: &str) -> Option<String> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let length = challenge.chars().count();
    let is_hex = challenge.bytes().all(|byte| byte.is_ascii_hexdigit());
    if challenge.ends_with('=') {
        Some("code_challenge ends with `=`; it is base64url without padding".to_owned())
    } else if challenge.contains(['+', '/', ' ']) {
        Some(
            "code_challenge is plain base64; base64url has `-` and `_` instead of `+` and `/`"
                .to_owned(),
        )
    } else if length == 64 && is_hex {
        Some("code_challenge is the hash in hexadecimal; it is base64url".to_owned())
    } else if length != 43 {
        let expected = "a SHA-256 in base64url has 43";
        Some(format!(
            "code_challenge has {length} characters; {expected}"
        ))
    } else if challenge.bytes().all(allowed) {
        None
    } else {
        Some("code_challenge contains a character that is not base64url".to_owned())
    }
}

/// Says why a verifier does not fit. One without a challenge is refused as well (RFC 9700 §2.1.1).
pub(crate) fn verify(challenge: Option<&str>, verifier: Option<&str>) -> Result<(), Reason> {
    let (challenge, verifier) = match (challenge, verifier) {
        (None, None) => return Ok(()),
        (None, Some(_)) => {
            return Err(Reason::new(
                "code_verifier was sent, but the authorization request had no code_challenge",
                "send `code_challenge` with `code_challenge_method=S256` at authorize too; without \
                 PKCE, leave code_verifier out",
            ));
        }
        (Some(_), None) => {
            return Err(Reason::new(
                "code_verifier is missing, but the authorization request had a code_challenge",
                "add `code_verifier`, the text whose hash was the code_challenge; keep it with the \
                 state until the redirect comes back",
            ));
        }
        (Some(challenge), Some(verifier)) => (challenge, verifier),
    };
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let length = verifier.chars().count();
    let malformed = |what: &str| {
        Reason::new(
            format!("code_verifier is not 43 to 128 characters of A-Z a-z 0-9 - . _ ~; it {what}"),
            "make the verifier of 32 random bytes in base64url, which are 43 characters, and send \
             the same text that was hashed for the code_challenge",
        )
    };
    if !(43..=128).contains(&length) {
        return Err(malformed(&format!("has {length}")));
    }
    if !verifier.bytes().all(allowed) {
        return Err(malformed("contains another character"));
    }
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    if hash == challenge {
        return Ok(());
    }
    if verifier == challenge {
        return Err(Reason::new(
            "code_verifier is the code_challenge itself, as with the method plain; with S256 the \
             challenge is its hash",
            "send the verifier itself here, and at authorize \
             `code_challenge=BASE64URL(SHA256(code_verifier))`",
        ));
    }
    let begins = |text: &str| text.chars().take(HASH_CHARS_SHOWN).collect::<String>();
    Err(Reason::new(
        format!(
            "code_verifier does not match the code_challenge: its hash begins with {}, the challenge \
             with {}",
            begins(&hash),
            begins(challenge)
        ),
        "send the code_verifier whose hash went to authorize. Keep one for each `state`, so that a \
         second sign-in does not overwrite it, and hash its characters, not the bytes that they decode \
         to",
    ))
}
