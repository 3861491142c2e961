//! What the provider publishes: its metadata, its keys, and what it offers.

use super::checkup::Checkup;
use super::code::Code;
use super::network::{code_of, host_of};
use super::row::Row;
use super::survey::{Findings, Survey};
use crate::cli::DoctorGroup::Provider as GROUP;
use crate::oauth::{Error as OauthError, Jwks, Metadata};
use crate::provider::Provider;

pub(super) fn check(checkup: &Checkup<'_>, survey: &Survey) -> Vec<Row> {
    let found = match survey {
        Survey::NotAsked(reason) => return vec![reason.row(GROUP, "discovery")],
        Survey::Asked(found) => found,
    };
    let Ok(settings) = checkup.context.settings() else {
        return Vec::new();
    };
    let provider = settings.provider.value;
    let metadata = match &found.metadata {
        None => {
            let why = format!("{} does not publish metadata", provider.title);
            return vec![Row::skipped(GROUP, "discovery", Code::NotApplicable, why)];
        }
        Some(Err(error)) => {
            let fix = checkup.leave(&settings.issuer, "issuer");
            return vec![undiscovered(found, error, fix)];
        }
        Some(Ok(metadata)) => metadata,
    };
    let title = format!("{} at {}", provider.title, host_of(&found.issuer));
    let mut rows = vec![Row::ok(GROUP, "discovery", title)];
    rows.extend(found.keys.as_ref().map(keys));
    rows.push(offers(provider, metadata));
    rows
}

/// Why there is no metadata.
fn undiscovered(found: &Findings, error: &OauthError, fix: Option<String>) -> Row {
    use OauthError as E;
    let cause = match error {
        E::NoMetadata { cause, .. } => cause,
        other => other,
    };
    let code = match cause {
        E::Http(error) if found.answer.is_err() || found.proxy.is_err() => {
            tracing::debug!(%error, "no metadata");
            return Row::blocked(
                GROUP,
                "discovery",
                "the provider cannot be reached (see network)",
            );
        }
        E::Http(error) => code_of(error),
        E::IssuerMismatch { .. } => Code::IssuerMismatch,
        E::ForeignEndpoint { .. } | E::InsecureEndpoint { .. } | E::NoPkce => {
            Code::MetadataUntrusted
        }
        E::RateLimited { .. } => Code::ProviderRateLimited,
        E::Unexpected { status: 500.., .. } | E::Refused { status: 500.., .. } => {
            Code::ProviderError
        }
        E::Unexpected { .. } | E::Refused { .. } => Code::ProviderNotFound,
        E::Redirected { .. } => {
            return Row::blocked(
                GROUP,
                "discovery",
                "something else answers in its place (see network)",
            );
        }
        E::NotJson { .. } if found.answer.as_ref().is_ok_and(|answer| answer.is_html) => {
            return Row::blocked(
                GROUP,
                "discovery",
                "something else answers in its place (see network)",
            );
        }
        _ => Code::MetadataInvalid,
    };
    // Time and patience help there, not another address.
    let fix = fix.filter(|_| {
        ![
            Code::ProviderError,
            Code::ProviderRateLimited,
            Code::TimedOut,
        ]
        .contains(&code)
    });
    Row::failed(GROUP, "discovery", code, error.to_string()).maybe_fix(fix)
}

fn keys(keys: &Result<Jwks, OauthError>) -> Row {
    let error = match keys {
        Ok(jwks) => {
            let count = count(jwks);
            let noun = if count == 1 { "key" } else { "keys" };
            return Row::ok(GROUP, "keys", format!("{count} signing {noun}"));
        }
        Err(error) => error,
    };
    let cause = match error {
        OauthError::KeySet { cause, .. } => cause,
        other => other,
    };
    let code = match cause {
        OauthError::Http(error) => code_of(error),
        OauthError::RateLimited { .. } => Code::ProviderRateLimited,
        OauthError::Unexpected { status: 500.., .. } => Code::ProviderError,
        _ => Code::KeysInvalid,
    };
    let words = error.to_string();
    Row::failed(GROUP, "keys", code, words)
}

fn count(jwks: &Jwks) -> usize {
    let document: Result<serde_json::Value, _> = serde_json::from_slice(jwks.as_bytes());
    document.map_or(0, |document| {
        document["keys"].as_array().map_or(0, Vec::len)
    })
}

fn offers(provider: &Provider, metadata: &Metadata) -> Row {
    let has = |is_there: bool, name: &'static str| is_there.then_some(name);
    let list: Vec<_> = [
        has(metadata.code_challenge_methods.is_some(), "PKCE"),
        has(
            metadata
                .grant_types
                .iter()
                .any(|grant| grant == "refresh_token"),
            "refresh",
        ),
        has(
            provider.device_endpoint(metadata).is_some(),
            "device sign-in",
        ),
        has(metadata.revocation_endpoint.is_some(), "revocation"),
        has(metadata.introspection_endpoint.is_some(), "introspection"),
    ]
    .into_iter()
    .flatten()
    .collect();
    Row::ok(GROUP, "offers", format!("it offers {}", list.join(", ")))
}
