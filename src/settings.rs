//! What a run works with, and where each value came from.
//!
//! Precedence: flag, variable, profile, what the last login of that profile used, built-in
//! profile or default. Reads no file itself: it is handed what was found.

mod issuer;
mod setting;
mod shown;

use serde::{Deserialize, Serialize};

use crate::cli::Global;
use crate::config::{self, Config, DEFAULT_PROFILE, Profile};
use crate::env;
use crate::environment::Environment;
use crate::error::Error;
use crate::nearest::nearest;
use crate::oauth::{Issuer, RedirectUri};
use crate::provider::{self, BuiltIn, Provider};
use crate::secret::strip;
use crate::store;

pub(crate) use setting::{Setting, SettingSource};

/// How a client authenticates at the token endpoint (RFC 6749 §2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenAuth {
    Basic,
    Post,
    None,
}

impl TokenAuth {
    pub(crate) const ALL: [Self; 3] = [Self::Basic, Self::Post, Self::None];

    /// Reads a name of discovery documents and profiles.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text {
            "client_secret_basic" => Ok(Self::Basic),
            "client_secret_post" => Ok(Self::Post),
            "none" => Ok(Self::None),
            other => Err(format!(
                "`{other}` is not a valid token_auth: use client_secret_basic, client_secret_post \
                 or none"
            )),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Basic => "client_secret_basic",
            Self::Post => "client_secret_post",
            Self::None => "none",
        }
    }
}

/// What a login remembers for later commands. No secret.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct LastLogin {
    /// The provider's name.
    pub provider: String,
    pub issuer: String,
    pub client_id: String,
    pub redirect_uris: Vec<String>,
    pub scopes: String,
    pub store: String,
    /// Where sessions of this profile may be, also of other issuers, clients and stores than the
    /// last: logout clears each.
    pub sessions: Vec<SessionLocation>,
}

/// Where a login stored a session.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct SessionLocation {
    /// The provider's name.
    pub provider: String,
    pub issuer: String,
    pub client_id: String,
    pub store: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub profile: Setting<String>,
    pub provider: Setting<&'static Provider>,
    pub issuer: Setting<Issuer>,
    pub client_id: Option<Setting<String>>,
    pub redirect_uris: Setting<Vec<RedirectUri>>,
    pub scopes: Setting<String>,
    pub store: Setting<store::StoreKind>,
    /// How to authenticate at the token endpoint, where it was said.
    pub token_auth: Option<Setting<TokenAuth>>,
}

/// The profile in use.
pub(crate) fn profile_name(
    flags: &Global,
    environment: &Environment,
    config: &Config,
) -> Result<Setting<String>, Error> {
    let found = first([
        flags
            .profile
            .clone()
            .map(|value| (value, SettingSource::Flag("--profile"))),
        environment
            .text(env::PROFILE)
            .map(|value| (value, SettingSource::Variable(env::PROFILE))),
        config
            .default_profile()
            .map(|value| (value.to_owned(), SettingSource::Profile)),
    ]);
    let setting = found.unwrap_or(Setting {
        value: DEFAULT_PROFILE.to_owned(),
        source: SettingSource::Default,
    });
    config::check_name(&setting.value)?;
    Ok(setting)
}

impl Settings {
    /// Settles every value for a profile.
    pub(crate) fn resolve(
        name: Setting<String>,
        flags: &Global,
        environment: &Environment,
        profile: Option<Profile>,
        last: Option<LastLogin>,
    ) -> Result<Self, Error> {
        let mut found = ReadSettings {
            flags,
            environment,
            profile: profile.unwrap_or_default(),
            last,
            built_in: built_in(&name.value).unwrap_or_default(),
        };
        let provider = found.provider()?;
        // What was used with another provider means nothing with this one.
        found.last = found
            .last
            .filter(|last| last.provider == provider.value.name);
        let issuer = found.issuer(provider.value)?;
        issuer::check(&name.value, provider.value, &issuer, environment)?;
        // A client id, its URIs and scopes mean something at the issuer they were used with.
        found.last = found
            .last
            .filter(|last| last.issuer == issuer.value.as_str());
        Ok(Self {
            profile: name,
            client_id: found.client_id()?,
            redirect_uris: found.redirect_uris(provider.value)?,
            scopes: found.scopes(provider.value),
            store: found.store()?,
            token_auth: found.token_auth(provider.value)?,
            provider,
            issuer,
        })
    }

    /// The redirect URIs as they were written.
    pub(crate) fn redirect_uri_texts(&self) -> Vec<String> {
        let uris = self.redirect_uris.value.iter();
        uris.map(|uri| uri.as_str().to_owned()).collect()
    }
}

/// Everything that can say a value.
struct ReadSettings<'a> {
    flags: &'a Global,
    environment: &'a Environment,
    profile: Profile,
    last: Option<LastLogin>,
    built_in: Profile,
}

