//! What a person reads of every kind of error that the TLS library knows.

use std::sync::Arc;
use std::time::Duration;

use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{OtherError, PeerMisbehaved};

use super::*;

fn chain(error: ChainError) -> CertificateError {
    CertificateError::Other(OtherError(Arc::new(error)))
}

/// What the system says, in its words.
fn system(words: &str) -> CertificateError {
    CertificateError::Other(OtherError(Arc::from(Box::from(words.to_owned()))))
}

fn errors_of_systems() -> Vec<(CertificateError, &'static str)> {
    vec![
        (
            system("A certificate chain could not be built. (os error -2146762486)"),
            "an authority that this machine does not trust",
        ),
        (
            system("“portal.example” certificate is not trusted: -67843"),
            "an authority that this machine does not trust",
        ),
        (
            system("The signature cannot be verified. (os error -2146869244)"),
            "its signature is wrong",
        ),
        (
            system("Something new (os error -2146762751)"),
            "does not follow the rules for certificates",
        ),
    ]
}

fn certificate_errors() -> Vec<(CertificateError, &'static str)> {
    use CertificateError as E;
    let at = |seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    vec![
        (
            E::UnknownIssuer,
            "an authority that this machine does not trust",
        ),
        (
            chain(ChainError::CaUsedAsEndEntity),
            "certificate of an authority",
        ),
        (chain(ChainError::EndEntityUsedAsCa), "not an authority's"),
        (chain(ChainError::UnsupportedCertVersion), "version 3"),
        (
            chain(ChainError::NameConstraintViolation),
            "may not sign for this name",
        ),
        (
            chain(ChainError::PathLenConstraintViolated),
            "other authorities",
        ),
        (
            chain(ChainError::MalformedExtensions),
            "does not follow the rules for certificates",
        ),
        (E::NotValidForName, "not for this name"),
        (
            E::NotValidForNameContext {
                expected: ServerName::try_from("portal.example").unwrap(),
                presented: vec![
                    "DnsName(\"a.example\")".to_owned(),
                    "IpAddress(127.0.0.1)".to_owned(),
                ],
            },
            "not for this name, but for a.example, 127.0.0.1",
        ),
        (E::Expired, "has expired"),
        (
            E::ExpiredContext {
                time: at(86_400),
                not_after: at(0),
            },
            "valid until 1970-01-01T00:00:00Z; this machine's clock says 1970-01-02T00:00:00Z",
        ),
        (E::NotValidYet, "not valid yet"),
        (
            E::NotValidYetContext {
                time: at(0),
                not_before: at(86_400),
            },
            "valid from 1970-01-02T00:00:00Z; this machine's clock says 1970-01-01T00:00:00Z",
        ),
        (E::Revoked, "revoked"),
        (E::BadSignature, "its signature is wrong"),
        (E::BadEncoding, "damaged"),
        (E::InvalidPurpose, "not meant for servers"),
        (E::InvalidOcspResponse, "revocation status"),
        (E::ApplicationVerificationFailure, "cannot be accepted"),
    ]
}

fn other_errors() -> Vec<(TlsError, &'static str)> {
    use AlertDescription as A;
    use TlsError as E;
    vec![
        (
            InvalidMessage::InvalidContentType.into(),
            "does not speak TLS",
        ),
        (
            InvalidMessage::MessageTooShort.into(),
            "violated the TLS protocol",
        ),
        (
            InvalidMessage::MissingData("ServerName").into(),
            "violated the TLS protocol",
        ),
        (
            PeerMisbehaved::InvalidKeyShare.into(),
            "violated the TLS protocol",
        ),
        (
            PeerIncompatible::ServerDoesNotSupportTls12Or13.into(),
            "1.2 or 1.3",
        ),
        (
            PeerIncompatible::NoCipherSuitesInCommon.into(),
            "no encryption method in common",
        ),
        (E::AlertReceived(A::ProtocolVersion), "1.2 or 1.3"),
        (
            E::AlertReceived(A::HandshakeFailure),
            "no encryption method in common",
        ),
        (
            E::AlertReceived(A::UnrecognisedName),
            "does not know this host",
        ),
        (
            E::AlertReceived(A::CertificateRequired),
            "a client certificate",
        ),
        (E::AlertReceived(A::InternalError), "internal error"),
        (E::AlertReceived(A::Unknown(201)), "alert 201"),
        (E::NoCertificatesPresented, "the server sent none"),
        (E::DecryptError, "altered in transit"),
        (E::NoApplicationProtocol, "in common"),
        (E::PeerSentOversizedRecord, "violated the TLS protocol"),
        (E::HandshakeNotComplete, "violated the TLS protocol"),
        (
            E::General("RustType { field }".to_owned()),
            "violated the TLS protocol",
        ),
        (E::FailedToGetCurrentTime, "clock"),
        (E::FailedToGetRandomBytes, "random bytes"),
    ]
}

/// `UnknownIssuer` and the like: a capital after a small letter, or what `Debug` puts around.
fn has_a_type(text: &str) -> bool {
    let letters: Vec<_> = text.chars().collect();
    let is_camel = |pair: &[char]| pair[0].is_lowercase() && pair[1].is_uppercase();
    letters.windows(2).any(is_camel) || text.contains(['{', '}', '(', ')', '_'])
}

#[test]
fn no_error_of_tls_is_told_as_a_type_of_rust() {
    let certificates = certificate_errors().into_iter().chain(errors_of_systems());
    let certificates = certificates.map(|(error, words)| (TlsError::from(error), words));
    for (error, words) in certificates.chain(other_errors()) {
        let wrapped = io::Error::new(io::ErrorKind::InvalidData, error.clone());
        for text in [
            TlsFailure::of_handshake(&wrapped).to_string(),
            crate::http::innermost(&wrapped),
        ] {
            assert!(text.contains(words), "{error:?}: {text}");
            assert!(!has_a_type(&text), "{error:?}: {text}");
        }
    }
}

#[test]
fn a_handshake_that_is_cut_is_called_so() {
    for kind in [
        io::ErrorKind::UnexpectedEof,
        io::ErrorKind::ConnectionReset,
        io::ErrorKind::BrokenPipe,
    ] {
        let failure = TlsFailure::of_handshake(&io::Error::from(kind));
        assert_eq!(failure, TlsFailure::Cut, "{kind}");
    }
}

#[test]
fn a_long_list_of_names_is_cut() {
    let all: Vec<_> = (0..9).map(|number| format!("{number}.example")).collect();
    let text = TlsFailure::WrongName(all).to_string();
    assert!(text.ends_with("4.example and 4 more"), "{text}");
}
