//! One TLS handshake (RFC 8446 §4), and why it failed, for the person who reads the log.
//!
//! Plain HTTP is let through: the server answers it with a word about https.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncBufReadExt as _;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::{AlertDescription, Error as TlsError, InvalidMessage};
use tokio_rustls::server::TlsStream;

use crate::http::connection::Stream;
use crate::reason::{Reason, Report};

/// How long a client may take from its first connection to the end of the handshake.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// What goes this soon after the handshake did not wait for anything.
const AT_ONCE: Duration = Duration::from_secs(1);

/// How long a handshake goes on once the sandbox stops. `sandbox exec` stops it when its command
/// ends: what a client that failed said last has arrived by then, and needs only to be read.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Receives the clients of one socket.
#[derive(Clone)]
pub(crate) struct Handshaker {
    acceptor: TlsAcceptor,
    report: Report,
    /// What makes a client trust the certificate.
    advice: Arc<str>,
    stopping: watch::Receiver<bool>,
    /// Held until no handshake is left.
    _unfinished: mpsc::Sender<Infallible>,
}

impl Handshaker {
    /// `unfinished` closes after the last handshake.
    pub(crate) fn new(
        acceptor: TlsAcceptor,
        report: Report,
        advice: Arc<str>,
        stopping: watch::Receiver<bool>,
        unfinished: mpsc::Sender<Infallible>,
    ) -> Self {
        Self {
            acceptor,
            report,
            advice,
            stopping,
            _unfinished: unfinished,
        }
    }

    /// A connection that is ready for requests; `None` where there will be none.
    pub(crate) async fn receive(self, stream: TcpStream) -> Option<Stream> {
        let mut stopping = self.stopping.clone();
        let last_words = async {
            // A sandbox that is dropped stops, too.
            drop(stopping.wait_for(|stop| *stop).await);
            sleep(LAST_WORDS).await;
        };
        tokio::select! {
            received = self.handshake(stream) => received,
            () = last_words => None,
        }
    }

    async fn handshake(&self, stream: TcpStream) -> Option<Stream> {
        let mut is_silent = true;
        let shaken = timeout(HANDSHAKE_TIMEOUT, async {
            let mut first = [0];
            // A client that says nothing, such as a browser that connects in advance, fails nothing.
            let length = stream.peek(&mut first).await.ok()?;
            is_silent = false;
            if length == 0 {
                return None;
            }
            // Methods are letters (RFC 9110 §9.1); a record of TLS begins with a number.
            if first[0].is_ascii_alphabetic() {
                return Some(Stream::Plain(stream, None));
            }
            match self.acceptor.accept(stream).await {
                Ok(stream) => Some(Stream::Tls(Box::new(stream))),
                Err(error) => {
                    (self.report)(self.reason(&error));
                    None
                }
            }
        });
        let shaken = shaken.await;
        if shaken.is_err() && !is_silent {
            let seconds = HANDSHAKE_TIMEOUT.as_secs();
            (self.report)(Reason::new(
                format!("the client did not finish the TLS handshake within {seconds} s"),
                "connect again, and look at what is in between, such as a proxy or a debugger",
            ));
        }
        let mut stream = shaken.ok().flatten()?;
        let goes_on = match &mut stream {
            Stream::Tls(stream) => self.goes_on(stream).await,
            Stream::Plain(..) => true,
        };
        goes_on.then_some(stream)
    }

    /// Whether the client sends something after the handshake, or waits at least. Node.js looks at
    /// the certificate only then, and sends no alert if it does not like it.
    async fn goes_on(&self, stream: &mut TlsStream<TcpStream>) -> bool {
        let goes_on = match timeout(AT_ONCE, stream.fill_buf()).await {
            Ok(sent) => sent.is_ok_and(|sent| !sent.is_empty()),
            Err(_) => true,
        };
        if !goes_on {
            let why = "the client closed the connection right after the TLS handshake";
            (self.report)(self.if_distrusted(why));
        }
        goes_on
    }

    /// Where it can only be guessed that the certificate is not trusted.
    fn if_distrusted(&self, why: &str) -> Reason {
        let instead = format!("if it does not trust the sandbox's CA, {}", self.advice);
        Reason::new(why, instead)
    }

    fn reason(&self, error: &io::Error) -> Reason {
        let tls = error.get_ref().and_then(|inner| inner.downcast_ref());
        let ended = |alert: &str| format!("the client ended the TLS handshake (alert {alert})");
        match tls {
            Some(TlsError::AlertReceived(alert)) => match alert {
                AlertDescription::UnknownCA
                | AlertDescription::BadCertificate
                | AlertDescription::CertificateUnknown
                | AlertDescription::UnsupportedCertificate => Reason::new(
                    format!(
                        "the client does not trust the sandbox's CA (alert {})",
                        name(*alert)
                    ),
                    &*self.advice,
                ),
                AlertDescription::CertificateExpired => Reason::new(
                    ended(name(*alert)),
                    format!(
                        "set the clock of the client right; if it trusts an expired CA, {}",
                        self.advice
                    ),
                ),
                alert => self.if_distrusted(&ended(name(*alert))),
            },
            Some(TlsError::PeerIncompatible(_) | TlsError::NoApplicationProtocol) => Reason::new(
                "the client cannot speak to the sandbox, which takes TLS 1.2 or 1.3 and HTTP/1.1",
                "let the client use TLS 1.2 or 1.3, and HTTP/1.1 inside it",
            ),
            Some(TlsError::InvalidMessage(InvalidMessage::InvalidContentType)) => Reason::new(
                "the client spoke neither TLS nor HTTP",
                "speak https, to the address that the sandbox printed at its start",
            ),
            Some(error) => Reason::new(
                format!("the TLS handshake failed: {error}"),
                "let the client use TLS 1.2 or 1.3, and HTTP/1.1 inside it",
            ),
            None => self.if_distrusted("the client closed the connection during the TLS handshake"),
        }
    }
}

/// The names of RFC 8446 §6 for the alerts that clients send.
fn name(alert: AlertDescription) -> &'static str {
    match alert {
        AlertDescription::UnknownCA => "unknown_ca",
        AlertDescription::BadCertificate => "bad_certificate",
        AlertDescription::CertificateUnknown => "certificate_unknown",
        AlertDescription::UnsupportedCertificate => "unsupported_certificate",
        AlertDescription::CertificateExpired => "certificate_expired",
        AlertDescription::ProtocolVersion => "protocol_version",
        AlertDescription::HandshakeFailure => "handshake_failure",
        AlertDescription::CloseNotify => "close_notify",
        AlertDescription::UserCanceled => "user_canceled",
        AlertDescription::InternalError => "internal_error",
        AlertDescription::DecryptError => "decrypt_error",
        AlertDescription::IllegalParameter => "illegal_parameter",
        _ => "of another kind",
    }
}
