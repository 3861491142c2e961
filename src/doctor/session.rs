//! The credential in use: the session or what a variable gives, how old it is, and which routes it
//! opens.

use super::checkup::Checkup;
use super::code::Code;
use super::row::Row;
use super::store::StoredState;
use super::survey::{NotAsked, Survey};
use crate::cli::DoctorGroup::Session as GROUP;
use crate::env;
use crate::files::unsetting;
use crate::output::span;
use crate::portal::{Credential, Route, route};
use crate::provider::Feature;
use crate::session::{Record, SessionStore};
use crate::settings::{SettingSource, Settings};

/// How long a refresh token lives without a use (docs/portal.md, "Tokens"), in seconds.
const REFRESH_TOKEN_LIFE: i64 = 180 * DAY;
/// A refresh token that ends within this time is worth a word.
const SOON: i64 = 14 * DAY;
const DAY: i64 = 86_400;

const LOGIN: &str = "eprospera login";

pub(super) fn check(checkup: &Checkup<'_>, state: &StoredState, survey: &Survey) -> Vec<Row> {
    let context = checkup.context;
    if checkup.is_sandbox {
        let why = "the sandbox used for this check has no session";
        return vec![Row::skipped(GROUP, "signed_in", Code::NotApplicable, why)];
    }
    let mut rows = Vec::new();
    match context.given_token() {
        Ok(None) => {}
        Ok(Some(given)) => {
            let kind = Credential::of(&given.token);
            let message = format!(
                "{} is set: {} is used as is, instead of the stored session",
                given.source,
                kind.name()
            );
            let row = Row::warning(GROUP, "token", Code::TokenGiven, message);
            let fix = unsetting(given.source);
            rows.push(row.fix(fix.clone()));
            rows.extend(accepted(survey, &fix));
            return rows;
        }
        Err(error) => {
            let set = |name: &&str| context.environment.get(name).is_some();
            let name = [env::TOKEN, env::TOKEN_FILE].into_iter().find(set);
            let row = Row::failed(GROUP, "token", Code::TokenUnusable, error.sentence());
            rows.push(row.maybe_fix(name.map(unsetting)));
            return rows;
        }
    }
    let (Ok(settings), Some(session_store)) = (context.settings(), &state.session_store) else {
        let why = if context.identity().is_err() {
            "no client id is known (see client)"
        } else {
            "the session cannot be read (see store)"
        };
        return vec![Row::blocked(GROUP, "signed_in", why)];
    };
    let Some(record) = &state.record else {
        return vec![absent(checkup, settings, session_store)];
    };
    if !session_store.is_ours(record) {
        let message = format!(
            "the session in profile {} belongs to provider {}, but {} is in use",
            settings.profile.value, record.provider, settings.provider.value.name
        );
        return vec![
            Row::failed(GROUP, "signed_in", Code::SessionOtherProvider, message).fix(LOGIN),
        ];
    }
    let now = context.clock.now();
    rows.push(alive(session_store, record, now));
    rows.extend(ends_soon(record, now));
    rows.extend(accepted(survey, LOGIN));
    if settings.provider.value.offers(Feature::MeRoutes) {
        rows.extend(routes(settings, record));
    }
    rows
}

/// Why there is no session.
fn absent(checkup: &Checkup<'_>, settings: &Settings, session_store: &SessionStore) -> Row {
    if let Ok(Some(_)) = session_store.exported_copy() {
        let message = "the session was exported to another machine";
        let row = Row::warning(GROUP, "signed_in", Code::SessionExported, message);
        return row.fix("eprospera session restore");
    }
    let identity = session_store.identity();
    let last = checkup.context.last_login(&identity.profile).ok().flatten();
    let others = last.map(|last| last.sessions).unwrap_or_default();
    let other = others.iter().rfind(|place| {
        (&place.issuer, &place.client_id) != (&identity.issuer, &identity.client_id)
    });
    if let Some(other) = other {
        let message = format!(
            "profile {} is signed in with client {} at {}, not with client {} at {}",
            identity.profile, other.client_id, other.issuer, identity.client_id, identity.issuer
        );
        let fix = if other.issuer == identity.issuer {
            let client = settings.client_id.as_ref();
            client.and_then(|client| checkup.leave(client, "client_id"))
        } else {
            checkup.leave(&settings.issuer, "issuer")
        };
        let row = Row::warning(GROUP, "signed_in", Code::SessionOtherClient, message);
        return row.fix(fix.unwrap_or_else(|| LOGIN.to_owned()));
    }
    let kind = settings.store.value.to_string();
    let elsewhere = others.iter().rfind(|place| {
        (&place.issuer, &place.client_id) == (&identity.issuer, &identity.client_id)
            && place.store != kind
    });
    if let Some(place) = elsewhere {
        let message = format!(
            "the session is in the store {}, but {kind} is in use",
            place.store
        );
        let row = Row::warning(GROUP, "signed_in", Code::NotSignedIn, message);
        let fix = match settings.store.source {
            SettingSource::Variable(name) => unsetting(name),
            _ => format!("eprospera profile set store {}", place.store),
        };
        return row.fix(fix);
    }
    let message = match checkup.context.bootstrap_token() {
        Ok(Some(_)) => format!(
            "not signed in yet; the next command begins a session with {}",
            env::REFRESH_TOKEN
        ),
        _ => "not signed in yet".to_owned(),
    };
    Row::warning(GROUP, "signed_in", Code::NotSignedIn, message).fix(LOGIN)
}

