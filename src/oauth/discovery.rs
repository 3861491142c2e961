//! What the authorization server says about itself (OIDC Discovery §4, RFC 8414).
//!
//! The document is believed only when it names the issuer that was asked, but for a slash at its end, and
//! keeps every endpoint on that issuer's origin (RFC 9700 §4.4). No redirect is followed.
//! Fields: docs/portal.md, "Discovery".

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

use crate::http;

use super::answer;
use super::dialect::Dialect;
use super::error::{Error, clean};
use super::issuer::{Issuer, origin};
use super::json;

/// The checked metadata of one issuer. Unknown fields are dropped.
///
/// It may be kept in a cache; what comes back from there goes through [`Metadata::check`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Whom it speaks for.
    pub issuer: Issuer,
    /// Where the person is sent (RFC 6749 §3.1).
    pub authorization_endpoint: Url,
    /// Where codes and refresh tokens are exchanged (RFC 6749 §3.2).
    pub token_endpoint: Url,
    /// Where the signing keys are; `None` for a server without ID tokens.
    pub jwks_uri: Option<Url>,
    /// Where claims about the person are.
    #[serde(default)]
    pub userinfo_endpoint: Option<Url>,
    /// Where tokens are revoked (RFC 7009).
    #[serde(default)]
    pub revocation_endpoint: Option<Url>,
    /// Where tokens are looked up (RFC 7662).
    #[serde(default)]
    pub introspection_endpoint: Option<Url>,
    /// Where the device grant starts (RFC 8628).
    #[serde(default)]
    pub device_authorization_endpoint: Option<Url>,
    /// The scopes it knows; empty when it does not say.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
    /// The response modes it knows; `None` when it does not say.
    #[serde(default, rename = "response_modes_supported")]
    pub response_modes: Option<Vec<String>>,
    /// The algorithms it signs ID tokens with.
    #[serde(default, rename = "id_token_signing_alg_values_supported")]
    pub id_token_signing_algs: Vec<String>,
    /// The ways a client may authenticate at the token endpoint; empty when it does not say.
    #[serde(default, rename = "token_endpoint_auth_methods_supported")]
    pub token_auth_methods: Vec<String>,
    /// The PKCE methods it knows; `None` when it does not say.
    #[serde(default, rename = "code_challenge_methods_supported")]
    pub code_challenge_methods: Option<Vec<String>>,
    /// The grants it knows; empty when it does not say.
    #[serde(default, rename = "grant_types_supported")]
    pub grant_types: Vec<String>,
    /// Whether every callback names its issuer (RFC 9207 §3).
    #[serde(default, rename = "authorization_response_iss_parameter_supported")]
    pub requires_iss: bool,
    /// How it is spoken to. No document says.
    #[serde(skip)]
    pub dialect: Dialect,
}

/// The paths of a server that publishes no metadata, and how it is spoken to.
#[derive(Clone, Copy, Debug)]
pub struct Fixed {
    /// Path of the authorization endpoint.
    pub authorization: &'static str,
    /// Path of the token endpoint.
    pub token: &'static str,
    /// Path of the route that says who signed in.
    pub userinfo: &'static str,
    /// How it is spoken to.
    pub dialect: Dialect,
}

/// Fixed paths for endpoints that an older document does not list (docs/portal.md, "Discovery").
#[derive(Clone, Copy, Debug, Default)]
pub struct Fallbacks<'a> {
    /// Path of the userinfo endpoint.
    pub userinfo: Option<&'a str>,
    /// Path of the revocation endpoint.
    pub revocation: Option<&'a str>,
    /// Path of the introspection endpoint.
    pub introspection: Option<&'a str>,
}

/// The longest metadata that is read: 256 KiB.
const LIMIT: usize = 256 * 1024;

