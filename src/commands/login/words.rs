//! What `login` says: why it ended, and who is signed in.

use std::time::Duration;

use serde_json::json;

use crate::browser::Reason;
use crate::cli::ResponseMode;
use crate::context::Context;
use crate::error::{Error, Kind};
use crate::oauth::{self, Denial};
use crate::output::{Json, Page, span};
use crate::provider::{Feature, Provider};
use crate::session::{Keeper, Record};

pub(super) fn mode(mode: ResponseMode) -> oauth::ResponseMode {
    match mode {
        ResponseMode::Query => oauth::ResponseMode::Query,
        ResponseMode::Fragment => oauth::ResponseMode::Fragment,
        ResponseMode::FormPost => oauth::ResponseMode::FormPost,
    }
}

pub(super) fn why_not(reason: Reason) -> &'static str {
    match reason {
        Reason::Forbidden => "No browser is opened, as asked.",
        Reason::NoInput => "No browser is opened without a person (--no-input or CI).",
        Reason::Ssh => "No browser is opened from a remote shell.",
        Reason::Container => "No browser is opened from a container without a display.",
        Reason::NoDisplay => "No browser is opened without a display.",
    }
}

/// R8: the provider's reason has its own exit code.
pub(super) fn denied(denial: &Denial) -> Error {
    let kind = match denial.code.as_str() {
        "access_denied" | "consent_required" => Kind::Forbidden,
        "login_required" | "interaction_required" | "account_selection_required" => {
            Kind::LoginRequired
        }
        "invalid_request"
        | "invalid_scope"
        | "unauthorized_client"
        | "unsupported_response_type" => Kind::InvalidRequest,
        _ => Kind::Failure,
    };
    let words = match (&denial.description, denial.code.as_str()) {
        (Some(words), code) => format!("the sign-in was refused: {code}: {words}"),
        (None, "access_denied") => "the sign-in was refused: consent was denied".to_owned(),
        (None, code) => format!("the sign-in was refused: {code}"),
    };
    let hint = match kind {
        Kind::Forbidden => "nothing was stored; run `eprospera login` again and approve",
        Kind::InvalidRequest => {
            "nothing was stored; check the scopes and the client's registration"
        }
        _ => "nothing was stored; run `eprospera login` again",
    };
    Error::said(kind, words).hint(hint)
}

pub(super) fn timed_out(after: Duration, provider: &Provider) -> Error {
    let error = Error::said(
        Kind::Timeout,
        format!(
            "nobody signed in within {}",
            humantime::format_duration(after)
        ),
    );
    let mut hints = provider.dead_ends.iter();
    hints.by_ref().fold(error, |error, hint| error.hint(*hint))
}

pub(super) fn greet(context: &Context, keeper: &Keeper, record: &Record) -> Result<(), Error> {
    let now = context.clock.now();
    let provider = context.settings()?.provider.value;
    if !provider.offers(Feature::Refresh) {
        let title = provider.title;
        context.output.note(format!(
            "{title} has no refresh: the session ends with its access token"
        ));
    } else if record.refresh.is_none() {
        context.output.note(
            "no refresh token was granted: the session ends with its access token (scope offline_access renews it)",
        );
    }
    let json = json!({
        "account": record.account,
        "profile": keeper.identity().profile,
        "issuer": keeper.identity().issuer,
        "client_id": keeper.identity().client_id,
        "scopes": record.scopes.split(' ').collect::<Vec<_>>(),
        "store": keeper.store().kind(),
        "expires_in": record.access.as_ref().map(|access| access.remaining(now)),
        "refreshable": record.refresh.is_some(),
    });
    context
        .output
        .answer(Json::Value(&json), &|page: &mut Page| {
            page.say(format!("Signed in as {}", record.account.label()));
            page.gap();
            page.fields(&[
                ("account", record.account.name.clone()),
                ("profile", Some(keeper.identity().profile.clone())),
                ("issuer", Some(keeper.identity().issuer.clone())),
                ("scopes", Some(record.scopes.clone())),
                (
                    "access token",
                    record
                        .access
                        .as_ref()
                        .map(|access| format!("expires in {}", span(access.remaining(now)))),
                ),
                ("stored in", Some(keeper.location())),
            ]);
        })
}
