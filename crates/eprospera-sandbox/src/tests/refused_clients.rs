//! The request log says of a client that is not let in how it was expected to prove itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::world::{REDIRECT, World, options, read};
use crate::{Client, Options};

/// What stands in the `Authorization` header.
enum Authorization {
    Nothing,
    /// Basic, with these credentials before base64.
    Basic(&'static str),
    Header(&'static str),
}

use Authorization::{Basic, Header, Nothing};

const SECRET: &str = "p%w:d+s";

/// The header and the body of a token request, and the sentence.
const CASES: [(Authorization, &str, &str); 16] = [
    (
        Nothing,
        "client_id=web",
        "invalid_client: client web has a secret, expected by client_secret_basic or client_secret_post, but none was sent",
    ),
    (
        Nothing,
        "client_id=web&client_secret=wrong",
        "invalid_client: the secret that client web sent by client_secret_post is wrong",
    ),
    (
        Nothing,
        "client_id=web&client_secret=p%25w%3Ad%2Bs%0A",
        "invalid_client: the secret that client web sent by client_secret_post is wrong; it begins or ends with a space or a line break",
    ),
    (
        Basic("web:p%w:d+s"),
        "",
        "invalid_client: the secret that client web sent by client_secret_basic is wrong; it \
             was not form-encoded before base64 (RFC 6749 section 2.3.1)",
    ),
    (
        Basic("web:"),
        "",
        "invalid_client: client web has a secret, expected by client_secret_basic or client_secret_post, but none was sent",
    ),
    (
        Nothing,
        "client_id=cli&client_secret=x",
        "invalid_client: client cli is public and sends only client_id, but a secret was sent by \
             client_secret_post",
    ),
    (
        Nothing,
        "client_id=nobody",
        "invalid_client: client_id is not registered; the clients here are web, cli",
    ),
    (
        Nothing,
        "",
        "invalid_client: no client identified itself: there is neither an Authorization header nor a client_id",
    ),
    (
        Basic("web"),
        "",
        "invalid_client: the Basic credentials have no `:` between client id and secret",
    ),
    (
        Header("Basic !!!"),
        "",
        "invalid_client: the Basic credentials are not base64",
    ),
    (
        Header("Bearer x"),
        "",
        "invalid_client: the Authorization header must be Basic here",
    ),
    (
        Basic("web:p%25w%3Ad%2Bs"),
        "client_secret=p%25w%3Ad%2Bs",
        "invalid_request: two client authentication methods: with Basic, client_secret must not be in the body",
    ),
    (
        Basic("web:p%25w%3Ad%2Bs"),
        "client_id=web&client_secret=p%25w%3Ad%2Bs",
        "invalid_request: two client authentication methods: with Basic, client_secret must not be in the body",
    ),
    (
        Basic("web:p%25w%3Ad%2Bs"),
        "client_id=cli",
        "invalid_request: client_id in the body is not the client of the Authorization header; leave it out, or send the same",
    ),
    (
        Nothing,
        "scope=a&scope=b",
        "invalid_request: parameter scope is repeated",
    ),
    (
        Nothing,
        "hunter2&hunter2",
        "invalid_request: a parameter is repeated",
    ),
];

#[tokio::test]
async fn each_refusal_of_a_client_says_which_method_was_expected() {
    let world = World::with(Options {
        clients: vec![
            Client::new("web", Some(SECRET), vec![REDIRECT.to_owned()]),
            Client::new("cli", None, vec![REDIRECT.to_owned()]),
        ],
        ..options()
    })
    .await;
    for (authorization, body, sentence) in CASES {
        let request = world.http.post(world.at("/api/oauth/token")).body(body);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = match authorization {
            Nothing => request,
            Header(value) => request.header("authorization", value),
            Basic(text) => {
                request.header("authorization", format!("Basic {}", STANDARD.encode(text)))
            }
        };
        read(request).await;
        assert_eq!(world.last_outcome(), sentence);
    }
    let json = serde_json::json!({ "grant_type": "refresh_token" });
    read(world.http.post(world.at("/api/oauth/token")).json(&json)).await;
    assert_eq!(
        world.last_outcome(),
        "invalid_request: the body must be application/x-www-form-urlencoded, not \
         application/json"
    );
    let request_log = serde_json::to_string(&world.sandbox.request_log()).unwrap();
    assert!(!request_log.contains(SECRET) && !request_log.contains("hunter2"));
}
