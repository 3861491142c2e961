//! Asks a proxy for a connection to a host: CONNECT (RFC 9110 §9.3.6), or SOCKS 4, 4a and 5
//! (RFC 1928, RFC 1929).
//!
//! It answers with the proxy's own reason where there is no connection; the HTTP library keeps
//! neither the status of a proxy nor the code of a SOCKS server.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::StatusCode;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_socks::tcp::{Socks4Stream, Socks5Stream};
use tokio_socks::{Error as SocksError, TargetAddr};
use zeroize::Zeroizing;

use super::proxy::{Credentials, Proxy};

/// The longest head of an answer to CONNECT.
const MAX_HEAD: usize = 8 * 1024;

/// The longest user of a SOCKS 4 server: the protocol has no limit, the crate has a buffer.
const MAX_USER_ID: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProxyFailure {
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    #[error("has a name that this machine cannot resolve: {0}")]
    UnknownName(String),
    /// It wants to know who asks, and no credentials were given.
    #[error("requires a user name and password{}", with_status(*.0))]
    NoCredentials(Option<u16>),
    #[error("does not accept the user name and password{}", with_status(*.0))]
    WrongCredentials(Option<u16>),
    /// It wants to know who asks, in ways that this program does not know.
    #[error("only accepts clients that sign in with {schemes}, which eprospera does not support{}", with_status(Some(*.status)))]
    OtherSchemes { schemes: String, status: u16 },
    #[error("answered {}", status_line(*.0))]
    Status(u16),
    /// A SOCKS server that may not, cannot or does not know how to.
    #[error("answered: {0}")]
    Refused(&'static str),
    #[error("does not answer like a proxy of this kind")]
    OtherProtocol,
    /// The variable says https, and it speaks no TLS.
    #[error("does not speak TLS")]
    NotTls,
    /// It made a connection when it was tried, and none for the request.
    #[error("sometimes accepts and sometimes refuses the connection")]
    Unsteady,
    #[error("closed the connection without answering")]
    Closed,
    #[error("needs shorter credentials, or both a user name and a password")]
    UnfitCredentials,
}

impl ProxyFailure {
    /// Whether the proxy may do better a little later.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_)
            | Self::UnknownName(_)
            | Self::Refused(_)
            | Self::Closed
            | Self::Unsteady => true,
            Self::Status(status) => *status >= 500 || *status == 429,
            _ => false,
        }
    }
}

/// A status with the words of the specification, never those of the server.
fn status_line(status: u16) -> String {
    let known = StatusCode::from_u16(status).ok();
    match known.and_then(|status| status.canonical_reason()) {
        Some(reason) => format!("{status} {reason}"),
        None => status.to_string(),
    }
}

fn with_status(status: Option<u16>) -> String {
    status.map_or_else(String::new, |status| format!(": {}", status_line(status)))
}

/// Asks an HTTP proxy.
pub(super) async fn connect(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    proxy: &Proxy,
    host: &str,
    port: u16,
) -> Result<(), ProxyFailure> {
    let request = request(proxy.credentials.as_ref(), host, port);
    let hung_up = |_| ProxyFailure::Closed;
    stream.write_all(&request).await.map_err(hung_up)?;
    let mut head = Vec::new();
    let answer = loop {
        let read = stream.read_buf(&mut head).await.map_err(hung_up)?;
        if let Some(answer) = parse(&head)? {
            break answer;
        }
        match read {
            0 if head.is_empty() => return Err(ProxyFailure::Closed),
            1.. if head.len() <= MAX_HEAD => {}
            _ => return Err(ProxyFailure::OtherProtocol),
        }
    };
    let Answer { status, schemes } = answer;
    match status {
        // The HTTP library takes no other.
        200 => Ok(()),
        401 | 407 if !schemes.is_empty() && !schemes.contains(&"Basic") => {
            let schemes = schemes.join(" or ");
            Err(ProxyFailure::OtherSchemes { schemes, status })
        }
        // tinyproxy says 401 to a wrong password.
        401 | 407 if proxy.credentials.is_none() => Err(ProxyFailure::NoCredentials(Some(status))),
        401 | 407 => Err(ProxyFailure::WrongCredentials(Some(status))),
        status => Err(ProxyFailure::Status(status)),
    }
}

