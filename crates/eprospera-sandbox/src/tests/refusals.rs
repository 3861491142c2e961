//! The request log says of each refusal what was expected and what came: one sentence that tells an
//! integrator what to fix, and no secret.

use super::world::{CHALLENGE, REDIRECT, Tokens, VERIFIER, World, options, read};
use crate::Options;

/// A changed parameter of authorize, and the sentence.
const AT_AUTHORIZE: [(&str, &str, &str); 18] = [
    (
        "state",
        "",
        "missing_parameters: parameter state is missing",
    ),
    (
        "response_type",
        "id_token",
        "unsupported_response_type: response_type is `id_token`; the portal supports only `code`",
    ),
    (
        "response_type",
        "hunter2",
        "unsupported_response_type: response_type is a value unknown to OAuth; the portal supports only `code`",
    ),
    (
        "response_mode",
        "web_message",
        "invalid_request: response_mode is `web_message`; it must be query, fragment or form_post",
    ),
    (
        "nonce",
        "",
        "invalid_request: nonce is missing; the portal requires one with the scope openid, even in the code flow",
    ),
    (
        "code_challenge_method",
        "plain",
        "invalid_request: code_challenge_method is `plain`; it must be `S256`",
    ),
    (
        "code_challenge",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
        "invalid_request: code_challenge ends with `=`; it is base64url without padding",
    ),
    (
        "code_challenge",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
        "invalid_request: code_challenge is plain base64; base64url has `-` and `_` instead of `+` and `/`",
    ),
    (
        "code_challenge",
        "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3",
        "invalid_request: code_challenge is the hash in hexadecimal; it is base64url",
    ),
    (
        "code_challenge",
        "short",
        "invalid_request: code_challenge has 5 characters; a SHA-256 in base64url has 43",
    ),
    (
        "client_id",
        "nobody",
        "invalid_client: client_id is not registered; the clients here are sandbox-cli, \
         sandbox-web, eprospera-cli",
    ),
    (
        "client_id",
        "eprospera-cli",
        "invalid_client: client eprospera-cli is not registered for authorization_code, only for \
         urn:ietf:params:oauth:grant-type:device_code, refresh_token",
    ),
    (
        "redirect_uri",
        "http://localhost:8736/callback",
        "invalid_client: redirect_uri differs from the registered http://127.0.0.1:8736/callback \
         at character 8: expected `127.0.0.1:8736/callback`, found `localhost:8736/callback`",
    ),
    (
        "redirect_uri",
        "http://127.0.0.1:8736/callback/",
        "invalid_client: redirect_uri differs from the registered http://127.0.0.1:8736/callback \
         at character 31: expected the end, found `/`",
    ),
    (
        "scope",
        "openid eprospera:admin",
        "invalid_scope: scope `eprospera:admin` is unknown to the portal",
    ),
    (
        "scope",
        "openid eprospera:person.id-verification.read",
        "invalid_scope: scope `eprospera:person.id-verification.read` is unknown to the portal; did you mean eprospera:person.id_verification.read?",
    ),
    (
        "max_age",
        "soon",
        "invalid_request: max_age must be a number of seconds",
    ),
    (
        "prompt",
        "none login",
        "invalid_request was sent to the redirect URI: prompt=none cannot be combined with another value",
    ),
];

#[tokio::test]
async fn each_refusal_at_authorize_says_what_was_expected() {
    let world = World::approving().await;
    for (name, value, sentence) in AT_AUTHORIZE {
        world.authorize(&[(name, value)]).await;
        assert_eq!(world.last_outcome(), sentence);
    }
    world
        .authorize(&[("code_challenge", ""), ("code_challenge_method", "")])
        .await;
    assert_eq!(
        world.last_outcome(),
        "invalid_request: code_challenge is missing; client sandbox-cli has no secret, so only PKCE binds the code to it"
    );
    let mut narrow = crate::Client::built_in();
    narrow[0].scopes.retain(|scope| scope != "email");
    let world = World::with(Options {
        clients: narrow,
        ..options()
    })
    .await;
    world.authorize(&[]).await;
    assert_eq!(
        world.last_outcome(),
        "invalid_scope: client sandbox-cli is not registered for scope email"
    );
}

