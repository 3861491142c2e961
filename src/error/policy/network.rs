//! What a failure on the way to a server comes to: who failed, and what can be done about that one.

use super::report::ErrorReport;
use crate::error::Kind;
use crate::error::hint::{UNREACHABLE, UNTRUSTED};
use crate::http::{Error, ProxyFailure, TlsFailure, VariableProblem};

const OTHER_SCHEME: &str =
    "check the proxy's scheme: http, https, socks4, socks4a, socks5 or socks5h";
const INTERCEPTED: &str =
    "check the issuer URL and its port, and that no captive portal or proxy answers in its place";

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
            "run the command again, or use a longer `--request-timeout`",
        ),
        E::Broken { .. } => ErrorReport::new(Kind::Network, "run the command again"),
        E::TooLarge { .. } => {
            ErrorReport::new(Kind::Failure, "check that the issuer URL is the portal's")
        }
        E::Encoded { .. } => ErrorReport::new(
            Kind::Failure,
            "ask the provider, or the administrator of a proxy in between, to send responses \
             uncompressed or with gzip",
        ),
        E::TrustRoots(_) => ErrorReport::new(
            Kind::Usage,
            "check `--ca-file`, EPROSPERA_CA_FILE, SSL_CERT_FILE and SSL_CERT_DIR, and that this \
             machine has trust roots installed",
        ),
        E::Setup(_) => ErrorReport::new(Kind::Usage, "check the issuer URL and the credential"),
    }
}

fn of_variable(problem: VariableProblem) -> &'static str {
    use VariableProblem as P;
    match problem {
        P::Quoted => "set it without quotation marks: http://proxy.example:3128",
        P::Blank => "remove the spaces; write a space in a user name or a password as %20",
        P::NotAscii => {
            "percent-encode the other characters in a user name or a password: ä is %C3%A4"
        }
        P::AnySocks => "write socks5h:// (or socks4a:// for an old server) instead of socks://",
        P::Scheme => {
            "use http, https, socks4, socks4a, socks5 or socks5h: http://proxy.example:3128"
        }
        P::Address => {
            "write it as http://USER:PASSWORD@HOST:PORT; in a password, write # as %23, / as %2F, \
             ? as %3F and @ as %40"
        }
    }
}

fn of_proxy(failure: &ProxyFailure) -> &'static str {
    use ProxyFailure as F;
    match failure {
        F::Unreachable(_) => {
            "check the proxy's address in that variable. To reach a host without the proxy, add \
             it to NO_PROXY"
        }
        F::UnknownName(_) => {
            "check the proxy's name in that variable; a company's proxy may have a name only \
             inside its own network. To reach a host without the proxy, add it to NO_PROXY"
        }
        F::NoCredentials(_) => "put them into that variable: http://USER:PASSWORD@HOST:PORT",
        F::WrongCredentials(_) | F::UnfitCredentials => {
            "correct the user name and password in that variable"
        }
        F::OtherSchemes { .. } => {
            "run a local proxy that signs in for you, such as cntlm or px, and put its address \
             into that variable. Or ask for a proxy that accepts a user name and password \
             (Basic). To reach a host without the proxy, add it to NO_PROXY"
        }
        F::Status(500..) => {
            "run the command again later, or report this to the proxy's \
                             administrator"
        }
        F::Status(300..400) => {
            "open any page in a browser that uses the proxy: you may have to sign in there first. \
             To reach a host without the proxy, add it to NO_PROXY"
        }
        F::Status(_) => {
            "ask the proxy's administrator to allow it. To reach a host without the proxy, add it \
             to NO_PROXY"
        }
        F::Refused(_) => "check the issuer URL, and ask the proxy's administrator",
        F::OtherProtocol => OTHER_SCHEME,
        F::NotTls => "write http:// instead of https:// in that variable",
        F::Unsteady => {
            "run the command again; if this repeats, report it to the proxy's \
                        administrator"
        }
        F::Closed => {
            "check the proxy's scheme (http, https, socks4, socks4a, socks5 or socks5h). If it is \
             right, ask the proxy's administrator whether you may use it"
        }
    }
}

/// The same with a proxy whose variable says https.
fn of_tls_with_proxy(failure: &TlsFailure) -> &'static str {
    use TlsFailure as F;
    match failure {
        F::WrongName(_) | F::UnfitName => {
            "in that variable, use a name that the proxy's certificate is for"
        }
        F::NotTls | F::Cut | F::Version | F::Alert(_) | F::Handshake(_) => {
            "write http:// instead of https:// in that variable if the proxy does not speak TLS"
        }
        _ => of_tls(failure),
    }
}

fn of_tls(failure: &TlsFailure) -> &'static str {
    use TlsFailure as F;
    match failure {
        F::UnknownAuthority => UNTRUSTED,
        F::AuthorityAsServer => {
            "give the server a certificate of its own, signed by that authority, and pass the \
             authority's with `--ca-file`"
        }
        F::WrongName(_) | F::UnfitName | F::NotTls => INTERCEPTED,
        F::Expired { .. } => {
            "set this machine's clock if it is wrong; otherwise, the server needs a new certificate"
        }
        F::NotYetValid { .. } => "set this machine's clock: it is probably slow",
        F::Revoked | F::BadCertificate(_) => {
            "nothing was sent; report this to the server's administrator, and check that no proxy \
             is in between"
        }
        F::Cut => {
            "run the command again; if this repeats, check that no firewall or proxy cuts \
                   the connection"
        }
        F::Version | F::Alert(_) | F::Handshake(_) => {
            "check the issuer URL. If it is right, report this to the administrator of the \
             server, or of the proxy in between"
        }
    }
}
