//! Token introspection (RFC 7662): what a server says of a token to a client that can prove
//! itself. See docs/portal.md, "Introspect".

use serde_json::{Map, Value};
use url::Url;

use crate::clock::Seconds;
use crate::http;
use crate::oauth::answer;
use crate::oauth::error::Error;
use crate::oauth::json;
use crate::oauth::token::client_auth::ClientCredentials;
use crate::oauth::token::{TokenHint, form};
use crate::secret::Secret;
use crate::unicode;

/// What a server says of a token (RFC 7662 §2.2). All but `active` is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Introspection {
    /// The answer as it was sent.
    pub body: Vec<u8>,
    /// Whether the token is good now.
    pub active: bool,
    /// Its scopes, separated by spaces.
    pub scope: Option<String>,
    /// The client that it was issued to.
    pub client_id: Option<String>,
    /// Whose it is, for people to read.
    pub username: Option<String>,
    /// Its type, such as `Bearer`.
    pub token_type: Option<String>,
    /// When it expires.
    pub exp: Option<Seconds>,
    /// When it was issued.
    pub iat: Option<Seconds>,
    /// Whose it is.
    pub sub: Option<String>,
    /// Whom it is for.
    pub aud: Vec<String>,
    /// Who issued it.
    pub iss: Option<String>,
}

/// Asks about a token. Whatever is not a token of this client is not active (RFC 7662 §2.2).
pub(crate) async fn introspect(
    http: &http::Client,
    endpoint: &Url,
    client: &ClientCredentials,
    token: &Secret,
    hint: Option<TokenHint>,
) -> Result<Introspection, Error> {
    let mut fields = vec![("token", token.expose())];
    fields.extend(hint.map(|hint| ("token_type_hint", hint.name())));
    let answer = http.send(form(endpoint, client, &fields)?).await?;
    answer::require_json(endpoint, &answer)?;
    read(&answer.body)
}

fn read(body: &[u8]) -> Result<Introspection, Error> {
    let mut object = json::parse_object(body).ok_or(Error::Malformed {
        what: "the introspection response is not a JSON object, or repeats a key",
    })?;
    json::drop_empty(&mut object);
    let active = object.get("active").and_then(Value::as_bool);
    let active = active.ok_or(Error::Malformed {
        what: "the introspection response does not say whether the token is active",
    })?;
    Ok(Introspection {
        active,
        scope: text(&object, "scope"),
        client_id: text(&object, "client_id"),
        username: text(&object, "username"),
        token_type: text(&object, "token_type"),
        exp: seconds(&object, "exp"),
        iat: seconds(&object, "iat"),
        sub: text(&object, "sub"),
        aud: audience(object.get("aud")),
        iss: text(&object, "iss"),
        body: unicode::without_mark(body).to_vec(),
    })
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name)?.as_str().map(str::to_owned)
}

/// A moment (RFC 7519 §2, `NumericDate`), less its fraction.
fn seconds(object: &Map<String, Value>, name: &str) -> Option<Seconds> {
    let number = object.get(name)?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and no clock goes that far"
    )]
    let truncated = |number: f64| number as Seconds;
    number.as_i64().or_else(|| number.as_f64().map(truncated))
}

/// One audience, or several (RFC 7519 §4.1.3).
fn audience(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(several)) => {
            let names = several.iter().filter_map(Value::as_str);
            names.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_standard_names_is_read_and_everything_else_is_kept_in_the_body() {
        let body =
            br#"{"active":true,"scope":"openid email","client_id":"c","username":"u@mail.example",
            "token_type":"Bearer","exp":1770000000,"iat":1769996400.5,"sub":"s","aud":["a","b"],
            "iss":"https://portal.example","further":[1]}"#;
        let found = read(body).unwrap();
        assert!(found.active);
        assert_eq!(found.scope.as_deref(), Some("openid email"));
        assert_eq!(
            (found.exp, found.iat),
            (Some(1_770_000_000), Some(1_769_996_400))
        );
        assert_eq!(found.aud, ["a", "b"]);
        assert_eq!(found.body, body);
        let one = read(br#"{"active":true,"aud":"a","exp":"soon","sub":7}"#).unwrap();
        assert_eq!(
            (one.aud, one.exp, one.sub),
            (vec!["a".to_owned()], None, None)
        );
    }

    #[test]
    fn an_inactive_token_is_an_answer_and_silence_about_it_is_none() {
        assert!(!read(br#"{"active":false}"#).unwrap().active);
        for body in [
            "{}",
            r#"{"active":"true"}"#,
            r#"{"active":1}"#,
            r#"{"active":true,"active":false}"#,
            "[]",
            "null",
            "",
        ] {
            let error = read(body.as_bytes()).unwrap_err();
            assert!(matches!(error, Error::Malformed { .. }), "{body}");
        }
    }
}
