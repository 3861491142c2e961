//! The configuration file, the variables, and the values that a run works with.

use std::path::Path;

use super::checkup::{Checkup, own};
use super::code::Code;
use super::row::{Row, set_aside};
use crate::cli::DoctorGroup::Settings as GROUP;
use crate::config::{self, Config, KEYS, Profile};
use crate::context::Context;
use crate::env;
use crate::error::Error;
use crate::files::{self, quoted, removing, unsetting};
use crate::nearest::nearest;
use crate::oauth::RedirectUri;
use crate::settings::{self, SettingSource, Settings};

/// The variables that can say a setting.
const VARIABLES: [&str; 5] = [
    env::PROFILE,
    env::ISSUER,
    env::CLIENT_ID,
    env::REDIRECT_URI,
    env::STORE,
];

pub(super) fn check(checkup: &Checkup<'_>) -> Vec<Row> {
    let context = checkup.context;
    let Ok(file) = context.folders().config_file() else {
        let why = "the folders cannot be determined (see folders)";
        return vec![Row::blocked(GROUP, "config", why)];
    };
    let mut rows = Vec::new();
    match Config::load(&file) {
        Ok(config) => {
            match context.settings() {
                Ok(settings) => rows.extend(values(settings)),
                Err(error) => rows.push(faulty(context, &config, &error)),
            }
            rows.insert(rows.len().min(1), readable(&file));
            rows.extend(profile(context, &config));
            rows.extend(unknown_keys(&config));
        }
        Err(error) => rows.push(broken(&file, &error)),
    }
    rows.extend(numbers(context));
    rows.extend(unknown_variables(checkup));
    rows
}

fn readable(file: &Path) -> Row {
    let message = if file.exists() {
        format!("{} can be read", file.display())
    } else {
        format!("there is no {}, and none is needed", file.display())
    };
    Row::ok(GROUP, "config", message)
}

/// Why the configuration file is not used.
fn broken(file: &Path, error: &config::Error) -> Row {
    use config::Error as E;
    use files::Untrusted;
    let aside = set_aside(file);
    let (code, fix) = match error {
        // A folder on the way may be another user's home.
        E::Untrusted(Untrusted::Foreign { path, .. }) => {
            let is_ours = path == file || Some(path.as_path()) == file.parent();
            (Code::ConfigOwner, is_ours.then(|| own(path)))
        }
        E::Untrusted(Untrusted::Writable { path, .. }) => (
            Code::ConfigMode,
            Some(format!("chmod go-w {}", quoted(path))),
        ),
        #[cfg(windows)]
        E::Untrusted(Untrusted::OfAnother { .. }) => (Code::ConfigOwner, None),
        #[cfg(windows)]
        E::Untrusted(Untrusted::OpenToOthers { path }) => {
            (Code::ConfigMode, Some(files::closing_to_others(path)))
        }
        E::Io { .. } if file.parent().is_some_and(Path::is_file) => {
            let reason = "the configuration folder is a file (see folders)";
            return Row::blocked(GROUP, "config", reason);
        }
        E::Untrusted(Untrusted::NotRegular { .. }) | E::Io { .. } => {
            (Code::ConfigUnreadable, Some(aside))
        }
        _ => (Code::ConfigSyntax, Some(aside)),
    };
    Row::failed(GROUP, "config", code, error.to_string()).maybe_fix(fix)
}

/// Keys that no profile has. A command that takes a line out could take more with it, such as the table that
/// the next keys belong to.
fn unknown_keys(config: &Config) -> Vec<Row> {
    let row = |words| Row::warning(GROUP, "config_keys", Code::ConfigKey, words);
    config.unknown_keys().map(row).collect()
}

/// Each value with its source; the first row sums up.
fn values(settings: &Settings) -> Vec<Row> {
    let row = |id: &str, value: &str, source: SettingSource| {
        Row::ok(
            GROUP,
            id,
            format!("{} {value} (from {source})", id.replace('_', " ")),
        )
    };
    let uris = settings.redirect_uris.value.iter();
    let uris: Vec<_> = uris.map(RedirectUri::as_str).collect();
    let profile = &settings.profile;
    let mut rows = vec![
        Row::ok(
            GROUP,
            "profile",
            match profile.source {
                SettingSource::Default => {
                    format!("profile {}, {}", profile.value, settings.issuer.value)
                }
                source => format!(
                    "profile {} (from {source}), {}",
                    profile.value, settings.issuer.value
                ),
            },
        ),
        row(
            "provider",
            settings.provider.value.name,
            settings.provider.source,
        ),
        row(
            "issuer",
            settings.issuer.value.as_str(),
            settings.issuer.source,
        ),
        row(
            "redirect_uris",
            &uris.join(" "),
            settings.redirect_uris.source,
        ),
        row("scopes", &settings.scopes.value, settings.scopes.source),
        row(
            "store",
            &settings.store.value.to_string(),
            settings.store.source,
        ),
    ];
    if let Some(client) = &settings.client_id {
        rows.push(row("client_id", &client.value, client.source));
    }
    rows
}

