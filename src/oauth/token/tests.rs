//! Token answers as a hostile or careless server might give them, and requests as they leave.

use super::super::authorize::tests::begin;
use super::super::callback;
use super::super::quirks::{ProviderQuirks, VendorRefusal};
use super::super::scripted::Scripted;
use super::*;

fn answer(body: &str) -> Response {
    Response {
        status: 200,
        headers: [
            ("content-type", "application/json"),
            ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ]
        .iter()
        .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
        .collect(),
        body: body.as_bytes().to_vec(),
    }
}

fn parse(body: &str) -> Result<Tokens, Error> {
    read(&answer(body), 1000)
}

/// The answer of a well-behaved server with one field changed.
fn with(field: &str, value: &str) -> String {
    let plain = [
        ("access_token", r#""at""#),
        ("token_type", r#""Bearer""#),
        ("expires_in", "3600"),
    ];
    let mut fields: Vec<_> = plain
        .into_iter()
        .filter(|(name, _)| *name != field)
        .collect();
    if !value.is_empty() {
        fields.push((field, value));
    }
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| format!(r#""{name}":{value}"#))
        .collect();
    format!("{{{}}}", fields.join(","))
}

#[test]
fn a_plain_answer_is_read_whole() {
    let tokens = parse(
        r#"{"access_token":"at.1","token_type":"Bearer","expires_in":3600,
            "scope":"openid  profile","id_token":"a.b.c","refresh_token":"rt_1","extra":1}"#,
    )
    .unwrap();
    assert_eq!(tokens.access_token.expose(), "at.1");
    assert_eq!(tokens.expires_in, Some(3600));
    assert_eq!(tokens.scope.as_deref(), Some("openid profile"));
    assert_eq!(tokens.id_token.unwrap().expose(), "a.b.c");
    assert_eq!(tokens.refresh_token.unwrap().expose(), "rt_1");
    assert_eq!(tokens.received_at, 1000);
    assert!(
        tokens.clock_offset.unwrap() < -1_000_000_000,
        "the server lives in 1994"
    );
}

#[test]
fn lifetimes_that_cannot_be_true_count_as_not_said() {
    for (value, expected) in [
        ("3600", Some(3600)),
        ("3600.9", Some(3600)),
        (r#""3600""#, Some(3600)),
        (r#"" 60 ""#, Some(60)),
        ("1e300", Some(LONGEST_LIFETIME)),
        ("9223372036854775807", Some(LONGEST_LIFETIME)),
        ("", None),
        ("null", None),
        ("0", None),
        ("0.4", None),
        ("-1", None),
        (r#""soon""#, None),
        (r#""NaN""#, None),
        ("true", None),
        ("[]", None),
    ] {
        let tokens = parse(&with("expires_in", value)).unwrap();
        assert_eq!(tokens.expires_in, expected, "{value}");
    }
}

#[test]
fn only_bearer_in_any_case_is_understood() {
    for name in ["Bearer", "bearer", "BEARER"] {
        parse(&with("token_type", &format!("\"{name}\""))).unwrap();
    }
    for value in [
        "",
        "null",
        "7",
        r#""DPoP""#,
        r#""mac""#,
        r#""bearer ""#,
        r#""""#,
    ] {
        let error = parse(&with("token_type", value)).unwrap_err();
        assert!(matches!(error, Error::Malformed { .. }), "{value}");
    }
}

#[test]
fn broken_answers_are_refused_without_an_echo() {
    let canary = "rt_canary";
    let long = format!("\"{}\"", "x".repeat(LONGEST_TOKEN + 1));
    let bodies = [
        String::new(),
        String::from("null"),
        String::from("[]"),
        String::from("\"rt_canary\""),
        String::from("{}"),
        String::from("<html>rt_canary</html>"),
        with("access_token", ""),
        with("access_token", "null"),
        with("access_token", r#""""#),
        with("access_token", "17"),
        with("access_token", r#""rt_canary\r\nX: y""#),
        with("access_token", r#""rt_canary\u0000""#),
        with("access_token", r#""rt_canary and more""#),
        with("access_token", r#""rt_canary\u00e9""#),
        with("access_token", &long),
        with("refresh_token", r#"["rt_canary"]"#),
        with("id_token", "{}"),
        with("expires_in", r#"1,"access_token":"rt_canary""#),
        with(
            "expires_in",
            r#"1,"refresh_token":"a","refresh_token":"rt_canary""#,
        ),
        format!("{} rt_canary", with("expires_in", "1")),
    ];
    for body in bodies {
        let error = parse(&body).unwrap_err();
        let shown = format!("{error} {error:?}");
        let is_flaw = matches!(error, Error::Malformed { .. } | Error::FlawedToken { .. });
        assert!(is_flaw, "{body}: {shown}");
        assert!(!shown.contains(canary), "{shown}");
        assert!(error.outcome_unknown());
    }
}

#[test]
fn an_empty_optional_token_counts_as_absent() {
    for name in ["refresh_token", "id_token"] {
        let tokens = parse(&with(name, r#""""#)).unwrap();
        assert!(tokens.refresh_token.is_none() && tokens.id_token.is_none());
    }
}

#[test]
fn an_empty_scope_says_nothing() {
    assert_eq!(parse(&with("scope", r#""""#)).unwrap().scope, None);
}

#[test]
fn the_flaw_of_an_answer_is_named() {
    for (body, words) in [
        (with("token_type", ""), "it has no token type"),
        (
            with("token_type", r#""Bearer ""#),
            "its token type is not bearer",
        ),
        (with("access_token", r#""""#), "its access_token is empty"),
        (with("access_token", ""), "it has no access token"),
        (with("id_token", "{}"), "its id_token is not a string"),
        (with("expires_in", "1")[1..].to_owned(), "not a JSON object"),
    ] {
        let error = parse(&body).unwrap_err().to_string();
        assert!(error.contains(words), "{body}: {error}");
    }
}

#[test]
fn an_error_under_a_success_status_is_still_an_error() {
    let error = parse(r#"{"error":"invalid_grant"}"#).unwrap_err();
    assert!(matches!(&error, Error::Refused { status: 200, code, .. } if code == "invalid_grant"));
    assert!(!error.is_terminal_for_refresh() && error.outcome_unknown());
}

#[test]
fn id_and_secret_are_form_encoded_before_they_are_joined() {
    for (id, secret, pair) in [
        ("plain", "secret", "plain:secret"),
        ("a:b", "p@ss w%rd+é", "a%3Ab:p%40ss+w%25rd%2B%C3%A9"),
    ] {
        let header = basic(id, &Secret::new(secret.to_owned()));
        let encoded = header.strip_prefix("Basic ").unwrap();
        assert_eq!(STANDARD.decode(encoded).unwrap(), pair.as_bytes());
    }
}

const GOOD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 44\r\n\r\n\
                    {\"access_token\":\"at\",\"token_type\":\"Bearer\"}  ";

fn client(auth: ClientAuth) -> ClientCredentials {
    let id = String::from("c 1");
    ClientCredentials { id, auth }
}

#[tokio::test]
async fn a_code_is_exchanged_with_its_verifier_and_the_bound_redirect_uri() {
    let Scripted {
        metadata,
        http,
        server,
    } = Scripted::serve(&[GOOD]).await;
    let authorization = begin("http://127.0.0.1:8736/callback");
    let code = callback::tests::code("c/1");
    let public = client(ClientAuth::None);
    let tokens = exchange(&http, &metadata, &public, &authorization, &code, |_| ())
        .await
        .unwrap();
    assert_eq!(tokens.access_token.expose(), "at");
    assert!(tokens.refresh_token.is_none() && tokens.expires_in.is_none());
    let request = server.await.unwrap().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /token HTTP/1.1"));
    assert!(head.contains("content-type: application/x-www-form-urlencoded"));
    let verifier = authorization.verifier().unwrap().expose();
    assert_eq!(
        body,
        format!(
            "grant_type=authorization_code&code=c%2F1\
             &redirect_uri=http%3A%2F%2F127.0.0.1%3A8736%2Fcallback\
             &code_verifier={verifier}&client_id=c+1"
        )
    );
}

#[tokio::test]
async fn a_code_is_exchanged_in_json_where_the_server_has_it_so() {
    let refused = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\
                   Connection: close\r\n\r\n\"Stale code\"";
    let authorization = begin("http://127.0.0.1:8736/callback");
    let code = callback::tests::code("c/1");
    let secret = Secret::new(String::from("s\"1"));
    for auth in [ClientAuth::Post(secret.clone()), ClientAuth::Basic(secret)] {
        let mut scripted = Scripted::serve(&[refused]).await;
        scripted.metadata.quirks = ProviderQuirks {
            exchange: Exchange::Json,
            refusals: &[VendorRefusal {
                text: "Stale code",
                code: "invalid_grant",
                meaning: "it is too old",
            }],
            ..ProviderQuirks::default()
        };
        let (http, metadata) = (&scripted.http, &scripted.metadata);
        let client = client(auth);
        let error = exchange(http, metadata, &client, &authorization, &code, |_| ()).await;
        assert_eq!(
            error.unwrap_err().to_string(),
            "the server refused: invalid_grant (Stale code: it is too old)"
        );
        let request = scripted.server.await.unwrap().remove(0);
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("content-type: application/json"), "{head}");
        assert!(!head.contains("authorization:"), "{head}");
        assert_eq!(
            body,
            r#"{"client_id":"c 1","client_secret":"s\"1","code":"c/1"}"#
        );
    }
    let mut scripted = Scripted::serve(&[]).await;
    scripted.metadata.quirks.exchange = Exchange::Json;
    let public = client(ClientAuth::None);
    let (http, metadata) = (&scripted.http, &scripted.metadata);
    let error = exchange(http, metadata, &public, &authorization, &code, |_| ()).await;
    assert!(matches!(error, Err(Error::NoSecret)));
}

#[tokio::test]
async fn each_way_of_authentication_sends_the_secret_once() {
    let secret = || Secret::new(String::from("s:1"));
    let token = Secret::new(String::from("rt_1"));
    for (auth, in_head, in_body) in [
        (ClientAuth::None, false, "&client_id=c+1"),
        (ClientAuth::Basic(secret()), true, ""),
        (
            ClientAuth::Post(secret()),
            false,
            "&client_id=c+1&client_secret=s%3A1",
        ),
    ] {
        let Scripted {
            metadata,
            http,
            server,
        } = Scripted::serve(&[GOOD]).await;
        refresh(
            &http,
            &metadata,
            &client(auth),
            &token,
            Some("openid"),
            |_| (),
        )
        .await
        .unwrap();
        let request = server.await.unwrap().remove(0);
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let sent = STANDARD.encode("c+1:s%3A1");
        assert_eq!(
            head.contains(&format!("authorization: Basic {sent}")),
            in_head,
            "{head}"
        );
        let plain = "grant_type=refresh_token&refresh_token=rt_1&scope=openid";
        assert_eq!(body, format!("{plain}{in_body}"));
    }
}

#[tokio::test]
async fn answers_of_a_server_in_trouble_are_classified() {
    let table = [
        (
            "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
            "Unexpected",
            true,
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
            "NotJson",
            true,
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 600\r\n\r\n{",
            "Http(Broken",
            true,
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n",
            "Http(TooLarge",
            true,
        ),
        (
            "HTTP/1.1 307 Moved\r\nLocation: https://evil.example/token\r\nContent-Length: 0\r\n\r\n",
            "Redirected",
            false,
        ),
        (
            "HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n",
            "RateLimited",
            false,
        ),
        (
            "HTTP/1.1 400 Bad\r\nContent-Length: 25\r\n\r\n{\"error\":\"invalid_grant\"}",
            "Refused",
            false,
        ),
        ("", "Http(Broken", true),
    ];
    let token = Secret::new(String::from("rt_canary"));
    for (answer, kind, unknown) in table {
        let Scripted {
            metadata,
            http,
            server,
        } = Scripted::serve(&[answer]).await;
        let public = client(ClientAuth::None);
        let error = refresh(&http, &metadata, &public, &token, None, |_| ())
            .await
            .unwrap_err();
        let shown = format!("{error:?}");
        assert!(
            shown.starts_with(kind) && !shown.contains("rt_canary"),
            "{answer}: {shown}"
        );
        assert_eq!(error.outcome_unknown(), unknown, "{shown}");
        server.await.unwrap();
    }
}

#[tokio::test]
async fn a_revocation_names_the_token_and_its_kind() {
    let Scripted {
        metadata,
        http,
        server,
    } = Scripted::serve(&["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]).await;
    let endpoint = metadata.issuer.endpoint("/revoke");
    let token = Secret::new(String::from("rt_1"));
    let public = client(ClientAuth::None);
    revoke(&http, &endpoint, &public, &token, TokenHint::Refresh)
        .await
        .unwrap();
    let request = server.await.unwrap().remove(0);
    assert!(request.starts_with("POST /revoke "));
    assert!(request.ends_with("\r\n\r\ntoken=rt_1&token_type_hint=refresh_token&client_id=c+1"));
}