#[tokio::test]
async fn a_verifier_that_does_not_fit_is_shown_by_the_beginning_of_its_hash() {
    let world = World::approving().await;
    let code = world.code(&[]).await;
    let sentences = [
        (
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX",
            "invalid_grant: code_verifier does not match the code_challenge: its hash begins with \
             ZtNnvm, the challenge with E9Melh",
        ),
        (
            CHALLENGE,
            "invalid_grant: code_verifier is the code_challenge itself, as with the method plain; \
             with S256 the challenge is its hash",
        ),
        (
            "short",
            "invalid_grant: code_verifier is not 43 to 128 characters of A-Z a-z 0-9 - . _ ~; it \
             has 5",
        ),
        (
            "",
            "invalid_grant: code_verifier is missing, but the authorization request had a code_challenge",
        ),
    ];
    for (verifier, sentence) in sentences {
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", "sandbox-cli"),
            ("code", &code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", verifier),
        ];
        world.token(&fields).await;
        assert_eq!(world.last_outcome(), sentence);
    }
    let text = serde_json::to_string(&world.sandbox.request_log()).unwrap();
    for secret in [VERIFIER, CHALLENGE, &code] {
        assert!(!text.contains(secret), "{secret}");
    }
}

/// The fields of a code grant by the public client, some of them replaced or (when empty) left out.
fn redemption<'a>(code: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("client_id", "sandbox-cli"),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    fields
}

#[tokio::test]
async fn each_refusal_of_a_code_says_what_was_expected() {
    let world = World::approving().await;
    let code = world.code(&[]).await;
    let another = [
        ("client_id", "sandbox-web"),
        ("client_secret", "sandbox-secret"),
    ];
    let sentences = [
        (
            &[("redirect_uri", "http://127.0.0.1:8737/callback")][..],
            "invalid_grant: redirect_uri is not the one sent to authorize: they differ at \
             character 21: expected `6/callback`, found `7/callback`",
        ),
        (
            &another,
            "invalid_grant: the code was issued to another client, sandbox-cli, not to sandbox-web",
        ),
        (
            &[("code", "c_unknown")],
            "invalid_grant: the code was never issued, or expired long ago",
        ),
        (
            &[("code", "rt_mistaken")],
            "invalid_grant: the code that was sent is a refresh token",
        ),
        (&[("code", "")], "invalid_request: code is missing"),
        (
            &[("redirect_uri", "")],
            "invalid_request: redirect_uri is missing",
        ),
        (
            &[("grant_type", "")],
            "invalid_request: grant_type is missing",
        ),
        (
            &[("grant_type", "password")],
            "unsupported_grant_type: grant_type is `password`; the portal supports authorization_code, refresh_token, urn:ietf:params:oauth:grant-type:device_code",
        ),
        (
            &[("grant_type", "hunter2")],
            "unsupported_grant_type: grant_type is a value unknown to OAuth; the portal supports authorization_code, refresh_token, urn:ietf:params:oauth:grant-type:device_code",
        ),
        (
            &[("client_id", "eprospera-cli")],
            "unauthorized_client: client eprospera-cli is not registered for authorization_code, \
             only for urn:ietf:params:oauth:grant-type:device_code, refresh_token",
        ),
    ];
    for (changes, sentence) in sentences {
        world.token(&redemption(&code, changes)).await;
        assert_eq!(world.last_outcome(), sentence);
    }
}

/// The last outcome, whose moment must be some seconds ago.
fn told(world: &World, before: &str, seconds: &str, after: &str) {
    let outcome = world.last_outcome();
    let rest = outcome.strip_prefix(before);
    let moment = rest.and_then(|rest| rest.strip_suffix(after));
    let moment = moment.unwrap_or_else(|| panic!("{outcome}"));
    // Milliseconds pass in a test.
    assert!(moment.starts_with(seconds), "{outcome}");
}

