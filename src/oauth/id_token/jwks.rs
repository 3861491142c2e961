//! The public keys that an issuer signs with (RFC 7517, RFC 7518 §6, RFC 8037).
//!
//! A key that cannot or must not be used is kept with its reason, so that a token that names it
//! is refused for that reason; symmetric keys are never looked at. See docs/portal.md, "JWKS".

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use serde_json::{Map, Value};

use crate::http::{self, Retries};
use crate::oauth::answer;
use crate::oauth::discovery::Metadata;
use crate::oauth::error::Error;
use crate::oauth::json;
use crate::unicode;

/// A key set, with the text it came from.
#[derive(Clone)]
pub(crate) struct Jwks {
    keys: Vec<Jwk>,
    source: Vec<u8>,
}

impl std::fmt::Debug for Jwks {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ids: Vec<_> = self.keys.iter().map(|key| key.id.as_deref()).collect();
        formatter
            .debug_struct("Jwks")
            .field("ids", &ids)
            .finish_non_exhaustive()
    }
}

/// One key that could verify a signature.
#[derive(Clone)]
pub(in crate::oauth) struct Jwk {
    /// `kid`.
    pub(in crate::oauth) id: Option<String>,
    /// `alg`, when the key is bound to one.
    pub(in crate::oauth) algorithm: Option<String>,
    /// The kind of key.
    pub(in crate::oauth) family: Family,
    /// The key itself, or why it must not be used.
    pub(in crate::oauth) material: Result<DecodingKey, &'static str>,
}

/// The kinds of keys that fit the supported algorithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::oauth) enum Family {
    Rsa,
    P256,
    P384,
    Ed25519,
}

/// The most keys a set may have.
const MOST_KEYS: usize = 100;
/// The longest set that is read: 512 KiB.
const JWKS_SIZE_LIMIT: usize = 512 * 1024;

impl Jwks {
    /// Reads a key set.
    ///
    /// # Errors
    /// [`Error::Malformed`] when it is not a set or has more than 100 keys.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Error> {
        let mut object = json::parse_object(body).ok_or(Error::Malformed {
            what: "the key set is not a JSON object, or repeats a key",
        })?;
        let Some(Value::Array(list)) = object.remove("keys") else {
            return Err(Error::Malformed {
                what: "the key set has no list of keys (RFC 7517 §5)",
            });
        };
        if list.len() > MOST_KEYS {
            return Err(Error::Malformed {
                what: "the key set has more than 100 keys",
            });
        }
        // RFC 7517 §5: keys that are not understood are ignored.
        let keys = list.into_iter().filter_map(|key| match key {
            Value::Object(mut key) => {
                json::drop_empty(&mut key);
                read(&key)
            }
            _ => None,
        });
        Ok(Self {
            keys: keys.collect(),
            source: unicode::without_mark(body).to_vec(),
        })
    }

    /// The text of the set as it was received, for a cache.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.source
    }

    pub(in crate::oauth) fn keys(&self) -> &[Jwk] {
        &self.keys
    }
}

/// Fetches the key set of an issuer.
///
/// # Errors
/// [`Error::NoKeys`] when it has none, [`Error::KeySet`] when something else is there, [`Error::Redirected`] for any redirect, else those of
/// [`Jwks::parse`] and of the exchange.
pub(crate) async fn fetch_jwks(
    http: &http::Client,
    retries: &Retries,
    metadata: &Metadata,
) -> Result<Jwks, Error> {
    let url = metadata.jwks_uri.as_ref().ok_or(Error::NoKeys)?;
    // A connection left from discovery was idle while the person signed in, and may be dead by now.
    let request = || {
        http::Request::get(url)
            .limit(JWKS_SIZE_LIMIT)
            .on_own_connection()
    };
    let answer = retries.begin().read(http, request).await;
    let keys = answer.map_err(Error::from).and_then(|answer| {
        answer::require_json(url, &answer)?;
        Jwks::parse(&answer.body)
    });
    keys.map_err(|error| match error {
        error if error.is_of_another_thing() => Error::KeySet {
            issuer: metadata.issuer.exact().to_owned(),
            url: url.to_string(),
            cause: Box::new(error),
        },
        error => error,
    })
}

