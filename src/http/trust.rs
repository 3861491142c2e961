//! Whom to trust, and why a server was not, in words: trust roots from files and from the system,
//! and what a TLS handshake ended with.
//!
//! No message shows a type of a library: a person has to act on it.

use std::fmt::Write as _;
use std::io;

use jiff::Timestamp;
use tokio_rustls::rustls::pki_types::UnixTime;
use tokio_rustls::rustls::{
    AlertDescription, CertificateError, Error as TlsError, InvalidMessage, PeerIncompatible,
};
use webpki::Error as ChainError;

mod pem;
mod roots;
mod system;

pub(crate) use roots::system_roots;
pub(super) use roots::{Trust, open};

/// How many names of a certificate a message lists.
const SHOWN_NAMES: usize = 5;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsFailure {
    /// The chain ends at no trust root.
    #[error("its certificate is signed by an authority that this machine does not trust")]
    UnknownAuthority,
    /// The certificate of an authority, where that of a server belongs.
    #[error("it presented the certificate of an authority instead of a server certificate")]
    AuthorityAsServer,
    #[error("its certificate is not for this name{}", names(.0))]
    WrongName(Vec<String>),
    /// According to this machine's clock, the certificate has expired.
    #[error("its certificate has expired{}", since("it was valid until", .until.as_ref(), .now.as_ref()))]
    Expired {
        until: Option<Timestamp>,
        now: Option<Timestamp>,
    },
    /// According to this machine's clock, the certificate is not valid yet.
    #[error("its certificate is not valid yet{}", since("it is valid from", .from.as_ref(), .now.as_ref()))]
    NotYetValid {
        from: Option<Timestamp>,
        now: Option<Timestamp>,
    },
    #[error("its certificate was revoked")]
    Revoked,
    /// Anything else about the certificate.
    #[error("its certificate cannot be accepted: {0}")]
    BadCertificate(&'static str),
    /// Something other than TLS answers.
    #[error("the server there does not speak TLS")]
    NotTls,
    /// No version of TLS that both sides know.
    #[error("it offers no safe version of TLS; 1.2 or 1.3 is required")]
    Version,
    /// The other side ended the handshake and said why.
    #[error("it ended the TLS handshake: {0}")]
    Alert(String),
    /// The connection ended before the handshake did.
    #[error("the connection was cut during the TLS handshake")]
    Cut,
    /// A rule of TLS was broken, or nothing in common was found.
    #[error("the TLS handshake failed: {0}")]
    Handshake(String),
    /// The name of the host cannot be in a certificate.
    #[error("its name is not allowed in a certificate")]
    UnfitName,
}

impl TlsFailure {
    /// Reads what a handshake ended with.
    pub(super) fn of_handshake(error: &io::Error) -> Self {
        if let Some(error) = tls_error(error) {
            return Self::of_tls(error);
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe => Self::Cut,
            _ => Self::Handshake(error.to_string()),
        }
    }

    /// Reads an error of the TLS library.
    pub(super) fn of_tls(error: &TlsError) -> Self {
        let broken = |what: &str| Self::Handshake(what.to_owned());
        match error {
            TlsError::InvalidCertificate(error) => Self::of_certificate(error),
            TlsError::InvalidMessage(InvalidMessage::InvalidContentType) => Self::NotTls,
            TlsError::AlertReceived(AlertDescription::ProtocolVersion)
            | TlsError::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
                | PeerIncompatible::SupportedVersionsExtensionRequired,
            ) => Self::Version,
            TlsError::AlertReceived(alert) => Self::Alert(alert_in_words(*alert)),
            TlsError::PeerIncompatible(_) | TlsError::NoApplicationProtocol => {
                broken("the two sides have no encryption method in common")
            }
            TlsError::NoCertificatesPresented => Self::BadCertificate("the server sent none"),
            TlsError::DecryptError | TlsError::EncryptError => {
                broken("a message was altered in transit")
            }
            TlsError::FailedToGetCurrentTime => broken("this machine's clock cannot be read"),
            TlsError::FailedToGetRandomBytes => broken(
                "the operating system provided no random \
                                                        bytes",
            ),
            _ => broken("the other side violated the TLS protocol"),
        }
    }

    fn of_certificate(error: &CertificateError) -> Self {
        use CertificateError as E;
        match error {
            E::UnknownIssuer => Self::UnknownAuthority,
            E::NotValidForName => Self::WrongName(Vec::new()),
            E::NotValidForNameContext { presented, .. } => {
                Self::WrongName(presented.iter().map(|name| plain(name)).collect())
            }
            E::Expired => Self::Expired {
                until: None,
                now: None,
            },
            E::ExpiredContext { time, not_after } => Self::Expired {
                until: moment(*not_after),
                now: moment(*time),
            },
            E::NotValidYet => Self::NotYetValid {
                from: None,
                now: None,
            },
            E::NotValidYetContext { time, not_before } => Self::NotYetValid {
                from: moment(*not_before),
                now: moment(*time),
            },
            E::Revoked => Self::Revoked,
            E::BadSignature => Self::BadCertificate("its signature is wrong"),
            E::BadEncoding => Self::BadCertificate("it is damaged"),
            E::UnhandledCriticalExtension => {
                Self::BadCertificate("it has an unknown critical extension")
            }
            E::InvalidPurpose | E::InvalidPurposeContext { .. } => {
                Self::BadCertificate("it is not meant for servers")
            }
            E::UnknownRevocationStatus
            | E::ExpiredRevocationList
            | E::ExpiredRevocationListContext { .. }
            | E::InvalidOcspResponse => {
                Self::BadCertificate("its revocation status cannot be checked")
            }
            E::Other(other) => match system::verdict(&other.to_string()) {
                Some(error) => Self::of_certificate(&error),
                None => Self::of_chain(other.0.downcast_ref()),
            },
            _ => Self::BadCertificate("it is signed in a way that is not accepted"),
        }
    }

    /// Reads an error of the certificate's chain that the TLS library has no word for.
    fn of_chain(error: Option<&ChainError>) -> Self {
        match error {
            Some(ChainError::CaUsedAsEndEntity) => Self::AuthorityAsServer,
            Some(ChainError::EndEntityUsedAsCa) => {
                Self::BadCertificate("it is signed by a certificate that is not an authority's")
            }
            Some(ChainError::PathLenConstraintViolated) => {
                Self::BadCertificate("its authority may not sign for other authorities")
            }
            Some(ChainError::NameConstraintViolation) => {
                Self::BadCertificate("its authority may not sign for this name")
            }
            Some(ChainError::UnsupportedCertVersion) => {
                Self::BadCertificate("it has an old version; version 3 is required")
            }
            _ => Self::BadCertificate("it does not follow the rules for certificates"),
        }
    }
}

