//! Certificates in PEM (RFC 7468) as other systems write them, and words for files of another
//! format. It reads no file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::unicode;

/// The text in UTF-8, without a byte order mark and without the indentation that YAML and mails
/// give it.
pub(super) fn plain(bytes: &[u8]) -> Vec<u8> {
    let text = unicode::utf8(bytes);
    let lines: Vec<_> = text
        .split(|&byte| byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .collect();
    lines.join(&b'\n')
}

/// A certificate as text.
pub(super) fn encoded(certificate: &[u8]) -> String {
    /// What a line holds (RFC 7468 §2).
    const LINE: usize = 64;
    let text = STANDARD.encode(certificate);
    let lines = text.as_bytes().chunks(LINE).map(String::from_utf8_lossy);
    let lines = lines.fold(String::new(), |all, line| all + &line + "\n");
    format!("-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n")
}

/// Why a file yields no certificate: what else it is, and how to convert it.
pub(super) fn what_else(bytes: &[u8]) -> &'static str {
    let has = |label: &str| {
        bytes
            .windows(label.len())
            .any(|part| part == label.as_bytes())
    };
    match bytes {
        // RFC 5652 §3: the type of the content comes first.
        [0x30, 0x82, _, _, 0x06, ..] => {
            "it is PKCS #7 in DER: `openssl pkcs7 -inform der -print_certs -in FILE` converts it"
        }
        // RFC 7292 §4: the version 3 comes first.
        [0x30, 0x82, _, _, 0x02, 0x01, 0x03, ..] => {
            "it is PKCS #12, not PEM: `openssl pkcs12 -nokeys -in FILE` converts it"
        }
        [0x30, 0x81..=0x83, ..] => {
            "it is DER, not PEM: `openssl x509 -inform der -in FILE` converts it"
        }
        _ if has("BEGIN TRUSTED CERTIFICATE") => {
            "its certificates are in OpenSSL's own format: `openssl x509 -in FILE` converts each \
             one"
        }
        _ if has("BEGIN PKCS7") || has("BEGIN CMS") => {
            "it is PKCS #7, not PEM certificates: `openssl pkcs7 -print_certs -in FILE` converts it"
        }
        _ if has("PRIVATE KEY-----") => "it contains a private key but no certificate",
        _ if has("BEGIN CERTIFICATE REQUEST") => {
            "it contains a certificate request, not a certificate"
        }
        _ => "it contains no certificate",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_wide_letters_and_indentation_are_taken_away() {
        let wide: Vec<u8> = "\u{feff}-----A\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for text in [
            &wide[..],
            b"\xef\xbb\xbf-----A\n",
            b"    -----A\r\n",
            b"-----A\n",
        ] {
            assert_eq!(plain(text), b"-----A\n", "{text:?}");
        }
    }

    #[test]
    fn a_file_of_another_format_is_told_apart() {
        for (bytes, words) in [
            (&b"\x30\x82\x03\x00\x30\x82"[..], "it is DER"),
            (b"\x30\x82\x03\x00\x06\x09", "PKCS #7"),
            (b"\x30\x82\x03\x00\x02\x01\x03", "PKCS #12"),
            (b"-----BEGIN TRUSTED CERTIFICATE-----", "own format"),
            (b"-----BEGIN PKCS7-----", "PKCS #7"),
            (b"-----BEGIN EC PRIVATE KEY-----", "a private key"),
            (
                b"-----BEGIN CERTIFICATE REQUEST-----",
                "a certificate request",
            ),
            (b"", "it contains no certificate"),
        ] {
            assert!(what_else(bytes).contains(words), "{words}");
        }
    }
}