/// Reads one key; `None` when its kind is unknown or symmetric.
fn read(jwk: &Map<String, Value>) -> Option<Jwk> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    let (family, material) = match (text("kty")?, text("crv")) {
        ("RSA", _) => (Family::Rsa, rsa(jwk)),
        ("EC", Some("P-256")) => (Family::P256, point(jwk, 32)),
        ("EC", Some("P-384")) => (Family::P384, point(jwk, 48)),
        ("OKP", Some("Ed25519")) => (Family::Ed25519, ed25519(jwk)),
        _ => return None,
    };
    Some(Jwk {
        id: text("kid").map(str::to_owned),
        algorithm: text("alg").map(str::to_owned),
        family,
        material: purpose(jwk).and(material),
    })
}

/// RFC 7517 §4.2 and §4.3: a key says what it is for.
fn purpose(jwk: &Map<String, Value>) -> Result<(), &'static str> {
    const OTHER: &str = "the key is not meant for signatures";
    match jwk.get("use") {
        None => {}
        Some(Value::String(text)) if text == "sig" => {}
        Some(_) => return Err(OTHER),
    }
    match jwk.get("key_ops") {
        None => Ok(()),
        Some(Value::Array(uses)) if uses.iter().any(|entry| entry == "verify") => Ok(()),
        Some(_) => Err(OTHER),
    }
}

/// RFC 7518 §3.3: at least 2048 bits. Above 8192 a signature costs too much to check.
fn rsa(jwk: &Map<String, Value>) -> Result<DecodingKey, &'static str> {
    let (n, e) = (bytes(jwk, "n")?, bytes(jwk, "e")?);
    let (n, e) = (without_leading_zeros(&n), without_leading_zeros(&e));
    let top = n.first().map_or(0, |byte| byte.leading_zeros() as usize);
    let bits = n.len() * 8 - top;
    if bits < 2048 {
        return Err("the RSA key is shorter than 2048 bits");
    }
    if bits > 8192 {
        return Err("the RSA key is longer than 8192 bits");
    }
    let odd = e.last().is_some_and(|byte| byte % 2 == 1);
    if !odd || e.len() > 8 || e == [1] {
        return Err("the RSA exponent is unusable");
    }
    Ok(DecodingKey::from_rsa_raw_components(n, e))
}

/// RFC 7518 §2 has none, but some libraries write the sign of a number along.
fn without_leading_zeros(number: &[u8]) -> &[u8] {
    let leading = number.iter().take_while(|byte| **byte == 0).count();
    number.get(leading..).unwrap_or_default()
}

/// RFC 7518 §6.2.1: both coordinates at full length.
fn point(jwk: &Map<String, Value>, length: usize) -> Result<DecodingKey, &'static str> {
    let (x, y) = (bytes(jwk, "x")?, bytes(jwk, "y")?);
    // Some libraries write the sign of a number along, others leave out its leading zeros.
    let fitted = |number: Vec<u8>| {
        let number = without_leading_zeros(&number);
        let zeros = length.checked_sub(number.len());
        zeros.map(|zeros| [vec![0; zeros], number.to_vec()].concat())
    };
    let (Some(x), Some(y)) = (fitted(x), fitted(y)) else {
        return Err("the elliptic-curve point has the wrong length");
    };
    let uncompressed = [&[4][..], &x, &y].concat();
    Ok(DecodingKey::from_ec_der(&uncompressed))
}

/// RFC 8037 §2.
fn ed25519(jwk: &Map<String, Value>) -> Result<DecodingKey, &'static str> {
    let x = bytes(jwk, "x")?;
    if x.len() != 32 {
        return Err("the Ed25519 key has the wrong length");
    }
    Ok(DecodingKey::from_ed_der(&x))
}

