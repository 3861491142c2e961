//! What Windows and macOS, which judge certificates by themselves, refuse one for. The crate that asks them names a few causes;
//! for the others, it hands over the system's words with the system's number at their end.

use tokio_rustls::rustls::CertificateError;

// Windows: winerror.h.
const CERT_E_CRITICAL: u32 = 0x800B_0105;
const CERT_E_PURPOSE: u32 = 0x800B_0106;
const CERT_E_CHAINING: u32 = 0x800B_010A;
const CERT_E_REVOKED: u32 = 0x800B_010C;
const CERT_E_UNTRUSTEDTESTROOT: u32 = 0x800B_010D;
const CERT_E_REVOCATION_FAILURE: u32 = 0x800B_010E;
const TRUST_E_EXPLICIT_DISTRUST: u32 = 0x800B_0111;
const CERT_E_UNTRUSTEDCA: u32 = 0x800B_0112;
const CRYPT_E_NO_REVOCATION_CHECK: u32 = 0x8009_2012;
const CRYPT_E_REVOCATION_OFFLINE: u32 = 0x8009_2013;
const TRUST_E_CERT_SIGNATURE: u32 = 0x8009_6004;

// macOS: SecBase.h.
const ERR_SEC_CERTIFICATE_EXPIRED: u32 = (-67818_i32).cast_unsigned();
const ERR_SEC_CERTIFICATE_NOT_VALID_YET: u32 = (-67819_i32).cast_unsigned();
const ERR_SEC_NOT_TRUSTED: u32 = (-67843_i32).cast_unsigned();

/// Reads the words that a system's verdict comes with; `None` where they have no number that is known.
pub(super) fn verdict(words: &str) -> Option<CertificateError> {
    use CertificateError as E;
    let (_, number) = words.trim_end_matches(')').rsplit_once(' ')?;
    let number: i32 = number.parse().ok()?;
    Some(match number.cast_unsigned() {
        // A server need not send the root, and without it, Windows finds no whole chain.
        CERT_E_CHAINING
        | CERT_E_UNTRUSTEDTESTROOT
        | CERT_E_UNTRUSTEDCA
        | TRUST_E_EXPLICIT_DISTRUST
        | ERR_SEC_NOT_TRUSTED => E::UnknownIssuer,
        ERR_SEC_CERTIFICATE_EXPIRED => E::Expired,
        ERR_SEC_CERTIFICATE_NOT_VALID_YET => E::NotValidYet,
        CERT_E_REVOKED => E::Revoked,
        CERT_E_REVOCATION_FAILURE | CRYPT_E_NO_REVOCATION_CHECK | CRYPT_E_REVOCATION_OFFLINE => {
            E::UnknownRevocationStatus
        }
        CERT_E_CRITICAL => E::UnhandledCriticalExtension,
        CERT_E_PURPOSE => E::InvalidPurpose,
        TRUST_E_CERT_SIGNATURE => E::BadSignature,
        _ => return None,
    })
}
