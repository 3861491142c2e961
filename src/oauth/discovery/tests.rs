//! What metadata is believed, and how an issuer's is found.

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
            quirks: ProviderQuirks::default(),
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
    (
        "issuer",
        r#""https://portal.example.evil""#,
        "says that its issuer is",
    ),
    (
        "issuer",
        r#""https://PORTAL.example""#,
        "says that its issuer is",
    ),
    (
        "issuer",
        r#""https://portal.example//""#,
        "says that its issuer is",
    ),
    (
        "issuer",
        r#""https://portal.example:443""#,
        "says that its issuer is",
    ),
    (
        "issuer",
        r#""http://portal.example""#,
        "says that its issuer is",
    ),
    ("issuer", r#""\u001b[2Jx""#, "its issuer is [2Jx"),
    ("issuer", "null", "malformed"),
    (
        "token_endpoint",
        r#""https://evil.example/t?x=1""#,
        "token_endpoint is on another origin: https://evil.example",
    ),
    (
        "token_endpoint",
        r#""https://portal.example:8443/t""#,
        "another origin",
    ),
    (
        "token_endpoint",
        r#""https://user@portal.example/t""#,
        "another origin",
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
    ("jwks_uri", "null", "there is no key set"),
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
        "jwks_uri is on",
    ),
    ("jwks_uri", r#""file:///etc/passwd""#, "not an https"),
    (
        "userinfo_endpoint",
        r#""https://evil.example/""#,
        "userinfo_endpoint is on",
    ),
    (
        "revocation_endpoint",
        r#""https://evil.example/""#,
        "revocation_endpoint is on",
    ),
    (
        "introspection_endpoint",
        r#""https://evil.example/""#,
        "introspection_endpoint is on",
    ),
    (
        "device_authorization_endpoint",
        r#""https://evil.example/""#,
        "authorization_endpoint is on",
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
    for body in ["", "null", "[]", "{}", "<html>", &listed] {
        let error = Metadata::parse(&issuer(), body.as_bytes()).unwrap_err();
        assert!(matches!(error, Error::Malformed { .. }), "{body}: {error}");
    }
    for body in [repeated, twice] {
        let error = Metadata::parse(&issuer(), body.as_bytes()).unwrap_err();
        assert!(matches!(error, Error::MetadataField { .. }), "{error}");
    }
}

#[tokio::test]
async fn metadata_is_asked_for_below_the_issuer() {
    let answer = scripted::json(&scripted::document("ORIGIN"));
    let server = Scripted::serve(&[&answer]).await;
    let metadata = discover(&server.http, &scripted::once(), &server.metadata.issuer)
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
        let error = discover(&server.http, &scripted::once(), &server.metadata.issuer)
            .await
            .unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
    }
}