fn bytes(jwk: &Map<String, Value>, name: &str) -> Result<Vec<u8>, &'static str> {
    jwk.get(name)
        .and_then(Value::as_str)
        // RFC 7515 §2 has no padding, but some libraries write it.
        .and_then(|text| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok())
        .ok_or("the key is incomplete")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(jwk: &Value) -> Option<Jwk> {
        let set = json!({ "keys": [jwk] });
        Jwks::parse(set.to_string().as_bytes()).unwrap().keys.pop()
    }

    fn modulus(bytes: usize) -> String {
        URL_SAFE_NO_PAD.encode(vec![0xff; bytes])
    }

    /// The same with the sign of the number before it.
    fn signed(bytes: usize) -> String {
        URL_SAFE_NO_PAD.encode([&[0][..], &vec![0xff; bytes]].concat())
    }

    #[test]
    fn numbers_and_fields_may_be_written_as_some_libraries_do() {
        for jwk in [
            json!({"kty":"RSA","n":signed(256),"e":"AAAAAAAAAAEAAQ"}),
            json!({"kty":"RSA","n":modulus(256),"e":"AQAB="}),
            json!({"kty":"EC","crv":"P-256","x":signed(32),"y":signed(32)}),
            json!({"kty":"EC","crv":"P-256","x":modulus(31),"y":modulus(32)}),
            json!({"kty":"RSA","use":null,"key_ops":null,"alg":"","kid":"","n":modulus(256),"e":"AQAB"}),
        ] {
            assert!(key(&jwk).unwrap().material.is_ok(), "{jwk}");
        }
    }

    #[test]
    fn unusable_keys_are_kept_with_their_reason() {
        let table = [
            (json!({"kty":"RSA","n":modulus(256),"e":"AQAB"}), None),
            (
                json!({"kty":"RSA","n":modulus(255),"e":"AQAB"}),
                Some("shorter"),
            ),
            (
                json!({"kty":"RSA","n":modulus(1025),"e":"AQAB"}),
                Some("longer"),
            ),
            (
                json!({"kty":"RSA","n":modulus(256),"e":"AQ"}),
                Some("exponent"),
            ),
            (
                json!({"kty":"RSA","n":modulus(256),"e":"Ag"}),
                Some("exponent"),
            ),
            (json!({"kty":"RSA","n":modulus(256)}), Some("incomplete")),
            (
                json!({"kty":"RSA","n":"a+b","e":"AQAB"}),
                Some("incomplete"),
            ),
            (
                json!({"kty":"RSA","use":"enc","n":modulus(256),"e":"AQAB"}),
                Some("not meant"),
            ),
            (
                json!({"kty":"RSA","key_ops":["encrypt"],"n":modulus(256),"e":"AQAB"}),
                Some("not meant"),
            ),
            (
                json!({"kty":"EC","crv":"P-256","x":modulus(31),"y":modulus(33)}),
                Some("point"),
            ),
            (
                json!({"kty":"OKP","crv":"Ed25519","x":modulus(31)}),
                Some("length"),
            ),
        ];
        for (jwk, reason) in table {
            match (key(&jwk).unwrap().material, reason) {
                (Ok(_), None) => {}
                (Err(found), Some(part)) => assert!(found.contains(part), "{jwk}: {found}"),
                (found, _) => panic!("{jwk}: {:?}", found.err()),
            }
        }
    }

    #[test]
    fn symmetric_and_unknown_keys_do_not_exist() {
        for jwk in [
            json!({"kty":"oct","k":"c2VjcmV0","kid":"a"}),
            json!({"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}),
            json!({"kty":"OKP","crv":"X25519","x":"AA"}),
            json!({"kid":"a"}),
            json!("key"),
        ] {
            assert!(key(&jwk).is_none(), "{jwk}");
        }
    }

    #[test]
    fn a_set_is_an_object_with_at_most_100_keys() {
        let many = json!({ "keys": vec![json!({"kty":"RSA"}); 101] }).to_string();
        for body in [
            "",
            "[]",
            "{}",
            r#"{"keys":{}}"#,
            r#"{"keys":[],"keys":[]}"#,
            &many,
        ] {
            assert!(
                matches!(Jwks::parse(body.as_bytes()), Err(Error::Malformed { .. })),
                "{body}"
            );
        }
        let set = Jwks::parse(br#"{"keys":[]}"#).unwrap();
        assert_eq!(set.as_bytes(), br#"{"keys":[]}"#);
    }
}
