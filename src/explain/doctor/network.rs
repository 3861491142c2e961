//! The codes of `doctor` about the clock, the network and the provider.

use crate::explain::explanation::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    Explanation {
        code: "clock_skew",
        title: "This machine's clock is wrong",
        meaning: "The clock differs from the provider's by more than a minute. ID tokens are \
                  then refused, and certificates may seem expired or not yet valid.",
        causes: &[
            "The clock is not synchronised with the network.",
            "A virtual machine was suspended.",
        ],
        actions: &["Set the clock from the network with the command that doctor prints."],
    },
    Explanation {
        code: "proxy_variable",
        title: "The variable that names the proxy cannot be used",
        meaning: "The value is not the address of a proxy. This program does not bypass the proxy, \
                  because a direct connection may not be what you want.",
        causes: &[
            "The value contains quotation marks or spaces, or has an unknown scheme.",
            "A password contains characters that must be encoded in a URL, such as `@` or `#`.",
        ],
        actions: &[
            "Write it as http://USER:PASSWORD@HOST:PORT, with %40 for @ and %23 for #.",
            "Or unset the variable with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "proxy_unreachable",
        title: "The proxy cannot be reached",
        meaning: "A variable names a proxy, but nothing responds there. It is not known whether \
                  the provider works.",
        causes: &[
            "You are not on the proxy's network, for example because the VPN is off.",
            "The address or the port is wrong.",
        ],
        actions: &[
            "Connect to the proxy's network.",
            "Or, if you do not need a proxy, unset the variable with the command that doctor \
             prints.",
            "Or list the hosts to reach without the proxy in NO_PROXY.",
        ],
    },
    Explanation {
        code: "proxy_auth",
        title: "The proxy requires authentication",
        meaning: "The proxy asks for a user name and a password, does not accept the ones it \
                  received, or requires an authentication method that this program does not \
                  support.",
        causes: &[
            "The variable has no user name and password, or outdated ones.",
            "The proxy only accepts NTLM or Kerberos.",
        ],
        actions: &[
            "Add them to the variable: http://USER:PASSWORD@HOST:PORT.",
            "For NTLM or Kerberos, run a proxy on this machine that signs in for you, such as \
             cntlm or px.",
        ],
    },
    Explanation {
        code: "proxy_refused",
        title: "The proxy refuses the connection",
        meaning: "The proxy responds, but does not connect to the provider.",
        causes: &[
            "The proxy only allows certain hosts.",
            "The scheme in the variable does not match the proxy.",
        ],
        actions: &[
            "Ask the proxy's administrator to allow the provider's host.",
            "Check the scheme: http, https, socks4, socks4a, socks5 or socks5h.",
        ],
    },
    Explanation {
        code: "dns_failure",
        title: "The provider's host name cannot be resolved",
        meaning: "The system cannot find an address for the host in the issuer URL.",
        causes: &[
            "There is no network connection.",
            "The issuer URL is misspelt.",
            "The network only resolves names for its proxy.",
        ],
        actions: &[
            "Check whether any other name resolves.",
            "Check the issuer in `eprospera status`.",
        ],
    },
    Explanation {
        code: "trust_roots",
        title: "The trust roots cannot be used",
        meaning: "No certificate can be checked, because the file or folder of trusted \
                  authorities cannot be read.",
        causes: &[
            "SSL_CERT_FILE, SSL_CERT_DIR or EPROSPERA_CA_FILE names something that does not \
             exist, or is not PEM.",
            "No trust roots are installed, as in minimal containers.",
        ],
        actions: &[
            "Correct or unset the variable.",
            "Install a package with trust roots, such as ca-certificates.",
        ],
    },
    Explanation {
        code: "tls_untrusted",
        title: "The certificate is signed by an authority that this machine does not trust",
        meaning: "The server presented a certificate, but the authority that signed it is not \
                  among the trust roots. Nothing was sent.",
        causes: &[
            "A company's proxy or a captive portal intercepts TLS and signs with its own \
             authority.",
            "The server has a self-signed certificate.",
        ],
        actions: &[
            "Check who signed it: doctor names the authority.",
            "If you trust that authority, specify its certificate with `--ca-file` or \
             EPROSPERA_CA_FILE.",
        ],
    },
    Explanation {
        code: "tls_wrong_name",
        title: "The certificate is for a different name",
        meaning: "The server presented a certificate for a different host. Nothing was sent.",
        causes: &[
            "The issuer URL is misspelt or uses an address instead of a name.",
            "A captive portal or a proxy answers in its place.",
        ],
        actions: &[
            "Check the issuer URL.",
            "Open any page in a browser to see whether the network wants you to sign in first.",
        ],
    },
    Explanation {
        code: "tls_expired",
        title: "The certificate has expired",
        meaning: "According to this machine's clock, the certificate has expired. \
                  Nothing was sent.",
        causes: &[
            "The server needs a new certificate.",
            "This machine's clock is ahead.",
        ],
        actions: &[
            "Check this machine's clock.",
            "Tell the server's administrator.",
        ],
    },
    Explanation {
        code: "tls_not_yet_valid",
        title: "The certificate is not valid yet",
        meaning: "According to this machine's clock, the certificate is not valid yet. Nothing was \
                  sent.",
        causes: &["This machine's clock is behind."],
        actions: &["Set the clock from the network."],
    },
    Explanation {
        code: "tls_failure",
        title: "No secure connection could be established",
        meaning: "The TLS handshake failed. The message says at what point. Nothing was sent.",
        causes: &[
            "Something that does not speak TLS answers at that port.",
            "A firewall or a proxy cuts the connection.",
        ],
        actions: &["Check the issuer URL and its port.", "Try another network."],
    },
    Explanation {
        code: "unreachable",
        title: "The provider cannot be reached",
        meaning: "No connection could be made. This says nothing about your session: you are not \
                  signed out.",
        causes: &[
            "There is no network connection, or a firewall blocks it.",
            "The issuer URL has the wrong host or port.",
            "The provider is down.",
        ],
        actions: &[
            "Check the network and the issuer URL.",
            "Run `eprospera doctor --sandbox`: if that works, this machine is fine.",
        ],
    },
    Explanation {
        code: "sandbox_not_running",
        title: "The sandbox is not running",
        meaning: "The profile is for the sandbox on this machine, but nothing is listening there.",
        causes: &["No sandbox was started, or it was stopped."],
        actions: &[
            "Run `eprospera sandbox` in another terminal.",
            "Or choose another profile with `--profile`.",
        ],
    },
    Explanation {
        code: "timed_out",
        title: "No response arrived in time",
        meaning: "The provider, or something in between, accepted the connection but did not \
                  respond within a few seconds. You are not signed out.",
        causes: &["The provider is busy.", "A firewall drops packets."],
        actions: &["Try again later, or from another network."],
    },
    Explanation {
        code: "captive_portal",
        title: "Something else answers in place of the provider",
        meaning: "A web page or a redirect came back instead of the provider's metadata.",
        causes: &[
            "The network wants you to sign in or to accept its terms first.",
            "The issuer URL is not the provider's.",
        ],
        actions: &[
            "Open any page in a browser and sign in to the network.",
            "Check the issuer in `eprospera status`.",
        ],
    },
    Explanation {
        code: "provider_error",
        title: "The provider reports an error",
        meaning: "The provider returns a server error. The problem is not on your machine, and you \
                  are not signed out.",
        causes: &[
            "The provider is down or under maintenance.",
            "A proxy in between answers in its place.",
        ],
        actions: &["Try again later."],
    },
    Explanation {
        code: "provider_not_found",
        title: "The provider's metadata was not found",
        meaning: "The server responds, but has no document that says it is a provider.",
        causes: &["The issuer URL belongs to another server, or has the wrong path."],
        actions: &[
            "Check the issuer in `eprospera status`: it must be what your provider calls the \
             issuer, without /.well-known/openid-configuration.",
        ],
    },
    Explanation {
        code: "provider_rate_limited",
        title: "The provider asks you to wait",
        meaning: "Too many requests came from this address.",
        causes: &["A script sends requests too often."],
        actions: &["Wait a minute, then try again."],
    },
    Explanation {
        code: "metadata_invalid",
        title: "The provider's metadata cannot be used",
        meaning: "What the server publishes is not a valid metadata document.",
        causes: &[
            "The issuer URL belongs to a different kind of server.",
            "The provider's configuration is broken.",
        ],
        actions: &[
            "Check the issuer in `eprospera status`.",
            "If it is correct, tell the provider.",
        ],
    },
    Explanation {
        code: "issuer_mismatch",
        title: "The server calls itself by a different name",
        meaning: "The metadata names a different issuer than the one that was asked for. It is not \
                  used, because tokens could go to someone else.",
        causes: &[
            "The issuer URL is not spelt as the provider spells it.",
            "Another server answers in its place.",
        ],
        actions: &[
            "Set the issuer to the name in the message if that is your provider.",
            "Otherwise, tell the provider.",
        ],
    },
    Explanation {
        code: "metadata_untrusted",
        title: "The provider's metadata is not safe to use",
        meaning: "The metadata names endpoints on another host or without TLS, or does not offer \
                  PKCE with S256. It is not used.",
        causes: &[
            "The provider's configuration is broken.",
            "Another server answers in its place.",
        ],
        actions: &[
            "Check the issuer in `eprospera status`.",
            "If it is correct, tell the provider.",
        ],
    },
    Explanation {
        code: "keys_invalid",
        title: "The provider's keys cannot be used",
        meaning: "The keys that verify ID tokens are missing or not valid, so no login can be \
                  verified.",
        causes: &[
            "The provider's configuration is broken.",
            "A captive portal or a proxy answers in its place.",
        ],
        actions: &["Try again later, and tell the provider if the problem persists."],
    },
];
