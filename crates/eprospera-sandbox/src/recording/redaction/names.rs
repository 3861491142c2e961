//! The names of parameters that the sandbox knows, and what becomes of the values of each.

use crate::recording::exchange::TokenKind;

/// What becomes of the values of a name.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    Shown,
    /// Shown although it is random.
    Random,
    /// Only its beginning.
    Challenge,
    /// A secret other than a token.
    Secret(&'static str),
    Token(TokenKind),
}

/// Names whose values are shown.
pub(super) const SHOWN: [&str; 67] = [
    "action",
    "advance_seconds",
    "active",
    "all",
    "aud",
    "auth_time",
    "by",
    "client_id",
    "code_challenge_method",
    "cursor",
    "decision",
    "details",
    "display",
    "email",
    "email_verified",
    "entity",
    "error",
    "error_description",
    "error_uri",
    "exp",
    "expires_in",
    "family_name",
    "for",
    "given_name",
    "grant_type",
    "history_years",
    "iat",
    "interval",
    "iss",
    "issuer",
    "keep_old",
    "kid",
    "limit",
    "locale",
    "login_hint",
    "max_age",
    "name",
    "old",
    "persona",
    "picture",
    "prompt",
    "redirect_uri",
    "response_mode",
    "response_type",
    "revoked",
    "rule",
    "rules",
    "scope",
    "session",
    "since",
    "sub",
    "subject",
    "token_type",
    "token_type_hint",
    "type",
    "uid",
    "ui_locales",
    "user_code",
    "username",
    "verification_uri",
    "verification_uri_complete",
    "year",
    "X-Amz-Algorithm",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "now",
];

/// Names that OAuth clients send, for a hint at a misspelt one.
pub(crate) const SENT_BY_CLIENTS: [&str; 21] = [
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "device_code",
    "grant_type",
    "login_hint",
    "max_age",
    "nonce",
    "prompt",
    "redirect_uri",
    "refresh_token",
    "response_mode",
    "response_type",
    "scope",
    "state",
    "token",
    "token_type_hint",
    "user_code",
];

/// The name as it is known, and its rule; `None` for a name that the sandbox does not know.
pub(super) fn rule(name: &str) -> Option<(&'static str, Rule)> {
    let rule = match name {
        "code" => ("code", Rule::Token(TokenKind::AuthorizationCode)),
        "refresh_token" => ("refresh_token", Rule::Token(TokenKind::RefreshToken)),
        "access_token" => ("access_token", Rule::Token(TokenKind::AccessToken)),
        "id_token" => ("id_token", Rule::Token(TokenKind::IdToken)),
        "id_token_hint" => ("id_token_hint", Rule::Token(TokenKind::IdToken)),
        "device_code" => ("device_code", Rule::Token(TokenKind::DeviceCode)),
        "token" => ("token", Rule::Token(TokenKind::Unknown)),
        "code_challenge" => ("code_challenge", Rule::Challenge),
        "nonce" => ("nonce", Rule::Random),
        "state" => ("state", Rule::Random),
        "code_verifier" => ("code_verifier", Rule::Secret("code verifier")),
        "client_secret" => ("client_secret", Rule::Secret("client secret")),
        "password" => ("password", Rule::Secret("password")),
        "client_assertion" => ("client_assertion", Rule::Secret("client assertion")),
        "assertion" => ("assertion", Rule::Secret("assertion")),
        "request" => ("request", Rule::Secret("page id")),
        "X-Amz-Signature" => ("X-Amz-Signature", Rule::Secret("signature")),
        "X-Amz-Credential" => ("X-Amz-Credential", Rule::Secret("credential")),
        _ => {
            let known = SHOWN.iter().find(|known| **known == name)?;
            (*known, Rule::Shown)
        }
    };
    Some(rule)
}

/// Whether the values of a name are secret, be it one of the sandbox or of others.
pub(super) fn is_secret(name: &str) -> bool {
    const PARTS: [&str; 9] = [
        "secret",
        "passw",
        "pwd",
        "token",
        "apikey",
        "api_key",
        "api-key",
        "signature",
        "assertion",
    ];
    match rule(name) {
        Some((_, Rule::Secret(_) | Rule::Token(_))) => true,
        Some(_) => false,
        None => {
            let name = name.to_ascii_lowercase();
            PARTS.iter().any(|part| name.contains(part))
        }
    }
}
