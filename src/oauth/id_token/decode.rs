//! Takes a token apart without believing anything in it (RFC 7515 §5.2, RFC 7519 §7.2).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::super::json;

/// The longest token that is looked at, as long as any token that is stored: claims about groups are long.
const ID_TOKEN_SIZE_LIMIT: usize = 64 * 1024;

/// A token in its parts, unverified.
#[derive(Clone, Debug)]
pub(crate) struct Decoded {
    pub header: Map<String, Value>,
    pub claims: Map<String, Value>,
    pub(super) signed: String,
    pub(super) signature: String,
}

/// Why a text is not a signed token in compact form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Longer than 64 KiB.
    #[error("it is longer than 64 KiB")]
    TooLong,
    /// Five parts: encrypted (RFC 7516).
    #[error("it is encrypted (JWE), which is not supported")]
    Encrypted,
    /// Not three parts.
    #[error("it does not have three parts")]
    Parts,
    /// A part is not unpadded, canonical base64url.
    #[error("its {0} is not base64url")]
    Encoding(&'static str),
    /// A part is not a JSON object, or repeats a key.
    #[error("its {0} is not a JSON object, or repeats a key")]
    Json(&'static str),
}

/// Takes a token apart.
pub(crate) fn decode(token: &str) -> Result<Decoded, Malformed> {
    if token.len() > ID_TOKEN_SIZE_LIMIT {
        return Err(Malformed::TooLong);
    }
    let parts: Vec<_> = token.split('.').collect();
    let (header, claims, signature) = match parts[..] {
        [header, claims, signature] => (header, claims, signature),
        [_, _, _, _, _] => return Err(Malformed::Encrypted),
        _ => return Err(Malformed::Parts),
    };
    URL_SAFE_NO_PAD
        .decode(signature)
        .map_err(|_| Malformed::Encoding("signature"))?;
    Ok(Decoded {
        header: object(header, "header")?,
        claims: object(claims, "claims")?,
        signed: format!("{header}.{claims}"),
        signature: signature.to_owned(),
    })
}

fn object(part: &str, name: &'static str) -> Result<Map<String, Value>, Malformed> {
    let text = URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| Malformed::Encoding(name))?;
    match json::parse(&text) {
        Some(Value::Object(object)) => Ok(object),
        _ => Err(Malformed::Json(name)),
    }
}
