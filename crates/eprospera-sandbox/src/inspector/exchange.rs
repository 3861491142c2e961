//! A kept exchange as it is shown: hidden values in words, JWTs decoded, tokens with what became
//! of them by now.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::clock::timestamp;
use crate::inspector::view::{
    ExchangeState, ExchangeView, ParameterView, RefusalView, TokenKind, TokenStatus, TokenView,
};
use crate::model::token_state::{TokenPlace, TokenState};
use crate::portal::Portal;
use crate::recording::exchange::{Exchange, KeptParameter, KeptToken, KeptValue, Place};
use crate::recording::redaction::SENT_BY_CLIENTS;

/// How alike a name must be to be called a misspelling.
const MIN_SIMILARITY: f64 = 0.85;

impl ExchangeView {
    pub(crate) fn of(portal: &Portal, exchange: &Exchange) -> Self {
        let ending = exchange.ending.as_ref();
        let request = &exchange.request;
        let response = ending.map(|ending| &ending.response);
        let parameters = |kept: &[KeptParameter], is_request| {
            let views = kept.iter();
            views
                .map(|kept| parameter(portal, kept, is_request))
                .collect::<Vec<_>>()
        };
        let sent = response.map_or(&[][..], |response| &response.tokens);
        let tokens = request.tokens.iter().chain(sent);
        let tokens: Vec<_> = tokens.map(|kept| token(portal, kept)).collect();
        // A request that was refused, or failed on purpose, is of the session of its tokens.
        let of_tokens = tokens.iter().find_map(|token| token.session);
        let session = ending.and_then(|ending| ending.session).or(of_tokens);
        Self {
            number: exchange.number,
            sequence: ending.map(|ending| ending.sequence),
            state: match ending {
                None => ExchangeState::UnderWay,
                Some(ending) if ending.status.is_none() => ExchangeState::Unanswered,
                Some(_) => ExchangeState::Answered,
            },
            time: timestamp(exchange.time),
            method: exchange.method.clone(),
            path: exchange.path.clone(),
            endpoint: exchange.endpoint,
            route: route(exchange.endpoint),
            client: ending.and_then(|ending| ending.client.clone()),
            persona: ending.and_then(|ending| ending.persona.clone()),
            grant_type: ending.and_then(|ending| ending.grant_type.map(str::to_owned)),
            session,
            status: ending.and_then(|ending| ending.status),
            duration_ms: ending.map(|ending| {
                let micros = ending.duration.as_micros();
                u32::try_from(micros).map_or(f64::MAX, |micros| f64::from(micros) / 1000.0)
            }),
            fault: ending.and_then(|ending| ending.fault.clone()),
            outcome: ending
                .map(|ending| ending.outcome.clone())
                .unwrap_or_default(),
            refusal: ending.and_then(|ending| {
                let refusal = ending.refusal.as_ref()?;
                Some(RefusalView {
                    error: refusal.error.clone(),
                    reason: refusal.reason.why.clone(),
                    send_instead: refusal.reason.send_instead.clone(),
                })
            }),
            request: parameters(&request.parameters, true),
            response: parameters(response.map_or(&[], |response| &response.parameters), false),
            tokens,
        }
    }
}

/// What a person calls a route, by its name in the log.
fn route(endpoint: &str) -> &'static str {
    match endpoint {
        "discovery" => "Discovery document",
        "jwks" => "Key set",
        "authorize" => "Authorization endpoint",
        "login" => "Login page",
        "consent" => "Consent page",
        "device" => "Device authorization endpoint",
        "verification" => "Page for device codes",
        "tls" => "TLS handshake",
        "token" => "Token endpoint",
        "userinfo" => "Userinfo endpoint",
        "revoke" => "Revocation endpoint",
        "introspect" => "Introspection endpoint",
        "me" => "Resource",
        "files" => "File service",
        "index" => "Home page",
        "inspector" => "Inspector",
        "control" => "Control of the sandbox",
        "health" => "Readiness",
        "ca_certificate" => "Certificate of the sandbox's CA",
        "prosper_authorize" => "Prosper: authorization endpoint",
        "prosper_login" => "Prosper: login page",
        "prosper_consent" => "Prosper: consent page",
        "prosper_welcome" => "Prosper: welcome page",
        "prosper_token" => "Prosper: token endpoint",
        "prosper_user" => "Prosper: user",
        _ => "Unknown route",
    }
}