#[tokio::test]
async fn a_code_that_expired_or_was_used_says_since_when() {
    let world = World::approving().await;
    let code = world.code(&[]).await;
    world.sandbox.advance_clock(307);
    world.redeem(&code).await;
    told(&world, "invalid_grant: the code expired ", "7s", " ago");

    let code = world.code(&[]).await;
    let tokens = Tokens(world.redeem(&code).await.json());
    world.sandbox.advance_clock(20);
    world.redeem(&code).await;
    let end = " ago; the tokens issued for it were revoked";
    told(
        &world,
        "invalid_grant: the code was already used ",
        "20s",
        end,
    );
    world.sandbox.advance_clock(5);
    world.refresh(tokens.refresh()).await;
    let end = " ago: its code was used a second time";
    told(
        &world,
        "invalid_grant: the token family was revoked ",
        "5s",
        end,
    );
}

#[tokio::test]
async fn a_token_that_expired_or_was_rotated_says_since_when() {
    let world = World::approving().await;
    let tokens = world.login(&[]).await;
    world.sandbox.advance_clock(3605);
    world.get_as("/api/oauth/userinfo", tokens.access()).await;
    told(
        &world,
        "invalid_token: the access token expired ",
        "5s",
        " ago",
    );

    let next = Tokens(world.refresh(tokens.refresh()).await.json());
    world.sandbox.advance_clock(2);
    world.refresh(tokens.refresh()).await;
    let start = "invalid_grant: the refresh token was already used: it was rotated ";
    let end = " ago, and the client must use the new one; its token family was revoked";
    told(&world, start, "2s", end);
    world.sandbox.advance_clock(60);
    world.refresh(next.refresh()).await;
    let end = " ago: a refresh token was used a second time";
    told(
        &world,
        "invalid_grant: the token family was revoked ",
        "1m",
        end,
    );
    world.get_as("/api/oauth/userinfo", next.access()).await;
    let start = "invalid_token: the token family of the access token was revoked ";
    told(&world, start, "1m", end);

    let tokens = world.login(&[]).await;
    world.sandbox.advance_clock(180 * 24 * 3600 + 1);
    world.refresh(tokens.refresh()).await;
    told(
        &world,
        "invalid_grant: the refresh token expired ",
        "1s",
        " ago",
    );
}

#[tokio::test]
async fn each_refusal_of_a_refresh_token_says_what_was_expected() {
    let world = World::approving().await;
    let tokens = world
        .login(&[("scope", "openid email offline_access")])
        .await;
    let refresh = |more: &[(&'static str, &'static str)], token: &str| {
        let mut fields = vec![
            ("grant_type", "refresh_token"),
            ("client_id", "sandbox-cli"),
        ];
        fields.retain(|(name, _)| more.iter().all(|(changed, _)| changed != name));
        fields.extend(more);
        let request = world.http.post(world.at("/api/oauth/token"));
        let token = token.to_owned();
        async move { read(request.form(&[&fields[..], &[("refresh_token", &token)]].concat())).await }
    };
    refresh(&[("scope", "openid profile")], tokens.refresh()).await;
    assert_eq!(
        world.last_outcome(),
        "invalid_scope: the sign-in did not grant the scope profile, only openid email \
         offline_access"
    );
    refresh(
        &[
            ("client_id", "sandbox-web"),
            ("client_secret", "sandbox-secret"),
        ],
        tokens.refresh(),
    )
    .await;
    assert_eq!(
        world.last_outcome(),
        "invalid_grant: the refresh token was issued to another client, sandbox-cli, not to \
         sandbox-web"
    );
    refresh(&[], tokens.access()).await;
    assert_eq!(
        world.last_outcome(),
        "invalid_grant: the refresh token that was sent is a JWT"
    );
    refresh(&[], "rt_unknown").await;
    assert_eq!(
        world.last_outcome(),
        "invalid_grant: the refresh token was never issued, or expired long ago"
    );
}
