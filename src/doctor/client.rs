//! The client: its id, its secret, and the redirect URIs that `login` listens on.

use super::checkup::Checkup;
use super::code::Code;
use super::port_holder::{self, Holder};
use super::row::Row;
use super::store::StoredState;
use super::survey::{Registration, Survey};
use crate::cli::DoctorGroup::Client as GROUP;
use crate::context::Context;
use crate::files::{setting, unsetting};
use crate::oauth::{Listener, RedirectUri};
use crate::provider::Feature;
use crate::settings::{SettingSource, Settings};

pub(super) fn check(checkup: &Checkup<'_>, state: &StoredState, survey: &Survey) -> Vec<Row> {
    let context = checkup.context;
    let Ok(settings) = context.settings() else {
        let why = "the settings cannot be used (see settings)";
        return vec![Row::blocked(GROUP, "id", why)];
    };
    let Some(client) = &settings.client_id else {
        let message = format!(
            "no client id is known for {}; {}",
            settings.issuer.value, settings.provider.value.registration
        );
        let row = Row::failed(GROUP, "id", Code::ClientIdMissing, message);
        let mut rows = vec![row.fix("eprospera profile set client_id YOUR-CLIENT-ID")];
        rows.extend(ports(checkup, settings));
        return rows;
    };
    let mut rows = vec![Row::ok(
        GROUP,
        "id",
        format!("client {} (from {})", client.value, client.source),
    )];
    rows.extend(secret(checkup, state));
    rows.push(registration(checkup, settings, survey));
    rows.extend(ports(checkup, settings));
    rows
}

/// Whether the client has the secret that it needs.
fn secret(checkup: &Checkup<'_>, state: &StoredState) -> Option<Row> {
    let session_store = state.session_store.as_ref()?;
    match checkup.context.server(session_store.store()) {
        Ok(server) => match Context::require_client_secret(&server) {
            Ok(()) => None,
            Err(error) => {
                let row = Row::failed(GROUP, "secret", Code::ClientSecretMissing, error.message());
                Some(row.fix("eprospera profile set client-secret"))
            }
        },
        Err(error) => {
            use crate::env;
            // What concerns the way there is said by others.
            let environment = &checkup.context.environment;
            let words = error.sentence();
            let culprit = [env::CLIENT_SECRET, env::CLIENT_SECRET_FILE]
                .into_iter()
                .find(|name| environment.get(name).is_some() && words.contains(name));
            if let Some(name) = culprit {
                let row = Row::failed(GROUP, "secret", Code::ClientSecretUnusable, words);
                return Some(row.fix(unsetting(name)));
            }
            words.contains("no client secret").then(|| {
                let row = Row::failed(GROUP, "secret", Code::ClientSecretMissing, words);
                row.fix("eprospera profile set client-secret")
            })
        }
    }
}

/// Whether the provider knows the client and its redirect URIs.
fn registration(checkup: &Checkup<'_>, settings: &Settings, survey: &Survey) -> Row {
    let found = match survey {
        Survey::NotAsked(reason) => return reason.row(GROUP, "registration"),
        Survey::Asked(found) => &found.registration,
    };
    let of = |wanted: Registration| -> Vec<&str> {
        let said = found.iter().filter(|(_, said)| *said == wanted);
        said.map(|(uri, _)| uri.as_str()).collect()
    };
    let (known, unknown) = (of(Registration::Known), of(Registration::Unknown));
    match (known.is_empty(), unknown.is_empty()) {
        (true, true) => {
            let why = "the provider only reveals this when you sign in";
            Row::skipped(GROUP, "registration", Code::NotApplicable, why)
        }
        (true, false) => unknown_client(checkup, settings, &unknown),
        (false, true) => Row::ok(
            GROUP,
            "registration",
            "the provider knows the client and its redirect URIs",
        ),
        (false, false) => unregistered(settings, &known, &unknown),
    }
}

