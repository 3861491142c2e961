//! `decode-id-token`: what an ID token says, and each check with its verdict.

use serde_json::{Value, json};

use crate::cli::DecodeArgs;
use crate::context::Context;
use crate::error::Error;
use crate::oauth::id_token::{self, Algorithm, Expectations, IdTokenReport, Verdict};
use crate::output::{Column, Json, Page, Tone, date_and_time};
use crate::provider::Feature;
use crate::secret::Secret;
use crate::session::Record;

pub(super) fn run(args: &DecodeArgs, context: &Context) -> Result<(), Error> {
    if args.token.is_none() || !args.no_verify {
        context.require(Feature::IdTokens, "decode-id-token")?;
    }
    let subject = subject(args, context)?;
    if args.no_verify {
        let decoded = id_token::decode(subject.token.expose()).map_err(malformed)?;
        let (header, claims) = (decoded.header.clone(), decoded.claims.clone());
        let json = json!({ "header": header, "claims": claims, "verified": false, "checks": [] });
        return context
            .output
            .answer(Json::Unredacted(&json), &|page: &mut Page| {
                describe(page, &json);
                page.gap();
                page.outcome("NOT verified, as requested.", Tone::Caution);
            });
    }
    let report = verify(args, context, &subject)?;
    print(context, &report)?;
    match report.failure() {
        None => Ok(()),
        Some((check, reason)) => Err(Error::untrusted(format!(
            "the ID token is not valid: {check}: {reason}"
        ))
        .hint("do not trust its contents")),
    }
}

/// A token, and what is known about its origin.
struct DecodedSubject {
    token: Secret,
    record: Option<Record>,
}

fn subject(args: &DecodeArgs, context: &Context) -> Result<DecodedSubject, Error> {
    if let Some(text) = &args.token {
        return Ok(DecodedSubject {
            token: super::token_argument::read(text)?,
            record: None,
        });
    }
    let record = context.session_store()?.require()?;
    let Some(id) = &record.id_token else {
        return Err(Error::not_found("the session has no ID token").hint(
            "run `eprospera login` with the \
                                                                  scope openid",
        ));
    };
    Ok(DecodedSubject {
        token: id.token.clone(),
        record: Some(record),
    })
}

fn verify(
    args: &DecodeArgs,
    context: &Context,
    subject: &DecodedSubject,
) -> Result<IdTokenReport, Error> {
    // A malformed token is refused before any keys are fetched.
    id_token::decode(subject.token.expose()).map_err(malformed)?;
    let server = context.server_for_verification(args.audience.as_deref())?;
    // The access token that was issued with it: only the one of the same generation.
    let access_token = subject.record.as_ref().and_then(|record| {
        let same = record.id_token.as_ref()?.generation == record.generation;
        record
            .access
            .as_ref()
            .filter(|_| same)
            .map(|access| &access.token)
    });
    context.block_on(async {
        let metadata = server.metadata().await?;
        let algorithms = Algorithm::allowed(&metadata);
        let expectations = Expectations {
            nonce: args.nonce.as_deref(),
            access_token,
            subject: subject
                .record
                .as_ref()
                .map(|record| record.account.subject.as_str()),
            ..server.expectations(&metadata, &algorithms)
        };
        Ok(server
            .report(&metadata, subject.token.expose(), &expectations)
            .await?)
    })
}

fn malformed(error: id_token::Malformed) -> Error {
    Error::untrusted(error).hint("pass a whole ID token: three parts joined by dots")
}

fn print(context: &Context, report: &IdTokenReport) -> Result<(), Error> {
    let json = json!({
        "header": report.header,
        "claims": report.claims,
        "verified": report.failure().is_none(),
        "checks": report.checks,
    });
    context
        .output
        .answer(Json::Unredacted(&json), &|page: &mut Page| {
            describe(page, &json);
            page.gap();
            page.list(
                [
                    Column::whole("check"),
                    Column::whole("verdict").toned(tone),
                    Column::text("reason"),
                ],
                report.checks.iter().map(|check| {
                    let (verdict, reason) = match &check.verdict {
                        Verdict::Passed => (PASSED, None),
                        Verdict::Failed { reason } => (FAILED, Some(reason)),
                        Verdict::Skipped { reason } => ("skipped", Some(reason)),
                    };
                    [
                        Some(check.name.to_owned()),
                        Some(verdict.to_owned()),
                        reason.cloned(),
                    ]
                }),
            );
        })
}

const PASSED: &str = "passed";
const FAILED: &str = "FAILED";

fn tone(verdict: &str) -> Tone {
    match verdict {
        PASSED => Tone::Good,
        FAILED => Tone::Bad,
        _ => Tone::Plain,
    }
}

fn describe(page: &mut Page, json: &Value) {
    for part in ["header", "claims"] {
        page.heading(part.to_uppercase());
        let fields: Vec<_> = json[part]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), Some(shown(name, value))))
            .collect();
        page.fields(&fields);
        if part == "header" {
            page.gap();
        }
    }
}

/// Times are shown as moments beside their number.
fn shown(name: &str, value: &Value) -> String {
    let is_time = matches!(name, "exp" | "iat" | "nbf" | "auth_time");
    match value {
        Value::Number(number) if is_time => match number.as_i64() {
            Some(seconds) => format!("{seconds} ({})", date_and_time(seconds)),
            None => number.to_string(),
        },
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
