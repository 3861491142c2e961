//! `GET /api/oauth/authorize` before a person is involved (docs/portal.md, Authorize).

use super::world::{REDIRECT, World, options};
use crate::{Client, Options};

const MODE: &str = "Invalid response_mode. Must be one of: query, fragment, form_post";
const NONCE: &str = "nonce is required when requesting openid scope";
const NO_CHALLENGE: &str = "code_challenge is required when code_challenge_method is provided";
const METHOD: &str = "code_challenge_method must be S256";

/// A changed parameter, `error`, `error_description`.
type Mistake = (
    (&'static str, &'static str),
    &'static str,
    Option<&'static str>,
);

const MISTAKES: [Mistake; 18] = [
    (("client_id", ""), "missing_parameters", None),
    (("redirect_uri", ""), "missing_parameters", None),
    (("response_type", ""), "missing_parameters", None),
    (("scope", ""), "missing_parameters", None),
    (("scope", " "), "missing_parameters", None),
    (("state", ""), "missing_parameters", None),
    (
        ("response_type", "token"),
        "unsupported_response_type",
        None,
    ),
    (
        ("response_mode", "web_message"),
        "invalid_request",
        Some(MODE),
    ),
    (("nonce", ""), "invalid_request", Some(NONCE)),
    (
        ("code_challenge", ""),
        "invalid_request",
        Some(NO_CHALLENGE),
    ),
    (
        ("code_challenge_method", "plain"),
        "invalid_request",
        Some(METHOD),
    ),
    (
        ("code_challenge", "short"),
        "invalid_request",
        Some("code_challenge is invalid"),
    ),
    (("client_id", "nobody"), "invalid_client", None),
    (("client_id", "eprospera-cli"), "invalid_client", None),
    (
        ("redirect_uri", "http://127.0.0.1:8739/callback"),
        "invalid_client",
        None,
    ),
    (
        ("redirect_uri", "http://127.0.0.1:8736/callback/"),
        "invalid_client",
        None,
    ),
    (
        ("scope", "email eprospera:admin second:bad"),
        "invalid_scope",
        Some("eprospera:admin"),
    ),
    (
        ("max_age", "soon"),
        "invalid_request",
        Some("max_age must be a number of seconds"),
    ),
];

#[tokio::test]
async fn each_documented_mistake_has_its_own_json_error() {
    let world = World::approving().await;
    for (change, error, description) in MISTAKES {
        let reply = world.authorize(&[change]).await;
        assert_eq!(reply.status, 400, "{change:?}");
        assert_eq!(reply.header("content-type"), "application/json");
        let mut expected = serde_json::json!({ "error": error });
        if let Some(description) = description {
            expected["error_description"] = description.into();
        }
        assert_eq!(reply.json(), expected, "{change:?}");
    }
}

#[tokio::test]
async fn a_public_client_must_use_pkce() {
    let world = World::approving().await;
    let reply = world
        .authorize(&[("code_challenge", ""), ("code_challenge_method", "")])
        .await;
    let expected = "code_challenge is required for public clients";
    assert_eq!(reply.json()["error_description"], expected);
    assert_eq!(
        (reply.status, reply.error().as_str()),
        (400, "invalid_request")
    );
}

#[tokio::test]
async fn mistakes_are_found_in_the_order_of_the_table() {
    let world = World::approving().await;
    let mut mistakes = vec![
        ("state", ""),
        ("response_type", "token"),
        ("response_mode", "web_message"),
        ("nonce", ""),
        ("code_challenge_method", "plain"),
        ("code_challenge", "short"),
        ("client_id", "nobody"),
        ("scope", "openid unknown"),
    ];
    let expected = [
        "missing_parameters",
        "unsupported_response_type",
        "Invalid response_mode. Must be one of: query, fragment, form_post",
        "nonce is required when requesting openid scope",
        "code_challenge_method must be S256",
        "code_challenge is invalid",
        "invalid_client",
        "unknown",
    ];
    for expected in expected {
        let body = world.authorize(&mistakes).await.json();
        let described = body["error_description"].as_str();
        assert_eq!(described.or(body["error"].as_str()), Some(expected));
        mistakes.remove(0);
    }
}

#[tokio::test]
async fn a_repeated_parameter_is_refused() {
    let world = World::approving().await;
    let mut url = world.authorize_url(&[]);
    url.query_pairs_mut().append_pair("state", "another");
    let reply = super::world::read(world.http.get(url)).await;
    assert_eq!(
        (reply.status, reply.error().as_str()),
        (400, "invalid_request")
    );
}

#[tokio::test]
async fn the_request_log_says_where_a_redirect_uri_differs() {
    let world = World::approving().await;
    world
        .authorize(&[("redirect_uri", "http://127.0.0.1:8736/callbacks?x=1")])
        .await;
    assert_eq!(
        world.last_outcome(),
        "invalid_client: redirect_uri differs from the registered http://127.0.0.1:8736/callback \
         at character 31: expected the end, found `s?x=1`"
    );
    let event = world.sandbox.request_log().pop().unwrap();
    assert_eq!(event.client_id.as_deref(), Some("sandbox-cli"));
    assert_eq!((event.status, event.endpoint), (Some(400), "authorize"));
}

