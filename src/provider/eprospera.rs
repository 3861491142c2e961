//! e-Próspera (docs/portal.md, "Endpoints" and "Credentials and scopes").

use super::Provider;

/// e-Próspera's authorization server and portal.
pub const EPROSPERA: Provider = Provider {
    name: "eprospera",
    title: "e-Próspera",
    default_issuer: "https://portal.eprospera.com",
    default_redirect_uris: &[
        "http://127.0.0.1:8736/callback",
        "http://127.0.0.1:8737/callback",
        "http://127.0.0.1:8738/callback",
    ],
    default_scopes: "openid profile email offline_access eprospera:person.details.read \
                     eprospera:person.residency.read eprospera:entity.read",
    registration: "ask gmembreno@prospera.hn for a client id, or run `eprospera demo` to try \
                   everything without one",
    revocation_path: "/api/oauth/revoke",
    userinfo_path: "/api/oauth/userinfo",
};
