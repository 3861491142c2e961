//! What a failure on the way to a server comes to: who failed, and what can be done about that one.

use super::report::ErrorReport;
use crate::error::Kind;
use crate::error::hint::UNREACHABLE;
use crate::http::{Error, ProxyFailure, TlsFailure, VariableProblem};

const OTHER_SCHEME: &str =
    "check the scheme of the proxy: http, https, socks4, socks4a, socks5 or socks5h";
const INTERCEPTED: &str =
    "check the issuer URL and its port, and that no captive portal or proxy answers instead";

pub(super) fn of_http(error: &Error) -> ErrorReport {
    use Error as E;
    match error {
        E::Unreachable { .. } => ErrorReport::new(Kind::Network, UNREACHABLE),
        E::ProxyVariable { problem, .. } => ErrorReport::new(Kind::Usage, of_variable(*problem)),
        E::Proxy { failure, .. } => ErrorReport::new(Kind::Network, of_proxy(failure)),
        E::Tls {
            failure,
            is_proxy: true,
            ..
        } => ErrorReport::new(Kind::Network, of_tls_with_proxy(failure)),
        E::Tls { failure, .. } => ErrorReport::new(Kind::Network, of_tls(failure)),
        E::Timeout { .. } | E::Stalled { .. } => ErrorReport::new(
            Kind::Timeout,
            "try again, or allow more with `--request-timeout`",
        ),
        E::Broken { .. } => ErrorReport::new(Kind::Network, "try again"),
        E::TooLarge { .. } => {
            ErrorReport::new(Kind::Failure, "check that the issuer URL is the portal's")
        }
        E::Encoded { .. } => ErrorReport::new(
            Kind::Failure,
            "the provider, or a proxy in between, has to send its answers uncompressed or with gzip",
        ),
        E::TrustRoots(_) => ErrorReport::new(
            Kind::Usage,
            "check `--ca-file`, EPROSPERA_CA_FILE, SSL_CERT_FILE and SSL_CERT_DIR, and that trust \
             roots are installed",
        ),
        E::Setup(_) => ErrorReport::new(Kind::Usage, "check the issuer URL and the credential"),
    }
}

fn of_variable(problem: VariableProblem) -> &'static str {
    use VariableProblem as P;
    match problem {
        P::Quoted => "set it without quotation marks: http://proxy.example:3128",
        P::Blank => "write it without blanks; inside a user name or a password a blank is %20",
        P::NotAscii => {
            "write other characters of a user name or a password as percent codes: ä is %C3%A4"
        }
        P::AnySocks => "write socks5h:// (or socks4a:// for an old server) in place of socks://",
        P::Scheme => {
            "use http, https, socks4, socks4a, socks5 or socks5h: http://proxy.example:3128"
        }
        P::Address => {
            "write http://USER:PASSWORD@HOST:PORT, and in a password %23 for #, %2F for /, %3F \
             for ?, %40 for @"
        }
    }
}

fn of_proxy(failure: &ProxyFailure) -> &'static str {
    use ProxyFailure as F;
    match failure {
        F::Unreachable(_) => {
            "check the proxy's address in that variable; NO_PROXY names hosts to reach without"
        }
        F::UnknownName(_) => {
            "check the proxy's name in that variable; the names of a company's proxies are known in its \
             own network only; NO_PROXY names hosts to reach without"
        }
        F::NoCredentials(_) => "write them into that variable: http://USER:PASSWORD@HOST:PORT",
        F::WrongCredentials(_) | F::UnfitCredentials => {
            "correct the user name and the password in that variable"
        }
        F::OtherSchemes { .. } => {
            "ask the proxy's administrator for one that takes a user name and a password (Basic), or run \
             one on this machine that signs in for you, such as cntlm or px, and name that in the \
             variable; NO_PROXY names hosts to reach without"
        }
        F::Status(500..) => "try again later, or tell the proxy's administrator",
        F::Status(300..400) => {
            "the proxy may want you to sign in first: open any page in a browser that uses it; NO_PROXY \
             names hosts to reach without"
        }
        F::Status(_) => {
            "ask the proxy's administrator to allow it; NO_PROXY names hosts to reach without"
        }
        F::Refused(_) => "check the issuer URL, and ask the proxy's administrator",
        F::OtherProtocol => OTHER_SCHEME,
        F::NotTls => "write http:// in place of https:// in that variable",
        F::Unsteady => "try again, and tell the proxy's administrator",
        F::Closed => {
            "check the scheme of the proxy (http, https, socks4, socks4a, socks5 or socks5h), and ask \
             the proxy's administrator whether you may use it"
        }
    }
}

/// The same with a proxy whose variable says https.
fn of_tls_with_proxy(failure: &TlsFailure) -> &'static str {
    use TlsFailure as F;
    match failure {
        F::WrongName(_) | F::UnfitName => {
            "write the name into that variable for which the proxy has its certificate"
        }
        F::NotTls | F::Cut | F::Version | F::Alert(_) | F::Handshake(_) => {
            "write http:// in place of https:// in that variable if the proxy speaks no TLS"
        }
        _ => of_tls(failure),
    }
}

fn of_tls(failure: &TlsFailure) -> &'static str {
    use TlsFailure as F;
    match failure {
        F::UnknownAuthority => {
            "give the authority's certificate with `--ca-file FILE`, or all roots with \
             SSL_CERT_FILE; a company's proxy or a captive portal that opens TLS has an authority \
             of its own"
        }
        F::AuthorityAsServer => {
            "the server needs a certificate of its own, signed by that authority; `--ca-file` takes \
             the authority's"
        }
        F::WrongName(_) | F::UnfitName | F::NotTls => INTERCEPTED,
        F::Expired { .. } => {
            "set this machine's clock if it is wrong; else the server needs a new certificate"
        }
        F::NotYetValid { .. } => "set this machine's clock: it is probably slow",
        F::Revoked | F::BadCertificate(_) => {
            "nothing was sent; tell the server's administrator, and check that no proxy is in between"
        }
        F::Cut => "try again, and check that no firewall or proxy in between cuts connections",
        F::Version | F::Alert(_) | F::Handshake(_) => {
            "check the issuer URL, and tell the administrator of the server or of the proxy in between"
        }
    }
}