fn unknown_client(checkup: &Checkup<'_>, settings: &Settings, unknown: &[&str]) -> Row {
    let id = settings.client_id.as_ref();
    let message = format!(
        "the provider does not know client {} with the redirect URI {}",
        id.map_or("", |id| &id.value),
        unknown.join(" or ")
    );
    let fix = id.and_then(|id| checkup.leave(id, "client_id"));
    Row::failed(GROUP, "registration", Code::ClientUnknown, message).maybe_fix(fix)
}

fn unregistered(settings: &Settings, known: &[&str], unknown: &[&str]) -> Row {
    let message = format!(
        "{} is not registered for this client: a login that uses it fails",
        unknown.join(" and ")
    );
    let known = known.join(" ");
    let fix = match settings.redirect_uris.source {
        SettingSource::Variable(name) => setting(name, &known),
        _ => format!("eprospera profile set redirect_uris {known}"),
    };
    let code = Code::RedirectUriUnregistered;
    Row::warning(GROUP, "registration", code, message).fix(fix)
}

/// Whether `login` can listen on each redirect URI.
fn ports(checkup: &Checkup<'_>, settings: &Settings) -> Vec<Row> {
    let uris = &settings.redirect_uris.value;
    let local: Vec<_> = uris.iter().filter(|uri| uri.is_loopback()).collect();
    if local.is_empty() {
        let message = "no redirect URI points to this machine, so `login` asks you to paste the \
                       browser's final address";
        let row = Row::warning(GROUP, "ports", Code::RedirectUriUnusable, message);
        return vec![row.maybe_fix(checkup.leave(&settings.redirect_uris, "redirect_uris"))];
    }
    let tried: Vec<_> = local
        .iter()
        .map(|uri| Listener::bind(std::slice::from_ref(*uri)).map(drop))
        .collect();
    let free = tried.iter().filter(|bound| bound.is_ok()).count();
    if free == local.len() {
        let noun = if free == 1 {
            "redirect port is"
        } else {
            "redirect ports are"
        };
        return vec![Row::ok(GROUP, "ports", format!("{free} {noun} free"))];
    }
    let mut rows: Vec<_> = local
        .iter()
        .zip(&tried)
        .filter_map(|(uri, bound)| {
            let error = bound.as_ref().err()?;
            let id = format!("port.{}", uri.port());
            let (code, message, fix) = if error.is_in_use() {
                let holder = port_holder::of(uri.port());
                let (message, fix) = taken(settings, uri, holder);
                (Code::PortInUse, message, fix)
            } else if error.is_denied() {
                let message = format!("the system does not let you use port {}", uri.port());
                (Code::PortDenied, message, Some(other_way(settings)))
            } else {
                (
                    Code::PortDenied,
                    error.to_string(),
                    Some(other_way(settings)),
                )
            };
            let row = if free == 0 {
                Row::failed(GROUP, &id, code, message)
            } else {
                Row::warning(GROUP, &id, code, message)
            };
            Some(row.maybe_fix(fix))
        })
        .collect();
    if free > 0 {
        let message = format!("`login` uses one of the {free} free redirect ports");
        rows.push(Row::ok(GROUP, "ports", message));
    }
    rows
}

/// The words about a port that another program holds, and the command for that.
fn taken(
    settings: &Settings,
    uri: &RedirectUri,
    holder: Option<Holder>,
) -> (String, Option<String>) {
    let port = uri.port();
    match holder {
        Some(holder) if holder.is_above => (
            format!(
                "port {port} is in use by {}, which started this program",
                holder.name()
            ),
            Some(other_way(settings)),
        ),
        Some(holder) if holder.is_login => (
            format!(
                "another `eprospera login` is waiting on port {port} (process {})",
                holder.id
            ),
            Some(format!("kill {}", holder.id)),
        ),
        Some(holder) => (
            format!("port {port} is in use by {}", holder.name()),
            Some(format!("kill {}", holder.id)),
        ),
        None => (
            format!("port {port} is in use by another program"),
            Some(other_way(settings)),
        ),
    }
}

/// How to sign in without a port.
fn other_way(settings: &Settings) -> String {
    if settings.provider.value.offers(Feature::DeviceGrant) {
        "eprospera login --device".to_owned()
    } else {
        "eprospera login --paste".to_owned()
    }
}
