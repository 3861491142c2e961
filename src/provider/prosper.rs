//! Login with Prosper (docs/portal.md, "Prosper"): another service with a similar name.

use serde_json::Value;

use super::definition::{BuiltIn, Endpoints, Provider};
use super::feature::Feature;
use super::person::{Person, text};
use super::scope::Scope;
use crate::oauth::{AuthorizationParameters, Exchange, Fixed, ProviderQuirks, VendorRefusal};

/// Prosper's login for applications of others.
pub(super) const PROSPER: Provider = Provider {
    name: "prosper",
    title: "Login with Prosper",
    issuers: &[PRODUCTION],
    profiles: &[
        BuiltIn {
            name: "prosper",
            issuer: Some(PRODUCTION),
            client_id: None,
            client_secret: None,
            loopback_only: false,
        },
        BuiltIn {
            name: "sandbox-prosper",
            issuer: Some("http://127.0.0.1:8787"),
            client_id: Some("sandbox-web"),
            client_secret: Some("sandbox-secret"),
            loopback_only: true,
        },
    ],
    default_redirect_uris: &[
        "http://127.0.0.1:8736/callback",
        "http://127.0.0.1:8737/callback",
        "http://127.0.0.1:8738/callback",
    ],
    default_scopes: SCOPE,
    has_fixed_scopes: true,
    scopes: &[Scope {
        name: SCOPE,
        opens: "your account and e-mail address: whoami",
    }],
    registration: "register an application with support@prosperex.com.au, or try it without one: \
                   `eprospera sandbox`, and in another terminal \
                   `eprospera --profile sandbox-prosper login`",
    endpoints: Endpoints::Fixed(Fixed {
        authorization: "/login/oauth/authorize",
        token: "/login/oauth/access-token",
        userinfo: "/api/v2/user",
        quirks: ProviderQuirks {
            parameters: AuthorizationParameters::Minimal,
            exchange: Exchange::Json,
            refusals: &REFUSALS,
        },
    }),
    sign_in_routes: "/login/oauth",
    device_authorization: None,
    client_auth: &["client_secret_post"],
    lacks: &[
        Feature::Discovery,
        Feature::IdTokens,
        Feature::ResponseModes,
        Feature::SignInOptions,
        Feature::DeviceGrant,
        Feature::Refresh,
        Feature::Revocation,
        Feature::Introspection,
        Feature::MeRoutes,
    ],
    dead_ends: &[
        "if you ended up on Prosper's welcome page, the client id is unknown, the redirect URI is \
         not an exact match, or your account belongs to another space",
        "check both with support@prosperex.com.au (tell them the client id, never the secret). If \
         you need more time, use a longer `--timeout`",
    ],
    person,
    // An access token is an opaque text, and nothing tells whose.
    knows: |_| false,
};

const PRODUCTION: &str = "https://admin-prod.prosperex.com.au";
const SCOPE: &str = "user:email";

/// What the token route says, and what each means in the words of RFC 6749 §5.2.
const REFUSALS: [VendorRefusal; 5] = [
    VendorRefusal {
        text: "Invalid code",
        code: "invalid_grant",
        meaning: "Prosper does not know the code, or it was already used",
    },
    VendorRefusal {
        text: "Code has expired",
        code: "invalid_grant",
        meaning: "more than 5 minutes have passed since the sign-in",
    },
    VendorRefusal {
        text: "Invalid client id",
        code: "invalid_grant",
        meaning: "the code was issued to another client",
    },
    VendorRefusal {
        text: "Client not found",
        code: "invalid_client",
        meaning: "no application is registered under this client id",
    },
    VendorRefusal {
        text: "Invalid secret",
        code: "invalid_client",
        meaning: "the client secret is wrong",
    },
];

/// `uid` is the stable id; the e-mail can change.
fn person(answer: &Value) -> Result<Person, &'static str> {
    let names = [text(answer, "firstName"), text(answer, "lastName")];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Ok(Person {
        subject: text(answer, "uid").ok_or("it has no `uid`")?,
        name: (!name.is_empty()).then_some(name),
        email: text(answer, "email"),
        email_verified: None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_user_is_known_by_the_uid_and_called_by_both_names() {
        let user = json!({"uid": "2a4f1c0e-7f5d-4b8f-9d0a-6c3b2a190807", "id": 40321,
            "login": "tomas@mail.example", "email": "tomas@mail.example", "firstName": "Tomas",
            "lastName": "Reyes", "userName": "tomas@mail.example"});
        let read = person(&user).unwrap();
        assert_eq!(read.subject, "2a4f1c0e-7f5d-4b8f-9d0a-6c3b2a190807");
        assert_eq!(read.name.as_deref(), Some("Tomas Reyes"));
        assert_eq!(read.email.as_deref(), Some("tomas@mail.example"));
        let sparse = json!({"uid": "u", "login": "tomas", "firstName": "Tomas", "lastName": null});
        let read = person(&sparse).unwrap();
        assert_eq!(read.name.as_deref(), Some("Tomas"));
        assert_eq!(read.email, None);
    }

    #[test]
    fn without_a_uid_nobody_knows_who_it_is() {
        for answer in [
            json!({"id": 40321, "email": "tomas@mail.example"}),
            json!({"uid": 7}),
            json!({"uid": " "}),
            json!({"uid": {}}),
            json!([]),
            json!("Invalid token"),
        ] {
            assert_eq!(person(&answer), Err("it has no `uid`"), "{answer}");
        }
    }
}
