//! Makes the tokens of an answer: claims, signatures, and their scripted defects.
//!
//! `OpenID` Connect Core §2 and §12.2 for the ID token, RFC 9068 for the shape of the access
//! token, which the portal calls a JWT and leaves open (docs/portal.md, Sandbox choices).

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::clock::milliseconds;
use crate::crypto::keys::{KeyError, SigningKey, signing_input};
use crate::crypto::random;
use crate::faults::fault::{Action, Endpoint, IdTokenDefect};
use crate::model::grants::Issuance;
use crate::people::persona::Persona;
use crate::portal::Portal;

pub(crate) struct IssuedTokens {
    pub(crate) access_token: String,
    pub(crate) id_token: Option<String>,
    /// The rule that spoiled the ID token.
    pub(crate) fault: Option<String>,
}

/// Signs the tokens of an issuance and makes the access token known.
pub(crate) async fn issue(
    portal: &Arc<Portal>,
    issuance: &Issuance,
    persona: &Persona,
) -> Result<IssuedTokens, KeyError> {
    let now = portal.clock.now();
    let access_claims = access_claims(portal, issuance, persona, now);
    let wants_id_token = issuance.scopes.iter().any(|scope| scope == "openid");
    let scripted = wants_id_token.then(|| id_token_defect(portal)).flatten();
    let (fault, defect) = scripted.unzip();
    let id_claims = (wants_id_token && defect != Some(IdTokenDefect::Missing))
        .then(|| id_claims(portal, issuance, persona, now));
    let work = move |key: &SigningKey| {
        let access_token = key.sign(&key.header("at+jwt"), &access_claims)?;
        let id_token = match id_claims {
            None => None,
            Some(claims) => Some(id_token(key, claims, &access_token, defect)?),
        };
        Ok(IssuedTokens {
            access_token,
            id_token,
            fault,
        })
    };
    let tokens = portal.keys.with(work).await?;
    let expires = now.saturating_add(milliseconds(portal.options.access_ttl));
    let grants = &mut portal.state().grants;
    grants.register(&tokens.access_token, issuance, (now, expires));
    Ok(tokens)
}

fn id_token_defect(portal: &Portal) -> Option<(String, IdTokenDefect)> {
    portal
        .faults
        .take(Endpoint::IdToken, |action| match action {
            Action::IdToken(defect) => Some(*defect),
            _ => None,
        })
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

fn access_claims(portal: &Portal, issuance: &Issuance, persona: &Persona, now: i64) -> Value {
    json!({
        "iss": portal.issuer,
        "sub": persona.sub,
        "aud": portal.issuer,
        "client_id": &*issuance.consent.client_id,
        "scope": issuance.scopes.join(" "),
        "iat": now / 1000,
        "exp": (now / 1000).saturating_add(seconds(portal.options.access_ttl)),
        "jti": random::short("at-"),
    })
}

fn id_claims(
    portal: &Portal,
    issuance: &Issuance,
    persona: &Persona,
    now: i64,
) -> Map<String, Value> {
    let mut claims = persona.claims(&issuance.scopes);
    claims.retain(|_, value| !value.is_null());
    let lifetime = seconds(portal.options.id_token_ttl);
    let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    set("iss", portal.issuer.as_str().into());
    set("aud", (*issuance.consent.client_id).into());
    set("iat", (now / 1000).into());
    set("exp", (now / 1000).saturating_add(lifetime).into());
    set("auth_time", (issuance.consent.auth_time / 1000).into());
    if let Some(nonce) = &issuance.nonce {
        set("nonce", nonce.as_str().into());
    }
    claims
}

fn id_token(
    key: &SigningKey,
    mut claims: Map<String, Value>,
    access_token: &str,
    defect: Option<IdTokenDefect>,
) -> Result<String, KeyError> {
    let mut header = key.header("JWT");
    let at_hash = key.half_hash(access_token);
    claims.insert("at_hash".to_owned(), at_hash.into());
    let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    match defect {
        Some(IdTokenDefect::BadNonce) => set("nonce", "another-nonce".into()),
        Some(IdTokenDefect::WrongAudience) => set("aud", "another-client".into()),
        Some(IdTokenDefect::WrongIssuer) => set("iss", "https://issuer.example".into()),
        Some(IdTokenDefect::WrongSubject) => set("sub", "another-person".into()),
        Some(IdTokenDefect::BadAccessTokenHash) => {
            set("at_hash", key.half_hash("another-access-token").into())
        }
        Some(IdTokenDefect::Expired) => {
            let issued = claims.get("iat").and_then(Value::as_i64).unwrap_or(0);
            claims.insert("iat".to_owned(), (issued - 7200).into());
            claims.insert("exp".to_owned(), (issued - 3600).into())
        }
        _ => None,
    };
    match defect {
        Some(IdTokenDefect::UnknownKid) => header["kid"] = "another-key".into(),
        Some(IdTokenDefect::NoneAlgorithm) => header = json!({ "alg": "none", "typ": "JWT" }),
        Some(IdTokenDefect::Hs256) => header["alg"] = "HS256".into(),
        _ => {}
    }
    let claims = Value::Object(claims);
    match defect {
        Some(IdTokenDefect::NoneAlgorithm) => Ok(format!("{}.", signing_input(&header, &claims))),
        Some(IdTokenDefect::Hs256) => key.sign_with_public_half(&header, &claims),
        Some(IdTokenDefect::BadSignature) => key.sign_wrongly(&header, &claims),
        _ => key.sign(&header, &claims),
    }
}
