//! Proof Key for Code Exchange with S256 (RFC 7636). The `plain` method does not exist here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::crypto;
use crate::oauth::error::Error;
use crate::secret::Secret;

/// The secret half (RFC 7636 §4.1): 256 bits of the operating system. Only a login that another
/// run finishes is stored with it, sealed.
#[derive(Debug)]
pub(in crate::oauth) struct Verifier(Secret);

/// The public half (RFC 7636 §4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::oauth) struct Challenge(String);

impl Verifier {
    /// Makes a new verifier.
    pub(in crate::oauth) fn generate() -> Result<Self, Error> {
        random_text::<32>().map(|text| Self(text.registered()))
    }

    /// The verifier of a login that an earlier run began.
    pub(in crate::oauth) fn resumed(text: Secret) -> Self {
        Self(text.registered())
    }

    /// The text, for what keeps it until the login goes on.
    pub(in crate::oauth) fn secret(&self) -> Secret {
        self.0.clone()
    }

    /// The challenge that announces this verifier.
    pub(in crate::oauth) fn challenge(&self) -> Challenge {
        Challenge(crypto::sha256_base64url(self.0.expose()))
    }

    pub(in crate::oauth) fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl Challenge {
    /// The text for the authorization URL.
    pub(in crate::oauth) fn as_str(&self) -> &str {
        &self.0
    }
}

/// `BYTES` bytes of the operating system as unpadded base64url. State and nonce are such texts, and
/// the address that a person opens shows them: only the verifier is registered as a secret.
pub(in crate::oauth) fn random_text<const BYTES: usize>() -> Result<Secret, Error> {
    let bytes = crypto::random::<BYTES>().map_err(|_| Error::NoRandomness)?;
    Ok(Secret::unregistered(URL_SAFE_NO_PAD.encode(*bytes)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_challenge_is_the_one_of_rfc_7636_appendix_b() {
        let verifier = Verifier(Secret::new(String::from(
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        )));
        assert_eq!(
            verifier.challenge().as_str(),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn a_verifier_has_256_bits_in_43_allowed_characters_and_never_repeats() {
        let verifiers: Vec<_> = (0..64).map(|_| Verifier::generate().unwrap()).collect();
        for (index, verifier) in verifiers.iter().enumerate() {
            let text = verifier.expose();
            assert_eq!(text.len(), 43);
            assert!(
                text.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            );
            assert!(
                verifiers[..index]
                    .iter()
                    .all(|other| other.expose() != text)
            );
            assert_eq!(format!("{verifier:?}"), "Verifier([redacted])");
        }
    }

    #[test]
    fn every_character_of_a_verifier_is_drawn() {
        let verifiers: Vec<_> = (0..64).map(|_| Verifier::generate().unwrap()).collect();
        for place in 0..43 {
            let drawn: BTreeSet<_> = verifiers
                .iter()
                .map(|verifier| verifier.expose().as_bytes()[place])
                .collect();
            // The last one has four bits, the others six.
            assert!(drawn.len() > 8, "{place}: {drawn:?}");
        }
    }
}