/// The error of the TLS library that an error of a stream is made of; libraries wrap it more than
/// once.
pub(super) fn tls_error(error: &io::Error) -> Option<&TlsError> {
    let inner = error.get_ref()?;
    inner
        .downcast_ref()
        .or_else(|| tls_error(inner.downcast_ref()?))
}

/// What a handshake ended with, where an error of a connection that did not come about says so.
pub(super) fn handshake_failure(error: &io::Error) -> Option<TlsFailure> {
    let wrapped = error.get_ref().and_then(|inner| inner.downcast_ref());
    if let Some(wrapped) = wrapped {
        return handshake_failure(wrapped);
    }
    match TlsFailure::of_handshake(error) {
        // Refused, unreachable: that was before any handshake.
        TlsFailure::Handshake(_) if tls_error(error).is_none() => None,
        failure => Some(failure),
    }
}

fn moment(time: UnixTime) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(time.as_secs()).ok()?).ok()
}

fn since(what: &str, limit: Option<&Timestamp>, now: Option<&Timestamp>) -> String {
    match (limit, now) {
        (Some(limit), Some(now)) => {
            format!(": {what} {limit}; this machine's clock says {now}")
        }
        _ => String::new(),
    }
}

/// `DnsName("a.example")` and `IpAddress(127.0.0.1)` without what the library puts around them.
fn plain(name: &str) -> String {
    let inner = name.split_once('(').map_or(name, |(_, inner)| inner);
    let inner = inner.trim_end_matches(')').trim_matches('"');
    inner
        .chars()
        .filter(|letter| !letter.is_control())
        .collect()
}

fn names(names: &[String]) -> String {
    let mut words = match names {
        [] => return String::new(),
        names => format!(
            ", but for {}",
            names[..names.len().min(SHOWN_NAMES)].join(", ")
        ),
    };
    if names.len() > SHOWN_NAMES {
        // Writing to a text never fails.
        let _ = write!(words, " and {} more", names.len() - SHOWN_NAMES);
    }
    words
}

/// The alerts that a server has reason to send (RFC 8446 §6).
fn alert_in_words(alert: AlertDescription) -> String {
    use AlertDescription as A;
    let words = match alert {
        A::CloseNotify => "it closed the connection",
        A::HandshakeFailure | A::InsufficientSecurity => {
            "the two sides have no encryption method in common"
        }
        A::UnrecognisedName => "it does not know this host",
        A::CertificateRequired | A::NoCertificate => "it requires a client certificate",
        A::BadCertificate | A::UnsupportedCertificate | A::CertificateUnknown | A::UnknownCA => {
            "it does not accept a certificate"
        }
        A::AccessDenied => "access denied",
        A::InternalError => "internal error",
        A::NoApplicationProtocol => "it does not speak HTTP/1.1",
        A::DecodeError | A::IllegalParameter | A::UnexpectedMessage | A::MissingExtension => {
            "it does not understand this client"
        }
        other => return format!("alert {}", u8::from(other)),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests;