/// Whether the session can go on.
fn alive(session_store: &SessionStore, record: &Record, now: i64) -> Row {
    let who = record.account.label();
    if session_store.ensure_not_expired(record).is_err() {
        let message = format!("the session of {who} has expired, and it cannot be refreshed");
        return Row::failed(GROUP, "signed_in", Code::SessionExpired, message).fix(LOGIN);
    }
    if let Some(refresh) = &record.refresh
        && now - refresh.obtained_at > REFRESH_TOKEN_LIFE
        && record.valid_access(now).is_none()
    {
        let age = span(now - refresh.obtained_at);
        let message =
            format!("the refresh token of {who} is {age} old, but is only valid for 180 days");
        return Row::failed(GROUP, "signed_in", Code::SessionExpired, message).fix(LOGIN);
    }
    let access = match record.valid_access(now) {
        Some(access) => format!(
            "the access token is valid for {}",
            span(access.remaining(now))
        ),
        None => "the next command refreshes the access token".to_owned(),
    };
    Row::ok(GROUP, "signed_in", format!("signed in as {who}; {access}"))
}

fn ends_soon(record: &Record, now: i64) -> Option<Row> {
    let refresh = record.refresh.as_ref()?;
    let left = REFRESH_TOKEN_LIFE - (now - refresh.obtained_at);
    if !(0..SOON).contains(&left) {
        return None;
    }
    let message = format!(
        "the session ends in {} unless it is refreshed before then",
        span(left)
    );
    let row = Row::warning(GROUP, "end", Code::SessionEndsSoon, message);
    Some(row.fix("eprospera refresh"))
}

/// What userinfo said to the access token.
fn accepted(survey: &Survey, fix: &str) -> Option<Row> {
    let status = match survey {
        Survey::NotAsked(NotAsked::Offline) => return Some(Row::offline(GROUP, "accepted")),
        Survey::NotAsked(NotAsked::Blocked(_)) => return None,
        Survey::Asked(found) => match &found.credential {
            Some(Ok(status)) => *status,
            Some(Err(error)) => {
                let why = format!("the provider did not say ({error})");
                return Some(Row::blocked(GROUP, "accepted", why));
            }
            None if found.answer.is_err() => {
                let why = "the provider cannot be reached (see network)";
                return Some(Row::blocked(GROUP, "accepted", why));
            }
            None => return None,
        },
    };
    Some(match status {
        200..300 => Row::ok(GROUP, "accepted", "the provider accepts the access token"),
        401 => {
            let message = "the provider no longer accepts the access token";
            Row::failed(GROUP, "accepted", Code::SessionRefused, message).fix(fix)
        }
        status => {
            let why = format!("the provider responded with HTTP {status}");
            Row::skipped(GROUP, "accepted", Code::NotApplicable, why)
        }
    })
}

/// What the session can read. A route that no usual login asks for is nothing to worry about.
fn routes(settings: &Settings, record: &Record) -> Vec<Row> {
    let opens = |route: &Route| route.scopes.iter().any(|scope| record.has_scope(scope));
    let asked = settings.scopes.value.split(' ');
    let usual: Vec<_> = asked
        .chain(settings.provider.value.default_scopes.split(' '))
        .collect();
    let usual_of = |route: &Route| {
        route
            .scopes
            .iter()
            .find(|scope| usual.contains(scope))
            .copied()
    };
    let closed = route::OF_ME.iter().filter(|(_, route)| !opens(route));
    let missing: Vec<_> = closed.filter_map(|(_, route)| usual_of(route)).collect();
    let open = route::OF_ME
        .iter()
        .filter(|(_, route)| opens(route))
        .count();
    let all = route::OF_ME.len();
    let mut rows = vec![Row::ok(
        GROUP,
        "routes",
        format!("the session has access to {open} of {all} routes"),
    )];
    for (command, route) in route::OF_ME {
        let id = format!("route.{}", command.replace(" ID", "").replace(' ', "_"));
        if opens(route) {
            rows.push(Row::ok(
                GROUP,
                &id,
                format!("`eprospera me {command}` works"),
            ));
            continue;
        }
        let needs = format!(
            "`eprospera me {command}` needs the scope {}",
            route.scopes.join(" or ")
        );
        let row = if usual_of(route).is_some() {
            // One login for all that is missing.
            Row::warning(GROUP, &id, Code::ScopeMissing, needs).fix(add(&missing))
        } else {
            let first = route.scopes.first().copied();
            let row = Row::skipped(GROUP, &id, Code::ScopeMissing, needs);
            row.maybe_fix(first.map(|scope| add(&[scope])))
        };
        rows.push(row);
    }
    rows
}

/// The login that adds scopes to what was granted.
fn add(scopes: &[&str]) -> String {
    let mut scopes = scopes.to_vec();
    scopes.dedup();
    let flags: Vec<_> = scopes
        .iter()
        .map(|scope| format!(" --add-scope {scope}"))
        .collect();
    format!("{LOGIN}{}", flags.concat())
}