fn parameter(portal: &Portal, kept: &KeptParameter, is_request: bool) -> ParameterView {
    let (value, redacted) = match &kept.value {
        KeptValue::Shown(text) => (text.to_string(), false),
        KeptValue::Absent(why) => (format!("({why})"), true),
        KeptValue::Hidden {
            kind,
            characters,
            fingerprint,
        } => {
            let shown = portal.recorder.shown(*fingerprint);
            let plural = if *characters == 1 { "" } else { "s" };
            (
                format!("{kind}, {characters} character{plural}, {shown}"),
                true,
            )
        }
    };
    ParameterView {
        place: kept.place,
        name: kept.name.clone().into_owned(),
        value,
        redacted,
        note: (is_request && !kept.is_known).then(|| unknown_name(kept)),
    }
}

fn unknown_name(kept: &KeptParameter) -> String {
    let alike = |known: &&str| strsim::jaro_winkler(&kept.name.to_ascii_lowercase(), known);
    let known = SENT_BY_CLIENTS.iter();
    let nearest = known
        .map(|known| (alike(known), known))
        .max_by(|left, right| left.0.total_cmp(&right.0));
    match nearest {
        Some((similarity, known)) if similarity >= MIN_SIMILARITY && kept.place != Place::Json => {
            format!("the sandbox does not know this parameter; did you mean `{known}`?")
        }
        _ => "the sandbox does not know this parameter".to_owned(),
    }
}

fn token(portal: &Portal, kept: &KeptToken) -> TokenView {
    let now = portal.clock.now();
    let place = match (kept.kind, kept.refresh) {
        (_, Some(refresh)) => TokenPlace::Refresh(refresh),
        (TokenKind::AuthorizationCode, _) => TokenPlace::Code(kept.fingerprint),
        (TokenKind::DeviceCode, _) => TokenPlace::Other,
        _ => TokenPlace::Access(kept.fingerprint),
    };
    let known = portal.state().grants.state_of(place, now);
    let mut parts = kept.unsigned.iter().flat_map(|text| text.split('.'));
    let mut decoded = || {
        let part = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        serde_json::from_slice::<Value>(&part).ok()
    };
    let (header, claims) = (decoded(), decoded());
    let kind = match &header {
        Some(header) if kept.kind == TokenKind::AccessToken && header["typ"] != "at+jwt" => {
            TokenKind::IdToken
        }
        _ => kept.kind,
    };
    let claimed = claims.as_ref().and_then(|claims| claims["exp"].as_i64());
    let claimed = claimed.map(|seconds| seconds.saturating_mul(1000));
    let expires = known.expires.or(claimed);
    let is_own = claims
        .as_ref()
        .is_some_and(|claims| claims["iss"] == *portal.issuer);
    let status = match known.status {
        Some(TokenState::Active) => TokenStatus::Active,
        Some(TokenState::Expired) => TokenStatus::Expired,
        Some(TokenState::Revoked) => TokenStatus::Revoked,
        Some(TokenState::Rotated) => TokenStatus::Rotated,
        Some(TokenState::Used) => TokenStatus::Used,
        None if expires.is_some_and(|expires| expires <= now) => TokenStatus::Expired,
        // An ID token is proof of a sign-in; nothing revokes it.
        None if kind == TokenKind::IdToken && is_own => TokenStatus::Active,
        None if kind == TokenKind::AccessToken && is_own && kept.sent_by_sandbox => {
            TokenStatus::Revoked
        }
        None => TokenStatus::Unknown,
    };
    let redactor = portal.redactor(&|_| None, kept.sent_by_sandbox);
    TokenView {
        location: kept.location.clone().into_owned(),
        sent_by_sandbox: kept.sent_by_sandbox,
        kind,
        status,
        fingerprint: portal.recorder.shown(kept.fingerprint),
        header: header.map(|header| redactor.claim(header)),
        claims: claims.map(|claims| redactor.claim(claims)),
        expires: expires.map(timestamp),
        session: known.session,
        generation: kept.refresh.map(|refresh| refresh.generation),
    }
}
