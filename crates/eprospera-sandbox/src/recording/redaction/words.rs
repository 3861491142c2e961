//! What the words of a text look like: a token or key of the sandbox by its beginning, a JWT, or
//! random text.

use crate::recording::exchange::TokenKind;

/// How the sandbox's own secrets begin, and what they are.
pub(super) const PREFIXES: [(&str, &str, TokenKind); 6] = [
    ("rt_", "refresh token", TokenKind::RefreshToken),
    ("c_", "code", TokenKind::AuthorizationCode),
    ("dc_", "device code", TokenKind::DeviceCode),
    ("ak-", "Agent Key", TokenKind::AgentKey),
    ("sk-", "API key", TokenKind::Unknown),
    ("pk-", "API key", TokenKind::Unknown),
];
/// The shortest word that counts as random.
const MIN_RANDOM_CHARS: usize = 32;
/// The shortest text that counts as a secret by its beginning.
const MIN_PREFIXED_CHARS: usize = 11;

/// The parts of a text that may be secrets by themselves.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && !"_-.".contains(letter))
}

pub(super) fn secret_word(word: &str) -> Option<&'static str> {
    if word.len() < MIN_PREFIXED_CHARS {
        return None;
    }
    let looks = PREFIXES
        .iter()
        .find(|(prefix, ..)| word.starts_with(prefix));
    match looks {
        // `c_` and the like begin other words, too; a code has 43 random characters.
        Some((_, kind, TokenKind::AgentKey | TokenKind::Unknown)) => Some(*kind),
        Some((_, kind, _)) if word.len() > 40 => Some(*kind),
        _ => unsigned_jwt(word).map(|_| "JWT"),
    }
}

/// Whether a word is long and goes to and fro between capitals, small letters and digits, as random
/// text does and names do not. UUIDs are names.
pub(super) fn looks_random(word: &str) -> bool {
    if word.len() < MIN_RANDOM_CHARS || is_uuid(word) {
        return false;
    }
    let class = |byte: u8| match byte {
        b'A'..=b'Z' => 1,
        b'a'..=b'z' => 2,
        b'0'..=b'9' => 3,
        _ => 0,
    };
    let bytes = word.as_bytes();
    let turns = bytes
        .windows(2)
        .filter(|pair| class(pair[0]) != class(pair[1]));
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    digits >= 2 && turns.count() * 5 >= bytes.len()
}

fn is_uuid(word: &str) -> bool {
    let mut parts = word.split('-').map(|part| {
        let is_hex = part.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_hex { part.len() } else { 0 }
    });
    [8, 4, 4, 4, 12]
        .into_iter()
        .all(|length| parts.next() == Some(length))
        && parts.next().is_none()
}

/// Header and claims of what looks like a signed JWT: three parts, of which the first is the
/// base64url of an object.
pub(super) fn unsigned_jwt(text: &str) -> Option<&str> {
    // Nearly every text ends here.
    if !text.starts_with("ey") {
        return None;
    }
    let (unsigned, signature) = text.rsplit_once('.')?;
    let (header, claims) = unsigned.split_once('.')?;
    let is_part = |part: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        part.bytes().all(is_plain)
    };
    let is_jwt = [header, claims, signature].into_iter().all(is_part);
    is_jwt.then_some(unsigned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::redaction::tests::kind;

    #[test]
    fn random_text_is_hidden_where_none_is_expected() {
        let random = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        for name in ["client_id", "scope", "redirect_uri", "grant_type"] {
            assert_eq!(kind(name, random), Some("random text"), "{name}");
        }
        for name in ["nonce", "state"] {
            assert_eq!(kind(name, random), None);
        }
        assert_eq!(kind("client_id", "cU2Rnd8pCl1entX9idQ4wE7rT6yU3iO5"), None);
        for name in [
            "3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63",
            "eprospera:person.id_verification.read",
            "http://localhost:3000/api/auth/callback/eprospera",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.109",
            "urn:ietf:params:oauth:grant-type:device_code",
        ] {
            assert_eq!(kind("scope", name), None, "{name}");
        }
    }

    #[test]
    fn a_jwt_is_kept_without_its_signature() {
        assert_eq!(unsigned_jwt("eyJh.eyJz.c2ln"), Some("eyJh.eyJz"));
        assert_eq!(unsigned_jwt("eyJh.eyJz."), Some("eyJh.eyJz"));
        for other in ["eyJh.eyJz", "a.b.c", "eyJh.ey z.c", "eyJh.a.b.c.d"] {
            assert_eq!(unsigned_jwt(other), None, "{other}");
        }
    }
}