impl Metadata {
    /// Reads the metadata of an issuer.
    ///
    /// # Errors
    /// [`Error::Malformed`] and the errors of [`Metadata::check`].
    pub fn parse(issuer: &Issuer, body: &[u8]) -> Result<Self, Error> {
        let mut document = json::parse_object(body).ok_or(Error::Malformed {
            what: "the metadata is no JSON object, or repeats a field",
        })?;
        // The issuer comes first: a document of another server is not worth reading further.
        let claim = document
            .get("issuer")
            .and_then(Value::as_str)
            .ok_or(Error::Malformed {
                what: "the metadata names no issuer",
            })?;
        if !issuer.may_be_called(claim) {
            return Err(Error::IssuerMismatch {
                expected: issuer.exact().to_owned(),
                found: clean(claim),
            });
        }
        drop_empty(&mut document);
        for name in ["authorization_endpoint", "token_endpoint"] {
            if !document.contains_key(name) {
                return Err(Error::MetadataField {
                    name: name.to_owned(),
                    problem: "is missing",
                });
            }
        }
        let metadata: Self =
            serde_path_to_error::deserialize(Value::Object(document)).map_err(|error| {
                Error::MetadataField {
                    name: clean(&error.path().to_string()),
                    problem: "is not what it must be (OpenID Connect Discovery §3)",
                }
            })?;
        if metadata.jwks_uri.is_none() {
            return Err(Error::Malformed {
                what: "the metadata names no key set (OpenID Connect Discovery §3)",
            });
        }
        metadata.check(issuer)?;
        Ok(metadata)
    }

    /// The metadata of an issuer that publishes none: every path hangs below it.
    pub fn fixed(issuer: &Issuer, paths: &Fixed) -> Self {
        Self {
            issuer: issuer.clone(),
            authorization_endpoint: issuer.endpoint(paths.authorization),
            token_endpoint: issuer.endpoint(paths.token),
            jwks_uri: None,
            userinfo_endpoint: Some(issuer.endpoint(paths.userinfo)),
            revocation_endpoint: None,
            introspection_endpoint: None,
            device_authorization_endpoint: None,
            scopes_supported: Vec::new(),
            response_modes: None,
            id_token_signing_algs: Vec::new(),
            token_auth_methods: Vec::new(),
            code_challenge_methods: None,
            grant_types: Vec::new(),
            requires_iss: false,
            dialect: paths.dialect,
        }
    }

    /// Checks that this metadata speaks for an issuer and stays on its origin.
    ///
    /// # Errors
    /// [`Error::IssuerMismatch`], [`Error::InsecureEndpoint`], [`Error::ForeignEndpoint`],
    /// [`Error::NoPkce`].
    pub fn check(&self, issuer: &Issuer) -> Result<(), Error> {
        if !issuer.may_be_called(self.issuer.exact()) {
            return Err(Error::IssuerMismatch {
                expected: issuer.exact().to_owned(),
                found: self.issuer.exact().to_owned(),
            });
        }
        let endpoints = [
            ("authorization_endpoint", Some(&self.authorization_endpoint)),
            ("token_endpoint", Some(&self.token_endpoint)),
            ("jwks_uri", self.jwks_uri.as_ref()),
            ("userinfo_endpoint", self.userinfo_endpoint.as_ref()),
            ("revocation_endpoint", self.revocation_endpoint.as_ref()),
            (
                "introspection_endpoint",
                self.introspection_endpoint.as_ref(),
            ),
            (
                "device_authorization_endpoint",
                self.device_authorization_endpoint.as_ref(),
            ),
        ];
        for (name, endpoint) in endpoints {
            if let Some(url) = endpoint {
                check_endpoint(issuer, name, url)?;
            }
        }
        match &self.code_challenge_methods {
            Some(methods) if !methods.iter().any(|method| method == "S256") => Err(Error::NoPkce),
            _ => Ok(()),
        }
    }

    /// Fills in the endpoints that the document does not list.
    #[must_use]
    pub fn with_fallbacks(mut self, fallbacks: &Fallbacks<'_>) -> Self {
        let issuer = self.issuer.clone();
        let fill = |endpoint: &mut Option<Url>, path: Option<&str>| {
            if endpoint.is_none() {
                *endpoint = path.map(|path| issuer.endpoint(path));
            }
        };
        fill(&mut self.userinfo_endpoint, fallbacks.userinfo);
        fill(&mut self.revocation_endpoint, fallbacks.revocation);
        fill(&mut self.introspection_endpoint, fallbacks.introspection);
        self
    }
}