fn request(credentials: Option<&Credentials>, host: &str, port: u16) -> Zeroizing<Vec<u8>> {
    let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
    request.push_str(concat!(
        "User-Agent: eprospera/",
        env!("CARGO_PKG_VERSION"),
        "\r\n"
    ));
    if let Some(Credentials { user, password }) = credentials {
        let both = Zeroizing::new(format!("{}:{}", user.expose(), password.expose()));
        let both = Zeroizing::new(STANDARD.encode(both.as_bytes()));
        request.push_str("Proxy-Authorization: Basic ");
        request.push_str(&both);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    Zeroizing::new(request.into_bytes())
}

/// What a proxy answers.
struct Answer {
    status: u16,
    /// The ways to sign in that it offers; none where it does not say.
    schemes: Vec<&'static str>,
}

/// Reads an answer once its head is complete.
fn parse(head: &[u8]) -> Result<Option<Answer>, ProxyFailure> {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut answer = httparse::Response::new(&mut headers);
    match answer.parse(head) {
        Ok(httparse::Status::Partial) => Ok(None),
        Ok(httparse::Status::Complete(_)) => Ok(answer.code.map(|status| Answer {
            status,
            schemes: schemes(answer.headers),
        })),
        Err(_) => Err(ProxyFailure::OtherProtocol),
    }
}

/// The ways to sign in that a proxy may ask for (the IANA registry of RFC 9110 §16.4.1, and those that
/// are older than it). A message names these, never words of the server.
const SCHEMES: [&str; 6] = ["Basic", "Negotiate", "NTLM", "Kerberos", "Digest", "Bearer"];

/// The ways to sign in that the challenges name (RFC 9110 §11.7.1), each once.
fn schemes(headers: &[httparse::Header<'_>]) -> Vec<&'static str> {
    // The latter comes with a 401.
    let names = ["proxy-authenticate", "www-authenticate"];
    let challenges = headers.iter().filter(|header| {
        let is_it = |name: &str| header.name.eq_ignore_ascii_case(name);
        names.into_iter().any(is_it)
    });
    let mut found = Vec::new();
    for challenge in challenges {
        let text = String::from_utf8_lossy(challenge.value);
        // One header may have several, whose parameters are separated by commas as well.
        for part in text.split(',') {
            let name = part.split_whitespace().next().unwrap_or_default();
            if name.is_empty() || name.contains(['=', '"']) {
                continue;
            }
            let is_it = |known: &&&str| known.eq_ignore_ascii_case(name);
            let scheme = SCHEMES.iter().find(is_it).unwrap_or(&"another scheme");
            if !found.contains(scheme) {
                found.push(*scheme);
            }
        }
    }
    found
}

/// Asks a SOCKS 4 server.
pub(super) async fn socks4(
    stream: TcpStream,
    proxy: &Proxy,
    target: TargetAddr<'_>,
) -> Result<(), ProxyFailure> {
    let is_fit = |given: &Credentials| given.user.expose().len() <= MAX_USER_ID;
    let way = match &proxy.credentials {
        Some(given) if !is_fit(given) => return Err(ProxyFailure::UnfitCredentials),
        None => Socks4Stream::connect_with_socket(stream, target).await,
        Some(given) => {
            let user = given.user.expose();
            Socks4Stream::connect_with_userid_and_socket(stream, target, user).await
        }
    };
    way.map(drop).map_err(|error| refusal(&error))
}

/// Asks a SOCKS 5 server.
pub(super) async fn socks5(
    stream: TcpStream,
    proxy: &Proxy,
    target: TargetAddr<'_>,
) -> Result<(), ProxyFailure> {
    let way = match &proxy.credentials {
        None => Socks5Stream::connect_with_socket(stream, target).await,
        Some(given) => {
            let (user, password) = (given.user.expose(), given.password.expose());
            Socks5Stream::connect_with_password_and_socket(stream, target, user, password).await
        }
    };
    way.map(drop).map_err(|error| match error {
        // Where credentials are offered, a server without a method for them accepts none.
        SocksError::NoAcceptableAuthMethods if proxy.credentials.is_some() => {
            ProxyFailure::WrongCredentials(None)
        }
        error => refusal(&error),
    })
}

fn refusal(error: &SocksError) -> ProxyFailure {
    use SocksError as E;
    match error {
        E::Io(_) => ProxyFailure::Closed,
        E::NoAcceptableAuthMethods | E::AuthorizationRequired => ProxyFailure::NoCredentials(None),
        E::PasswordAuthFailure(_) | E::IdentdAuthFailure | E::InvalidUserIdAuthFailure => {
            ProxyFailure::WrongCredentials(None)
        }
        E::InvalidAuthValues(_) => ProxyFailure::UnfitCredentials,
        E::InvalidTargetAddress(_) => ProxyFailure::Refused("the name of the host is too long"),
        E::GeneralSocksServerFailure => ProxyFailure::Refused("no connection to the host"),
        E::ConnectionNotAllowedByRuleset => ProxyFailure::Refused("its rules do not allow it"),
        E::NetworkUnreachable => ProxyFailure::Refused("the network cannot be reached"),
        E::HostUnreachable => ProxyFailure::Refused("the host cannot be reached"),
        E::ConnectionRefused => ProxyFailure::Refused("the host refused the connection"),
        E::TtlExpired => ProxyFailure::Refused("the host did not answer in time"),
        E::CommandNotSupported => ProxyFailure::Refused("it does not support connections"),
        E::AddressTypeNotSupported => {
            ProxyFailure::Refused("it does not support this kind of address")
        }
        E::InvalidResponseVersion
        | E::UnknownAuthMethod
        | E::UnknownError
        | E::InvalidReservedByte
        | E::UnknownAddressType
        | E::ParseError(_)
        | E::ProxyServerUnreachable => ProxyFailure::OtherProtocol,
    }
}