/// Which value is wrong: the one without which the outcome is another.
fn faulty(context: &Context, config: &Config, error: &Error) -> Row {
    let words = error.sentence();
    let row = |code, fix| Row::failed(GROUP, "values", code, words.clone()).maybe_fix(fix);
    let variables = VARIABLES.into_iter();
    let mut set = variables.filter(|name| context.environment.get(name).is_some());
    let is_cause = |name: &&str| {
        let less = context.environment.without(&[name]);
        let other = Context::open(context.flags.clone(), less);
        other.is_ok_and(|other| !fails_alike(&other.settings().map(drop), &words))
    };
    if let Some(variable) = set.find(is_cause) {
        return row(Code::SettingInvalid, Some(unsetting(variable)));
    }
    let Ok(name) = settings::profile_name(&context.flags, &context.environment, config) else {
        return row(
            Code::SettingInvalid,
            Some("eprospera profile use default".to_owned()),
        );
    };
    if context.last_login(&name.value).is_err() {
        let file = context.login_file(&name.value);
        return row(Code::LoginsDamaged, file.ok().map(|file| removing(&[file])));
    }
    let profile = config.profile(&name.value).unwrap_or_default();
    let is_cause = |key: &&str| {
        let less = without(profile.clone(), key);
        let resolved = Settings::resolve(
            name.clone(),
            &context.flags,
            &context.environment,
            Some(less),
            context.last_login(&name.value).unwrap_or_default(),
        );
        !fails_alike(&resolved.map(drop), &words)
    };
    let key = KEYS.into_iter().find(is_cause);
    let fix = key.map(|key| match name.source {
        SettingSource::Profile | SettingSource::Default => format!("eprospera profile unset {key}"),
        _ => format!("eprospera --profile {} profile unset {key}", name.value),
    });
    row(Code::SettingInvalid, fix)
}

fn fails_alike(outcome: &Result<(), Error>, words: &str) -> bool {
    outcome
        .as_ref()
        .is_err_and(|error| error.sentence() == words)
}

fn without(mut profile: Profile, key: &str) -> Profile {
    match key {
        "provider" => profile.provider = None,
        "issuer" => profile.issuer = None,
        "client_id" => profile.client_id = None,
        "redirect_uris" => profile.redirect_uris = None,
        "scopes" => profile.scopes = None,
        "store" => profile.store = None,
        _ => profile.token_auth = None,
    }
    profile
}

/// A profile that is named and is nowhere.
fn profile(context: &Context, config: &Config) -> Option<Row> {
    let name = settings::profile_name(&context.flags, &context.environment, config).ok()?;
    let known = context.known_profiles(config).ok()?;
    if known.contains(&name.value) {
        return None;
    }
    let nearest = nearest(&name.value, known.iter().map(String::as_str));
    let mean = nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
    let message = format!(
        "profile `{}` (from {}) is not in the configuration, and you have never signed in with \
         it{mean}",
        name.value, name.source
    );
    let fix = match name.source {
        SettingSource::Variable(variable) => Some(unsetting(variable)),
        SettingSource::Profile => Some("eprospera profile use default".to_owned()),
        _ => None,
    };
    Some(Row::warning(GROUP, "profile_known", Code::ProfileMissing, message).maybe_fix(fix))
}

/// The variables that hold a number or a duration.
fn numbers(context: &Context) -> Vec<Row> {
    [env::REQUEST_TIMEOUT, env::RETRIES]
        .into_iter()
        .filter_map(|name| {
            let text = context.environment.text(name)?;
            let problem = match name {
                env::RETRIES if text.parse::<u32>().is_ok() => return None,
                env::RETRIES => format!("`{text}` is not a whole number"),
                _ => crate::cli::duration(&text).err()?,
            };
            let message = format!("{name}: {problem}");
            let row = Row::failed(GROUP, &name.to_lowercase(), Code::SettingInvalid, message);
            Some(row.fix(unsetting(name)))
        })
        .collect()
}

/// The variables that this program reads.
fn known() -> impl Iterator<Item = &'static str> {
    env::VARIABLES.iter().map(|variable| variable.name)
}

/// Variables that are named like this program's, and that it does not read.
fn unknown_variables(checkup: &Checkup<'_>) -> Vec<Row> {
    let names = checkup.as_given.environment.names();
    let mut unknown: Vec<_> = names
        .filter(|name| name.starts_with("EPROSPERA_") && !known().any(|known| known == name))
        .collect();
    unknown.sort();
    unknown
        .iter()
        .map(|name| {
            let official = env::OF_THE_OFFICIAL_TOOL.iter();
            let mut official = official.filter(|(theirs, _)| theirs == name);
            let mean = official.next().map(|(_, ours)| *ours);
            let mean = mean.or_else(|| nearest(name, known()));
            let mean = mean.map_or_else(String::new, |known| format!("; did you mean {known}?"));
            let message = format!("{name} is set, but this program does not know it{mean}");
            let row = Row::warning(GROUP, "variables", Code::VariableUnknown, message);
            let is_plain = name
                .bytes()
                .all(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
            row.maybe_fix(is_plain.then(|| unsetting(name)))
        })
        .collect()
}