/// Takes out what says nothing: some servers write `null` or an empty text where they have no value.
fn drop_empty(document: &mut Map<String, Value>) {
    let says_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    };
    document.retain(|_, value| !says_nothing(value));
    for value in document.values_mut() {
        if let Value::Array(items) = value {
            items.retain(|item| !says_nothing(item));
        }
    }
}

fn check_endpoint(issuer: &Issuer, name: &'static str, url: &Url) -> Result<(), Error> {
    if url.scheme() != "https" && !(issuer.is_plain_loopback() && url.scheme() == "http") {
        return Err(Error::InsecureEndpoint { name });
    }
    let has_user = !url.username().is_empty() || url.password().is_some();
    if !issuer.is_same_origin(url) || has_user {
        return Err(Error::ForeignEndpoint {
            name,
            origin: origin(url),
        });
    }
    if url.fragment().is_some() {
        return Err(Error::Malformed {
            what: "an endpoint has a fragment (RFC 6749 §3.1)",
        });
    }
    Ok(())
}

/// Fetches and checks the metadata of an issuer.
///
/// # Errors
/// [`Error::Redirected`] for any redirect, else those of [`Metadata::parse`] and of the exchange.
pub async fn discover(http: &http::Client, issuer: &Issuer) -> Result<Metadata, Error> {
    let url = issuer.endpoint("/.well-known/openid-configuration");
    let answer = http.send(http::Request::get(&url).limit(LIMIT)).await?;
    let metadata =
        answer::require_json(&url, &answer).and_then(|()| Metadata::parse(issuer, &answer.body));
    metadata.map_err(|error| match error {
        // A server that fails says nothing about what it is.
        Error::Unexpected { status, .. } | Error::Refused { status, .. } if status >= 500 => error,
        Error::Unexpected { .. }
        | Error::Refused { .. }
        | Error::NotJson { .. }
        | Error::Malformed { .. } => Error::NoMetadata {
            issuer: issuer.exact().to_owned(),
            url: url.to_string(),
            cause: Box::new(error),
        },
        error => error,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::scripted::{self, Scripted};
    use super::*;

    fn issuer() -> Issuer {
        Issuer::parse("https://portal.example").unwrap()
    }

    fn document() -> Value {
        json!({
            "issuer": "https://portal.example",
            "authorization_endpoint": "https://portal.example/api/oauth/authorize",
            "token_endpoint": "https://portal.example/api/oauth/token",
            "jwks_uri": "https://portal.example/api/oauth/.well-known/jwks.json",
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "mtls_endpoint_aliases": {"token_endpoint": "https://elsewhere.example"},
        })
    }

    fn parse(document: &Value) -> Result<Metadata, Error> {
        Metadata::parse(&issuer(), document.to_string().as_bytes())
    }

    #[test]
    fn a_short_document_is_enough_and_survives_a_cache() {
        let metadata = parse(&document()).unwrap();
        assert!(!metadata.requires_iss);
        assert_eq!(metadata.revocation_endpoint, None);
        let cached = serde_json::to_vec(&metadata).unwrap();
        let back: Metadata = serde_json::from_slice(&cached).unwrap();
        assert_eq!(back, metadata);
        back.check(&issuer()).unwrap();
        let other = Issuer::parse("https://other.example").unwrap();
        assert!(matches!(
            back.check(&other),
            Err(Error::IssuerMismatch { .. })
        ));
    }

    #[test]
    fn a_field_that_says_nothing_counts_as_absent() {
        let expected = parse(&document()).unwrap();
        for name in [
            "userinfo_endpoint",
            "revocation_endpoint",
            "introspection_endpoint",
            "device_authorization_endpoint",
            "scopes_supported",
            "response_modes_supported",
            "token_endpoint_auth_methods_supported",
            "grant_types_supported",
            "authorization_response_iss_parameter_supported",
        ] {
            for value in [json!(null), json!(""), json!(" ")] {
                let mut document = document();
                document[name] = value.clone();
                assert_eq!(parse(&document).unwrap(), expected, "{name} {value}");
            }
        }
        let mut document = document();
        document["scopes_supported"] = json!([null, "openid", ""]);
        assert_eq!(parse(&document).unwrap().scopes_supported, ["openid"]);
        document["code_challenge_methods_supported"] = json!(null);
        assert_eq!(parse(&document).unwrap().code_challenge_methods, None);
    }

    #[test]
    fn an_issuer_may_be_typed_without_its_slash_and_is_compared_with_it_from_then_on() {
        for (typed, claim) in [
            ("https://portal.example", "https://portal.example/"),
            ("https://portal.example/", "https://portal.example"),
            ("HTTPS://Portal.example", "https://portal.example"),
        ] {
            let mut document = document();
            document["issuer"] = json!(claim);
            let typed = Issuer::parse(typed).unwrap();
            let metadata = Metadata::parse(&typed, document.to_string().as_bytes()).unwrap();
            assert_eq!(metadata.issuer.exact(), claim);
            let cached = serde_json::to_vec(&metadata).unwrap();
            let back: Metadata = serde_json::from_slice(&cached).unwrap();
            assert_eq!(back.issuer.exact(), claim);
            back.check(&typed).unwrap();
        }
    }

    #[test]
    fn fixed_paths_hang_below_the_issuer_and_pass_the_same_checks() {
        let metadata = Metadata::fixed(
            &issuer(),
            &Fixed {
                authorization: "/login/authorize",
                token: "/login/token",
                userinfo: "/user",
                dialect: Dialect::default(),
            },
        );
        metadata.check(&issuer()).unwrap();
        assert_eq!(
            metadata.token_endpoint.as_str(),
            "https://portal.example/login/token"
        );
        assert_eq!(metadata.jwks_uri, None);
        assert_eq!(metadata.revocation_endpoint, None);
    }

    #[test]
    fn fallbacks_fill_only_what_is_absent() {
        let mut document = document();
        document["userinfo_endpoint"] = json!("https://portal.example/me");
        let metadata = parse(&document).unwrap().with_fallbacks(&Fallbacks {
            userinfo: Some("/api/oauth/userinfo"),
            revocation: Some("/api/oauth/revoke"),
            ..Fallbacks::default()
        });
        let text = |url: &Option<Url>| url.as_ref().map(Url::to_string);
        assert_eq!(
            text(&metadata.userinfo_endpoint).as_deref(),
            Some("https://portal.example/me")
        );
        assert_eq!(
            text(&metadata.revocation_endpoint).as_deref(),
            Some("https://portal.example/api/oauth/revoke")
        );
        assert_eq!(metadata.introspection_endpoint, None);
    }

    /// A field, its hostile value, and a part of the reason.
    const HOSTILE: &[(&str, &str, &str)] = &[
        ("issuer", r#""https://portal.example.evil""#, "calls itself"),
        ("issuer", r#""https://PORTAL.example""#, "calls itself"),
        ("issuer", r#""https://portal.example//""#, "calls itself"),
        ("issuer", r#""https://portal.example:443""#, "calls itself"),
        ("issuer", r#""http://portal.example""#, "calls itself"),
        ("issuer", r#""\u001b[2Jx""#, "calls itself [2Jx"),
        ("issuer", "null", "malformed"),
        (
            "token_endpoint",
            r#""https://evil.example/t?x=1""#,
            "token_endpoint lies on a foreign origin: https://evil.example",
        ),
        (
            "token_endpoint",
            r#""https://portal.example:8443/t""#,
            "foreign origin",
        ),
        (
            "token_endpoint",
            r#""https://user@portal.example/t""#,
            "foreign origin",
        ),
        (
            "token_endpoint",
            r#""http://portal.example/t""#,
            "token_endpoint is not an https",
        ),
        ("token_endpoint", r#""/token""#, "malformed"),
        ("token_endpoint", "7", "malformed"),
        ("token_endpoint", "null", "token_endpoint is missing"),
        ("token_endpoint", r#""""#, "token_endpoint is missing"),
        (
            "scopes_supported",
            "7",
            "malformed: scopes_supported is not",
        ),
        (
            "userinfo_endpoint",
            "[]",
            "malformed: userinfo_endpoint is not",
        ),
        ("jwks_uri", "null", "names no key set"),
        (
            "authorization_endpoint",
            r#""javascript:alert(1)""#,
            "not an https",
        ),
        (
            "authorization_endpoint",
            r#""https://portal.example/a#b""#,
            "fragment",
        ),
        (
            "jwks_uri",
            r#""https://keys.example/jwks""#,
            "jwks_uri lies",
        ),
        ("jwks_uri", r#""file:///etc/passwd""#, "not an https"),
        (
            "userinfo_endpoint",
            r#""https://evil.example/""#,
            "userinfo_endpoint lies",
        ),
        (
            "revocation_endpoint",
            r#""https://evil.example/""#,
            "revocation_endpoint lies",
        ),
        (
            "introspection_endpoint",
            r#""https://evil.example/""#,
            "introspection_endpoint lies",
        ),
        (
            "device_authorization_endpoint",
            r#""https://evil.example/""#,
            "authorization_endpoint lies",
        ),
        ("code_challenge_methods_supported", r#"["plain"]"#, "PKCE"),
        (
            "id_token_signing_alg_values_supported",
            r#""RS256""#,
            "malformed",
        ),
    ];

    #[test]
    fn a_hostile_document_is_refused_for_its_own_reason() {
        for (field, value, reason) in HOSTILE {
            let mut document = document();
            document[field] = serde_json::from_str(value).unwrap();
            let error = parse(&document).unwrap_err().to_string();
            assert!(error.contains(reason), "{field} {value}: {error}");
        }
    }

    #[test]
    fn broken_documents_and_repeated_fields_are_refused() {
        let repeated = document().to_string().replacen(
            '{',
            r#"{"token_endpoint":"https://portal.example/other","#,
            1,
        );
        let twice = document()
            .to_string()
            .replacen('{', r#"{"issuer":"https://evil.example","#, 1);
        // A list in the order of the fields is no document, though a reader could take it for one.
        let listed = format!(
            "[{}]",
            ["", "/authorize", "/token", "/jwks"]
                .map(|path| format!("\"https://portal.example{path}\""))
                .join(",")
        );
        for body in ["", "null", "[]", "{}", "<html>", &repeated, &twice, &listed] {
            let error = Metadata::parse(&issuer(), body.as_bytes()).unwrap_err();
            assert!(matches!(error, Error::Malformed { .. }), "{body}: {error}");
        }
    }

    #[tokio::test]
    async fn metadata_is_asked_for_below_the_issuer() {
        let answer = scripted::json(&scripted::document("ORIGIN"));
        let server = Scripted::serve(&[&answer]).await;
        let metadata = discover(&server.http, &server.metadata.issuer)
            .await
            .unwrap();
        assert_eq!(metadata, server.metadata);
        let requests = server.server.await.unwrap();
        assert!(requests[0].starts_with("GET /.well-known/openid-configuration HTTP/1.1"));
    }

    #[tokio::test]
    async fn no_redirect_is_followed_and_no_page_is_believed() {
        for (answer, reason) in [
            (
                "HTTP/1.1 302 Found\r\nLocation: https://evil.example/x?y\r\n\r\n",
                "redirects to https://evil.example",
            ),
            (
                "HTTP/1.1 301 Moved\r\nLocation: ORIGIN/elsewhere\r\n\r\n",
                "redirects to http://127.0.0.1",
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Log in to Wi-Fi</title>",
                "text/html instead of JSON",
            ),
            (
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                "answered 404",
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 300000\r\n\r\n",
                "longer than 262144 bytes",
            ),
        ] {
            let server = Scripted::serve(&[answer]).await;
            let error = discover(&server.http, &server.metadata.issuer)
                .await
                .unwrap_err();
            assert!(error.to_string().contains(reason), "{error}");
        }
    }
}
