//! The codes of `doctor` about the clock, the network and the provider.

use crate::explain::explanation::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    Explanation {
        code: "clock_skew",
        title: "This machine's clock is wrong",
        meaning: "The clock differs from the provider's by more than a minute. ID tokens are \
                  then refused, and certificates may seem expired or not yet valid.",
        causes: &[
            "The clock is not set from the network.",
            "A virtual machine was suspended.",
        ],
        actions: &["Set the clock from the network, with the command that doctor prints."],
    },
    Explanation {
        code: "proxy_variable",
        title: "The variable that names the proxy cannot be used",
        meaning: "The value is not the address of a proxy. The program does not go around it: \
                  a direct connection may not be what you want.",
        causes: &[
            "The value has quotation marks or blanks, or an unknown scheme.",
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
        meaning: "A variable names a proxy, and nothing answers there. It is not known whether \
                  the provider works.",
        causes: &[
            "You are not on the proxy's network, for example because the VPN is off.",
            "The address or the port is wrong.",
        ],
        actions: &[
            "Connect to the network of the proxy.",
            "Or unset the variable if you need no proxy, with the command that doctor prints.",
            "NO_PROXY names hosts to reach without the proxy.",
        ],
    },
    Explanation {
        code: "proxy_auth",
        title: "The proxy wants to know who you are",
        meaning: "The proxy asks for a user name and a password, does not accept those that \
                  were given, or wants a way to sign in that this program does not know.",
        causes: &[
            "The variable holds no user name and password, or old ones.",
            "The proxy takes only NTLM or Kerberos.",
        ],
        actions: &[
            "Write them into the variable: http://USER:PASSWORD@HOST:PORT.",
            "For NTLM or Kerberos, run a proxy on this machine that signs in for you, such as \
             cntlm or px.",
        ],
    },
    Explanation {
        code: "proxy_refused",
        title: "The proxy refuses the connection",
        meaning: "The proxy answers, and does not make a connection to the provider.",
        causes: &[
            "The proxy only allows certain hosts.",
            "The scheme in the variable is not that of the proxy.",
        ],
        actions: &[
            "Ask the administrator of the proxy to allow the host of the provider.",
            "Check the scheme: http, https, socks4, socks4a, socks5 or socks5h.",
        ],
    },
    Explanation {
        code: "dns_failure",
        title: "The name of the provider cannot be resolved",
        meaning: "The system knows no address for the host in the issuer URL.",
        causes: &[
            "There is no network.",
            "The issuer URL is misspelt.",
            "The network only resolves names for its proxy.",
        ],
        actions: &[
            "Check the network: does any other name resolve?",
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
            "Install the package with trust roots, such as ca-certificates.",
        ],
    },
    Explanation {
        code: "tls_untrusted",
        title: "The certificate is signed by an authority that this machine does not trust",
        meaning: "The server showed a certificate, and the authority that signed it is not \
                  among the trust roots. Nothing was sent.",
        causes: &[
            "A company's proxy or a captive portal opens TLS and signs with an authority of \
             its own.",
            "The server has a self-signed certificate.",
        ],
        actions: &[
            "Look at who signed it; doctor says so.",
            "If you trust that authority, give its certificate with `--ca-file` or \
             EPROSPERA_CA_FILE.",
        ],
    },
    Explanation {
        code: "tls_wrong_name",
        title: "The certificate is for another name",
        meaning: "The server showed a certificate for another host. Nothing was sent.",
        causes: &[
            "The issuer URL is misspelt or uses an address in place of a name.",
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
            "Tell the administrator of the server.",
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
        meaning: "The TLS handshake failed. The message says at which point. Nothing was sent.",
        causes: &[
            "Something that does not speak TLS answers at that port.",
            "A firewall or a proxy cuts the connection.",
        ],
        actions: &["Check the issuer URL and its port.", "Try another network."],
    },
    Explanation {
        code: "unreachable",
        title: "The provider cannot be reached",
        meaning: "No connection could be made. This says nothing about your session: you are not signed out.",
        causes: &[
            "There is no network, or a firewall blocks it.",
            "The issuer URL has a wrong host or port.",
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
        meaning: "The profile is for the sandbox on this machine, and nothing listens there.",
        causes: &["No sandbox was started, or it was stopped."],
        actions: &[
            "Run `eprospera sandbox` in another terminal.",
            "Or choose another profile with `--profile`.",
        ],
    },
    Explanation {
        code: "timed_out",
        title: "No answer came in time",
        meaning: "The provider, or something on the way, accepted the connection and did not \
                  answer within a few seconds. You are not signed out.",
        causes: &["The provider is busy.", "A firewall drops packets."],
        actions: &["Try again later, or from another network."],
    },
    Explanation {
        code: "captive_portal",
        title: "Something else answers in place of the provider",
        meaning: "A web page or a redirect came back where the provider's metadata is \
                  expected.",
        causes: &[
            "The network wants you to sign in or to accept its terms first.",
            "The issuer URL is not that of the provider.",
        ],
        actions: &[
            "Open any page in a browser and sign in to the network.",
            "Check the issuer in `eprospera status`.",
        ],
    },
    Explanation {
        code: "provider_error",
        title: "The provider has an error",
        meaning: "The provider answers with a server error. It is not your machine, and you \
                  are not signed out.",
        causes: &[
            "The provider is down or under maintenance.",
            "A proxy in between answers for it.",
        ],
        actions: &["Try again later."],
    },
    Explanation {
        code: "provider_not_found",
        title: "The provider's metadata was not found",
        meaning: "The server answers, and has no document that says it is a provider.",
        causes: &["The issuer URL belongs to another server, or has a wrong path."],
        actions: &[
            "Check the issuer in `eprospera status`: it is what your provider calls the \
             issuer, without /.well-known/openid-configuration.",
        ],
    },
    Explanation {
        code: "provider_rate_limited",
        title: "The provider wants you to wait",
        meaning: "Too many requests came from this address.",
        causes: &["A script asks too often."],
        actions: &["Wait a minute, then try again."],
    },
    Explanation {
        code: "metadata_invalid",
        title: "The provider's metadata cannot be used",
        meaning: "What the server publishes is not the document that it should be.",
        causes: &[
            "The issuer URL belongs to another kind of server.",
            "The provider's configuration is broken.",
        ],
        actions: &[
            "Check the issuer in `eprospera status`.",
            "If it is right, tell the provider.",
        ],
    },
    Explanation {
        code: "issuer_mismatch",
        title: "The server calls itself by another name",
        meaning: "The metadata names a different issuer than the one that was asked for. It is not used, because tokens could go to someone else.",
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
        meaning: "The metadata names endpoints on another host or without TLS, or offers no \
                  PKCE with S256. It is not used.",
        causes: &[
            "The provider's configuration is broken.",
            "Another server answers in its place.",
        ],
        actions: &[
            "Check the issuer in `eprospera status`.",
            "If it is right, tell the provider.",
        ],
    },
    Explanation {
        code: "keys_invalid",
        title: "The provider's keys cannot be used",
        meaning: "The keys that verify ID tokens are not there, or are not keys. No login can \
                  be verified.",
        causes: &[
            "The provider's configuration is broken.",
            "A captive portal or a proxy answers in its place.",
        ],
        actions: &["Try again later, and tell the provider if the problem persists."],
    },
];
