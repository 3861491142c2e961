//! e-Próspera (docs/portal.md, "Endpoints" and "Credentials and scopes").

use serde_json::Value;

use super::definition::{BuiltIn, Endpoints, Provider};
use super::person::{Person, text};
use super::scope::Scope;
use crate::oauth::Fallbacks;

/// e-Próspera's authorization server and portal.
pub(super) const EPROSPERA: Provider = Provider {
    name: "eprospera",
    title: "e-Próspera",
    issuers: &["https://portal.eprospera.com", STAGING],
    profiles: &[
        BuiltIn {
            name: "sandbox",
            issuer: Some("http://127.0.0.1:8787"),
            client_id: Some("sandbox-cli"),
            client_secret: None,
            loopback_only: true,
        },
        BuiltIn {
            name: "staging",
            issuer: Some(STAGING),
            client_id: None,
            client_secret: None,
            loopback_only: false,
        },
    ],
    default_redirect_uris: &[
        "http://127.0.0.1:8736/callback",
        "http://127.0.0.1:8737/callback",
        "http://127.0.0.1:8738/callback",
    ],
    default_scopes: "openid profile email offline_access eprospera:person.details.read \
                     eprospera:person.residency.read eprospera:entity.read",
    has_fixed_scopes: false,
    scopes: &SCOPES,
    registration: "ask gmembreno@prospera.hn for a client id, or run `eprospera demo` to try \
                   everything without one",
    endpoints: Endpoints::Discovered(Fallbacks {
        userinfo: Some("/api/oauth/userinfo"),
        revocation: Some("/api/oauth/revoke"),
        introspection: None,
    }),
    sign_in_routes: "/api/oauth",
    device_authorization: Some("/api/oauth/device_authorization"),
    client_auth: &["client_secret_basic", "client_secret_post", "none"],
    lacks: &[],
    dead_ends: &[
        "look at the page in the browser: an error there, such as invalid_client, is not reported \
         to eprospera",
        "check that the redirect URI is registered exactly as written. If you need more time, use \
         a longer `--timeout`",
    ],
    person,
    knows,
};

/// docs/portal.md, "Credentials and scopes".
const SCOPES: [Scope; 12] = [
    Scope {
        name: "openid",
        opens: "who you are: an ID token",
    },
    Scope {
        name: "profile",
        opens: "your name, in whoami",
    },
    Scope {
        name: "email",
        opens: "your e-mail address, in whoami",
    },
    Scope {
        name: "offline_access",
        opens: "staying signed in: a refresh token",
    },
    Scope {
        name: "eprospera:person.details.read",
        opens: "your personal details: me natural-person",
    },
    Scope {
        name: "eprospera:person.residency.read",
        opens: "your residency: me residency",
    },
    Scope {
        name: "eprospera:person.id_verification.read",
        opens: "your ID check: me id-verification",
    },
    Scope {
        name: "eprospera:person.documents.read",
        opens: "your documents: me documents",
    },
    Scope {
        name: "eprospera:entity.read",
        opens: "your legal entities: me legal-entities",
    },
    Scope {
        name: "eprospera:entity.documents.read",
        opens: "documents: me legal-entities ID documents",
    },
    Scope {
        name: "eprospera:person.tax.read",
        opens: "your own taxes: me tax",
    },
    Scope {
        name: "eprospera:entity.tax.read",
        opens: "taxes of your entities: me tax",
    },
];

const STAGING: &str = "https://staging-portal.eprospera.com";

/// docs/portal.md, "Userinfo".
fn person(answer: &Value) -> Result<Person, &'static str> {
    Ok(Person {
        subject: text(answer, "sub").ok_or("it has no `sub`")?,
        name: text(answer, "name"),
        email: text(answer, "email"),
        email_verified: answer.get("email_verified").and_then(Value::as_bool),
    })
}

/// docs/portal.md, "Credentials and scopes": a JWT, a key or a refresh token.
fn knows(credential: &str) -> bool {
    let is_jwt = credential.starts_with("eyJ") && credential.split('.').count() == 3;
    let prefixes = ["ak-", "sk-", "pk-", "rt_"];
    is_jwt || prefixes.iter().any(|prefix| credential.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn userinfo_needs_a_subject_and_nothing_else() {
        let full = json!({"sub": "u-1", "name": "Ines", "email": "i@mail.example",
            "email_verified": false});
        let read = person(&full).unwrap();
        assert_eq!(read.subject, "u-1");
        assert_eq!(read.email_verified, Some(false));
        let bare = person(&json!({"sub": "u-1", "name": null, "email": 7})).unwrap();
        assert_eq!((bare.name, bare.email), (None, None));
        for answer in [
            json!({}),
            json!({"sub": ""}),
            json!({"sub": 7}),
            json!(null),
        ] {
            assert!(person(&answer).is_err(), "{answer}");
        }
    }
}