#[tokio::test]
async fn a_challenge_without_a_method_counts_as_s256() {
    let world = World::approving().await;
    let code = world.code(&[("code_challenge_method", "")]).await;
    assert_eq!(world.redeem(&code).await.status, 200);
}

#[tokio::test]
async fn a_confidential_client_may_leave_pkce_out() {
    let world = World::approving().await;
    let changes = [
        ("client_id", "sandbox-web"),
        ("code_challenge", ""),
        ("code_challenge_method", ""),
    ];
    assert_eq!(world.authorize(&changes).await.status, 303);
}

#[tokio::test]
async fn query_mode_answers_303_at_the_exact_uri_with_code_and_state() {
    let world = World::approving().await;
    let reply = world.authorize(&[("state", "a b&c=\u{e9}")]).await;
    assert_eq!(reply.status, 303);
    assert!(
        reply
            .header("location")
            .starts_with(&format!("{REDIRECT}?code=c_"))
    );
    let fields = reply.redirected();
    assert_eq!(fields["state"], "a b&c=\u{e9}");
    assert_eq!(fields.len(), 2);
}

#[tokio::test]
async fn fragment_mode_answers_in_the_fragment() {
    let world = World::approving().await;
    let reply = world.authorize(&[("response_mode", "fragment")]).await;
    let location = reply.header("location");
    assert_eq!(reply.status, 303);
    assert!(
        location.starts_with(&format!("{REDIRECT}#code=c_")),
        "{location}"
    );
    assert!(location.ends_with("&state=the-state"));
}

#[tokio::test]
async fn a_redirect_uri_with_a_query_keeps_it() {
    let client: Client = "app=http://127.0.0.1:9/cb?tenant=7".parse().unwrap();
    let world = World::with(Options {
        auto_approve: Some("former".to_owned()),
        clients: vec![client],
        ..options()
    })
    .await;
    let changes = [
        ("client_id", "app"),
        ("redirect_uri", "http://127.0.0.1:9/cb?tenant=7"),
    ];
    let reply = world.authorize(&changes).await;
    let fields = reply.redirected();
    assert_eq!(fields["tenant"], "7");
    assert!(fields.contains_key("code"));
}

#[tokio::test]
async fn form_post_mode_answers_with_a_form_that_submits_itself_and_has_a_button() {
    let world = World::approving().await;
    let reply = world
        .authorize(&[("response_mode", "form_post"), ("state", "\"><script>x")])
        .await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    assert!(
        reply
            .text
            .contains(&format!("<form method=\"post\" action=\"{REDIRECT}\">"))
    );
    assert!(
        reply
            .text
            .contains("name=\"state\" value=\"&quot;&gt;&lt;script&gt;x\"")
    );
    assert!(reply.text.contains("name=\"code\" value=\"c_"));
    assert!(reply.text.contains("type=\"submit\""));
    assert_eq!(reply.text.matches("<script>").count(), 1);
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("default-src 'none'"));
    assert!(policy.contains("script-src 'sha256-"));
    assert!(
        policy.contains("form-action http://127.0.0.1:8736;"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'none'"));
}

#[tokio::test]
async fn the_issuer_goes_with_the_answer_only_when_asked_for() {
    let world = World::with(Options {
        auto_approve: Some(String::new()),
        issuer_parameter: true,
        ..options()
    })
    .await;
    let fields = world.authorize(&[]).await.redirected();
    assert_eq!(fields["iss"], world.sandbox.url());
    let document = world.get("/.well-known/openid-configuration").await.json();
    assert_eq!(
        document["authorization_response_iss_parameter_supported"],
        true
    );
}

#[tokio::test]
async fn the_older_discovery_document_can_be_had_for_good() {
    let world = World::with(Options {
        short_discovery: true,
        ..options()
    })
    .await;
    for _ in 0..2 {
        let document = world.get("/.well-known/openid-configuration").await.json();
        assert!(document.get("revocation_endpoint").is_none(), "{document}");
        assert_eq!(
            document["token_endpoint_auth_methods_supported"],
            serde_json::json!(["client_secret_post", "client_secret_basic"])
        );
    }
}

#[tokio::test]
async fn a_scripted_error_travels_by_the_redirect() {
    let world = World::approving().await;
    world
        .sandbox
        .add_fault("authorize:error=server_error*1".parse().unwrap());
    let fields = world.authorize(&[]).await.redirected();
    assert_eq!(fields["error"], "server_error");
    assert_eq!(fields["state"], "the-state");
    assert!(world.authorize(&[]).await.redirected().contains_key("code"));
}