impl ReadSettings<'_> {
    /// The first that says it, in the order of precedence.
    fn pick(
        &self,
        flag: Option<(String, &'static str)>,
        variable: &'static str,
        of_profile: impl Fn(&Profile) -> Option<String>,
        last: Option<String>,
    ) -> Option<Setting<String>> {
        let variable = self
            .environment
            .text(variable)
            .map(|value| (value, SettingSource::Variable(variable)));
        let found = first([
            flag.map(|(value, name)| (value, SettingSource::Flag(name))),
            variable,
            of_profile(&self.profile).map(|value| (value, SettingSource::Profile)),
            last.map(|value| (value, SettingSource::LastLogin)),
            of_profile(&self.built_in).map(|value| (value, SettingSource::BuiltIn)),
        ]);
        found.map(|found| Setting {
            value: strip(&found.value).to_owned(),
            ..found
        })
    }

    fn last<T>(&self, read: impl FnOnce(&LastLogin) -> T) -> Option<T> {
        self.last.as_ref().map(read)
    }

    fn provider(&self) -> Result<Setting<&'static Provider>, Error> {
        let last = self.last(|last| last.provider.clone());
        self.pick(None, "", |profile| profile.provider.clone(), last)
            .unwrap_or_else(|| default(provider::ALL[0].name))
            .try_map(|name| {
                let known = provider::ALL.map(|provider| provider.name).join(" or ");
                Provider::find(&name)
                    .ok_or_else(|| format!("there is no provider `{name}`: use {known}"))
            })
    }

    fn issuer(&self, provider: &Provider) -> Result<Setting<Issuer>, Error> {
        let flag = self.flags.issuer.clone().map(|value| (value, "--issuer"));
        let last = self.last(|last| last.issuer.clone());
        self.pick(flag, env::ISSUER, |profile| profile.issuer.clone(), last)
            .unwrap_or_else(|| default(provider.issuers[0]))
            .try_map(|text| {
                let shown = shown::without_user_info(&text);
                Issuer::parse(&text).map_err(|error| format!("issuer `{shown}`: {error}"))
            })
    }

    fn client_id(&self) -> Result<Option<Setting<String>>, Error> {
        let flag = self
            .flags
            .client_id
            .clone()
            .map(|value| (value, "--client-id"));
        let last = self.last(|last| last.client_id.clone());
        self.pick(
            flag,
            env::CLIENT_ID,
            |profile| profile.client_id.clone(),
            last,
        )
        .map(|found| found.try_map(check_client_id))
        .transpose()
    }

    fn redirect_uris(&self, provider: &Provider) -> Result<Setting<Vec<RedirectUri>>, Error> {
        let flags = &self.flags.redirect_uris;
        let flag = (!flags.is_empty()).then(|| (flags.join(" "), "--redirect-uri"));
        let profile = |profile: &Profile| profile.redirect_uris.as_ref().map(|uris| uris.join(" "));
        let last = self.last(|last| last.redirect_uris.join(" "));
        self.pick(flag, env::REDIRECT_URI, profile, last)
            .unwrap_or_else(|| default(&provider.default_redirect_uris.join(" ")))
            .try_map(|text| parse_redirect_uris(&text))
    }

    fn scopes(&self, provider: &Provider) -> Setting<String> {
        let last = self.last(|last| last.scopes.clone());
        self.pick(None, "", |profile| profile.scopes.clone(), last)
            .unwrap_or_else(|| default(provider.default_scopes))
    }

    fn store(&self) -> Result<Setting<store::StoreKind>, Error> {
        let flag = self.flags.store.clone().map(|value| (value, "--store"));
        let last = self.last(|last| last.store.clone());
        self.pick(flag, env::STORE, |profile| profile.store.clone(), last)
            .unwrap_or_else(|| Setting {
                value: store::StoreKind::default().to_string(),
                source: SettingSource::Default,
            })
            .try_map(|text| {
                text.parse::<store::StoreKind>().map_err(|error| {
                    let names = store::StoreKind::ALL.map(|kind| kind.to_string());
                    match nearest(&text, names.iter().map(String::as_str)) {
                        Some(near) => format!("unknown store `{text}`: did you mean `{near}`?"),
                        None => error.to_string(),
                    }
                })
            })
    }

    fn token_auth(&self, provider: &Provider) -> Result<Option<Setting<TokenAuth>>, Error> {
        let Some(name) = self.profile.token_auth.clone() else {
            return Ok(None);
        };
        let setting = Setting {
            value: name,
            source: SettingSource::Profile,
        };
        let parse = |text: String| {
            let method = TokenAuth::parse(&text)?;
            if provider.client_auth.contains(&method.name()) {
                return Ok(method);
            }
            let known = provider.client_auth.join(" or ");
            let title = provider.title;
            Err(format!(
                "token_auth `{text}` is not supported by {title}: use {known}"
            ))
        };
        setting.try_map(parse).map(Some)
    }
}

/// A profile that exists without a configuration file, in the shape of one of the file.
pub(crate) fn built_in(name: &str) -> Option<Profile> {
    let (
        provider,
        BuiltIn {
            issuer, client_id, ..
        },
    ) = provider::built_in(name)?;
    Some(Profile {
        provider: Some(provider.name.to_owned()),
        issuer: issuer.map(str::to_owned),
        client_id: client_id.map(str::to_owned),
        ..Profile::default()
    })
}

fn first<const N: usize>(
    candidates: [Option<(String, SettingSource)>; N],
) -> Option<Setting<String>> {
    let (value, source) = candidates.into_iter().flatten().next()?;
    Some(Setting { value, source })
}

fn default(value: &str) -> Setting<String> {
    Setting {
        value: value.to_owned(),
        source: SettingSource::Default,
    }
}

/// A client id has no blanks: one that has was cut or joined on the way (RFC 6749, appendix A.1).
fn check_client_id(id: String) -> Result<String, String> {
    let is_foreign = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || "\u{200b}\u{feff}".contains(character)
    };
    match () {
        () if id.is_empty() => Err("the client id is empty".to_owned()),
        () if id.contains(is_foreign) => Err(format!(
            "the client id {id:?} contains a space or another character that is not allowed in a \
             client id"
        )),
        () => Ok(id),
    }
}

fn parse_redirect_uris(text: &str) -> Result<Vec<RedirectUri>, String> {
    text.split_whitespace()
        .map(|uri| {
            let shown = shown::without_user_info(uri);
            RedirectUri::parse(uri).map_err(|error| format!("redirect URI `{shown}`: {error}"))
        })
        .collect()
}

#[cfg(test)]
mod tests;
